"""Names of countries and regions: CLDR, with our overrides where mainland or United Nations usage differs."""

from __future__ import annotations

from functools import cache

from learningcity.core import LANGUAGES, Text, UnknownNameError
from learningcity.standards.vocabulary import is_missing, label, labels, read_words


@cache
def place_overrides() -> dict[str, Text]:
    """Names that stand above CLDR, by ISO 3166-1 alpha-3 code."""
    return {row["iso3"]: Text(row["name_en"], row["name_zh"]) for row in read_words("place-overrides")}


@cache
def _cldr_names() -> dict[str, Text]:
    # Babel late: it costs more than all other start-up together.
    from babel import Locale
    from babel.core import get_global

    english, chinese = (
        Locale.parse("en").territories,
        Locale.parse("zh_Hans_CN").territories,
    )
    names = {}
    for code, short in get_global("territory_aliases").items():
        two = short[0] if len(code) == 3 and code.isalpha() and len(short) == 1 else ""
        if len(two) == 2 and two in english and two in chinese:
            names[code] = Text(_in_full(english[two]), chinese[two])
    return names


def _in_full(name: str) -> str:
    return name.replace("’", "'").replace(" & ", " and ").replace("St. ", "Saint ")


def country_name(iso3: str, language: str = "en") -> str:
    """Give the name of a country or territory by its ISO 3166-1 alpha-3 code.

    Parameters
    ----------
    iso3
        The code, upper or lower case; a missing one gives the empty text.
    language
        "en" or "zh".

    Raises
    ------
    UnknownNameError
        Neither CLDR nor the overrides know the code.

    Examples
    --------
    >>> country_name("CHN", "zh"), country_name("TUR", "en"), country_name("HKG", "zh")
    ('中国', 'Türkiye', '中国香港')
    """
    if is_missing(iso3) or not str(iso3).strip():
        return ""
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    code = str(iso3).strip().upper()
    if code in place_overrides():
        return place_overrides()[code].in_(language)
    if code not in _cldr_names():
        raise UnknownNameError("country", iso3, [*_cldr_names(), *place_overrides()])
    return _cldr_names()[code].in_(language)


def region_name(code: str, language: str = "en") -> str:
    """Give the name of a UNESCO region (AFR, ARB, APA, ENA, LAC).

    Raises
    ------
    UnknownNameError
        The code is none of the five.

    Examples
    --------
    >>> region_name("LAC", "en"), region_name("ARB", "zh")
    ('Latin America and the Caribbean', '阿拉伯国家')
    """
    if is_missing(code) or not str(code).strip():
        return ""
    known = labels()["unesco_region"]
    wanted = str(code).strip().upper()
    if wanted not in known:
        raise UnknownNameError("name", code, known)
    return label("unesco_region", wanted, language)
