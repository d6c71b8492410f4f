"""What a chapter works with: the data, the choices, and the words for cities, codes and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from learningcity.atlas import Atlas, coded_practices, condition_label
from learningcity.core import SetupError, Text, or_none, plain
from learningcity.report import Figure, How, Link, Phrase, Picture, Source, Sources, Word, chart, say
from learningcity.standards import country_name, label
from learningcity.study.snippets import snippet

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.study.spec import Study

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Desk:
    """The data and choices of one run; what several chapters need is computed once.

    Parameters
    ----------
    study
        The choices.
    atlas
        The data.
    languages
        The languages that pictures are drawn in.
    """

    study: Study
    atlas: Atlas
    languages: tuple[str, ...]
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Give what was made under ``name``, made at first use."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    # --- data ---------------------------------------------------------------------------------------

    @property
    def cases(self) -> tuple[str, ...]:
        """Ids of the cities that are studied; the atlas of the desk holds no others."""
        return tuple(self.atlas.city_ids())

    @property
    def awarded(self) -> tuple[str, ...]:
        """Those of them that were awarded."""
        first = self.atlas.first_award
        return tuple(city for city in self.cases if city in first)

    @property
    def shipped(self) -> bool:
        """Whether practices that ship with the package are among those studied: how those were read is known."""
        own = self.atlas.own.get("practices", frozenset())
        return any((str(one),) not in own for one in self.atlas.practices["practice_id"])

    def conditions(self, coder: str | None = None, timing: Literal["all", "before"] = "all") -> pd.DataFrame:
        """Condition scores of the cases, index city_id; empty = not seen."""
        chosen = coder or self.study.coder
        policy = replace(self.study.codes, timing=timing)

        def make() -> pd.DataFrame:
            scores = self.atlas.conditions(policy, chosen)
            return scores.reindex([c for c in self.cases if c in scores.index])

        return self.once(f"conditions {chosen} {timing}", make)

    @property
    def coders(self) -> tuple[str, ...]:
        """All coders of the data."""
        return tuple(sorted(map(str, self.atlas.codes["coder"].unique())))

    @property
    def other_coders(self) -> tuple[str, ...]:
        """All coders but the one whose codes the study takes."""
        return tuple(coder for coder in self.coders if coder != self.study.coder)

    def counted(self, coder: str | None = None, *, any_level: bool = False) -> pd.DataFrame:
        """The coded practices of awarded cities that count under the policy, one coder's; of every level if asked."""
        chosen = coder or self.study.coder

        def make() -> pd.DataFrame:
            policy, held = self.study.codes, coded_practices(self.atlas, chosen)
            keep = (
                held["stance"].isin(policy.stances)
                & held["subject"].isin(policy.subjects)
                & held["city_id"].isin(self.awarded)
            )
            return held[keep if any_level else keep & held["level"].isin(policy.levels)]

        return self.once(f"counted {chosen} {any_level}", make)

    # --- words ---------------------------------------------------------------------------------------

    def city(self, city_id: str) -> Word:
        """The name of a city, leading to its page."""
        names = self.once("names", lambda: _names(self.atlas))
        return Word(names[city_id], Link("city", city_id))

    def practice(self, practice_id: str) -> Word:
        """The title of a practice, leading to its page."""
        rows = self.once("practices", lambda: _practices(self.atlas))
        return Word(rows[practice_id], Link("practice", practice_id))

    def country(self, iso3: str) -> Word:
        """The name of a country as mainland usage has it."""
        return Word(Text(country_name(iso3, "en"), country_name(iso3, "zh")))

    def label(self, vocabulary: str, code: str) -> Word:
        """The words for a code."""
        return Word(Text(label(vocabulary, code, "en"), label(vocabulary, code, "zh")))

    def condition(self, name: str) -> Word:
        """The words for a mechanism or theme."""
        return Word(condition_label(name))

    def sources(self, ids: Iterable[Any]) -> Sources:
        """A mark for sources; missing ids and lists joined with ``;`` are taken as they come."""
        found = [part.strip() for one in ids if or_none(one) is not None for part in str(one).split(";")]
        return Sources(tuple(dict.fromkeys(one for one in found if one)))

    def source(self, source_id: str) -> Source:
        """A source as the document lists it."""
        held = self.atlas.source(source_id)
        address, tier = str(held["source_url"] or ""), str(held["tier"] or "")
        linked = bool(address) and tier != "doubtful"
        return Source(source_id, str(held["source_title"] or address), address, tier, linked)

    # --- pictures --------------------------------------------------------------------------------------

    def figure(
        self,
        key: str,
        caption: Phrase,
        result: Any,
        kind: str,
        how: How | None = None,
        note: Phrase | None = None,
        **options: Any,
    ) -> Figure:
        """Draw a figure in the languages of the run; see :func:`learningcity.chart`."""
        pictures = {one: self._picture(result, kind, one, options) for one in self.languages}
        return Figure(key, caption, pictures, how, note)

    def figure_each(
        self,
        key: str,
        caption: Phrase,
        result: Any,
        kind: str,
        texts: Mapping[str, Text],
        how: How | None = None,
        **options: Any,
    ) -> Figure:
        """Draw a figure whose options hold words, each in its language."""
        pictures = {
            one: self._picture(
                result, kind, one, {**options, **{name: said.in_(one) for name, said in texts.items()}}
            )
            for one in self.languages
        }
        return Figure(key, caption, pictures, how)

    def _picture(self, result: Any, kind: str, language: str, options: Mapping[str, Any]) -> Picture:
        try:
            drawn = chart(result, kind, language, **options)
        except SetupError:
            # This machine has no font for the language: the words and the table stand without the picture.
            drawn = chart(result, kind, language, picture=False, **options)
        rows = tuple(tuple(plain(or_none(v)) for v in row) for row in drawn.table.itertuples(index=False))
        columns = tuple(map(str, drawn.table.columns))
        return Picture(
            kind, drawn.title, drawn.alt, drawn.svg, drawn.caption, language, dict(drawn.heads), rows, columns
        )

    def how(
        self, en: str, zh: str, code: str = "", command: str = "", *, seed: bool = False, **choices: Any
    ) -> How:
        """How something was computed, with the choices of the study that it rests on.

        ``code`` gives the numbers of the finding as its last expression; what it names of the data and the
        policies is put before it, see :func:`~learningcity.study.snippets.snippet`.
        """
        return How(
            say(en, zh), snippet(self.study, code), command, plain(choices), self.study.seed if seed else None
        )


def _names(atlas: Atlas) -> dict[str, Text]:
    rows = atlas.cities.set_index("city_id")
    chinese = rows["name_zh"].fillna(rows["name_en"])
    return {str(c): Text(str(rows.at[c, "name_en"]), str(chinese[c])) for c in rows.index}


def _practices(atlas: Atlas) -> dict[str, Text]:
    rows = atlas.practices.set_index("practice_id")
    english = rows["title_en"].fillna(rows["title_zh"])
    chinese = rows["title_zh"].fillna(english)
    return {str(p): Text(str(english[p]), str(chinese[p])) for p in rows.index}
