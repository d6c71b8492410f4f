"""``learningcity atlas build|check``: from the tables in data/ to those that the package ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import command, current_language, end_with_findings, option, say
from learningcity.cli.output import answer, as_json, show_json, working
from learningcity.cli.words import TITLES

if TYPE_CHECKING:
    from learningcity import BuildReport

HEADS = TITLES | {"errors": Text("errors", "错误"), "warnings": Text("warnings", "警告")}

data_folder = option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    text=Text("The folder that people edit (default: data/ of the checkout).", "编辑用的数据文件夹（默认为源代码目录下的data/）。"),
)  # fmt: skip


@command(
    text=Text(
        "Check the tables in data/ and write those that the package ships. One error, and nothing is written. "
        "Exit code 2 when rows are wrong or, with --check, when the shipped tables are not in step.",
        "检查data/中的数据表，并写入随附数据表。只要有一处错误即不写入。"
        "数据有误，或使用--check时随附数据表不一致，则退出码为2。",
    ),
    examples=("learningcity atlas build --check",),
)
@data_folder
@option("--check", is_flag=True, text=Text("Compare only, write nothing.", "仅比对，不写入。"))
@option(
    "--land", is_flag=True, text=Text("Compute the land dots of the map anew.", "重新计算示意图的陆地点。")
)
@as_json
def build(data: Path | None, check: bool, land: bool, as_json: bool) -> None:
    """Build."""
    with working(Text("Checking and building ...", "正在检查并构建……")):
        report = lc.build_tables(data, check=check, land=land)
    _tell(report, as_json)


@command(
    text=Text(
        "Check every row in data/: ids, units, ranges, sources, both languages, places and years. Each finding "
        "names table, row, column and remedy. Exit code 2 when there are errors.",
        "逐行检查data/：编号、单位、取值范围、来源、中英文、地点与年份。每处问题均指明数据表、行、列及改正办法。"
        "有错误时退出码为2。",
    ),
    examples=("learningcity atlas check", "learningcity atlas check --json"),
)
@data_folder
@as_json
def check(data: Path | None, as_json: bool) -> None:
    """Check."""
    with working(Text("Checking ...", "正在检查……")):
        report = lc.check_tables(data)
    _tell(report, as_json)


def _tell(report: BuildReport, as_json: bool) -> None:
    language = current_language()
    if as_json:
        show_json(report.to_dict())
    else:
        answer(report.table(), "check", titles=HEADS)
        for finding in report.findings:
            level = Text("error", "错误") if finding.level == "error" else Text("warning", "警告")
            say(f"{level.in_(language)}: {finding.text.in_(language)}")
        say(report.summary(language))
    if not report.ok:
        end_with_findings()
