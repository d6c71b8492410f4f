"""Figures: facts, indicators, the wide table with the origin of each cell, conflicts, coverage, context."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import asked as ask
from learningcity.web.api import tables
from learningcity.web.api.answers import Listing
from learningcity.web.api.asked import Year
from learningcity.web.api.columns import LIST, column, table_columns
from learningcity.web.api.resources import resource

router = Router(tags=["figures"])
Row = dict[str, Any]
FACTS = table_columns("facts")
INDICATORS = table_columns("indicators", more=(
    column("cities", "integer", "Cities with a figure of the city itself.", "有本市数据的城市数。"),
    column("metros", "integer", "Cities with a figure of the metropolitan area.", "有都市区数据的城市数。"),
    column("countries", "integer", "Countries with a context figure.", "有背景数据的国家数。"),
))  # fmt: skip
CONTEXT = table_columns("country-context")
RATES = table_columns("exchange-rates")
NOT_A_CITYS = lc.Text(
    "Figures of countries are context; they are never a city's own.", "国家数据仅作背景，并非城市自身数据。"
)


class FactFilters(ask.Listed):
    """The filters of facts."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    indicator: list[str] = ask.many("indicators", "Indicators.", "指标。")
    year: list[Year] = ask.years("Years of the figures.", "数据年份。")
    scope: list[str] = ask.many("scopes", "Areas that the figures speak of.", "统计范围。")
    status: list[str] = ask.many(
        "statuses", "reported, or why there is no figure.", "reported，或无数据的原因。"
    )
    tier: list[str] = ask.many("tiers", "Tiers of sources.", "来源等级。")


@resource(
    router, "/facts",
    title=lc.Text("Facts", "事实数据"),
    note=lc.Text("Figures as one page gives each; figures that contradict each other are all kept. "
                 "status says why a value is null.",
                 "各页面给出的数值，互相矛盾者全部保留。status说明数值为null的原因。"),
    asks=FactFilters, columns=FACTS,
    examples=("?city=wuhan&indicator=universities_count", "?indicator=population&scope=city&format=csv", "?year=2019,2020"),
)  # fmt: skip
def facts(asked: FactFilters, language: str) -> Listing:
    """Facts that fit every filter."""
    wanted: dict[str, Sequence[Any]] = {
        "city_id": asked.city, "indicator_id": asked.indicator, "year": asked.year, "scope": asked.scope,
        "status": asked.status, "source_tier": asked.tier,
    }  # fmt: skip
    rows = tables.fitting("facts", language, wanted)
    return Listing(rows)


class IndicatorFilters(ask.Listed):
    """The filters of indicators."""

    group: list[str] = ask.many("indicator-groups", "Groups.", "组别。")
    comparable: list[str] = ask.many(
        "comparable", "Whether cities may be compared by it.", "可否用于城市间比较。"
    )
    dimension: list[str] = ask.many("dimensions", "Dimensions.", "维度。")


@resource(
    router, "/indicators",
    title=lc.Text("Indicators", "指标"),
    note=lc.Text("The catalogue with definition, unit, direction, and whether figures may be compared.",
                 "指标目录，含定义、单位、方向与可比性。"),
    asks=IndicatorFilters, columns=INDICATORS, examples=("", "?comparable=yes&format=csv"),
)  # fmt: skip
def indicators(asked: IndicatorFilters, language: str) -> Listing:
    """Indicators that fit every filter."""
    rows = [
        r for r in _indicators(language)
        if tables.among(r["group"], asked.group)
        and tables.among(r["comparable"], asked.comparable)
        and tables.among(r["dimension"], asked.dimension)
    ]  # fmt: skip
    return Listing(rows)


@cache
def _indicators(language: str) -> tuple[Row, ...]:
    counts = {r["indicator_id"]: r for r in content.rows(content.atlas().indicator_coverage().reset_index())}
    return tuple(
        tables.finished("indicators", r, language, {
            "cities": int(counts[r["indicator_id"]]["city"]),
            "metros": int(counts[r["indicator_id"]]["metro"]),
            "countries": int(counts[r["indicator_id"]]["countries"]),
        })
        for r in tables.plain_rows("indicators")
    )  # fmt: skip


