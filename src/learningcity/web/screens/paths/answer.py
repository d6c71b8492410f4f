"""The answer to a question, asked of the library once and kept in bounded number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import learningcity as lc
from learningcity.web import content, waiting
from learningcity.web.once import once
from learningcity.web.screens.paths.query import Question

ROBUSTNESS = lc.Text("The analysis again with one thing changed at a time", "逐项变动并重做分析")
SHUFFLES = lc.Text(
    "The analysis again on shuffled outcomes, {n:,} times", "随机置换结果并重做分析，共{n:,}次"
)


@dataclass(frozen=True)
class Answer:
    """What the library says to a question.

    Parameters
    ----------
    question
        With its conditions named, where the address named none.
    cases, truth
        The cities as cases, and their combinations.
    solution
        None where nothing was found.
    nothing
        Why there is no solution.
    """

    question: Question
    cases: lc.AtlasQca
    truth: lc.TruthTable
    solution: lc.QcaSolution | None
    nothing: lc.Text | None

    @property
    def model(self) -> int:
        """Which model is shown, from 0."""
        return self.question.model - 1

    @property
    def solved(self) -> lc.QcaSolution:
        """The solution, where there is one."""
        if self.solution is None:
            raise lc.InputError(self.nothing or lc.Text("Nothing was found.", "未发现结果。"))
        return self.solution


def table_choices(question: Question) -> dict[str, Any]:
    """How the library is asked for the truth table."""
    return {
        "inclusion_cut": question.inclusion,
        "pri_cut": question.pri,
        "frequency_cut": question.frequency,
    }


def solution_choices(question: Question) -> dict[str, Any]:
    """How the library is asked for the solution."""
    found: dict[str, Any] = {"solution": question.solution}
    if question.expectations:
        found["expectations"] = dict(question.expectations)
    return found


def answer(question: Question) -> Answer:
    """Give cases, truth table and solution.

    Raises
    ------
    InputError
        The question cannot be asked: nothing varies, or there is no such model.
    """
    # What is asked of the answer beside does not change it.
    found = _answer(question.with_(model=1, robustness=False, permutations=0, seed=0))
    asked = question.with_(conditions=found.cases.conditions)
    if found.solution is not None:
        found.solution.model(question.model - 1)
    return Answer(asked, found.cases, found.truth, found.solution, found.nothing)


@once(64)
def _answer(question: Question) -> Answer:
    if question.refusal:
        raise lc.InputError(question.refusal)
    cases = lc.atlas_qca(
        content.atlas(),
        question.outcome,
        question.conditions or None,
        question.coder,
        lc.CodingPolicy(timing=question.timing),  # type: ignore[arg-type]
        not_seen=question.not_seen,
    )
    truth = cases.truth_table(**table_choices(question))
    asked = question.with_(conditions=cases.conditions)
    try:
        solution, nothing = lc.minimise(truth, **solution_choices(asked)), None
    except lc.InputError as error:
        solution, nothing = None, error.text
    return Answer(asked, cases, truth, solution, nothing)


def configurations(found: Answer) -> lc.ConfigurationTable:
    """The configuration table of the model that is asked for, core and contributing conditions told apart."""
    return _configurations(found.question.with_(robustness=False, permutations=0, seed=0))


@once(64)
def _configurations(question: Question) -> lc.ConfigurationTable:
    found = answer(question)
    cores = lc.minimise(found.truth, "parsimonious") if question.solution == "conservative" else None
    return found.cases.configuration_table(found.solved, found.model, parsimonious=cores)


def robustness(found: Answer) -> lc.RobustnessResult:
    """The analysis again with one thing changed at a time, the other coders and disjoint evidence among it."""
    found_: lc.RobustnessResult = waiting.now(robustness_work(found))
    return found_


def robustness_work(found: Answer) -> waiting.Long:
    """The same as work that a page may wait for."""
    question = found.question.with_(model=1, robustness=True, permutations=0, seed=0)
    cases = found.cases

    def make(progress: lc.Progress) -> lc.RobustnessResult:
        frames = {f"coder {c}": frame for c, frame in cases.by_coder().items() if c != cases.coder}
        frames |= {one.name: one.data for one in cases.disjoint if one.data is not None}
        return lc.robustness(
            cases.data, cases.outcome, cases.conditions,
            **table_choices(question), **solution_choices(question), frames=frames or None, progress=progress,
        )  # fmt: skip

    return waiting.Long("robustness", question, make, ROBUSTNESS)


def permutation(found: Answer) -> lc.PermutationResult:
    """The solution against shuffled outcomes."""
    found_: lc.PermutationResult = waiting.now(permutation_work(found))
    return found_


def permutation_work(found: Answer) -> waiting.Long:
    """The same as work that a page may wait for."""
    # Only what the test depends on, so that it is one result however it is asked for.
    question = found.question.with_(model=1, robustness=False)
    cases = found.cases

    def make(progress: lc.Progress) -> lc.PermutationResult:
        return lc.permutation_test(
            cases.data, cases.outcome, cases.conditions, **table_choices(question), **solution_choices(question),
            permutations=question.permutations, seed=question.seed, progress=progress,
        )  # fmt: skip

    return waiting.Long("chance", question, make, SHUFFLES.format(n=question.permutations))
