"""Lessons for a country or a city: what was asked, what was found, and the cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import AtlasResult
from learningcity.core import Text, join_texts, plain
from learningcity.plan.gap_profile import GapsResult
from learningcity.plan.said import Said

if TYPE_CHECKING:
    import pandas as pd

#: The parts of a card, in the order of reading.
PARTS: dict[str, Text] = {
    "finding": Text("Finding", "发现"),
    "evidence": Text("Evidence", "证据"),
    "conditions": Text("Conditions of transfer", "移植条件"),
    "body": Text("Body responsible", "责任主体"),
    "instrument": Text("Instrument", "政策工具"),
    "constraint": Text("Constraint", "制约"),
    "risk": Text("Risk", "风险"),
}


@dataclass(frozen=True)
class LessonCard:
    """One lesson.

    Parameters
    ----------
    key
        A lasting name: "gap-law" or "bottleneck-chn-b01".
    kind
        "gap": seen in comparable cities and not here; "bottleneck": named by the national framework.
    title
        Its head.
    parts
        Part (see ``plan.PARTS``) -> sentences.
    practices
        Ids of the practices it rests on, best first.
    values
        The numbers of the finding by name.
    """

    key: str
    kind: Literal["gap", "bottleneck"]
    title: Text
    parts: Mapping[str, tuple[Said, ...]]
    practices: tuple[str, ...]
    values: Mapping[str, float | int | str | None] = field(default_factory=dict)

    def in_(self, language: str) -> list[tuple[str, str]]:
        """Pairs of the name of a part and its words."""
        gap = " " if language == "en" else ""
        return [
            (PARTS[name].in_(language), gap.join(one.in_(language) for one in sentences))
            for name, sentences in self.parts.items()
        ]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources behind it."""
        return tuple(dict.fromkeys(s for part in self.parts.values() for one in part for s in one.sources))


@dataclass(frozen=True)
class LessonsResult(AtlasResult):
    """Lessons for a target.

    Parameters
    ----------
    kind
        "country", "city", or "own" (a city that is not in the atlas).
    name
        What the target is called.
    country
        ISO 3166-1 alpha-3, None where it was not told.
    gaps
        City -> its gaps; the key of an own city is "".
    left_out
        Cities of the country that could not be compared, and why.
    profile
        One row a code: kind, code, label_en, label_zh, open (cities of the target where it was not seen), of, peers,
        peers_of (how many of their peers show it, over all pairs of city and peer), awarded, awarded_of (awarded cities
        outside the target), near_constant, notable (in how many cities so few practices would rarely leave it open).
    practices
        Practices of awarded cities, best first over all cities of the target: practice_id, city_id, names, score,
        fit, evidence, similarity (means over those cities), fills_in (in how many it shows what was not seen),
        home (of the target's own country) ...
    bottlenecks
        Bottlenecks of the national framework with their statement, remedy, body, instrument, and how many practices
        (``practices``), cities (``cities``) and coders (``agreed``: practices that all coders see so) answer.
    answers
        One row a bottleneck and practice, see ``plan.answering``.
    cards
        The lessons.
    coder, choices
        As asked.
    """

    kind: Literal["country", "city", "own"]
    name: Text
    country: str | None
    gaps: Mapping[str, GapsResult]
    left_out: Mapping[str, Text]
    profile: pd.DataFrame
    practices: pd.DataFrame
    bottlenecks: pd.DataFrame
    answers: pd.DataFrame
    cards: tuple[LessonCard, ...]
    coder: str
    choices: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def cities(self) -> tuple[str, ...]:
        """Ids of the cities of the target that were compared."""
        return tuple(c for c in self.gaps if c)

    def table(self) -> pd.DataFrame:
        """One row a card: key, kind, title_en, title_zh, each part in both languages, practices, sources."""
        import pandas as pd

        rows = []
        for card in self.cards:
            row: dict[str, Any] = {
                "key": card.key, "kind": card.kind, "title_en": card.title.en, "title_zh": card.title.zh,
            }  # fmt: skip
            for language in ("en", "zh"):
                told = dict(card.in_(language))
                for name, words in PARTS.items():
                    row[f"{name}_{language}"] = told.get(words.in_(language))
            rows.append({**row, "practices": ";".join(card.practices), "sources": ";".join(card.sources)})
        columns = [
            "key", "kind", "title_en", "title_zh", *(f"{p}_{lang}" for lang in ("en", "zh") for p in PARTS),
            "practices", "sources",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def summary(self, language: str = "en") -> str:
        """Say for whom, from how many cities, and how many lessons there are of which kind."""
        of_gap = sum(card.kind == "gap" for card in self.cards)
        of_frame = len(self.cards) - of_gap
        k = len(self.gaps)
        said = [
            Text(
                f"{len(self.cards)} lessons for {self.name.en}: {of_frame} on bottlenecks that its national framework names, "
                f"{of_gap} on what was seen in comparable awarded cities and not here.",
                f"面向{self.name.zh}的借鉴共{len(self.cards)}条：针对国家政策框架所指瓶颈的{of_frame}条，针对可比获奖城市已见而此处未见的{of_gap}条。",
            )
        ]
        if self.kind == "country":
            said.append(
                Text(
                    f"{k} of its cities {'was' if k == 1 else 'were'} compared with awarded cities.",
                    f"其中{k}个城市与获奖城市作了比较。",
                )
            )
        if self.bottlenecks.empty:
            said.append(
                Text(
                    "The atlas holds no statements of a national framework for it.",
                    "图谱中未收录其国家政策框架的陈述。",
                )
            )
        said.append(
            Text(
                "Not seen means that no public evidence was read; which practice answers which bottleneck is our mapping; nothing here is a cause.",
                "“未见”指未读到公开资料；举措与瓶颈的对应关系由本系统拟定；以上均不构成因果结论。",
            )
        )
        return join_texts(said, " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Cards, profile, practices, bottlenecks and choices as plain values."""
        return {
            "kind": self.kind,
            "name": plain(self.name),
            "country": self.country,
            "cities": list(self.cities),
            "peers": {c: list(g.peers.peers) for c, g in self.gaps.items()},
            "left_out": plain(dict(self.left_out)),
            "profile": plain(self.profile),
            "practices": plain(self.practices),
            "bottlenecks": plain(self.bottlenecks),
            "answers": plain(self.answers),
            "coder": self.coder,
            "choices": plain(dict(self.choices)),
            **super().to_dict(),
        }
