"""The same address with ``.csv``, ``.json`` or ``.xlsx`` gives the tables of a page; ``.svg``, ``.png`` its charts.

Analyses also give their tables for print, as ``.docx`` and ``.tex``.

A screen says once what it gives away, in its ``offer.py``::

    def offer(query: QueryDict, language: str) -> Offer:
        asked = CityQuery.read(query)  # an InputError becomes 400, as on the page
        frame = ...  # the rows that the page shows, as codes and numbers
        columns = (*exports.columns("cities", "city_id", "name_en"), lc.Column("n", lc.Text("practices", "举措数")))
        return Offer("Cities", (exports.sheet("cities", lc.Text("Cities", "城市"), frame, columns),))

and gives it addresses in its ``urls.py``, before its pages::

    urlpatterns = [*exports.paths("cities", offer), path("cities", views.show, name="cities")]

A route may have parts (``"cities/<str:name>"``); the offer gets them by name, and an
:class:`~learningcity.UnknownNameError` that names one of them becomes 404. The first sheet is the
main one: CSV gives it, or the one that ``?table=`` names; JSON and XLSX give all. The template of
the page ends with ``{% include "parts/downloads.html" %}``; nothing else is to be done there.
``tables`` of :func:`paths` names the sheets beforehand, so that the page can link each one's CSV.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, register_converter

import learningcity as lc
from learningcity.web import content, pages, uploads
from learningcity.web.content import analyses
from learningcity.web.middleware import wanted_language

if TYPE_CHECKING:
    import pandas as pd

TABLES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
#: Tables as journals print them: of analyses alone, since long lists are not for print.
PRINTED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "tex": "application/x-tex",
}
#: Choices that say which part of the offer or of a long list is shown, or who waits: they do not change what it is.
NOT_A_CHOICE = ("page", "at", "table", "chart", "job")
_FROM = lc.Text("From the Learning City Atlas, {address}", "来源：学习型城市图谱，{address}")
_VERSIONS = lc.Text("Version {package}, data {data}", "版本{package}，数据版本{data}")
_CITE = lc.Text("Cite as: {citation}", "引用格式：{citation}")
OWN_TABLE = lc.Text(
    "Computed from a table of the visitor's own, which is no part of the atlas.",
    "根据用户自有数据表计算，不属于图谱数据。",
)
OWN = lc.Column("own", lc.Text("added by you", "用户自有"), "yes_no")


@dataclass(frozen=True)
class Offer:
    """What a page gives away: tables, the main one first, and charts by name, drawn when asked for."""

    title: str
    sheets: tuple[lc.Sheet, ...]
    charts: Mapping[str, Callable[[], lc.Chart]] = field(default_factory=dict)
    #: What may not be read from an analysis; () = what holds for all of the atlas.
    limits: tuple[str, ...] = ()


#: offer(query, language, **parts of the path)
Maker = Callable[..., Offer]
#: Titles of the sheets by name: always the same, or as the query has it.
Titles = Mapping[str, lc.Text]
Named = Titles | Callable[[QueryDict], Titles]


@dataclass(frozen=True)
class _Registered:
    offer: Maker
    tables: Named

    def titles(self, query: QueryDict) -> Titles:
        """The titles of the sheets that the query gives."""
        return self.tables(query) if callable(self.tables) else self.tables


_OFFERS: dict[str, _Registered] = {}


class _OtherSuffix:
    """An ending that is none of ours, so that the visitor is told which there are."""

    regex = "[A-Za-z0-9]{1,5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_OtherSuffix, "suffix")


def paths(route: str, offer: Maker, tables: Named | None = None) -> list[URLPattern]:
    """Give the addresses of a page's files, for ``urlpatterns`` before the page itself.

    Parameters
    ----------
    route
        The route of the page after the language, as ``path`` takes it: ``"cities/<str:name>"``.
    offer
        Makes the :class:`Offer` from the query, the language and the parts of the path.
    tables
        Titles of the sheets by name, where there are several: the page links the CSV of each. Where
        they differ with the query, a function of it.
    """
    _OFFERS[route] = _Registered(offer, tables or {})

    def view(request: HttpRequest, language: str, suffix: str, **parts: str) -> HttpResponse:
        return answer(request, language, route, suffix, parts)

    known = [path(f"{route}.{suffix}", view, {"suffix": suffix}) for suffix in (*TABLES, *PRINTED, *PICTURES)]
    return [*known, path(f"{route}.<suffix:suffix>", view)]


def columns(table: str, *names: str) -> tuple[lc.Column, ...]:
    """Columns of a table of the atlas or the standards, titled by its schema: those named, or all."""
    return lc.schema_columns(lc.table_schemas()[table], *names)


def sheet(
    name: str,
    title: lc.Text,
    frame: pd.DataFrame,
    given: tuple[lc.Column, ...],
    note: lc.Text | None = None,
    rows_of: str = "",
) -> lc.Sheet:
    """Make a sheet; with own tables over the atlas, ``rows_of`` names the table whose rows it lists.

    Rows that the user added or replaced are then marked in a column of their own.
    """
    if rows_of and content.overlaid():
        keys = lc.table_schemas()[rows_of].key
        marks = [content.is_own(rows_of, *key) for key in frame[list(keys)].itertuples(index=False)]
        frame, given = frame.assign(own=["yes" if mark else "no" for mark in marks]), (*given, OWN)
    return lc.Sheet(name, title, frame, given, note)


def frame(rows: Iterable[Mapping[str, Any]], given: Iterable[lc.Column]) -> pd.DataFrame:
    """Make a frame of rows with the codes of the columns; numbers stay numbers, None is missing."""
    import pandas as pd

    codes = [one.code for one in given]
    return pd.DataFrame([[row.get(code) for code in codes] for row in rows], columns=codes, dtype=object)


def of_table(
    name: str, held: pd.DataFrame | Iterable[Mapping[str, Any]], note: lc.Text | None = None
) -> lc.Sheet:
    """Make a sheet of rows of a table of the atlas or the standards, titled by its schema."""
    given = columns(name)
    rows = held if hasattr(held, "columns") else frame(held, given)
    return sheet(name, lc.table_schemas()[name].title, rows, given, note, rows_of=name)


def condition_columns() -> tuple[lc.Column, ...]:
    """One column a mechanism and theme, named and titled by it."""
    kinds = [("mechanism", one) for one in content.MECHANISMS] + [("theme", one) for one in content.THEMES]
    return tuple(lc.Column(c, lc.Text(lc.label(k, c, "en"), lc.label(k, c, "zh"))) for k, c in kinds)


# --- answering ----------------------------------------------------------------------------------


def answer(
    request: HttpRequest, language: str, route: str, suffix: str, parts: Mapping[str, str]
) -> HttpResponse:
    """Give a page's tables or a chart as a file; say what is wrong where that cannot be."""
    page = request.path_info.removesuffix(f".{suffix}")
    if suffix not in _suffixes(route) and suffix not in PICTURES:
        return _no_such_suffix(request, page, suffix, _suffixes(route))
    try:
        made = _OFFERS[route].offer(request.GET, language, **parts)
        if suffix in PICTURES:
            return _picture(request, made, page, suffix)
        if suffix in PRINTED:
            return _printed(request, made, page, suffix, language)
        return _table(request, made, page, suffix, language)
    except lc.UnknownNameError as error:
        if error.name in parts.values():
            return pages.unknown_name(request, error, _near(error, page, suffix))
        return pages.broken_query(request, error, quote(page))
    except lc.InputError as error:
        return pages.broken_query(request, error, quote(page))
    except lc.SetupError as error:
        # A picture that this machine cannot draw now; the tables are still there.
        return HttpResponse(error.in_(language) + "\n", status=503, content_type="text/plain; charset=utf-8")


