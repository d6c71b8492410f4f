"""How answers of QCA leave the command line: in words for people, whole for machines, printed tables as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text, escaped
from learningcity.cli.base import current_language, option, say
from learningcity.cli.explain_words import called
from learningcity.cli.output import answer

if TYPE_CHECKING:
    import pandas as pd

#: Endings of printed configuration tables.
PRINTED = {".txt": "text", ".html": "html", ".tex": "latex", ".docx": "docx"}
#: Tables by name; made when they are asked for.
Tables = Mapping[str, Callable[[], "pd.DataFrame"]]


def show(*names: str, text: Text) -> Any:
    """Which of several tables an answer shows; the first is the default."""
    return option("--show", "shown", type=click.Choice(names), default=names[0], show_default=True, text=text)


def give(
    result: Any,
    tables: Tables,
    shown: str,
    *,
    as_json: bool,
    out: Path | None,
    more: Mapping[str, Any] | None = None,
    labels: Mapping[str, Text] | None = None,
) -> None:
    """Give a result: one table on the screen or as CSV, all tables as a workbook, everything as JSON.

    Parameters
    ----------
    result
        What was computed; JSON holds all of it.
    tables
        In words of the language.
    shown
        Which of them.
    more
        Further entries of the JSON.
    labels
        What codes in the summary are called.
    """
    ending = "" if out is None else out.suffix.lower()
    data = {**result.to_dict(), **(more or {})} if as_json or ending == ".json" else None
    if out is not None and ending == ".xlsx":
        lc.write_whole(out, lc.people_xlsx({name.replace("-", "_"): make() for name, make in tables.items()}))
        say(Text(f"Written: {out}", f"已写入：{out}"))
    else:
        answer(tables[shown](), shown, data=data, out=out, as_json=as_json)
    if not as_json:
        say(called(result.summary(current_language()), labels or {}, current_language()))


def print_table(table: Any, out: Path | None, *, crossed: bool, cases: bool) -> None:
    """Write a configuration table as journals print it."""
    ending = ".txt" if out is None else out.suffix.lower()
    _, _, body = lc.render_configurations(
        table, PRINTED[ending], current_language(), absence="crossed" if crossed else "empty", cases=cases
    )
    if out is None:
        click.echo("\n".join(escaped(line) for line in body.decode("utf-8-sig").splitlines()))
        return
    lc.write_whole(out, body)
    say(Text(f"Written: {out}", f"已写入：{out}"))


def refuse_printed(out: Path | None) -> None:
    """Tell endings that only configuration tables have."""
    if out is not None and out.suffix.lower() in PRINTED:
        raise InputError(
            Text(
                f"{out.name}: a configuration table comes from learningcity explain minimise; here the ending must be "
                ".csv, .xlsx or .json.",
                f"{out.name}：组态表由learningcity explain minimise生成；此处文件名须以.csv、.xlsx或.json结尾。",
            )
        )
