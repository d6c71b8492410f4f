"""``learningcity explain ceiling|bottleneck``: necessary condition analysis."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.explain_answers import give, refuse_printed, show
from learningcity.cli.explain_heads import CEILING_HEADS, CEILING_KINDS, CEILING_NOTES
from learningcity.cli.explain_options import condition_names, joined, names_from, numbers_from, pairs_from
from learningcity.cli.explain_tables import (
    Cases,
    Several,
    asks_atlas,
    atlas_choices,
    given,
    one_language,
    read_cases,
    say_limits,
    truths,
    with_table_or_atlas,
)
from learningcity.cli.explain_words import called, in_words
from learningcity.cli.output import (
    as_json,
    out_path,
    seed_option,
    working,
)
from learningcity.cli.printed import is_printed, print_frame
from learningcity.cli.recipe import recipe_option

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import AtlasCeilings

METHODS = ("ce_fdh", "cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols", "qr", "ols")
SCALES = ("percentage_range", "percentage_max", "actual", "percentile")
#: Shuffles of each test where the cases are those of a table.
PERMUTATIONS = 10_000
_MARKS = Text("NN: not necessary. NA: no level is enough.", "NN：不必要。NA：没有足够的水平。")
_LEVELS = Text("Necessary levels of the conditions", "必要条件水平")

_outcome = option(
    "--outcome",
    metavar="NAME",
    text=Text(
        "Column of the outcome; with --atlas one or several themes, with commas between.",
        "结果所在的列；与--atlas合用时为一个或多个特征，以逗号分隔。",
    ),
)
_method = option(
    "--method",
    type=click.Choice(METHODS),
    default="ce_fdh",
    show_default=True,
    text=Text(
        "Ceiling: steps over the cases (ce_fdh), a straight line through their corners (cr_fdh), and others.",
        "上限线：沿案例的阶梯线（ce_fdh）、穿过其角点的回归直线（cr_fdh）等。",
    ),
)
_corner = option(
    "--corner",
    type=click.IntRange(1, 4),
    text=Text(
        "Empty corner: 1 upper left (default), 2 upper right, 3 lower left, 4 lower right.",
        "空白角：1左上（默认）、2右上、3左下、4右下。",
    ),
)
_scope = option(
    "--scope",
    multiple=True,
    metavar="NAME=A,B,C,D",
    text=Text(
        "Possible range of a condition (A to B) and of the outcome (C to D); else what is observed. May be repeated.",
        "某一条件的可能取值范围（A至B）与结果的可能取值范围（C至D）；默认为观测范围。可重复。",
    ),
)
_cases = joined(
    with_table_or_atlas(
        Text(
            "Take the awarded cities of the atlas; --conditions are mechanisms, --outcome themes; all by default.",
            "以图谱中的获奖城市为案例；--conditions为举措类别，--outcome为特征，默认全部。",
        )
    ),
    _outcome, condition_names, _method, _corner, _scope,
)  # fmt: skip


@command(
    text=Text(
        "Necessary condition analysis: how empty the corner is in which a high outcome would stand without the condition, "
        "and how often chance leaves it as empty. An empty corner is a pattern, not a cause.",
        "必要条件分析：若条件水平低而结果高的角落空白，空白有多大（效应量），偶然出现的可能性有多大（置换检验）。"
        "空白角只是一种形态，不是原因。",
    ),
    examples=(
        "learningcity explain ceiling my-study/towns.csv --outcome participation --conditions budget,centres,partners",
        "learningcity explain ceiling my-study/towns.csv --outcome participation --conditions centres --method cr_fdh "
        "--scope centres=0,6,0,60 --show cases",
        "learningcity explain ceiling --atlas --outcome green --conditions law,funding --permutations 199",
    ),
)
@_cases
@recipe_option
@option(
    "--permutations",
    type=click.IntRange(0),
    text=Text(
        f"Shuffles of each test; 0 for none ({PERMUTATIONS:,}; fewer with --atlas).",
        f"每项检验的置换次数；0表示不检验（{PERMUTATIONS}；与--atlas合用时较少）。",
    ),
)
@seed_option
@show(
    "ceilings",
    "cases",
    "intervals",
    text=Text(
        "Measures, the effect without each case at the corner, or how far it hangs on one case.",
        "各项指标（ceilings）、剔除边界案例后的效应量（cases），或效应量对单个案例的依赖（intervals）。",
    ),
)
@as_json
@out_path
def ceiling(
    outcome: str | None, shown: str, permutations: int | None, seed: int, as_json: bool, out: Path | None, **asked: Any
) -> None:  # fmt: skip
    """Ceilings of several conditions."""
    refuse_printed(out)
    asked = {**asked, "outcome": outcome, "permutations": permutations, "seed": seed}
    if asks_atlas(asked, of_tables=("scope",)):
        _of_atlas(asked, shown, as_json, out)
        return
    with working(Text("shuffling cases", "正在置换案例")) as progress:
        table = read_cases(asked)
        y = table.outcome(outcome)
        xs = table.conditions(names_from(asked["conditions"]), y)
        scopes = _scopes(asked["scope"], xs)
        number = PERMUTATIONS if permutations is None else permutations
        found, intervals, left_out = {}, {}, {}
        for k, x in enumerate(xs):
            place: dict[str, Any] = {
                "method": asked["method"], "corner": asked["corner"] or 1, "scope": scopes.get(x),
            }  # fmt: skip
            try:
                found[x] = lc.ceiling(
                    table.data, x, y, permutations=number, seed=seed, **place, progress=progress.part(k, len(xs))
                )  # fmt: skip
                intervals[x] = lc.ceiling_interval(table.data, x, y, **place)
            except lc.UnknownNameError:
                raise
            except InputError as error:
                if len(xs) == 1:
                    raise
                left_out[x] = error.text
    give(
        Several(found, _said(found, left_out, number)),
        _ceiling_tables(found, intervals),
        shown,
        as_json=as_json,
        out=out,
        more={"left_out": lc.plain(left_out), "intervals": {x: _bounds(one) for x, one in intervals.items()}},
    )


def _said(found: Mapping[str, Any], left_out: Mapping[str, Text], number: int) -> tuple[Text, ...]:
    said = [Text(f"{x} is left out: {why.en}", f"{x}未列入：{why.zh}") for x, why in left_out.items()]
    if not found:
        raise InputError(
            Text(
                "No condition has a ceiling. " + " ".join(t.en for t in said),
                "没有可分析的条件。" + "".join(t.zh for t in said),
            )
        )
    if number and len(found) > 1:
        said.append(
            Text(
                f"{len(found)} conditions were tested; their p-values are not adjusted for that.",
                f"共检验{len(found)}个条件，p值未作多重检验校正。",
            )
        )
    return tuple(said)


def _bounds(one: Any) -> dict[str, Any]:
    return {"low": one.low, "high": one.high, "lower": one.lower, "upper": one.upper}


def _scopes(pairs: tuple[str, ...], xs: tuple[str, ...]) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for name, text in pairs_from(pairs, "--scope").items():
        if name not in xs:
            raise lc.UnknownNameError("column", name, xs)
        numbers = numbers_from(text, "--scope")
        if len(numbers) != 4:
            raise InputError(
                Text(
                    f"--scope {name}={text}: give four numbers, lowest and highest of the condition and of the outcome.",
                    f"--scope {name}={text}：须为四个数，即条件的最小值、最大值与结果的最小值、最大值。",
                )
            )
        found[name] = (numbers[0], numbers[1], numbers[2], numbers[3])
    return found


def _ceiling_tables(found: Mapping[str, Any], intervals: Mapping[str, Any]) -> dict[str, Any]:
    import pandas as pd

    language = current_language()
    words = {"note": CEILING_NOTES}

    def ceilings() -> pd.DataFrame:
        frame = pd.concat([one.table() for one in found.values()], ignore_index=True)
        return in_words(frame.dropna(axis=1, how="all"), language, words=words, heads=CEILING_HEADS)

    def cases() -> pd.DataFrame:
        frames = [one.table().assign(x=x) for x, one in intervals.items()]
        frame = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
        return in_words(frame[["x", "case", "effect_size", "change"]], language, heads=CEILING_HEADS)

    def ranges() -> pd.DataFrame:
        rows = [
            {"x": x, "y": one.result.y, "effect_size": one.result.effect_size, **_bounds(one)}
            for x, one in intervals.items()
        ]
        frame = pd.DataFrame(rows).dropna(axis=1, how="all")
        return in_words(frame, language, heads=CEILING_HEADS)

    return {"ceilings": ceilings, "cases": cases, "intervals": ranges}


def _read_atlas(asked: Mapping[str, Any], **more: Any) -> AtlasCeilings:
    chosen = atlas_choices(asked)
    conditions = names_from(asked["conditions"]) or None
    themes = names_from((asked["outcome"],)) if asked["outcome"] else None
    with working(Text("shuffling cities", "正在置换城市")) as progress:
        return lc.atlas_ceilings(
            chosen.pop("atlas"),
            conditions,
            themes,
            method=asked["method"],
            corner=asked["corner"] or 1,
            **chosen,
            **more,
            progress=progress,
        )


def _of_atlas(asked: Mapping[str, Any], shown: str, as_json: bool, out: Path | None) -> None:
    if shown == "cases":
        raise InputError(
            Text(
                f"--show {shown} goes with a table; with --atlas all is in one table.",
                f"--show {shown}须与数据表合用；与--atlas合用时所有内容在同一表中。",
            )
        )
    found = _read_atlas(asked, **given(asked, "permutations", "seed"))
    labels = {**found.coded.labels, **{k: CEILING_KINDS[k] for k in ("practices", "sources")}}
    language = current_language()

    def pairs() -> pd.DataFrame:
        frame = one_language(found.table())
        return in_words(
            frame.assign(peers=[_named(cell, found.coded.names) for cell in frame["peers"]]),
            language,
            words={"condition": labels, "theme": labels, "kind": CEILING_KINDS, **truths(frame)},
            heads={**CEILING_HEADS, **_coder_heads(frame)},
        )

    def intervals() -> pd.DataFrame:
        frame = one_language(found.intervals()).dropna(axis=1, how="all")
        return in_words(frame, language, words={"condition": labels, "theme": labels}, heads=CEILING_HEADS)

    tables = {"ceilings": pairs, "intervals": intervals}
    more = {"intervals": lc.plain(found.intervals())} if shown == "intervals" else None
    give(found, tables, shown, as_json=as_json, out=out, more=more)


def _named(cell: str, names: Mapping[str, Text]) -> str:
    gap = Text("; ", "；").in_(current_language())
    return gap.join(names[c].in_(current_language()) if c in names else c for c in cell.split(";"))


def _coder_heads(frame: pd.DataFrame) -> dict[str, Text]:
    words = {
        "effect": Text("effect", "效应量"),
        "held": Text("held", "成立"),
        "p": Text("p", "p值"),
    }
    found = {}
    for column in map(str, frame.columns):
        coder, _, what = column.removeprefix("coder_").rpartition("_")
        if column.startswith("coder_") and what in words:
            found[column] = Text(f"{words[what].en}, coder {coder}", f"{words[what].zh}（编码员{coder}）")
    return found


@command(
    text=Text(
        "Table of necessary levels: which level of each condition the cases at each level of the outcome had at least. "
        "NN: not necessary; NA: no level seen is enough. No promise that reaching a level brings the outcome. --out .docx or "
        ".tex writes it as journals print it.",
        "必要条件水平表：结果达到各水平的案例，其各条件至少达到何种水平。NN为不必要，NA为观测范围内没有足够的水平。"
        "达到某一水平并不保证出现结果。--out以.docx或.tex结尾时按期刊格式写出。",
    ),
    examples=(
        "learningcity explain bottleneck my-study/towns.csv --outcome participation --conditions budget,centres,partners",
        "learningcity explain bottleneck my-study/towns.csv --outcome participation --conditions budget,centres "
        "--scale-x actual --scale-y actual --levels 20,30,40,50 --method cr_fdh",
        "learningcity explain bottleneck --atlas --outcome green --conditions law,funding",
        "learningcity explain bottleneck --atlas --outcome green --conditions law,funding --out levels.docx",
    ),
)
@_cases
@recipe_option
@option(
    "--scale-x",
    type=click.Choice(SCALES),
    text=Text(
        "Scale of the conditions: percent of the range (default; with --atlas actual) or of the highest, units, percentile.",
        "条件的尺度：占取值范围的百分比（默认；与--atlas合用时为actual）、占最大值的百分比、原始数值或百分位。",
    ),
)
@option("--scale-y", type=click.Choice(SCALES), text=Text("Scale of the outcome.", "结果的尺度。"))
@option(
    "--steps",
    type=click.IntRange(1, 1000),
    text=Text("Equal steps of the outcome (10).", "结果的等分步数（10）。"),
)
@option(
    "--levels",
    metavar="A,B,...",
    text=Text(
        "Levels of the outcome in its scale, in place of --steps.", "以结果尺度给出的各水平，代替--steps。"
    ),
)
@as_json
@out_path
def bottleneck(outcome: str | None, as_json: bool, out: Path | None, **asked: Any) -> None:
    """Necessary levels of several conditions."""
    if not is_printed(out):
        refuse_printed(out)
    asked = {**asked, "outcome": outcome}
    if asked["steps"] is not None and asked["levels"] is not None:
        raise InputError(Text("Give --steps or --levels, not both.", "--steps与--levels只能给出其一。"))
    choices = given(asked, "scale_x", "scale_y", "steps")
    if asked["levels"] is not None:
        choices["steps"] = numbers_from(asked["levels"], "--levels")
    language = current_language()
    labels: dict[str, Text] = {}
    limits: dict[str, list[str]] = {}
    if asks_atlas(asked, of_tables=("scope",)):
        themes = names_from((outcome,)) if outcome else ()
        if len(themes) != 1:
            raise InputError(
                Text(
                    "Give --outcome with one theme, such as green.",
                    "请以--outcome给出一个特征，如green。",
                )
            )
        cities = _read_atlas(asked, permutations=0)
        found = cities.bottleneck(themes[0], **choices)
        labels = cities.coded.labels
        limits = {k: list(cities.limits(k)) for k in ("en", "zh")}
    else:
        table: Cases = read_cases(asked)
        y = table.outcome(outcome)
        xs = table.conditions(names_from(asked["conditions"]), y)
        found = lc.bottleneck(
            table.data, xs, y, asked["method"], corner=asked["corner"] or 1, scope=_scopes(asked["scope"], xs), **choices
        )  # fmt: skip

    def levels() -> pd.DataFrame:
        frame = found.table()
        return frame.set_axis([called(str(c), labels, language) for c in frame.columns], axis=1)

    if out is not None and is_printed(out) and not as_json:
        said = Text(called(found.summary("en"), labels, "en"), called(found.summary("zh"), labels, "zh"))
        note = Text(f"{said.en} {_MARKS.en}", f"{said.zh}{_MARKS.zh}")
        print_frame(levels(), _LEVELS, out, note=note, limits=limits.get(language, ()))
        return
    give(
        found, {"levels": levels}, "levels", as_json=as_json, out=out,
        more={"limits": limits} if limits else None, labels=labels,
    )  # fmt: skip
    if limits:
        say_limits(limits[language], as_json)
    if not as_json and (found.marks != "").to_numpy().any():
        say(_MARKS)
