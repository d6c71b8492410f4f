"""Bilingual texts: one value that holds English and simplified Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English and simplified Chinese; the language is an argument, never a global.

    Examples
    --------
    >>> name = Text("learning city", "学习型城市")
    >>> name.in_("zh")
    '学习型城市'
    >>> Text("{n} cities", "{n}个城市").format(n=3).in_("en")
    '3 cities'
    """

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """Give the text in ``language`` ("en" or "zh")."""
        if language == "zh":
            return self.zh
        if language == "en":
            return self.en
        from learningcity.core.errors import UnknownNameError

        raise UnknownNameError("language", language, LANGUAGES)

    def format(self, **slots: object) -> Text:
        """Fill the same slots in both languages; a slot may itself be a Text."""
        return Text(
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in slots.items()}),
            self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in slots.items()}),
        )

    def __str__(self) -> str:
        return self.en

    def to_dict(self) -> dict[str, str]:
        """Give ``{"en": ..., "zh": ...}``."""
        return {"en": self.en, "zh": self.zh}


def join_texts(texts: list[Text] | tuple[Text, ...], en: str = "; ", zh: str = "；") -> Text:
    """Join texts with the separator that each language uses."""
    return Text(en.join(t.en for t in texts), zh.join(t.zh for t in texts))
