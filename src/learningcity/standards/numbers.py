"""Numbers, money and shares as text, with their unit, in both languages.

Two styles. ``exact`` (the default, for tables) prints every digit that the source gave: with a
comma after each group of three in English, as English official statistics do; in Chinese whole
numbers in 万 from 100,000 on and in 亿 from 100,000,000 on, as GB/T 15835-2011 allows and Chinese
statistical communiqués do, as long as four decimals are enough for the last digit. ``words`` (for
sentences) rounds: million, billion and trillion with two decimals in English; 万 and 亿 with one
decimal in Chinese.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from learningcity.core import LANGUAGES, InputError, Text, UnknownNameError
from learningcity.standards.vocabulary import is_missing, labels

Style = Literal["exact", "words"]
STYLES: tuple[Style, ...] = ("exact", "words")

#: From which size on exact Chinese counts in 万 or 亿; up to four decimals, else the digits in full.
_EXACT_ZH = ((10**8, 10**8, "亿"), (10**5, 10**4, "万"))
_DECIMALS_ZH = 4

#: Units that only say that the figure is a bare number; the indicator's name says of what.
_BARE = {"count", "index", "ratio", "rating", "score", "figures", "text"}
_SCALES = {
    "en": ((10**12, " trillion", 2), (10**9, " billion", 2), (10**6, " million", 2)),
    "zh": ((10**8, "亿", 1), (10**4, "万", 1)),
}
#: Where the full name of the currency would be odd in a sentence about a city of that country.
_MONEY_ZH = {"CNY": "元", "AUD": "澳元"}
_SINGULAR = {"persons": "person", "years": "year", "tonnes": "tonne"}


def format_number(value: object, language: str = "en", style: str = "exact") -> str:
    """Write a number as text.

    Parameters
    ----------
    value
        A number; a missing one (None, NaN) gives the empty text, since not seen is not zero.
    language
        "en" or "zh".
    style
        "exact" prints every digit (in Chinese with 万 and 亿), "words" rounds for a sentence.

    Raises
    ------
    InputError
        The value is not a number.
    UnknownNameError
        Unknown language or style.

    Examples
    --------
    >>> format_number(21858000), format_number(0.783), format_number(21858000, "zh", "words")
    ('21,858,000', '0.783', '2185.8万')
    >>> format_number(2001165000000, "zh"), format_number(12326512, "zh"), format_number(123456789, "zh")
    ('20,011.65亿', '1232.6512万', '123,456,789')
    """
    _require(language, style)
    if is_missing(value):
        return ""
    number = _decimal(value)
    if style == "words":
        return _words(number, language)
    return _exact_zh(number) if language == "zh" else _exact(number)


def format_value(value: object, unit: object = None, language: str = "en", style: str = "exact") -> str:
    """Write a figure with its unit as text.

    Parameters
    ----------
    value
        A number; a missing one (None, NaN) gives the empty text.
    unit
        A unit code of the atlas (``persons``, ``percent``, ``km2`` ...) or an ISO 4217 currency;
        None for a bare number.
    language
        "en" or "zh".
    style
        "exact" prints every digit (for tables), "words" rounds (for sentences).

    Examples
    --------
    >>> format_value(21858000, "persons"), format_value(21858000, "persons", "zh")
    ('21,858,000 persons', '2185.8万人')
    >>> format_value(4376070000000, "CNY", "zh"), format_value(2.34, "percent/yr", "zh")
    ('43,760.7亿元', '每年2.34%')
    >>> format_value(13774321, "persons", "zh", style="words"), format_value(12.3, "percent")
    ('1377.4万人', '12.3%')
    """
    number = format_number(value, language, style)
    if not number or is_missing(unit) or unit in _BARE or unit == "":
        return number
    code = str(unit)
    if re.fullmatch("[A-Z]{3}", code):
        return f"{code} {number}" if language == "en" else f"{number}{_money_zh(code)}"
    word = labels()["unit"].get(code, Text(code, code)).in_(language)
    if language == "en" and number in ("1", "-1"):
        word = _SINGULAR.get(word, word)
    if word.startswith("%"):
        return f"{number}{word}"
    return _joined_zh(number, word) if language == "zh" else f"{number} {word}"


def _joined_zh(number: str, word: str) -> str:
    # "每10万居民3" reads wrongly with the unit behind: such units stand before the figure.
    if word.startswith(("每", "人均", "占")):
        return f"{word}{number}" if not word.endswith("%") else f"{word.removesuffix('%')}{number}%"
    return f"{number}{word}" if _is_han(word[0]) else f"{number} {word}"


def _money_zh(code: str) -> str:
    if code in _MONEY_ZH:
        return _MONEY_ZH[code]
    known = labels()["unit"].get(code)
    if known is not None:
        return known.zh
    from babel import Locale

    return str(Locale.parse("zh_Hans_CN").currencies.get(code, code))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _require(language: str, style: str) -> None:
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    if style not in STYLES:
        raise UnknownNameError("option", style, STYLES)


def _decimal(value: object) -> Decimal:
    # str first: Decimal(0.1) would print the binary tail of the float.
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InputError(
            Text(
                f"{value!r} is not a number. Pass a finite number, or None where nothing was seen.",
                f"“{value}”不是数字。请给出有限数值；未见公开资料时请给出None。",
            )
        )
    return number


def _exact(number: Decimal) -> str:
    text = f"{number:,f}"
    return _unsigned_zero(text.rstrip("0").rstrip(".") if "." in text else text)


def _exact_zh(number: Decimal) -> str:
    """Write every digit, with 万 or 亿 where that makes the number short; a comma from five digits on."""
    for start, size, word in _EXACT_ZH:
        if abs(number) >= start:
            scaled = number / size
            if number == number.to_integral_value() and _rounded(scaled, _DECIMALS_ZH) == scaled:
                text = _exact(scaled)
                return (text if abs(scaled) >= 10**4 else text.replace(",", "")) + word
            return _exact(number)
    return _exact(number)


def _unsigned_zero(text: str) -> str:
    return "0" if text == "-0" else text


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _words(number: Decimal, language: str) -> str:
    scales = _SCALES[language]
    for position, (size, word, places) in enumerate(scales):
        if abs(number) < size:
            # 999,999.9万 would round up to 10000.0万: it then belongs to the next scale.
            last = position == len(scales) - 1
            below = 1 if last else scales[position + 1][0]
            near = _rounded(number / below, 1 if last else scales[position + 1][2])
            if abs(near) * below < size:
                continue
        scaled = _exact(_rounded(number / size, places))
        return (scaled.replace(",", "") if language == "zh" else scaled) + word
    # Below the first scale a number keeps three significant digits or one decimal.
    places = 1 if abs(number) >= 1 else 2 - number.adjusted() if number else 0
    return _exact(_rounded(number, places))
