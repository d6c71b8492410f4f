"""Chapter 2: the award, its rounds and rules, and who was awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas import MEMBERS_TOTAL, Atlas
from learningcity.core import Text, or_none
from learningcity.explain import AssociationResult, AtlasBackground
from learningcity.report import (
    Between,
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    P,
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
from learningcity.study.desk import Desk
from learningcity.study.parts import lede, limit, number, question, text
from learningcity.study.trials import asked_as, background

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
        lede(
            "The UNESCO Learning City Award is given to cities of the network that have made progress. It is not a prize for "
            "the best, and no seal: a city is awarded, not certified. What the award looks at has moved from what is learned "
            "to how a city organises learning.",
            "教科文组织学习型城市奖颁给网络中取得进展的城市。它不是评选最优，也不是认证：城市“获奖”，而非“达标”。评选所看重的，已由学习的内容转向城市组织学习的方式。",
        ),
    )  # fmt: skip
    return Section("award", TITLE, opening, (_rounds(desk), _criteria(desk), _rules(desk), _network(desk)))


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
    again = sorted(str(c) for c, times in awards["city_id"].value_counts().items() if times > 1)
    if again:
        named: tuple[Value, ...] = tuple(desk.city(c) for c in again)
        blocks.append(
            text("{cities} received it more than once.", "{cities}不止一次获奖。", cities=Listing(named))
        )
    blocks += [_regions(desk), _by_round(desk, rounds)]
    blocks.append(
        desk.figure(
            "award.timeline", say("One dot an award, by round and region", "历届获奖城市（一点为一次获奖）"), desk.atlas, "awards",
            desk.how("Awards by round and UNESCO region.", "按届次与教科文组织区域排列。", 'lc.chart(atlas, "awards")'),
        )
    )  # fmt: skip
    blocks.append(
        desk.figure(
            "award.map", say("Where the awarded cities lie", "获奖城市的分布"), _of_awarded(desk), "map",
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
            "A count of the lists; the rules limit how many cities a region or a country may send, so it says nothing of how many "
            "good learning cities there are.",
            "名单计数；规则限定了各区域、各国可推荐的城市数，因此不能说明学习型城市办得好的有多少。",
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
        say("Awarded cities by round and region", "历届获奖城市（按区域）"),
        heads,
        tuple(rows),
    )


# --- criteria -----------------------------------------------------------------------------------------


def _criteria(desk: Desk) -> Section:
    held = standard_tables()["award-criteria"]
    rounds = sorted(map(int, held["round"].unique()))
    kinds = {year: _how_share(held[held["round"] == year]) for year in rounds}
    first, last = rounds[0], rounds[-1]
    blocks: list[Block] = [
        text(
            "The criteria changed with almost every round. The first two asked which parts of the Key Features a city had "
            "carried out, the third took themes, and the later ones ask for a plan, for coordination, for resources, for "
            "monitoring: for the way in which a city does it.",
            "评选标准几乎每届都有变化。前两届看城市落实了《主要特征》的哪些内容，第三届按主题评选，此后各届看规划、协调、资源与监测，即城市怎样去做。",
        ),
        Finding(
            "award.criteria-moved",
            say(
                "Criteria on will, governance and resources alone: {a} of {b} in {first}, {c} of {d} in {last}.",
                "仅涉及意愿、治理与资源的标准，{first}年{b}项中有{a}项，{last}年{d}项中有{c}项。",
                first=Year(first), a=kinds[first][0], b=kinds[first][1], last=Year(last), c=kinds[last][0], d=kinds[last][1],
            ),
            "described",
            Coverage(len(held), len(held), Text("criteria of all rounds", "各届评选标准")),
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
    return Section("award.criteria", Text("What was judged", "评选标准及其变化"), tuple(blocks))


def _how_share(held: pd.DataFrame) -> tuple[int, int]:
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
        how, all_ = _how_share(here)
        rows.append((say("{year}", "{year}年", year=Year(year)), listed, number(how), number(all_)))
    return Table("award.criteria-by-round", say("Criteria of each round", "历届评选标准"), heads, tuple(rows))


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
            "award.rules", say("Rules by round", "历届规则"), heads, tuple(rows),
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


# --- the network --------------------------------------------------------------------------------------


def _network(desk: Desk) -> Section:
    members = desk.atlas.members
    title = Text("The awarded among the members of the network", "获奖城市与网络其他成员")
    found = background(desk)
    if not len(members) or found is None or found.members is None:
        return Section(
            "award.network", title,
            (limit("These data hold too few members to set awarded cities beside them.", "所用数据中的网络成员过少，无法与获奖城市比较。"),),
        )  # fmt: skip
    blocks: list[Block] = [
        text(
            "{n} members of the network are in the data, of {total} that UNESCO counts. Codes of practices exist for hardly any "
            "city without the award, so nothing is said of what awarded cities do differently. On size and on the context of "
            "their countries they can be set side by side.",
            "数据收录{n}个网络成员，教科文组织公布的总数为{total}个。未获奖城市几乎没有举措编码，因此不讨论获奖城市的做法与其他城市有何不同；"
            "仅就城市规模与所在国家的情况作比较。",
            n=len(members),
            total=MEMBERS_TOTAL,
        )
    ]
    blocks += [_contrast(desk, found, found.members, pair) for pair in found.members.judged]
    blocks.append(
        desk.figure(
            "award.contrast",
            say("Awarded cities and other members on size and country context", "获奖城市与其他成员：规模与所在国家情况"),
            found, "contrast",
            desk.how(
                "Rank-biserial correlation between being awarded and each figure, permuted by country.",
                "计算是否获奖与各项数据的秩二列相关，并按国家置换检验。", f'{asked_as(desk, "background")}\nlc.chart(found, "contrast")',
                "learningcity explain associate --atlas", seed=True,
            ),
            say("Country figures are context and say nothing of the city.", "国家数据仅为背景，不代表城市自身。"),
        )
    )  # fmt: skip
    return Section("award.network", title, tuple(blocks))


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _contrast_code(desk: Desk, name: str, adjust: str) -> str:
    return (
        f"{asked_as(desk, 'background')}\n"
        f'pair = next(one for one in found.members.judged if one.background == "{name}")\n'
        f'{{"estimate": pair.estimate, "q": pair.q_{adjust}, "n": pair.n}}'
    )


def _contrast(desk: Desk, found: AtlasBackground, members: AssociationResult, pair: Any) -> Finding:
    q = float(pair.q_bh if members.adjust == "bh" else pair.q_by)
    borne = any(one.background == pair.background for one in members.found)
    name = found.labels.get(pair.background, Text(pair.background, pair.background))
    held: dict[str, Any] = {
        "what": Word(Text(_inside(name.en), f"“{name.zh}”")), "r": Number(float(pair.estimate), 2), "n": int(pair.n),
    }  # fmt: skip
    claim = say(
        "Weak: awarded cities differ from other members in {what} (rank-biserial correlation {r}, {n} cities).",
        "证据较弱：获奖城市与其他成员在{what}上有差异（秩二列相关{r}，{n}个城市）。", **held,
    ) if borne else say(
        "That awarded cities differ from other members in {what} is not borne out (rank-biserial correlation {r}, {n} cities).",
        "获奖城市与其他成员在{what}上的差异未获支持（秩二列相关{r}，{n}个城市）。", **held,
    )  # fmt: skip
    low, high = or_none(getattr(pair, "low", None)), or_none(getattr(pair, "high", None))
    q_said = say(
        "False discovery rate {q} over {k} comparisons.",
        "{k}项比较的错误发现率：{q}。",
        q=P(q),
        k=len(members.judged),
    )
    if low is not None and high is not None:
        q_said = join(say("95% interval {i}.", "95%区间为{i}。", i=Between(float(low), float(high))), q_said)
    return Finding(
        f"award.contrast-{str(pair.background).replace('_', '-')}", claim, "weak" if borne else "nothing",
        Coverage(int(pair.n), len(desk.atlas.members), Text("members with the figure", "有此项数据的成员")), q_said,
        desk.how(
            "Rank-biserial correlation between being awarded and the figure over the member list; p by permutation of countries, "
            "false discovery rate by Benjamini and Hochberg.",
            "在成员名单上计算是否获奖与该数据的秩二列相关；p值由按国家置换得到，错误发现率按Benjamini与Hochberg方法控制。",
            _contrast_code(desk, str(pair.background), members.adjust), "learningcity explain associate --atlas", seed=True,
        ),
        {"estimate": float(pair.estimate), "q": q, "n": int(pair.n)},
    )  # fmt: skip
