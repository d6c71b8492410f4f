"""Tables as people write them: encodings, separators, workbooks with traps, and back without loss."""

import csv
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from learningcity.core import (
    InputError,
    SetupError,
    Text,
    escaped,
    guard_text,
    home,
    os_reason,
    people_csv,
    people_xlsx,
    read_csv_text,
    read_sheets,
    to_csv_text,
    unguard_text,
    write_whole,
)
from learningcity.core.characters import without_blanks


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def book(folder, name="book.xlsx", **sheets):
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(folder / name)
    return folder / name


def refused(path, *words):
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    for language in ("en", "zh"):
        assert path.name in caught.value.in_(language)
    for word in words:
        assert word in caught.value.in_("en")
    return caught.value


def test_a_csv_with_bom_blank_lines_and_blanks_around_cells(tmp_path):
    path = write(tmp_path, "facts.csv", "\ufeffid, name \r\n1, 武汉 \r\n\r\n,\r\n2,Cork\r\n")
    frame = read_sheets(path)["facts"]
    assert frame.columns.tolist() == ["id", "name"]
    assert frame.to_numpy().tolist() == [["1", "武汉"], ["2", "Cork"]]
    assert frame.index.tolist() == [2, 5]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("a;b\n1;2\n", "semicolons"),
        ("a\tb\n1\t2\n", "tabs"),
        ("a|b\n1|2\n", "bars"),
        ("", "empty"),
        ("a,b\n1,2,3\n", "row 2: 3 cells"),
        ('a,b\n"1,2\n', "not readable as CSV"),
        ("a,b\n".encode("utf-16"), "is in UTF-16"),
        ("编号,名称\n1,武汉\n".encode("utf-16"), "CSV UTF-8"),
        ("id,name,value\n1,x,y\n".encode("utf-16-le"), "is in UTF-16"),
        ("id,name,value\n1,x,y\n".encode("utf-16-be"), "is in UTF-16"),
        ("a,b\n".encode("utf-32"), "is in UTF-32"),
        ("a,b\nM\xe9xico,x\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_what_is_no_table_with_commas_says_what_to_do(tmp_path, content, word):
    refused(write(tmp_path, "facts.csv", content), word)


def test_chinese_of_older_excel_is_read_with_a_note_and_refused_without(tmp_path):
    path = write(tmp_path, "cities.csv", "id,name\n1,武汉学习型城市\n".encode("gb18030"))
    notes: list[Text] = []
    assert read_sheets(path, notes)["cities"].loc[2, "name"] == "武汉学习型城市"
    assert len(notes) == 1
    assert "GB 18030" in notes[0].zh
    refused(path, "not UTF-8")
    latin = write(tmp_path, "latin.csv", "id,name\n1,Medellín\n2,Bouaké\n3,Câmara\n".encode("latin-1"))
    with pytest.raises(InputError):
        read_sheets(latin, [])


def test_a_workbook_gives_one_frame_a_sheet_and_leaves_out_what_explains(tmp_path):
    path = book(
        tmp_path,
        facts=[["id", "value"], ["a", 1.0], [None, None], ["b", 0.25]],
        说明=[["how to fill this in"], ["and", "more", "cells"]],
        empty=[],
    )
    sheets = read_sheets(path)
    assert list(sheets) == ["facts"]
    assert sheets["facts"].to_numpy().tolist() == [["a", "1"], ["b", "0.25"]]
    assert sheets["facts"].index.tolist() == [2, 4]


def test_a_formula_without_a_saved_result_names_its_cell(tmp_path):
    refused(book(tmp_path, facts=[["id", "value"], ["a", "=1+1"]]), "sheet facts, cell B2", "formula")


def test_an_error_value_names_its_cell(tmp_path):
    refused(book(tmp_path, facts=[["id", "value"], ["a", "#REF!"]]), "sheet facts, cell B2", "#REF!")


def test_merged_heads_name_the_cell_without_a_name(tmp_path):
    made = Workbook()
    sheet = made.active
    sheet.title = "facts"
    for row in (["id", "value", "unit"], ["a", 1, "persons"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    made.save(tmp_path / "book.xlsx")
    refused(tmp_path / "book.xlsx", "sheet facts, cell B1", "merged")


def test_a_title_above_the_head_is_told(tmp_path):
    refused(book(tmp_path, facts=[["Our facts"], ["id", "value"], ["a", 1]]), "cell B1")


def test_a_stray_cell_far_away_does_not_fill_the_memory(tmp_path):
    path = book(tmp_path, facts=[["id"], ["a"]])
    made = Workbook()
    made.active.title = "facts"
    made.active["A1"], made.active["A2"], made.active["A400000"] = "id", "a", "b"
    made.save(path)
    assert read_sheets(path)["facts"]["id"].tolist() == ["a", "b"]


@pytest.mark.parametrize("name", ["facts.ods", "facts.xls", "facts.txt"])
def test_other_endings_are_named(tmp_path, name):
    refused(write(tmp_path, name, "a,b\n"), "neither .csv nor .xlsx")


def test_a_broken_workbook_is_told(tmp_path):
    refused(write(tmp_path, "facts.xlsx", b"PK\x03\x04 no workbook"), "cannot be read")


# --- files for people ---------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "-"]


@given(st.text())
def test_guarding_is_undone_by_reading(text):
    assert unguard_text(guard_text(text)) == text


def test_what_a_spreadsheet_would_run_is_guarded_and_numbers_stay_numbers():
    import pandas as pd

    frame = pd.DataFrame({"text": DANGEROUS, "number": [-1.5, 2.0, float("nan"), 0.1, 1e6, 7.0, -3.0]})
    lines = people_csv(frame).decode("utf-8-sig").splitlines()
    assert lines[0] == "text,number"
    guarded = [line.split(",")[0] for line in lines[1:]]
    assert len(guarded) == len(DANGEROUS)
    assert all(cell.startswith("'") for cell in guarded)
    assert [line.split(",")[1] for line in lines[1:]] == ["-1.5", "2", "", "0.1", "1000000", "7", "-3"]
    assert people_csv(frame).startswith(b"\xef\xbb\xbf")

    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(people_xlsx({"a": frame})))["a"]
    assert {c.data_type for c in sheet["A"]} == {"s"}
    assert [c.value for c in sheet["B"]][1:3] == [-1.5, 2]
    assert sheet["B4"].value is None


def test_files_for_people_read_back_the_same(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"id": ["a", "b"], "text": ["=x", 'say "武汉", twice']}, dtype="str")
    (tmp_path / "t.csv").write_bytes(people_csv(frame))
    (tmp_path / "t.xlsx").write_bytes(people_xlsx({"t": frame}))
    for name in ("t.csv", "t.xlsx"):
        assert read_sheets(tmp_path / name)["t"].to_numpy().tolist() == frame.to_numpy().tolist()


def test_control_characters_do_not_break_a_workbook(tmp_path):
    import pandas as pd

    (tmp_path / "t.xlsx").write_bytes(people_xlsx({"a/b*[x]": pd.DataFrame({"t": ["a\x00b\x0bc"]})}))
    assert read_sheets(tmp_path / "t.xlsx")["a-b--x-"].iloc[0, 0] == "abc"


# --- what is written can be read ----------------------------------------------------------------


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_that_is_written_as_csv_is_read_back(rows):
    import pandas as pd

    frame = pd.DataFrame([[str(n), *r] for n, r in enumerate(rows)], columns=["id", "a", "b"], dtype="str")
    read = read_csv_text(to_csv_text(frame), "t")
    assert read.to_numpy().tolist() == frame.map(without_blanks).to_numpy().tolist()


def test_a_bare_carriage_return_is_read_back():
    import pandas as pd

    text = to_csv_text(pd.DataFrame({"id": ["1", "2"], "a": ["x\ry", "z"]}))
    assert read_csv_text(text, "t")["a"].tolist() == ["x\ry", "z"]
    assert text.endswith("\n2,z\n")


@pytest.mark.parametrize("limit", [1_000, 131_072, 10_000_000])
def test_a_cell_over_the_limit_is_told_also_where_another_library_moved_that_of_csv(limit):
    before = csv.field_size_limit(limit)
    try:
        with pytest.raises(InputError, match=r"facts\.csv, line 2: a cell is far too long"):
            read_csv_text("a,b\n1," + "x" * 140_000, "facts.csv")
    finally:
        csv.field_size_limit(before)


def test_a_long_cell_within_the_limit_is_read():
    assert read_csv_text("a,b\n1," + "x" * 131_000, "facts.csv").at[2, "b"] == "x" * 131_000


def test_more_columns_than_any_table_has_are_refused():
    with pytest.raises(InputError, match="201 columns; up to 200"):
        read_csv_text(",".join(f"c{n}" for n in range(201)) + "\n", "facts.csv")


def test_a_folder_and_a_pipe_are_called_what_they_are(tmp_path):
    (tmp_path / "facts.csv").mkdir()
    refused(tmp_path / "facts.csv", "is a folder")
    os.mkfifo(tmp_path / "cities.csv")
    refused(tmp_path / "cities.csv", "is a pipe")


# --- writing files ------------------------------------------------------------------------------


def test_a_file_keeps_its_mode_and_a_new_one_is_readable(tmp_path):
    for name, before, after in (("old.csv", 0o600, 0o600), ("new.csv", None, 0o644)):
        if before is not None:
            (tmp_path / name).touch(before)
        write_whole(tmp_path / name, b"x")
        assert (tmp_path / name).stat().st_mode & 0o777 == after


def test_a_link_a_pipe_and_a_folder_are_not_replaced(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"kept")
    (tmp_path / "link.csv").symlink_to("real.csv")
    (tmp_path / "dangling.csv").symlink_to("nowhere.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name, what in (
        ("link", "a link"),
        ("dangling", "a link"),
        ("pipe", "a pipe"),
        ("folder", "a folder"),
    ):
        with pytest.raises(InputError, match=what):
            write_whole(tmp_path / f"{name}.csv", b"x")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"kept"


def test_an_error_of_the_disk_names_the_file_of_the_user(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "draft")

    for step in ("replace", "fsync"):
        with monkeypatch.context() as patched:
            patched.setattr(os, step, full)
            with pytest.raises(OSError, match="No space left") as caught:
                write_whole(tmp_path / "out.csv", b"x")
        assert caught.value.filename == str(tmp_path / "out.csv")
        assert list(tmp_path.iterdir()) == []


def test_reasons_of_the_system_are_said_in_chinese():
    assert os_reason(OSError(28, "No space left on device")).zh == "磁盘空间不足"
    assert os_reason(PermissionError(13, "Permission denied")).zh == "权限不足"
    assert os_reason(IsADirectoryError(21, "Is a directory")).zh == "这是文件夹，不是文件"
    assert os_reason(OSError(99999, "odd")).en == "odd"


def test_a_home_of_nobody_is_told(monkeypatch):
    monkeypatch.setenv("LEARNINGCITY_HOME", "~nosuchuser/x")
    with pytest.raises(SetupError, match="LEARNINGCITY_HOME") as caught:
        home()
    assert "主目录" in caught.value.in_("zh")


def test_what_a_terminal_would_obey_is_written_as_its_code():
    assert escaped("a\x1b[31m\x9b\u202e\nb") == "a\\x1b[31m\\x9b\\u202e\nb"
