"""``learningcity index uncertainty``: how sure the ranks of an index are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import learningcity as lc
from learningcity import InputError, Text, UnknownNameError
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.index_build import data_file, meta_file, recipe, spec_file
from learningcity.cli.output import answer, as_json, out_path, working
from learningcity.cli.words import TITLES

STEPS = ("impute", "treat", "normalise", "weights", "aggregate", "drop")
HEADS = {
    "drawn": Text("draws", "有效抽样数"),
    "rank_lower": Text("rank, best", "排名区间上端"),
    "rank_mean": Text("rank, mean", "平均排名"),
    "rank_median": Text("rank, median", "排名中位数"),
    "rank_nominal": Text("rank", "排名"),
    "rank_sd": Text("rank, standard deviation", "排名标准差"),
    "rank_upper": Text("rank, worst", "排名区间下端"),
    "score_lower": Text("score, low", "得分区间下端"),
    "score_mean": Text("score, mean", "得分均值"),
    "score_median": Text("score, median", "得分中位数"),
    "score_nominal": Text("score", "得分"),
    "score_sd": Text("score, standard deviation", "得分标准差"),
    "score_upper": Text("score, high", "得分区间上端"),
}


def choices_of(vary: tuple[str, ...], noise: float | None) -> dict[str, Any]:
    """Read ``step=method`` pairs; the alternatives of one step are equally likely."""
    found: dict[str, Any] = {}
    for pair in vary:
        step, _, name = pair.partition("=")
        if step not in STEPS:
            raise UnknownNameError("step", step, STEPS)
        found.setdefault(step, []).append(None if name in ("", "none") else name)
    if noise is not None:
        weights = {"of": found["weights"]} if "weights" in found else {}
        found["weights"] = {"noise": noise, **weights}
    if not found:
        raise InputError(
            Text(
                "Nothing varies. Give --noise 0.25, or --vary step=method for each alternative.",
                "没有变动因素。请给出--noise 0.25，或逐项给出--vary 步骤=方法。",
            )
        )
    return found


@command(
    text=Text(
        "Build the index many times, each time with other choices, and give the ranks with their intervals.\n"
        "The same seed gives the same result, whatever the number of processors.",
        "在不同选择下多次编制指数，给出排名及其区间。\n随机种子相同则结果相同，与处理器数量无关。",
    ),
    examples=(
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml --noise 0.25",
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml --noise 0.25 "
        "--vary normalise=minmax --vary normalise=zscore --draws 2000 --seed 1",
    ),
)
@data_file
@meta_file
@spec_file
@option(
    "--vary",
    multiple=True,
    metavar="STEP=METHOD",
    text=Text(
        "An alternative of a step, equally likely among those of the step; drop=CODE leaves a code out, "
        "STEP=none takes no step. May be repeated.",
        "某一步骤的备选方法，同一步骤各备选等可能；drop=代码表示剔除该代码，步骤=none表示不作处理。可重复。",
    ),
)
@option(
    "--noise",
    type=click.FloatRange(0, 1),
    text=Text("Weights vary by this share, such as 0.25.", "权重按此比例上下浮动，如0.25。"),
)
@option("--draws", type=click.IntRange(1), default=1000, show_default=True, text=Text("Draws.", "抽样次数。"))
@option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, text=Text("Random seed.", "随机种子。")
)
@as_json
@out_path
def uncertainty(
    data: Path,
    meta: Path | None,
    spec: Path | None,
    vary: tuple[str, ...],
    noise: float | None,
    draws: int,
    seed: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """Ranks with intervals."""
    language = current_language()
    chosen, choices = recipe(meta, spec), choices_of(vary, noise)
    with working(Text("drawing", "正在抽样")):
        values = lc.read_index_values(data, chosen.structure)
        result = lc.uncertainty(values, chosen, choices, draws=draws, seed=seed)
    frame = result.table().reset_index()
    whole = result.to_dict() if as_json or (out is not None and out.suffix.lower() == ".json") else None
    answer(frame, "uncertainty", titles=TITLES | HEADS, data=whole, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))
