"""Columns of the background: figures of the city, figures of its country as context, region, year of the first award."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, FactPolicy
from learningcity.core import InputError, Text, UnknownNameError, names_of, whole_number
from learningcity.explain.from_atlas.coded import Coded

if TYPE_CHECKING:
    import pandas as pd

#: Figures of the country that stand beside the city's own by default: income, and age of the population.
CONTEXT = ("gdp_per_capita_ppp", "share_aged_65_plus")
#: Groups of indicators that are background.
GROUPS = ("economic", "demographic", "participation")
#: What columns of the country are called: this before the id of the indicator.
COUNTRY = "country_"
REGION, FIRST_AWARD, SIZE = "region", "first_award", "population"
#: Year of the population of members: the latest of which no figure is a projection.
MEMBER_YEAR = 2015


@dataclass(frozen=True)
class Background:
    """Columns of the background of some cities.

    Parameters
    ----------
    frame
        Index city_id, one column each.
    of_city, of_country
        Columns with one value a city; with one value a country.
    coverage
        See ``AtlasBackground.coverage``.
    countries
        City -> country.
    sources
        City -> sources that gave a figure of its background.
    cells
        (city, column) -> sources of that figure.
    """

    frame: pd.DataFrame
    of_city: tuple[str, ...]
    of_country: tuple[str, ...]
    coverage: pd.DataFrame
    countries: pd.Series
    sources: Mapping[str, frozenset[str]]
    cells: Mapping[tuple[str, str], frozenset[str]]

    def shared(self, coded: Coded, names: Sequence[str]) -> pd.DataFrame:
        """Share of the practices behind a characteristic that were read in a source that also gave the figure.

        Returns
        -------
        frame
            Rows columns of the background, columns the characteristics; over the cities with both; 0 without any.
        """
        import pandas as pd

        found: dict[str, dict[str, float]] = {}
        for name in names:
            there = set(self.frame.index[self.frame[name].notna()])
            found[name] = {}
            for code in coded.columns:
                of = [p for p in coded.practices if code in p.codes and p.case in there]
                same = [p for p in of if p.source in self.cells.get((p.case, name), frozenset())]
                found[name][code] = len(same) / len(of) if of else 0.0
        return pd.DataFrame.from_dict(found, orient="index")


@dataclass(frozen=True)
class MemberTable:
    """Members of the network with size and figures of their country.

    Parameters
    ----------
    frame, awarded, countries
        Index member: the columns; whether it was awarded; its country.
    coverage
        One row a column: column, awarded, others, of_awarded, of_others.
    not_members
        Awarded cities that are not on the list.
    """

    frame: pd.DataFrame
    awarded: pd.Series
    countries: pd.Series
    coverage: pd.DataFrame
    not_members: tuple[str, ...]


def listed(given: Any, what: str) -> list[str]:
    """Names, each once; none where an empty list was given."""
    if isinstance(given, Sequence) and not len(given):
        return []
    return list(names_of(given, what))


def read_background(
    atlas: Atlas, cities: Sequence[str], indicators: Any, context: Any, fewest: Any
) -> Background:
    """Read the columns.

    Raises
    ------
    InputError
        An indicator that may not be compared.
    UnknownNameError
        An indicator that is not there, or that no country has.
    """
    import pandas as pd

    fewest = whole_number(fewest, "fewest", 3)
    catalogue = atlas.indicators.set_index("indicator_id")
    rows = atlas.cities.set_index("city_id").loc[list(cities)]
    columns: dict[str, Any] = {REGION: rows["unesco_region"].astype(object)}
    cells: dict[tuple[str, str], frozenset[str]] = {}
    coverage: dict[str, dict[str, Any]] = {}
    coverage[REGION] = _row(Text("region of UNESCO", "教科文组织地区"), "city", columns[REGION], used=True)
    first = pd.Series([atlas.first_award.get(c, float("nan")) for c in cities], index=rows.index, dtype=float)
    columns[FIRST_AWARD] = first
    coverage[FIRST_AWARD] = _row(Text("year of the first award", "首次获奖年份"), "city", first, used=True)
    for city, source in atlas.awards[["city_id", "source_id"]].itertuples(index=False, name=None):
        cells[str(city), FIRST_AWARD] = cells.get((str(city), FIRST_AWARD), frozenset()) | {str(source)}
    own = _own(atlas, list(cities), indicators, catalogue, fewest, coverage, cells)
    columns |= own
    countries = rows["country_iso3"]
    of_country = [REGION]
    for name in listed(context, "context"):
        values, years = _latest(atlas, name, catalogue)
        column = countries.map(values).astype(float)
        words = _named(catalogue, name)
        label = Text(f"{words.en} (country)", f"{words.zh}（国家）")
        row = _row(label, "country", column, used=True, catalogue=catalogue, name=name)
        dated = countries[column.notna()].map(years)
        row |= {"first_year": float(dated.min()), "last_year": float(dated.max())}
        coverage[COUNTRY + name] = row
        columns[COUNTRY + name] = column
        of_country.append(COUNTRY + name)
    frame = pd.DataFrame(columns, index=rows.index.rename("city_id"))
    sources: dict[str, frozenset[str]] = {}
    for (city, _), found in cells.items():
        sources[city] = sources.get(city, frozenset()) | found
    return Background(
        frame=frame, of_city=(FIRST_AWARD, *own), of_country=tuple(of_country),
        coverage=pd.DataFrame.from_dict(coverage, orient="index"), countries=countries, sources=sources, cells=cells,
    )  # fmt: skip


def _own(
    atlas: Atlas, cities: list[str], indicators: Any, catalogue: pd.DataFrame, fewest: int,
    coverage: dict[str, dict[str, Any]], cells: dict[tuple[str, str], frozenset[str]],
) -> dict[str, Any]:  # fmt: skip
    """Figures of the cities themselves; those that are asked for but may not be compared are refused."""
    if indicators is None:
        wanted = [str(i) for i in catalogue.index if catalogue.at[i, "group"] in GROUPS]
    else:
        wanted = listed(indicators, "indicators")
        for name in wanted:
            if name not in catalogue.index:
                raise UnknownNameError("indicator", name, catalogue.index)
        barred = [n for n in wanted if catalogue.at[n, "comparable"] == "no"]
        if barred:
            raise InputError(
                Text(
                    f"Figures of different cities may not be compared: {', '.join(barred)}. Leave them out; "
                    "indicators.csv says why.",
                    f"以下指标的城市数据不可相互比较：{'、'.join(barred)}。请勿列入；原因见indicators.csv。",
                )
            )
    if not wanted:
        return {}
    table = atlas.table(wanted, FactPolicy())
    found = {}
    for name in wanted:
        values = table.values[name].reindex(cities)
        words = _named(catalogue, name)
        row = _row(words, "own", values, used=False, catalogue=catalogue, name=name)
        origins = [table.origin.at[c, name] for c in values.index[values.notna()]]
        years = [o.year for o in origins if o.year is not None]
        if years:
            row |= {"first_year": float(min(years)), "last_year": float(max(years))}
        if table.comparable[name] == "no":
            why = Text("may not be compared between cities", "城市之间不可比较")
        elif row["cities"] < fewest:
            why = Text(
                f"{row['cities']} of the cities have it, at least {fewest} are wanted",
                f"仅{row['cities']}个城市有该数据，至少须{fewest}个",
            )
        else:
            why = Text("", "")
            found[name] = values
            for city, origin in zip(values.index[values.notna()], origins, strict=True):
                cells[str(city), name] = frozenset(str(s) for s in origin.sources)
        coverage[name] = {**row, "used": not why.en, "note_en": why.en, "note_zh": why.zh}
    return found


def _named(catalogue: pd.DataFrame, name: str) -> Text:
    row = catalogue.loc[name]
    return Text(str(row["name_en"]), str(row["name_zh"]))


def _row(
    words: Text, kind: str, values: pd.Series, *, used: bool, catalogue: Any = None, name: str = ""
) -> dict[str, Any]:
    nan = float("nan")
    there = int(values.notna().sum())
    return {
        "label_en": words.en, "label_zh": words.zh, "kind": kind,
        "unit": "" if catalogue is None else str(catalogue.at[name, "unit"]),
        "comparable": "" if catalogue is None else str(catalogue.at[name, "comparable"]),
        "cities": there, "share": there / len(values) if len(values) else nan, "first_year": nan, "last_year": nan,
        "used": used, "note_en": "", "note_zh": "",
    }  # fmt: skip


def _latest(atlas: Atlas, name: str, catalogue: pd.DataFrame) -> tuple[dict[str, float], dict[str, int]]:
    """Latest figure of each country and its year."""
    rows = atlas.context[atlas.context["indicator_id"] == name].dropna(subset=["value"])
    if not len(rows):
        raise UnknownNameError("indicator", name, sorted(set(atlas.context["indicator_id"])))
    if catalogue.at[name, "comparable"] == "no":
        raise InputError(
            Text(
                f"Figures of different countries may not be compared: {name}. Leave it out of context.",
                f"各国的{name}数据不可相互比较，请勿列入context。",
            )
        )
    last = rows.sort_values("year", kind="stable").groupby("country_iso3").last()
    values = {str(c): float(v) for c, v in last["value"].items()}
    return values, {str(c): int(y) for c, y in last["year"].items()}


def member_table(atlas: Atlas, context: Any) -> MemberTable:
    """Members of the network with their population, and the context of their country.

    Sizes come from one publication for awarded cities and other members alike, so that nothing but the city differs.
    """
    import pandas as pd

    catalogue = atlas.indicators.set_index("indicator_id")
    rows = atlas.members.drop_duplicates("city_id").set_index("city_id")
    counts = atlas.population
    counts = counts[(counts["indicator_id"] == "population") & (counts["year"] == MEMBER_YEAR)]
    size = counts.drop_duplicates("city_id").set_index("city_id")["value"]
    columns: dict[str, Any] = {SIZE: size.reindex(rows.index).astype(float)}
    for name in listed(context, "context"):
        columns[COUNTRY + name] = rows["country_iso3"].map(_latest(atlas, name, catalogue)[0]).astype(float)
    frame = pd.DataFrame(columns, index=rows.index)
    awarded = pd.Series([bool(c in atlas.first_award) for c in rows.index], index=rows.index, dtype=bool)
    coverage = pd.DataFrame(
        [
            {
                "column": c, "awarded": int((frame[c].notna() & awarded).sum()),
                "others": int((frame[c].notna() & ~awarded).sum()), "of_awarded": int(awarded.sum()),
                "of_others": int((~awarded).sum()),
            }
            for c in frame.columns
        ]
    )  # fmt: skip
    return MemberTable(
        frame=frame, awarded=awarded, countries=rows["country_iso3"], coverage=coverage,
        not_members=tuple(c for c in atlas.first_award if c not in rows.index),
    )  # fmt: skip
