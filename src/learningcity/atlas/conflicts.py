"""Facts that contradict each other; both sides are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas.choosing import exchange_rates, relative_difference
from learningcity.atlas.facts import MONEY, ROUNDING
from learningcity.core import REPORTED

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

COLUMNS = (
    "city_id", "indicator_id", "definition", "scope", "year", "unit", "values",
    "lowest", "highest", "difference", "fact_ids", "source_ids",
)  # fmt: skip


def find_conflicts(atlas: Atlas) -> pd.DataFrame:
    """List contradicting facts, one row a conflict.

    A conflict is two values of one city, indicator, definition, scope and year that differ by more
    than rounding (1 % of the larger). Different years are a series and no conflict; undated values
    stand apart; amounts in different currencies are converted to US dollars first, and stay apart
    where the year has no rate.

    Returns
    -------
    pandas.DataFrame
        Columns ``city_id, indicator_id, definition, scope, year, unit, values`` (how many),
        ``lowest, highest, difference`` (share of the larger), ``fact_ids, source_ids`` (joined
        with ";", in the order of the values), widest difference first.

    Examples
    --------
    >>> import learningcity as lc
    >>> conflicts = lc.load_atlas().conflicts()
    >>> bool((conflicts["difference"] > 0.01).all())
    True
    """
    import pandas as pd

    facts = atlas.facts
    facts = facts[(facts["status"] == REPORTED) & facts["value"].notna() & facts["year"].notna()]
    definition = facts["definition"].fillna("")
    rates = exchange_rates(atlas)
    money = set(atlas.indicators.loc[atlas.indicators["unit"].isin(MONEY), "indicator_id"])
    groups: dict[tuple[Any, ...], list[tuple[float, float, str, str, str]]] = {}
    columns = ["city_id", "indicator_id", "scope", "year", "unit", "value", "fact_id", "source_id"]
    for (city, indicator, scope, year, unit, value, fact, source), meaning in zip(
        facts[columns].itertuples(index=False, name=None), definition, strict=True
    ):
        rate = 1.0 if unit == "USD" else rates.get((unit, int(year)))
        family = "money" if indicator in money and rate else unit
        comparable = value / rate if family == "money" and rate else value
        key = (city, indicator, meaning, scope, int(year), family)
        groups.setdefault(key, []).append((comparable, value, unit, fact, source))
    rows = []
    for (city, indicator, meaning, scope, year, _), found in groups.items():
        if relative_difference([f[0] for f in found]) <= ROUNDING:
            continue
        found.sort()
        units = {f[2] for f in found}
        in_own_unit = len(units) == 1
        shown = [f[1] if in_own_unit else f[0] for f in found]
        rows.append(
            (
                city, indicator, meaning, scope, year, units.pop() if in_own_unit else "USD",
                len(found), shown[0], shown[-1], relative_difference([f[0] for f in found]),
                ";".join(f[3] for f in found), ";".join(f[4] for f in found),
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype(
        {
            "year": "Int64",
            "values": "int64",
            "lowest": "float64",
            "highest": "float64",
            "difference": "float64",
        }
    )
    return frame.sort_values(
        ["difference", "city_id", "indicator_id", "scope", "year"],
        ascending=[False, True, True, True, True],
        ignore_index=True,
    )
