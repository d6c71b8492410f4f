"""Two indices of the same units side by side: who moves, and how far the orders agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError, plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ComparisonResult(Result):
    """How two indices differ.

    Parameters
    ----------
    code
        Which scores of the first and of the second were compared.
    units
        One row a unit that has both scores: score_first, score_second, rank_first, rank_second (among
        these units), shift (rank_first - rank_second: positive = better in the second), in the order
        of the first.
    only_first, only_second
        Units that have a score in one alone; they take no part in the ranks.
    kendall, spearman
        Agreement of the two orders; None where it is not defined (one unit, or all tied).
    changes
        Where the two recipes differ: field, first, second.
    """

    code: tuple[str, str]
    units: pd.DataFrame
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    kendall: float | None
    spearman: float | None
    changes: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """One row a unit: scores, ranks and shift."""
        return self.units

    def to_dict(self) -> dict[str, Any]:
        """The table, the agreement and the differences of the recipes as plain values."""
        return {
            "code": list(self.code),
            "units": plain(self.units),
            "only_first": list(self.only_first),
            "only_second": list(self.only_second),
            "kendall": self.kendall,
            "spearman": self.spearman,
            "changes": plain(self.changes),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }

    def summary(self, language: str = "en") -> str:
        """Say how many units move, how far, and how well the orders agree."""
        shift = self.units["shift"]
        moved, count = int((shift != 0).sum()), len(shift)
        en = f"{moved} of {count} units change their rank"
        zh = f"{count}个单位中{moved}个名次有变化"
        if moved:
            far = self.units.index[int(shift.abs().to_numpy().argmax())]
            en += f", by {shift.abs().mean():.1f} on average; {far} moves most ({int(shift[far]):+d})"
            zh += f"，平均变动{shift.abs().mean():.1f}位，{far}变动最大（{int(shift[far]):+d}）"
        if self.kendall is not None and self.spearman is not None:
            en += f". Kendall's tau {self.kendall:.3f}, Spearman's rho {self.spearman:.3f}"
            zh += f"。肯德尔τ系数{self.kendall:.3f}，斯皮尔曼ρ系数{self.spearman:.3f}"
        lost = len(self.only_first) + len(self.only_second)
        if lost:
            en += f". {lost} units have a score in one of the two alone"
            zh += f"。{lost}个单位仅在其中一个指数中有得分"
        return Text(en + ".", zh + "。").in_(language)


def compare_indices(first: Any, second: Any, code: str | tuple[str, str] | None = None) -> ComparisonResult:
    """Compare the ranks of two indices.

    Parameters
    ----------
    first, second
        Results of ``build_index``; or series of scores (index unit, NaN = no score, higher = better).
    code
        Which scores of results to compare; a pair where they are called differently; None = the top of
        each.

    Returns
    -------
    ComparisonResult
        Ranks are taken anew among the units that both have: a rank among 40 is none among 50.

    Raises
    ------
    InputError
        Neither a result nor a series, doubled units, text or infinite scores, no unit in common.
    UnknownNameError
        A code that a result does not have.

    References
    ----------
    Kendall (1945), doi 10.1093/biomet/33.3.239. Spearman (1904), doi 10.2307/1412159.

    Examples
    --------
    >>> import pandas as pd
    >>> first = pd.Series({"a": 3.0, "b": 2.0, "c": 1.0})
    >>> second = pd.Series({"a": 3.0, "b": 1.0, "c": 2.0, "d": 9.0})
    >>> found = compare_indices(first, second)
    >>> found.table()["shift"].to_dict(), round(found.kendall, 3), found.only_second
    ({'a': 0, 'b': -1, 'c': 1}, 0.333, ('d',))
    """
    import pandas as pd

    from learningcity.index.compiled import ranks
    from learningcity.index.rank_agreement import kendall, spearman

    codes = code if isinstance(code, tuple) else (code, code)
    name_one, one = _scores(first, codes[0], "first")
    name_two, two = _scores(second, codes[1], "second")
    common = [u for u in one.index if u in two.index]
    if not common:
        raise InputError(
            Text(
                f"The two have no unit with a score in common (first: {_few(one)}; second: {_few(two)}).",
                f"两者没有共同的有得分单位（前者：{_few(one)}；后者：{_few(two)}）。",
            )
        )
    a, b = one[common].to_numpy(), two[common].to_numpy()
    before, after = ranks(a), ranks(b)
    units = pd.DataFrame(
        {
            "score_first": a,
            "score_second": b,
            "rank_first": before.astype(int),
            "rank_second": after.astype(int),
            "shift": (before - after).astype(int),
        },
        index=pd.Index(common, name="unit"),
    ).sort_values("rank_first", kind="stable")
    return ComparisonResult(
        code=(name_one, name_two),
        units=units,
        only_first=tuple(u for u in one.index if u not in two.index),
        only_second=tuple(u for u in two.index if u not in one.index),
        kendall=kendall(-before, -after),
        spearman=spearman(-before, -after),
        changes=_changes(first, second),
    )


def _few(scores: Any) -> str:
    return ", ".join(map(str, scores.index[:3])) or "-"


def _scores(given: Any, code: str | None, which: str) -> tuple[str, Any]:
    import numpy as np
    import pandas as pd

    from learningcity.index.result import IndexResult

    if isinstance(given, IndexResult):
        code = given.structure.top if code is None else code
        if code not in given.scores:
            raise UnknownNameError("code", code, given.scores.columns)
        series = given.scores[code]
    elif isinstance(given, pd.Series):
        series = given
    else:
        raise InputError(
            Text(
                f"{which} is {type(given).__name__}; give a result of build_index or a series of scores.",
                f"{which}为{type(given).__name__}，须为build_index的结果或得分序列。",
            )
        )
    name = str(code if code is not None else series.name if series.name is not None else which)
    twice = list(dict.fromkeys(series.index[series.index.duplicated()].map(str)))
    if twice:
        raise InputError(
            Text(
                f"{which}: units that occur twice: {', '.join(twice[:10])}.",
                f"{which}：重复的单位：{'、'.join(twice[:10])}。",
            )
        )
    try:
        values = series.to_numpy(dtype=float, na_value=np.nan)
        fine = not np.isinf(values).any() and not any(isinstance(v, str | bool) for v in series)
    except (TypeError, ValueError):
        fine = False
    if not fine:
        raise InputError(
            Text(
                f"{which}: {name} holds scores that are no finite numbers.",
                f"{which}：{name}含有非有限数值的得分。",
            )
        )
    return name, pd.Series(values, index=series.index.map(str)).dropna()


def _changes(first: Any, second: Any) -> pd.DataFrame:
    """Fields in which two recipes differ."""
    import pandas as pd

    rows = []
    if hasattr(first, "spec") and hasattr(second, "spec"):
        one, two = first.spec.to_dict(), second.spec.to_dict()
        for name in one:
            if one[name] == two[name]:
                continue
            if name == "structure":
                rows += _tree_changes(first.structure, second.structure)
            else:
                rows.append((name, str(one[name]), str(two[name])))
    return pd.DataFrame(rows, columns=["field", "first", "second"])


def _tree_changes(first: Any, second: Any) -> list[tuple[str, str, str]]:
    found = []
    for code in dict.fromkeys([*first.codes, *second.codes]):
        one, two = first.by_code.get(code), second.by_code.get(code)
        if one is None or two is None:
            found.append((code, "-" if one is None else "+", "-" if two is None else "+"))
            continue
        for name in ("parent", "direction", "weight", "target", "lower", "upper", "reference", "denominator"):
            if getattr(one, name) != getattr(two, name):
                found.append((f"{code} {name}", str(getattr(one, name)), str(getattr(two, name))))
    return found
