"""What the screen of the ideas shows: the time line of concepts and the literature."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, paging, pictures
from learningcity.web.screens.ideas import query as queries
from learningcity.web.screens.ideas.people import authors
from learningcity.web.screens.ideas.query import IdeasQuery

Row = dict[str, Any]

#: Works on one page of the literature.
SHOWN = 25

_TITLE_NOT_SEEN = re.compile(r"\[(?:title not shown|题名未见)\s*[:：]\s*(.+)\]\Z")
_IN_TRANSLATION = " (title as shown in translation)"

_BANDS = {
    "to-2009": lc.Text("to 2009", "2009年及以前"),
    "2010-2014": lc.Text("2010 to 2014", "2010—2014年"),
    "2015-2019": lc.Text("2015 to 2019", "2015—2019年"),
    "2020-on": lc.Text("2020 and later", "2020年及以后"),
    queries.UNDATED: lc.Text("year not seen", "未见年份"),
}
_FILTERS = {
    "theory": lc.Text("line of thought", "理论脉络"),
    "area": lc.Text("area of the standard", "标准的领域"),
    "theme": lc.Text("theme", "主题"),
    "language": lc.Text("language of the work", "文献语种"),
    "years": lc.Text("published", "出版年份"),
    "q": lc.Text("words", "词语"),
}


def build(query: IdeasQuery, language: str) -> Row:
    """Everything on the screen for one query."""
    line = [c for c in concepts(language) if queries.concept_fits(c["row"], query)]
    found = [w for w in works(language) if queries.work_fits(w["row"], query)]
    pages = paging.cut(found, [w["id"] for w in found], query, SHOWN, language, "#literature")
    query = query.from_the_start
    return {
        "query": query,
        "concepts_total": len(concepts(language)),
        "concepts_found": len(line),
        "decades": decades([c for c in line if c["start"] is not None], language),
        "undated": _by_theory([c for c in line if c["start"] is None], language),
        "undated_total": sum(c["start"] is None for c in line),
        "areas": _areas(query, language),
        "works": pages.rows,
        "pages": pages,
        "works_total": len(works(language)),
        # Drawn for the whole line; a choice is drawn when its file is asked for.
        "figure": None if query.among(queries.LINE) else _figure(language),
        "line_form": _form(queries.LINE, queries.WORKS, query, language),
        "works_form": _form(queries.WORKS, queries.LINE, query, language),
        "line_active": _active(queries.LINE, query, "#line", language),
        "works_active": _active(queries.WORKS, query, "#literature", language),
        "all_concepts": query.without(*queries.LINE).address(language, "#line"),
        "all_works": query.without(*queries.WORKS).address(language, "#literature"),
    }


def picture(query: IdeasQuery, language: str) -> pictures.Picture:
    """The concepts and key works of the choice on a time line."""
    table = lc.standard_tables()["concepts"]
    fits = [queries.concept_fits(c, query) for c in content.rows(table)]
    return pictures.Picture("timeline", table[fits], "ideas", language)


@cache
def _figure(language: str) -> Row:
    return picture(IdeasQuery(), language).figure()


# --- the time line ---------------------------------------------------------------------------------


@cache
def concepts(language: str) -> tuple[Row, ...]:
    """Concepts and key works in the order of time, those without a year last."""
    names = {a.code: a.name.in_(language) for a in lc.load_standard().areas}
    found = [_concept(row, names, language) for row in content.standard_rows("concepts")]
    # A decade as a whole stands before the years in it.
    return tuple(sorted(found, key=lambda c: (c["start"] is None, c["start"] or 0, not c["whole_decade"])))


def _concept(row: Row, names: dict[str, str], language: str) -> Row:
    year = row["year"]
    return {
        "row": row,
        "id": row["concept_id"],
        "name": row[f"name_{language}"],
        "text": row[f"definition_{language}"],
        "theory": lc.label("theory", row["theory"], language),
        "authors": authors(row["author"], language),
        "start": int(year[:4]) if year else None,
        "whole_decade": bool(year) and year.endswith("s"),
        "when": when(year, language) if year else "",
        "areas": [{"code": a, "name": names.get(a, a)} for a in content.ids(row["areas"])],
        "refs": content.references(row["source_ids"], language),
    }


def when(year: str, language: str) -> str:
    """Write a year, a period or a decade as the language writes it.

    Examples
    --------
    >>> when("1919-1920", "en"), when("1970s", "en"), when("1996", "zh")
    ('1919–1920', '1970s', '1996')
    >>> when("1919-1920", "zh"), when("1970s", "zh")
    ('1919—1920', '20世纪70年代')
    """
    if year.endswith("s"):
        if language == "en":
            return year
        return f"{int(year[:2]) + 1}世纪{year[2:4]}年代" if year[2] != "0" else f"{year[:4]}年代"
    return year.replace("-", "—" if language == "zh" else "–")


def decades(dated: list[Row], language: str) -> list[Row]:
    """Group dated concepts by decade, and within it by what stands in the column of years."""
    found: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for concept in dated:
        found[concept["start"] // 10 * 10][concept["when"]].append(concept)
    return [
        {
            "start": start,
            "label": lc.Text(f"{start}s", f"{start}—{start + 9}年").in_(language),
            "total": sum(len(held) for held in years.values()),
            "years": [{"when": when, "concepts": held} for when, held in years.items()],
        }
        for start, years in found.items()
    ]


def _by_theory(undated: list[Row], language: str) -> list[Row]:
    order = queries.values_of("concepts", "theory")
    groups = [(t, [c for c in undated if c["row"]["theory"] == t]) for t in order]
    return [
        {"id": t.replace(" ", "-"), "label": lc.label("theory", t, language), "concepts": held}
        for t, held in groups
        if held
    ]


def _areas(query: IdeasQuery, language: str) -> list[Row]:
    """How many concepts found each area, by our mapping; the number leads to them."""
    standing = [content.ids(c["row"]["areas"]) for c in concepts(language)]
    return [
        {
            "code": area.code,
            "name": area.name.in_(language),
            "total": sum(area.code in codes for codes in standing),
            "href": replace(query, area=area.code, theory="").address(language, "#line"),
        }
        for area in lc.load_standard().areas
    ]


# --- the literature --------------------------------------------------------------------------------


@cache
def works(language: str) -> tuple[Row, ...]:
    """The literature, the newest first, works without a year last."""
    found = [_work(row, language) for row in content.standard_rows("literature")]
    return tuple(sorted(found, key=lambda w: -int(w["year"] or 0)))


def _work(row: Row, language: str) -> Row:
    title = str(row["title"])
    unseen = _TITLE_NOT_SEEN.match(title)
    shown = unseen[1] if unseen else title.removesuffix(_IN_TRANSLATION)
    lang = "zh-Hans" if content.language_of(shown) == "zh-Hans" else "en"
    return {
        "row": row,
        "id": row["work_id"],
        "year": row["year"],
        "title": shown,
        "title_lang": None if lang[:2] == language else lang,
        # Words of ours where the page began after the title; in the other language they help nobody.
        "unseen": bool(unseen),
        "about": shown if unseen and lang[:2] == language else "",
        "translated": title.endswith(_IN_TRANSLATION),
        "authors": authors(row["authors"], language),
        "outlet": row["outlet"],
        "outlet_lang": content.foreign(row["outlet"], language),
        "language": lc.label("language", row["language"], language),
        "theme": lc.label("literature_theme", row["theme"], language),
        "finding": row[f"finding_{language}"],
        "refs": content.references(row["source_ids"], language),
    }


# --- choices ---------------------------------------------------------------------------------------


def _options(name: str, language: str) -> list[tuple[str, str]]:
    if name == "theory":
        return [(t, lc.label("theory", t, language)) for t in queries.values_of("concepts", "theory")]
    if name == "area":
        return [(a.code, f"{a.code} {a.name.in_(language)}") for a in lc.load_standard().areas]
    if name == "theme":
        themes = queries.values_of("literature", "theme")
        labelled = [(t, lc.label("literature_theme", t, language)) for t in themes]
        return sorted(labelled, key=lambda o: content.sort_key(o[1], language))
    if name == "language":
        return [(code, lc.label("language", code, language)) for code in queries.LANGUAGES]
    return [(band, text.in_(language)) for band, text in _BANDS.items()]


def _form(own: tuple[str, ...], kept: tuple[str, ...], query: IdeasQuery, language: str) -> Row:
    """A form of some choices that carries the others along."""
    return {
        "choices": [
            {
                "name": name,
                "label": _FILTERS[name].in_(language),
                "options": [
                    {"value": v, "label": t, "chosen": getattr(query, name) == v}
                    for v, t in _options(name, language)
                ],
            }
            for name in own
            if name != "q"
        ],
        "kept": query.among(kept),
    }


def _active(names: tuple[str, ...], query: IdeasQuery, anchor: str, language: str) -> list[Row]:
    return [
        {
            "label": _FILTERS[name].in_(language),
            "value": value if name == "q" else dict(_options(name, language))[value],
            "typed": name == "q",
            "without": query.without(name).address(language, anchor),
        }
        for name, value in query.among(names).items()
    ]
