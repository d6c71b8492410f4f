"""The whole study and its brief as files: made in the background when somebody asks, and kept by content."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse

import learningcity as lc
from learningcity.web import exports, jobs, kept, waiting
from learningcity.web.content.studies import Work

#: Seconds that a request waits for its file; most are made by then.
WAIT = 20.0
#: Seconds after which to ask again.
AGAIN = 10
#: The formats of paper, in which the brief is set on two pages.
BRIEF = ("docx", "pdf")


def answer(work: Work, name: str, language: str, *, brief: bool = False) -> HttpResponse:
    """Give the study of a finished run in a format, or its brief, or say when to ask again."""
    result = work.result
    if result is None:
        return _later("later", language)
    document = result.document.in_language(language)
    key = ("study brief" if brief else "study file", kept.state(), name, language, _content(work, document))

    def made(progress: lc.Progress) -> tuple[str, str, bytes]:
        return _made(lc.brief(result, language) if brief else document, name, progress)

    try:
        job = jobs.DESK.ask_patiently(key, made, waiting.FILES, WAIT)
    except jobs.BusyError:
        return _later("busy", language)
    if job.error is not None:
        # This machine cannot write the format; the page and the other formats are there.
        return _said(job.error.in_(language))
    if job.state != "done":
        return _later("later" if job.open else "failed", language)
    file, kind, body = job.result
    return exports.file_answer(body, file, kind)


def offered(language: str) -> list[dict[str, str]]:
    """The files of the study in a language, with what each is."""
    return [
        {"href": f"/{language}/study.{name}", "label": said.in_(language)}
        for name, said in lc.document_formats().items()
    ]


def briefs(language: str) -> list[dict[str, str]]:
    """The brief in a language, in each format of paper."""
    return [
        {"href": f"/{language}/study-brief.{name}", "label": lc.document_formats()[name].in_(language)}
        for name in BRIEF
    ]


def _made(document: lc.Document, name: str, progress: lc.Progress) -> tuple[str, str, bytes]:
    try:
        return lc.render(document, name, progress=progress)
    except lc.SetupError as error:
        raise lc.InputError(error.text) from error


def _content(work: Work, document: lc.Document) -> str:
    """A fingerprint of all that the document holds, in whatever language it is read."""
    if "content" not in work.pages:
        same = document.in_language(document.languages[0])
        work.pages["content"] = hashlib.sha256(repr(same).encode()).hexdigest()
    return str(work.pages["content"])


def _later(word: str, language: str) -> HttpResponse:
    response = _said(waiting.WORDS[word].in_(language))
    response.headers["Retry-After"] = str(AGAIN)
    return response


def _said(text: str) -> HttpResponse:
    response = HttpResponse(text + "\n", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
