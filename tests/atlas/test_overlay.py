"""Bring your own: what is good comes in whole, what is bad changes nothing and names the cell."""

import multiprocessing
import string

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import learningcity as lc
from learningcity.atlas.overlay.store import locked
from learningcity.core import read_csv_text

SOURCES = "source_id,title,url\nmy-s1,Statistics of my city,https://stats.mycity.example.org/2024\n"
CITIES = (
    "city_id,name_en,name_zh,name_local,country_iso3,unesco_region,latitude,longitude\n"
    "mycity,My City,我的城市,Minha,PRT,ENA,38.7,-9.1\n"
)
FACTS = (
    "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id\n"
    "my-f1,mycity,population,120000,persons,2023,city,120 000,my-s1\n"
    "my-f2,wuhan,population,13800000,persons,2024,city,1380万,my-s1\n"
)


@pytest.fixture
def files(tmp_path):
    return {
        name: write(tmp_path, f"{name}.csv", text)
        for name, text in (("sources", SOURCES), ("cities", CITIES), ("facts", FACTS))
    }


@pytest.fixture
def overlay(tmp_path):
    return tmp_path / "own" / "overlay"


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def state(folder):
    """Every file under a folder with its bytes; None where there is no folder."""
    if not folder.exists():
        return None
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def counts(report):
    return {c.table: (c.added, c.replaced, c.replaced_shipped, c.unchanged) for c in report.changes}


# --- what is good -------------------------------------------------------------------------------


def test_files_that_point_to_each_other_come_in_together(files, overlay):
    report = lc.add_to_overlay(files.values(), overlay)
    assert counts(report) == {"sources": (1, 0, 0, 0), "cities": (1, 0, 0, 0), "facts": (2, 0, 0, 0)}
    assert report.written
    assert sorted(p.name for p in overlay.glob("*.csv")) == ["cities.csv", "facts.csv", "sources.csv"]
    atlas = lc.load_atlas(overlay)
    assert atlas.table("population").values.at["mycity", "population"] == 120000
    assert atlas.require_city("我的城市") == "mycity"
    assert len(atlas.cities) == len(lc.load_atlas().cities) + 1
    assert not list(overlay.glob(".lock")) + list(overlay.glob(".staged*"))


def test_a_workbook_with_several_sheets_comes_in_by_sheet_or_by_columns(tmp_path, overlay):
    book = Workbook()
    book.active.title = "sources"
    for title, text in (("sources", SOURCES), ("My cities", CITIES), ("Sheet3", FACTS)):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for line in text.splitlines():
            sheet.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    book.save(tmp_path / "all.xlsx")
    report = lc.add_to_overlay(tmp_path / "all.xlsx", overlay)
    assert counts(report)["facts"] == (2, 0, 0, 0)
    assert counts(report)["cities"] == (1, 0, 0, 0)


def test_the_tier_of_a_source_without_one_is_set_by_rule_and_said(files, overlay):
    report = lc.add_to_overlay(files["sources"], overlay)
    tier = lc.load_atlas(overlay).sources.set_index("source_id").at["my-s1", "tier"]
    assert tier == "secondary"
    assert any("tier" in w.en and "来源等级" in w.zh for w in report.warnings)


def test_a_row_with_a_shipped_id_replaces_it_and_is_counted(tmp_path, overlay):
    shipped = lc.load_atlas().cities.set_index("city_id").loc["cork"]
    file = write(
        tmp_path,
        "cities.csv",
        f"city_id,name_en,name_zh,country_iso3,unesco_region\ncork,Cork City,{shipped['name_zh']},IRL,ENA\n",
    )
    assert counts(lc.add_to_overlay(file, overlay)) == {"cities": (0, 1, 1, 0)}
    cork = lc.load_atlas(overlay).cities.set_index("city_id").loc["cork"]
    assert cork["name_en"] == "Cork City"
    # Columns that the file lacks stay as they were; an empty cell would have emptied them.
    assert cork["latitude"] == shipped["latitude"]
    assert cork["name_local"] == shipped["name_local"]
    assert counts(lc.add_to_overlay(file, overlay)) == {"cities": (0, 0, 0, 1)}


