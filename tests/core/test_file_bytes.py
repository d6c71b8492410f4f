"""Files in memory: read like those on a disk, within their limits, whatever an archive says of itself."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from learningcity.core import FileBytes, InputError, TableLimits, read_sheets

SMALL = TableLimits(size=100_000, rows=10, columns=5, unpacked=1_000_000, sheets=3)


def book(rows=(("id", "a"), ("x", 1))):
    made = Workbook()
    made.active.title = "t"
    for row in rows:
        made.active.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(changes):
    """The small workbook with parts put in the place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


def refused(content, word, name="t.xlsx", limits=SMALL):
    with pytest.raises(InputError) as told:
        read_sheets(FileBytes(name, content, limits), [])
    assert word in told.value.in_("en")
    assert name in told.value.in_("zh")


SHEET = "xl/worksheets/sheet1.xml"
BODY = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_bytes_are_read_like_the_file(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(book())
    in_memory = read_sheets(FileBytes("t.xlsx", book(), SMALL))
    assert in_memory["t"].equals(read_sheets(path)["t"])
    assert read_sheets(FileBytes("t.csv", b"id,a\nx,1\n"))["t"].to_numpy().tolist() == [["x", "1"]]


def test_what_unpacks_too_far_is_refused_by_what_it_unpacks_to():
    refused(packed({SHEET: b"<x>" + b" " * 3_000_000 + b"</x>"}), "unpacks to more than 0 MB", limits=SMALL)


def test_an_archive_that_lies_about_its_sizes_is_refused():
    body = b"<x>" + b" " * 3_000_000 + b"</x>"
    honest = packed({SHEET: body})
    lying = honest.replace(struct.pack("<I", len(body)), struct.pack("<I", 60))
    assert lying != honest
    refused(lying, "cannot be read as an XLSX workbook")


@pytest.mark.parametrize(
    ("part", "content", "word"),
    [
        (SHEET, BODY % (b"<row>" + b"<c/>" * 5000 + b"</row>"), "more than 50 cells"),
        (SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + BODY % b"", "more formats or declarations"),
        (SHEET, "<!DOCTYPE x>".encode("utf-16"), "more formats or declarations"),
        (
            "xl/styles.xml",
            b"<styleSheet>" + b"<xf/>" * 70_000 + b"</styleSheet>",
            "more formats or declarations",
        ),
        *((f"xl/worksheets/s{n}.xml", BODY % b"", "") for n in range(1)),
    ],
)
def test_what_would_take_long_is_refused_before_it_is_parsed(part, content, word):
    if word:
        refused(packed({part: content}), word)
    else:
        assert "t" in read_sheets(FileBytes("t.xlsx", packed({part: content}), SMALL))


def test_too_many_sheets_rows_and_columns_are_told():
    refused(packed({f"xl/worksheets/s{n}.xml": BODY % b"" for n in range(4)}), "more than 3 sheets")
    refused(book([("id", "a"), *((n, n) for n in range(12))]), "more than 10 rows")
    refused(book([tuple("abcdef"), tuple(range(6))]), "6 columns; up to 5")
    refused(b"id,a\n" + b"x,1\n" * 12, "more than 10 rows", name="t.csv")
    refused(b"a,b,c,d,e,f\n", "6 columns; up to 5", name="t.csv")
    refused(b"x" * 100_001, "MB", name="t.csv")


def test_a_workbook_under_the_name_of_a_csv_is_told():
    refused(book(), "holds a workbook", name="t.csv")
    refused(b"id,a\nx,1\n", "cannot be read as an XLSX workbook")
