"""What leaves the command line: no terminal obeys the data, no file of the user is replaced unasked."""

import errno
import json
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from learningcity import Text
from learningcity.cli.base import command, say
from learningcity.cli.output import answer

EVIL = "a\x1b]0;x\x07\x9b31m\u202eb"


@command("evil", text=Text("t", "题"), examples=())
def evil():
    """Print what steers terminals."""
    answer(pd.DataFrame({"x": [EVIL]}), "evil")
    say(f"note {EVIL}")


@command("evil-json", text=Text("t", "题"), examples=())
def evil_json():
    """The same as JSON."""
    answer(pd.DataFrame({"x": [EVIL]}), "evil", data=[EVIL], as_json=True)


def test_control_characters_of_data_are_printed_as_codes():
    result = CliRunner().invoke(evil, [])
    assert result.stdout == "x\na\\x1b]0;x\\x07\\x9b31m\\u202eb\n"
    assert result.stderr == "note a\\x1b]0;x\\x07\\x9b31m\\u202eb\n"


def test_json_stays_the_same_value_and_steers_nothing():
    result = CliRunner().invoke(evil_json, [])
    assert json.loads(result.stdout) == [EVIL]
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout)


def test_an_error_prints_no_control_characters(run):
    assert "\x1b" not in run("atlas", "show", "x\x1b[31m", code=1).stderr


def test_an_existing_link_is_not_replaced(run, quiet_machine):
    (quiet_machine / "real.csv").write_text("kept")
    (quiet_machine / "link.csv").symlink_to("real.csv")
    told = run("standard", "show", "--out", "link.csv", "--language", "zh", code=1).stderr
    assert "link.csv是链接" in told
    assert (quiet_machine / "real.csv").read_text() == "kept"


def test_a_folder_without_rights_names_the_file_of_the_user(run, quiet_machine, monkeypatch):
    # Root may write anywhere, so the refusal of the system is played; what is tested is what is said of it.
    (quiet_machine / "locked").mkdir()

    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", ".writing-x")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refused)
    told = run("atlas", "overlay", "--out", "locked/mine.csv", "--language", "zh", code=1).stderr
    assert "locked/mine.csv" in told
    assert "权限不足" in told


def test_a_home_of_nobody_is_one_clean_message(run, monkeypatch):
    monkeypatch.setenv("LEARNINGCITY_HOME", "~nosuchuser/x")
    assert "LEARNINGCITY_HOME" in run("atlas", "overlay", code=1).stderr


@pytest.mark.skipif(os.name == "nt", reason="closes streams as POSIX shells do")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_accident(closed):
    line = f'"{sys.executable}" -m learningcity atlas overlay --json {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


# --- how far long work is -------------------------------------------------------------------------

LONG = """
import sys
import learningcity as lc
from learningcity.cli import output
from learningcity.cli.base import command
from learningcity import Text

output.PATIENCE_SECONDS = {patience}

@command("long", text=Text("t", "题"), examples=())
def long():
    with output.working(Text("shuffling", "正在置换")) as progress:
        progress(1, 200)
        while {patience} == 0 and progress._bar is None:
            progress._timer.join()
        progress(100, 200)
        if {patience} == 0:
            sys.stdin.readline()
        progress(200, 200)
    print("done")

output.BETWEEN_SECONDS = 0
long.main(sys.argv[1:])
"""


def in_terminal(patience, arguments=(), at_half=None):
    """Run the long command with a terminal as its error stream; give its code, its answer, and what it showed.

    With no patience the work waits at its half until its share was seen; then ``at_half`` is done to the process.
    """
    import pty
    import select

    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-c", LONG.format(patience=patience), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    shown, seen = b"", False
    while select.select([ours], [], [], 120)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if at_half is not None and not seen and b"50%" in shown:
            at_half(started)
            seen = True
    os.close(ours)
    answered, _ = started.communicate(timeout=120)
    return started.returncode, answered.decode(), shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_long_work_shows_its_share_on_the_error_stream_and_takes_the_bar_away():
    def on(started):
        started.stdin.write(b"\n")
        started.stdin.flush()

    code, answered, shown = in_terminal(0, at_half=on)
    assert (code, answered) == (0, "done\n")
    assert "shuffling" in shown
    assert "50%" in shown
    # The last thing done to the line is to empty it.
    assert shown.rstrip("\r\n").endswith("\x1b[2K")


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_short_work_shows_nothing():
    assert in_terminal(600) == (0, "done\n", "")


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Stopped at 50 % of the work; nothing was written"), ("zh", "50%时中止，未写入任何内容。")]
)  # fmt: skip
def test_ctrl_c_says_how_far_it_came_and_that_nothing_was_written(language, said):
    stop = lambda started: started.send_signal(signal.SIGINT)  # noqa: E731
    code, answered, shown = in_terminal(0, ["--language", language], stop)
    assert (code, answered) == (130, "")
    assert said in shown
    assert "Traceback" not in shown


def test_a_pipe_gets_no_bar(run, monkeypatch):
    monkeypatch.setattr("learningcity.cli.output.PATIENCE_SECONDS", 0.0)
    frame = pd.DataFrame({"a": [0, 1, 1, 0, 1] * 4, "y": [0, 1, 1, 0, 1] * 4})
    frame.rename_axis("case").to_csv("cases.csv")
    told = run(
        "explain", "permutation", "cases.csv", "--outcome", "y", "--conditions", "a", "--permutations", "300"
    )
    assert "shuffling" not in told.stderr
    assert "\x1b" not in told.stderr
