"""What the pages of the study show: contents with the key findings, and one chapter."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from django.utils.safestring import mark_safe

import learningcity as lc
from learningcity.web import content
from learningcity.web.content.studies import Work
from learningcity.web.screens.study.files import briefs, offered
from learningcity.web.screens.study.words import of_chapter, words

Row = dict[str, Any]


def parts(work: Work, language: str, level: int = 2) -> lc.HtmlParts:
    """The study of a finished run as fragments of html.

    Raises
    ------
    SetupError
        It is not finished.
    """
    if work.result is None:
        raise lc.SetupError(
            lc.Text(
                "The study is still being computed. Try again in a minute.", "研究仍在计算，请一分钟后重试。"
            )
        )
    held = work.pages.get((language, level))
    if held is None:
        document = work.result.document.in_language(language)
        homes = {key: one.key for one in document.sections for key in _keys(one)}
        held = lc.HtmlParts(
            document,
            partial(_address, language, homes),
            level,
            partial(_files, language, homes, _drawn(document)),
        )
        work.pages[(language, level)] = held
    return held


def _keys(section: Any) -> list[str]:
    own = [section.key, *(block.key for block in section.blocks if hasattr(block, "key"))]
    return [*own, *(key for inner in section.sections for key in _keys(inner))]


def _drawn(document: lc.Document) -> dict[str, bool]:
    """Tables and figures by key: whether there is a picture."""
    found = {one.key: bool(one.picture(document.language).svg) for one in document.figures}
    return {**{one.key: False for one in document.tables}, **found}


def _address(language: str, homes: dict[str, str], kind: str, key: str) -> str | None:
    if kind == "part" and key in homes:
        return chapter_address(language, homes[key]) + ("" if key == homes[key] else f"#{quote(key)}")
    if kind == "city" and key in content.cities():
        return f"/{language}/cities/{quote(key)}"
    if kind == "practice" and key in _practices():
        return f"/{language}/practices/{quote(key)}"
    if kind == "source" and key in content.sources():
        return f"/{language}/sources/{quote(key)}"
    return None


def _practices() -> frozenset[str]:
    return content.atlas().derived(
        "study practices", lambda: frozenset(content.atlas().practices["practice_id"])
    )


def chapter_address(language: str, name: str) -> str:
    """The address of a chapter."""
    return f"/{language}/study/{quote(name)}"


def _files(language: str, homes: dict[str, str], drawn: dict[str, bool], key: str) -> list[tuple[str, str]]:
    if key not in drawn:
        return []
    page, name = chapter_address(language, homes[key]), quote(lc.sheet_name(key))
    pictures = [(one.upper(), f"{page}.{one}?chart={name}") for one in ("svg", "png")] if drawn[key] else []
    return [*pictures, ("CSV", f"{page}.csv?table={name}")]


def contents(work: Work, language: str) -> Row:
    """Everything on the first page of the study."""
    made = parts(work, language)
    document = made.document
    return {
        "words": words(language),
        "title": document.title.in_(language),
        "subtitle": document.subtitle.in_(language),
        "summary": made.size(),
        "glance": safe(made.glance()),
        "chapters": [
            {**one, "href": chapter_address(language, one["key"]), "asks": made.opening(one["key"])}
            for one in made.chapters
        ],
        "manifest": safe(made.manifest()),
        "page": f"/{language}/study",
        "formats": offered(language),
        "briefs": briefs(language),
    }


def chapter(work: Work, language: str, name: str) -> Row:
    """Everything on the page of a chapter.

    Raises
    ------
    UnknownNameError
        No such chapter.
    """
    made = parts(work, language, 1)
    section = made.section(name)
    chapters = [{**one, "href": chapter_address(language, one["key"])} for one in made.chapters]
    at = next(n for n, one in enumerate(chapters) if one["key"] == name)
    for one in chapters:
        one["inner"] = safe(made.inner_contents(name)) if one["key"] == name else ""
    return {
        "words": words(language),
        "title": section.title.in_(language),
        "study": made.document.title.in_(language),
        "kicker": of_chapter(chapters[at]["number"], language),
        "name": name,
        "chapters": chapters,
        "before": chapters[at - 1] if at else None,
        "after": chapters[at + 1] if at + 1 < len(chapters) else None,
        "text": safe(made.chapter(name)),
        "description": made.opening(name),
        "contents_href": f"/{language}/study",
        "page": chapter_address(language, name),
        "formats": offered(language),
        "tables": [
            {
                "href": f"{chapter_address(language, name)}.csv?table={quote(sheet)}",
                "label": title.in_(language),
            }
            for sheet, title in lc.sheet_titles(made.document, name).items()
        ],
    }


def safe(made: str) -> str:
    """Html of the renderer: every text in it is escaped."""
    return mark_safe(made)  # noqa: S308
