"""What the screen gives away: every variable, every disagreement, and of an open variable its confusion table."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports, waiting
from learningcity.web.screens.coders import words
from learningcity.web.screens.coders.answer import answer, asked, opened
from learningcity.web.screens.coders.page import drawn
from learningcity.web.screens.coders.query import CodersQuery, read

TITLE = lc.Text("Agreement of the passes", "编码一致性")
TABLES = {
    "agreement": TITLE,
    "disagreements": lc.Text("Where the passes differ", "分歧所在"),
    "confusion": lc.Text("One pass against the other", "两遍编码对照表"),
}
_HEADS = {
    "alpha": lc.Text("Krippendorff's alpha", "Krippendorff α"),
    "alpha_high": lc.Text("alpha, upper bound", "α上限"),
    "alpha_low": lc.Text("alpha, lower bound", "α下限"),
    "city_id": lc.Text("city id", "城市编号"),
    "clusters": lc.Text("cities", "城市数"),
    "coders": lc.Text("coders", "编码员数"),
    "doubtful": lc.Text("doubtful source", "来源存疑"),
    "draws": lc.Text("draws with an alpha", "可计算α的抽样次数"),
    "kappa": lc.Text("Cohen's kappa", "Cohen κ"),
    "kind": lc.Text("kind", "类型代码"),
    "label_en": lc.Text("name (English)", "名称（英文）"),
    "label_zh": lc.Text("name (Chinese)", "名称（中文）"),
    "largest": lc.Text("share of the commonest value", "最常见取值占比"),
    "level": lc.Text("level of measurement", "测量层次代码"),
    "lost": lc.Text("units coded once", "仅一遍编码的单元数"),
    "n": lc.Text("units", "单元数"),
    "name_en": lc.Text("city (English)", "城市（英文）"),
    "name_zh": lc.Text("city (Chinese)", "城市（中文）"),
    "page": lc.Text("page", "页面"),
    "percent": lc.Text("share that agrees", "一致比例"),
    "practice_id": lc.Text("practice id", "实践举措编号"),
    "source_id": lc.Text("source id", "来源编号"),
    "source_title": lc.Text("title of the source", "来源标题"),
    "source_url": lc.Text("address of the source", "来源网址"),
    "title_en": lc.Text("practice (English)", "实践举措（英文）"),
    "title_zh": lc.Text("practice (Chinese)", "实践举措（中文）"),
    "unit": lc.Text("unit", "单元"),
    "units": lc.Text("what a unit is", "单元类型"),
    "value": lc.Text("value", "取值"),
    "values": lc.Text("different values", "不同取值数"),
    "variable": lc.Text("variable", "变量代码"),
    "why": lc.Text("why a figure is empty", "空缺原因"),
}


def tables(query: QueryDict) -> dict[str, lc.Text]:
    """The sheets that a choice has."""
    try:
        question, _ = read(query)
        found = asked(question, waiting.there)
        return {} if found is None else _held(question, found)
    except lc.InputError:
        return {}


def _held(question: CodersQuery, found: lc.AtlasAgreement) -> dict[str, lc.Text]:
    variable = opened(question, found)
    return {k: t for k, t in TABLES.items() if k != "confusion" or variable}


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The tables behind the page, numbers in full, and its pictures."""
    question, _ = read(query)
    found = answer(question)
    note = lc.Text(*(" ".join(found.limits(one)) for one in ("en", "zh")))
    sheets = tuple(
        exports.sheet(name, title, *_frame(question, found, name, language), note)
        for name, title in _held(question, found).items()
    )
    made = exports.Offer(TITLE.in_(language), sheets)
    for picture in drawn(found, language):
        made = picture.added(made)
    return made


def _frame(asked: CodersQuery, found: lc.AtlasAgreement, name: str, language: str) -> tuple[Any, Any]:
    if name == "confusion":
        kind = str(found.frame.at[asked.variable, "kind"])
        counts = found.confusion(asked.variable, *found.coders[:2])
        codes = [str(v) for v in counts.index]
        called = [words.code(asked.variable, kind, v, language) for v in counts.index]
        frame = counts.set_axis(codes, axis=1).set_axis(called, axis=0).rename_axis("value").reset_index()
        columns = [lc.Column("value", _HEADS["value"])]
        columns += [lc.Column(c, lc.Text(t, t)) for c, t in zip(codes, called, strict=True)]
        return frame, tuple(columns)
    frame = found.frame.reset_index() if name == "agreement" else found.disagreements
    if name == "disagreements":
        if asked.variable:
            frame = found.of(asked.variable)
        pages = [p.replace("{language}", language) if isinstance(p, str) else p for p in frame["page"]]
        marks = ["" if v is None or v != v else "yes" if v else "no" for v in frame["doubtful"]]
        frame = frame.assign(page=pages, doubtful=marks)
    coder = {c: lc.Text(lc.label("coder", c, "en"), lc.label("coder", c, "zh")) for c in found.coders}
    return frame, tuple(
        lc.Column(c, _HEADS.get(c) or coder[c], "yes_no" if c == "doubtful" else "")
        for c in map(str, frame.columns)
    )  # fmt: skip
