"""Journal tables from the command line: what the file holds is what the library gives."""

import docx
import pytest
from docx.oxml.ns import qn

import learningcity as lc

LANGUAGES = ("en", "zh")


def words_of(path):
    return " ".join(t.text or "" for t in docx.Document(str(path)).element.body.iter(qn("w:t")))


def cells(path):
    return [
        [cell.text for cell in row.cells] for table in docx.Document(str(path)).tables for row in table.rows
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_necessary_levels_of_the_atlas(run, quiet_machine, language):
    asked = (
        "explain",
        "bottleneck",
        "--atlas",
        "--outcome",
        "green",
        "--conditions",
        "law,funding",
        "--language",
        language,
    )
    run(*asked, "--out", "levels.docx")
    run(*asked, "--out", "levels.tex")
    found = lc.atlas_ceilings(lc.load_atlas(), ("law", "funding"), ("green",), permutations=0)
    table = found.bottleneck("green").table()
    rows = cells(quiet_machine / "levels.docx")
    assert len(rows) == len(table) + 1
    marks = {"NN", "NA"} & {str(v) for v in table.to_numpy().ravel()}
    text = words_of(quiet_machine / "levels.docx")
    assert marks
    assert all(any(mark in row for row in rows) for mark in marks)
    for one in found.limits(language):
        assert one in text
    tex = (quiet_machine / "levels.tex").read_text(encoding="utf-8-sig")
    assert "\\toprule" in tex
    assert ("必要条件水平" if language == "zh" else "Necessary levels") in tex


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_with_intervals(run, quiet_machine, language):
    run("index", "template", "--out", "my-index")
    asked = (
        "index",
        "uncertainty",
        "my-index/data.csv",
        "--spec",
        "my-index/index.toml",
        "--noise",
        "0.25",
        "--draws",
        "50",
    )
    run(*asked, "--out", "ranks.csv")
    run(*asked, "--out", "ranks.docx", "--language", language)
    run(*asked, "--out", "ranks.tex", "--language", language)
    rows = cells(quiet_machine / "ranks.docx")
    lines = (quiet_machine / "ranks.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == len(lines)
    units = [line.split(",")[0] for line in lines[1:]]
    assert [row[0] for row in rows[1:]] == units
    assert ("排名区间上端" if language == "zh" else "rank, best") in rows[0]
    assert "\\toprule" in (quiet_machine / "ranks.tex").read_text(encoding="utf-8-sig")
