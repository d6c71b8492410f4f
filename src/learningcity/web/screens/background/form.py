"""The two forms of the screen: how the pairs are judged, and which pair is open."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.background import words
from learningcity.web.screens.background.query import (
    ADJUST,
    KINDS,
    NOT_SEEN,
    PERMUTATIONS,
    TIMINGS,
    BackgroundQuery,
    figures,
)

Row = dict[str, Any]

LABELS = {
    "form": lc.Text("How the pairs are judged", "检验方式"),
    "open": lc.Text("Open one pair", "查看一对变量"),
    "open_button": lc.Text("Open", "查看"),
    "x": lc.Text("Background", "背景"),
    "y": lc.Text("Characteristic", "特征"),
    "kind": lc.Text("Characteristics", "特征范围"),
    "indicators": lc.Text("Figures of the cities", "城市数据"),
    "none_ticked": lc.Text(
        "With none ticked: all of these. Region, year of the first award and the figures of the country enter beside them.",
        "均不勾选时，取以上全部。地区、首次获奖年份及国家数据同时纳入。",
    ),
    "coder": lc.Text("Whose codes", "采用的编码"),
    "timing": lc.Text("Practices that count", "计入的实践举措"),
    "not_seen": lc.Text("What was not seen", "未见公开资料者"),
    "adjust": lc.Text("False discovery rate", "错误发现率"),
    "permutations": lc.Text("Shuffles a pair", "每对置换次数"),
    "seed": lc.Text("Seed", "随机种子"),
    "more": lc.Text("More choices", "更多选项"),
    "show": lc.Text("Judge", "检验"),
    "reset": lc.Text("Without any choice", "恢复默认"),
    "beforehand": lc.Text(
        "Choose before looking: who tries several ways until something is found has found nothing.",
        "请在查看结果之前选定：反复更换方式直至“有所发现”，不能算作发现。",
    ),
}
OPTIONS = {
    "kind": {
        "all": lc.Text("mechanisms and visible themes", "举措类别与呈现的特征"),
        "mechanism": lc.Text("mechanisms alone", "仅举措类别"),
        "theme": lc.Text("visible themes alone", "仅呈现的特征"),
    },
    "timing": {
        "all": lc.Text("all of them", "全部"),
        "before": lc.Text("begun before the first award", "首次获奖前开始者"),
    },
    "not_seen": {
        "visibility": lc.Text("counts as not visible (0)", "视为未呈现（0）"),
        "leave_out": lc.Text("leaves the city out", "剔除该城市"),
    },
    "adjust": {
        "bh": lc.Text("Benjamini-Hochberg", "BH法（Benjamini-Hochberg）"),
        "by": lc.Text("Benjamini-Yekutieli, under any dependence", "BY法（Benjamini-Yekutieli，适用于任意相依）"),
    },
    "permutations": {one: lc.Text(f"{int(one):,}", f"{int(one):,}") for one in PERMUTATIONS},
}  # fmt: skip
_KNOWN = {
    "kind": KINDS,
    "timing": TIMINGS,
    "not_seen": NOT_SEEN,
    "adjust": ADJUST,
    "permutations": PERMUTATIONS,
}


def build(query: BackgroundQuery, language: str) -> Row:
    """The form of choices; the open pair is kept in it."""

    def field(name: str) -> Row:
        chosen = getattr(query, name)
        options = [
            {"value": v, "label": OPTIONS[name][v].in_(language), "chosen": v == chosen} for v in _KNOWN[name]
        ]
        return {"name": name, "label": LABELS[name].in_(language), "options": options}

    coders = [
        {"value": c, "label": lc.label("coder", c, language), "chosen": c == query.coder}
        for c in content.coders()
    ]
    coder = {"name": "coder", "label": LABELS["coder"].in_(language), "options": coders}
    more = ("timing", "not_seen", "adjust", "permutations")
    return {
        "labels": {key: text.in_(language) for key, text in LABELS.items()},
        "first": [field("kind"), coder],
        "figures": [
            {
                "value": name,
                "label": content.indicators()[name][f"name_{language}"],
                "ticked": name in query.indicators,
            }
            for name in dict.fromkeys((*figures(), *query.indicators))
        ],
        "more": [field(name) for name in more],
        "seed": query.seed,
        "open": any(name in query.chosen for name in (*more, "seed")),
        "kept": {name: v for name, v in query.chosen.items() if name in ("x", "y")},
        "reset": BackgroundQuery().address(language),
    }


def opening(query: BackgroundQuery, found: lc.AtlasBackground, first: Any, language: str) -> Row:
    """The form that opens a pair; it stands at the open one, else at the one that comes nearest to a finding."""
    chosen = (query.x or first.background, query.y or first.characteristic)
    columns = (
        list(dict.fromkeys(p.background for p in found.association.pairs)),
        list(dict.fromkeys(p.characteristic for p in found.association.pairs)),
    )
    return {
        "fields": [
            {
                "name": name,
                "label": LABELS[name].in_(language),
                "options": [
                    {"value": c, "label": words.label(found, c).in_(language), "chosen": c == here}
                    for c in held
                ],
            }
            for name, here, held in zip(("x", "y"), chosen, columns, strict=True)
        ],
        "kept": {name: v for name, v in query.chosen.items() if name not in ("x", "y")},
    }
