"""What the screen gives away: all pairs, the cities behind them, the columns, members as context; pictures."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content, exports, waiting
from learningcity.web.screens.background import words
from learningcity.web.screens.background.answer import answer, asked, opened
from learningcity.web.screens.background.page import drawn
from learningcity.web.screens.background.query import read

TITLE = lc.Text("Background and characteristics", "背景与特征")
TABLES = {
    "pairs": lc.Text("All pairs", "全部变量对"),
    "cities": lc.Text("Background and scores of the cities", "城市的背景与得分"),
    "coverage": lc.Text("Columns of the background", "背景变量"),
    "members": lc.Text("Awarded cities and other members", "获奖城市与其他成员"),
    "member-values": lc.Text("Figures of the members", "各成员数据"),
}
_HEADS = {
    "awarded": lc.Text("awarded", "获奖"),
    "background": lc.Text("background", "背景"),
    "characteristic": lc.Text("characteristic", "特征"),
    "cities": lc.Text("cities", "城市数"),
    "country_iso3": lc.Text("country (ISO 3166)", "国家代码（ISO 3166）"),
    "city_id": lc.Text("city id", "城市编号"),
    "column": lc.Text("column", "列"),
    "comparable": lc.Text("comparable", "可否比较"),
    "estimate": lc.Text("effect size", "效应量"),
    "first_year": lc.Text("first year", "最早年份"),
    "found": lc.Text("found", "发现"),
    "groups": lc.Text("groups (cases)", "组别（案例数）"),
    "held": lc.Text("found throughout", "各种情形下均发现"),
    "high": lc.Text("interval to", "区间上限"),
    "higher": lc.Text("higher group", "较高的组"),
    "kind": lc.Text("kind", "类别"),
    "label_en": lc.Text("name in English", "名称（英文）"),
    "label_zh": lc.Text("name in Chinese", "名称（中文）"),
    "last_year": lc.Text("last year", "最晚年份"),
    "lost": lc.Text("cases lost", "损失的案例"),
    "lost_background": lc.Text("without background", "缺背景的案例"),
    "lost_characteristic": lc.Text("without characteristic", "缺特征的案例"),
    "low": lc.Text("interval from", "区间下限"),
    "measure": lc.Text("measure", "指标"),
    "method": lc.Text("p by", "p值算法"),
    "n": lc.Text("cities", "城市数"),
    "name_en": lc.Text("city in English", "城市（英文）"),
    "name_zh": lc.Text("city in Chinese", "城市（中文）"),
    "note": lc.Text("note", "说明"),
    "note_en": lc.Text("note in English", "说明（英文）"),
    "note_zh": lc.Text("note in Chinese", "说明（中文）"),
    "p": lc.Text("p", "p值"),
    "partial": lc.Text("effort taken out", "剔除工作量后"),
    "partial_high": lc.Text("to, effort taken out", "上限（剔除工作量后）"),
    "partial_low": lc.Text("from, effort taken out", "下限（剔除工作量后）"),
    "partial_n": lc.Text("cities, effort taken out", "城市数（剔除工作量后）"),
    "partial_p": lc.Text("p, effort taken out", "p值（剔除工作量后）"),
    "partial_q": lc.Text("q, effort taken out", "q值（剔除工作量后）"),
    "q_bh": lc.Text("q (Benjamini-Hochberg)", "q值（BH法）"),
    "q_by": lc.Text("q (Benjamini-Yekutieli)", "q值（BY法）"),
    "repeated": lc.Text("without common sources", "剔除共同来源后"),
    "repeated_p": lc.Text("p, without common sources", "p值（剔除共同来源后）"),
    "share": lc.Text("share of the cities", "占城市的比例"),
    "shared": lc.Text("shared evidence", "共用证据比例"),
    "tau_b": lc.Text("tau-b", "tau-b"),
    "unit": lc.Text("unit", "单位"),
    "used": lc.Text("used", "是否使用"),
}
_EFFORT = {
    "practices": lc.Text("practices read", "所读实践举措数"),
    "sources": lc.Text("sources read", "所读来源数"),
}


def tables(query: QueryDict) -> dict[str, lc.Text]:
    """The sheets that a choice has."""
    try:
        question, _ = read(query)
        found = asked(question, waiting.there)
        if found is None:
            return {}
        opened(question, found)
    except lc.InputError:
        return {}
    return _held(found)


def _held(found: lc.AtlasBackground) -> dict[str, lc.Text]:
    return {k: t for k, t in TABLES.items() if found.members is not None or not k.startswith("member")}


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The tables behind the page, numbers in full, and its pictures."""
    question, _ = read(query)
    found = answer(question)
    opened(question, found)
    note = lc.Text(*(" ".join(found.limits(one)) for one in ("en", "zh")))
    sheets = tuple(_sheet(found, name, title, note, language) for name, title in _held(found).items())
    made = exports.Offer(TITLE.in_(language), sheets)
    for picture in drawn(question, found, language):
        made = picture.added(made)
    return made


def _frame(found: lc.AtlasBackground, name: str, language: str) -> Any:
    if name == "pairs":
        return found.table(language)
    if name == "coverage":
        return found.coverage.rename_axis("column").reset_index()
    if name == "members":
        return None if found.members is None else found.members.table(language)
    if name == "member-values":
        return _member_values(found)
    frame = found.background.join(found.coded.data)
    names = {f"name_{one}": [found.coded.names[str(c)].in_(one) for c in frame.index] for one in ("en", "zh")}
    return frame.assign(**names)[[*names, *frame.columns]].rename_axis("city_id").reset_index()


def _member_values(found: lc.AtlasBackground) -> Any:
    """Figures of the members with their names; those without a Chinese name have the one they publish."""
    values = found.member_values
    rows = content.atlas().members.drop_duplicates("city_id").set_index("city_id").reindex(values.index)
    names = {c: rows[c] for c in ("name_en", "country_iso3") if c in rows}
    return values.assign(**names)[[*names, *values.columns]].rename_axis("city_id").reset_index()


def _head(found: lc.AtlasBackground, column: str) -> lc.Text:
    if column in _HEADS:
        return _HEADS[column]
    if column in found.labels:
        return words.label(found, column)
    side, mark, name = column.partition("~")
    if mark:
        one, effort = _HEADS[side], _EFFORT[name]
        return lc.Text(f"{one.en} with {effort.en}", f"{one.zh}与{effort.zh}的相关")
    coder, _, what = column.rpartition("_")
    one = _HEADS[what]
    return lc.Text(f"{one.en}, coder {coder}", f"{one.zh}（编码员{coder}）")


def _sheet(found: lc.AtlasBackground, name: str, title: lc.Text, note: lc.Text, language: str) -> lc.Sheet:
    frame = _frame(found, name, language)
    yes_no = [str(c) for c in frame.columns if frame[c].dtype == bool]
    frame = frame.assign(**{c: ["yes" if one else "no" for one in frame[c]] for c in yes_no})
    given = tuple(
        lc.Column(c, _head(found, c), "yes_no" if c in yes_no else "") for c in map(str, frame.columns)
    )
    return exports.sheet(name, title, frame, given, note)
