"""What leaves the command line: no terminal obeys the data, no file of the user is replaced unasked."""

import errno
import json
import os
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
