"""How far coders agree, variable by variable: percent, Cohen's kappa, Krippendorff's alpha, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from learningcity.core import (
    InputError,
    Progress,
    Steps,
    Text,
    UnknownNameError,
    alpha_interval,
    cohen_kappa,
    krippendorff_alpha,
    whole_number,
)
from learningcity.explain.agreement_codes import Codes, read_codes
from learningcity.explain.agreement_result import CodingAgreement

LEVELS = ("nominal", "ordinal", "interval")
#: Draws times units that the bootstrap holds in memory.
_MOST_DRAWN = 100_000_000


def agreement(
    codes: Any,
    level: str | Mapping[str, str] = "nominal",
    *,
    unit: str = "unit",
    coder: str | None = "coder",
    variables: Sequence[str] | None = None,
    multiple: Sequence[str] = (),
    separator: str = ";",
    cluster: str | None = None,
    draws: int = 1000,
    seed: int | None = 0,
    progress: Progress | None = None,
) -> CodingAgreement:
    """Measure how far coders agree on each variable, and list where they do not.

    Parameters
    ----------
    codes
        Frame, one row a unit and coder, one column a variable. With ``coder=None`` one row a unit and one column a
        coder (one variable, named "code").
    level
        Level of measurement: "nominal", "ordinal" or "interval", or a mapping from variable to level (nominal for
        all others). Ordinal takes numbers or ordered categories, interval numbers.
    unit, coder
        Columns that name them. A frame without the column ``unit`` is read by its index.
    variables
        Columns to compare; None = all others.
    multiple
        Variables of which a cell holds several values, split by ``separator``. Each value becomes a variable of its
        own ("themes green"), 1 where the coder named it and 0 where not; an empty cell names none, unless all other
        cells of the row are empty, too: then the unit was not coded. A lone separator names none in any row.
    cluster
        Column of what is drawn as a whole in the bootstrap, such as the city of a practice; None = the unit.
    draws, seed
        Bootstrap for the interval of alpha; at most 100,000,000 draws times units.
    progress
        Called with the work done and the whole of it; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    CodingAgreement
        An empty cell is "not coded": the unit counts in a variable if at least two coders coded it; the others are
        counted as lost. Figures that are not defined are empty and ``why`` says so. Never pooled over variables.

    Raises
    ------
    InputError
        No frame, a unit that a coder coded twice, fewer than two coders, cells that do not suit the level, more than
        100 different values of a variable.
    UnknownNameError
        A column or level that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Cohen (1960), doi 10.1177/001316446002000104. Hayes & Krippendorff (2007), doi 10.1080/19312450709336664.

    Examples
    --------
    >>> import pandas as pd
    >>> codes = pd.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "coder": list("ABABAB"), "law": [1, 1, 0, 1, 0, 0]})
    >>> found = agreement(codes, draws=100)
    >>> round(float(found.table().at["law", "percent"]), 3), found.disagreements["unit"].tolist()
    (0.667, ['2'])
    """
    import pandas as pd

    draws = whole_number(draws, "draws", 1)
    number = _drawn_seed() if seed is None else whole_number(seed, "seed")
    levels = {} if isinstance(level, str) else _levels(level)
    for asked in [level] if isinstance(level, str) else levels.values():
        if asked not in LEVELS:
            raise UnknownNameError("option", asked, LEVELS)
    default = level if isinstance(level, str) else "nominal"
    found = read_codes(
        codes, default, levels, unit=unit, coder=coder, variables=variables, multiple=multiple,
        separator=separator, cluster=cluster,
    )  # fmt: skip
    whole_number(draws, "draws", 1, max(1, _MOST_DRAWN // len(found.units)))
    rows, pairs, apart = [], [], []
    steps = Steps(progress, draws * len(found.variables))
    steps.pause()
    for one in found.variables:
        with steps.part(draws) as seen:
            rows.append(_row(one, found, draws, number, seen))
            pairs += _pairs(one, found)
            apart += _disagreements(one, found)
    return CodingAgreement(
        frame=pd.DataFrame(rows).set_index("variable"),
        pairs=pd.DataFrame(pairs, columns=["variable", "first", "second", "n", "percent", "kappa"]),
        disagreements=pd.DataFrame(apart, columns=["variable", "unit", "cluster", *found.coders]),
        codes=found,
        draws=draws,
        seed=number,
    )


def _drawn_seed() -> int:
    """Draw a seed from the machine, small enough to be written down."""
    import numpy as np

    return int(np.random.default_rng().integers(0, 2**32))


def _levels(given: Any) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                f"level is {type(given).__name__}; give 'nominal', 'ordinal', 'interval' or a mapping from variable "
                "to one of them.",
                f"level为{type(given).__name__}，须为'nominal'、'ordinal'、'interval'之一，或“变量→测量层次”的映射。",
            )
        )
    return {str(k): v for k, v in given.items()}


def _row(one: Any, found: Codes, draws: int, seed: int, progress: Progress | None) -> dict[str, Any]:
    import numpy as np

    nan = float("nan")
    ratings = one.ratings
    count = (~np.isnan(ratings)).sum(axis=0)
    paired = count > 1
    used = ratings[:, paired]
    kinds = np.unique(used[~np.isnan(used)])
    clusters = np.asarray(found.clusters, dtype=object)[paired]
    row: dict[str, Any] = {
        "variable": one.name, "level": one.level, "coders": int((~np.isnan(ratings)).any(axis=1).sum()),
        "n": int(paired.sum()), "lost": int((count == 1).sum()), "clusters": len(set(clusters)),
        "values": len(kinds), "percent": nan, "kappa": nan, "alpha": nan, "alpha_low": nan, "alpha_high": nan,
        "draws": 0, "largest": nan, "why": "",
    }  # fmt: skip
    if not paired.any():
        return row | {"why": "no unit coded by two"}
    values = _even(used) if one.level == "interval" else used
    same, total = _same(used)
    row["percent"] = same / total
    row["largest"] = max(float((used == v).sum()) for v in kinds) / float((~np.isnan(used)).sum())
    if len(found.coders) == 2:
        row["kappa"] = cohen_kappa(list(used[0]), list(used[1]))
    if len(kinds) < 2:
        return row | {"why": "one value"}
    row["alpha"] = krippendorff_alpha(values, one.level)
    if row["clusters"] < 2:
        return row | {"why": "one cluster, no interval"}
    low, high, number = alpha_interval(values, clusters, one.level, draws=draws, seed=seed, progress=progress)
    if low == high:
        # Without a difference every draw gives 1: a point that would tell a certainty that is none.
        return row | {"draws": number, "why": "no difference, no interval"}
    return row | {"alpha_low": low, "alpha_high": high, "draws": number}


def _even(ratings: Any) -> Any:
    """Shares of the range: alpha of intervals stays, squares of very large numbers stay finite."""
    import numpy as np

    parts = ratings / 4 if np.nanmax(np.abs(ratings)) > 1e300 else ratings
    span = np.nanmax(parts) - np.nanmin(parts)
    return (parts - np.nanmin(parts)) / span if span else parts


def _same(ratings: Any) -> tuple[int, int]:
    """Agreeing pairs of coders over all units, and all pairs."""
    import numpy as np

    same = total = 0
    for a, b in combinations(range(len(ratings)), 2):
        both = ~np.isnan(ratings[a]) & ~np.isnan(ratings[b])
        same += int((ratings[a][both] == ratings[b][both]).sum())
        total += int(both.sum())
    return same, total


def _pairs(one: Any, found: Codes) -> list[tuple[Any, ...]]:
    import numpy as np

    rows = []
    for a, b in combinations(range(len(found.coders)), 2):
        both = ~np.isnan(one.ratings[a]) & ~np.isnan(one.ratings[b])
        first, second = one.ratings[a][both], one.ratings[b][both]
        percent = float((first == second).mean()) if both.any() else float("nan")
        kappa = cohen_kappa(list(first), list(second))
        rows.append((one.name, found.coders[a], found.coders[b], int(both.sum()), percent, kappa))
    return rows


def _disagreements(one: Any, found: Codes) -> list[tuple[Any, ...]]:
    import numpy as np

    rows = []
    for place in range(one.ratings.shape[1]):
        given = one.ratings[:, place]
        known = given[~np.isnan(given)]
        if len(known) > 1 and (known != known[0]).any():
            words = [None if v != v else one.words[v] for v in given]
            rows.append((one.name, found.units[place], found.clusters[place], *words))
    return rows
