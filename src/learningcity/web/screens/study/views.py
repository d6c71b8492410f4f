"""The study: its contents, one chapter, and the whole and its brief as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import learningcity as lc
from learningcity.web.content import studies
from learningcity.web.pages import unknown_name
from learningcity.web.screens.study import files, page
from learningcity.web.screens.study.words import progress, words

#: Seconds after which a page that waits looks again.
AGAIN = 3


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show what the study found, and its chapters with what each answers."""
    work = studies.standing()
    if work.result is None:
        return _waiting(request, language, work)
    return render(request, "study/study.html", page.contents(work, language))


def show_chapter(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Show one chapter."""
    work = studies.standing()
    try:
        if work.result is None:
            known = studies.asked().chapters
            if name not in known:
                raise lc.UnknownNameError("chapter", name, known)
            return _waiting(request, language, work)
        return render(request, "study/chapter.html", page.chapter(work, language, name))
    except lc.UnknownNameError as error:
        near = [{"href": page.chapter_address(language, one), "label": one} for one in error.near]
        return unknown_name(request, error, near)


def whole(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give the study as one file in a format, to be kept."""
    work = studies.standing()
    if work.result is None:
        return _waiting(request, language, work)
    return files.answer(work, name, language)


def brief(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give the two pages for somebody who decides, to be kept."""
    work = studies.standing()
    if work.result is None:
        return _waiting(request, language, work)
    return files.answer(work, name, language, brief=True)


def _waiting(request: HttpRequest, language: str, work: studies.Work) -> HttpResponse:
    """Say that it is being computed; the page looks again, and nobody keeps it."""
    told = {
        "words": words(language),
        "progress": progress(work.done, work.total, language),
        "problem": work.problem.in_(language) if work.problem else "",
        "again": AGAIN,
    }
    response = render(request, "study/waiting.html", told, status=503 if work.problem else 202)
    response.headers["Cache-Control"] = "no-store"
    if not work.problem:
        response.headers["Retry-After"] = str(AGAIN)
    return response
