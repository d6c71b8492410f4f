"""The description of the interface in OpenAPI 3.1, with closed values as the atlas holds them now."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import learningcity as lc
from learningcity.web.api import answers, known, problems
from learningcity.web.api.asked import Asked, extra_of, is_list
from learningcity.web.api.resources import RESOURCES, Resource
from learningcity.web.api.service import api

Row = dict[str, Any]

#: Sections of the documentation in their order.
TAGS: tuple[tuple[str, lc.Text], ...] = (
    ("index", lc.Text("Resources", "资源目录")),
    ("cities", lc.Text("Cities", "城市")),
    ("figures", lc.Text("Figures", "数据")),
    ("evidence", lc.Text("Practices, codes and scores", "实践举措、编码与得分")),
    ("award", lc.Text("Award", "奖项")),
    ("standard", lc.Text("Standard and ideas", "标准与思想")),
    ("network", lc.Text("Network", "网络")),
    ("sources", lc.Text("Sources and search", "来源与检索")),
)
_HEADERS: Row = {
    "ETag": {
        "description": "State of the answer; send it back in If-None-Match.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"schema": {"type": "string"}},
    "Content-Language": {"schema": {"type": "string", "enum": ["en", "zh-Hans"]}},
    "X-Data-Version": {"description": "Version of the data.", "schema": {"type": "string"}},
}
_LIST_HEADERS: Row = {
    "Link": {"description": "first, prev, next, last (RFC 8288).", "schema": {"type": "string"}},
    "X-Total-Count": {"description": "Rows in all.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
}
_NAMES = {
    400: "BadRequest",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    422: "Unprocessable",
}
_MEANS = {
    400: "A parameter that is not known, or is given more than once.",
    404: "Nothing has this name or address.",
    405: "The interface can only be read.",
    406: "The Accept header takes none of the formats.",
    422: "A value that a parameter does not take.",
}


@cache
def openapi() -> Row:
    """The whole description."""
    told: Row = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    told["info"] |= {
        "version": lc.__version__,
        "summary": "The atlas of the UNESCO Learning City Award, for programs.",
        "license": {"name": "CC BY 4.0 (our texts)", "identifier": "CC-BY-4.0"},
        "x-data-version": answers.versions()["data"],
    }
    told["servers"] = [{"url": "/", "description": "This server."}]
    told["tags"] = [{"name": n, "description": t.en, "x-description-zh": t.zh} for n, t in TAGS]
    told["externalDocs"] = {"url": "/en/api", "description": "Documentation with examples."}
    told["components"] = {
        "schemas": {
            "Meta": answers.META,
            "Problem": _problem(),
            **_lists(),
            **{_row_name(r): r.schema for r in RESOURCES.values()},
        },
        "responses": {_NAMES[status]: _problem_answer(status) for status in _NAMES},
    }
    for methods in told["paths"].values():
        operation = methods["get"]
        resource = RESOURCES[operation.pop("x-resource")]
        operation["parameters"] = [_parameter(p, resource) for p in operation["parameters"]]
        operation["responses"] = _responses(resource)
        operation["x-examples"] = [resource.address(e) for e in resource.examples]
    return told


def _parameter(given: Row, resource: Resource) -> Row:
    if given["in"] == "path":
        name = given["name"]
        example = resource.examples[0].split("?")[0].rsplit("/", 1)[1]
        return {
            "name": name, "in": "path", "required": True, "description": "Id.", "x-description-zh": "编号。",
            "schema": {"type": "string", "minLength": 1, "maxLength": 100}, "example": example,
        }  # fmt: skip
    asks: type[Asked] = resource.asks
    field = asks.model_fields[given["name"]]
    extra = extra_of(field)
    told: Row = {
        "name": given["name"], "in": "query", "required": field.is_required(),
        "description": field.description or "", "x-description-zh": extra.get("x-description-zh", ""),
        "schema": _schema(given["schema"], extra.get("x-known")),
    }  # fmt: skip
    if given["name"] == "format" and resource.columns is None:
        told["schema"]["enum"] = ["json"]
    shown = _example(resource, given["name"])
    if shown is not None:
        told["example"] = _typed(shown, told["schema"])
    if is_list(field) or told["schema"].get("type") == "array":
        told |= {"style": "form", "explode": False}
    return told


def _example(resource: Resource, name: str) -> str | None:
    """The first value that an example of ours gives a parameter."""
    for example in resource.examples:
        found = dict(parse_qsl(example.partition("?")[2])).get(name)
        if found is not None:
            return found
    return None


def _typed(text: str, schema: Row) -> Any:
    """A value as the schema types it."""
    if schema.get("type") == "array":
        return [_typed(part, schema["items"]) for part in text.split(",")]
    if schema.get("type") == "integer":
        return int(text)
    return text == "true" if schema.get("type") == "boolean" else text


def _schema(given: Row, names: Any) -> Row:
    """The schema of a parameter: what is left out is not null, and closed values are told."""
    schema = {
        k: v for k, v in given.items() if k not in ("title", "description", "x-known", "x-description-zh")
    }
    branches = [b for b in schema.pop("anyOf", []) if b.get("type") != "null"]
    for branch in branches:
        schema |= branch
    if schema.get("default") is None:
        schema.pop("default", None)
    if schema.get("type") == "array":
        schema.pop("default", None)
        schema["items"] = {k: v for k, v in schema["items"].items() if k != "title"}
        schema |= {"minItems": 1}
    if names is not None:
        closed = {"$ref": f"#/components/schemas/{_list_name(names)}"}
        if schema.get("type") == "array":
            return schema | {"items": closed}
        return closed | ({"default": schema["default"]} if "default" in schema else {})
    return schema


def _list_name(names: str) -> str:
    return "Values" + "".join(part.capitalize() for part in names.split("-"))


def _lists() -> Row:
    """The closed values, each list once."""
    used = {extra_of(f).get("x-known") for r in RESOURCES.values() for f in r.asks.model_fields.values()}
    return {
        _list_name(str(name)): {"type": "string", "enum": list(known.names(str(name)))}
        for name in sorted(str(n) for n in used if n)
    }


def _row_name(resource: Resource) -> str:
    return "".join(part.capitalize() for part in resource.name.split("-")) + "Answer"


def _responses(resource: Resource) -> Row:
    content: Row = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_row_name(resource)}"}}}
    headers = dict(_HEADERS)
    if resource.columns is not None:
        content["text/csv"] = {"schema": {"type": "string"}}
        headers |= _LIST_HEADERS
    found: Row = {
        "200": {"description": resource.title.en, "content": content, "headers": headers},
        "304": {"description": "Not changed since the ETag in If-None-Match."},
    }
    for status, name in _NAMES.items():
        found[str(status)] = {"$ref": f"#/components/responses/{name}"}
    return found


def _problem() -> Row:
    kinds = [f"/en/api#{kind}" for kind in problems.KINDS]
    return {
        "type": "object",
        "description": "What went wrong (RFC 9457), in the language asked for.",
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "enum": kinds},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
            "parameter": {"type": ["string", "null"]},
            "near": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Nearest names that are known.",
            },
            "documentation": {"type": "string", "format": "uri-reference"},
        },
        "required": ["type", "title", "status", "detail", "instance", "parameter", "near", "documentation"],
        "additionalProperties": False,
    }


def _problem_answer(status: int) -> Row:
    return {
        "description": _MEANS[status],
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
