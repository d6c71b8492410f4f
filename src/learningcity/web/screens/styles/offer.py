"""What the screen gives away: the cities, the divisions tried, the styles if any, what they go with, the pictures."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports, waiting
from learningcity.web.screens.styles import form
from learningcity.web.screens.styles.answer import Answer, answer, asked, repeated
from learningcity.web.screens.styles.page import pictures
from learningcity.web.screens.styles.query import names, read

TITLE = lc.Text("Styles of learning cities", "学习型城市的类型")
TABLES = {
    "cities": lc.Text("Cities", "城市"),
    "choices": lc.Text("Divisions tried", "所试划分"),
    "styles": lc.Text("Styles", "类型"),
    "profile": lc.Text("What sets styles apart", "各类型的特点"),
    "beside": lc.Text("What the division goes with", "划分与哪些因素相伴"),
    "repeats": lc.Text("Done otherwise", "换一种方式重做"),
    "left-out": lc.Text("Not clustered", "未纳入聚类者"),
}
_HEADS = {
    "between": lc.Text("between two styles", "介于两类之间"),
    "cases": lc.Text("cities", "城市数"),
    "cells": lc.Text("columns with a score", "有得分的列数"),
    "chosen": lc.Text("best", "最佳"),
    "cities": lc.Text("cities", "城市"),
    "city_id": lc.Text("city id", "城市编号"),
    "column": lc.Text("column", "列"),
    "cost": lc.Text("sum of distances", "距离之和"),
    "difference": lc.Text("difference in standard deviations", "标准化差异"),
    "distance": lc.Text("distance to the medoid", "与代表城市的距离"),
    "effect": lc.Text("effect", "效应量"),
    "facts": lc.Text("facts read", "所读数据数"),
    "follows": lc.Text("follows it", "随之而变"),
    "found": lc.Text("styles found", "有类型"),
    "inside": lc.Text("mean in the style", "类内均值"),
    "k": lc.Text("styles", "类型数"),
    "kind": lc.Text("kind", "类别"),
    "label_en": lc.Text("name in English", "名称（英文）"),
    "label_zh": lc.Text("name in Chinese", "名称（中文）"),
    "level": lc.Text("level", "取值"),
    "measure": lc.Text("measure", "指标"),
    "medoid": lc.Text("medoid", "代表城市"),
    "n": lc.Text("cities with a figure", "有数据的城市数"),
    "name": lc.Text("which", "名称"),
    "name_en": lc.Text("name in English", "名称（英文）"),
    "name_zh": lc.Text("name in Chinese", "名称（中文）"),
    "neighbour": lc.Text("next style", "邻近类型"),
    "others": lc.Text("other cities with a figure", "其余有数据的城市数"),
    "outside": lc.Text("mean of all others", "其余城市均值"),
    "p": lc.Text("p", "p值"),
    "practices": lc.Text("practices read", "所读实践举措数"),
    "q": lc.Text("q", "q值"),
    "rand": lc.Text("adjusted Rand index", "调整兰德指数"),
    "reason_en": lc.Text("reason in English", "原因（英文）"),
    "reason_zh": lc.Text("reason in Chinese", "原因（中文）"),
    "silhouette": lc.Text("silhouette", "轮廓系数"),
    "size": lc.Text("cities", "城市数"),
    "smallest": lc.Text("cities of the smallest style", "最小类型的城市数"),
    "sources": lc.Text("sources read", "所读来源数"),
    "stability": lc.Text("stability", "稳定性"),
    "stability_mean": lc.Text("mean stability", "平均稳定性"),
    "style": lc.Text("style", "类型"),
    "title_en": lc.Text("repeated, in English", "重做方式（英文）"),
    "title_zh": lc.Text("repeated, in Chinese", "重做方式（中文）"),
    "what": lc.Text("city or column", "城市或列"),
    "why": lc.Text("why no test", "未检验原因"),
}


def tables(query: QueryDict) -> dict[str, lc.Text]:
    """The sheets that a question has."""
    try:
        found = asked(read(query)[0], waiting.there)
    except lc.InputError:
        return {}
    return {} if found is None else _held(found)


def _held(found: Answer) -> dict[str, lc.Text]:
    held = ["cities", "choices", *(["styles", "profile"] if found.divided else []), "beside"]
    held += ["repeats"] * found.question.repeats + ["left-out"]
    return {name: TABLES[name] for name in held}


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The tables behind the page, numbers in full, and its pictures."""
    question, _ = read(query)
    found = answer(question)
    note = lc.Text(*(" ".join(found.styles.limits(one)) for one in ("en", "zh")))
    sheets = tuple(_sheet(found, name, title, note) for name, title in _held(found).items())
    made = exports.Offer(TITLE.in_(language), sheets)
    for picture in pictures(found, language).values():
        made = picture.added(made)
    return made


def _frame(found: Answer, name: str) -> Any:
    import pandas as pd

    styles = found.styles
    if name == "cities":
        return styles.table()
    if name == "choices":
        # Of a number that was given, too, the divisions that the finding rests on.
        return found.tried.typology.choices
    if name == "styles":
        return pd.DataFrame(
            [
                {
                    "style": s.number, "name_en": styles.name_of(s.number).en, "name_zh": styles.name_of(s.number).zh,
                    "medoid": s.medoid, "size": s.size, "silhouette": s.silhouette, "stability": s.stability,
                    "cities": ";".join(s.cases), "between": ";".join(s.between),
                }
                for s in styles.typology.styles
            ]
        )  # fmt: skip
    if name == "profile":
        return styles.typology.profile
    if name == "beside":
        return styles.division.beside
    if name == "repeats":
        return repeated(found).repeats
    return _left_out(found)


def _left_out(found: Answer) -> Any:
    import pandas as pd

    one, coded = found.styles.typology, found.styles.coded
    gone = [("city", case, coded.names[case], why) for case, why in one.left_out_cases.items()]
    gone += [("column", name, coded.labels[name], why) for name, why in one.left_out.items()]
    rows = [
        {"kind": kind, "what": what, "name_en": name.en, "name_zh": name.zh, "reason_en": why.en, "reason_zh": why.zh}
        for kind, what, name, why in gone
    ]  # fmt: skip
    rows += [{"kind": "city", "what": row.pop("city_id"), **row} for row in coded.left_out.to_dict("records")]
    return pd.DataFrame(rows, columns=["kind", "what", "name_en", "name_zh", "reason_en", "reason_zh"])


def _sheet(found: Answer, name: str, title: lc.Text, note: lc.Text) -> lc.Sheet:
    frame = _frame(found, name)
    yes_no = [str(c) for c in frame.columns if frame[c].dtype == bool]
    frame = frame.assign(**{c: ["yes" if one else "no" for one in frame[c]] for c in yes_no})
    given = tuple(
        lc.Column(
            c,
            form.label(c) if name == "cities" and c in names() else _HEADS[c],
            "yes_no" if c in yes_no else "",
        )
        for c in map(str, frame.columns)
    )
    return exports.sheet(name, title, frame, given, note)
