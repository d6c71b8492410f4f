"""How far two backgrounds are apart: over what both sides have, with the share that could be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.plan.figures import REGION, Figure

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

#: The spread between these quantiles of the cities of the atlas is distance 1 on a figure; more is 1, too.
SPREAD = (0.1, 0.9)


def scaled(values: Any, log: bool) -> Any:
    """Numbers on the scale they are compared on: logarithms for ratios; what has none is missing."""
    import numpy as np

    found = np.asarray(values, dtype=np.float64).copy()
    if log:
        found[~(found > 0)] = np.nan
        found = np.log(found)
    return found


def spreads(frame: pd.DataFrame, figures: Sequence[Figure]) -> dict[str, float]:
    """The difference that counts as 1 on each figure; figures that tell no cities apart are not there.

    One city far out stretches no scale: the spread is that between two quantiles (``SPREAD``), and the range only
    where these coincide.
    """
    import numpy as np

    found: dict[str, float] = {}
    for one in figures:
        if one.name == REGION:
            if len(set(frame[REGION].dropna())) > 1:
                found[REGION] = 1.0
            continue
        column = scaled(frame[one.name], one.log)
        known = column[~np.isnan(column)]
        if len(known) < 2:
            continue
        low, high = np.quantile(known, SPREAD)
        spread = float(high - low) or float(known.max() - known.min())
        if spread > 0:
            found[one.name] = spread
    return found


@dataclass(frozen=True, eq=False)
class Apart:
    """Differences of one city to others.

    Parameters
    ----------
    differences
        Others x figures, 0 to 1; NaN where one side has no figure.
    weights
        Of the figures.
    is_city
        Whether a figure is of the city itself.
    """

    differences: np.ndarray
    weights: np.ndarray
    is_city: np.ndarray

    def mean(self, chosen: Any = None) -> np.ndarray:
        """Weighted mean difference over the figures that both sides have; NaN where there are none."""
        import numpy as np

        weights = self.weights if chosen is None else self.weights * chosen
        known = ~np.isnan(self.differences)
        whole = known @ weights
        total = np.where(known, self.differences, 0.0) @ weights
        return np.divide(total, whole, out=np.full(len(whole), np.nan), where=whole > 0)

    def coverage(self, chosen: Any = None) -> np.ndarray:
        """Share of the weight that could be compared."""
        import numpy as np

        weights = self.weights if chosen is None else self.weights * chosen
        whole = weights.sum()
        return (~np.isnan(self.differences)) @ weights / whole if whole else np.zeros(len(self.differences))


def apart(
    target: Mapping[str, Any], others: pd.DataFrame, figures: Sequence[Figure], scale: Mapping[str, float]
) -> Apart:
    """Differences of one city to others on each figure, in shares of its spread, at most 1.

    Parameters
    ----------
    target
        Figures of the city by name; NaN or None where there is none.
    others
        Index city_id, one column a figure.
    figures, scale
        As :func:`spreads` gives them; a figure without a scale is compared nowhere, and counts as not seen.
    """
    import numpy as np
    import pandas as pd

    columns = []
    for one in figures:
        if one.name not in scale:
            columns.append(np.full(len(others), np.nan))
        elif one.name == REGION:
            here = target.get(REGION)
            there = others[REGION]
            missing = there.isna().to_numpy() | (here is None or pd.isna(here))
            columns.append(np.where(missing, np.nan, (there != here).to_numpy().astype(float)))
        else:
            given = target.get(one.name)
            here = scaled([np.nan if given is None else given], one.log)[0]
            columns.append(
                np.minimum(np.abs(scaled(others[one.name], one.log) - here) / scale[one.name], 1.0)
            )
    return Apart(
        np.column_stack(columns) if columns else np.empty((len(others), 0)),
        np.array([one.weight for one in figures]),
        np.array([one.kind == "city" for one in figures], dtype=float),
    )


def staying(
    found: Apart, pool: Sequence[np.ndarray], n: int, *, draws: int, seed: int, noise: float, leave_out: float
) -> np.ndarray:
    """How often each other city is among the ``n`` nearest when weights, figures and what was not seen are varied.

    Parameters
    ----------
    found
        The differences.
    pool
        For each figure, differences seen between other pairs of cities: a difference that was not seen is drawn from
        them. An empty one leaves it missing.
    n
        Number of peers.
    draws, seed
        Number of draws, and the seed.
    noise
        Each weight is multiplied by a number between 1 - noise and 1 + noise.
    leave_out
        Probability that a figure is left out of a draw.

    Returns
    -------
    array
        One share a city, 0 to 1.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    cities, figures = found.differences.shape
    times = np.zeros(cities)
    nearest = min(n, cities)
    holes = np.isnan(found.differences)
    for _ in range(draws):
        weights = found.weights * rng.uniform(1 - noise, 1 + noise, figures)
        kept = rng.random(figures) >= leave_out
        weights = np.where(kept, weights, 0.0) if (weights * kept).any() else weights
        filled = found.differences.copy()
        for column in range(figures):
            lost = holes[:, column]
            if lost.any() and len(pool[column]):
                filled[lost, column] = rng.choice(pool[column], int(lost.sum()))
        mean = Apart(filled, weights, found.is_city).mean()
        order = np.argsort(np.where(np.isnan(mean), np.inf, mean), kind="stable")
        times[order[:nearest]] += 1
    return times / draws if draws else np.full(cities, np.nan)


def pair_differences(
    frame: pd.DataFrame, figures: Sequence[Figure], scale: Mapping[str, float]
) -> list[np.ndarray]:
    """Differences of all pairs of cities on each figure, those that were seen."""
    import numpy as np

    first, second = np.triu_indices(len(frame), 1)
    found = []
    for one in figures:
        if one.name not in scale:
            found.append(np.empty(0))
        elif one.name == REGION:
            known = frame[REGION].notna().to_numpy()
            names = frame[REGION].to_numpy(dtype=object)
            both = known[first] & known[second]
            found.append((names[first] != names[second])[both].astype(float))
        else:
            column = scaled(frame[one.name], one.log)
            gap = np.minimum(np.abs(column[first] - column[second]) / scale[one.name], 1.0)
            found.append(gap[~np.isnan(gap)])
    # Sorted, so that the order of the cities changes no draw.
    return [np.sort(column) for column in found]
