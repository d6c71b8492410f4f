"""The calm overview of the data: counts, ways on, and the six kinds of emptiness."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, pictures, squares

Row = dict[str, Any]

#: Where a kind of emptiness stands on these pages.
_WHERE = {
    "not seen": lc.Text(
        "Beside conditions, rules and figures of cities, and as the empty square.",
        "用于城市的条件、规则与数据，亦即空白方格。",
    ),
    "not confirmed": lc.Text(
        "Beside every feature and measurement of the standard, and beside figures that a user marks so.",
        "用于标准的各项特征与测量指标，以及用户如此标注的数据。",
    ),
}
_ELSEWHERE = lc.Text(
    "In the place of a figure, where a row of facts says so.", "用于事实数据行所注明的空缺数值处。"
)


@cache
def build(language: str) -> Row:
    """Everything on the overview."""
    atlas = content.atlas()
    counts = {
        "facts": len(atlas.facts),
        "indicators": int(atlas.facts["indicator_id"].nunique()),
        "practices": len(atlas.practices),
        "codes": len(atlas.codes),
        "sources": len(atlas.sources),
        "doubtful": int((atlas.sources["tier"] == "doubtful").sum()),
        "conflicts": len(atlas.conflicts()),
        "statistical": len(atlas.statistical_sources),
        "cities": len(content.cities()),
        "tables": len(lc.atlas_schemas()),
    }
    return {
        "figures": {name: lc.format_number(n, language) for name, n in counts.items()},
        "emptiness": [_kind(kind, language) for kind in lc.Emptiness],
        "key": squares.key(language),
        "figure": picture(language).figure(),
    }


def picture(language: str) -> pictures.Picture:
    """The sources read, by tier."""
    return pictures.Picture("tiers", content.atlas(), "tiers", language)


def _kind(kind: lc.Emptiness, language: str) -> Row:
    return {
        "code": kind.value.replace(" ", "-"),
        "label": kind.label.in_(language),
        "meaning": kind.meaning.in_(language),
        "where": _WHERE.get(kind.value, _ELSEWHERE).in_(language),
        "marked": kind is lc.Emptiness.NOT_CONFIRMED,
        "count": counted(kind),
    }


def counted(kind: lc.Emptiness) -> int:
    """How often the atlas holds a kind of emptiness now."""
    if kind is lc.Emptiness.NOT_SEEN:
        counts = content.seen_not_counted()
        return sum(
            score is None and not counts.get(city, {}).get(name) and not squares.uncoded()[city, name]
            for city, scores in content.condition_scores().items()
            for name, score in scores.items()
        )
    number = int((content.atlas().facts["status"] == kind.value).sum())
    if kind is lc.Emptiness.NOT_CONFIRMED:
        for table in ("key-features", "measurements"):
            number += sum(str(r["confirmed"]) != "yes" for r in content.standard_rows(table))
    return number
