"""How much was seen of each city: coverage of facts and practices, and the effort behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learningcity.core import REPORTED

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas


def city_coverage(atlas: Atlas) -> pd.DataFrame:
    """Count what was seen of each city.

    Counts are true zeros: nothing of the kind stands in the atlas. They say how much was read,
    never how much there is.

    Returns
    -------
    pandas.DataFrame
        Index city_id; columns ``facts`` (reported figures), ``indicators`` (different ones, of the
        city or its metropolitan area), ``dated_facts``, ``conflicts``, ``practices``,
        ``dated_practices``, ``before_award`` (practices that started before the first award),
        ``sources``, ``doubtful_sources``, ``join_years`` (different ones that some source gives).

    Examples
    --------
    >>> import learningcity as lc
    >>> coverage = lc.load_atlas().coverage()
    >>> len(coverage), int(coverage["practices"].min())
    (64, 5)
    """
    import pandas as pd

    facts = atlas.facts[(atlas.facts["status"] == REPORTED) & atlas.facts["value"].notna()]
    near = facts[facts["scope"].isin(["city", "metro"])]
    timing = atlas.timing()
    practices = atlas.practices.assign(timing=atlas.practices["practice_id"].map(timing))
    sources = _sources(atlas)
    doubtful = set(atlas.sources.loc[atlas.sources["tier"] == "doubtful", "source_id"])
    columns = {
        "facts": facts.groupby("city_id").size(),
        "indicators": near.groupby("city_id")["indicator_id"].nunique(),
        "dated_facts": facts[facts["year"].notna()].groupby("city_id").size(),
        "conflicts": atlas.conflicts().groupby("city_id").size(),
        "practices": practices.groupby("city_id").size(),
        "dated_practices": practices[practices["start_year"].notna()].groupby("city_id").size(),
        "before_award": practices[practices["timing"] == "before"].groupby("city_id").size(),
        "sources": sources.groupby("city_id")["source_id"].nunique(),
        "doubtful_sources": sources[sources["source_id"].isin(doubtful)]
        .groupby("city_id")["source_id"]
        .nunique(),
        "join_years": atlas.memberships.groupby("city_id")["join_year"].nunique(),
    }
    index = pd.Index(atlas.city_ids(), name="city_id")
    return pd.DataFrame({k: v.reindex(index, fill_value=0) for k, v in columns.items()}).astype("int64")


def indicator_coverage(atlas: Atlas) -> pd.DataFrame:
    """Count for how many cities each indicator was seen, by scope.

    Returns
    -------
    pandas.DataFrame
        Index indicator_id (whole catalogue); columns city, metro, province, country: the number of
        cities with at least one reported figure of that scope; ``countries`` = countries with a
        context figure.
    """
    facts = atlas.facts[(atlas.facts["status"] == REPORTED) & atlas.facts["value"].notna()]
    counts = facts.groupby(["indicator_id", "scope"])["city_id"].nunique().unstack(fill_value=0)
    counts = counts.reindex(index=atlas.indicators["indicator_id"], fill_value=0)
    counts = counts.reindex(columns=["city", "metro", "province", "country"], fill_value=0)
    countries = atlas.context.groupby("indicator_id")["country_iso3"].nunique()
    counts["countries"] = countries.reindex(counts.index, fill_value=0)
    counts.columns.name = None
    return counts.astype("int64")


def effort(atlas: Atlas) -> pd.DataFrame:
    """How much was read of each city; it stands beside every score.

    Returns
    -------
    pandas.DataFrame
        Index city_id; practices, sources (different pages behind facts and practices), facts.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.load_atlas().effort().loc["wuhan", "practices"] >= 5
    np.True_
    """
    return atlas.coverage()[["practices", "sources", "facts"]]


def _sources(atlas: Atlas) -> pd.DataFrame:
    import pandas as pd

    columns = ["city_id", "source_id"]
    return pd.concat([atlas.facts[columns], atlas.practices[columns]], ignore_index=True).dropna()
