"""Write a configuration table in the format that somebody asks for."""

from __future__ import annotations

from importlib import import_module

from learningcity.core import LANGUAGES, UnknownNameError, of_kind
from learningcity.explain import ConfigurationTable

#: Format -> ending and media type.
FORMATS = {
    "text": ("txt", "text/plain; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
    "latex": ("tex", "application/x-tex"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
#: How absence is drawn: an empty circle, or a crossed one.
SIGNS = ("empty", "crossed")


def render_configurations(
    table: ConfigurationTable,
    format: str = "text",  # noqa: A002 - the word of every report of ours
    language: str = "en",
    *,
    absence: str = "empty",
    cases: bool = False,
    caption: str | None = None,
) -> tuple[str, str, bytes]:
    """Write a configuration table as journals print it: large circles core, small ones contributing.

    Parameters
    ----------
    table
        From ``configuration_table``.
    format
        "text", "html", "latex" or "docx". A LaTeX table needs the package booktabs, and in Chinese an
        engine and class that set Chinese, such as XeLaTeX with ctexart.
    language
        "en" or "zh".
    absence
        What stands for the absence of a condition: "empty" circles, or "crossed" ones as in Ragin & Fiss.
    cases
        Whether the cases behind each path follow below, by kind, with links where the table has addresses.
    caption
        Another caption than the one made from the outcomes.

    Returns
    -------
    name, media type, bytes
        A file name, its media type and the file.

    Raises
    ------
    UnknownNameError
        No such format, language or sign.
    InputError
        No configuration table.

    References
    ----------
    Ragin & Fiss (2008), in Ragin, Redesigning social inquiry, doi 10.7208/chicago/9780226702797.001.0001.

    Examples
    --------
    >>> import pandas as pd
    >>> import learningcity as lc
    >>> data = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 1], "Y": [1, 0, 0]}, index=list("xyz"))
    >>> solution = lc.minimise(lc.truth_table(data, "Y", ["A", "B"]), "intermediate")
    >>> name, kind, body = render_configurations(lc.configuration_table(solution))
    >>> print(name, *body.decode().splitlines()[4:6], sep=chr(10))
    configurations-y.txt
    A                     ●
    B                     ●
    """
    of_kind(table, ConfigurationTable, "table")
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    if absence not in SIGNS:
        raise UnknownNameError("option", absence, SIGNS)
    ending, kind = FORMATS[format]
    module = "docx_file" if format == "docx" else format
    write = import_module(f"learningcity.report.configuration.{module}").write
    body = write(table, language, absence == "crossed", cases, caption)
    return f"configurations-{_slug(table)}.{ending}", kind, body


def _slug(table: ConfigurationTable) -> str:
    """Outcomes as part of a file name."""
    names = "-".join(("not-" if p.outcome.startswith("~") else "") + p.outcome for p in table.panels).lower()
    return "".join(c for c in names if c.isalnum() or c in "-_") or "table"
