"""What the pages of the data give away: tables, coverage, disagreements, sources, dictionary."""

from __future__ import annotations

from collections import Counter

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.screens.city.offer import CONFLICTS
from learningcity.web.screens.data import conflicts as disagreements
from learningcity.web.screens.data import coverage as matrix
from learningcity.web.screens.data import overview as whole
from learningcity.web.screens.data import sources as pages_read
from learningcity.web.screens.data.overview import counted
from learningcity.web.screens.data.query import CoverageQuery, SourceQuery
from learningcity.web.screens.sources.offer import MORE, RECORD, record
from learningcity.web.screens.sources.page import used_in

OVERVIEW = {"tables": lc.Text("tables", "数据表"), "emptiness": lc.Text("kinds of emptiness", "空缺类型")}
COVERAGE = {"cities": lc.Text("cities", "城市"), "indicators": lc.Text("indicators", "指标")}
CONFLICT = {"conflicts": lc.Text("disagreements", "来源不一致"), "facts": lc.Text("figures", "数据")}
STATISTICS = {
    "sources": lc.Text("sources", "来源"),
    "country-context": lc.Text("figures of countries", "各国数据"),
}
DICTIONARY = {"columns": lc.Text("columns", "列"), "codes": lc.Text("codes", "代码")}
_USES = lc.Column("uses", lc.Text("rows that rest on it", "引用行数"))


def overview(query: QueryDict, language: str) -> exports.Offer:
    """The tables with their rows, and how often each kind of emptiness stands in them."""
    frames = {**lc.standard_tables(), **content.atlas().frames}
    columns = (
        lc.Column("table", lc.Text("table", "数据表代码")),
        lc.Column("title_en", lc.Text("title (English)", "名称（英文）")),
        lc.Column("title_zh", lc.Text("title (Chinese)", "名称（中文）")),
        lc.Column("rows", lc.Text("rows", "行数")),
        lc.Column("columns", lc.Text("columns", "列数")),
        lc.Column("own", lc.Text("added by you", "用户自有行数")),
    )
    rows = [
        {
            "table": name,
            "title_en": schema.title.en,
            "title_zh": schema.title.zh,
            "rows": len(frames[name]),
            "columns": len(schema.fields),
            "own": len(content.atlas().own.get(name, ())),
        }
        for name, schema in lc.table_schemas().items()
    ]
    tables = exports.sheet("tables", OVERVIEW["tables"], exports.frame(rows, columns), columns)
    made = exports.Offer(lc.Text("Data", "数据").in_(language), (tables, _emptiness()))
    return whole.picture(language).added(made)


def _emptiness() -> lc.Sheet:
    columns = (
        lc.Column("kind", lc.Text("kind", "类型代码")),
        lc.Column("label_en", lc.Text("name (English)", "名称（英文）")),
        lc.Column("label_zh", lc.Text("name (Chinese)", "名称（中文）")),
        lc.Column("meaning_en", lc.Text("meaning (English)", "含义（英文）")),
        lc.Column("meaning_zh", lc.Text("meaning (Chinese)", "含义（中文）")),
        lc.Column("count", lc.Text("how often", "次数")),
    )
    rows = [
        {
            "kind": kind.value,
            "label_en": kind.label.en,
            "label_zh": kind.label.zh,
            "meaning_en": kind.meaning.en,
            "meaning_zh": kind.meaning.zh,
            "count": counted(kind),
        }
        for kind in lc.Emptiness
    ]
    return exports.sheet("emptiness", OVERVIEW["emptiness"], exports.frame(rows, columns), columns)


def coverage(query: QueryDict, language: str) -> exports.Offer:
    """How much was seen of each city of the choice, and of each indicator."""
    asked = CoverageQuery.read(query)
    facts = [(f"facts_{g}", "indicator_group", g) for g in matrix.fact_groups()]
    practices = [(f"practices_{m}", "mechanism", m) for m in content.MECHANISMS]
    of = lc.Text("figures: {what}", "数据：{what}"), lc.Text("practices: {what}", "实践举措：{what}")
    columns = (
        *exports.columns("cities", "city_id", "name_en", "name_zh", "country_iso3", "unesco_region"),
        *(
            lc.Column(code, of[code.startswith("practices")].format(what=_both(vocabulary, value)))
            for code, vocabulary, value in (*facts, *practices)
        ),
        lc.Column("practices", lc.Text("practices read", "实践举措数")),
        lc.Column("sources", lc.Text("sources", "来源数")),
        lc.Column("doubtful_sources", lc.Text("doubtful sources", "存疑来源数")),
        lc.Column("facts", lc.Text("figures in all", "数据总数")),
    )
    rows = [_covered(city) for city in matrix.chosen(asked, language)]
    cities = exports.sheet(
        "cities", COVERAGE["cities"], exports.frame(rows, columns), columns, rows_of="cities"
    )
    made = exports.Offer(lc.Text("Coverage", "数据覆盖").in_(language), (cities, _indicators()))
    return matrix.picture(language).added(made)


