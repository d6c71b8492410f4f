"""The permutation test: how often shuffled outcomes leave a corner as empty."""

from __future__ import annotations

from typing import Any

from learningcity.explain.nca.geometry import Scope
from learningcity.explain.nca.lines import line

#: Shuffles that are held at a time.
PART = 2_000


def p_value_of(
    x: Any, y: Any, method: str, scope: Scope, effect: float, permutations: int, seed: int
) -> float | None:
    """Share of shuffles with at least the effect; None without a test or an effect."""
    import numpy as np

    if not permutations or effect != effect:
        return None
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    from learningcity.explain.nca.compiled_effects import shuffle

    rng = np.random.default_rng(seed)
    hits = 0
    close = effect - 1e-12
    for start in range(0, permutations, PART):
        seeds = rng.integers(0, 2**64, min(PART, permutations - start), dtype=np.uint64)
        shuffles = np.empty((len(seeds), len(y)))
        shuffle(y, seeds, shuffles)
        hits += int((shuffled_effects(x, shuffles, method, scope) >= close).sum())
    return (1 + hits) / (1 + permutations)


def shuffled_effects(x: Any, shuffles: Any, method: str, scope: Scope) -> Any:
    """Effect size of each shuffle; 0 where there is no ceiling.

    Parameters
    ----------
    x
        Sorted from low to high.
    shuffles
        Shuffles x cases.
    """
    import numpy as np

    if method in ("ce_fdh", "cr_fdh"):
        from learningcity.explain.nca.compiled_effects import fdh_effects

        both = np.empty((len(shuffles), 2))
        fdh_effects(x, shuffles, scope.x_low, scope.x_high, scope.y_low, scope.y_high, both)
        return both[:, 0 if method == "ce_fdh" else 1]
    found = np.zeros(len(shuffles))
    for k, y in enumerate(shuffles):
        drawn = line(method, x, y)
        zone = 0.0 if drawn is None else drawn.zone(scope)
        found[k] = zone / scope.area if zone == zone else 0.0
    return found
