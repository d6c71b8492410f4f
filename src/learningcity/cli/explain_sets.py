"""``learningcity explain calibrate|necessity|fit|journal|template``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, end_with_findings, option, say
from learningcity.cli.explain_answers import give, refuse_printed, show
from learningcity.cli.explain_log import decisions_in
from learningcity.cli.explain_options import (
    case_column,
    data_file,
    journal_file,
    numbers_from,
    reason_text,
    study_file,
    with_cases,
)
from learningcity.cli.explain_question import keep_journal, read_question, say_warnings
from learningcity.cli.explain_words import CASE_KINDS, HEADS, RESULT_KINDS, SIDES, VERDICTS, WHOLES, in_words
from learningcity.cli.output import (
    answer,
    as_json,
    example_folder,
    out_path,
    working,
)

if TYPE_CHECKING:
    import pandas as pd


@command(
    text=Text(
        "Calibrate: one column by anchors, or all sets of a study. Anchors are statements about the set, from theory "
        "and from knowledge of the cases, set before results are seen; those read off the data need a reason.",
        "校准：按锚点校准某一列，或校准研究文件中的全部集合。锚点须依据理论与对案例的了解，在查看结果之前确定；"
        "由数据本身得出的锚点须说明理由。",
    ),
    examples=(
        "learningcity explain calibrate my-study/towns.csv --column budget --anchors 10,25,60 --name FUNDED",
        "learningcity explain calibrate my-study/towns.csv --column partners --anchors 6 --kind crisp --joined "
        "--out calibrated.csv",
        "learningcity explain calibrate --study my-study/study.toml --out calibrated.xlsx",
    ),
)
@data_file
@option("--column", metavar="NAME", text=Text("Column of raw values.", "原始数值所在的列。"))
@option(
    "--anchors",
    metavar="A,B,C",
    text=Text(
        "fuzzy: full non-membership, crossover, full membership (or six values); crisp: one; multi, indirect: cuts.",
        "fuzzy：完全不隶属、交叉点、完全隶属（或六个值）；crisp：一个分界值；multi、indirect：若干分界值。",
    ),
)
@option(
    "--kind",
    type=click.Choice(("fuzzy", "crisp", "indirect", "multi")),
    default="fuzzy",
    show_default=True,
    text=Text("Direct method, crisp, indirect method, multi-value.", "直接法、清晰集、间接法、多值集。"),
)
@option(
    "--shape",
    type=click.Choice(("logistic", "linear")),
    default="logistic",
    show_default=True,
    text=Text("Of the direct method.", "直接法的函数形式。"),
)
@option("--name", metavar="NAME", text=Text("Name of the set; else the column.", "集合名称；默认为列名。"))
@option(
    "--at-half",
    type=click.Choice(("keep", "refuse", "leave_out", "up", "down")),
    default="keep",
    show_default=True,
    text=Text(
        "Cases at exactly 0.5; they are named in any case.", "隶属度恰为0.5的案例的处理；均会列出名称。"
    ),
)
@option(
    "--joined",
    is_flag=True,
    text=Text("The whole table with the set as a new column.", "输出整张表，并附上新集合列。"),
)
@study_file
@case_column
@journal_file
@reason_text
@as_json
@out_path
def calibrate(
    data: Path | None, column: str | None, anchors: str | None, kind: Any, shape: Any, name: str | None,
    at_half: Any, joined: bool, study: Path | None, case: str | None, journal: Path | None, reason: str,
    as_json: bool, out: Path | None,
) -> None:  # fmt: skip
    """Memberships of one set, or of all sets of a study."""
    refuse_printed(out)
    language = current_language()
    if column is None and anchors is None and study is not None:
        _calibrate_all(data, study, journal, reason, as_json, out)
        return
    if data is None or column is None or anchors is None:
        raise InputError(
            Text(
                "Give a table with --column and --anchors, or --study FILE for all its sets.",
                "请给出数据表及--column、--anchors，或以--study 文件校准其全部集合。",
            )
        )
    notes: list[Text] = []
    frame = lc.read_case_table(data, case=case, notes=notes)
    lc.read_case_table(data, [column], case=case, notes=notes)
    for note in dict.fromkeys(notes):
        say(note)
    if joined and name is not None and name != column and name in frame.columns:
        raise InputError(
            Text(
                f"The table has a column {name} already; give the set another --name, or leave out --joined.",
                f"数据表中已有{name}列，请以--name给集合另取名称，或去掉--joined。",
            )
        )
    cuts = numbers_from(anchors, "--anchors")
    found = lc.calibrate(
        frame[column], cuts[0] if len(cuts) == 1 else cuts, kind, shape=shape, name=name or column, at_half=at_half
    )  # fmt: skip
    warnings = keep_journal(journal, (found,), reason)
    one = found.table().reset_index()
    if joined:
        whole = frame.assign(**{found.name: found.values}).reset_index()
        answer(whole, "calibrated", titles={"case": HEADS["case"]}, data=None, out=out, as_json=as_json)
        if not as_json:
            say(found.summary(language))
    else:
        tables = {"calibrated": lambda: in_words(one, language, words={"side": SIDES})}
        give(found, tables, "calibrated", as_json=as_json, out=out, more={"table": lc.plain(one)})
    say_warnings(warnings)


def _calibrate_all(
    data: Path | None, study: Path, journal: Path | None, reason: str, as_json: bool, out: Path | None
) -> None:
    chosen = lc.read_qca_study(study)
    notes: list[Text] = []
    found = chosen.replace(outcome=None, conditions=()).prepare(data, notes=notes)
    for note in dict.fromkeys(notes):
        say(note)
    if not found.calibrations:
        raise InputError(
            Text(
                f"{study.name} makes no sets; add [sets.NAME].",
                f"{study.name}未定义集合，请添加[sets.名称]。",
            )
        )
    warnings = keep_journal(journal, found.calibrations, reason, chosen.name)
    sets = [one.name for one in found.calibrations]
    columns = [*sets, *(c for c in chosen.columns if c in found.data and c not in sets)]
    everything = [one.to_dict() for one in found.calibrations] if as_json or _is_json(out) else None
    answer(
        found.data[columns].reset_index(), "calibrated", titles={"case": HEADS["case"]}, data=everything, out=out,
        as_json=as_json,
    )  # fmt: skip
    if not as_json:
        for one in found.calibrations:
            say(one.summary(current_language()))
    say_warnings(warnings)


def _is_json(out: Path | None) -> bool:
    return out is not None and out.suffix.lower() == ".json"


@command(
    text=Text(
        "Judge each condition and its absence as necessary for the outcome, and the minimal disjunctions that are. "
        "A condition that nearly every case has is necessary trivially: RoN and coverage show it.",
        "判断各条件及其否定对结果是否必要，并列出最小析取式。几乎所有案例都具备的条件属平凡必要，由RoN与覆盖度显示。",
    ),
    examples=(
        "learningcity explain necessity --study my-study/study.toml",
        'learningcity explain necessity --study my-study/study.toml --outcome "~ACTIVE" --depth 1',
        "learningcity explain necessity --atlas --outcome green --conditions law,funding,monitoring",
    ),
)
@with_cases
@option(
    "--inclusion",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    text=Text("Least inclusion.", "最低一致性。"),
)
@option(
    "--relevance",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    text=Text("Least RoN.", "最低RoN。"),
)
@option(
    "--coverage",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    text=Text("Least coverage.", "最低覆盖度。"),
)
@option(
    "--depth",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    text=Text("Most conditions in a disjunction; 1 for none.", "析取式中最多的条件数；1表示不求析取式。"),
)
@as_json
@out_path
def necessity(
    inclusion: float, relevance: float, coverage: float, depth: int, as_json: bool, out: Path | None, **asked: Any
) -> None:  # fmt: skip
    """Necessary conditions."""
    refuse_printed(out)
    with working(Text("looking for what is necessary", "正在检验必要条件")):
        question = read_question(asked)
        found = lc.necessity(
            *question.about,
            inclusion_cut=inclusion,
            relevance_cut=relevance,
            coverage_cut=coverage,
            depth=depth,
        )
    results = (*question.calibrations, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    words = {"verdict": VERDICTS}
    tables = {
        "necessity": lambda: in_words(
            found.table(), current_language(), words=words, names=question.names, labels=question.labels
        )
    }
    give(found, tables, "necessity", as_json=as_json, out=out, more=question.limits, labels=question.labels)
    if not as_json:
        question.say_limits()
    say_warnings(warnings)


@command(
    text=Text(
        "Say how far an expression is sufficient, or necessary, for the outcome, and which cases say so. "
        "* is and, + is or, ~ is not, C{2} a value.",
        "给出某一表达式作为结果的充分条件或必要条件的拟合程度及相应案例。*为且，+为或，~为非，C{2}为取值。",
    ),
    examples=(
        'learningcity explain fit --study my-study/study.toml --expression "FUNDED*NEAR + LAW*PARTNERS"',
        'learningcity explain fit --study my-study/study.toml --expression "NEAR + LAW" --relation necessity --show cases',
        'learningcity explain fit --atlas --outcome green --expression "law*monitoring"',
    ),
)
@with_cases
@option("--expression", required=True, metavar="TEXT", text=Text('Such as "A*~B + C".', "如“A*~B + C”。"))
@option(
    "--relation",
    type=click.Choice(("sufficiency", "necessity")),
    default="sufficiency",
    show_default=True,
    text=Text("Sufficient or necessary.", "充分或必要。"),
)
@show(
    "parts",
    "cases",
    text=Text(
        "Measures of the parts, or the cases by kind.", "各部分的指标（parts），或按类别列出案例（cases）。"
    ),
)
@as_json
@out_path
def fit(expression: str, relation: Any, shown: str, as_json: bool, out: Path | None, **asked: Any) -> None:
    """Fit of an expression."""
    refuse_printed(out)
    language = current_language()
    question = read_question(asked, tuple(lc.read_expression(expression).names))
    data, outcome, _ = question.about
    found = lc.fit(expression, data, outcome, relation)
    results = (*question.calibrations, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    tables = {
        "parts": lambda: in_words(found.table(), language, words={"part": WHOLES}, labels=question.labels),
        "cases": lambda: in_words(
            with_parts(found.cases.reset_index()),
            language,
            words={"kind": CASE_KINDS},
            names=question.names,
            labels=question.labels,
        ),
    }
    give(found, tables, shown, as_json=as_json, out=out, more=question.limits, labels=question.labels)
    if not as_json:
        question.say_limits()
    say_warnings(warnings)


def with_parts(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the column of parts where the expression has but one."""
    return frame if (frame["parts"] != "").any() else frame.drop(columns="parts")


