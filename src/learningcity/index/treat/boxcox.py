"""The Box-Cox transformation of an outlying indicator, its exponent by maximum likelihood."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import Treatment
from learningcity.index.methods import method
from learningcity.index.treat.shape import is_outlying, made_positive

#: Exponents beyond these bend a vector so far that most units coincide.
FURTHEST = 5.0


@method(
    "treat",
    "boxcox",
    Text("Box-Cox transformation", "Box-Cox变换"),
    properties=("scale free", "order"),
    reference="Box & Cox (1964), doi 10.1111/j.2517-6161.1964.tb00553.x",
)
def boxcox(
    x: Any,
    *,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    exponent: float | None = None,
    always: bool = False,
) -> Any:
    """Bend an indicator whose shape exceeds the limits towards a normal distribution.

    The result is ``(x ** exponent - 1) / exponent``, and the logarithm at exponent zero. Where there are
    values of zero or less, all are shifted before, so that the lowest lies a hundredth of the range
    above zero.

    Parameters
    ----------
    x
        Values of one indicator; NaN = missing, stays missing.
    skewness, kurtosis
        Limits; only where the absolute skewness and the kurtosis both exceed theirs is anything done.
    exponent
        The exponent (lambda); None = the one between -5 and 5 with the highest likelihood.
    always
        Whether to do it whatever the shape.

    Returns
    -------
    array, Treatment
        The values, and the exponent in the note. They are in another unit now: goalposts, targets and
        references in the old unit no longer fit.

    References
    ----------
    Box & Cox (1964), An analysis of transformations, doi 10.1111/j.2517-6161.1964.tb00553.x.

    Examples
    --------
    >>> import numpy as np
    >>> boxcox(np.array([1.0, 4.0, 9.0]), exponent=0.5, always=True)[0].round(9).tolist()
    [0.0, 2.0, 4.0]
    """
    import numpy as np

    if not (always or is_outlying(x, skewness, kurtosis)):
        return x, Treatment()
    low, high = np.nanmin(x), np.nanmax(x)
    if not high > low:
        return x, Treatment()
    y = made_positive(x) if low <= 0 else x
    power = _likeliest(y[~np.isnan(y)]) if exponent is None else float(exponent)
    found = np.log(y) if power == 0 else np.expm1(power * np.log(y)) / power
    return found, Treatment("boxcox", note=f"lambda = {power:.6g}")


def _likeliest(y: Any) -> float:
    import numpy as np
    from scipy.optimize import minimize_scalar

    logs = np.log(y)
    # The exponent does not depend on the unit; around a mean logarithm of zero nothing overflows.
    logs = logs - logs.mean()

    def unlikelihood(power: float) -> float:
        bent = logs if power == 0 else np.expm1(power * logs) / power
        variance = bent.var()
        return float(len(y) / 2 * np.log(variance)) if 0 < variance < np.inf else np.inf

    found = minimize_scalar(
        unlikelihood, bounds=(-FURTHEST, FURTHEST), method="bounded", options={"xatol": 1e-9}
    )
    return float(found.x)
