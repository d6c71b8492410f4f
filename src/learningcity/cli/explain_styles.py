"""``learningcity explain typology``: styles among cases, or the finding that there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.explain_answers import give, refuse_printed, show
from learningcity.cli.explain_heads import COLUMN_KINDS, MEASURES, STYLE_GAPS, STYLE_HEADS
from learningcity.cli.explain_options import names_from, pairs_from
from learningcity.cli.explain_tables import (
    asks_atlas,
    atlas_choices,
    columns_of,
    given,
    numbers_by_name,
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_LIST = "A,B,..."


@command(
    text=Text(
        "Styles among cases of numbers, levels and categories, with empty cells: Gower's distance and k-medoids; the "
        "number of styles by silhouette and stability, against tables with shuffled columns. No structure is an answer.",
        "对含数值、等级、类别及空缺单元格的案例划分类型：Gower距离与k-medoids聚类；类型数依轮廓系数与稳定性选择，"
        "并与各列随机重排的表相比。“没有结构”也是一种答案。",
    ),
    examples=(
        "learningcity explain typology my-study/towns.csv --columns participation,budget,centres,LAW --draws 20 --shuffles 49",
        "learningcity explain typology my-study/towns.csv --columns budget,centres,LAW --beside participation --k 2 "
        "--draws 20 --shuffles 49 --show styles",
        "learningcity explain typology --atlas --k 2 --draws 5 --shuffles 9 --show styles",
        "learningcity explain typology my-study/towns.csv --columns budget,centres,LAW --draws 0 --shuffles 0 --show map",
    ),
)
@with_table_or_atlas(
    Text(
        "Take the awarded cities of the atlas over mechanisms and themes.",
        "以图谱中的获奖城市为案例，按举措类别与特征划分。",
    )
)
@option(
    "--columns",
    multiple=True,
    metavar=_LIST,
    text=Text("Columns that make the styles; else all.", "用于划分类型的列，默认全部。"),
)
@option(
    "--k",
    metavar="NUMBER|auto",
    default="auto",
    show_default=True,
    text=Text("Number of styles.", "类型数。"),
)
@option(
    "--kinds",
    multiple=True,
    metavar="NAME=KIND",
    text=Text(
        "Kind of a column: numeric, ordered, categorical or asymmetric (0 in common says nothing). May be repeated.",
        "列的类别：numeric（数值）、ordered（有序）、categorical（类别）或asymmetric（同为0不计）。可重复。",
    ),
)
@option(
    "--weights",
    multiple=True,
    metavar="NAME=NUMBER",
    text=Text("Weight of a column (1). May be repeated.", "列的权重（1）。可重复。"),
)
@option(
    "--beside",
    multiple=True,
    metavar=_LIST,
    text=Text(
        "Columns that make no style, such as effort or region: whether the styles follow them is tested.",
        "不用于划分类型的列（如工作量、地区）：检验类型是否随之而变。",
    ),
)
@option(
    "--incomparable",
    type=click.Choice(("refuse", "leave_out")),
    text=Text(
        "Cases without a cell in common: refuse names them (default), leave_out goes on without.",
        "没有共同单元格的案例：refuse予以指出（默认），leave_out剔除。",
    ),
)
@option(
    "--draws",
    type=click.IntRange(0),
    text=Text("Draws of cases for stability (100).", "检验稳定性的抽样次数（100）。"),
)
@option(
    "--shuffles",
    type=click.IntRange(0),
    text=Text("Tables with shuffled columns (199).", "各列随机重排的表数（199）。"),
)
@option(
    "--permutations",
    type=click.IntRange(1),
    text=Text("Of the tests of --beside (999).", "--beside检验的置换次数（999）。"),
)
@seed_option
@recipe_option
@show(
    "cases",
    "styles",
    "profile",
    "choices",
    "beside",
    "map",
    "repeats",
    text=Text(
        "Each case, each style, what sets styles apart, the numbers of styles tried, what they follow, the cases on two "
        "axes by how alike they are (map); with --atlas, repeats on other columns and coders.",
        "各案例（cases）、各类型（styles）、各类型的特点（profile）、试过的类型数（choices）、是否随其他因素而变（beside）、"
        "按相似程度置于两轴的案例（map）；与--atlas合用时还有换列、换编码员的重复（repeats）。",
    ),
)
@as_json
@out_path
def typology(shown: str, as_json: bool, out: Path | None, **asked: Any) -> None:
    """Styles of cases."""
    refuse_printed(out)
    choices = given(asked, "incomparable", "draws", "shuffles", "permutations", "seed")
    number = _number(asked["k"])
    columns = names_from(asked["columns"])
    weights = numbers_by_name(asked["weights"], "--weights")
    if weights:
        choices["weights"] = weights
    if asks_atlas(asked, of_tables=("kinds", "beside")):
        chosen = atlas_choices(asked)
        with working(Text("looking for styles", "正在划分类型")) as progress:
            cities = lc.atlas_styles(
                chosen.pop("atlas"), columns or None, number, **chosen, **choices, progress=progress
            )
        give(
            cities,
            _atlas_tables(cities),
            shown,
            as_json=as_json,
            out=out,
            more=_placed(cities.typology, shown),
        )
        return
    if shown == "repeats":
        raise InputError(Text("--show repeats goes with --atlas.", "--show repeats须与--atlas合用。"))
    kinds = pairs_from(asked["kinds"], "--kinds")
    beside = names_from(asked["beside"])
    with working(Text("looking for styles", "正在划分类型")) as progress:
        data = read_cases(asked).data
        table = columns_of(data, columns or [c for c in data.columns if c not in beside])
        other = columns_of(data, beside) if beside else None
        unknown = [c for c in kinds if c not in table.columns and c not in beside]
        if unknown:
            raise lc.UnknownNameError("column", unknown[0], [*table.columns, *beside])
        found = lc.typology(
            table, number, kinds={c: v for c, v in kinds.items() if c in table.columns}, beside=other,
            beside_kinds={c: v for c, v in kinds.items() if c in beside},
            progress=progress, **choices,
        )  # fmt: skip
    give(found, _tables(found, {}, {}), shown, as_json=as_json, out=out, more=_placed(found, shown))


def _placed(found: Any, shown: str) -> dict[str, Any]:
    """What JSON holds of the map, where that is asked for."""
    return {"map": lc.classical_scaling(found).to_dict()} if shown == "map" else {}


def _number(given: str) -> Any:
    if given == "auto":
        return given
    if not given.isdecimal():
        raise InputError(Text(f"--k {given}: give a number or auto.", f"--k {given}：请给出数字或auto。"))
    return int(given)


def _tables(found: Any, names: Mapping[str, Text], labels: Mapping[str, Text]) -> dict[str, Any]:
    """Tables of a typology; names of cases and labels of columns where they have any."""
    import pandas as pd

    language = current_language()
    gap = Text("; ", "；").in_(language)

    def case(name: str) -> str:
        return names[name].in_(language) if name in names else name

    def worded(frame: pd.DataFrame) -> pd.DataFrame:
        return in_words(
            frame, language, heads=STYLE_HEADS, own=("cases",), names=names,
            words={"kind": COLUMN_KINDS, "measure": MEASURES, "why": STYLE_GAPS, "column": labels},
        )  # fmt: skip

    def cases() -> pd.DataFrame:
        frame = found.cases.reset_index()
        return worded(frame if found.k > 1 else frame.drop(columns=["silhouette", "neighbour", "between"]))

    def styles() -> pd.DataFrame:
        rows = [
            {
                "style": s.number, "name": _called(s.name.in_(language), labels), "medoid": case(s.medoid),
                "size": s.size, "silhouette": s.silhouette, "stability": s.stability,
                "between": gap.join(map(case, s.between)), "case": gap.join(map(case, s.cases)),
            }
            for s in found.styles
        ]  # fmt: skip
        return worded(pd.DataFrame(rows))

    def placed() -> pd.DataFrame:
        scaling = lc.classical_scaling(found)
        say(Text(scaling.summary("en"), scaling.summary("zh")))
        return worded(scaling.table())

    return {
        "cases": cases,
        "styles": styles,
        "profile": lambda: worded(found.profile),
        "choices": lambda: worded(found.choices),
        "beside": lambda: worded(found.beside),
        "map": placed,
    }


def _called(text: str, labels: Mapping[str, Text]) -> str:
    from learningcity.cli.explain_words import called

    return called(text, labels, current_language())


def _atlas_tables(cities: Any) -> dict[str, Any]:
    language = current_language()
    names = cities.coded.names
    labels = {**cities.coded.labels, **{c: STYLE_HEADS[c] for c in ("practices", "sources")}}
    tables = _tables(cities.typology, names, labels)

    def cases() -> pd.DataFrame:
        frame = one_language(cities.table().reset_index(drop="city_id" not in cities.table().index.names))
        frame = frame.rename(columns={"name": "city"})
        return in_words(
            frame, language, heads={**STYLE_HEADS, **cities.coded.labels, "city": Text("city", "城市")}, own=("cases",)
        )  # fmt: skip

    def repeats() -> pd.DataFrame:
        frame = one_language(cities.repeats.drop(columns="name"))
        return in_words(frame, language, heads=STYLE_HEADS, own=("cases",))

    return {**tables, "cases": cases, "repeats": repeats}
