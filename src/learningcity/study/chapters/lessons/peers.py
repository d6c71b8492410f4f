"""Who can be compared, and why."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.plan import LessonsResult, PeersResult
from learningcity.report import (
    Block,
    Bullets,
    Coverage,
    Finding,
    Head,
    Link,
    Listing,
    Number,
    Section,
    Share,
    Table,
    Value,
    Word,
    say,
)
from learningcity.study.chapters.lessons.words import cell
from learningcity.study.desk import Desk
from learningcity.study.parts import number, share, text

HEADS = (
    Head(Text("City", "城市")),
    Head(Text("Comparable awarded cities (similarity)", "可比获奖城市（相似度）")),
    Head(Text("Nearest of another country", "最相近的他国城市")),
    Head(Text("Compared, mean", "平均可比部分"), True),
    Head(Text("Peers stay, mean", "平均保留率"), True),
)


#: From lessons to the numbers of the finding.
PEERS_CODE = """rows = [row for one in found.gaps.values() for row in one.peers.table().to_dict("records")]
home = {row["city_id"] for row in rows if row["country_iso3"] == found.country}
mean = {name: sum(row[name] for row in rows) / len(rows) for name in ("stays", "coverage")}
{"cities": len(found.gaps), "peers": len({row["city_id"] for row in rows}), "home": len(home), **mean}"""


def peer_section(desk: Desk, found: LessonsResult) -> Section:
    """The comparable cities of every city of the target."""
    every = {key: one.peers for key, one in found.gaps.items()}
    blocks: list[Block] = [
        text(
            "Two cities are comparable where their backgrounds are alike: population above all, then income per head and "
            "the share of older people, density, schooling and unemployment; the country's income, age and schooling and "
            "the region enter as context, with less than half the weight of the city's own figures. A distance is taken over the "
            "figures that both have, and whoever shares too few is not compared.",
            "背景相近即为可比：首先看人口规模，其次是人均产值与老年人口比重，再看人口密度、受教育年限和失业率；国家的收入、年龄结构、受教育年限以及"
            "所属地区仅作背景，权重不及城市自身数据的一半。距离只在双方均有数据的项目上计算，共有数据过少者不作比较。",
        ),
        _finding(desk, found, every),
        _table(desk, found, every),
        text(
            "For each city abroad that is the nearest of somebody, the pair that is most alike:"
            if len(every) > 1
            else "In what each is alike, and in what it is not:",
            "就各最相近的他国城市，取最为相似的一对说明异同："
            if len(every) > 1
            else "与各可比城市相比，异同如下：",
        ),
        _why(desk, every, found.country),
    ]
    blocks += _members(desk, found)
    return Section(
        "lessons.peers", Text("Which awarded cities can be compared", "可与哪些获奖城市相比"), tuple(blocks)
    )


def _finding(desk: Desk, found: LessonsResult, every: dict[str, PeersResult]) -> Finding:
    names = [c for one in every.values() for c in one.peers]
    counts = {c: names.count(c) for c in dict.fromkeys(names)}
    first = max(counts, key=lambda c: (counts[c], c))
    home = {
        c for c in counts
        if desk.atlas.cities.set_index("city_id").at[c, "country_iso3"] == found.country
    }  # fmt: skip
    rows = [one.ranking.head(one.n) for one in every.values()]
    stays = sum(float(r["stays"].sum()) for r in rows) / max(sum(len(r) for r in rows), 1)
    cover = sum(float(r["coverage"].sum()) for r in rows) / max(sum(len(r) for r in rows), 1)
    if len(every) > 1:
        claim = say(
            "For {n} cities of {name} there are {m} comparable awarded {m:city|cities}, {h} of them of the same country; "
            "most often it is {first} ({k} times).",
            "{name}的{n}个城市共有{m}个可比获奖城市，其中{h}个在同一国家；出现最多的是{first}（{k}次）。",
            n=len(every), name=Word(found.name), m=len(counts), h=len(home), first=desk.city(first), k=counts[first],
        )  # fmt: skip
    else:
        near = tuple(desk.city(c) for c in names)
        claim = say(
            "Comparable awarded cities of {name} are, nearest first, {near}; {h} of {m} {h:is|are} of the same country.",
            "与{name}可比的获奖城市由近及远为{near}；{m}个中有{h}个在同一国家。",
            name=Word(found.name), near=Listing(near), h=len(home), m=len(counts),
        ) if home else say(
            "Comparable awarded cities of {name} are, nearest first, {near}; none of them is of the same country.",
            "与{name}可比的获奖城市由近及远为{near}；均不在同一国家。",
            name=Word(found.name), near=Listing(near),
        )  # fmt: skip
    awarded = len(desk.awarded)
    return Finding(
        "lessons.comparable",
        claim,
        "described",
        Coverage(min(len(counts), awarded), awarded, Text("awarded cities that are a peer", "作为可比城市的获奖城市")),
        say(
            "When weights vary by half, figures are left out and what was not seen is drawn from other cities, a peer stays "
            "among the nearest in {stays} of the draws on average; {cover} of the weight could be compared.",
            "当各项权重上下浮动一半、随机略去若干数据、未见的差异由其他城市抽取时，可比城市平均在{stays}的抽样中仍居最近之列；可比部分平均占权重的{cover}。",
            stays=Share(stays), cover=Share(cover),
        ),
        desk.how(
            "Weighted mean of scaled differences over the figures that both cities have (Gower 1971).",
            "对双方均有数据的各项，取标准化差异的加权平均（Gower，1971）。",
            code_of(desk, found, PEERS_CODE), command_of(found, "peers"), seed=True, weights={f.name: f.weight for f in _figures(every)},
        ),
        {"cities": len(every), "peers": len(counts), "home": len(home), "stays": stays, "coverage": cover},
    )  # fmt: skip


def _figures(every: dict[str, PeersResult]) -> Any:
    return next(iter(every.values())).figures


def code_of(desk: Desk, found: LessonsResult, body: str) -> str:
    """Lines that give the numbers of a finding: the lessons of the target, and what is taken from them."""
    if found.kind == "own":
        target = 'lc.read_own_city("city.toml")'
    else:
        target = repr(found.country if found.kind == "country" else found.cities[0])
    asked = (
        f"coder={found.coder!r}, policy=policy, draws={found.choices['draws']}, seed={found.choices['seed']}"
    )
    return f"found = lc.lessons(atlas, {target}, {asked})\n{body}"


def command_of(found: LessonsResult, name: str) -> str:
    """The same on the command line."""
    if found.kind == "own":
        return f"learningcity plan {name} city.toml"
    target = found.country if name == "lessons" and found.kind == "country" else found.cities[0]
    return f"learningcity plan {name} {target}"


def _name(desk: Desk, key: str, one: PeersResult) -> Value:
    return desk.city(key) if key else Word(one.name)


def _of_one(desk: Desk, found: LessonsResult, one: PeersResult) -> Table:
    """The peers of one city, a row each, and the nearest of another country where none is among them."""
    rows = one.ranking.head(one.n)
    abroad = one.ranking[one.ranking["country_iso3"] != found.country]
    if len(abroad) and abroad["rank"].iloc[0] > one.n:
        import pandas as pd

        rows = pd.concat([rows, abroad.head(1)])
    return Table(
        "lessons.peer-table",
        say("Comparable awarded cities of {name}", "与{name}可比的获奖城市", name=Word(found.name)),
        (
            Head(Text("City", "城市")), Head(Text("Country", "国家")), Head(Text("Similarity", "相似度"), True),
            Head(Text("Distance, city", "城市数据的距离"), True), Head(Text("Distance, context", "国家背景的距离"), True),
            Head(Text("Compared", "可比部分"), True), Head(Text("Stays", "保留率"), True),
        ),
        tuple(
            (
                cell(desk.city(r["city_id"])), cell(desk.country(r["country_iso3"])), cell(Number(1 - r["distance"], 2)),
                cell(Number(r["city_distance"], 2)), number(r["context_distance"], 2), cell(Share(r["coverage"])),
                share(r["stays"]),
            )
            for r in rows.to_dict("records")
        ),
        say(
            "Similarity is 1 minus the distance over all that both have; city and context are told apart. Stays: share of "
            "the draws in which the city was among the nearest.",
            "相似度为1减去双方均有数据各项的距离；城市数据与国家背景分列。保留率为该城市在抽样中居最近之列的比例。",
        ),
    )  # fmt: skip


def _table(desk: Desk, found: LessonsResult, every: dict[str, PeersResult]) -> Table:
    if len(every) == 1:
        return _of_one(desk, found, next(iter(every.values())))
    rows = []
    for key, one in every.items():
        head = one.ranking.head(one.n)
        rows.append(
            (
                cell(_name(desk, key, one)),
                _with_numbers(desk, head.to_dict("records")),
                _abroad(desk, found, key, one),
                cell(Share(float(head["coverage"].mean()))),
                cell(Share(float(head["stays"].mean()))) if head["stays"].notna().all() else None,
            )
        )
    return Table(
        "lessons.peer-table",
        say(
            "Awarded cities that can be compared with the cities of {name}, the most alike first",
            "与{name}各城市可比的获奖城市（由近及远）",
            name=Word(found.name),
        ),
        HEADS,
        tuple(rows),
        say(
            "Similarity is 1 minus the distance. Peers stay: share of the draws in which a peer was among the nearest.",
            "相似度为1减去距离。保留率为可比城市在抽样中仍居最近之列的比例。",
        ),
        short=6,
    )


def _with_numbers(desk: Desk, rows: list[dict[str, Any]]) -> Any:
    slots: dict[str, Any] = {}
    parts = []
    for i, row in enumerate(rows):
        slots |= {f"c{i}": desk.city(row["city_id"]), f"s{i}": Number(1 - row["distance"], 2)}
        parts.append(i)
    en = ", ".join(f"{{c{i}}} ({{s{i}}})" for i in parts)
    zh = "、".join(f"{{c{i}}}（{{s{i}}}）" for i in parts)
    return say(en, zh, **slots)


def _abroad(desk: Desk, found: LessonsResult, key: str, one: PeersResult) -> Any:
    """The nearest awarded city of another country."""
    rows = one.ranking[one.ranking["country_iso3"] != found.country]
    if rows.empty:
        return None
    return _with_numbers(desk, rows.head(1).to_dict("records"))


def _instructive(every: dict[str, PeersResult], country: str | None) -> list[tuple[str, PeersResult, str]]:
    """For each city abroad that is the nearest of somebody, the pair that is most alike; at home where there is none abroad."""
    best: dict[str, tuple[float, str, PeersResult]] = {}
    for key, one in every.items():
        rows = one.ranking[one.ranking["country_iso3"] != country]
        row = (rows if len(rows) else one.ranking).iloc[0]
        there, distance = str(row["city_id"]), float(row["distance"])
        if there not in best or distance < best[there][0]:
            best[there] = (distance, key, one)
    return [(key, one, there) for there, (_, key, one) in sorted(best.items(), key=lambda item: item[1][0])]


def _why(desk: Desk, every: dict[str, PeersResult], country: str | None) -> Bullets:
    """Why the nearest of another country are alike; or why every peer is, for one city."""
    if len(every) == 1:
        ((key, one),) = every.items()
        pairs = [(key, one, c) for c in one.peers]
    else:
        pairs = _instructive(every, country)
    return Bullets(
        tuple(
            say(
                "{here} and {there}: {why}", "{here}与{there}：{why}",
                here=_name(desk, key, one), there=Word(desk.city(city).text, Link("city", city)),
                why=Word(one.why(city)),
            )
            for key, one, city in pairs[:6]
        )
    )  # fmt: skip


def _members(desk: Desk, found: LessonsResult) -> list[Block]:
    """Members of the country that were seen on the list and not coded."""
    members = desk.atlas.members
    if found.kind != "country" or members.empty:
        return []
    rows = members[(members["country_iso3"] == found.country) & ~members["city_id"].isin(found.cities)]
    if rows.empty:
        return []
    names = tuple(
        Word(Text(str(r["name_en"]), str(r["name_local"] if r["name_local"] == r["name_local"] and r["name_local"] else r["name_en"])))
        for r in rows.to_dict("records")
    )[:12]  # fmt: skip
    return [
        text(
            "{n} further {n:member|members} of the network from {name} {n:was|were} not coded and {n:is|are} not compared here: {names}{more}.",
            "另有{n}个来自{name}的网络成员城市未经编码，此处未作比较：{names}{more}。",
            n=len(rows), name=Word(found.name), names=Listing(names),
            more=Word(Text(" and others", "等") if len(rows) > len(names) else Text("", "")),
        )
    ]  # fmt: skip
