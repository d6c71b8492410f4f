"""What the screen gives away: findings and tables of the lessons, and the picture of gaps."""

from __future__ import annotations

from functools import partial

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.lessons.answer import answer
from learningcity.web.screens.lessons.query import read

TITLE = lc.Text("Numbers of a city", "描述城市的数据")


def _fields() -> lc.Sheet:
    """What is asked of a city that is not in the atlas: a file with these fields can be filled in."""
    import pandas as pd

    columns = {
        "field": lc.Text("field", "字段"), "label_en": lc.Text("name in English", "名称（英文）"),
        "label_zh": lc.Text("name in Chinese", "名称（中文）"), "unit": lc.Text("unit", "单位"),
        "least": lc.Text("least", "最小值"), "most": lc.Text("most", "最大值"),
    }  # fmt: skip
    rows = [(o.name, o.label.en, o.label.zh, o.unit, o.low, o.high) for o in lc.OWN_CITY_FIELDS]
    frame = pd.DataFrame(rows, columns=list(columns))
    return lc.Sheet("fields", TITLE, frame, tuple(lc.Column(code, title) for code, title in columns.items()))


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Findings, tables and the picture for the target of the address."""
    asked, _ = read(query)
    if asked.empty:
        return exports.Offer(TITLE.in_(language), (_fields(),))
    made = answer(asked, language)
    document = made.document
    charts = {
        lc.sheet_name(one.key): partial(lc.picture_chart, one.picture(language))
        for one in document.figures
        if one.picture(language).svg
    }
    title = document.sections[0].title.in_(language)
    return exports.Offer(title, lc.document_sheets(document, "lessons"), charts)
