"""Every decision behind a solution, in the order in which it was taken: what a methods section must report.

A result knows its own choices, so the log is made from it and cannot be forgotten or embellished. When which
choice was made, and whether a result had been seen by then, is what ``QcaJournal`` keeps.

References
----------
Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244, chapter 11 (what to report).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, join_texts, of_kind
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.configuration_words import Wording
from learningcity.explain.qca.solution import NAMES, QcaSolution
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth_halves import AT_HALF_WORDS

if TYPE_CHECKING:
    import pandas as pd

STEPS = {
    "data": Text("cases and evidence", "案例与证据"),
    "calibration": Text("calibration", "校准"),
    "truth_table": Text("truth table", "真值表"),
    "minimisation": Text("minimisation", "布尔最小化"),
    "reading": Text("how it may be read", "解读限制"),
}


@dataclass(frozen=True)
class Decision:
    """One decision: the step, its name, the value that was chosen, and a sentence."""

    step: str
    name: str
    value: str
    text: Text


@dataclass(frozen=True)
class DecisionLog(Result):
    """The decisions behind a solution.

    Parameters
    ----------
    decisions
        In the order in which they were taken.
    """

    decisions: tuple[Decision, ...]

    def table(self) -> pd.DataFrame:
        """One row a decision: step, step_en, step_zh, decision, value, text_en, text_zh."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "step": one.step, "step_en": STEPS[one.step].en, "step_zh": STEPS[one.step].zh,
                    "decision": one.name, "value": one.value, "text_en": one.text.en, "text_zh": one.text.zh,
                }
                for one in self.decisions
            ]
        )  # fmt: skip

    def summary(self, language: str = "en") -> str:
        """Say all decisions, step by step."""
        return (" " if language == "en" else "").join(one.text.in_(language) for one in self.decisions)


def qca_decisions(
    solution: QcaSolution,
    *,
    calibrations: Iterable[Calibration] = (),
    data: Iterable[Text] = (),
    reading: Iterable[Text] = (),
    labels: Mapping[str, Text | str] | None = None,
) -> DecisionLog:
    """Write down every decision behind a solution.

    Parameters
    ----------
    solution
        From ``minimise``.
    calibrations
        From ``calibrate``, for conditions and outcome; their anchors are told.
    data, reading
        Further sentences on the cases, and on how the result may be read.
    labels
        Condition or outcome -> what people call it.

    Returns
    -------
    DecisionLog
        ``table()`` has one row a decision.

    Raises
    ------
    InputError
        No solution, or a calibration that is none.

    Examples
    --------
    >>> import pandas as pd
    >>> import learningcity as lc
    >>> frame = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 1], "Y": [1, 0, 0]}, index=list("xyz"))
    >>> log = qca_decisions(lc.minimise(lc.truth_table(frame, "Y", ["A", "B"])))
    >>> log.table().set_index("decision")["value"][["cases", "inclusion_cut", "solution"]].tolist()
    ['3', '1', 'conservative']
    """
    of_kind(solution, QcaSolution, "solution")
    wording = Wording.of(labels, None, None, None, None, ())
    found = [
        *_data(solution, wording),
        *(Decision("data", "note", "", of_kind(one, Text, "data")) for one in data),
        *_calibration(solution, tuple(calibrations)),
        *_truth(solution, wording),
        *_minimisation(solution, wording),
        *(Decision("reading", "note", "", of_kind(one, Text, "reading")) for one in reading),
    ]
    return DecisionLog(tuple(found))


def _data(solution: QcaSolution, wording: Wording) -> list[Decision]:
    truth = solution.truth
    names = join_texts([wording.condition(c) for c in truth.conditions.names], ", ", "、")
    outcome = wording.outcome(truth.outcome)
    n, k = len(truth.data), len(truth.conditions)
    return [
        Decision("data", "cases", str(n), Text(f"{n} cases.", f"案例{n}个。")),
        Decision("data", "outcome", truth.outcome, Text(f"Outcome: {outcome.en}.", f"结果：{outcome.zh}。")),
        Decision(
            "data",
            "conditions",
            "; ".join(truth.conditions.names),
            Text(f"{k} conditions: {names.en}.", f"条件{k}个：{names.zh}。"),
        ),
    ]


def _calibration(solution: QcaSolution, calibrations: tuple[Calibration, ...]) -> list[Decision]:
    found = []
    for one in calibrations:
        of_kind(one, Calibration, "calibrations")
        words = Text(one.summary("en"), one.summary("zh"))
        found.append(Decision("calibration", "anchors", _told(one), words))
    halves = solution.truth.halves
    if halves:
        rule = AT_HALF_WORDS[solution.truth.at_half]
        named = ", ".join(f"{case} ({condition})" for condition, case in halves)
        zh = "、".join(f"{case}（{condition}）" for condition, case in halves)
        found.append(
            Decision(
                "calibration",
                "at_half",
                solution.truth.at_half,
                Text(
                    f"Memberships of exactly 0.5: {rule.en}: {named}.",
                    f"恰为0.5的隶属度：{rule.zh}：{zh}。",
                ),
            )
        )
    return found


def _told(one: Calibration) -> str:
    return f"{one.name or '-'}: " + ", ".join(f"{k} = {v:g}" for k, v in one.anchors.items())


