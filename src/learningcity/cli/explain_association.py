"""``learningcity explain associate``: background with characteristics, awarded against other members."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option
from learningcity.cli.explain_answers import give, refuse_printed, show
from learningcity.cli.explain_heads import ASSOCIATION_HEADS, BACKGROUND_KINDS, CHANCES, MEASURES
from learningcity.cli.explain_options import names_from
from learningcity.cli.explain_tables import (
    Cases,
    asks_atlas,
    atlas_choices,
    columns_of,
    given,
    one_language,
    read_cases,
    with_table_or_atlas,
)
from learningcity.cli.explain_words import in_words
from learningcity.cli.output import (
    as_json,
    out_path,
    seed_option,
    working,
)
from learningcity.cli.recipe import recipe_option
from learningcity.cli.words import NO, YES

if TYPE_CHECKING:
    import pandas as pd

_OF_TABLES = (
    "effort", "groups", "clusters", "awarded", "disjoint", "shared", "correlation", "interval", "confidence",
)  # fmt: skip
_LIST = "A,B,..."
#: What cells of the column that tells who was awarded may hold.
_AWARDED = {
    "1": True, "yes": True, "true": True, "是": True, "0": False, "no": False, "false": False, "否": False,
}  # fmt: skip


@command(
    text=Text(
        "Every pair of a background column and a characteristic: rank correlation or difference of groups, with "
        "interval, exact or permutation p, and the false discovery rate over all pairs. Association only, nothing causal.",
        "背景变量与特征变量逐对分析：等级相关或组间差异，附区间、精确或置换p值，以及对全部变量对的错误发现率控制。"
        "只是相关关系，不表明因果。",
    ),
    examples=(
        "learningcity explain associate my-study/towns.csv --background budget,centres --characteristics LAW,participation",
        "learningcity explain associate my-study/towns.csv --background budget,centres --characteristics participation "
        "--effort partners --language zh",
        "learningcity explain associate --atlas --background population --characteristics law,green --permutations 199",
    ),
)
@with_table_or_atlas(
    Text(
        "Take the awarded cities of the atlas: --background are indicators, --characteristics mechanisms and themes; all "
        "that may be compared by default.",
        "以图谱中的获奖城市为案例：--background为指标，--characteristics为举措类别与特征，默认为全部可比者。",
    )
)
@option(
    "--background",
    multiple=True,
    metavar=_LIST,
    text=Text("Columns of the background.", "背景变量所在的列。"),
)
@option(
    "--characteristics",
    multiple=True,
    metavar=_LIST,
    text=Text("Columns of the characteristics; else all others.", "特征变量所在的列；默认为其余各列。"),
)
@option(
    "--effort",
    multiple=True,
    metavar=_LIST,
    text=Text(
        "Columns that tell how much was read of a case; shown beside each pair and taken out of it.",
        "反映所读资料多少的列；列于每对变量旁，并剔除其影响。",
    ),
)
@option(
    "--groups",
    multiple=True,
    metavar=_LIST,
    text=Text("Columns of numbers that are names of groups.", "以数字表示组别的列。"),
)
@option(
    "--clusters",
    metavar="COLUMN",
    text=Text(
        "Which cases belong together, such as the country: what is the same all over a cluster counts once.",
        "案例所属的群组（如国家）：整个群组取值相同的变量按群组置换。",
    ),
)
@option(
    "--awarded",
    metavar="COLUMN",
    text=Text(
        "Compare awarded cases (1, yes) with the others on size and context alone, in place of --characteristics.",
        "就规模与背景比较获奖案例（1、是）与其他案例，代替--characteristics。",
    ),
)
@option(
    "--disjoint",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "The same columns read off evidence that both sides do not share; each pair is judged again on it.",
        "由两侧互不共用的证据得出的相同各列；据此对每对变量重新检验。",
    ),
)
@option(
    "--shared",
    type=click.FloatRange(0, 1),
    text=Text("Share of the evidence that both sides share.", "两侧共用证据的比例。"),
)
@option(
    "--correlation",
    type=click.Choice(("spearman", "kendall")),
    text=Text("Of ranks (spearman).", "等级相关（spearman）。"),
)
@option(
    "--interval",
    type=click.Choice(("fisher", "bootstrap")),
    text=Text("Of rank correlations (fisher).", "等级相关的区间（fisher）。"),
)
@option(
    "--adjust",
    type=click.Choice(("bh", "by")),
    text=Text(
        "False discovery rate: bh, or by under any dependence.", "错误发现率：bh，或适用于任意相依的by。"
    ),
)
@option(
    "--level",
    type=click.FloatRange(0, 1),
    text=Text("Largest q of a finding (0.05).", "发现的最大q值（0.05）。"),
)
@option(
    "--confidence",
    type=click.FloatRange(0, 1),
    text=Text("Of the intervals (0.95).", "区间的置信水平（0.95）。"),
)
@option(
    "--fewest", type=click.IntRange(3), text=Text("Least cases of a pair (5).", "每对变量的最少案例数（5）。")
)
@option("--permutations", type=click.IntRange(1), text=Text("Shuffles a pair.", "每对变量的置换次数。"))
@option("--draws", type=click.IntRange(0), text=Text("Draws of the bootstrap.", "自助抽样次数。"))
@seed_option
@recipe_option
@show(
    "pairs",
    "found",
    "coverage",
    "members",
    text=Text(
        "All pairs, those found, and with --atlas how far the columns are filled, or awarded cities against other members.",
        "全部变量对（pairs）、其中的发现（found）；与--atlas合用时还有各列的覆盖情况（coverage）、获奖城市与其他成员的比较（members）。",
    ),
)
@as_json
@out_path
def associate(shown: str, as_json: bool, out: Path | None, **asked: Any) -> None:
    """Background with characteristics."""
    refuse_printed(out)
    choices = given(asked, "adjust", "level", "fewest", "permutations", "draws", "seed")
    background = names_from(asked["background"])
    characteristics = names_from(asked["characteristics"])
    if asks_atlas(asked, of_tables=_OF_TABLES):
        chosen = atlas_choices(asked)
        with working(Text("judging pairs", "正在检验各对变量")) as progress:
            cities = lc.atlas_background(
                chosen.pop("atlas"), background or None, characteristics=characteristics or None, **chosen, **choices,
                progress=progress,
            )  # fmt: skip
        give(cities, _atlas_tables(cities), shown, as_json=as_json, out=out)
        return
    if shown in ("coverage", "members"):
        raise InputError(Text(f"--show {shown} goes with --atlas.", f"--show {shown}须与--atlas合用。"))
    with working(Text("judging pairs", "正在检验各对变量")) as progress:
        table = read_cases(asked)
        found = _judged(table, background, characteristics, asked, {**choices, "progress": progress})
    language = current_language()
    frame = found.table(language)
    tables = {
        "pairs": lambda: _pairs(frame, {}),
        "found": lambda: _pairs(frame[frame["found"]], {}),
    }
    give(found, tables, shown, as_json=as_json, out=out)


def _judged(
    table: Cases, background: tuple[str, ...], characteristics: tuple[str, ...], asked: Mapping[str, Any], choices: Any
) -> Any:  # fmt: skip
    data = table.data
    if not background:
        raise InputError(
            Text("Which background? Give --background A,B.", "请以--background A,B指明背景变量。")
        )
    effort, groups = names_from(asked["effort"]), names_from(asked["groups"])
    clusters = None if asked["clusters"] is None else columns_of(data, [asked["clusters"]]).iloc[:, 0]
    first = columns_of(data, background)
    if asked["awarded"] is not None:
        wrong = [
            n
            for n in ("effort", "disjoint", "shared", "correlation", "interval")
            if asked[n] not in (None, ())
        ]
        if wrong or characteristics:
            word = "--" + (wrong or ["characteristics"])[0]
            raise InputError(Text(f"{word} does not go with --awarded.", f"{word}不能与--awarded合用。"))
        return lc.contrast_members(
            first, _awarded(data, asked["awarded"]), countries=clusters,
            **given({**asked, "groups": groups}, "groups", "confidence"), **choices,
        )  # fmt: skip
    taken = {*background, *effort, *([asked["clusters"]] if asked["clusters"] else [])}
    second = columns_of(data, characteristics or [c for c in data.columns if c not in taken])
    if not len(second.columns):
        raise InputError(
            Text(
                "No column is left for the characteristics; name them with --characteristics.",
                "没有剩余的列可作为特征变量；请以--characteristics指明。",
            )
        )
    again = None
    if asked["disjoint"] is not None:
        other = lc.read_case_table(asked["disjoint"], case=asked["case"])
        again = columns_of(other, list(first.columns)), columns_of(other, list(second.columns))
    return lc.associate(
        first, second, effort=columns_of(data, effort) if effort else None, groups=groups or None, clusters=clusters,
        disjoint=again, **given(asked, "shared", "correlation", "interval", "confidence"), **choices,
    )  # fmt: skip


def _awarded(data: pd.DataFrame, column: str) -> pd.Series:
    """Truth values of a column of 1 and 0, yes and no."""
    import pandas as pd

    cells = columns_of(data, [column]).iloc[:, 0]
    read = {
        case: _AWARDED.get(f"{cell:g}" if isinstance(cell, float) else str(cell).strip().lower())
        for case, cell in cells.items()
    }
    wrong = [str(case) for case, cell in read.items() if cell is None]
    if wrong:
        raise InputError(
            Text(
                f"{column} is neither 1 nor 0, yes nor no, for: {', '.join(wrong[:10])}.",
                f"以下案例的{column}既非1、0，也非是、否：{'、'.join(wrong[:10])}。",
            )
        )
    return pd.Series(read, dtype=bool)


def _pairs(frame: pd.DataFrame, labels: Mapping[str, Text]) -> pd.DataFrame:
    """The table in words; columns that are empty throughout are left out."""
    words = {"measure": MEASURES, "method": CHANCES, "background": labels, "characteristic": labels}
    heads = dict(ASSOCIATION_HEADS)
    for column in map(str, frame.columns):
        side, mark, name = column.partition("~")
        if mark and side in ("background", "characteristic"):
            word = ASSOCIATION_HEADS[side]
            heads[column] = Text(f"{word.en} with {name}", f"{word.zh}与{name}的相关")
        coder, _, what = column.rpartition("_")
        if coder and what in ("estimate", "p") and column not in heads:
            title = Text("effect size", "效应量") if what == "estimate" else Text("p", "p值")
            heads[column] = Text(f"{title.en}, coder {coder}", f"{title.zh}（编码员{coder}）")
    kept = frame.dropna(axis=1, how="all") if len(frame) else frame
    return in_words(kept, current_language(), words=words, heads=heads, labels=None)


def _atlas_tables(cities: Any) -> dict[str, Any]:
    language = current_language()
    frame = cities.table(language)
    labels = cities.labels

    def coverage() -> pd.DataFrame:
        shown = one_language(cities.coverage.reset_index(drop=True))
        return in_words(
            shown, language, words={"kind": BACKGROUND_KINDS, "used": {True: YES, False: NO}}, heads=ASSOCIATION_HEADS
        )  # fmt: skip

    def members() -> pd.DataFrame:
        if cities.members is None:
            raise InputError(
                Text(
                    "Nothing can be told of awarded cities against other members.",
                    "无法比较获奖城市与其他成员。",
                )
            )
        return _pairs(cities.members.table(language), labels)

    return {
        "pairs": lambda: _pairs(frame, labels),
        "found": lambda: _pairs(frame[frame["found"]], labels),
        "coverage": coverage,
        "members": members,
    }
