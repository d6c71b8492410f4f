"""What the search gives away: everything found, the best first."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.search.page import address

TITLE = lc.Text("Search", "搜索")
_COLUMNS = (
    lc.Column("kind", lc.Text("kind", "类型"), "search_kind"),
    lc.Column("id", lc.Text("id", "编号")),
    lc.Column("title", lc.Text("title", "标题")),
    lc.Column("snippet", lc.Text("excerpt", "摘录")),
    lc.Column("city_id", lc.Text("city", "城市编号")),
    lc.Column("address", lc.Text("page", "页面")),
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Everything found for ``q``, beyond what the page shows, too."""
    text = query.get("q", "").strip()[:200]
    found = content.atlas().search(text) if text else ()
    rows = [
        {
            "kind": hit.kind,
            "id": hit.id,
            "title": hit.title.in_(language),
            "snippet": hit.snippet.in_(language),
            "city_id": hit.city_id,
            "address": address(hit, language),
        }
        for hit in found
    ]
    title = lc.Text(f"Search: {text}", f"搜索：{text}") if text else TITLE
    sheet = lc.Sheet("hits", lc.Text("found", "结果"), exports.frame(rows, _COLUMNS), _COLUMNS)
    return exports.Offer(title.in_(language), (sheet,))
