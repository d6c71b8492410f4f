"""What stands before and after the chapters: lists, key findings, sources, the manifest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from learningcity.report import paper
from learningcity.report.document import STRENGTHS, Source
from learningcity.report.html import HtmlParts
from learningcity.report.html import words as said
from learningcity.report.html.inline import web_address
from learningcity.report.html.manifest import called, flat, written
from learningcity.report.pdf.inline import Inline, broken, capital, clean, part, source
from learningcity.standards import format_number, label


def short_title(title: str) -> str:
    """Give what stands at the head of a page: the title without what follows its colon, cut where it is long.

    Examples
    --------
    >>> short_title("Learning cities: a study"), short_title("学习型城市：研究"), len(short_title("a" * 99))
    ('Learning cities', '学习型城市', 48)
    """
    found = re.split(r": |：", clean(title), maxsplit=1)[0]
    return found if len(found) <= 48 else found[:46].rstrip() + " …"


def lists(parts: HtmlParts) -> list[list[dict[str, str]]]:
    """The lists of tables and figures."""
    gap = " " if parts.language == "en" else ""
    found = []
    for word, things in ((said.TABLE, parts.document.tables), (said.FIGURE, parts.document.figures)):
        rows = [
            {
                "name": f"{word.in_(parts.language)}{gap}{parts.numbers[one.key]}",
                "text": broken(clean(one.caption.in_(parts.language))),
                "label": part(one.key),
            }
            for one in things
        ]
        found += [rows] if rows else []
    return found


def glance(parts: HtmlParts) -> list[dict[str, Any]]:
    """The key findings with the section they stand in."""
    return [
        {
            "number": parts.sections[section.key],
            "section": clean(section.title.in_(parts.language)),
            "claim": capital(broken(clean(one.claim.in_(parts.language)))),
            "strength": one.strength,
            "word": clean(STRENGTHS[one.strength].in_(parts.language)),
            "label": part(one.key),
        }
        for section, one in parts.key_findings()
    ]


def sources(parts: HtmlParts, out: Inline) -> list[dict[str, Any]]:
    """The sources in the order of their numbers, with the marks that lead to them."""
    cited = sorted(out.marks, key=lambda one: parts.sources[one])
    return [
        _source(parts.document.sources[one], parts.sources[one], parts.language) | {"marks": out.marks[one]}
        for one in cited
    ]


def _source(one: Source, number: int, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"n": number, "label": source(number), "id": clean(one.source_id)}
    if one.tier == "doubtful" or not one.linked:
        # Programmes for reading make links of addresses that they see in a text, so none is printed.
        title = "" if one.title == one.address or "://" in one.title else one.title
        tier = paper.REPOSTED if one.tier == "doubtful" else said.DOUBTFUL
        return found | {"title": broken(clean(title)), "u": None, "address": "", "tier": tier.in_(language)}
    address = "" if one.address == one.title else one.address
    return found | {
        "title": clean(one.title) if web_address(one.title) else broken(clean(one.title)),
        "u": None if (href := web_address(one.address)) is None else clean(href.strip()),
        "address": clean(address),
        "tier": clean(label("tier", one.tier, language)),
    }


def manifest(held: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Versions, choices and hashes: single entries first, then group by group."""
    single = {name: value for name, value in held.items() if not isinstance(value, Mapping)}
    groups = {name: value for name, value in held.items() if isinstance(value, Mapping) and value}
    found: list[dict[str, Any]] = [{"title": None, "pairs": _pairs(single, language)}] if single else []
    for name, group in groups.items():
        if _hashes(group):
            rows = [
                [clean(label("table", key, language)), format_number(one["rows"], language), clean(one["sha256"])]
                for key, one in group.items()
            ]  # fmt: skip
            heads = [
                said.PART.in_(language),
                said.ENTRIES["rows"].in_(language),
                said.ENTRIES["sha256"].in_(language),
            ]
            found.append({"title": _name(name, language), "heads": heads, "rows": rows})
        else:
            found.append(
                {"title": _name(name, language), "pairs": _pairs(dict(flat(group, language)), language)}
            )
    return found


def _hashes(group: Mapping[str, Any]) -> bool:
    return all(isinstance(one, Mapping) and set(one) == {"rows", "sha256"} for one in group.values())


def _pairs(held: Mapping[str, Any], language: str) -> list[list[str]]:
    return [[_name(name, language), broken(clean(written(value, language)))] for name, value in held.items()]


def _name(name: object, language: str) -> str:
    return broken(clean(called(name, language)))
