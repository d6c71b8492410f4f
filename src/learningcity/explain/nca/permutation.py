"""The permutation test: how often shuffled outcomes leave a corner as empty."""

from __future__ import annotations

from typing import Any

from learningcity.core import Steps, unseen
from learningcity.explain.nca.geometry import Scope
from learningcity.explain.nca.lines import line

#: Shuffles that are held at a time, and numbers: of many cases fewer shuffles.
PART, ROOM = 2_000, 4_000_000


def p_value_of(
    x: Any,
    y: Any,
    method: str,
    scope: Scope,
    effect: float,
    permutations: int,
    seed: int,
    steps: Steps | None = None,
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
    steps = unseen() if steps is None else steps
    # Each shuffle has a seed of its own, so that no bit depends on how many are held.
    part = max(1, min(PART, ROOM // len(y)))
    for start in range(0, permutations, part):
        seeds = rng.integers(0, 2**64, min(part, permutations - start), dtype=np.uint64)
        shuffles = np.empty((len(seeds), len(y)))
        shuffle(y, seeds, shuffles)
        hits += int((shuffled_effects(x, shuffles, method, scope, steps) >= close).sum())
        steps.to(start + len(seeds))
    return (1 + hits) / (1 + permutations)


def shuffled_effects(x: Any, shuffles: Any, method: str, scope: Scope, steps: Steps | None = None) -> Any:
    """Effect size of each shuffle; 0 where there is no ceiling.

    Parameters
    ----------
    x
        Sorted from low to high.
    shuffles
        Shuffles x cases.
    steps
        Told of each shuffle where every one has a line of its own to find.
    """
    import numpy as np

    if method in ("ce_fdh", "cr_fdh"):
        from learningcity.explain.nca.compiled_effects import fdh_effects

        both = np.empty((len(shuffles), 2))
        fdh_effects(x, shuffles, scope.x_low, scope.x_high, scope.y_low, scope.y_high, both)
        return both[:, 0 if method == "ce_fdh" else 1]
    found = np.zeros(len(shuffles))
    steps = unseen() if steps is None else steps
    for k, y in enumerate(shuffles):
        steps()
        drawn = line(method, x, y)
        zone = 0.0 if drawn is None else drawn.zone(scope)
        found[k] = zone / scope.area if zone == zone else 0.0
    return found
