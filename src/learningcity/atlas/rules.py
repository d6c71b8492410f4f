"""What a schema cannot say: rules across columns and tables, and figures that cannot be true.

The same rules hold for the shipped tables (``make atlas``) and for tables that users bring. Limits,
known places, host names and words are data files under ``data/build``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from learningcity.atlas.reference import (
    WITHIN_KM,
    Yardsticks,
    currencies,
    host_name,
    shipped_rows,
    shipped_yardsticks,
)
from learningcity.core import Finding, Text, near_names

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.core import Schema

#: Units of the catalogue that stand for money of any currency.
MONEY = ("USD", "local currency")

#: Reasons that leave no room for a figure beside them.
WITHOUT_VALUE = ("missing", "not applicable", "not published", "suppressed")

Row = Mapping[str, str]
Problem = tuple[str, Text, Text]
Frames = Mapping[str, "pd.DataFrame"]


@dataclass(frozen=True)
class Checked:
    """The tables whose rows are checked, and those in which the rules look things up."""

    tables: Frames
    known: Frames
    year: int
    own: bool

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        """Rows to check of one table, with the number that a spreadsheet shows."""
        frame = self.tables.get(name)
        if frame is not None:
            yield from zip(frame.index, frame.to_dict("records"), strict=True)

    def lookup(self, name: str) -> list[dict[str, str]]:
        """All known rows of one table; the shipped ones where the caller knows none."""
        frame = self.known.get(name)
        return shipped_rows(name) if frame is None else frame.to_dict("records")

    @cached_property
    def yardsticks(self) -> Yardsticks:
        """Those of the known tables where they are given, else the shipped ones."""
        given = {"known-places", "plausible-ranges", "tier-rules", "tier-exceptions"} & set(self.known)
        return Yardsticks(self.lookup) if given else shipped_yardsticks()

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit by indicator."""
        return {row["indicator_id"]: row["unit"] for row in self.lookup("indicators")}

    @cached_property
    def rounds(self) -> list[str]:
        """Years in which the award was given."""
        return sorted(row["year"] for row in self.lookup("rounds") if row["awards_count"] != "0")

    @cached_property
    def members(self) -> dict[str, dict[str, str]]:
        """Members of the network by id."""
        return {row["city_id"]: row for row in self.lookup("members")}


def check_atlas_rules(
    tables: Frames, only: set[str] | None = None, known: Frames | None = None, year: int | None = None
) -> list[Finding]:
    r"""Check what no single column can tell: units, ranges, places, years, statuses, tiers.

    Parameters
    ----------
    tables
        Frames of strings by table name ("" = empty), index = row number as a spreadsheet shows it.
    only
        Names of the tables whose rows are checked (default: all). Naming them says that the rows
        are a user's own: a tier that differs from the rule is then a warning.
    known
        Tables in which ids are looked up (default: ``tables``); what is in neither is looked up in
        the shipped tables.
    year
        The present year; the default is that of the clock.

    Returns
    -------
    list of Finding
        In the order of table, row and column.

    Examples
    --------
    >>> from learningcity.core import read_csv_text
    >>> text = "city_id,country_iso3,latitude,longitude\ncork,IRL,-8.47,51.9\n"
    >>> [finding] = check_atlas_rules({"cities": read_csv_text(text, "cities")})
    >>> finding.row, finding.column
    (2, 'latitude')
    """
    mine = {n: t for n, t in tables.items() if only is None or n in only}
    present = datetime.now(UTC).year if year is None else year
    checked = Checked(mine, tables if known is None else known, present, only is not None)
    found = []
    for name, rule in RULES:
        for row, cells in checked.rows(name):
            for column, problem, remedy in rule(checked, cells):
                mild = rule is _tier and checked.own
                level = "warning" if mild else "error"
                found.append(Finding(name, int(row), column, cells.get(column, ""), problem, remedy, level))  # type: ignore[arg-type]
    return sorted(found, key=lambda f: (f.table, f.row or 0, f.column or ""))


# --- the rules; each gives column, problem and remedy --------------------------------------------


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _unit(checked: Checked, row: Row) -> Iterator[Problem]:
    indicator, unit = row.get("indicator_id", ""), row.get("unit", "")
    wanted = checked.units.get(indicator)
    if wanted is None or not unit or unit == wanted or (wanted in MONEY and unit in currencies()):
        return
    if wanted in MONEY:
        near = near_names(unit, currencies())
        hint = Text(f" Did you mean {near[0]}?", f"是否指{near[0]}？") if near else Text("", "")
        yield (
            "unit",
            Text(f"{unit!r} is not a currency.", f"“{unit}”不是货币代码。"),
            Text(f"Give the ISO 4217 code, such as CNY.{hint.en}", f"请填ISO 4217货币代码，如CNY。{hint.zh}"),
        )
        return
    yield (
        "unit",
        Text(
            f"{indicator} is counted in {wanted}, not in {unit}.",
            f"{indicator}的单位为{wanted}，而非{unit}。",
        ),
        Text(f"Convert the value and write {wanted}.", f"请换算数值并将单位写为{wanted}。"),
    )


