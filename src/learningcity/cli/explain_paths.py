"""``learningcity explain truth-table|minimise``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.explain_answers import PRINTED, Tables, give, print_table, refuse_printed, show
from learningcity.cli.explain_options import with_cases, with_solution, with_table
from learningcity.cli.explain_question import Question, keep_journal, read_question, say_warnings
from learningcity.cli.explain_words import (
    CASE_KINDS,
    LEGEND,
    MARKS,
    SOLUTIONS,
    VARIANTS,
    WHOLES,
    called,
    in_words,
)
from learningcity.cli.output import as_json, out_path, working

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import ConfigurationTable, DecisionLog, QcaSolution, TruthTable

#: What a table of paths of the atlas measures, in each variant.
MEASURES = {
    "coverage": Text("coverage", "覆盖度"),
    "inclusion": Text("inclusion", "一致性"),
    "members": Text("cities in it", "隶属城市数"),
    "pri": Text("PRI", "PRI"),
}


@command(
    "truth-table",
    text=Text(
        "Put the cases into the combinations of conditions that they have: one row a combination that occurs, with "
        "its cases, how far it goes with the outcome, and the cases that deviate.",
        "将案例归入各自的条件组合：每种出现的组合一行，列出案例、与结果的关系及偏差案例。",
    ),
    examples=(
        "learningcity explain truth-table --study my-study/study.toml",
        "learningcity explain truth-table --study my-study/study.toml --inclusion 0.9,0.7 --out rows.xlsx",
        "learningcity explain truth-table --atlas --outcome green --conditions law,funding,monitoring --json",
    ),
)
@with_cases
@with_table
@as_json
@out_path
def truth_table(as_json: bool, out: Path | None, **asked: Any) -> None:
    """Combinations that occur."""
    refuse_printed(out)
    question = read_question(asked)
    found = question.table()
    results = (*question.calibrations, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    tables = {"truth-table": lambda: rows_of(question, found)}
    give(found, tables, "truth-table", as_json=as_json, out=out, more=question.limits, labels=question.labels)
    if not as_json:
        say(LEGEND)
        _say_doubts(question, found)
        question.say_limits()
    say_warnings(warnings)


def rows_of(question: Question, found: TruthTable) -> pd.DataFrame:
    """The truth table in words."""
    own = found.conditions.names
    heads = {name: text for name, text in question.labels.items() if name in own}
    return in_words(
        found.table(), current_language(), heads=heads, own=own, names=question.names, labels=question.labels
    )


@command(
    text=Text(
        "Reduce the truth table to its shortest paths, all models of them, exactly. --out .docx, .html, .tex or .txt "
        "writes the configuration table as journals print it: large circles core, small ones contributing; .xlsx "
        "holds every table.\nA path goes together with the outcome in these cases; nothing here is a cause.",
        "将真值表化简为最简路径，并列出全部模型（精确求解）。--out以.docx、.html、.tex或.txt结尾时按期刊格式写出组态表："
        "大圆为核心条件，小圆为边缘条件；.xlsx含全部表格。\n路径表示在这些案例中与结果相伴出现，并非因果。",
    ),
    examples=(
        "learningcity explain minimise --study my-study/study.toml",
        "learningcity explain minimise --study my-study/study.toml --show configurations --language zh",
        "learningcity explain minimise --study my-study/study.toml --out paths.docx --with-cases",
        "learningcity explain minimise --study my-study/study.toml --solution parsimonious --journal "
        "my-study/journal-of-mine.jsonl --json",
        "learningcity explain minimise --atlas --outcome inclusive --conditions law,funding,monitoring --show shared",
    ),
)
@with_cases
@with_table
@with_solution
@option(
    "--necessary",
    multiple=True,
    metavar="EXPRESSION",
    text=Text(
        "Held to be necessary: no path may assume an unseen combination without it. May be repeated.",
        "视为必要条件的表达式：任何路径不得假设缺少它的未观察组合。可重复。",
    ),
)
@show(
    "fit", "cases", "configurations", "decisions", "shared",
    text=Text(
        "Fit of models and paths, cases by kind, the configuration table, every decision, or (with --atlas) the "
        "evidence that a path and the outcome share.",
        "模型与路径的拟合（fit）、按类别列出案例（cases）、组态表（configurations）、全部决策（decisions），"
        "或（与--atlas合用）路径与结果共有的证据（shared）。",
    ),
)  # fmt: skip
@option("--crossed", is_flag=True, text=Text("Draw absence as a crossed circle.", "以叉号圆表示条件不存在。"))
@option(
    "--with-cases",
    "cases",
    is_flag=True,
    text=Text("Cases below the configuration table.", "在组态表下列出案例。"),
)
@as_json
@out_path
def minimise(
    shown: str, necessary: tuple[str, ...], crossed: bool, cases: bool, as_json: bool, out: Path | None, **asked: Any
) -> None:  # fmt: skip
    """Paths to the outcome."""
    _refuse_other_endings(out)
    with working(Text("minimising", "正在化简")):
        question = read_question(asked)
        truth = question.table()
        if necessary:
            question = _without(question, truth, necessary)
        try:
            found = question.solve(truth)
        except InputError:
            # That nothing was found is seen as well; choices that follow are choices after a result.
            for one in keep_journal(
                asked["journal"], (*question.calibrations, truth), asked["reason"], question.study.name
            ):
                say(one)
            raise
    results = (*question.calibrations, truth, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    if (out is not None and out.suffix.lower() in PRINTED) or (
        shown == "configurations" and out is None and not as_json
    ):
        print_table(_configurations(question, found), out, crossed=crossed, cases=cases)
        say(called(found.summary(current_language()), question.labels, current_language()))
    else:
        tables = _tables(question, found)
        chosen = question.need_cities(shown) if shown == "shared" else shown
        more = dict(question.limits)
        if as_json or (out is not None and out.suffix.lower() == ".json"):
            more["configurations"] = _configurations(question, found).to_dict()
            more["decisions"] = _decisions(question, found).to_dict()
        give(found, tables, chosen, as_json=as_json, out=out, more=more, labels=question.labels)
    if not as_json:
        _say_doubts(question, truth)
        question.say_limits()
    say_warnings(warnings)


def _say_doubts(question: Question, truth: TruthTable) -> None:
    """Say what makes a good fit cheap: cases that have a combination to themselves, conditions that hardly vary."""
    cases, alone = sum(map(len, truth.cases)), sum(len(row) == 1 for row in truth.cases)
    if 2 * alone >= cases:
        say(
            Text(
                f"{alone} of {cases} cases have a combination to themselves: for so many conditions these are few "
                "cases, and random outcomes are fitted well, too. Ask permutation before relying on the fit.",
                f"{cases}个案例中有{alone}个独占一种组合：相对于条件数，案例偏少，随机的结果也能拟合得很好。"
                "采信拟合指标之前请先做置换检验（permutation）。",
            )
        )
    if question.cities is not None:
        return  # their limits say it
    inside = {name: float((truth.data[name] > 0.5).mean()) for name in truth.conditions.names}
    near = [
        name
        for name, level in zip(truth.conditions.names, truth.conditions.levels, strict=True)
        if level == 2 and max(inside[name], 1 - inside[name]) >= lc.NEAR_CONSTANT
    ]
    if near:
        share = f"{100 * lc.NEAR_CONSTANT:.0f}"
        say(
            Text(
                f"Near-constant: at least {share} % of the cases lie on one side in {', '.join(near)}; these hardly "
                "tell cases apart.",
                f"近乎恒定：{share}%以上的案例在{'、'.join(near)}上处于同一侧，难以据此区分案例。",
            )
        )


def _refuse_other_endings(out: Path | None) -> None:
    """Refuse a file that cannot be written before anything is reckoned or logged."""
    endings = (".csv", ".xlsx", ".json", *PRINTED)
    if out is not None and out.suffix and not out.is_dir() and out.suffix.lower() not in endings:
        raise InputError(
            Text(
                f"{out.name}: the ending must be one of {', '.join(endings)}.",
                f"{out.name}：文件名须以{'、'.join(endings)}之一结尾。",
            )
        )


def _without(question: Question, truth: TruthTable, necessary: tuple[str, ...]) -> Question:
    """The question with what contradicts necessity shut out."""
    untenable = lc.untenable_assumptions(truth, necessary=necessary)
    say(untenable.summary(current_language()))
    choices = dict(question.study.solution_choices)
    exclude = (*choices.get("exclude", ()), *(str(term) for term in untenable))
    study = question.study.replace(solution_choices={**choices, "exclude": exclude})
    return question.with_study(study)


def _configurations(question: Question, found: QcaSolution) -> ConfigurationTable:
    cores = None
    if found.solution == "conservative":
        cores = lc.minimise(found.truth, "parsimonious", exclude=found.excluded)
    if question.cities is not None:
        return question.cities.configuration_table(found, parsimonious=cores)
    return lc.configuration_table(found, parsimonious=cores, labels=question.study.labels)


def _decisions(question: Question, found: QcaSolution) -> DecisionLog:
    if question.cities is not None:
        return question.cities.decisions(found)
    return lc.qca_decisions(found, calibrations=question.calibrations, labels=question.study.labels)


def _tables(question: Question, found: QcaSolution) -> Tables:
    language = current_language()

    def cases() -> pd.DataFrame:
        frame = found.cases.assign(model=found.cases["model"] + 1)
        return in_words(
            frame, language, words={"kind": CASE_KINDS}, names=question.names, labels=question.labels
        )

    def configurations() -> pd.DataFrame:
        table = _configurations(question, found)
        own = table.conditions
        words = {"solution": SOLUTIONS, **dict.fromkeys(own, MARKS)}
        heads = {"outcome": Text("outcome", "结果")} | {k: t for k, t in question.labels.items() if k in own}
        return in_words(table.table(), language, words=words, heads=heads, own=own)

    def decisions() -> pd.DataFrame:
        frame = _decisions(question, found).table()
        frame = frame[[f"step_{language}", "decision", f"text_{language}"]]
        plain_names = {f"step_{language}": "step", f"text_{language}": "text"}
        return in_words(frame.rename(columns=plain_names), language, words={"decision": DECISIONS})

    tables = {
        "fit": lambda: in_words(found.table(), language, words={"term": WHOLES}, labels=question.labels),
        "cases": cases,
        "configurations": configurations,
        "decisions": decisions,
        "truth-table": lambda: rows_of(question, found.truth),
    }
    cities = question.cities
    return (
        tables
        if cities is None
        else {**tables, "shared": lambda: _shared(cities.paths(found), language, question.labels)}
    )


#: Decisions by the names that the log gives them.
DECISIONS = {
    "anchors": Text("anchors", "锚点"),
    "at_half": Text("memberships of 0.5", "0.5隶属度"),
    "cases": Text("cases", "案例"),
    "conditions": Text("conditions", "条件"),
    "contradictions": Text("contradictions", "矛盾组态"),
    "covers": Text("models", "模型"),
    "exclude": Text("exclusions", "排除项"),
    "expectations": Text("expectations", "方向性预期"),
    "frequency_cut": Text("frequency cut", "频数阈值"),
    "inclusion_cut": Text("inclusion cut", "一致性阈值"),
    "note": Text("note", "说明"),
    "outcome": Text("outcome", "结果"),
    "pri_cut": Text("PRI cut", "PRI阈值"),
    "simplifying": Text("simplifying assumptions", "简化假设"),
    "solution": Text("solution", "解"),
}


def _shared(frame: pd.DataFrame, language: str, labels: Mapping[str, Text]) -> pd.DataFrame:
    """Paths with the evidence that they share with the outcome, and how they fare without it."""
    heads = {
        "both": Text("practices of both", "二者共有的实践举措"),
        "conditions": Text("practices of the conditions", "条件的实践举措"),
        "members": MEASURES["members"],
        "of_conditions": Text("shared, of the conditions", "共有部分占条件的比例"),
        "of_outcome": Text("shared, of the outcome", "共有部分占结果的比例"),
        "outcome": Text("practices of the outcome", "结果的实践举措"),
    }
    for name, variant in VARIANTS.items():
        for column, measure in MEASURES.items():
            heads[f"{name}_{column}"] = Text(f"{measure.en}, {variant.en}", f"{measure.zh}（{variant.zh}）")
    return in_words(frame, language, heads=heads, labels=labels)
