"""Ceiling lines over a cloud of points, and the empty zone above them.

Everything here looks at the upper left corner; the other three are turned there first (:func:`turned`).

References
----------
Dul (2016), Necessary condition analysis (NCA), doi 10.1177/1094428115584005. Dul (2020), Conducting necessary
condition analysis, ISBN 9781526460141. Tulkens (1993), doi 10.1007/BF01073473 (free disposal hull).
Banker, Charnes & Cooper (1984), doi 10.1287/mnsc.30.9.1078 (varying returns to scale).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: Relative size below which a turn of the hull counts as none.
STRAIGHT = 1e-12


@dataclass(frozen=True)
class Scope:
    """The rectangle in which cases could lie, turned to the upper left corner."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    @property
    def area(self) -> float:
        """Area of the rectangle."""
        return (self.x_high - self.x_low) * (self.y_high - self.y_low)


@dataclass(frozen=True)
class Line:
    """A ceiling: steps, pieces or one straight line.

    Parameters
    ----------
    kind
        "steps" (level between two points, jumping at each), "pieces" (straight between points) or "straight".
    x, y
        Points that the ceiling goes through: corners of the steps, ends of the pieces; two points of a straight line.
    slope, intercept
        Of a straight line, else None.
    """

    kind: str
    x: Any
    y: Any
    slope: float | None = None
    intercept: float | None = None

    def at(self, x: Any, scope: Scope) -> Any:
        """Height of the ceiling; left of the first point of steps and pieces it is the floor of the scope."""
        import numpy as np

        x = np.asarray(x, dtype=float)
        if self.kind == "straight":
            return self.intercept + self.slope * x
        if self.kind == "steps":
            place = np.searchsorted(self.x, x, side="right") - 1
            return np.where(place < 0, scope.y_low, self.y[np.maximum(place, 0)])
        return np.where(x < self.x[0], scope.y_low, np.interp(x, self.x, self.y))

    def needed(self, y: Any, scope: Scope) -> Any:
        """The least x at which the ceiling reaches a height; beyond the scope where it never does.

        Returns
        -------
        array
            x; ``x_low`` or less where any x will do, NaN where no x is enough.
        """
        import numpy as np

        y = np.asarray(y, dtype=float)
        if self.kind == "straight":
            if not self.slope:
                return np.where(y <= (self.intercept or 0.0), -np.inf, np.nan)
            # A line that hardly rises reaches the height beyond every number: infinity is right.
            with np.errstate(over="ignore"):
                return (y - self.intercept) / self.slope
        place = np.searchsorted(self.y, y - _slack(scope), side="left")
        reached = np.where(place < len(self.y), self.x[np.minimum(place, len(self.x) - 1)], np.nan)
        if self.kind == "pieces":
            between = np.interp(y, self.y, self.x)
            reached = np.where(place < len(self.y), np.minimum(reached, between), np.nan)
        return np.where(y <= scope.y_low, -np.inf, reached)

    def zone(self, scope: Scope) -> float:
        """Area of the empty zone: within the scope and above the ceiling."""
        import numpy as np

        if self.kind == "straight":
            return _above(self.slope or 0.0, self.intercept or 0.0, scope)
        x = np.concatenate([[scope.x_low], self.x, [scope.x_high]])
        if self.kind == "steps":
            y = np.concatenate([[scope.y_low], self.y])
            return float(((scope.y_high - y) * np.diff(x)).sum())
        first = (self.x[0] - scope.x_low) * (scope.y_high - scope.y_low)
        last = (scope.x_high - self.x[-1]) * (scope.y_high - self.y[-1])
        middle = ((scope.y_high - (self.y[1:] + self.y[:-1]) / 2) * np.diff(self.x)).sum()
        return float(first + middle + last)


def _slack(scope: Scope) -> float:
    return STRAIGHT * max(1.0, abs(scope.y_high), abs(scope.y_low))


def _above(slope: float, intercept: float, scope: Scope) -> float:
    """Area of the rectangle above a rising line."""
    height = scope.y_high - scope.y_low
    if slope <= 0:
        level = min(max(intercept + slope * scope.x_low, scope.y_low), scope.y_high)
        return (scope.y_high - level) * (scope.x_high - scope.x_low) if slope == 0 else float("nan")
    # Where the line comes in at the floor and where it leaves at the top, held within the rectangle.
    enters = min(max((scope.y_low - intercept) / slope, scope.x_low), scope.x_high)
    leaves = min(max((scope.y_high - intercept) / slope, scope.x_low), scope.x_high)
    full = (enters - scope.x_low) * height
    at_enter = min(max(intercept + slope * enters, scope.y_low), scope.y_high)
    at_leave = min(max(intercept + slope * leaves, scope.y_low), scope.y_high)
    return full + (leaves - enters) * (scope.y_high - (at_enter + at_leave) / 2)


def signs(corner: int) -> tuple[int, int]:
    """What x and y are multiplied by to turn a corner to the upper left, and to turn it back."""
    return (-1 if corner in (2, 4) else 1), (-1 if corner in (3, 4) else 1)


def turned(x: Any, y: Any, corner: int) -> tuple[Any, Any]:
    """Turn a cloud so that its empty corner lies upper left: 1 upper left, 2 upper right, 3 lower left, 4 lower right."""
    sign_x, sign_y = signs(corner)
    return sign_x * x, sign_y * y


def peers(x: Any, y: Any) -> Any:
    """Places of the points that no point further left or at the same x overtops, from left to right, each level once."""
    import numpy as np

    order = np.lexsort((-y, x))
    best = np.concatenate([[-np.inf], np.maximum.accumulate(y[order])[:-1]])
    return order[y[order] > best]


def on_peers(x: Any, y: Any, places: Any) -> Any:
    """Places of all points that coincide with a peer: cases that are alike count once each."""
    import numpy as np

    at = {(float(x[k]), float(y[k])) for k in places}
    return np.array([k for k in range(len(x)) if (float(x[k]), float(y[k])) in at])


def hull(x: Any, y: Any, places: Any) -> Any:
    """Those of the peers at which the smallest concave line over all points turns."""
    import numpy as np

    kept: list[int] = []
    for k in places:
        while len(kept) >= 2:
            a, b = kept[-2], kept[-1]
            left, right = (y[b] - y[a]) * (x[k] - x[b]), (y[k] - y[b]) * (x[b] - x[a])
            if left <= right + STRAIGHT * max(abs(left), abs(right)):
                kept.pop()
            else:
                break
        kept.append(int(k))
    return np.array(kept)


def least_squares(x: Any, y: Any) -> tuple[float, float] | None:
    """Slope and intercept of the regression; None where all x are equal."""
    dx = x - x.mean()
    spread = float((dx * dx).sum())
    if spread <= 0:
        return None
    slope = float((dx * (y - y.mean())).sum()) / spread
    return slope, float(y.mean() - slope * x.mean())


def straight(found: tuple[float, float] | None) -> Line | None:
    """A straight ceiling from slope and intercept."""
    import numpy as np

    if found is None:
        return None
    slope, intercept = found
    return Line("straight", np.array([0.0, 1.0]), np.array([intercept, intercept + slope]), slope, intercept)
