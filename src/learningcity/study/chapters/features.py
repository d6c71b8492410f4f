"""Chapter 4: how far inclusive, prosperous, green and sustainable are visible; figures; safe and unsafe orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas import THEMES, CodingPolicy
from learningcity.core import Text
from learningcity.report import (
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Paragraph,
    Phrase,
    Section,
    Table,
    Value,
    Word,
    join,
    say,
)
from learningcity.study.chapters.features_figures import figures, orders
from learningcity.study.desk import Desk
from learningcity.study.parts import between_coders, limit, number, question, text, words

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("What the cities have in common", "获奖城市的共同特征")
#: The area of the standard that the fifth reading rests on: modern learning technologies.
DIGITAL_AREA = "7"

#: The counts of this chapter again.
DIGITAL_CODE = """held = coded_practices(atlas, "CODER")
counts = (
    held["stance"].isin(policy.stances) & held["level"].isin(policy.levels) & held["subject"].isin(policy.subjects)
    & held["city_id"].isin(awarded)
)
area = held["areas"].map(lambda cell: "7" in str(cell).split(";"))
{"cities": held.loc[counts & area, "city_id"].nunique(), "practices": (counts & area).sum()}"""
BEFORE_CODE = """from dataclasses import replace
seen = atlas.conditions(replace(policy, timing="before"), "CODER").reindex(awarded).notna()
{**seen[["inclusive", "prosperous", "green", "sustainable"]].sum(), "cities": seen.any(axis=1).sum()}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    asked = question(
        "How far are inclusion, prosperity, green growth and sustainability visible in what the cities did?", "包容、繁荣、绿色与可持续在各城市的做法中呈现到什么程度？"
    )  # fmt: skip
    if not len(desk.awarded) or not len(desk.counted()):
        none = limit(
            "These data hold no coded practices of awarded cities.", "所用数据中没有获奖城市的举措编码。"
        )
        return Section("features", TITLE, (asked, none))
    seen = {theme: _seen(desk, theme) for theme in THEMES}
    opening: tuple[Block, ...] = (
        asked,
        _answer(desk, seen),
        text(
            "A theme is read off practices: one counts towards it where the coder found it there and the coding policy of this study lets "
            "it count. A city is not inclusive or green by this; its published record shows practices that are.",
            "特征依据举措判定：编码员认为某项举措体现该特征，且该举措依本研究的编码规则予以计入，即计入该特征。这并不表示该城市就是包容的或绿色的，"
            "而是说其公开记录中有这样的举措。",
        ) if not _usual(desk) else text(
            "A theme is read off the practices: a practice counts towards it where the coder found it there, done, by the city itself, and "
            "about learning or education. A city is not inclusive or green by this; its published record shows practices that are.",
            "特征依据举措判定：凡已实施、由城市自身开展、且关于学习或教育的举措，编码员认为体现该特征的，即予计入。这并不表示该城市就是包容的或绿色的，"
            "而是说其公开记录中有这样的举措。",
        ),
    )  # fmt: skip
    sections = (
        _themes(desk, seen),
        _digital(desk),
        _before(desk),
        _cities(desk),
        figures(desk),
        orders(desk),
    )
    return Section("features", TITLE, opening, sections)


def _usual(desk: Desk) -> bool:
    """Whether the coding policy counts what it counts by itself."""
    policy, usual = desk.study.codes, CodingPolicy()
    return all(set(getattr(policy, k)) == set(getattr(usual, k)) for k in ("stances", "levels", "subjects"))


def _seen(desk: Desk, theme: str, coder: str | None = None, *, before: bool = False) -> int:
    scores = desk.conditions(coder, "before" if before else "all").reindex(list(desk.awarded))
    return int(scores[theme].notna().sum())


def _answer(desk: Desk, seen: dict[str, int]) -> Block:
    """The answer in short: the commonest and the rarest theme, now and before the award."""
    order = sorted(THEMES, key=lambda t: -seen[t])
    early = max(_seen(desk, theme, before=True) for theme in THEMES)
    held: dict[str, Any] = {
        "most": Word(_theme(desk, order[0])), "m": seen[order[0]], "least": Word(_theme(desk, order[-1])), "l": seen[order[-1]], "n": len(desk.awarded),
    }  # fmt: skip
    shown = (
        say(
            "Unevenly: {most} comes nearest to being common, visible in {m} of {n} awarded cities; {least} is the rarest, visible in {l}.",
            "程度不一。最接近共同特征的是{most}，在{n}个获奖城市中的{m}个可见；最少见的是{least}，在{l}个可见。", **held,
        )
        if seen[order[0]] != seen[order[-1]]
        else say("Evenly: every theme is visible in {m} of {n} awarded cities.", "程度相当：各项特征均在{n}个获奖城市中的{m}个可见。", m=held["m"], n=held["n"])
    )  # fmt: skip
    before = say(
        "By practices that are known to have begun before the award, no theme is visible in more than {k} {k:city|cities}.",
        "若只计已知始于获奖之前的举措，任何一项特征至多在{k}个城市可见。", k=early,
    ) if early else say(
        "No practice is known to have shown a theme before the award.", "已知始于获奖之前的举措中，未见任何一项特征。"
    )  # fmt: skip
    return Paragraph(join(shown, before), "lede")


