"""From long facts to a wide table, with the origin of every cell in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import REPORTED, Emptiness, InputError, Result, Text, UnknownNameError, or_none, plain

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

SCOPES = ("city", "metro", "province", "country")
TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")
#: Values of one year that differ by no more than this share are the same figure, rounded.
ROUNDING = 0.01
MONEY = ("USD", "local currency")

OriginKind = Literal["own", "metro", "province", "context", "derived", "imputed", "empty"]
KIND_LABELS: dict[str, Text] = {
    "own": Text("of the city itself", "本市数据"),
    "metro": Text("of the metropolitan area", "都市区数据"),
    "province": Text("of the province", "所在省（州）数据"),
    "context": Text("of the country (context)", "国家数据（背景）"),
    "derived": Text("derived", "推算"),
    "imputed": Text("imputed", "插补"),
    "empty": Text("empty", "空"),
}
_KIND_OF_SCOPE: dict[str, OriginKind] = {
    "city": "own",
    "metro": "metro",
    "province": "province",
    "country": "context",
}


@dataclass(frozen=True)
class FactPolicy:
    """How one figure is chosen where there are several, or none.

    Parameters
    ----------
    scopes
        Areas that count, the preferred first. The default takes figures of the city alone.
    tiers
        Tiers of sources that count, the preferred first; those left out are not used.
    year
        Take the latest figure not after this year; None takes the latest.
    max_age
        Leave out figures older than so many years before ``year`` (or before the latest year of
        the atlas), and undated ones.
    prefer
        "year": the latest figure wins, then the tier; "tier": the best tier wins, then the year.
        Doubtful sources come last either way, undated figures after dated ones.
    context
        Fill empty cells with the figure of the country, marked as context. Off by default: a
        country figure is never a city's own.
    derive
        Compute population density from population and area where no density was published, and
        US dollars from local currency by the rate of the year. Such cells say so.
    unconfirmed
        Use figures with the status "not confirmed".
    """

    scopes: tuple[str, ...] = ("city",)
    tiers: tuple[str, ...] = TIERS
    year: int | None = None
    max_age: int | None = None
    prefer: Literal["year", "tier"] = "year"
    context: bool = False
    derive: bool = True
    unconfirmed: bool = False

    def __post_init__(self) -> None:
        for name, given, known in (("scope", self.scopes, SCOPES), ("tier", self.tiers, TIERS)):
            values = (given,) if isinstance(given, str) else tuple(given)
            object.__setattr__(self, f"{name}s", values)
            for value in values:
                if value not in known:
                    raise UnknownNameError(name, value, known)
            if not values:
                raise InputError(
                    Text(
                        f"The policy names no {name}: give at least one.",
                        "策略中未列出任何取值，请至少给出一项。",
                    )
                )
        if self.prefer not in ("year", "tier"):
            raise UnknownNameError("option", self.prefer, ("year", "tier"))
        if self.max_age is not None and self.max_age < 0:
            raise InputError(
                Text(
                    f"max_age is {self.max_age}; give zero or more years.",
                    f"max_age为{self.max_age}，须为非负整数。",
                )
            )


@dataclass(frozen=True)
class Origin:
    """Where the figure of one cell comes from, or why there is none.

    ``alternatives`` holds every value of the same scope and year as ``(fact_id, value)``; more
    than one with ``disagree`` true means that sources contradict each other. For a derived cell
    ``facts`` lists the figures it was computed from and ``formula`` says how.
    """

    kind: OriginKind
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    scope: str | None = None
    year: int | None = None
    unit: str | None = None
    disagree: bool = False
    alternatives: tuple[tuple[str, float], ...] = ()
    emptiness: Emptiness | None = None
    formula: Text | None = None
    note: Text | None = None

    def __str__(self) -> str:
        if self.kind == "empty":
            return str(self.emptiness.value if self.emptiness else "")
        parts = [self.kind, str(self.year or "undated"), ";".join(self.facts)]
        return " ".join(parts) + (" (sources disagree)" if self.disagree else "")

    def to_dict(self) -> dict[str, Any]:
        """Give the origin as plain values."""
        return {k: plain(getattr(self, k)) for k in self.__dataclass_fields__}


@dataclass(frozen=True)
class FactTable(Result):
    """A wide table of figures and a table of the same shape that says where each comes from.

    Attributes
    ----------
    values
        Index city_id, one column an indicator; NaN where there is no figure.
    origin
        The same shape; every cell is an :class:`Origin`.
    policy
        How the figures were chosen.
    units
        Unit of each column.
    comparable
        "yes", "with care" or "no" for each column; columns marked "no" may be shown with their
        city and never ranked.
    """

    values: pd.DataFrame
    origin: pd.DataFrame
    policy: FactPolicy = field(default_factory=FactPolicy)
    units: dict[str, str] = field(default_factory=dict)
    comparable: dict[str, str] = field(default_factory=dict)

    def table(self) -> pd.DataFrame:
        """Give one row a cell: value, unit, year, kind, facts, sources, disagreement, emptiness."""
        import pandas as pd

        rows = []
        for indicator in self.values.columns:
            for city in self.values.index:
                cell: Origin = self.origin.at[city, indicator]
                rows.append(
                    {
                        "city_id": city,
                        "indicator_id": indicator,
                        "value": self.values.at[city, indicator],
                        "unit": cell.unit,
                        "year": cell.year,
                        "kind": cell.kind,
                        "scope": cell.scope,
                        "fact_ids": ";".join(cell.facts),
                        "source_ids": ";".join(cell.sources),
                        "disagree": "yes" if cell.disagree else "no",
                        "emptiness": cell.emptiness.value if cell.emptiness else None,
                    }
                )
        frame = pd.DataFrame(rows)
        return frame.astype({"year": "Int64"}) if len(frame) else frame

    def summary(self, language: str = "en") -> str:
        """Say how full the table is and where sources disagree."""
        cells = [cell for column in self.origin.columns for cell in self.origin[column]]
        filled = sum(c.kind != "empty" for c in cells)
        disagree = sum(c.disagree for c in cells)
        context = sum(c.kind == "context" for c in cells)
        derived = sum(c.kind == "derived" for c in cells)
        rows, columns = self.values.shape
        text = Text(
            f"{rows} cities x {columns} indicators: {filled} of {len(cells)} cells hold a figure "
            f"({derived} derived, {context} of the country); sources disagree in {disagree}.",
            f"{rows}个城市×{columns}项指标：{len(cells)}格中{filled}格有数据"
            f"（其中推算{derived}格，国家数据{context}格）；来源不一致的有{disagree}格。",
        )
        return text.in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give values, origins, policy, units and comparability as plain values."""
        return {
            "values": plain(self.values),
            "origin": {
                str(c): {str(i): self.origin.at[i, c].to_dict() for i in self.origin.index}
                for c in self.origin.columns
            },
            "policy": asdict(self.policy),
            "units": self.units,
            "comparable": self.comparable,
        }


