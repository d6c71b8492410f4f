"""Tables as a page of its own, to be printed or pasted into a document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from learningcity.report.tables.laid import NUMBER, Laid

STYLE = """
body{margin:2rem auto;max-width:70rem;padding:0 1rem;background:#fff;color:#000;
font:16px/1.5 "Times New Roman","Songti SC","SimSun","Noto Serif CJK SC",serif}
h1{font-size:1.3rem}h2{font-size:1.05rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:0 auto;border-top:1.5pt solid;border-bottom:1.5pt solid;
font-variant-numeric:tabular-nums lining-nums}
caption{padding:1.2rem 0 .4rem;font-weight:bold}
thead tr{border-bottom:.75pt solid}
th,td{padding:.15rem .6rem;text-align:left;vertical-align:top}
thead th{vertical-align:bottom}
.n{text-align:right;white-space:nowrap}
.note{font-size:.86rem;margin:.3rem 0}
@media print{body{margin:0;max-width:none;font-size:9.5pt}thead{display:table-header-group}tr{break-inside:avoid}}
@page{margin:2cm}
"""


def write(
    title: str, tables: Sequence[Laid], language: str, parts: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    """Write a page without scripts."""
    body = [f"<h1>{escape(title)}</h1>"]
    gap = {"en": ". ", "zh": "\u3000"}[language]
    for number, one in enumerate(tables, 1):
        caption = f"{NUMBER.in_(language).format(number)}{gap}{escape(one.title)}"
        body.append(_table(one, caption) if one.rows else f"<h2>{caption}</h2>")
        body += [f'<p class="note">{escape(note)}</p>' for note in one.notes]
    for head, lines in parts:
        if lines:
            body.append(f"<h2>{escape(head)}</h2><ul>{''.join(f'<li>{escape(x)}</li>' for x in lines)}</ul>")
    found = (
        f'<!doctype html>\n<html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body><main>\n" + "\n".join(body) + "\n</main></body></html>\n"
    )
    return found.encode("utf-8")


def _table(one: Laid, caption: str) -> str:
    sides = ['class="n"' if number else "" for number in one.numeric]
    head = "".join(f'<th scope="col" {s}>{escape(h)}</th>' for h, s in zip(one.heads, sides, strict=True))
    rows = "".join(
        "<tr>" + "".join(f"<td {s}>{escape(c)}</td>" for c, s in zip(row, sides, strict=True)) + "</tr>\n"
        for row in one.rows
    )
    return (
        f'<div class="wide"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>"
    )
