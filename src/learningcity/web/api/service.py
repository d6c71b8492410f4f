"""The interface as a whole: routers, what is said of faults, and the front door."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

import learningcity as lc
from learningcity.web.api import problems
from learningcity.web.api.routers import ROUTERS

logger = logging.getLogger("django.request")

api = NinjaAPI(
    title="Learning City Atlas",
    version="1",
    description=(
        "Every figure, award, practice, code and rule of the atlas of the UNESCO Learning City Award, each with "
        "its source. Read only, open to all, without a key. Empty is null and never zero."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="interface",
)
for _router in ROUTERS:
    api.add_router("", _router)


@api.exception_handler(problems.ProblemError)
def _told(request: HttpRequest, problem: problems.ProblemError) -> HttpResponse:
    return problems.response(request, problem)


@api.exception_handler(lc.InputError)
def _refused(request: HttpRequest, error: lc.InputError) -> HttpResponse:
    return problems.response(request, problems.of_error(error, "unreadable-value"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.response(request, of_validation(error.errors[0], request))


#: What pydantic says, in our words.
_WORDS: dict[str, lc.Text] = {
    "missing": lc.Text("{name} is missing; this resource needs it.", "缺少参数{name}，此资源必须给出。"),
    "int": lc.Text("{name} is {value!r}; give a whole number.", "{name}为“{value}”，须为整数。"),
    "bool": lc.Text("{name} is {value!r}; give true or false.", "{name}为“{value}”，须为true或false。"),
    "greater_than_equal": lc.Text(
        "{name} is {value!r}; the least is {ge}.", "{name}为“{value}”，不得小于{ge}。"
    ),
    "less_than_equal": lc.Text("{name} is {value!r}; the most is {le}.", "{name}为“{value}”，不得大于{le}。"),
    "string_too_short": lc.Text(
        "{name} is empty: give a value or leave it out.", "{name}为空：请给出取值或删去。"
    ),
    "string_too_long": lc.Text(
        "{name} is too long: {max_length} characters at most.", "{name}过长：最多{max_length}个字符。"
    ),
    "literal_error": lc.Text(
        "{name} is {value!r}; it takes {expected}.", "{name}为“{value}”，可取{expected}。"
    ),
    "string_pattern_mismatch": lc.Text(
        "{name} is {value!r}; the documentation shows how it is written.",
        "{name}为“{value}”，写法见接口说明。",
    ),
}
_ANY = lc.Text("{name} is {value!r}, which cannot be used.", "{name}的取值“{value}”不可用。")


def of_validation(error: dict[str, Any], request: HttpRequest) -> problems.ProblemError:
    """The problem that one fault of a parameter tells."""
    kind = str(error.get("type", ""))
    name = next((str(part) for part in reversed(error.get("loc", ())) if isinstance(part, str)), "")
    value = ",".join(request.GET.getlist(name)).strip()[:100]
    family = next((k for k in ("int", "bool") if kind.startswith(f"{k}_")), kind)
    slots = {"name": name, "value": value, **error.get("ctx", {})}
    if kind == "literal_error":
        expected = str(slots.get("expected", ""))
        slots["expected"] = lc.Text(expected, expected.replace(" or ", "或").replace(", ", "、"))
    return problems.ProblemError("unreadable-value", _WORDS.get(family, _ANY).format(**slots), parameter=name)
