"""What the practices give away: the practices of the choice, their codes by every pass, the matrix."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.practices import matrix
from learningcity.web.screens.practices.query import PracticeQuery
from learningcity.web.screens.practices.records import Practice, choose, ordered

Row = dict[str, Any]

TITLE = lc.Text("Practices", "实践举措")
TABLES = {
    "practices": TITLE,
    "codes": lc.Text("Codes of both passes", "两遍编码"),
    "matrix": lc.Text("Matrix", "矩阵"),
}
_CODES = (
    "coder", "mechanism", "mechanism_2", "subject", "level", "stance", "strength", "themes", "areas", "problem", "groups",
)  # fmt: skip
_PASSES = lc.Column("passes", lc.Text("the two passes agree", "两遍编码一致"), "yes_no")
_TIMING = lc.Column("timing", lc.Text("against the first award", "与首次获奖的先后"), "timing")
_NOTE = lc.Text(
    "The codes come from two machine-assisted passes, blind to each other; no human expert has coded yet. "
    "What was not seen is not counted, and not seen never says that there is none.",
    "编码由两遍互不知情的机器辅助阅读得出，尚无专家人工编码。未见公开资料的不计入，但不表示不存在。",
)
_MATRIX_NOTE = lc.Text(
    "A practice counts in each cell that its codes name: two mechanisms and two areas make four. "
    "Totals of rows and columns can therefore not be added up.",
    "一项实践举措按其编码计入每一个相应的格子，两个类别、两个领域即计入四格，因此各格不能相加。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The practices that the address asks for."""
    asked = PracticeQuery.read(query)
    found = ordered(choose(asked).practices, asked, language)
    laid_out = matrix.of_query(asked)
    main, codes, cells = _practices(found), _codes(found), _matrix(laid_out)
    sheets = (cells, main, codes) if asked.view == "matrix" else (main, codes, cells)
    charts = {}
    if asked.columns == "area":
        title = matrix.chart_title(asked, language)
        charts["matrix"] = lambda: lc.chart(laid_out.counts, "matrix", language, title=title)
    return exports.Offer(TITLE.in_(language), sheets, charts)


def _practices(found: list[Practice]) -> lc.Sheet:
    columns = (
        *exports.columns("practices", "practice_id", "city_id"),
        *exports.columns("cities", "name_en", "name_zh", "country_iso3", "unesco_region"),
        *exports.columns("practices", "title_en", "title_zh", "summary_en", "summary_zh", "start_year"),
        _TIMING,
        *exports.columns("practices", "mechanism", "source_id"),
        _PASSES,
    )
    rows = [
        {
            **p.row,
            "name_en": p.city.names.en,
            "name_zh": p.city.names.zh,
            "country_iso3": p.city.country,
            "unesco_region": p.city.region,
            "timing": p.timing,
            "passes": {"agree": "yes", "differ": "no"}.get(p.passes),
        }
        for p in found
    ]
    frame = exports.frame(rows, columns)
    return exports.sheet("practices", TITLE, frame, columns, _NOTE, rows_of="practices")


def _codes(found: list[Practice]) -> lc.Sheet:
    columns = exports.columns("practice-codes", "practice_id", *_CODES)
    rows: list[Row] = [code for p in found for code in p.codes.values()]
    frame = exports.frame(rows, columns)
    return exports.sheet("codes", TABLES["codes"], frame, columns, _NOTE, rows_of="practice-codes")


def _matrix(found: lc.PracticeMatrix) -> lc.Sheet:
    columns = (
        lc.Column("row", lc.Text("row", "行")),
        lc.Column("row_en", lc.Text("row in English", "行（英文）")),
        lc.Column("row_zh", lc.Text("row in Chinese", "行（中文）")),
        lc.Column("column", lc.Text("column", "列")),
        lc.Column("column_en", lc.Text("column in English", "列（英文）")),
        lc.Column("column_zh", lc.Text("column in Chinese", "列（中文）")),
        lc.Column("practices", lc.Text("practices", "实践举措数")),
        lc.Column("cities", lc.Text("cities", "城市数")),
        lc.Column("practice_ids", lc.Text("ids of the practices", "实践举措编号")),
    )
    return exports.sheet("matrix", TABLES["matrix"], found.table(), columns, _MATRIX_NOTE)
