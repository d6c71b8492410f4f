"""What the screen of the standard gives away: pillars, areas and features, measurements, award criteria."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports

TITLE = lc.Text("The standard", "学习型城市标准")
TABLES = {
    "key-features": lc.Text("pillars, areas and features", "板块、领域与特征"),
    "measurements": lc.Text("measurements", "测量指标"),
    "criteria-by-area": lc.Text("award criteria by area", "各领域对应的评审标准"),
}
_BY_AREA = (
    lc.Column("area", lc.Text("area", "领域")),
    lc.Column("area_en", lc.Text("area (English)", "领域（英文）")),
    lc.Column("area_zh", lc.Text("area (Chinese)", "领域（中文）")),
    lc.Column("round", lc.Text("award round", "评选届次")),
    lc.Column("code", lc.Text("criterion", "标准编号")),
    lc.Column("name_en", lc.Text("criterion (English)", "标准（英文）")),
    lc.Column("name_zh", lc.Text("criterion (Chinese)", "标准（中文）")),
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Everything on the screen of the standard."""
    standards = lc.standard_tables()
    note = lc.load_standard().note
    sheets = (
        exports.of_table("key-features", standards["key-features"], note),
        exports.of_table("measurements", standards["measurements"], note),
        _criteria(),
    )
    return exports.Offer(TITLE.in_(language), sheets)


def _criteria() -> lc.Sheet:
    criteria = [c for year in content.rounds() for c in lc.award_rules(year).criteria]
    rows = [
        {
            "area": area.code,
            "area_en": area.name.en,
            "area_zh": area.name.zh,
            "round": int(criterion.code.split("-", 1)[0]),
            "code": criterion.code,
            "name_en": criterion.name.en,
            "name_zh": criterion.name.zh,
        }
        for area in lc.load_standard().areas
        for criterion in criteria
        if area.code in criterion.areas
    ]
    title = TABLES["criteria-by-area"]
    return exports.sheet("criteria-by-area", title, exports.frame(rows, _BY_AREA), _BY_AREA)
