"""The data package and the workbook of the atlas, opened again by readers of others and compared with the frames."""

import csv
import hashlib
import io
import json
import re
import socket
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import learningcity as lc
from learningcity.report.package import atlas_book, package

LANGUAGES = ("en", "zh")
HAN = re.compile(r"[\u4e00-\u9fff]")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def frames(atlas):
    return {**lc.standard_tables(), **atlas.frames}


@pytest.fixture(scope="module", params=LANGUAGES)
def packed(request, atlas):
    """The language and the opened archive."""
    return request.param, zipfile.ZipFile(io.BytesIO(lc.data_package(atlas, request.param)))


def described(archive):
    return json.loads(archive.read("datapackage.json"))


def same(cell, value):
    """Whether the text of a CSV cell says the value of a frame."""
    if value is None or value is pd.NA or value != value:
        return cell == ""
    return cell == value if isinstance(value, str) else float(cell) == float(value)


@pytest.fixture
def offline(monkeypatch):
    """Whatever asks for a connection fails."""

    def refuse(*_, **__):
        raise AssertionError("asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def test_every_cell_of_every_table_is_the_frames(packed, frames):
    _, archive = packed
    cells = 0
    for name, frame in frames.items():
        body = archive.read(f"{name}.csv")
        assert not body.startswith(b"\xef\xbb\xbf"), "for programs: no BOM"
        head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
        assert head == list(frame.columns)
        assert len(rows) == len(frame)
        for row, record in zip(rows, frame.itertuples(index=False, name=None), strict=True):
            assert all(same(cell, value) for cell, value in zip(row, record, strict=True)), (name, row)
            cells += len(row)
    assert cells > 50_000


def test_the_descriptor_says_what_is_inside(packed, frames, atlas):
    language, archive = packed
    told = described(archive)
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert told["version"] == f"{lc.__version__}+{lc.data_version(atlas)}"
    assert told["licenses"]
    assert told["contributors"]
    assert told["keywords"]
    assert told["created"]
    paths = [one["path"] for one in told["resources"]]
    beside = {"datapackage.json", "README.md", "LICENSE-DATA.md", "CITATION.cff"}
    assert sorted(archive.namelist()) == sorted([*paths, *beside])
    assert {f"{name}.csv" for name in frames} | {"dictionary.csv", "codes.csv"} == set(paths)
    for one in told["resources"]:
        body = archive.read(one["path"])
        assert one["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert one["bytes"] == len(body)
        assert (one["mediatype"], one["encoding"]) == ("text/csv", "utf-8")
        assert one["licenses"]
        head = next(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))
        assert [field["name"] for field in one["schema"]["fields"]] == head
        assert one["schema"]["missingValues"] == [""]
        if language == "zh":
            assert HAN.search(one["title"])
            assert all(HAN.search(field["title"]) for field in one["schema"]["fields"]), one["name"]


def test_the_schemas_travel_with_their_limits_keys_and_references(packed):
    _, archive = packed
    tables = {one["name"]: one["schema"] for one in described(archive)["resources"]}
    fields = {field["name"]: field for field in tables["practice-codes"]["fields"]}
    assert "law" in fields["mechanism"]["constraints"]["enum"]
    assert fields["practice_id"]["constraints"]["required"] is True
    assert fields["strength"]["constraints"]["enum"] == [1, 2, 3]
    assert (fields["themes"]["type"], fields["themes"]["delimiter"]) == ("list", ";")
    assert tables["facts"]["primaryKey"] == ["fact_id"]
    leads = {
        (name, one["fields"][0]): one["reference"]["resource"]
        for name, schema in tables.items()
        for one in schema.get("foreignKeys", ())
    }
    assert leads["facts", "city_id"] == "cities"
    assert leads["facts", "source_id"] == "sources"
    assert leads["country-context", "source_id"] == "statistical-sources"
    assert leads["city-population", "city_id"] == "members"
    assert leads["key-features", "parent"] == ""
    assert len(leads) > 15


def test_statistics_bring_their_licences_as_found(packed, atlas):
    _, archive = packed
    resources = {one["name"]: one for one in described(archive)["resources"]}
    used = set(atlas.context["source_id"])
    table = atlas.statistical_sources.set_index("source_id")
    told = resources["country-context"]["sources"]
    assert {one["title"] for one in told} == set(table.loc[sorted(used), "title"])
    assert all(one["licenceAsFound"] for one in told)
    assert resources["practices"]["licenses"][0]["name"] == "CC-BY-4.0"
    assert resources["country-context"]["licenses"][0]["path"] == "LICENSE-DATA.md"
    licences = archive.read("LICENSE-DATA.md").decode()
    assert all(title.replace("|", "\\|") in licences for title in table["title"])
    citation = archive.read("CITATION.cff").decode()
    shipped = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    for line in ("title:", "version:", "  - name:", "cff-version:"):
        assert [x for x in citation.splitlines() if x.startswith(line)] == [
            x for x in shipped.splitlines() if x.startswith(line)
        ]


def test_another_reader_finds_nothing_wrong_and_finds_what_is_planted(packed, tmp_path, offline):
    from frictionless import Package, validate

    language, archive = packed
    archive.extractall(tmp_path)
    descriptor = str(tmp_path / "datapackage.json")
    report = validate(descriptor)
    assert report.valid, report.flatten(["name", "rowNumber", "message"])[:5]
    assert len(report.tasks) > 25
    assert len(Package(descriptor).get_resource("facts").read_rows()) == len(lc.load_atlas().facts)
    if language == "zh":
        return  # the rules are those of the other language: only titles and descriptions differ
    facts = tmp_path / "facts.csv"
    text = facts.read_text(encoding="utf-8")
    for wrong in (text.replace(",cork,", ",crok,"), text.replace(",persons,", ",persons,nineteen", 1)):
        assert wrong != text
        facts.write_text(wrong, encoding="utf-8")
        assert not validate(descriptor).valid


def test_dictionary_codes_and_read_me_speak_the_language(packed):
    language, archive = packed

    def table(name):
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))

    columns = {(row["table"], row["column"]): row for row in table("dictionary.csv")}
    assert set(columns) == {(n, c) for n, s in lc.table_schemas().items() for c in s.columns}
    assert bool(HAN.search(columns["cities", "city_id"]["title"])) == (language == "zh")
    codes = {(row["table"], row["column"], row["code"]): row for row in table("codes.csv")}
    assert codes["practices", "mechanism", "law"]["zh"] == "法规"
    read_me = archive.read("README.md").decode()
    assert ("未见公开资料" in read_me) == (language == "zh")
    assert ("not seen" in read_me) == (language == "en")
    assert all(f"`{name}.csv` |" in read_me for name in lc.table_schemas())


