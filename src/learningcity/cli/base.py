"""Commands, groups and options that speak both languages and load their modules late.

A command module needs only this: ``command`` and ``option`` take a :class:`Text`, each command
brings its ``examples`` (a test runs them), and ``current_language()`` says how to answer.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from learningcity import LearningCityError, Stopped, TableError, Text, escaped, os_reason
from learningcity.cli.help import render_help
from learningcity.cli.language import LANGUAGES, language_from_arguments, language_of
from learningcity.cli.messages import ERROR, FILE_TROUBLE, INTERRUPTED, SEE_HELP, usage_text

GOOD, BAD_USE, FINDINGS, INTERRUPT = 0, 1, 2, 130
LANGUAGE_HELP = Text("Language of the answers: en or zh.", "输出语言：en或zh。")


class Option(click.Option):
    """An option whose help is a :class:`Text`."""

    def __init__(self, *args: Any, text: Text, **settings: Any) -> None:
        settings["help"] = text.en
        super().__init__(*args, **settings)
        self.text = text


class Argument(click.Argument):
    """An argument with a help text."""

    def __init__(self, *args: Any, text: Text | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.text = text


class Command(click.Command):
    """A command with help and examples in both languages; errors become one clean message."""

    def __init__(
        self, *args: Any, text: Text | None = None, examples: Sequence[str] = (), **settings: Any
    ) -> None:
        settings["help"] = settings.get("help") if text is None else text.en
        super().__init__(*args, **settings)
        self.text = text
        self.examples = tuple(examples)
        self.params.append(
            Option(["--language"], text=LANGUAGE_HELP, type=click.Choice(LANGUAGES), expose_value=False)
        )

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Settle the language before click parses, since ``--help`` is answered while it parses."""
        if parent is None:
            extra.setdefault("obj", language_from_arguments(args))
        return super().make_context(info_name, args, parent, **extra)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        formatter.write(render_help(self, ctx))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run as a program: exit codes 0 good, 1 bad use, 2 findings in the data."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        sys.exit(_run(run, args, extra))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that closed the pipe ends it quietly."""
        if ctx.parent is not None:
            return super().invoke(ctx)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            raise _ClosedPipeError from error
        return result


class Group(Command, click.Group):
    """A group that imports the module of a subcommand only when it is called.

    Parameters
    ----------
    lazy
        Subcommand name -> ("package.module:attribute", what it does in both languages).
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, Text]] | None = None, **settings: Any
    ) -> None:
        settings.setdefault("invoke_without_command", True)
        settings.setdefault("callback", show_help_alone)
        super().__init__(*args, **settings)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table, then those added by decorators."""
        return [*self.lazy, *(name for name in self.commands if name not in self.lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a lazy subcommand, or give one that was added."""
        if cmd_name in self.lazy:
            module, _, attribute = self.lazy[cmd_name][0].partition(":")
            found: click.Command = getattr(import_module(module), attribute)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; an unknown one is answered with near names."""
        from learningcity import UnknownNameError

        if not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise UnknownNameError("command", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def short_texts(self) -> dict[str, Text]:
        """What each subcommand does, without importing it."""
        texts = {name: text for name, (_, text) in self.lazy.items()}
        for name, one in self.commands.items():
            text = getattr(one, "text", None) or Text(one.help or "", one.help or "")
            texts[name] = Text(text.en.split("\n")[0], text.zh.split("\n")[0])
        return texts


class _ClosedPipeError(Exception):
    """Nobody reads any more."""


@click.pass_context
def show_help_alone(context: click.Context) -> None:
    """Answer a group called without a subcommand with its help."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def command(
    name: str | None = None, *, text: Text, examples: Sequence[str], **settings: Any
) -> Callable[[Callable[..., Any]], Command]:
    """Decorate a function as a command with help and examples (which a test runs)."""
    return click.command(name, cls=Command, text=text, examples=examples, **settings)


def option(*names: str, text: Text, **settings: Any) -> Callable[[Any], Any]:
    """Decorate a command with an option whose help is a Text."""
    return click.option(*names, cls=Option, text=text, **settings)


def argument(*names: str, text: Text, **settings: Any) -> Callable[[Any], Any]:
    """Decorate a command with an argument whose help is a Text."""
    return click.argument(*names, cls=Argument, text=text, **settings)


def current_language() -> str:
    """Give the language of the command that runs."""
    return language_of(click.get_current_context(silent=True))


def say(text: Text | str) -> None:
    """Write one message to the error stream, where it does not mix with the answer."""
    click.echo(escaped(text.in_(current_language()) if isinstance(text, Text) else text), err=True)


def end_with_findings() -> None:
    """End the running command with exit code 2: it worked, and the data have findings."""
    click.get_current_context().exit(FINDINGS)


def _run(run: Callable[..., Any], args: tuple[Any, ...], extra: dict[str, Any]) -> int:
    arguments = list((args[0] if args else extra.get("args")) or sys.argv[1:])
    _prepare_streams()
    try:
        result = run(*args, standalone_mode=False, **extra)
        return result if isinstance(result, int) else GOOD
    except click.UsageError as error:
        text = usage_text(error)
        if error.ctx is not None:
            hint = SEE_HELP.format(command=error.ctx.command_path)
            text = Text(f"{text.en}\n{hint.en}", f"{text.zh}\n{hint.zh}")
        return _complain(text, arguments, BAD_USE)
    except click.ClickException as error:
        return _complain(usage_text(error), arguments, BAD_USE)
    except TableError as error:
        return _complain(error.text, arguments, FINDINGS)
    except Stopped as stopped:
        return _complain(stopped.text, arguments, INTERRUPT, prefix=False)
    except LearningCityError as error:
        return _complain(error.text, arguments, BAD_USE)
    except (click.Abort, KeyboardInterrupt):
        return _complain(INTERRUPTED, arguments, INTERRUPT, prefix=False)
    except _ClosedPipeError:
        # Python flushes once more when it ends; that must not fail on the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:
        text = FILE_TROUBLE.format(path=error.filename or "", reason=os_reason(error))
        return _complain(text, arguments, BAD_USE)


def _complain(text: Text, arguments: Sequence[str], code: int, prefix: bool = True) -> int:
    try:
        language = language_from_arguments(arguments)
    except LearningCityError:
        language = "en"
    click.echo((ERROR.in_(language) if prefix else "") + escaped(text.in_(language)), err=True)
    return code


def _prepare_streams() -> None:
    """Let Chinese through where a pipe or an old console would stop at it; a closed stream takes nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
        if hasattr(stream, "reconfigure"):
            if encoding != "utf8" and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")
