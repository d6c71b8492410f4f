"""Sources, the way back from a figure or claim to its page, and search."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import asked as ask
from learningcity.web.api import tables
from learningcity.web.api.answers import Listing, Record
from learningcity.web.api.columns import column, shape
from learningcity.web.api.problems import of_error
from learningcity.web.api.resources import resource
from learningcity.web.screens.search.page import address

router = Router(tags=["sources"])
Row = dict[str, Any]
SOURCES = (
    column("source_id", "string", "Source.", "来源。"),
    column("title", "string", "Title as the page prints it.", "页面所载标题。", nullable=True),
    column("name_en", "string", "What the atlas calls it.", "本图谱所用名称（英文）。"),
    column("name_zh", "string", "What the atlas calls it, in Chinese.", "本图谱所用名称（中文）。"),
    column("tier", "string", "How near to the event.", "来源等级。"),
    column("statistical", "boolean", "Whether it is a statistical data set.", "是否为统计数据集。"),
    column("doubtful", "boolean", "Whether it is doubtful: original not seen, after a repost.", "是否存疑：原文未见，据转载。"),
    column("address", "string", "Address as text; a doubtful one must not be linked.", "网址（文字）；存疑者不得作链接。", nullable=True),
    column("link", "string", "Address that may be linked; null for a doubtful source.", "可作链接的网址；存疑来源为null。", nullable=True),
    column("publisher", "string", "Publisher of a data set.", "数据集的发布机构。", nullable=True),
    column("licence", "string", "Licence as found.", "所见许可。", nullable=True),
    column("facts", "integer", "Facts that rest on it.", "以其为据的数据数。"),
    column("practices", "integer", "Practices that rest on it.", "以其为据的实践举措数。"),
    column("own", "boolean", "Whether a user's own table added it.", "是否由用户自有数据新增。"),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


@cache
def source_rows(language: str) -> dict[str, Row]:
    """All sources by id, those of the statistics included."""
    used: dict[str, dict[str, int]] = {"facts": {}, "practices": {}}
    for table, counts in used.items():
        for row in tables.plain_rows(table):
            counts[row["source_id"]] = counts.get(row["source_id"], 0) + 1
    return {
        i: {
            "source_id": i, "title": s.title, "name_en": s.name("en"), "name_zh": s.name("zh"), "tier": s.tier,
            "statistical": s.statistical, "doubtful": s.doubtful, "address": s.address, "link": s.link,
            "publisher": s.publisher, "licence": s.licence,
            "facts": used["facts"].get(i, 0), "practices": used["practices"].get(i, 0),
            "own": content.is_own("statistical-sources" if s.statistical else "sources", i),
            "href": f"/{language}/sources/{i}",
        }
        for i, s in content.sources().items()
    }  # fmt: skip


class SourceFilters(ask.Listed):
    """The filters of sources."""

    tier: list[str] = ask.many("tiers", "Tiers.", "来源等级。")
    statistical: bool | None = ask.flag(
        "Statistical data sets alone, or pages alone.", "仅统计数据集，或仅网页。", None
    )
    q: str | None = ask.text("Words of title or address.", "标题或网址中的词。", 100)


@resource(
    router, "/sources",
    title=lc.Text("Sources", "来源"),
    note=lc.Text("Every page and data set that was read. Doubtful addresses are text and never links.",
                 "读取的全部页面与数据集。存疑网址仅作文字，不作链接。"),
    asks=SourceFilters, columns=SOURCES, examples=("?tier=unesco&limit=5", "?q=chengdu"),
)  # fmt: skip
def sources(asked: SourceFilters, language: str) -> Listing:
    """Sources that fit every filter."""
    rows = [
        r for r in source_rows(language).values()
        if tables.among(r["tier"], asked.tier)
        and asked.statistical in (None, r["statistical"])
        and tables.speaks_of(r, ("title", "address", "source_id"), asked.q)
    ]  # fmt: skip
    return Listing(rows)


def _record() -> Row:
    return shape(SOURCES, {
        "fact_ids": {"type": "array", "items": {"type": "string"}},
        "practice_ids": {"type": "array", "items": {"type": "string"}},
    })  # fmt: skip


@resource(
    router, "/sources/{source_id}",
    title=lc.Text("One source", "单个来源"),
    note=lc.Text("A source and what rests on it.", "一个来源及以其为据的内容。"),
    asks=ask.Asked, record=_record, examples=("/sources/s0001", "/sources/un-wup-2018"),
)  # fmt: skip
def source(asked: ask.Asked, language: str, source_id: str) -> Record:
    """One source by its id."""
    rows = source_rows(language)
    if source_id not in rows:
        raise of_error(lc.UnknownNameError("source", source_id[:100], rows), "unknown-name")
    return Record({
        **rows[source_id],
        "fact_ids": [r["fact_id"] for r in tables.plain_rows("facts") if r["source_id"] == source_id],
        "practice_ids": [r["practice_id"] for r in tables.plain_rows("practices") if r["source_id"] == source_id],
    })  # fmt: skip


HITS = (
    column("rank", "integer", "Place, from 1.", "名次，从1起。"),
    column("kind", "string", "What it is.", "类别。"),
    column("id", "string", "Its id.", "编号。"),
    column("city_id", "string", "Its city.", "所属城市。", nullable=True),
    column("title_en", "string", "Title.", "标题（英文）。"),
    column("title_zh", "string", "Title in Chinese.", "标题（中文）。"),
    column("snippet_en", "string", "Text that matched.", "匹配文字（英文）。"),
    column("snippet_zh", "string", "Text that matched, in Chinese.", "匹配文字（中文）。"),
    column("score", "number", "Score; of meaning within one answer alone.", "匹配得分，仅在同一次应答内可比。"),
    column("confirmed", "boolean", "Whether the wording was checked against the published document.", "表述是否已与正式文件核对。"),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


class SearchQuestion(ask.Listed):
    """What is looked for."""

    q: str = ask.text("What to look for, in Chinese or English.", "检索内容，中英文均可。", 200, ...)
    kind: list[str] = ask.many("search-kinds", "Kinds of entries.", "条目类别。")


@resource(
    router, "/search",
    title=lc.Text("Search", "检索"),
    note=lc.Text("Cities, practices, facts, concepts and more, the best first.", "检索城市、实践举措、数据、概念等，最相关者在前。"),
    asks=SearchQuestion, columns=HITS, examples=("?q=law+chengdu", "?q=终身学习&limit=5", "?q=library&kind=practice&format=csv"),
)  # fmt: skip
def search(asked: SearchQuestion, language: str) -> Listing:
    """What was found for a text."""
    found = content.atlas().search(asked.q)
    rows = [
        {"rank": rank, "kind": hit.kind, "id": hit.id, "city_id": hit.city_id, **tables.texts(hit.title, "title"),
         **tables.texts(hit.snippet, "snippet"), "score": float(hit.score), "confirmed": hit.confirmed,
         "href": address(hit, language)}
        for rank, hit in enumerate(found, 1) if tables.among(hit.kind, asked.kind)
    ]  # fmt: skip
    notes = []
    if found.relaxed:
        notes.append(lc.Text("Nothing holds all parts of the query; entries with some of them are shown.",
                             "没有条目包含全部检索词，现列出包含部分检索词的条目。"))  # fmt: skip
    if found.suggestions:
        notes.append(
            lc.Text(
                f"Did you mean: {'; '.join(found.suggestions)}?", f"是否指：{'；'.join(found.suggestions)}？"
            )
        )
    return Listing(rows, tuple(notes))


STEPS = (
    column("step", "string", "fact, practice, code, cell, score, source, use, alternative or not chosen.",
           "步骤：fact、practice、code、cell、score、source、use、alternative或not chosen。"),
    column("id", "string", "What the step shows.", "该步所示之项。"),
    column("city_id", "string", "City.", "城市。", nullable=True),
    column("what_en", "string", "In words.", "说明（英文）。", nullable=True),
    column("what_zh", "string", "In words, in Chinese.", "说明（中文）。", nullable=True),
    column("detail", "string", "As published, or the code in words.", "原文或编码说明。", nullable=True),
    column("detail_zh", "string", "The same in Chinese.", "原文或编码说明（中文）。", nullable=True),
    column("source_id", "string", "Source.", "来源。", nullable=True),
    column("source_title", "string", "Its title.", "来源标题。", nullable=True),
    column("source_href", "string", "Its page in this atlas.", "来源在本图谱中的页面。", nullable=True, format_="uri-reference"),
    column("source_link", "string", "Its address; null where it is doubtful.", "来源网址；存疑者为null。", nullable=True),
    column("source_tier", "string", "Its tier.", "来源等级。", nullable=True),
)  # fmt: skip


class FigureQuestion(ask.Listed):
    """A cell of the wide table."""

    city: str = ask.one("cities", "City.", "城市。", ...)
    indicator: str = ask.one("indicators", "Indicator.", "指标。", ...)


class ScoreQuestion(ask.Listed):
    """A condition score."""

    city: str = ask.one("cities", "City.", "城市。", ...)
    condition: str = ask.one("conditions", "Mechanism or visible theme.", "举措类别或特征。", ...)
    coder: str = ask.one("coders", "Whose codes.", "编码员。", "A")


@resource(
    router, "/trace/figure",
    title=lc.Text("Trace a figure", "数据溯源"),
    note=lc.Text("The way from the figure of a city and indicator, as the default policy takes it, to its facts and sources; "
                 "with those that were not chosen.",
                 "由某城市某指标按默认规则所取的数值回溯至数据与来源，并列出未选用者。"),
    asks=FigureQuestion, columns=STEPS, examples=("?city=wuhan&indicator=universities_count",),
)  # fmt: skip
def trace_figure(asked: FigureQuestion, language: str) -> Listing:
    """Steps from a figure to its sources."""
    return _steps(content.atlas().trace(city=asked.city, indicator=asked.indicator), language)


@resource(
    router, "/trace/score",
    title=lc.Text("Trace a score", "得分溯源"),
    note=lc.Text("The way from a condition score under the default policy to its practices and sources.",
                 "由按默认规则所得的条件得分回溯至实践举措与来源。"),
    asks=ScoreQuestion, columns=STEPS, examples=("?city=wuhan&condition=law", "?city=cork&condition=funding&coder=B&format=csv"),
)  # fmt: skip
def trace_score(asked: ScoreQuestion, language: str) -> Listing:
    """Steps from a condition score to its sources."""
    found = content.atlas().trace(city=asked.city, condition=asked.condition, coder=asked.coder)
    return _steps(found, language)


@resource(
    router, "/trace/{id_}",
    title=lc.Text("Trace an id", "编号溯源"),
    note=lc.Text("The way from a fact or practice back to its source, or from a source to all that rests on it.",
                 "由数据或实践举措回溯至来源，或由来源查看以其为据的全部内容。"),
    asks=ask.Listed, columns=STEPS, examples=("/trace/f0001", "/trace/wuhan-01", "/trace/s0068?format=csv"),
)  # fmt: skip
def trace(asked: ask.Listed, language: str, id_: str) -> Listing:
    """Steps from an id to its sources."""
    try:
        found = content.atlas().trace(id_)
    except lc.UnknownNameError as error:
        raise of_error(error, "unknown-name") from error
    return _steps(found, language)


def _steps(found: Any, language: str) -> Listing:
    names = [c.name for c in STEPS]
    told = [{**r, **tables.source_parts(r["source_id"], language)} for r in content.rows(found.table())]
    return Listing([{n: r.get(n) for n in names} for r in told])
