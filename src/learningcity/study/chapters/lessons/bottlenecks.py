"""Bottlenecks that the national framework names, joined to practices."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text, or_none
from learningcity.plan import LessonsResult
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Head,
    Listing,
    Phrase,
    Section,
    Share,
    Table,
    Word,
    say,
)
from learningcity.study.chapters.lessons.peers import code_of, command_of
from learningcity.study.chapters.lessons.words import cell
from learningcity.study.desk import Desk
from learningcity.study.parts import text

CODE = """rows = found.bottlenecks
answered, agreed = int((rows["practices"] > 0).sum()), int(rows["agreed"].sum())
{"named": len(rows), "answered": answered, "practices": found.answers["practice_id"].nunique(), "agreed": agreed}"""
#: Practices named in a row of the table.
NAMED = 2


def bottleneck_section(desk: Desk, found: LessonsResult) -> Section | None:
    """What the framework finds wanting, and which practices answer it; None where the data hold no framework."""
    rows = found.bottlenecks
    if rows.empty:
        return None
    answered = int((rows["practices"] > 0).sum())
    practices = int(found.answers["practice_id"].nunique())
    agreed = int(rows["agreed"].sum())
    whole = int(rows["practices"].sum())
    least = rows[rows["practices"] == rows["practices"].min()].iloc[0]
    blocks: list[Block] = [
        text(
            "The national framework names its own bottlenecks: in policy papers, in the monitoring of learning cities, in "
            "reviews of local law, in the credit banks. We joined each to the codes of practices that would answer it. The "
            "statements are theirs; the joining is ours.",
            "国家政策框架自身指出了若干发展瓶颈，见于政策文件、学习型城市监测、地方立法评析以及学分银行研究。本研究将每项瓶颈与可作回应的"
            "举措编码相对应。陈述出自原文，对应关系由本系统拟定。",
        ),
        Finding(
            "lessons.bottlenecks-answered",
            say(
                "{m} of {n} named bottlenecks {m:meets|meet} practices in awarded cities, {p} {p:practice|practices} in all; fewest answer “{least}” ({k}).",
                "{n}项已指出的瓶颈中，{m}项在获奖城市见到对应举措，共{p}项；对应最少的是“{least}”（{k}项）。",
                m=answered, n=len(rows), p=practices, least=Text(least["name_en"], least["name_zh"]), k=int(least["practices"]),
            ),
            "described",
            Coverage(answered, len(rows), Text("bottlenecks with an answer", "有对应举措的瓶颈")),
            say(
                "{share} of the {whole} {whole:joint|joints} of a bottleneck with a practice {whole:holds|hold} on the codes of every coder; the mapping itself is a judgement.",
                "在{whole}个瓶颈与举措的对应中，{share}得到全部编码员编码的支持；对应关系本身属于判断。",
                share=Share(agreed / whole if whole else 0.0), whole=whole,
            ),
            desk.how(
                "A practice answers a bottleneck where it carries one code of every list in the table of bottlenecks.",
                "举措在瓶颈表的每个清单中至少含一个编码，即视为与该瓶颈对应。",
                code_of(desk, found, CODE), command_of(found, "lessons"), coder=found.coder,
            ),
            {"named": len(rows), "answered": answered, "practices": practices, "agreed": agreed},
        ),
        *_carried(desk, found),
        _table(desk, found),
    ]  # fmt: skip
    unnamed = rows[rows["remedy_en"].isna()] if "remedy_en" in rows.columns else rows
    if len(unnamed):
        blocks.append(
            text(
                "For {n} of them the statement names no remedy, and none is added here.",
                "其中{n}项，原陈述未提出对策，此处亦不添加。",
                n=len(unnamed),
            )
        )
    return Section(
        "lessons.bottlenecks", Text("Named bottlenecks, and practices that answer them", "发展瓶颈与对应举措"), tuple(blocks)
    )  # fmt: skip


def _carried(desk: Desk, found: LessonsResult) -> list[Block]:
    """By which mechanisms the practices that answer are carried."""
    each = found.answers.drop_duplicates("practice_id")["mechanism"].dropna().value_counts()
    if len(each) < 2:
        return []
    first = [str(m) for m in each.index[:2]]
    return [
        text(
            "The practices that answer are carried most often by {a} ({k}) and {b} ({j}), least often by {c} ({i}). Whoever starts from "
            "one bottleneck finds in the table by what its answers are carried and an example from home and abroad, and in the cards "
            "below what would have to be alike.",
            "对应的举措以{a}（{k}项）和{b}（{j}项）为最多，{c}（{i}项）最少。可从某一瓶颈入手，由下表查看对应举措多属哪一类别、国内外各有何例，再由后文卡片查看借鉴所需的条件。",
            a=desk.condition(first[0]), k=int(each.iloc[0]), b=desk.condition(first[1]), j=int(each.iloc[1]),
            c=desk.condition(str(each.index[-1])), i=int(each.iloc[-1]),
        )
    ]  # fmt: skip


def _table(desk: Desk, found: LessonsResult) -> Table:
    return Table(
        "lessons.bottleneck-table",
        say(
            "Bottlenecks that the national framework names, and what answers them",
            "国家政策框架所指的发展瓶颈及与之对应的举措",
        ),
        (
            Head(Text("Bottleneck", "发展瓶颈")),
            Head(Text("Practices that answer", "对应的举措")),
            Head(Text("Examples, home and abroad", "示例（本国与他国）")),
            Head(Text("Remedy that the statement names", "原陈述提出的对策")),
        ),
        tuple(_row(desk, found, r) for r in found.bottlenecks.to_dict("records")),
        say("The mapping is ours. An empty cell: none seen.", "对应关系由本系统拟定。空格表示未见。"),
        short=8,
    )


def _row(desk: Desk, found: LessonsResult, r: dict[str, Any]) -> tuple[Phrase | None, ...]:
    mine = found.answers[found.answers["bottleneck_id"] == r["bottleneck_id"]]
    first = [mine[mine["home"] == home].head(1) for home in (True, False)]
    named = [row for part in first for row in part.to_dict("records")][:NAMED]
    remedy = or_none(r.get("remedy_en"))
    return (
        say("{name}{mark}", "{name}{mark}", name=Text(r["name_en"], r["name_zh"]), mark=desk.sources([r["source_id"]])),
        _answers(desk, r, mine),
        _named(desk, named),
        cell(None if remedy is None else Word(Text(str(remedy), str(r["remedy_zh"])))),
    )  # fmt: skip


def _answers(desk: Desk, r: dict[str, Any], mine: Any) -> Phrase:
    """How many practices answer one bottleneck, of how many cities, and by which mechanism most of them."""
    each = mine["mechanism"].dropna().value_counts()
    most = sorted(str(m) for m in each.index[each == each.max()]) if len(each) else []
    held: dict[str, Any] = {"n": int(r["practices"]), "c": int(r["cities"])}
    if not 0 < len(most) <= 2:
        return say("{n} of {c} {c:city|cities}", "{c}个城市的{n}项", **held)
    return say(
        "{n} of {c} {c:city|cities}, most often by {m}", "{c}个城市的{n}项，以{m}类为最多",
        m=Listing(tuple(desk.condition(m) for m in most)), **held,
    )  # fmt: skip


def _named(desk: Desk, rows: list[dict[str, Any]]) -> Phrase | None:
    if not rows:
        return None
    slots: dict[str, Any] = {}
    for i, row in enumerate(rows):
        slots |= {f"p{i}": desk.practice(row["practice_id"]), f"c{i}": desk.city(row["city_id"])}
    en = "; ".join(f"{{p{i}}} ({{c{i}}})" for i in range(len(rows)))
    zh = "；".join(f"{{p{i}}}（{{c{i}}}）" for i in range(len(rows)))
    return say(en, zh, **slots)
