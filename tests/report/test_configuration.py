"""Configuration tables as files: the same marks and figures in each format and language."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn

import learningcity as lc
from learningcity.report.configuration.text import width

DATA = pd.DataFrame(
    {
        "A": [1, 1, 1, 0, 0, 0, 1, 0], "B": [1, 1, 0, 1, 0, 0, 0, 1], "C": [1, 0, 0, 0, 1, 0, 1, 1],
        "D": [0, 1, 2, 1, 2, 0, 1, 2], "Y": [1, 1, 0, 0, 0, 0, 1, 0],
    },
    index=[f"case <{k}> & co" for k in range(8)],
)  # fmt: skip
LABELS = {
    "A": lc.Text("Law & order", "法规"), "B": lc.Text("Funding_1", "经费"), "C": lc.Text("50 % monitored", "监测"),
    "D": lc.Text("Region", "地区"), "Y": lc.Text("Green <theme>", "“绿色”主题"),
}  # fmt: skip
FORMATS = ("text", "html", "latex", "docx")


@pytest.fixture(scope="module")
def table():
    solutions = []
    for outcome in ("Y", "~Y"):
        truth = lc.truth_table(DATA, outcome, ["A", "B", "C", "D"])
        solutions.append(lc.minimise(truth, "intermediate", {"A": int(outcome == "Y"), "B": 1}))
    found = lc.configuration_table(
        solutions,
        labels=LABELS,
        links={c: f"https://example.org/{{language}}/{k}" for k, c in enumerate(DATA.index)},
    )
    kinds = {str(m) for one in found.configurations for m in one.marks.values()}
    # The example has something of each.
    assert {"core present", "contributing present", "core absent", "contributing absent"} <= kinds
    assert any(k[-1].isdigit() for k in kinds)
    assert any(len(one.marks) < 4 for one in found.configurations)
    return found


def render(table, kind, language="en", **options):
    return lc.render_configurations(table, kind, language, **options)


class Reader(HTMLParser):
    """Cells of the table, by row; circles by their label; what is left open."""

    def __init__(self):
        super().__init__()
        self.rows, self.links, self.stack, self.marks = [], [], [], []
        self.inside = False

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in ("meta", "circle", "path"):
            self.stack.append(tag)
        if tag == "table":
            self.inside = True
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "svg" and self.inside:
            self.rows[-1][-1] += found["aria-label"]
        if tag == "circle":
            self.marks.append((self.inside, found["fill"], float(found["r"])))
        if tag == "a":
            self.links.append(found["href"])

    def handle_endtag(self, tag):
        if tag not in ("circle", "path"):
            assert self.stack.pop() == tag
        if tag == "table":
            self.inside = False

    def handle_data(self, data):
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def words_of(table, language):
    grid = table.grid(language)
    words = {mark: text for mark, text in grid.legend if mark is not None and not mark.multi}
    return [
        [label, *("" if m is None else str(m.value) if m.multi else words[m] for m in marks)]
        for label, marks in grid.marks
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_holds_every_mark_and_figure(table, language):
    name, kind, body = render(table, "html", language, cases=True)
    assert (name, kind) == ("configurations-y-not-y.html", "text/html; charset=utf-8")
    reader = Reader()
    reader.feed(body.decode("utf-8"))
    assert reader.stack == []
    grid = table.grid(language)
    expected = words_of(table, language) + [[label, *cells] for label, cells in (*grid.figures, *grid.wholes)]
    assert reader.rows[2:] == expected
    assert reader.rows[0] == [grid.corner, *(name for name, _ in grid.outcomes)]
    # Presence is filled and absence is not; core is larger than contributing.
    sizes = {
        filled: {r for _, fill, r in reader.marks if (fill != "none") == filled} for filled in (True, False)
    }
    assert all(len(found) == 2 for found in sizes.values())
    assert f"https://example.org/{language}/0" in reader.links
    assert "<script" not in body.decode("utf-8")
    assert " style=" not in body.decode("utf-8")
    for note in grid.notes:
        assert note.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in body.decode()  # fmt: skip


def test_what_people_called_things_is_no_markup(table):
    page = render(table, "html", cases=True)[2].decode()
    assert "Green &lt;theme&gt;" in page
    assert "case &lt;0&gt; &amp; co" in page
    assert "<theme>" not in page


def test_crossed_circles_on_request(table):
    plain, crossed = (render(table, "html", absence=one)[2].decode() for one in ("empty", "crossed"))
    assert "<path" not in plain
    grid = table.grid()
    absent = [m for _, marks in grid.marks for m in marks if m and not m.multi and not m.value]
    named = [m for m, _ in grid.legend if m and not m.multi and not m.value]
    assert crossed.count("<path") == len(absent) + len(named) > 0
    # The sizes still tell core and contributing apart.
    radii = {float(r) for r in re.findall(r'r="([\d.]+)" fill="none"', crossed)}
    assert len(radii) == 2
    assert max(radii) > 1.4 * min(radii)
    assert "⨂" in render(table, "text", absence="crossed")[2].decode()
    assert "qcacorecrossed{}" in render(table, "latex", absence="crossed")[2].decode()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_columns_of_the_text_stand_below_each_other(table, language):
    lines = render(table, "text", language)[2].decode("utf-8").splitlines()
    grid = table.grid(language)
    full = width(lines[1])
    assert set(lines[1]) == {"="}
    at = {label: line for line in lines for label, _ in grid.marks if line.startswith(label)}
    assert len(at) == 4
    middles = [
        m.start() + width(lines[3][: m.start()]) - len(lines[3][: m.start()])
        for m in re.finditer(r"\b\d+[a-z]?\b", lines[3])
    ]
    assert len(middles) == grid.columns
    looked_at = 0
    for label, marks in grid.marks:
        line = at[label]
        places = {}
        column = 0
        for sign in line:
            if sign in "●•○◦":
                places[column] = sign
            column += width(sign)
        assert column <= full
        signs = [k for k, m in enumerate(marks) if m is not None and not m.multi]
        assert len(places) == len(signs)
        for k, place in zip(signs, places, strict=True):
            assert abs(place - middles[k]) <= 1
            looked_at += 1
    assert looked_at > 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_latex_has_as_many_cells_as_columns_and_harmless_signs(table, language):
    tex = render(table, "latex", language, cases=True)[2].decode("utf-8")
    grid = table.grid(language)
    body = tex[tex.index(r"\toprule") : tex.index(r"\bottomrule")]
    rows = [line for line in body.splitlines() if line.endswith(r"\\")]
    assert len(rows) == 2 + len(grid.marks) + len(grid.figures) + len(grid.wholes)
    for row in rows:
        cells = re.split(r"(?<!\\)&", row)
        spans = [int(n) for n in re.findall(r"\\multicolumn\{(\d+)\}", row)]
        assert len(cells) - len(spans) + sum(spans) == grid.columns + 1
    assert rf"\begin{{tabular}}{{l{'c' * grid.columns}}}" in tex
    assert tex.count("{") - tex.count(r"\{") == tex.count("}") - tex.count(r"\}")
    used = set(re.findall(r"\\(qca\w+)\{\}", tex))
    assert used
    assert all(rf"\providecommand{{\{name}}}" in tex for name in used)
    opened, closed = (re.findall(rf"\\{what}\{{(\w+)\}}", tex) for what in ("begin", "end"))
    assert sorted(opened) == sorted(closed)
    if language == "en":
        assert r"Law \& order" in tex
        assert r"Funding\_1" in tex
        assert r"50 \% monitored" in tex
        assert tex.isascii()


# --- Word -----------------------------------------------------------------------------------------


def opened(table, language="en", **options):
    return docx.Document(BytesIO(render(table, "docx", language, **options)[2]))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_holds_every_mark_and_figure(table, language):
    document = opened(table, language)
    grid = table.grid(language)
    found = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(found) == 2 + len(grid.marks) + len(grid.figures) + len(grid.wholes)
    for row, (label, marks) in zip(found[2:], grid.marks, strict=False):
        signs = ["" if m is None else str(m.value) if m.multi else "○●"[m.value] for m in marks]
        assert row == [label, *signs]
    for row, (label, cells) in zip(found[2 + len(grid.marks) :], grid.figures, strict=False):
        assert row == [label, *cells]
    spans = [k for k, (_, n) in enumerate(grid.outcomes) for _ in range(n)]
    for row, (label, cells) in zip(found[-len(grid.wholes) :], grid.wholes, strict=True):
        assert row == [label, *(cells[k] for k in spans)]
    assert found[1] == [grid.corner, *grid.names]
    assert document.paragraphs[0].text == grid.caption
    assert document.paragraphs[0].style.name == "Caption"
    texts = [p.text for p in document.paragraphs]
    assert set(grid.notes) <= set(texts)


def test_core_circles_are_larger_in_word(table):
    document = opened(table)
    sizes = {}
    for row, (_, marks) in zip(document.tables[0].rows[2:], table.grid().marks, strict=False):
        for cell, mark in zip(row.cells[1:], marks, strict=True):
            if mark is not None and not mark.multi:
                sizes.setdefault(mark.core, set()).add(cell.paragraphs[0].runs[0].font.size.pt)
    assert sizes == {True: {14.0}, False: {7.0}}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_has_a_font_for_each_script_and_none_of_a_theme(table, language):
    document = opened(table, language)
    looked_at = 0
    for name in ("Normal", "Caption", "Table Cell", "Table Note", "Table Cases", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:ascii")) == "Times New Roman"
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体")
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
        looked_at += 1
    assert looked_at == 6
    defaults = document.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(".//" + qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    hinted = [r.rPr is not None and r.rPr.rFonts is not None and r.rPr.rFonts.get(qn("w:hint")) for r in document.element.body.iter(qn("w:r"))]  # fmt: skip
    assert (set(hinted) == {"eastAsia"}) == (language == "zh")


#: Order of the children as ECMA-376 has it, as far as they occur here; Word refuses other orders, WPS drops them.
ORDER = {
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "color", "position", "sz", "szCs", "u", "lang"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "vAlign"],
    "tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption"],
    "tcBorders": ["top", "left", "bottom", "right"],
    "trPr": ["cantSplit", "tblHeader"],
    "pPr": ["pStyle", "keepNext", "keepLines", "spacing", "jc"],
}


def out_of_order(root):
    looked_at, wrong = 0, []
    for parent, order in ORDER.items():
        for element in root.iter(qn(f"w:{parent}")):
            names = [child.tag.split("}")[1] for child in element]
            places = [order.index(n) for n in names if n in order]
            looked_at += 1
            if places != sorted(places) or len(set(names)) != len(names) or set(names) - set(order):
                wrong.append((parent, names))
    return looked_at, wrong


def test_word_gets_its_elements_in_the_order_of_the_schema(table):
    document = opened(table, "zh", absence="crossed", cases=True)
    body = document.element.body
    looked_at, wrong = out_of_order(body)
    assert looked_at > 100
    assert wrong == []
    # A breach is found.
    about = next(body.iter(qn("w:tblPr")))
    about.append(about[0])
    assert out_of_order(body)[1]


def test_rows_stay_whole_and_the_head_is_repeated(table):
    rows = opened(table).tables[0]._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True] + [False] * (
        len(rows) - 2
    )
    spans = {sum(tc.grid_span for tc in row.tc_lst) for row in rows}
    assert spans == {table.grid().columns + 1}


def test_links_lead_to_the_cities_and_no_date_is_made_up(table):
    body = render(table, "docx", "zh", cases=True)[2]
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        links = archive.read("word/_rels/document.xml.rels").decode()
        about = archive.read("docProps/core.xml").decode()
    assert "https://example.org/zh/0" in links
    assert "2013" not in about
    assert "python-docx" not in about
    relative = lc.configuration_table(table.panels[0].solution, links={DATA.index[0]: "/en/cities/x"})
    with zipfile.ZipFile(BytesIO(render(relative, "docx", cases=True)[2])) as archive:
        assert "cities" not in archive.read("word/_rels/document.xml.rels").decode()


def test_a_wide_table_lies():
    random = pd.DataFrame(
        {f"X{k}": [int(i == k) for i in range(11)] for k in range(10)}, index=[f"c{i}" for i in range(11)]
    )
    random["Y"] = [1] * 10 + [0]
    solution = lc.minimise(lc.truth_table(random, "Y", [f"X{k}" for k in range(10)]), "conservative")
    section = opened(lc.configuration_table(solution)).sections[0]
    assert section.page_width > section.page_height
    assert opened(lc.configuration_table(solution, labels={"Y": "Z"})).tables[0].columns[1].width.cm < 2.3


@pytest.mark.parametrize("kind", FORMATS)
def test_a_term_without_conditions_and_another_caption(kind):
    truth = lc.truth_table(DATA[["A", "Y"]], "Y", ["A"], 0.0)
    everything = lc.configuration_table(lc.minimise(truth, "parsimonious", allow_degenerate=True))
    body = render(everything, kind, caption="My caption", cases=True)[2]
    text = (
        "\n".join(p.text for p in docx.Document(BytesIO(body)).paragraphs)
        if kind == "docx"
        else body.decode()
    )
    assert "My caption" in text
    assert "the solution says nothing" in text


def test_odd_requests_are_refused(table):
    for options in ({"format": "pdf"}, {"language": "de"}, {"absence": "x"}):
        with pytest.raises(lc.UnknownNameError):
            lc.render_configurations(table, **options)
    with pytest.raises(lc.InputError):
        lc.render_configurations("no table")


def test_bold_cases_are_in_one_of_several_paths():
    one = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 1], "Y": [1, 0, 0]}, index=list("xyz"))
    two = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}, index=list("wxyz"))
    told = {}
    for name, data in (("one", one), ("two", two)):
        solution = lc.minimise(lc.truth_table(data, "Y", ["A", "B"]), "parsimonious")
        page = render(lc.configuration_table(solution), "html", cases=True)[2].decode()
        document = opened(lc.configuration_table(solution), cases=True)
        bold = {
            r.text for p in document.paragraphs if p.style.name == "Table Cases" for r in p.runs if r.bold
        }
        assert bold == set(re.findall(r"<strong>(\w+)</strong>", page))
        assert ("in bold" in page) == bool(bold)
        told[name] = bold
    # w has both paths, x and y one each.
    assert told == {"one": set(), "two": {"x", "y"}}


def test_control_characters_of_names_are_written_as_their_codes():
    data = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 1], "Y": [1, 0, 0]}, index=["bad\x0bname", "y", "z"])
    found = lc.minimise(lc.truth_table(data, "Y", ["A", "B"]))
    table = lc.configuration_table(
        found, labels={"B": lc.Text("B\x01", "乙\x01"), "Y": lc.Text("Y\x02", "果\x02")}
    )
    for language in ("en", "zh"):
        _, _, body = lc.render_configurations(table, "docx", language, cases=True)
        text = zipfile.ZipFile(BytesIO(body)).read("word/document.xml").decode()
        for code in ("bad\\x0bname", "\\x01", "\\x02"):
            assert code in text
