"""Authors as the tables print them, and what the page says of them in its own language."""

from __future__ import annotations

import re
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

#: Bodies that both languages name each in its own way; persons stay as printed.
BODIES: dict[str, lc.Text] = {
    "UNESCO Institute for Lifelong Learning": lc.Text(
        "UNESCO Institute for Lifelong Learning", "教科文组织终身学习研究所"
    ),
    "UNESCO-UNEVOC": lc.Text("UNESCO-UNEVOC", "教科文组织国际职业技术教育与培训中心"),
    "United Nations": lc.Text("United Nations", "联合国"),
    "OECD": lc.Text("OECD", "经合组织"),
    "Delors commission": lc.Text("Delors commission", "德洛尔委员会"),
    "First International Congress of Educating Cities": lc.Text(
        "First International Congress of Educating Cities", "第一届国际教育型城市大会"
    ),
    "International Association of Educating Cities": lc.Text(
        "International Association of Educating Cities", "国际教育型城市协会"
    ),
    "Fourth Plenum of the 19th Central Committee, CPC": lc.Text(
        "Fourth Plenum of the 19th Central Committee, CPC", "中共十九届四中全会"
    ),
    "20th National Congress of the CPC": lc.Text("20th National Congress of the CPC", "中共二十大"),
}

#: What stands in brackets behind a name.
NOTES: dict[str, lc.Text] = {
    "ed.": lc.Text("ed.", "主编"),
    "eds": lc.Text("eds", "主编"),
    "described": lc.Text("describing it", "介绍者"),
    "cited": lc.Text("as cited", "据引述"),
    "definition of ELLI": lc.Text("definition of ELLI", "采用ELLI的定义"),
    "TVETipedia": lc.Text("TVETipedia", "见其术语库TVETipedia"),
    "as reported by COLLO": lc.Text("as reported by COLLO", "据COLLO介绍"),
}

_NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")
_BETWEEN = re.compile(r"\s*;\s*|\s+and\s+|,\s+")


def authors(text: str | None, language: str) -> list[Row]:
    """Split authors into names with their language, and a note in the page's words.

    Examples
    --------
    >>> [(a["name"], a["note"]) for a in authors("黄庆平 and 王玲琳 (described)", "zh")]
    [('黄庆平', ''), ('王玲琳', '介绍者')]
    >>> authors("United Nations", "zh")[0]["name"]
    '联合国'
    """
    if not text:
        return []
    found = _NOTE.search(text)
    note, text = (found[1], text[: found.start()]) if found else ("", text)
    others = text.endswith(" et al.")
    text = text.removesuffix(" et al.")
    parts = [text] if text in BODIES else [part for part in _BETWEEN.split(text) if part]
    names = [_name(part, language) for part in parts]
    names[-1]["others"] = others
    names[-1]["note"] = NOTES[note].in_(language) if note in NOTES else note
    return names


def _name(text: str, language: str) -> Row:
    body = BODIES.get(text)
    name = body.in_(language) if body else text
    return {
        "name": name,
        "lang": None if body else content.foreign(name, language),
        "note": "",
        "others": False,
    }
