"""The lessons of an address, computed once: the chapter of the study for this target."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

import learningcity as lc
from learningcity.web import content
from learningcity.web.once import once
from learningcity.web.screens.lessons.query import Asked

#: A visitor's question is asked by few others.
KEPT = 24


@once(KEPT)
def answer(asked: Asked, language: str) -> lc.HtmlParts:
    """The chapter on lessons for this target, as fragments of html.

    Raises
    ------
    InputError
        A number of an own city is wrong.
    """
    target = asked.of_whom()
    study = lc.Study(name="lessons", chapters=("lessons",), target=target, languages=(language,))
    # Numbers of a visitor are not written to the disk.
    made = lc.run_study(study, language, atlas=content.atlas(), keep=False)
    document = made.document
    drawn = {one.key: bool(one.picture(language).svg) for one in document.figures}
    drawn |= {one.key: False for one in document.tables}
    return lc.HtmlParts(document, partial(_address, language), 1, partial(_files, asked, language, drawn))


def _address(language: str, kind: str, key: str) -> str | None:
    if kind == "part":
        return f"#{quote(key)}"
    if kind == "city" and key in content.cities():
        return f"/{language}/cities/{quote(key)}"
    if kind == "practice" and key in _practices():
        return f"/{language}/practices/{quote(key)}"
    if kind == "source" and key in content.sources():
        return f"/{language}/sources/{quote(key)}"
    return None


def _practices() -> frozenset[str]:
    atlas = content.atlas()
    return atlas.derived("ids of practices", lambda: frozenset(atlas.practices["practice_id"]))


def _files(asked: Asked, language: str, drawn: dict[str, bool], key: str) -> list[tuple[str, str]]:
    if key not in drawn:
        return []
    name = quote(lc.sheet_name(key))

    def at(suffix: str, part: str) -> str:
        whole = asked.address(language, suffix)
        return f"{whole}{'&' if '?' in whole else '?'}{part}={name}"

    pictures = [(one.upper(), at(f".{one}", "chart")) for one in ("svg", "png")] if drawn[key] else []
    return [*pictures, ("CSV", at(".csv", "table"))]
