"""``learningcity study``: the group; each subcommand loads late."""

from __future__ import annotations

from learningcity import Text
from learningcity.cli.base import Group

_HERE = "learningcity.cli.study_run"

group = Group(
    "study",
    text=Text(
        "The comparative study as a living document: a file says what is asked of which data, a run gives findings "
        "and documents, and two runs can be compared.\n"
        "Every number follows the data; nothing found is a finding.",
        "可随数据更新的比较研究：研究文件写明用哪些数据、问哪些问题，运行后得到各项发现与文档，两次运行可以比较。\n"
        "每个数字都随数据而变；“未获支持”也是一项发现。",
    ),
    examples=(
        "learningcity study new cities.toml",
        "learningcity study run cities.toml --chapter award --language zh --out cities-run",
        "learningcity study diff cities-run cities-run",
    ),
    lazy={
        "new": (f"{_HERE}:new", Text("A study file to start from.", "可直接使用的研究文件。")),
        "run": (f"{_HERE}:run", Text("Findings and documents of a study.", "运行研究，得到各项发现与文档。")),
        "brief": (
            "learningcity.cli.study_brief:brief",
            Text("Two pages for somebody who decides (Word, PDF).", "两页专报（Word、PDF），供决策者阅读。"),
        ),
        "diff": (
            f"{_HERE}:diff",
            Text(
                "What changed between two runs: data, choices, findings.",
                "两次运行之间数据、选择与发现的变化。",
            ),
        ),
    },
)