def test_an_empty_cell_empties(tmp_path, overlay):
    file = write(
        tmp_path,
        "cities.csv",
        "city_id,name_en,name_zh,country_iso3,unesco_region,latitude,longitude\ncork,Cork,科克,IRL,ENA,,\n",
    )
    lc.add_to_overlay(file, overlay)
    cork = lc.load_atlas(overlay).cities.set_index("city_id").loc["cork"]
    assert pd.isna(cork["latitude"])
    assert cork["name_local"] == "Cork / Corcaigh"


def test_what_spreadsheets_do_is_mended(tmp_path, overlay, files):
    lc.add_to_overlay([files["sources"], files["cities"]], overlay)
    text = (
        FACTS.splitlines()[0]
        + "\nmy-f9,ｍｙｃｉｔｙ , population,１２００００ ,persons,2023.0,city,120 000,my-s1\n"
    )
    report = lc.add_to_overlay(write(tmp_path, "own facts.csv", "\ufeff" + text), overlay)
    fact = lc.load_atlas(overlay).facts.set_index("fact_id").loc["my-f9"]
    assert (fact["city_id"], fact["value"], fact["year"]) == ("mycity", 120000, 2023)
    assert any("full-width" in w.en for w in report.warnings)


def test_chinese_of_older_excel_comes_in_with_a_note(tmp_path, overlay):
    report = lc.add_to_overlay(write(tmp_path, "cities.csv", CITIES.encode("gb18030")), overlay)
    assert lc.load_atlas(overlay).require_city("我的城市") == "mycity"
    assert any("GB 18030" in w.en for w in report.warnings)


def test_a_dry_run_counts_and_writes_nothing(files, overlay):
    report = lc.add_to_overlay(files.values(), overlay, dry_run=True)
    assert counts(report)["facts"] == (2, 0, 0, 0)
    assert not report.written
    assert not overlay.parent.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_comes_back_without_a_change(tmp_path, overlay, kind):
    frames = lc.load_atlas().frames
    if kind == "xlsx":
        lc.write_whole(tmp_path / "out" / "atlas.xlsx", lc.people_xlsx(frames))
    else:
        for name, frame in frames.items():
            lc.write_whole(tmp_path / "out" / f"{name}.csv", lc.people_csv(frame))
    report = lc.add_to_overlay(tmp_path / "out", overlay)
    assert sum(c.rows for c in report.changes) == sum(len(f) for f in frames.values()) > 7000
    assert all((c.added, c.replaced) == (0, 0) for c in report.changes)
    assert not report.written
    assert not overlay.exists()


@pytest.mark.parametrize("kept", ["en", "zh"])
def test_one_language_of_a_pair_is_enough_and_the_other_cell_stays_empty(tmp_path, overlay, kept):
    other = {"en": "zh", "zh": "en"}[kept]
    texts = {
        "en": ("My City", "A bus of books", "A bus brings books."),
        "zh": ("我的城市", "图书巴士", "巴士送书。"),
    }
    name, title, summary = texts[kept]
    cities = write(
        tmp_path,
        "cities.csv",  # the column of the other language is there, and empty
        f"city_id,name_{kept},name_{other},name_local,country_iso3,unesco_region\nmycity,{name},,Minha,PRT,ENA\n",
    )
    practices = write(
        tmp_path,
        "practices.csv",  # the columns of the other language are not there at all
        f"practice_id,city_id,mechanism,focal_areas,title_{kept},summary_{kept},source_id\n"
        f"mycity-01,mycity,resources,5,{title},{summary},s0001\n",
    )
    report = lc.add_to_overlay([cities, practices], overlay)
    assert report.written
    assert not any("language" in w.en for w in report.warnings)
    stored = read_csv_text((overlay / "cities.csv").read_text(encoding="utf-8"), "cities")
    assert (stored[f"name_{kept}"][2], stored[f"name_{other}"][2]) == (name, "")
    stored = read_csv_text((overlay / "practices.csv").read_text(encoding="utf-8"), "practices")
    assert (stored[f"title_{kept}"][2], stored[f"title_{other}"][2]) == (title, "")
    practice = lc.load_atlas(overlay).practices.set_index("practice_id").loc["mycity-01"]
    assert practice["title_en"] == practice["title_zh"] == title


