"""Tables for print: read back, the same bytes each time, texts made harmless, digits that can be read."""

import io
import re
import zipfile

import docx
import numpy as np
import pandas as pd
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import learningcity as lc
from learningcity.report.tables.laid import MOST_ROWS, lay
from learningcity.report.tables.tex import tex

NASTY = "50 % of A_1 & {B} $x^2$ ~ #3 <i> \\alpha \x07"


def sheet(frame, note=None, vocabulary="", title=None):
    columns = tuple(
        lc.Column(c, lc.Text(f"head {c}", f"表头{c}"), vocabulary if c == "code" else "")
        for c in frame.columns
    )
    return lc.Sheet("one", title or lc.Text("One & only", "唯一"), frame, columns, note)


@pytest.fixture(scope="module")
def plain():
    frame = pd.DataFrame(
        {
            "city_id": ["cork", "wuhan"],
            "name_en": ["Cork", NASTY],
            "name_zh": ["科克", "武汉"],
            "code": ["green", None],
            "effect": [0.25, -0.125],
            "p": [0.0004, 0.04321],
            "year": [2019, 2021],
            "n": [12345, np.nan],
            "held": ["wuhan; cork", "cork"],
        }
    )
    return sheet(frame, lc.Text("Read with care.", "须谨慎解读。"), "theme")


def opened(body):
    return docx.Document(io.BytesIO(body))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_reads_back(plain, language):
    names = {"cork": lc.Text("Cork", "科克"), "wuhan": lc.Text("Wuhan", "武汉")}
    body = lc.render_tables(
        "A & B", [plain], language, limits=["Nothing causal."], lines=["v 1"], names=names
    )
    found = opened(body)
    assert next((p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith("Heading")) == (
        "Heading 1",
        "A & B",
    )
    (caption,) = [p for p in found.paragraphs if p.style.name == "Caption"]
    # The number is a field of its own.
    assert caption.text == {"en": "Table 1. One & only", "zh": "表1\u3000唯一"}[language]
    assert [f.text.split() for f in caption._p.iter(qn("w:instrText"))] == [["SEQ", "Table", "\\*", "ARABIC"]]
    (table,) = found.tables
    cells = [[c.text for c in row.cells] for row in table.rows]
    assert (
        cells[1]
        == {
            "en": ["Cork", "green", "0.250", "<0.001", "2019", "12,345", "Wuhan, Cork"],
            "zh": ["科克", "绿色", "0.250", "<0.001", "2019", "12,345", "武汉、科克"],
        }[language]
    )
    assert cells[2][1:] == ["", "\u22120.125", "0.043", "2021", "", {"en": "Cork", "zh": "科克"}[language]]
    assert all("city_id" not in head for head in cells[0])
    sides = [row.cells[2].paragraphs[0].alignment for row in table.rows]
    assert [str(s).split()[0] for s in sides] == ["RIGHT"] * 3
    assert [r._tr.trPr.find(qn("w:tblHeader")) is not None for r in table.rows] == [True, False, False]
    text = [p.text for p in found.paragraphs]
    assert "Nothing causal." in text
    assert "v 1" in text
    assert {"en": "Read with care.", "zh": "须谨慎解读。"}[language] in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_styles_and_theme_name_fonts_for_both_scripts(plain, language):
    body = lc.render_tables("T", [plain], language)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        theme = archive.read("word/theme/theme1.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    for which, font in (("major", "黑体"), ("minor", "宋体")):
        assert re.search(rf'<a:{which}Font>.*?<a:ea typeface="{font}"', theme, re.S)
    assert styles.count('w:eastAsia="宋体"') >= 3
    assert 'w:eastAsia="黑体"' in styles
    assert 'w:type="table" w:customStyle="1" w:styleId="ThreeLineTable"' in styles


@pytest.mark.parametrize("kind", ["docx", "latex", "html"])
def test_the_same_tables_give_the_same_bytes(plain, kind):
    one, two = (lc.render_tables("T", [plain], "zh", format=kind, lines=["x"]) for _ in range(2))
    assert one == two
    assert b"python-docx" not in one


def test_files_carry_no_day_of_writing(plain):
    with zipfile.ZipFile(io.BytesIO(lc.render_tables("T", [plain]))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert "created" not in archive.read("docProps/core.xml").decode()


def test_wide_tables_lie_and_narrow_ones_stand():
    narrow = sheet(pd.DataFrame({"a": ["x"], "b": [1]}))
    wide = sheet(pd.DataFrame({f"c{k}": ["some words of text"] for k in range(6)}))
    sections = opened(lc.render_tables("T", [narrow, wide, narrow])).sections
    assert [s.orientation for s in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]
    latex = lc.render_tables("T", [narrow, wide], format="latex").decode()
    assert latex.count(r"\begin{landscape}") == 1
    for one in opened(lc.render_tables("T", [wide])).tables:
        room = 14004
        assert sum(int(c.get(qn("w:w"))) for c in one._tbl.iter(qn("w:gridCol"))) <= room + 12


def test_a_table_too_wide_for_a_page_is_cut_into_parts_that_begin_with_the_labels():
    frame = pd.DataFrame(
        {"name": ["a city of some length", "another"], **{f"figure{k}": [k, 1] for k in range(40)}}
    )
    found = opened(lc.render_tables("T", [sheet(frame)]))
    assert len(found.tables) > 1
    heads = [[cell.text for cell in one.rows[0].cells] for one in found.tables]
    assert all(row[0] == "head name" for row in heads)
    assert [h for row in heads for h in row[1:]] == [f"head figure{k}" for k in range(40)]
    for one in found.tables:
        assert sum(int(c.get(qn("w:w"))) for c in one._tbl.iter(qn("w:gridCol"))) <= 14004
    assert "Table 1, continued" in [p.text for p in found.paragraphs]
    latex = lc.render_tables("T", [sheet(frame)], format="latex").decode()
    assert latex.count(r"\caption{") == 1
    assert latex.count(r"\caption[]{") == latex.count(r"\addtocounter{table}{-1}") > 0


def test_long_tables_are_bounded_and_say_so():
    frame = pd.DataFrame({"a": range(MOST_ROWS + 1), "b": ["word " * 200] * (MOST_ROWS + 1)})
    laid = lay(sheet(frame), "en")
    assert len(laid.rows) == MOST_ROWS
    assert laid.notes[0] == "The first 300 of 301 rows; all of them are in the workbook and in CSV."
    assert len(laid.rows[0][1]) == 400
    assert lay(sheet(frame[:MOST_ROWS]), "en").notes == ()


def test_a_table_without_rows_says_so_in_every_format():
    empty = sheet(pd.DataFrame({"a": [], "b": []}))
    assert "没有任何行。" in "\n".join(
        p.text for p in opened(lc.render_tables("T", [empty], "zh")).paragraphs
    )
    for kind in ("latex", "html"):
        told = lc.render_tables("T", [empty], format=kind).decode()
        assert "No rows." in told
        assert "longtable}{" not in told
        assert "<table" not in told


def test_a_note_that_tables_share_is_said_once(plain):
    text = [p.text for p in opened(lc.render_tables("T", [plain, plain])).paragraphs]
    assert text.count("Read with care.") == 1
    assert text.index("Read with care.") > text.index("What may not be read from it")


def test_an_id_stays_where_names_do_not_tell_rows_apart():
    frame = pd.DataFrame({"unit": ["a", "b"], "name_en": ["Same", "Same"], "name_zh": ["同", "同"]})
    assert lay(sheet(frame), "en").heads == ("head unit", "head name_en")
    frame["name_en"] = ["One", "Two"]
    assert lay(sheet(frame), "en").heads == ("head name_en",)
    assert lay(sheet(frame), "zh").heads == ("表头unit", "表头name_zh")


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1234.5, 2.0], ["1,234", "2"]),
        ([42.95, 1.0], ["43.0", "1.0"]),
        ([1.234, -0.001], ["1.23", "0.00"]),
        ([0.98765, -0.5], ["0.988", "\u22120.500"]),
        ([3.0, 40.0], ["3", "40"]),
        ([-3, None], ["\u22123", ""]),
    ],
)
def test_numbers_have_digits_that_can_be_read(values, shown):
    laid = lay(sheet(pd.DataFrame({"x": values})), "en")
    assert [row[0] for row in laid.rows] == shown
    assert laid.numeric == (True,)


