"""A table that a person brings: read with every fault named by its cell, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import FileBytes, InputError, LearningCityError, Text, path_of, read_sheets
from learningcity.index.build import build_index
from learningcity.index.cells import is_empty, number
from learningcity.index.own_checks import Sheet, missing_columns, wrong_cells, wrong_codes, wrong_meanings
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure
from learningcity.index.tables import BESIDE, read_structure
from learningcity.index.value_files import is_grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

#: An index of fewer units ranks nothing.
LEAST_UNITS = 3
#: Faults that are told at once; more would bury the first.
MOST_TOLD = 12
_PERCENT = "%％"


@dataclass(frozen=True)
class IndexTable:
    """Values, names and recipe of a table that somebody brought, and what was understood of it.

    Parameters
    ----------
    name
        Of the file.
    values
        Units x indicators, floats, NaN = missing; index uCode.
    names
        What each unit is called in both languages (uName for both), else its code.
    spec
        Min-max and arithmetic means over the structure, divided by the denominators that it names.
    units
        Index uCode: groups and other columns as texts, denominators as floats.
    groups, denominators
        Columns of ``units``.
    aside
        Columns that were left aside.
    flat
        True where no structure was given: one part, equal weights, more is better.
    notes
        What was read with an assumption.
    first
        The first rows as the file has them, texts.
    """

    name: str
    values: pd.DataFrame
    names: dict[str, Text]
    spec: IndexSpec
    units: pd.DataFrame
    groups: tuple[str, ...]
    denominators: tuple[str, ...]
    aside: tuple[str, ...]
    flat: bool
    notes: tuple[Text, ...]
    first: pd.DataFrame

    @cached_property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        frames = (self.values, self.units, self.first)
        return int(sum(f.memory_usage(deep=True).sum() for f in frames)) + 1000 * len(self.names)

    def spec_with_less(self, codes: Iterable[str]) -> IndexSpec:
        """The recipe with less being better of these indicators.

        Raises
        ------
        UnknownNameError
            A code that is no indicator.
        """
        less = {self.spec.structure.node(code).code for code in codes}
        structure = self.spec.structure
        nodes = tuple(replace(n, direction=-1) if n.code in less else n for n in structure.nodes)
        return self.spec.replace(structure=Structure(nodes, structure.others))


def read_index_table(data: str | Path | FileBytes, meta: str | Path | FileBytes | None = None) -> IndexTable:
    r"""Read a table of values, with or without its structure, for an index.

    Parameters
    ----------
    data
        CSV or XLSX, a path or :class:`~learningcity.FileBytes`: one row a unit, the column uCode (else the
        first column is taken, where it holds texts), uName where there is one, a column an indicator. A
        workbook may hold the structure, too, in a sheet called iMeta.
    meta
        The table of meanings as ``learningcity index template`` writes it: Level, iCode, Parent, Type ...

    Returns
    -------
    IndexTable
        Without a structure every column of numbers is an indicator of one part, and columns of texts
        are groups. Chinese text in GB 18030 is read, and noted.

    Raises
    ------
    InputError
        File, sheet, row and cell of every fault, up to a dozen at once, and what is to be done.

    Examples
    --------
    >>> file = FileBytes("parks.csv", b"city,parks,noise\nx,1,40\ny,3,50\nz,2,70\n")
    >>> table = read_index_table(file)
    >>> table.flat, table.spec.structure.indicators, [note.en for note in table.notes]
    (True, ('parks', 'noise'), ["parks.csv: the first column, 'city', is taken as the code of each unit."])
    """
    notes: list[Text] = []
    rows, meanings = _sheets(data, meta, notes)
    rows = _with_codes(rows, notes)
    problems = wrong_codes(rows)
    if meanings is None:
        _refuse(problems)
        structure, aside, beside = _flat(rows, notes)
    else:
        problems += wrong_meanings(meanings)
        _refuse(problems)
        structure = _structure(meanings)
        problems += missing_columns(rows, structure, meanings)
        aside, beside = _beside(rows, structure, notes)
    _refuse(problems)
    denominators = tuple(n.code for n in structure.others if n.kind == "Denominator" and n.code in beside)
    problems = wrong_cells(rows, (*structure.indicators, *denominators), empty=structure.indicators)
    _refuse(problems)
    return _table(rows, structure, beside, denominators, aside, meanings is None, notes)


def _table(
    rows: Sheet,
    structure: Structure,
    beside: tuple[str, ...],
    denominators: tuple[str, ...],
    aside: tuple[str, ...],
    flat: bool,
    notes: list[Text],
) -> IndexTable:
    import pandas as pd

    frame = rows.frame
    codes = pd.Index(frame["uCode"].astype(str).str.strip(), name="uCode", dtype="str")

    def floats(names: Iterable[str]) -> pd.DataFrame:
        columns = {c: [float(number(cell) or 0.0) for cell in frame[c]] for c in names}
        return pd.DataFrame(columns, index=codes)

    values = floats(structure.indicators)
    units = pd.DataFrame({c: frame[c].to_numpy() for c in beside if c not in denominators}, index=codes)
    units = pd.concat([units, floats(denominators)], axis=1)
    called = frame["uName"] if "uName" in frame else frame["uCode"]
    names = {
        code: Text(shown, shown)
        for code, shown in zip(
            codes, [str(n).strip() or c for n, c in zip(called, codes, strict=True)], strict=True
        )
    }
    divided = any(n.denominator for n in structure.nodes)
    spec = IndexSpec(structure, denominate=units[list(denominators)] if divided else None)
    try:
        build_index(values, spec)
    except LearningCityError as error:
        raise InputError(
            Text(f"{rows.where.en}: {error.text.en}", f"{rows.where.zh}：{error.text.zh}")
        ) from error
    groups = tuple(c for c in beside if c not in denominators and _groups(units[c]))
    first = frame.head(8).astype(str)
    told = tuple(dict.fromkeys(notes))
    return IndexTable(
        rows.file, values, names, spec, units, groups, denominators, aside, flat, told, first
    )  # fmt: skip


def _groups(column: Any) -> bool:
    """Whether a column sorts the units: some value stands in several rows, and not all are alike."""
    held = [c for c in column if str(c).strip()]
    return 1 < len(set(held)) < len(held)


# --- files and sheets ---------------------------------------------------------------------------


def _sheets(data: Any, meta: Any, notes: list[Text]) -> tuple[Sheet, Sheet | None]:
    file = _file(data)
    there = {title: frame for title, frame in read_sheets(file, notes).items() if len(frame.columns)}
    named = {title.casefold(): title for title in there}
    inside = named.get("imeta")
    if meta is not None and inside:
        raise InputError(
            Text(
                f"{file.name} has a sheet {inside} already; give the structure there or in a file of its own, not in both.",
                f"{file.name}中已有工作表“{inside}”。指标说明表请只提供一份：放在该工作表或单独的文件中。",
            )
        )
    rest = [title for title in there if title != inside]
    title = named.get("idata") or (rest[0] if len(rest) == 1 else None)
    if title is None:
        raise InputError(
            Text(
                f"{file.name} has the sheets {', '.join(there)}; call the one with the values iData.",
                f"{file.name}含工作表{'、'.join(there)}，请将数据所在工作表命名为iData。",
            )
            if there
            else Text(f"{file.name} holds no table.", f"{file.name}中没有数据表。")
        )
    rows = Sheet.of(file, title, there[title])
    if meta is None:
        return rows, None if inside is None else Sheet.of(file, inside, there[inside])
    beside = _file(meta)
    held = read_sheets(beside, notes)
    chosen = next((t for t in held if t.casefold() == "imeta"), next(iter(held)) if len(held) == 1 else None)
    if chosen is None:
        raise InputError(
            Text(
                f"{beside.name} has the sheets {', '.join(held)}; call the one with the structure iMeta.",
                f"{beside.name}含工作表{'、'.join(held)}，请将指标说明表所在工作表命名为iMeta。",
            )
        )
    return rows, Sheet.of(beside, chosen, held[chosen])


def _file(given: Any) -> Path | FileBytes:
    return given if isinstance(given, FileBytes) else path_of(given)


def _with_codes(rows: Sheet, notes: list[Text]) -> Sheet:
    """The sheet with a column uCode: as it is named, or the first one where it holds texts."""
    heads = [str(c) for c in rows.frame.columns]
    if len(set(heads)) < len(heads) or "" in heads:
        _refuse(rows.wrong_heads())
    if "uCode" not in heads:
        first = heads[0]
        near = next((h for h in heads if h.casefold() == "ucode"), None)
        if near is None and (first == "uName" or _is_numeric(rows.frame[first])):
            raise InputError(
                Text(
                    f"{rows.where.en}, cell A1: there is no column uCode. Call the column with the code or name of each "
                    "unit (city, district) uCode.",
                    f"{rows.where.zh}，单元格A1：没有uCode列。请将各单位（城市、区县）代码或名称所在列命名为uCode。",
                )
            )
        rows = rows.renamed(near or first, "uCode")
        if near is None:
            notes.append(
                Text(
                    f"{rows.where.en}: the first column, {first!r}, is taken as the code of each unit.",
                    f"{rows.where.zh}：以第一列“{first}”作为各单位的代码。",
                )
            )
    if len(rows.frame) < LEAST_UNITS:
        raise InputError(
            Text(
                f"{rows.where.en}: {_rows(len(rows.frame))} below the head; an index needs at least {LEAST_UNITS} units. "
                "Give one row a unit.",
                f"{rows.where.zh}：表头以下有{len(rows.frame)}行，编制指数至少需要{LEAST_UNITS}个单位，每个单位一行。",
            )
        )
    return rows


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n} rows"


# --- without a structure ------------------------------------------------------------------------


def _is_numeric(column: Any) -> bool:
    """Whether a column is meant to hold numbers, rightly written or not."""
    held = [c for c in column if not is_empty(c)]
    like = sum(
        number(c) is not None or is_grouped(str(c)) or any(m in str(c) for m in _PERCENT) or _infinite(c)
        for c in held
    )
    return 2 * like > len(held)  # fmt: skip


def _infinite(cell: Any) -> bool:
    return str(cell).strip().lstrip("+-").casefold() in ("inf", "infinity", "∞")


def _flat(rows: Sheet, notes: list[Text]) -> tuple[Structure, tuple[str, ...], tuple[str, ...]]:
    """One part of all columns of numbers; what is left aside; columns of texts."""
    indicators, aside, texts = [], [], []
    for code in (c for c in rows.frame.columns if c not in BESIDE):
        held = [c for c in rows.frame[code] if not is_empty(c)]
        head = rows.cell(code)
        if not held:
            aside.append(code)
            notes.append(
                Text(
                    f"{rows.where.en}, cell {head}: the column {code} is empty and was left aside.",
                    f"{rows.where.zh}，单元格{head}：{code}列为空，未予采用。",
                )
            )
        elif _is_numeric(held):
            if len(held) > 1 and len({number(c) for c in held}) == 1 and number(held[0]) is not None:
                aside.append(code)
                notes.append(
                    Text(
                        f"{rows.where.en}, cell {head}: the column {code} holds one and the same value and was left aside.",
                        f"{rows.where.zh}，单元格{head}：{code}列取值完全相同，未予采用。",
                    )
                )
            else:
                indicators.append(code)
        else:
            texts.append(code)
            notes.append(
                Text(
                    f"{rows.where.en}, cell {head}: the column {code} holds texts and is no indicator.",
                    f"{rows.where.zh}，单元格{head}：{code}列为文字，不作为指标。",
                )
            )
    if len(indicators) < 2:
        raise InputError(
            Text(
                f"{rows.where.en}: an index needs at least 2 columns of numbers; found: {', '.join(indicators) or 'none'}.",
                f"{rows.where.zh}：编制指数至少需要2列数值，现有：{'、'.join(indicators) or '无'}。",
            )
        )
    top = "INDEX"
    while top in indicators:
        top += "_"
    structure = Structure.of({top: indicators})
    nodes = tuple(replace(n, name=Text("Index", "指数")) if n.code == top else n for n in structure.nodes)
    return Structure(nodes), tuple(aside), tuple(texts)


# --- with a structure ---------------------------------------------------------------------------


def _structure(meanings: Sheet) -> Structure:
    try:
        return read_structure(meanings.frame)
    except LearningCityError as error:
        where = meanings.where
        raise InputError(Text(f"{where.en}: {error.text.en}", f"{where.zh}：{error.text.zh}")) from error


def _beside(rows: Sheet, structure: Structure, notes: list[Text]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns that the structure does not know or that it computes, and those that it knows beside the tree."""
    known = {n.code for n in structure.others}
    aside = []
    for code in (c for c in rows.frame.columns if c not in BESIDE and c not in known):
        if code in structure.indicators:
            continue
        aside.append(code)
        computed = code in structure.aggregates
        head = rows.cell(code)
        notes.append(
            Text(
                f"{rows.where.en}, cell {head}: the part {code} is computed; its column was left aside."
                if computed
                else f"{rows.where.en}, cell {head}: the column {code} has no row in the structure and was left aside.",
                f"{rows.where.zh}，单元格{head}：{code}由计算得出，该列未予采用。"
                if computed
                else f"{rows.where.zh}，单元格{head}：{code}列在指标说明表中没有对应行，未予采用。",
            )
        )
    return tuple(aside), tuple(c for c in rows.frame.columns if c in known)


def _refuse(problems: list[Text]) -> None:
    if not problems:
        return
    shown, more = problems[:MOST_TOLD], len(problems) - MOST_TOLD
    if more > 0:
        shown = [*shown, Text(f"And {more} more of this kind.", f"另有{more}处。")]
    raise InputError(Text("\n".join(p.en for p in shown), "\n".join(p.zh for p in shown)))
