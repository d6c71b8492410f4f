"""Recipes as files: what one reads is what was written, in TOML for people and in JSON for machines."""

from __future__ import annotations

import json
import re
import tomllib
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
from learningcity.index.methods import Choice
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import COLUMNS, Structure

if TYPE_CHECKING:
    import pandas as pd

#: Keys of a file, in the order of the steps; the structure comes last, since it is the longest.
STEPS = ("screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate")
KEYS = (*STEPS, "structure")
#: How a file says that a step is not taken: TOML has no word for nothing.
NONE = "none"
#: How a file says "all the others" among levels or codes.
OTHERS = "*"
_CHOICES = ("impute", "treat", "normalise", "aggregate")
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def read_index_spec(path: str | Path) -> IndexSpec:
    """Read the recipe of an index from a file.

    Parameters
    ----------
    path
        A TOML or JSON file with the keys ``structure`` (rows as in the table of meanings, or the path of
        such a table, CSV or XLSX, seen from the file) and, as far as wanted, ``screen``, ``denominate``
        (path of a table with the column uCode), ``impute``, ``treat``, ``normalise``, ``weights``,
        ``aggregate``. Methods are written ``"minmax"`` or ``["minmax", {upper = 1.0}]``, levels as keys
        (``2 = "arithmetic"``), ``"*"`` for all the others and ``"none"`` for a step that is not taken.
        A step that is left out is that of :class:`~learningcity.index.IndexSpec`.

    Raises
    ------
    InputError
        No such file, no TOML or JSON, or a value that cannot be used; file and key are named, and the
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
    return spec_of(read_document(file), file.name, file.parent)


def index_spec_from_table(path: str | Path) -> IndexSpec:
    """Give the plainest recipe of a table of meanings: min-max and arithmetic means.

    Parameters
    ----------
    path
        CSV, or XLSX with one sheet or one called iMeta; columns as in
        :meth:`~learningcity.index.Structure.from_frame`.

    Raises
    ------
    InputError
        No such table, or a tree that does not hold together; the file is named.

    Examples
    --------
    >>> import tempfile
    >>> meta = write_index_template(tempfile.mkdtemp())[1]
    >>> index_spec_from_table(meta).structure.children("index")
    ('inclusive', 'prosperous', 'green')
    """
    file = path_of(path)
    return spec_of({"structure": file.name}, file.name, file.parent)


def read_document(file: Path) -> dict[str, Any]:
    """Read a TOML or JSON file as plain values.

    Raises
    ------
    InputError
        No such file, another ending, or not readable as what the ending says.
    """
    kind = file.suffix.lower()
    if kind not in (".toml", ".json"):
        raise InputError(
            Text(
                f"{file.name}: the ending of a recipe is .toml or .json.",
                f"{file.name}：编制方案文件须以.toml或.json结尾。",
            )
        )
    if not file.is_file():
        raise InputError(
            Text(f"There is no file {file}. Check the name.", f"文件{file}不存在，请检查文件名。")
        )
    try:
        text = file.read_bytes().decode("utf-8-sig")
        found = tomllib.loads(text) if kind == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        what = kind[1:].upper()
        raise InputError(
            Text(
                f"{file.name} is not readable as {what} in UTF-8: {error}.",
                f"{file.name}无法按{what}（UTF-8编码）读取：{error}。",
            )
        ) from None
    if not isinstance(found, dict):
        raise InputError(
            Text(f"{file.name} holds no keys such as structure.", f"{file.name}中没有structure等键。")
        )
    return found


def spec_of(document: Mapping[str, Any], name: str, folder: Path) -> IndexSpec:
    """Make a recipe of the plain values of a file.

    Parameters
    ----------
    document
        Keys and values as in :func:`read_index_spec`.
    name
        What the file is called in messages.
    folder
        From where paths are seen.

    Raises
    ------
    InputError
        As :func:`read_index_spec`.
    """
    for key in document:
        if key not in KEYS:
            raise _told(name, str(key), UnknownNameError("step", key, KEYS))
    if document.get("structure") is None:
        raise InputError(
            Text(
                f"{name} lacks structure: rows of codes, or the path of a table of meanings.",
                f"{name}缺少structure：须为代码行，或指标说明表的路径。",
            )
        )
    try:
        structure = _structure(document["structure"], folder)
    except LearningCityError as error:
        raise _told(name, "structure", error) from error
    steps: dict[str, Any] = {}
    for key in STEPS:
        if key not in document:
            continue
        try:
            steps[key] = _step(key, document[key], structure, folder)
            IndexSpec(structure, **{key: steps[key]})
        except LearningCityError as error:
            raise _told(name, key, error) from error
    return IndexSpec(structure, **steps)


def _told(name: str, key: str, error: LearningCityError) -> InputError:
    return InputError(Text(f"{name}, {key}: {error.text.en}", f"{name}，{key}：{error.text.zh}"))


def _structure(given: Any, folder: Path) -> Structure:
    import pandas as pd

    if isinstance(given, str):
        return Structure.from_frame(_only_sheet(folder / given))
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


def _only_sheet(file: Path) -> pd.DataFrame:
    sheets = read_sheets(file)
    if len(sheets) > 1 and "iMeta" not in sheets:
        raise InputError(
            Text(
                f"{file.name} has the sheets {', '.join(sheets)}; call the one that is meant iMeta.",
                f"{file.name}含工作表{'、'.join(sheets)}，请将所用工作表命名为iMeta。",
            )
        )
    frame = sheets["iMeta"] if "iMeta" in sheets else next(iter(sheets.values()))
    return frame.astype(object).where(frame.notna() & (frame != ""), None)


def _step(key: str, value: Any, structure: Structure, folder: Path) -> Any:
    if isinstance(value, str) and value == NONE:
        return None
    if key == "denominate" and isinstance(value, str):
        return _denominators(folder / value)
    if key == "denominate" and isinstance(value, Mapping) and isinstance(value.get("by"), str):
        return {**value, "by": _denominators(folder / value["by"])}
    if key in _CHOICES and isinstance(value, Mapping):
        codes = structure.by_code
        return {_place(k, codes): _choice(v) for k, v in value.items()}
    return _choice(value) if key in (*_CHOICES, "weights") else value


def _place(key: str, codes: Mapping[str, Any]) -> Any:
    """A level is written as a text, since keys of files are texts."""
    if key == OTHERS:
        return None
    return int(key) if key.isdecimal() and key not in codes else key


def _choice(value: Any) -> Any:
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
    frame = frame.set_index("uCode").drop(columns=["uName", "Time"], errors="ignore")
    columns = {}
    for code, column in frame.items():
        try:
            columns[code] = pd.to_numeric(column)
        except (TypeError, ValueError):
            raise InputError(
                Text(
                    f"{file.name}: column {code} has cells that are no numbers.",
                    f"{file.name}：{code}列含非数字单元格。",
                )
            ) from None
    return pd.DataFrame(columns, index=frame.index)


def write_index_spec(spec: IndexSpec, path: str | Path) -> Path:
    """Write the recipe of an index into a file; :func:`read_index_spec` gives an equal one.

    Parameters
    ----------
    spec
        The recipe. A frame of denominators goes into a table beside the file, ``<name>-denominators.csv``.
    path
        A file that ends in .toml or .json; replaced whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        Another ending, or a value that no file can hold; the step is named.
    """
    file = path_of(path)
    if file.suffix.lower() not in (".toml", ".json"):
        raise InputError(
            Text(
                f"{file.name}: the ending of a recipe is .toml or .json.",
                f"{file.name}：编制方案文件须以.toml或.json结尾。",
            )
        )
    document = {key: _plain_step(key, getattr(spec, key), file) for key in STEPS}
    rows = plain(spec.structure.to_frame())
    document["structure"] = [{k: v for k, v in row.items() if or_none(v) is not None} for row in rows]
    is_toml = file.suffix.lower() == ".toml"
    text = _toml(document) if is_toml else json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_whole(file, text.encode("utf-8"))
    return file


def _plain_step(key: str, value: Any, file: Path) -> Any:
    if value is None:
        return NONE
    if key == "denominate":
        return _plain_denominate(value, file)
    if isinstance(value, Choice):
        return _plain_step(key, value.to_plain(), file)
    if isinstance(value, Mapping):
        return {
            OTHERS if k in (None, "", OTHERS) else str(k): _plain_step(key, v, file) for k, v in value.items()
        }
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[1], Mapping):
        return [value[0], {str(k): _held(key, v) for k, v in value[1].items()}]
    return _held(key, value)


def _held(key: str, value: Any) -> Any:
    found = plain(value)
    if value is not None and (found is None or callable(value)):
        raise InputError(Text(f"{key}: a file cannot hold {value!r}.", f"{key}：文件无法保存{value!r}。"))
    return _without_none(found)


def _without_none(value: Any) -> Any:
    if value is None:
        return NONE
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items()}
    return [_without_none(v) for v in value] if isinstance(value, list) else value


def _plain_denominate(value: Any, file: Path) -> Any:
    import pandas as pd

    from learningcity.core import people_csv

    by = value.get("by") if isinstance(value, Mapping) else value
    if isinstance(by, pd.DataFrame):
        beside = file.with_name(f"{file.stem}-denominators.csv")
        write_whole(beside, people_csv(by.rename_axis("uCode").reset_index()))
        by = beside.name
    if isinstance(value, Mapping):
        rest = {str(k): str(v) for k, v in value.items() if k != "by"}
        return rest if by is None else {**rest, "by": by}
    return _held("denominate", by)


def _toml(document: Mapping[str, Any]) -> str:
    """Plain values first, then a section a mapping, then the rows of the structure."""
    lines = [
        f"{key} = {_toml_value(value)}"
        for key, value in document.items()
        if not isinstance(value, dict) and key != "structure"
    ]
    for key, value in document.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]"]
            lines += [f"{_toml_key(k)} = {_toml_value(v)}" for k, v in value.items()]
    for row in document["structure"]:
        lines += ["", "[[structure]]"]
        lines += [f"{_toml_key(k)} = {_toml_value(v)}" for k, v in row.items()]
    return "\n".join(lines) + "\n"


def _toml_key(key: str) -> str:
    return key if _BARE.match(key) else _toml_value(key)


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml_key(k)} = {_toml_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(v) for v in value) + "]"
    return repr(value)


def read_index_values(path: str | Path, structure: Structure | None = None) -> pd.DataFrame:
    """Read a table of values, one row a unit, for :func:`~learningcity.index.build_index`.

    Parameters
    ----------
    path
        CSV or XLSX (of several sheets the one called iData) with the column uCode and a column an
        indicator; uName and Time are left aside, empty cells are missing values.
    structure
        If given, only its indicators must be numbers; columns such as groups stay texts.

    Returns
    -------
    frame
        Index uCode, columns as in the file; numbers as floats.

    Raises
    ------
    InputError
        No such file, no column uCode, or a cell that is no number: file, column and row are named.

    Examples
    --------
    >>> import tempfile
    >>> data = write_index_template(tempfile.mkdtemp())[0]
    >>> read_index_values(data).loc["hillview", "parks"]
    np.float64(22.8)
    """
    import pandas as pd

    file = path_of(path)
    sheets = read_sheets(file)
    if len(sheets) > 1 and "iData" not in sheets:
        raise InputError(
            Text(
                f"{file.name} has the sheets {', '.join(sheets)}; call the one with the values iData.",
                f"{file.name}含工作表{'、'.join(sheets)}，请将数据所在工作表命名为iData。",
            )
        )
    frame = sheets["iData"] if "iData" in sheets else next(iter(sheets.values()))
    if "uCode" not in frame.columns:
        raise UnknownNameError("column", "uCode", frame.columns, near_names("uCode", map(str, frame.columns)))
    units = frame["uCode"].astype(str)
    columns = {}
    for code, column in frame.drop(columns=["uCode", "uName", "Time"], errors="ignore").items():
        beside = structure is not None and code not in structure.indicators
        columns[code] = (column if beside else _numbers(column, str(code), file.name)).to_numpy()
    return pd.DataFrame(columns, index=pd.Index(units, name="uCode"))


def _numbers(column: Any, code: str, name: str) -> Any:
    import pandas as pd

    filled = column.astype(object).where(column.notna() & (column != ""), None)
    numbers = pd.to_numeric(filled, errors="coerce").astype(float)
    wrong = filled[filled.notna() & numbers.isna()]
    if len(wrong):
        row, cell = wrong.index[0], wrong.iloc[0]
        raise InputError(
            Text(
                f"{name}, row {row}, column {code}: {cell!r} is no number; leave the cell empty for missing.",
                f"{name}，第{row}行，{code}列：{cell!r}不是数字；缺失值请留空。",
            )
        )
    return numbers


def write_index_template(folder: str | Path) -> tuple[Path, ...]:
    """Write a small worked example to start from: values, table of meanings, recipe.

    Parameters
    ----------
    folder
        Made where it is not there; files of these names are never replaced.

    Returns
    -------
    tuple
        ``data.csv``, ``meta.csv``, ``index.toml``; the districts in it are made up.

    Raises
    ------
    InputError
        One of the files is there already; nothing is written then.
    """
    from importlib import resources

    target = path_of(folder)
    files = tuple(target / name for name in ("data.csv", "meta.csv", "index.toml"))
    there = [str(f) for f in files if f.exists()]
    if there:
        raise InputError(
            Text(
                f"{', '.join(there)} is there already; name another folder.",
                f"{'、'.join(there)}已存在，请指定其他文件夹。",
            )
        )
    shipped = resources.files("learningcity.index").joinpath("example")
    for file in files:
        write_whole(file, shipped.joinpath(file.name).read_bytes())
    return files
