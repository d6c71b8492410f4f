"""The page where visitors bring a table of their own, look at what was understood of it, and remove it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect

import learningcity as lc
from learningcity.web import uploads
from learningcity.web.content import analyses
from learningcity.web.screens.index.own import OWN, GoneError, seen
from learningcity.web.screens.index.own_words import WORDS, words
from learningcity.web.screens.index.query import LESS, WEIGHT, read

#: What an address may say of a table that is not there yet, as far as it fits the one that comes.
_NOT_KEPT = ("own", "reading", "chart", "table")
#: A name of a file in messages; longer ones are cut.
LONGEST_NAME = 80


@csrf_protect
def own(request: HttpRequest, language: str) -> HttpResponse:
    """Show the form and the visitor's tables; take a table; remove one."""
    if request.method != "POST":
        return _page(request, language)
    try:
        wanted = request.POST.get("do", "upload")
        files = request.FILES
    except (MultiPartParserError, SuspiciousOperation):
        return _page(request, language, WORDS["broken"].in_(language), status=400)
    if wanted == "remove":
        uploads.STORE.remove(_token(request), request.POST.get("own", "")[:100])
        return HttpResponseRedirect(f"/{language}/index/own?removed=yes#mine", status=303)
    try:
        data, meta = _file(files.get("data")), _file(files.get("meta"))
        if data is None:
            raise lc.InputError(WORDS["no_file"])
        table = uploads.read(data, meta)
        token, name = uploads.STORE.add(_token(request), _contents(data, meta), table)
    except uploads.FullError as error:
        return _page(request, language, error.in_(language), status=503)
    except lc.LearningCityError as error:
        return _page(request, language, error.in_(language), status=400)
    response = HttpResponseRedirect(_address(request.GET, name, table, language), status=303)
    uploads.remember(response, token)
    uploads.make_private(response)
    return response


@csrf_protect
def gone(request: HttpRequest, language: str, error: GoneError) -> HttpResponse:
    """Say that a table is not here, with the form; what was chosen stays in the address."""
    return _page(request, language, error.in_(language), status=404)


def _page(request: HttpRequest, language: str, problem: str = "", status: int = 200) -> HttpResponse:
    held = uploads.tables()
    name = request.GET.get("own", "")[:100] if status == 200 else ""
    kept = urlencode([(k, v) for k, v in request.GET.items() if k not in (*_NOT_KEPT, "removed")])
    shown = {
        "frame": {
            **analyses.frame("index", language, everywhere=False),
            "title": WORDS["title"].in_(language),
        },
        "w": words(language),
        "problem": problem.split("\n") if problem else [],
        "removed": status == 200 and request.GET.get("removed") == "yes",
        "action": f"/{language}/index/own{'?' + kept if kept else ''}",
        "tables": [
            {
                "id": one.name,
                "name": one.table.name,
                "href": f"/{language}/index?{urlencode({'reading': OWN, 'own': one.name})}",
                "see": f"/{language}/index/own?own={one.name}#seen",
            }
            for one in held
        ],
        "seen": seen(name, language) if name else None,
        "missing": bool(name) and all(one.name != name for one in held),
    }
    response = render(request, "index/own.html", shown, status=404 if shown["missing"] else status)
    uploads.make_private(response)
    return response


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(uploads.cookie_name(), "")[:100]


def _file(given: Any) -> lc.FileBytes | None:
    """The bytes of a file of the form under the last part of its name; None where none was chosen."""
    if not isinstance(given, UploadedFile) or not given.name:
        return None
    name = "".join(c for c in PurePath(given.name.replace("\\", "/")).name if c.isprintable())
    path = PurePath(name)
    short = f"{path.stem[: LONGEST_NAME - len(path.suffix[:10])]}{path.suffix[:10]}"
    return lc.FileBytes(short, given.read(), uploads.LIMITS)


def _contents(data: lc.FileBytes, meta: lc.FileBytes | None) -> tuple[bytes, ...]:
    """What the name of the table depends on: the same files have the same name again."""
    return (data.name.encode(), data.content, *([meta.name.encode(), meta.content] if meta else []))


def _address(given: QueryDict, name: str, table: lc.IndexTable, language: str) -> str:
    """The index of a table with what was chosen before, so far as it fits the table."""
    codes, units = set(table.spec.structure.codes), {str(u) for u in table.values.index}
    kept = {k: v for k, v in given.items() if k not in _NOT_KEPT}
    for prefix in (WEIGHT, LESS):
        kept = {k: v for k, v in kept.items() if not k.startswith(prefix) or k.removeprefix(prefix) in codes}
    if kept.get("city") not in units:
        kept.pop("city", None)
    plain = {"reading": OWN, "own": name}
    return f"/{language}/index?{urlencode({**plain, **_readable(kept)})}"


def _readable(kept: dict[str, str]) -> dict[str, str]:
    """The choices that can be read at all; the rest would only greet the visitor with a fault."""
    atlas = {k: v for k, v in kept.items() if not k.startswith((WEIGHT, LESS)) and k != "city"}
    asked = QueryDict(mutable=True)
    asked.update({**atlas, "reading": "context"})
    try:
        read(asked)
    except lc.InputError:
        return {}
    return kept
