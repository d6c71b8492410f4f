"""``learningcity standard``: what a learning city is, what the award asks for, and who may apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import Group, argument, command, current_language, option, say
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.output import answer, as_json, out_path, say_how_to_trace, show_lines, show_table
from learningcity.cli.words import NO, TITLES, YES

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import Standard

LEVELS = ("pillar", "area", "feature", "measurement")
HEADS = TITLES | {
    "answer": Text("answer", "结论"),
    "area": Text("area", "领域"),
    "code": Text("code", "编号"),
    "confirmed": Text("confirmed", "是否核实"),
    "framework": Text("round or framework", "届次或框架"),
    "kind": Text("kind", "类别"),
    "level": Text("level", "层级"),
    "name": Text("name", "名称"),
    "question": Text("question", "问题"),
    "reason": Text("reason", "理由"),
    "rule": Text("rule", "规则"),
    "rule_id": Text("rule id", "规则编号"),
    "text": Text("text", "说明"),
}
KINDS = {"criterion": Text("criterion", "评审标准"), "framework": Text("framework", "框架")}

group = Group(
    "standard",
    text=Text(
        "What a learning city is, what each round of the award asked for, and whether a city may apply.",
        "学习型城市的标准、历届评选的要求，以及一个城市是否符合申请条件。",
    ),
    examples=(
        "learningcity standard show --area 4",
        "learningcity standard eligibility Wuhan --round 2024",
    ),
)


def _word(level: str) -> str:
    if level == "measurement":
        return Text("measurement", "测量指标").in_(current_language())
    return lc.label("pillar_level", level, current_language())


def _chosen(standard: Standard, pillar: str | None, area: str | None, level: str | None) -> pd.DataFrame:
    """Give the rows of a pillar or area with all that stands under it, or of one level."""
    frame = standard.table(level)
    if pillar is None and area is None:
        return frame if level is not None else frame[frame["level"] != "measurement"]
    top = standard.area(area).code if area is not None else standard.pillar(pillar).code
    codes, waiting = [], [top]
    while waiting:
        codes.append(waiting.pop())
        waiting += [item.code for item in standard.children(codes[-1])]
    return frame[frame["code"].isin(codes)]


@command(
    text=Text(
        "Show the standard.\n"
        "The Key Features of Learning Cities, or a standard of your own: pillars, areas, features and, "
        "with --area or --level measurement, the measurements. What is not confirmed is marked.",
        "查看标准。\n"
        "学习型城市的主要特征或自有标准：板块、领域、特征；使用--area或--level measurement可查看测量指标。"
        "未经核实的条目均有标注。",
    ),
    examples=(
        "learningcity standard show",
        "learningcity standard show --area 4 --language zh",
        "learningcity standard show --level measurement --out measurements.csv",
    ),
)
@option(
    "--pillar",
    text=Text("Only this pillar (P1, P2, P3) and all under it.", "仅显示该板块（P1、P2、P3）及其下各项。"),
)
@option(
    "--area", text=Text("Only this area (1 to 12) and all under it.", "仅显示该领域（1至12）及其下各项。")
)
@option("--level", type=click.Choice(LEVELS), text=Text("Only items of this level.", "仅显示该层级的条目。"))
@option(
    "--standard",
    "name",
    default="key-features",
    metavar="PATH",
    text=Text("A standard of your own: folder, CSV or XLSX.", "自有标准：文件夹、CSV或XLSX文件。"),
)
@as_json
@out_path
def show(
    pillar: str | None,
    area: str | None,
    level: str | None,
    name: str,
    as_json: bool,
    out: Path | None,
) -> None:
    """Pillars, areas, features, measurements."""
    language = current_language()
    standard = lc.load_standard(name)
    frame = _chosen(standard, pillar, area, level)
    data = {"standard": standard.name, "note": standard.note, "items": frame}
    if out is not None or as_json:
        answer(frame, standard.name, data=data, out=out, as_json=as_json)
    else:
        words = {"yes": YES.in_(language), "no": NO.in_(language)}
        shown = frame[["code", "level", f"name_{language}", f"text_{language}", "confirmed"]]
        shown = shown.set_axis(["code", "level", "name", "text", "confirmed"], axis=1)
        shown = shown.assign(
            level=[_word(v) for v in shown["level"]], confirmed=[words[v] for v in shown["confirmed"]]
        )
        show_table(shown, titles=HEADS)
    say(standard.note)


@command(
    text=Text(
        "Show the rules or criteria of a round.\nWhere pages disagree on a rule, all variants are kept.",
        "查看某届评选规则或评审标准。\n各页面对规则说法不一时，均予保留。",
    ),
    examples=(
        "learningcity standard rules 2024",
        "learningcity standard rules 2019 --criteria --language zh",
    ),
)
@argument("round", text=Text("Year of the round.", "评选年份。"))
@option("--criteria", is_flag=True, text=Text("The criteria instead of the rules.", "显示评审标准而非规则。"))
@as_json
@out_path
def rules(round: str, criteria: bool, as_json: bool, out: Path | None) -> None:
    """Rules and criteria of a round."""
    language = current_language()
    found = lc.award_rules(round)
    frame = found.criteria_table() if criteria else found.table()
    if out is not None or as_json:
        answer(frame, f"award-{round}", data=found.to_dict(), out=out, as_json=as_json)
    elif criteria:
        shown = frame[["code", f"name_{language}", f"text_{language}", "key_feature_areas", "source_ids"]]
        show_table(shown.set_axis(["code", "name", "text", "area", "source_ids"], axis=1), titles=HEADS)
    else:
        shown = frame[["rule_id", f"rule_{language}", "source_ids"]]
        show_table(shown.set_axis(["rule_id", "rule", "source_ids"], axis=1), titles=HEADS)
    say(found.summary(language))


@command(
    text=Text(
        "Lay areas, award criteria and frameworks side by side.\n"
        "The twelve areas of the Key Features, the criteria of all rounds, comparable frameworks. All mappings are ours, not UNESCO's.",
        "对照领域、评审标准与其他框架。\n"
        "主要特征十二个领域、历届评审标准及可比框架。对应关系均由本项目判断，不代表联合国教科文组织的观点。",
    ),
    examples=(
        "learningcity standard crosswalk --counts",
        "learningcity standard crosswalk --area 10 --language zh",
        "learningcity standard crosswalk --framework sdg4 --json",
    ),
)
@option(
    "--framework", multiple=True, text=Text("Only this framework; may be repeated.", "仅显示该框架，可重复。")
)
@option("--area", text=Text("Only this area (1 to 12).", "仅显示该领域（1至12）。"))
@option("--round", "year", text=Text("Only the criteria of this round.", "仅显示该届评审标准。"))
@option(
    "--add",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "A framework of your own: CSV or XLSX with the columns of other-frameworks.",
        "自有框架：列名与other-frameworks相同的CSV或XLSX文件。",
    ),
)
@option(
    "--counts",
    is_flag=True,
    text=Text("Counts: areas by rounds and frameworks.", "计数表：领域对届次与框架。"),
)
@as_json
@out_path
def crosswalk(
    framework: tuple[str, ...],
    area: str | None,
    year: str | None,
    add: Path | None,
    counts: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """Areas beside criteria and frameworks."""
    language = current_language()
    walk = lc.crosswalk(framework or None, area, year, add)
    frame = walk.matrix().reset_index() if counts else walk.table()
    if out is not None or as_json or counts:
        answer(frame, "crosswalk", titles=HEADS, data=walk.to_dict(), out=out, as_json=as_json)
    else:
        of = frame["round"].astype("str").where(frame["kind"] == "criterion", frame[f"framework_{language}"])
        shown = frame[["area", "kind", f"name_{language}", "source_ids"]]
        shown = shown.set_axis(["area", "kind", "name", "source_ids"], axis=1)
        shown.insert(2, "framework", of)
        show_table(shown.assign(kind=[KINDS[k].in_(language) for k in shown["kind"]]), titles=HEADS)
    say(walk.summary(language))


@command(
    text=Text(
        "Tell whether a city may apply in a round.\n"
        "Rule by rule, each answer with its source. What is not known gives 'cannot tell' and says who can. A city outside the atlas needs --country.",
        "判断一个城市是否符合某届申请条件。\n"
        "逐条规则作出结论并注明来源。情况不明时答复“无法判断”，并说明可向谁咨询。"
        "图谱之外的城市须同时给出--country。",
    ),
    examples=(
        "learningcity standard eligibility Wuhan --round 2024",
        "learningcity standard eligibility 太原 --round 2024 --language zh",
        "learningcity standard eligibility Shanghai --round 2027 --rules-of 2024",
        "learningcity standard eligibility Lyon --round 2024 --country FRA --json",
    ),
)
@argument("city", text=Text("A city or network member, by id or name.", "城市或网络成员的编号或名称。"))
@option("--round", "year", required=True, text=Text("Year of the round.", "评选年份。"))
@option(
    "--rules-of",
    text=Text("Judge a coming round by the rules of this known one.", "以该已知届次的规则判断未来一届。"),
)
@option(
    "--country",
    text=Text(
        "Country (ISO 3166-1 alpha-3) of a city outside the atlas.", "图谱之外城市的国家代码（ISO三位字母）。"
    ),
)
@with_overlay
@as_json
@out_path
def eligibility(
    city: str,
    year: str,
    rules_of: str | None,
    country: str | None,
    overlay: str | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Whether a city may apply."""
    language = current_language()
    atlas = open_atlas(overlay)
    with _options_named():
        result = lc.check_eligibility(city, year, atlas=atlas, rules_of=rules_of, country=country)
    if out is not None or as_json:
        answer(result.table(), "eligibility", data=result.to_dict(), out=out, as_json=as_json)
        return
    verdict, *others = result.sentences
    frame = result.table()
    said = "answer" if language == "en" else "answer_zh"
    shown = frame[[f"question_{language}", said, f"reason_{language}"]]
    show_table(shown.set_axis(["question", "answer", "reason"], axis=1), titles=HEADS, heading=verdict)
    in_table = {check.sentence for check in result.checks}
    show_lines([text.in_(language) for text in others if text not in in_table])
    say_how_to_trace(next((s for check in result.checks for s in check.source_ids), None))


@contextmanager
def _options_named() -> Iterator[None]:
    """Let errors of the library name the options of the command, not arguments of Python."""
    try:
        yield
    except lc.LearningCityError as error:
        error.text = Text(_with_options(error.text.en), _with_options(error.text.zh))
        raise


def _with_options(text: str) -> str:
    return re.sub(
        r"(rules_of|country)='?(\w+)'?", lambda m: f"--{m[1].replace('_', '-')} {m[2]}", text, flags=re.ASCII
    )


for _one in (show, rules, crosswalk, eligibility):
    group.add_command(_one)
