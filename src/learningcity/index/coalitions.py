"""The coalition game of an index by its plain build, where a score depends on the other units.

One unit at a time is taken to its baseline and back, indicator by indicator; all other units keep their
values. What the index of the unit is for a set of indicators is found by building the index of that
table, with the weights as used and from the normalised indicators upwards.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text

if TYPE_CHECKING:
    from learningcity.index.result import IndexResult

#: Coalitions on the way from an indicator to the top up to which values are exact: 10 siblings.
EXACT_BUILT = 2**9


def masks(k: int) -> tuple[Any, Any]:
    """All sets of the other ``k - 1`` children, and how often each stands before the child."""
    import numpy as np

    found = (np.arange(2 ** (k - 1))[:, None] >> np.arange(k - 1)) & 1
    by_size = np.array([factorial(s) * factorial(k - 1 - s) / factorial(k) for s in range(k)])
    return found.astype(bool), by_size[found.sum(axis=1)]


def not_defined(code: str, why: Text | None = None) -> InputError:
    """The error for an index that has no value on the way from the baseline to the unit."""
    en, zh = ("", "") if why is None else (f" ({why.en})", f"（{why.zh}）")
    return InputError(
        Text(
            f"{code} is not defined between the units and the baseline; take another baseline.{en}",
            f"{code}在单位与基准之间无定义，请另选基准。{zh}",
        )
    )


class BuiltGame:
    """Owen values of all indicators by building the index for every coalition.

    Parameters
    ----------
    result
        The index.
    row
        The baseline of each normalised indicator.
    """

    def __init__(self, result: IndexResult, row: Any) -> None:
        import numpy as np

        self.tree, self.weights, self.spec = result.structure, result.weights, result.spec
        self.leaves = self.tree.indicators
        self.actual = result.normalised[list(self.leaves)].to_numpy(dtype=float)
        base = np.array([row[c] for c in self.leaves], dtype=float)
        self.base = np.where(np.isnan(self.actual), np.nan, base)
        there = ~np.isnan(result.scores[self.tree.top].to_numpy())
        self.scored: list[int] = np.flatnonzero(there).tolist()
        place = {c: i for i, c in enumerate(self.leaves)}
        #: For each code the indicators under it, as the bits of a whole number.
        self.bits = {c: sum(1 << place[leaf] for leaf in self.tree.leaves(c)) for c in self.tree.codes}
        self.known: dict[int, float] = {}
        self.unit, self.there = -1, 0
        self.doubt = self._last_doubt()

    def coalitions(self) -> int:
        """How many coalitions there are on the way up from an indicator, at the most."""
        return max(2 ** sum(len(self.tree.children(c)) - 1 for c, _ in self._path(b)) for b in self.leaves)

    def exact(self) -> Any:
        """Owen values, units x indicators; zero where the unit has no score."""
        import numpy as np

        found = np.zeros(self.actual.shape)
        sets = [self._sets(leaf) for leaf in self.leaves]
        for unit in self.scored:
            self._turn_to(unit)
            for i, ways in enumerate(sets):
                if not np.isnan(self.actual[unit, i]):
                    found[unit, i] = sum(w * (self.value(s | 1 << i) - self.value(s)) for s, w in ways)
        return found

    def sampled(self, orders: int, seed: int) -> tuple[Any, Any]:
        """Means and standard errors over drawn orders in which siblings stay together."""
        import numpy as np

        rng = np.random.default_rng(seed)
        drawn = [self._order(self.tree.top, rng) for _ in range(orders)]
        mean, error = np.zeros(self.actual.shape), np.zeros(self.actual.shape)
        for unit in self.scored:
            self._turn_to(unit)
            changes = np.zeros((orders, len(self.leaves)))
            for n, order in enumerate(drawn):
                inside = 0
                for i in order:
                    changes[n, i] = self.value(inside | 1 << i) - self.value(inside)
                    inside |= 1 << i
            mean[unit] = changes.mean(axis=0)
            error[unit] = changes.std(axis=0, ddof=1) / np.sqrt(orders)
        return mean, error

    def baseline_scores(self) -> Any:
        """The index of each unit at its baseline, the other units as they are."""
        import numpy as np

        found = np.full(len(self.actual), np.nan)
        for unit in self.scored:
            self._turn_to(unit)
            found[unit] = self.value(0)
        return found

    def value(self, inside: int) -> float:
        """The index of the unit with its own values for these indicators and the baseline elsewhere."""
        import numpy as np

        from learningcity.index.build import aggregate_level

        # An indicator that the unit does not have is the same inside and outside.
        inside &= self.there
        if inside not in self.known:
            table = self.actual.copy()
            own = np.array([bool(inside >> i & 1) for i in range(len(self.leaves))])
            table[self.unit] = np.where(own, self.actual[self.unit], self.base[self.unit])
            found = dict(zip(self.leaves, table.T, strict=True))
            try:
                for level in range(2, self.tree.height + 1):
                    if level == self.doubt:
                        self._own_doubt(found)
                    else:
                        aggregate_level(found, level, self.tree, self.weights, self.spec)
            except InputError as error:
                raise not_defined(self.tree.top, error.text) from None
            score = float(found[self.tree.top][self.unit])
            if np.isnan(score):
                raise not_defined(self.tree.top)
            self.known[inside] = score
        return self.known[inside]

    def _last_doubt(self) -> int | None:
        """The level of benefit of the doubt above which no unit is compared with another, if there is one.

        There the linear programme of the unit alone will do, and not that of every other unit.
        """
        for level in range(self.tree.height, 1, -1):
            choice = self.spec.aggregate_at(level)
            if choice.name == "benefit_of_the_doubt" and (
                level == 2 or self.spec.normalise_at(level - 1) is None
            ):
                return level
            again = level > 2 and self.spec.normalise_at(level - 1) is not None
            if again or "independent" not in choice.method.properties:
                return None
        return None

    def _own_doubt(self, found: dict[str, Any]) -> None:
        import numpy as np

        from learningcity.index.aggregate.benefit_of_the_doubt import best_shares
        from learningcity.index.columns import NotDefinedError

        level = self.doubt or 0
        parameters = self.spec.aggregate_at(level).parameters
        for code in self.tree.at(level):
            children = self.tree.children(code)
            x = np.column_stack([found[c] for c in children])
            w = np.array([self.weights[c] for c in children])
            try:
                found[code] = best_shares(x, w, **parameters, units=[self.unit])[0]
            except NotDefinedError as error:
                raise not_defined(code, error.reason) from None

    def _turn_to(self, unit: int) -> None:
        import numpy as np

        if unit != self.unit:
            self.unit, self.known = unit, {}
            self.there = sum(1 << i for i in np.flatnonzero(~np.isnan(self.actual[unit])).tolist())

    def _path(self, code: str) -> list[tuple[str, str]]:
        """The aggregates over a code, the lowest first, each with the child on the way."""
        found = []
        parent = self.tree.by_code[code].parent
        while parent is not None:
            found.append((parent, code))
            code, parent = parent, self.tree.by_code[parent].parent
        return found

    def _sets(self, leaf: str) -> list[tuple[int, float]]:
        """All coalitions before an indicator, as bits, each with its share of the orders."""
        found = [(0, 1.0)]
        for code, child in self._path(leaf):
            siblings = [self.bits[c] for c in self.tree.children(code) if c != child]
            sets, shares = masks(len(siblings) + 1)
            joined = [sum(b for b, there in zip(siblings, one, strict=True) if there) for one in sets]
            found = [(s | j, w * share) for s, w in found for j, share in zip(joined, shares, strict=True)]
        return found

    def _order(self, code: str, rng: Any) -> list[int]:
        children = self.tree.children(code)
        if not children:
            return [self.leaves.index(code)]
        return [i for k in rng.permutation(len(children)) for i in self._order(children[k], rng)]
