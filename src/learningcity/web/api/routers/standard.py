"""The standard: Key Features, measurements, crosswalk, frameworks, ideas, and China's national framework."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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

router = Router(tags=["standard"])
Row = dict[str, Any]
_NOT_CONFIRMED = lc.Text(
    "confirmed = no: wording, numbering and place were not checked against the published document.",
    "confirmed为no：文字、编号与位置尚未与正式文件核对。",
)


class StandardFilters(ask.Listed):
    """The filter of the standard."""

    level: list[str] = ask.many("pillar-levels", "Levels.", "层级。")
    confirmed: list[str] = ask.many("yes-no", "Whether it was confirmed.", "是否已核实。")


@resource(
    router, "/standard",
    title=lc.Text("Key Features of Learning Cities", "学习型城市主要特征"),
    note=lc.Text("Pillars, areas and features; the wording in both languages is ours.", "板块、领域与特征；中英文表述均为本项目所拟。"),
    asks=StandardFilters, columns=table_columns("key-features"), examples=("?level=area", "?format=csv"),
)  # fmt: skip
def standard(asked: StandardFilters, language: str) -> Listing:
    """Items of the standard."""
    rows = tables.fitting("key-features", language, {"level": asked.level, "confirmed": asked.confirmed})
    return Listing(rows, (_NOT_CONFIRMED,))


@resource(
    router, "/measurements",
    title=lc.Text("Possible measurements", "测量指标"),
    note=lc.Text("A measurement under each feature, with unit and kind of source.", "各特征下的测量指标，含单位与来源种类。"),
    asks=ask.Listed, columns=table_columns("measurements"), examples=("?limit=5",),
)  # fmt: skip
def measurements(asked: ask.Listed, language: str) -> Listing:
    """All measurements."""
    return Listing(tables.table_rows("measurements", language), (_NOT_CONFIRMED,))


_WALK = {
    "area": "Area; null = mapped to none.", "area_en": "Name of the area.", "area_zh": "Name of the area in Chinese.",
    "framework_id": "Framework; null for a criterion of the award.", "framework_en": "Its name.",
    "framework_zh": "Its name in Chinese.", "code": "Code of a criterion.", "name_en": "What it asks for.",
    "name_zh": "What it asks for, in Chinese.", "publisher": "Publisher.", "unit": "Unit.",
    "mapping": "Whose mapping.",
}  # fmt: skip
_WALK_ZH = {
    "area": "领域；null为未对应任何领域。", "area_en": "领域名称（英文）。", "area_zh": "领域名称（中文）。",
    "framework_id": "框架；评审标准为null。", "framework_en": "框架名称（英文）。", "framework_zh": "框架名称（中文）。",
    "code": "评审标准编号。", "name_en": "内容（英文）。", "name_zh": "内容（中文）。", "publisher": "发布机构。",
    "unit": "单位。", "mapping": "对应关系由谁判断。",
}  # fmt: skip
CROSSWALK = (
    column("kind", "string", "criterion of the award, or framework.", "criterion为评审标准，framework为其他框架。", known=("criterion", "framework")),
    column("round", "integer", "Round of a criterion.", "评审标准的届次。", nullable=True),
    *(column(n, "string", en, _WALK_ZH[n], nullable=True) for n, en in _WALK.items()),
    column("year", "integer", "Year.", "年份。", nullable=True),
    column("source_ids", LIST, "Sources.", "来源。"),
    column("source_hrefs", LIST, "Pages of the sources.", "各来源的页面。", format_="uri-reference"),
)  # fmt: skip


class CrosswalkFilters(ask.Listed):
    """The filters of the crosswalk."""

    framework: list[str] = ask.many("frameworks", "Frameworks.", "框架。")
    area: str | None = ask.one("areas", "An area of the Key Features.", "主要特征的一个领域。")
    round: str | None = ask.one("rounds-rules", "Criteria of this round.", "该届评审标准。")


@resource(
    router, "/crosswalk",
    title=lc.Text("Crosswalk", "对照表"),
    note=lc.Text("What award rounds and other frameworks ask for, area by area. All mappings are ours, not UNESCO's.",
                 "各届评审标准与其他框架按领域对照。对应关系均由本项目判断，不代表联合国教科文组织的观点。"),
    asks=CrosswalkFilters, columns=CROSSWALK, examples=("?area=4", "?framework=sdg4&format=csv", "?round=2024"),
)  # fmt: skip
def crosswalk(asked: CrosswalkFilters, language: str) -> Listing:
    """Rows of the crosswalk."""
    rows = _walk(tuple(sorted(set(asked.framework))), asked.area, asked.round)
    return Listing([{**r, "source_hrefs": tables.source_pages(r["source_ids"], language)} for r in rows])


@lru_cache(maxsize=64)
def _walk(framework: tuple[str, ...], area: str | None, round: str | None) -> tuple[Row, ...]:
    walk = lc.crosswalk(framework=framework or None, area=area, round=round)
    return tuple({**r, "source_ids": content.ids(r["source_ids"])} for r in content.rows(walk.table()))


class FrameworkFilters(ask.Listed):
    """The filters of other frameworks."""

    framework: list[str] = ask.many("frameworks", "Frameworks.", "框架。")
    area: list[str] = ask.many("areas", "Areas that we see in it.", "我们认为所涉及的领域。")


@resource(
    router, "/frameworks",
    title=lc.Text("Comparable frameworks", "可比框架"),
    note=lc.Text("One indicator or criterion a row, as far as public pages show it.", "每项指标或标准一行，仅就公开页面所见。"),
    asks=FrameworkFilters, columns=table_columns("other-frameworks"), examples=("?framework=iso-37120",),
)  # fmt: skip
def frameworks(asked: FrameworkFilters, language: str) -> Listing:
    """Rows of other frameworks."""
    wanted: dict[str, Sequence[Any]] = {"framework_id": asked.framework, "maps_to_area": asked.area}
    return Listing(tables.fitting("other-frameworks", language, wanted))


class ConceptFilters(ask.Listed):
    """The filters of concepts."""

    theory: list[str] = ask.many("theories", "Theories.", "理论。")
    area: list[str] = ask.many("areas", "Areas that it founds.", "所支撑的领域。")


@resource(
    router, "/concepts",
    title=lc.Text("Concepts and key works", "概念与重要著作"),
    note=lc.Text("Ideas of lifelong learning, learning society and learning city.", "终身学习、学习型社会与学习型城市的思想。"),
    asks=ConceptFilters, columns=table_columns("concepts"), examples=("?area=4",),
)  # fmt: skip
def concepts(asked: ConceptFilters, language: str) -> Listing:
    """Concepts that fit every filter."""
    return Listing(tables.fitting("concepts", language, {"theory": asked.theory, "areas": asked.area}))


class WorkFilters(ask.Listed):
    """The filters of literature."""

    theme: list[str] = ask.many("literature-themes", "Themes.", "主题。")
    written_in: list[str] = ask.many("literature-languages", "Languages of the works.", "文献语言。")
    year: list[Year] = ask.years("Years.", "年份。")
    q: str | None = ask.text(
        "Words of title, authors, outlet or finding.", "标题、作者、出处或发现中的词。", 100
    )


@resource(
    router, "/literature",
    title=lc.Text("Literature", "文献"),
    note=lc.Text("Research on learning cities, with the finding in our words.", "学习型城市研究文献，发现由本项目概述。"),
    asks=WorkFilters, columns=table_columns("literature"), examples=("?written_in=zh&limit=5", "?q=glasgow"),
)  # fmt: skip
def literature(asked: WorkFilters, language: str) -> Listing:
    """Works that fit every filter."""
    where = ("title", "authors", "outlet", "finding_en", "finding_zh")
    wanted: dict[str, Sequence[Any]] = {
        "theme": asked.theme,
        "language": asked.written_in,
        "year": asked.year,
    }
    found = tables.fitting("literature", language, wanted)
    return Listing([r for r in found if tables.speaks_of(r, where, asked.q)])


class NationalFilters(ask.Listed):
    """The filters of the national framework."""

    topic: list[str] = ask.many("topics", "Topics.", "主题。")
    disputed: list[str] = ask.many("yes-no", "Whether sources dispute it.", "是否有争议。")


@resource(
    router, "/national-framework",
    title=lc.Text("China's national framework", "中国国家层面框架"),
    note=lc.Text("Policy, monitoring, law, credit banks, bottlenecks and remedies, with document numbers where seen.",
                 "政策、监测、立法、学分银行、瓶颈与对策，附所见文号。"),
    asks=NationalFilters, columns=table_columns("national-framework"), examples=("?topic=law",),
)  # fmt: skip
def national_framework(asked: NationalFilters, language: str) -> Listing:
    """Items that fit every filter."""
    return Listing(
        tables.fitting("national-framework", language, {"topic": asked.topic, "disputed": asked.disputed})
    )
