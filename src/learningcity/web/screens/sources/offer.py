"""What the page of a source gives away: what rests on it, and its record."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.sources.page import used_in

TABLES = {"uses": lc.Text("what rests on it", "所支撑的内容"), "source": lc.Text("record", "来源记录")}
RECORD = (
    lc.Column("source_id", lc.Text("source id", "来源编号")),
    lc.Column("title", lc.Text("title as printed", "标题原文")),
    lc.Column("address", lc.Text("address", "网址")),
    lc.Column("tier", lc.Text("tier", "来源等级"), "tier"),
    lc.Column(
        "doubtful", lc.Text("doubtful: original not seen, do not link", "存疑：原文未见，不设链接"), "yes_no"
    ),
)
#: What statistical sources have besides.
MORE = (
    lc.Column("publisher", lc.Text("publisher", "发布机构")),
    lc.Column("licence", lc.Text("licence as found", "所见许可")),
    lc.Column("to_confirm", lc.Text("producer's terms, to be confirmed", "生产者条款，尚待确认")),
    lc.Column("version", lc.Text("version", "版本")),
)
_USES = (
    lc.Column("table", lc.Text("table", "数据表"), "table"),
    lc.Column("text", lc.Text("what it says", "内容")),
    lc.Column("page", lc.Text("page", "页面")),
)


def offer(query: QueryDict, language: str, source_id: str) -> exports.Offer:
    """The record of a source and what rests on it."""
    known = content.sources()
    if source_id not in known:
        raise lc.UnknownNameError("source", source_id, known)
    source = known[source_id]
    rows = [
        {"table": use["table"], "text": use["text"], "page": use["href"]}
        for use in used_in(language).get(source_id, [])
    ]
    columns = (*RECORD, *(MORE if source.statistical else ()))
    sheets = (
        exports.sheet("uses", TABLES["uses"], exports.frame(rows, _USES), _USES),
        exports.sheet(
            "source", TABLES["source"], exports.frame([record(source)], columns), columns, rows_of="sources"
        ),
    )
    return exports.Offer(lc.Text(f"Source {source_id}", f"来源{source_id}").in_(language), sheets)


def record(source: content.Source) -> content.Row:
    """A source as a row."""
    return {
        "source_id": source.source_id,
        "title": source.title,
        "address": source.address,
        "tier": None if source.statistical else source.tier,
        "doubtful": "yes" if source.doubtful else "no",
        "publisher": source.publisher,
        "licence": source.licence,
        "to_confirm": source.to_confirm,
        "version": source.version,
    }
