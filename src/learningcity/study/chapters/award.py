"""Chapter 2: the award, its rounds and rules, and who was awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas
from learningcity.core import Text, or_none
from learningcity.report import (
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Paragraph,
    Section,
    Share,
    Table,
    Value,
    Word,
    Year,
    join,
    say,
)
from learningcity.standards import standard_tables
from learningcity.study.chapters.award_network import network
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, question, text

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("The award and the awarded", "奖项与获奖城市")
REGIONS = ("AFR", "ARB", "APA", "ENA", "LAC")
#: Areas of the standard on how a city does it: will, governance, resources.
HOW_AREAS = frozenset({"10", "11", "12"})
#: The rules that tell rounds apart, where a round has them.
RULES = (
    "eligibility",
    "nominations-per-natcom",
    "max-cities-per-region",
    "exclusion-years",
    "min-membership-months",
    "decides",
    "periodicity",
    "validity",
)

#: The counts of this chapter again.
COUNT_CODE = """awards = atlas.awards
{"awards": len(awards), "cities": awards["city_id"].nunique(), "rounds": awards["round"].nunique()}"""
REGIONS_CODE = """held = atlas.cities[atlas.cities["city_id"].isin(awarded)]
{
    **{f"region {code}": (held["unesco_region"] == code).sum() for code in ("AFR", "ARB", "APA", "ENA", "LAC")},
    "countries": held["country_iso3"].nunique(),
}"""
CRITERIA_CODE = """held = lc.standard_tables()["award-criteria"]
how = held["key_feature_areas"].map(lambda cell: set(str(cell).split(";")) <= {"10", "11", "12"})
{
    **{f"how {year}": n for year, n in how.groupby(held["round"]).sum().items()},
    **{f"all {year}": n for year, n in held["round"].value_counts().items()},
}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    opening: tuple[Block, ...] = (
        question("Which cities were awarded, when, by which criteria and rules?", "哪些城市在何时、依据怎样的标准和规则获奖？"),
        _answer(desk),
    )  # fmt: skip
    return Section("award", TITLE, opening, (_rounds(desk), _criteria(desk), _rules(desk), network(desk)))


def _answer(desk: Desk) -> Paragraph:
    """The answer in short: how many, where, and what the award looks at."""
    first, region = desk.atlas.first_award, _region_of(desk)
    where = {region[c] for c in first}
    held: dict[str, Any] = {
        "n": len(first), "rounds": int(desk.atlas.awards["round"].nunique()), "regions": len(where), "all": len(REGIONS),
    }  # fmt: skip
    counted = None
    if first:
        counted = say(
            "In {rounds} {rounds:round|rounds} the UNESCO Learning City Award has gone to {n} {n:city|cities} in {regions} of the {all} "
            "regions of UNESCO.",
            "联合国教科文组织学习型城市奖已评选{rounds}届，共有{n}个城市获奖，分布于教科文组织{all}个区域中的{regions}个。", **held,
        ) if len(where) < len(REGIONS) else say(
            "In {rounds} {rounds:round|rounds} the UNESCO Learning City Award has gone to {n} {n:city|cities}, in all {all} regions of UNESCO.",
            "联合国教科文组织学习型城市奖已评选{rounds}届，共有{n}个城市获奖，遍及教科文组织全部{all}个区域。",
            **{k: v for k, v in held.items() if k != "regions"},
        )  # fmt: skip
    meant = say(
        "It is given to cities that have made progress. It is not a prize for the best, and no seal: a city is awarded, not "
        "certified. What the award looks at has moved from what is learned to how a city organises learning.",
        "该奖颁给取得进展的城市，不是评选最优，也不是认证：城市是“获奖”，而非“达标”。评选的着眼点，已由学习的内容转向城市如何组织学习。",
    )
    return Paragraph(join(counted, meant), "lede")


# --- rounds -------------------------------------------------------------------------------------------


