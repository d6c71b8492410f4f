"""What goes with what: background and characteristics, pair by pair.

References
----------
Kendall (1938), doi 10.1093/biomet/30.1-2.81. Kruskal & Wallis (1952), doi 10.1080/01621459.1952.10483441.
Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x. Benjamini & Yekutieli (2001),
doi 10.1214/aos/1013699998. Freedman & Lane (1983), doi 10.1080/07350015.1983.10509354.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from learningcity.core import InputError, Progress, Steps, Text, UnknownNameError, share, whole_number
from learningcity.explain.association.columns import (
    Column,
    align,
    read_columns,
    read_frame,
    read_groups,
)
from learningcity.explain.association.pairs import Settings, judge_pairs
from learningcity.explain.association.result import AssociationResult, Pair
from learningcity.explain.association.words import REASONS
from learningcity.explain.tables import refuse

#: Shuffles (and arrangements tried one by one) and draws beyond which the memory would fill.
MOST_PERMUTATIONS, MOST_DRAWS = 1_000_000, 100_000


def associate(
    background: Any,
    characteristics: Any,
    *,
    effort: Any = None,
    groups: Sequence[str] | None = None,
    clusters: Any = None,
    shared: Any = None,
    disjoint: tuple[Any, Any] | None = None,
    correlation: Literal["spearman", "kendall"] = "spearman",
    interval: Literal["fisher", "bootstrap"] = "fisher",
    adjust: Literal["bh", "by"] = "bh",
    level: float = 0.05,
    confidence: float = 0.95,
    fewest: int = 5,
    permutations: int = 9999,
    draws: int = 999,
    seed: int = 0,
    progress: Progress | None = None,
) -> AssociationResult:
    """Judge every pair of a background column and a characteristic: size, chance, false discoveries, effort.

    Parameters
    ----------
    background, characteristics
        Frames with the same cases as index. Numbers and ordered categories are ranked; texts, truth values and
        categories without order are groups. Empty cells (and blank texts) are missing: a pair takes the cases
        that have both, and counts the others.
    effort
        Frame or series of numbers, same cases: how much was read for a case (practices, sources). It is shown
        beside each pair and taken out of the ranks of both sides.
    groups
        Names of columns of numbers or ordered levels that are to be compared as groups.
    clusters
        Series, same cases: which cases belong together (cities of one country). Where one side of a pair has one
        value a cluster, whole clusters are shuffled; intervals draw whole clusters.
    shared
        Share of the evidence that both sides of a pair share, 0 to 1: one number, or a frame of background columns
        x characteristics.
    disjoint
        (background, characteristics) read off disjoint evidence: pairs of the same names are judged again there.
    correlation
        Rank correlation of two ranked columns; tau-b is told beside Spearman's in any case.
    interval
        Of rank correlations: "fisher" (Fisher's transformation) or "bootstrap". Other effect sizes, tau-b with
        ties, and all with clusters, have bootstrap intervals.
    adjust
        Which q decides what was found: "bh" (Benjamini and Hochberg; pairs independent or positively dependent)
        or "by" (Benjamini and Yekutieli; any dependence). Both are shown.
    level
        Largest q of a finding.
    confidence
        Of the intervals.
    fewest
        Least number of complete cases of a pair that is judged; with 4 no p could reach 0.05.
    permutations
        Shuffles a pair, and the most arrangements that are tried one by one; at most 1,000,000.
    draws
        Draws of the bootstrap, at most 100,000; 0 for no such intervals.
    seed
        Of shuffles and draws.
    progress
        Called with the work done and the whole of it, in shuffles and draws over all pairs; may raise
        :class:`~learningcity.core.Stopped`, see :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    AssociationResult
        A row for each pair, also for those that could not be judged, with the reason.

    Raises
    ------
    InputError
        Tables that are none, cases that differ, cells that cannot be read, columns on both sides, no pair that can
        be judged.
    UnknownNameError
        A column or an option that is not there.
    Stopped
        If ``progress`` raises it.

    Notes
    -----
    Two ranked columns: Spearman's coefficient or tau-b. Ranks by two groups: rank-biserial correlation (the test is
    Mann and Whitney's); positive if the later group in the order of names is higher. Ranks by more groups: epsilon
    squared, H / (n - 1), of Kruskal and Wallis. Groups by groups: Cramér's V (chi squared). p is two-sided: all
    arrangements where they are few, else (1 + as strong) / (1 + shuffles), so that without any relation p is at
    most a level with at most that probability, ties or none. Two groups by two: Fisher's exact test. Tau-b over more
    than 150 cases: the normal distribution.

    Fisher's intervals of 95 % held Spearman's coefficient of the population in 94 to 100 of 100 samples of 20 and of
    50 cases, without ties, with three levels, and with nine of ten cases alike; percentiles of the bootstrap in 93 to
    97, but in 61 to 94 with nine of ten alike. Where groups are compared the bootstrap draws within groups. Epsilon
    squared and V cannot be negative, so that their intervals lie above 0 even without any relation: judge by p.

    With effort taken out: partial Spearman correlation, or epsilon squared of the ranks' residuals (Quade); p shuffles
    the residuals (Freedman and Lane).

    A pair keeps its figures, except q, whatever other columns are given.

    References
    ----------
    Kendall (1938), doi 10.1093/biomet/30.1-2.81. Kruskal & Wallis (1952), doi 10.1080/01621459.1952.10483441.
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x. Benjamini & Yekutieli (2001),
    doi 10.1214/aos/1013699998. Freedman & Lane (1983), doi 10.1080/07350015.1983.10509354. Quade (1967),
    doi 10.1080/01621459.1967.10500925. Bonett & Wright (2000), doi 10.1007/BF02294183. Phipson & Smyth (2010),
    doi 10.2202/1544-6115.1585 (p is never 0).

    Examples
    --------
    >>> import pandas as pd
    >>> cities = list("abcdefgh")
    >>> background = pd.DataFrame({"size": range(8), "coast": [True, False] * 4}, index=cities)
    >>> traits = pd.DataFrame({"law": [0, 0, 1, 1, 2, 2, 3, 3]}, index=cities)
    >>> found = associate(background, traits)
    >>> found.table()[["background", "measure", "n", "estimate", "method", "found"]]
      background        measure  n  estimate method  found
    0       size       spearman  8   0.9759...  exact   True
    1      coast  rank_biserial  8   0.0000  exact  False
    """
    first, second = read_frame(background, "background"), read_frame(characteristics, "characteristics")
    second = align(second, first.index, "characteristics")
    refuse(
        [c for c in second.columns if c in first.columns],
        "Columns on both sides (a column goes with itself)",
        "两侧均出现的列（变量必然与自身相关）",
    )
    named = read_groups(groups, [*first.columns, *second.columns])
    settings = _settings(
        correlation,
        interval,
        adjust,
        level,
        confidence,
        fewest,
        permutations,
        draws,
        seed,
        clusters is not None,
    )
    sides = read_columns(first, named), read_columns(second, named)
    once = settings.permutations + 4 * settings.draws
    again = 0 if disjoint is None else settings.permutations
    steps = Steps(progress, once + again)
    with steps.part(once) as seen:
        pairs = judge_pairs(
            *sides, settings, _effort(effort, first.index), _clusters(clusters, first.index),
            _shared(shared, first.columns, second.columns), seen,
        )  # fmt: skip
    _refuse_nothing(pairs)
    if disjoint is not None:
        with steps.part(again) as seen:
            pairs = _repeated(pairs, disjoint, named, clusters, settings, seen)
    return AssociationResult(
        pairs=pairs, cases=len(first), effort=tuple(c.name for c in _effort(effort, first.index)), groups=named,
        correlation=correlation, interval=interval, adjust=adjust, level=settings.level, confidence=settings.confidence,
        fewest=settings.fewest, permutations=settings.permutations, draws=settings.draws, seed=settings.seed,
        clusters=None if clusters is None else int(_clusters(clusters, first.index).max()) + 1,
    )  # fmt: skip


def _settings(
    correlation: Any, interval: Any, adjust: Any, level: Any, confidence: Any, fewest: Any, permutations: Any, draws: Any,
    seed: Any, clustered: bool,
) -> Settings:  # fmt: skip
    for given, known in (
        (correlation, ("spearman", "kendall")),
        (interval, ("fisher", "bootstrap")),
        (adjust, ("bh", "by")),
    ):
        if given not in known:
            raise UnknownNameError("option", given, known)
    if clustered and correlation == "kendall":
        raise InputError(
            Text(
                "Clusters are shuffled with correlation='spearman' only; tau-b is told beside it.",
                "群组置换仅适用于correlation='spearman'；结果中同时列出tau-b。",
            )
        )
    return Settings(
        correlation, interval, adjust, float(share(level, "level")), float(share(confidence, "confidence")),
        whole_number(fewest, "fewest", 3), whole_number(permutations, "permutations", 1, MOST_PERMUTATIONS),
        whole_number(draws, "draws", 0, MOST_DRAWS), whole_number(seed, "seed"),
    )  # fmt: skip


def _effort(effort: Any, cases: Any) -> tuple[Column, ...]:
    """Measures of effort as ranked columns."""
    if effort is None:
        return ()
    columns = read_columns(align(read_frame(effort, "effort"), cases, "effort"))
    refuse(
        [c.name for c in columns if not c.ranked],
        "Measures of effort that are no numbers",
        "非数字的工作量指标",
    )
    return columns


def _clusters(clusters: Any, cases: Any) -> Any:
    """Number of the cluster of each case."""
    import numpy as np

    if clusters is None:
        return None
    frame = align(read_frame(clusters, "clusters"), cases, "clusters")
    if len(frame.columns) != 1:
        raise InputError(
            Text(
                f"clusters has {len(frame.columns)} columns; give one.",
                f"clusters有{len(frame.columns)}列，须为一列。",
            )
        )
    (column,) = read_columns(frame, frame.columns)
    refuse(frame.index[np.isnan(column.values)], "Cases without a cluster", "未指明群组的案例")
    return np.unique(column.values, return_inverse=True)[1]


def _shared(shared: Any, background: Any, characteristics: Any) -> dict[tuple[str, str], float]:
    """Share of common evidence of each pair that has one."""
    import pandas as pd

    if shared is None:
        return {}
    if isinstance(shared, pd.DataFrame):
        frame = read_frame(shared, "shared")
        for name, known in (
            *((n, background) for n in frame.index),
            *((n, characteristics) for n in frame.columns),
        ):
            if name not in known:
                raise UnknownNameError("column", name, known)
        cells = {
            (row, column.name): float(column.values[k])
            for column in read_columns(frame)
            for k, row in enumerate(frame.index)
            if column.ranked and column.values[k] == column.values[k]
        }
        refuse(
            [c.name for c in read_columns(frame) if not c.ranked],
            "Shares that are no numbers",
            "非数字的共用证据比例",
        )
    elif isinstance(shared, int | float) and not isinstance(shared, bool):
        cells = {(b, c): float(shared) for b in background for c in characteristics}
    else:
        raise InputError(
            Text(
                "shared takes a number from 0 to 1, or a frame of background columns x characteristics.",
                "shared须为0至1的数，或行为背景变量、列为特征变量的数据表。",
            )
        )
    refuse(
        [f"{b} - {c}" for (b, c), value in cells.items() if not 0 <= value <= 1],
        "Shares of evidence outside of 0 to 1",
        "共用证据比例不在0到1之间",
    )
    return cells


def _refuse_nothing(pairs: tuple[Pair, ...]) -> None:
    """Raise if no pair could be judged, and say why."""
    if any(pair.judged for pair in pairs):
        return
    told = [(pair.name, pair.reason or REASONS["too_few"]) for pair in pairs[:5]]
    more = len(pairs) - len(told)
    en = "; ".join(f"{name}: {reason.en}" for name, reason in told) + (
        f"; ... and {more} more" if more else ""
    )
    zh = "；".join(f"{name}：{reason.zh}" for name, reason in told) + (f"；……另有{more}对" if more else "")
    raise InputError(
        Text(
            f"No pair can be judged. {en}. Give columns that vary and cases that have both.",
            f"没有任何一对变量可以判断。{zh}。请提供有变化的列以及两侧均有取值的案例。",
        )
    )


def _repeated(
    pairs: tuple[Pair, ...],
    disjoint: Any,
    named: tuple[str, ...],
    clusters: Any,
    settings: Settings,
    progress: Progress | None,
) -> tuple[Pair, ...]:
    """Put beside each pair the same pair on disjoint evidence."""
    if not isinstance(disjoint, tuple | list) or len(disjoint) != 2:
        raise InputError(
            Text(
                "disjoint takes two frames: background and characteristics read off disjoint evidence.",
                "disjoint须为两个数据表：出自互不重叠证据的背景变量与特征变量。",
            )
        )
    first, second = read_frame(disjoint[0], "background"), read_frame(disjoint[1], "characteristics")
    second = align(second, first.index, "characteristics")
    again = judge_pairs(
        read_columns(first, named), read_columns(second, named), replace(settings, draws=0), (),
        _clusters(clusters, first.index), {}, progress,
    )  # fmt: skip
    found = {(pair.background, pair.characteristic): pair for pair in again}
    return tuple(replace(p, repeated=found.get((p.background, p.characteristic))) for p in pairs)
