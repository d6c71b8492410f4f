"""Chapter 4: how far inclusive, prosperous, green and sustainable are visible; figures; safe and unsafe orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas import THEMES, CodingPolicy
from learningcity.core import LearningCityError, Text
from learningcity.index import AtlasReading, UncertaintyResult, atlas_reading, uncertainty
from learningcity.report import (
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    Paragraph,
    Section,
    Share,
    Table,
    Value,
    Word,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import between_coders, limit, number, question, text, words

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("What the cities have in common", "获奖城市的共同特征")
#: The area of the standard that the fifth reading rests on: modern learning technologies.
DIGITAL_AREA = "7"
#: Share of the draws in which an order must hold to be safe.
SAFE = 0.95

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
            "A theme is read off the practices: one counts towards it where the coder found it there and the coding policy of this study lets "
            "it count. A city is not inclusive or green by this; its published record shows practices that are.",
            "特征由举措读出：编码者认为举措体现该特征、且依本研究的编码规则予以计入者，即计入该特征。这并不表示该城市就是包容的或绿色的，"
            "而是说其公开记录中有这样的举措。",
        ) if not _usual(desk) else text(
            "A theme is read off the practices: a practice counts towards it where the coder found it there, done, by the city itself, and "
            "about learning or education. A city is not inclusive or green by this; its published record shows practices that are.",
            "特征由举措读出：编码者认为某项已实施、由城市自身开展、且关于学习或教育的举措体现该特征，即予计入。这并不表示该城市就是包容的或绿色的，"
            "而是说其公开记录中有这样的举措。",
        ),
    )  # fmt: skip
    sections = (
        _themes(desk, seen),
        _digital(desk),
        _before(desk),
        _cities(desk),
        _figures(desk),
        _orders(desk),
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
    order = sorted(THEMES, key=lambda t: -seen[t])
    held: dict[str, Any] = {
        "most": Word(_theme(desk, order[0])), "m": seen[order[0]], "least": Word(_theme(desk, order[-1])), "l": seen[order[-1]], "n": len(desk.awarded),
    }  # fmt: skip
    return Paragraph(
        say(
            "The commonest theme is {most}, visible in {m} of {n} awarded cities; the rarest is {least}, visible in {l}.",
            "最常见的特征是{most}，在{n}个获奖城市中有{m}个可见；最少见的是{least}，有{l}个可见。", **held,
        )
        if seen[order[0]] != seen[order[-1]]
        else say("Every theme is visible in {m} of {n} awarded cities.", "每项特征都在{n}个获奖城市中的{m}个可见。", m=held["m"], n=held["n"]),
        "lede",
    )  # fmt: skip


def _theme(desk: Desk, theme: str) -> Text:
    name = desk.condition(theme).text
    return Text(f"“{name.en}”", f"“{name.zh}”")


# --- each theme -------------------------------------------------------------------------------------------


def _themes(desk: Desk, seen: dict[str, int]) -> Section:
    n = len(desk.awarded)
    blocks: list[Block] = []
    for theme in sorted(THEMES, key=lambda t: -seen[t]):
        others = [_seen(desk, theme, coder) for coder in desk.other_coders]
        blocks.append(
            Finding(
                f"features.{theme}",
                say(
                    "The theme {theme} is visible in {k} of {n} awarded cities ({share}), in {p} {p:practice|practices}; {strong} {strong:city has|cities "
                    "have} one with evidence of scale, permanence or results.",
                    "{theme}在{n}个获奖城市中的{k}个可见（{share}），涉及{p}项举措；其中{strong}个城市有规模、持续性或成效方面的证据。",
                    theme=Word(_theme(desk, theme)), k=seen[theme], n=n, share=Share(seen[theme] / n), p=_practices(desk, theme), strong=_strong(desk, theme),
                ),
                "described",
                Coverage(len(desk.conditions().reindex(list(desk.awarded)).dropna(how="all")), n, Text("awarded cities with codes", "有编码的获奖城市")),
                between_coders(others, seen[theme]),
                desk.how(
                    "A theme is visible in a city where at least one practice counts towards it under the coding policy.", "按编码规则，至少有一项举措计入该特征，即视为该城市可见此特征。",
                    f'seen = atlas.conditions(policy, "{desk.study.coder}").reindex(awarded)["{theme}"].notna()\n{{"seen": seen.sum(), "n": len(seen)}}',
                ),
                {"seen": seen[theme], "n": n},
            )
        )  # fmt: skip
    blocks.append(_theme_table(desk, seen))
    blocks.append(
        limit(
            "No area of the standard bears the name green; it is the environment side of the area on sustainable development, so that green "
            "and sustainable overlap in the evidence.",
            "标准中没有以“绿色”命名的领域，它属于可持续发展领域的环境方面，因此绿色与可持续在证据上有重叠。",
        )
    )
    return Section("features.themes", Text("Four themes", "四项特征"), tuple(blocks))


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
        *(Head(Text(f"Cities, coder {c}", f"城市数（编码者{c}）"), numeric=True) for c in others),
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
        "features.themes-table", say("Themes in the awarded cities", "获奖城市的各项特征"), heads, rows
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
            "Digital is no theme of the study, but the age asks for it. As a fifth reading stand the practices coded with the area of modern "
            "learning technologies.",
            "“数字”不在四项特征之列，却为时代所需。这里以编码于“现代学习技术”领域的举措作为第五种读法。",
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
    return Section("features.fifth", Text("Digital as a fifth reading", "第五种读法：数字"), tuple(blocks))


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
                "城市如何走到获奖，只能从获奖前开始的举措看出。获奖城市的{all}项举措中，有{dated}项注有可判断先后的起始年份，其余不能用于此处。",
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
        Head(Text("Digital (practices)", "数字（举措数）"), numeric=True), Head(Text("Practices read", "所读举措数"), numeric=True),
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
        "features.cities", Text("City by city", "逐城来看"),
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
                "features.by-city", say("Themes by city", "各城市的特征"), heads, tuple(rows),
                say("In the order of the English names; more reading shows more.", "按英文名排序；读得多，见得也多。"), short=12,
            ),
        ),
    )  # fmt: skip


# --- figures ------------------------------------------------------------------------------------------------


def _figures(desk: Desk) -> Section:
    title = Text("Themes in figures", "数据所示")
    try:
        reading = atlas_reading("figures", desk.atlas)
    except LearningCityError:
        reading = None
    n = len(desk.awarded)
    values = (
        None
        if reading is None
        else reading.values.reindex([c for c in reading.values.index if c in desk.awarded])
    )
    if values is None or not len(values):
        return Section(
            "features.figures", title,
            (limit("Too few cities publish figures that may be compared to read a theme from them.", "公布可比数据的城市过少，无法据以判断任何特征。"),),
        )  # fmt: skip
    named: tuple[Value, ...] = tuple(desk.city(str(c)) for c in sorted(values.index))
    return Section(
        "features.figures", title,
        (
            Finding(
                "features.by-figures",
                say(
                    "Figures that may be compared are enough to read a theme for {k} of {n} awarded cities: {list}.", "可比数据足以判断某项特征的获奖城市有{k}个（共{n}个）：{list}。",
                    k=len(values), n=n, list=Listing(named),
                ),
                "described", Coverage(len(values), n, Text("awarded cities that pass the rule of coverage", "符合覆盖规则的获奖城市")),
                say("The rule: {rule}", "规则：{rule}", rule=Word(reading.rule.text)) if reading is not None else say("", ""),
                desk.how("The figures of each dimension that may be compared, under a rule of coverage.", "各维度的可比数据，按覆盖规则筛选。", 'reading = lc.atlas_reading("figures", atlas)\n{"cities": reading.values.index.isin(awarded).sum()}', "learningcity index reading figures"),
                {"cities": len(values)},
            ),
            text(
                "So the themes rest on what was done, told by practices, and hardly on results, told by figures. A city that measures is "
                "ahead of the record of most.",
                "由此可见，这些特征主要由“做了什么”即举措体现，而很少由“成效如何”即数据体现。能够测量的城市，已走在多数城市记录的前面。",
            ) if len(values) * 2 < n else text("Figures reach most awarded cities.", "多数获奖城市有可比数据。"),
        ),
    )  # fmt: skip


# --- safe and unsafe orders ---------------------------------------------------------------------------------


def _orders_code(desk: Desk) -> str:
    coders = ', "coders": reading.by_coder()' if len(desk.coders) > 1 else ""
    return (
        'reading = lc.atlas_reading("visible", of_cases(atlas, awarded))\n'
        f'choices = {{"weights": {{"noise": 0.25}}{coders}}}\n'
        f"found = lc.uncertainty(reading, reading.spec, choices, draws={desk.study.methods.draws}, seed={desk.study.seed})\n"
        'width, k = (found.ranks["upper"] - found.ranks["lower"]).median(), len(found.ranks)\n'
        f'{{"pairs": k * (k - 1) // 2, "safe": len(found.order({SAFE})), "width": width}}'
    )


def _orders(desk: Desk) -> Section:
    title = Text("Safe and unsafe orders", "可靠与不可靠的先后")
    drawn = _drawn(desk)
    if drawn is None:
        return Section(
            "features.orders",
            title,
            (
                limit(
                    "These data hold too few scores to put cities into an order.",
                    "所用数据得分过少，无法比较先后。",
                ),
            ),
        )
    reading, result = drawn
    k = len(result.ranks)
    pairs, safe = k * (k - 1) // 2, len(result.order(SAFE))
    width = (result.ranks["upper"] - result.ranks["lower"]).dropna()
    return Section(
        "features.orders", title,
        (
            text(
                "Orders of cities are asked for, so it is worth saying what they would mean here, and what not. Of the scores of mechanisms and themes "
                "the {s} that reach enough of the cities were added up in {draws} ways, with weights, and where there are several coders the "
                "codes, drawn anew each time.",
                "常有人希望排出城市的先后，因此有必要说明这里的先后意味着什么、不意味着什么。在各类举措与各项特征的得分中，取覆盖足够多城市的{s}项，"
                "以{draws}种方式汇总，每次重新抽取权重；有多位编码者时，也重新抽取所用编码。",
                draws=result.draws, s=len(reading.values.columns),
            ),
            Finding(
                "features.safe-orders",
                say(
                    "Of {pairs} pairs of cities {safe} ({share}) keep their order in at least {limit} of the draws; the place of a city in the "
                    "middle moves by {w} of {k} places.",
                    "{pairs}对城市中，有{safe}对（{share}）的先后在至少{limit}的抽样中保持不变；居中城市的位次变动{w}位（共{k}位）。",
                    pairs=pairs, safe=safe, share=Share(safe / max(pairs, 1)), limit=Share(SAFE), w=Number(float(width.median()), 0), k=k,
                ) if safe else say(
                    "Of {pairs} {pairs:pair|pairs} of cities none keeps its order in at least {limit} of the draws: the scores of the {k} cities are too "
                    "much alike.",
                    "{pairs}对城市中，没有一对的先后在至少{limit}的抽样中保持不变：{k}个城市的得分过于相近。", pairs=pairs, limit=Share(SAFE), k=k,
                ),
                "described", Coverage(k, len(desk.awarded), Text("awarded cities with scores", "有得分的获奖城市")),
                say(
                    "Safe means that weights and coders do not turn it; that more was read of one city than of another is not drawn.",
                    "“可靠”指不因权重与编码者而颠倒；各城市阅读量不同这一点未纳入抽样。",
                ),
                desk.how(
                    "Mean of the scores; weights drawn within a quarter either way, coders drawn.", "取得分均值；权重在上下四分之一内抽取，并抽取编码者。",
                    _orders_code(desk),
                    "learningcity index uncertainty --reading visible", seed=True,
                ),
                {"pairs": pairs, "safe": safe, "width": float(width.median())},
            ),
            *(Paragraph(say("{t}", "{t}", t=Word(t)), "limit") for t in reading.may_not[: 2 if desk.shipped else 1]),
            text(
                "No league table is printed, on purpose. How the common features were brought about, mechanism by mechanism, is the next "
                "question.",
                "本研究有意不列排行榜。这些共同特征是如何实现的，各类举措分别怎样，是下一章的问题。",
            ),
        ),
    )  # fmt: skip


def _drawn(desk: Desk) -> tuple[AtlasReading, UncertaintyResult] | None:
    from learningcity.study.run import of_cases

    try:
        reading = atlas_reading("visible", of_cases(desk.atlas, desk.awarded))
        choices: dict[str, Any] = {"weights": {"noise": 0.25}}
        if len(desk.coders) > 1:
            choices["coders"] = reading.by_coder()
        return reading, uncertainty(
            reading, reading.spec, choices, draws=desk.study.methods.draws, seed=desk.study.seed
        )
    except LearningCityError:
        return None
