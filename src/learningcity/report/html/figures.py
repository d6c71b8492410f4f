"""Figures: the picture inline, what must stand beside it, and its table one click away."""

from __future__ import annotations

import re
from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.document import Picture
from learningcity.report.html import words
from learningcity.report.html.inline import text
from learningcity.standards import format_number

_ELEMENTS = frozenset(
    {
        "circle", "defs", "desc", "ellipse", "g", "image", "line", "path", "polygon", "polyline", "rect", "svg", "text",
        "title", "tspan",
    }
)  # fmt: skip
_TAG = re.compile(r'<(/?)([a-zA-Z]+)((?:\s+[\w:.-]+="[^"<>]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'\s([\w:.-]+)="([^"]*)"')
_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")


def drawing(picture: Picture) -> str:
    """Give the picture as a page may hold it.

    Raises
    ------
    InputError
        It holds more than shapes and texts, such as a script or an address.
    """
    svg = picture.svg
    sound = "<" not in _TAG.sub("", svg) and all(
        match[2].lower() in _ELEMENTS and all(_harmless(*pair) for pair in _ATTRIBUTE.findall(match[3]))
        for match in _TAG.finditer(svg)
    )
    if not sound:
        raise InputError(
            Text(
                f"The picture {picture.title!r} holds more than shapes and texts; a document takes pictures of "
                "learningcity.chart.",
                f"图“{picture.title}”中有图形与文字以外的内容，文档只接受learningcity.chart绘制的图。",
            )
        )
    return svg


def _harmless(name: str, value: str) -> bool:
    lower = name.lower()
    if lower.endswith("href"):
        return _IMAGE.fullmatch(value) is not None
    return not lower.startswith("on") and lower not in ("style", "id") and "url(" not in value.lower()


def figure_rows(picture: Picture) -> tuple[list[tuple[str, bool]], list[list[str | None]]]:
    """Give heads with whether they hold numbers, and the cells of the columns that people read."""
    read = [(n, picture.heads[c]) for n, c in enumerate(picture.columns) if c in picture.heads]
    numeric = {n: _numeric([row[n] for row in picture.rows]) for n, _ in read}
    rows = [[_cell(row[n], picture.language) for n, _ in read] for row in picture.rows]
    return [(head, numeric[n]) for n, head in read], rows


def _numeric(values: list[Any]) -> bool:
    held = [one for one in values if one is not None]
    return bool(held) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in held)


def _cell(value: Any, language: str) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if float(value).is_integer() and 1000 <= value <= 2100:
        return str(int(value))
    # A table of figures is read for sizes: three digits, and the same separators in every language.
    rounded = (
        value if float(value).is_integer() else round(value) if abs(value) >= 1000 else float(f"{value:.3g}")
    )
    return format_number(rounded, "en")


def figure_table(picture: Picture) -> str:
    """Give the table behind a picture."""
    heads, rows = figure_rows(picture)
    void = f'<span class="void" aria-hidden="true">·</span><span class="unseen">{words.NOT_SEEN.in_(picture.language)}</span>'
    kinds = [' class="num"' if numeric else "" for _, numeric in heads]
    head = "".join(
        f'<th scope="col"{kind}>{text(title)}</th>' for (title, _), kind in zip(heads, kinds, strict=True)
    )
    body = []
    for row in rows:
        cells = [void if one is None else text(one) for one in row]
        first = f'<th scope="row"{kinds[0]}>{cells[0]}</th>'
        rest = "".join(f"<td{kind}>{one}</td>" for one, kind in zip(cells[1:], kinds[1:], strict=True))
        body.append(f"<tr>{first}{rest}</tr>")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(picture.title)}"><table class="three-line">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{chr(10).join(body)}</tbody></table></div>"
    )
