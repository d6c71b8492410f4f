"""What is asked of the library, each once: the recipe, the index, its draws, its sensitivity."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import waiting
from learningcity.web.once import once
from learningcity.web.screens.index.own import OWN, OwnReading, own_reading
from learningcity.web.screens.index.query import (
    AGGREGATE,
    NORMALISE,
    QUICK,
    TREAT,
    IndexQuery,
    reading,
    reading_of,
)

#: Base sample of the sensitivity analysis: a page may not take longer.
BASE = 64
DRAWING = lc.Text(
    "{n:,} draws; meanwhile the intervals are those of 1,000", "抽样{n:,}次；计算期间显示的是1000次抽样的区间"
)
#: How many results are kept; each is some hundred kilobytes.
KEPT = 32


@cache
def coders(name: str) -> dict[str, Any]:
    """The values as each coder saw them; empty where a reading rests on no codes."""
    if name == OWN:
        return {}
    asked = reading(name)
    return asked.by_coder() if asked.kind == "conditions" else {}


def spec(query: IndexQuery) -> lc.IndexSpec:
    """The recipe of the reading with what was changed in it."""
    asked = reading_of(query)
    found = asked.spec
    if query.less and isinstance(asked, OwnReading):
        found = asked.table.spec_with_less(query.less)
    changes: dict[str, Any] = {}
    for step, methods in (("normalise", NORMALISE), ("aggregate", AGGREGATE), ("treat", TREAT)):
        if getattr(query, step):
            changes[step] = methods[getattr(query, step)]
    if query.weights:
        changes["weights"] = {code: float(weight) for code, weight in query.weights}
    return found.replace(**changes) if changes else found


def choices(query: IndexQuery) -> dict[str, Any]:
    """What is drawn anew: weights always, coders where there are some, methods where asked for.

    The alternatives are such that they can be computed together: where a mean of products is asked
    for, every scale begins above zero.
    """
    own = spec(query)
    found: dict[str, Any] = {}
    positive = query.aggregate in ("geometric", "harmonic") or query.normalise in ("minmax-1", "rank")
    if coders(query.reading):
        found["coders"] = coders(query.reading)
    if query.varies in ("normalise", "both"):
        scales = (NORMALISE["minmax-1"], "rank") if positive else ("minmax", "zscore")
        found["normalise"] = _among(own.normalise, scales)
    if query.varies in ("aggregate", "both"):
        other = "geometric" if positive or query.reading == "visible" else "minimum"
        found["aggregate"] = _among(own.aggregate, ("arithmetic", other))
    found["weights"] = {"noise": float(query.noise)}
    return found


def _among(own: Any, others: tuple[Any, ...]) -> list[Any]:
    return [own, *(other for other in others if other != own)]


def _computed(query: IndexQuery) -> IndexQuery:
    """The query without what is only shown, so that one result serves every way of showing it."""
    return query.without("sort", "city", "group")


def _kept(make: Any, query: IndexQuery) -> Any:
    """A result of the atlas is kept for all, one of an own table with that table."""
    if query.reading != OWN:
        return make(query)
    asked = own_reading(query.own)
    return asked.held.kept((make.__name__, query), lambda: make.__wrapped__(query))


def built(query: IndexQuery) -> lc.IndexResult:
    """The index of the recipe."""
    return _kept(_built, _computed(query).without("noise", "vary", "draws", "seed"))


def contributed(query: IndexQuery) -> lc.Contributions:
    """What each indicator adds to it."""
    return _kept(_contributed, _computed(query).without("noise", "vary", "draws", "seed"))


def drawn(query: IndexQuery) -> lc.UncertaintyResult:
    """The draws around it."""
    many = many_draws(query)
    return _kept(_drawn, _computed(query)) if many is None else waiting.now(many)


def many_draws(query: IndexQuery) -> waiting.Long | None:
    """The draws as work that a page may wait for; None where they are made at once."""
    # What is waited for is kept for all, so that no own table may come there.
    if query.reading == OWN or int(query.draws) <= QUICK:
        return None
    asked = _computed(query)
    about = reading_of(asked), spec(asked), choices(asked)

    def make(progress: lc.Progress) -> lc.UncertaintyResult:
        return lc.uncertainty(*about, draws=int(asked.draws), seed=int(asked.seed), progress=progress)

    return waiting.Long("draws", asked, make, DRAWING.format(n=int(asked.draws)))


def blamed(query: IndexQuery) -> lc.SensitivityResult | None:
    """Which choice is to blame; None where one thing alone varies."""
    return _kept(_blamed, _computed(query).without("draws"))


@once(KEPT)
def _built(query: IndexQuery) -> lc.IndexResult:
    return lc.build_index(reading_of(query), spec(query))


@once(KEPT)
def _contributed(query: IndexQuery) -> lc.Contributions:
    return built(query).contributions()


@once(KEPT)
def _drawn(query: IndexQuery) -> lc.UncertaintyResult:
    # A table has at most as many units as pairs can be counted of.
    pairs = True if query.reading == OWN else None
    return lc.uncertainty(
        reading_of(query),
        spec(query),
        choices(query),
        draws=int(query.draws),
        seed=int(query.seed),
        pairs=pairs,
    )


@once(KEPT)
def _blamed(query: IndexQuery) -> lc.SensitivityResult | None:
    varied = choices(query)
    if len(varied) < 2:
        return None
    return lc.sensitivity(reading_of(query), spec(query), varied, draws=BASE, seed=int(query.seed))
