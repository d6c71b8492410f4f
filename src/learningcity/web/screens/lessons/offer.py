"""What the screen gives away: findings and tables of the lessons, and the picture of gaps."""

from __future__ import annotations

from functools import partial

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.lessons.answer import answer
from learningcity.web.screens.lessons.query import read


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Findings, tables and the picture for the target of the address."""
    asked, _ = read(query)
    if asked.empty:
        raise lc.InputError(
            lc.Text("Name a city, a country or the numbers of a city.", "请指定城市、国家或填写城市数据。")
        )
    made = answer(asked, language)
    document = made.document
    charts = {
        lc.sheet_name(one.key): partial(lc.picture_chart, one.picture(language))
        for one in document.figures
        if one.picture(language).svg
    }
    title = document.sections[0].title.in_(language)
    return exports.Offer(title, lc.document_sheets(document, "lessons"), charts)
