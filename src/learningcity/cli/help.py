"""Help pages in both languages, with working examples, wrapped by the width that the text takes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from learningcity import Text
from learningcity.cli.language import language_of

if TYPE_CHECKING:
    import click

USAGE = Text("Usage", "用法")
ARGUMENTS = Text("Arguments", "参数")
OPTIONS = Text("Options", "选项")
COMMANDS = Text("Commands", "命令")
EXAMPLES = Text("Examples", "示例")
SHOW_HELP = Text("Show this page and exit.", "显示本页并退出。")
_WORDS = {
    "default: ": "默认：",
    "required": "必填",
    "[OPTIONS]": "[选项]",
    "[ARGS]...": "[参数]...",
    "COMMAND": "命令",
}


def width_of(text: str) -> int:
    """Count terminal columns; Han characters and full-width marks take two.

    Examples
    --------
    >>> width_of("city"), width_of("城市")
    (4, 4)
    """
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text at blanks, and between Han characters, never before closing marks."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = width_of(piece)
        if (
            used + width_of(piece.rstrip()) > width
            and line.strip()
            and piece.strip()
            and piece[0] not in "，。；：、）”》】！？"
        ):
            lines.append(line.rstrip())
            line, used, piece = "", 0, piece.lstrip()
            size = width_of(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        wide = east_asian_width(char) in "WF"
        joins = pieces and not wide and not pieces[-1].endswith(" ")
        joins = joins and char != " " and east_asian_width(pieces[-1][-1]) not in "WF"
        if joins or (pieces and char == " "):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def render_help(command: click.Command, context: click.Context) -> str:
    """Write the help page of a command in the language of its run."""
    language = language_of(context)
    columns = context.terminal_width or shutil.get_terminal_size((90, 24)).columns
    width = max(50, min(columns, 100)) - 2
    lines = [_usage(command, context, language), ""]
    text = getattr(command, "text", None)
    for paragraph in (text.in_(language) if text else command.help or "").split("\n"):
        lines += ["  " + line for line in wrap(paragraph, width - 2)]
    for title, rows in _sections(command, context, language):
        if rows:
            lines += ["", _heading(title, language), *_definitions(rows, width)]
    examples = getattr(command, "examples", ())
    if examples:
        lines += ["", _heading(EXAMPLES, language), *(f"  {example}" for example in examples)]
    return "\n".join(lines) + "\n"


def _heading(title: Text, language: str) -> str:
    return title.in_(language) + ("：" if language == "zh" else ":")


def _usage(command: click.Command, context: click.Context, language: str) -> str:
    pieces = " ".join(command.collect_usage_pieces(context))
    if language == "zh":
        for english in ("[OPTIONS]", "[ARGS]...", "COMMAND"):
            pieces = pieces.replace(english, _WORDS[english])
    gap = "" if language == "zh" else " "
    return f"{_heading(USAGE, language)}{gap}{context.command_path} {pieces}"


def _sections(
    command: click.Command, context: click.Context, language: str
) -> list[tuple[Text, list[tuple[str, str]]]]:
    arguments, options = [], []
    for one in command.get_params(context):
        text = getattr(one, "text", None)
        if one.param_type_name == "argument":
            if text:
                arguments.append((one.make_metavar(context), text.in_(language)))
            continue
        record = one.get_help_record(context)
        if record:
            options.append((record[0], _option_text(one, record[1], text, language)))
    commands = []
    listed: Any = getattr(command, "short_texts", None)
    if listed:
        commands = [(name, text.in_(language)) for name, text in listed().items()]
    return [(ARGUMENTS, arguments), (OPTIONS, options), (COMMANDS, commands)]


def _option_text(one: click.Parameter, record: str, text: Text | None, language: str) -> str:
    if "--help" in one.opts:
        return SHOW_HELP.in_(language)
    if text is None or language == "en":
        return record
    extra = record.removeprefix(text.en)
    for english in ("default: ", "required"):
        extra = extra.replace(english, _WORDS[english])
    return text.zh + extra


def _definitions(rows: list[tuple[str, str]], width: int) -> list[str]:
    column = min(max(width_of(name) for name, _ in rows), 30) + 2
    lines = []
    for name, text in rows:
        wrapped = wrap(text, width - column - 2) or [""]
        if width_of(name) > column - 2:
            lines.append(f"  {name}")
            first = " " * (column + 2)
        else:
            first = f"  {name}" + " " * (column - width_of(name))
        lines.append(first + wrapped[0])
        lines += [" " * (column + 2) + line for line in wrapped[1:]]
    return lines
