"""Column contracts: one schema a table validates it, documents it and feeds its forms.

A schema is a JSON file close to Frictionless Table Schema, with both languages in every title
and description. A broken row is named by table, row and column, with the remedy; it is
reported, never dropped in silence. Rows are counted as a spreadsheet shows them: the header is
row 1, the first record row 2.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core.characters import character_problem, without_blanks
from learningcity.core.errors import UnknownNameError, near_names
from learningcity.core.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

FieldType = Literal["string", "integer", "number", "year", "date", "list"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one cell (or row, or table) and what to do about it."""

    table: str
    row: int | None
    column: str | None
    value: str
    problem: Text
    remedy: Text
    level: Literal["error", "warning"] = "error"

    @property
    def text(self) -> Text:
        """The whole finding as one line in both languages."""
        en, zh = [self.table], [self.table]
        if self.row is not None:
            en.append(f"row {self.row}")
            zh.append(f"第{self.row}行")
        if self.column:
            en.append(f"column {self.column}")
            zh.append(f"{self.column}列")
        return Text(
            f"{', '.join(en)}: {self.problem.en} {self.remedy.en}",
            f"{'，'.join(zh)}：{self.problem.zh}{self.remedy.zh}",
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the finding as plain values."""
        return {
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "level": self.level,
            "problem": self.problem.to_dict(),
            "remedy": self.remedy.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its meaning in both languages, its type and what it may hold.

    ``lang`` says in which language a text column is written: ``zh`` and ``en`` where a partner
    column holds the other one (``pair``), ``en`` without a pair where the Chinese is still
    missing, ``original`` for what stands as its source printed it, None for codes and numbers.
    ``vocabulary`` names the list of codes (with their labels) that the column draws from.
    """

    name: str
    type: FieldType
    title: Text
    description: Text
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    lang: str | None = None
    pair: str | None = None
    vocabulary: str | None = None
    example: str = ""
    bad: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values must exist in another table (any of several, joined with ``|``)."""

    field: str
    tables: tuple[str, ...]
    column: str


@dataclass(frozen=True)
class Schema:
    """One table: its fields, its key, and where its ids must be known."""

    name: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=())
    overlay: bool = True

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names in their order."""
        return tuple(f.name for f in self.fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {f.name: f for f in self.fields}

    def __getitem__(self, name: str) -> Field:
        if name not in self.by_name:
            raise UnknownNameError("column", name, self.columns)
        return self.by_name[name]

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Schema:
        """Read a schema from the content of its JSON file."""
        return cls(
            name=raw["name"],
            title=Text(**raw["title"]),
            description=Text(**raw["description"]),
            fields=tuple(_field(f) for f in raw["fields"]),
            key=tuple(raw["primaryKey"]),
            references=tuple(
                Reference(r["fields"], tuple(r["reference"]["resource"].split("|")), r["reference"]["fields"])
                for r in raw.get("foreignKeys", [])
            ),
            overlay=raw.get("overlay", True),
        )


def _field(raw: Mapping[str, Any]) -> Field:
    limits = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=Text(**raw["title"]),
        description=Text(**raw["description"]),
        required=limits.get("required", False),
        enum=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern"),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        lang=raw.get("lang"),
        pair=raw.get("pair"),
        vocabulary=raw.get("vocabulary"),
        example=raw.get("example", ""),
        bad=raw.get("bad", ""),
    )


def load_schemas(package: str) -> dict[str, Schema]:
    """Load all schemas that a package ships in its ``schemas`` folder, by table name."""
    folder = resources.files(package).joinpath("schemas")
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            schema = Schema.from_dict(json.loads(entry.read_text(encoding="utf-8")))
            found[schema.name] = schema
    return found


def read_schema(path: Path) -> Schema:
    """Read one schema file."""
    return Schema.from_dict(json.loads(path.read_text(encoding="utf-8")))


# --- checking -----------------------------------------------------------------------------------

# Digits are 0-9 alone: what other scripts write as digits, other programs read otherwise or not at all.
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\Z")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_YEAR = re.compile(r"(1[5-9]|20|21)[0-9]{2}\Z")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?\Z")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


#: Of that many findings a table the near names are looked up.
SHOWN_WITH_NEAR_NAMES = 20


def check_rows(frame: pd.DataFrame, schema: Schema) -> list[Finding]:
    """Check a frame of strings against its schema: columns, types, ranges, codes, key.

    Parameters
    ----------
    frame
        All values strings ("" = empty), index = row number as a spreadsheet shows it.
    schema
        The contract of the table.

    Returns
    -------
    list of Finding
        Empty when every cell keeps the contract.
    """
    findings = _check_columns(frame, schema)
    if any(f.level == "error" for f in findings):
        return findings
    for one in schema.fields:
        values = frame[one.name].to_dict() if one.name in frame.columns else {}
        for row, value in values.items():
            problem = cell_problem(value, one)
            if problem:
                findings.append(Finding(schema.name, int(row), one.name, value, *problem))
    findings += _check_key(frame, schema)
    return sorted(findings, key=lambda f: (f.row or 0, f.column or ""))


