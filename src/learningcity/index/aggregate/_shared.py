"""What several aggregations check before they compute."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.index.columns import NotDefinedError


def number(given: Any, name: str) -> float:
    """Give a parameter back as a number.

    Raises
    ------
    NotDefinedError
        It is none, or not finite.
    """
    try:
        found = float("nan") if isinstance(given, bool) else float(given)
    except (TypeError, ValueError):
        found = float("nan")
    if not abs(found) < float("inf"):
        raise NotDefinedError(Text(f"{name} is {given!r}; give a number.", f"{name}为{given!r}，须为数字。"))
    return found


def enough(values: Any, weights: Any, minimum_available: float) -> Any:
    """Say which rows hold a value and the share of the weight that must be there.

    Sums run from the first child to the last, as in the compiled code: a share that is on the limit is
    judged alike.
    """
    import numpy as np

    w = np.asarray(weights, dtype=float)
    there = ~np.isnan(np.asarray(values, dtype=float)) & (w > 0)
    share = np.cumsum(np.where(there, w, 0.0), axis=1)[:, -1]
    return there.any(axis=1) & (share >= minimum_available * np.cumsum(w)[-1])


def positive(
    values: Any, weights: Any, name: Text, *, zero: bool = False, minimum_available: float = 0.0
) -> None:
    """Refuse values at which a mean is not defined.

    Children without weight do not count, nor do rows of which too little is there: they have no mean.

    Raises
    ------
    NotDefinedError
        A value is negative, or zero where ``zero`` is not allowed.
    """
    import numpy as np

    rows = enough(values, weights, minimum_available)
    there = np.asarray(values, dtype=float)[rows][:, np.asarray(weights, dtype=float) > 0]
    bad = int((there < 0).sum() if zero else (there <= 0).sum())
    if not bad:
        return
    en = "negative" if zero else "zero or negative"
    zh = "为负" if zero else "为零或为负"
    raise NotDefinedError(
        Text(
            f"{bad} values are {en}, and the {name.en} is not defined there. Normalise to a scale above "
            'zero, such as ("minmax", {"lower": 1, "upper": 100}), or choose another aggregation.',
            f"有{bad}个取值{zh}，{name.zh}无定义。请标准化到大于零的区间，"
            '例如("minmax", {"lower": 1, "upper": 100})，或改用其他合成方法。',
        )
    )


def defined(found: Any, values: Any, weights: Any, minimum_available: float, name: Text) -> Any:
    """Give the aggregate back, unless it came out undefined where enough was there to compute it.

    Raises
    ------
    NotDefinedError
        The formula has no value for some unit.
    """
    import numpy as np

    bad = int((enough(values, weights, minimum_available) & ~np.isfinite(found)).sum())
    if bad:
        raise NotDefinedError(
            Text(
                f"the {name.en} is not defined for {bad} units with such values; choose another normalisation "
                "or aggregation.",
                f"有{bad}个单位的取值使{name.zh}无定义，请改用其他标准化或合成方法。",
            )
        )
    return found