def _theme(desk: Desk, theme: str) -> Text:
    name = desk.condition(theme).text
    return Text(f"“{name.en}”", f"“{name.zh}”")


# --- each theme -------------------------------------------------------------------------------------------


def _themes(desk: Desk, seen: dict[str, int]) -> Section:
    blocks: list[Block] = [_theme_finding(desk, seen), _theme_table(desk, seen)]
    strong = {theme: _strong(desk, theme) for theme in THEMES}
    told = [theme for theme in sorted(THEMES, key=lambda t: -seen[t]) if seen[theme]]
    if told:
        listed: tuple[Value, ...] = tuple(
            Word(Text(
                f"{strong[t]} of {seen[t]} for {_theme(desk, t).en}", f"{_theme(desk, t).zh}{seen[t]}个中的{strong[t]}个"
            ))
            for t in told
        )  # fmt: skip
        blocks.append(
            text(
                "To be visible is not yet to be well evidenced. A practice with evidence of scale, permanence or results stands behind the theme in "
                "{list}.",
                "可见不等于证据充分。具有规模、持续性或成效证据的城市为：{list}。",
                list=Listing(listed, zh="、"),
            )
        )
    blocks.append(
        limit(
            "No area of the standard bears the name green; it is the environment side of the area on sustainable development, so that green "
            "and sustainable overlap in the evidence.",
            "标准中没有以“绿色”命名的领域，它属于可持续发展领域的环境方面，因此绿色与可持续在证据上有重叠。",
        )
    )
    return Section("features.themes", Text("Four themes", "四项特征"), tuple(blocks))


def _theme_finding(desk: Desk, seen: dict[str, int]) -> Finding:
    """One finding on the four themes: in how many cities each is visible, and how many show all of them, or one alone."""
    n = len(desk.awarded)
    shown = desk.conditions().reindex(list(desk.awarded))[list(THEMES)].notna().sum(axis=1)
    every, single = int((shown == len(THEMES)).sum()), int((shown == 1).sum())
    order = sorted(THEMES, key=lambda t: -seen[t])
    listed: tuple[Value, ...] = tuple(
        Word(Text(f"{_theme(desk, t).en} in {seen[t]}", f"{_theme(desk, t).zh}{seen[t]}个")) for t in order
    )
    return Finding(
        "features.themes-seen",
        say(
            "Of {n} awarded {n:city|cities} the practices show {list}. {every} {every:shows|show} all four themes, {single} {single:shows|show} one "
            "alone.",
            "{n}个获奖城市中，举措呈现各项特征的城市数为：{list}。四项俱见的有{every}个，仅见一项的有{single}个。",
            n=n, list=Listing(listed, zh="、"), every=every, single=single,
        ),
        "described",
        Coverage(len(desk.conditions().reindex(list(desk.awarded)).dropna(how="all")), n, Text("awarded cities with codes", "有编码的获奖城市")),
        _coders_said(desk, seen),
        desk.how(
            "A theme is visible in a city where at least one practice counts towards it under the coding policy.", "按编码规则，至少有一项举措计入该特征，即视为该城市可见此特征。",
            f'seen = atlas.conditions(policy, "{desk.study.coder}").reindex(awarded)[{list(THEMES)}].notna()\n'
            'shown = seen.sum(axis=1)\n{**seen.sum(), "all": (shown == 4).sum(), "one": (shown == 1).sum(), "n": len(seen)}',
        ),
        {**seen, "all": every, "one": single, "n": n},
    )  # fmt: skip


