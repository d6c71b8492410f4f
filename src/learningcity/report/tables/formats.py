"""Tables as journals print them: a Word file, LaTeX, or a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from learningcity.core import LANGUAGES, Text, UnknownNameError, escaped
from learningcity.report.tables.laid import lay

if TYPE_CHECKING:
    from learningcity.report.package import Sheet

#: Format -> ending and media type.
TABLE_FORMATS = {
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "latex": ("tex", "application/x-tex"),
    "html": ("html", "text/html; charset=utf-8"),
}
LIMITS = Text("What may not be read from it", "不能由此得出的结论")
SOURCE = Text("Source and versions", "来源与版本")


def render_tables(
    title: str,
    sheets: Sequence[Sheet],
    language: str = "en",
    *,
    format: str = "docx",  # noqa: A002 - the word of every report of ours
    limits: Sequence[str] = (),
    lines: Sequence[str] = (),
    names: Mapping[str, Text] | None = None,
) -> bytes:
    r"""Give tables as a document for people: captions, three-line tables, what may not be read, the source.

    Parameters
    ----------
    title
        What the document holds.
    sheets
        The tables, in their order. Of columns in both languages that of the document is printed, codes are
        words, numbers have as many digits as can be read; at most 300 rows of each are printed, and a note
        says how many there are.
    language
        "en" or "zh".
    format
        "docx", "latex" or "html". LaTeX needs the packages booktabs, longtable, array and pdflscape, and in
        Chinese an engine and class that set Chinese, such as XeLaTeX with ctexart.
    limits
        What may not be read from the tables, one sentence each. A note that several sheets share joins
        them, and is not repeated below each table.
    lines
        Where they come from: address, versions, licence, citation.
    names
        What ids are called (cities, say), where a cell holds nothing but ids.

    Returns
    -------
    bytes
        The file; the same tables give the same bytes.

    Raises
    ------
    UnknownNameError
        No such format or language.

    Examples
    --------
    >>> import pandas as pd
    >>> import learningcity as lc
    >>> columns = (lc.Column("n", lc.Text("city", "城市")), lc.Column("x", lc.Text("effect", "效应量")))
    >>> frame = pd.DataFrame({"n": ["Cork", "Mayo & Co"], "x": [0.25, -0.125]})
    >>> sheet = lc.Sheet("effects", lc.Text("Effects", "效应"), frame, columns)
    >>> for line in render_tables("Example", [sheet], format="latex").decode().splitlines()[16:18]:
    ...     print(line)
    Cork & 0.250 \\
    Mayo \& Co & $-$0.125 \\
    """
    if format not in TABLE_FORMATS:
        raise UnknownNameError("format", format, TABLE_FORMATS)
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    module = "docx_file" if format == "docx" else format
    write = import_module(f"learningcity.report.tables.{module}").write
    notes = [sheet.note.in_(language) for sheet in sheets if sheet.note]
    shared = [note for note in dict.fromkeys(notes) if notes.count(note) > 1]
    parts = [
        (LIMITS.in_(language), [escaped(one) for one in dict.fromkeys((*shared, *limits))]),
        (SOURCE.in_(language), [escaped(one) for one in lines]),
    ]
    tables = [lay(one, language, names, unsaid=shared) for one in sheets]
    found: bytes = write(escaped(title), tables, language, parts)
    return found
