"""Judge pairs: count them, size them, test them together, adjust for their number."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learningcity.core import NEAR_CONSTANT, Progress, Steps, Text
from learningcity.explain.association import intervals, measures, permutation
from learningcity.explain.association.columns import Column
from learningcity.explain.association.measures import PartialSides, Side
from learningcity.explain.association.permutation import Chance, Request
from learningcity.explain.association.result import Pair, Partial
from learningcity.explain.association.words import NOTES, REASONS

#: A group of fewer cases is pointed out.
SMALL_GROUP = 3


@dataclass(frozen=True)
class Settings:
    """The choices of an association."""

    correlation: str
    interval: str
    adjust: str
    level: float
    confidence: float
    fewest: int
    permutations: int
    draws: int
    seed: int


@dataclass(frozen=True)
class _Ready:
    """A pair that can be judged, with what its tests need."""

    pair: Pair
    first: Side
    second: Side
    rows: Any
    clusters: Any
    whole: int
    partial: PartialSides | None


def judge_pairs(
    background: tuple[Column, ...],
    characteristics: tuple[Column, ...],
    settings: Settings,
    effort: tuple[Column, ...],
    clusters: Any,
    shared: dict[tuple[str, str], float],
    progress: Progress | None = None,
) -> tuple[Pair, ...]:
    """Judge every pair; the order is background by background."""
    reader = _Reader(settings, effort, clusters, shared)
    made = [reader.read(one, other) for one in background for other in characteristics]
    ready = {(r.pair.background, r.pair.characteristic): r for r in made if isinstance(r, _Ready)}
    # A draw costs about as much as four shuffles, many of which are shared by pairs.
    steps = Steps(progress, len(ready) * (settings.permutations + 4 * settings.draws))
    chances, left = _chances(ready, settings, steps)
    judged = {}
    for name, one in ready.items():
        judged[name] = _finished(one, chances[name], left.get(name), settings, steps)
        steps(4 * settings.draws)
    steps.finish()
    pairs = [r if isinstance(r, Pair) else judged[r.pair.background, r.pair.characteristic] for r in made]
    return adjusted(pairs, settings.adjust, settings.level)


class _Reader:
    """Turns two columns into a pair that can be judged, or into one that says why not."""

    def __init__(
        self,
        settings: Settings,
        effort: tuple[Column, ...],
        clusters: Any,
        shared: dict[tuple[str, str], float],
    ) -> None:
        self.settings, self.effort, self.clusters, self.shared = settings, effort, clusters, shared
        self._sides: dict[tuple[str, str, bytes], Side] = {}

    def side(self, place: str, column: Column, rows: Any) -> Side:
        key = (place, column.name, rows.tobytes())
        if key not in self._sides:
            self._sides[key] = measures.side_of(column, rows)
        return self._sides[key]

    def read(self, one: Column, other: Column) -> _Ready | Pair:
        import numpy as np

        gone = np.isnan(one.values), np.isnan(other.values)
        rows = ~(gone[0] | gone[1])
        pair = Pair(
            one.name, other.name, int(rows.sum()), int(gone[0].sum()), int(gone[1].sum()),
            shared=self.shared.get((one.name, other.name)),
        )  # fmt: skip
        if pair.n < self.settings.fewest:
            return replace(pair, reason=REASONS["too_few"].format(n=pair.n, fewest=self.settings.fewest))
        first, second = self.side("background", one, rows), self.side("characteristic", other, rows)
        clusters, whole = self._whole(first, second, rows)
        reason = self._reason(pair, first, second, clusters, whole)
        if reason is not None:
            return replace(pair, reason=reason)
        measure = measures.measure_of(first, second, self.settings.correlation)
        notes = _notes(pair, first, second)
        if clusters is not None:
            count = int(clusters.max()) + 1
            notes += (NOTES["by_cluster"].format(clusters=count) if whole else NOTES["clusters_crossed"],)
        near = tuple(name for name, side in ((one.name, first), (other.name, second)) if _nearly_all(side))
        pair = replace(pair, measure=measure, notes=notes, groups=_groups(first, second), near_constant=near)
        return self._with_effort(_Ready(pair, first, second, rows, clusters, whole, None))

    def _whole(self, first: Side, second: Side, rows: Any) -> tuple[Any, int]:
        """Clusters of the cases, and which side (1, 2) has one value a cluster; 0 neither."""
        import numpy as np

        if self.clusters is None:
            return None, 0
        clusters = np.unique(self.clusters[rows], return_inverse=True)[1]
        if clusters.max() + 1 == len(clusters):
            return None, 0
        for place, side in ((1, first), (2, second)):
            if len(np.unique(clusters * side.distinct + side.codes)) == clusters.max() + 1:
                return clusters, place
        return clusters, 0

    def _reason(self, pair: Pair, first: Side, second: Side, clusters: Any, whole: int) -> Text | None:
        if first.distinct == 1:
            return REASONS["constant_background"].format(n=pair.n)
        if second.distinct == 1:
            return REASONS["constant_characteristic"].format(n=pair.n)
        if any(not side.ranked and side.distinct == pair.n for side in (first, second)):
            return REASONS["single_groups"]
        if whole and clusters.max() + 1 < self.settings.fewest:
            return REASONS["too_few_clusters"].format(
                clusters=int(clusters.max()) + 1, fewest=self.settings.fewest
            )
        return None

    def _with_effort(self, ready: _Ready) -> _Ready:
        """Put effort beside the pair and take it out."""
        import numpy as np

        if not self.effort:
            return ready
        pair = replace(ready.pair, effort=tuple(self._beside(ready, e) for e in self.effort))
        values = np.column_stack([e.values for e in self.effort])
        rows = ready.rows & ~np.isnan(values).any(axis=1)
        inside = rows[ready.rows]
        n = int(rows.sum())
        note = sides = None
        if not (ready.first.ranked or ready.second.ranked):
            note = NOTES["effort_groups"]
        elif n < self.settings.fewest + len(self.effort):
            note = NOTES["effort_too_few"].format(n=n)
        else:
            first, second = (measures.part_of(side, inside) for side in (ready.first, ready.second))
            sides = measures.partial_sides(first, second, values[rows])
            if sides is None:
                note = NOTES["effort_absorbs"]
            elif ready.whole:
                note = NOTES["effort_clusters"]
        pair = replace(pair, notes=pair.notes + ((note,) if note else ()))
        if sides is not None:
            pair = replace(pair, partial=self._partial(sides, ready, n))
        return replace(ready, pair=pair, partial=None if ready.whole else sides)

    def _partial(self, sides: PartialSides, ready: _Ready, n: int) -> Partial:
        if not (ready.first.ranked and ready.second.ranked):
            return Partial("epsilon_squared", n, sides.share)
        value, taken = sides.correlation, sides.effort.shape[1] - 1
        span = intervals.fisher_interval(value, n, self.settings.confidence, taken_out=taken)
        low, high = span if span and ready.clusters is None else (None, None)
        return Partial("spearman", n, value, low, high)

    def _beside(self, ready: _Ready, effort: Column) -> tuple[str, float | None, float | None]:
        """Spearman's coefficient of both sides with a measure of effort."""
        import numpy as np
        from scipy import stats

        values = effort.values[ready.rows]
        has = ~np.isnan(values)
        found: list[float | None] = []
        for side in (ready.first, ready.second):
            value = None
            if has.sum() >= self.settings.fewest and (side.ranked or side.distinct == 2):
                x, y = (measures.unit(stats.rankdata(v[has])) for v in (side.codes, values))
                value = float(x @ y) if x.any() and y.any() else None
            found.append(value)
        return effort.name, found[0], found[1]


