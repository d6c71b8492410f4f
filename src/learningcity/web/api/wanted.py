"""Format and language of an answer, and parameters that nobody knows: settled before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

import learningcity as lc
from learningcity.web.api.problems import ProblemError, language_of

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is to be written."""

    language: str
    format: str


def accepted(header: str, formats: Iterable[str]) -> str | None:
    """The best format for an Accept header, None where there is none.

    The first format wins a tie, and an empty header takes everything.

    Examples
    --------
    >>> [accepted(h, ("json", "csv")) for h in ("", "text/csv", "text/html,*/*;q=0.8", "image/png")]
    ['json', 'csv', 'json', None]
    >>> accepted("text/csv;q=0.5, application/json;q=0.4", ("json", "csv"))
    'csv'
    >>> accepted("application/json;q=0, */*", ("json", "csv"))
    'csv'
    """
    ranges = [_range(part) for part in header.split(",") if part.strip()] or [("*/*", 1.0)]
    best, weight = None, 0.0
    for name in formats:
        given = _weight(MEDIA_TYPES[name], ranges)
        if given > weight:
            best, weight = name, given
    return best


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (one.strip().lower() for one in part.split(";"))
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return media, min(max(float(value), 0.0), 1.0)
            except ValueError:
                return media, 0.0
    return media, 1.0


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most exact range that fits; 0 where none does."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [weight for name, weight in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def read(request: HttpRequest, parameters: Iterable[str], many: Iterable[str], csv: bool) -> Wanted:
    """Settle language and format, and refuse what nobody knows or what is said twice.

    A filter that is passed over in silence would give a wrong answer.

    Raises
    ------
    ProblemError
        400 for the parameters, 406 for the format.
    """
    known, several = list(parameters), set(many)
    try:
        given = request.GET
    except SuspiciousOperation as error:
        raise ProblemError(
            "unreadable-request", lc.Text("There are too many parameters.", "参数过多。")
        ) from error
    for name in given:
        if name not in known:
            unknown = lc.UnknownNameError("option", name[:100], known)
            raise ProblemError(
                "unknown-parameter",
                lc.Text(
                    f"This resource has no parameter {name[:100]!r}. {_hint(unknown, 'en')}",
                    f"此资源没有参数“{name[:100]}”。{_hint(unknown, 'zh')}",
                ),
                near=unknown.near,
                parameter=name[:100],
            )
        if name not in several and len(given.getlist(name)) > 1:
            raise ProblemError(
                "repeated-parameter",
                lc.Text(f"{name!r} takes one value.", f"“{name}”只能给出一个值。"),
                parameter=name,
            )
    formats = ("json", "csv") if csv else ("json",)
    return Wanted(language_of(request), given.get("format") or _negotiated(request, formats))


def _hint(unknown: lc.UnknownNameError, language: str) -> str:
    names = ", ".join(unknown.near) if language == "en" else "、".join(unknown.near)
    if not names:
        return ""
    return f"Did you mean {names}?" if language == "en" else f"是否指：{names}？"


def _negotiated(request: HttpRequest, formats: tuple[str, ...]) -> str:
    header = request.headers.get("Accept", "")[:2000]
    found = accepted(header, formats)
    if found is None:
        names = [MEDIA_TYPES[f] for f in formats]
        raise ProblemError(
            "not-acceptable",
            lc.Text(
                f"Accept asks for {header[:200]!r}; this resource comes as {' or '.join(names)}.",
                f"Accept标头要求“{header[:200]}”，此资源仅提供{'或'.join(names)}。",
            ),
            near=names,
        )
    return found
