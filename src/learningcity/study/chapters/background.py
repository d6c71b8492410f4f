"""Chapter 3: economy, population, participation; the problems that practices answer; what goes with what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text, or_none
from learningcity.explain import AtlasBackground
from learningcity.report import (
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    P,
    Paragraph,
    Phrase,
    Section,
    Share,
    Table,
    Value,
    Word,
    Year,
    join,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, question, text, words
from learningcity.study.trials import asked_as, background, level

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("The background of the awarded cities", "获奖城市的背景")
GROUPS = {
    "economic": Text("Economy", "经济"),
    "demographic": Text("Population", "人口"),
    "participation": Text("Participation in learning", "学习参与"),
}
#: Context of the country, as the table gives it.
CONTEXT = ("gdp_per_capita_ppp", "share_aged_65_plus", "expected_years_schooling", "hdi")
#: The code for a practice that names no problem.
NONE = "none"

#: The counts of this chapter again.
SIZE_CODE = """held = atlas.table("population", facts).values["population"].reindex(awarded).dropna()
{"least": held.min(), "most": held.max(), "low": held.quantile(0.25), "high": held.quantile(0.75)}"""
COVERAGE_CODE = """asked = atlas.indicators
asked = asked[asked["group"].isin(["economic", "demographic", "participation"]) & (asked["comparable"] != "no")]
seen = atlas.table(list(asked["indicator_id"]), facts).values.reindex(awarded).notna().sum()
{"asked": len(asked), "half": (seen >= len(awarded) / 2).sum(), "cells": seen.sum()}"""
PROBLEMS_CODE = """held = atlas.codes.merge(atlas.practices[["practice_id", "city_id"]])
held = held[(held["coder"] == "CODER") & held["city_id"].isin(awarded)]
named = held.loc[held["problem"] != "none", "problem"].dropna()
{**{f"n {problem}": n for problem, n in named.value_counts().items()}, "practices": len(held)}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    opening: tuple[Block, ...] = (
        question("Against what background do the awarded cities stand, and does it go with what they show?", "获奖城市处于怎样的背景之中？背景与其所呈现的特征是否相伴？"),
        _answer(desk),
    )  # fmt: skip
    sections = (_figures(desk), _context(desk), _problems(desk), _together(desk))
    return Section("background", TITLE, opening, sections)


def _answer(desk: Desk) -> Block:
    """The answer in short to both halves of the question."""
    held = _values(desk, ["population"])["population"].dropna()
    iso = desk.atlas.cities.loc[desk.atlas.cities["city_id"].isin(desk.awarded), "country_iso3"]
    n = int(iso.nunique())
    stand = say(
        "They stand in {n} {n:country|countries}, and the largest has about {times} times as many people as the smallest.",
        "获奖城市分布于{n}个国家，人口最多者约为最少者的{times}倍。", times=Number(float(f"{held.max() / held.min():.2g}")), n=n,
    ) if len(held) > 1 and held.min() > 0 else say(
        "The awarded cities stand in {n} {n:country|countries}.", "获奖城市分布于{n}个国家。", n=n
    )  # fmt: skip
    uneven = say(
        "What they publish of themselves is uneven, so that comparisons rest on few figures.", "各城市公布的数据多寡不均，可资比较的数据有限。"
    )  # fmt: skip
    return Paragraph(join(stand, uneven, _together_said(desk)), "lede")


def _together_said(desk: Desk) -> Phrase | None:
    """Whether the background goes with what the cities show, in a sentence."""
    found = background(desk)
    if found is None:
        return None
    pairs, hits, held = len(found.association.judged), len(found.found), len(found.held)
    if not hits:
        return say(
            "That this background goes with what they show was asked of {pairs} pairs and is not borne out in any.",
            "就背景与所呈现的特征是否相伴考察了{pairs}对，均未获支持。", pairs=pairs,
        )  # fmt: skip
    return say(
        "Of {pairs} pairs of a background figure and what the cities show, {hits} {hits:goes|go} together beyond chance and {held} {held:passes|pass} every check.",
        "在背景与所呈现特征的{pairs}对比较中，{hits}对超出偶然，{held}对通过全部检验。", pairs=pairs, hits=hits, held=held,
    )  # fmt: skip


# --- figures of the cities ------------------------------------------------------------------------------


def _figures(desk: Desk) -> Section:
    title = Text("Economy, population, participation", "经济、人口与参与")
    catalogue = desk.atlas.indicators
    asked = catalogue[catalogue["group"].isin(GROUPS) & (catalogue["comparable"] != "no")]
    values = _values(desk, [str(i) for i in asked["indicator_id"]])
    blocks: list[Block] = []
    if "population" in values.columns and values["population"].notna().sum() > 1:
        blocks.append(_sizes(desk, values["population"].dropna()))
    blocks.append(_seen(desk, asked, values))
    blocks.append(_figure_table(desk, asked, values))
    blocks.append(
        limit(
            "Figures are of different years, boundaries and sources; where sources disagree one is taken by the stated policy, and the "
            "others are kept. Which city publishes a figure is no accident.",
            "各数据的年份、地域口径与来源不尽相同；来源不一致时依公开规则取其一，其余保留。哪些城市公布哪些数据并非偶然。",
        )
    )
    return Section("background.figures", title, tuple(blocks))


def _values(desk: Desk, names: list[str]) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        found = desk.atlas.table(names, desk.study.facts).values
        return found.reindex(list(desk.awarded))

    return desk.once(f"figures {' '.join(names)}", make)


def _sizes(desk: Desk, held: pd.Series) -> Finding:
    ordered = held.sort_values()
    low, high = ordered.quantile(0.25), ordered.quantile(0.75)
    claim = say(
        "The awarded cities reach from {small} ({least}) to {large} ({most}); half of them have between {low} and {high} people.",
        "获奖城市的人口从{small}的{least}到{large}的{most}不等，半数介于{low}与{high}之间。",
        small=desk.city(str(ordered.index[0])), least=Number(float(ordered.iloc[0]), unit="persons", words=True),
        large=desk.city(str(ordered.index[-1])), most=Number(float(ordered.iloc[-1]), unit="persons", words=True),
        low=Number(_rounded(low), words=True), high=Number(_rounded(high), words=True),
    )  # fmt: skip
    disagree = desk.atlas.conflicts()
    n = disagree.loc[
        (disagree["indicator_id"] == "population") & disagree["city_id"].isin(held.index), "city_id"
    ].nunique()
    sure = say(
        "Sources disagree on the population of {n} of these cities.", "其中{n}个城市的人口数，各来源说法不一。", n=int(n)
    ) if n else say("No two sources disagree on these populations.", "各来源的人口数没有不一致。")  # fmt: skip
    return Finding(
        "background.size", claim, "described", Coverage(len(held), len(desk.awarded), Text("awarded cities with a population", "有人口数据的获奖城市")), sure,
        desk.how(
            "The population within the boundary of the city, the latest year of the best source; quartiles between the cities.",
            "取城市行政边界内人口，优先最可靠来源的最近年份；按城市计算四分位数。", SIZE_CODE,
        ),
        {"least": float(ordered.iloc[0]), "most": float(ordered.iloc[-1]), "low": float(low), "high": float(high)},
    )  # fmt: skip


