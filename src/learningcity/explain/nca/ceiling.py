"""One ceiling: how much of a condition is necessary for how much of an outcome, and how sure that is."""

from __future__ import annotations

from itertools import compress
from typing import Any, Literal

from learningcity.core import Progress, Steps, UnknownNameError, whole_number
from learningcity.explain.nca.cases import limits_of, read_pairs
from learningcity.explain.nca.geometry import Line, Scope, peers, signs, turned
from learningcity.explain.nca.lines import ABOVE_ALL, line
from learningcity.explain.nca.permutation import p_value_of
from learningcity.explain.nca.result import CORNERS, NEAR, CeilingResult

METHODS = tuple(ABOVE_ALL)
#: A case counts as above a ceiling if it is so by more than this share of the height of the scope.
CLOSE = 1e-9
#: Shuffles beyond which a p-value becomes no surer for practical purposes, only slower.
MOST_PERMUTATIONS = 10_000_000


def ceiling(
    data: Any,
    x: str,
    y: str,
    method: Literal["ce_fdh", "cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols", "qr", "ols"] = "ce_fdh",
    corner: int = 1,
    scope: tuple[float, float, float, float] | None = None,
    permutations: int = 0,
    seed: int = 0,
    progress: Progress | None = None,
) -> CeilingResult:
    """Draw a ceiling over the cases and measure the empty zone above it.

    Parameters
    ----------
    data
        Frame, index case; x and y in any units. Cases without one of the two values are left out and counted.
    x, y
        Columns of condition and outcome.
    method
        "ce_fdh" steps over the cases, "cr_fdh" regression through the corners of these, "ce_vrs" smallest concave
        line, "cr_vrs" regression through its ends, "c_lp" lowest line above all cases, "cols" regression raised
        above all cases, "qr" regression of the 95th percentile, "ols" plain regression (for comparison).
    corner
        Which corner is empty: 1 upper left, 2 upper right, 3 lower left, 4 lower right.
    scope
        (x_low, x_high, y_low, y_high) that are possible; None = those observed.
    permutations
        Shuffles of the test, at most 10,000,000; 0 = no test.
    seed
        Of the shuffles.
    progress
        Called with the shuffles done and their number; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    CeilingResult
        Effect size and everything beside it.

    Raises
    ------
    InputError
        Text or infinite cells, fewer than two cases, a condition or outcome with one value and no scope, cases
        outside of the scope.
    UnknownNameError
        A column, method or corner that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Dul (2016), doi 10.1177/1094428115584005. Dul, van der Laan & Kuik (2020), A statistical significance test
    for necessary condition analysis, doi 10.1177/1094428118795272. Phipson & Smyth (2010), doi
    10.2202/1544-6115.1585 (why a p-value of permutations is never zero).

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"funding": [0.0, 1.0, 2.0, 3.0], "reach": [1.0, 2.0, 3.0, 4.0]})
    >>> ceiling(data, "funding", "reach").effect_size
    0.6666666666666666
    """
    import numpy as np

    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    if corner not in CORNERS or isinstance(corner, bool):
        raise UnknownNameError("option", corner, list(CORNERS))
    permutations = whole_number(permutations, "permutations", 0, MOST_PERMUTATIONS)
    seed = whole_number(seed, "seed")
    counted = Steps(progress, permutations)
    x, y = str(x), str(y)
    names, xs, ys, dropped = read_pairs(data, x, y)
    limits = limits_of(names, xs, ys, x, y, scope)
    tx, ty = turned(xs, ys, corner)
    (x1, x2), (y1, y2) = turned(np.array(limits[:2]), np.array(limits[2:]), corner)
    turned_scope = Scope(min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2))
    drawn = line(method, tx, ty)
    note = "no line" if drawn is None else "falling" if drawn.slope is not None and drawn.slope < 0 else None
    zone = 0.0 if drawn is None else float(drawn.zone(turned_scope))
    effect = float(zone / turned_scope.area)
    steps = drawn if method == "ce_fdh" else line("ce_fdh", tx, ty)
    steps_effect = 0.0 if steps is None else steps.zone(turned_scope) / turned_scope.area
    fit = 100 * effect / steps_effect if steps_effect > 0 else float("nan")
    measures = _inefficiencies(drawn, turned_scope) if note is None else (float("nan"),) * 3
    height = np.full(len(tx), np.inf) if drawn is None else drawn.at(tx, turned_scope)
    tall = turned_scope.y_high - turned_scope.y_low
    over = ty > height + CLOSE * tall
    far = ty > height + NEAR * tall
    close = ~over & (ty >= height - NEAR * tall) & (height < turned_scope.y_high - CLOSE * tall)
    p = p_value_of(tx, ty, method, turned_scope, effect, permutations, seed, counted)
    counted.finish()
    sign_x, sign_y = signs(corner)
    return CeilingResult(
        x=x, y=y, method=method, corner=corner, n=len(xs), dropped=dropped,
        x_low=limits[0], x_high=limits[1], y_low=limits[2], y_high=limits[3], observed=scope is None,
        zone=zone, effect_size=effect,
        slope=None if drawn is None or drawn.slope is None else sign_x * sign_y * drawn.slope,
        intercept=None if drawn is None or drawn.intercept is None else sign_y * drawn.intercept,
        accuracy=100 * float((~over).mean()), above=tuple(compress(names, over)),
        noise=tuple(compress(names, over & ~far)), exceptions=tuple(compress(names, far)),
        support=tuple(compress(names, close)),
        fit=fit if fit <= 100 + 1e-9 else float("nan"),
        complexity=1 if drawn is None or drawn.kind == "straight" else len(drawn.x),
        condition_inefficiency=measures[0], outcome_inefficiency=measures[1], relative_inefficiency=measures[2],
        absolute_inefficiency=measures[2] * turned_scope.area / 100,
        peers=tuple(names[k] for k in peers(tx, ty)),
        p_value=p, p_accuracy=None if p is None else 1.96 * (p * (1 - p) / permutations) ** 0.5,
        permutations=permutations if p is not None else 0, seed=seed, note=note, line=drawn, turned_scope=turned_scope,
    )  # fmt: skip


def _inefficiencies(drawn: Line | None, scope: Scope) -> tuple[float, float, float]:
    """Percent of condition, outcome and scope where the condition holds nothing back."""
    import numpy as np

    if drawn is None:
        return 100.0, 100.0, 100.0
    top = float(drawn.needed(scope.y_high, scope))
    full = scope.x_high if top != top else min(max(top, scope.x_low), scope.x_high)
    free = float(np.clip(drawn.at(scope.x_low, scope), scope.y_low, scope.y_high))
    condition = 100 * (scope.x_high - full) / (scope.x_high - scope.x_low)
    outcome = 100 * (free - scope.y_low) / (scope.y_high - scope.y_low)
    return condition, outcome, condition + outcome - condition * outcome / 100
