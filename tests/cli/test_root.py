"""The house rules of the command line: languages, help, exit codes, closed pipes, Ctrl-C."""

import os
import signal
import subprocess
import sys

import click
import pytest

import learningcity
from learningcity.cli import main
from learningcity.cli.help import width_of, wrap
from learningcity.cli.language import language_from_arguments, language_from_environment


def tree(one=main, parent=None, name="learningcity"):
    """Every command with its path."""
    context = click.Context(one, parent, info_name=name, obj="en", terminal_width=90)
    yield context.command_path, one, context
    if isinstance(one, click.Group):
        for child in one.list_commands(context):
            yield from tree(one.get_command(context, child), context, child)


COMMANDS = {path: one for path, one, _ in tree()}
LEAVES = {path: one for path, one in COMMANDS.items() if not isinstance(one, click.Group)}


def python(*arguments, **more):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60, **more
    )


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


# --- help ---------------------------------------------------------------------------------------


def test_all_commands_of_the_design_are_there():
    wanted = {
        "standard show", "standard crosswalk", "standard eligibility", "serve", "warm-up",
        *(f"atlas {n}" for n in "build check show table coverage conflicts search conditions agreement trace add undo overlay template export".split()),  # noqa: SIM905
    }  # fmt: skip
    assert {f"learningcity {w}" for w in wanted} <= set(LEAVES)


@pytest.mark.parametrize("path", COMMANDS)
def test_help_speaks_both_languages_and_shows_examples(run, path):
    arguments = path.split()[1:]
    english = run(*arguments, "--help").stdout
    chinese = run(*arguments, "--help", "--language", "zh").stdout
    assert english.startswith("Usage: learningcity")
    assert chinese.startswith("用法：learningcity")
    assert not has_han(english.split("Examples:")[0])
    assert "Examples:" in english
    assert "示例：" in chinese
    assert "  learningcity " in english.split("Examples:")[1]
    assert max(width_of(line) for line in chinese.split("示例")[0].splitlines()) <= 100
    for english_word in ("Show this page", "[OPTIONS]", "default:", "Options:"):
        assert english_word not in chinese


@pytest.mark.parametrize("path", LEAVES)
def test_every_option_has_its_text_in_both_languages(path):
    checked = 0
    for one in LEAVES[path].params:
        if isinstance(one, click.Option):
            assert one.text.en, one.name
            assert has_han(one.text.zh), one.name
            checked += 1
    assert checked > 0


def test_groups_show_their_help_when_called_alone(run):
    assert run().stdout == run("--help").stdout
    assert run("atlas").stdout == run("atlas", "--help").stdout


def test_short_texts_of_lazy_commands_are_known_without_importing_them():
    code = (
        "import sys; from click.testing import CliRunner; from learningcity.cli import main\n"
        "CliRunner().invoke(main, ['--help'])\n"
        "print(*[m for m in sys.modules if m.startswith('learningcity.cli.')])"
    )
    loaded = python("-c", code).stdout.split()
    assert "learningcity.cli.root" in loaded
    assert not {"learningcity.cli.atlas", "learningcity.cli.standard", "learningcity.cli.serve"} & set(loaded)


def test_help_comes_at_once():
    """What takes time at a start is what is imported: nothing that is not needed to say what there is."""
    code = "import sys, runpy; sys.argv = ['learningcity', '--help']\ntry: runpy.run_module('learningcity', run_name='__main__')\nfinally: print(*sys.modules, file=sys.stderr)"
    done = python("-c", code)
    assert "Usage: learningcity" in done.stdout
    loaded = set(done.stderr.split())
    heavy = {
        "pandas",
        "numpy",
        "scipy",
        "numba",
        "sklearn",
        "django",
        "openpyxl",
        "docx",
        "vl_convert",
        "rich",
        "PIL",
    }
    assert "learningcity.cli.root" in loaded
    assert not heavy & loaded
    assert len(loaded) < 250


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(run, option):
    assert run(option).stdout == f"learningcity {learningcity.__version__}\n"


def test_python_m_works():
    assert python("-m", "learningcity", "-V").stdout.strip() == f"learningcity {learningcity.__version__}"


def test_wrapping_counts_what_a_terminal_shows():
    assert wrap("学习型城市，学习", 10) == ["学习型城市，", "学习"]
    assert wrap("one two three", 7) == ["one two", "three"]
    assert all(width_of(line) <= 12 for line in wrap("武汉 learning city 学习型城市", 12))


