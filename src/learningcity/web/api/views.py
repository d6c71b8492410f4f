"""What ninja does not answer: the description, the way to the door, and addresses that are not there."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import answers, problems
from learningcity.web.api.description import openapi
from learningcity.web.api.resources import RESOURCES

DOOR = "/api/v1/"


def description(request: HttpRequest) -> HttpResponse:
    """Give the description in OpenAPI 3.1."""
    response = HttpResponse(answers.dumped(openapi()), content_type="application/json")
    kind = "private" if content.overlaid() else "public"
    response.headers["Cache-Control"] = f"{kind}, max-age={answers.SECONDS}"
    response.headers["Content-Language"] = "en"
    return response


def to_door(request: HttpRequest) -> HttpResponse:
    """Send /api and /api/v1 to /api/v1/."""
    return HttpResponseRedirect(DOOR)


def nowhere(request: HttpRequest) -> HttpResponse:
    """Say that nothing is here, and what is near."""
    asked = request.path_info.removeprefix(DOOR).strip("/")[:100]
    names = sorted({r.path.strip("/").split("/")[0] for r in RESOURCES.values()} - {""})
    first = re.split(r"[/.]", asked)[0]
    near = lc.UnknownNameError("name", first, names).near
    addresses = tuple(f"{DOOR}{name}" for name in near) or (DOOR,)
    return problems.response(
        request,
        problems.ProblemError(
            "unknown-address",
            lc.Text(
                f"There is no {request.path_info[:200]}. Nearest: {', '.join(addresses)}.",
                f"没有{request.path_info[:200]}。最接近的是：{'、'.join(addresses)}。",
            ),
            near=addresses,
        ),
    )
