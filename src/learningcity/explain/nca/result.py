"""A ceiling as a result: the measures, in words, and as points to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text
from learningcity.explain.nca.geometry import Line, Scope, signs

if TYPE_CHECKING:
    import pandas as pd

CORNERS = {
    1: Text("upper left: a high outcome needs much of the condition", "左上：高结果需要条件达到较高水平"),
    2: Text("upper right: a high outcome needs little of the condition", "右上：高结果需要条件处于较低水平"),
    3: Text("lower left: a low outcome needs much of the condition", "左下：低结果需要条件达到较高水平"),
    4: Text("lower right: a low outcome needs little of the condition", "右下：低结果需要条件处于较低水平"),
}
#: Share of the height of the scope within which a case counts as near the ceiling.
NEAR = 0.05
#: Why an effect size is not there, or is zero.
NOTES = {
    "falling": Text(
        "the line does not rise towards this corner, so it is no ceiling of it",
        "该直线未朝此角上升，不构成该角的上限线",
    ),
    "no line": Text(
        "one case alone marks the corner, so no line goes through it; the empty zone is nothing",
        "仅一个案例位于该角边界，无法拟合直线；空白区为零",
    ),
}


@dataclass(frozen=True)
class CeilingResult(Result):
    """A ceiling and what it says.

    Parameters
    ----------
    x, y
        Names of condition and outcome.
    method, corner
        The line, and the empty corner: 1 upper left, 2 upper right, 3 lower left, 4 lower right.
    n, dropped
        Cases used, and names of those without one of the two values.
    x_low, x_high, y_low, y_high, observed
        The scope in the units of the data; whether it is the observed one.
    zone, effect_size
        Area of the empty zone, and its share of the scope (0 to 1); NaN where ``note`` says why.
    slope, intercept
        Of a straight line in the units of the data, else None.
    accuracy, above
        Percent of cases on the right side of the ceiling; names of those on the other.
    noise, exceptions, support
        Names of the cases above the ceiling by at most ``NEAR`` of the height of the scope, above it by more, and on
        or below it by at most so much where it lies below the top of the scope. Our own definitions: NCA 5.0.1
        gives measures of these names, of which no description was found in print, and other values.
    fit
        Effect size in percent of that by ``ce_fdh``; NaN where it would be above 100 or nothing.
    complexity
        Corners of the steps or ends of the pieces; 1 for a straight line.
    condition_inefficiency, outcome_inefficiency, relative_inefficiency, absolute_inefficiency
        Percent of the range of the condition in which it does not hold the outcome back; of the outcome that needs
        nothing of the condition; of the scope in either; the same as an area. NaN for a falling line.
    peers
        Names of the cases at the corners of the empty zone.
    p_value, p_accuracy, permutations, seed
        Share of shuffles with at least this effect, (1 + hits) / (1 + shuffles); half width of its 95 percent
        interval; number of shuffles, and what they were drawn from. None without a test.
    note
        Key of ``NOTES``, or None.
    line, turned_scope
        The ceiling and the scope, turned to the upper left corner.
    """

    x: str
    y: str
    method: str
    corner: int
    n: int
    dropped: tuple[str, ...]
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    observed: bool
    zone: float
    effect_size: float
    slope: float | None
    intercept: float | None
    accuracy: float
    above: tuple[str, ...]
    noise: tuple[str, ...]
    exceptions: tuple[str, ...]
    support: tuple[str, ...]
    fit: float
    complexity: int
    condition_inefficiency: float
    outcome_inefficiency: float
    relative_inefficiency: float
    absolute_inefficiency: float
    peers: tuple[str, ...]
    p_value: float | None
    p_accuracy: float | None
    permutations: int
    seed: int
    note: str | None
    line: Line | None
    turned_scope: Scope

    @property
    def purity(self) -> float:
        """Share of the support among noise, exceptions and support; NaN where no case lies near the ceiling."""
        odd, close = len(self.noise) + len(self.exceptions), len(self.support)
        return close / (odd + close) if odd + close else float("nan")

    @property
    def reason(self) -> Text | None:
        """Why there is no effect size, or why it is zero without a line; None where there is a ceiling."""
        return None if self.note is None else NOTES[self.note]

    def table(self) -> pd.DataFrame:
        """One row: the measures by their names; names of cases separated by semicolons."""
        import pandas as pd

        names = (
            "x", "y", "method", "corner", "n", "effect_size", "p_value", "p_accuracy", "permutations", "zone", "slope",
            "intercept", "accuracy", "purity", "fit", "complexity", "condition_inefficiency", "outcome_inefficiency",
            "relative_inefficiency", "absolute_inefficiency",
        )  # fmt: skip
        row = {name: getattr(self, name) for name in names}
        row |= {name: len(getattr(self, name)) for name in ("noise", "exceptions", "support")}
        row |= {"above": "; ".join(self.above), "peers": "; ".join(self.peers), "note": self.note}
        return pd.DataFrame([row])

    def summary(self, language: str = "en") -> str:
        """Say the effect, how sure it is, and what it does not say."""
        if self.effect_size != self.effect_size:
            why = NOTES[str(self.note)]
            en = [f"{self.x} for {self.y}: no effect size, since {why.en}."]
            zh = [f"{self.x}对{self.y}的必要条件分析：无法计算效应量，因为{why.zh}。"]
        else:
            en = [
                f"{self.x} for {self.y} (ceiling {self.method}, {CORNERS[self.corner].en}): effect size "
                f"{self.effect_size:.3f}, accuracy {self.accuracy:.1f} %, {self.n} cases."
            ]
            zh = [
                f"{self.x}对{self.y}的必要条件分析（上限线{self.method}，{CORNERS[self.corner].zh}）："
                f"效应量{self.effect_size:.3f}，"
                f"精确度{self.accuracy:.1f}%，{self.n}个案例。"
            ]
        if self.p_value is not None:
            en.append(
                f"p = {self.p_value:.4f} (± {self.p_accuracy:.4f}, {self.permutations:,} permutations)."
            )
            zh.append(f"p = {self.p_value:.4f}（±{self.p_accuracy:.4f}，{self.permutations:,}次置换）。")
        if self.dropped:
            en.append(f"{len(self.dropped)} cases lack one of the two values.")
            zh.append(f"{len(self.dropped)}个案例缺少其中一个数值。")
        en.append("An empty corner is a pattern in these cases; it is no proof of a cause.")
        zh.append("空白角只是这些案例中的形态，并不证明因果关系。")
        return Text(" ".join(en), "".join(zh)).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """The measures, the choices, the cases left out and the points of the ceiling as plain values."""
        drawn = self.line
        return {
            "choices": {
                "x": self.x, "y": self.y, "method": self.method, "corner": self.corner,
                "scope": [self.x_low, self.x_high, self.y_low, self.y_high], "observed_scope": self.observed,
                "permutations": self.permutations, "seed": self.seed,
            },
            "versions": self.versions,
            "dropped": list(self.dropped),
            "ceiling": None if drawn is None else self.points(),
            **super().to_dict(),
        }  # fmt: skip

    def points(self) -> list[tuple[float, float]]:
        """The ceiling as points to draw, in the units of the data; none where there is no ceiling.

        Returns
        -------
        list of (x, y)
            Steps have two points at each jump; a straight line goes from one side of the scope to the other.
        """
        import numpy as np

        if self.line is None:
            return []
        scope, line = self.turned_scope, self.line
        if line.kind == "straight":
            x = np.array([scope.x_low, scope.x_high])
            y = line.at(x, scope)
        elif line.kind == "steps":
            x = np.concatenate([[scope.x_low], np.repeat(line.x, 2), [scope.x_high]])
            y = np.repeat(np.concatenate([[scope.y_low], line.y]), 2)
        else:
            x = np.concatenate([[scope.x_low, line.x[0]], line.x, [scope.x_high]])
            y = np.concatenate([[scope.y_low, scope.y_low], line.y, [line.y[-1]]])
        sign_x, sign_y = signs(self.corner)
        return [(float(sign_x * a), float(sign_y * b)) for a, b in zip(x, y, strict=True)]

    def needed(self, level: float) -> float | None:
        """The level of the condition that a level of the outcome needs, in the units of the data.

        Parameters
        ----------
        level
            Of the outcome, within the scope.

        Returns
        -------
        float or None
            None = any level will do; NaN = no level in the scope is enough, or there is no ceiling.
        """
        if self.line is None or self.note == "falling":
            return float("nan")
        sign_x, sign_y = signs(self.corner)
        found = float(self.line.needed(sign_y * level, self.turned_scope))
        if found != found or found > self.turned_scope.x_high:
            return float("nan")
        return None if found <= self.turned_scope.x_low else sign_x * found
