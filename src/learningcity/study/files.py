"""A study on disk: the file that asks, and the files that a run gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from os import PathLike
from pathlib import Path
from typing import Any

from learningcity.core import InputError, Text, os_reason, path_of, plain, write_whole
from learningcity.report import Document, unpack
from learningcity.study.run import StudyResult
from learningcity.study.spec import Study, study_of

#: The run as programs read it, beside the documents.
RESULT_FILE = "study.json"


def study_toml(study: Study) -> str:
    """Write a study as TOML, with a word to each key; :func:`read_study` reads it back.

    Examples
    --------
    >>> print(study_toml(Study()).splitlines()[0])
    # A study: learningcity study run THIS-FILE --out DIR
    """
    data = "my-tables" if study.data is None else str(study.data)
    version = study.data_version or "fingerprint of the tables"
    lines = [
        "# A study: learningcity study run THIS-FILE --out DIR",
        "# 研究文件：learningcity study run 本文件 --language zh --out 文件夹",
        f"name = {_value(study.name)}",
        f"title = {{en = {_value(study.title.en)}, zh = {_value(study.title.zh)}}}",
        "",
        "# Own tables over the shipped ones; base = false takes them alone. 用户自有表格；base = false时仅用自有表格",
        _line("data", data, study.data is not None),
        _line("base", study.base),
        "# The data it was written for; with others a note is given. 撰写时的数据版本；不符时予以提示",
        _line("data_version", version, study.data_version is not None),
        "# Cities studied, [] = all. 研究的城市，[]表示全部",
        _line("cases", study.cases),
        "# For whom the lessons are: a country (ISO 3166-1 alpha-3) or a city. 启示面向的国家或城市",
        _line("target", study.target),
        _line("languages", study.languages),
        _line("seed", study.seed),
        "# Whose codes. 采用哪位编码者的编码",
        _line("coder", study.coder),
        _line("chapters", study.chapters),
        "",
    ]
    for name, one in (("facts", study.facts), ("codes", study.codes), ("methods", study.methods)):
        lines.append(f"[{name}]")
        for f in fields(one):
            value = getattr(one, f.name)
            lines.append(_line(f.name, "" if value is None else value, value is not None))
        lines.append("")
    return "\n".join(lines)


def _line(key: str, value: Any, chosen: bool = True) -> str:
    """A line of the file; what was not chosen stands there as a comment."""
    return f"{key} = {_value(value)}" if chosen else f"# {key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(k))} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)


def write_study_result(result: StudyResult, folder: str | PathLike[str]) -> Path:
    """Write a run as programs read it, ``study.json``; :func:`read_study_result` reads it back."""
    where = path_of(folder) / RESULT_FILE
    where.parent.mkdir(parents=True, exist_ok=True)
    held = {**result.to_dict(), "study": _asked(result.study)}
    text = json.dumps(held, ensure_ascii=False, indent=1, sort_keys=False, allow_nan=False)
    write_whole(where, (text + "\n").encode("utf-8"))
    return where


def _asked(study: Study) -> dict[str, Any]:
    held = {f.name: plain(getattr(study, f.name)) for f in fields(study)}
    held["data"] = None if study.data is None else str(study.data)
    return {key: value for key, value in held.items() if value is not None}


def read_study_result(path: str | PathLike[str]) -> StudyResult:
    """Read a run back from its folder, or from its ``study.json``.

    Raises
    ------
    InputError
        There is no such file, or it was not written by a run.
    """
    where = path_of(path)
    where = where / RESULT_FILE if where.is_dir() else where
    try:
        held = json.loads(where.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            Text(
                f"{where} cannot be read: {os_reason(error).en} Name the folder that a run was written to.",
                f"无法读取{where}：{os_reason(error).zh}请指明运行结果所在的文件夹。",
            )
        ) from None
    except ValueError:
        raise _foreign(where) from None
    try:
        document = unpack(held["document"])
        asked = {k: _without_none(v) for k, v in held["study"].items()}
        study = study_of(asked, Path())
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _foreign(where) from None
    if not isinstance(document, Document):
        raise _foreign(where)
    return StudyResult(study, document, dict(held.get("manifest", {})))


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    return value


def _foreign(where: Path) -> InputError:
    return InputError(
        Text(
            f"{where} was not written by a run of a study of this version.",
            f"{where}不是由本版本的研究运行所写的文件。",
        )
    )
