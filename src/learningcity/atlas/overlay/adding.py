"""Bring your own: lay a user's cities, facts, practices and codes over the shipped tables, by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.load import atlas_schemas, check_overlay, fill_pairs, shipped_atlas
from learningcity.atlas.overlay.reading import OwnTable, read_own_tables, relabelled
from learningcity.atlas.overlay.report import OverlayReport, TableChange, UndoReport
from learningcity.atlas.overlay.rows import has_wrong_columns, row_findings, with_tiers
from learningcity.atlas.overlay.store import (
    count_rows,
    last_change,
    locked,
    recover,
    stored_tables,
    table_bytes,
    undo_last,
    write_tables,
)
from learningcity.atlas.rules import check_atlas_rules, check_languages
from learningcity.core import (
    Finding,
    InputError,
    Schema,
    TableError,
    Text,
    check_references,
    check_rows,
    home,
    read_csv_text,
    to_csv_text,
)

if TYPE_CHECKING:
    import pandas as pd

Rows = dict[tuple[str, ...], dict[str, str]]


def overlay_folder() -> Path:
    """Give the folder of the user's own tables; it need not exist yet."""
    return home() / "overlay"


def add_to_overlay(
    files: str | Path | Iterable[str | Path], folder: str | Path | None = None, dry_run: bool = False
) -> OverlayReport:
    r"""Check files against the shipped tables and the user's own ones, and merge them in by id.

    All files are checked together: a fact may point to a city or source of another file. A column
    that a file lacks leaves rows that are there already as they are; an empty cell empties. Of a
    text in two languages one is enough; the cell of the other stays empty.

    Parameters
    ----------
    files
        CSV or XLSX files, or folders of them; a workbook may hold several tables, one a sheet.
    folder
        Where the user's own tables lie (default: ``overlay`` in the user's own folder).
    dry_run
        Check and count, write nothing.

    Returns
    -------
    OverlayReport
        Counts by table, and warnings.

    Raises
    ------
    InputError
        A file cannot be read; nothing was written.
    TableError
        Rows break their schema or point to ids that are not there; each is named by file, row and
        column, with the remedy. Nothing was written.
    SetupError
        Somebody else is adding, or the folder cannot be written.

    Examples
    --------
    >>> import tempfile, learningcity as lc
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "memberships.csv")
    ...     _ = file.write_text("city_id,join_year,source_id\nwuhan,2016,s0001\n")
    ...     report = lc.add_to_overlay(file, Path(folder, "overlay"), dry_run=True)
    >>> report.changes[0].table, report.changes[0].rows
    ('memberships', 1)
    """
    paths = [Path(files)] if isinstance(files, str | Path) else [Path(f) for f in files]
    if not paths:
        raise InputError(Text("No file was given.", "未指定文件。"))
    paths = [f for p in paths for f in (_tables_in(p) if p.is_dir() else [p])]
    target = overlay_folder() if folder is None else Path(folder)
    notes: list[Text] = []
    own = read_own_tables(paths, notes)
    if dry_run:
        recover(target)
    with nullcontext() if dry_run else locked(target):
        stored = {name: _rows(f, name) for name, f in _sound_tables(target).items()}
        merged, changes = _merge(own, stored, notes)
        changed = [name for name in merged if merged[name] != stored.get(name, {})]
        if changed and not dry_run:
            write_tables(target, {n: table_bytes(_frame(merged[n], n), _columns(n)) for n in changed})
    return OverlayReport(
        folder=target,
        files=tuple(p.name for p in paths),
        changes=tuple(changes),
        warnings=tuple(dict.fromkeys(notes)),
        dry_run=dry_run,
        written=bool(changed) and not dry_run,
    )


def _tables_in(folder: Path) -> list[Path]:
    found = sorted(
        p
        for p in folder.iterdir()
        if p.suffix.lower() in (".csv", ".xlsx") and not p.name.startswith((".", "~$"))
    )
    if not found:
        raise InputError(
            Text(f"{folder} holds no CSV or XLSX file.", f"{folder}中没有CSV或XLSX文件。"),
        )
    return found


def undo_overlay(folder: str | Path | None = None) -> UndoReport:
    """Take the last add back: the files are again what they were before it.

    Raises
    ------
    InputError
        There is nothing to undo.
    """
    target = overlay_folder() if folder is None else Path(folder)
    nothing = InputError(
        Text(f"There is nothing to undo in {target}.", f"{target}中没有可撤销的操作。"),
    )
    if not target.is_dir():
        raise nothing
    with locked(target):
        before = {name: count_rows(target, name) for name in last_change(target)}
        names = undo_last(target)
        if names is None:
            raise nothing
        after = {name: count_rows(target, name) for name in names}
    return UndoReport(target, tuple((n, before.get(n, 0), after[n]) for n in names))


