"""Plain values in files: TOML for people, JSON for machines, YAML for those who are used to it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from learningcity.core import InputError, Text, plain, write_whole

ENDINGS = (".toml", ".json", ".yaml", ".yml")
#: How a file says that a step is not taken: TOML has no word for nothing.
NONE = "none"
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def kind_of(file: Path) -> str:
    """Give the kind of a file by its ending: toml, json or yaml.

    Raises
    ------
    InputError
        Another ending.

    Examples
    --------
    >>> kind_of(Path("index.yml"))
    'yaml'
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(
            Text(
                f"{file}: the ending must be .toml or .json or .yaml.",
                f"{file}：文件名须以.toml或.json或.yaml结尾。",
            )
        )
    return "yaml" if ending == ".yml" else ending[1:]


def read_document(file: Path) -> dict[str, Any]:
    """Read a TOML, JSON or YAML file as plain values; all keys are texts.

    Raises
    ------
    InputError
        No such file, another ending, or not readable as what the ending says.
    """
    kind = kind_of(file)
    if file.is_dir():
        raise InputError(
            Text(f"{file} is a folder; name a file in it.", f"{file}是文件夹，请给出其中的文件。")
        )
    if not file.is_file():
        raise InputError(
            Text(f"There is no file {file}. Check the name.", f"文件{file}不存在，请检查文件名。")
        )
    raw = file.read_bytes()
    _refuse_other_encodings(raw, file.name)
    try:
        text = raw.decode("utf-8-sig")
        found: Any = _READERS[kind](text)
    except (ValueError, RecursionError) as error:
        what = kind.upper()
        reason = " ".join(str(error).split())
        raise InputError(
            Text(
                f"{file.name} is not readable as {what} in UTF-8: {reason}.",
                f"{file.name}无法按{what}（UTF-8编码）读取：{reason}。",
            )
        ) from None
    if not isinstance(found, dict):
        raise InputError(
            Text(f"{file.name} holds no keys with values.", f"{file.name}中没有“键：值”形式的内容。")
        )
    return found


def _refuse_other_encodings(raw: bytes, name: str) -> None:
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            Text(
                f"{name}, line {line}: the text is not UTF-8. Save the file in UTF-8.",
                f"{name}，第{line}行：文字编码不是UTF-8，请另存为UTF-8编码。",
            )
        ) from None


def _yaml(text: str) -> Any:
    """Read YAML by the JSON schema of its version 1.2: ``no``, ``010`` and dates are texts, ``1e-5`` is a number.

    References to other places of the file are refused: a short file could stand for an endless one.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                event = self.peek_event()
                raise ValueError(f"line {event.start_mark.line + 1}: references (*name) are not read")
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            found = {}
            for key_node, value_node in node.value:
                line = key_node.start_mark.line + 1
                if not isinstance(key_node, yaml.ScalarNode):
                    raise ValueError(f"line {line}: a key must be a text")
                key = str(key_node.value)
                if key in found:
                    raise ValueError(f"line {line}: {key} occurs twice")
                found[key] = self.construct_object(value_node, deep=True)
            return found

    # Without the words of version 1.1; those of 1.2 follow.
    Loader.yaml_implicit_resolvers = {}
    Loader.add_constructor(
        "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True)
    )
    for tag, pattern, first in (
        ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        ("float", r"^[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
        ("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", "-+."),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader, narrowed
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


_READERS: dict[str, Callable[[str], Any]] = {"toml": tomllib.loads, "json": json.loads, "yaml": _yaml}


def write_document(document: Mapping[str, Any], file: Path) -> None:
    """Write plain values by the ending of the file; whole or not at all.

    Raises
    ------
    InputError
        Another ending.
    """
    write_whole(file, document_bytes(document, file))


def document_bytes(document: Mapping[str, Any], file: Path) -> bytes:
    """Give plain values as the bytes of a file, by its ending.

    Raises
    ------
    InputError
        Another ending.
    """
    kind = kind_of(file)
    if kind == "toml":
        text = _toml(document)
    elif kind == "json":
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    else:
        text = _yaml_text(document)
    return text.encode("utf-8")


def held(key: str, value: Any) -> Any:
    """Give a value as a file holds it, ``"none"`` for nothing.

    Raises
    ------
    InputError
        A value that no file can hold; the key is named.
    """
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


def _toml(document: Mapping[str, Any]) -> str:
    """Plain values first, then a section a mapping, then rows, one section each."""
    lines = [
        f"{_key(key)} = {_flow(value, ' = ')}"
        for key, value in document.items()
        if not isinstance(value, dict) and not _are_rows(value)
    ]
    for key, value in document.items():
        if isinstance(value, dict):
            lines += ["", f"[{_key(key)}]"]
            lines += [f"{_key(k)} = {_flow(v, ' = ')}" for k, v in value.items()]
    for key, value in document.items():
        for row in value if _are_rows(value) else ():
            lines += ["", f"[[{_key(key)}]]"]
            lines += [f"{_key(k)} = {_flow(v, ' = ')}" for k, v in row.items()]
    return "\n".join(lines) + "\n"


def _yaml_text(document: Mapping[str, Any]) -> str:
    """JSON within the lines: what is between braces is YAML as well."""
    lines = [] if document else ["{}"]
    for key, value in document.items():
        if isinstance(value, dict) and value:
            lines += [f"{_key(key)}:"]
            lines += [f"  {_flow(k, ': ')}: {_flow(v, ': ')}" for k, v in value.items()]
        elif _are_rows(value):
            lines += [f"{_key(key)}:", *(f"  - {_flow(row, ': ')}" for row in value)]
        else:
            lines.append(f"{_key(key)}: {_flow(value, ': ')}")
    return "\n".join(lines) + "\n"


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _key(key: str) -> str:
    return key if _BARE.match(key) else _flow(key, "")


def _flow(value: Any, between: str) -> str:
    """A value on one line, as TOML (`` = ``) or YAML (``: ``) writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # Escaped as in JSON; both TOML and YAML want more characters escaped than JSON does.
        text = json.dumps(value, ensure_ascii=False)
        return "".join(f"\\u{ord(c):04x}" if _is_control(c) else c for c in text)
    if isinstance(value, dict):
        is_toml = between == " = "
        cells = [
            (_key(k) if is_toml else _flow(k, between)) + between + _flow(v, between)
            for k, v in value.items()
        ]
        return "{" + ", ".join(cells) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(v, between) for v in value) + "]"
    return repr(value)


def _is_control(c: str) -> bool:
    return "\x7f" <= c <= "\x9f" or c in "\u2028\u2029\ufeff\ufffe\uffff"
