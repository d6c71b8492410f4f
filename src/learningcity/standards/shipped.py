"""The standards tables as shipped: typed frames, read once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from learningcity.core import UnknownNameError, load_schemas, read_built

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.core import Schema

PACKAGE = "learningcity.standards"


@cache
def standard_schemas() -> dict[str, Schema]:
    """The contracts of all standards tables, by table name."""
    return load_schemas(PACKAGE)


def standard_table(name: str) -> pd.DataFrame:
    """Give one standards table, typed by its schema; an empty cell is missing.

    Parameters
    ----------
    name
        ``key-features``, ``measurements``, ``award-criteria``, ``award-rules``, ``rounds``,
        ``concepts``, ``literature``, ``other-frameworks``, ``terms`` ...

    Raises
    ------
    UnknownNameError
        No such table; the nearest names are given.

    Examples
    --------
    >>> len(standard_table("award-rules"))
    62
    """
    # A shallow copy under copy-on-write: the caller may change it without touching the cache.
    return _read(name).copy(deep=False)


@cache
def _read(name: str) -> pd.DataFrame:
    schemas = standard_schemas()
    if name not in schemas:
        raise UnknownNameError("table", name, schemas)
    return read_built(PACKAGE, name, schemas[name])


def standard_tables() -> dict[str, pd.DataFrame]:
    """Give all standards tables by name, each typed by its schema.

    Examples
    --------
    >>> tables = standard_tables()
    >>> len(tables["key-features"]), len(tables["measurements"])
    (57, 58)
    """
    return {name: standard_table(name) for name in standard_schemas()}


def concepts() -> pd.DataFrame:
    """Concepts and key works: lifelong learning, learning society, learning city.

    Examples
    --------
    >>> concepts()["theory"].notna().all().item()
    True
    """
    return standard_table("concepts")


def literature() -> pd.DataFrame:
    """Research on learning cities, Chinese and international, with the finding in our words.

    Examples
    --------
    >>> set(literature()["language"]) >= {"en", "zh"}
    True
    """
    return standard_table("literature")


def frameworks() -> pd.DataFrame:
    """Comparable frameworks, one indicator or criterion a row, mapped by us to the twelve areas.

    Examples
    --------
    >>> len(frameworks())
    106
    """
    return standard_table("other-frameworks")


def terms() -> pd.DataFrame:
    """The vocabulary of the project: each term in English and simplified Chinese.

    Examples
    --------
    >>> words = terms().set_index("term_en")["term_zh"]
    >>> words["learning city"]
    '学习型城市'
    """
    return standard_table("terms")


def rounds() -> pd.DataFrame:
    """The International Conferences on Learning Cities; join the award tables on ``year``.

    Examples
    --------
    >>> rounds()["year"].tolist()
    [2013, 2015, 2017, 2019, 2021, 2024]
    """
    return standard_table("rounds")