def _both(vocabulary: str, code: str) -> lc.Text:
    return lc.Text(lc.label(vocabulary, code, "en"), lc.label(vocabulary, code, "zh"))


def _covered(city: content.City) -> content.Row:
    seen = matrix.counts()[city.city_id]
    return {
        "city_id": city.city_id,
        "name_en": city.names.en,
        "name_zh": city.names.zh,
        "country_iso3": city.country,
        "unesco_region": city.region,
        **{f"{kind}_{code}": seen[kind, code] for kind, code in _counted()},
        **{n: int(content.coverage()[city.city_id][n]) for n in ("practices", "sources", "facts")},
        "doubtful_sources": int(content.coverage()[city.city_id]["doubtful_sources"]),
    }


def _counted() -> list[tuple[str, str]]:
    return [("facts", g) for g in matrix.fact_groups()] + [("practices", m) for m in content.MECHANISMS]


def _indicators() -> lc.Sheet:
    seen = content.atlas().indicator_coverage()
    frame = content.atlas().indicators.merge(seen.reset_index(), on="indicator_id")
    columns = (
        *exports.columns("indicators"),
        *(
            lc.Column(s, lc.Text("cities, scope {s}", "城市数（{s}）").format(s=_both("scope", s)))
            for s in matrix.SCOPES
        ),
        lc.Column("countries", lc.Text("countries", "国家数")),
    )
    return exports.sheet("indicators", COVERAGE["indicators"], frame, columns, rows_of="indicators")


def conflicts(query: QueryDict, language: str) -> exports.Offer:
    """Every disagreement, and the figures on each side of it."""
    found = content.atlas().conflicts()
    at_odds = {fact for joined in found["fact_ids"] for fact in content.ids(joined)}
    facts = content.atlas().facts
    sheets = (
        exports.sheet("conflicts", CONFLICT["conflicts"], found, CONFLICTS),
        exports.of_table("facts", facts[facts["fact_id"].isin(at_odds)]),
    )
    made = exports.Offer(CONFLICT["conflicts"].in_(language), sheets)
    return disagreements.picture(language).added(made) if len(found) else made


def sources(query: QueryDict, language: str) -> exports.Offer:
    """The pages read that the address asks for, all of them and not one page of the list."""
    asked = SourceQuery.read(query)
    uses = used_in(language)
    rows = [
        {**record(s), "uses": len(uses.get(s.source_id, []))}
        for s in pages_read.ordered()
        if pages_read.matches(s, asked)
    ]
    columns = (*RECORD, _USES)
    sheet = exports.sheet(
        "sources", lc.Text("Sources", "来源"), exports.frame(rows, columns), columns, rows_of="sources"
    )
    return exports.Offer(lc.Text("Sources", "来源").in_(language), (sheet,))


def statistics(query: QueryDict, language: str) -> exports.Offer:
    """The statistical sources with their terms, and the figures of countries."""
    counts: Counter[str] = Counter()
    atlas = content.atlas()
    for frame in (atlas.context, atlas.population, atlas.exchange_rates):
        counts.update(str(s) for s in frame["source_id"].dropna())
    rows = [{**record(s), "uses": counts[s.source_id]} for s in content.sources().values() if s.statistical]
    columns = (RECORD[0], RECORD[1], RECORD[2], *MORE, _USES)
    title = lc.Text("Statistical sources", "统计来源")
    sheets = (
        exports.sheet("sources", title, exports.frame(rows, columns), columns),
        exports.of_table("country-context", atlas.context),
    )
    return exports.Offer(title.in_(language), sheets)


def dictionary(query: QueryDict, language: str) -> exports.Offer:
    """Every column of every table, and the words of every code."""
    title = lc.Text("Data dictionary", "数据字典")
    columns = tuple(lc.Column(code, text) for code, text in lc.DICTIONARY_HEADS.items())
    codes = tuple(lc.Column(code, text) for code, text in lc.CODE_HEADS.items())
    schemas = lc.table_schemas()
    sheets = (
        exports.sheet("columns", DICTIONARY["columns"], lc.data_dictionary(language, schemas), columns),
        exports.sheet("codes", DICTIONARY["codes"], lc.code_list(language, schemas, content.atlas()), codes),
    )
    return exports.Offer(title.in_(language), sheets)
