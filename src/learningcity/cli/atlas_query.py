"""``learningcity atlas``: the questions that a frame answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.opening import city_names, open_atlas, with_names, with_overlay
from learningcity.cli.output import answer, as_json, is_empty, out_path, working
from learningcity.cli.words import STEPS, TITLES

if TYPE_CHECKING:
    import pandas as pd

SCOPES = ("city", "metro", "province", "country")


def _labelled(frame: pd.DataFrame, vocabularies: dict[str, str]) -> pd.DataFrame:
    """Replace codes by their words in the language of the command."""
    language = current_language()
    words = {
        column: [v if is_empty(v) else lc.label(vocabulary, str(v), language) for v in frame[column]]
        for column, vocabulary in vocabularies.items()
        if column in frame.columns
    }
    return frame.assign(**words)


@command(
    text=Text(
        "Put indicators side by side, one row a city. Empty cells mean not seen.\n"
        "--origin gives one row a cell with year, facts, sources and whether sources disagree.",
        "按城市并列显示指标，每个城市一行；空白表示未见公开资料。\n"
        "--origin逐格列出年份、事实数据、来源以及来源是否不一致。",
    ),
    examples=(
        "learningcity atlas table population gdp_per_capita",
        "learningcity atlas table population --scope city --scope metro --max-age 10 --origin",
        "learningcity atlas table population --out figures.xlsx",
    ),
)  # fmt: skip
@argument("indicator", nargs=-1, required=True, text=Text("Ids of indicators.", "指标编号。"))
@option(
    "--scope",
    multiple=True,
    type=click.Choice(SCOPES),
    text=Text(
        "Areas that count, the preferred first; may be repeated. Default: city.",
        "统计范围，按优先顺序，可重复。默认为city。",
    ),
)
@option("--year", type=int, text=Text("The latest figure not after this year.", "取不晚于该年的最新数据。"))
@option(
    "--max-age", type=int, text=Text("Leave out figures older than so many years.", "舍去早于若干年的数据。")
)
@option(
    "--context",
    is_flag=True,
    text=Text(
        "Fill gaps with the country's figure, marked as such.", "以所在国家的数据填补空缺，并加以标注。"
    ),
)
@option("--origin", is_flag=True, text=Text("One row a cell, with its origin.", "逐格列出数据出处。"))
@with_overlay
@as_json
@out_path
def table(
    indicator: tuple[str, ...],
    scope: tuple[str, ...],
    year: int | None,
    max_age: int | None,
    context: bool,
    origin: bool,
    overlay: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Cities by indicators."""
    language = current_language()
    atlas = open_atlas(overlay)
    policy = lc.FactPolicy(scopes=scope or ("city",), year=year, max_age=max_age, context=context)
    found = atlas.table(list(dict.fromkeys(indicator)), policy)
    catalogue = atlas.indicators.set_index("indicator_id")
    titles = dict(TITLES)
    for name in found.values.columns:
        unit = lc.label("unit", found.units.get(name, ""), language)
        titles[name] = Text(
            f"{catalogue.at[name, 'name_en']} ({unit})", f"{catalogue.at[name, 'name_zh']}（{unit}）"
        )
    frame = _origins(found, language) if origin else with_names(atlas, found.values, language)
    answer(frame, "figures", titles=titles, data=found.to_dict(), out=out, as_json=as_json)
    if not as_json:
        say(found.summary(language))


def _origins(found: lc.FactTable, language: str) -> pd.DataFrame:
    """One row a cell, the formula of derived figures in the language."""
    frame = found.table()
    other = {"en": "zh", "zh": "en"}[language]
    return frame.rename(columns={f"formula_{language}": "formula"}).drop(columns=f"formula_{other}")


@command(
    text=Text(
        "List the indicators: name, group, unit, whether they may be compared, and how many facts there are.",
        "列出指标：名称、组别、单位、可否比较以及事实数据条数。",
    ),
    examples=("learningcity atlas indicators", "learningcity atlas indicators --json"),
)
@with_overlay
@as_json
@out_path
def indicators(overlay: str | None, as_json: bool, out: Path | None) -> None:
    """The catalogue."""
    atlas = open_atlas(overlay)
    counted = atlas.facts["indicator_id"].value_counts()
    catalogue = atlas.indicators
    frame = catalogue[["indicator_id", f"name_{current_language()}", "group", "unit", "comparable"]]
    frame = frame.set_axis(["indicator_id", "indicator", "group", "unit", "comparable"], axis=1)
    frame = frame.assign(facts=[int(counted.get(i, 0)) for i in frame["indicator_id"]])
    shown = _labelled(frame, {"group": "indicator_group", "unit": "unit", "comparable": "comparable"})
    answer(shown, "indicators", titles=TITLES, data=catalogue, out=out, as_json=as_json)