def _range(checked: Checked, row: Row) -> Iterator[Problem]:
    value, indicator, unit = _number(row.get("value")), row.get("indicator_id", ""), row.get("unit", "")
    if value is None:
        return
    money = checked.units.get(indicator) in MONEY
    low, high, reason = checked.yardsticks.plausible("money" if money else unit, indicator)
    if (low is not None and value < low) or (high is not None and value > high):
        wide = Text(
            " to ".join(f"{limit:g}" for limit in (low, high) if limit is not None),
            "至".join(f"{limit:g}" for limit in (low, high) if limit is not None),
        )
        yield (
            "value",
            Text(
                f"{row['value']} ({unit}) is hardly possible for {indicator}.",
                f"{indicator}的值{row['value']}（{unit}）不合常理。",
            ),
            Text(
                f"Wanted: {wide.en} ({reason.en}). Check the decimal mark and the unit.",
                f"合理范围：{wide.zh}（{reason.zh}）。请核对小数点与单位。",
            ),
        )


def _status(_: Checked, row: Row) -> Iterator[Problem]:
    status, value = row.get("status") or "reported", row.get("value", "")
    if status == "reported" and not value:
        yield (
            "value",
            Text("A reported fact has no value.", "状态为“已公布”而没有数值。"),
            Text(
                f"Give the value, or say in status why there is none: {', '.join(WITHOUT_VALUE)}, "
                "not confirmed. Leave the row out where nothing was seen.",
                f"请填数值，或在status列说明原因：{'、'.join(WITHOUT_VALUE)}、not confirmed。"
                "未见资料的，不设该行。",
            ),
        )
    if status in WITHOUT_VALUE and value:
        yield (
            "value",
            Text(
                f"The status says {status!r}, but there is a value.",
                f"状态为“{status}”，却填有数值。",
            ),
            Text("Remove the value, or set the status to reported.", "请删除数值，或将状态改为reported。"),
        )


def _country(checked: Checked, row: Row) -> Iterator[Problem]:
    code = row.get("country_iso3", "")
    if code and code not in checked.yardsticks.places:
        yield (
            "country_iso3",
            Text(
                f"{code!r} is not the code of a country or territory.",
                f"“{code}”不是国家（地区）代码。",
            ),
            Text("Give the three letters of ISO 3166-1, such as CHN.", "请填ISO 3166-1三位字母代码，如CHN。"),
        )


def _place(checked: Checked, row: Row) -> Iterator[Problem]:
    latitude, longitude = row.get("latitude", ""), row.get("longitude", "")
    if bool(latitude) != bool(longitude):
        yield (
            "longitude" if latitude else "latitude",
            Text("One of latitude and longitude is empty.", "经度和纬度只填了一项。"),
            Text("Give both, or neither.", "请同时填写，或同时留空。"),
        )
        return
    lat, lon, country = _number(latitude), _number(longitude), row.get("country_iso3", "")
    away = None if lat is None or lon is None else checked.yardsticks.distance(country, lat, lon)
    if away is not None and away > WITHIN_KM:
        yield (
            "latitude",
            Text(
                f"{latitude}, {longitude} lies {away:.0f} km from the nearest known place of {country}.",
                f"坐标{latitude}，{longitude}距{country}最近的已知地点{away:.0f}公里。",
            ),
            Text(
                "Check the sign, the order (latitude first) and the country.",
                "请核对正负号、顺序（先纬度后经度）与国家。",
            ),
        )


def _same_city(checked: Checked, row: Row) -> Iterator[Problem]:
    member = checked.members.get(row.get("city_id", ""), {})
    for column in ("country_iso3", "unesco_region"):
        told, here = member.get(column, ""), row.get(column, "")
        if told and here and told != here:
            yield (
                column,
                Text(f"The table members says {told!r} for this city.", f"成员表中该市为“{told}”。"),
                Text("Make the two tables agree.", "请使两表一致。"),
            )


def _year(column: str) -> Rule:
    def rule(checked: Checked, row: Row) -> Iterator[Problem]:
        year, last = _number(row.get(column)), checked.year + 1
        if year is not None and year > last:
            yield (
                column,
                Text(f"The year {row[column]} lies in the future.", f"年份{row[column]}晚于明年。"),
                Text(f"Give a year up to {last}.", f"请填不晚于{last}年的年份。"),
            )

    return rule


def _round(checked: Checked, row: Row) -> Iterator[Problem]:
    year = row.get("round", "")
    if year and year not in checked.rounds:
        yield (
            "round",
            Text(f"There was no award round in {year}.", f"{year}年没有评选届次。"),
            Text(
                f"Rounds are: {', '.join(checked.rounds)}.",
                f"现有届次：{'、'.join(checked.rounds)}。",
            ),
        )


