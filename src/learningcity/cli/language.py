"""Which language the command line speaks: the option, the environment, the locale."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from learningcity import InputError, Text

if TYPE_CHECKING:
    import click

VARIABLE = "LEARNINGCITY_LANGUAGE"
LANGUAGES = ("en", "zh")


def language_from_environment() -> str:
    """Give "zh" where LEARNINGCITY_LANGUAGE or the locale is Chinese, else "en".

    Raises
    ------
    InputError
        LEARNINGCITY_LANGUAGE holds something else than English or Chinese.
    """
    asked = os.environ.get(VARIABLE, "").strip()
    if asked:
        short = asked.lower().replace("_", "-").split("-")[0].split(".")[0]
        if short not in LANGUAGES:
            raise InputError(
                Text(
                    f"{VARIABLE}={asked} is not a language of this program. Set it to en or zh.",
                    f"{VARIABLE}={asked}不是本程序支持的语言，请设为en或zh。",
                )
            )
        return short
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def language_from_arguments(arguments: Sequence[str]) -> str:
    """Find ``--language`` anywhere among the arguments, else ask the environment.

    It is read before click parses, because ``--help`` is answered while click parses.

    Examples
    --------
    >>> language_from_arguments(["atlas", "--language", "zh", "coverage"])
    'zh'
    >>> language_from_arguments(["--language=en"])
    'en'
    """
    found = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--language" and position + 1 < len(arguments):
            found = arguments[position + 1]
        elif argument.startswith("--language="):
            found = argument.partition("=")[2]
    return found if found in LANGUAGES else language_from_environment()


def language_of(context: click.Context | None) -> str:
    """Give the language of a running command."""
    chosen = context.find_root().obj if context is not None else None
    return chosen if chosen in LANGUAGES else language_from_environment()