def test_latex_makes_texts_harmless(plain):
    found = lc.render_tables(NASTY, [plain], format="latex", limits=[NASTY]).decode()
    assert r"50 \% of A\_1 \& \{B\} \$x\textasciicircum{}2\$" in found
    rows = found[found.index(r"\endfoot") : found.index(r"\end{longtable}")].splitlines()[1:]
    assert [len(re.findall(r"(?<!\\)&", row)) for row in rows] == [6, 6]


@given(st.text(max_size=60))
def test_no_special_sign_of_latex_is_left_bare(text):
    found = tex(text)
    bare = re.sub(
        r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar)\{\}|\\[{}$&#_%]|\$-\$",
        "",
        found,
    )
    assert not re.search(r"[\\{}$&#_%~^\n]", bare)


def test_pages_escape_texts(plain):
    found = lc.render_tables("<b>", [plain], format="html", limits=["<script>"]).decode()
    assert "<script" not in found
    assert "&lt;i&gt;" in found
    assert "<b>" not in found


def test_what_cannot_be_asked(plain):
    with pytest.raises(lc.UnknownNameError, match="docx"):
        lc.render_tables("T", [plain], format="doc")
    with pytest.raises(lc.UnknownNameError):
        lc.render_tables("T", [plain], "de")


def test_necessary_levels_and_configurations_can_be_printed():
    frame = pd.DataFrame({"x": [0.0, 1, 2, 3, 4], "z": [1.0, 0, 2, 4, 3], "y": [0.0, 2, 1, 4, 3]})
    table = lc.bottleneck(frame, ["x", "z"], "y").table()
    frame = table.reset_index() if table.index.name else table
    levels = lc.Sheet(
        "levels",
        lc.Text("Necessary levels", "必要条件水平"),
        frame,
        tuple(lc.Column(str(c), lc.Text(str(c), str(c))) for c in frame.columns),
    )
    for kind in ("docx", "latex", "html"):
        body = lc.render_tables("NCA", [levels], format=kind)
        assert len(body) > 300
    (made,) = opened(lc.render_tables("NCA", [levels])).tables
    assert len(made.rows) == len(frame) + 1