def _truth(solution: QcaSolution, wording: Wording) -> list[Decision]:
    truth = solution.truth
    count = {code: truth.out.count(code) for code in "10C?"}
    unseen = truth.possible - len(truth.out)
    low = truth.contradiction_cut
    found = [
        Decision(
            "truth_table",
            "frequency_cut",
            str(truth.frequency_cut),
            Text(
                f"Frequency cut-off {truth.frequency_cut}: {count['?']} observed row(s) with fewer cases are remainders.",
                f"案例频数阈值{truth.frequency_cut}：案例数低于阈值的{count['?']}种组合视为逻辑余项。",
            ),
        ),
        Decision(
            "truth_table",
            "inclusion_cut",
            f"{truth.inclusion_cut:g}" + ("" if low is None else f"; {low:g}"),
            Text(
                f"Consistency cut-off {truth.inclusion_cut:g}"
                + ("" if low is None else f", rows from {low:g} are contradictory")
                + f": {count['1']} positive, {count['0']} negative"
                + (f", {count['C']} contradictory" if low is not None else "")
                + f" row(s); {unseen:,} combinations were not observed.",
                f"一致性阈值{truth.inclusion_cut:g}"
                + ("" if low is None else f"，{low:g}以上为矛盾组态")
                + f"：结果为1的组合{count['1']}种，结果为0的{count['0']}种"
                + (f"，矛盾组态{count['C']}种" if low is not None else "")
                + f"；未观察到的组合{unseen:,}种。",
            ),
        ),
        Decision(
            "truth_table", "pri_cut", f"{truth.pri_cut:g}",
            Text(f"PRI cut-off {truth.pri_cut:g}.", f"PRI阈值{truth.pri_cut:g}。"),
        ),
    ]  # fmt: skip
    if truth.contradictory:
        rows = [
            Text("{t} ({c})", "{t}（{c}）").format(
                t=wording.term(truth.term(k)),
                c=Text(", ".join(truth.deviant[k]), "、".join(truth.deviant[k])),
            )
            for k in truth.contradictory
        ]
        listed = join_texts(rows)
        found.append(
            Decision(
                "truth_table",
                "contradictions",
                str(len(rows)),
                Text(
                    f"Rows with cases on both sides of the outcome, and the cases that deviate: {listed.en}.",
                    f"同时包含结果出现与未出现的案例的组合及其偏差案例：{listed.zh}。",
                ),
            )
        )
    return found


def _minimisation(solution: QcaSolution, wording: Wording) -> list[Decision]:
    kind = NAMES[solution.solution]
    found = [
        Decision(
            "minimisation", "solution", solution.solution,
            Text(f"{kind.en.capitalize()} solution.", f"{kind.zh}。"),
        )
    ]  # fmt: skip
    if solution.solution == "intermediate":
        told = "; ".join(f"{c} = {'/'.join(map(str, sorted(v)))}" for c, v in solution.expectations.items())
        found.append(
            Decision(
                "minimisation",
                "expectations",
                told,
                Text(
                    f"Directional expectations: {told or 'none'}.",
                    f"方向性预期：{told.replace('; ', '；') or '无'}。",
                ),
            )
        )
    if solution.excluded:
        terms = _terms(solution.excluded, wording)
        found.append(
            Decision(
                "minimisation",
                "exclude",
                "; ".join(str(t) for t in solution.excluded),
                Text(f"Excluded combinations: {terms.en}.", f"已排除的组合：{terms.zh}。"),
            )
        )
    more = "" if solution.complete else "at least "
    zh_more = "" if solution.complete else "至少"
    covers = COVERS_WORDS[solution.covers]
    found.append(
        Decision(
            "minimisation",
            "covers",
            solution.covers,
            Text(
                f"{covers.en}: {more}{len(solution.models):,} model(s) out of {len(solution.prime_implicants):,} prime "
                "implicant(s).",
                f"{covers.zh}：由{len(solution.prime_implicants):,}个质蕴涵项得到{zh_more}{len(solution.models):,}个模型。",
            ),
        )
    )
    found += [_simplifying(solution, number, wording) for number in range(len(solution.models[:SHOWN]))]
    return found


#: Models of which the simplifying assumptions are counted.
SHOWN = 5
COVERS_WORDS = {
    "fewest": Text("Models of the fewest paths", "取项数最少的模型"),
    "irredundant": Text("All models from which no path can be left out", "取不含冗余项的全部模型"),
}


def _simplifying(solution: QcaSolution, number: int, wording: Wording) -> Decision:
    """How many combinations without enough cases a model takes for positive."""
    model = join_texts([wording.term(t) for t in solution.model(number)], " + ", " + ")
    try:
        count = f"{len(solution.simplifying(number)):,}"
        text = Text(
            f"Model {number + 1}, {model.en}, takes {count} combination(s) without enough cases for "
            "positive.",
            f"模型{number + 1}（{model.zh}）将{count}种案例数不足的组合视为结果出现（简化假设）。",
        )
    except InputError:
        count = "many"
        text = Text(
            f"Model {number + 1} takes more combinations without cases for positive than can be listed.",
            f"模型{number + 1}视为结果出现的无案例组合过多，无法列出。",
        )
    return Decision("minimisation", "simplifying", count, text)


def _terms(terms: Iterable[Term], wording: Wording) -> Any:
    return join_texts([wording.term(t) for t in terms], ", ", "、")