def recover_overlay(folder: str | Path | None = None) -> None:
    """Roll back an add or finish an undo that was cut off, so that no mixture of two states is read.

    Raises
    ------
    SetupError
        Somebody else is adding, or the folder cannot be written.
    """
    recover(overlay_folder() if folder is None else Path(folder))


def _sound_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the stored tables and check their cells: people edit them by hand, and merging is no place to guess."""
    tables = stored_tables(folder)
    findings = []
    for name, frame in tables.items():
        schema = atlas_schemas()[name]
        whole = frame if frame.columns.has_duplicates else fill_pairs(frame, schema)
        errors = [f for f in check_rows(whole, schema) if f.level == "error"]
        findings += relabelled(errors, str(folder / f"{name}.csv"))
    if findings:
        raise TableError(findings)
    return tables


def overlay_contents(folder: str | Path | None = None) -> pd.DataFrame:
    """Count what lies in an overlay: one row a table with rows, new ones and those that replace shipped ones."""
    import pandas as pd

    target = overlay_folder() if folder is None else Path(folder)
    recover(target)
    counted = []
    for name, frame in _sound_tables(target).items():
        own, shipped = _rows(frame, name), _shipped_rows(name)
        replacing = sum(key in shipped for key in own)
        counted.append([name, len(own), len(own) - replacing, replacing])
    return pd.DataFrame(counted, columns=["table", "rows", "added", "replaced_shipped"])


# --- merging ------------------------------------------------------------------------------------


def _merge(
    own: list[OwnTable], stored: Mapping[str, Rows], notes: list[Text]
) -> tuple[dict[str, Rows], list[TableChange]]:
    own = [with_tiers(_completed(t, stored), notes) for t in own]
    findings = [f for t in own for f in row_findings(t)]
    if not any(has_wrong_columns(t) for t in own):
        findings += _said_twice(own)
        if any(f.level == "error" for f in findings):
            findings += _further_findings(own, stored, findings)
    _refuse(findings, notes)
    merged: dict[str, Rows] = {name: dict(rows) for name, rows in stored.items()}
    places: dict[str, dict[tuple[str, ...], tuple[str, int]]] = {}
    changes = []
    for name in dict.fromkeys(t.name for t in own):
        shipped = _shipped_rows(name)
        target = merged.setdefault(name, {})
        counts = dict.fromkeys(("rows", "added", "replaced", "replaced_shipped", "unchanged"), 0)
        for table in (t for t in own if t.name == name):
            for number, (key, row) in zip(table.frame.index, _rows(table.frame, name).items(), strict=True):
                counts["rows"] += 1
                present = target.get(key, shipped.get(key))
                if present == row:
                    counts["unchanged"] += 1
                    continue
                counts["added" if present is None else "replaced"] += 1
                counts["replaced_shipped"] += key in shipped and key not in stored.get(name, {})
                target[key] = row
                places.setdefault(name, {})[key] = (table.label, int(number))
        if not target:
            del merged[name]
        changes.append(TableChange(name, **counts))
    _refuse(_together_findings(merged, places), notes)
    return merged, changes


def _completed(table: OwnTable, stored: Mapping[str, Rows]) -> OwnTable:
    """Fill the columns that a file lacks from the rows that are there already."""
    schema = atlas_schemas()[table.name]
    frame = table.frame
    absent = [c for c in schema.columns if c not in frame.columns]
    if not absent or frame.columns.has_duplicates or any(k not in frame.columns for k in schema.key):
        return table
    known = {**_shipped_rows(table.name), **stored.get(table.name, {})}
    keys = list(frame[list(schema.key)].itertuples(index=False, name=None))
    if not any(k in known for k in keys):
        return table
    filled = {c: [known.get(k, {}).get(c, "") for k in keys] for c in absent}
    return replace(table, frame=frame.assign(**filled).astype("str"))


def _further_findings(own: list[OwnTable], stored: Mapping[str, Rows], found: list[Finding]) -> list[Finding]:
    """Look up ids and figures of tables with broken rows, so that all that is wrong comes in one round."""
    names = {t.name for t in own}
    rows = {name: {**_shipped_rows(name), **stored.get(name, {})} for name in names | set(stored)}
    for table in own:
        rows[table.name].update(_rows(table.frame, table.name))
    known = {name: _frame(r, name) for name, r in rows.items()}
    every = {n: known[n] if n in known else _frame(_shipped_rows(n), n) for n in atlas_schemas()}
    told = {(f.table, f.row, f.column) for f in found}
    more = []
    for table in own:
        mine = {table.name: fill_pairs(table.frame, atlas_schemas()[table.name])}
        findings = check_references(mine, atlas_schemas().values(), known=every)
        findings += check_atlas_rules(mine, only={table.name}, known=known)
        more += relabelled(findings, table.label)
    return [f for f in more if (f.table, f.row, f.column) not in told]


def _said_twice(own: list[OwnTable]) -> list[Finding]:
    first: dict[tuple[str, tuple[str, ...]], tuple[str, int]] = {}
    findings = []
    for table in own:
        schema = atlas_schemas()[table.name]
        for row, *values in table.frame[list(schema.key)].itertuples(name=None):
            at = (table.name, tuple(values))
            if at in first and first[at][0] != table.label:
                label, number = first[at]
                shown = " + ".join(values)
                findings.append(
                    Finding(
                        table.label, int(row), schema.key[-1], shown,
                        Text(f"{shown!r} stands also in {label}, row {number}.", f"“{shown}”亦见于{label}第{number}行。"),
                        Text("Keep it in one of the two files.", "请只在其中一个文件中保留。"),
                    )
                )  # fmt: skip
            first.setdefault(at, (table.label, int(row)))
    return findings


def _together_findings(
    merged: Mapping[str, Rows], places: Mapping[str, Mapping[tuple[str, ...], tuple[str, int]]]
) -> list[Finding]:
    frames = {name: _frame(rows, name) for name, rows in merged.items()}
    changed = {
        name: frame[[key in places.get(name, {}) for key in merged[name]]] for name, frame in frames.items()
    }
    findings = check_overlay(frames)
    if not any(f.level == "error" for f in findings):
        known = {name: _frame({**_shipped_rows(name), **rows}, name) for name, rows in merged.items()}
        findings += check_atlas_rules(changed, only=set(changed), known=known)
        for name, frame in changed.items():
            # One language of a pair is enough for own rows: an empty cell is no finding.
            lacking = check_languages(frame, atlas_schemas()[name])
            findings += [replace(f, level="warning") for f in lacking if f.value]
    return [_placed(f, merged, places) for f in findings]


def _placed(
    finding: Finding,
    merged: Mapping[str, Rows],
    places: Mapping[str, Mapping[tuple[str, ...], tuple[str, int]]],
) -> Finding:
    """Name the file and row that the user knows instead of the row of the merged table."""
    keys = list(merged[finding.table])
    key = keys[finding.row - 2] if finding.row is not None and finding.row >= 2 else ()
    label, row = places.get(finding.table, {}).get(key, (f"{finding.table}.csv", finding.row))
    return replace(finding, table=label, row=row)


def _refuse(findings: list[Finding], notes: list[Text]) -> None:
    errors = [f for f in findings if f.level == "error"]
    if errors:
        raise TableError(errors)
    notes.extend(f.text for f in findings)


# --- rows as comparable values -------------------------------------------------------------------


def _columns(name: str) -> tuple[str, ...]:
    return atlas_schemas()[name].columns


def _rows(frame: pd.DataFrame, name: str) -> Rows:
    """Give the rows by key, each cell in one way of writing (``2,50`` is an error, ``2.50`` is ``2.5``)."""
    schema = atlas_schemas()[name]
    found: Rows = {}
    names = [c for c in schema.columns if c in frame.columns]
    for values in frame[names].itertuples(index=False, name=None):
        row = dict.fromkeys(schema.columns, "")
        row.update({c: _canonical(v, c, schema) for c, v in zip(names, values, strict=True)})
        found[tuple(row[k] for k in schema.key)] = row
    return found


def _canonical(value: str, column: str, schema: Schema) -> str:
    kind = schema.by_name[column].type
    if kind in ("number", "integer", "year") and value:
        try:
            number = float(value)
        except ValueError:  # reported as such; here it only has to be kept
            return value
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if schema.name == "facts" and column == "status" and not value:
        return "reported"
    return value


@cache
def _shipped_rows(name: str) -> Rows:
    return _rows(read_csv_text(to_csv_text(shipped_atlas().frame(name)), name), name)


def _frame(rows: Rows, name: str) -> pd.DataFrame:
    import pandas as pd

    columns = _columns(name)
    frame = pd.DataFrame([[r[c] for c in columns] for r in rows.values()], columns=list(columns), dtype="str")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame
