"""Background of the cities of the atlas with their mechanisms and themes; awarded cities against other members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import CONDITIONS, Atlas, CodingPolicy
from learningcity.core import InputError, Progress, Steps, UnknownNameError
from learningcity.explain.association import AssociationResult, associate, contrast_members
from learningcity.explain.association.pairs import adjusted
from learningcity.explain.association.result import Pair
from learningcity.explain.from_atlas.background_columns import (
    CONTEXT,
    Background,
    MemberTable,
    member_table,
    read_background,
)
from learningcity.explain.from_atlas.background_result import AtlasBackground
from learningcity.explain.from_atlas.coded import Coded, chosen, read_coded

if TYPE_CHECKING:
    import pandas as pd

#: Measures of effort that stand beside each pair and are taken out of it.
EFFORT = ("practices", "sources")


def atlas_background(
    atlas: Atlas,
    indicators: Sequence[str] | None = None,
    context: Sequence[str] = CONTEXT,
    characteristics: Sequence[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
    fewest: int = 10,
    adjust: Literal["bh", "by"] = "bh",
    level: float = 0.05,
    permutations: int = 9999,
    draws: int = 499,
    seed: int = 0,
    progress: Progress | None = None,
) -> AtlasBackground:
    """Ask what of the background of the cities goes with which mechanism and theme.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    indicators
        Figures of the cities; None = all economic, demographic and participation indicators that may be compared and
        that at least ``fewest`` of the cases have. Such as may not be compared are refused.
    context
        Figures of the country, as context: the latest year of each country.
    characteristics
        Mechanisms and themes; None = all.
    coder, policy, not_seen, cities
        As :func:`atlas_ceilings` takes them.
    fewest
        Least number of cities with both sides of a pair.
    adjust, level, permutations, draws, seed
        As ``lc.associate`` takes them.
    progress
        Called with the work done and the whole of it; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    AtlasBackground
        Region, year of the first award, figures of the city, figures of the country, each with every mechanism and
        theme; practices and sources read beside each pair and taken out of it; each pair repeated without practices
        read in a source that also gave a figure of the background, and on the codes of every other coder.

    Raises
    ------
    InputError
        An indicator that may not be compared; no city is left; no pair can be judged.
    UnknownNameError
        An indicator, characteristic, coder, city or rule that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x. Freedman & Lane (1983),
    doi 10.1080/07350015.1983.10509354.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_background(lc.load_atlas(), ["population"], characteristics=["law", "green"], permutations=99, draws=0)
    >>> found.coverage.at["country_gdp_per_capita_ppp", "kind"], found.association.pair("population", "law").measure
    ('country', 'spearman')
    """
    columns = chosen(characteristics, "characteristics", CONDITIONS)
    coded = read_coded(atlas, columns, coder, policy, not_seen, cities)
    read = read_background(atlas, list(coded.data.index), indicators, context, fewest)
    choices: dict[str, Any] = {
        "fewest": fewest, "adjust": adjust, "level": level, "permutations": permutations, "draws": draws, "seed": seed,
    }  # fmt: skip
    frames = {one: frame for one, frame in coded.by_coder().items() if one != coder}
    # The main pairs with draws and once more without shared sources; then each coder, and the members.
    steps = Steps(progress, 100 * (3 + len(frames) + 1))
    with steps.part(300) as seen:
        main = _associated(coded, read, coded.data, choices, seen, repeat=True)
    others: dict[str, AssociationResult] = {}
    silent = []
    for one, frame in frames.items():
        try:
            with steps.part(100) as seen:
                others[one] = _associated(coded, read, frame, {**choices, "draws": 0}, seen, repeat=False)
        except InputError:
            silent.append(one)
    table = member_table(atlas, context)
    with steps.part(100) as seen:
        members = _contrast(table, {**choices, "progress": seen})
    return AtlasBackground(
        coded=coded, background=read.frame, coverage=read.coverage, association=main, coders=others,
        silent_coders=tuple(silent), members=members, member_coverage=table.coverage, not_members=table.not_members,
        member_values=table.frame.assign(awarded=table.awarded), asked=atlas,
    )  # fmt: skip


def _associated(
    coded: Coded,
    read: Background,
    data: pd.DataFrame,
    choices: Mapping[str, Any],
    progress: Progress | None,
    *,
    repeat: bool,
) -> AssociationResult:
    """Judge columns of the city, then those of the country with countries shuffled whole; adjust over all pairs."""
    effort = coded.effort[list(EFFORT)]
    again = None
    if repeat:
        apart = [p for p in coded.practices if p.source not in read.sources.get(p.case, frozenset())]
        again = coded.scored(apart)
    found: list[AssociationResult] = []
    refused = None
    asked = [(n, c) for n, c in ((read.of_city, None), (read.of_country, read.countries)) if n]
    steps = Steps(progress, sum(30 * len(names) for names, _ in asked))
    for names, clusters in asked:
        first = (20 if repeat else 30) * len(names)
        frame = read.frame[list(names)]
        shared = read.shared(coded, names) if repeat else None
        try:
            with steps.part(first) as seen:
                one = associate(
                    frame, data, effort=effort, clusters=clusters, shared=shared, **choices, progress=seen
                )
        except UnknownNameError:
            raise
        except InputError as error:
            # Either no pair of these columns can be judged, or a choice is wrong: then the others are refused, too.
            refused = error
            steps(30 * len(names) - first)
            continue
        if again is not None:
            # Countries are shuffled whole here, too.
            with steps.part(30 * len(names) - first) as seen:
                other = _or_none(frame, again, clusters=clusters, **{**choices, "draws": 0, "progress": seen})
            one = replace(one, pairs=tuple(replace(p, repeated=_same(other, p)) for p in one.pairs))
        found.append(one)
    if refused is not None and not found:
        raise refused
    pairs = tuple(p for one in found for p in one.pairs)
    one = found[0]
    pairs = adjusted(pairs, one.adjust, one.level)
    return replace(one, pairs=pairs, clusters=found[-1].clusters)


def _or_none(*given: Any, **choices: Any) -> AssociationResult | None:
    """The association with choices that are known to be right, or None where no pair can be judged."""
    try:
        return associate(*given, **choices)
    except InputError:
        return None


def _same(other: AssociationResult | None, pair: Pair) -> Pair | None:
    return None if other is None else other.pair(pair.background, pair.characteristic)


def _contrast(table: MemberTable, choices: Mapping[str, Any]) -> AssociationResult | None:
    if table.awarded.nunique() < 2 or not len(table.frame.columns):
        return None
    try:
        return contrast_members(table.frame, table.awarded, countries=table.countries, **choices)
    except InputError:
        return None
