"""Read what coders wrote as ratings: coders x units for each variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.explain.tables import refuse

#: Different values of a variable beyond which tables of values against values fill the memory.
MOST_VALUES = 100
#: Cells of all units' tables of values against values.
_MOST_CELLS = 20_000_000
MOST_CODERS = 100
_RESERVED = ("variable", "unit", "cluster")


@dataclass(frozen=True, eq=False)
class Variable:
    """One variable.

    Parameters
    ----------
    name, level
        Its name and level of measurement.
    ratings
        Coders x units, floats; NaN = not coded.
    words
        Rating -> the value as it was written.
    """

    name: str
    level: str
    ratings: Any
    words: Mapping[float, Any]


@dataclass(frozen=True, eq=False)
class Codes:
    """All variables, with the names of coders, units and the cluster of each unit."""

    coders: tuple[str, ...]
    units: tuple[str, ...]
    clusters: tuple[str, ...]
    variables: tuple[Variable, ...]

    def variable(self, name: str) -> Variable:
        """A variable by name.

        Raises
        ------
        UnknownNameError
            No such variable.
        """
        for one in self.variables:
            if one.name == name:
                return one
        raise UnknownNameError("column", name, [v.name for v in self.variables])


def read_codes(
    codes: Any, default: str, levels: Mapping[str, str], *, unit: str, coder: str | None,
    variables: Any, multiple: Any, separator: str, cluster: str | None,
) -> Codes:  # fmt: skip
    """Check a frame of codes and turn it into ratings; see :func:`agreement`."""
    import pandas as pd

    if not isinstance(codes, pd.DataFrame):
        raise InputError(
            Text(
                f"codes is {type(codes).__name__}; give a frame with one row a unit and coder.",
                f"codes为{type(codes).__name__}，须为每行一个单元与编码员的数据表。",
            )
        )
    if codes.index.nlevels > 1 or codes.columns.nlevels > 1:
        raise InputError(
            Text(
                "Rows and columns need one name each, not several levels.",
                "行和列须各有一个名称，不能有多级。",
            )
        )
    if not len(codes):
        raise InputError(Text("codes has no rows.", "codes没有任何行。"))
    frame = codes.set_axis([str(c) for c in codes.columns], axis=1)
    refuse(frame.columns[frame.columns.duplicated()], "Columns that occur twice", "重复的列")
    if unit not in frame.columns:
        if str(codes.index.name) != str(unit) and isinstance(codes.index, pd.RangeIndex):
            raise UnknownNameError("column", unit, frame.columns)
        frame = frame.assign(**{unit: codes.index})
    for name in (coder, cluster):
        if name is not None and name not in frame.columns:
            raise UnknownNameError("column", name, frame.columns)
    frame = frame.reset_index(drop=True)
    for name in dict.fromkeys(n for n in (unit, coder, cluster) if n is not None):
        gone = [str(k) for k, missing in enumerate(frame[name].isna(), 1) if missing]
        refuse(gone, f"Rows without a value in {name}, number", f"{name}为空的行（序号）")
        frame[name] = [str(v) for v in frame[name]]
    keys = [n for n in (unit, coder, cluster) if n is not None]
    chosen = _chosen(variables, frame, keys, coder)
    if coder is None:
        frame, chosen, coder = _long(frame, unit, cluster, chosen), ["code"], "coder"
    return _rated(frame, chosen, default, levels, unit, coder, cluster, _several(multiple, chosen), separator)


def _names(given: Any, what: str) -> list[str]:
    if isinstance(given, str):
        return [given]
    try:
        return list(dict.fromkeys(str(v) for v in given))
    except TypeError:
        raise InputError(
            Text(f"{what} is {given!r}; give names of columns.", f"{what}为{given!r}，须为列名。")
        ) from None


def _chosen(variables: Any, frame: Any, keys: list[str], coder: str | None) -> list[str]:
    if variables is None:
        found = [c for c in frame.columns if c not in keys]
    else:
        found = _names(variables, "variables")
        for name in found:
            if name not in frame.columns or name in keys:
                raise UnknownNameError("column", name, [c for c in frame.columns if c not in keys])
    if not found or (coder is None and len(found) < 2):
        raise InputError(
            Text(
                "There is nothing to compare; give at least one variable, and codes of two coders.",
                "没有可比较的内容；请至少给出一个变量及两名编码员的编码。",
            )
        )
    return found


def _several(multiple: Any, chosen: Sequence[str]) -> list[str]:
    found = _names(multiple, "multiple")
    for name in found:
        if name not in chosen:
            raise UnknownNameError("column", name, chosen)
    return found


def _long(frame: Any, unit: str, cluster: str | None, coders: Sequence[str]) -> Any:
    import pandas as pd

    refuse(frame[unit][frame[unit].duplicated()], "Units that occur twice", "重复的单元")
    names = [n for n in dict.fromkeys((unit, cluster)) if n is not None]
    parts = [frame[names].assign(coder=c, code=frame[c].astype(object)) for c in coders]
    return pd.concat(parts, ignore_index=True)


def _rated(
    frame: Any, chosen: Sequence[str], default: str, levels: Mapping[str, str], unit: str, coder: str,
    cluster: str | None, multiple: Sequence[str], separator: str,
) -> Codes:  # fmt: skip
    for name in levels:
        if name not in chosen:
            raise UnknownNameError("column", name, chosen)
    if not isinstance(separator, str) or not separator:
        raise InputError(Text("separator is empty; give a character.", "separator为空，请给出分隔符。"))
    coders = tuple(dict.fromkeys(frame[coder]))
    coders = tuple(sorted(coders))
    if not 2 <= len(coders) <= MOST_CODERS:
        raise InputError(
            Text(
                f"There are {len(coders)} coders ({', '.join(coders[:3])}); agreement needs 2 to {MOST_CODERS}.",
                f"共有{len(coders)}名编码员（{'、'.join(coders[:3])}）；一致性分析需要2至{MOST_CODERS}名。",
            )
        )
    refuse(
        [c for c in coders if c in _RESERVED], "Coders need other names than these", "编码员不能使用以下名称"
    )
    twice = frame[frame.duplicated([unit, coder])]
    refuse(
        [f"{u} / {c}" for u, c in zip(twice[unit], twice[coder], strict=True)],
        "Units that a coder coded twice (keep one row a unit and coder)",
        "同一编码员重复编码的单元（每个单元与编码员只保留一行）",
    )
    units = tuple(dict.fromkeys(frame[unit]))
    groups = _clusters(frame, unit, cluster, units)
    place = ({u: k for k, u in enumerate(units)}, {c: k for k, c in enumerate(coders)})
    rows = [place[1][c] for c in frame[coder]]
    columns = [place[0][u] for u in frame[unit]]
    found: list[Variable] = []
    blank = frame[[c for c in frame.columns if c not in (unit, coder, cluster)]].isna().all(axis=1).to_numpy()
    for name in chosen:
        level = levels.get(name, default)
        if name in multiple:
            found += _split(name, frame[name], blank, (rows, columns), (len(coders), len(units)), separator)
            continue
        cells, words = _numbers(name, frame[name], level)
        found.append(Variable(name, level, _table(cells, (rows, columns), (len(coders), len(units))), words))
    if not found:
        raise InputError(
            Text(
                f"No value is named in {', '.join(multiple)}, so there is nothing to compare.",
                f"{'、'.join(multiple)}中没有任何取值，无可比较。",
            )
        )
    names = [v.name for v in found]
    refuse([n for n in names if names.count(n) > 1], "Variables that occur twice", "重复的变量")
    return Codes(coders, units, groups, tuple(found))


def _clusters(frame: Any, unit: str, cluster: str | None, units: Sequence[str]) -> tuple[str, ...]:
    if cluster is None:
        return tuple(units)
    pairs = frame[[unit, cluster]].drop_duplicates() if cluster != unit else frame[[unit]].drop_duplicates()
    refuse(
        pairs[unit][pairs[unit].duplicated()],
        f"Units with more than one {cluster}",
        f"对应多个{cluster}的单元",
    )
    return tuple(pairs[cluster])


def _table(cells: Any, places: tuple[Any, Any], shape: tuple[int, int]) -> Any:
    import numpy as np

    ratings = np.full(shape, np.nan)
    ratings[places] = cells
    return ratings


def _split(name: str, cells: Any, blank: Any, places: Any, shape: Any, separator: str) -> list[Variable]:
    """One variable a value; not coded where the coder wrote nothing at all of the unit."""
    held = [
        {p.strip() for p in str(v).split(separator)} - {""} if v == v and v is not None else set()
        for v in _plain(cells)
    ]
    values = sorted(
        {v for one in held for v in one}, key=lambda v: (not v.isdecimal(), int(v) if v.isdecimal() else 0, v)
    )
    if len(values) > MOST_VALUES:
        raise _too_many(name, len(values))
    words = {0.0: 0, 1.0: 1}
    return [
        Variable(f"{name} {v}", "nominal", _table(cells, places, shape), words)
        for v, cells in ((v, _named(v, held, blank)) for v in values)
    ]


def _named(value: str, held: Sequence[set[str]], blank: Any) -> list[float]:
    return [float("nan") if gone else float(value in one) for one, gone in zip(held, blank, strict=True)]


def _plain(cells: Any) -> list[Any]:
    """Cells as plain values, None where empty."""
    return [None if gone else v for v, gone in zip(cells, cells.isna(), strict=True)]


def _numbers(name: str, cells: Any, level: str) -> tuple[Any, dict[float, Any]]:
    """Ratings as numbers, and the words behind them."""
    import numpy as np
    import pandas as pd

    if (
        isinstance(cells.dtype, pd.CategoricalDtype)
        and (cells.cat.ordered or level == "nominal")
        and level != "interval"
    ):
        codes = cells.cat.codes.to_numpy(dtype=float)
        return _checked(name, np.where(codes < 0, np.nan, codes), dict(enumerate(cells.cat.categories)))
    plain = _plain(cells.astype(object))
    if level == "nominal":
        keys = [None if v is None else _key(v) for v in plain]
        known = sorted({k for k in keys if k is not None})
        place = {k: float(i) for i, k in enumerate(known)}
        words: dict[float, Any] = {}
        for k, v in zip(keys, plain, strict=True):
            if k is not None:
                words.setdefault(place[k], v)
        return _checked(name, np.array([np.nan if k is None else place[k] for k in keys]), words)
    try:
        if any(
            isinstance(v, str | bytes | complex) or hasattr(v, "isoformat") or hasattr(v, "total_seconds")
            for v in plain
        ):
            raise TypeError
        values = np.array([np.nan if v is None else float(v) for v in plain])
    except (TypeError, ValueError, OverflowError):
        raise InputError(
            Text(
                f"{name} has cells that are no numbers; {level} agreement needs numbers"
                + (" or ordered categories." if level == "ordinal" else "."),
                f"{name}含非数字的单元格；{'定序' if level == 'ordinal' else '定距'}一致性需要数字"
                + ("或有序类别。" if level == "ordinal" else "。"),
            )
        ) from None
    if np.isinf(values).any():
        raise InputError(Text(f"{name} has infinite values.", f"{name}含无穷大的取值。"))
    return _checked(name, values, {float(v): v for v in values if v == v})


def _key(value: Any) -> tuple[str, str]:
    """What makes two nominal codes the same: 1, 1.0 and True are; 1 and "1" are not."""
    if isinstance(value, str):
        return ("text", value)
    try:
        return ("number", repr(float(value)))
    except (TypeError, ValueError, OverflowError):
        return (type(value).__name__, str(value))


def _checked(name: str, values: Any, words: Mapping[Any, Any]) -> tuple[Any, dict[float, Any]]:
    import numpy as np

    number = len(np.unique(values[~np.isnan(values)]))
    if number > MOST_VALUES or number**2 * len(values) > _MOST_CELLS:
        raise _too_many(name, number)
    return values, {float(k): v for k, v in words.items()}


def _too_many(name: str, number: int) -> InputError:
    return InputError(
        Text(
            f"{name} has {number:,} different values; agreement takes at most {MOST_VALUES}, and fewer where there are "
            "very many units. Group them, or leave the column out of variables.",
            f"{name}有{number:,}个不同取值；一致性分析最多支持{MOST_VALUES}个，单元极多时更少。请归并，或不将其列入variables。",
        )
    )