def test_doubtful_addresses_are_printed_and_never_offered(packed, atlas):
    _, archive = packed
    doubtful = [
        a for a in atlas.sources.loc[atlas.sources["tier"] == "doubtful", "url"] if isinstance(a, str)
    ]
    assert len(doubtful) > 50
    printed = archive.read("sources.csv").decode("utf-8")
    elsewhere = "".join(
        archive.read(name).decode() for name in archive.namelist() if not name.endswith(".csv")
    )
    for address in doubtful:
        assert address in printed
        assert address not in elsewhere
    assert not set(lc.source_links(atlas)) & set(
        atlas.sources.loc[atlas.sources["tier"] == "doubtful", "source_id"]
    )


def test_the_same_tables_give_the_same_bytes_and_are_written_once(atlas):
    for language in LANGUAGES:
        body = package.build_package(atlas, language)
        copied = lc.Atlas({name: frame.copy() for name, frame in atlas.frames.items()})
        assert package.build_package(copied, language) == body == lc.data_package(atlas, language)
        assert lc.data_package(atlas, language) is lc.data_package(atlas, language)
    with pytest.raises(lc.UnknownNameError):
        lc.data_package(atlas, "fr")
    with pytest.raises(lc.UnknownNameError):
        lc.atlas_workbook(atlas, "fr")


def test_other_data_is_another_version(atlas):
    changed = lc.Atlas({**atlas.frames, "facts": atlas.facts.iloc[1:]})
    assert lc.data_version(changed) != lc.data_version(atlas)
    assert re.fullmatch("[0-9a-f]{12}", lc.data_version(atlas))
    assert lc.data_package(changed) != lc.data_package(atlas)