def _groups(first: Side, second: Side) -> tuple[tuple[str, int], ...]:
    """Names and sizes of the groups, those of the background first."""
    for side in (first, second):
        if not side.ranked:
            return tuple(zip(side.levels, side.counts.tolist(), strict=True))
    return ()


def _notes(pair: Pair, first: Side, second: Side) -> tuple[Text, ...]:
    """Near-constant columns and small groups."""
    notes = []
    for name, side in ((pair.background, first), (pair.characteristic, second)):
        if _nearly_all(side):
            top = int(side.counts.max())
            notes.append(NOTES["near_constant"].format(top=top, n=pair.n, column=name))
    least = min((int(side.counts.min()) for side in (first, second) if not side.ranked), default=SMALL_GROUP)
    if least < SMALL_GROUP:
        notes.append(NOTES["small_group"].format(count=least))
    return tuple(notes)


def _nearly_all(side: Side) -> bool:
    """Whether nearly all cases have one value."""
    return bool(side.counts.max() >= NEAR_CONSTANT * len(side.codes))


def _chances(
    ready: dict[tuple[str, str], _Ready], settings: Settings, steps: Steps
) -> tuple[dict[Any, Chance], dict[Any, Chance]]:
    """Give the chance of each pair, and that with effort taken out where there is one."""
    from scipy import stats

    found: dict[Any, Chance] = {}
    requests: list[Request] = []
    for name, one in ready.items():
        measure = one.pair.measure or ""
        steps.pause()
        if one.whole:
            moved, fixed = (one.first, one.second) if one.whole == 1 else (one.second, one.first)
            shared: Hashable = ("cluster", one.whole, name[one.whole - 1], one.rows.tobytes())
            requests.append(permutation.cluster_request(("all", name), shared, moved, fixed, one.clusters))
            continue
        exact = permutation.exact_chance(one.first, one.second, measure, settings.permutations)
        if exact is not None:
            found[name] = exact
        elif measure == "kendall" and one.pair.n > permutation.KENDALL_MOST:
            tau = stats.kendalltau(one.first.codes, one.second.codes, method="asymptotic")
            found[name] = Chance(float(tau.pvalue), "asymptotic")
        else:
            make = permutation.kendall_request if measure == "kendall" else permutation.plain_request
            shared = (measure == "kendall", name[0], one.rows.tobytes())
            requests.append(make(("all", name), shared, one.first, one.second))
    for name, one in ready.items():
        if one.partial is not None:
            moved_name = name[0] if one.first.ranked else name[1]
            key = ("partial", one.first.ranked, moved_name, one.rows.tobytes())
            requests.append(permutation.partial_request(("left", name), key, one.partial))
    with steps.part(len(ready) * settings.permutations) as progress:
        answers = permutation.sampled_chances(requests, settings.permutations, settings.seed, progress)
    of_kind: dict[Any, Any] = {"all": found, "left": {}}
    for (kind, name), chance in answers.items():
        of_kind[kind][name] = chance
    return found, of_kind["left"]


