"""Choose the figure of one cell from all that were published, or say why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas.facts import MONEY, ROUNDING, FactPolicy, Origin, OriginKind
from learningcity.core import REPORTED, Emptiness, Text, or_none

if TYPE_CHECKING:
    from learningcity.atlas.model import Atlas

_KIND_OF_SCOPE: dict[str, OriginKind] = {
    "city": "own",
    "metro": "metro",
    "province": "province",
    "country": "context",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact in the unit of its indicator, ready to be chosen."""

    value: float
    year: int | None
    scope: str
    tier: str
    ids: tuple[str, ...]
    source: str
    formula: Text | None
    definition: str


class Chooser:
    """Choose one figure a cell; facts are looked up by city and indicator once."""

    def __init__(self, atlas: Atlas, policy: FactPolicy) -> None:
        self.policy = policy
        self.atlas = atlas
        self.units = dict(atlas.indicators[["indicator_id", "unit"]].itertuples(index=False, name=None))
        self.rates = exchange_rates(atlas)
        self.tiers = dict(atlas.sources[["source_id", "tier"]].itertuples(index=False, name=None))
        self.facts: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        columns = [
            "city_id",
            "indicator_id",
            "fact_id",
            "value",
            "unit",
            "year",
            "scope",
            "source_id",
            "status",
            "definition",
        ]
        for city, indicator, *rest in atlas.facts[columns].itertuples(index=False, name=None):
            self.facts.setdefault((city, indicator), []).append(tuple(rest))
        self.country = dict(atlas.cities[["city_id", "country_iso3"]].itertuples(index=False, name=None))
        self.oldest = self._oldest()
        self._context: dict[tuple[str, str], list[tuple[int, float, str, str]]] | None = None

    def _oldest(self) -> int | None:
        if self.policy.max_age is None:
            return None
        years = self.atlas.facts["year"].dropna()
        newest = self.policy.year or (int(years.max()) if len(years) else 0)
        return newest - self.policy.max_age

    def unit(self, indicator: str) -> str:
        """Unit of the column: that of the catalogue, money in US dollars."""
        unit = str(self.units[indicator])
        return "USD" if unit in MONEY else unit

    def cell(self, city: str, indicator: str) -> tuple[float, Origin]:
        """Give the figure of a city and where it comes from; NaN with a reason where there is none."""
        figures, empty = self._figures(city, indicator)
        if figures:
            return self._choose(figures, indicator)
        if self.policy.derive and indicator == "population_density":
            derived = self._density(city)
            if derived:
                return derived
        if self.policy.context:
            context = self._of_country(city, indicator)
            if context:
                return context
        return float("nan"), empty

    def _figures(self, city: str, indicator: str) -> tuple[list[Figure], Origin]:
        policy, figures = self.policy, []
        reasons: list[Emptiness] = []
        note = None
        found = self.facts.get((city, indicator), [])
        for fact_id, value, unit, year, scope, source, status, definition in found:
            tier = self.tiers.get(source, "secondary")
            dated = None if or_none(year) is None else int(year)
            if scope not in policy.scopes or tier not in policy.tiers or not self._in_time(dated):
                continue
            if status != REPORTED and not (policy.unconfirmed and status == "not confirmed"):
                reasons.append(Emptiness(status))
                continue
            if value != value:
                reasons.append(Emptiness.MISSING)
                continue
            number, formula = self._in_unit(float(value), str(unit), dated, indicator)
            if number is None:
                reasons.append(Emptiness.MISSING)
                note = Text(
                    f"{fact_id} is in {unit} and no exchange rate of its year is there; not converted.",
                    f"{fact_id}以{unit}计，缺少相应年份的汇率，未作换算。",
                )
                continue
            figures.append(
                Figure(number, dated, scope, tier, (fact_id,), source, formula, or_none(definition) or "")
            )
        emptiness = reasons[0] if reasons else Emptiness.NOT_SEEN
        return figures, Origin("empty", emptiness=emptiness, note=note)

    def _in_time(self, year: int | None) -> bool:
        if year is None:
            return self.oldest is None and self.policy.year is None
        if self.policy.year is not None and year > self.policy.year:
            return False
        return self.oldest is None or year >= self.oldest

    def _in_unit(
        self, value: float, unit: str, year: int | None, indicator: str
    ) -> tuple[float | None, Text | None]:
        wanted = self.unit(indicator)
        if unit == wanted:
            return value, None
        if wanted != "USD" or not self.policy.derive:
            return None, None
        rate = self.rates.get((unit, year)) if year is not None else None
        if rate is None:
            return None, None
        return value / rate, Text(
            f"{value:,.15g} {unit} / {rate:g} {unit} per USD ({year})",
            f"{value:,.15g} {unit} ÷ 每美元{rate:g} {unit}（{year}年）",
        )

    def _order(self, figure: Figure) -> tuple[Any, ...]:
        policy = self.policy
        year = (figure.year is None, -(figure.year or 0))
        tier = policy.tiers.index(figure.tier)
        best = (year, tier) if policy.prefer == "year" else (tier, year)
        return (
            policy.scopes.index(figure.scope),
            figure.tier == "doubtful",
            *best,
            bool(figure.definition),
            figure.formula is not None,
            figure.ids,
        )

    def _choose(self, figures: list[Figure], indicator: str) -> tuple[float, Origin]:
        best = min(figures, key=self._order)
        of = (best.scope, best.year, best.definition)
        same = sorted((f for f in figures if (f.scope, f.year, f.definition) == of), key=self._order)
        disagree = best.year is not None and differ([f.value for f in same])
        agreeing = [f for f in same if not differ([best.value, f.value])]
        kind: OriginKind = "derived" if best.formula else _KIND_OF_SCOPE[best.scope]
        return best.value, Origin(
            kind=kind,
            facts=best.ids,
            sources=tuple(dict.fromkeys([best.source, *(f.source for f in agreeing)])),
            scope=best.scope,
            year=best.year,
            unit=self.unit(indicator),
            disagree=disagree,
            alternatives=tuple((f.ids[0], f.value) for f in same),
            formula=best.formula,
        )

    def _density(self, city: str) -> tuple[float, Origin] | None:
        people, _ = self._figures(city, "population")
        area, _ = self._figures(city, "area")
        for scope in self.policy.scopes:
            p = [f for f in people if f.scope == scope]
            a = [f for f in area if f.scope == scope and f.value > 0]
            if p and a:
                count, count_origin = self._choose(p, "population")
                size, size_origin = self._choose(a, "area")
                facts = (*count_origin.facts, *size_origin.facts)
                return count / size, Origin(
                    kind="derived",
                    facts=facts,
                    sources=tuple(dict.fromkeys((*count_origin.sources, *size_origin.sources))),
                    scope=scope,
                    year=count_origin.year,
                    unit="persons/km2",
                    disagree=count_origin.disagree or size_origin.disagree,
                    formula=Text(
                        f"population {count:,.15g} / area {size:,.15g} km2",
                        f"人口{count:,.15g} ÷ 面积{size:,.15g}平方千米",
                    ),
                )
        return None

    def _of_country(self, city: str, indicator: str) -> tuple[float, Origin] | None:
        if self._context is None:
            self._context = {}
            columns = ["country_iso3", "indicator_id", "year", "value", "unit", "source_id"]
            for c, i, year, value, unit, source in self.atlas.context[columns].itertuples(
                index=False, name=None
            ):
                if or_none(value) is not None and or_none(year) is not None:
                    entry = (int(year), float(value), str(unit), str(source))
                    self._context.setdefault((c, i), []).append(entry)
        entries = [
            e
            for e in self._context.get((self.country.get(city, ""), indicator), [])
            if self._in_time(e[0]) and e[2] == self.unit(indicator)
        ]
        if not entries:
            return None
        year, value, unit, source = max(entries)
        return value, Origin(
            "context", sources=(source,), scope="country", year=year, unit=unit,
            note=Text("A figure of the country, not of the city.", "国家数据，并非该城市数据。"),
        )  # fmt: skip


def differ(values: Sequence[float]) -> bool:
    """Tell whether figures differ by more than rounding (1 % of the larger)."""
    return relative_difference(values) > ROUNDING


def relative_difference(values: Sequence[float]) -> float:
    """The spread of figures as a share of the largest absolute one; 0 for one figure or all zero."""
    largest = max((abs(v) for v in values), default=0.0)
    return 0.0 if largest == 0 else (max(values) - min(values)) / largest


def exchange_rates(atlas: Atlas) -> dict[tuple[str, int], float]:
    """Local currency per US dollar by currency and year, as published."""
    columns = ["currency", "year", "usd_rate_as_published"]
    rows = atlas.exchange_rates[columns].itertuples(index=False, name=None)
    return {(str(c), int(y)): float(r) for c, y, r in rows if r == r and r > 0}
