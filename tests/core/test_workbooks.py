"""What a workbook holds is read whole or refused by sheet and reason; small files cost little."""

import time
import zipfile

import pytest
from openpyxl import Workbook

from learningcity.core import InputError, read_sheets, workbooks


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for title, cells in sheets.items():
        sheet = made.create_sheet(title)
        for place, value in cells.items():
            sheet[place] = value
    made.save(path)
    return path


def refused(path, *words):
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    for word in words:
        assert word in caught.value.in_("en"), caught.value.in_("en")
    assert path.name in caught.value.in_("zh")


def repacked(path, change):
    """Write the workbook again with its parts changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {n: packed.read(n) for n in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(name, content))
    return path


def test_rows_and_columns_beyond_the_limits_are_not_lost_without_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MAXIMUM_ROWS", 10)
    path = book(tmp_path / "rows.xlsx", facts={"A1": "id", "A10": "a", "A11": "b"})
    refused(path, "sheet facts, row 11")
    assert len(read_sheets(book(tmp_path / "ten.xlsx", facts={"A1": "id", "A10": "a"}))["facts"]) == 1
    path = book(tmp_path / "columns.xlsx", facts={"A1": "id", "GS1": "far", "A2": "a"})
    refused(path, "[facts]: 201 columns")
    assert read_sheets(book(tmp_path / "few.xlsx", facts={"A1": "id", "A2": "a"}))["facts"].shape == (1, 1)


def test_two_sheets_whose_titles_differ_by_blanks_are_refused(tmp_path):
    path = book(
        tmp_path / "two.xlsx", **{"facts": {"A1": "id", "A2": "a"}, "facts ": {"A1": "id", "A2": "b"}}
    )
    refused(path, "two sheets are named facts")


def test_a_formula_with_a_prefix_of_its_namespace_is_seen(tmp_path):
    path = book(tmp_path / "f.xlsx", facts={"A1": "id", "B1": "value", "A2": "a", "B2": "=1+1"})

    def prefixed(name, content):
        if not name.startswith("xl/worksheets/"):
            return content
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        content = content.replace(
            b'<worksheet xmlns="' + space, b'<worksheet xmlns:q="' + space + b'" xmlns="' + space
        )
        assert b"<f>" in content
        return content.replace(b"<f>", b"<q:f>").replace(b"</f>", b"</q:f>")

    refused(repacked(path, prefixed), "sheet facts, cell B2", "formula")


def test_many_cells_and_far_rows_are_refused_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MAXIMUM_CELLS", 50_000)
    wide = book(tmp_path / "wide.xlsx", facts={f"XFD{n}": "" for n in range(1, 50)} | {"A1": "id"})
    refused(wide, "more than 50,000 cells")
    far = repacked(
        book(tmp_path / "far.xlsx", facts={"A1": "id", "A2": "a"}),
        lambda name, content: content.replace(b'r="2"', b'r="2000000000"').replace(b'"A2"', b'"A2000000000"'),
    )
    started = time.process_time()
    refused(far, "more than 50,000 cells")
    assert time.process_time() - started < 5


def test_what_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MAXIMUM_UNPACKED_BYTES", 1000)
    monkeypatch.setattr("openpyxl.load_workbook", lambda *_, **__: pytest.fail("was read"))
    refused(book(tmp_path / "big.xlsx", facts={"A1": "id"}), "unpacks to more than")