def _check_columns(frame: pd.DataFrame, schema: Schema) -> list[Finding]:
    findings = []
    present = list(frame.columns)
    for name, times in Counter(present).items():
        if times > 1:
            findings.append(
                Finding(
                    schema.name, 1, name, name,
                    Text(f"The column {name!r} stands there twice.", f"列“{name}”重复。"),
                    Text("Keep one of them.", "请只保留一列。"),
                )
            )  # fmt: skip
    for one in schema.fields:
        if one.required and one.name not in present:
            near = near_names(one.name, [p for p in present if p not in schema.by_name])
            hint_en = f" Is it {near[0]!r}?" if near else ""
            hint_zh = f"是否为“{near[0]}”？" if near else ""
            findings.append(
                Finding(
                    schema.name, 1, one.name, "",
                    Text("The column is missing.", "缺少该列。"),
                    Text(f"Add it: {one.description.en}{hint_en}", f"请补上：{one.description.zh}{hint_zh}"),
                )
            )  # fmt: skip
    for name in dict.fromkeys(present):
        if name not in schema.by_name:
            near = near_names(str(name), schema.columns)
            en = f"Did you mean {near[0]!r}? " if near else ""
            zh = f"是否指“{near[0]}”？" if near else ""
            findings.append(
                Finding(
                    schema.name, 1, str(name), str(name),
                    Text(f"The column {name!r} is not known.", f"未知的列“{name}”。"),
                    Text(
                        f"{en}Remove it or use one of: {', '.join(schema.columns)}.",
                        f"{zh}请删除，或改用：{'、'.join(schema.columns)}。",
                    ),
                )
            )  # fmt: skip
    return list(dict.fromkeys(findings))


def cell_problem(value: str, one: Field) -> tuple[Text, Text] | None:
    """Say what is wrong with one cell and how to mend it, or None."""
    if without_blanks(value) == "":
        if one.required:
            return Text("The cell is empty.", "单元格为空。"), _remedy(one)
        if value == "":
            return None
    unseen = character_problem(value)
    if unseen:
        return unseen
    if value != value.strip():
        return (
            Text(f"{_cut(value)!r} begins or ends with a blank.", f"“{_cut(value)}”首尾有空格。"),
            Text("Remove the blank.", "请删除空格。"),
        )
    if one.type == "list":
        parts = value.split(";")
        if "" in parts or len(set(parts)) != len(parts):
            return (
                Text(f"{_cut(value)!r} has an empty or repeated part.", f"“{_cut(value)}”含空项或重复项。"),
                Text("Join the parts with ';', each once.", "各项以“;”连接，且不得重复。"),
            )
        for part in parts:
            problem = _value_problem(part, one)
            if problem:
                return problem
        return None
    return _value_problem(value, one)


_TYPES: dict[str, tuple[re.Pattern[str], Text]] = {
    "integer": (_INTEGER, Text("a whole number", "整数")),
    "number": (_NUMBER, Text("a number with a point as decimal mark and no separators", "数字（小数点用“.”，不用千位分隔符）")),
    "year": (_YEAR, Text("a year of four digits between 1500 and 2199", "四位数年份（1500—2199）")),
    "date": (_DATE, Text("a date such as 2024-12-03, 2024-12, 2024 or two of them joined with '/'", "日期，如2024-12-03、2024-12、2024，或以“/”连接的起止日期")),
}  # fmt: skip


def _value_problem(value: str, one: Field) -> tuple[Text, Text] | None:
    if one.type in _TYPES:
        pattern, what = _TYPES[one.type]
        if not pattern.match(value):
            remedy = _remedy(one)
            if _OTHER_DIGIT.search(value):
                remedy = Text(f"Type the digits as 0-9. {remedy.en}", f"请使用半角数字0—9。{remedy.zh}")
            return Text(f"{_cut(value)!r} is not {what.en}.", f"“{_cut(value)}”不是{what.zh}。"), remedy
    if one.enum and value not in one.enum:
        near = near_names(value, one.enum)
        en = f"Did you mean {near[0]!r}? " if near else ""
        zh = f"是否指“{near[0]}”？" if near else ""
        return (
            Text(f"{_cut(value)!r} is not an allowed value.", f"“{_cut(value)}”不在允许的取值之中。"),
            Text(f"{en}Use one of: {', '.join(one.enum)}.", f"{zh}请选用：{'、'.join(one.enum)}。"),
        )
    if one.pattern and not re.fullmatch(one.pattern, value, re.ASCII):
        return Text(
            f"{_cut(value)!r} does not have the form expected.", f"“{_cut(value)}”格式不符。"
        ), _remedy(one)
    if one.type in ("integer", "number", "year"):
        number = float(value)
        if not -1e300 < number < 1e300:
            return Text(f"{_cut(value)!r} is too large.", f"“{_cut(value)}”数值过大。"), _remedy(one)
        if abs(number) < 1e-300 and re.search("[1-9]", re.split("[eE]", value)[0]):
            return Text(f"{_cut(value)!r} is too small.", f"“{_cut(value)}”数值过小。"), _remedy(one)
        if one.minimum is not None and number < one.minimum:
            return (
                Text(f"{value} is below {one.minimum:g}.", f"{value}小于{one.minimum:g}。"),
                _remedy(one),
            )
        if one.maximum is not None and number > one.maximum:
            return (
                Text(f"{value} is above {one.maximum:g}.", f"{value}大于{one.maximum:g}。"),
                _remedy(one),
            )
    return None


