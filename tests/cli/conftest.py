"""A quiet machine for the command line: its own home, no language set, no terminal."""

import json

import pytest
from click.testing import CliRunner

import learningcity as lc
from learningcity.cli import main


@pytest.fixture(autouse=True)
def quiet_machine(tmp_path, monkeypatch):
    """Nothing of the machine that runs the tests may decide what they see."""
    for name in ("LEARNINGCITY_LANGUAGE", "LEARNINGCITY_OVERLAY", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("LEARNINGCITY_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def run():
    """Run a command line; ``run("atlas", "show", "cork")`` gives exit_code, stdout, stderr."""

    def running(*arguments, code=0):
        result = CliRunner().invoke(main, list(arguments), prog_name="learningcity")
        unexpected = result.exception is not None and not isinstance(result.exception, SystemExit)
        assert not unexpected, result.exc_info
        assert result.exit_code == code, (result.exit_code, result.stdout, result.stderr)
        assert "Traceback" not in result.output
        return result

    return running


@pytest.fixture
def run_json(run):
    """Run a command line with --json and read its answer."""
    return lambda *arguments, **more: json.loads(run(*arguments, "--json", **more).stdout)


@pytest.fixture
def own_tables(quiet_machine):
    """Files of a user: one source and one fact."""
    (quiet_machine / "sources.csv").write_text(
        "source_id,title,url\nmy-s1,Statistics,https://example.org/a\n", encoding="utf-8"
    )
    (quiet_machine / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id\n"
        "my-f1,cork,population,230000,persons,2024,city,230 000,my-s1\n",
        encoding="utf-8",
    )
    return [quiet_machine / "sources.csv", quiet_machine / "facts.csv"]


@pytest.fixture
def template(quiet_machine, run):
    """An empty workbook as the template command writes it."""
    run("atlas", "template", "--out", "my-city.xlsx")
    assert lc.home().parent == quiet_machine.parent
    return quiet_machine / "my-city.xlsx"
