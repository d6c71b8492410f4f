"""What the search can find: one document a city, practice, fact, concept, rule, work ..."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from learningcity.atlas.search.index import Document, as_text
from learningcity.core import Text, UnknownNameError, or_none
from learningcity.standards import country_name, format_value, label, region_name, standard_table

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas


def documents(atlas: Atlas) -> Iterator[Document]:
    """Give all documents, the more telling kinds first: their order decides between equal scores."""
    yield from _cities(atlas)
    yield from _concepts()
    yield from _standard()
    yield from _practices(atlas)
    yield from _rules()
    yield from _framework(atlas)
    yield from _facts(atlas)
    yield from _indicators(atlas)
    yield from _works()
    yield from _members(atlas)
    yield from _terms()


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: or_none(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _pair(row: dict[str, Any], name: str) -> Text:
    return Text(str(row[f"{name}_en"] or ""), str(row[f"{name}_zh"] or ""))


def _cities(atlas: Atlas) -> Iterator[Document]:
    rounds: dict[str, list[int]] = {}
    for city, year in atlas.awards[["city_id", "round"]].itertuples(index=False, name=None):
        rounds.setdefault(city, []).append(int(year))
    for row in _rows(atlas.cities):
        years = sorted(rounds.get(row["city_id"], []))
        place = {
            k: as_text(country_name(row["country_iso3"], k), region_name(row["unesco_region"], k))
            for k in ("en", "zh")
        }
        told_en = f"awarded {', '.join(map(str, years))}" if years else "member without an award"
        told_zh = f"{'、'.join(map(str, years))}年获奖" if years else "未获奖的成员城市"
        yield Document(
            "city", row["city_id"], _pair(row, "name"),
            Text(f"{place['en']}; {told_en}", f"{place['zh']}；{told_zh}"),
            row["city_id"], as_text(row["name_local"], row["city_id"].replace("-", " ")),
        )  # fmt: skip


def _city_names(atlas: Atlas) -> dict[str, Text]:
    return {row["city_id"]: _pair(row, "name") for row in _rows(atlas.cities)}


def _practices(atlas: Atlas) -> Iterator[Document]:
    names = _city_names(atlas)
    for row in _rows(atlas.practices):
        city = names.get(row["city_id"], Text(row["city_id"], row["city_id"]))
        year_en = f" ({row['start_year']})" if row["start_year"] else ""
        year_zh = f"（{row['start_year']}年）" if row["start_year"] else ""
        yield Document(
            "practice", row["practice_id"], _pair(row, "title"),
            Text(
                f"{city.en}{year_en}, {label('mechanism', row['mechanism'], 'en')}. {row['summary_en']}",
                f"{city.zh}{year_zh}，{label('mechanism', row['mechanism'], 'zh')}。{row['summary_zh']}",
            ),
            row["city_id"],
        )  # fmt: skip


def practice_documents(atlas: Atlas) -> Iterator[Document]:
    """The practices alone, each found by its city in every spelling and by its country, too."""
    told = {}
    for row in _rows(atlas.cities):
        names = [row[f"name_{k}"] for k in ("en", "zh", "local")]
        told[row["city_id"]] = as_text(*names, *_country(row["country_iso3"]))
    for document in _practices(atlas):
        yield replace(document, extra=told.get(str(document.city_id), ""))


def _country(code: str | None) -> tuple[str, ...]:
    try:
        return tuple(country_name(str(code), k) for k in ("en", "zh"))
    except UnknownNameError:
        return (str(code),)


def _facts(atlas: Atlas) -> Iterator[Document]:
    names = _city_names(atlas)
    indicators = {row["indicator_id"]: _pair(row, "name") for row in _rows(atlas.indicators)}
    countries = dict(atlas.cities[["city_id", "country_iso3"]].itertuples(index=False, name=None))
    for row in _rows(atlas.facts):
        city = names.get(row["city_id"], Text(row["city_id"], row["city_id"]))
        name = indicators[row["indicator_id"]]
        whose = city
        if row["scope"] == "country":
            # A country figure is never titled as the city's own; the city's page prints it.
            iso3 = countries.get(row["city_id"])
            whose = Text(country_name(iso3, "en"), country_name(iso3, "zh")) if iso3 else city
            city = Text(f"{city.en}: ", f"{city.zh}：")
        else:
            city = Text("", "")
        value = {k: format_value(row["value"], row["unit"], k) for k in ("en", "zh")}
        year = row["year"]
        yield Document(
            "fact", row["fact_id"],
            Text(f"{whose.en}: {name.en}", f"{whose.zh}：{name.zh}"),
            Text(
                f"{city.en}{value['en']} ({year or 'undated'}, {label('scope', row['scope'], 'en')})",
                f"{city.zh}{value['zh']}（{f'{year}年' if year else '未注年份'}，{label('scope', row['scope'], 'zh')}）",
            ),
            row["city_id"], as_text(row["as_published"]),
        )  # fmt: skip


def _indicators(atlas: Atlas) -> Iterator[Document]:
    for row in _rows(atlas.indicators):
        yield Document("indicator", row["indicator_id"], _pair(row, "name"), _pair(row, "definition"))


def _members(atlas: Atlas) -> Iterator[Document]:
    shown = set(atlas.cities["city_id"])
    for row in _rows(atlas.members):
        if row["city_id"] in shown:
            continue
        country = {k: country_name(row["country_iso3"], k) for k in ("en", "zh")}
        yield Document(
            "member", row["city_id"], Text(str(row["name_en"]), str(row["name_en"])),
            Text(f"member of the network, {country['en']}", f"网络成员城市，{country['zh']}"),
            row["city_id"], as_text(row["name_local"]),
        )  # fmt: skip


def _framework(atlas: Atlas) -> Iterator[Document]:
    for row in _rows(atlas.national_framework):
        title = Text(
            f"{country_name(row['country_iso3'], 'en')}: {label('topic', row['topic'], 'en')}",
            f"{country_name(row['country_iso3'], 'zh')}：{label('topic', row['topic'], 'zh')}",
        )
        extra = as_text(row["document_no"], row["issuer_zh"], row["issued"])
        yield Document("framework", row["item_id"], title, _pair(row, "text"), None, extra)


def _concepts() -> Iterator[Document]:
    for row in _rows(standard_table("concepts")):
        extra = as_text(row["author"], row["year"])
        yield Document(
            "concept", row["concept_id"], _pair(row, "name"), _pair(row, "definition"), None, extra
        )


def _standard() -> Iterator[Document]:
    for row in _rows(standard_table("key-features")):
        confirmed = row["confirmed"] == "yes"
        yield Document(row["level"], row["code"], _pair(row, "name"), _pair(row, "text"), confirmed=confirmed)
    for row in _rows(standard_table("measurements")):
        name, definition = _pair(row, "name"), _pair(row, "definition")
        yield Document("measurement", row["code"], name, definition, confirmed=row["confirmed"] == "yes")
    for row in _rows(standard_table("award-criteria")):
        body = _pair(row, "text")
        told = Text(f"Round {row['round']}. {body.en}", f"{row['round']}年评选。{body.zh}")
        yield Document("criterion", row["code"], _pair(row, "name"), told)


def _rules() -> Iterator[Document]:
    for row in _rows(standard_table("award-rules")):
        title = Text(f"Award rule {row['round']}", f"{row['round']}年评选规则")
        yield Document("rule", f"{row['round']}-{row['rule_id']}", title, _pair(row, "rule"))


def _works() -> Iterator[Document]:
    for row in _rows(standard_table("literature")):
        title = str(row["title"])
        told = as_text(row["authors"], row["year"], row["outlet"])
        yield Document("work", row["work_id"], Text(title, title), _pair(row, "finding"), None, told)


def _terms() -> Iterator[Document]:
    for row in _rows(standard_table("terms")):
        title = Text(str(row["term_en"]), str(row["term_zh"]))
        yield Document("term", str(row["term_en"]), title, Text(title.zh, title.en))
