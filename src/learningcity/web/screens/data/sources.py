"""The pages that were read, by tier; and the statistical sources with their licences."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.data.query import SourceQuery
from learningcity.web.screens.sources.page import used_in

Row = dict[str, Any]

SHOWN = 40


@cache
def ordered() -> tuple[content.Source, ...]:
    """The pages read by tier, then by id; statistical sources stand elsewhere."""
    found = [s for s in content.sources().values() if not s.statistical]
    place = {tier: number for number, tier in enumerate(content.TIERS)}
    return tuple(sorted(found, key=lambda s: (place.get(s.tier, len(place)), s.source_id)))


def matches(source: content.Source, query: SourceQuery) -> bool:
    """Say whether a source fits the choices; the text is looked for in title, address and id."""
    wanted = content.sort_key(query.q, "en")
    said = (source.source_id, source.title or "", source.address or "")
    return (not query.tier or source.tier == query.tier) and (
        not query.q or any(wanted in content.sort_key(text, "en") for text in said)
    )


def build(query: SourceQuery, language: str) -> Row:
    """One page of the list, with the counts by tier.

    Raises
    ------
    InputError
        A page beyond the last.
    """
    found = [s for s in ordered() if matches(s, query)]
    last = max(1, -(-len(found) // SHOWN))
    page = query.number
    if page > last:
        raise lc.InputError(
            lc.Text(
                f"There is no page {page}: this list has {last}.",
                f"没有第{page}页，该列表共{last}页。",
            )
        )
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    return {
        "query": query,
        "tiers": tiers(query, language),
        "found": len(found),
        "found_told": lc.format_number(len(found), language),
        "total": len(ordered()),
        "total_told": lc.format_number(len(ordered()), language),
        "first": (page - 1) * SHOWN + 1 if found else 0,
        "until": (page - 1) * SHOWN + len(shown),
        "last": last,
        "here": query.address(language),
        "before": query.with_(page=str(page - 1)).address(language) if page > 1 else "",
        "after": query.with_(page=str(page + 1)).address(language) if page < last else "",
        "sources": [_source(s, language) for s in shown],
        "loose": [_looser(query, name, language) for name in ("q", "tier") if getattr(query, name)],
    }


def _looser(query: SourceQuery, name: str, language: str) -> Row:
    looser = query.without(name, "page")
    return {
        "href": looser.address(language),
        "value": query.q if name == "q" else lc.label("tier", query.tier, language),
        "count": sum(matches(s, looser) for s in ordered()),
    }


def tiers(query: SourceQuery, language: str) -> list[Row]:
    """How many pages of each tier were read, with the width of a bar of 100."""
    counts = Counter(s.tier for s in ordered())
    most = max(counts.values(), default=1)
    return [
        {
            "tier": tier,
            "label": lc.label("tier", tier, language),
            "count": counts[tier],
            "width": round(100 * counts[tier] / most, 1),
            "href": SourceQuery(tier=tier).address(language),
            "chosen": query.tier == tier,
        }
        for tier in content.TIERS
    ]


def _source(source: content.Source, language: str) -> Row:
    return {
        "id": source.source_id,
        "href": f"/{language}/sources/{source.source_id}",
        "title": source.title,
        "lang": content.language_of(source.title),
        "foreign": content.foreign(source.title, language) if source.title else None,
        "tier": source.tier_label(language),
        "doubtful": source.doubtful,
        "link": source.link,
        "address": source.address,
        "uses": len(used_in(language).get(source.source_id, [])),
        "own": content.is_own("sources", source.source_id),
    }


@cache
def statistics(language: str) -> Row:
    """The statistical sources: publisher, licence as found, terms still to be confirmed."""
    atlas = content.atlas()
    counts: Counter[str] = Counter()
    for frame in (atlas.context, atlas.population, atlas.exchange_rates):
        if "source_id" in frame:
            counts.update(str(s) for s in frame["source_id"].dropna())
    found = [
        {
            **_source(s, language),
            "name": s.name(language),
            "publisher": s.publisher,
            "licence": s.licence,
            "to_confirm": s.to_confirm,
            "version": s.version,
            "figures": counts[s.source_id],
            "figures_told": lc.format_number(counts[s.source_id], language),
        }
        for s in content.sources().values()
        if s.statistical
    ]
    return {
        "sources": found,
        "open": sum(bool(s["to_confirm"]) for s in found),
        "figures": sum(int(s["figures"]) for s in found),
    }
