"""What the search screen shows."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import framework

Row = dict[str, Any]

SHOWN = 60


def build(text: str, language: str) -> Row:
    """Everything found for a text, the best first."""
    found = content.atlas().search(text) if text else ()
    hits = list(found)[:SHOWN]
    return {
        "text": text,
        "finder_text": text,
        "total": len(found),
        "shown": len(hits),
        "hits": [_hit(hit, language) for hit in hits],
        "relaxed": bool(text) and bool(getattr(found, "relaxed", False)),
    }


def _hit(hit: Any, language: str) -> Row:
    city = content.cities().get(hit.city_id) if hit.city_id else None
    title, snippet = hit.title.in_(language), hit.snippet.in_(language)
    return {
        "kind": lc.label("search_kind", hit.kind, language),
        "title": title,
        "title_lang": content.foreign(title, language),
        "snippet": snippet if snippet != title else "",
        "snippet_lang": content.foreign(snippet, language),
        # A term in another language is a word of ours, not an original.
        "original": hit.kind != "term",
        "href": address(hit, language),
        "city": city.name(language) if city and hit.kind != "city" else "",
    }


def address(hit: Any, language: str) -> str | None:
    """The page that answers a hit; None where no screen shows such things yet."""
    if hit.kind == "city" and hit.id in content.cities():
        return f"/{language}/cities/{hit.id}"
    if hit.kind == "practice" and hit.city_id in content.cities():
        return f"/{language}/practices/{hit.id}"
    if hit.kind == "fact" and hit.city_id in content.cities():
        return f"/{language}/cities/{hit.city_id}#{hit.id}"
    if hit.kind in ("pillar", "area", "feature", "measurement"):
        return f"/{language}/standard#{_standard_anchor(hit.id)}"
    if hit.kind == "criterion":
        return f"/{language}/award#criterion-{hit.id}"
    if hit.kind == "rule":
        return f"/{language}/award#rule-{hit.id.split('-', 1)[1]}"
    if hit.kind == "concept":
        return f"/{language}/ideas#concept-{hit.id}"
    if hit.kind == "work":
        return f"/{language}/ideas?at={hit.id}#work-{hit.id}"
    if hit.kind == "member":
        return f"/{language}/network?at={hit.id}#{hit.id}"
    if hit.kind == "indicator":
        return f"/{language}/data/coverage#{hit.id}"
    if hit.kind == "framework" and hit.id in framework.named_in():
        return f"/{language}/china#{hit.id}"
    return None


def _standard_anchor(code: str) -> str:
    if code.startswith("P"):
        return f"pillar-{code}"
    return f"{('area', 'feature', 'measurement')[min(code.count('.'), 2)]}-{code}"
