"""Read the anchors of a calibration: how many, in which order, what each stands for."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from learningcity.core import InputError, Text

THREE = ("out", "crossover", "in")
SIX = ("out_low", "crossover_low", "in_low", "in_high", "crossover_high", "out_high")
#: The names that R gives them.
SHORT = {
    "e": "out", "c": "crossover", "i": "in",
    "e1": "out_low", "c1": "crossover_low", "i1": "in_low",
    "i2": "in_high", "c2": "crossover_high", "e2": "out_high",
}  # fmt: skip
#: The order by raw value of a set whose members lie at both ends.
ENDS = ("in_low", "crossover_low", "out_low", "out_high", "crossover_high", "in_high")
NAMES = {
    "out": Text("full non-membership", "完全不隶属"),
    "crossover": Text("crossover", "交叉点"),
    "in": Text("full membership", "完全隶属"),
    "out_low": Text("lower full non-membership", "下侧完全不隶属"),
    "crossover_low": Text("lower crossover", "下侧交叉点"),
    "in_low": Text("lower full membership", "下侧完全隶属"),
    "in_high": Text("upper full membership", "上侧完全隶属"),
    "crossover_high": Text("upper crossover", "上侧交叉点"),
    "out_high": Text("upper full non-membership", "上侧完全不隶属"),
    "cut": Text("cut", "分界点"),
}
#: Most cuts of a multi-value or indirect calibration.
MOST_CUTS = 63
#: Anchors beyond it are no measurements, and their differences would overflow.
LARGEST = 1e150


@dataclass(frozen=True)
class Anchors:
    """Anchors by name, in the order given.

    Parameters
    ----------
    named
        Name -> raw value.
    middle
        Of six anchors: whether members lie in the middle.
    """

    named: Mapping[str, float]
    middle: bool = True


def anchor_name(key: str) -> Text:
    """What an anchor is called.

    Examples
    --------
    >>> anchor_name("in").zh, anchor_name("cut_2").en
    ('完全隶属', 'cut 2')
    """
    if key.startswith("cut_"):
        return Text(f"cut {key[4:]}", f"第{key[4:]}分界点")
    return NAMES.get(key, Text(key, key))


def read_anchors(given: Any, kind: str) -> Anchors:
    """Check anchors for a kind of calibration; see ``calibrate``.

    Raises
    ------
    InputError
        No finite numbers, out of order, equal, of the wrong count, unknown keys.

    Examples
    --------
    >>> dict(read_anchors((10, 20, 40), "fuzzy").named)
    {'out': 10.0, 'crossover': 20.0, 'in': 40.0}
    """
    if isinstance(given, Mapping):
        values = _by_name(given, kind)
    else:
        numbers_ = _numbers(given, kind)
        values = dict(zip(_keys(len(numbers_), kind), numbers_, strict=True))
    if kind == "fuzzy" and len(values) == 6:
        return _six(values, named=isinstance(given, Mapping))
    _ordered(list(values.items()), falling=kind in ("fuzzy", "indirect"))
    return Anchors(values)


def _keys(count: int, kind: str) -> tuple[str, ...]:
    wanted = {
        "fuzzy": (count in (3, 6), Text("3 anchors (or 6)", "3个（或6个）锚点")),
        "crisp": (count == 1, Text("1 anchor", "1个锚点")),
        "multi": (2 <= count <= MOST_CUTS, Text(f"2 to {MOST_CUTS} anchors", f"2至{MOST_CUTS}个锚点")),
        "indirect": (2 <= count <= MOST_CUTS, Text(f"2 to {MOST_CUTS} anchors", f"2至{MOST_CUTS}个锚点")),
    }
    good, words = wanted[kind]
    if not good:
        raise InputError(
            Text(
                f"A {kind} calibration takes {words.en}, not {count}.",
                f"{kind}校准须有{words.zh}，现有{count}个。",
            )
        )
    if kind == "fuzzy":
        return THREE if count == 3 else SIX
    return ("cut",) if kind == "crisp" else tuple(f"cut_{k}" for k in range(1, count + 1))


def _by_name(given: Mapping[Any, Any], kind: str) -> dict[str, float]:
    if kind != "fuzzy":
        raise InputError(
            Text(
                f"Anchors with names are for fuzzy calibration; a {kind} one takes numbers in order.",
                f"带名称的锚点用于fuzzy校准；{kind}校准请按顺序给出数值。",
            )
        )
    found = {SHORT.get(str(k), str(k)): v for k, v in given.items()}
    for wanted in (THREE, SIX):
        if set(found) == set(wanted) and len(found) == len(given):
            return dict(zip(wanted, _numbers([found[k] for k in wanted], kind), strict=True))
    raise InputError(
        Text(
            f"The anchors are named {', '.join(map(str, given)) or 'nothing'}; give {', '.join(THREE)}, "
            f"or {', '.join(SIX)}.",
            f"锚点名称为{'、'.join(map(str, given)) or '空'}，须为{'、'.join(THREE)}，或{'、'.join(SIX)}。",
        )
    )


def _numbers(given: Any, kind: str) -> list[float]:
    if isinstance(given, numbers.Real | Decimal) and not isinstance(given, bool):
        given = [given]
    if isinstance(given, str | bytes | set | frozenset) or not hasattr(given, "__iter__"):
        raise InputError(
            Text(
                f"anchors is {given!r}; give numbers, such as (10, 20, 40).",
                f"anchors为{given!r}，须为数值，例如(10, 20, 40)。",
            )
        )
    found = []
    for one in list(given):
        try:
            if isinstance(one, bool) or not isinstance(one, numbers.Real | Decimal):
                raise TypeError
            number = float(one)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not abs(number) <= LARGEST:
            raise InputError(Text(f"The anchor {one!r} is no finite number.", f"锚点{one!r}不是有限的数。"))
        found.append(number)
    return found


def _ordered(pairs: list[tuple[str, float]], falling: bool, equal_at: int | None = None) -> None:
    """Refuse anchors that do not rise (or, where allowed, fall) all the way."""
    values = [v for _, v in pairs]
    for k, (a, b) in enumerate(pairwise(pairs)):
        if a[1] == b[1] and k != equal_at:
            one, other = anchor_name(a[0]), anchor_name(b[0])
            raise InputError(
                Text(
                    f"The anchors {one.en} and {other.en} are both {a[1]:g}; they must differ.",
                    f"锚点“{one.zh}”与“{other.zh}”同为{a[1]:g}，二者须不同。",
                )
            )
    ups = [b >= a for a, b in pairwise(values)]
    if all(ups) or (falling and not any(ups)):
        return
    listed_en = ", ".join(f"{anchor_name(k).en} {v:g}" for k, v in pairs)
    listed_zh = "、".join(f"{anchor_name(k).zh}{v:g}" for k, v in pairs)
    raise InputError(
        Text(
            f"The anchors are out of order ({listed_en}); they must rise"
            + (", or fall all the way where less of the raw value is more of the set." if falling else "."),
            f"锚点次序有误（{listed_zh}），须依次递增"
            + ("，或在原始值越小隶属度越高时依次递减。" if falling else "。"),
        )
    )


def _six(values: dict[str, float], named: bool) -> Anchors:
    ends = named and values["in_low"] < values["out_low"]
    pairs = [(k, values[k]) for k in (ENDS if ends else SIX)]
    _ordered(pairs, falling=False, equal_at=2)
    return Anchors(dict(pairs), middle=not ends)
