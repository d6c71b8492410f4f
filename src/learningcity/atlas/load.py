"""Load the shipped atlas, and lay a user's own tables over it by id."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.model import Atlas
from learningcity.atlas.rules import check_atlas_rules
from learningcity.core import (
    NOT_TABLES,
    REPORTED,
    Finding,
    InputError,
    Schema,
    TableError,
    Text,
    UnknownNameError,
    check_references,
    check_rows,
    load_schemas,
    path_of,
    read_built,
    read_csv_text,
    read_sheets,
    to_csv_text,
    typed,
)

if TYPE_CHECKING:
    import pandas as pd

PACKAGE = "learningcity.atlas"


@cache
def atlas_schemas() -> dict[str, Schema]:
    """The contracts of all tables of the atlas, by table name."""
    return load_schemas(PACKAGE)


def load_atlas(path: str | Path | None = None, base: bool = True) -> Atlas:
    """Load the atlas: the shipped tables, a user's own overlay, or both.

    Parameters
    ----------
    path
        A folder with CSV files named as the tables (``facts.csv``, ``practices.csv`` ...), or one
        CSV or XLSX file. Its rows replace shipped rows with the same id and add the others.
        None loads the shipped tables alone.
    base
        False loads what lies under ``path`` alone, without the shipped cities, facts and
        practices. The catalogue of indicators and the exchange rates stay, since figures cannot
        be read without them.

    Returns
    -------
    Atlas
        Its tables are frames, one row a record; an empty cell is missing, never zero.

    Raises
    ------
    InputError
        ``path`` does not exist or is not readable, or ``base=False`` without a path.
    SetupError
        A write into the folder was cut off, and its rest cannot be rolled back.
    TableError
        Rows of the overlay break their schema or point to ids that are not there; each is named
        by table, row and column, with the remedy.

    Examples
    --------
    >>> import learningcity as lc
    >>> atlas = lc.load_atlas()
    >>> len(atlas.awards), atlas.awards["city_id"].nunique()
    (58, 57)
    """
    if path is None:
        if not base:
            raise InputError(
                Text(
                    "base=False needs a path: without it there is nothing to load.",
                    "base=False时须给出path，否则没有可加载的内容。",
                )
            )
        return shipped_atlas()
    where = path_of(path)
    if where.is_dir():
        from learningcity.atlas.overlay import recover_overlay

        recover_overlay(where)  # what a cut-off write left would be a mixture of two states
    return overlaid_atlas(read_overlay(where), base=base)


@cache
def shipped_atlas() -> Atlas:
    """The atlas as shipped, read once a process."""
    frames = {}
    for name, schema in atlas_schemas().items():
        frame = read_built(PACKAGE, name, schema)
        frames[name] = _with_defaults(name, frame)
    return Atlas(frames)


def _with_defaults(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    if name == "facts":
        status = frame["status"] if "status" in frame.columns else None
        filled = REPORTED if status is None else status.fillna(REPORTED)
        return frame.assign(status=filled)
    return frame


def read_overlay(path: Path) -> dict[str, pd.DataFrame]:
    """Read a folder or a file of the user's own tables as frames of strings, by table name.

    Raises
    ------
    InputError
        The path is not there or holds no table that the atlas knows.
    """
    schemas = atlas_schemas()
    if not path.exists():
        raise InputError(
            Text(
                f"There is no file or folder {path}. Check the name.",
                f"文件或文件夹{path}不存在，请检查名称。",
            )
        )
    files = sorted(p for p in path.iterdir() if _is_table_file(p)) if path.is_dir() else [path]
    tables: dict[str, pd.DataFrame] = {}
    for file in files:
        for title, frame in read_sheets(file).items():
            name = table_name(title, tuple(frame.columns))
            if name is None:
                raise UnknownNameError("table", title, schemas)
            if name in tables:
                raise InputError(
                    Text(
                        f"{path} holds the table {name} twice, the second time in {file.name}. "
                        "Put the rows into one file.",
                        f"{path}中数据表{name}出现两次（第二次见于{file.name}），请合并为一个文件。",
                    )
                )
            tables[name] = frame
    if not tables and not path.is_dir():
        raise InputError(
            Text(f"{path} holds no table.", f"{path}中没有数据表。"),
        )
    return tables


def _is_table_file(path: Path) -> bool:
    """Whether a file of a folder is a table: no hidden or lock file, no dictionary beside the tables."""
    if path.name.startswith((".", "~$")) or path.stem.casefold() in NOT_TABLES:
        return False
    return path.suffix.lower() in (".csv", ".xlsx")


def table_name(title: str, columns: tuple[str, ...]) -> str | None:
    """Tell which table a file or sheet is: by its name, else by its columns; None if neither says."""
    schemas = atlas_schemas()
    plain = title.strip().casefold().replace("_", "-").replace(" ", "-")
    aliases = {"codes": "practice-codes", "population": "city-population", "context": "country-context"}
    plain = aliases.get(plain, plain)
    if plain in schemas:
        return plain
    fits = [
        name
        for name, schema in schemas.items()
        if all(f.name in columns for f in schema.fields if f.required) and set(columns) <= set(schema.columns)
    ]
    return fits[0] if len(fits) == 1 else None


def check_overlay(tables: dict[str, pd.DataFrame], base: bool = True) -> list[Finding]:
    """Check a user's own tables against the schemas and against the ids of the shipped ones."""
    schemas = atlas_schemas()
    findings: list[Finding] = []
    tables = {name: fill_pairs(frame, schemas[name]) for name, frame in tables.items()}
    for name, frame in tables.items():
        findings += check_rows(frame, schemas[name])
    if any(f.level == "error" for f in findings):
        return findings
    known = dict(tables)
    for name in _pointed_at():
        if base or name in Atlas.BACKBONE:
            known[name] = _stack(_shipped_ids(name), tables.get(name))
    return findings + check_references(tables, schemas.values(), known=known)