@command(
    text=Text(
        "Condition scores of all cities: seven mechanisms and four visible themes, computed from coded "
        "practices. Empty means not seen, never zero; beside them stands how much was read.",
        "各城市的条件得分：七类举措与四项呈现的特征，由编码后的实践举措计算得出。"
        "空白表示未见公开资料，不等于零；并列出资料阅读量。",
    ),
    examples=(
        "learningcity atlas conditions",
        "learningcity atlas conditions --coder mean --timing before --json",
    ),
)
@option(
    "--coder",
    default="A",
    show_default=True,
    text=Text("A, B, mean, or your own coder.", "A、B、mean或自有编码员。"),
)
@option(
    "--timing",
    type=click.Choice(("all", "before")),
    default="all",
    show_default=True,
    text=Text(
        "Count all practices, or only those before the first award.",
        "计入全部举措，或仅计首次获奖之前的举措。",
    ),
)
@with_overlay
@as_json
@out_path
def conditions(coder: str, timing: Any, overlay: str | None, as_json: bool, out: Path | None) -> None:
    """Condition scores."""
    language = current_language()
    atlas = open_atlas(overlay)
    scores = atlas.conditions(lc.CodingPolicy(timing=timing), coder)
    frame = with_names(atlas, scores.join(atlas.effort()[["practices", "sources"]]), language)
    titles = dict(TITLES)
    for name in scores.columns:
        kind = "theme" if name in ("inclusive", "prosperous", "green", "sustainable") else "mechanism"
        titles[name] = Text(lc.label(kind, name, "en"), lc.label(kind, name, "zh"))
    answer(frame, "conditions", titles=titles, out=out, as_json=as_json)
    if not as_json:
        say(
            Text(
                "Coded by machine-assisted readers in two passes of one protocol; no human expert has coded yet.",
                "由机器辅助阅读者按同一规程分两遍编码；尚无人类专家参与编码。",
            )
        )


@command(
    text=Text(
        "How much was seen of each city. Little seen is not little there.",
        "各城市的资料掌握情况。资料少见不等于工作缺失。",
    ),
    examples=("learningcity atlas coverage", "learningcity atlas coverage --out coverage.csv"),
)
@with_overlay
@as_json
@out_path
def coverage(overlay: str | None, as_json: bool, out: Path | None) -> None:
    """Coverage by city."""
    atlas = open_atlas(overlay)
    frame = with_names(atlas, atlas.coverage(), current_language())
    answer(frame, "coverage", titles=TITLES, out=out, as_json=as_json)


@command(
    text=Text(
        "Facts that contradict each other: one city, indicator, definition, scope and year, and values that "
        "differ by more than rounding.",
        "相互矛盾的事实数据：同一城市、指标、定义口径、统计范围和年份，数值相差超过四舍五入。",
    ),
    examples=("learningcity atlas conflicts", "learningcity atlas conflicts --json"),
)
@with_overlay
@as_json
@out_path
def conflicts(overlay: str | None, as_json: bool, out: Path | None) -> None:
    """Contradicting facts."""
    language = current_language()
    atlas = open_atlas(overlay)
    frame = atlas.conflicts()
    names, catalogue = city_names(atlas, language), atlas.indicators.set_index("indicator_id")
    shown = frame[
        ["city_id", "indicator_id", "year", "scope", "lowest", "highest", "unit", "difference", "fact_ids"]
    ]
    shown = _labelled(shown, {"scope": "scope", "unit": "unit"})
    shown = shown.assign(
        city_id=[names.get(c, c) for c in shown["city_id"]],
        indicator_id=[catalogue.at[i, f"name_{language}"] for i in shown["indicator_id"]],
        difference=[f"{share:.0%}" for share in shown["difference"]],
    ).rename(columns={"city_id": "city", "indicator_id": "indicator"})
    answer(shown if out is None else frame, "conflicts", titles=TITLES, data=frame, out=out, as_json=as_json)


@command(
    text=Text(
        "How far the coding passes agree, for each variable and condition: percent, kappa, Krippendorff's "
        "alpha with an interval by city. Agreement says that the protocol is clear, not that it is right.",
        "各变量与条件的编码一致程度：一致率、κ系数、克里彭多夫α系数及按城市自助抽样的区间。"
        "一致仅说明规程清楚，不说明编码正确。",
    ),
    examples=("learningcity atlas agreement --draws 200",),
)
@option(
    "--draws",
    type=click.IntRange(10, 100_000),
    default=1000,
    show_default=True,
    text=Text("Bootstrap draws.", "自助抽样次数。"),
)
@option(
    "--seed", type=int, default=0, show_default=True, text=Text("Seed of the random numbers.", "随机数种子。")
)
@with_overlay
@as_json
@out_path
def agreement(draws: int, seed: int, overlay: str | None, as_json: bool, out: Path | None) -> None:
    """Agreement of coders."""
    language = current_language()
    atlas = open_atlas(overlay)
    with working(Text("Drawing cities ...", "正在按城市抽样……")):
        result = atlas.agreement(draws=draws, seed=seed)
    frame = result.table().reset_index()
    answer(frame, "agreement", titles=TITLES, data=result.to_dict(), out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))


@command(
    text=Text(
        "Search cities, practices, facts, concepts, rules and literature, in Chinese and English.",
        "检索城市、实践举措、事实数据、概念、规则与文献，支持中英文。",
    ),
    examples=("learningcity atlas search 终身学习 --limit 5", "learningcity atlas search Medellin --json"),
)
@argument("text", nargs=-1, required=True, text=Text("Words to look for.", "检索词。"))
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    text=Text("At most so many.", "最多显示条数。"),
)
@with_overlay
@as_json
@out_path
def search(text: tuple[str, ...], limit: int, overlay: str | None, as_json: bool, out: Path | None) -> None:
    """Search."""
    language = current_language()
    atlas = open_atlas(overlay)
    with working(Text("Building the index ...", "正在建立索引……")):
        result = atlas.search(" ".join(text))
    frame = result.table().head(limit)
    shown = frame[["rank", "kind", "id", "city_id", f"title_{language}", f"snippet_{language}"]]
    shown = shown.set_axis(["rank", "kind", "id", "city_id", "title", "snippet"], axis=1)
    shown = _labelled(shown, {"kind": "search_kind"})
    answer(shown if out is None else frame, "search", titles=TITLES, data=frame, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))


@command(
    text=Text(
        "Follow a number back to its source: the id of a fact, practice or source, or a city with an "
        "indicator or a condition. Doubtful sources are named, never linked.",
        "由数字追溯至来源：给出事实数据、实践举措或来源的编号，或城市加指标（条件）。存疑来源仅列明，不提供链接。",
    ),
    examples=(
        "learningcity atlas trace f0001",
        "learningcity atlas trace --city Wuhan --condition law",
        "learningcity atlas trace --city Cork --indicator population --json",
    ),
)
@argument(
    "id", required=False, text=Text("Id of a fact, practice or source.", "事实数据、实践举措或来源的编号。")
)
@option("--city", text=Text("A city, by id or name.", "城市编号或名称。"))
@option("--indicator", text=Text("With --city: an indicator.", "与--city合用：指标编号。"))
@option("--condition", text=Text("With --city: a condition.", "与--city合用：条件。"))
@option(
    "--coder",
    default="A",
    show_default=True,
    text=Text("With --condition: the coder.", "与--condition合用：编码员。"),
)
@with_overlay
@as_json
@out_path
def trace(
    id: str | None,  # noqa: A002 - click names the argument after the parameter
    city: str | None,
    indicator: str | None,
    condition: str | None,
    coder: str,
    overlay: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """From a number to its sources."""
    if id is None and city is None:
        raise InputError(
            Text(
                "Give an id, or --city with --indicator or --condition.",
                "请给出编号，或以--city配合--indicator或--condition。",
            )
        )
    language = current_language()
    result = open_atlas(overlay).trace(id, city=city, indicator=indicator, condition=condition, coder=coder)
    frame = result.table()
    shown = frame.rename(columns={f"what_{language}": "what"})
    shown = shown.drop(columns=[c for c in shown.columns if c.startswith("what_")])
    shown = _labelled(shown, {"tier": "tier"})
    shown = shown.assign(step=[STEPS[s].in_(language) if s in STEPS else s for s in shown["step"]])
    answer(
        shown if out is None else frame,
        "trace",
        titles=TITLES,
        data=result.to_dict(),
        out=out,
        as_json=as_json,
    )
    if not as_json:
        say(result.summary(language))