def _table(request: HttpRequest, made: Offer, page: str, suffix: str, language: str) -> HttpResponse:
    asked = request.GET.get("table", "")
    chosen = _choose("table", asked, {one.name: one for one in made.sheets})
    address = page_address(request, page)
    if suffix == "csv":
        # The main table is named by its page.
        name = file_name(page, chosen.name if chosen is not made.sheets[0] else "", suffix)
        return file_answer(lc.sheet_csv(chosen, language), name, TABLES[suffix])
    told = _told(language)
    if suffix == "json":
        body = lc.sheets_json(made.title, made.sheets, language, {"address": address, **told})
        return file_answer(body, file_name(page, "", suffix), TABLES[suffix], attached=False)
    links = lc.source_links(content.atlas())
    body = lc.sheets_xlsx(made.title, made.sheets, language, _lines(told, address, language), links)
    return file_answer(body, file_name(page, "", suffix), TABLES[suffix])


def _told(language: str) -> dict[str, Any]:
    """Where the tables come from: the atlas, or a visitor's own table, of which only the program is ours."""
    told = lc.provenance(content.atlas(), language)
    return (
        {"versions": told["versions"], "notes": [OWN_TABLE.in_(language)]} if uploads.is_private() else told
    )


def _suffixes(route: str) -> tuple[str, ...]:
    """Endings of the tables of a route."""
    return (*TABLES, *(PRINTED if route in {one.name for one in analyses.ANALYSES} else ()))


