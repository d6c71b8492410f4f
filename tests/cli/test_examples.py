"""Every example that a help page shows is run as it stands, in both languages."""

import shlex

import click
import pytest

from learningcity.cli import main


def examples(one=main, parent=None, name="learningcity"):
    """Every example with the command that shows it."""
    context = click.Context(one, parent, info_name=name)
    for example in getattr(one, "examples", ()):
        yield context.command_path, example
    if isinstance(one, click.Group):
        for child in one.list_commands(context):
            yield from examples(one.get_command(context, child), context, child)


EXAMPLES = sorted({example for _, example in examples()})


def test_every_command_shows_an_example_of_itself():
    def walk(one, path):
        if isinstance(one, click.Group):
            context = click.Context(one)
            for child in one.list_commands(context):
                yield from walk(one.get_command(context, child), f"{path} {child}")
        else:
            yield path, one

    commands = dict(walk(main, "learningcity"))
    assert len(commands) > 15
    for path, one in commands.items():
        assert one.examples, path
        assert all(e.startswith(path) for e in one.examples), path
    assert len(EXAMPLES) > 30


@pytest.fixture
def served(monkeypatch):
    """The site is not really started; what it would be started with is kept."""
    import learningcity.web.server as server

    called = []
    monkeypatch.setattr(server, "serve", lambda *a, **k: called.append((a, k)))
    return called


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """A home that has computed a study once: what the examples of it have in common is not done anew."""
    return tmp_path_factory.mktemp("studied")


#: An example that names its language is run once.
CASES = [
    (e, language) for e in EXAMPLES for language in ("en", "zh") if "--language" not in e or language == "en"
]


@pytest.mark.parametrize(("example", "language"), CASES)
def test_the_example_works(example, language, run, served, request, quiet_machine, studied, monkeypatch):
    words = shlex.split(example)
    assert words[0] == "learningcity"
    if "facts.csv" in words:
        request.getfixturevalue("own_tables")
    if "my-city.xlsx" in words and "template" not in words:
        request.getfixturevalue("template")
    if words[1:3] == ["atlas", "undo"]:
        run("atlas", "add", *map(str, request.getfixturevalue("own_tables")))
    if words[1] == "index" and any(w.startswith("my-index/") for w in words):
        run("index", "template", "--out", "my-index")
    if words[1] == "explain" and any(w.startswith("my-study/") for w in words):
        run("explain", "template", "--out", "my-study")
        run("explain", "minimise", "--study", "my-study/study.toml", "--journal", "my-study/journal.jsonl")
    if words[1] == "plan" and "riverton.toml" in words and words[2] != "template":
        run("plan", "template", "--out", "riverton.toml")
    if words[1] == "study":
        monkeypatch.setenv("LEARNINGCITY_HOME", str(studied))
    if words[1] == "study" and words[2] != "new":
        run("study", "new", "cities.toml")
    if words[1:3] in (["study", "diff"], ["study", "brief"]):
        run("study", "run", "cities.toml", "--chapter", "award", "--out", "cities-run")
    before = {p.name for p in quiet_machine.iterdir()}
    given = run(*words[1:], *([] if "--language" in words else ["--language", language]))
    if "--out" in words or words[1:3] == ["study", "new"]:
        assert {p.name for p in quiet_machine.iterdir()} - before or words[2] == "template"
    elif words[1] == "serve":
        assert len(served) == 1
    else:
        assert given.stdout.strip()
