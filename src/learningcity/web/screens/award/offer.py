"""What the award screen gives away: awards, criteria, rules, conferences."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.award.page import picture

TITLE = lc.Text("UNESCO Learning City Award", "联合国教科文组织学习型城市奖")
TABLES = {
    "awards": lc.Text("awards", "获奖记录"),
    "award-criteria": lc.Text("criteria", "评审标准"),
    "award-rules": lc.Text("rules", "评选规则"),
    "rounds": lc.Text("conferences", "历届大会"),
}
_DISPUTED = lc.Text(
    "Where pages disagree on a rule, each variant is a row.", "各页面对同一规则说法不一时，每种说法各占一行。"
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Everything on the award screen."""
    standards = lc.standard_tables()
    sheets = (
        _awards(),
        exports.of_table("award-criteria", standards["award-criteria"]),
        exports.of_table("award-rules", standards["award-rules"], _DISPUTED),
        exports.of_table("rounds", standards["rounds"]),
    )
    return picture(language).added(exports.Offer(TITLE.in_(language), sheets))


def _awards() -> lc.Sheet:
    columns = (
        *exports.columns("awards", "round", "city_id"),
        *exports.columns("cities", "name_en", "name_zh", "country_iso3", "unesco_region"),
        *exports.columns("awards", "source_id"),
    )
    frame = content.atlas().awards.merge(content.atlas().cities, on="city_id", how="left")
    title = lc.table_schemas()["awards"].title
    return exports.sheet("awards", title, frame, columns, rows_of="awards")
