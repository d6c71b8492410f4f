"""The user's own tables change while the site runs: the next visit shows them, a broken file changes nothing."""

import json
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings

import learningcity as lc
from learningcity.web.freshness import Freshness, Gate, stamp

HEAD = (
    "practice_id,city_id,mechanism,title_en,title_zh,summary_en,summary_zh,start_year,focal_areas,source_id\n"
)
ROW = "{id},cork,law,{title},{title},Passed by the council.,由市议会通过。,2020,4,s0001\n"

#: Asks for the page of Cork before and after each change of the folder, and says what it shows.
SCRIPT = """
import json, sys, threading, time
from pathlib import Path
import django
django.setup()
from django.test import Client
from learningcity.web import content, freshness
freshness.BETWEEN_LOOKS = 0
folder, steps = Path(sys.argv[1]), json.loads(sys.argv[2])
client = Client(HTTP_HOST="localhost")
told = []
def look():
    text = client.get("/en/cities/cork").content.decode()
    told.append({
        "titles": [t for t in ("First by-law", "Second by-law") if t in text],
        "marked": "With your own tables laid over" in text,
        "practices": content.effort()["cork"]["practices"],
    })
look()
for step in steps:
    folder.mkdir(exist_ok=True)
    file = folder / "practices.csv"
    if step is None:
        file.unlink()
    else:
        file.write_text(step, encoding="utf-8")
    look()
    look()
print(json.dumps(told))
"""


def run(folder, steps, home, **more):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
        "LEARNINGCITY_HOME": str(home),
        "PYTHONIOENCODING": "utf-8",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), json.dumps(steps)],
        env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(done.stdout), done.stderr


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("LEARNINGCITY_OVERLAY", raising=False)
    return tmp_path / "home"


def test_what_is_added_changed_and_taken_back_shows_at_the_next_visit(home):
    home.mkdir()
    first = HEAD + ROW.format(id="own-1", title="First by-law")
    second = first + ROW.format(id="own-2", title="Second by-law")
    told, said = run(home / "overlay", [first, second, None], home)
    assert [(t["titles"], t["marked"]) for t in told] == [
        ([], False),
        (["First by-law"], True),
        (["First by-law"], True),
        (["First by-law", "Second by-law"], True),
        (["First by-law", "Second by-law"], True),
        ([], False),
        ([], False),
    ]
    plain = told[0]["practices"]
    assert [t["practices"] - plain for t in told] == [0, 1, 1, 2, 2, 0, 0]
    assert said == ""


def test_a_table_that_cannot_be_read_leaves_the_site_as_it_was_and_is_told_once(home):
    home.mkdir()
    first = HEAD + ROW.format(id="own-1", title="First by-law")
    broken = HEAD + ROW.format(id="own-1", title="Second by-law").replace("cork", "atlantis")
    told, said = run(home / "overlay", [first, broken, first], home)
    assert [t["titles"] for t in told] == [[], *[["First by-law"]] * 6]
    assert said.count("atlantis") == 2  # once in each language
    assert "无法读取" in said


def test_a_site_of_the_shipped_tables_alone_looks_at_no_folder(home):
    home.mkdir()
    first = HEAD + ROW.format(id="own-1", title="First by-law")
    told, _ = run(home / "overlay", [first], home, LEARNINGCITY_OVERLAY="none")
    assert [t["titles"] for t in told] == [[], [], []]


def test_a_stamp_tells_tables_apart_and_leaves_other_files_aside(tmp_path):
    assert stamp(tmp_path) == stamp(tmp_path / "nowhere") == ()
    (tmp_path / "notes.txt").write_text("x")
    assert stamp(tmp_path) == ()
    (tmp_path / "facts.csv").write_text("a")
    one = stamp(tmp_path)
    (tmp_path / "facts.csv").write_text("ab")
    assert stamp(tmp_path) != one
    assert [name for name, _, _ in stamp(tmp_path / "facts.csv")] == ["facts.csv"]


