"""Read a whole other standard from a folder, a CSV or a workbook, and check it before anything is used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from learningcity.core import (
    Finding,
    InputError,
    TableError,
    Text,
    UnknownNameError,
    check_rows,
    read_sheets,
    typed,
)
from learningcity.standards.shipped import standard_schemas

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from learningcity.core import Schema

ITEMS, MEASUREMENTS = "key-features", "measurements"
_CODES = ("code", "parent", "feature_code")
#: What stands above each level; a pillar stands at the top.
_ABOVE = {"pillar": None, "area": "pillar", "feature": "area"}


def read_own_standard(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read items and measurements of a standard, checked and typed.

    Raises
    ------
    InputError
        Not readable, or without a table of pillars, areas and features.
    TableError
        Rows that break the contract; each is named by table, row and column, with the remedy.
    """
    tables = _read(path)
    schemas = {name: _any_codes(standard_schemas()[name]) for name in (ITEMS, MEASUREMENTS)}
    findings = [f for name, frame in tables.items() for f in check_rows(frame, schemas[name])]
    if not any(f.level == "error" for f in findings):
        findings += check_structure(tables[ITEMS], tables.get(MEASUREMENTS))
    errors = [f for f in findings if f.level == "error"]
    if errors:
        raise TableError(errors)
    items = typed(tables[ITEMS], schemas[ITEMS])
    schema = schemas[MEASUREMENTS]
    if MEASUREMENTS in tables:
        return items, typed(tables[MEASUREMENTS], schema)
    import pandas as pd

    return items, typed(pd.DataFrame(columns=list(schema.columns), dtype="str"), schema)


def _any_codes(schema: Schema) -> Schema:
    """Let another standard number its items in its own way; the Key Features have P1, 1 and 1.1."""
    code = Text(
        "A code of letters, digits, dots and hyphens, each once; the parent is the code of the item above.",
        "由字母、数字、点和连字符组成且不重复的编号；parent列填写上级条目的编号。",
    )
    fields = tuple(
        replace(f, pattern=r"[A-Za-z0-9][A-Za-z0-9.\-]*", description=code) if f.name in _CODES else f
        for f in schema.fields
    )
    return replace(schema, fields=fields)


def _read(path: Path) -> dict[str, pd.DataFrame]:
    if path.is_dir():
        files = [path / f"{name}.csv" for name in (ITEMS, MEASUREMENTS)]
        tables = {f.stem: read_sheets(f)[f.stem] for f in files if f.is_file()}
    else:
        sheets = read_sheets(path)
        # One table under any name is the standard itself; several must bear the names of the tables.
        tables = {ITEMS: next(iter(sheets.values()))} if len(sheets) == 1 else sheets
    for name in tables:
        if name not in (ITEMS, MEASUREMENTS):
            raise UnknownNameError("table", name, (ITEMS, MEASUREMENTS))
    if ITEMS not in tables:
        raise InputError(
            Text(
                f"{path.name} holds no table {ITEMS!r} with the pillars, areas and features. "
                f"Add {ITEMS}.csv, or a sheet of that name.",
                f"{path.name}中没有列出板块、领域和特征的数据表“{ITEMS}”。请补上{ITEMS}.csv或同名工作表。",
            )
        )
    return tables


def check_structure(items: pd.DataFrame, measurements: pd.DataFrame | None) -> list[Finding]:
    """Check levels, parents, marks and sources of frames of strings (index = spreadsheet row)."""
    levels = dict(zip(items["code"], items["level"], strict=True))
    findings = []
    parents = items["parent"] if "parent" in items.columns else [""] * len(items)
    for row, code, level, parent in zip(items.index, items["code"], items["level"], parents, strict=True):
        if level not in _ABOVE:
            findings.append(_wrong_level(int(row), level))
        elif _ABOVE[level] is None and parent:
            findings.append(_needless_parent(int(row), code, parent))
        elif _ABOVE[level] is not None and levels.get(parent) != _ABOVE[level]:
            findings.append(_wrong_parent(int(row), level, parent))
    findings += _check_marks(ITEMS, items)
    if measurements is not None:
        findings += _check_marks(MEASUREMENTS, measurements)
        findings += _check_measurements(measurements, levels)
    return findings


def _check_measurements(frame: pd.DataFrame, levels: dict[str, str]) -> list[Finding]:
    findings = []
    for row, code, feature in zip(frame.index, frame["code"], frame["feature_code"], strict=True):
        if levels.get(feature) != "feature":
            problem = Text(
                f"{feature!r} is not a feature of this standard.", f"“{feature}”不是本标准的特征。"
            )
            remedy = Text(
                f"Write the code of a feature that stands in {ITEMS}.", f"请填写{ITEMS}中某项特征的编号。"
            )
            findings.append(Finding(MEASUREMENTS, int(row), "feature_code", feature, problem, remedy))
        if code in levels:
            problem = Text(
                f"{code!r} is already the code of a {levels[code]}.", f"编号“{code}”已用于其他条目。"
            )
            remedy = Text("Give the measurement a code of its own.", "请为该测量指标另编编号。")
            findings.append(Finding(MEASUREMENTS, int(row), "code", code, problem, remedy))
    return findings


def _check_marks(table: str, frame: pd.DataFrame) -> list[Finding]:
    findings = []
    sources = frame["source_ids"] if "source_ids" in frame.columns else [""] * len(frame)
    for row, mark, source in zip(frame.index, frame["confirmed"], sources, strict=True):
        if mark not in ("yes", "no"):
            problem = Text(f"{mark!r} is not an allowed value.", f"“{mark}”不在允许的取值之中。")
            remedy = Text("Write yes or no.", "请填yes（已核实）或no（未经核实）。")
            findings.append(Finding(table, int(row), "confirmed", mark, problem, remedy))
        elif mark == "yes" and not source:
            problem = Text(
                "The item is marked as confirmed, but no source says so.",
                "该条目标注为已核实，但没有列出来源。",
            )
            remedy = Text(
                "Name the source that confirms it, or write confirmed = no.",
                "请列出据以核实的来源，或将confirmed改为no。",
            )
            findings.append(Finding(table, int(row), "source_ids", "", problem, remedy))
    return findings


def _wrong_level(row: int, level: str) -> Finding:
    problem = Text(f"{level!r} is not a level.", f"“{level}”不是有效的层级。")
    remedy = Text("Write pillar, area or feature.", "请填pillar（板块）、area（领域）或feature（特征）。")
    return Finding(ITEMS, row, "level", level, problem, remedy)


def _needless_parent(row: int, code: str, parent: str) -> Finding:
    problem = Text(f"The pillar {code!r} has a parent.", f"板块“{code}”不应有上级条目。")
    remedy = Text(
        "Leave the cell empty: nothing stands above a pillar.", "请将单元格留空：板块之上没有上级。"
    )
    return Finding(ITEMS, row, "parent", parent, problem, remedy)


def _wrong_parent(row: int, level: str, parent: str) -> Finding:
    above = Text("a pillar", "板块") if level == "area" else Text("an area", "领域")
    own = Text("area", "领域") if level == "area" else Text("feature", "特征")
    problem = Text(f"{parent!r} is not {above.en} of this standard.", f"“{parent}”不是本标准的{above.zh}。")
    remedy = Text(
        f"Write the code of {above.en} for this {own.en} to stand under.",
        f"请填写该{own.zh}所属{above.zh}的编号。",
    )
    return Finding(ITEMS, row, "parent", parent, problem, remedy)
