"""A sentence in both languages with the same slots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.document.values import Run, Value, value_of

#: ``{n}``, or ``{n:city|cities}`` for the word that fits the number.
_SLOT = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")


@dataclass(frozen=True)
class Phrase:
    """A sentence, or several, with slots; both languages must fill the same ones.

    Parameters
    ----------
    template
        The sentence in both languages; ``{n}`` is filled, ``{n:city|cities}`` gives the English word
        that fits the number. A slot that English only uses for such a word need not be in Chinese.
    slots
        Values by name.

    Raises
    ------
    InputError
        A slot without value, a value without slot, or a slot in one language alone.
    """

    template: Text
    slots: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        filled = {lang: {m[1] for m in _SLOT.finditer(self.template.in_(lang)) if m[2] is None} for lang in ("en", "zh")}  # fmt: skip
        named = {m[1] for lang in ("en", "zh") for m in _SLOT.finditer(self.template.in_(lang))}
        if filled["en"] != filled["zh"] or named != set(self.slots):
            odd = sorted((filled["en"] ^ filled["zh"]) | (named ^ set(self.slots)))
            raise InputError(
                Text(
                    f"Both languages must fill the same slots, and each must have a value: {', '.join(odd)} "
                    f"in {self.template.en!r}.",
                    f"两种语言须填写相同的空位，且各有取值：{'、'.join(odd)}（“{self.template.zh}”）。",
                )
            )

    def runs(self, language: str) -> tuple[Run, ...]:
        """The sentence as pieces: text, links, marks of sources."""
        template = self.template.in_(language)
        found: list[Run] = []
        at = 0
        for match in _SLOT.finditer(template):
            found.append(Run(template[at : match.start()]))
            value = self.slots[match[1]]
            if match[2] is None:
                found.extend(value.runs(language))
            else:
                found.append(Run(match[2] if value.is_one else match[3]))
            at = match.end()
        found.append(Run(template[at:]))
        return _merged(found)

    def in_(self, language: str) -> str:
        """The sentence as plain text, without the marks of sources."""
        return "".join(run.text for run in self.runs(language))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that are marked, in their order."""
        return tuple(dict.fromkeys(one for run in self.runs("en") for one in run.sources))


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of plain text become one."""
    found: list[Run] = []
    for run in runs:
        if not run.text and not run.sources:
            continue
        plain = run.link is None and not run.sources and not run.strong
        last = found[-1] if found else None
        if plain and last is not None and last.link is None and not last.sources and not last.strong:
            found[-1] = Run(last.text + run.text)
        else:
            found.append(run)
    return tuple(found)


def say(en: str, zh: str, /, **slots: Any) -> Phrase:
    """Give a phrase; whole numbers and texts may fill a slot as they are.

    Raises
    ------
    InputError
        See :class:`Phrase`; or a bare string or float in a slot.

    Examples
    --------
    >>> said = say("Law was seen in {n} {n:city|cities}.", "{n}个城市见到法律类举措。", n=19)
    >>> said.in_("en"), said.in_("zh")
    ('Law was seen in 19 cities.', '19个城市见到法律类举措。')
    >>> say("One is {n}.", "其一。", n=1)
    Traceback (most recent call last):
    ...
    learningcity.core.errors.InputError: Both languages must fill the same slots, and each must have a value: n in 'One is {n}.'.
    """
    return Phrase(Text(en, zh), {name: value_of(value) for name, value in slots.items()})


def join(*phrases: Phrase | None) -> Phrase:
    """Put phrases one after the other into one; English gets a blank between them.

    Examples
    --------
    >>> join(say("One.", "一。"), None, say("Two: {n}.", "二：{n}。", n=2)).in_("en")
    'One. Two: 2.'
    """
    en: list[str] = []
    zh: list[str] = []
    slots: dict[str, Value] = {}
    for number, one in enumerate(p for p in phrases if p is not None):

        def renamed(match: re.Match[str], number: int = number) -> str:
            rest = "" if match[2] is None else f":{match[2]}|{match[3]}"
            return f"{{p{number}_{match[1]}{rest}}}"

        en.append(_SLOT.sub(renamed, one.template.en))
        zh.append(_SLOT.sub(renamed, one.template.zh))
        slots |= {f"p{number}_{name}": value for name, value in one.slots.items()}
    return Phrase(Text(" ".join(en), "".join(zh)), slots)