@command(
    text=Text(
        "Read the log of a study: every choice in its order, and those that changed after a result was seen (exit "
        "code 2). A line that was changed by hand is refused.",
        "查看研究日志：按顺序列出各项选择，并指出查看结果之后更改的选择（退出码2）。经手工改动的日志将被拒绝。",
    ),
    examples=("learningcity explain journal my-study/journal.jsonl",),
)
@argument(
    "file", type=click.Path(path_type=Path), text=Text("Log written by --journal.", "由--journal写入的日志。")
)
@as_json
@out_path
def journal(file: Path, as_json: bool, out: Path | None) -> None:
    """The log of a study."""
    refuse_printed(out)
    found = lc.QcaJournal.read(file)
    language = current_language()
    frame = found.table().assign(decisions=[decisions_in(e.content, language) for e in found.entries])
    tables = {"journal": lambda: in_words(frame, language, words={"kind": RESULT_KINDS})}
    give(found, tables, "journal", as_json=as_json, out=out)
    if found.warnings:
        end_with_findings()


@command(
    text=Text(
        "Write a small worked example to start from: towns.csv, study.toml and codes.csv. All in it is made up.",
        "写入可直接使用的小型示例：towns.csv、study.toml与codes.csv，内容均为虚构。",
    ),
    examples=("learningcity explain template --out my-first-study",),
)
@example_folder
def template(out: Path) -> None:
    """Files to start from."""
    for file in lc.write_explain_template(out):
        say(Text(f"Written: {file}", f"已写入：{file}"))
