"""Building: the same bytes each time, nothing half written, differences told."""

from __future__ import annotations

from pathlib import Path

import pytest

import learningcity as lc
from learningcity.atlas.build import write
from learningcity.atlas.build.edited import checkout

YEAR = 2026


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_shipped_is_in_step_with_the_data() -> None:
    report = lc.build_tables(check=True, year=YEAR)
    assert report.files == ()
    assert report.compared == 78
    assert report.references == 828
    assert report.rows["facts"] == 906
    assert report.rows["practice-codes"] == 1194
    assert report.ok


def test_two_builds_are_the_same_bytes(data: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert lc.build_tables(data, tmp_path / name, year=YEAR).ok
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert len(one) == 78
    shipped = checkout() / "src" / "learningcity"
    assert one["atlas/tables/facts.csv"] == (shipped / "atlas/tables/facts.csv").read_bytes()


def test_line_endings_and_blank_ends_do_not_change_what_is_built(data: Path, tmp_path: Path) -> None:
    awards = data / "atlas" / "awards.csv"
    lines = awards.read_text(encoding="utf-8").splitlines()
    awards.write_bytes(("\ufeff" + " \r\n".join(lines) + "\r\n\r\n").encode())
    assert lc.build_tables(data, tmp_path / "out", year=YEAR).ok
    assert (tmp_path / "out/atlas/tables/awards.csv").read_text(encoding="utf-8").splitlines() == lines


def test_an_error_leaves_everything_as_it_was(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert lc.build_tables(data, out, year=YEAR).ok
    before = contents(out)
    facts = data / "atlas" / "facts.csv"
    facts.write_text(facts.read_text(encoding="utf-8").replace("21858000", "many", 1), encoding="utf-8")
    report = lc.build_tables(data, out, year=YEAR)
    assert not report.ok
    assert [(f.table, f.row, f.column) for f in report.errors] == [("facts", 2, "value")]
    assert contents(out) == before
    assert "Nothing was written" in report.summary("en")
    assert "未写入" in report.summary("zh")


def test_checking_tells_what_differs_and_writes_nothing(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lc.build_tables(data, out, year=YEAR)
    (out / "atlas/tables/awards.csv").write_text("round\n", encoding="utf-8")
    (out / "atlas/cases/cork.md").unlink()
    (out / "standards/tables/left-over.csv").write_text("a\n", encoding="utf-8")
    before = contents(out)
    report = lc.build_tables(data, out, check=True, year=YEAR)
    assert report.files == (
        "atlas/cases/cork.md",
        "atlas/tables/awards.csv",
        "standards/tables/left-over.csv",
    )
    assert not report.ok
    assert contents(out) == before
    assert lc.build_tables(data, out, year=YEAR).ok
    assert lc.build_tables(data, out, check=True, year=YEAR).ok
    assert not (out / "standards/tables/left-over.csv").exists()


def test_a_failure_in_the_middle_puts_back_what_was_there(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    lc.build_tables(data, out, year=YEAR)
    before = contents(out)
    awards = data / "atlas" / "awards.csv"
    awards.write_text(awards.read_text(encoding="utf-8").replace("s0005", "s0004"), encoding="utf-8")
    swap, count = write._swap, 0

    def failing(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError("disk full")
        swap(*arguments)

    monkeypatch.setattr(write, "_swap", failing)
    with pytest.raises(lc.SetupError, match="everything is as it was"):
        lc.build_tables(data, out, year=YEAR)
    assert count == 4
    assert contents(out) == before


@pytest.mark.parametrize(
    ("path", "content", "table"),
    [
        ("atlas/facts.csv", b"\xff\xfe\x00", "facts"),
        ("atlas/facts.csv", b"fact_id,city_id\nx1\n", "facts"),
        ("atlas/facts.csv", None, "facts"),
        ("atlas/towns.csv", b"town_id\nx\n", "towns"),
        ("schemas/atlas/facts.json", b"{", "facts"),
        ("schemas/atlas/facts.json", b'{"name": "facts"}', "facts"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    data: Path, path: str, content: bytes | None, table: str
) -> None:
    if content is None:
        (data / path).unlink()
    else:
        (data / path).write_bytes(content)
    report = lc.check_tables(data, year=YEAR)
    assert table in {f.table for f in report.errors}
    assert all(f.problem.en and f.problem.zh for f in report.errors)


def test_a_folder_that_is_not_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(lc.InputError, match="schemas"):
        lc.check_tables(tmp_path)


def test_the_report_tells_tables_rows_and_findings(data: Path) -> None:
    report = lc.check_tables(data, year=YEAR)
    table = report.table().set_index("table")
    assert table.loc["awards", "rows"] == 58
    assert table["errors"].sum() == 0
    assert report.to_dict()["ok"] is True
    assert report.to_dict()["rows"]["awards"] == 58
