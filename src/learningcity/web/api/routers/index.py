"""The front door: what there is."""

from __future__ import annotations

from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web.api import asked as ask
from learningcity.web.api.answers import Listing
from learningcity.web.api.columns import column
from learningcity.web.api.resources import RESOURCES, resource

router = Router(tags=["index"])
Row = dict[str, Any]
COLUMNS = (
    column("name", "string", "Name of the resource.", "资源名称。"),
    column("path", "string", "Its address; parts in braces are to be filled.", "地址，花括号部分须填写。"),
    column("title_en", "string", "Title.", "标题（英文）。"),
    column("title_zh", "string", "Title in Chinese.", "标题（中文）。"),
    column("note_en", "string", "What it holds.", "内容（英文）。"),
    column("note_zh", "string", "What it holds, in Chinese.", "内容（中文）。"),
    column("parameters", "list", "Parameters of its query.", "查询参数。"),
    column("example", "string", "An address that answers.", "可用地址示例。", format_="uri-reference"),
)


@resource(
    router, "/",
    title=lc.Text("Resources", "资源"),
    note=lc.Text("Every resource of the interface, with an example that answers.", "接口的全部资源，各附一个可用示例。"),
    asks=ask.Listed, columns=COLUMNS, examples=("",),
)  # fmt: skip
def index(asked: ask.Listed, language: str) -> Listing:
    """Every resource."""
    return Listing([
        {
            "name": r.name, "path": f"/api/v1{r.path}", **{f"title_{k}": r.title.in_(k) for k in ("en", "zh")},
            **{f"note_{k}": r.note.in_(k) for k in ("en", "zh")}, "parameters": list(r.parameters),
            "example": r.address(r.examples[0]),
        }
        for r in RESOURCES.values()
    ])  # fmt: skip
