"""``learningcity explain``: the group; each subcommand loads late."""

from __future__ import annotations

from learningcity import Text
from learningcity.cli.base import Group

_SETS, _PATHS, _CHECKS, _CEILINGS, _ASSOCIATION, _STYLES, _CODING = (
    f"learningcity.cli.explain_{name}"
    for name in ("sets", "paths", "checks", "ceilings", "association", "styles", "coding")
)

group = Group(
    "explain",
    text=Text(
        "What goes with what: qualitative comparative analysis (QCA), necessary levels, association, styles and agreement "
        "of any table, or of the cities of the atlas.\nNothing found here is a cause; of the atlas it speaks of awarded cities alone. template gives an "
        "example to start from.",
        "哪些条件与结果相伴出现：对任意数据表或图谱中的城市作定性比较分析（QCA）、必要条件分析、相关分析、类型划分与"
        "编码一致性分析。\n"
        "所得均非因果；就图谱而言，仅涉及获奖城市。template提供可直接使用的示例。",
    ),
    examples=(
        "learningcity explain template --out my-study",
        "learningcity explain minimise --study my-study/study.toml",
        "learningcity explain minimise --atlas --outcome inclusive --conditions law,funding,monitoring",
    ),
    lazy={
        "calibrate": (
            f"{_SETS}:calibrate",
            Text("From raw values to memberships in sets.", "由原始数值校准为集合隶属度。"),
        ),
        "truth-table": (
            f"{_PATHS}:truth_table",
            Text("Which combinations occur, and how they go with the outcome.", "出现哪些组态及其与结果的关系。"),
        ),
        "minimise": (
            f"{_PATHS}:minimise",
            Text("The shortest paths to the outcome, exactly.", "通向结果的最简路径（精确求解）。"),
        ),
        "necessity": (
            f"{_SETS}:necessity",
            Text("What every case of the outcome has.", "具有该结果的案例共同具备什么。"),
        ),
        "fit": (f"{_SETS}:fit", Text("How far an expression holds.", "某一表达式在多大程度上成立。")),
        "robustness": (
            f"{_CHECKS}:robustness",
            Text("How far a solution hangs on choices.", "解在多大程度上取决于各项选择。"),
        ),
        "permutation": (
            f"{_CHECKS}:permutation",
            Text("Would chance have done as well?", "偶然能否得到同样好的解？"),
        ),
        "journal": (
            f"{_SETS}:journal",
            Text("What was chosen when, and what changed after a result was seen.", "何时作何选择，哪些在查看结果后被更改。"),
        ),
        "ceiling": (
            f"{_CEILINGS}:ceiling",
            Text("How much of a condition an outcome needs.", "结果需要条件达到多高水平（必要条件分析）。"),
        ),
        "bottleneck": (f"{_CEILINGS}:bottleneck", Text("Table of necessary levels.", "必要条件水平表。")),
        "associate": (
            f"{_ASSOCIATION}:associate",
            Text("Background with characteristics, pair by pair.", "背景与特征的逐对相关分析。"),
        ),
        "typology": (f"{_STYLES}:typology", Text("Styles among cases, if there are any.", "案例中是否存在类型。")),
        "agreement": (f"{_CODING}:agreement", Text("How far coders agree.", "编码员之间的一致性。")),
        "template": (f"{_SETS}:template", Text("A worked example to start from.", "可直接使用的示例文件。")),
    },
)  # fmt: skip
