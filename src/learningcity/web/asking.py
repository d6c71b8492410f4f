"""How an analysis is asked by its address: read, refused, waited for, answered; the way of every such screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

import learningcity as lc
from learningcity.web import exports
from learningcity.web.content import analyses
from learningcity.web.pages import broken_query
from learningcity.web.queries import Asked
from learningcity.web.waiting import Ask, Visit

Row = dict[str, Any]
Question = TypeVar("Question", bound=Asked)
Answer = TypeVar("Answer")


def given(asked: Asked, language: str, lines: list[str], *files: str) -> Row:
    """The lines of the command line that give the same, and the recipes that they read, each under its name."""
    links = [(name, asked.address(language, suffix=name.removeprefix(asked.PATH))) for name in files]
    return {"commands": lines, "files": links}


def _plainly(asked: Any, reason: lc.Text, language: str) -> str:
    return reason.in_(language)


def _nowhere(asked: Any) -> str:
    return ""


@dataclass(frozen=True)
class Screen(Generic[Question, Answer]):
    """A screen of analysis.

    Parameters
    ----------
    name
        As in ``analyses.ANALYSES``: its address, and the folder and name of its template.
    read
        The question of an address, and whether this is its one address.
    ask
        The answer, of whatever takes long by the function that is given; None where that is not there yet. An
        ``InputError`` says that these cities do not tell.
    build
        What the page shows: of question, answer, language and visit. An ``InputError`` says that the address asks
        for a part that the answer does not have.
    question
        What a page shows of the question alone: ``w``, and ``form`` where there is one.
    given
        What gives the same on the command line, as ``analyses.frame`` takes it.
    closed
        The question without such a part.
    said
        A reason in the words of the page.
    anchor
        The part of the page that a form is sent on to.
    """

    name: str
    read: Callable[[QueryDict], tuple[Question, bool]]
    ask: Callable[[Question, Ask], Answer | None]
    build: Callable[[Question, Answer, str, Visit], Row]
    question: Callable[[Question, str], Row]
    given: Callable[[Question, str], Row]
    closed: Callable[[Question], Question]
    said: Callable[[Question, lc.Text, str], str] = _plainly
    anchor: Callable[[Question], str] = _nowhere

    def show(self, request: HttpRequest, language: str) -> HttpResponse:
        """Answer the question of the address; that nothing was found is an answer."""
        visit = Visit(request)
        try:
            asked, plain = self.read(visit.query)
        except lc.InputError as error:
            return broken_query(request, error, f"/{language}/{self.name}")
        if asked.refusal is not None:
            return self._without(request, asked, language, 400, reason=asked.refusal)
        if not plain:
            return HttpResponseRedirect(asked.address(language, self.anchor(asked)))
        try:
            found = self.ask(asked, visit.found)
        except lc.InputError as error:
            # The address is in order: these cities do not tell.
            return visit.finished(self._without(request, asked, language, reason=error.text))
        if found is None:
            return visit.finished(self._without(request, asked, language, visit=visit))
        try:
            shown = self.build(asked, found, language, visit)
        except lc.InputError as error:
            return broken_query(request, error, self.closed(asked).address(language))
        return visit.finished(render(request, f"{self.name}/{self.name}.html", shown))

    def _without(
        self,
        request: HttpRequest,
        asked: Question,
        language: str,
        status: int = 200,
        *,
        reason: lc.Text | None = None,
        visit: Visit | None = None,
    ) -> HttpResponse:
        """The page of a question that has no answer, or none yet."""
        shown = {
            **self.question(asked, language),
            "frame": analyses.frame(self.name, language, **self.given(asked, language)),
            "form_page": f"{self.name}/form.html",
            "reason": None if reason is None else self.said(asked, reason, language),
            "waiting": None if visit is None else visit.shown(language),
        }
        return render(request, "unanswered.html", shown, status=status)

    def recipe(
        self, request: HttpRequest, language: str, name: str, write: Callable[[Question], bytes]
    ) -> HttpResponse:
        """Give the question as a file that the command line reads, under its name."""
        try:
            asked, _ = self.read(request.GET)
            if asked.refusal is not None:
                raise lc.InputError(asked.refusal)
            body = write(asked)
        except lc.InputError as error:
            return broken_query(request, error, f"/{language}/{self.name}")
        return exports.file_answer(body, name, "application/toml; charset=utf-8")
