"""A recipe: a file with the options of a command by name, as the site gives it away."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import option

#: Options that say how an answer is given are none of a question.
_NOT_IN_IT = ("recipe", "language", "out", "as_json", "shown")


def _read(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    """Take the options of the file as those that stand where none is given."""
    if path is None:
        return
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            Text(
                f"{path.name} cannot be read as TOML: {error}.",
                f"{path.name}无法按TOML读取：{error}。",
            )
        ) from error
    known = {
        one.name: one
        for one in context.command.params
        if isinstance(one, click.Option) and one.name is not None and one.name not in _NOT_IN_IT
    }
    held: dict[str, Any] = {}
    for name, value in found.items():
        if name not in known:
            raise lc.UnknownNameError("option", name, sorted(known))
        held[name] = _value(path, name, value, known[name])
    context.default_map = {**(context.default_map or {}), **held}


def _value(path: Path, name: str, value: Any, one: click.Option) -> Any:
    """A value as click takes it: texts, numbers, yes or no; several for what may be repeated."""
    if one.is_flag:
        good = isinstance(value, bool)
    elif one.multiple:
        value = [value] if isinstance(value, str) else value
        good = isinstance(value, list) and all(isinstance(v, str) for v in value)
    else:
        good = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not good:
        wanted = (
            Text("true or false", "true或false")
            if one.is_flag
            else Text("a list of texts", "文本列表")
            if one.multiple
            else Text("a text or a number", "文本或数值")
        )
        raise InputError(
            Text(
                f"{path.name}: {name} takes {wanted.en}, not {value!r}.",
                f"{path.name}：{name}须为{wanted.zh}，而不是{value!r}。",
            )
        )
    return value


recipe_option = option(
    "--recipe",
    type=click.Path(path_type=Path),
    metavar="FILE",
    is_eager=True,
    expose_value=False,
    callback=_read,
    text=Text(
        "File .toml with options by name, as the site gives it; an option given here goes before it.",
        "按名称列出各选项的.toml文件，可由网站下载；命令行选项优先。",
    ),
)
