"""Authored portraits of cities; every figure and claim in them is a reference, filled in here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from learningcity.core import LANGUAGES, InputError, Text, UnknownNameError, or_none
from learningcity.standards import format_value

if TYPE_CHECKING:
    from learningcity.atlas.model import Atlas

REFERENCE = re.compile(r"\[\[(fact|practice|year):([a-z0-9][a-z0-9-]*)\]\]")
NOT_REVIEWED = Text(
    "Written from the records of the atlas; not reviewed by a second person yet.",
    "依据本图谱的记录撰写，尚未经他人审阅。",
)
PieceKind = Literal["text", "fact", "practice", "year"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain text, or a reference with what it shows and where it leads."""

    kind: PieceKind
    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """The portrait of one city in one language, references filled in."""

    city_id: str
    language: str
    title: str
    reviewed: bool
    sections: tuple[Section, ...]

    def pieces(self) -> Iterator[Piece]:
        """Give all pieces in reading order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph

    def plain_text(self) -> str:
        """Give the portrait as plain text; references to practices leave no trace in it."""
        lines = [self.title]
        if not self.reviewed:
            lines.append(NOT_REVIEWED.in_(self.language))
        for section in self.sections:
            lines += ["", section.heading]
            for paragraph in section.paragraphs:
                lines.append("".join(p.text for p in paragraph if p.kind != "practice").replace(" .", "."))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class PortraitSource:
    """A portrait as its author wrote it: front matter, and sections of raw paragraphs by language."""

    city_id: str
    title: Text
    reviewed: bool
    sections: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]

    def references(self, language: str) -> list[tuple[str, str]]:
        """All references of one language as (kind, id), in order."""
        return [
            (m[1], m[2])
            for _, paragraphs in self.sections[language]
            for paragraph in paragraphs
            for m in REFERENCE.finditer(paragraph)
        ]


def parse_portrait(text: str, name: str) -> PortraitSource:
    """Read the text of a portrait file.

    Raises
    ------
    InputError
        The front matter or a language is missing; the message names the file and the line wanted.
    """
    match = re.match(r"---\n(.*?)\n---\n(.*)\Z", text, flags=re.DOTALL)
    if match is None:
        raise _broken(
            name, "it does not begin with a block between two '---' lines", "开头缺少以“---”包围的说明块"
        )
    front = {}
    for line in match[1].splitlines():
        key, _, value = line.partition(":")
        front[key.strip()] = value.strip().strip('"')
    for key in ("city_id", "title_en", "title_zh", "reviewed"):
        if not front.get(key):
            raise _broken(name, f"the line '{key}: ...' is missing", f"缺少“{key}: …”一行")
    sections = {}
    parts = re.split(r"^## (\w+)$", match[2], flags=re.MULTILINE)
    for language, body in zip(parts[1::2], parts[2::2], strict=True):
        sections[language] = _sections(body)
    for language in LANGUAGES:
        if not sections.get(language):
            raise _broken(name, f"the part '## {language}' is missing", f"缺少“## {language}”部分")
    return PortraitSource(
        front["city_id"],
        Text(front["title_en"], front["title_zh"]),
        front["reviewed"] == "yes",
        sections,
    )


def _broken(name: str, en: str, zh: str) -> InputError:
    return InputError(Text(f"The portrait {name} cannot be read: {en}.", f"无法读取城市案例{name}：{zh}。"))


def _sections(body: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    parts = re.split(r"^### (.+)$", body, flags=re.MULTILINE)
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        paragraphs = tuple(" ".join(p.split("\n")) for p in re.split(r"\n\s*\n", text.strip()) if p.strip())
        found.append((heading.strip(), paragraphs))
    return tuple(found)


@cache
def portrait_sources() -> dict[str, PortraitSource]:
    """All shipped portraits by city_id."""
    found = {}
    folder = resources.files("learningcity.atlas").joinpath("cases")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".md"):
            source = parse_portrait(entry.read_text(encoding="utf-8"), entry.name)
            found[source.city_id] = source
    return found


def portrait(atlas: Atlas, city: str, language: str = "en") -> Portrait | None:
    """Give the portrait of a city with every reference filled in from the atlas.

    Parameters
    ----------
    atlas
        Where figures and practices come from: change a fact, and the portrait follows.
    city
        Id or any name.
    language
        "en" or "zh".

    Returns
    -------
    Portrait or None
        None where nobody has written one.

    Raises
    ------
    InputError
        A reference points to a fact or practice that is not in the atlas.

    Examples
    --------
    >>> import learningcity as lc
    >>> portrait = lc.load_atlas().portrait("wuhan", "zh")
    >>> portrait.sections[0].heading
    '起点'
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    city_id = atlas.require_city(city)
    source = portrait_sources().get(city_id)
    if source is None:
        return None
    fill = _Filler(atlas, source, language)
    return Portrait(
        city_id,
        language,
        source.title.in_(language),
        source.reviewed,
        tuple(
            Section(heading, tuple(fill.paragraph(p) for p in paragraphs))
            for heading, paragraphs in source.sections[language]
        ),
    )


class _Filler:
    def __init__(self, atlas: Atlas, source: PortraitSource, language: str) -> None:
        self.city = source.city_id
        self.language = language
        facts = atlas.facts[atlas.facts["city_id"] == self.city]
        practices = atlas.practices[atlas.practices["city_id"] == self.city]
        self.facts = {row["fact_id"]: row for row in facts.to_dict("records")}
        self.practices = {row["practice_id"]: row for row in practices.to_dict("records")}

    def paragraph(self, text: str) -> tuple[Piece, ...]:
        pieces, end = [], 0
        for match in REFERENCE.finditer(text):
            if match.start() > end:
                pieces.append(Piece("text", text[end : match.start()]))
            pieces.append(self._piece(match[1], match[2]))
            end = match.end()
        if end < len(text):
            pieces.append(Piece("text", text[end:]))
        return tuple(pieces)

    def _piece(self, kind: str, ref: str) -> Piece:
        if kind == "fact":
            if ref not in self.facts:
                raise self._unknown(kind, ref)
            return Piece("fact", self._figure(self.facts[ref]), ref)
        if ref not in self.practices:
            raise self._unknown(kind, ref)
        if kind == "practice":
            row = self.practices[ref]
            return Piece("practice", str(row[f"title_{self.language}"]), ref)
        year = or_none(self.practices[ref]["start_year"])
        if year is None:
            raise self._unknown(kind, ref)
        return Piece("year", str(int(year)), ref)

    def _figure(self, row: dict[str, object]) -> str:
        figure = format_value(row["value"], row["unit"], self.language)
        year = or_none(row["year"])
        if year is None:
            return figure
        return f"{figure}（{year}年）" if self.language == "zh" else f"{figure} ({year})"

    def _unknown(self, kind: str, ref: str) -> InputError:
        return InputError(
            Text(
                f"The portrait of {self.city} refers to {kind} {ref!r}, which the atlas does not hold for "
                "this city. Mend the reference or bring the row back.",
                f"{self.city}的案例引用了{kind}“{ref}”，但图谱中该城市没有这一条。请修改引用或恢复该行。",
            )
        )
