"""What went wrong, as RFC 9457 problem details in the language asked for, with near names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

import learningcity as lc
from learningcity.web.middleware import wanted_language

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/v1/"

#: Each kind of problem: its status and title.
KINDS: dict[str, tuple[int, lc.Text]] = {
    "unknown-parameter": (400, lc.Text("A parameter is not known.", "参数未知。")),
    "repeated-parameter": (400, lc.Text("A parameter is given more than once.", "参数重复。")),
    "unreadable-request": (400, lc.Text("The request cannot be read.", "请求无法读取。")),
    "unknown-address": (404, lc.Text("There is nothing at this address.", "此地址没有内容。")),
    "unknown-name": (404, lc.Text("Nothing has this name.", "没有此名称。")),
    "method-not-allowed": (405, lc.Text("This interface can only be read.", "此接口只供读取。")),
    "not-acceptable": (406, lc.Text("The format asked for is not to be had.", "不提供所要求的格式。")),
    "unreadable-value": (422, lc.Text("A value cannot be used.", "取值不可用。")),
    "our-fault": (500, lc.Text("Something went wrong on this server.", "服务器出错。")),
}


class ProblemError(Exception):
    """A request that cannot be answered: the kind of problem, what is wrong, where, and what is near."""

    def __init__(
        self,
        kind: str,
        detail: lc.Text,
        *,
        near: Iterable[str] = (),
        parameter: str | None = None,
        allow: str = "",
    ) -> None:
        super().__init__(detail.en)
        self.kind, self.detail, self.near, self.parameter = kind, detail, tuple(near), parameter
        self.allow = allow


def of_error(error: lc.LearningCityError, kind: str) -> ProblemError:
    """The problem that an error of the library tells."""
    return ProblemError(
        kind,
        error.text,
        near=getattr(error, "near", ()),
        parameter=getattr(error, "parameter", None),
    )


def language_of(request: HttpRequest) -> str:
    """The language asked for: ``?language=``, else Accept-Language, else English."""
    try:
        given = request.GET.get("language", "")
    except Exception:  # what cannot be read asks for no language
        given = ""
    return given if given in ("en", "zh") else wanted_language(request)


def response(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """Write a problem."""
    status, title = KINDS[problem.kind]
    language = language_of(request)
    told: dict[str, Any] = {
        "type": f"/en/api#{problem.kind}",
        "title": title.in_(language),
        "status": status,
        "detail": problem.detail.in_(language),
        "instance": request.get_full_path()[:2000],
        "parameter": problem.parameter,
        "near": list(problem.near),
        "documentation": f"/{language}/api",
    }
    found = HttpResponse(
        json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"),
        status=status,
        content_type=MEDIA_TYPE,
    )
    found.headers["Content-Language"] = "zh-Hans" if language == "zh" else "en"
    found.headers["Cache-Control"] = "no-cache"
    if problem.allow:
        found.headers["Allow"] = problem.allow
    return found
