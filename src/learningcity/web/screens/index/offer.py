"""What the index gives away: intervals, safe pairs, contributions, blame, weights, and two pictures."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports, pictures
from learningcity.web.screens.index import page, work
from learningcity.web.screens.index.query import IndexQuery, read, reading_of

TITLE = lc.Text("Index, what if", "指数假设分析")
TABLES = {
    "units": lc.Text("Ranks with their intervals", "名次及区间"),
    "order": lc.Text("Pairs in safe order", "先后稳健的成对单位"),
    "contributions": lc.Text("Contributions", "贡献"),
    "sensitivity": lc.Text("Which choice moves the ranks", "哪种选择影响名次"),
    "weights": lc.Text("Weights", "权重"),
}
_UNIT = (
    lc.Column("unit", lc.Text("id", "编号")),
    lc.Column("name_en", lc.Text("name in English", "名称（英文）")),
    lc.Column("name_zh", lc.Text("name in Chinese", "名称（中文）")),
)
_NUMBERS = (
    ("score", lc.Text("score", "得分")),
    ("rank", lc.Text("rank by the recipe", "按方案的名次")),
    ("rank_lower", lc.Text("rank interval from", "名次区间下限")),
    ("rank_median", lc.Text("median rank", "名次中位数")),
    ("rank_upper", lc.Text("rank interval to", "名次区间上限")),
    ("first_third", lc.Text("share of draws in the first third", "居前三分之一的抽样比例")),
    ("middle_third", lc.Text("share of draws in the middle third", "居中三分之一的抽样比例")),
    ("last_third", lc.Text("share of draws in the last third", "居后三分之一的抽样比例")),
    ("before", lc.Text("safely before", "稳健地先于")),
    ("after", lc.Text("safely after", "稳健地后于")),
)
_CODE = (
    lc.Column("code", lc.Text("code", "代码")),
    lc.Column("code_en", lc.Text("meaning in English", "含义（英文）")),
    lc.Column("code_zh", lc.Text("meaning in Chinese", "含义（中文）")),
)
CAVEAT = lc.Text(
    "No league table: where intervals overlap, the order is not safe. Not seen is not absent.",
    "不是排行榜：区间重叠者先后并不可靠。未见到不等于不存在。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """What the address asks for."""
    asked, _ = read(query)
    sheets = (_units(asked), _order(asked), _contributions(asked), _sensitivity(asked), _weights(asked))
    made = exports.Offer(TITLE.in_(language), sheets)
    charts = {name: picture.chart for name, picture in pictured(asked, language).items()}
    return exports.Offer(made.title, made.sheets, charts, tuple(page.limits(asked, language)))


def pictured(query: IndexQuery, language: str) -> dict[str, pictures.Picture]:
    """The pictures by the names of their files."""
    names = {u: n.in_(language) for u, n in reading_of(query).names.items()}
    rows = tuple(row["id"] for row in page.units(query, language))
    options = {"names": names, "units": rows}
    found = {"intervals": pictures.Picture("intervals", work.drawn(query), "intervals", language, options)}
    blamed = work.blamed(query)
    if blamed is not None:
        called = {str(c): page.factor(c).in_(language) for c in blamed.overall.index}
        found["sensitivity"] = pictures.Picture(
            "sensitivity", blamed, "sensitivity", language, {"names": called}
        )
    return found


def _named(query: IndexQuery, unit: str) -> dict[str, Any]:
    name = reading_of(query).names[unit]
    return {"unit": unit, "name_en": name.en, "name_zh": name.zh}


def _units(query: IndexQuery) -> lc.Sheet:
    columns = (*_UNIT, *(lc.Column(code, title) for code, title in _NUMBERS))
    rows = [
        {
            **_named(query, row["id"]),
            "score": row["value"],
            "rank": row["nominal"],
            **{f"rank_{k}": row[k] for k in ("lower", "median", "upper")},
            **dict(zip(("first_third", "middle_third", "last_third"), row["third_shares"], strict=True)),
            "before": row["before"],
            "after": row["after"],
        }
        for row in page.units(query, "en")
    ]
    return exports.sheet("units", TABLES["units"], exports.frame(rows, columns), columns, CAVEAT)


def _order(query: IndexQuery) -> lc.Sheet:
    names = reading_of(query).names
    columns = (
        lc.Column("better", lc.Text("stands before", "在前者")),
        lc.Column("worse", lc.Text("stands after", "在后者")),
        *(lc.Column(f"better_{k}", lc.Text(f"before, name ({k})", f"在前者名称（{k}）")) for k in ("en", "zh")),
        *(lc.Column(f"worse_{k}", lc.Text(f"after, name ({k})", f"在后者名称（{k}）")) for k in ("en", "zh")),
        lc.Column("probability", lc.Text("share of the draws", "抽样比例")),
    )  # fmt: skip
    frame = work.drawn(query).order(page.SAFE)
    for side in ("better", "worse"):
        frame[f"{side}_en"] = [names[u].en for u in frame[side]]
        frame[f"{side}_zh"] = [names[u].zh for u in frame[side]]
    return exports.sheet("order", TABLES["order"], frame[[c.code for c in columns]], columns, CAVEAT)


def _contributions(query: IndexQuery) -> lc.Sheet:
    found = work.contributed(query)
    columns = (
        *_UNIT,
        *_CODE,
        lc.Column("contribution", lc.Text("points of the index", "指数分值")),
        lc.Column("error", lc.Text("standard error", "标准误")),
    )
    nodes = found.structure.by_code
    rows = [
        {
            **_named(query, row["unit"]),
            "code": row["code"],
            "code_en": nodes[row["code"]].name.en,
            "code_zh": nodes[row["code"]].name.zh,
            "contribution": row["contribution"],
            "error": row["error"],
        }
        for row in found.table().dropna(subset=["contribution"]).to_dict("records")
    ]
    return exports.sheet("contributions", TABLES["contributions"], exports.frame(rows, columns), columns)


def _sensitivity(query: IndexQuery) -> lc.Sheet:
    heads = {"choice": lc.Text("choice", "选择"), "choice_en": lc.Text("choice in English", "选择（英文）"), "choice_zh": lc.Text("choice in Chinese", "选择（中文）")}  # fmt: skip
    kinds = {"first": ("first-order", "一阶"), "total": ("total", "总效应")}
    ends = {"": ("index", "指数"), "_lower": ("from", "下限"), "_upper": ("to", "上限")}
    columns = (
        *(lc.Column(code, title) for code, title in heads.items()),
        *(
            lc.Column(f"{k}{e}", lc.Text(f"{kind[0]} {end[0]}", f"{kind[1]}{end[1]}"))
            for k, kind in kinds.items()
            for e, end in ends.items()
        ),
    )
    blamed, rows = work.blamed(query), []
    if blamed is not None:
        for name, row in blamed.table().iterrows():
            called = page.factor(name)
            rows.append(
                {"choice": str(name), "choice_en": called.en, "choice_zh": called.zh, **row.to_dict()}
            )
    return exports.sheet("sensitivity", TABLES["sensitivity"], exports.frame(rows, columns), columns)


def _weights(query: IndexQuery) -> lc.Sheet:
    built = work.built(query)
    effective = built.structure.effective_weights(built.weights)
    columns = (
        *_CODE,
        lc.Column("weight", lc.Text("weight within its part", "在所属部分内的权重")),
        lc.Column("effective", lc.Text("share in the index", "在指数中的份额")),
    )
    rows = [
        {
            "code": code,
            "code_en": built.structure.by_code[code].name.en,
            "code_zh": built.structure.by_code[code].name.zh,
            "weight": built.weights.get(code),
            "effective": effective.get(code),
        }
        for code in built.structure.codes
    ]
    return exports.sheet("weights", TABLES["weights"], exports.frame(rows, columns), columns)
