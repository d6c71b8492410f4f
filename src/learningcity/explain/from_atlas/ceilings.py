"""Necessary levels among the cities of the atlas: every condition with every theme, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from learningcity.atlas import MECHANISMS, THEMES, Atlas, CodingPolicy
from learningcity.core import InputError, Progress, Steps, Text, UnknownNameError, share, whole_number
from learningcity.explain.ceiling_pairs import EFFORT, judge, one_pair
from learningcity.explain.evidence import VARIANTS, apart, shared_evidence
from learningcity.explain.from_atlas.ceilings_result import AtlasCeilings, Method
from learningcity.explain.from_atlas.coded import Coded, chosen, read_coded
from learningcity.explain.nca.result import CORNERS

if TYPE_CHECKING:
    import pandas as pd

#: What one pair counts as, so that the shuffles of each are told in hundredths.
PAIR = 100


def atlas_ceilings(
    atlas: Atlas,
    conditions: Sequence[str] | None = None,
    themes: Sequence[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
    method: Method = "ce_fdh",
    corner: int = 1,
    level: float = 0.05,
    least_effect: float = 0.1,
    permutations: int = 1999,
    seed: int = 0,
    progress: Progress | None = None,
) -> AtlasCeilings:
    """Ask of every condition and theme whether the theme is hardly seen without the condition.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    conditions, themes
        Mechanisms or themes, and themes or mechanisms; None = all mechanisms, all themes.
    coder
        Whose codes; the pairs are repeated on those of the others.
    policy
        Which practices count and how they add up; None = the default of ``lc.CodingPolicy``.
    not_seen
        What an empty score becomes: "visibility" = 0, which says nothing on the city itself; "leave_out" = cities
        without one of the two scores are left out of the pair.
    cities
        Other cases than all awarded cities.
    method
        The ceiling, as ``lc.ceiling`` takes it. The steps of "ce_fdh" suit scores of few levels.
    corner
        Which corner is asked about: 1 upper left (a high theme needs much of the condition), 2 upper right, 3 lower
        left, 4 lower right. Fix it before looking.
    level, least_effect
        Largest q (Benjamini and Hochberg, over all pairs of a condition and a theme that could be told from chance)
        and smallest effect of a finding.
    permutations, seed
        Of the tests; 0 permutations: no p, no q, nothing found, as tables of necessary levels need none.
    progress
        Called with the work done and the whole of it; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    AtlasCeilings
        Its table has one row a pair; kind "condition", or "effort" (practices and sources read, taken as a condition
        for comparison): condition, theme, n (cities with both), effect_size, p_value, p_accuracy, q, found, needed
        (level of the condition that the highest score of the theme needed, in corners 3 and 4 the lowest; NaN =
        none), peers (cities at the
        corner), least_p (smallest p that any arrangement of these scores could have; known for
        "ce_fdh" alone, else NaN), reason_en, reason_zh (why a
        pair is degenerate, else empty), effort_effect (largest effect of a measure of effort on the theme with p at
        most ``level``; NaN = none has), practices of the condition, of the theme, of both (condition_practices,
        theme_practices, both), of_theme and of_condition (shares that are of both); for each of outcome_keeps,
        conditions_keep, neither_keeps and coder_<name>: <it>_effect, <it>_p, <it>_held (None where the repetition is
        degenerate); held (found again in all of them).

    Raises
    ------
    InputError
        No city is left, no pair varies.
    UnknownNameError
        A condition, theme, coder, city, method or rule that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Dul (2016), doi 10.1177/1094428115584005. Dul, van der Laan & Kuik (2020), doi 10.1177/1094428118795272.
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_ceilings(lc.load_atlas(), ["law", "participation"], ["green"], permutations=199)
    >>> found.frame[["condition", "kind", "found"]].values.tolist()
    [['law', 'condition', False], ['participation', 'condition', False], ['practices', 'effort', False], ['sources', 'effort', False]]
    """
    import pandas as pd

    xs = chosen(conditions, "conditions", (*MECHANISMS, *THEMES)) if conditions is not None else MECHANISMS
    ys = chosen(themes, "themes", (*MECHANISMS, *THEMES)) if themes is not None else THEMES
    both = [c for c in xs if c in ys]
    if both:
        raise InputError(
            Text(
                f"On both sides: {', '.join(both)}; a condition says nothing of itself.",
                f"同时列为条件与特征：{'、'.join(both)}；条件不能说明其自身。",
            )
        )
    level, least_effect = float(share(level, "level")), float(share(least_effect, "least_effect"))
    permutations = whole_number(permutations, "permutations")
    seed = whole_number(seed, "seed")
    corner = _corner(corner)
    if permutations and 1 / (1 + permutations) > level:
        raise InputError(
            Text(
                f"With {permutations} permutations no p can reach {level:g}; ask for at least {ceil(1 / level) - 1}."
                if level
                else "level is 0; no p is ever that small.",
                f"仅{permutations}次置换时p值不可能达到{level:g}；至少须{ceil(1 / level) - 1}次。"
                if level
                else "level为0；p值不可能如此之小。",
            )
        )
    coded = read_coded(atlas, (*xs, *ys), coder, policy, not_seen, cities)
    test: dict[str, Any] = {
        "method": method,
        "corner": corner,
        "permutations": permutations,
        "seed": seed,
        "level": level,
    }
    others = {c: frame for c, frame in coded.by_coder().items() if c != coder}
    each = len(xs) * (1 + len(VARIANTS) + len(others)) + len(EFFORT)
    steps = Steps(progress, PAIR * len(ys) * each)

    def judged(frame: pd.DataFrame, x: str, y: str, words: Mapping[str, Text]) -> dict[str, Any]:
        with steps.part(PAIR) as seen:
            return one_pair(frame, x, y, words, **test, progress=seen)

    rows = []
    for y in ys:
        for x in xs:
            row = {
                "condition": x,
                "theme": y,
                "kind": "condition",
                **judged(coded.data, x, y, coded.labels),
            }
            row |= _evidence(coded, x, y)
            again = {name: _variant(coded, x, y, name) for name in VARIANTS}
            again |= {f"coder_{c}": frame for c, frame in others.items()}
            row["again"] = {name: judged(frame, x, y, coded.labels) for name, frame in again.items()}
            rows.append(row)
    data = coded.data.join(coded.effort[list(EFFORT)])
    labels = {**coded.labels, **EFFORT}
    for y in ys:
        for x in EFFORT:
            rows.append({"condition": x, "theme": y, "kind": "effort", **judged(data, x, y, labels)})
    frame = judge(pd.DataFrame(rows), level, least_effect)
    return AtlasCeilings(
        coded=coded, frame=frame, conditions=tuple(xs), themes=tuple(ys), method=method, level=level,
        least_effect=least_effect, permutations=permutations, seed=seed, corner=corner, asked=atlas,
    )  # fmt: skip


def _corner(given: Any) -> int:
    if isinstance(given, bool) or given not in CORNERS:
        raise UnknownNameError("option", given, list(CORNERS))
    return int(given)


def _evidence(coded: Coded, x: str, y: str) -> dict[str, Any]:
    one = shared_evidence(coded.practices, y, [x], list(coded.data.index))
    return {
        "condition_practices": one.conditions, "theme_practices": one.outcome, "both": one.both,
        "of_theme": one.of_outcome, "of_condition": one.of_conditions,
    }  # fmt: skip


def _variant(coded: Coded, x: str, y: str, name: str) -> pd.DataFrame:
    return coded.scored(apart(coded.practices, y, [x], name), [x, y])
