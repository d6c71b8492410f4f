"""What the crosswalk gives away: the items of the choice, one row an area and item, and the matrix of counts."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.crosswalk import query as queries
from learningcity.web.screens.crosswalk.page import item_key
from learningcity.web.screens.crosswalk.query import NO_AREA, CrosswalkQuery, whole

TITLE = lc.Text("Crosswalk", "标准对照")
TABLES = {"items": lc.Text("items", "条目"), "matrix": lc.Text("counts", "计数")}
_ITEMS = (
    lc.Column("area", lc.Text("area", "领域")),
    lc.Column("area_en", lc.Text("area (English)", "领域（英文）")),
    lc.Column("area_zh", lc.Text("area (Chinese)", "领域（中文）")),
    lc.Column("round", lc.Text("award round", "评选届次")),
    lc.Column("framework_id", lc.Text("framework", "框架编号")),
    lc.Column("framework_en", lc.Text("framework (English)", "框架（英文）")),
    lc.Column("framework_zh", lc.Text("framework (Chinese)", "框架（中文）")),
    lc.Column("code", lc.Text("award criterion", "评审标准编号")),
    lc.Column("name_en", lc.Text("item (English)", "条目（英文）")),
    lc.Column("name_zh", lc.Text("item (Chinese)", "条目（中文）")),
    lc.Column("publisher", lc.Text("publisher", "发布机构")),
    lc.Column("year", lc.Text("year", "年份")),
    lc.Column("unit", lc.Text("unit", "单位"), "unit"),
    lc.Column("source_ids", lc.Text("sources", "来源编号")),
)
_OURS = lc.Text("Which area an item meets is our mapping.", "条目与领域的对应关系由我们确定。")


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The items that the address asks for, with all their areas; without a choice, all."""
    asked = CrosswalkQuery.read(query)
    wanted = {item_key(row) for row in queries.rows() if queries.matches(row, asked)}
    rows = [row for row in queries.rows() if item_key(row) in wanted]
    items = exports.sheet("items", TITLE, exports.frame(rows, _ITEMS), _ITEMS, _OURS)
    return exports.Offer(TITLE.in_(language), (items, _matrix()))


def _matrix() -> lc.Sheet:
    counts = whole().matrix()
    names = dict(whole().areas)
    none = lc.Text("mapped to no area", "未对应任何领域")
    rows = [
        {
            "area": None if area == NO_AREA else area,
            "area_en": names.get(area, none).en,
            "area_zh": names.get(area, none).zh,
            **{name: int(counts.at[area, name]) for name, _ in whole().columns},
        }
        for area in counts.index
    ]
    columns = (*_ITEMS[:3], *(lc.Column(name, text) for name, text in whole().columns))
    return exports.sheet("matrix", TABLES["matrix"], exports.frame(rows, columns), columns, _OURS)
