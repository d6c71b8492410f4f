"""The manifest of a document as html: versions, choices, seeds and hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from learningcity.report.html import words
from learningcity.report.html.inline import text
from learningcity.standards import format_number, label

_CODE, _HAN = re.compile("[A-Za-z]{2}"), re.compile("[\u4e00-\u9fff]")
CODED = ' lang="en" translate="no"'


def manifest_html(held: Mapping[str, Any], language: str, level: int = 2) -> str:
    """Write a manifest: single entries first, then each group under a heading of its own.

    Parameters
    ----------
    held
        As JSON holds it.
    language
        "en" or "zh".
    level
        The level of the heading above it.
    """
    single = {name: value for name, value in held.items() if not isinstance(value, Mapping)}
    groups = {name: value for name, value in held.items() if isinstance(value, Mapping) and value}
    found = [_list(single, language)] if single else []
    for name, group in groups.items():
        rows = _table(group, language) if _is_table(group) else _list(dict(flat(group, language)), language)
        tag = f"h{min(level + 1, 6)}"
        found.append(f"{entry(tag, called(name, language), language)}\n{rows}")
    return "".join(found)


def flat(held: Mapping[str, Any], language: str, before: str = "") -> Iterator[tuple[str, Any]]:
    """Give the entries of nested mappings by a dotted name; a text in both languages is one entry.

    Examples
    --------
    >>> dict(flat({"a": {"b": 1, "c": {"d": 2}}, "t": {"en": "x", "zh": "y"}}, "zh"))
    {'a.b': 1, 'a.c.d': 2, 't': 'y'}
    """
    for name, value in held.items():
        if isinstance(value, Mapping) and set(value) == {"en", "zh"}:
            yield f"{before}{name}", value[language]
        elif isinstance(value, Mapping) and value:
            yield from flat(value, language, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def written(value: Any, language: str = "en") -> str:
    """A choice as people read it.

    Examples
    --------
    >>> written(["law", "policy"]), written(True, "zh"), written(None), written([[1.0, 2]]), written(())
    ('law, policy', '是', '–', '[[1.0, 2]]', '–')
    """
    if value is None or (isinstance(value, list | tuple | Mapping) and not value):
        return "–"
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str | int | float) for one in value):
        return (", " if language == "en" else "、").join(map(str, value))
    return json.dumps(value, ensure_ascii=False, default=str)


def entry(tag: str, shown: object, language: str) -> str:
    """Write a name or value; on a Chinese page one in Latin letters is marked as a code, to be read and left as it is.

    Examples
    --------
    >>> entry("dt", "law", "zh"), entry("dd", "是", "zh"), entry("dd", 3, "zh")
    ('<dt lang="en" translate="no">law</dt>', '<dd>是</dd>', '<dd>3</dd>')
    """
    coded = language != "en" and _CODE.search(str(shown)) is not None and _HAN.search(str(shown)) is None
    return f"<{tag}{CODED if coded else ''}>{text(shown)}</{tag}>"


def called(name: object, language: str) -> str:
    """What a choice or an entry of the manifest is called; others keep their own names."""
    known = words.ENTRIES.get(str(name))
    return known.in_(language) if known else str(name)


def _list(held: Mapping[str, Any], language: str) -> str:
    rows = "".join(
        f"<div>{entry('dt', called(name, language), language)}{entry('dd', written(value, language), language)}</div>\n"
        for name, value in held.items()
    )
    return f'<dl class="manifest">{rows}</dl>\n'


def _is_table(group: Mapping[str, Any]) -> bool:
    rows = list(group.values())
    return len(rows) > 1 and all(
        isinstance(one, Mapping) and list(one) == list(rows[0]) and not any(isinstance(v, Mapping) for v in one.values())
        for one in rows
    )  # fmt: skip


def _table(group: Mapping[str, Mapping[str, Any]], language: str) -> str:
    columns = list(next(iter(group.values())))
    whole = {
        c: all(isinstance(row[c], int) and not isinstance(row[c], bool) for row in group.values())
        for c in columns
    }
    kinds = {c: ' class="num"' if whole[c] else "" for c in columns}
    head = "".join(f'<th scope="col"{kinds[c]}>{text(called(c, language))}</th>' for c in columns)
    body = "".join(
        f'<tr><th scope="row">{text(label("table", name, language))}</th>'
        + "".join(
            f'<td class="num">{format_number(row[c], language)}</td>'
            if whole[c]
            else entry("td", written(row[c], language), language)
            for c in columns
        )
        + "</tr>\n"
        for name, row in group.items()
    )
    first = words.PART.in_(language)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{first}"><table class="three-line hashes"><thead><tr>'
        f'<th scope="col">{first}</th>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n'
    )
