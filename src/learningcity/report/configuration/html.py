"""A configuration table as a page: circles are drawn, so that they are alike in every font and print sharp."""

from __future__ import annotations

from html import escape

from learningcity.explain import ConfigurationTable, Grid, Mark
from learningcity.report.configuration.parts import HEAD, cases_of, colon, only_note

#: Radius of large circles, small ones, and small ones with a cross, in a box of 16.
LARGE, SMALL, CROSSED = 6.5, 3.2, 4.4
STYLE = """
body{margin:2rem auto;max-width:60rem;padding:0 1rem;background:#fff;color:#000;
font:16px/1.5 "Times New Roman","Songti SC","SimSun","Noto Serif CJK SC",serif}
.printed{width:max-content;max-width:100%;min-width:min(34rem,100%);margin:0 auto}
table.configurations{border-collapse:collapse;width:100%;border-top:1.5pt solid;border-bottom:1.5pt solid}
.configurations caption{padding:0 0 .5rem;font-weight:bold;text-align:center}
:lang(zh) .configurations caption{font-family:"Heiti SC","SimHei","Noto Sans CJK SC",sans-serif;font-weight:normal}
.configurations th{font-weight:normal;text-align:left;padding:.22rem 1.4rem .22rem .3rem;white-space:nowrap}
.configurations td,.configurations thead th{padding:.22rem .7rem;text-align:center;min-width:2.6rem;
font-variant-numeric:tabular-nums lining-nums}
.configurations thead th.corner{text-align:left;padding-left:.3rem}
.configurations tbody{border-top:.75pt solid}
.configurations thead th.outcome{padding:.22rem .35rem 0}
.configurations thead .outcome span{display:block;border-bottom:.5pt solid;padding-bottom:.22rem}
.configurations svg{display:block;margin:auto;width:1.15em;height:1.15em}
.legend svg{display:inline-block;width:.95em;height:.95em;vertical-align:-.12em}
.legend .sign{white-space:nowrap}
.notes{font-size:.86rem;line-height:1.55;margin-top:.6rem;width:0;min-width:100%}
.notes p{margin:0}
.behind{font-size:.86rem;margin-top:1.4rem;width:0;min-width:100%}
.behind h2{font-size:1rem;margin:0 0 .3rem}
.behind dt{margin-top:.4rem}
.behind dd{margin:0 0 0 1.2rem}
.behind a{color:inherit}
@media print{body{margin:0;max-width:none;font-size:10.5pt}tr{break-inside:avoid}.behind a{text-decoration:none}}
@page{margin:2cm}
"""


def circle(mark: Mark | None, words: str, crossed: bool = False) -> str:
    """Draw a mark; a value of a multi-value condition is its number, bold where core."""
    if mark is None:
        return ""
    if mark.multi:
        return f"<strong>{mark.value}</strong>" if mark.core else str(mark.value)
    small = mark.core is False
    radius, line = (SMALL, 1.1) if small else (LARGE, 1.1)
    if small and crossed and not mark.value:
        # A cross in the smallest circle would run together in print.
        radius, line = CROSSED, 0.9
    if mark.value:
        drawn = f'<circle cx="8" cy="8" r="{radius}" fill="currentColor"/>'
    else:
        r = radius - 0.5
        stroke = f'stroke="currentColor" stroke-width="{line}"'
        drawn = f'<circle cx="8" cy="8" r="{r}" fill="none" {stroke}/>'
        if crossed:
            near, far = round(8 - r * 0.707, 2), round(8 + r * 0.707, 2)
            drawn += f'<path d="M{near} {near}L{far} {far}M{near} {far}L{far} {near}" {stroke}/>'
    return f'<svg viewBox="0 0 16 16" role="img" aria-label="{escape(words)}">{drawn}</svg>'


def table_html(
    table: ConfigurationTable, language: str, crossed: bool = False, caption: str | None = None
) -> str:
    """Give the table alone, without scripts and inline styles, to be set into a page."""
    grid = table.grid(language)
    words = dict(grid.legend)
    head = f'<tr><th class="corner" scope="col" rowspan="2">{escape(grid.corner)}</th>' + "".join(
        f'<th class="outcome" scope="colgroup" colspan="{columns}"><span>{escape(name)}</span></th>'
        for name, columns in grid.outcomes
    )
    head += "</tr><tr>" + "".join(f'<th scope="col">{name}</th>' for name in grid.names) + "</tr>"
    marks = "".join(
        _row(label, [circle(m, _words(m, words), crossed) for m in row]) for label, row in grid.marks
    )
    figures = "".join(_row(label, row) for label, row in grid.figures)
    wholes = "".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(
            f'<td colspan="{columns}">{cell}</td>'
            for cell, (_, columns) in zip(row, grid.outcomes, strict=True)
        )
        + "</tr>"
        for label, row in grid.wholes
    )
    return (
        f'<table class="configurations"><caption>{escape(caption or grid.caption)}</caption>'
        f"<thead>{head}</thead><tbody>{marks}</tbody><tbody>{figures}</tbody><tbody>{wholes}</tbody></table>"
        f'<div class="notes">{_legend(grid, crossed)}' + "".join(f"<p>{escape(n)}</p>" for n in grid.notes) + "</div>"
    )  # fmt: skip


def write(table: ConfigurationTable, language: str, crossed: bool, cases: bool, caption: str | None) -> bytes:
    """Write the table as a page of its own, to be printed as it is."""
    title = escape(caption or table.grid(language).caption)
    behind = _behind(table, language) if cases else ""
    found = (
        f'<!doctype html>\n<html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body>"
        '<main class="printed">'
        f"{table_html(table, language, crossed, caption)}{behind}</main></body></html>\n"
    )
    return found.encode("utf-8")


def _words(mark: Mark | None, words: dict[Mark | None, str]) -> str:
    return words.get(mark, "")


def _row(label: str, cells: list[str] | tuple[str, ...]) -> str:
    return f'<tr><th scope="row">{escape(label)}</th>' + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"


def _legend(grid: Grid, crossed: bool) -> str:
    gap, stop = ("; ", ".") if grid.language == "en" else ("；", "。")
    parts = [
        f'<span class="sign">{circle(mark, text, crossed)} {escape(text)}</span>' if mark else escape(text)
        for mark, text in grid.legend
    ]
    return f'<p class="legend">{escape(grid.note)}{gap.join(parts)}{stop}</p>'


def _behind(table: ConfigurationTable, language: str) -> str:
    found, path = [], None
    cases = cases_of(table, language)
    bold = only_note(cases, language)
    for one in cases:
        if one.path != path:
            found.append(f"<dt>{escape(one.path)}</dt>")
            path = one.path
        names = (", " if language == "en" else "、").join(_case(*case) for case in one.names)
        found.append(f"<dd>{escape(one.kind)}{colon(language)}{names}</dd>")
    note = f"<p>{bold}</p>" if bold else ""
    return f'<section class="behind"><h2>{HEAD.in_(language)}</h2>{note}<dl>{"".join(found)}</dl></section>'


def _case(name: str, address: str, only: bool) -> str:
    shown = f"<strong>{escape(name)}</strong>" if only else escape(name)
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown
