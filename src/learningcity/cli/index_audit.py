"""``learningcity index audit``: how far an index hangs together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.index_files import data_file, meta_file, read_values, recipe, spec_file, whole
from learningcity.cli.output import answer, as_json, out_path, working
from learningcity.cli.words import TITLES

HEADS = {
    "available": Text("values", "有效数据"),
    "code": Text("indicator", "指标"),
    "collinear": Text("near copies", "高度相关的指标数"),
    "correlation_index": Text("correlation with the index", "与指数的相关系数"),
    "effective_weight": Text("weight in the index", "有效权重"),
    "flags": Text("flags", "提示"),
    "importance": Text("importance", "重要性"),
    "kendall": Text("Kendall's tau without it", "剔除后的肯德尔τ系数"),
    "kurtosis": Text("excess kurtosis", "超额峰度"),
    "max_shift": Text("largest shift without it", "剔除后最大名次变动"),
    "mean_shift": Text("mean shift without it", "剔除后平均名次变动"),
    "negative": Text("pulls against", "负相关的指标数"),
    "skew": Text("skewness", "偏度"),
    "weak": Text("hardly related", "弱相关的指标数"),
}


@command(
    text=Text(
        "Audit an index: one row an indicator with its statistics, the correlations that stand out, its weight, "
        "and what the ranks are without it.",
        "检验指数：每项指标一行，列出统计量、值得注意的相关关系、有效权重，以及剔除该指标后的名次变动。",
    ),
    examples=(
        "learningcity index audit my-index/data.csv --spec my-index/index.toml",
        "learningcity index audit my-index/data.csv --spec my-index/index.toml --method spearman --json",
    ),
)
@data_file
@meta_file
@spec_file
@option(
    "--method",
    type=click.Choice(("pearson", "spearman", "kendall")),
    default="pearson",
    show_default=True,
    text=Text("Correlations of indicators.", "指标间的相关系数。"),
)
@as_json
@out_path
def audit(
    data: Path, meta: Path | None, spec: Path | None, method: Any, as_json: bool, out: Path | None
) -> None:
    """Statistics, correlations, weights, with and without."""
    chosen = recipe(meta, spec)
    with working(Text("auditing the index", "正在检验指数")):
        values, names = read_values(data, chosen.structure)
        built = lc.build_index(values, chosen)
        result = built.audit(method=method)
    data_ = whole(result, names, as_json, out)
    frame = result.table().reset_index()
    answer(frame, "audit", titles=TITLES | HEADS, data=data_, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(current_language()))
