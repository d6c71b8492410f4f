"""``learningcity atlas``: the group; each subcommand lives in its own module and loads late."""

from __future__ import annotations

from learningcity import Text
from learningcity.cli.base import Group

_HERE = "learningcity.cli"

group = Group(
    "atlas",
    text=Text(
        "Cities, awards, facts and practices of learning cities, each with its source.\n"
        "Your own tables, once added, are laid over the shipped ones: --overlay none leaves them out.",
        "学习型城市、奖项、事实数据与实践举措，均注明来源。\n"
        "自有数据添加后即叠加在随附数据之上；--overlay none表示不使用。",
    ),
    examples=(
        "learningcity atlas show Wuhan",
        "learningcity atlas search 终身学习",
        "learningcity atlas table population gdp_per_capita",
        "learningcity atlas template --out my-city.xlsx",
    ),
    lazy={
        "show": (f"{_HERE}.atlas_show:show", Text("Everything about one city.", "查看一个城市的全部内容。")),
        "table": (f"{_HERE}.atlas_query:table", Text("Cities by indicators.", "城市与指标对照表。")),
        "indicators": (f"{_HERE}.atlas_query:indicators", Text("The catalogue of indicators.", "指标目录。")),
        "conditions": (
            f"{_HERE}.atlas_query:conditions",
            Text("Condition scores of all cities.", "各城市的条件得分。"),
        ),
        "coverage": (f"{_HERE}.atlas_query:coverage", Text("How much was seen of each city.", "各城市的资料掌握情况。")),
        "conflicts": (f"{_HERE}.atlas_query:conflicts", Text("Facts that contradict each other.", "相互矛盾的事实数据。")),
        "agreement": (f"{_HERE}.atlas_query:agreement", Text("How far the coders agree.", "编码员之间的一致程度。")),
        "search": (f"{_HERE}.atlas_query:search", Text("Search in Chinese and English.", "中英文检索。")),
        "trace": (f"{_HERE}.atlas_query:trace", Text("From a number back to its source.", "由数字追溯至来源。")),
        "template": (
            f"{_HERE}.atlas_own:template",
            Text("An empty workbook for your own data.", "用于填报自有数据的空白工作簿。"),
        ),
        "add": (f"{_HERE}.atlas_own:add", Text("Add your own tables.", "添加自有数据。")),
        "undo": (f"{_HERE}.atlas_own:undo", Text("Take the last add back.", "撤销上一次添加。")),
        "overlay": (f"{_HERE}.atlas_own:overlay", Text("What you have added.", "查看已添加的自有数据。")),
        "export": (f"{_HERE}.atlas_own:export", Text("All tables with their dictionary.", "导出全部数据表及数据字典。")),
        "build": (f"{_HERE}.atlas_build:build", Text("Build the shipped tables (checkout).", "构建随附数据表（源代码目录）。")),
        "check": (f"{_HERE}.atlas_build:check", Text("Check the tables in data/ (checkout).", "检查data/中的数据表（源代码目录）。")),
    },
)  # fmt: skip