def _rounds(desk: Desk) -> Section:
    awards = desk.atlas.awards
    title = Text("Rounds and cities", "历届评选与获奖城市")
    if not len(awards):
        return Section(
            "award.rounds", title, (limit("No award is in these data.", "所用数据中没有获奖记录。"),)
        )
    rounds = sorted(map(int, awards["round"].unique()))
    cities, n = int(awards["city_id"].nunique()), len(awards)
    claim = say(
        "{n} {n:award|awards} went to {cities} {cities:city|cities} in {rounds} {rounds:round|rounds}{marks}.",
        "{rounds}届评选中，{cities}个城市共获奖{n}次{marks}。",
        n=n, cities=cities, rounds=len(rounds), marks=desk.sources(awards["source_id"]),
    ) if len(rounds) == 1 else say(
        "{n} {n:award|awards} went to {cities} {cities:city|cities} in {rounds} rounds from {first} to {last}{marks}.",
        "{first}至{last}年的{rounds}届评选中，{cities}个城市共获奖{n}次{marks}。",
        n=n, cities=cities, rounds=len(rounds), first=Year(rounds[0]), last=Year(rounds[-1]),
        marks=desk.sources(awards["source_id"]),
    )  # fmt: skip
    again = sorted(str(c) for c, times in awards["city_id"].value_counts().items() if times > 1)
    if again:
        named: tuple[Value, ...] = tuple(desk.city(c) for c in again)
        claim = join(
            claim,
            say("{cities} received it more than once.", "其中{cities}不止一次获奖。", cities=Listing(named)),
        )
    blocks: list[Block] = [
        Finding(
            "award.count",
            claim,
            "described",
            Coverage(cities, cities, Text("awarded cities in the data", "数据中的获奖城市")),
            say(
                "The lists of the rounds were read as published; no estimate enters.",
                "依据公布的各届名单，不含估计。",
            ),
            desk.how("A count of awards by round and city.", "按届次与城市计数。", COUNT_CODE),
            {"awards": n, "cities": cities, "rounds": len(rounds)},
        )
    ]
    blocks += [_regions(desk), _by_round(desk, rounds)]
    blocks.append(
        desk.figure(
            "award.timeline", say("Awards by round and region: one dot an award", "历届获奖城市的区域分布（一点为一次获奖）"), desk.atlas, "awards",
            desk.how("Awards by round and UNESCO region.", "按届次与教科文组织区域排列。", 'lc.chart(atlas, "awards")'),
        )
    )  # fmt: skip
    blocks.append(
        desk.figure(
            "award.map", say("Where the awarded cities lie; the darker the dot, the later the first award", "获奖城市的分布（圆点越深，首次获奖越晚）"), _of_awarded(desk), "map",
            desk.how(
                "Each city by its coordinates; the darker the dot, the later the first award.",
                "按坐标标出各城市；圆点越深，首次获奖越晚。", 'lc.chart(of_cases(atlas, awarded), "map")',
            ),
            say("A city without coordinates stands in the table alone.", "没有坐标的城市只列于表中。"),
        )
    )  # fmt: skip
    return Section("award.rounds", title, tuple(blocks))


def _of_awarded(desk: Desk) -> Atlas:
    from learningcity.study.run import of_cases

    return of_cases(desk.atlas, desk.awarded)


def _region_of(desk: Desk) -> dict[str, str]:
    return dict(zip(desk.atlas.cities["city_id"], desk.atlas.cities["unesco_region"], strict=True))


def _regions(desk: Desk) -> Finding:
    region = _region_of(desk)
    first = desk.atlas.first_award
    counts = {code: sum(region[c] == code for c in first) for code in REGIONS}
    seen = {code: n for code, n in counts.items() if n}
    most = max(seen, key=lambda c: seen[c])
    alike = tuple(desk.label("unesco_region", c) for c in REGIONS if seen.get(c) == seen[most])
    each_of = Word(Text("each ", "各") if len(alike) > 1 else Text("", ""))
    countries = desk.atlas.cities.loc[desk.atlas.cities["city_id"].isin(first), "country_iso3"]
    each = countries.value_counts()
    leading = sorted(str(c) for c in each.index[each == each.max()])
    named: tuple[Value, ...] = tuple(desk.country(c) for c in leading[:4])
    many = len(leading) > 4 or each.max() == 1
    by_country = say(
        "The cities lie in {n} {n:country|countries}, with the most ({top}{apiece}) in {leading}.",
        "获奖城市分布于{n}个国家，其中{leading}最多（{apiece}{top}个）。",
        apiece=Word(Text(" each", "各") if len(leading) > 1 else Text("", "")), n=len(each), leading=Listing(named), top=int(each.max()),
    ) if not many else say("The cities lie in {n} {n:country|countries}.", "获奖城市分布于{n}个国家。", n=len(each))  # fmt: skip
    return Finding(
        "award.regions",
        join(
            say(
                "All {all} regions of UNESCO have awarded cities; the most, {each}{n} of {total} ({part}), lie in {region}.",
                "教科文组织全部{all}个区域都有城市获奖；最多的是{region}，{each}占{total}个中的{n}个（{part}）。",
                all=len(REGIONS), n=seen[most], total=len(first), part=Share(seen[most] / len(first)),
                region=Listing(alike, zh="、"), each=each_of,
            ) if len(seen) == len(REGIONS) else say(
                "{k} of the {all} regions of UNESCO {k:has|have} awarded cities; the most, {each}{n} of {total} ({part}), lie in {region}.",
                "教科文组织{all}个区域中有{k}个区域的城市获奖；最多的是{region}，{each}占{total}个中的{n}个（{part}）。",
                k=len(seen), all=len(REGIONS), n=seen[most], total=len(first), part=Share(seen[most] / len(first)),
                region=Listing(alike, zh="、"), each=each_of,
            ),
            by_country,
        ),
        "described",
        Coverage(len(first), len(first), Text("awarded cities", "获奖城市")),
        say(
            "A count of the lists; the rules limit how many cities a region or a country may send, so it says nothing of where learning cities "
            "are good.",
            "依名单计数；规则限定了各区域、各国可推荐的城市数，因此不能说明各地学习型城市建设的优劣。",
        ),
        desk.how("Awarded cities by UNESCO region and country.", "按教科文组织区域与国家统计获奖城市。", REGIONS_CODE),
        {**{f"region {k}": v for k, v in counts.items()}, "countries": len(each)},
    )  # fmt: skip


