"""Lessons alone as a document: the chapter of the study, with a title of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from learningcity.core import LANGUAGES, InputError, Text, UnknownNameError, names_of, of_kind
from learningcity.plan import LessonsResult, OwnCity
from learningcity.report import Document
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter, document_of, manifest_of
from learningcity.study.spec import Study


def lessons_document(
    result: LessonsResult,
    language: str = "en",
    languages: Iterable[str] | None = None,
    target: OwnCity | None = None,
) -> Document:
    """Give lessons as a document that :func:`learningcity.render` writes: peers, gaps, bottlenecks, practices, cards.

    Parameters
    ----------
    result
        From :func:`learningcity.lessons`; what was asked there (peers, cards, coder, draws) holds here.
    language
        The language it is read in.
    languages
        Those that its figures are drawn in; None = that one.
    target
        The city that was described, where it was one that is not in the atlas: its name stands in the file name.

    Returns
    -------
    Document
        The same text as the chapter ``lessons`` of a study.

    Raises
    ------
    InputError
        No lessons, or lessons without their atlas.
    UnknownNameError
        Neither "en" nor "zh".

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.lessons(lc.load_atlas(), "wuhan", draws=0, cards=4)
    >>> made = lc.lessons_document(found, "en")
    >>> made.key, made.title.en
    ('lessons-wuhan', 'Lessons for Wuhan')
    """
    of_kind(result, LessonsResult, "result")
    atlas = result.asked
    if atlas is None:
        raise InputError(
            Text(
                "These lessons do not know their atlas; ask for them with lc.lessons.",
                "这些借鉴未附图谱；请用lc.lessons得到。",
            )
        )
    if language not in LANGUAGES:
        raise UnknownNameError("language", str(language), LANGUAGES)
    drawn = (language,) if languages is None else names_of(languages, "languages", LANGUAGES)
    drawn = drawn if language in drawn else (language, *drawn)
    whom = result.country if result.kind == "country" else (*result.cities, "")[0]
    of = target if target is not None else (whom or result.country or "CHN")
    study = Study(
        name=f"lessons-{whom or 'own-city'}", chapters=("lessons",), target=of, languages=tuple(drawn), coder=result.coder,
        seed=int(result.choices.get("seed", 0)),
    )  # fmt: skip
    desk = Desk(study, atlas, study.languages)
    desk.once("lessons", lambda: result)
    section = build_chapter(desk, "lessons")
    made = document_of(study, desk, (section,), language, manifest_of(study, atlas))
    return replace(made, title=section.title)
