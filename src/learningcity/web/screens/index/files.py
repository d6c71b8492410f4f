"""The recipe as files, and the lines that compute the same numbers from them."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

import learningcity as lc
from learningcity.web.screens.index import work
from learningcity.web.screens.index.own import OWN
from learningcity.web.screens.index.query import IndexQuery, reading_of

VALUES, RECIPE, CHOICES = "values.csv", "index.toml", "choices.toml"
#: A file in a ZIP bears a date; ours must not differ from one request to the next.
_DATE = (1980, 1, 1, 0, 0, 0)


def commands(query: IndexQuery) -> list[str]:
    """Lines of the command line that give the numbers of the page, with the files in one folder."""
    about = f"{VALUES} --spec {RECIPE}"
    varied = f"{about} --choices {CHOICES}"
    lines = [
        f"learningcity index build {about}",
        f"learningcity index uncertainty {varied} --draws {query.draws} --seed {query.seed}",
    ]
    if len(work.choices(query)) > 1:
        lines.append(f"learningcity index sensitivity {varied} --draws {work.BASE} --seed {query.seed}")
    return lines


def links(query: IndexQuery, language: str) -> list[tuple[str, str]]:
    """Names and addresses of the files."""
    return [
        ("index.zip", query.address(language, suffix=".zip")),
        (RECIPE, query.address(language, suffix=".toml")),
    ]


def written(query: IndexQuery) -> dict[str, bytes]:
    """The files by name: values, recipe, what varies, and the tables that it needs."""
    query = query.without("sort", "city", "group")
    return _files(query) if query.reading == OWN else dict(_written(query))


@lru_cache(maxsize=8)
def _written(query: IndexQuery) -> tuple[tuple[str, bytes], ...]:
    return tuple(_files(query).items())


def _files(query: IndexQuery) -> dict[str, bytes]:
    return lc.index_files(reading_of(query).values, work.spec(query), work.choices(query))


def packed(query: IndexQuery) -> bytes:
    """All files in one ZIP, and the lines that use them."""
    held = io.BytesIO()
    lines = "\n".join(commands(query)) + "\n"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**written(query), "commands.txt": lines.encode()}.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), body, zipfile.ZIP_DEFLATED)
    return held.getvalue()