def test_neither_language_is_told_once_for_the_pair(tmp_path, overlay):
    file = write(
        tmp_path,
        "cities.csv",
        "city_id,name_en,name_zh,name_local,country_iso3,unesco_region\nmycity,,,Minha,PRT,ENA\n",
    )
    with pytest.raises(lc.TableError) as caught:
        lc.add_to_overlay(file, overlay)
    [finding] = caught.value.findings
    assert (finding.row, finding.column) == (2, "name_en")
    assert "One of the two languages is enough" in finding.text.en
    assert "中英文填一种即可" in finding.text.zh
    file = write(tmp_path, "cities.csv", "city_id,country_iso3,unesco_region\nmycity,PRT,ENA\n")
    with pytest.raises(lc.TableError, match="One of the two languages is enough"):
        lc.add_to_overlay(file, overlay)


def test_a_tier_that_does_not_follow_the_host_is_set_by_rule_and_said(tmp_path, overlay):
    file = write(
        tmp_path,
        "sources.csv",
        "source_id,title,url,tier\nmy-s1,Statistics,https://stats.mycity.example.org/2024,official\n",
    )
    report = lc.add_to_overlay(file, overlay)
    assert lc.load_atlas(overlay).sources.set_index("source_id").at["my-s1", "tier"] == "secondary"
    [note] = [w for w in report.warnings if "tier" in w.en]
    assert "row 2" in note.en
    assert "set to secondary" in note.en
    assert "instead of official" in note.en
    assert "按规则确定；已设为secondary（二手）" in note.zh
    assert not any("tier-rules" in w.en or "tier-rules" in w.zh for w in report.warnings)
    again = lc.add_to_overlay(file, overlay)
    assert not again.written
    wrong = write(tmp_path, "sources.csv", file.read_text(encoding="utf-8").replace("official", "offical"))
    with pytest.raises(lc.TableError, match="Did you mean 'official'"):
        lc.add_to_overlay(wrong, overlay)


@pytest.mark.parametrize(
    ("value", "published", "warned"), [("0", "", 1), ("0.0", "", 1), ("0", "none", 0), ("5", "", 0)]
)
def test_a_zero_that_no_page_prints_is_warned_of(tmp_path, overlay, value, published, warned):
    file = write(
        tmp_path,
        "facts.csv",
        fact(indicator_id="population_growth_rate", unit="percent/yr", value=value, as_published=published),
    )
    report = lc.add_to_overlay(file, overlay)
    found = [w for w in report.warnings if "0 is a figure" in w.en]
    assert len(found) == warned
    assert all("row 2" in w.en and "未见资料时请勿填0" in w.zh for w in found)
    assert report.written


def test_all_that_is_wrong_comes_in_one_round(tmp_path, overlay):
    facts = write(
        tmp_path,
        "facts.csv",
        HEAD + "\n"
        "my-f1,cork,population,many,persons,2023,city,x,s0001\n"  # no number
        "my-f2,wuhn,population,5,persons,2023,city,x,s0001\n"  # unknown city
        "my-f3,mycity,population,-5,persons,2023,city,x,my-s1\n"  # hardly possible
        "my-f4,cork,population,5,percent,2190,city,x,none\n",  # unit, year, source
    )
    cities = write(tmp_path, "cities.csv", CITIES.replace("38.7", "99"))  # the id counts all the same
    sources = write(tmp_path, "sources.csv", SOURCES)
    with pytest.raises(lc.TableError) as caught:
        lc.add_to_overlay([facts, cities, sources], overlay)
    told = {(f.table, f.row, f.column) for f in caught.value.findings}
    assert told == {
        ("facts.csv", 2, "value"),
        ("facts.csv", 3, "city_id"),
        ("facts.csv", 4, "value"),
        ("facts.csv", 5, "unit"),
        ("facts.csv", 5, "year"),
        ("facts.csv", 5, "source_id"),
        ("cities.csv", 2, "latitude"),
    }
    assert not overlay.parent.exists()


