"""Agreement between coders: percent, Cohen's kappa, Krippendorff's alpha, with a bootstrap by cluster.

References
----------
Cohen (1960), doi 10.1177/001316446002000104. Krippendorff (2004), Reliability in content analysis,
doi 10.1111/j.1468-2958.2004.tb00738.x. Hayes & Krippendorff (2007), doi 10.1080/19312450709336664.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core.errors import InputError, UnknownNameError
from learningcity.core.progress import Progress, Steps
from learningcity.core.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Share of the cases that are alike in a variable from which it is called near-constant: it hardly tells cases apart.
NEAR_CONSTANT = 0.85
#: Draws of a bootstrap that are held in memory at a time.
AT_A_TIME = 1000

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


def coincidences(ratings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count coincidences unit by unit.

    Parameters
    ----------
    ratings
        Coders x units; numbers (nominal codes as numbers too), NaN = not coded.

    Returns
    -------
    per_unit, values
        ``per_unit`` has the shape units x values x values: each ordered pair of ratings of one
        unit by two coders counts 1 / (ratings of the unit - 1). Units with fewer than two ratings
        count nothing. ``values`` are the sorted distinct ratings.
    """
    import numpy as np

    ratings = np.asarray(ratings, dtype=np.float64)
    if ratings.ndim != 2:
        raise InputError(
            Text("Ratings must be a table of coders x units.", "评分须为“编码员×单元”的二维表。")
        )
    values = np.unique(ratings[~np.isnan(ratings)])
    hits = (ratings[:, :, None] == values).sum(axis=0).astype(np.float64)
    pairs = hits[:, :, None] * hits[:, None, :]
    diagonal = np.arange(len(values))
    pairs[:, diagonal, diagonal] -= hits
    count = hits.sum(axis=1)
    weight = np.where(count > 1, 1.0 / np.maximum(count - 1, 1), 0.0)
    return pairs * weight[:, None, None], values


def alpha_of_coincidences(
    counts: NDArray[np.float64], values: NDArray[np.float64], level: Level = "nominal"
) -> NDArray[np.float64]:
    """Krippendorff's alpha of one coincidence matrix, or of a stack of them.

    Parameters
    ----------
    counts
        Array of shape (..., values, values).
    values
        The ratings that rows and columns stand for, sorted.
    level
        Level of measurement, which sets the distance between two ratings.

    Returns
    -------
    array
        Shape (...); NaN where fewer than two different ratings occur, since alpha is then not
        defined (no disagreement was possible).
    """
    import numpy as np

    if level not in LEVELS:
        raise UnknownNameError("option", level, LEVELS)
    margins = counts.sum(axis=-1)
    total = margins.sum(axis=-1)
    if level == "ordinal":
        below = np.cumsum(margins, axis=-1) - margins / 2
        distance = (below[..., :, None] - below[..., None, :]) ** 2
    elif level == "interval":
        distance = (values[:, None] - values[None, :]) ** 2
    else:
        distance = (values[:, None] != values[None, :]).astype(np.float64)
    observed = (counts * distance).sum(axis=(-1, -2))
    expected = (margins[..., :, None] * margins[..., None, :] * distance).sum(axis=(-1, -2))
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1.0 - (total - 1.0) * observed / expected
    return np.where(expected > 0, alpha, np.nan)


def krippendorff_alpha(ratings: Any, level: Level = "nominal") -> float:
    """Krippendorff's alpha for any number of coders, with missing ratings.

    Parameters
    ----------
    ratings
        Coders x units; NaN = not coded.
    level
        "nominal", "ordinal" or "interval".

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give, negative for less; NaN where fewer
        than two different ratings occur.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1, 2, 2], [1, 1, 2, 1]]), 4)
    0.5333
    """
    import numpy as np

    per_unit, values = coincidences(np.asarray(ratings, dtype=np.float64))
    return float(alpha_of_coincidences(per_unit.sum(axis=0), values, level))


def cohen_kappa(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Cohen's kappa of two coders over the units that both coded.

    Returns
    -------
    float
        NaN where chance alone gives full agreement (both coders used one value only).

    Examples
    --------
    >>> round(cohen_kappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]), 2)
    0.5
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a == a and b == b]
    if not pairs:
        return float("nan")
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    kinds = {v for pair in pairs for v in pair}
    chance = sum((sum(a == k for a, _ in pairs) / n) * (sum(b == k for _, b in pairs) / n) for k in kinds)
    return float("nan") if chance >= 1 else (seen - chance) / (1 - chance)


def alpha_interval(
    ratings: Any,
    clusters: Sequence[Any],
    level: Level = "nominal",
    *,
    draws: int = 1000,
    seed: int | None = 0,
    share: float = 0.95,
    progress: Progress | None = None,
) -> tuple[float, float, int]:
    """Percentile bootstrap interval of alpha, drawing whole clusters (such as cities).

    Units of one cluster are alike, so they are drawn together; drawing them one by one would
    give intervals that are too narrow. ``progress`` is told of the draws and may stop them.

    Returns
    -------
    low, high, used
        The interval and the number of draws in which alpha was defined; NaN where it never was.
    """
    import numpy as np

    per_unit, values = coincidences(np.asarray(ratings, dtype=np.float64))
    names, which = np.unique(np.asarray([str(c) for c in clusters]), return_inverse=True)
    if len(which) != per_unit.shape[0]:
        raise InputError(
            Text(
                f"{len(which)} clusters for {per_unit.shape[0]} units: give one cluster a unit.",
                f"单元{per_unit.shape[0]}个而群组{len(which)}个：每个单元须对应一个群组。",
            )
        )
    by_cluster = np.zeros((len(names), len(values), len(values)))
    np.add.at(by_cluster, which, per_unit)
    rng = np.random.default_rng(seed)
    steps, found = Steps(progress, draws), [np.empty(0)]
    for start in range(0, draws, AT_A_TIME):
        some = min(AT_A_TIME, draws - start)
        times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=some)
        stacked = np.tensordot(times.astype(np.float64), by_cluster, axes=(1, 0))
        found.append(alpha_of_coincidences(stacked, values, level))
        steps(some)
    alphas = np.concatenate(found)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return float("nan"), float("nan"), 0
    tail = (1 - share) / 2
    low, high = np.quantile(alphas, [tail, 1 - tail])
    return float(low), float(high), len(alphas)
