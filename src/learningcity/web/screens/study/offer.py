"""What the pages of the study give away: findings, tables, the numbers and pictures of figures."""

from __future__ import annotations

from functools import partial

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.content import studies
from learningcity.web.screens.study.page import parts


def of_study(query: QueryDict, language: str) -> exports.Offer:
    """The findings of the whole study."""
    document = parts(studies.standing(), language).document
    return exports.Offer(document.title.in_(language), lc.document_sheets(document))


def of_chapter(query: QueryDict, language: str, name: str) -> exports.Offer:
    """Findings, tables and figures of one chapter."""
    made = parts(studies.standing(), language)
    title = made.section(name).title.in_(language)
    sheets = lc.document_sheets(made.document, name)
    inside = {sheet.name for sheet in sheets}
    charts = {
        lc.sheet_name(one.key): partial(lc.picture_chart, one.picture(language))
        for one in made.document.figures
        if lc.sheet_name(one.key) in inside and one.picture(language).svg
    }
    return exports.Offer(title, sheets, charts)