def test_a_sheet_is_known_by_the_name_behind_its_chinese_title(tmp_path, overlay):
    book = Workbook()
    book.active.title = "城市 cities"
    for line in CITIES.splitlines():
        book.active.append(line.split(","))
    book.create_sheet("数据字典").append(["数据表", "列"])
    book.save(tmp_path / "mine.xlsx")
    report = lc.add_to_overlay(tmp_path / "mine.xlsx", overlay)
    assert counts(report) == {"cities": (1, 0, 0, 0)}
    assert report.warnings == ()


# --- undo ---------------------------------------------------------------------------------------


def test_undo_brings_the_same_bytes_back_step_by_step(files, overlay, tmp_path):
    states = [state(overlay)]
    lc.add_to_overlay([files["sources"], files["cities"]], overlay)
    states.append(state(overlay))
    lc.add_to_overlay(files["facts"], overlay)
    states.append(state(overlay))
    lc.add_to_overlay(write(tmp_path, "facts.csv", FACTS.replace("120000", "130000")), overlay)
    assert len({str(s) for s in states}) == 3
    report = lc.undo_overlay(overlay)
    assert report.table().to_dict("records") == [{"table": "facts", "rows_before": 2, "rows_after": 2}]
    assert state(overlay) == states[2]
    lc.undo_overlay(overlay)
    assert state(overlay) == states[1]
    lc.undo_overlay(overlay)
    assert state(overlay) in ({}, None)
    with pytest.raises(lc.InputError, match="nothing to undo"):
        lc.undo_overlay(overlay)


def test_an_add_without_changes_is_not_a_step_of_undo(files, overlay):
    lc.add_to_overlay([files["sources"]], overlay)
    before = state(overlay)
    lc.add_to_overlay([files["sources"]], overlay)
    assert state(overlay) == before


def test_a_disk_that_fails_in_the_middle_leaves_all_as_it_was(files, overlay, monkeypatch):
    lc.add_to_overlay(files["sources"], overlay)
    before = state(overlay)
    from pathlib import Path

    plain = Path.replace

    def failing(self, target):
        if self.name == "facts.csv" and ".staged" in str(self):
            raise OSError(28, "No space left on device")
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(lc.SetupError, match="no space left"):
        lc.add_to_overlay([files["cities"], files["facts"]], overlay)
    monkeypatch.undo()
    assert state(overlay) == before


# --- what is bad --------------------------------------------------------------------------------

HEAD = FACTS.splitlines()[0]
GOOD = "my-f1,cork,population,5,persons,2023,city,x,s0001"


def fact(**cells):
    row = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | cells
    return f"{HEAD}\n" + ",".join(row.values()) + "\n"