def _finished(ready: _Ready, chance: Chance, left: Chance | None, settings: Settings, steps: Steps) -> Pair:
    """Put effect size, interval and chance into the pair."""
    pair, first, second = ready.pair, ready.first, ready.second
    measure = pair.measure or ""
    estimate = measures.estimate_of(first, second, measure)
    span = _interval(ready, estimate, settings, steps)
    notes = list(pair.notes)
    drawn = (
        ready.clusters is not None or settings.interval == "bootstrap" or not (first.ranked and second.ranked)
    )
    if span is not None and drawn and any(_nearly_all(side) for side in (first, second)):
        notes.append(NOTES["interval_weak"])
    if span is None and settings.draws:
        many = measure == "kendall" and pair.n > intervals.TAU_MOST
        full = abs(estimate) >= 1 - intervals.SPREAD
        notes.append(
            NOTES["tau_large"].format(most=intervals.TAU_MOST)
            if many
            else NOTES["no_spread" if full else "no_interval"]
        )
    if chance.method == "permutation" and chance.as_good == 0:
        notes.append(NOTES["floor"].format(arrangements=chance.arrangements))
    if chance.method == "exact" and chance.arrangements and 1 / chance.arrangements > settings.level:
        notes.append(
            NOTES["least_exact"].format(
                arrangements=chance.arrangements, least=f"{1 / chance.arrangements:.2g}"
            )
        )
    higher = None
    if measure == "rank_biserial" and estimate != 0:
        names = (second if first.ranked else first).levels
        higher = names[1] if estimate > 0 else names[0]
    partial = pair.partial
    if partial is not None and left is not None:
        partial = replace(partial, p=left.p)
    return replace(
        pair, estimate=estimate, low=span and span[0], high=span and span[1], higher=higher,
        tau_b=measures.tau_b(first, second) if first.ranked and second.ranked else None,
        p=chance.p, method=chance.method, as_good=chance.as_good, arrangements=chance.arrangements,
        partial=partial, notes=tuple(notes),
    )  # fmt: skip


