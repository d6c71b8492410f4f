"""The root of the command line: ``learningcity``."""

from __future__ import annotations

import click

from learningcity import Text, __version__
from learningcity.cli.base import Group, Option

_COMMANDS = {
    "standard": (
        "learningcity.cli.standard:group",
        Text("What a learning city is and what the award asks for.", "学习型城市的标准与评选要求。"),
    ),
    "atlas": (
        "learningcity.cli.atlas:group",
        Text("Cities, awards, facts and practices, with their sources.", "城市、奖项、事实数据与实践举措及其来源。"),
    ),
    "index": (
        "learningcity.cli.index:group",
        Text("Composite indices from any table of values.", "由任意数据表编制综合指数。"),
    ),
    "explain": (
        "learningcity.cli.explain:group",
        Text("What goes with what among cases: QCA of any table or of the atlas.", "案例中哪些条件与结果相伴出现：对任意数据表或图谱作定性比较分析。"),
    ),
    "plan": (
        "learningcity.cli.plan:group",
        Text("Comparable cities, gaps and lessons for any city.", "面向任意城市的可比城市、差距与借鉴。"),
    ),
    "study": (
        "learningcity.cli.study:group",
        Text("The comparative study as a living document.", "可随数据更新的比较研究。"),
    ),
    "serve": (
        "learningcity.cli.serve:serve",
        Text("Open the atlas as a web site on this machine.", "在本机以网站形式打开图谱。"),
    ),
    "warm-up": (
        "learningcity.cli.warm_up:warm_up",
        Text("Pay the first-use costs now: compile, load, index.", "预先完成编译、加载与建立索引。"),
    ),
}  # fmt: skip


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"learningcity {__version__}")
        context.exit()


main = Group(
    "learningcity",
    text=Text(
        "From evidence to plan for learning cities: the standard, the cities of the UNESCO Learning City "
        "Award, their background and what they did, with the source of every number.\n"
        "No row means not seen, never that a thing does not exist.",
        "面向学习型城市的循证工具：标准、联合国教科文组织学习型城市奖获奖城市、其背景与实践举措，每个数字均可追溯来源。\n"
        "没有记录仅表示未见公开资料，不表示不存在。",
    ),
    examples=(
        "learningcity atlas show Wuhan --language zh",
        "learningcity atlas search lifelong",
        "learningcity atlas table population gdp_per_capita --out figures.csv",
    ),
    lazy=_COMMANDS,
    params=[
        Option(
            ["-V", "--version"],
            text=Text("Show the version and exit.", "显示版本并退出。"),
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
        )
    ],
)