#: File name -> (content, words that the English message must hold).
BROKEN = {
    "unknown-city": ("facts.csv", fact(city_id="atlantis"), ("facts.csv", "row 2", "column city_id", "atlantis")),
    "near-city": ("facts.csv", fact(city_id="wuhn"), ("row 2", "Did you mean 'wuhan'")),
    "unknown-indicator": ("facts.csv", fact(indicator_id="populaton"), ("column indicator_id", "population")),
    "unknown-source": ("facts.csv", fact(source_id="nowhere"), ("column source_id", "nowhere")),
    "no-number": ("facts.csv", fact(value="21.858 million"), ("column value", "not a number")),
    "number-with-commas": ("facts.csv", fact(value='"21,858"'), ("column value", "no separators")),
    "year-of-two-digits": ("facts.csv", fact(year="23"), ("column year", "four digits")),
    "year-in-the-future": ("facts.csv", fact(year="2190"), ("column year",)),
    "a-date-for-a-year": ("facts.csv", fact(year="1905-07-15"), ("column year", "turned the cell into a date")),
    "unknown-scope": ("facts.csv", fact(scope="urban"), ("column scope", "not an allowed value")),
    "wrong-unit": ("facts.csv", fact(unit="percent"), ("column unit", "persons")),
    "hardly-possible": ("facts.csv", fact(value="-5"), ("column value",)),
    "empty-key": ("facts.csv", fact(fact_id=""), ("column fact_id", "empty")),
    "same-id-twice": ("facts.csv", fact() + GOOD + "\n", ("row 3", "row 2", "unique")),
    "unknown-column": ("facts.csv", fact().replace("as_published", "as_publishd"), ("as_publishd", "as_published")),
    "missing-column": ("facts.csv", "fact_id,city_id\nmy-1,cork\n", ("column indicator_id", "missing")),
    "column-twice": ("facts.csv", "fact_id,fact_id\na,b\n", ("fact_id", "twice")),
    "no-table": ("anything.csv", "a,b\n1,2\n", ("anything.csv", "row 1", "facts")),
    "nearly-a-table": ("mine.csv", "fact_id,city,indicator_id\na,b,c\n", ("mine.csv", "facts", "city_id")),
    "semicolons": ("facts.csv", fact().replace(",", ";"), ("facts.csv", "semicolons")),
    "too-many-cells": ("facts.csv", fact() + "a,b\n", ("facts.csv", "row 3")),
    "not-text": ("facts.csv", b"\x00\x01\x02", ("facts.csv", "not a text file")),
    "latin": ("facts.csv", fact(as_published="Bogotá").encode("latin-1"), ("facts.csv", "UTF-8")),
    "empty": ("facts.csv", "", ("facts.csv", "empty")),
    "broken-workbook": ("facts.xlsx", b"PK\x03\x04", ("facts.xlsx", "cannot be read")),
    "other-ending": ("facts.ods", "a", ("facts.ods", "neither")),
    "code-without-practice": (
        "practice-codes.csv",
        "practice_id,coder,mechanism,subject,level,stance,strength,areas,problem\nnone-01,C,law,learning,own,done,2,4,none\n",
        ("practice-codes.csv", "column practice_id", "none-01"),
    ),
    "sea": ("cities.csv", CITIES.replace("38.7,-9.1", "-9.1,38.7"), ("cities.csv", "row 2", "latitude")),
    "no-address": ("sources.csv", SOURCES.replace("https://stats", "stats"), ("sources.csv", "column url")),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_bad_file_changes_nothing_and_names_the_cell(case, tmp_path, overlay, files):
    lc.add_to_overlay(files["sources"], overlay)
    before = state(overlay)
    name, content, words = BROKEN[case]
    bad = write(tmp_path, name, content)
    with pytest.raises(lc.InputError) as caught:
        lc.add_to_overlay([files["cities"], bad] if name != "cities.csv" else [bad], overlay)
    for word in words:
        assert word in caught.value.in_("en"), caught.value.in_("en")
    chinese = caught.value.in_("zh")
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese)
    assert name in chinese
    assert state(overlay) == before


def test_there_are_enough_broken_ones_and_the_good_one_passes(tmp_path, overlay):
    assert len(BROKEN) >= 15
    assert lc.add_to_overlay(write(tmp_path, "facts.csv", fact()), overlay).written


def test_a_bad_file_makes_no_folder(tmp_path, overlay):
    bad = write(tmp_path, "facts.csv", fact(city_id="atlantis"))
    with pytest.raises(lc.TableError):
        lc.add_to_overlay(bad, overlay)
    assert not overlay.parent.exists()


def test_the_same_id_in_two_files_names_both(tmp_path, overlay):
    write(tmp_path, "facts.csv", fact())
    with pytest.raises(lc.TableError, match=r"more.csv, row 2.*facts.csv, row 2"):
        lc.add_to_overlay([tmp_path / "facts.csv", write(tmp_path, "more.csv", fact())], overlay)


