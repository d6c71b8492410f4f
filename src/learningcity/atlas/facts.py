"""From long facts to a wide table, with the origin of every cell in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas.versions import AtlasResult
from learningcity.core import (
    Emptiness,
    Text,
    UnknownNameError,
    names_of,
    of_kind,
    plain,
    whole_number,
)

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
        Take the latest figure not after this year; undated ones are left out, since nobody can
        tell whether they are later. None takes the latest.
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
        for name, known in (("scopes", SCOPES), ("tiers", TIERS)):
            object.__setattr__(self, name, names_of(getattr(self, name), name, known))
        if self.prefer not in ("year", "tier"):
            raise UnknownNameError("option", self.prefer, ("year", "tier"))
        for name, least in (("year", 1), ("max_age", 0)):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, whole_number(getattr(self, name), name, least))


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
class FactTable(AtlasResult):
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
        """Give one row a cell: value, unit, year, kind, facts, sources, disagreement, formula, emptiness.

        ``formula_en`` and ``formula_zh`` say how a derived figure was computed; empty for all others.
        """
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
                        "formula_en": cell.formula.en if cell.formula else None,
                        "formula_zh": cell.formula.zh if cell.formula else None,
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
        """Give values, origins, policy, units, comparability and versions as plain values."""
        return {
            "values": plain(self.values),
            "origin": {
                str(c): {str(i): self.origin.at[i, c].to_dict() for i in self.origin.index}
                for c in self.origin.columns
            },
            "policy": asdict(self.policy),
            "units": self.units,
            "comparable": self.comparable,
            "versions": self.versions,
        }


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

    from learningcity.atlas.choosing import Chooser

    wanted = names_of(indicators, "indicators")
    of_kind(policy, FactPolicy, "policy")
    catalogue = atlas.indicators.set_index("indicator_id")
    for one in wanted:
        if one not in catalogue.index:
            raise UnknownNameError("indicator", one, catalogue.index)
    chooser = Chooser(atlas, policy)
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
        asked=atlas,
    )