# --- own tables ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory):
    """Own rows whose texts a spreadsheet would run."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "cities.csv").write_text(
        'city_id,name_en,name_zh,country_iso3,unesco_region\nown-city,"=HYPERLINK(""x"")",@我的城市,CHN,APA\n',
        encoding="utf-8",
    )
    (folder / "facts.csv").write_text(
        "fact_id,city_id,indicator_id,value,unit,year,scope,as_published,source_id\n"
        "own-f1,own-city,population_growth_rate,-5,percent/yr,2020,city,-5,s0001\n",
        encoding="utf-8",
    )
    return lc.load_atlas(folder)


def test_own_rows_are_inside_and_named(overlaid):
    archive = zipfile.ZipFile(io.BytesIO(lc.data_package(overlaid)))
    assert "own-city" in archive.read("cities.csv").decode()
    own = list(csv.reader(io.StringIO(archive.read("own-rows.csv").decode(), newline="")))
    assert own == [["table", "key"], ["cities", "own-city"], ["facts", "own-f1"]]
    assert "own-rows" in [one["name"] for one in described(archive)["resources"]]
    assert "`own-rows.csv` names them" in archive.read("README.md").decode()
    shipped = zipfile.ZipFile(io.BytesIO(lc.data_package(lc.load_atlas())))
    assert "own-rows.csv" not in shipped.namelist()
    # For programs: as it is, and the reader is told so.
    assert '=HYPERLINK(""x"")' in archive.read("cities.csv").decode()


def test_nothing_runs_in_the_workbook_and_negative_numbers_are_numbers(overlaid):
    book = load_workbook(io.BytesIO(lc.atlas_workbook(overlaid)))
    cities = {row[0].value: row for row in book["cities"].iter_rows(min_row=2)}
    for cell, wanted in zip(cities["own-city"][1:3], ('=HYPERLINK("x")', "@我的城市"), strict=True):
        assert (cell.value, cell.data_type) == (wanted, "s")
        assert cell.quotePrefix
    facts = {row[0].value: row for row in book["facts"].iter_rows(min_row=2)}
    heads = [cell.value for cell in book["facts"][1]]
    assert facts["own-f1"][heads.index("value")].value == -5
    published = facts["own-f1"][heads.index("as_published")]
    assert (published.value, published.data_type) == ("-5", "s")
    own = [tuple(c.value for c in row) for row in book["own rows"].iter_rows(min_row=2)]
    assert own == [("cities", "own-city"), ("facts", "own-f1")]


# --- workbook --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def books(atlas):
    """The workbook of each language, opened."""
    return {one: load_workbook(io.BytesIO(lc.atlas_workbook(atlas, one))) for one in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_the_workbook_is_the_frames(atlas, books, language):
    book = books[language]
    ends = {"en": ("Read me", ["dictionary", "codes"]), "zh": ("说明", ["数据字典", "代码"])}[language]
    assert (book.sheetnames[0], book.sheetnames[-2:]) == ends
    assert [name.split(" ")[-1] for name in book.sheetnames[1:-2]] == list(atlas.frames)
    cells = 0
    for sheet, (name, frame) in zip(book.worksheets[1:-2], atlas.frames.items(), strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        head, *rows = sheet.iter_rows()
        assert [cell.value for cell in head] == list(frame.columns)
        for cell in head:
            assert lc.atlas_schemas()[name][cell.value].title.in_(language) in cell.comment.text
        assert len(rows) == len(frame)
        for row, record in zip(rows, frame.itertuples(index=False, name=None), strict=True):
            for cell, value in zip(row, record, strict=True):
                missing = value is None or value is pd.NA or value != value
                assert cell.value == (None if missing else value), (name, cell.coordinate)
                assert cell.data_type in ("n", "s")
                if not missing:
                    assert (cell.data_type == "s") == isinstance(value, str)
                cells += 1
    assert cells > 40_000


def test_ids_of_sources_are_links_but_for_the_doubtful(atlas, books):
    book = books["en"]
    addresses = atlas.sources.set_index("source_id")["url"]
    doubtful = set(atlas.sources.loc[atlas.sources["tier"] == "doubtful", "source_id"])
    linked = 0
    for row in book["sources"].iter_rows(min_row=2):
        link = row[0].hyperlink
        if row[0].value in doubtful:
            assert link is None
        if link is not None:
            whole = (link.target or "") + (f"#{link.location}" if link.location else "")
            assert whole == addresses[row[0].value]
            linked += 1
        assert all(cell.hyperlink is None for cell in row[1:])
    assert linked == sum(source in lc.source_links(atlas) for source in addresses.index) > 900


def test_the_workbook_is_the_same_each_time(atlas):
    body = lc.atlas_workbook(atlas, "zh")
    assert atlas_book.build_workbook(atlas, "zh") == body
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
