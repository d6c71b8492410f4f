"""The atlas: cities, awards, facts, practices, codes, members and context as frames, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from learningcity.core import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.agreement import AgreementResult
    from learningcity.atlas.conditions import CodingPolicy, ConditionEvidence
    from learningcity.atlas.facts import FactPolicy, FactTable
    from learningcity.atlas.influence import CodingInfluence
    from learningcity.atlas.matrix import PracticeMatrix
    from learningcity.atlas.portraits import Portrait
    from learningcity.atlas.search import SearchIndex, SearchResult
    from learningcity.atlas.trace import Trace

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Atlas:
    """All tables of the atlas, read only.

    Use :func:`learningcity.load_atlas` to get one. Every table is a frame with one row a record;
    an empty cell is missing (never zero) and says "not seen", never "does not exist".
    """

    frames: Mapping[str, pd.DataFrame]
    #: Keys of the rows that a user's overlay added or replaced, by table; empty as shipped.
    own: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    #: Tables without which no figure can be read; they stay even when an overlay stands alone.
    BACKBONE: ClassVar[tuple[str, ...]] = ("indicators", "exchange-rates", "statistical-sources")

    def derived(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Give what was derived from the tables under ``name``, made at first use and kept.

        The tables are read only, so what follows from them does not change.
        """
        kept: dict[str, Any] = self.__dict__.setdefault("_derived", {})
        if name not in kept:
            kept[name] = make()
        return kept[name]

    def __repr__(self) -> str:
        told = ", ".join(f"{len(self.frames[n])} {n}" for n in ("cities", "awards", "facts", "practices"))
        return f"<Atlas: {told}>"

    def frame(self, name: str) -> pd.DataFrame:
        """Give a table by its file name (``practice-codes``, ``city-population`` ...).

        What you get is your own: to change it changes neither the atlas nor what others see.
        """
        if name not in self.frames:
            raise UnknownNameError("table", name, self.frames)
        return self.frames[name].copy(deep=False)

    # --- tables ---------------------------------------------------------------------------------

    @property
    def cities(self) -> pd.DataFrame:
        """Awarded and comparison cities: city_id, names, country, UNESCO region, coordinates."""
        return self.frame("cities")

    @property
    def awards(self) -> pd.DataFrame:
        """One row an award: round (year), city_id, source_id."""
        return self.frame("awards")

    @property
    def facts(self) -> pd.DataFrame:
        """One figure a row, as published and as a number, with unit, year, scope, source, status."""
        return self.frame("facts")

    @property
    def practices(self) -> pd.DataFrame:
        """What the cities did, in both languages, with start year where one was seen."""
        return self.frame("practices")

    @property
    def codes(self) -> pd.DataFrame:
        """One row a practice and coder."""
        return self.frame("practice-codes")

    @property
    def members(self) -> pd.DataFrame:
        """Members of the UNESCO Global Network of Learning Cities that were seen (326 of 425)."""
        return self.frame("members")

    @property
    def memberships(self) -> pd.DataFrame:
        """Every join year that some source gives; some disagree, many are not known."""
        return self.frame("memberships")

    @property
    def population(self) -> pd.DataFrame:
        """Populations of urban agglomerations of members (UN World Urbanization Prospects 2018)."""
        return self.frame("city-population")

    @property
    def context(self) -> pd.DataFrame:
        """Country figures; context only, never a city's own."""
        return self.frame("country-context")

    @property
    def sources(self) -> pd.DataFrame:
        """The pages read: title, address, tier."""
        return self.frame("sources")

    @property
    def statistical_sources(self) -> pd.DataFrame:
        """Where the context figures come from, with licences as found."""
        return self.frame("statistical-sources")

    @property
    def indicators(self) -> pd.DataFrame:
        """The catalogue of indicators with definition, unit, direction, comparability."""
        return self.frame("indicators")

    @property
    def exchange_rates(self) -> pd.DataFrame:
        """Yearly averages, local currency per US dollar."""
        return self.frame("exchange-rates")

    @property
    def national_framework(self) -> pd.DataFrame:
        """China's national framework: policy, monitoring, law, credit banks, bottlenecks."""
        return self.frame("national-framework")

    # --- questions ------------------------------------------------------------------------------

    def city_ids(self) -> list[str]:
        """Ids of the awarded and comparison cities."""
        return self.cities["city_id"].tolist()

    def require_city(self, city: str) -> str:
        """Give the id of a city named by id or by any of its names; UnknownNameError otherwise."""
        from learningcity.atlas.names import find_city

        return find_city(self, city)

    @cached_property
    def first_award(self) -> dict[str, int]:
        """Year of the first award by city_id; cities without an award are not in it."""
        first = self.awards.groupby("city_id")["round"].min()
        return {str(k): int(v) for k, v in first.items()}

    def table(self, indicators: str | Sequence[str], policy: FactPolicy | None = None) -> FactTable:
        """Turn long facts into a wide table, cities x indicators, with the origin of every cell.

        See :func:`learningcity.atlas.facts.fact_table`.
        """
        from learningcity.atlas.facts import FactPolicy, fact_table

        return fact_table(self, indicators, policy or FactPolicy())

    def conflicts(self) -> pd.DataFrame:
        """Facts that contradict each other, one row a conflict.

        See :func:`learningcity.atlas.conflicts.find_conflicts`.
        """
        from learningcity.atlas.conflicts import find_conflicts

        return self.derived("conflicts", lambda: find_conflicts(self)).copy(deep=False)

    def coverage(self) -> pd.DataFrame:
        """How much was seen of each city: one row a city, counts of facts, practices, sources.

        See :func:`learningcity.atlas.coverage.city_coverage`.
        """
        from learningcity.atlas.coverage import city_coverage

        return self.derived("coverage", lambda: city_coverage(self)).copy(deep=False)

    def conditions(
        self,
        policy: CodingPolicy | None = None,
        coder: str | Literal["A", "B", "mean"] = "A",
    ) -> pd.DataFrame:
        """Condition scores: index city_id, one column a mechanism and visible theme, empty = not seen.

        See :func:`learningcity.atlas.conditions.condition_scores`.
        """
        from learningcity.atlas.conditions import CodingPolicy, condition_scores

        return condition_scores(self, policy or CodingPolicy(), coder)

    def seen_not_counted(self, policy: CodingPolicy | None = None, coder: str = "A") -> pd.DataFrame:
        """Count the practices that speak of a condition and do not count: index city_id.

        See :func:`learningcity.atlas.conditions.seen_not_counted`.
        """
        from learningcity.atlas.conditions import CodingPolicy, seen_not_counted

        return seen_not_counted(self, policy or CodingPolicy(), coder)

    def condition_evidence(
        self, city: str, condition: str, policy: CodingPolicy | None = None, coder: str = "A"
    ) -> ConditionEvidence:
        """Open one condition score to its practices, codes and sources."""
        from learningcity.atlas.conditions import CodingPolicy, condition_evidence

        return condition_evidence(self, city, condition, policy or CodingPolicy(), coder)

    def timing(self) -> pd.Series:
        """Place every practice (index practice_id) before or after its city's first award.

        See :func:`learningcity.atlas.conditions.practice_timing`.
        """
        from learningcity.atlas.conditions import practice_timing

        return self.derived("timing", lambda: practice_timing(self)).copy()

    def indicator_coverage(self) -> pd.DataFrame:
        """For how many cities each indicator was seen, by scope.

        See :func:`learningcity.atlas.coverage.indicator_coverage`.
        """
        from learningcity.atlas.coverage import indicator_coverage

        return indicator_coverage(self)

    def source(self, source_id: str) -> dict[str, Any]:
        """Title, address and tier of a source; doubtful addresses are text and never links."""
        from learningcity.atlas.trace import source_record

        return source_record(self, source_id)

    def effort(self) -> pd.DataFrame:
        """How much was read of each city (index city_id): practices, sources, facts."""
        from learningcity.atlas.coverage import effort

        return effort(self)

    def trace(self, what: str | None = None, **where: Any) -> Trace:
        """Follow a figure, practice, score or source back to where it comes from.

        See :func:`learningcity.atlas.trace.trace`.
        """
        from learningcity.atlas.trace import trace

        return trace(self, what, **where)

    def agreement(self, *, draws: int = 1000, seed: int = 0) -> AgreementResult:
        """How far the coding passes agree, per condition, with intervals by city.

        See :func:`learningcity.atlas.agreement.pass_agreement`.
        """
        from learningcity.atlas.agreement import pass_agreement

        return pass_agreement(self, draws=draws, seed=seed)

    def practice_matrix(
        self,
        rows: str = "mechanism",
        columns: str = "area",
        policy: CodingPolicy | None = None,
        coder: str = "A",
        practices: Iterable[str] | None = None,
    ) -> PracticeMatrix:
        """Count the practices by two kinds of codes, such as mechanisms by areas.

        See :func:`learningcity.atlas.matrix.practice_matrix`.
        """
        from learningcity.atlas.matrix import practice_matrix

        return practice_matrix(self, rows, columns, policy, coder, practices)

    def coding_influence(
        self,
        rows: str = "mechanism",
        columns: str = "area",
        policy: CodingPolicy | None = None,
        coder: str = "A",
        practices: Iterable[str] | None = None,
    ) -> CodingInfluence:
        """Measure how far the coding shapes such a matrix.

        See :func:`learningcity.atlas.influence.coding_influence`.
        """
        from learningcity.atlas.influence import coding_influence

        return coding_influence(self, rows, columns, policy, coder, practices)

    @cached_property
    def practice_index(self) -> SearchIndex:
        """The index behind :meth:`search_practices`, built at first use."""
        from learningcity.atlas.search import build_practice_index

        return build_practice_index(self)

    def search_practices(self, text: str, language: str | None = None) -> SearchResult:
        """Search the practices alone, by title, summary, city and country, best first.

        See :func:`learningcity.atlas.search.search`; that a word occurs elsewhere in the atlas
        says nothing here.
        """
        return self.practice_index.search(text, language)

    @cached_property
    def search_index(self) -> SearchIndex:
        """The index behind :meth:`search`, built at first use."""
        from learningcity.atlas.search import build_search_index

        return build_search_index(self)

    def search(self, text: str, language: str | None = None) -> SearchResult:
        """Search cities, practices, facts, concepts and more, in Chinese and English.

        See :func:`learningcity.atlas.search.search`.
        """
        return self.search_index.search(text, language)

    def portrait(self, city: str, language: str = "en") -> Portrait | None:
        """Give the authored portrait of a city with its references filled in, or None."""
        from learningcity.atlas.portraits import portrait

        return portrait(self, city, language)