def _printed(request: HttpRequest, made: Offer, page: str, suffix: str, language: str) -> HttpResponse:
    """Tables for print: all, or the one that ``?table=`` names."""
    asked = request.GET.get("table", "")
    asked = "" if asked == "all" else asked
    chosen = [_choose("table", asked, {one.name: one for one in made.sheets})] if asked else made.sheets
    limits = made.limits or [text.in_(language) for text in analyses.EVERYWHERE]
    told = _told(language)
    names = {} if uploads.is_private() else {key: city.names for key, city in content.cities().items()}
    body = lc.render_tables(
        made.title, chosen, language, format="latex" if suffix == "tex" else suffix, limits=limits,
        lines=_lines(told, page_address(request, page), language), names=names,
    )  # fmt: skip
    return file_answer(body, file_name(page, asked or "tables", suffix), PRINTED[suffix])


def _lines(told: Mapping[str, Any], address: str, language: str) -> list[str]:
    versions = told["versions"]
    if "citation" not in told:
        version = _VERSIONS.in_(language).format(package=versions["learningcity"], data=versions["data"])
        return [*told["notes"], version]
    return [
        _FROM.in_(language).format(address=address),
        _VERSIONS.in_(language).format(package=versions["learningcity"], data=versions["data"]),
        *told["notes"],
        told["licence"],
        *(_CITE.in_(language).format(citation=one) for one in told["citations"]),
    ]


def _picture(request: HttpRequest, made: Offer, page: str, suffix: str) -> HttpResponse:
    if not made.charts:
        return _no_such_suffix(request, page, suffix, tuple(TABLES))
    asked = request.GET.get("chart", "")
    chart = _choose("chart", asked, made.charts)()
    body = chart.file().encode("utf-8") if suffix == "svg" else chart.png()
    return file_answer(body, file_name(page, asked, suffix), PICTURES[suffix], attached=False)


def _choose(kind: str, asked: str, there: Mapping[str, Any]) -> Any:
    if not asked:
        return next(iter(there.values()))
    if asked not in there:
        raise lc.UnknownNameError(kind, asked[:100], there)
    return there[asked]


def _no_such_suffix(request: HttpRequest, page: str, suffix: str, given: tuple[str, ...]) -> HttpResponse:
    error = lc.UnknownNameError("format", suffix, given)
    near = [{"href": f"{quote(page)}.{one}", "label": f"{page}.{one}"} for one in given]
    return pages.unknown_name(request, error, near)


def _near(error: lc.UnknownNameError, page: str, suffix: str) -> list[dict[str, str]]:
    folder = page.rsplit("/", 1)[0]
    return [{"href": f"{folder}/{quote(name)}.{suffix}", "label": name} for name in error.near]


def page_address(request: HttpRequest, page: str) -> str:
    """The address of a page with the choices that change what is in it."""
    asked = _choices(request)
    return f"{quote(page)}{'?' + urlencode(asked) if asked else ''}"


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    """What was chosen, with every value of a choice that takes several (cities to compare, say)."""
    return [(k, v) for k, values in request.GET.lists() if k not in NOT_A_CHOICE for v in values]


def file_name(page: str, part: str, suffix: str) -> str:
    """Name a file by what is inside and its language.

    Examples
    --------
    >>> file_name("/zh/cities/wuhan", "facts", "csv")
    'learningcity-cities-wuhan-facts-zh.csv'
    """
    language, *rest = page.strip("/").split("/")
    words = "-".join(["learningcity", *rest, *([part] if part else []), language])
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '-', words)}.{suffix}"


def file_answer(body: bytes, name: str, kind: str, attached: bool = True) -> HttpResponse:
    """Answer with a file under its name, to be saved or (what a browser shows) to be looked at."""
    how = "attachment" if attached else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


# --- the line at the end of a page -------------------------------------------------------------


def downloads(request: HttpRequest) -> dict[str, Any] | None:
    """What the line at the end of a page links; None where the page gives nothing away."""
    match = request.resolver_match
    route = str(match.route).partition("<language:language>/")[2] if match else ""
    if route not in _OFFERS:
        return None
    page, language = request.path_info, wanted_language(request)
    asked = _choices(request)

    def link(suffix: str, *more: tuple[str, str]) -> str:
        every = [*asked, *more]
        return f"{quote(page)}.{suffix}{'?' + urlencode(every) if every else ''}"

    tables = list(_OFFERS[route].titles(request.GET).items())
    return {
        "csv": link("csv"),
        "tables": [
            {"href": link("csv", *([("table", name)] if number else [])), "label": title.in_(language)}
            for number, (name, title) in enumerate(tables)
        ]
        if len(tables) > 1
        else [],
        "json": link("json"),
        "xlsx": link("xlsx"),
        # Where the ending alone gives the configuration table, as at paths, the tables have to be asked for.
        **{one: link(one, ("table", "all")) for one in PRINTED if one in _suffixes(route)},
    }