def test_a_table_that_lies_there_by_hand_is_not_guessed_at(files, overlay):
    overlay.mkdir(parents=True)
    (overlay / "my facts.csv").write_text(FACTS, encoding="utf-8")
    with pytest.raises(lc.InputError, match="not put there by an add"):
        lc.add_to_overlay(files["sources"], overlay)


def test_a_table_that_lies_in_two_files_loses_no_rows_in_silence(files, tmp_path):
    (tmp_path / "two").mkdir()
    write(tmp_path / "two", "facts.csv", FACTS)
    write(tmp_path / "two", "my facts.csv", FACTS.replace("my-f", "other-f"))
    with pytest.raises(lc.InputError, match="holds the table facts twice"):
        lc.load_atlas(tmp_path / "two")


def test_a_missing_file_no_file_and_an_empty_folder_are_told(tmp_path, overlay):
    with pytest.raises(lc.InputError, match="no file"):
        lc.add_to_overlay(tmp_path / "nothing.csv", overlay)
    with pytest.raises(lc.InputError, match="No file was given"):
        lc.add_to_overlay([], overlay)
    (tmp_path / "hollow").mkdir()
    with pytest.raises(lc.InputError, match="no CSV or XLSX"):
        lc.add_to_overlay(tmp_path / "hollow", overlay)


def test_a_file_in_place_of_the_folder_is_told(files, tmp_path):
    with pytest.raises((lc.SetupError, lc.InputError)):
        lc.add_to_overlay(files["sources"], write(tmp_path, "overlay", "x"))


# --- two at once --------------------------------------------------------------------------------


def test_a_second_adder_is_told_at_once_and_changes_nothing(files, overlay):
    lc.add_to_overlay(files["sources"], overlay)
    before = state(overlay)
    with locked(overlay), pytest.raises(lc.SetupError, match="Somebody is adding"):
        lc.add_to_overlay(files["cities"], overlay)
    assert state(overlay) == before
    assert lc.add_to_overlay(files["cities"], overlay).written


def _add_one(number, folder, overlay):
    file = folder / f"add-{number}" / "sources.csv"
    file.parent.mkdir()
    file.write_text(f"source_id,title,url\nrow-{number},T,https://example.org/{number}\n", encoding="utf-8")
    for _ in range(1_000_000):
        try:
            return lc.add_to_overlay(file, overlay).written
        except lc.SetupError:
            continue
    return False


def test_many_adders_lose_nothing(tmp_path, overlay):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        done = pool.starmap(_add_one, [(n, tmp_path, overlay) for n in range(8)])
    assert done == [True] * 8
    rows = read_csv_text((overlay / "sources.csv").read_text(encoding="utf-8"), "sources")
    assert sorted(rows["source_id"]) == [f"row-{n}" for n in range(8)]
    assert not list(overlay.glob(".lock")) + list(overlay.glob(".staged*"))


# --- anything at all ----------------------------------------------------------------------------

NO_FIXTURE_CHECK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def told_or_added(file, overlay):
    """The message in English when the file is refused, None when it came in."""
    try:
        lc.add_to_overlay(file, overlay)
    except lc.LearningCityError as error:
        return error.in_("en") if error.in_("zh") else ""
    return None


@NO_FIXTURE_CHECK
@given(content=st.binary(max_size=300), ending=st.sampled_from(["csv", "xlsx"]))
def test_random_bytes_end_in_a_message(tmp_path, content, ending):
    file = write(tmp_path, f"facts.{ending}", content)
    assert told_or_added(file, tmp_path / "o") is not None
    assert not (tmp_path / "o").exists()


CELLS = st.one_of(
    st.sampled_from(
        ["", "cork", "population", "s0001", "2020", "1e400", "-1", "NaN", "city", "persons", "=1", "９"]
    ),
    st.text(alphabet=string.printable + "武汉；，\u3000\u200b\ufeff", max_size=8),
)


