"""Minimisation: the shortest expressions that cover the positive rows and no negative one, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from learningcity.core import InputError, Text, UnknownNameError, of_kind, whole_number
from learningcity.explain.qca.covers import MODELS, STEPS, Covers, find_covers
from learningcity.explain.qca.intermediate import (
    cubes_of,
    easy_implicants,
    intermediate_terms,
    read_expectations,
)
from learningcity.explain.qca.primes import (
    LIMIT,
    PrimeImplicants,
    all_but,
    count_implicants,
    covering,
    implicant_parts,
    prime_implicants,
)
from learningcity.explain.qca.solution import Origin, QcaSolution
from learningcity.explain.qca.terms import Conditions, Term
from learningcity.explain.qca.truth import TruthTable

SOLUTIONS = ("conservative", "parsimonious", "intermediate")
COVERS = ("fewest", "irredundant")
#: Pairs of an implicant and a row that are held at most.
CELLS = 500_000_000
#: Conservative and parsimonious models that intermediate solutions are made from at most, each.
PAIRED = 100


def minimise(
    table: TruthTable,
    solution: Literal["conservative", "parsimonious", "intermediate"] = "conservative",
    expectations: Mapping[str, Any] | None = None,
    covers: Literal["fewest", "irredundant"] = "fewest",
    *,
    exclude: Iterable[Term | str] = (),
    allow_degenerate: bool = False,
    limit: int = LIMIT,
    models: int = MODELS,
    steps: int = STEPS,
) -> QcaSolution:
    """Reduce a truth table to its models.

    Parameters
    ----------
    table
        From ``truth_table``.
    solution
        Which remainders (combinations without enough cases) may simplify: "conservative" none,
        "parsimonious" any, "intermediate" those that the expectations make easy.
    expectations
        For the intermediate solution: condition -> 1 (presence) or 0 (absence) that is held to bring the
        outcome about; a multi-value condition takes a value or several. Not named = no expectation.
    covers
        "fewest": all models of the fewest terms; "irredundant": all from which no term can be left out.
    exclude
        Terms that no model may cover (enhanced standard analysis): combinations that are impossible, that
        contradict a necessary condition, or that were used for the absence of the outcome as well. Rows with
        cases in them count as negative.
    allow_degenerate
        Where no row is negative, give a solution in place of an error: with remainders the term that always holds.
    limit
        Most prime implicants that are held.
    models
        Most models that are listed; the result says when there are more.
    steps
        Most steps of the search for the smallest models. Where they are spent once the least number of terms is
        known, the models found by then are listed and the result says that there may be more.

    Returns
    -------
    QcaSolution
        Models, prime implicants, fit, cases.

    Raises
    ------
    InputError
        No positive row (or none outside of the exclusions), no negative row, more prime implicants or steps than
        the limits, an exclusion that is no term.
    UnknownNameError
        A solution, a way of covering or a condition that is not there.

    References
    ----------
    Ragin (1987), The comparative method; Ragin (2008), doi 10.7208/chicago/9780226702797.001.0001.
    Schneider & Wagemann (2012), doi 10.1017/CBO9781139004244 (enhanced standard analysis).
    Murakami & Uno (2014), doi 10.1016/j.dam.2014.01.012.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca.truth import truth_table
    >>> data = pd.DataFrame(
    ...     {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "C": [1, 0, 0, 1], "Y": [1, 1, 0, 0]}, index=list("wxyz")
    ... )
    >>> [[str(term) for term in model] for model in minimise(truth_table(data, "Y", ["A", "B", "C"]), "parsimonious").models]
    [['A']]
    """
    of_kind(table, TruthTable, "table")
    if solution not in SOLUTIONS:
        raise UnknownNameError("option", solution, SOLUTIONS)
    if covers not in COVERS:
        raise UnknownNameError("option", covers, COVERS)
    limit, models, steps = (
        whole_number(given, what, 1)
        for given, what in ((limit, "limit"), (models, "models"), (steps, "steps"))
    )
    expected = read_expectations(expectations, table.conditions)
    if expected and solution != "intermediate":
        raise InputError(
            Text(
                f"Expectations belong to the intermediate solution; the {solution} one takes none.",
                "方向性预期只用于中间解，其他解不使用。",
            )
        )
    shut_out = read_exclusions(exclude, table.conditions)
    positive, negative = _rows(table, shut_out)
    _refuse_degenerate(table, shut_out, positive, negative, allow_degenerate)
    conditions = table.conditions

    def covered(implicants: PrimeImplicants) -> Covers:
        _refuse_chart(len(implicants), len(positive))
        return find_covers(implicants.covers(positive), covers, models, steps)

    def written(implicants: PrimeImplicants, found: Covers) -> tuple[tuple[Term, ...], ...]:
        used = {k: implicants[k] for model in found.models for k in model}
        return tuple(tuple(used[k] for k in model) for model in found.models)

    def solved(kind: str) -> tuple[PrimeImplicants, Covers]:
        barred = all_but(conditions, positive, limit) if kind == "conservative" else negative
        implicants = prime_implicants(conditions, positive, barred, limit)
        return implicants, covered(implicants)

    origins: dict[tuple[Term, ...], list[Origin]] = {}
    if solution != "intermediate":
        implicants, found = solved(solution)
        listed, complete = written(implicants, found), found.complete
        essential = tuple(implicants[k] for k in found.essential)
    else:
        longest, shortest = (solved(kind) for kind in ("conservative", "parsimonious"))
        c_models, p_models = written(*longest), written(*shortest)
        complete = (
            all(one[1].complete for one in (longest, shortest))
            and max(len(c_models), len(p_models)) <= PAIRED
        )
        kept: dict[Any, tuple[PrimeImplicants, Covers]] = {}
        everything: dict[Term, None] = {}
        for c, one in enumerate(c_models[:PAIRED]):
            for p, other in enumerate(p_models[:PAIRED]):
                terms = intermediate_terms(one, other, expected)
                key = frozenset(terms)
                if key not in kept:
                    implicants = easy_implicants(conditions, positive, terms, limit)
                    kept[key] = implicants, covered(implicants)
                implicants, found = kept[key]
                complete = complete and found.complete
                everything.update(dict.fromkeys(implicants))
                for model in written(implicants, found):
                    origins.setdefault(model, []).append(Origin(c, p, one, other, terms))
        listed = tuple(sorted(origins, key=lambda m: (len(m), [str(t) for t in m])))
        complete = complete and len(listed) <= models
        listed = listed[:models]
        implicants = PrimeImplicants.of(conditions, everything)
        essential = tuple(t for t in listed[0] if all(t in model for model in listed))
    return QcaSolution(
        truth=table, solution=solution, covers=covers, models=listed, prime_implicants=implicants,
        essential=essential, complete=complete, expectations=expected, excluded=shut_out,
        origins=tuple(tuple(origins.get(model, ())) for model in listed),
        positive=positive, negative=negative,
    )  # fmt: skip


def count_prime_implicants(
    table: TruthTable,
    solution: Literal["conservative", "parsimonious"] = "parsimonious",
    *,
    exclude: Iterable[Term | str] = (),
    limit: int | None = None,
) -> int:
    """Count the prime implicants without holding them: memory does not grow with their number, time does.

    Parameters
    ----------
    table, exclude
        As for ``minimise``.
    solution
        Those within the positive rows ("conservative"), or with all remainders ("parsimonious").
    limit
        Stop once more than so many were counted; None = count all.

    Returns
    -------
    int
        The number; above ``limit`` it says only that there are more.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca.truth import truth_table
    >>> data = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}, index=list("xyz"))
    >>> count_prime_implicants(truth_table(data, "Y", ["A", "B"]))
    1
    """
    if limit is not None:
        limit = whole_number(limit, "limit", 0)
    return count_implicants(table.conditions, *_task(table, solution, exclude), limit)


def stream_prime_implicants(
    table: TruthTable,
    solution: Literal["conservative", "parsimonious"] = "parsimonious",
    *,
    exclude: Iterable[Term | str] = (),
) -> Iterator[Term]:
    """Give the prime implicants one after the other, each once, without holding them.

    Parameters
    ----------
    table, exclude
        As for ``minimise``.
    solution
        Those within the positive rows ("conservative"), or with all remainders ("parsimonious").

    Yields
    ------
    Term
        In the order in which they are found: those of the first positive row, then the others of the second.

    Raises
    ------
    InputError
        Not a truth table, an exclusion that is no term.
    UnknownNameError
        A solution or a condition that is not there.

    References
    ----------
    Murakami & Uno (2014), doi 10.1016/j.dam.2014.01.012.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca.truth import truth_table
    >>> data = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}, index=list("wxyz"))
    >>> sorted(str(term) for term in stream_prime_implicants(truth_table(data, "Y", ["A", "B"])))
    ['A', 'B']
    """
    of_kind(table, TruthTable, "table")
    parts = implicant_parts(table.conditions, *_task(table, solution, exclude))
    return (term for part in parts for term in PrimeImplicants(table.conditions, part))


def _task(table: TruthTable, solution: str, exclude: Any) -> tuple[Any, Any]:
    """Rows to be covered and what may not be covered, of one of the two extreme solutions."""
    of_kind(table, TruthTable, "table")
    if solution not in SOLUTIONS[:2]:
        raise UnknownNameError("option", solution, SOLUTIONS[:2])
    positive, negative = _rows(table, read_exclusions(exclude, table.conditions))
    return positive, all_but(table.conditions, positive) if solution == "conservative" else negative


def read_exclusions(given: Any, conditions: Conditions) -> tuple[Term, ...]:
    """Terms, or their text, as terms."""
    from learningcity.explain.qca.expressions import parse

    several = (given,) if isinstance(given, str | Term) else given
    if not isinstance(several, Iterable) or isinstance(several, Mapping):
        raise InputError(
            Text(
                f"exclude takes terms such as 'A*~B', not {type(given).__name__}.",
                f"exclude须为项，例如'A*~B'，而不是{type(given).__name__}。",
            )
        )
    found: dict[Term, None] = {}
    for one in several:
        terms = (one,) if isinstance(one, Term) else parse(one, conditions)
        for term in terms:
            conditions.values(term)
            found[term] = None
    return tuple(found)


def _rows(table: TruthTable, excluded: tuple[Term, ...]) -> tuple[Any, Any]:
    """Rows to be covered, and rows and cubes not to be covered."""
    import numpy as np

    cubes = cubes_of(table.conditions, excluded)
    positive = table.positive
    barred = covering(cubes, positive).any(axis=0) if len(cubes) else np.zeros(len(positive), dtype=bool)
    return positive[~barred], np.concatenate([table.negative, positive[barred], cubes])


def _refuse_chart(implicants: int, rows: int) -> None:
    if implicants * rows > CELLS:
        raise InputError(
            Text(
                f"{implicants:,} prime implicants for {rows:,} rows are too many to combine: at most {CELLS:,} "
                "pairs are held. Use fewer conditions or rows, or a higher frequency_cut.",
                f"{rows:,}个组合对应{implicants:,}个质蕴涵项，数量过多（最多{CELLS:,}对）。请减少条件或组合，"
                "或提高frequency_cut。",
            )
        )


def _refuse_degenerate(
    table: TruthTable, excluded: tuple[Term, ...], positive: Any, negative: Any, allowed: bool
) -> None:
    if not len(positive) and len(table.positive):
        shown = " + ".join(str(term) for term in excluded[:5]) + (" + ..." if len(excluded) > 5 else "")
        raise InputError(
            Text(
                f"The exclusions {shown} hold every positive row, so nothing is left to explain {table.outcome} by. "
                "Exclude less.",
                f"排除项{shown}包含了全部结果为1的组合，无从解释{table.outcome}。请减少排除项。",
            )
        )
    if not len(positive):
        raise InputError(
            Text(
                f"No combination is positive, so there is nothing to explain {table.outcome} by: no row reaches an "
                f"inclusion of {table.inclusion_cut:g} (highest {table.inclusion.max():.3f}) with a PRI of "
                f"{table.pri_cut:g} and {table.frequency_cut} cases. Lower a cut with a reason, or report that "
                "nothing was found.",
                f"没有结果为1的组合，无从解释{table.outcome}：没有组合同时满足一致性{table.inclusion_cut:g}"
                f"（最高{table.inclusion.max():.3f}）、PRI {table.pri_cut:g}和{table.frequency_cut}个案例。"
                "请说明理由后降低阈值，或如实报告未发现结果。",
            )
        )
    if not len(negative) and not allowed:
        raise InputError(
            Text(
                f"No combination is negative: every one that occurs goes with {table.outcome}, so no condition makes "
                "a difference. Raise inclusion_cut or pri_cut, look at the calibration, or take another outcome; "
                "allow_degenerate=True gives the term that always holds.",
                f"没有结果为0的组合：所有出现的组合均伴随{table.outcome}，因此任何条件都不产生差别。"
                "请提高inclusion_cut或pri_cut、检查校准或更换结果变量；allow_degenerate=True将返回恒真项。",
            )
        )
