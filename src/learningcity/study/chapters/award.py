"""Chapter 2: the award, its rounds and rules, and who was awarded."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Head,
    Listing,
    Paragraph,
    Section,
    Table,
    Value,
    Year,
    say,
)
from learningcity.study.desk import Desk

TITLE = Text("The award and the awarded", "奖项与获奖城市")


def build(desk: Desk) -> Section:
    """Build the chapter."""
    return Section("award", TITLE, tuple(_opening(desk)), (_rounds(desk),))


def _opening(desk: Desk) -> list[Block]:
    question = say(
        "Which cities were awarded, when, and by which rules?", "哪些城市在何时、依据哪些规则获奖？"
    )
    return [Paragraph(question, "question")]


def _rounds(desk: Desk) -> Section:
    awards = desk.atlas.awards
    blocks: list[Block] = []
    if not len(awards):
        blocks.append(Paragraph(say("No award is in these data.", "所用数据中没有获奖记录。"), "limit"))
        return Section("award.rounds", Text("Rounds", "历届评选"), tuple(blocks))
    rounds = sorted(map(int, awards["round"].unique()))
    cities, n = awards["city_id"].nunique(), len(awards)
    again = sorted(city for city, times in awards["city_id"].value_counts().items() if times > 1)
    claim = say(
        "{n} {n:award|awards} went to {cities} {cities:city|cities} in {rounds} {rounds:round|rounds}, from {first} to {last}{marks}.",
        "{first}至{last}年的{rounds}届评选中，{cities}个城市共获奖{n}次{marks}。",
        n=n, cities=cities, rounds=len(rounds), first=Year(rounds[0]), last=Year(rounds[-1]),
        marks=desk.sources(awards["source_id"]),
    )  # fmt: skip
    repeated: tuple[Value, ...] = tuple(desk.city(city) for city in again)
    told = say("Awarded more than once: {cities}.", "多次获奖的有{cities}。", cities=Listing(repeated))
    blocks.append(
        Finding(
            "award.count",
            claim,
            "described",
            Coverage(
                cities,
                cities,
                Text("awarded cities on the public lists that were read", "所读公开名单上的获奖城市"),
            ),
            say("The lists of the rounds were read as published.", "依据公布的各届名单。"),
            desk.how("A count of awards by round and city.", "按届次与城市计数。", "lc.load_atlas().awards"),
            {"awards": n, "cities": cities, "rounds": len(rounds)},
        )
    )
    if again:
        blocks.append(Paragraph(told))
    blocks.append(_by_round(desk, rounds))
    return Section("award.rounds", Text("Rounds", "历届评选"), tuple(blocks))


def _by_round(desk: Desk, rounds: list[int]) -> Table:
    awards = desk.atlas.awards
    region = desk.atlas.cities.set_index("city_id")["unesco_region"]
    codes = [code for code in ("AFR", "ARB", "APA", "ENA", "LAC") if (region == code).any()]
    counts = awards.assign(region=awards["city_id"].map(region)).groupby(["round", "region"]).size()
    heads = (
        Head(Text("Round", "届次")), *(Head(desk.label("unesco_region", c).text, numeric=True) for c in codes),
        Head(Text("All", "合计"), numeric=True),
    )  # fmt: skip
    rows = []
    for year in rounds:
        each = [int(counts.get((year, code), 0)) for code in codes]
        cells = [say("{n}", "{n}", n=n) for n in (*each, sum(each))]
        rows.append((say("{year}", "{year}年", year=Year(year)), *cells))
    return Table(
        "award.by-round",
        say("Awards by round and UNESCO region", "历届获奖城市数（按教科文组织区域）"),
        heads,
        tuple(rows),
    )
