"""``learningcity index``: the group; each subcommand loads late."""

from __future__ import annotations

from learningcity import Text
from learningcity.cli.base import Group

_HERE = "learningcity.cli.index_build"

group = Group(
    "index",
    text=Text(
        "Composite indices: from a table of values and a recipe to scores and ranks, every choice in the open.\n"
        "Works on any CSV or XLSX; template gives an example to start from.",
        "综合指数：由数据表与编制方案得出得分与排名，每一步选择均公开。\n"
        "适用于任何CSV或XLSX；template提供可直接使用的示例。",
    ),
    examples=(
        "learningcity index template --out my-index",
        "learningcity index build my-index/data.csv --spec my-index/index.toml",
        "learningcity index reading visible",
    ),
    lazy={
        "build": (
            f"{_HERE}:build",
            Text("Scores and ranks of a table of values.", "由数据表计算得分与排名。"),
        ),
        "uncertainty": (
            "learningcity.cli.index_uncertainty:uncertainty",
            Text("How sure the ranks are.", "排名的可靠程度。"),
        ),
        "sensitivity": (
            "learningcity.cli.index_sensitivity:sensitivity",
            Text("Which choice moves the ranks most.", "哪项选择对排名影响最大。"),
        ),
        "compare": (
            "learningcity.cli.index_compare:compare",
            Text("Two indices of the same units side by side.", "并列比较同一组单位的两个指数。"),
        ),
        "trend": (
            "learningcity.cli.index_trend:trend",
            Text("How units move over the years.", "各单位历年变化。"),
        ),
        "audit": (
            "learningcity.cli.index_audit:audit",
            Text("How far the index hangs together.", "指数的内部一致性检验。"),
        ),
        "reading": (
            f"{_HERE}:reading",
            Text(
                "What the atlas allows one to compare, and what not.", "图谱数据可以比较什么、不可比较什么。"
            ),
        ),
        "methods": (f"{_HERE}:methods", Text("Every method of every step.", "各步骤的全部方法。")),
        "template": (
            f"{_HERE}:template",
            Text("A worked example to start from.", "可直接使用的示例文件。"),
        ),
    },
)
