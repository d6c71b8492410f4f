"""Trends: change since a base year, compound growth, distance to a target, ranks of progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError, plain
from learningcity.index.panel import check_panel

if TYPE_CHECKING:
    import pandas as pd

#: Why a unit has no change, growth or pace.
NOTES = {
    "no base": Text("no value in the base year", "基准年无数据"),
    "no last": Text("no value in the last year", "末年无数据"),
    "zero base": Text("no rates: the base is zero, or next to it", "基准值为零或近于零，不计算变化率"),
    "not positive": Text("no growth rate: a value is not above zero", "含非正值，不计算增长率"),
}

#: A base this small beside the later value makes every rate meaningless.
NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class TrendResult(Result):
    """How each unit moved between two years.

    Parameters
    ----------
    base, last
        The two years.
    direction
        1 = more is better, -1 = less is better.
    target_year
        The year by which the target is to be met; None = none was given.
    values
        Units x years in the order of time, as given.
    units
        One row a unit, see :meth:`table`.
    """

    base: int
    last: int
    direction: int
    target_year: int | None
    values: pd.DataFrame
    units: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """One row a unit.

        Returns
        -------
        frame
            base and last (values); change; change_percent (of the absolute base value); growth
            (compound, percent a year); progress (change in the good direction); slope (a year, the
            median of all pairs of years with values: one odd year does not turn it); rank_base,
            rank_last (among the units that have both values; 1 = best), rank_change (positive = up),
            rank_progress; and where there is a target: target, distance (what is missing in the good
            direction, 0 = reached), covered (share of the way from base to target; 1 and more =
            reached or passed), reached, needed (change a year until the target year), on_track (pace
            so far is at least the pace needed). ``note`` holds words of ``NOTES``; NaN stands where a
            note, or a base that is zero or beyond the target, says why.
        """
        return self.units

    def summary(self, language: str = "en") -> str:
        """Say how many units progressed, who most, and how many reached the target."""
        there = self.units[self.units["progress"].notna()]
        better = int((there["progress"] > 0).sum())
        worse = int((there["progress"] < 0).sum())
        en = (
            f"{self.base} to {self.last}: {better} of {len(there)} units progressed, {worse} fell back; "
            f"{len(self.units) - len(there)} have no value in one of the two years."
        )
        zh = (
            f"{self.base}至{self.last}年：{len(there)}个单位中{better}个进步、{worse}个退步，"
            f"另有{len(self.units) - len(there)}个单位在首末年之一无数据。"
        )
        if better:
            first = there[there["rank_progress"] == 1].index
            en += f" Most progress: {', '.join(first[:3])}."
            zh += f"进步最大：{'、'.join(first[:3])}。"
        if "target" in self.units:
            known = there[there["target"].notna()]
            reached = int((known["distance"] == 0).sum())
            en += f" {reached} of {len(known)} have reached the target."
            zh += f"{len(known)}个单位中{reached}个已达到目标。"
        return Text(en, zh).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """The table, the years and the values as plain values."""
        return {
            "base": self.base,
            "last": self.last,
            "direction": self.direction,
            "target_year": self.target_year,
            "values": plain(self.values),
            "units": plain(self.units),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }


def trend(
    values: Any,
    *,
    base: int | None = None,
    last: int | None = None,
    target: float | Mapping[str, float] | None = None,
    target_year: int | None = None,
    direction: int = 1,
) -> TrendResult:
    """Follow the units over the years.

    Parameters
    ----------
    values
        Frame, index unit, columns years; NaN = missing, stays missing (nothing is filled in between).
    base, last
        The years that are compared; None = the first and the last column.
    target
        What is to be reached: one number, or one a unit (units left out have none).
    target_year
        Year by which it is to be reached; None = no pace is asked for.
    direction
        1 = more is better, -1 = less is better.

    Returns
    -------
    TrendResult
        See :meth:`TrendResult.table`.

    Raises
    ------
    InputError
        No frame, columns that are no years, doubled units or years, text or infinite cells, fewer than
        two years, a base that is not before the last year, a target that is no number: each named.
    UnknownNameError
        A year or a unit that is not there.

    Notes
    -----
    Scores of an index may be followed only where one scale holds for all years: min-max of each year
    apart moves with the other units. :func:`learningcity.index.build_panel` normalises all years together.

    References
    ----------
    Sen (1968), doi 10.1080/01621459.1968.10480934 (slope). OECD & JRC (2008),
    doi 10.1787/9789264043466-en, on comparisons over time.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({2020: [100.0, 50.0], 2022: [121.0, 40.0]}, index=["a", "b"])
    >>> found = trend(frame, target=130).table()
    >>> found["growth"].round(2).tolist(), found["covered"].round(2).tolist()
    ([10.0, -10.56], [0.7, -0.12])
    """
    import numpy as np
    import pandas as pd

    frame = check_panel(values)
    years = [int(y) for y in frame.columns]
    base = years[0] if base is None else _year(base, years)
    last = years[-1] if last is None else _year(last, years)
    if not base < last:
        raise InputError(
            Text(
                f"The base year {base} is not before the last year {last}.",
                f"基准年{base}须早于末年{last}。",
            )
        )
    if direction not in (1, -1):
        raise InputError(
            Text(f"direction is {direction!r}; give 1 or -1.", f"direction为{direction!r}，须为1或-1。")
        )
    first, end = frame[base].to_numpy(), frame[last].to_numpy()
    both = ~np.isnan(first) & ~np.isnan(end)
    change = end - first
    span = last - base
    zero = both & (np.abs(first) <= NEGLIGIBLE * np.abs(end))
    positive = both & ~zero & (first > 0) & (end > 0)
    size = np.where(both & ~zero & (first != 0), np.abs(first), np.nan)
    growth = np.full(len(frame), np.nan)
    growth[positive] = np.expm1((np.log(end[positive]) - np.log(first[positive])) / span) * 100.0
    note = np.where(np.isnan(first), "no base", np.where(np.isnan(end), "no last", ""))
    note = np.where(both & ~positive, "not positive", note)
    note = np.where(zero, "zero base", note)
    units = pd.DataFrame(
        {
            "base": first,
            "last": end,
            "change": change,
            "change_percent": change / size * 100.0,
            "growth": growth,
            "progress": change * direction,
            "slope": _slopes(frame.loc[:, base:last]),
        },
        index=frame.index,
    )
    for name, column in (("rank_base", first), ("rank_last", end), ("rank_progress", change)):
        units[name] = _ranks(np.where(both, column * direction, np.nan))
    units.insert(9, "rank_change", units["rank_base"] - units["rank_last"])
    if target is not None:
        _towards(units, _targets(target, frame.index), direction, last, span, target_year)
    elif target_year is not None:
        raise InputError(
            Text("target_year is given without a target.", "给出了target_year，但没有给出target。")
        )
    units["note"] = note
    return TrendResult(base, last, direction, target_year, frame, units)


def _ranks(x: Any) -> Any:
    from learningcity.index.compiled import ranks

    return ranks(x)


def _slopes(frame: pd.DataFrame) -> Any:
    """Median slope of all pairs of years, a year; NaN where a unit has fewer than two values."""
    import numpy as np

    x = frame.to_numpy()
    years = frame.columns.to_numpy(dtype=float)
    first, second = np.triu_indices(len(years), 1)
    pairs = (x[:, second] - x[:, first]) / (years[second] - years[first])
    found = np.full(len(x), np.nan)
    there = ~np.isnan(pairs).all(axis=1)
    found[there] = np.nanmedian(pairs[there], axis=1)
    return found


def _towards(units: Any, target: Any, direction: int, last: int, span: int, target_year: int | None) -> None:
    """Add what is to be said about the target."""
    import numpy as np

    first, end = units["base"].to_numpy(), units["last"].to_numpy()
    missing = (target - end) * direction
    way = (target - first) * direction
    units["target"] = target
    units["distance"] = np.where(np.isnan(missing), np.nan, np.maximum(missing, 0.0))
    units["covered"] = (
        (end - first) * direction / np.where(way > NEGLIGIBLE * np.abs(end - first), way, np.nan)
    )
    reached = np.full(len(units), None, dtype=object)
    known = ~np.isnan(missing)
    reached[known] = (missing[known] <= 0).tolist()
    units["reached"] = reached
    if target_year is None:
        return
    if isinstance(target_year, bool) or not isinstance(target_year, int) or target_year <= last:
        raise InputError(
            Text(
                f"target_year is {target_year!r}; give a year after {last}.",
                f"target_year为{target_year!r}，须为{last}年之后的年份。",
            )
        )
    needed = units["distance"].to_numpy() / (target_year - last)
    pace = units["progress"].to_numpy() / span
    units["needed"] = needed * direction
    # What is reached is on track, whatever the pace.
    known = ~np.isnan(needed) & (~np.isnan(pace) | (needed == 0))
    track = np.full(len(units), None, dtype=object)
    close = 1e-12 * np.abs(needed)
    track[known] = ((needed == 0) | (np.nan_to_num(pace) >= needed - close))[known].tolist()
    units["on_track"] = track


def _year(year: Any, years: list[int]) -> int:
    text = str(year)
    if text not in map(str, years):
        raise UnknownNameError("option", text, years)
    return int(text)


def _targets(target: Any, index: Any) -> Any:
    import numpy as np
    import pandas as pd

    given = target.to_dict() if isinstance(target, pd.Series) else target
    each = {str(u): v for u, v in given.items()} if isinstance(given, Mapping) else None
    for unit in each or {}:
        if unit not in index:
            raise UnknownNameError("unit", unit, index)
    found = [given if each is None else each.get(u, np.nan) for u in index]
    bad = [
        str(u)
        for u, v in zip(index, found, strict=True)
        if isinstance(v, bool) or not isinstance(v, int | float | np.number) or np.isinf(v)
    ]
    if bad or (each is None and found and found[0] != found[0]):
        named = ", ".join(bad[:10]) if each is not None else repr(given)
        raise InputError(
            Text(f"Targets that are no finite number: {named}.", f"目标值须为有限数值：{named}。")
        )
    return np.array(found, dtype=float)