def overlaid_atlas(tables: dict[str, pd.DataFrame], base: bool = True) -> Atlas:
    """Lay checked tables over the shipped ones by id.

    Raises
    ------
    TableError
        At least one row breaks its schema; nothing is loaded.
    """
    findings = check_overlay(tables, base=base)
    if not any(f.level == "error" for f in findings):
        whole = {name: fill_pairs(frame, atlas_schemas()[name]) for name, frame in tables.items()}
        findings += check_atlas_rules(whole, only=set(whole))
    errors = [f for f in findings if f.level == "error"]
    if errors:
        raise TableError(errors)
    frames = {}
    added = {}
    for name, schema in atlas_schemas().items():
        shipped = shipped_atlas().frame(name)
        if not base and name not in Atlas.BACKBONE:
            shipped = shipped.iloc[0:0]
        own = tables.get(name)
        frames[name] = shipped
        if own is not None and len(own):
            rows = typed(fill_pairs(own, schema), schema)
            given = [c for c in schema.columns if c in own.columns]
            frames[name] = _with_defaults(name, _lay_over(shipped, rows, schema, given))
            keys = rows[list(schema.key)].astype("str")
            added[name] = frozenset(keys.itertuples(index=False, name=None))
    return Atlas(frames, added)


def fill_pairs(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Where one language of a pair is empty or lacks its column, let the other stand for it.

    Nobody who brings an own city should have to write two languages; a screen then shows the text
    that is there. The file itself keeps the empty cell.
    """
    filled = {}
    for one in schema.fields:
        if one.pair is None or one.pair not in frame.columns:
            continue
        partner = frame[one.pair]
        here = frame[one.name] if one.name in frame.columns else partner
        filled[one.name] = here.where(here != "", partner)
    return frame.assign(**filled) if filled else frame


def _lay_over(shipped: pd.DataFrame, own: pd.DataFrame, schema: Schema, given: list[str]) -> pd.DataFrame:
    """Replace rows by key and add the others; a column that the user's table lacks keeps its cells."""
    import pandas as pd

    key = list(schema.key)
    if shipped.empty:
        return own
    lacking = [c for c in own.columns if c not in given]
    if lacking:
        # What the file fills in for new rows (the other language of a pair) does not overrule what stands.
        kept = own[key].merge(shipped[[*key, *lacking]], on=key, how="left", indicator=True)
        stands = (kept["_merge"] == "both").to_numpy()
        for column in lacking:
            cells = kept[column].set_axis(own.index)
            own = own.assign(**{column: own[column].where(~stands, cells).astype(own[column].dtype)})
    together = pd.concat([shipped[own.columns], own], ignore_index=True)
    return together.drop_duplicates(subset=key, keep="last", ignore_index=True)


@cache
def _pointed_at() -> dict[str, list[str]]:
    """The columns of each table that others point to."""
    found: dict[str, list[str]] = {}
    for ref in (ref for schema in atlas_schemas().values() for ref in schema.references):
        for table in ref.tables:
            there = found.setdefault(table, [])
            there += [ref.column] if ref.column not in there else []
    return found


@cache
def _shipped_ids(name: str) -> pd.DataFrame:
    """What others point to in a shipped table, as strings; nobody may change it."""
    frame = shipped_atlas().frame(name)
    return read_csv_text(to_csv_text(frame[[c for c in _pointed_at()[name] if c in frame.columns]]), name)


def _stack(shipped: pd.DataFrame, own: pd.DataFrame | None) -> pd.DataFrame:
    import pandas as pd

    if own is None:
        return shipped
    return pd.concat([shipped, own], ignore_index=True).fillna("")