#: Begins a page with the shipped tables, lays own ones over them meanwhile, and looks at what stays.
RACE = """
import sys, threading, time
from pathlib import Path
import django
django.setup()
from django.test import Client
from learningcity.web import content, freshness
freshness.BETWEEN_LOOKS = 0
folder, row = Path(sys.argv[1]), sys.argv[2]
Client(HTTP_HOST="localhost").get("/en/cities/wuhan")
content.practices_by_city.cache_clear()
begun, go, changing = threading.Event(), threading.Event(), threading.Event()
alone = freshness.Gate.alone
def entering(gate):
    changing.set()
    return alone(gate)
freshness.Gate.alone = entering
plain = content.base.rows
def slow(frame):
    found = plain(frame)
    if threading.current_thread().name == "first":
        begun.set()
        go.wait(60)
    return found
for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith("learningcity.web") and getattr(module, "rows", None) is plain:
        module.rows = slow
# One stack of middleware, as a server has it.
client = Client(HTTP_HOST="localhost")
client.get("/healthz")
first = threading.Thread(target=lambda: client.get("/en/cities/cork"), name="first")
first.start()
begun.wait(60)
folder.mkdir()
(folder / "practices.csv").write_text(row, encoding="utf-8")
second = threading.Thread(target=lambda: client.get("/en/about"), name="second")
second.start()
changing.wait(60)
go.set()
first.join()
second.join()
print("First by-law" in client.get("/en/cities/cork").content.decode())
"""


def test_a_page_begun_before_a_change_leaves_nothing_of_the_old_tables_behind(home):
    home.mkdir()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
        "LEARNINGCITY_HOME": str(home),
    }
    row = HEAD + ROW.format(id="own-1", title="First by-law")
    done = subprocess.run(
        [sys.executable, "-c", RACE, str(home / "overlay"), row],
        env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "True", done.stderr


def test_whoever_changes_the_tables_waits_for_those_inside_and_holds_off_those_outside():
    gate, log = Gate(), []
    inside, leave = threading.Event(), threading.Event()

    def visit(name, wait):
        with gate.passing():
            log.append(f"{name} in")
            inside.set()
            if wait:
                leave.wait(60)
            log.append(f"{name} out")

    def change():
        with gate.alone():
            log.append("changed")

    first = threading.Thread(target=visit, args=("first", True))
    first.start()
    inside.wait(60)
    writer = threading.Thread(target=change)
    writer.start()
    while not gate.closed:
        pass
    late = threading.Thread(target=visit, args=("late", False))
    late.start()
    leave.set()
    for thread in (first, writer, late):
        thread.join(60)
    assert log == ["first in", "first out", "changed", "late in", "late out"]


def test_a_request_that_hangs_does_not_hold_the_tables_for_ever(monkeypatch):
    monkeypatch.setattr("learningcity.web.freshness.PATIENCE", 0.05)
    gate = Gate()
    with gate.passing(), gate.alone():
        pass
    assert (gate.inside, gate.closed) == (0, False)


def test_a_table_that_nobody_foresaw_leaves_the_site_as_it_was(tmp_path, monkeypatch, caplog):
    def fails(folder=None):
        raise MemoryError("too much")

    monkeypatch.setattr(settings, "WATCHED", tmp_path)
    monkeypatch.setattr(settings, "OVERLAY", str(tmp_path))
    site = Freshness(lambda request: "answered")
    (tmp_path / "facts.csv").write_text("a")
    monkeypatch.setattr("learningcity.web.freshness.BETWEEN_LOOKS", -1)
    monkeypatch.setattr(lc, "load_atlas", fails)
    assert [site(None), site(None)] == ["answered", "answered"]
    assert len(caplog.records) == 1


def test_own_tables_that_were_there_before_the_start_show_on_any_server(home):
    (home / "overlay").mkdir(parents=True)
    row = HEAD + ROW.format(id="own-1", title="First by-law")
    (home / "overlay" / "practices.csv").write_text(row, encoding="utf-8")
    told, _ = run(home / "overlay", [], home)
    assert [(t["titles"], t["marked"]) for t in told] == [(["First by-law"], True)]
