"""What the first page shows, put together once a language."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.safestring import mark_safe

import learningcity as lc
from learningcity.web import content, maps
from learningcity.web.content import studies
from learningcity.web.context import SCREENS
from learningcity.web.screens.eligibility import judged

Row = dict[str, Any]


@cache
def build(language: str) -> Row:
    """Everything on the first page."""
    atlas = content.atlas()
    drawn = maps.chart(language, legend=False)
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
        },
        "study": study(language),
        "tiers": tiers(language),
        "questions": questions(language),
        "doors": doors(language),
    }


def study(language: str) -> Row:
    """The study, to which the first page leads before all else."""
    asks = lc.Text(
        "What is a learning city, who was awarded against what background, what do these cities share, how did they "
        "do it, and what can others learn? Each answer says how sure it is and how it was computed.",
        "学习型城市是什么，哪些城市在怎样的背景下获奖，有何共同特征，如何做到，其他城市可以借鉴什么？每个回答都说明可靠程度与计算方式。",
    )
    return {
        "kicker": lc.Text("The study", "研究").in_(language),
        "title": studies.asked().title.in_(language),
        "asks": asks.in_(language),
        "href": f"/{language}/study",
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
            lc.Text("May Taiyuan apply in the coming round?", "下一届评选，太原能否申请？"),
            f"eligibility?city=taiyuan&round={judged.coming()}",
        ),
        (
            True,
            lc.Text(
                "Which cities could not apply in 2024, and by which rule?",
                "2024年哪些城市不能申请？依据哪条规则？",
            ),
            "eligibility/who?round=2024&answer=no",
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


#: What each screen holds, in a sentence; a screen of the navigation without one is not offered here.
_DOORS = {
    "lessons": lc.Text(
        "What a city can learn: comparable awarded cities, gaps and lessons; for your own city by ten numbers.",
        "一个城市可以借鉴什么：可比的获奖城市、差距与启示；您的城市只需填写十个数字。",
    ),
    "study": lc.Text(
        "The comparative study of the awarded cities, chapter by chapter, computed from the tables of this site.",
        "获奖城市比较研究，按章阅读，由本站数据计算得出。",
    ),
    "cities": lc.Text(
        "Find cities by region, country, round, size and what was seen there; each has a page with its figures, "
        "practices, codes and sources.",
        "按地区、国家、届次、规模和所见情况查找城市；每个城市都有页面，列出数据、举措、编码和来源。",
    ),
    "compare": lc.Text(
        "Two to six cities side by side: background, practices and themes, and how much was read of each.",
        "两至六个城市并列：背景、举措、呈现的特征，以及各自读过多少资料。",
    ),
    "practices": lc.Text(
        "What cities did: search and filter by mechanism, area, theme, problem and group, before or after the award.",
        "城市做了什么：按举措类别、领域、特征、问题和人群检索，区分获奖前后。",
    ),
    "award": lc.Text(
        "The rounds since 2015, who was awarded, what each round judged, the rules with their contradictions, "
        "and what the award is not.",
        "2015年以来的历届评选：谁获奖、评什么、有哪些规则及其出入，以及这个奖项不是什么。",
    ),
    "eligibility": lc.Text(
        "May a city apply? Rule by rule, for any member seen and any round, with what is not known and whom to ask.",
        "城市能否申请：任选已见成员和届次，逐条对照规则，并说明哪些尚不清楚、可向何处核实。",
    ),
    "standard": lc.Text(
        "The Key Features of Learning Cities: pillars, areas, features and measurements, with a mark on everything "
        "that nobody has confirmed yet.",
        "《学习型城市的主要特征》：板块、领域、特征和测量指标，未经核实的内容均已标注。",
    ),
    "ideas": lc.Text(
        "Lifelong learning, learning society, learning city: concepts, key works and research on a time line.",
        "终身学习、学习型社会、学习型城市：概念、重要文献与研究，按年代排列。",
    ),
    "china": lc.Text(
        "The national framework of China: policy, law, monitoring, credit banks, bottlenecks and remedies.",
        "中国的国家框架：政策、法规、监测、学分银行、发展瓶颈与对策。",
    ),
    "network": lc.Text(
        "The members of the network that were seen, by year, region and country, with the gaps said aloud.",
        "已见的网络成员：按加入年份、地区和国家查看，缺漏之处一并说明。",
    ),
    "crosswalk": lc.Text(
        "The twelve areas against the criteria of each round and other frameworks.",
        "十二个领域与历届评审标准及其他框架的对照。",
    ),
    "analysis": lc.Text(
        "What goes with what over all cities: which order is safe whatever one chooses, which conditions go together "
        "with a theme; and what may not be read from it.",
        "纵观全部城市：无论如何选择都稳健的先后，哪些条件组合与某一特征相伴出现，以及不能由此得出什么。",
    ),
    "data": lc.Text(
        "How much was seen of each city, where sources disagree, which sources were read, how the two passes agree; "
        "all to be taken away.",
        "各市资料见到多少、来源何处不一致、读过哪些来源、两遍编码是否一致；均可下载。",
    ),
    "about": lc.Text(
        "Method, limits, what may not be claimed, licences, and how to cite.",
        "方法、局限、不能据此主张什么、许可，以及如何引用。",
    ),
}


def doors(language: str) -> list[Row]:
    """Every screen of the navigation with what it holds."""
    return [
        {"href": f"/{language}/{name}", "label": label, "text": _DOORS[name].in_(language)}
        for name, label in SCREENS
    ]