@NO_FIXTURE_CHECK
@given(rows=st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=3))
def test_random_rows_end_in_a_message_or_come_in_loadable(tmp_path, rows):
    frame = pd.DataFrame(rows, columns=HEAD.split(","), dtype="str")
    file = tmp_path / "facts.csv"
    lc.write_whole(file, lc.people_csv(frame))
    overlay = tmp_path / "loadable"
    told = told_or_added(file, overlay)
    assert told is None or "facts.csv" in told
    if told is None and overlay.exists():
        lc.load_atlas(overlay).table("population")
        lc.undo_overlay(overlay)


# --- cut off in the middle ----------------------------------------------------------------------

#: What touches the disk; each call may be the one that fails.
STEPS = ("replace", "unlink", "mkdir", "fsync", "rmdir")


def tables(folder):
    return {p.name: p.read_bytes() for p in folder.glob("*.csv")}


class Cut(Exception):  # noqa: N818
    """The power goes: nothing after it happens, no handler of OSError catches it."""


def failing_at(monkeypatch, number, for_ever):
    """Let the step of that number fail: once as a full disk, or for ever as when the power goes."""
    import os

    done = {"steps": 0}

    def wrap(plain):
        def step(*args, **more):
            done["steps"] += 1
            if done["steps"] == number or (for_ever and done["steps"] > number):
                raise Cut if for_ever else OSError(28, "No space left on device")
            return plain(*args, **more)

        return step

    for name in STEPS:
        monkeypatch.setattr(os, name, wrap(getattr(os, name)))
    return done


@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize("action", ["add", "undo"])
def test_a_failure_at_any_step_leaves_the_old_or_the_new_state(
    files, tmp_path, monkeypatch, action, for_ever
):
    from learningcity.atlas.overlay import recover_overlay

    start = tmp_path / "start"
    lc.add_to_overlay([files["sources"], files["cities"]], start)
    write(tmp_path, "cities.csv", CITIES.replace("38.7", "38.8"))
    if action == "undo":
        lc.add_to_overlay([files["cities"], files["facts"]], start)

    def act(folder):
        return (
            lc.add_to_overlay([files["cities"], files["facts"]], folder)
            if action == "add"
            else lc.undo_overlay(folder)
        )

    import shutil

    shutil.copytree(start, tmp_path / "end")
    act(tmp_path / "end")
    old, new = tables(start), tables(tmp_path / "end")
    assert old != new
    outcomes = set()
    number = 0
    while True:
        number += 1
        overlay = tmp_path / f"{number}"
        shutil.copytree(start, overlay)
        with monkeypatch.context() as patched:
            done = failing_at(patched, number, for_ever)
            try:
                act(overlay)
                told = False
            except (Cut, lc.SetupError):
                told = True
        if done["steps"] < number:
            break
        if not for_ever and not told:
            assert tables(overlay) == new
        # Whoever reads next brings it in order: the command line by name, a program by loading.
        lc.load_atlas(overlay) if number % 2 else recover_overlay(overlay)
        now = tables(overlay)
        assert now in (old, new), number
        outcomes.add(now == new)
        # The next writer leaves nothing behind: every time it takes and gives back the lock, now and then it writes.
        if number % 5:
            with locked(overlay):
                pass
        else:
            (tmp_path / "more").mkdir(exist_ok=True)
            more = write(tmp_path / "more", "sources.csv", SOURCES.replace("my-s1", "my-s2"))
            assert lc.add_to_overlay(more, overlay).written
        names = [p.name for p in overlay.rglob("*")]
        assert not [n for n in names if n.startswith((".writing-", ".staged-", ".dropped-", ".lock"))], number
        assert "pending" not in names
        if not number % 5:
            lc.undo_overlay(overlay)
        assert tables(overlay) == now
        shutil.rmtree(overlay)
    assert number > 15
    # A single failure of an undo is tried again, so that it never ends half way.
    assert outcomes == ({True} if action == "undo" and not for_ever else {False, True})


