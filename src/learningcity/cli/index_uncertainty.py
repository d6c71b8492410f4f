"""``learningcity index uncertainty``: how sure the ranks of an index are."""

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
from learningcity.cli.printed import is_printed, print_frame
from learningcity.cli.words import TITLES

HEADS = {
    "drawn": Text("draws", "有效抽样数"),
    "name": UNIT_NAME,
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

#: What a journal has room for; how many draws there were is said below the table.
_PRINTED = (
    "unit", "name", "rank_nominal", "rank_lower", "rank_upper", "score_nominal", "score_lower", "score_upper",
)  # fmt: skip
_TITLE = Text("Ranks and scores of the index with intervals", "指数得分与排名及其区间")


@command(
    text=Text(
        "Build the index many times, each time with other choices, and give the ranks with their intervals; --out .docx or "
        ".tex writes them as journals print them.\n"
        "The same seed gives the same result, whatever the number of processors.",
        "在不同选择下多次编制指数，给出排名及其区间；--out以.docx或.tex结尾时按期刊格式写出。\n随机种子相同则结果相同，与处理器数量无关。",
    ),
    examples=(
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml --noise 0.25",
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml --noise 0.25 "
        "--vary normalise=minmax --vary normalise=zscore --draws 2000 --seed 1",
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml "
        "--choices my-index/choices.toml --out ranks.xlsx",
        "learningcity index uncertainty my-index/data.csv --spec my-index/index.toml --noise 0.25 --out ranks.docx",
    ),
)
@data_file
@meta_file
@spec_file
@with_choices
@option("--draws", type=click.IntRange(1), default=1000, show_default=True, text=Text("Draws.", "抽样次数。"))
@option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.9,
    show_default=True,
    text=Text("Share of the draws that the intervals hold.", "区间所含的抽样比例。"),
)
@as_json
@out_path
def uncertainty(
    data: Path,
    meta: Path | None,
    spec: Path | None,
    draws: int,
    level: float,
    code: str | None,
    seed: int,
    as_json: bool,
    out: Path | None,
    **choices: Any,
) -> None:
    """Ranks with intervals."""
    language = current_language()
    with working(Text("drawing", "正在抽样")) as progress:
        asked = read_question(data, meta, spec, **choices)
        result = lc.uncertainty(
            asked.values,
            asked.spec,
            asked.choices,
            draws=draws,
            seed=seed,
            level=level,
            code=code,
            progress=progress,
        )
    frame = with_names(result.table().reset_index(), asked.names)
    if out is not None and is_printed(out) and not as_json:
        said = Text(result.summary("en"), result.summary("zh"))
        shown = [c for c in _PRINTED if c in frame.columns]
        print_frame(frame[shown], _TITLE, out, heads=TITLES | HEADS, note=said)
        return
    data_ = whole(result, asked.names, as_json, out)
    answer(frame, "uncertainty", titles=TITLES | HEADS, data=data_, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))
