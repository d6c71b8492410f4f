"""Drawn pictures are kept in memory and, where asked for, in a folder: bounded, whole, and never in the way."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import learningcity as lc
from learningcity.report.charts import drawing, keeping


@pytest.fixture
def folder(tmp_path):
    yield tmp_path
    lc.keep_charts("")


def test_another_process_draws_nothing_again(folder):
    script = (
        "import sys, learningcity as lc; lc.keep_charts(sys.argv[1]);"
        "a = lc.load_atlas(); one = lc.chart(a, 'awards', 'en');"
        "import hashlib; print(hashlib.sha256((one.svg + one.file()).encode() + one.png()).hexdigest())"
    )

    def run():
        return subprocess.run(
            [sys.executable, "-c", script, str(folder)], capture_output=True, encoding="utf-8", check=True
        ).stdout

    first = run()
    kept = {p.name: p.stat().st_mtime_ns for p in folder.rglob("*.*g")}
    assert kept
    assert run() == first
    assert {p.name: p.stat().st_mtime_ns for p in folder.rglob("*.*g")} == kept


def test_text_and_bytes_come_back_as_they_were(tmp_path):
    one, other = keeping.Kept(), keeping.Kept()
    one.folder = other.folder = tmp_path
    one.put("a", "<svg>武汉</svg>")
    one.put("b", b"\x89PNG\xff")
    assert other.get("a") == "<svg>武汉</svg>"
    assert other.get("b") == b"\x89PNG\xff"
    assert other.get("c") is None
    assert other.size == one.size


def test_the_folder_never_grows_beyond_its_bound(tmp_path):
    kept = keeping.Kept(most_in_folder=1000)
    kept.folder = tmp_path
    for number in range(50):
        kept.put(f"{number:03}", "x" * 100)
        os.utime(tmp_path / f"{number:03}.svg", (number, number))
        assert sum(p.stat().st_size for p in tmp_path.iterdir()) <= 1600
    assert (tmp_path / "049.svg").exists()
    assert not (tmp_path / "000.svg").exists()


def test_a_folder_that_cannot_be_used_hinders_nothing(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    kept = keeping.Kept()
    kept.folder = blocked / "below"
    kept.put("a", "picture")
    assert kept.get("a") == "picture"
    assert kept.get("b") is None
    lc.keep_charts(blocked)
    lc.keep_charts("")


def test_only_pictures_of_other_versions_are_removed(folder):
    old = folder / "0.0.9-1.8.0"
    mixed = folder / "0.0.8-1.8.0"
    plain = folder / "documents"
    for one in (old, mixed, plain):
        one.mkdir()
        (one / "a.svg").write_text("x")
    (mixed / "notes.txt").write_text("x")
    lc.keep_charts(folder)
    left = {p.name for p in folder.iterdir()}
    assert "0.0.9-1.8.0" not in left
    assert left >= {"0.0.8-1.8.0", "documents"}


def test_equal_pictures_asked_for_at_once_are_drawn_once(monkeypatch):
    import vl_convert

    drawn = []
    whole = vl_convert.vegalite_to_svg

    def slow(spec):
        drawn.append(spec)
        time.sleep(0.2)
        return whole(spec)

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", slow)
    spec = {
        "data": {"values": [{"a": 20261122}]},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(lambda _: drawing.draw(spec, "sans-serif", "x", "en"), range(8)))
    assert len(drawn) == 1
    assert len(set(pictures)) == 1