def _drawn(ready: _Ready, settings: Settings) -> bool:
    """Whether the interval is one of the bootstrap. Fieller's variance of tau is too small with ties."""
    first, second = ready.first, ready.second
    if ready.clusters is not None or settings.interval == "bootstrap" or not (first.ranked and second.ranked):
        return True
    return ready.pair.measure == "kendall" and min(first.distinct, second.distinct) < ready.pair.n


def _interval(ready: _Ready, estimate: float, settings: Settings, steps: Steps) -> tuple[float, float] | None:
    """Interval of the effect size."""
    first, second, measure = ready.first, ready.second, ready.pair.measure or ""
    ranked = measure in ("spearman", "kendall")
    if not _drawn(ready, settings):
        return intervals.fisher_interval(estimate, ready.pair.n, settings.confidence, measure)
    if not settings.draws or (measure == "kendall" and ready.pair.n > intervals.TAU_MOST):
        return None
    if ready.clusters is not None:
        weights = intervals.cluster_weights(ready.clusters, settings.draws, settings.seed)
    elif ranked or measure == "cramers_v":
        weights = intervals.case_weights(ready.pair.n, settings.draws, settings.seed)
    else:
        grouped = second if first.ranked else first
        weights = intervals.group_weights(grouped.codes, settings.draws, settings.seed)
    watched = _watched(weights, steps)
    return intervals.bootstrap_interval(first, second, measure, watched, settings.confidence)


def _watched(parts: Iterable[Any], steps: Steps) -> Iterator[Any]:
    """The same parts, each a place to stop at."""
    for part in parts:
        steps.pause()
        yield part


def adjusted(pairs: Sequence[Pair], adjust: str, level: float) -> tuple[Pair, ...]:
    """Adjust p for the number of judged pairs, also those with effort taken out for theirs.

    Parameters
    ----------
    pairs
        Of one run, or of several that are told together.
    adjust, level
        "bh" or "by", and the largest q of a finding.

    Returns
    -------
    tuple of Pair
        The same pairs with q_bh, q_by, found and the q of the partial figures over all of them.
    """
    from scipy import stats

    found = list(pairs)
    judged = [k for k, pair in enumerate(found) if pair.p is not None]
    if judged:
        ps = [found[k].p for k in judged]
        both = (stats.false_discovery_control(ps, method=how) for how in ("bh", "by"))
        for k, bh, by in zip(judged, *both, strict=True):
            q = float(bh if adjust == "bh" else by)
            found[k] = replace(found[k], q_bh=float(bh), q_by=float(by), found=q <= level)
    left = [(k, one) for k, pair in enumerate(found) if (one := pair.partial) and one.p is not None]
    if left:
        qs = stats.false_discovery_control([one.p for _, one in left], method=adjust)
        for (k, one), q in zip(left, qs, strict=True):
            found[k] = replace(found[k], partial=replace(one, q=float(q)))
    return tuple(found)
