"""Leave out units and indicators for want of data, and say of each why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd

#: What a mapping may say: three shares, and units that are kept or left out whatever they have.
RULES = ("units", "indicators", "non_zero", "keep", "drop")


def screen(
    frame: pd.DataFrame, structure: Structure, rule: Any
) -> tuple[pd.DataFrame, Structure, dict[str, Text], dict[str, Text]]:
    """Leave out indicators with too few values, then units with too few.

    Parameters
    ----------
    frame
        Units x indicators, floats, NaN = missing.
    structure
        The tree.
    rule
        A number = least share of the indicators for which a unit must have a value; or a mapping with any
        of "indicators" (least share of the units that must have a value), "units" (as the number,
        counted over the indicators that are left), "non_zero" (least share of a unit's values that must
        differ from zero), "keep" and "drop" (units that stay or go whatever they have).

    Returns
    -------
    frame, structure, dropped_units, dropped_indicators
        What is left, and for each unit and indicator that is not the reason in both languages. An
        indicator that has no value among the units that are left is left out, too.

    Raises
    ------
    InputError
        A share that is none, or nothing left.
    UnknownNameError
        A rule or a unit that is not there.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> import pandas as pd
    >>> tree = Structure.of({"INDEX": ["a", "b"]})
    >>> frame = pd.DataFrame({"a": [1.0, None, 2.0], "b": [1.0, None, 3.0]}, index=["x", "y", "z"])
    >>> kept, _, units, _ = screen(frame, tree, 0.5)
    >>> list(kept.index), units["y"].en
    (['x', 'z'], '0 of 2 indicators have a value, at least 50 % are asked for')
    """
    rules = _rules(rule, frame)
    gone_indicators: dict[str, Text] = {}
    there = frame.notna()
    share = rules["indicators"]
    if share is not None:
        for code in structure.indicators:
            count = int(there[code].sum())
            if count < share * len(frame) - 1e-9:
                gone_indicators[code] = Text(
                    f"{count} of {len(frame)} units have a value, at least {100 * share:.4g} % are asked for",
                    f"{len(frame)}个单位中有{count}个有取值，要求不低于{100 * share:.4g}%",
                )
    codes = _left(structure.indicators, gone_indicators, "indicator", "指标")
    gone_units = _units(frame[codes], rules)
    units = _left([str(u) for u in frame.index], gone_units, "unit", "单位")
    kept = frame.loc[[str(u) in set(units) for u in frame.index], codes]
    for code in codes:
        if kept[code].isna().all():
            gone_indicators[code] = Text("no unit that is left has a value", "保留的单位均无取值")
    codes = _left(structure.indicators, gone_indicators, "indicator", "指标")
    if gone_indicators:
        structure = structure.without(gone_indicators)
    return kept[codes], structure, gone_units, gone_indicators


def _units(frame: pd.DataFrame, rules: Mapping[str, Any]) -> dict[str, Text]:
    gone: dict[str, Text] = {}
    values = frame.notna().sum(axis=1)
    zeros = (frame == 0).sum(axis=1)
    for unit, count, zero in zip(map(str, frame.index), map(int, values), map(int, zeros), strict=True):
        if unit in rules["drop"]:
            gone[unit] = Text("left out by name", "指定剔除")
        elif unit in rules["keep"]:
            continue
        elif rules["units"] is not None and count < rules["units"] * frame.shape[1] - 1e-9:
            asked = f"{100 * rules['units']:.4g}"
            gone[unit] = Text(
                f"{count} of {frame.shape[1]} indicators have a value, at least {asked} % are asked for",
                f"{frame.shape[1]}项指标中有{count}项有取值，要求不低于{asked}%",
            )
        elif rules["non_zero"] is not None and count - zero < rules["non_zero"] * count - 1e-9:
            asked = f"{100 * rules['non_zero']:.4g}"
            gone[unit] = Text(
                f"{count - zero} of {count} values differ from zero, at least {asked} % are asked for",
                f"{count}个取值中有{count - zero}个非零，要求不低于{asked}%",
            )
    return gone


def _rules(rule: Any, frame: pd.DataFrame) -> dict[str, Any]:
    given = rule if isinstance(rule, Mapping) else {"units": rule}
    for name in given:
        if name not in RULES:
            raise UnknownNameError("option", name, RULES)
    found: dict[str, Any] = {}
    for name in ("units", "indicators", "non_zero"):
        share = given.get(name)
        if share is not None and (
            isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1
        ):
            raise InputError(
                Text(
                    f"screen: {name} is {share!r}; give a share from 0 to 1.",
                    f"筛选：{name}为{share!r}，须为0到1之间的比例。",
                )
            )
        found[name] = share
    known = {str(u) for u in frame.index}
    for name in ("keep", "drop"):
        names = given.get(name) or ()
        found[name] = {str(u) for u in ((names,) if isinstance(names, str) else names)}
        for unit in sorted(found[name] - known):
            raise UnknownNameError("unit", unit, sorted(known))
    both = sorted(found["keep"] & found["drop"])
    if both:
        raise InputError(
            Text(f"screen: kept and dropped at once: {', '.join(both)}.",
                 f"筛选：同时指定保留与剔除：{'、'.join(both)}。")
        )  # fmt: skip
    return found


def _left(names: Iterable[str], gone: Mapping[str, Text], en: str, zh: str) -> list[str]:
    left = [n for n in names if n not in gone]
    if not left:
        first = list(gone)[:5]
        reasons = Text("; ".join(f"{n}: {gone[n].en}" for n in first),
                       "；".join(f"{n}：{gone[n].zh}" for n in first))  # fmt: skip
        raise InputError(Text(f"screen leaves no {en}. {reasons.en}.", f"筛选后没有任何{zh}。{reasons.zh}。"))
    return left