def _coders_said(desk: Desk, seen: dict[str, int]) -> Phrase:
    """How far the number of cities moves from coder to coder, at most."""
    if not desk.other_coders:
        return between_coders([], 0)
    counts = {
        theme: [_seen(desk, theme, coder) for coder in desk.other_coders] + [seen[theme]] for theme in THEMES
    }
    widest = max(THEMES, key=lambda t: max(counts[t]) - min(counts[t]))
    low, high = min(counts[widest]), max(counts[widest])
    if low == high:
        return say("Every coder gives the same numbers.", "各编码员得出的数目相同。")
    return say(
        "Coders differ by {d} {d:city|cities} at most, for {theme} (between {a} and {b}).", "编码员之间至多相差{d}个城市，见于{theme}（{a}至{b}个）。",
        d=high - low, theme=Word(_theme(desk, widest)), a=low, b=high,
    )  # fmt: skip


def _has(cells: pd.Series, wanted: str) -> pd.Series:
    return cells.fillna("").map(lambda cell: wanted in str(cell).split(";"))


def _practices(desk: Desk, theme: str) -> int:
    return int(_has(desk.counted()["themes"], theme).sum())


def _strong(desk: Desk, theme: str) -> int:
    held = desk.counted()
    return int(held.loc[_has(held["themes"], theme) & (held["strength"] == 3), "city_id"].nunique())


def _theme_table(desk: Desk, seen: dict[str, int]) -> Table:
    others = desk.other_coders
    heads = (
        Head(Text("Theme", "特征")), Head(Text("Cities", "城市数"), numeric=True),
        *(Head(Text(f"Cities, coder {c}", f"城市数（编码员{c}）"), numeric=True) for c in others),
        Head(Text("Practices", "举措数"), numeric=True), Head(Text("Cities with strong evidence", "证据充分的城市数"), numeric=True),
        Head(Text("Cities, practices dated before the award", "城市数（获奖前开始的举措）"), numeric=True),
    )  # fmt: skip
    rows = tuple(
        (
            words(desk.condition(t).text.en, desk.condition(t).text.zh), number(seen[t]), *(number(_seen(desk, t, c)) for c in others),
            number(_practices(desk, t)), number(_strong(desk, t)), number(_seen(desk, t, before=True)),
        )
        for t in THEMES
    )  # fmt: skip
    return Table(
        "features.themes-table",
        say(
            "The four themes: in how many cities, how well evidenced, and how many before the award",
            "四项特征：可见的城市数、证据状况与获奖前的情况",
        ),
        heads,
        rows,
    )


# --- a fifth reading ----------------------------------------------------------------------------------------


def _digital(desk: Desk) -> Section:
    held = desk.counted()
    found = held[_has(held["areas"], DIGITAL_AREA)]
    cities, n = int(found["city_id"].nunique()), len(desk.awarded)
    sizes = found["city_id"].value_counts()
    named: tuple[Value, ...] = (
        tuple(desk.city(str(c)) for c in sorted(sizes.index[sizes == sizes.max()])[:3]) if len(sizes) else ()
    )
    claim = say(
        "Modern learning technologies are visible in {k} of {n} awarded cities, in {p} {p:practice|practices}.", "现代学习技术在{n}个获奖城市中的{k}个可见，涉及{p}项举措。",
        k=cities, n=n, p=len(found),
    )  # fmt: skip
    blocks: list[Block] = [
        text(
            "Digital is none of the four themes, but no study of learning cities in an age of intelligent machines can leave it out. Practices "
            "coded with the area of modern learning technologies are therefore read as a fifth theme.",
            "“数字化”不在四项特征之列，但在数字智能时代讨论学习型城市，不能不论及。这里把编码于“现代学习技术”领域的举措作为第五个观察角度。",
        ),
        Finding(
            "features.digital", claim, "described", Coverage(n, n, Text("awarded cities", "获奖城市")), between_coders(_digital_others(desk), cities),
            desk.how("Practices that count and are coded with area 7.", "计入且编码于第7领域的举措。", DIGITAL_CODE.replace("CODER", desk.study.coder)),
            {"cities": cities, "practices": len(found)},
        ),
    ]  # fmt: skip
    if named and int(sizes.max()) > 1:
        blocks.append(
            text(
                "The most, {k} each, were read in {list}.", "其中最多的是{list}，各{k}项。", k=int(sizes.max()), list=Listing(named)
            ) if len(named) > 1 else text("The most, {k}, were read in {list}.", "其中最多的是{list}，有{k}项。", k=int(sizes.max()), list=Listing(named))
        )  # fmt: skip
    return Section(
        "features.fifth", Text("Digital as a fifth reading", "数字化：第五个观察角度"), tuple(blocks)
    )


def _digital_others(desk: Desk) -> list[int]:
    found = (desk.counted(coder) for coder in desk.other_coders)
    return [int(held.loc[_has(held["areas"], DIGITAL_AREA), "city_id"].nunique()) for held in found]