@dataclass(frozen=True, slots=True)
class _Figure:
    """A fact in the unit of its indicator, ready to be chosen."""

    value: float
    year: int | None
    scope: str
    tier: str
    ids: tuple[str, ...]
    source: str
    formula: Text | None


def fact_table(atlas: Atlas, indicators: str | Sequence[str], policy: FactPolicy) -> FactTable:
    """Turn long facts into a wide table, cities x indicators.

    Parameters
    ----------
    atlas
        The atlas whose facts are used.
    indicators
        One id or several, from ``atlas.indicators``.
    policy
        Which figure stands where there are several, or none.

    Returns
    -------
    FactTable
        One row for every city of the atlas, also for those without a figure.

    Raises
    ------
    UnknownNameError
        An indicator that is not in the catalogue.

    Examples
    --------
    >>> import learningcity as lc
    >>> table = lc.load_atlas().table(["population", "median_age"])
    >>> table.values.shape
    (64, 2)
    >>> table.origin.at["wuhan", "population"].kind
    'own'
    """
    import pandas as pd

    wanted = (indicators,) if isinstance(indicators, str) else tuple(dict.fromkeys(indicators))
    catalogue = atlas.indicators.set_index("indicator_id")
    for one in wanted:
        if one not in catalogue.index:
            raise UnknownNameError("indicator", one, catalogue.index)
    if not wanted:
        raise InputError(Text("No indicator was named: give at least one.", "未指定指标，请至少给出一项。"))
    chooser = _Chooser(atlas, policy)
    cities = atlas.city_ids()
    values: dict[str, list[float]] = {}
    origin: dict[str, list[Origin]] = {}
    for one in wanted:
        chosen = [chooser.cell(city, one) for city in cities]
        values[one] = [v for v, _ in chosen]
        origin[one] = [o for _, o in chosen]
    index = pd.Index(cities, name="city_id")
    return FactTable(
        values=pd.DataFrame(values, index=index, dtype="float64"),
        origin=pd.DataFrame(origin, index=index, dtype="object"),
        policy=policy,
        units={i: chooser.unit(i) for i in wanted},
        comparable={i: str(catalogue.at[i, "comparable"]) for i in wanted},
    )


class _Chooser:
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

    def _figures(self, city: str, indicator: str) -> tuple[list[_Figure], Origin]:
        policy, figures = self.policy, []
        reasons: list[Emptiness] = []
        note = None
        for fact_id, value, unit, year, scope, source, status in self.facts.get((city, indicator), []):
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
            figures.append(_Figure(number, dated, scope, tier, (fact_id,), source, formula))
        emptiness = reasons[0] if reasons else Emptiness.NOT_SEEN
        return figures, Origin("empty", emptiness=emptiness, note=note)

    def _in_time(self, year: int | None) -> bool:
        if year is None:
            return self.oldest is None
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

    def _order(self, figure: _Figure) -> tuple[Any, ...]:
        policy = self.policy
        year = (figure.year is None, -(figure.year or 0))
        tier = policy.tiers.index(figure.tier)
        best = (year, tier) if policy.prefer == "year" else (tier, year)
        return (
            policy.scopes.index(figure.scope),
            figure.tier == "doubtful",
            *best,
            figure.formula is not None,
            figure.ids,
        )

    def _choose(self, figures: list[_Figure], indicator: str) -> tuple[float, Origin]:
        best = min(figures, key=self._order)
        same = sorted((f for f in figures if f.scope == best.scope and f.year == best.year), key=self._order)
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
