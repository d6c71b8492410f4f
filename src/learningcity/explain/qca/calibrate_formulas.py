"""The formulas of calibration, each on a vector without missing values."""

from __future__ import annotations

import math
from typing import Any

#: Memberships this near to 0.5 are 0.5: a raw value on the crossover belongs to neither side.
NEAR_HALF = 1e-9


def logistic(x: Any, out: float, crossover: float, full: float, level: float = 0.95) -> Any:
    """Direct method: log odds in proportion to the distance from the crossover, each side with its own slope.

    Parameters
    ----------
    x
        Raw values.
    out, crossover, full
        Anchors, rising or falling.
    level
        Membership that ``full`` stands for; ``out`` stands for 1 less it.

    Returns
    -------
    array
        Memberships between 0 and 1.

    References
    ----------
    Ragin (2008), Redesigning social inquiry, chapter 5, doi 10.7208/chicago/9780226702797.001.0001.

    Examples
    --------
    >>> import numpy as np
    >>> logistic(np.array([10.0, 20.0, 40.0]), 10, 20, 40).round(3).tolist()
    [0.05, 0.5, 0.95]
    """
    import numpy as np

    x = np.asarray(x, dtype=float)
    inside = (x > crossover) == (full > crossover)
    width = np.where(inside, full - crossover, crossover - out)
    with np.errstate(over="ignore"):
        odds = np.clip((x - crossover) / width * math.log(level / (1.0 - level)), -700.0, 700.0)
    return 1.0 / (1.0 + np.exp(-odds))


def linear(x: Any, out: float, crossover: float, full: float, below: float = 1.0, above: float = 1.0) -> Any:
    """Piecewise: 0 up to ``out``, 0.5 at the crossover, 1 from ``full`` on, with powers in between.

    Parameters
    ----------
    x
        Raw values.
    out, crossover, full
        Anchors, rising or falling.
    below, above
        Powers of the two sides; 1 is a straight line, more than 1 lies nearer to the ends.

    Returns
    -------
    array
        Memberships from 0 to 1.

    References
    ----------
    Dusa (2019), QCA with R, chapter 4, doi 10.1007/978-3-319-75668-4.

    Examples
    --------
    >>> import numpy as np
    >>> linear(np.array([5.0, 10.0, 15.0, 30.0, 50.0]), 10, 20, 40).tolist()
    [0.0, 0.0, 0.25, 0.75, 1.0]
    """
    import numpy as np

    x = np.asarray(x, dtype=float)
    with np.errstate(over="ignore"):
        low = np.clip((x - out) / (crossover - out), 0.0, 1.0)
        high = np.clip((full - x) / (full - crossover), 0.0, 1.0)
    return np.where(low < 1.0, low**below / 2.0, 1.0 - high**above / 2.0)


def stepped(x: Any, cuts: Any) -> Any:
    """How many of the cuts each value reaches.

    Examples
    --------
    >>> stepped([1, 2, 5, 9], [2, 6]).tolist()
    [0.0, 1.0, 1.0, 2.0]
    """
    import numpy as np

    return np.searchsorted(np.asarray(cuts, dtype=float), np.asarray(x, dtype=float), side="right").astype(
        float
    )


def settled(membership: Any) -> Any:
    """Memberships with those that rounding alone keeps away from 0.5 put there."""
    import numpy as np

    return np.where(np.abs(membership - 0.5) < NEAR_HALF, 0.5, membership)
