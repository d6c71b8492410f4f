"""What each indicator adds to a unit's index, against a baseline that is stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError
from learningcity.index.coalitions import EXACT_BUILT, BuiltGame, masks, not_defined

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.result import IndexResult
    from learningcity.index.structure import Structure

#: Coalitions on the way from an indicator to the top up to which values are exact: 15 siblings.
EXACT = 2**14


@dataclass(frozen=True)
class Contributions(Result):
    """Contributions of all indicators to the index of all units.

    Parameters
    ----------
    values
        Units x indicators, in points of the index; a row sums to the unit's index less its baseline.
        NaN = the unit has no value there.
    errors
        Standard errors of the same shape; zero where the values are exact.
    baseline, baseline_scores
        What is compared with, and the index there for each unit (with the unit's own gaps).
    method
        "additive", "owen" or "sampled".
    structure
        The tree.
    built
        True where a score depends on other units, so that each coalition was a build of the whole index
        in which one unit alone goes to its baseline.
    """

    values: pd.DataFrame
    errors: pd.DataFrame
    baseline: str
    baseline_scores: pd.Series
    method: str
    structure: Structure
    built: bool = False

    def at(self, level: int) -> pd.DataFrame:
        """Sum the contributions up to the codes of a level; NaN where all of them are missing."""
        import pandas as pd

        if level not in range(1, self.structure.height + 1):
            raise InputError(Text(f"There is no level {level!r}.", f"没有层级{level!r}。"))
        sums = {
            c: self.values[list(self.structure.leaves(c))].sum(axis=1, min_count=1)
            for c in self.structure.at(level)
        }
        return pd.DataFrame(sums, index=self.values.index)

    def table(self) -> pd.DataFrame:
        """One row a unit and indicator: contribution and standard error."""
        codes = list(self.values.columns)
        frame = self.values.rename_axis(index="unit").reset_index()
        frame = frame.melt("unit", codes, var_name="code", value_name="contribution")
        return frame.assign(error=self.errors[codes].to_numpy().ravel(order="F"))

    def summary(self, language: str = "en") -> str:
        """Say how the values were found and against what."""
        how = {
            "additive": Text("exact, since all aggregations are means", "各层均为算术平均，结果精确"),
            "owen": Text("Owen values down the hierarchy, exact", "按层级的Owen值，结果精确"),
            "sampled": Text(
                f"Owen values from drawn orders, largest standard error {self.errors.max().max():.2g}",
                f"按层级的Owen值，抽样所得，最大标准误{self.errors.max().max():.2g}",
            ),
        }[self.method]
        if self.built:
            how = Text(f"{how.en}; the other units keep their values", f"{how.zh}；其他单位取值不变")
        return Text(
            f"Contributions of {self.values.shape[1]} indicators to the index of {len(self.values)} units "
            f"against the baseline {self.baseline}: {how.en}.",
            f"{self.values.shape[1]}项指标对{len(self.values)}个单位指数的贡献，基准为{self.baseline}：{how.zh}。",
        ).in_(language)


def contributions(
    result: IndexResult, baseline: str = "mean", *, orders: int = 500, seed: int = 0
) -> Contributions:
    """Share out the distance of each unit's index from a baseline among the indicators.

    Where all aggregations are arithmetic means, the share of an indicator is its weight times its
    distance. Otherwise it is the Owen value on the tree: the mean change of the index when the
    indicator goes from the baseline to the unit's value, over all orders in which the codes under one
    parent stay together. Contributions of a pillar's indicators sum to the contribution of the pillar.

    Where a score depends on the other units (copeland, benefit of the doubt, levels that are normalised
    again), one unit alone goes from its baseline to its values while the others keep theirs, and the
    index is built for every coalition: the same values by more work. Weights and the normalisation of
    the indicators stay those of the index.

    Parameters
    ----------
    result
        The index.
    baseline
        "mean", "median" or "lowest" of each normalised indicator, or the name of a unit. A unit's
        missing values are missing in its baseline, too.
    orders
        Orders drawn where there are too many to take all (more than ``EXACT`` coalitions on a way up, 15
        siblings; where the index is built for each, more than ``EXACT_BUILT``, 10 siblings); the
        standard error is then given.
    seed
        Seed of those orders.

    Raises
    ------
    InputError
        A baseline at which the index is not defined; codes are named.
    UnknownNameError
        A baseline that is neither a word nor a unit.

    References
    ----------
    Owen (1977), doi 10.1007/978-3-642-45494-3_7; Winter (1989), doi 10.1007/BF01268161.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, build_index
    >>> frame = pd.DataFrame({"skills": [0.0, 50.0, 100.0], "parks": [80.0, 0.0, 100.0]}, index=list("abc"))
    >>> built = build_index(frame, IndexSpec(Structure.of({"INDEX": ["skills", "parks"]})))
    >>> contributions(built).values.loc["a"].tolist()
    [-25.0, 10.0]
    """
    import numpy as np

    if isinstance(orders, bool) or not isinstance(orders, int) or orders < 2:
        raise InputError(Text("orders is a whole number, two or more.", "orders须为不小于2的整数。"))
    if _depends_on_others(result):
        return _by_builds(result, baseline, orders, seed)
    game = _Game(result, baseline)
    tree = result.structure
    names = [result.spec.aggregate_at(level).name for level in range(2, tree.height + 1)]
    largest = max(game.coalitions(leaf) for leaf in tree.indicators)
    if largest <= EXACT:
        method = "additive" if set(names) == {"arithmetic"} else "owen"
        found = np.column_stack([game.exact(leaf) for leaf in tree.indicators])
        errors = np.zeros_like(found)
    else:
        method = "sampled"
        found, errors = game.sampled(orders, seed)
    return _result(result, baseline, found, errors, method, game.base[tree.top])


def _by_builds(result: IndexResult, baseline: str, orders: int, seed: int) -> Contributions:
    """Owen values where each coalition is a build of the index."""
    import numpy as np

    game = BuiltGame(result, _baseline(result, baseline))
    start = game.baseline_scores()
    if game.coalitions() <= EXACT_BUILT:
        found = game.exact()
        return _result(result, baseline, found, np.zeros_like(found), "owen", start, built=True)
    return _result(result, baseline, *game.sampled(orders, seed), "sampled", start, built=True)


def _result(
    result: IndexResult,
    baseline: str,
    found: Any,
    errors: Any,
    method: str,
    start: Any,
    *,
    built: bool = False,
) -> Contributions:
    import numpy as np
    import pandas as pd

    tree = result.structure
    gap = result.normalised.isna().to_numpy() | result.scores[[tree.top]].isna().to_numpy()
    shape = {"index": result.scores.index, "columns": list(tree.indicators)}
    return Contributions(
        values=pd.DataFrame(np.where(gap, np.nan, found), **shape),
        errors=pd.DataFrame(np.where(gap, np.nan, errors), **shape),
        baseline=str(baseline),
        baseline_scores=pd.Series(start, index=result.scores.index, name=tree.top),
        method=method,
        structure=tree,
        built=built,
    )


def _depends_on_others(result: IndexResult) -> bool:
    levels = range(2, result.structure.height + 1)
    again = any(result.spec.normalise_at(level - 1) is not None for level in levels if level > 2)
    used = [result.spec.aggregate_at(level).method for level in levels]
    return again or any("independent" not in method.properties for method in used)


class _Game:
    """Values of every node at the unit and at its baseline, and the aggregations between."""

    def __init__(self, result: IndexResult, baseline: str) -> None:
        import numpy as np

        from learningcity.index.compiled import kernel_of

        self.tree, spec = result.structure, result.spec
        self.kernels: dict[int, Any] = {
            level: kernel_of(spec.aggregate_at(level)) for level in range(2, self.tree.height + 1)
        }
        self.weights = {
            c: np.array([result.weights[b] for b in self.tree.children(c)]) for c in self.tree.aggregates
        }
        self.actual = {c: result.scores[c].to_numpy() for c in self.tree.codes}
        row = _baseline(result, baseline)
        self.base = {c: np.where(np.isnan(self.actual[c]), np.nan, row[c]) for c in self.tree.indicators}
        for code in self.tree.aggregates:
            x = np.column_stack([self.base[c] for c in self.tree.children(code)])
            self.base[code] = self.up(code, x)
        self.additive: dict[str, bool] = {}
        for code in reversed(self.tree.aggregates):
            parent = self.tree.by_code[code].parent
            linear = spec.aggregate_at(self.tree.by_code[code].level).name == "arithmetic"
            self.additive[code] = linear and (parent is None or self.additive[parent])

    def up(self, code: str, x: Any) -> Any:
        """Aggregate rows x children; rows are units, each as often as there are coalitions."""
        import numpy as np

        from learningcity.index.compiled import _by_unit

        number, p, minimum = self.kernels[self.tree.by_code[code].level]
        found = _by_unit(number, p, minimum, np.ascontiguousarray(x), self.weights[code])
        there = ~np.isnan(self.actual[code])
        times = len(found) // len(there)
        if np.isnan(found[np.repeat(there, times)]).any():
            raise not_defined(code)
        return found

    def path(self, leaf: str) -> list[tuple[str, str]]:
        """The aggregates over an indicator, the lowest first, each with the child on the way."""
        found = []
        parent = self.tree.by_code[leaf].parent
        while parent is not None:
            found.append((parent, leaf))
            leaf, parent = parent, self.tree.by_code[parent].parent
        return found

    def coalitions(self, leaf: str) -> int:
        """How many coalitions there are on the way up; means up to the top need one."""
        sizes = (len(self.weights[c]) - 1 for c, _ in self.path(leaf) if not self.additive[c])
        return 2 ** sum(sizes)

    def exact(self, leaf: str) -> Any:
        """Owen values of one indicator, one a unit."""
        import numpy as np

        units = len(self.actual[leaf])
        y = np.stack([self.base[leaf], self.actual[leaf]], axis=1)[:, :, None]
        weight = np.ones(1)
        for code, child in self.path(leaf):
            children = self.tree.children(code)
            k, slot = len(children), children.index(child)
            sets, shares = masks(1 if self.additive[code] else k)
            if self.additive[code]:
                # Of a mean up to the top the change is the same whatever the siblings do.
                sets = np.zeros((1, k - 1), dtype=bool)
            inside = np.insert(sets, slot, False, axis=1)
            actual = np.column_stack([self.actual[c] for c in children])
            base = np.column_stack([self.base[c] for c in children])
            others = np.where(inside, actual[:, None, :], base[:, None, :])
            x = np.broadcast_to(others[:, None, None], (units, 2, y.shape[2], len(inside), k)).copy()
            x[..., slot] = y[..., None]
            y = self.up(code, x.reshape(-1, k)).reshape(units, 2, -1)
            weight = np.outer(weight, shares).ravel()
        change = (y[:, 1] - y[:, 0]) @ weight
        return np.where(np.isnan(self.actual[leaf]), 0.0, change)

    def sampled(self, orders: int, seed: int) -> tuple[Any, Any]:
        """Means and standard errors over drawn orders in which siblings stay together."""
        import numpy as np

        rng = np.random.default_rng(seed)
        leaves = self.tree.indicators
        place = {c: i for i, c in enumerate(leaves)}
        units = len(self.actual[leaves[0]])
        mean, square = np.zeros((units, len(leaves))), np.zeros((units, len(leaves)))
        for n in range(1, orders + 1):
            now = dict(self.base)
            for leaf in self._order(self.tree.top, rng):
                before = now[self.tree.top]
                now[leaf] = self.actual[leaf]
                for code, _ in self.path(leaf):
                    now[code] = self.up(code, np.column_stack([now[c] for c in self.tree.children(code)]))
                i = place[leaf]
                change = np.nan_to_num(now[self.tree.top] - before)
                step = change - mean[:, i]
                mean[:, i] += step / n
                square[:, i] += step * (change - mean[:, i])
        return mean, np.sqrt(square / (orders - 1) / orders)

    def _order(self, code: str, rng: Any) -> list[str]:
        children = self.tree.children(code)
        if not children:
            return [code]
        return [leaf for i in rng.permutation(len(children)) for leaf in self._order(children[i], rng)]


def _baseline(result: IndexResult, baseline: str) -> pd.Series:
    x = result.normalised
    words = {"mean": x.mean, "median": x.median, "lowest": x.min}
    if baseline in words:
        return words[baseline]()
    if baseline not in x.index:
        raise UnknownNameError("baseline", baseline, [*words, *map(str, x.index)])
    row = x.loc[baseline]
    gaps = [str(c) for c in x.columns if row[c] != row[c]]
    if gaps:
        raise InputError(
            Text(
                f"{baseline} is no baseline: it has no value for {', '.join(gaps[:10])}.",
                f"{baseline}不能作为基准：缺少{'、'.join(gaps[:10])}。",
            )
        )
    return row
