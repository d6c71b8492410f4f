"""The alternatives to one analysis, and how each is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from learningcity.explain.qca.fitting import CLOSE
from learningcity.explain.qca.minimise import minimise, read_exclusions
from learningcity.explain.qca.robustness_alternatives import Alternative, Tried
from learningcity.explain.qca.robustness_anchors import AnchoredColumns
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth import TruthTable, truth_table
from learningcity.explain.qca.truth_halves import AtHalf


@dataclass(frozen=True)
class Setting:
    """Everything that one run of the analysis takes."""

    data: Any
    outcome: str
    conditions: tuple[str, ...]
    inclusion_cut: float | tuple[float, float]
    pri_cut: float
    frequency_cut: int
    at_half: AtHalf
    solution: Any
    expectations: Mapping[str, Any] | None
    covers: Any
    exclude: tuple[Term | str, ...]
    models: int

    def run(self) -> QcaSolution:
        """Do the analysis."""
        table = truth_table(
            self.data, self.outcome, self.conditions, self.inclusion_cut, self.pri_cut, self.frequency_cut,
            at_half=self.at_half,
        )  # fmt: skip
        return minimise(
            table, self.solution, self.expectations, self.covers, exclude=self.exclude, models=self.models
        )

    def with_cut(self, cut: float) -> Setting:
        """Another upper inclusion cut."""
        old = self.inclusion_cut
        return replace(self, inclusion_cut=(cut, old[1]) if isinstance(old, tuple | list) else cut)

    def without(self, condition: str, excluded: tuple[Term, ...]) -> Setting:
        """Without one condition, what is expected of it, and exclusions that name it."""
        return replace(
            self,
            conditions=tuple(c for c in self.conditions if c != condition),
            expectations={k: v for k, v in (self.expectations or {}).items() if k != condition} or None,
            exclude=tuple(t for t in excluded if condition not in t.as_mapping),
        )


@dataclass(frozen=True)
class Ranges:
    """Least and largest values to be tried; None = not tried."""

    inclusion: tuple[float, float] | None
    pri: tuple[float, float] | None
    frequency: tuple[int, int] | None


#: An alternative without its solution, and what makes the setting to be run.
Todo = tuple[Alternative, Callable[[], Setting]]


class Plan:
    """All alternatives to one analysis."""

    def __init__(self, tested: Setting, base: QcaSolution, anchored: AnchoredColumns, portion: float) -> None:
        self.tested, self.base, self.anchored, self.portion = tested, base, anchored, portion
        self.tried: list[Tried] = []

    def cuts(self, kind: str, within: tuple[float, float] | None, values: Any) -> list[Todo]:
        """One cut for every stretch of the range in which the same rows are positive."""
        if within is None:
            return []
        table: TruthTable = self.base.truth
        low, high = within
        least = low
        if kind == "inclusion_cut" and table.contradiction_cut is not None:
            # A cut cannot lie at the lower one of two cuts.
            low = max(low, table.contradiction_cut)
            least = max(low, table.contradiction_cut + 2 * CLOSE)
        here = table.inclusion_cut if kind == "inclusion_cut" else table.pri_cut
        rows = {
            float(v) for v, code in zip(values, table.out, strict=True) if code != "?" and least <= v < high
        }
        ends = [*sorted(rows), high]
        # Values closer than the precision of the comparison are one.
        ends = [v for v, after in zip(ends, [*ends[1:], 2.0], strict=True) if after - v > 2 * CLOSE]
        found: list[Todo] = []
        below = low
        for k, end in enumerate(ends):
            if (k == 0 or below + CLOSE < here) and here <= end + CLOSE:
                self.tried.append(Tried(kind, kind, here, (below, max(end, here)), (low, high)))
            else:
                setting = (
                    self.tested.with_cut(end)
                    if kind == "inclusion_cut"
                    else replace(self.tested, pri_cut=end)
                )
                found.append((Alternative(kind, kind, end, here, (below, end)), lambda s=setting: s))  # type: ignore[misc]
            below = end
        return found

    def frequencies(self, within: tuple[int, int] | None) -> list[Todo]:
        """Every frequency cut of the range."""
        here = self.base.truth.frequency_cut
        if within is None:
            return []
        self.tried.append(Tried("frequency_cut", "frequency_cut", here, (here, here), within))
        return [
            (
                Alternative("frequency_cut", "frequency_cut", n, here, (n, n)),
                lambda n=n: replace(self.tested, frequency_cut=n),  # type: ignore[misc]
            )
            for n in range(within[0], within[1] + 1)
            if n != here
        ]

    def anchors(self, steps: int) -> list[Todo]:
        """Every anchor alone."""
        found: list[Todo] = []
        moves = self.anchored.moves(self.portion, steps)
        for column, one in self.anchored.calibrations.items():
            for anchor, here in one.anchors.items():
                places = [here, *(m.value for m in moves if (m.column, m.anchor) == (column, anchor))]
                name = f"{column}: {anchor}"
                self.tried.append(Tried("anchor", name, here, (here, here), (min(places), max(places))))
        for moved in moves:
            put = {
                moved.column: {**self.anchored.calibrations[moved.column].anchors, moved.anchor: moved.value}
            }
            found.append(
                (
                    Alternative(
                        "anchor",
                        f"{moved.column}: {moved.anchor}",
                        moved.value,
                        moved.base,
                        (moved.value,) * 2,
                    ),
                    lambda p=put: self._moved(p),  # type: ignore[misc]
                )
            )
        return found

    def _moved(self, places: Mapping[str, Mapping[str, float]]) -> Setting:
        return replace(self.tested, data=self.anchored.frame(self.tested.data, places))

    def cases(self) -> list[Todo]:
        """Every case left out once."""
        return [
            (
                Alternative("case", str(case)),
                lambda c=case: replace(self.tested, data=self.tested.data.drop(index=c)),  # type: ignore[misc]
            )
            for case in self.base.truth.data.index
        ]

    def conditions(self) -> list[Todo]:
        """Every condition left out once, where one would be left."""
        names = self.tested.conditions
        excluded = read_exclusions(self.tested.exclude, self.base.truth.conditions)
        if len(names) < 2:
            return []
        return [
            (Alternative("condition", name), lambda n=name: self.tested.without(n, excluded))  # type: ignore[misc]
            for name in names
        ]

    def frames(self, others: Mapping[str, Any]) -> list[Todo]:
        """Other data."""
        return [
            (Alternative("frame", name), lambda d=data: replace(self.tested, data=d))  # type: ignore[misc]
            for name, data in others.items()
        ]

    def draws(self, number: int, seed: int, ranges: Ranges, others: Mapping[str, Any]) -> list[Todo]:
        """Everything drawn at once."""
        import numpy as np

        random = np.random.default_rng(seed)
        table = self.base.truth
        found: list[Todo] = []
        for k in range(number):
            changed: dict[str, Any] = {}
            setting = self.tested
            if ranges.inclusion is not None:
                low = max(ranges.inclusion[0], (table.contradiction_cut or -1.0) + 2 * CLOSE)
                changed["inclusion_cut"] = float(random.uniform(low, ranges.inclusion[1]))
                setting = setting.with_cut(changed["inclusion_cut"])
            if ranges.pri is not None:
                changed["pri_cut"] = float(random.uniform(*ranges.pri))
                setting = replace(setting, pri_cut=changed["pri_cut"])
            if ranges.frequency is not None:
                changed["frequency_cut"] = int(random.integers(ranges.frequency[0], ranges.frequency[1] + 1))
                setting = replace(setting, frequency_cut=changed["frequency_cut"])
            chosen = int(random.integers(0, len(others) + 1)) if others else 0
            if others:
                changed["frame"] = list(others)[chosen - 1] if chosen else None
            if chosen:
                setting = replace(setting, data=others[changed["frame"]])
            elif self.anchored.calibrations:
                changed["anchors"] = self.anchored.drawn(self.portion, random)
            found.append(
                (Alternative("draw", f"draw {k + 1}", changed=changed), self._drawn(setting, changed))
            )
        return found

    def _drawn(self, setting: Setting, changed: Mapping[str, Any]) -> Callable[[], Setting]:
        if "anchors" not in changed:
            return lambda: setting
        return lambda: replace(setting, data=self.anchored.frame(setting.data, changed["anchors"]))
