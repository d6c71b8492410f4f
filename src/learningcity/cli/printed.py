"""Tables as journals print them, on the command line: a Word file or LaTeX by the ending of ``--out``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import current_language, say

if TYPE_CHECKING:
    import pandas as pd

#: Ending -> format of :func:`learningcity.render_tables`.
PRINTED = {".docx": "docx", ".tex": "latex"}
_MADE = Text("Computed with learningcity {version}.", "由learningcity {version}计算。")


def is_printed(out: Path | None) -> bool:
    """Whether a table is asked for as journals print it."""
    return out is not None and out.suffix.lower() in PRINTED


def print_frame(
    frame: pd.DataFrame,
    title: Text,
    out: Path,
    *,
    heads: Mapping[str, Text] | None = None,
    note: Text | None = None,
    limits: Sequence[str] = (),
) -> None:
    """Write a table for print.

    Parameters
    ----------
    frame
        The table.
    title
        What it shows.
    out
        A file that ends in .docx or .tex.
    heads
        Heads of columns; the others have their names.
    note
        What stands below it.
    limits
        What may not be read from it, one sentence each.
    """
    language = current_language()
    known = heads or {}
    columns = tuple(lc.Column(str(c), known.get(str(c), Text(str(c), str(c)))) for c in frame.columns)
    sheet = lc.Sheet("table", title, frame.set_axis([str(c) for c in frame.columns], axis=1), columns, note)
    lines = [_MADE.in_(language).format(version=lc.__version__)]
    body = lc.render_tables(
        title.in_(language), [sheet], language, format=PRINTED[out.suffix.lower()], limits=limits, lines=lines
    )
    lc.write_whole(out, body)
    say(Text(f"Written: {out}", f"已写入：{out}"))
