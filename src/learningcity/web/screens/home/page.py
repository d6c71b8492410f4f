"""What the first page shows, put together once a language."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.safestring import mark_safe

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]


@cache
def build(language: str) -> Row:
    """Everything on the first page."""
    atlas = content.atlas()
    drawn = lc.chart(atlas, "map", language, legend=False)
    coded = {practice: {c["coder"] for c in codes} for practice, codes in content.codes_by_practice().items()}
    twice = sum(len(coded.get(p, ())) > 1 for p in atlas.practices["practice_id"])
    awarded = [c for c in content.cities().values() if c.rounds]
    return {
        "map": mark_safe(drawn.svg),  # noqa: S308  (drawn by us, every text in it is escaped)
        "map_title": drawn.title,
        "map_alt": drawn.alt,
        "map_caption": drawn.caption,
        "map_rows": map_rows(language),
        "legend": [{"year": year, "step": number} for number, year in enumerate(content.rounds(), start=1)],
        "figures": {
            "awards": len(atlas.awards),
            "awarded": len(awarded),
            "others": len(content.cities()) - len(awarded),
            "rounds": len(content.rounds()),
            "countries": len({c.country for c in awarded}),
            "practices": len(atlas.practices),
            "twice": twice,
            "once": len(atlas.practices) - twice,
            "facts": len(atlas.facts),
            "indicators": atlas.facts["indicator_id"].nunique(),
            "sources": len(atlas.sources),
            "conflicts": len(atlas.conflicts()),
            "portraits": sum(atlas.portrait(c, language) is not None for c in atlas.city_ids()),
        },
        "tiers": tiers(language),
        "questions": questions(language),
    }


def map_rows(language: str) -> list[Row]:
    """The table of the map: every city with its country, region and rounds."""
    found = [
        {
            "href": f"/{language}/cities/{c.city_id}",
            "name": c.name(language),
            "country": lc.country_name(c.country, language),
            "region": lc.label("unesco_region", c.region, language),
            "rounds": c.rounds,
            "placed": c.latitude is not None,
        }
        for c in content.cities().values()
    ]
    return sorted(found, key=lambda r: content.sort_key(r["name"], language))


def tiers(language: str) -> list[Row]:
    """How many sources of each tier were read, with the width of a bar of 100."""
    counts = content.atlas().sources["tier"].value_counts()
    most = max(int(counts.max()), 1)
    return [
        {
            "tier": tier,
            "label": lc.label("tier", tier, language),
            "count": int(counts.get(tier, 0)),
            "width": round(100 * int(counts.get(tier, 0)) / most, 1),
        }
        for tier in content.TIERS
    ]


def questions(language: str) -> list[Row]:
    """Questions that the pages answer, each with the address of its answer; only those that have one."""
    cities, year = content.cities(), 2019
    asked: list[tuple[bool, lc.Text, str]] = [
        (
            year in content.rounds(),
            lc.Text("Which cities were awarded in 2019?", "2019年有哪些城市获奖？"),
            f"award#round-{year}",
        ),
        (
            "chengdu" in cities,
            lc.Text("What law did Chengdu pass?", "成都出台了什么法规？"),
            "cities/chengdu#law",
        ),
        (
            "wuhan" in cities,
            lc.Text(
                "How many universities has Wuhan, by which source and year?",
                "武汉有多少所高校？依据哪个来源、哪一年？",
            ),
            "cities/wuhan#indicator-universities_count",
        ),
        (
            "taiyuan" in cities,
            lc.Text("May Taiyuan apply under the latest rules?", "按最近一届规则，太原能否申请？"),
            "cities/taiyuan#eligibility",
        ),
        (
            True,
            lc.Text("In which awarded cities was a law seen?", "哪些获奖城市有法规的公开资料？"),
            "cities?award=yes&mechanism=law",
        ),
        (
            True,
            lc.Text("What did the jury look at in 2024, and what in 2017?", "2024年评什么，2017年又评什么？"),
            "award#criteria",
        ),
        (
            True,
            lc.Text("Where is learning for older people spoken of?", "哪些地方谈到老年人学习？"),
            "search?q=older" if language == "en" else "search?q=老年",
        ),
    ]
    return [{"text": text.in_(language), "href": f"/{language}/{to}"} for holds, text, to in asked if holds]
