"""``learningcity explain robustness|permutation``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, current_language, option, say
from learningcity.cli.explain_answers import Tables, give, refuse_printed, show
from learningcity.cli.explain_options import numbers_from, pairs_from, with_cases, with_solution, with_table
from learningcity.cli.explain_question import Question, keep_journal, read_question, say_warnings
from learningcity.cli.explain_words import ALTERNATIVES, ROBUST_CASES, WHOLES, alternative_name, in_words
from learningcity.cli.output import (
    as_json,
    out_path,
    seed_option,
    working,
)

if TYPE_CHECKING:
    from learningcity import RobustnessResult

STATISTICS = ("product", "inclusion", "coverage", "pri_product", "best_term")


@command(
    text=Text(
        "Do the analysis again with one thing changed at a time: cut-offs, anchors of the study, a case or a condition "
        "left out, other tables; with --atlas the other coders, and evidence that paths and outcome do not share. "
        "--draws changes several things at once.",
        "逐项变动并重做分析：各阈值、研究文件中的锚点、剔除一个案例或条件、其他数据表；与--atlas合用时还包括其他编码员，"
        "以及路径与结果不共有证据的情形。--draws同时随机变动多项。",
    ),
    examples=(
        "learningcity explain robustness --study my-study/study.toml",
        "learningcity explain robustness --study my-study/study.toml --show terms --draws 50 --seed 1",
        "learningcity explain robustness --atlas --outcome inclusive --conditions law,funding,monitoring --show ranges",
    ),
)
@with_cases
@with_table
@with_solution
@option(
    "--inclusion-range",
    default="0.75,1",
    show_default=True,
    metavar="A,B",
    text=Text("Inclusion cuts tried; none for none.", "检验的一致性阈值范围；none表示不检验。"),
)
@option(
    "--pri-range",
    default="0,0.75",
    show_default=True,
    metavar="A,B",
    text=Text("PRI cuts tried; none for none.", "检验的PRI阈值范围；none表示不检验。"),
)
@option(
    "--frequency-range",
    default="1,3",
    show_default=True,
    metavar="A,B",
    text=Text("Frequency cuts tried; none for none.", "检验的频数阈值范围；none表示不检验。"),
)
@option(
    "--anchor-range",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    text=Text(
        "Anchors move by this share of the range of the raw values.", "锚点移动幅度占原始数值全距的比例。"
    ),
)
@option("--fixed-cases", is_flag=True, text=Text("Leave no case out.", "不逐一剔除案例。"))
@option("--fixed-conditions", is_flag=True, text=Text("Leave no condition out.", "不逐一剔除条件。"))
@option(
    "--other",
    multiple=True,
    metavar="NAME=FILE",
    text=Text(
        "Another table of the same columns, such as another coder or year; the sets of the study are made in it as "
        "well. May be repeated.",
        "列相同的其他数据表（如另一编码员或年份），同样按研究文件校准。可重复。",
    ),
)
@option(
    "--draws",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    text=Text("Runs in which all of this is drawn at once.", "同时随机变动的次数。"),
)
@seed_option
@show(
    "alternatives",
    "terms",
    "models",
    "ranges",
    "cases",
    text=Text(
        "Every alternative, how often each path or model survives, ranges within which nothing changes, or robust cases.",
        "全部变动（alternatives）、各路径（terms）或模型（models）保留的频率、结果不变的范围（ranges）、稳健案例（cases）。",
    ),
)
@as_json
@out_path
def robustness(shown: str, draws: int, seed: int, as_json: bool, out: Path | None, **asked: Any) -> None:
    """How far a solution hangs on choices."""
    refuse_printed(out)
    with working(Text("doing the analysis again", "正在重做分析")) as progress:
        question = read_question(asked)
        used = {c.name: c for c in question.calibrations if c.name in question.study.columns}
        found = lc.robustness(
            *question.about, **question.repeated,
            inclusion_range=_range(asked["inclusion_range"], "--inclusion-range"),
            pri_range=_range(asked["pri_range"], "--pri-range"),
            frequency_range=_range(asked["frequency_range"], "--frequency-range", whole=True),
            anchors=used or None, anchor_range=asked["anchor_range"], cases=not asked["fixed_cases"],
            leave_conditions=not asked["fixed_conditions"], frames=_frames(question, asked["other"]), draws=draws,
            seed=seed, progress=progress,
        )  # fmt: skip
    results = (*question.calibrations, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    give(
        found,
        _robust_tables(question, found),
        shown,
        as_json=as_json,
        out=out,
        more=question.limits,
        labels=question.labels,
    )
    if not as_json:
        question.say_limits()
    say_warnings(warnings)


def _robust_tables(question: Question, found: RobustnessResult) -> Tables:
    language = current_language()
    kinds = {"kind": ALTERNATIVES}

    def named(frame: Any) -> Any:
        pairs = zip(frame["kind"], frame["name"], strict=True)
        return frame.assign(
            name=[alternative_name(k, n, language, question.names, question.labels) for k, n in pairs]
        )

    def alternatives() -> Any:
        frame = named(found.table())
        frame["failure"] = frame["failure" if language == "en" else "failure_zh"]
        return in_words(frame.drop(columns="failure_zh"), language, words=kinds, labels=question.labels)

    def cases() -> Any:
        return in_words(
            found.cases(),
            language,
            words={"kind": ROBUST_CASES},
            names=question.names,
            labels=question.labels,
        )

    return {
        "alternatives": alternatives,
        "terms": lambda: in_words(found.terms(), language, labels=question.labels),
        "models": lambda: in_words(found.models(), language, labels=question.labels),
        "ranges": lambda: in_words(named(found.ranges()), language, words=kinds),
        "cases": cases,
    }


@command(
    text=Text(
        "Would chance have given as good a solution? The outcome is shuffled over the cases and the whole analysis done "
        "again; p has its own interval, and q of each path is adjusted for their number (false discovery rate). "
        "A small p speaks against chance alone, not for a cause.",
        "偶然能否得到同样好的解？将结果在案例间随机置换并重做全部分析；p值附有区间，各路径的q值按路径数校正（错误发现率）。"
        "p值小仅说明不太可能纯属偶然，并不意味着因果关系。",
    ),
    examples=(
        "learningcity explain permutation --study my-study/study.toml --permutations 500",
        "learningcity explain permutation --atlas --outcome inclusive --conditions law,funding,monitoring --permutations 200",
    ),
)
@with_cases
@with_table
@with_solution
@option(
    "--permutations",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    text=Text("Number of shuffles.", "置换次数。"),
)
@option(
    "--statistic",
    type=click.Choice(STATISTICS),
    default="product",
    show_default=True,
    text=Text(
        "What is compared: inclusion times coverage, one of them, PRI times coverage, or the best single path. "
        "Choose before looking.",
        "比较的统计量：一致性×覆盖度（product）、其中之一、PRI×覆盖度（pri_product）或最佳单一路径（best_term）。须事先选定。",
    ),
)
@option(
    "--level",
    type=click.FloatRange(0, 1),
    default=0.05,
    show_default=True,
    text=Text("Largest p and q of a strong finding.", "有力发现的p与q上限。"),
)
@seed_option
@as_json
@out_path
def permutation(
    permutations: int, statistic: Any, level: float, seed: int, as_json: bool, out: Path | None, **asked: Any
) -> None:
    """A solution against chance."""
    refuse_printed(out)
    with working(Text("shuffling the outcome", "正在随机置换")) as progress:
        question = read_question(asked)
        found = lc.permutation_test(
            *question.about, **question.repeated, statistic=statistic, permutations=permutations, level=level,
            seed=seed, progress=progress,
        )  # fmt: skip
    results = (*question.calibrations, found)
    warnings = keep_journal(asked["journal"], results, asked["reason"], question.study.name)
    heads = {"low": Text("p, from", "p值下限"), "high": Text("p, to", "p值上限")}
    tables = {
        "permutation": lambda: in_words(
            found.table(), current_language(), words={"term": WHOLES}, heads=heads, labels=question.labels
        )
    }
    give(found, tables, "permutation", as_json=as_json, out=out, more=question.limits, labels=question.labels)
    if not as_json:
        question.say_limits()
    say_warnings(warnings)


def _range(given: str, what: str, *, whole: bool = False) -> Any:
    if given.strip().lower() == "none":
        return None
    found = numbers_from(given, what)
    if len(found) != 2 or (whole and any(not v.is_integer() for v in found)):
        raise InputError(
            Text(
                f"{what} {given}: give two {'whole ' if whole else ''}numbers, the lower first, or none.",
                f"{what} {given}：请给出由小到大的两个{'整' if whole else ''}数，或none。",
            )
        )
    return tuple(int(v) for v in found) if whole else tuple(found)


def _frames(question: Question, other: tuple[str, ...]) -> dict[str, Any] | None:
    """Other tables that were named; of the atlas the other coders and disjoint evidence."""
    notes: list[Text] = []
    found = {
        name: question.study.prepare(file, notes=notes).data
        for name, file in pairs_from(other, "--other").items()
    }
    for note in dict.fromkeys(notes):
        say(note)
    if question.cities is not None:
        cities = question.cities
        found |= {f"coder {c}": frame for c, frame in cities.by_coder().items() if c != cities.coder}
        found |= {one.name: one.data for one in cities.disjoint if one.data is not None}
    return found or None
