"""Recipes as files: what one reads is what was written, in TOML, JSON or YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import (
    InputError,
    LearningCityError,
    Text,
    UnknownNameError,
    near_names,
    or_none,
    path_of,
    plain,
    read_sheets,
    write_whole,
)
from learningcity.index.documents import NONE, document_bytes, held, kind_of, read_document
from learningcity.index.methods import Choice
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import COLUMNS, Structure
from learningcity.index.tables import BESIDE, read_structure
from learningcity.index.value_files import numbers

if TYPE_CHECKING:
    import pandas as pd

#: Keys of a file, in the order of the steps; the structure comes last, since it is the longest.
STEPS = ("screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate")
KEYS = (*STEPS, "structure")
#: How a file says "all the others" among levels or codes.
OTHERS = "*"
_CHOICES = ("impute", "treat", "normalise", "aggregate")


def read_index_spec(path: str | Path, *, notes: list[Text] | None = None) -> IndexSpec:
    """Read the recipe of an index from a file.

    Parameters
    ----------
    path
        A TOML, JSON or YAML file with the keys ``structure`` (rows as in the table of meanings, or the path of
        such a table, CSV or XLSX, seen from the file) and, as far as wanted, ``screen``, ``denominate``
        (path of a table with the column uCode), ``impute``, ``treat``, ``normalise``, ``weights``,
        ``aggregate``. Methods are written ``"minmax"`` or ``["minmax", {upper = 1.0}]``, levels as keys
        (``2 = "arithmetic"``), ``"*"`` for all the others and ``"none"`` for a step that is not taken.
        A step that is left out is that of :class:`~learningcity.index.IndexSpec`.
    notes
        A list that collects what was read with an assumption; with it, a table of meanings in GB 18030,
        as older spreadsheets save it, is read too.

    Raises
    ------
    InputError
        No such file, no TOML, JSON or YAML, or a value that cannot be used; file and key are named, and the
        nearest names where one is unknown.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "index.toml"
    >>> spec = IndexSpec(Structure.of({"INDEX": ["a", "b"]}), normalise=("minmax", {"upper": 1.0}))
    >>> read_index_spec(write_index_spec(spec, file)) == spec
    True
    """
    file = path_of(path)
    return spec_of(read_document(file), file.name, file.parent, notes)


def index_spec_from_table(path: str | Path, *, notes: list[Text] | None = None) -> IndexSpec:
    """Give the plainest recipe of a table of meanings: min-max and arithmetic means.

    Parameters
    ----------
    path
        CSV, or XLSX with one sheet or one called iMeta; columns as in
        :meth:`~learningcity.index.Structure.from_frame`.
    notes
        As for :func:`read_index_spec`.

    Raises
    ------
    InputError
        No such table, or a tree that does not hold together; the file is named.

    Examples
    --------
    >>> import tempfile
    >>> from learningcity.index.template import write_index_template
    >>> meta = write_index_template(tempfile.mkdtemp())[1]
    >>> index_spec_from_table(meta).structure.children("index")
    ('inclusive', 'prosperous', 'green')
    """
    file = path_of(path)
    return spec_of({"structure": file.name}, file.name, file.parent, notes)


def spec_of(
    document: Mapping[str, Any], name: str, folder: Path, notes: list[Text] | None = None
) -> IndexSpec:
    """Make a recipe of the plain values of a file.

    Parameters
    ----------
    document
        Keys and values as in :func:`read_index_spec`.
    name
        What the file is called in messages.
    folder
        From where paths are seen.
    notes
        As for :func:`read_index_spec`.

    Raises
    ------
    InputError
        As :func:`read_index_spec`.
    """
    for key in document:
        if key not in KEYS:
            raise told(name, str(key), UnknownNameError("step", key, KEYS))
    if document.get("structure") is None:
        raise InputError(
            Text(
                f"{name} lacks structure: rows of codes, or the path of a table of meanings.",
                f"{name}缺少structure：须为代码行，或指标说明表的路径。",
            )
        )
    try:
        structure = _structure(document["structure"], folder, notes)
    except LearningCityError as error:
        raise told(name, "structure", error) from error
    steps: dict[str, Any] = {}
    for key in STEPS:
        if key not in document:
            continue
        try:
            steps[key] = read_step(key, document[key], structure, folder)
            IndexSpec(structure, **{key: steps[key]})
        except LearningCityError as error:
            raise told(name, key, error) from error
    return IndexSpec(structure, **steps)


def told(name: str, key: str, error: LearningCityError) -> InputError:
    """Put file and key before an error."""
    return InputError(Text(f"{name}, {key}: {error.text.en}", f"{name}，{key}：{error.text.zh}"))


def _structure(given: Any, folder: Path, notes: list[Text] | None) -> Structure:
    import pandas as pd

    if isinstance(given, str):
        return read_structure(_only_sheet(folder / given, notes))
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise InputError(
            Text(
                f"it is {type(given).__name__}; give rows ([[structure]]) or the path of a table.",
                f"类型为{type(given).__name__}，须为若干行（[[structure]]）或数据表路径。",
            )
        )
    for number, row in enumerate(given, 1):
        for column in row:
            if column not in COLUMNS:
                near = near_names(str(column), COLUMNS)
                error = UnknownNameError("column", column, COLUMNS, near)
                raise InputError(Text(f"row {number}: {error.text.en}", f"第{number}行：{error.text.zh}"))
    return Structure.from_frame(pd.DataFrame(given, columns=list(COLUMNS), dtype=object))


def _only_sheet(file: Path, notes: list[Text] | None = None) -> pd.DataFrame:
    sheets = read_sheets(file, notes)
    if len(sheets) > 1 and "iMeta" not in sheets:
        raise InputError(
            Text(
                f"{file.name} has the sheets {', '.join(sheets)}; call the one that is meant iMeta.",
                f"{file.name}含工作表{'、'.join(sheets)}，请将所用工作表命名为iMeta。",
            )
        )
    return sheets["iMeta"] if "iMeta" in sheets else next(iter(sheets.values()))


def read_step(key: str, value: Any, structure: Structure, folder: Path) -> Any:
    """Read the value of a step as a recipe takes it; tables are seen from the folder."""
    if isinstance(value, str) and value == NONE:
        return None
    if key == "denominate" and isinstance(value, str):
        return _denominators(folder / value)
    if key == "denominate" and isinstance(value, Mapping) and isinstance(value.get("by"), str):
        return {**value, "by": _denominators(folder / value["by"])}
    if key in _CHOICES and isinstance(value, Mapping):
        codes = structure.by_code
        return {read_place(k, codes): read_choice(v) for k, v in value.items()}
    return read_choice(value) if key in (*_CHOICES, "weights") else value


def read_place(key: str, codes: Mapping[str, Any]) -> Any:
    """A level is written as a text, since keys of files are texts."""
    if key == OTHERS:
        return None
    return int(key) if key.isdecimal() and key not in codes else key


def read_choice(value: Any) -> Any:
    """Read a method by name, or a list of name and parameters."""
    if isinstance(value, str):
        return None if value == NONE else value
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], Mapping):
        return value[0], {k: None if v == NONE else v for k, v in value[1].items()}
    return value


def _denominators(file: Path) -> pd.DataFrame:
    import pandas as pd

    frame = _only_sheet(file)
    if "uCode" not in frame.columns:
        raise InputError(Text(f"{file.name} lacks the column uCode.", f"{file.name}缺少uCode列。"))
    columns = {
        code: numbers(column, str(code), file.name).to_numpy()
        for code, column in frame.drop(columns=list(BESIDE), errors="ignore").items()
    }
    return pd.DataFrame(columns, index=pd.Index(frame["uCode"], name="uCode"))


def write_index_spec(spec: IndexSpec, path: str | Path) -> Path:
    r"""Write the recipe of an index into a file; :func:`read_index_spec` gives an equal one.

    Parameters
    ----------
    spec
        The recipe. A frame of denominators goes into a table beside the file, ``<name>-denominators.csv``.
    path
        A file that ends in .toml, .json, .yaml or .yml; replaced whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        Another ending, or a value that no file can hold; the step is named.

    Examples
    --------
    >>> import tempfile
    >>> spec = IndexSpec(Structure.of({"INDEX": ["a", "b"]}), aggregate="geometric")
    >>> file = write_index_spec(spec, Path(tempfile.mkdtemp()) / "index.toml")
    >>> "aggregate = \"geometric\"" in file.read_text()
    True
    """
    file = path_of(path)
    for one, content in spec_files(spec, file).items():
        write_whole(one, content)
    return file


def spec_files(spec: IndexSpec, file: Path) -> dict[Path, bytes]:
    """Give the bytes of a recipe and of the table beside it, the recipe last; nothing is written.

    Raises
    ------
    InputError
        As :func:`write_index_spec`.
    """
    kind_of(file)
    beside: dict[Path, bytes] = {}
    document = {key: plain_step(key, getattr(spec, key), file, beside) for key in STEPS}
    rows = plain(spec.structure.to_frame())
    document["structure"] = [{k: v for k, v in row.items() if or_none(v) is not None} for row in rows]
    return {**beside, file: document_bytes(document, file)}


def plain_step(key: str, value: Any, file: Path, beside: dict[Path, bytes]) -> Any:
    """Write the value of a step as a file holds it; a table that stands beside the file goes into ``beside``."""
    if value is None:
        return NONE
    if key == "denominate":
        return _plain_denominate(value, file, beside)
    if isinstance(value, Choice):
        return plain_step(key, value.to_plain(), file, beside)
    if isinstance(value, Mapping):
        return {
            OTHERS if k in (None, "", OTHERS) else str(k): plain_step(key, v, file, beside)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[1], Mapping):
        return [value[0], {str(k): held(key, v) for k, v in value[1].items()}]
    return held(key, value)


def _plain_denominate(value: Any, file: Path, beside: dict[Path, bytes]) -> Any:
    import pandas as pd

    from learningcity.core import people_csv

    by = value.get("by") if isinstance(value, Mapping) else value
    if isinstance(by, pd.DataFrame):
        table = file.with_name(f"{file.stem}-denominators.csv")
        beside[table] = people_csv(by.rename_axis("uCode").reset_index())
        by = table.name
    if isinstance(value, Mapping):
        rest = {str(k): str(v) for k, v in value.items() if k != "by"}
        return rest if by is None else {**rest, "by": by}
    return held("denominate", by)
