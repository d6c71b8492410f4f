"""The data package, opened again: another reader finds it in order, and it holds all of the document."""

import csv
import hashlib
import io
import json
import re
import socket
import zipfile
from functools import cache
from xml.etree import ElementTree

import pytest
import yaml
from tests.report.bundle.shown import award, hostile, units
from tests.report.html.sample import document as sample

import learningcity as lc
from learningcity.core import unguard_text
from learningcity.report import STRENGTHS, unpack
from learningcity.report.bundle.cells import typed

HAN = re.compile("[\u4e00-\u9fff]")
DOCUMENTS = {"sample": sample, "award": award, "units": units, "hostile": hostile}


@cache
def packed(name, language):
    body = lc.render(DOCUMENTS[name]().in_language(language), "zip")[2]
    archive = zipfile.ZipFile(io.BytesIO(body))
    return {one: archive.read(one) for one in archive.namelist()}


@pytest.fixture(params=[(name, language) for name in DOCUMENTS for language in ("en", "zh")], ids="-".join)
def package(request):
    name, language = request.param
    return DOCUMENTS[name]().in_language(language), packed(name, language), language


@pytest.fixture
def offline(monkeypatch):
    """Whatever asks for a connection fails."""

    def refuse(*_, **__):
        raise AssertionError("asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def resources(files):
    return {one["name"]: one for one in json.loads(files["datapackage.json"])["resources"]}


def rows_of(files, resource):
    """A table as a program reads it, without the apostrophes before formulas."""
    text = files[resource["path"]]
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    return rows[0], [[unguard_text(cell) for cell in row] for row in rows[1:]]


def of_key(files, key, form="csv"):
    return next(one for one in resources(files).values() if one.get("key") == key and one["format"] == form)


def number(written, value):
    return float(written) == pytest.approx(value, rel=1e-14)


def test_another_reader_finds_nothing_wrong_and_finds_what_is_planted(package, tmp_path, offline):
    from frictionless import validate

    _, files, _ = package
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    descriptor = str(tmp_path / "datapackage.json")
    report = validate(descriptor)
    assert report.valid, report.flatten(["name", "rowNumber", "message"])[:5]
    assert len(report.tasks) == len(resources(files))
    path = tmp_path / "data" / "findings.csv"
    if len(rows_of(files, resources(files)["findings"])[1]):
        planted = path.read_bytes().replace(b"\r\n1,", b"\r\none,")
        assert planted != path.read_bytes()
        path.write_bytes(planted)
        assert not validate(descriptor).valid


def test_every_cell_of_every_table_is_there_unrounded(package):
    document, files, language = package
    seen = 0
    for table in document.tables:
        told = of_key(files, table.key)
        fields = {one["name"]: n for n, one in enumerate(told["schema"]["fields"])}
        heads, rows = rows_of(files, told)
        assert heads == list(fields)
        titles = [(one["titles"]["en"], one["titles"]["zh"]) for one in told["schema"]["fields"]]
        places = []
        for head in table.heads:
            # Heads may be alike: each is looked for behind the one before.
            start = places[-1] + 1 if places else 0
            places.append(titles.index((head.title.en, head.title.zh), start))
        assert len(rows) == len(table.rows)
        for row, given in zip(table.rows, rows, strict=True):
            for cell, place in zip(row, places, strict=True):
                expected = typed(cell, language)
                if cell is None:
                    assert given[place] == ""
                elif isinstance(expected.value, str):
                    assert given[place] == cell.in_(language)
                else:
                    assert number(given[place], expected.value)
                seen += 1
            if "source_ids" in fields:
                ids = dict.fromkeys(s for cell in row if cell is not None for s in cell.sources)
                assert given[fields["source_ids"]] == ";".join(ids)
            else:
                assert not any(cell.sources for cell in row if cell is not None)
        assert table.caption.in_("en") in told["titles"]["en"]
        assert table.caption.in_("zh") in told["titles"]["zh"]
    assert seen > 10 or not document.tables


def test_figures_are_pictures_and_numbers_in_the_language(package):
    document, files, language = package
    for figure in document.figures:
        picture = figure.picture(language)
        svg, png = (files[of_key(files, figure.key, form)["path"]] for form in ("svg", "png"))
        root = ElementTree.fromstring(svg)  # noqa: S314
        assert root.tag.endswith("svg")
        assert picture.title in "".join(root.itertext())
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) > 600
        _, rows = rows_of(files, of_key(files, figure.key))
        read = [n for n, code in enumerate(picture.columns) if code in picture.heads]
        for row, given in zip(picture.rows, rows, strict=True):
            for n, written in zip(read, given, strict=True):
                value = row[n]
                assert written == ("" if value is None else value) if value is None or isinstance(value, str) else number(written, value)  # fmt: skip


