"""``learningcity index sensitivity``: which choice is to blame for how much of the uncertainty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.index_choices import read_question, with_choices
from learningcity.cli.index_files import UNIT_NAME, data_file, meta_file, spec_file, whole, with_names
from learningcity.cli.output import answer, as_json, out_path, working
from learningcity.cli.words import NO, TITLES, YES

HEADS = {
    "applicable": Text("applicable", "是否适用"),
    "choice": Text("choice", "变动因素"),
    "first": Text("first-order index", "一阶指数"),
    "first_lower": Text("first-order, low", "一阶指数下限"),
    "first_upper": Text("first-order, high", "一阶指数上限"),
    "name": UNIT_NAME,
    "total": Text("total index", "总效应指数"),
    "total_lower": Text("total, low", "总效应指数下限"),
    "total_upper": Text("total, high", "总效应指数上限"),
    "units_first": Text("first-order, median unit", "各单位一阶指数中位数"),
    "units_total": Text("total, median unit", "各单位总效应指数中位数"),
}
LIMITS = Text(
    "Indices are estimates: the low and high ends hold 95% of the bootstrap resamples. Totals may add up to "
    "more than 1, as what two choices do together counts for both; they hold for these alternatives and "
    "these probabilities alone.",
    "指数为估计值，上下限为自助法95%区间。多个选择的交互作用会重复计入，总效应指数之和可大于1；"
    "结果只适用于所给备选方案及其概率。",
)


@command(
    text=Text(
        "Split the variance of the ranks among the choices: one row a choice, the most influential first "
        "(Sobol' indices).\n"
        "first-order: what settling this choice alone would take away; total: what stays when all others are "
        "settled. A rank that never moves has no shares: not applicable.",
        "将排名的方差分解到各项选择：每项选择一行，影响最大者在前（索博尔指数）。\n"
        "一阶指数为仅固定该项选择可消除的部分，总效应指数为固定其余选择后仍保留的部分。排名始终不变者无从分解，标为不适用。",
    ),
    examples=(
        "learningcity index sensitivity my-index/data.csv --spec my-index/index.toml "
        "--choices my-index/choices.toml --draws 256",
        "learningcity index sensitivity my-index/data.csv --spec my-index/index.toml --noise 0.25 "
        "--vary normalise=minmax --vary normalise=zscore --draws 256 --units",
    ),
)
@data_file
@meta_file
@spec_file
@with_choices
@option(
    "--draws",
    type=click.IntRange(2),
    default=1024,
    show_default=True,
    text=Text(
        "Base sample; indices are built for draws times (choices + 2).",
        "基础样本量；共编制指数“抽样次数×（选择数+2）”次。",
    ),
)
@option(
    "--output",
    type=click.Choice(("rank", "score")),
    default="rank",
    show_default=True,
    text=Text("What of each unit is explained.", "解释各单位的排名（rank）或得分（score）。"),
)
@option("--units", is_flag=True, text=Text("One row a unit and choice.", "按单位与选择逐行列出。"))
@as_json
@out_path
def sensitivity(
    data: Path,
    meta: Path | None,
    spec: Path | None,
    draws: int,
    output: Any,
    units: bool,
    code: str | None,
    seed: int,
    as_json: bool,
    out: Path | None,
    **choices: Any,
) -> None:
    """Shares of variance."""
    language = current_language()
    with working(Text("drawing and building", "正在抽样并编制指数")) as progress:
        asked = read_question(data, meta, spec, **choices)
        result = lc.sensitivity(
            asked.values,
            asked.spec,
            asked.choices,
            draws=draws,
            seed=seed,
            code=code,
            output=output,
            progress=progress,
        )
    frame = (result.units if units else result.table()).reset_index()
    frame = frame.assign(applicable=[(YES if fine else NO).in_(language) for fine in frame["applicable"]])
    frame = with_names(frame, asked.names)
    data_ = whole(result, asked.names, as_json, out)
    answer(frame, "sensitivity", titles=TITLES | HEADS, data=data_, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))
        if result.overall["applicable"].any():
            say(LIMITS)
