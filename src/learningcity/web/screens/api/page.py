"""What the documentation of the interface says, taken from its OpenAPI description."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import answers, problems
from learningcity.web.api.asked import LIMIT, MOST
from learningcity.web.api.description import TAGS, openapi
from learningcity.web.api.resources import RESOURCES, Resource
from learningcity.web.screens.api.examples import CURL, PYTHON, R

Row = dict[str, Any]
#: Closed lists that are longer are not printed; the description holds them whole.
SHOWN = 14

_WORDS = {
    "title": lc.Text("For programs", "程序接口"),
    "lede": lc.Text(
        "Everything on this site as JSON and CSV, each figure with its source. Read only, without a key.",
        "本站全部内容均可以JSON或CSV取得，每项数据附来源。只读，无须密钥。",
    ),
    "jumps": lc.Text("On this page", "本页内容"),
    "start": lc.Text("Start", "快速开始"),
    "rules": lc.Text("How it answers", "应答规则"),
    "problems": lc.Text("When something is wrong", "出错时"),
    "parameter": lc.Text("Parameter", "参数"),
    "meaning": lc.Text("Meaning", "含义"),
    "values": lc.Text("Values", "取值"),
    "field": lc.Text("Field", "字段"),
    "fields": lc.Text("Fields of the answer", "应答字段"),
    "common": lc.Text("Every resource also takes language and format; every list also takes limit and offset.",
                      "所有资源另可用language与format参数，所有列表另可用limit与offset参数。"),
    "none": lc.Text("No parameters of its own.", "无专用参数。"),
    "try": lc.Text("Examples", "示例"),
    "needed": lc.Text("required", "必填"),
    "several": lc.Text("one or several, joined with commas", "可给多个，以逗号分隔"),
    "machine": lc.Text("Description for machines (OpenAPI 3.1)", "机器可读说明（OpenAPI 3.1）"),
    "status": lc.Text("Status", "状态码"),
    "kind": lc.Text("Type", "类型"),
    "title_of": lc.Text("What it says", "说明"),
    "more": lc.Text("and {n} more", "等共{n}项"),
    "default": lc.Text("else {value}", "默认{value}"),
    "example": lc.Text("for example {value}", "例如{value}"),
}  # fmt: skip
_TYPES = {
    "string": lc.Text("text", "文字"),
    "integer": lc.Text("whole number", "整数"),
    "number": lc.Text("number", "数值"),
    "boolean": lc.Text("true or false", "true或false"),
    "array": lc.Text("list", "列表"),
    "object": lc.Text("record", "记录"),
    "null": lc.Text("null", "null"),
}


def _rules() -> tuple[lc.Text, ...]:
    versions = answers.versions()
    return (
        lc.Text(
            "The Accept header chooses application/json (default) or text/csv; ?format=json or ?format=csv does the same in a "
            "browser. Lists come as CSV, single records as JSON alone.",
            "Accept标头选择application/json（默认）或text/csv；在浏览器中可用?format=json或?format=csv。列表可取CSV，单个记录仅有JSON。",
        ),
        lc.Text(
            f"A list comes in pages: limit (up to {MOST}, else {LIMIT}) and offset. total, next and previous stand in the "
            "answer, first, prev, next and last in the Link header (RFC 8288), as addresses without host. A CSV without "
            "limit holds all rows.",
            f"列表分页给出：limit（最多{MOST}，默认{LIMIT}）与offset。应答含total、next、previous，Link标头（RFC 8288）含first、prev、next、last，"
            "均为不含主机名的地址。CSV不给出limit时含全部行。",
        ),
        lc.Text(
            "null says that nothing was seen or recorded; it is never zero. Where a table has a field emptiness, it tells which "
            "of the six kinds of emptiness it is.",
            "null表示未见公开资料或未记录，不等于零。含emptiness字段的表会说明属于六种空值中的哪一种。",
        ),
        lc.Text(
            "A parameter that is not known is refused and never passed over: a filter that does nothing would give a wrong answer.",
            "未知参数一律拒绝，不予忽略：不起作用的筛选会造成错误的结果。",
        ),
        lc.Text(
            "href is the page of this site that shows the row; source_link is the address of the source, and null where the "
            "source is doubtful.",
            "href为本站显示该行的页面；source_link为来源网址，来源存疑时为null。",
        ),
        lc.Text(
            f"meta names the versions: package {versions['package']}, data {versions['data']}. Answers carry an ETag: send it "
            "back in If-None-Match, and an answer that did not change is 304 without a body.",
            f"meta注明版本：软件{versions['package']}，数据{versions['data']}。应答带ETag，在If-None-Match中送回后，内容未变则返回304，不带正文。",
        ),
        lc.Text(
            "The shipped data are public, so programs on any site may read them (CORS, GET without cookies). With your own "
            "tables laid over the atlas, other sites may not.",
            "随附数据公开，任何网站的程序均可读取（CORS，GET请求，不带Cookie）。叠加自有数据表后，其他网站不得读取。",
        ),
        lc.Text(
            "CSV is UTF-8 without a byte order mark, with a head of field names; lists are joined with semicolons. A text that a "
            "spreadsheet would run as a formula has an apostrophe before it; JSON gives it as it is.",
            "CSV为UTF-8编码（不带BOM），首行为字段名，列表以分号连接。可能被电子表格当作公式执行的文字前加一个撇号；JSON则原样给出。",
        ),
    )


_CODE = re.compile(r"[A-Za-z][\w.:/?=&+,*-]*(?: [0-9.]+)?", re.ASCII)


def _set(text: str, language: str) -> SafeString:
    """Escape a text; on a Chinese page set names of fields, formats and headers apart as code."""
    if language != "zh":
        return format_html("{}", text)
    parts, end = [], 0
    for found in _CODE.finditer(text):
        parts += [
            escape(text[end : found.start()]),
            format_html('<span class="code" lang="en">{}</span>', found[0]),
        ]
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308  (every part was escaped)


def build(base: str, language: str) -> Row:
    """Everything on the page."""
    return {**_content(language), "examples": _examples(base, language), "base": base}


@cache
def _content(language: str) -> Row:
    words = {name: text.in_(language) for name, text in _WORDS.items()}
    set_apart = ("lede", "machine", "common")
    marked = {f"{name}_set": _set(words[name], language) for name in set_apart}
    operations = {path: methods["get"] for path, methods in openapi()["paths"].items()}
    return {
        "words": words | marked,
        "notice": _set(answers.EMPTY.in_(language), language),
        "rules": [_set(rule.in_(language), language) for rule in _rules()],
        "problems": [
            {"id": kind, "status": status, "title": title.in_(language)}
            for kind, (status, title) in problems.KINDS.items()
        ],
        "sections": [
            {
                "id": tag,
                "title": title.in_(language),
                "resources": [
                    _resource(r, operations[f"/api/v1{r.path}"], language)
                    for r in RESOURCES.values()
                    if r.tag == tag
                ],
            }
            for tag, title in TAGS
        ],
    }


def _examples(base: str, language: str) -> Row:
    return {
        "curl": [{"title": title.in_(language), "text": text.format(base=base)} for title, text in CURL],
        "in_python": lc.Text("Example in Python", "Python示例").in_(language),
        "in_r": lc.Text("Example in R", "R语言示例").in_(language),
        "python": PYTHON.replace("{base}", base),
        "r": R.replace("{base}", base),
    }


def _resource(resource: Resource, operation: Row, language: str) -> Row:
    common = {"language", "format", "limit", "offset"}
    return {
        "id": resource.name,
        "path": f"/api/v1{resource.path}".replace("{id_}", "{id}"),
        "title": resource.title.in_(language),
        "note": _set(resource.note.in_(language), language),
        "parameters": [_parameter(p, language) for p in operation["parameters"] if p["name"] not in common],
        "fields": _fields(resource, language),
        "examples": [
            {
                "href": resource.address(example),
                "text": resource.address(example),
                "lang": content.language_of(example) or "en",
            }
            for example in resource.examples
        ],
    }


def _said(told: Row, language: str) -> str:
    return str(told.get("x-description-zh" if language == "zh" else "description", "") or "")


def _parameter(given: Row, language: str) -> Row:
    schema = given["schema"]
    several = schema.get("type") == "array"
    values = _values(schema.get("items", schema) if several else schema, language)
    parts = [values] if values else []
    if several:
        parts.append(_WORDS["several"].in_(language))
    if "default" in schema:
        default = schema["default"]
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        parts.append(_WORDS["default"].format(value=shown).in_(language))
    if "example" in given:
        parts.append(_WORDS["example"].format(value=_shown(given["example"])).in_(language))
    return {
        "name": given["name"].rstrip("_"),
        "needed": given["required"],
        "text": _set(_said(given, language), language),
        "values": _set(("；" if language == "zh" else "; ").join(parts), language),
    }


def _shown(example: Any) -> str:
    """An example as an address holds it."""
    if isinstance(example, list):
        return ",".join(str(part) for part in example)
    return str(example).lower() if isinstance(example, bool) else str(example)


def _values(schema: Row, language: str) -> str:
    between = "、" if language == "zh" else ", "
    names = schema.get("enum")
    if "$ref" in schema:
        names = openapi()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]["enum"]
    if names:
        if len(names) <= SHOWN:
            return between.join(str(n) for n in names)
        head = between.join(str(n) for n in names[:4])
        count = len(names) if language == "zh" else len(names) - 4
        gap = " " if language == "en" else ""
        return f"{head}{gap}{_WORDS['more'].format(n=count).in_(language)}"
    kind = _TYPES[schema.get("type", "string")].in_(language)
    if "maximum" in schema:
        return f"{kind}{', ' if language == 'en' else '，'}{schema.get('minimum', 0)}–{schema['maximum']}"
    return kind


def _fields(resource: Resource, language: str) -> list[Row]:
    shape = resource.schema["properties"]["data"]
    properties = (shape.get("items") or shape)["properties"]
    return [
        {
            "name": name,
            "type": _set(_kind(told, language), language),
            "text": _set(_said(told, language), language),
        }
        for name, told in properties.items()
    ]


def _kind(told: Row, language: str) -> str:
    given = told.get("type") or [branch.get("type") for branch in told.get("anyOf", [])]
    kinds = [given] if isinstance(given, str) else list(given)
    between = lc.Text(" or ", "或").in_(language)
    return between.join(_TYPES[str(k)].in_(language) for k in kinds)