def _codes(_: Checked, row: Row) -> Iterator[Problem]:
    if row.get("coder") == "mean":
        yield (
            "coder",
            Text("'mean' is computed and cannot be a coder.", "“mean”为计算值，不能用作编码员名称。"),
            Text("Give the coder a short name of their own.", "请为编码员另取短名。"),
        )
    if row.get("mechanism_2") and row["mechanism_2"] == row.get("mechanism"):
        yield (
            "mechanism_2",
            Text("The second mechanism repeats the first.", "第二类别与第一类别相同。"),
            Text("Name another one, or leave it empty.", "请填另一类别，或留空。"),
        )


def _tier(checked: Checked, row: Row) -> Iterator[Problem]:
    tier, wanted = row.get("tier", ""), checked.yardsticks.tier(row.get("url", ""), row.get("source_id", ""))
    if tier and tier != wanted:
        yield (
            "tier",
            Text(
                f"By its host name the page is {wanted!r}, not {tier!r}.",
                f"按主机名，该页面等级应为“{wanted}”，而非“{tier}”。",
            ),
            Text(
                f"Write {wanted}, or give the host a row in tier-rules or the source one in "
                "tier-exceptions, with the reason.",
                f"请改为{wanted}，或在tier-rules中增加该主机、在tier-exceptions中增加该来源，并注明理由。",
            ),
        )


def _address(checked: Checked, row: Row) -> Iterator[Problem]:
    url = row.get("url", "")
    if url and host_name(url) is None:
        yield (
            "url",
            Text(f"{url!r} is not a plain web address.", f"“{url}”不是规范的网址。"),
            Text(
                "Copy the address from the browser: https://, the host name, the path; no backslash, "
                "percent sign or user name before the path.",
                "请从浏览器地址栏复制：https://、主机名、路径；路径之前不得含反斜杠、百分号或用户名。",
            ),
        )


def _doubtful(checked: Checked, row: Row) -> Iterator[Problem]:
    tier, wanted = row.get("tier", ""), checked.yardsticks.tier(row.get("url", ""), row.get("source_id", ""))
    if checked.own and wanted == "doubtful" and tier not in ("", "doubtful"):
        yield (
            "tier",
            Text("The host of this page is graded doubtful.", "该页面所在主机的等级为“存疑”。"),
            Text("Write doubtful, or leave the cell empty.", "请填doubtful，或留空。"),
        )


Rule = Callable[[Checked, Row], Iterator[Problem]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("awards", _round),
    ("cities", _country),
    ("cities", _place),
    ("cities", _same_city),
    ("city-population", _range),
    ("city-population", _unit),
    ("country-context", _country),
    ("country-context", _range),
    ("country-context", _unit),
    ("country-context", _year("year")),
    ("exchange-rates", _year("year")),
    ("facts", _range),
    ("facts", _status),
    ("facts", _unit),
    ("facts", _year("year")),
    ("members", _country),
    ("members", _place),
    ("memberships", _year("join_year")),
    ("national-framework", _country),
    ("practice-codes", _codes),
    ("practices", _year("start_year")),
    ("rounds", _country),
    ("sources", _address),
    ("sources", _doubtful),
    ("sources", _tier),
)


# --- both languages ------------------------------------------------------------------------------

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def check_languages(
    frame: pd.DataFrame, schema: Schema, avoid: Mapping[str, str] | None = None
) -> list[Finding]:
    """Find texts that stand in one language only, Chinese cells without Chinese, and words to avoid.

    Parameters
    ----------
    frame
        All values strings ("" = empty), index = row number as a spreadsheet shows it.
    schema
        The contract of the table; columns with a ``pair`` are looked at.
    avoid
        Chinese words that may not stand there, with the word to use; default: the shipped ones.
    """
    words = shipped_yardsticks().words_to_avoid if avoid is None else avoid
    found = []
    for one in schema.fields:
        if one.name not in frame.columns or one.pair not in frame.columns:
            continue
        for row, value, partner in zip(frame.index, frame[one.name], frame[one.pair], strict=True):
            if one.required and not value:
                continue  # the schema says so already
            for problem, remedy in _language_problems(one.lang == "zh", value, partner, words):
                found.append(Finding(schema.name, int(row), one.name, value, problem, remedy))
    return found


def _language_problems(
    chinese: bool, value: str, partner: str, avoid: Mapping[str, str]
) -> Iterator[tuple[Text, Text]]:
    if partner and not value:
        yield (
            Text(
                f"The text stands in one language only: {partner[:60]!r}.",
                f"只有一种语言的文字：“{partner[:60]}”。",
            ),
            Text("Give it in both languages, or in neither.", "请补齐两种语言，或两者皆空。"),
        )
    if chinese and _LETTER.search(value) and not _HAN.search(value):
        yield (
            Text(f"{value[:60]!r} is not Chinese.", f"“{value[:60]}”不是中文。"),
            Text("Translate it into simplified Chinese.", "请译为简体中文。"),
        )
    for word, instead in avoid.items() if chinese else ():
        if word in value:
            yield (
                Text(f"The word {word} is to be avoided.", f"应避免使用“{word}”。"),
                Text(f"Write {instead}.", f"请改用“{instead}”。"),
            )
