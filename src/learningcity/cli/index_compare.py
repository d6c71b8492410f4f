"""``learningcity index compare``: two indices of the same units side by side."""

from __future__ import annotations

from pathlib import Path

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.index_files import (
    UNIT_NAME,
    data_file,
    meta_file,
    read_values,
    recipe,
    spec_file,
    whole,
    with_names,
)
from learningcity.cli.output import answer, as_json, out_path, working
from learningcity.cli.words import TITLES

HEADS = {
    "name": UNIT_NAME,
    "rank_first": Text("rank, first", "名次（前者）"),
    "rank_second": Text("rank, second", "名次（后者）"),
    "score_first": Text("score, first", "得分（前者）"),
    "score_second": Text("score, second", "得分（后者）"),
    "shift": Text("places up", "名次上升"),
}
LIMITS = Text(
    "Places up: positive = better in the second. Ranks are among the units with both scores; a shift says "
    "nothing of how sure either rank is (learningcity index uncertainty).",
    "名次上升为正表示在后者中更靠前。名次仅在两者均有得分的单位之间计算；变动并不说明名次的可靠程度"
    "（见learningcity index uncertainty）。",
)


@command(
    text=Text(
        "Compare two indices: another recipe on the same data, other data under the same recipe, or both. "
        "One row a unit with both scores and ranks; then what differs in the recipes.",
        "比较两个指数：同一数据用另一方案，或同一方案用另一数据，或两者皆不同。"
        "每个单位一行，列出两者的得分与名次；并说明两个方案的差别。",
    ),
    examples=(
        "learningcity index compare my-index/data.csv --spec my-index/index.toml --with-meta my-index/meta.csv",
        "learningcity index compare my-index/data.csv --spec my-index/index.toml "
        "--with-data my-index/data.csv --json",
    ),
)
@data_file
@meta_file
@spec_file
@option(
    "--with-data",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text("Data of the second index; else the same.", "第二个指数的数据；默认与前者相同。"),
)
@option(
    "--with-meta",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text("Table of meanings of the second index.", "第二个指数的指标说明表。"),
)
@option(
    "--with-spec",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text("Recipe of the second index; else the same.", "第二个指数的编制方案；默认与前者相同。"),
)
@option(
    "--code",
    metavar="CODE",
    text=Text("Which scores; else the top of each.", "比较哪个代码；默认为各自顶层。"),
)
@option(
    "--with-code",
    metavar="CODE",
    text=Text("Which scores of the second; else as --code.", "第二个指数的代码；默认同--code。"),
)
@as_json
@out_path
def compare(
    data: Path,
    meta: Path | None,
    spec: Path | None,
    with_data: Path | None,
    with_meta: Path | None,
    with_spec: Path | None,
    code: str | None,
    with_code: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Two indices side by side."""
    language = current_language()
    if with_data is None and with_meta is None and with_spec is None:
        raise InputError(
            Text(
                "With what? Give --with-spec or --with-meta (another recipe), or --with-data (other data).",
                "与什么比较？请给出--with-spec或--with-meta（另一方案），或--with-data（另一数据）。",
            )
        )
    with working(Text("building both indices", "正在编制两个指数")):
        one = recipe(meta, spec)
        two = one if with_meta is None and with_spec is None else recipe(with_meta, with_spec)
        values, names = read_values(data, one.structure)
        first = lc.build_index(values, one)
        if with_data is not None or two is not one:
            values, more = read_values(data if with_data is None else with_data, two.structure)
            names = {**more, **names}
        second = lc.build_index(values, two)
        pair = (code or one.structure.top, with_code or code or two.structure.top)
        result = lc.compare_indices(first, second, pair)
    frame = with_names(result.table().reset_index(), names)
    data_ = whole(result, names, as_json, out)
    answer(frame, "comparison", titles=TITLES | HEADS, data=data_, out=out, as_json=as_json)
    if as_json:
        return
    say(result.summary(language))
    for row in result.changes.itertuples(index=False):
        say(
            Text(
                f"Recipes differ in {row.field}: {row.first} | {row.second}",
                f"方案差别，{row.field}：{row.first} | {row.second}",
            )
        )
    for units, which in (
        (result.only_first, Text("first", "前者")),
        (result.only_second, Text("second", "后者")),
    ):
        if units:
            shown = ", ".join(units[:10]) + (" ..." if len(units) > 10 else "")
            say(Text(f"Only in the {which.en}: {shown}.", f"仅见于{which.zh}：{shown}。"))
    say(LIMITS)