def _seen(desk: Desk, asked: pd.DataFrame, values: pd.DataFrame) -> Finding:
    n = len(desk.awarded)
    counts = values.notna().sum()
    half = [str(i) for i in counts.index if n and counts[i] >= n / 2]
    by_id = asked.set_index("indicator_id")
    named: tuple[Value, ...] = tuple(
        Word(Text(str(by_id.at[i, "name_en"]).lower(), str(by_id.at[i, "name_zh"]))) for i in half
    )
    claim = say(
        "Of {k} figures on economy, population and participation that may be compared, {h} {h:is|are} there for at least half of the "
        "awarded cities: {list}.",
        "在经济、人口与参与方面可作比较的{k}项数据中，至少半数获奖城市具备的有{h}项：{list}。",
        k=len(asked), h=len(half), list=Listing(named),
    ) if half else say(
        "Of {k} figures on economy, population and participation that may be compared, none is there for at least half of the awarded "
        "cities.",
        "在经济、人口与参与方面可作比较的{k}项数据中，没有一项为至少半数获奖城市所具备。", k=len(asked),
    )  # fmt: skip
    cells = int(counts.sum())
    return Finding(
        "background.coverage", claim, "described", Coverage(cells, n * len(asked), Text("cells of cities and figures that are filled", "城市与指标组合中有数据者")),
        say(
            "What was not seen may well be published; pages were read by their openings.", "未见的数据未必没有公布；网页仅阅读了开头部分。"
        ) if desk.shipped else say("What was not seen may well be published.", "未见的数据未必没有公布。"),
        desk.how("Figures of the city itself, context left out.", "仅计城市自身数据，不含国家背景。", COVERAGE_CODE),
        {"asked": len(asked), "half": len(half), "cells": cells},
    )  # fmt: skip


