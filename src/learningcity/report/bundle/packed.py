"""A document as a data package: every table as CSV, figures as pictures, the document itself, terms and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from learningcity.core import Text, people_csv, plain
from learningcity.report.bundle import described, readme
from learningcity.report.bundle.grids import Grid, GridColumn, grids
from learningcity.report.bundle.words import HEADS, UNIT_OF
from learningcity.report.document import Document, Picture, pack
from learningcity.report.html.figures import drawing
from learningcity.report.package.licences import FILE
from learningcity.report.package.package import zipped
from learningcity.report.sheets import picture_chart

#: Pixels of a PNG for each of the picture.
SCALE = 2.0


def write(document: Document, progress: Callable[[int, int], None] | None = None) -> bytes:
    """Write a document as a data package (ZIP); the same document gives the same bytes.

    Parameters
    ----------
    document
        In the language that texts of the tables, pictures and read-me are given in.
    progress
        Called with the number of figures drawn and how many there are.
    """
    held = grids(document)
    files: dict[str, bytes] = {}
    resources = []
    for grid in held:
        written = csv_of(grid)
        files[written[0]] = written[1]
        resources.append(described.table(grid, written, document.language))
    by_key = {one.key: one for one in held if one.kind == "figure"}
    for number, figure in enumerate(document.figures, 1):
        for path, content in _pictures(figure.picture(document.language), by_key[figure.key].name):
            files[path] = content
            resources.append(described.picture(by_key[figure.key], path, content, document.language))
        if progress is not None:
            progress(number, len(document.figures))
    package = described.package(document, resources)
    whole = {
        "datapackage.json": _json(package),
        "README.md": readme.read_me(document, held, package).encode("utf-8"),
        FILE: readme.terms(),
        "CITATION.cff": readme.citation_file(document).encode("utf-8"),
        "document.json": _json(pack(document)),
        "manifest.json": _json(plain(document.manifest)),
        **files,
    }
    return zipped({**whole, "SHA256SUMS": _sums(whole)})


def csv_of(grid: Grid) -> described.Written:
    """Give a table as CSV for people and programs: path, content, and the columns as they stand in it.

    A column whose rows differ in their unit is followed by one that names it; where rows name sources,
    the last column holds their ids.
    """
    import pandas as pd

    columns: list[GridColumn] = []
    cells: list[Sequence[Any]] = []
    for n, one in enumerate(grid.columns):
        values = [row[n] for row in grid.rows]
        columns.append(one)
        cells.append([cell.value for cell in values])
        if one.by_row:
            title = Text(UNIT_OF.en.replace("{title}", one.title.en), UNIT_OF.zh.replace("{title}", one.title.zh))  # fmt: skip
            columns.append(GridColumn(_free(f"{one.code}_unit", grid), title, "string"))
            cells.append([cell.unit for cell in values])
    if grid.cites:
        columns.append(GridColumn("source_ids", HEADS["source_ids"], "string"))
        cells.append([";".join(ids) or None for ids in grid.cited])
    frame = pd.DataFrame(dict(enumerate(cells)), dtype=object)
    frame.columns = pd.Index([one.code for one in columns], dtype=object)
    return f"data/{grid.name}.csv", people_csv(frame), columns


def _free(code: str, grid: Grid) -> str:
    """A name that no column has."""
    while code in {one.code for one in grid.columns}:
        code += "_"
    return code


def _pictures(one: Picture, name: str) -> list[tuple[str, bytes]]:
    """The picture as files; none where nothing could be drawn."""
    if not one.svg:
        return []
    drawing(one)  # a picture that holds more than shapes is refused here, as on a page
    chart = picture_chart(one)
    return [
        (f"figures/{name}.svg", chart.file().encode("utf-8")),
        (f"figures/{name}.png", chart.png(SCALE)),
    ]


def _json(held: Any) -> bytes:
    return (json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _sums(files: Mapping[str, bytes]) -> bytes:
    """Checksums of all files, as sha256sum checks them."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())]
    return "".join(lines).encode("utf-8")
