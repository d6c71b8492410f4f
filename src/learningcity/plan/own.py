"""A city that is not in the atlas: a few numbers, each optional, from a form, a file or a program."""

from __future__ import annotations

import csv
import io
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from learningcity.atlas import CONDITIONS, Atlas
from learningcity.core import (
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    os_reason,
    path_of,
)
from learningcity.standards import country_name, format_number, label, labels

#: Problems that a practice may answer, without "none".
PROBLEMS = (
    "environment", "exclusion", "illiteracy", "ageing", "skills", "joblessness", "poverty", "digital divide",
    "health", "migration", "rural-urban", "violence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """A number that is asked for.

    Parameters
    ----------
    name
        The indicator.
    label
        What it is called.
    unit
        Of the atlas.
    low, high
        Smallest and largest number that is taken.
    whole
        Whether it is a count.
    hint
        What is meant, in a sentence.
    """

    name: str
    label: Text
    unit: str
    low: float
    high: float
    whole: bool
    hint: Text

    @property
    def bounds(self) -> Text:
        """The bounds in words."""
        low, high = (
            Text(format_number(end, "en"), format_number(end, "zh")) for end in (self.low, self.high)
        )
        unit = Text(label("unit", self.unit, "en"), label("unit", self.unit, "zh"))
        return Text(f"{low.en} to {high.en} ({unit.en})", f"{low.zh}至{high.zh}（{unit.zh}）")


#: The numbers of a city that is not in the atlas, in the order of the form.
OWN_CITY_FIELDS: tuple[Ask, ...] = (
    Ask("population", Text("Population", "人口"), "persons", 100, 100_000_000, True,
        Text("People who live in the city.", "常住人口。")),
    Ask("area", Text("Area", "面积"), "km2", 0.1, 2_000_000, False,
        Text("Land of the city; gives the density with the population.", "行政区域面积，与人口一并用于计算人口密度。")),
    Ask("gdp_per_capita", Text("GDP per head", "人均地区生产总值"), "USD", 50, 10_000_000, False,
        Text("Of the city, at current prices; in US dollars unless a currency is named.",
             "本市现价数值；未注明币种时以美元计。")),
    Ask("share_aged_65_plus", Text("Aged 65 and over", "65岁及以上人口比重"), "percent", 0, 60, False,
        Text("Share of the population.", "占人口的比重。")),
    Ask("share_under_15", Text("Aged under 15", "15岁以下人口比重"), "percent", 0, 70, False,
        Text("Share of the population.", "占人口的比重。")),
    Ask("mean_years_schooling", Text("Mean years of schooling", "平均受教育年限"), "years", 0, 25, False,
        Text("Of adults.", "成人平均值。")),
    Ask("unemployment_rate", Text("Unemployment rate", "失业率"), "percent", 0, 100, False,
        Text("Share of the labour force.", "占劳动力的比重。")),
    Ask("tertiary_attainment", Text("With tertiary education", "受过高等教育人口比重"), "percent", 0, 100, False,
        Text("Shown beside the peers, not in the distance: counting rules differ.", "与参照城市并列显示，不计入距离：各地口径不一。")),
    Ask("libraries_count", Text("Libraries", "图书馆数"), "count", 0, 100_000, True,
        Text("Shown beside the peers, not in the distance: counting rules differ.", "与参照城市并列显示，不计入距离：各地口径不一。")),
    Ask("learning_centres_count", Text("Learning centres", "学习中心数"), "count", 0, 1_000_000, True,
        Text("Shown beside the peers, not in the distance: counting rules differ.", "与参照城市并列显示，不计入距离：各地口径不一。")),
)  # fmt: skip
_ASKED = {one.name: one for one in OWN_CITY_FIELDS}
_KEYS = ("name", "country", *_ASKED, "currency", "year", "has", "problems")


@dataclass(frozen=True)
class OwnCity:
    """A city that is not in the atlas; use :func:`learningcity.own_city` to make one.

    Parameters
    ----------
    name
        As its people call it; "" = this city.
    country
        ISO 3166-1 alpha-3; None gives no country context and no region.
    figures
        Number by name; what is not there was not told.
    currency, year
        Of the GDP per head.
    has
        Mechanisms and themes that the city says it has; None = it did not say.
    problems
        Problems that the city names.
    """

    name: str
    country: str | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    currency: str = "USD"
    year: int | None = None
    has: tuple[str, ...] | None = None
    problems: tuple[str, ...] = ()

    def comparable(self, atlas: Atlas) -> dict[str, float]:
        """The figures as they are compared: GDP in US dollars by the rate of the year, density from population and area.

        Raises
        ------
        InputError
            There is no rate for the currency and year.
        """
        found = dict(self.figures)
        if "gdp_per_capita" in found and self.currency != "USD":
            found["gdp_per_capita"] /= _rate(atlas, self.currency, self.year)
        if "population" in found and "area" in found:
            found["population_density"] = found["population"] / found["area"]
        return found

    @property
    def told(self) -> Text:
        """Name and country in words."""
        name = Text(self.name or "this city", self.name or "本市")
        if not self.country:
            return name
        country = Text(country_name(self.country, "en"), country_name(self.country, "zh"))
        return Text(f"{name.en} ({country.en})", f"{name.zh}（{country.zh}）")


def _rate(atlas: Atlas, currency: str, year: int | None) -> float:
    rates = atlas.exchange_rates
    rates = rates[rates["currency"] == currency].sort_values("year")
    if rates.empty:
        known = [*sorted(set(atlas.exchange_rates["currency"])), "USD"]
        raise UnknownNameError("currency", currency, known)
    if year is None:
        return float(rates["usd_rate_as_published"].iloc[-1])
    rows = rates[rates["year"] == year]
    if rows.empty:
        first, last = int(rates["year"].iloc[0]), int(rates["year"].iloc[-1])
        raise InputError(
            Text(
                f"year: no rate of {currency} for {year}. Give a year from {first} to {last}, or US dollars.",
                f"year：没有{year}年{currency}的汇率。请给出{first}至{last}年之间的年份，或改用美元。",
            )
        )
    return float(rows["usd_rate_as_published"].iloc[0])


def own_city(
    name: str = "",
    country: str | None = None,
    *,
    currency: str = "USD",
    year: int | None = None,
    has: Iterable[str] | str | None = None,
    problems: Iterable[str] | str = (),
    **numbers: float | str | None,
) -> OwnCity:
    """Describe a city that is not in the atlas by a few numbers, each of them optional.

    Parameters
    ----------
    name
        Its name, up to 80 characters; "" = "this city".
    country
        Country by ISO 3166-1 alpha-3 code ("IRL") or None.
    currency, year
        Of the GDP per head, where it is not in US dollars; the year of the rate, None = the latest.
    has
        Mechanisms and themes that the city has already, None = not told. An empty list says "none of them".
    problems
        Problems that the city wants to answer.
    **numbers
        ``population`` (persons), ``area`` (km2), ``gdp_per_capita``, ``share_aged_65_plus``, ``share_under_15``,
        ``unemployment_rate``, ``tertiary_attainment`` (percent), ``mean_years_schooling`` (years),
        ``libraries_count``, ``learning_centres_count``. Texts are read as numbers; empty ones were not told.

    Raises
    ------
    InputError
        A number outside its bounds or no number: each field with its remedy.
    UnknownNameError
        A field, country, mechanism, theme or problem that is not there.

    Examples
    --------
    >>> import learningcity as lc
    >>> mine = lc.own_city("Sligo", "IRL", population=20_600, share_aged_65_plus=17.5)
    >>> mine.figures["population"], mine.told.zh
    (20600.0, 'Sligo（爱尔兰）')
    >>> lc.own_city(share_aged_65_plus=175)
    Traceback (most recent call last):
    ...
    learningcity.core.errors.InputError: share_aged_65_plus (Aged 65 and over): 175 lies outside 0 to 60 (%). Correct it, or leave it empty.
    """
    for key in numbers:
        if key not in _ASKED:
            raise UnknownNameError("field", key, _KEYS)
    wrong: list[Text] = []
    figures: dict[str, float] = {}
    for ask in OWN_CITY_FIELDS:
        number, fault = _number(ask, numbers.get(ask.name))
        if fault is not None:
            wrong.append(fault)
        elif number is not None:
            figures[ask.name] = number
    called = str(name).strip()
    if len(called) > 80 or any(not c.isprintable() for c in called):
        wrong.append(
            Text(
                "name: give at most 80 characters on one line.",
                "name（名称）：请给出不超过80个字符的单行文字。",
            )
        )
    if wrong:
        raise InputError(join_texts(wrong, " ", ""))
    return OwnCity(
        called,
        _country(country),
        figures,
        _currency(currency),
        _year(year),
        None if has is None else _codes(has, "has", CONDITIONS),
        _codes(problems, "problems", PROBLEMS),
    )


def _number(ask: Ask, given: Any) -> tuple[float | None, Text | None]:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None, None
    where = Text(f"{ask.name} ({ask.label.en})", f"{ask.name}（{ask.label.zh}）")
    try:
        if isinstance(given, bool):
            raise ValueError
        text = given.strip().replace(",", "").replace("，", "") if isinstance(given, str) else given
        number = float(text.removesuffix("%") if isinstance(text, str) else text)
        if math.isnan(number) or math.isinf(number):
            raise ValueError
    except (TypeError, ValueError):
        return None, Text(
            f"{where.en}: {given!r} is no number. Write it in digits, {ask.bounds.en}, or leave it empty.",
            f"{where.zh}：“{given}”不是数字。请填写{ask.bounds.zh}的数字，或留空。",
        )
    if not ask.low <= number <= ask.high:
        return None, Text(
            f"{where.en}: {format_number(number)} lies outside {ask.bounds.en}. Correct it, or leave it empty.",
            f"{where.zh}：{format_number(number, 'zh')}超出{ask.bounds.zh}的范围。请更正或留空。",
        )
    if ask.whole and number != int(number):
        return None, Text(
            f"{where.en}: {format_number(number)} is no whole number. Correct it, or leave it empty.",
            f"{where.zh}：{format_number(number, 'zh')}不是整数。请更正或留空。",
        )
    return number, None


def _country(given: str | None) -> str | None:
    code = "" if given is None else str(given).strip().upper()
    if not code:
        return None
    if not re.fullmatch("[A-Z]{3}", code) or country_name(code, "en") == code:
        raise InputError(
            Text(
                f"country: {given!r} is no country. Give its code of three letters (ISO 3166-1 alpha-3), such as CHN or IRL.",
                f"country（国家）：“{given}”不是国家代码。请给出三位字母代码（ISO 3166-1），如CHN、IRL。",
            )
        )
    return code


def _currency(given: str) -> str:
    code = str(given or "USD").strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise InputError(
            Text(
                f"currency: {given!r}; give a code of three letters, such as USD or CNY.",
                f"currency（币种）：“{given}”；请给出三位字母代码，如USD、CNY。",
            )
        )
    return code


def _year(given: Any) -> int | None:
    if given is None or str(given).strip() == "":
        return None
    try:
        number = int(str(given))
    except ValueError:
        number = 0
    if isinstance(given, bool) or not 1950 <= number <= 2100:
        raise InputError(
            Text(
                f"year: {given!r}; give a year such as 2024.",
                f"year（年份）：“{given}”；请给出年份，如2024。",
            )
        )
    return number


def _codes(given: Iterable[str] | str, what: str, known: tuple[str, ...]) -> tuple[str, ...]:
    parts = re.split("[,;，；、]", given) if isinstance(given, str) else list(given)
    found = tuple(dict.fromkeys(str(one).strip() for one in parts if str(one).strip()))
    for one in found:
        if one not in known:
            raise UnknownNameError(what, one, known)
    return found


def read_own_city(path: str | PathLike[str]) -> OwnCity:
    r"""Read a city from a TOML or CSV file as :func:`own_city_template` gives it.

    Parameters
    ----------
    path
        TOML: one key a field. CSV: two columns ``field`` and ``value``, or one row under heads that are the fields.
        Lists (``has``, ``problems``) are joined with ``;`` in CSV.

    Raises
    ------
    InputError
        The file cannot be read, or a field is wrong; see :func:`learningcity.own_city`.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "city.csv"
    ...     _ = file.write_text("field,value\nname,Sligo\ncountry,IRL\npopulation,20600\n")
    ...     read_own_city(file).figures
    {'population': 20600.0}
    """
    where = path_of(path)
    try:
        text = where.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            Text(f"{where} cannot be read: {os_reason(error).en}", f"无法读取{where}：{os_reason(error).zh}")
        ) from None
    except UnicodeDecodeError:
        raise InputError(
            Text(f"{where} is not UTF-8. Save it as UTF-8.", f"{where}不是UTF-8编码，请另存为UTF-8。")
        ) from None
    held = _from_csv(where, text) if where.suffix.lower() == ".csv" else _from_toml(where, text)
    for key in held:
        if key not in _KEYS:
            raise UnknownNameError("field", str(key), _KEYS)
    has = held.pop("has", None)
    held.setdefault("problems", ())
    return own_city(**{k: v for k, v in held.items() if v is not None}, has=has)


def _from_toml(where: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Text(f"{where} is no TOML file: {error}", f"{where}不是TOML文件：{error}")) from None


def _from_csv(where: Path, text: str) -> dict[str, Any]:
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline="")) if any(row)]
    heads = [cell.lower() for cell in rows[0]] if rows else []
    if heads[:2] == ["field", "value"]:
        pairs = [(row[0], row[1] if len(row) > 1 else "") for row in rows[1:]]
    elif len(rows) == 2:
        pairs = list(zip(heads, rows[1], strict=False))
    else:
        raise InputError(
            Text(
                f"{where}: give the columns field and value, or one row under the names of the fields.",
                f"{where}：请给出field和value两列，或在字段名下给出一行。",
            )
        )
    # An empty cell was not told; an empty list of what the city has cannot be said in CSV but by "none".
    found: dict[str, Any] = {key: value for key, value in pairs if value}
    if str(found.get("has", "")).lower() == "none":
        found["has"] = ()
    return found


def own_city_template(kind: str = "toml") -> str:
    """Give an example file to fill in, as TOML or CSV; the numbers are invented.

    Examples
    --------
    >>> own_city_template("csv").splitlines()[:2]
    ['field,value', 'name,Riverton']
    """
    example = {
        "population": 480_000, "area": 310, "gdp_per_capita": 18_500, "share_aged_65_plus": 16.2, "share_under_15": 14.8,
        "mean_years_schooling": 11.4, "unemployment_rate": 4.9, "tertiary_attainment": 24, "libraries_count": 9,
        "learning_centres_count": 35,
    }  # fmt: skip
    if kind == "csv":
        lines = ["field,value", "name,Riverton", "country,CHN"]
        lines += [f"{ask.name},{example[ask.name]}" for ask in OWN_CITY_FIELDS]
        return "\n".join([*lines, "has,policy;resources", "problems,ageing;skills", ""])
    if kind != "toml":
        raise UnknownNameError("format", kind, ("toml", "csv"))
    lines = [
        "# A city that is not in the atlas. Every line may be left out; the numbers are invented.",
        "# 图谱以外的城市。各行均可省略；以下数字纯属示例。",
        'name = "Riverton"',
        'country = "CHN"  # ISO 3166-1 alpha-3',
    ]
    for ask in OWN_CITY_FIELDS:
        lines.append(f"{ask.name} = {example[ask.name]}  # {ask.label.en}, {ask.bounds.en} / {ask.label.zh}")
    words = labels()
    known = ", ".join(CONDITIONS)
    return "\n".join(
        [
            *lines,
            'currency = "USD"  # of gdp_per_capita / 人均地区生产总值的币种',
            f"# what the city has already / 已具备的: {known}",
            'has = ["policy", "resources"]',
            f"# problems it wants to answer / 希望回应的问题: {', '.join(p for p in words['problem'] if p != 'none')}",
            'problems = ["ageing", "skills"]',
            "",
        ]
    )
