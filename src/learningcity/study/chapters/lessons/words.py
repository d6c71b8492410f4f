"""From the sentences of a plan to phrases of a document."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.plan import Marks, Named, Rounded, Said
from learningcity.report import Link, Listing, Number, Phrase, Share, Sources, Value, Word, join, say


def phrase_of(one: Said) -> Phrase:
    """The same sentence with slots that a document knows."""
    template = one.template
    slots: dict[str, Value] = {}
    for name, value in one.slots.items():
        if isinstance(value, Said):
            # A sentence inside a sentence: its template takes the place of the slot.
            inner = {f"{name}_{key}": kept for key, kept in value.slots.items()}
            en, zh = value.template.en, value.template.zh
            for key in value.slots:
                en, zh = (t.replace(f"{{{key}}}", f"{{{name}_{key}}}") for t in (en, zh))
            template = Text(template.en.replace(f"{{{name}}}", en), template.zh.replace(f"{{{name}}}", zh))
            slots |= {key: value_of(kept) for key, kept in inner.items()}
        else:
            slots[name] = value_of(value)
    return say(template.en, template.zh, **slots)


def value_of(value: Any) -> Value:
    """A slot of a plan as a slot of a document."""
    if isinstance(value, Named):
        kind: Any = value.kind
        return Word(value.text, Link(kind, value.to))
    if isinstance(value, Marks):
        return Sources(value.ids)
    if isinstance(value, Rounded):
        return Share(value.value, value.decimals) if value.share else Number(value.value, value.decimals)
    if isinstance(value, tuple):
        return Listing(tuple(value_of(one) for one in value))
    return Word(value) if isinstance(value, Text) else Number(int(value))


def phrases_of(sentences: tuple[Said, ...]) -> Phrase:
    """Sentences as one phrase."""
    return join(*(phrase_of(one) for one in sentences))


def cell(value: Value | None) -> Phrase | None:
    """A cell with one value."""
    return None if value is None else say("{v}", "{v}", v=value)