def _by_round(desk: Desk, rounds: list[int]) -> Table:
    awards, region = desk.atlas.awards, _region_of(desk)
    codes = [code for code in REGIONS if code in region.values()]
    heads = (
        Head(Text("Round", "届次")), *(Head(desk.label("unesco_region", c).text, numeric=True) for c in codes),
        Head(Text("All", "合计"), numeric=True), Head(Text("Cities", "城市")),
    )  # fmt: skip
    rows = []
    for year in rounds:
        here = [str(c) for c in awards.loc[awards["round"] == year, "city_id"]]
        each = [sum(region[c] == code for c in here) for code in codes]
        named: tuple[Value, ...] = tuple(
            desk.city(c) for c in sorted(here, key=lambda c: desk.city(c).text.en)
        )
        cells: list[Cell] = [number(n) for n in (*each, len(here))]
        cities = say("{cities}", "{cities}", cities=Listing(named, en=",", zh="、"))
        rows.append((say("{year}", "{year}年", year=Year(year)), *cells, cities))
    return Table(
        "award.by-round",
        say("Awarded cities by round and region, with their names", "历届获奖城市名单及区域分布"),
        heads,
        tuple(rows),
    )


# --- criteria -----------------------------------------------------------------------------------------


def _criteria(desk: Desk) -> Section:
    held = standard_tables()["award-criteria"]
    rounds = sorted(map(int, held["round"].unique()))
    kinds = {year: how_share(held[held["round"] == year]) for year in rounds}
    first, last = rounds[0], rounds[-1]
    blocks: list[Block] = [
        text(
            "An award tells what its giver looks for. The criteria changed with almost every round: the first two asked which parts of the Key Features a city had "
            "carried out, the third took themes, and the later ones ask for a plan, for coordination, for resources, for "
            "monitoring: for the way in which a city does it.",
            "评什么，反映授奖者看重什么。评审标准几乎每届都有变化：前两届看城市落实了《主要特征》的哪些内容，第三届按主题评选，此后各届看规划、协调、资源与监测，即城市怎样去做。",
        ),
        Finding(
            "award.criteria-moved",
            say(
                "Criteria that ask how a city goes about it, by its will, governance and resources alone, were {a} of {b} in {first} and {c} of {d} in {last}.",
                "专门考察城市如何推进（意愿、治理与资源）的评审标准，{first}年{b}项中有{a}项，{last}年{d}项中有{c}项。",
                first=Year(first), a=kinds[first][0], b=kinds[first][1], last=Year(last), c=kinds[last][0], d=kinds[last][1],
            ),
            "described",
            Coverage(len(held), len(held), Text("criteria of all rounds", "各届评审标准")),
            say(
                "Which area a criterion belongs to is our mapping, not UNESCO's; another reader may draw the line elsewhere.",
                "各项标准归入哪个领域由本研究划定，并非教科文组织所定；不同读者的划分可能不同。",
            ),
            desk.how(
                "A criterion counts as one on how when all areas it is mapped to are 10, 11 or 12.",
                "一项标准所对应的领域均在第10至12领域之内时，计为“怎样做”的标准。",
                CRITERIA_CODE,
            ),
            {f"how {y}": k[0] for y, k in kinds.items()} | {f"all {y}": k[1] for y, k in kinds.items()},
        ),
        _criteria_table(desk, held, rounds),
    ]  # fmt: skip
    return Section("award.criteria", Text("What was judged", "评审标准及其变化"), tuple(blocks))


