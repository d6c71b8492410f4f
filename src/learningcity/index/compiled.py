"""The inner loops, compiled by numba and kept on disk; imported late, since numba takes half a second.

Everything that a draw of the uncertainty analysis does after normalisation is here: the tree of
aggregates for one unit and one draw, and ranks. The plain build calls the same functions, so a draw in
which nothing varies equals the build to the last bit. Each draw is computed by one thread in a fixed
order of operations: the number of threads changes nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learningcity.core import compiled

Floats = NDArray[np.float64]

#: Aggregations that need one unit alone, in the order of their numbers in the compiled code.
UNIT_WISE = (
    "arithmetic",
    "geometric",
    "harmonic",
    "generalised",
    "minimum",
    "mpi",
    "penalty_for_bottleneck",
)
#: The aggregation that compares all units; its number follows.
COPELAND = len(UNIT_WISE)
#: The one parameter of a formula that travels as ``p``; the others have none.
PARAMETER = {"generalised": "p", "mpi": "sign", "penalty_for_bottleneck": "scale"}


def _formula_of(name: str, function: str = "value") -> Any:
    module = import_module(f"learningcity.index.aggregate.{name}")
    return compiled(getattr(module, function), error_model="numpy", nogil=True)


_arithmetic = _formula_of("arithmetic")
_geometric = _formula_of("geometric")
_harmonic = _formula_of("harmonic")
_generalised = _formula_of("generalised")
_minimum = _formula_of("minimum")
_mpi = _formula_of("mpi")
_penalty_for_bottleneck = _formula_of("penalty_for_bottleneck")
copeland_into = _formula_of("copeland", "values_of")


def kernel_of(choice: Any) -> tuple[int, float, float] | None:
    """Number, parameter and least share available of an aggregation; None = not compiled.

    Where values make a formula undefined (zero under a geometric mean), the compiled code gives NaN;
    the methods themselves refuse such values before they come here.
    """
    if choice.name not in UNIT_WISE:
        return None
    p = choice.parameters.get(PARAMETER.get(choice.name, ""), 0.0)
    return UNIT_WISE.index(choice.name), float(p), float(choice.parameters["minimum_available"])


@compiled(error_model="numpy")
def node_value(code: int, p: float, x: Floats, w: Floats) -> float:
    """One aggregate of one unit by the method with this number."""
    if code == 0:
        return _arithmetic(x, w, p)
    if code == 1:
        return _geometric(x, w, p)
    if code == 2:
        return _harmonic(x, w, p)
    if code == 3:
        return _generalised(x, w, p)
    if code == 4:
        return _minimum(x, w, p)
    if code == 5:
        return _mpi(x, w, p)
    if code == 6:
        return _penalty_for_bottleneck(x, w, p)
    return np.nan


@compiled(error_model="numpy")
def _available(code: int, p: float, minimum: float, x: Floats, w: Floats, xs: Floats, ws: Floats) -> float:
    """Leave out what is missing, then aggregate; ``xs`` and ``ws`` are room for the rest."""
    n = 0
    there = 0.0
    total = 0.0
    for i in range(x.shape[0]):
        total += w[i]
        if not np.isnan(x[i]) and w[i] > 0.0:
            xs[n] = x[i]
            ws[n] = w[i]
            there += w[i]
            n += 1
    if n == 0 or there < minimum * total:
        return np.nan
    return node_value(code, p, xs[:n], ws[:n])


@compiled(error_model="numpy")
def _by_unit(code: int, p: float, minimum: float, values: Floats, weights: Floats) -> Floats:
    units, children = values.shape
    out = np.empty(units)
    x = np.empty(children)
    xs, ws = np.empty(children), np.empty(children)
    for u in range(units):
        for c in range(children):
            x[c] = values[u, c]
        out[u] = _available(code, p, minimum, x, weights, xs, ws)
    return out


def by_unit(name: str, values: Any, weights: Any, p: float = 0.0, minimum_available: float = 0.0) -> Floats:
    """Aggregate each row of an array units x children; NaN is left out with its weight."""
    return _by_unit(
        UNIT_WISE.index(name),
        float(p),
        float(minimum_available),
        np.ascontiguousarray(values, dtype=np.float64),
        np.ascontiguousarray(weights, dtype=np.float64),
    )


def all_units(values: Any, weights: Any, minimum_available: float = 0.0) -> Floats:
    """Copeland scores of the rows of an array units x children; NaN where too little is there."""
    table = np.ascontiguousarray(np.asarray(values, dtype=np.float64).T)
    out = np.empty(table.shape[1])
    copeland_into(
        table,
        np.arange(len(table), dtype=np.int64),
        np.ascontiguousarray(weights, dtype=np.float64),
        float(minimum_available),
        out,
    )
    return out


@compiled(error_model="numpy")
def rank_into(scores: Floats, order: Any, ranks: Floats) -> None:
    """Write ranks, 1 = highest; ties share the best rank; missing scores have none.

    Scores closer than 1e-12 of the larger one are tied: the order in which a sum was taken must not
    break a tie.
    """
    n = 0
    for i in range(scores.shape[0]):
        if np.isnan(scores[i]):
            ranks[i] = np.nan
        else:
            order[n] = i
            n += 1
    # Insertion sort: units are few, and their order changes little from one draw to the next.
    if n <= 400:
        for i in range(1, n):
            k = order[i]
            v = scores[k]
            j = i - 1
            while j >= 0 and scores[order[j]] < v:
                order[j + 1] = order[j]
                j -= 1
            order[j + 1] = k
    else:
        there = order[:n].copy()
        sort = np.argsort(-scores[there], kind="mergesort")
        for i in range(n):
            order[i] = there[sort[i]]
    first = 0
    for i in range(n):
        if i > 0:
            above, here = scores[order[i - 1]], scores[order[i]]
            if above - here > 1e-12 * max(abs(above), abs(here)):
                first = i
        ranks[order[i]] = first + 1.0


def ranks(scores: Any) -> Floats:
    """Ranks of a vector, 1 = highest, ties share the best rank, NaN has none."""
    scores = np.ascontiguousarray(scores, dtype=np.float64)
    out = np.empty(scores.shape[0])
    rank_into(scores, np.empty(scores.shape[0], dtype=np.int64), out)
    return out
