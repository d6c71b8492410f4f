"""The background that cities are compared on: which figures, how they are scaled, how much each weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import Atlas, FactPolicy
from learningcity.core import InputError, Text, UnknownNameError
from learningcity.standards import format_number, format_value, label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.plan.own import OwnCity

COUNTRY = "country_"
REGION = "region"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that cities are compared on.

    Parameters
    ----------
    name
        Column: an indicator, one with ``country_`` before it for figures of the country, or ``region``.
    kind
        "city": of the city itself; "context": of its country, or the region.
    weight
        Its share in the distance beside the others.
    log
        Compared as a ratio (twice as large counts the same everywhere) rather than a difference.
    label
        What it is called.
    unit
        Of the atlas; "" for the region.
    """

    name: str
    kind: Literal["city", "context"]
    weight: float
    log: bool
    label: Text
    unit: str = ""

    def words(self, value: Any) -> Text:
        """The value as a reader meets it in a sentence."""
        if self.name == REGION:
            return Text(label("unesco_region", value, "en"), label("unesco_region", value, "zh"))
        rounded = _rounded(float(value))
        if self.name == "population":
            return Text(*(format_number(rounded, lang, "words") for lang in ("en", "zh")))
        told = Text(*(format_value(rounded, self.unit, lang, "words") for lang in ("en", "zh")))
        # The label says that it is in purchasing power.
        return Text(told.en.replace(" (PPP)", ""), told.zh.replace("（购买力平价）", ""))


def _rounded(value: float) -> float:
    """Three leading digits: more would pretend a precision that a comparison does not have."""
    number = float(f"{value:.3g}")
    return int(number) if number == int(number) else number


#: Figures of the city: (indicator, weight, ratio). Only such as may be compared; size weighs most, then income and age.
OF_CITY: tuple[tuple[str, float, bool], ...] = (
    ("population", 3.0, True),
    ("gdp_per_capita", 2.0, True),
    ("share_aged_65_plus", 2.0, False),
    ("population_density", 1.0, True),
    ("mean_years_schooling", 1.0, False),
    ("share_under_15", 1.0, False),
    ("unemployment_rate", 0.5, False),
)
#: Figures of the country, as context.
OF_COUNTRY: tuple[tuple[str, float, bool], ...] = (
    ("gdp_per_capita_ppp", 1.5, True),
    ("share_aged_65_plus", 1.0, False),
    ("mean_years_schooling", 0.5, False),
)
REGION_WEIGHT = 1.0


def default_weights() -> dict[str, float]:
    """Weight of each figure in the distance, by name.

    Examples
    --------
    >>> default_weights()["population"], default_weights()["country_gdp_per_capita_ppp"]
    (3.0, 1.5)
    """
    found = {name: weight for name, weight, _ in OF_CITY}
    found |= {COUNTRY + name: weight for name, weight, _ in OF_COUNTRY}
    return {**found, REGION: REGION_WEIGHT}


def read_figures(atlas: Atlas, weights: Mapping[str, float] | None = None) -> tuple[Figure, ...]:
    """Give the figures with their weights; those of weight 0 are left out.

    Raises
    ------
    UnknownNameError
        A weight for a figure that is not there.
    InputError
        A weight below 0 or no number, or all of them 0.
    """
    chosen = default_weights()
    for name, weight in (weights or {}).items():
        if name not in chosen:
            raise UnknownNameError("indicator", name, chosen)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
            raise InputError(
                Text(
                    f"The weight of {name} is {weight!r}; give a number of at least 0.",
                    f"{name}的权重为{weight!r}，须为不小于0的数。",
                )
            )
        chosen[name] = float(weight)
    catalogue = atlas.indicators.set_index("indicator_id")

    def named(indicator: str) -> Text:
        if indicator not in catalogue.index:
            return Text(indicator, indicator)
        return Text(str(catalogue.at[indicator, "name_en"]), str(catalogue.at[indicator, "name_zh"]))

    def unit(indicator: str) -> str:
        return str(catalogue.at[indicator, "unit"]) if indicator in catalogue.index else ""

    found = [Figure(n, "city", chosen[n], log, named(n), unit(n)) for n, _, log in OF_CITY]
    for name, _, log in OF_COUNTRY:
        words = named(name)
        label_ = Text(f"{words.en} (country, context)", f"{words.zh}（国家，背景）")
        found.append(Figure(COUNTRY + name, "context", chosen[COUNTRY + name], log, label_, unit(name)))
    found.append(
        Figure(
            REGION, "context", chosen[REGION], False, Text("region of UNESCO", "联合国教科文组织划分的地区")
        )
    )
    used = tuple(one for one in found if one.weight > 0)
    if not used:
        raise InputError(Text("All weights are 0: leave at least one.", "权重全部为0：请至少保留一项。"))
    return used


