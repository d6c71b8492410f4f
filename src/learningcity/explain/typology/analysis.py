"""Find styles among cases: Gower distances, k-medoids, and whether there is structure at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from learningcity.core import (
    NEAR_CONSTANT,
    InputError,
    Progress,
    Steps,
    Text,
    UnknownNameError,
    share,
    whole_number,
)
from learningcity.explain.tables import refuse
from learningcity.explain.typology.beside import beside_table
from learningcity.explain.typology.columns import Column, read_columns, read_frame
from learningcity.explain.typology.gower import Ordered, Ready, missing_cells, prepare, unknown_pairs
from learningcity.explain.typology.medoids import check_k
from learningcity.explain.typology.result import TypologyResult
from learningcity.explain.typology.structure import (
    LEAST_SILHOUETTE,
    LEAST_STABILITY,
    Candidate,
    against,
    candidates,
    choose,
    is_stable,
    reference_silhouettes,
    with_stability,
)
from learningcity.explain.typology.styles import Style, name_of, profiles

#: Random starts up to so many cases: they find a lower sum in small tables, and cost too much in large ones.
_STARTS = ((200, 5), (500, 1), (10**9, 0))
#: Random starts, draws and shuffled tables, and permutations, beyond which nothing becomes clearer, only slower.
MOST_DRAWS, MOST_PERMUTATIONS = 100_000, 1_000_000
_INCOMPARABLE = ("refuse", "leave_out")
_NO_CELL = Text("it has no value in any column used", "在所用各列中均无取值")
_NO_COMMON = Text("it shares no cell with another case", "与另一案例没有共同的单元格")


def typology(
    table: Any,
    k: int | Literal["auto"] = "auto",
    *,
    kinds: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
    ordered: Ordered = "podani",
    beside: Any = None,
    beside_kinds: Mapping[str, str] | None = None,
    incomparable: Literal["refuse", "leave_out"] = "refuse",
    least_silhouette: float = LEAST_SILHOUETTE,
    least_stability: float = LEAST_STABILITY,
    level: float = 0.05,
    between: float = 0.1,
    starts: int | None = None,
    draws: int = 100,
    shuffles: int = 199,
    permutations: int = 999,
    seed: int | None = 0,
    progress: Progress | None = None,
) -> TypologyResult:
    """Group cases into styles around real cases, if there is structure.

    Parameters
    ----------
    table
        Frame, index case, one column a characteristic, in any unit; empty cells are allowed.
    k
        Number of styles, or "auto": 2 to a third of the cases, at most 10; the largest mean silhouette among those
        whose every style is stable. With "auto" cases without structure are not divided (k = 1); a number is
        followed, and the result says whether there is structure.
    kinds, weights, ordered
        As :func:`gower` takes them.
    beside
        Frame with the same cases: effort, region and the like. These columns make no style; whether the styles
        follow them is tested by permutation.
    beside_kinds
        Kinds of its columns.
    incomparable
        Pairs of cases without a cell in common: "refuse", or "leave_out" as few cases as a simple search finds.
        Cases without any value are always left out and named.
    least_silhouette
        Structure needs a mean silhouette above this.
    least_stability
        Structure needs a mean Jaccard similarity of each style of at least this.
    level
        Structure needs a p against shuffled columns of at most this.
    between
        A case lies between two styles if its silhouette is at most this far from 0.
    starts
        Random starts of the search beside BUILD; None = 5 up to 200 cases, 1 up to 500, none beyond.
    draws, shuffles, permutations
        Draws of cases for stability, tables with shuffled columns, permutations for ``beside``. 0 draws or
        shuffles: that limit is not held. At most 100,000 draws and shuffles.
    seed
        None draws one; the result keeps it.
    progress
        Called after each draw and shuffled table with those done and their number; may raise
        :class:`~learningcity.core.Stopped`, see :class:`~learningcity.core.Progress`.

    Returns
    -------
    TypologyResult
        Distances skip missing cells pair by pair; nothing is imputed.

    Raises
    ------
    InputError
        Too few cases or columns that vary, more styles than different cases, pairs without a cell in common, cells
        that cannot be compared, choices out of their range.
    UnknownNameError
        A column, kind or option that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Gower (1971), doi 10.2307/2528823. Podani (1999), doi 10.2307/1224438. Kaufman & Rousseeuw (1990),
    doi 10.1002/9780470316801. Rousseeuw (1987), doi 10.1016/0377-0427(87)90125-7. Schubert & Rousseeuw (2021),
    doi 10.1016/j.is.2021.101804. Hennig (2007), doi 10.1016/j.csda.2006.11.025. Hubert & Arabie (1985),
    doi 10.1007/BF01908075.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"size": [1, 2, 3, 11, 12, 13], "coast": ["no", "no", "no", "yes", "yes", "yes"], "age": [5, 4, 5, 1, 1, 2]},
    ...     index=list("abcdef"), dtype=object)
    >>> found = typology(table, seed=1)
    >>> found.k, found.medoids, found.styles[0].cases
    (2, ('a', 'e'), ('a', 'b', 'c'))
    """
    import numpy as np

    spec = _spec(
        k=k, kinds=kinds, weights=weights, ordered=ordered, incomparable=incomparable,
        least_silhouette=least_silhouette, least_stability=least_stability, level=level, between=between,
        starts=starts, draws=draws, shuffles=shuffles, permutations=permutations,
    )  # fmt: skip
    number = int(np.random.default_rng().integers(0, 2**32)) if seed is None else whole_number(seed, "seed")
    step = Steps(progress, spec["draws"] + spec["shuffles"])
    frame = read_frame(table)
    others = _read_beside(beside, frame, beside_kinds)
    frame, ready, left_out, gone, distance, common = _comparable(frame, kinds, weights, ordered, incomparable)
    ks = check_k(k, len(frame))
    if starts is None:
        spec["starts"] = next(number for most, number in _STARTS if len(frame) <= most)
    search, resample, shuffle = np.random.SeedSequence(number).spawn(3)
    tried = candidates(distance, ks, spec["starts"], np.random.default_rng(search))
    if not tried:
        _refuse_few_different(ks[0], frame, distance)
    tried = (
        with_stability(tried, distance, spec["draws"], resample.spawn(spec["draws"]), step)
        if draws
        else tried
    )
    null: Any = ()
    if shuffles:
        null = reference_silhouettes(ready, ks, spec["starts"], shuffle.spawn(spec["shuffles"]), step)
        tried = against(tried, null)
    chosen, _ = choose(tried, spec["least_stability"])
    reasons = _reasons(chosen, spec)
    divided = k != "auto" or not reasons
    labels = chosen.partition.labels if divided else np.zeros(len(frame), np.int64)
    number_of = chosen.k if divided else 1
    profile = (
        profiles(ready.columns, labels, number_of) if divided else profiles(ready.columns, labels, 1).iloc[:0]
    )
    cases = _cases(frame, ready, distance, labels, chosen if divided else None, spec["between"])
    kept = others.loc[frame.index] if others is not None else None
    tested = read_columns(kept, beside_kinds) if kept is not None and divided else ()
    pairs = np.triu_indices(len(frame), 1)
    step.finish()
    return TypologyResult(
        found=not reasons,
        reasons=tuple(reasons),
        k=number_of,
        styles=_styles(cases, profile, chosen if divided else None, number_of),
        cases=cases,
        profile=profile,
        choices=_choices(tried, chosen, spec["shuffles"]),
        beside=beside_table(tested, labels, spec["permutations"], number),
        distances=_square(distance, frame.index),
        columns={c.name: c.kind for c in ready.columns},
        left_out=left_out,
        left_out_cases=gone,
        near_constant=tuple(c.name for c in ready.columns if _nearly_constant(c)),
        missing=missing_cells(ready),
        cells=int(ready.upper.size),
        least_common=float((common[pairs] / ready.weights.sum()).min()),
        spec=spec,
        seed=number,
        shuffled=tuple(sorted(map(float, null))),
    )


def _spec(**given: Any) -> dict[str, Any]:
    for name in ("starts", "draws", "shuffles"):
        if name == "starts" and given[name] is None:
            continue
        given[name] = whole_number(given[name], name, 0, MOST_DRAWS)
    given["permutations"] = whole_number(given["permutations"], "permutations", 1, MOST_PERMUTATIONS)
    share(given["level"], "level")
    for name, low, high in (("least_silhouette", -1, 1), ("least_stability", 0, 1), ("between", 0, 1)):
        value = given[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise InputError(
                Text(
                    f"{name} is {value!r}; give a number from {low} to {high}.",
                    f"{name}为{value!r}，须为{low}至{high}之间的数。",
                )
            )
    if given["incomparable"] not in _INCOMPARABLE:
        raise UnknownNameError("option", given["incomparable"], _INCOMPARABLE)
    given["kinds"] = given["kinds"] or {}
    given["weights"] = given["weights"] or {}
    return given


def _read_beside(beside: Any, frame: Any, kinds: Any) -> Any:
    if beside is None:
        return None
    found = read_frame(beside, "beside")
    refuse(
        [c for c in frame.index if c not in found.index],
        "Cases of the table that beside lacks (give both the same cases)",
        "table中有而beside中没有的案例（两表须含相同案例）",
    )
    refuse(
        [c for c in found.columns if c in frame.columns],
        "Columns that make the styles and shall be tested beside them (keep them in one of the two)",
        "既用于划分类型又列在beside中的列（只能保留在一处）",
    )
    read_columns(found, kinds)
    return found


def _comparable(
    frame: Any, kinds: Any, weights: Any, ordered: str, incomparable: str
) -> tuple[Any, Ready, dict[str, Text], dict[str, Text], Any, Any]:
    """Leave out what has no cells; refuse or leave out what cannot be compared; give distances without a gap."""
    import numpy as np

    from learningcity.explain.typology.compiled_medoids import gower_pairs

    gone: dict[str, Text] = {}
    while True:
        ready, left_out = prepare(frame, kinds, weights, ordered)
        if len(ready.columns) < 2:
            raise InputError(
                Text(
                    f"Only {ready.columns[0].name} tells the cases apart; styles need at least two columns that vary.",
                    f"只有{ready.columns[0].name}一列能区分案例；划分类型至少需要两列有变化。",
                )
            )
        empty = np.isnan(ready.upper).all(axis=1)
        if empty.any():
            gone |= {str(c): _NO_CELL for c in frame.index[empty]}
            frame = frame.loc[~empty]
            continue
        distance, common = gower_pairs(ready.upper, ready.lower, ready.kinds, ready.weights)
        unknown = np.isnan(distance)
        if not unknown.any():
            return frame, ready, left_out, gone, distance, common
        if incomparable == "refuse":
            refuse(
                [f"{a} / {b}" for a, b in unknown_pairs(distance, list(frame.index))],
                "Pairs of cases without a cell in common, so without a distance (take out cases with few cells, or "
                "choose incomparable='leave_out')",
                "没有共同单元格、因而没有距离的案例对（请剔除取值很少的案例，或设incomparable='leave_out'）",
            )
        out = np.zeros(len(frame), bool)
        while unknown.any():
            worst = int(unknown.sum(axis=1).argmax())
            out[worst] = True
            unknown[worst, :] = unknown[:, worst] = False
        gone |= {str(c): _NO_COMMON for c in frame.index[out]}
        frame = frame.loc[~out]


def _refuse_few_different(k: int, frame: Any, distance: Any) -> None:
    from learningcity.explain.typology.medoids import most_medoids

    different = len(most_medoids(distance, len(frame)))
    raise InputError(
        Text(
            f"k is {k}, but only {different} of the {len(frame)} cases differ; ask for at most {different} styles.",
            f"k为{k}，但{len(frame)}个案例中只有{different}个互不相同；最多划分为{different}种类型。",
        )
    )


def _reasons(chosen: Candidate, spec: Mapping[str, Any]) -> list[Text]:
    """Limits that are not met."""
    found = []
    if chosen.silhouette <= spec["least_silhouette"]:
        found.append(
            Text(
                f"the mean silhouette is not above {spec['least_silhouette']:g}",
                f"平均轮廓系数未超过{spec['least_silhouette']:g}",
            )
        )
    if not is_stable(chosen, spec["least_stability"]):
        found.append(
            Text(
                f"a style does not come back when cases are drawn anew (stability under {spec['least_stability']:g})",
                f"重新抽取案例时有类型不能重现（稳定性低于{spec['least_stability']:g}）",
            )
        )
    p = _p(chosen, spec["shuffles"])
    if p > spec["level"]:
        found.append(
            Text(
                f"shuffled columns do as well too often (p above {spec['level']:g})",
                f"打乱各列后也常能达到同样结果（p大于{spec['level']:g}）",
            )
        )
    return found


def _p(one: Candidate, shuffles: int) -> float:
    return (1 + one.as_good) / (1 + shuffles) if shuffles else float("nan")


def _cases(
    frame: Any, ready: Ready, distance: Any, labels: Any, chosen: Candidate | None, limit: float
) -> Any:
    import numpy as np
    import pandas as pd

    n = len(frame)
    medoids = np.array([distance.sum(axis=0).argmin()]) if chosen is None else chosen.partition.medoids
    width = np.full(n, np.nan) if chosen is None else chosen.width
    neighbour = [None] * n if chosen is None else [int(v) + 1 for v in chosen.neighbour]
    return pd.DataFrame(
        {
            "style": labels.astype(int) + 1,
            "silhouette": width,
            "neighbour": pd.array(neighbour, dtype="Int64"),
            "between": np.abs(np.nan_to_num(width, nan=2.0)) <= limit,
            "distance": distance[np.arange(n), medoids[labels]],
            "medoid": np.isin(np.arange(n), medoids),
            "cells": (~np.isnan(ready.upper)).sum(axis=1),
        },
        index=frame.index.rename("case"),
    )


def _styles(cases: Any, profile: Any, chosen: Candidate | None, k: int) -> tuple[Style, ...]:
    found = []
    for number in range(1, k + 1):
        own = cases[cases["style"] == number]
        stability = chosen.jaccard[number - 1] if chosen is not None and chosen.jaccard else float("nan")
        words = name_of(profile[profile["style"] == number]) if k > 1 else Text("all cases", "全部案例")
        found.append(
            Style(
                number=number,
                name=words,
                medoid=str(own.index[own["medoid"]][0]),
                cases=tuple(own.index),
                between=tuple(own.index[own["between"]]),
                silhouette=float(own["silhouette"].mean()),
                stability=float(stability),
            )
        )
    return tuple(found)


def _choices(tried: tuple[Candidate, ...], chosen: Candidate, shuffles: int) -> Any:
    import numpy as np
    import pandas as pd

    nan = float("nan")
    return pd.DataFrame(
        [
            {
                "k": one.k,
                "silhouette": one.silhouette,
                "p": _p(one, shuffles),
                "stability": min(one.jaccard) if one.jaccard else nan,
                "stability_mean": float(np.mean(one.jaccard)) if one.jaccard else nan,
                "rand": one.rand,
                "cost": one.partition.cost,
                "smallest": int(np.bincount(one.partition.labels).min()),
                "chosen": one is chosen,
            }
            for one in tried
        ]
    )


def _nearly_constant(column: Column) -> bool:
    import numpy as np

    known = column.values[~np.isnan(column.values)]
    _, count = np.unique(known, return_counts=True)
    return bool(count.max() / len(known) >= NEAR_CONSTANT)


def _square(distance: Any, names: Any) -> Any:
    import pandas as pd

    return pd.DataFrame(distance, index=names, columns=names)