# --- language -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LEARNINGCITY_LANGUAGE": "zh"}, "zh"),
        ({"LEARNINGCITY_LANGUAGE": "zh_CN.UTF-8"}, "zh"),
        ({"LEARNINGCITY_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_SG.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_comes_from_environment_or_locale(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_from_environment() == language


def test_the_option_wins_wherever_it_stands(run, monkeypatch):
    monkeypatch.setenv("LEARNINGCITY_LANGUAGE", "zh")
    assert language_from_arguments(["atlas", "coverage", "--language", "en"]) == "en"
    assert language_from_arguments(["atlas", "search", "--", "--language", "en"]) == "zh"
    for arguments in (["--language", "en", "atlas", "coverage"], ["atlas", "--language=en", "coverage"], ["atlas", "coverage", "--language", "en"]):  # fmt: skip
        assert run(*arguments).stdout.startswith("city id\tcity")
    assert run("atlas", "coverage").stdout.startswith("城市编号\t城市")


def test_a_language_that_is_not_there_is_told(run, monkeypatch):
    assert "'fr' is not one of" in run("--language", "fr", "atlas", "coverage", code=1).stderr
    monkeypatch.setenv("LEARNINGCITY_LANGUAGE", "fr")
    told = run("atlas", "coverage", code=1).stderr
    assert "LEARNINGCITY_LANGUAGE=fr" in told


# --- bad use ------------------------------------------------------------------------------------

BAD = {
    ("atlsa",): ("Unknown command 'atlsa'. Did you mean atlas?", "未知的命令“atlsa”。是否指：atlas？"),
    ("atlas", "shwo"): ("Unknown command 'shwo'. Did you mean show", "未知的命令“shwo”"),
    ("atlas", "show"): ("Missing argument 'CITY'", "缺少参数CITY"),
    ("atlas", "show", "--portait", "cork"): ("No such option", "没有选项--portait"),
    ("atlas", "show", "Wuhn"): ("Did you mean", "是否指"),
    ("atlas", "table", "populatoin"): ("Did you mean population", "是否指：population"),
    ("atlas", "table", "population", "--scope", "town"): ("'town' is not one of", "取值“town”无效"),
    ("atlas", "table", "population", "--year", "x"): ("not a valid integer", "不是整数"),
    ("atlas", "table", "population", "--max-age", "-3"): ("at least 0", "不小于0的整数"),
    ("atlas", "search", "a", "--limit", "0"): ("not in the range", "超出范围"),
    ("atlas", "search", "a", "--limit"): ("requires an argument", "须带取值"),
    ("atlas", "conditions", "--coder", "Z"): ("coder 'Z'", "编码员“Z”"),
    ("atlas", "trace"): ("Give an id", "请给出编号"),
    ("atlas", "trace", "f99999"): ("f99999", "f99999"),
    ("atlas", "coverage", "--overlay", "nowhere"): ("There is no file or folder nowhere", "nowhere不存在"),
    ("atlas", "coverage", "--out", "x.pdf"): (".csv, .xlsx or .json", ".csv、.xlsx或.json"),
    ("atlas", "add", "nowhere.csv"): ("There is no file nowhere.csv", "nowhere.csv不存在"),
    ("atlas", "undo"): ("nothing to undo", "没有可撤销的操作"),
    ("atlas", "template", "--out", "a.csv"): ("must be .xlsx", "须以.xlsx结尾"),
    ("atlas", "export"): ("Missing option '--out'", "缺少选项--out"),
    ("atlas", "coverage", "extra"): ("unexpected extra argument", "多余的参数"),
    ("serve", "--port", "99999"): ("not in the range", "超出范围"),
    ("serve", "--overlay", "nowhere"): ("There is no file or folder nowhere", "nowhere不存在"),
}


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_use_ends_with_one_clean_message_and_code_1(run, arguments):
    for language, word in zip(("en", "zh"), BAD[arguments], strict=True):
        told = run(*arguments, "--language", language, code=1) if arguments[-1] != "--limit" else run("--language", language, *arguments, code=1)  # fmt: skip
        assert word in told.stderr
        assert told.stdout == ""
        assert told.stderr.startswith({"en": "Error: ", "zh": "错误："}[language])


def test_a_folder_that_cannot_be_written_is_told(run, quiet_machine):
    (quiet_machine / "file").write_text("x")
    told = run("atlas", "coverage", "--out", "file/under.csv", code=1).stderr
    assert "file" in told
    assert "Check the path" in told


# --- pipes and Ctrl-C ---------------------------------------------------------------------------


def test_a_reader_that_goes_away_ends_it_quietly():
    running = subprocess.Popen(
        [sys.executable, "-m", "learningcity", "atlas", "coverage", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    running.stdout.close()
    told = running.stderr.read()
    assert running.wait(timeout=60) == 0
    running.stderr.close()
    assert told == b""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_quiet():
    code = (
        "import os, signal, time, learningcity as lc\n"
        "from learningcity.cli import main\n"
        # A signal may be delivered a moment after it was sent.
        "def stop(*a, **k): os.kill(os.getpid(), signal.SIGINT); time.sleep(30)\n"
        "lc.add_to_overlay = stop\n"
        "main(['atlas', 'add', 'x.csv'])\n"
    )
    told = python("-c", code)
    assert told.returncode == 130
    assert told.stderr.strip() == "Stopped."
    assert signal.SIGINT == 2


def test_chinese_passes_a_pipe_that_does_not_know_it():
    told = subprocess.run(
        [sys.executable, "-m", "learningcity", "atlas", "show", "wuhan", "--language", "zh"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert "武汉" in told.stdout.decode("utf-8")


def test_a_bug_is_not_hidden(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(learningcity, "load_atlas", broken)
    from click.testing import CliRunner

    assert isinstance(CliRunner().invoke(main, ["atlas", "coverage"]).exception, ZeroDivisionError)


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("columns", [60, 200])
def test_on_a_terminal_tables_are_drawn_and_no_number_is_cut(columns):
    import pty

    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm", "NO_COLOR": "1"}
    running = subprocess.Popen(
        [sys.executable, "-m", "learningcity", "atlas", "conditions"],
        stdout=follower, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    os.close(follower)
    drawn = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        drawn += piece
    os.close(leader)
    assert running.wait(timeout=60) == 0
    text = drawn.decode("utf-8")
    assert "─" in text
    scores = learningcity.load_atlas().conditions()
    assert text.count("0.67") == int((scores == 0.67).sum().sum()) > 50
    [amman] = [line.split() for line in text.splitlines() if line.strip().startswith("Amman")]
    assert amman[-2:] == ["10", "17"]
