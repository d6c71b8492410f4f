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
    if context.en:
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
    years = _years(row)
    here, there = (
        Text(row[f"{side}_en"] + year.en, row[f"{side}_zh"] + year.zh)
        for side, year in zip(("here", "there"), years, strict=True)
    )
    if here == there:
        return Text(f"{name.en} ({here.en})", f"{name.zh}（{here.zh}）")
    return Text(f"{name.en} ({here.en} and {there.en})", f"{name.zh}（{here.zh}与{there.zh}）")


def _years(row: Mapping[str, Any]) -> tuple[Text, Text]:
    """The years of both figures where they lie far apart, else nothing."""
    import pandas as pd

    pair = (row["here_year"], row["there_year"])
    if row["kind"] != "city" or any(pd.isna(y) for y in pair) or abs(pair[0] - pair[1]) < FAR_YEARS:
        return Text("", ""), Text("", "")
    first, second = (Text(f" in {int(y)}", f"，{int(y)}年") for y in pair)
    return first, second


def in_sentence(label: Text) -> Text:
    """A label inside an English sentence: "population", but "GDP per head"; without the mark of the country."""
    en = label.en.removesuffix(" (country, context)")
    zh = label.zh.removesuffix("（国家，背景）")
    return Text(en if en[:2].isupper() else en[:1].lower() + en[1:], zh)
