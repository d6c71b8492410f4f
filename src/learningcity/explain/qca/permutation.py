"""Would chance have given as good a solution? The whole analysis again on shuffled outcomes.

References
----------
Braumoeller (2015), Guarding against false positives in qualitative comparative analysis, Political Analysis 23,
doi 10.1093/pan/mpv017. Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from learningcity.core import InputError, Progress, Steps, Text, UnknownNameError, share, whole_number
from learningcity.explain.qca.fitting import CLOSE
from learningcity.explain.qca.minimise import minimise, read_exclusions
from learningcity.explain.qca.permutation_result import STATISTICS, PermutationResult, TermChance
from learningcity.explain.qca.permutation_search import Choices, Models, Repeated
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth import TruthTable, truth_table
from learningcity.explain.qca.truth_halves import AtHalf

#: Numbers that are held at a time, and shuffles that are judged at a time.
ROOM = 4_000_000
BETWEEN = 100
#: Statistics closer than this are equal.
TIED = 1e-9
#: Shuffles that anybody can wait for, and that fit into memory.
MOST = 10_000_000

Statistic = Literal["product", "inclusion", "coverage", "pri_product", "best_term"]


def permutation_test(
    data: Any,
    outcome: str,
    conditions: Sequence[str],
    inclusion_cut: float | tuple[float, float] = 1.0,
    pri_cut: float = 0.0,
    frequency_cut: int = 1,
    *,
    solution: Literal["conservative", "parsimonious", "intermediate"] = "conservative",
    expectations: Mapping[str, Any] | None = None,
    covers: Literal["fewest", "irredundant"] = "fewest",
    exclude: Iterable[Term | str] = (),
    at_half: AtHalf = "refuse",
    statistic: Statistic = "product",
    permutations: int = 1000,
    level: float = 0.05,
    models: int = 100,
    seed: int = 0,
    progress: Progress | None = None,
) -> PermutationResult:
    """Test a solution against chance: shuffle the outcome over the cases and do the whole analysis again.

    A search among many combinations finds something in any table. Each shuffle keeps conditions and outcome
    as they are and breaks what joins them; truth table and minimisation are then done with the same choices.
    A shuffle in which no row is positive, or none negative, has found nothing: its statistic is 0.

    Parameters
    ----------
    data, outcome, conditions, inclusion_cut, pri_cut, frequency_cut, at_half
        As for ``truth_table``.
    solution, expectations, covers, exclude
        As for ``minimise``.
    statistic
        What is compared; of several models the best one counts. "product": inclusion times coverage of the
        solution. "inclusion", "coverage": one of them. "pri_product": PRI times coverage. "best_term": inclusion
        times coverage of the best single term, for many conditions. Choose before looking.
    permutations
        Number of shuffles.
    level
        Largest p and q of a strong finding.
    models
        Most models that are looked at, in the data as in each shuffle.
    seed
        Of the shuffles.
    progress
        Called with the shuffles done and their number; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    PermutationResult
        p of the solution with the interval that the number of shuffles leaves, p and q of each term, and
        whether the finding is strong (see ``PermutationResult.strong``).

    Raises
    ------
    InputError
        Whatever ``truth_table`` and ``minimise`` refuse in the data as they are; numbers that are none.
    UnknownNameError
        A statistic or a choice that is not there.
    Stopped
        If ``progress`` raises it.

    Notes
    -----
    p = (1 + shuffles at least as good) / (1 + shuffles), so p of a table without any relation is at most a
    given level with at most that probability. p of a term asks how often a shuffled analysis gives some term of
    at least the same coverage and at least the same inclusion: the search for terms is part of the chance.
    q is p adjusted for the number of terms so that at most a share q of the terms held for found is false
    (Benjamini and Hochberg). ``p_fixed`` is the test of Braumoeller for one configuration named beforehand: it
    leaves the search out and is far too small for terms that the data have chosen.

    With many conditions for the number of cases nearly every case has a combination of its own, any outcome is
    solved without a fault, and the product tells nothing: p is large also where a path is true. The best single
    term still tells, since chance needs many terms for what one true path covers.

    Power, simulated: crisp tables of 60 cases by 4 conditions with ``Y = A*B + C*~D`` and 5 outcomes in 100
    turned round, parsimonious solution, ``inclusion_cut=0.75``, 199 shuffles. Of 100 such tables 99 gave a strong
    finding, 93 with at least one of the two paths exactly, 62 with both. With no outcome turned round all 100
    gave both. Of 200 tables whose outcomes were shuffled beforehand none was a strong finding, and 8 had a p of
    at most 0.05.

    References
    ----------
    Braumoeller (2015), doi 10.1093/pan/mpv017. Benjamini & Hochberg (1995),
    doi 10.1111/j.2517-6161.1995.tb02031.x. Rohlfing (2018), doi 10.1017/pan.2017.30 (power).
    Phipson & Smyth (2010), doi 10.2202/1544-6115.1585 (p is never 0).

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> random = np.random.default_rng(1)
    >>> data = pd.DataFrame(random.integers(0, 2, (40, 3)), columns=list("ABC"))
    >>> data["Y"] = data["A"] * data["B"]
    >>> found = permutation_test(data, "Y", ["A", "B", "C"], permutations=199)
    >>> found.solution.expression(), found.p, found.strong
    ('A*B', 0.005, True)
    """
    import numpy as np

    if statistic not in STATISTICS:
        raise UnknownNameError("option", statistic, tuple(STATISTICS))
    permutations, models, seed = (
        whole_number(permutations, "permutations", 1),
        whole_number(models, "models", 1),
        whole_number(seed, "seed"),
    )
    if permutations > MOST:
        raise InputError(
            Text(
                f"permutations is {permutations}; give at most {MOST:,}.",
                f"permutations为{permutations}，最多{MOST:,}次。",
            )
        )
    level = share(level, "level")
    steps = Steps(progress, permutations)
    table = truth_table(data, outcome, conditions, inclusion_cut, pri_cut, frequency_cut, at_half=at_half)
    excluded = read_exclusions(exclude, table.conditions)
    found = minimise(table, solution, expectations, covers, exclude=excluded, models=models)
    search = Repeated(table, Choices(solution, expectations, covers, excluded, models))
    shuffled = _Shuffles(table, search)
    here = table.membership
    (listed,) = search.solved(np.array([[code == "1" for code in table.out]]))
    observed = shuffled.best(listed, here, statistic)
    search.pause = steps
    terms = tuple(dict.fromkeys(term for model in listed for term in model))
    fits = np.array([shuffled.fit(term, here) for term in terms])
    random = np.random.default_rng(seed)
    null = np.zeros(permutations)
    as_good = np.zeros(len(terms), dtype=np.int64)
    fixed = np.zeros(len(terms), dtype=np.int64)
    nothing = done = 0
    block = max(1, min(BETWEEN, ROOM // (len(here) * (len(shuffled.rows) + len(terms)))))
    while done < permutations:
        outcomes = random.permuted(np.tile(here, (min(block, permutations - done), 1)), axis=1)
        fixed += shuffled.fixed(terms, outcomes, fits[:, 0])
        for y, models_found in zip(outcomes, search.solved(shuffled.positive(outcomes)), strict=True):
            if models_found:
                null[done] = shuffled.best(models_found, y, statistic)
                each = np.array([shuffled.fit(t, y) for t in {t for m in models_found for t in m}])
                better = np.logical_and.reduce(each[None] >= fits[:, None] - TIED, axis=2)
                as_good += np.logical_or.reduce(better, axis=1)
            else:
                nothing += 1
            done += 1
        steps.to(done)
    count = int((null >= observed - TIED).sum())
    ps = (1 + as_good) / (1 + permutations)
    return PermutationResult(
        solution=found, statistic=statistic, observed=observed, as_good=count, permutations=permutations,
        nothing=nothing, null=null, level=level, seed=seed,
        terms=tuple(
            TermChance(
                term=term, models=sum(term in model for model in listed), inclusion=float(fit[0]),
                coverage=float(fit[1]), as_good=int(k), p=float(p), q=float(q),
                p_fixed=float((1 + f) / (1 + permutations)),
            )
            for term, fit, k, p, q, f in zip(
                terms, fits, as_good, ps, false_discovery(ps), fixed, strict=True
            )
        ),
    )  # fmt: skip


def false_discovery(p: Any) -> Any:
    """Adjust p for their number, so that the share of false ones among those held for found is bounded.

    Parameters
    ----------
    p
        One number a hypothesis.

    Returns
    -------
    array
        q in the same order: least over the ranks from its own on of p times number divided by rank.

    References
    ----------
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> [round(float(q), 3) for q in false_discovery([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    import numpy as np

    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


class _Shuffles:
    """Judge the rows of one truth table under other outcomes."""

    def __init__(self, table: TruthTable, search: Repeated) -> None:
        import numpy as np

        self.table, self.search = table, search
        self.rows = np.array(
            [table.conditions.term(int(v) for v in row).membership(table.data) for row in table.values]
        )
        self.enough = np.array([len(cases) >= table.frequency_cut for cases in table.cases])
        self._terms: dict[Term, Any] = {}

    def positive(self, outcomes: Any) -> Any:
        """Shuffles x rows: whether the row counts as positive."""
        import numpy as np

        found = np.empty((len(outcomes), len(self.rows)), dtype=bool)
        for k, row in enumerate(self.rows):
            inclusion, pri = _ratios(row, outcomes)
            found[:, k] = (inclusion >= self.table.inclusion_cut - CLOSE) & (
                pri >= self.table.pri_cut - CLOSE
            )
        return found & self.enough

    def membership(self, term: Term) -> Any:
        if term not in self._terms:
            if len(self._terms) * len(self.table.data) > ROOM:
                self._terms.clear()
            self._terms[term] = term.membership(self.table.data)
        return self._terms[term]

    def fit(self, term: Term, y: Any) -> tuple[float, float]:
        """Inclusion and coverage of a term."""
        import numpy as np

        x = self.membership(term)
        both = np.minimum(x, y).sum()
        return both / max(x.sum(), TIED), both / y.sum()

    def best(self, models: Models, y: Any, statistic: str) -> float:
        """The statistic of the best model."""
        import numpy as np

        best = 0.0
        if STATISTICS[statistic].single:
            models = tuple((term,) for term in {t for model in models for t in model})
        for model in models:
            x = np.max([self.membership(term) for term in model], axis=0)
            inclusion, pri = _ratios(x, y[None, :])
            coverage = np.minimum(x, y).sum() / y.sum()
            best = max(best, float(STATISTICS[statistic].value(inclusion[0], pri[0], coverage)))
        return best

    def fixed(self, terms: Sequence[Term], outcomes: Any, inclusion: Any) -> Any:
        """How many shuffles give each of these terms at least its inclusion."""
        import numpy as np

        return np.array(
            [
                (_ratios(self.membership(term), outcomes)[0] >= seen - TIED).sum()
                for term, seen in zip(terms, inclusion, strict=True)
            ]
        )


def _ratios(x: Any, outcomes: Any) -> tuple[Any, Any]:
    """Inclusion and PRI of one set under several outcomes (one a row), as the truth table reckons them."""
    import numpy as np

    both = np.minimum(x, outcomes)
    neither = np.minimum(both, 1.0 - outcomes).sum(axis=1)
    held, total = both.sum(axis=1), x.sum()
    left = total - neither
    pri = np.where(left > 1e-12, (held - neither) / np.where(left > 1e-12, left, 1.0), 0.0)
    return held / max(total, TIED), pri