# --- before the award ---------------------------------------------------------------------------------------


def _before(desk: Desk) -> Section:
    n = len(desk.awarded)
    timing = desk.atlas.timing()
    practices = desk.atlas.practices
    mine = timing.reindex(practices.loc[practices["city_id"].isin(desk.awarded), "practice_id"])
    dated = int(mine.isin(["before", "after"]).sum())
    scored = int(desk.conditions(timing="before").reindex(list(desk.awarded)).notna().any(axis=1).sum())
    counts = {theme: _seen(desk, theme, before=True) for theme in THEMES}
    listed: tuple[Value, ...] = tuple(
        Word(Text(f"{desk.condition(t).text.en} {counts[t]}", f"{desk.condition(t).text.zh}{counts[t]}个"))
        for t in THEMES
    )
    return Section(
        "features.before", Text("Before the award", "获奖之前"),
        (
            text(
                "How a city came to its award can only be read from what it began before. {dated} of {all} practices of awarded cities carry a "
                "start year that tells; the others fall out here.",
                "城市如何走到获奖，只能从获奖之前开始的举措中考察。获奖城市的{all}项举措中，有{dated}项注有可判断先后的起始年份，其余无从判断，不计入。",
                dated=dated, all=len(mine),
            ),
            Finding(
                "features.before-award",
                say(
                    "Counted by practices dated before the award alone, the themes are visible in this many of {n} cities: {list}.",
                    "若只看注明始于获奖之前的举措，可见各项特征的城市数为：{list}（共{n}个）。", list=Listing(listed), n=n,
                ),
                "described", Coverage(scored, n, Text("awarded cities with a practice dated before the award", "有获奖前举措的获奖城市")),
                say("An undated practice may well be older than the award; the numbers are lowest values.", "未注年份的举措未必晚于获奖，以上均为最低数。"),
                desk.how(
                    "The same scores from practices with a start year before the year of the first award.", "仅以起始年份早于首次获奖年份的举措计算同样的得分。",
                    BEFORE_CODE.replace("CODER", desk.study.coder),
                ),
                {**counts, "cities": scored},
            ),
        ),
    )  # fmt: skip


# --- each city ----------------------------------------------------------------------------------------------


def _cities(desk: Desk) -> Section:
    scores, effort = desk.conditions(), desk.atlas.effort()
    held = desk.counted()
    heads = (
        Head(Text("City", "城市")), *(Head(desk.condition(t).text, numeric=True) for t in THEMES),
        Head(Text("Digital (practices)", "数字化（举措数）"), numeric=True), Head(Text("Practices read", "所读举措数"), numeric=True),
        Head(Text("Sources read", "所读来源数"), numeric=True),
    )  # fmt: skip
    digital = held[_has(held["areas"], DIGITAL_AREA)]["city_id"].value_counts()
    rows: list[tuple[Cell, ...]] = []
    for city in sorted(desk.awarded, key=lambda c: desk.city(c).text.en):
        mine = [scores.at[city, t] if city in scores.index else None for t in THEMES]
        read = effort.loc[city] if city in effort.index else None
        rows.append((
            say("{c}", "{c}", c=desk.city(city)), *(number(v, 2) for v in mine), number(digital.get(city)),
            number(None if read is None else read["practices"]), number(None if read is None else read["sources"]),
        ))  # fmt: skip
    return Section(
        "features.cities", Text("City by city", "各城市的情况"),
        (
            text(
                "The table shows each city by name, with the effort of reading beside it. A score of 1 stands for one practice with evidence of "
                "scale, permanence or results, or for two that are named and specific; an empty cell was not seen.",
                "下表按城市名列出，并附阅读量。得分1表示有一项具备规模、持续性或成效证据的举措，或有两项具体明确的举措；空格表示未见。",
            ) if desk.study.codes.rule == CodingPolicy().rule else text(
                "The table shows each city by name, with the effort of reading beside it. Scores follow the rule of this study, which the "
                "chapter on methods gives; an empty cell was not seen.",
                "下表按城市名列出，并附阅读量。得分依本研究的规则计算，规则见方法一章；空格表示未见。",
            ),
            Table(
                "features.by-city", say("What is visible in each city, and how much was read of it", "各城市所呈现的特征与阅读量"), heads, tuple(rows),
                say("In the order of the English names; more reading shows more.", "按英文名排序；阅读资料越多，所见往往越多。"), short=12,
            ),
        ),
    )  # fmt: skip