def how_share(held: pd.DataFrame) -> tuple[int, int]:
    """How many of these criteria ask how a city does it alone, and of how many."""
    areas = [set(str(cell).split(";")) for cell in held["key_feature_areas"] if or_none(cell) is not None]
    return sum(one <= HOW_AREAS for one in areas), len(held)


def _criteria_table(desk: Desk, held: pd.DataFrame, rounds: list[int]) -> Table:
    heads = (
        Head(Text("Round", "届次")), Head(Text("Criteria", "标准")), Head(Text("On how a city does it", "怎样做"), numeric=True),
        Head(Text("All", "合计"), numeric=True),
    )  # fmt: skip
    rows = []
    for year in rounds:
        here = held[held["round"] == year]
        names: tuple[Value, ...] = tuple(Word(Text(r.name_en, r.name_zh)) for r in here.itertuples())
        listed = say(
            "{names}{marks}", "{names}{marks}",
            names=Listing(names, en=";", zh="、"), marks=desk.sources(here["source_ids"]),
        )  # fmt: skip
        how, all_ = how_share(here)
        rows.append((say("{year}", "{year}年", year=Year(year)), listed, number(how), number(all_)))
    return Table(
        "award.criteria-by-round",
        say(
            "Criteria of each round, and how many ask how a city does it",
            "历届评审标准，以及其中考察“怎样做”的项数",
        ),
        heads,
        tuple(rows),
    )


# --- rules --------------------------------------------------------------------------------------------


def _rules(desk: Desk) -> Section:
    held = standard_tables()["award-rules"]
    rounds = sorted(map(int, held["round"].unique()))
    heads = (Head(Text("Rule", "规则")), *(Head(Text(str(y), f"{y}年")) for y in rounds))
    rows = []
    for rule in (one for one in RULES if (held["rule_id"] == one).any()):
        cells: list[Cell] = []
        for year in rounds:
            here = held[(held["rule_id"] == rule) & (held["round"] == year)]
            cells.append(_rule_cell(desk, here))
        rows.append((say("{rule}", "{rule}", rule=_rule_name(rule)), *cells))
    disputed = held.groupby(["round", "rule_id"]).size()
    blocks: list[Block] = [
        text(
            "A rule belongs to its round. The first round was open beyond the network; since then a city must be a member, its "
            "National Commission nominates it, and a jury decides.",
            "规则因届而异。首届评选不限于网络成员；此后申请城市须为网络成员，由本国教科文组织全国委员会提名，并由评审团决定。",
        ),
        Table(
            "award.rules", say("How the rules differ from round to round", "历届评选规则的异同"), heads, tuple(rows),
            say("An empty cell: no such rule was seen on the pages of that round.", "空格：该届页面上未见此项规则。"),
        ),
    ]  # fmt: skip
    n = int((disputed > 1).sum())
    if n:
        blocks.append(
            limit(
                "On {n} {n:rule|rules} UNESCO's own pages disagree; both readings are kept and shown.",
                "有{n}项规则在教科文组织自己的网页上说法不一，两种说法均予保留并列出。",
                n=n,
            )
        )
    return Section(
        "award.rules-by-round", Text("Who may apply and who decides", "谁可申请、由谁评定"), tuple(blocks)
    )


_RULE_NAMES = {
    "eligibility": Text("Who may apply", "申请资格"),
    "nominations-per-natcom": Text("Nominations of a National Commission, at most", "每个全国委员会提名上限"),
    "max-cities-per-region": Text("Cities of a region, at most", "每个地区获奖上限"),
    "exclusion-years": Text("Years before an awarded city may apply again", "获奖后再次申请的间隔年数"),
    "min-membership-months": Text("Months of membership before", "入网满月数"),
    "decides": Text("Who decides", "由谁评定"),
    "periodicity": Text("How often", "评选周期"),
    "validity": Text("How long it is valid", "有效期"),
}


def _rule_name(rule: str) -> Word:
    return Word(_RULE_NAMES[rule])


def _rule_cell(desk: Desk, here: pd.DataFrame) -> Cell:
    if not len(here):
        return None
    told: tuple[Value, ...] = tuple(
        Word(Text(f"{int(float(r.value))}", f"{int(float(r.value))}")) if r.kind == "number" else Word(Text(str(r.rule_en), str(r.rule_zh)))
        for r in here.itertuples()
    )  # fmt: skip
    return say(
        "{told}{marks}",
        "{told}{marks}",
        told=Listing(told, en="or", zh="或"),
        marks=desk.sources(here["source_ids"]),
    )
