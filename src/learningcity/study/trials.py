"""What the study tries on its cases: paths, necessary levels, styles, background; each once, and by rules that do not follow the result.

A trial is *strong* only when it passes all of these: it cannot be told to be chance at the false discovery
rate of the study over everything tried in its family; it holds on evidence that the two sides do not share;
and it holds on the codes of every other coder. The families share the level among them (Bonferroni), so that
a study of shuffled data says strong in at most so many cases as the level says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from learningcity.atlas import THEMES
from learningcity.core import InputError, LearningCityError, Text
from learningcity.explain import (
    AtlasBackground,
    AtlasCeilings,
    AtlasQca,
    AtlasStyles,
    PermutationResult,
    QcaSolution,
    RobustnessResult,
    atlas_background,
    atlas_ceilings,
    atlas_qca,
    atlas_styles,
    fit,
    minimise,
    permutation_test,
    robustness,
)
from learningcity.study.desk import Desk

if TYPE_CHECKING:
    import pandas as pd

#: Families of trials among which the level is shared.
FAMILIES = ("background", "paths", "levels", "styles")
#: Draws of intervals beside associations: a report needs no more.
MOST_DRAWS = 199
#: Shuffled tables beside styles.
MOST_SHUFFLES = 199
#: Of the background over a hundred pairs are asked: it is shuffled this many times as often as the rest, since with
#: fewer shuffles the least p of one pair alone, times the number of pairs, stays above the level.
MORE_SHUFFLES = 10


def level(desk: Desk) -> float:
    """The level of one family."""
    return desk.study.methods.level / len(FAMILIES)


def shuffles(desk: Desk, name: str) -> int:
    """How often a family is shuffled: "background", "paths", "levels" or "styles"."""
    chosen = desk.study.methods.permutations
    if name == "background":
        return min(MORE_SHUFFLES * (chosen + 1) - 1, 1_000_000)
    return min(chosen, MOST_SHUFFLES) if name == "styles" else chosen


def blind(desk: Desk, name: str, tried: int) -> bool:
    """Whether one statement alone among those tried could not be found, however clear it is."""
    return tried / (1 + shuffles(desk, name)) > level(desk)


def asked_as(desk: Desk, name: str) -> str:
    """The line of Python that asks what this module asks: "background", "ceilings" or "styles"."""
    chosen = desk.study.methods
    more = {
        "background": f"permutations={shuffles(desk, 'background')}, draws={min(chosen.draws, MOST_DRAWS)}",
        "ceilings": f"permutations={chosen.permutations}",
        "styles": f"shuffles={shuffles(desk, 'styles')}, permutations={chosen.permutations}",
    }[name]
    return (
        f"found = lc.atlas_{name}(\n    atlas, coder={desk.study.coder!r}, policy=policy, level={level(desk)!r},\n"
        f"    {more}, seed={desk.study.seed},\n)"
    )


# --- background and characteristics -------------------------------------------------------------------


def background(desk: Desk) -> AtlasBackground | None:
    """What of the background goes with which mechanism and theme; None where these data carry no such question."""

    def make() -> AtlasBackground | None:
        chosen = desk.study.methods
        try:
            return atlas_background(
                desk.atlas, coder=desk.study.coder, policy=desk.study.codes, level=level(desk),
                permutations=shuffles(desk, "background"), draws=min(chosen.draws, MOST_DRAWS), seed=desk.study.seed,
            )  # fmt: skip
        except LearningCityError:
            return None

    return desk.once("background", make)


# --- paths --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PathTrial:
    """Paths to one theme.

    Parameters
    ----------
    theme
        The outcome.
    cases
        The cities as cases; None where these data carry no such question.
    solution
        The conservative solution; None = no combination reached the cuts.
    chance
        The test against shuffled outcomes.
    robust
        The alternatives.
    q
        The p of the test, corrected over the themes tried; None = no solution.
    disjoint
        Whether every path keeps the cut on every variant of evidence that is not shared.
    coders
        Whether the paths keep the cut on the codes of every other coder.
    reason
        Why there is no solution, or no question.
    """

    theme: str
    cases: AtlasQca | None
    solution: QcaSolution | None
    chance: PermutationResult | None
    robust: RobustnessResult | None
    q: float | None
    disjoint: bool
    coders: bool
    reason: Text | None

    def strong(self, at: float) -> bool:
        """Whether the paths pass every check."""
        return self.q is not None and self.q <= at and self.disjoint and self.coders


def paths(desk: Desk) -> tuple[PathTrial, ...]:
    """Try the paths to every theme, with the mechanisms that tell the cases apart as conditions."""

    def make() -> tuple[PathTrial, ...]:
        found = [_path(desk, theme) for theme in THEMES]
        tried = [one.chance.p if one.chance is not None else 1.0 for one in found if one.cases is not None]
        at = iter(corrected(tried))
        return tuple(
            replace(one, q=q if one.chance is not None else None)
            for one, q in ((one, next(at) if one.cases is not None else None) for one in found)
        )

    return desk.once("paths", make)


def corrected(values: Sequence[float]) -> list[float]:
    """Give the false discovery rate at which each p would count as found (Benjamini & Hochberg 1995).

    Examples
    --------
    >>> corrected([0.01, 0.04, 0.03, 1.0])
    [0.04, 0.05333333333333334, 0.05333333333333334, 1.0]
    """
    order = sorted(range(len(values)), key=lambda i: values[i], reverse=True)
    least, found = 1.0, [1.0] * len(values)
    for n, i in enumerate(order):
        least = min(least, values[i] * len(values) / (len(values) - n))
        found[i] = least
    return found


def _path(desk: Desk, theme: str) -> PathTrial:
    chosen, policy = desk.study.methods, desk.study.codes
    try:
        cases = atlas_qca(desk.atlas, theme, coder=desk.study.coder, policy=policy)
    except LearningCityError as error:
        return PathTrial(theme, None, None, None, None, None, False, False, error.text)
    try:
        solution = minimise(cases.truth_table(chosen.inclusion, pri_cut=chosen.pri))
    except InputError as error:
        return PathTrial(theme, cases, None, None, None, None, False, False, error.text)
    cuts: dict[str, Any] = {"inclusion_cut": chosen.inclusion, "pri_cut": chosen.pri}
    asked = (cases.data, cases.outcome, cases.conditions)
    chance = permutation_test(
        *asked, **cuts, permutations=chosen.permutations, level=level(desk), seed=desk.study.seed
    )
    robust = robustness(*asked, **cuts, inclusion_range=(chosen.inclusion, min(chosen.inclusion + 0.1, 1.0)))
    disjoint = _keeps_disjoint(cases.paths(solution, 0), chosen.inclusion)
    others = {coder: frame for coder, frame in cases.by_coder().items() if coder != cases.coder}
    return PathTrial(
        theme, cases, solution, chance, robust, None, disjoint,
        bool(others) and all(_keeps(solution, frame, chosen.inclusion) for frame in others.values()), None,
    )  # fmt: skip


def _keeps_disjoint(paths: pd.DataFrame, cut: float) -> bool:
    columns = [
        str(c)
        for c in paths.columns
        if str(c).endswith("keep_inclusion") or str(c).endswith("keeps_inclusion")
    ]
    return bool(columns) and bool((paths[columns] >= cut).all().all())


def _keeps(solution: QcaSolution, frame: pd.DataFrame, cut: float) -> bool:
    expression = " + ".join(str(term) for term in solution.models[0])
    try:
        return bool(fit(expression, frame, solution.truth.outcome).inclusion >= cut)
    except LearningCityError:
        return False


# --- levels and styles --------------------------------------------------------------------------------


def ceilings(desk: Desk) -> AtlasCeilings | None:
    """Which level of a mechanism goes with every level of a theme; None where these data carry no such question."""

    def make() -> AtlasCeilings | None:
        chosen = desk.study.methods
        try:
            return atlas_ceilings(
                desk.atlas, coder=desk.study.coder, policy=desk.study.codes, level=level(desk),
                permutations=chosen.permutations, seed=desk.study.seed,
            )  # fmt: skip
        except LearningCityError:
            return None

    return desk.once("ceilings", make)


def styles(desk: Desk) -> AtlasStyles | None:
    """Whether the cities fall into styles; None where these data carry no such question."""

    def make() -> AtlasStyles | None:
        chosen = desk.study.methods
        try:
            return atlas_styles(
                desk.atlas, coder=desk.study.coder, policy=desk.study.codes, level=level(desk),
                shuffles=shuffles(desk, "styles"), permutations=chosen.permutations, seed=desk.study.seed,
            )  # fmt: skip
        except LearningCityError:
            return None

    return desk.once("styles", make)


def strong_styles(found: AtlasStyles) -> bool:
    """Whether styles are borne out, on the codes of every other coder and on evidence kept apart, too."""
    again = found.repeats[
        found.repeats["name"].str.startswith("coder") | (found.repeats["name"] == "themes_keep")
    ]
    return bool(found.found and len(again) and again["found"].all())
