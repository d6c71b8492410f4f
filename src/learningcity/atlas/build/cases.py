"""Check the authored portraits: every reference leads to a row of the same city, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from learningcity.atlas.portraits import REFERENCE, parse_portrait
from learningcity.core import Finding, InputError, Text, near_names

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited
    from learningcity.atlas.portraits import PortraitSource

_BRACKETS = re.compile(r"\[\[.*?\]\]|\[\[|\]\]")
_BARE_YEAR = re.compile(r"\[\[year:[^\]]*\]\](?!年)")

#: Where each kind of reference leads: table and its id column.
_TARGETS = {
    "fact": ("facts", "fact_id"),
    "practice": ("practices", "practice_id"),
    "year": ("practices", "practice_id"),
}


def check_cases(edited: Edited) -> list[Finding]:
    """Check all portraits.

    Parameters
    ----------
    edited
        Tables that keep their schemas, and the portraits as text.

    Returns
    -------
    list of Finding
        The row is the line of the file.
    """
    cities = set(edited.tables["cities"]["city_id"])
    known = {
        table: {row[key]: row for row in edited.tables[table].to_dict("records")}
        for table, key in set(_TARGETS.values())
    }
    avoid = {r["word"]: r["instead"] for r in edited.tables["words-to-avoid"].to_dict("records")}
    found = []
    for name, text in edited.cases.items():
        found += list(_check_case(name, text, cities, known))
        found += list(_words_to_avoid(name, text, avoid))
    return found


def reference_count(edited: Edited) -> int:
    """Tell how many references the portraits hold."""
    return sum(len(REFERENCE.findall(text)) for text in edited.cases.values())


def _check_case(
    name: str, text: str, cities: set[str], known: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Finding]:
    try:
        portrait = parse_portrait(text, f"{name}.md")
    except InputError as error:
        yield _finding(name, None, "", error.text, Text("", ""))
        return
    if portrait.city_id not in cities or portrait.city_id != name:
        yield _finding(
            name, 2, portrait.city_id,
            Text(f"The portrait is of {portrait.city_id!r}, which is no city or not the name of the file.", f"案例所属城市“{portrait.city_id}”不在城市表中，或与文件名不符。"),
            Text("Write the id of the city, and name the file after it.", "请填城市编号，并以其命名文件。"),
        )  # fmt: skip
        return
    for number, line in enumerate(text.split("\n"), start=1):
        yield from _check_line(name, number, line, known)
    yield from _same_references(name, portrait)
    yield from _chinese_years(name, text)


def _check_line(
    name: str, number: int, line: str, known: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Finding]:
    for bracket in _BRACKETS.findall(line):
        match = REFERENCE.fullmatch(bracket)
        if match is None:
            yield _finding(
                name, number, bracket,
                Text(f"{bracket!r} is not a reference.", f"“{bracket}”不是有效引用。"),
                Text("Write [[fact:ID]], [[practice:ID]] or [[year:PRACTICE_ID]].", "请写作[[fact:编号]]、[[practice:编号]]或[[year:举措编号]]。"),
            )  # fmt: skip
            continue
        table, _ = _TARGETS[match[1]]
        row = known[table].get(match[2])
        if row is None:
            near = near_names(match[2], [i for i, r in known[table].items() if r["city_id"] == name])
            yield _finding(
                name, number, bracket,
                Text(f"{match[2]!r} is not known in {table}.", f"“{match[2]}”在{table}中不存在。"),
                Text(f"Did you mean {', '.join(near)}?", f"是否指{'、'.join(near)}？") if near else Text("Give an id that is there.", "请给出已有编号。"),
            )  # fmt: skip
        elif row["city_id"] != name:
            yield _finding(
                name, number, bracket,
                Text(f"{match[2]!r} belongs to {row['city_id']}.", f"“{match[2]}”属于{row['city_id']}。"),
                Text(f"Refer to a row of {name}.", f"请引用{name}自己的数据行。"),
            )  # fmt: skip
        elif match[1] == "year" and not row["start_year"]:
            yield _finding(
                name, number, bracket,
                Text(f"The practice {match[2]} has no start year.", f"举措{match[2]}没有起始年份。"),
                Text("Refer to the practice, or give it its year in practices.", "请改为引用该举措，或在practices中补充年份。"),
            )  # fmt: skip
        elif match[1] == "fact" and not row["value"]:
            yield _finding(
                name, number, bracket,
                Text(f"The fact {match[2]} has no value.", f"数据{match[2]}没有数值。"),
                Text("Refer to a fact with a value.", "请引用有数值的数据。"),
            )  # fmt: skip


def _same_references(name: str, portrait: PortraitSource) -> Iterator[Finding]:
    english, chinese = (set(portrait.references(language)) for language in ("en", "zh"))
    for kind, ref in sorted(english ^ chinese):
        there = Text("English", "英文") if (kind, ref) in english else Text("Chinese", "中文")
        yield _finding(
            name, None, f"[[{kind}:{ref}]]",
            Text(f"[[{kind}:{ref}]] stands in the {there.en} part only.", f"[[{kind}:{ref}]]仅见于{there.zh}部分。"),
            Text("Both parts must rest on the same rows.", "两种语言须引用相同的数据行。"),
        )  # fmt: skip


def _chinese_years(name: str, text: str) -> Iterator[Finding]:
    chinese = False
    for number, line in enumerate(text.split("\n"), start=1):
        chinese = line == "## zh" if line.startswith("## ") else chinese
        for bare in _BARE_YEAR.findall(line) if chinese else ():
            yield _finding(
                name, number, bare,
                Text("The year stands bare in the Chinese text.", "中文年份引用后缺“年”字。"),
                Text("Add 年 after the reference.", "请在引用后补“年”字。"),
            )  # fmt: skip


def _words_to_avoid(name: str, text: str, avoid: dict[str, str]) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), start=1):
        for word, instead in avoid.items():
            if word in line:
                yield _finding(
                    name, number, word,
                    Text(f"The word {word} is to be avoided.", f"应避免使用“{word}”。"),
                    Text(f"Write {instead}.", f"请改用“{instead}”。"),
                )  # fmt: skip


def _finding(name: str, line: int | None, value: str, problem: Text, remedy: Text) -> Finding:
    return Finding(f"cases/{name}.md", line, None, value, problem, remedy)
