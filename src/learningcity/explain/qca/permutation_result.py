"""What a permutation test gives: how often chance does as well, for the solution and for each term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text
from learningcity.explain.qca.solution import MODEL, QcaSolution
from learningcity.explain.qca.terms import Term

if TYPE_CHECKING:
    import pandas as pd

#: Of the interval of p.
CONFIDENCE = 0.95


@dataclass(frozen=True)
class _Statistic:
    """A figure: its words, how it follows from inclusion, PRI and coverage, and whether of single terms."""

    name: Text
    value: Callable[[float, float, float], float]
    single: bool = False


STATISTICS = {
    "product": _Statistic(Text("inclusion times coverage", "一致性×覆盖度"), lambda i, p, c: i * c),
    "inclusion": _Statistic(Text("inclusion", "一致性"), lambda i, p, c: i),
    "coverage": _Statistic(Text("coverage", "覆盖度"), lambda i, p, c: c),
    "pri_product": _Statistic(Text("PRI times coverage", "PRI×覆盖度"), lambda i, p, c: p * c),
    "best_term": _Statistic(
        Text("inclusion times coverage of the best term", "最佳项的一致性×覆盖度"),
        lambda i, p, c: i * c,
        True,
    ),
}


@dataclass(frozen=True)
class TermChance:
    """A term of the solution against chance.

    Parameters
    ----------
    term
        The term.
    models
        How many of the models hold it.
    inclusion, coverage
        Its fit.
    as_good
        Shuffles that gave some term of at least this inclusion and at least this coverage.
    p, q
        (1 + as_good) / (1 + shuffles); adjusted for the number of terms.
    p_fixed
        p of this very term had it been named beforehand; too small for a term that the data have chosen.
    """

    term: Term
    models: int
    inclusion: float
    coverage: float
    as_good: int
    p: float
    q: float
    p_fixed: float


@dataclass(frozen=True)
class PermutationResult(Result):
    """A solution against chance.

    Parameters
    ----------
    solution
        The solution of the data as they are.
    statistic
        What was compared.
    observed
        Its value in the data.
    as_good
        Shuffles with at least this value.
    permutations
        Number of shuffles.
    nothing
        Shuffles in which no row, or every row, was positive: they found nothing and count 0.
    null
        The statistic in every shuffle.
    level, seed
        As asked.
    terms
        One a term of the models.
    """

    solution: QcaSolution
    statistic: str
    observed: float
    as_good: int
    permutations: int
    nothing: int
    null: Any
    level: float
    seed: int
    terms: tuple[TermChance, ...]

    @property
    def p(self) -> float:
        """Probability that chance gives a solution at least as good: (1 + as good) / (1 + shuffles)."""
        return (1 + self.as_good) / (1 + self.permutations)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Where p lies if there were endless shuffles: exact binomial interval of 95 %."""
        return monte_carlo_interval(self.as_good, self.permutations)

    @property
    def strong(self) -> bool:
        """Whether this is a strong finding.

        It is one if p of the solution is at most ``level`` also at the upper end of its interval, and if at
        least one term has a q of at most ``level``. On outcomes without any relation to the conditions this
        happens in fewer than ``level`` of the tables.
        """
        return self.interval[1] <= self.level and any(one.q <= self.level for one in self.terms)

    @property
    def strong_terms(self) -> tuple[Term, ...]:
        """Terms of a strong finding with a q of at most ``level``; none if the finding is not strong."""
        return tuple(one.term for one in self.terms if one.q <= self.level) if self.strong else ()

    def table(self) -> pd.DataFrame:
        """The solution and its terms.

        Returns
        -------
        frame
            The first row is the solution (``model``): inclusion and coverage of the first model, statistic, p,
            low and high (interval of p). Then one row a term: models (how many hold it), inclusion, coverage,
            p, low, high, q, p_fixed. Empty where a figure does not apply.
        """
        import pandas as pd

        inclusion, _, coverage = self.solution.whole()
        rows: list[dict[str, Any]] = [
            {
                "term": MODEL, "models": len(self.solution.models), "inclusion": inclusion, "coverage": coverage,
                "statistic": self.observed, "p": self.p, "low": self.interval[0], "high": self.interval[1],
                "q": None, "p_fixed": None,
            }
        ]  # fmt: skip
        for one in self.terms:
            low, high = monte_carlo_interval(one.as_good, self.permutations)
            rows.append(
                {
                    "term": str(one.term), "models": one.models, "inclusion": one.inclusion, "coverage": one.coverage,
                    "statistic": None, "p": one.p, "low": low, "high": high, "q": one.q, "p_fixed": one.p_fixed,
                }
            )  # fmt: skip
        frame = pd.DataFrame(rows)
        numbers = ["statistic", "q", "p_fixed"]
        return frame.astype(dict.fromkeys(numbers, float))

    def summary(self, language: str = "en") -> str:
        """Say how often chance does as well, and whether the finding is strong."""
        name = STATISTICS[self.statistic].name
        low, high = self.interval
        good = ", ".join(str(t) for t in self.strong_terms)
        en = [
            f"{self.solution.expression()}: {name.en} {self.observed:.3f}. Of {self.permutations:,} shuffled "
            f"outcomes {self.as_good:,} did as well (p = {self.p:.3g}, 95 % interval {low:.3g} to {high:.3g}); "
            f"{self.nothing:,} found nothing.",
            f"A strong finding at {self.level:g}; terms that chance hardly gives: {good}."
            if self.strong
            else f"Not a strong finding at {self.level:g}: chance gives such a solution too often to rely on it.",
            "A small p speaks against chance alone, not for a cause.",
        ]
        zh = [
            f"{self.solution.expression()}：{name.zh}为{self.observed:.3f}。在{self.permutations:,}次随机置换中有"
            f"{self.as_good:,}次不逊于此（p = {self.p:.3g}，95%区间{low:.3g}至{high:.3g}）；"
            f"{self.nothing:,}次未求得任何解。",
            f"在{self.level:g}水平上为有力发现；偶然难以产生的路径：{good.replace(', ', '、')}。"
            if self.strong
            else f"在{self.level:g}水平上不是有力发现：偶然产生此类解的频率过高，不足为据。",
            "p值小仅说明不太可能纯属偶然，并不意味着因果关系。",
        ]
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """The table, the choices, the solution and the statistic of every shuffle as plain values."""
        return {
            **super().to_dict(),
            "statistic": self.statistic,
            "observed": self.observed,
            "p": self.p,
            "interval": list(self.interval),
            "strong": self.strong,
            "strong_terms": [str(t) for t in self.strong_terms],
            "level": self.level,
            "permutations": self.permutations,
            "nothing": self.nothing,
            "seed": self.seed,
            "null": [float(v) for v in self.null],
            "solution": self.solution.to_dict(),
        }


def monte_carlo_interval(count: int, number: int) -> tuple[float, float]:
    """Exact binomial interval of 95 % (Clopper and Pearson) for the share of which ``count`` of ``number`` were seen.

    References
    ----------
    Clopper & Pearson (1934), doi 10.1093/biomet/26.4.404.

    Examples
    --------
    >>> [round(v, 4) for v in monte_carlo_interval(0, 999)], [round(v, 3) for v in monte_carlo_interval(5, 10)]
    ([0.0, 0.0037], [0.187, 0.813])
    """
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(count, number - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, number - count, 1 - tail)) if count < number else 1.0
    return low, high
