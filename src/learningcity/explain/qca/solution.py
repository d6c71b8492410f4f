"""What minimisation gives: models with their fit and their cases, and everything that led to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, plain
from learningcity.explain.qca.fitting import sufficiency
from learningcity.explain.qca.primes import PrimeImplicants
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth import TruthTable

if TYPE_CHECKING:
    import pandas as pd

#: What the row of a whole model is called beside those of its terms.
MODEL = "model"
#: Words for the kinds of cases.
KINDS = {
    "typical": Text("typical", "典型案例"),
    "deviant_consistency": Text("deviant in consistency", "一致性偏差案例"),
    "deviant_coverage": Text("deviant in coverage", "覆盖度偏差案例"),
}
NAMES = {
    "conservative": Text("conservative", "保守解"),
    "parsimonious": Text("parsimonious", "简约解"),
    "intermediate": Text("intermediate", "中间解"),
}


@dataclass(frozen=True)
class Origin:
    """What an intermediate model was made from.

    Parameters
    ----------
    conservative_number, parsimonious_number
        Which conservative and which parsimonious model, from 0.
    conservative, parsimonious
        Their terms.
    terms
        The intermediate terms; what they cover beside the cases are the easy counterfactuals.
    """

    conservative_number: int
    parsimonious_number: int
    conservative: tuple[Term, ...]
    parsimonious: tuple[Term, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class QcaSolution(Result):
    """Models of a truth table.

    Parameters
    ----------
    truth
        The truth table.
    solution, covers
        The choices.
    models
        One tuple of terms a model. More than one model = the data do not decide between them.
    prime_implicants
        All of them, in order; sized.
    essential
        Terms that every one of the models holds.
    complete
        Whether these are all models; else there may be more than are listed.
    expectations, excluded
        What theory expects; what was shut out.
    origins
        For each model of the intermediate solution, the pairs of models that it comes from.
    positive, negative
        Rows (and cubes) x conditions that were to be covered, and not to be covered; -1 = open.
    """

    truth: TruthTable
    solution: str
    covers: str
    models: tuple[tuple[Term, ...], ...]
    prime_implicants: PrimeImplicants
    essential: tuple[Term, ...]
    complete: bool
    expectations: Mapping[str, frozenset[int]]
    excluded: tuple[Term, ...]
    origins: tuple[tuple[Origin, ...], ...]
    positive: Any
    negative: Any

    @cached_property
    def memberships(self) -> Mapping[Term, Any]:
        """How far each case has each term of the models; one array a term, in the order of the cases."""
        return {t: t.membership(self.truth.data) for t in dict.fromkeys(t for m in self.models for t in m)}

    def model(self, number: int = 0) -> tuple[Term, ...]:
        """The terms of a model.

        Parameters
        ----------
        number
            Which, from 0.

        Raises
        ------
        InputError
            There is no such model.
        """
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(self.models):
            raise InputError(
                Text(
                    f"There are {len(self.models)} models, from 0; there is no model {number!r}.",
                    f"共有{len(self.models)}个模型（编号从0开始），没有模型{number!r}。",
                )
            )
        return self.models[number]

    def membership(self, model: int = 0) -> Any:
        """How far each case has a model: the most over its terms.

        Parameters
        ----------
        model
            Which, from 0.

        Returns
        -------
        array
            One number between 0 and 1 a case.
        """
        import numpy as np

        return np.max([self.memberships[t] for t in self.model(model)], axis=0)

    def whole(self, model: int = 0) -> tuple[float, float, float]:
        """Inclusion, PRI and coverage of a model as a whole."""
        return sufficiency(self.membership(model), self.truth.membership)

    @cached_property
    def fit(self) -> pd.DataFrame:
        """Fit of models and terms.

        Returns
        -------
        frame
            Index (model, term), models from 0, ``model`` for the whole: inclusion, pri, coverage and
            unique_coverage (NaN for the whole).
        """
        return fit_of(self)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Cases behind the models.

        Returns
        -------
        frame
            One row a case, model and term: kind is typical (in term and outcome), deviant_consistency (in
            the term, not in the outcome) or deviant_coverage (in the outcome, in no term of the model).
        """
        return cases_of(self)

    @property
    def ambiguous(self) -> bool:
        """Whether there is more than one model."""
        return len(self.models) > 1 or not self.complete

    def expression(self, model: int = 0) -> str:
        """A model as one line, such as ``A*~B + C``."""
        return " + ".join(str(term) for term in self.model(model))

    def table(self) -> pd.DataFrame:
        """Fit of every model and term.

        Returns
        -------
        frame
            model (from 1), term (``model`` for the whole), inclusion, pri, coverage, unique_coverage.
        """
        frame = self.fit.reset_index()
        return frame.assign(model=frame["model"] + 1)

    def simplifying(self, model: int = 0, limit: int = 100_000) -> pd.DataFrame:
        """The remainders that a model takes for positive without a case.

        Parameters
        ----------
        model
            Which, from 0.
        limit
            Most rows that are listed.

        Returns
        -------
        frame
            One row a combination, a column a condition.

        Raises
        ------
        InputError
            There are more than ``limit``: with many conditions nearly every combination is a remainder.
        """
        import numpy as np
        import pandas as pd

        conditions = self.truth.conditions
        found: set[tuple[int, ...]] = set()
        observed = {tuple(int(v) for v in row) for row in self.positive}
        for term in self.model(model):
            cube = [
                (v,) if v is not None else range(n)
                for v, n in zip(conditions.values(term), conditions.levels, strict=True)
            ]
            size = 1
            for one in cube:
                size *= len(one)
            if len(found) + size > limit + len(observed):
                raise InputError(
                    Text(
                        f"{term} alone takes in {size:,} combinations; raise limit, or use fewer conditions.",
                        f"仅{term}一项就包含{size:,}种组合，请提高limit或减少条件。",
                    )
                )
            grid = np.stack(np.meshgrid(*cube, indexing="ij"), axis=-1).reshape(-1, len(conditions))
            found |= {tuple(int(v) for v in row) for row in grid}
        return pd.DataFrame(sorted(found - observed), columns=list(conditions.names))

    def summary(self, language: str = "en") -> str:
        """Say the models, how well they fit, and whether the data decide between them."""
        inclusion, pri, coverage = self.whole()
        name = NAMES[self.solution]
        en = [
            f"{name.en.capitalize()} solution for {self.truth.outcome}: {self.expression()}. Solution consistency "
            f"{inclusion:.3f}, PRI {pri:.3f}, coverage {coverage:.3f}."
        ]
        zh = [
            f"{self.truth.outcome}的{name.zh}：{self.expression()}。总体一致性{inclusion:.3f}，"
            f"总体PRI {pri:.3f}，总体覆盖度{coverage:.3f}。"
        ]
        if self.ambiguous:
            more = "" if self.complete else "at least "
            en.append(
                f"This is the first of {more}{len(self.models):,} models; the data do not decide between them."
            )
            zh.append(
                f"以上为{'' if self.complete else '至少'}{len(self.models):,}个模型中的第一个，数据无法在其间取舍。"
            )
        if not len(self.negative):
            en.append("No combination is negative: the solution says nothing.")
            zh.append("没有结果为0的组合：该解不含任何信息。")
        en.append("A path goes together with the outcome in these cases; that does not make it a cause.")
        zh.append("路径只表示其在这些案例中与结果相伴出现，并不意味着因果关系。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Models, fit, cases, choices and the truth table as plain values."""
        return {
            "solution": self.solution,
            "covers": self.covers,
            "models": [[str(term) for term in model] for model in self.models],
            "essential": [str(term) for term in self.essential],
            "complete": self.complete,
            "prime_implicants": len(self.prime_implicants),
            "expectations": {k: sorted(v) for k, v in self.expectations.items()},
            "excluded": [str(term) for term in self.excluded],
            "fit": plain(self.table()),
            "cases": plain(self.cases),
            "truth_table": self.truth.to_dict(),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
        }


def fit_of(solution: QcaSolution) -> pd.DataFrame:
    """The frame ``QcaSolution.fit``."""
    import numpy as np
    import pandas as pd

    y = solution.truth.membership
    named: list[tuple[int, str]] = []
    fits: list[tuple[float, ...]] = []
    alone = {term: sufficiency(x, y) for term, x in solution.memberships.items()}
    for number, model in enumerate(solution.models):
        each = np.array([solution.memberships[t] for t in model])
        total = np.minimum(each.max(axis=0), y).sum()
        for k, term in enumerate(model):
            others = np.delete(each, k, axis=0).max(axis=0) if len(model) > 1 else np.zeros(len(y))
            unique = (total - np.minimum(others, y).sum()) / y.sum()
            named.append((number, str(term)))
            fits.append((*alone[term], max(0.0, float(unique))))
        named.append((number, MODEL))
        fits.append((*solution.whole(number), float("nan")))
    index = pd.MultiIndex.from_tuples(named, names=["model", "term"])
    return pd.DataFrame(fits, index=index, columns=["inclusion", "pri", "coverage", "unique_coverage"])


def cases_of(solution: QcaSolution) -> pd.DataFrame:
    """The frame ``QcaSolution.cases``."""
    import numpy as np
    import pandas as pd

    y = solution.truth.membership
    names = [str(c) for c in solution.truth.data.index]
    kinds: list[tuple[int, str, str, str, float, float]] = []
    for number, model in enumerate(solution.models):
        for term in model:
            x = solution.memberships[term]
            for c in np.flatnonzero(x > 0.5):
                kind = "typical" if y[c] > 0.5 else "deviant_consistency"
                kinds.append((number, str(term), kind, names[c], float(x[c]), float(y[c])))
        whole = solution.membership(number)
        for c in np.flatnonzero((whole <= 0.5) & (y > 0.5)):
            kinds.append((number, "", "deviant_coverage", names[c], float(whole[c]), float(y[c])))
    return pd.DataFrame(kinds, columns=["model", "term", "kind", "case", "membership", "outcome"])