def _cut(value: str) -> str:
    """Show enough of a long cell to find it, not pages of it."""
    return value if len(value) <= 100 else f"{value[:100]}…"


def _remedy(one: Field) -> Text:
    en = one.description.en
    zh = one.description.zh
    if one.example:
        en += f" For example {one.example!r}."
        zh += f"例如“{one.example}”。"
    return Text(f"Wanted: {en}", f"应填：{zh}")


def _check_key(frame: pd.DataFrame, schema: Schema) -> list[Finding]:
    if not schema.key or any(k not in frame.columns for k in schema.key):
        return []
    seen: dict[tuple[str, ...], int] = {}
    findings = []
    for row, *values in frame[list(schema.key)].itertuples(name=None):
        key = tuple(values)
        if key in seen:
            shown = " + ".join(v or "(empty)" for v in key)
            findings.append(
                Finding(
                    schema.name, int(row), schema.key[-1], shown,
                    Text(f"{shown!r} stands already in row {seen[key]}.", f"“{shown}”已见于第{seen[key]}行。"),
                    Text(
                        f"{' + '.join(schema.key)} must be unique: remove or rename one of the two rows.",
                        f"{'＋'.join(schema.key)}不得重复：请删除或改写其中一行。",
                    ),
                )
            )  # fmt: skip
        else:
            seen[key] = int(row)
    return findings


def check_references(
    tables: Mapping[str, pd.DataFrame],
    schemas: Iterable[Schema],
    known: Mapping[str, pd.DataFrame] | None = None,
) -> list[Finding]:
    """Check that every id that points to another table is known there.

    Parameters
    ----------
    tables
        Frames of strings by table name, index = spreadsheet row; their rows are checked.
    schemas
        The contracts whose foreign keys are checked.
    known
        The tables in which the ids are looked up (default: ``tables``).
    """
    where = tables if known is None else known
    findings: list[Finding] = []
    ids: dict[tuple[tuple[str, ...], str], dict[str, None]] = {}
    near: dict[tuple[tuple[tuple[str, ...], str], str], tuple[str, ...]] = {}
    for schema in schemas:
        if schema.name not in tables:
            continue
        frame, before = tables[schema.name], len(findings)
        for ref in schema.references:
            if ref.field not in frame.columns:
                continue
            at = (ref.tables, ref.column)
            if at not in ids:
                ids[at] = _ids(where, ref)
            is_list = schema[ref.field].type == "list"
            for row, value in frame[ref.field].items():
                for part in value.split(";") if is_list else (value,):
                    if not part or part in ids[at]:
                        continue
                    # To look for near names costs; nobody reads more than the first ones.
                    if (at, part) not in near and len(findings) - before < SHOWN_WITH_NEAR_NAMES:
                        near[at, part] = near_names(part, ids[at])
                    findings.append(_unknown(schema.name, row, ref, part, near.get((at, part), ())))
    return findings


def _ids(tables: Mapping[str, pd.DataFrame], ref: Reference) -> dict[str, None]:
    frames = [tables[t] for t in ref.tables if t in tables]
    return {v: None for f in frames if ref.column in f.columns for v in f[ref.column]}


def _unknown(table: str, row: Any, ref: Reference, value: str, near: tuple[str, ...]) -> Finding:
    where = " / ".join(ref.tables)
    en = f"Did you mean {near[0]!r}? Otherwise add" if near else "Add"
    zh = f"是否指“{near[0]}”？否则请" if near else "请"
    return Finding(
        table, int(row), ref.field, value,
        Text(f"{_cut(value)!r} is not known in {where}.", f"“{_cut(value)}”在{where}中不存在。"),
        Text(f"{en} it to {where} first.", f"{zh}先在{where}中添加。"),
    )  # fmt: skip


# --- typing -------------------------------------------------------------------------------------


def typed(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Turn a checked frame of strings into typed columns in schema order.

    Numbers become float64, integers and years Int64, everything else strings; an empty cell is
    missing (NaN or NA), never zero and never an empty string. Columns that the frame lacks are
    there, empty.
    """
    import pandas as pd

    columns: dict[str, pd.Series] = {}
    for one in schema.fields:
        raw = (
            frame[one.name]
            if one.name in frame.columns
            else pd.Series([""] * len(frame), index=frame.index, dtype="str")
        )
        columns[one.name] = _typed_column(raw, one)
    return pd.DataFrame(columns).reset_index(drop=True)


def _typed_column(raw: pd.Series, one: Field) -> pd.Series:
    import pandas as pd

    if one.type == "number":
        return pd.to_numeric(raw.where(raw != ""), errors="raise").astype("float64")
    if one.type in ("integer", "year"):
        return pd.to_numeric(raw.where(raw != ""), errors="raise").astype("Int64")
    return raw.astype("str").where(raw != "")