def test_a_half_written_generation_is_skipped_and_old_ones_are_forgotten_whole(files, overlay, monkeypatch):
    from learningcity.atlas.overlay import history

    lc.add_to_overlay(files["sources"], overlay)
    (overlay / ".history" / "000002").mkdir()
    lc.add_to_overlay(files["cities"], overlay)
    assert [p.name for p in history.generations(overlay)] == ["000001", "000003"]
    lc.undo_overlay(overlay)
    lc.undo_overlay(overlay)
    assert tables(overlay) == {}
    monkeypatch.setattr(history, "KEPT_CHANGES", 1)
    lc.add_to_overlay(files["sources"], overlay)
    lc.add_to_overlay(files["cities"], overlay)
    assert len(history.generations(overlay)) == 1


def test_undo_does_not_read_the_table_that_is_broken(files, overlay):
    lc.add_to_overlay(files["sources"], overlay)
    before = tables(overlay)
    lc.add_to_overlay([files["cities"], files["facts"]], overlay)
    (overlay / "facts.csv").write_bytes(b'fact_id,"\x00')
    report = lc.undo_overlay(overlay)
    assert tables(overlay) == before
    assert ("facts", None, 0) in report.rows
    assert "?" in report.summary("en")
    assert report.table().shape == (2, 3)


def test_what_would_not_read_back_is_never_put_in_place(files, overlay, monkeypatch):
    from learningcity.atlas.overlay import adding

    lc.add_to_overlay(files["sources"], overlay)
    before = state(overlay)
    monkeypatch.setattr(adding, "table_bytes", lambda frame, columns: b'city_id\n"open\n')
    with pytest.raises(lc.SetupError, match=r"cities\.csv would not read back"):
        lc.add_to_overlay(files["cities"], overlay)
    assert state(overlay) == before


def test_a_stored_table_edited_by_hand_is_named_by_file_row_and_column(files, overlay):
    lc.add_to_overlay(files.values(), overlay)
    stored = overlay / "facts.csv"
    stored.write_text(stored.read_text(encoding="utf-8").replace("13800000", '"1,000"'), encoding="utf-8")
    for act in (lambda: lc.add_to_overlay(files["cities"], overlay), lambda: lc.overlay_contents(overlay)):
        with pytest.raises(lc.TableError) as caught:
            act()
        [finding] = caught.value.findings
        assert (finding.table, finding.row, finding.column) == (str(stored), 3, "value")


@pytest.mark.parametrize("char", ["\r", "\x00", "\x1b", "\u202e", "\u200b"])
def test_unseen_characters_never_reach_the_stored_table(tmp_path, overlay, char):
    text = fact(as_published=f'"5{char}persons"')
    with pytest.raises(lc.InputError) as caught:
        lc.add_to_overlay(write(tmp_path, "facts.csv", text), overlay)
    assert "facts.csv" in caught.value.in_("zh")
    assert char not in caught.value.in_("en")
    assert not overlay.exists()


def test_full_width_digits_are_read_on_add_and_others_refused(tmp_path, overlay):
    assert lc.add_to_overlay(write(tmp_path, "facts.csv", fact(value="５")), overlay).written
    with pytest.raises(lc.TableError, match="Type the digits as 0-9"):
        lc.add_to_overlay(write(tmp_path, "facts.csv", fact(value="٥")), overlay)
    with pytest.raises(lc.TableError, match="Type the digits as 0-9"):
        lc.load_atlas(write(tmp_path, "facts.csv", fact(value="５")))


def test_a_name_that_would_bury_every_list_is_refused_and_a_long_one_is_not(tmp_path, overlay):
    for name, length, good in (("a", 120, True), ("b", 121, False), ("c", 20_000, False)):
        text = CITIES.replace("My City", "M" * length).replace("mycity", f"mycity-{name}")
        file = write(tmp_path, f"cities-{name}.csv", text)
        if good:
            assert lc.add_to_overlay(write(tmp_path, "cities.csv", text), overlay, dry_run=True).changes
            continue
        with pytest.raises(lc.TableError) as told:
            lc.add_to_overlay(file.rename(tmp_path / "cities.csv"), overlay)
        assert "row 2, column name_en" in str(told.value)
        assert "120" in told.value.in_("zh")
    assert state(overlay) is None