CELLS = (
    column("city_id", "string", "City.", "城市。"),
    column("indicator_id", "string", "Indicator.", "指标。"),
    column("value", "number", "The figure; null where there is none.", "数值；无数据时为null。", nullable=True),
    column("unit", "string", "Unit.", "单位。", nullable=True),
    column("year", "integer", "Year; null where the page gives none.", "年份；页面未注明时为null。", nullable=True),
    column("kind", "string", "Whose figure: own, metro, province, context, derived, imputed, or empty.",
           "数据所指：own、metro、province、context、derived、imputed或empty。",
           known=("own", "metro", "province", "context", "derived", "imputed", "empty")),
    column("scope", "string", "Area that it speaks of.", "统计范围。", nullable=True),
    column("emptiness", "string", "Why there is none.", "无数据的原因。",
           known=("missing", "not applicable", "not published", "suppressed", "not confirmed", "not seen"), nullable=True),
    column("disagree", "boolean", "Whether sources disagree.", "来源是否不一致。"),
    column("comparable", "string", "Whether cities may be compared by it: yes, with care, no.", "可否比较：yes、with care、no。"),
    column("fact_ids", LIST, "Facts that were used.", "所用的数据。"),
    column("alternative_ids", LIST, "All facts of the same scope and year.", "同一范围与年份的全部数据。"),
    column("source_ids", LIST, "Sources that give it.", "给出该值的来源。"),
    column("source_hrefs", LIST, "Pages of the sources in this atlas.", "各来源在本图谱中的页面。", format_="uri-reference"),
    column("formula_en", "string", "How it was derived.", "推算方式（英文）。", nullable=True),
    column("formula_zh", "string", "How it was derived, in Chinese.", "推算方式（中文）。", nullable=True),
    column("note_en", "string", "What else is to be said.", "备注（英文）。", nullable=True),
    column("note_zh", "string", "What else is to be said, in Chinese.", "备注（中文）。", nullable=True),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


class TableFilters(ask.Listed):
    """Which cells, and the fact policy, named as in the library."""

    indicators: list[str] = ask.many(
        "indicators", "Indicators; at least one.", "指标，至少一项。", required=True
    )
    city: list[str] = ask.many("cities", "Cities; all without it.", "城市；不给出时为全部。")
    scopes: list[str] = ask.many(
        "scopes", "Areas that count, the preferred first (city).", "计入的统计范围，优先者在前（默认city）。"
    )
    tiers: list[str] = ask.many(
        "tiers",
        "Tiers of sources that count, the preferred first (all).",
        "计入的来源等级，优先者在前（默认全部）。",
    )
    year: int | None = ask.whole(
        "The latest figure not after this year.", "取不晚于该年的最新数据。", 1, 9999
    )
    max_age: int | None = ask.whole(
        "Leave out figures older than so many years.", "剔除早于若干年的数据。", 0, 9999
    )
    prefer: str = ask.one(
        "prefer", "The latest year wins, or the best tier.", "以最新年份或最佳来源优先。", "year"
    )
    context: bool = ask.flag("Fill empty cells with the figure of the country, marked as context.",
                             "空格以国家数据填充，并标注为背景。")  # fmt: skip
    derive: bool = ask.flag(
        "Derive density and US dollars, marked as derived.", "推算密度与美元值，并予标注。", True
    )
    unconfirmed: bool = ask.flag("Use figures that nobody has confirmed.", "使用未经核实的数据。")

    def policy(self) -> lc.FactPolicy:
        """The fact policy asked for."""
        given: dict[str, Any] = {
            n: tuple(dict.fromkeys(getattr(self, n))) for n in ("scopes", "tiers") if getattr(self, n)
        }
        for name in ("year", "max_age", "prefer", "context", "derive", "unconfirmed"):
            given[name] = getattr(self, name)
        return lc.FactPolicy(**given)


@lru_cache(maxsize=32)
def _column_of(indicator: str, policy: lc.FactPolicy, language: str) -> tuple[Row, ...]:
    table = content.atlas().table([indicator], policy)
    return tuple(
        _cell(str(city), indicator, table.values.at[city, indicator], table.origin.at[city, indicator],
              table.comparable[indicator], language)
        for city in table.values.index
    )  # fmt: skip


def _cell(city: str, indicator: str, value: Any, origin: Any, comparable: str, language: str) -> Row:
    fact = next(iter(origin.facts), None)
    return {
        "city_id": city, "indicator_id": indicator,
        "value": None if value != value else float(value),
        "unit": origin.unit, "year": origin.year, "kind": origin.kind, "scope": origin.scope,
        "emptiness": origin.emptiness.value if origin.emptiness else None,
        "disagree": bool(origin.disagree), "comparable": comparable,
        "fact_ids": list(origin.facts), "alternative_ids": [i for i, _ in origin.alternatives],
        "source_ids": list(origin.sources),
        "source_hrefs": tables.source_pages(list(origin.sources), language),
        "formula_en": origin.formula and origin.formula.en, "formula_zh": origin.formula and origin.formula.zh,
        "note_en": origin.note and origin.note.en, "note_zh": origin.note and origin.note.zh,
        "href": tables.city_page(city, language, fact),
    }  # fmt: skip


@resource(
    router, "/table",
    title=lc.Text("Table of figures", "数据表"),
    note=lc.Text("Cities by indicators, one row a cell, with the origin of every figure and the reason of every empty "
                 "cell, under the policy asked for.",
                 "城市与指标对照，每格一行，附各数值的出处与各空格的原因，按所给规则取值。"),
    asks=TableFilters, columns=CELLS,
    examples=("?indicators=population,median_age&scopes=city,metro", "?indicators=universities_count&city=wuhan",
              "?indicators=gdp_per_capita&context=true&format=csv"),
)  # fmt: skip
def table(asked: TableFilters, language: str) -> Listing:
    """The cells asked for, indicator by indicator."""
    policy = asked.policy()
    rows = [
        r for indicator in dict.fromkeys(asked.indicators) for r in _column_of(indicator, policy, language)
        if tables.among(r["city_id"], asked.city)
    ]  # fmt: skip
    return Listing(rows, (NOT_A_CITYS,) if asked.context else ())


CONFLICTS = (
    column("city_id", "string", "City.", "城市。"),
    column("indicator_id", "string", "Indicator.", "指标。"),
    column("definition", "string", "Definition that both follow; empty for the usual one.", "双方所用定义；通用定义为空。"),
    column("scope", "string", "Area.", "统计范围。"),
    column("year", "integer", "Year.", "年份。"),
    column("unit", "string", "Unit.", "单位。"),
    column("values", "integer", "How many values.", "数值个数。"),
    column("lowest", "number", "The lowest.", "最低值。"),
    column("highest", "number", "The highest.", "最高值。"),
    column("difference", "number", "Their difference as a share of the larger.", "差额占较大值的比例。"),
    column("fact_ids", LIST, "The facts, in the order of the values.", "各数据，按数值排序。"),
    column("source_ids", LIST, "Their sources, in the same order.", "各来源，顺序相同。"),
    column("source_hrefs", LIST, "Pages of the sources.", "各来源的页面。", format_="uri-reference"),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


class ConflictFilters(ask.Listed):
    """The filters of conflicts."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    indicator: list[str] = ask.many("indicators", "Indicators.", "指标。")


@resource(
    router, "/conflicts",
    title=lc.Text("Conflicts", "矛盾"),
    note=lc.Text("Facts of one city, indicator, definition, scope and year that differ by more than 1 %.",
                 "同一城市、指标、定义、范围与年份而相差1%以上的数据。"),
    asks=ConflictFilters, columns=CONFLICTS, examples=("", "?city=suwon,beijing"),
)  # fmt: skip
def conflicts(asked: ConflictFilters, language: str) -> Listing:
    """Conflicts, the widest first."""
    rows = [
        r for r in _conflicts(language)
        if tables.among(r["city_id"], asked.city) and tables.among(r["indicator_id"], asked.indicator)
    ]  # fmt: skip
    return Listing(rows)


@cache
def _conflicts(language: str) -> tuple[Row, ...]:
    rows = []
    for r in content.rows(content.atlas().conflicts()):
        fact_ids, source_ids = content.ids(r["fact_ids"]), content.ids(r["source_ids"])
        more = {"fact_ids": fact_ids, "source_ids": source_ids,
                "source_hrefs": tables.source_pages(source_ids, language),
                "href": tables.city_page(r["city_id"], language, fact_ids[0])}  # fmt: skip
        rows.append({**r, **more})
    return tuple(rows)


_COUNTS = {
    "facts": ("Reported figures.", "已收录数据数。"),
    "indicators": ("Different indicators of city or metropolitan area.", "本市或都市区的不同指标数。"),
    "dated_facts": ("Figures with a year.", "注明年份的数据数。"),
    "conflicts": ("Contradictions.", "矛盾数。"),
    "practices": ("Practices.", "实践举措数。"),
    "dated_practices": ("Practices with a start year.", "注明起始年份的实践举措数。"),
    "before_award": ("Practices that started before the first award.", "首次获奖之前开始的实践举措数。"),
    "sources": ("Sources.", "来源数。"),
    "doubtful_sources": ("Doubtful sources.", "存疑来源数。"),
    "join_years": ("Different join years that some source gives.", "各来源所给的不同加入年份数。"),
}
COVERAGE = (
    column("city_id", "string", "City.", "城市。"),
    *(column(name, "integer", en, zh) for name, (en, zh) in _COUNTS.items()),
    column(
        "href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"
    ),
)


class CoverageFilters(ask.Listed):
    """The filters of coverage."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    region: list[str] = ask.many("regions", "UNESCO regions.", "教科文组织地区。")


@resource(
    router, "/coverage",
    title=lc.Text("Coverage", "覆盖情况"),
    note=lc.Text("How much was seen of each city. A zero is true here: it counts what was read, never how much there is.",
                 "各城市所见资料的多少。此处的零为实数：统计所读资料，不表示实际多少。"),
    asks=CoverageFilters, columns=COVERAGE, examples=("?region=AFR", "?format=csv"),
)  # fmt: skip
def coverage(asked: CoverageFilters, language: str) -> Listing:
    """Counts by city."""
    region = {i: c.region for i, c in content.cities().items()}
    rows = [
        {"city_id": i, **{n: int(r[n]) for n in _COUNTS}, "href": tables.city_page(i, language)}
        for i, r in content.coverage().items()
        if tables.among(i, asked.city) and tables.among(region[i], asked.region)
    ]  # fmt: skip
    return Listing(rows)


class ContextFilters(ask.Listed):
    """The filters of country figures."""

    country: list[str] = ask.many(
        "countries-context", "Countries (ISO 3166-1 alpha-3).", "国家代码（ISO 3166-1三位字母）。"
    )
    indicator: list[str] = ask.many("indicators", "Indicators.", "指标。")
    year: list[Year] = ask.years("Years.", "年份。")


@resource(
    router, "/context",
    title=lc.Text("Country figures", "国家数据"),
    note=NOT_A_CITYS, asks=ContextFilters, columns=CONTEXT,
    examples=("?country=CHN&indicator=median_age", "?year=2020&format=csv"),
)  # fmt: skip
def context(asked: ContextFilters, language: str) -> Listing:
    """Country figures that fit every filter."""
    wanted: dict[str, Sequence[Any]] = {
        "country_iso3": asked.country,
        "indicator_id": asked.indicator,
        "year": asked.year,
    }
    return Listing(tables.fitting("country-context", language, wanted), (NOT_A_CITYS,))


class RateFilters(ask.Listed):
    """The filters of exchange rates."""

    currency: list[str] = ask.many("currencies", "Currencies (ISO 4217).", "货币代码（ISO 4217）。")
    year: list[Year] = ask.years("Years.", "年份。")


@resource(
    router, "/exchange-rates",
    title=lc.Text("Exchange rates", "汇率"),
    note=lc.Text("Yearly averages, local currency per US dollar, by which amounts are converted.",
                 "年平均汇率（每美元折合本币），用于金额换算。"),
    asks=RateFilters, columns=RATES, examples=("?currency=CNY",),
)  # fmt: skip
def exchange_rates(asked: RateFilters, language: str) -> Listing:
    """Exchange rates that fit every filter."""
    return Listing(
        tables.fitting("exchange-rates", language, {"currency": asked.currency, "year": asked.year})
    )
