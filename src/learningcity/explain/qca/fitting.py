"""Parameters of fit: how far a set is sufficient for, or necessary for, an outcome.

References
----------
Ragin (2006), doi 10.1093/pan/mpj019 (inclusion, coverage). Schneider & Wagemann (2012),
doi 10.1017/CBO9781139004244 (PRI, relevance of necessity).
"""

from __future__ import annotations

from typing import Any

#: Sums below this are nothing: a share of nothing is not defined.
NOTHING = 1e-12
#: Inclusion is compared with a cut to this precision, so that 0.8 reaches 0.8.
CLOSE = 1e-9


def sufficiency(x: Any, y: Any) -> tuple[float, float, float]:
    """Inclusion, PRI and raw coverage of a set as sufficient for the outcome.

    Parameters
    ----------
    x, y
        Memberships of the cases in the set and in the outcome, 0 to 1.

    Returns
    -------
    inclusion, pri, coverage
        ``sum min(x, y) / sum x``; the same without what lies as much outside of the outcome as in it;
        ``sum min(x, y) / sum y``. NaN where no case is in the set (inclusion, pri) or in the outcome.

    Examples
    --------
    >>> import numpy as np
    >>> [round(float(v), 3) for v in sufficiency(np.array([0.8, 0.6, 0.2]), np.array([0.9, 0.5, 0.4]))]
    [0.938, 0.875, 0.833]
    """
    import numpy as np

    both = float(np.minimum(x, y).sum())
    neither = float(np.minimum(np.minimum(x, y), 1.0 - y).sum())
    return (
        _ratio(both, float(x.sum())),
        _ratio(both - neither, float(x.sum()) - neither),
        _ratio(both, float(y.sum())),
    )


def necessity_of(x: Any, y: Any) -> tuple[float, float, float]:
    """Inclusion, relevance and coverage of a set as necessary for the outcome.

    Returns
    -------
    inclusion, relevance, coverage
        ``sum min(x, y) / sum y``; ``sum(1 - x) / sum(1 - min(x, y))`` (RoN: low where the set is nearly
        everywhere); ``sum min(x, y) / sum x``. NaN where nothing is there to divide by.
    """
    import numpy as np

    both = np.minimum(x, y)
    return (
        _ratio(float(both.sum()), float(y.sum())),
        _ratio(float((1.0 - x).sum()), float((1.0 - both).sum())),
        _ratio(float(both.sum()), float(x.sum())),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > NOTHING else float("nan")
