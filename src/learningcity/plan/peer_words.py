"""Why two cities are comparable, and where they differ, as a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learningcity.core import Text, join_texts
from learningcity.plan.figures import REGION

#: Years between two figures from which on the years are told.
FAR_YEARS = 5
_CLAUSES = (
    ("alike", Text("alike in", "相近：")),
    ("between", Text("not far apart in", "相差不大：")),
    ("differs", Text("different in", "差别较大：")),
)


def why_alike(sides: Mapping[str, Sequence[Mapping[str, Any]]]) -> Text:
    """Say on which figures two cities are alike, and on which they differ; those of the country apart, as context.

    Parameters
    ----------
    sides
        Rows of :attr:`learningcity.PeersResult.compared` by "alike", "between", "differs", "not_seen".
    """
    said = [_clauses(sides, "city")]
    context = _clauses(sides, "context")
    known = [
        r
        for rows in sides.values()
        for r in rows
        if r["kind"] == "context" and r["difference"] == r["difference"]
    ]
    if known and all(r["difference"] == 0 for r in known):
        said.append(
            Text("Context: the same figures of the country and the same region", "国家背景与所属地区相同")
        )
    elif context.en:
        said.append(Text(f"Context, of the country: {context.en}", f"国家背景：{context.zh}"))
    lost = [r for r in sides.get("not_seen", ()) if r["kind"] == "city"]
    if lost:
        names = join_texts([in_sentence(Text(r["label_en"], r["label_zh"])) for r in lost], ", ", "、")
        said.append(
            Text(f"Not compared, since no figure was seen: {names.en}", f"未见数据而未比较：{names.zh}")
        )
    whole = [Text(t.en[:1].upper() + t.en[1:] + ".", t.zh + "。") for t in said if t.en]
    return join_texts(whole, " ", "")


def _clauses(sides: Mapping[str, Sequence[Mapping[str, Any]]], kind: str) -> Text:
    found = []
    for side, words in _CLAUSES:
        rows = [r for r in sides.get(side, ()) if r["kind"] == kind]
        if rows:
            told = join_texts([_pair(r) for r in rows], ", ", "、")
            found.append(Text(f"{words.en} {told.en}", f"{words.zh}{told.zh}"))
    return join_texts(found, "; ", "；")


def _pair(row: Mapping[str, Any]) -> Text:
    name = in_sentence(Text(row["label_en"], row["label_zh"]))
    if row["figure"] == REGION and row["here_en"] == row["there_en"]:
        return Text(f"{name.en} ({row['here_en']})", f"{name.zh}（{row['here_zh']}）")
    (first, second), apart = _years(row)
    here, there = (Text(row[f"{side}_en"], row[f"{side}_zh"]) for side in ("here", "there"))
    if apart:
        here = Text(f"{here.en} in {first}", f"{first}年{here.zh}")
        there = Text(f"{there.en} in {second}", f"{second}年{there.zh}")
    if here == there:
        return Text(f"{name.en} ({here.en})", f"{name.zh}（{here.zh}）")
    return Text(f"{name.en} ({here.en} and {there.en})", f"{name.zh}（{here.zh}与{there.zh}）")


def _years(row: Mapping[str, Any]) -> tuple[tuple[int, int], bool]:
    """The years of both figures, and whether they lie so far apart that a reader must know."""
    import pandas as pd

    pair = (row["here_year"], row["there_year"])
    if row["kind"] != "city" or any(pd.isna(y) for y in pair) or abs(pair[0] - pair[1]) < FAR_YEARS:
        return (0, 0), False
    return (int(pair[0]), int(pair[1])), True


def in_sentence(label: Text) -> Text:
    """A label inside an English sentence: "population", but "GDP per head"; without the mark of the country."""
    en = label.en.removesuffix(" (country, context)").replace(", PPP", " (PPP)")
    zh = label.zh.removesuffix("（国家，背景）")
    return Text(en if en[:2].isupper() else en[:1].lower() + en[1:], zh)
