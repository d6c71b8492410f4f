"""What the screen shows: what is weak, every variable, and of an open one the confusion and each disagreement."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import asking, content, pictures, waiting
from learningcity.web.content import analyses
from learningcity.web.screens.coders import spec, words
from learningcity.web.screens.coders.answer import asked, opened
from learningcity.web.screens.coders.query import DRAWS, TIMINGS, CodersQuery

Row = dict[str, Any]

PICTURES = {"conditions": ("seen", "score"), "codes": ("mechanism", "theme", "area", "code", "group")}  # fmt: skip

_WORDS = {
    "apart": lc.Text("Where they differ", "分歧所在"),
    "apart_note": lc.Text(
        "Each line leads to the practice, where both codings stand side by side, and to its source.",
        "每行可进入相应实践举措，查看两遍编码的对照，并可查看来源。",
    ),
    "all": lc.Text("Every variable", "全部变量"),
    "city": lc.Text("City", "城市"),
    "close": lc.Text("Close the variable", "收起"),
    "colon": lc.Text(": ", "："),
    "comma": lc.Text(", ", "、"),
    "confusion": lc.Text("What one pass called, the other called", "两遍编码对照表"),
    "confusion_note": lc.Text(
        "Rows: {first}; columns: {second}. On the diagonal both say the same.",
        "行为{first}，列为{second}。对角线上为两遍相同者。",
    ),
    "form": lc.Text("Open one variable", "查看一个变量"),
    "glance": lc.Text("At a glance", "总览"),
    "more": lc.Text("More choices", "更多选项"),
    "near": lc.Text("near-constant", "近乎恒定"),
    "none": lc.Text("The passes do not differ on this variable.", "两遍编码在该变量上没有分歧。"),
    "open": lc.Text("Open", "查看"),
    "page": lc.Text("On this page", "本页内容"),
    "practice": lc.Text("Practice", "实践举措"),
    "practices": lc.Text("Practices they count differently", "计入方式不同的实践举措"),
    "reset": lc.Text("Without any choice", "恢复默认"),
    "source": lc.Text("Source", "来源"),
    "space": lc.Text(" ", ""),
    "timing": lc.Text("Practices that count for the scores", "得分计入的实践举措"),
    "draws": lc.Text("Draws of the bootstrap", "自助抽样次数"),
    "seed": lc.Text("Seed", "随机种子"),
    "variable": lc.Text("Variable", "变量"),
    "weak": lc.Text("Too low to build on", "可靠性不足"),
    "weak_note": lc.Text(
        "Alpha below 0.667. What rests on these, such as a path through them, hangs on who coded.",
        "α系数低于0.667。依赖这些变量的结论（如经由它们的路径）取决于由谁编码。",
    ),
    "none_weak": lc.Text("No variable is below 0.667.", "没有变量低于0.667。"),
}  # fmt: skip
_OPTIONS = {
    "timing": {
        "all": lc.Text("all of them", "全部"),
        "before": lc.Text("begun before the first award", "首次获奖前开始者"),
    },
    "draws": {one: lc.Text(f"{int(one):,}", f"{int(one):,}") for one in DRAWS},
}


def drawn(found: lc.AtlasAgreement, language: str) -> tuple[pictures.Picture, ...]:
    """The conditions of cities, and the codes of practices."""
    return tuple(
        pictures.Picture(name, found, "agreement", language, {"kinds": held})
        for name, held in PICTURES.items()
    )


def build(query: CodersQuery, found: lc.AtlasAgreement, language: str) -> Row:
    """Everything on the page.

    Raises
    ------
    UnknownNameError
        There is no such variable.
    """
    variable = opened(query, found)
    weak = sorted(found.weak, key=lambda v: float(found.frame.at[v, "alpha"]))
    return {
        "w": {key: text.in_(language) for key, text in _WORDS.items()},
        "query": query,
        "frame": _frame(query, found, language),
        "said": _said(found, weak).in_(language),
        "practices": len(content.codes_by_practice()),
        "coders": [lc.label("coder", c, language) for c in found.coders],
        "weak": [_row(query, found, v, language, whole=True) for v in weak],
        "pictures": [picture.figure() for picture in drawn(found, language)],
        "kinds": _kinds(query, found, language),
        "form": _form(query, found, weak, language),
        "detail": _detail(query, found, language) if variable else None,
        "closed": query.with_(variable="").address(language, "#variables"),
    }


def _said(found: lc.AtlasAgreement, weak: list[str]) -> lc.Text:
    n, names = len(found.frame), [words.name(found, v) for v in weak]
    places = len(found.disagreements[["variable", "unit"]].drop_duplicates())
    differ = lc.Text(f"The passes differ in {places:,} places, each listed.", f"两遍编码共有{places:,}处分歧，均已列出。")  # fmt: skip
    if not weak:
        return lc.Text(
            f"On none of {n} variables is alpha below {lc.TENTATIVE_ALPHA:g}. {differ.en}",
            f"{n}个变量的α系数均不低于{lc.TENTATIVE_ALPHA:g}。{differ.zh}",
        )
    return lc.Text(
        f"On {len(weak)} of {n} variables the passes agree too little to build on: {'; '.join(t.en for t in names)}. {differ.en}",
        f"{n}个变量中有{len(weak)}个一致性不足、不宜据以下结论：{'；'.join(t.zh for t in names)}。{differ.zh}",
    )


def _kinds(query: CodersQuery, found: lc.AtlasAgreement, language: str) -> list[Row]:
    kinds = [
        {
            "id": kind,
            "title": title.in_(language),
            "unit": unit.in_(language),
            "rows": [
                _row(query, found, str(v), language)
                for v in found.frame.index[found.frame["kind"] == kind]
            ],
        }
        for kind, title, unit in words.KINDS
    ]  # fmt: skip
    return [k for k in kinds if k["rows"]]


def _row(
    query: CodersQuery, found: lc.AtlasAgreement, variable: str, language: str, *, whole: bool = False
) -> Row:
    row = found.frame.loc[variable]
    named = words.name(found, variable).in_(language) if whole else words.short(found, variable, language)
    return {
        "id": f"variable-{variable.replace(' ', '-')}",
        "name": named[:1].upper() + named[1:],
        "href": query.with_(variable=variable).address(language, "#detail"),
        "n": int(row["n"]),
        "percent": f"{row['percent']:.1%}" if row["percent"] == row["percent"] else "",
        "kappa": words.two(row["kappa"], language),
        "alpha": words.two(row["alpha"], language),
        "interval": words.interval(row["alpha_low"], row["alpha_high"], language),
        "near_constant": variable in found.near_constant,
        "weak": variable in found.weak,
    }


def _form(query: CodersQuery, found: lc.AtlasAgreement, weak: list[str], language: str) -> Row:
    chosen = query.variable or (weak or list(map(str, found.frame.index)))[0]
    groups = [
        {
            "label": title.in_(language),
            "options": [
                {"value": v, "label": words.short(found, v, language), "chosen": v == chosen}
                for v in map(str, found.frame.index[found.frame["kind"] == kind])
            ],
        }
        for kind, title, _ in words.KINDS
    ]
    more = [
        {
            "name": name,
            "label": _WORDS[name].in_(language),
            "options": [
                {"value": v, "label": _OPTIONS[name][v].in_(language), "chosen": v == getattr(query, name)}
                for v in known
            ],
        }
        for name, known in (("timing", TIMINGS), ("draws", DRAWS))
    ]
    return {
        "groups": [g for g in groups if g["options"]],
        "more": more,
        "seed": query.seed,
        "open": any(name in query.chosen for name in ("timing", "draws", "seed")),
        "reset": CodersQuery().address(language),
    }


def _detail(query: CodersQuery, found: lc.AtlasAgreement, language: str) -> Row:
    """Confusion and disagreements of the open variable."""
    variable = query.variable
    kind, units = str(found.frame.at[variable, "kind"]), str(found.frame.at[variable, "units"])
    first, second = found.coders[:2]
    counts = found.confusion(variable, first, second)
    called = [words.code(variable, kind, v, language) for v in counts.index]
    label = {c: lc.label("coder", c, language) for c in found.coders}
    named = words.name(found, variable).in_(language)
    return {
        **_row(query, found, variable, language),
        "name": named[:1].upper() + named[1:],
        "note": _WORDS["confusion_note"].in_(language).format(first=label[first], second=label[second]),
        "columns": called,
        "rows": [
            {
                "name": name,
                "cells": [{"n": int(n), "same": k == j} for j, n in enumerate(row)],
                "total": int(sum(row)),
            }
            for k, (name, row) in enumerate(zip(called, counts.to_numpy().tolist(), strict=True))
        ],
        "of_cities": units == "cities",
        "coders": [label[c] for c in found.coders],
        "apart": _apart(found, variable, kind, language),
    }


def _apart(found: lc.AtlasAgreement, variable: str, kind: str, language: str) -> list[Row]:
    """One line a unit: its city, what each coder said, and the practices that lead there."""
    rows: dict[str, Row] = {}
    for one in found.of(variable).to_dict("records"):
        row = rows.setdefault(
            str(one["unit"]),
            {
                "city": one[f"name_{language}"],
                "city_href": f"/{language}/cities/{one['city_id']}",
                "said": [words.code(variable, kind, one[c], language) for c in found.coders],
                "practices": [],
            },
        )
        if isinstance(one["practice_id"], str):
            row["practices"].append(
                {
                    "title": one[f"title_{language}"],
                    "href": f"{one['page'].replace('{language}', language)}#h-codes",
                    "source": one["source_id"],
                    "source_href": f"/{language}/sources/{one['source_id']}",
                }
            )
    return sorted(rows.values(), key=lambda row: content.sort_key(row["city"], language))


def _frame(query: CodersQuery, found: lc.AtlasAgreement, language: str) -> Row:
    computed = (
        (
            lc.Text("Method", "方法"),
            lc.Text(
                "share that agrees, Cohen's kappa, Krippendorff's alpha (ordinal for strength and scores, else nominal)",
                "一致率、Cohen κ系数、Krippendorff α系数（证据强度与得分为定序，其余为定类）",
            ),
        ),
        (
            lc.Text("Interval", "区间"),
            lc.Text(
                f"95 % of {found.draws:,} draws of whole cities, seed {found.seed}",
                f"按城市整体抽取{found.draws:,}次的95%区间，随机种子{found.seed}",
            ),
        ),
    )
    return analyses.frame(
        "coders",
        language,
        limits=found.limits(language),
        computed=[(what, how.in_(language)) for what, how in computed],
        **given(query, language),
        everywhere=False,
    )


def given(query: CodersQuery, language: str) -> Row:
    """What gives the same on the command line."""
    return asking.given(query, language, spec.lines(query), spec.FILE)


def warm(language: str) -> None:
    """Answer the first question."""
    found = asked(CodersQuery(), waiting.made)
    if found is not None:
        build(CodersQuery(), found, language)