def test_findings_and_sources_are_there(package):
    document, files, language = package
    told = resources(files)
    heads, rows = rows_of(files, told["findings"])
    for one, row in zip(document.findings, rows, strict=True):
        held = dict(zip(heads, row, strict=True))
        assert held["key"] == one.key
        assert held["claim"] == one.claim.in_(language)
        assert held["strength"] == STRENGTHS[one.strength].in_(language)
        assert held["uncertainty"] == one.uncertainty.in_(language)
        assert held["method"] == one.how.method.in_(language)
        assert (held["code"], held["command"]) == (one.how.code, one.how.command)
        assert (int(held["n"]), int(held["of"])) == (one.coverage.n, one.coverage.of)
        assert held["seed"] == ("" if one.how.seed is None else str(one.how.seed))
    _, values = rows_of(files, told["finding-values"])
    expected = [(one.key, name, value) for one in document.findings for name, value in one.values.items()]
    for (key, name, value), row in zip(expected, values, strict=True):
        assert row[:2] == [key, name]
        assert row[2] == (value or "") if value is None or isinstance(value, str) else number(row[2], value)
    _, sources = rows_of(files, told["sources"])
    assert [row[:4] for row in sources] == [
        [str(n), one, document.sources[one].title, document.sources[one].address]
        for n, one in enumerate(document.cited(), 1)
    ]


def test_the_document_itself_can_be_read_back(package):
    document, files, _ = package
    assert unpack(json.loads(files["document.json"])) == document
    assert json.loads(files["manifest.json"]) == document.manifest


def test_checksums_and_citation_are_right(package):
    _, files, language = package
    sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if name != "SHA256SUMS"}  # fmt: skip
    for one in resources(files).values():
        assert one["hash"] == f"sha256:{sums[one['path']]}"
        assert one["bytes"] == len(files[one["path"]])
    cited = yaml.safe_load(files["CITATION.cff"])
    assert cited["cff-version"] == "1.2.0"
    assert cited["authors"] == [{"name": "The learningcity maintainers"}]
    assert "certified" not in files["CITATION.cff"].decode()
    for told in (files["README.md"].decode(), json.loads(files["datapackage.json"])["citation"]):
        assert cited["title"] in told
        # In Chinese as a data set after GB/T 7714 besides.
        assert (f"溯源图谱[DS]. {lc.__version__}版. {lc.CITATION_YEAR}." in told) == (language == "zh")


def test_the_read_me_speaks_the_language_and_names_every_file(package):
    document, files, language = package
    read_me = files["README.md"].decode()
    assert ("带BOM的UTF-8" in read_me) == (language == "zh")
    assert ("UTF-8 with BOM" in read_me) == (language == "en")
    for name in files:
        assert f"`{name}`" in read_me or name == "README.md"
    limits = [p.phrase.in_(language) for p in document.blocks() if getattr(p, "role", "") == "limit"]
    assert all(" ".join(one.split()) in read_me for one in limits)


def test_a_column_whose_rows_differ_in_their_unit_names_it():
    files = packed("units", "zh")
    told = of_key(files, "u.table")
    heads, rows = rows_of(files, told)
    assert heads == ["what", "value", "value_unit", "share", "p", "year", "source_ids"]
    assert [row[1:3] for row in rows] == [["21858000", "persons"], ["0.123", "share"], ["27200.4", "USD"], ["-0.2184", ""]]  # fmt: skip
    kinds = {one["name"]: (one["type"], one.get("unit")) for one in told["schema"]["fields"]}
    assert kinds["share"] == ("number", "share")
    assert kinds["year"] == ("year", None)
    assert kinds["value"] == ("number", None)


def test_hostile_names_stay_in_their_folders_and_texts_are_no_formulas():
    files = packed("hostile", "en")
    assert all(re.fullmatch(r"(data/[a-z0-9-]+\.csv|[A-Za-z0-9.-]+)", one) for one in files)
    assert len([one for one in files if one.startswith("data/")]) == 3 + 7
    cells = 0
    for name, body in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")):
                for cell in row:
                    cells += 1
                    assert not re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)
    assert cells > 300


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_document_gives_the_same_bytes_without_a_date(language):
    for make in DOCUMENTS.values():
        first = lc.render(make().in_language(language), "zip")
        assert first == lc.render(make().in_language(language), "zip")
        archive = zipfile.ZipFile(io.BytesIO(first[2]))
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "datapackage.json"


def test_progress_tells_each_figure():
    seen = []
    lc.render(award(), "zip", progress=lambda done, of: seen.append((done, of)))
    assert seen == [(n, len(award().figures)) for n in range(1, len(award().figures) + 1)]