@dataclass(frozen=True, eq=False)
class FigureTable:
    """The figures of some cities.

    Parameters
    ----------
    values
        Index city_id, one column a figure; empty where it was not seen.
    years
        The same shape: year of the figure.
    disagree
        The same shape: whether sources contradict each other.
    """

    values: pd.DataFrame
    years: pd.DataFrame
    disagree: pd.DataFrame


def atlas_figures(atlas: Atlas) -> FigureTable:
    """Figures of all cities of the atlas and of their countries; kept, since the tables do not change."""
    return atlas.derived("plan figures", lambda: _atlas_figures(atlas))


def _atlas_figures(atlas: Atlas) -> FigureTable:
    import pandas as pd

    catalogue = set(atlas.indicators["indicator_id"])
    wanted = [name for name, _, _ in OF_CITY if name in catalogue]
    table = atlas.table(wanted, FactPolicy())
    rows = atlas.cities.set_index("city_id")
    values: dict[str, Any] = {}
    years: dict[str, Any] = {}
    disagree: dict[str, Any] = {}
    for name, _, _ in OF_CITY:
        if name in wanted:
            values[name] = table.values[name]
            years[name] = table.origin[name].map(
                lambda one: one.year if one.year is not None else float("nan")
            )
            disagree[name] = table.origin[name].map(lambda one: bool(one.disagree))
        else:
            values[name] = pd.Series(float("nan"), index=rows.index)
    for name, _, _ in OF_COUNTRY:
        found = country_figures(atlas, name)
        values[COUNTRY + name] = rows["country_iso3"].map({c: v for c, (v, _) in found.items()}).astype(float)
        years[COUNTRY + name] = rows["country_iso3"].map({c: y for c, (_, y) in found.items()}).astype(float)
    values[REGION] = rows["unesco_region"].astype(object)
    index = rows.index.rename("city_id")
    frame = pd.DataFrame(values, index=index)
    return FigureTable(
        frame,
        pd.DataFrame(years, index=index).reindex(columns=frame.columns).astype(float),
        pd.DataFrame(disagree, index=index).reindex(columns=frame.columns, fill_value=False),
    )


def country_figures(atlas: Atlas, indicator: str) -> dict[str, tuple[float, int]]:
    """Latest figure of each country and its year.

    Examples
    --------
    >>> import learningcity as lc
    >>> value, year = country_figures(lc.load_atlas(), "share_aged_65_plus")["CHN"]
    >>> 10 < value < 20, year > 2015
    (True, True)
    """
    rows = atlas.context[atlas.context["indicator_id"] == indicator].dropna(subset=["value", "year"])
    last = rows.sort_values("year", kind="stable").groupby("country_iso3").last()
    return {str(c): (float(last.at[c, "value"]), int(last.at[c, "year"])) for c in last.index}


def region_of(atlas: Atlas, country: str) -> str | None:
    """The region of a country as the cities and members of the atlas have it; None where none is from there."""
    for table in (atlas.cities, atlas.members):
        rows = table.loc[table["country_iso3"] == country, "unesco_region"].dropna()
        if len(rows):
            return str(rows.iloc[0])
    return None


def own_row(atlas: Atlas, city: OwnCity) -> dict[str, Any]:
    """The figures of a city that is not in the atlas; what was not given stays empty."""
    row: dict[str, Any] = {name: float("nan") for name, _, _ in OF_CITY}
    given = city.comparable(atlas)
    row |= {name: given[name] for name in row if name in given}
    for name, _, _ in OF_COUNTRY:
        found = country_figures(atlas, name).get(city.country or "")
        row[COUNTRY + name] = found[0] if found else float("nan")
    row[REGION] = region_of(atlas, city.country) if city.country else None
    return row
