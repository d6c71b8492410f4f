"""Options that the commands of QCA share: which cases, which cuts, which solution."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from learningcity import InputError, Text
from learningcity.cli.base import argument, option
from learningcity.cli.opening import with_overlay

AT_HALF = ("refuse", "leave_out", "up", "down")
SOLUTIONS = ("conservative", "parsimonious", "intermediate")
_FILE = click.Path(path_type=Path)


def joined(*options: Callable[[Any], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make one decorator of several options, in the order of the help page."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for one in reversed(options):
            function = one(function)
        return function

    return decorate


data_file = argument(
    "data",
    required=False,
    type=_FILE,
    text=Text(
        "CSV or XLSX with one row a case and one column a condition; the column case names the cases, else the first.",
        "每行一个案例、每列一个条件的CSV或XLSX；案例名称取自case（案例）列，否则取自首列。",
    ),
)
study_file = option(
    "--study",
    type=_FILE,
    metavar="FILE",
    text=Text(
        "Study, .toml or .json, with table, sets, anchors and cuts; an option goes before what it says.",
        "研究文件（.toml或.json），含数据表、集合、锚点与阈值；命令行选项优先。",
    ),
)
case_column = option(
    "--case", metavar="COLUMN", text=Text("Column with the names of the cases.", "案例名称所在的列。")
)
journal_file = option(
    "--journal",
    type=_FILE,
    metavar="FILE",
    text=Text(
        "Log of the study: what was chosen is added to it, and choices that changed after a result was seen are "
        "named (exit code 2).",
        "研究日志：追加记录本次选择；如在查看结果后更改了选择，将予以指出（退出码2）。",
    ),
)
reason_text = option(
    "--reason", default="", metavar="TEXT", text=Text("Why, for the log.", "记入研究日志的理由。")
)
outcome_name = option(
    "--outcome",
    metavar="NAME",
    text=Text(
        'Outcome; "~NAME" for its absence, "NAME{2}" for a value of a multi-value one.',
        "结果变量；“~名称”表示其不存在，“名称{2}”表示多值结果的某一取值。",
    ),
)
condition_names = option(
    "--conditions",
    multiple=True,
    metavar="A,B,...",
    text=Text("Conditions, with commas between. May be repeated.", "条件，以逗号分隔。可重复。"),
)
missing_rule = option(
    "--missing",
    type=click.Choice(("refuse", "leave_out")),
    text=Text(
        "Cases with missing values: refuse names them (default), leave_out goes on without them.",
        "含缺失值的案例：refuse予以指出（默认），leave_out剔除。",
    ),
)
from_atlas = joined(
    option(
        "--atlas",
        is_flag=True,
        text=Text(
            "Take the awarded cities of the atlas; outcome and conditions are themes and mechanisms, such as green or law.",
            "以图谱中的获奖城市为案例；结果与条件为特征或举措类别，如green、law。",
        ),
    ),
    option(
        "--coder", metavar="NAME", text=Text("With --atlas: whose codes (A).", "与--atlas合用：编码员（A）。")
    ),
    option(
        "--not-seen",
        type=click.Choice(("visibility", "leave_out")),
        text=Text(
            "With --atlas: what is not seen counts as not visible (visibility, default), or the city is left out.",
            "与--atlas合用：未见公开资料者视为未呈现（visibility，默认），或剔除该城市（leave_out）。",
        ),
    ),
    option(
        "--timing",
        type=click.Choice(("all", "before")),
        text=Text(
            "With --atlas: all practices (default), or those begun before the first award.",
            "与--atlas合用：全部实践举措（默认），或仅首次获奖前开始者。",
        ),
    ),
    with_overlay,
)
with_cases = joined(
    data_file, study_file, outcome_name, condition_names, case_column, missing_rule, from_atlas, journal_file, reason_text
)  # fmt: skip
with_table = joined(
    option(
        "--inclusion",
        metavar="NUMBER",
        text=Text(
            "Least inclusion (consistency) of a positive row (0.8); 0.8,0.6 makes rows between the two contradictory.",
            "结果为正的组态的最低一致性（0.8）；写作0.8,0.6则两者之间为矛盾组态。",
        ),
    ),
    option("--pri", type=click.FloatRange(0, 1), text=Text("Least PRI of a positive row (0).", "结果为正的组态的最低PRI（0）。")),
    option(
        "--frequency",
        type=click.IntRange(1),
        text=Text("Least cases of a row; others are remainders (1).", "组态的最少案例数，不足者为逻辑余项（1）。"),
    ),
    option(
        "--at-half",
        type=click.Choice(AT_HALF),
        text=Text(
            "Cases at exactly 0.5 in a condition: refuse names them (default).",
            "条件隶属度恰为0.5的案例：refuse予以指出（默认），leave_out不归入任何组态，up或down上调或下调0.001。",
        ),
    ),
)  # fmt: skip
with_solution = joined(
    option(
        "--solution",
        type=click.Choice(SOLUTIONS),
        text=Text(
            "Which remainders may simplify: none (conservative, default), any (parsimonious), or those that --expect "
            "makes easy (intermediate).",
            "哪些逻辑余项可用于化简：不用（conservative，保守解，默认）、任意（parsimonious，简约解）、"
            "或符合--expect者（intermediate，中间解）。",
        ),
    ),
    option(
        "--expect",
        multiple=True,
        metavar="NAME=1|0",
        text=Text(
            "For intermediate: presence (1) or absence (0) is held to go with the outcome. May be repeated.",
            "用于中间解：预期该条件存在（1）或不存在（0）时出现结果。可重复。",
        ),
    ),
    option(
        "--covers",
        type=click.Choice(("fewest", "irredundant")),
        text=Text(
            "Models with the fewest paths (default), or all from which no path can be left out.",
            "路径最少的模型（fewest，默认），或全部不可再删减路径的模型（irredundant）。",
        ),
    ),
    option(
        "--exclude",
        multiple=True,
        metavar="TERM",
        text=Text(
            'Combination that no path may take in, such as "LAW*~FUNDED". May be repeated.',
            "任何路径均不得包含的组合，如“LAW*~FUNDED”。可重复。",
        ),
    ),
)


def names_from(given: tuple[str, ...]) -> tuple[str, ...]:
    """Read names with commas between, Western or Chinese.

    Examples
    --------
    >>> names_from(("A, B", "C、D"))
    ('A', 'B', 'C', 'D')
    """
    parts = [p for one in given for p in one.replace("，", ",").replace("、", ",").split(",")]
    return tuple(p.strip() for p in parts if p.strip())


def numbers_from(given: str, what: str) -> list[float]:
    """Read numbers with commas between.

    Examples
    --------
    >>> numbers_from("10, 25,60", "--anchors")
    [10.0, 25.0, 60.0]
    """
    try:
        return [float(p) for p in names_from((given,))]
    except ValueError:
        raise InputError(
            Text(
                f"{what} {given}: give numbers with commas between, such as 10,25,60.",
                f"{what} {given}：请给出以逗号分隔的数，如10,25,60。",
            )
        ) from None


def pairs_from(given: tuple[str, ...], what: str) -> dict[str, str]:
    """Read ``NAME=VALUE`` pairs, each name once."""
    found: dict[str, str] = {}
    for pair in given:
        name, mark, value = (p.strip() for p in pair.partition("="))
        if not (name and mark and value) or name in found:
            raise InputError(
                Text(
                    f"{what} {pair}: write NAME=VALUE, each name once.",
                    f"{what} {pair}：请写作 名称=值，每个名称一次。",
                )
            )
        found[name] = value
    return found