def _figure_table(desk: Desk, asked: pd.DataFrame, values: pd.DataFrame) -> Table:
    heads = (
        Head(Text("Group", "类别")), Head(Text("Figure", "指标")), Head(Text("Cities", "城市数"), numeric=True),
        Head(Text("Median", "中位数"), numeric=True), Head(Text("Middle half", "中间半数"), numeric=True),
        Head(Text("Compare", "可比性")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for row in asked.to_dict("records"):
        held = values[str(row["indicator_id"])].dropna()
        if not len(held):
            continue
        unit = or_none(row["unit"])
        middle, low, high = (_rounded(held.quantile(q)) for q in (0.5, 0.25, 0.75))
        rows.append((
            words(GROUPS[str(row["group"])].en, GROUPS[str(row["group"])].zh), words(row["name_en"], row["name_zh"]), number(len(held)),
            say("{m}", "{m}", m=Number(middle, unit=None if unit is None else str(unit), words=middle >= 1e6)),
            say("{a} to {b}", "{a}至{b}", a=Number(low, words=high >= 1e6), b=Number(high, words=high >= 1e6)) if len(held) > 3 else None,
            say("{w}", "{w}", w=desk.label("comparable", str(row["comparable"]))),
        ))  # fmt: skip
    return Table(
        "background.figures-table", say("Figures that awarded cities publish of themselves: in how many, and where the middle lies", "获奖城市公布的各项数据：有数据的城市数及中位水平"), heads, tuple(rows),
        say("Own figures of the cities alone. The middle half is given from four cities on.", "仅为城市自身数据；四个及以上城市有数据时给出中间半数。"),
    )  # fmt: skip


def _rounded(value: Any) -> float:
    """Three digits are what such medians carry."""
    return float(f"{float(value):.3g}")


# --- context --------------------------------------------------------------------------------------------


def _context(desk: Desk) -> Section:
    title = Text("The countries they stand in", "所在国家的情况")
    held = desk.atlas.context
    countries = (
        desk.atlas.cities.set_index("city_id")["country_iso3"].reindex(list(desk.awarded)).dropna().unique()
    )
    latest = (
        held[held["country_iso3"].isin(countries)]
        .sort_values("year")
        .groupby(["indicator_id", "country_iso3"])
        .last()
    )
    catalogue = desk.atlas.indicators.set_index("indicator_id")
    rows: list[tuple[Cell, ...]] = []
    for name in (one for one in CONTEXT if one in latest.index.get_level_values(0)):
        figures = latest.loc[name]["value"].dropna().sort_values()
        years = latest.loc[name]["year"].dropna()
        if not len(figures):
            continue
        rows.append((
            words(catalogue.at[name, "name_en"], catalogue.at[name, "name_zh"]) if name in catalogue.index else words(name),
            number(len(figures)), _with_country(desk, figures, 0), number(_rounded(figures.median())), _with_country(desk, figures, -1),
            _years(years),
        ))  # fmt: skip
    if not rows:
        return Section(
            "background.context",
            title,
            (limit("These data hold no figures of countries.", "所用数据中没有国家数据。"),),
        )
    heads = (
        Head(Text("Figure of the country", "国家数据")), Head(Text("Countries", "国家数"), numeric=True), Head(Text("Lowest", "最低")),
        Head(Text("Median", "中位数"), numeric=True), Head(Text("Highest", "最高")), Head(Text("Years", "年份")),
    )  # fmt: skip
    return Section(
        "background.context", title,
        (
            text(
"The figures of their {n} {n:country|countries} are context and none of the city's own: an average says little of one city.",
                "以下为这{n}个国家的数据。国家数据只是背景，不是城市自身的数据：全国平均数难以说明其中某一个城市。",
                n=len(countries),
            ),
            Table("background.context-table", say("Context: how far the countries of the awarded cities lie apart", "背景：获奖城市所在国家的差距"), heads, tuple(rows)),
        ),
    )  # fmt: skip


def _years(years: pd.Series) -> Phrase:
    first, last = Year(int(years.min())), Year(int(years.max()))
    return say("{a}", "{a}", a=first) if first == last else say("{a} to {b}", "{a}至{b}", a=first, b=last)


def _with_country(desk: Desk, figures: pd.Series, at: int) -> Phrase:
    return say(
        "{v} ({c})",
        "{v}（{c}）",
        v=Number(_rounded(figures.iloc[at])),
        c=desk.country(str(figures.index[at])),
    )


# --- problems -------------------------------------------------------------------------------------------


def _problems(desk: Desk) -> Section:
    title = Text(
        "Motives, by their own account: the problems that practices answer", "建设动因：举措所回应的问题"
    )
    codes, city = desk.atlas.codes, desk.atlas.practices.set_index("practice_id")["city_id"]
    codes = codes.assign(city_id=codes["practice_id"].map(city))
    codes = codes[codes["city_id"].isin(desk.awarded)]
    mine = codes[codes["coder"] == desk.study.coder]
    named = mine[mine["problem"].notna() & (mine["problem"] != NONE)]
    if not len(named):
        return Section(
            "background.problems",
            title,
            (
                limit(
                    "No practice in these data names a problem that it answers.",
                    "所用数据中没有举措写明所回应的问题。",
                ),
            ),
        )
    counts = named["problem"].value_counts()
    cities = named.groupby("problem")["city_id"].nunique()
    order = sorted(map(str, counts.index), key=lambda p: (-int(counts[p]), p))
    top = order[:3]
    others = _other_counts(desk, codes)
    claim = say(
        "{share} of the practices name a problem that they answer; most often {list}.", "写明所回应问题的举措占{share}，最常见的是{list}。",
        share=Share(len(named) / len(mine)), list=Listing(tuple(desk.label("problem", p) for p in top)),
    )  # fmt: skip
    same = [sorted(o, key=lambda p: (-o[p], p))[: len(top)] for o in others.values()]
    sure = say("Every coder puts the same {k} first.", "各编码员所得的前{k}项及其次序相同。", k=len(top)) if same and all(s == top for s in same) else say(
        "Coders do not put the same ones first: who reads shapes which problem is seen.", "各编码员所得的前几项不尽相同：见到什么问题与由谁阅读有关。"
    ) if same else say("There is one coder alone.", "只有一位编码员。")  # fmt: skip
    heads = (
        Head(Text("Problem", "问题")), Head(Text("Practices", "举措数"), numeric=True), Head(Text("Cities", "城市数"), numeric=True),
        *(Head(Text(f"Practices, coder {c}", f"举措数（编码员{c}）"), numeric=True) for c in others),
    )  # fmt: skip
    rows = tuple(
        (say("{p}", "{p}", p=desk.label("problem", p)), number(int(counts[p])), number(int(cities[p])), *(number(o.get(p, 0)) for o in others.values()))
        for p in order
    )  # fmt: skip
    return Section(
        "background.problems", title,
        (
            Finding(
                "background.problems-named", claim, "described", Coverage(len(named), len(mine), Text("practices that name a problem", "写明问题的举措")), sure,
                desk.how("A count of the problem that each practice is coded with.", "统计每项举措编码的问题。", PROBLEMS_CODE.replace("CODER", desk.study.coder)),
                {f"n {p}": int(counts[p]) for p in order} | {"practices": len(mine)},
            ),
            Table("background.problems-table", say("Problems that practices name, the most frequent first", "举措写明所回应的问题（由多到少）"), heads, rows),
            text(
                "That most practices name no problem is itself worth knowing: cities publish what they offer more often than what it is "
                "for. A motive here is what a city says of itself; whether it moved the city was not tested.",
                "多数举措未写明所回应的问题，这本身值得注意：城市公开的多是“提供什么”，较少说明“为解决什么”。这里的“动因”仅指城市自述的问题，不是因果意义上的原因。",
            ) if len(named) * 2 < len(mine) else text("Most practices say what they are for. A motive here is what a city says of itself; whether it moved the city was not tested.", "多数举措写明了目的。这里的“动因”仅指城市自述的问题，不是因果意义上的原因。"),
        ),
    )  # fmt: skip


def _other_counts(desk: Desk, codes: pd.DataFrame) -> dict[str, dict[str, int]]:
    found = {}
    for coder in desk.coders:
        if coder != desk.study.coder:
            theirs = codes[(codes["coder"] == coder) & codes["problem"].notna() & (codes["problem"] != NONE)]
            found[coder] = {str(p): int(n) for p, n in theirs["problem"].value_counts().items()}
    return found


# --- what goes with what ----------------------------------------------------------------------------------


def _pairs_code(desk: Desk, adjust: str) -> str:
    return (
        f"{asked_as(desk, 'background')}\npairs = found.association.judged\n"
        f"q = min((1.0 if one.q_{adjust} is None else one.q_{adjust} for one in pairs), default=1.0)\n"
        '{"pairs": len(pairs), "found": len(found.found), "held": len(found.held), "q": q}'
    )


def _together(desk: Desk) -> Section:
    title = Text("Does the background go with what they show?", "背景与所呈现的特征是否相伴")
    found = background(desk)
    if found is None:
        return Section(
            "background.together",
            title,
            (
                limit(
                    "These data carry no such question: too few cities, or too few figures.",
                    "所用数据无从提出这一问题：城市或数据过少。",
                ),
            ),
        )
    pairs, hits, held = len(found.association.judged), len(found.found), len(found.held)
    least = min((_q(found, p) for p in found.association.judged), default=1.0)
    how = desk.how(
        "Rank correlation, or difference between groups, of each figure with each characteristic; p by permutation, of country figures "
        "by permutation of countries; false discovery rate by Benjamini and Hochberg; practices and sources read beside and taken out.",
        "每项数据与每项特征的秩相关或组间差异；p值由置换得到，国家数据按国家置换；错误发现率按Benjamini与Hochberg方法控制；并扣除所读举措数与来源数的影响。",
        _pairs_code(desk, found.association.adjust), "learningcity explain associate --atlas", seed=True, level=level(desk),
    )  # fmt: skip
    if held:
        strength = "strong"
        claim = say(
            "Held in every check: {list}.",
            "通过全部检验的有：{list}。",
            list=Listing(tuple(_pair(found, p) for p in found.held)),
        )
    elif hits:
        strength = "weak"
        claim = say(
            "Weak: {list} {n:goes|go} together beyond chance, but not in every check.", "证据较弱：{list}超出偶然地相伴，但未通过全部检验。",
            n=hits, list=Listing(tuple(_pair(found, p) for p in found.found)),
        )  # fmt: skip
    else:
        strength = "nothing"
        claim = say(
            "That anything in the background goes with what the cities show is not borne out in any of {pairs} pairs.",
            "背景中的任何一项与各城市所呈现的特征相伴，在{pairs}对比较中均未获支持。", pairs=pairs,
        )  # fmt: skip
    blocks: list[Block] = [
        Finding(
            "background.pairs", claim, strength, Coverage(len(found.coded.data), len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市")),
            join(
                say("Least false discovery rate {q} over {pairs} pairs; the limit is {level}.", "{pairs}对中错误发现率最小为{q}，界限为{level}。", q=P(least), pairs=pairs, level=Number(level(desk), 4)),
                _nearest(found) if not hits else None,
            ),
            how, {"pairs": pairs, "found": hits, "held": held, "q": least},
        ),
        desk.figure(
            "background.matrix", _matrix_caption(pairs, hits), found, "associations", how,
            say("Figures marked as country are context and none of the city's own.", "标注“国家”者为背景，并非城市自身数据。"),
        ),
    ]  # fmt: skip
    if found.near_constant:
        named: tuple[Value, ...] = tuple(desk.condition(c) for c in found.near_constant)
        blocks.append(
            Paragraph(
                say(
                    "Nothing can go with what hardly varies: {list} {n:is|are} seen nearly everywhere.", "各城市几乎没有差异的特征，无从考察其与何种因素相伴：{list}在各城市几乎都可见到。",
                    list=Listing(named), n=len(named),
                ),
                "limit",
            )
        )  # fmt: skip
    blocks.append(
        text(
            "That does not say that background is without weight: with so few cities and figures only large differences would be seen. It "
            "says that the record of these cities gives no ground to expect less of a small city or a poor one, nor to expect the same. What the cities have in common is "
            "the next question.",
            "这并不说明背景无足轻重：城市与数据数量有限，只有很大的差异才能看出。它说明的是，现有记录既不支持对小城市或欠发达城市降低期望，也不足以断定并无差别。"
            "这些城市有何共同之处，是下一章的问题。",
        ) if not hits else text(
            "What goes together in these cities need not do so elsewhere, and which comes first is not said. What the cities have in "
            "common is the next question.",
            "在这些城市中相伴出现的，在别处未必如此，孰先孰后也未可知。这些城市有何共同之处，是下一章的问题。",
        )
    )  # fmt: skip
    return Section("background.together", title, tuple(blocks))


def _matrix_caption(pairs: int, hits: int) -> Phrase:
    """What is to be seen in the matrix."""
    return say(
        "Every figure of the background with every characteristic: {hits} of {pairs} pairs {hits:goes|go} beyond chance", "各项背景数据与各项特征：{pairs}对中{hits}对超出偶然",
        hits=hits, pairs=pairs,
    ) if hits else say(
        "Every figure of the background with every characteristic: none of the {pairs} pairs goes beyond chance", "各项背景数据与各项特征：{pairs}对中没有一对超出偶然", pairs=pairs
    )  # fmt: skip


def _name(found: AtlasBackground, name: str) -> Text:
    return found.labels.get(name, Text(name, name))


def _pair(found: AtlasBackground, pair: Any) -> Word:
    one, two = _name(found, pair.background), _name(found, pair.characteristic)
    return Word(
        Text(f"{one.en} with {two.en} ({pair.estimate:+.2f})", f"{one.zh}与{two.zh}（{pair.estimate:+.2f}）")
    )


def _nearest(found: AtlasBackground) -> Phrase | None:
    ranked = sorted(
        (_q(found, p), 1.0 if p.p is None else p.p, n) for n, p in enumerate(found.association.judged)
    )
    if not ranked:
        return None
    best = found.association.judged[ranked[0][2]]
    return say("Nearest to it comes {pair}.", "最接近的是{pair}。", pair=_pair(found, best))


def _q(found: AtlasBackground, pair: Any) -> float:
    """The false discovery rate at which a pair would count; 1 where it has none."""
    q = pair.q_bh if found.association.adjust == "bh" else pair.q_by
    return 1.0 if q is None else float(q)
