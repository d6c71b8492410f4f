"""``learningcity index build|reading|methods|template``."""

from __future__ import annotations

from pathlib import Path

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import argument, command, current_language, option, say
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
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.output import (
    answer,
    as_json,
    example_folder,
    out_path,
    working,
)
from learningcity.cli.words import TITLES

READINGS = ("visible", "figures", "context")
KINDS = {
    "indicator": Text("indicator", "指标"),
    "not used": Text("not used", "未使用"),
    "part": Text("part", "部分"),
    "unit": Text("city or country", "城市或国家"),
}


@command(
    text=Text(
        "Build an index: one row a unit, best first, with the scores of the parts.\n"
        "Ranks alone do not say how sure they are; ties share the best rank.",
        "编制指数：每个单位一行，按排名排列，并列出各部分得分。\n仅凭排名看不出其可靠程度；得分相同者并列较高名次。",
    ),
    examples=(
        "learningcity index build my-index/data.csv --meta my-index/meta.csv",
        "learningcity index build my-index/data.csv --spec my-index/index.toml --out scores.xlsx",
        "learningcity index build my-index/data.csv --spec my-index/index.toml --json",
    ),
)
@data_file
@meta_file
@spec_file
@as_json
@out_path
def build(data: Path, meta: Path | None, spec: Path | None, as_json: bool, out: Path | None) -> None:
    """Scores and ranks."""
    language = current_language()
    chosen = recipe(meta, spec)
    with working(Text("building the index", "正在编制指数")):
        values, names = read_values(data, chosen.structure)
        result = lc.build_index(values, chosen)
    heads = {code: node.name for code, node in result.structure.by_code.items()}
    titles = {**TITLES, "name": UNIT_NAME, **heads, "rank": Text("rank", "排名")}
    frame = with_names(result.table().reset_index(), names)
    data_ = whole(result, names, as_json, out)
    answer(frame, "index", titles=titles, data=data_, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))


@command(
    text=Text(
        "Read the atlas as an index would: profiles in the order of the ids, never a league table.\n"
        "visible: themes and mechanisms seen in the evidence read; figures: of the cities themselves; "
        "context: of countries. --left-out says who has no score, and why.",
        "按指数的方式读取图谱：按编号排列的概况，不是排行榜。\n"
        "visible为所读资料中呈现的特征与举措类别，figures为城市自身数据，context为国家背景。"
        "--left-out列出未予评分者及原因。",
    ),
    examples=(
        "learningcity index reading visible",
        "learningcity index reading figures --left-out",
        "learningcity index reading context --json",
    ),
)
@argument("name", type=click.Choice(READINGS), text=Text("Which reading.", "读取方式。"))
@option("--left-out", is_flag=True, text=Text("What has no score, and why.", "列出未予评分者及原因。"))
@with_overlay
@as_json
@out_path
def reading(name: str, left_out: bool, overlay: str | None, as_json: bool, out: Path | None) -> None:
    """A reading of the atlas."""
    language = current_language()
    found = lc.atlas_reading(name, open_atlas(overlay))
    other = {"en": "zh", "zh": "en"}[language]
    frame = found.left_out if left_out else found.table()
    frame = frame.drop(columns=[f"name_{other}", f"reason_{other}"], errors="ignore")
    frame = frame.rename(columns={f"name_{language}": "name", f"reason_{language}": "reason"})
    if left_out:
        frame = frame.assign(kind=[KINDS[k].in_(language) for k in frame["kind"]])
    titles = {
        **TITLES,
        **{code: node.name for code, node in found.spec.structure.by_code.items()},
        **{
            f"{code}_seen": Text(f"{node.name.en}: values", f"{node.name.zh}：数据项数")
            for code, node in found.spec.structure.by_code.items()
        },
        "code": Text("code", "代码"),
        "country_iso3": Text("country code", "国家代码"),
        "figures": Text("figures", "数据项数"),
        "latest": Text("latest year", "最近年份"),
        "name": Text("name", "名称"),
        "oldest": Text("oldest year", "最早年份"),
        "reason": Text("reason", "原因"),
    }
    answer(frame, name, titles=titles, data=None if left_out else found, out=out, as_json=as_json)
    if not as_json:
        say(found.summary(language))


@command(
    text=Text(
        "List every method of every step, with its parameters and the paper behind it.",
        "列出各步骤的全部方法、参数及依据文献。",
    ),
    examples=("learningcity index methods", "learningcity index methods --json"),
)
@as_json
@out_path
def methods(as_json: bool, out: Path | None) -> None:
    """The table of methods."""
    titles = {
        "label": Text("name", "名称"),
        "method": Text("method", "方法"),
        "parameters": Text("parameters and defaults", "参数及默认值"),
        "properties": Text("properties", "性质"),
        "reference": Text("reference", "文献"),
        "step": Text("step", "步骤"),
    }
    frame = lc.index_methods(current_language())
    answer(frame, "methods", titles=titles, out=out, as_json=as_json)


@command(
    text=Text(
        "Write a small worked example to start from: data.csv, meta.csv, index.toml (the recipe), "
        "choices.toml (what varies) and years.csv. The districts in it are made up.",
        "写入可直接使用的小型示例：data.csv、meta.csv、index.toml（编制方案）、choices.toml（变动因素）"
        "与years.csv。其中的城区均为虚构。",
    ),
    examples=("learningcity index template --out my-first-index",),
)
@example_folder
def template(out: Path) -> None:
    """Files to start from."""
    for file in lc.write_index_template(out):
        say(Text(f"Written: {file}", f"已写入：{file}"))
