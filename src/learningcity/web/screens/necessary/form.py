"""The form of the screen, and other questions that lie near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import MOST_SEED
from learningcity.web.screens.necessary import words
from learningcity.web.screens.necessary.query import (
    CORNERS,
    FEWEST,
    LINES,
    MOST_STEPS,
    NOT_SEEN,
    SCALES,
    TESTED,
    TIMINGS,
    Question,
    conditions,
    most,
)

Row = dict[str, Any]

_LABELS = {
    "form": lc.Text("The question", "提问"),
    "condition": lc.Text("Condition", "条件"),
    "theme": lc.Text("Theme", "特征"),
    "method": lc.Text("Ceiling", "上限线"),
    "corner": lc.Text("Corner: theme needs condition", "考察哪一角（特征须条件）"),
    "lines": lc.Text("Further lines in the picture", "图中另绘"),
    "coder": lc.Text("Whose codes", "采用的编码"),
    "timing": lc.Text("Practices that count", "计入的实践举措"),
    "not_seen": lc.Text("What was not seen", "未见公开资料者"),
    "scale_x": lc.Text("Levels of the conditions in", "条件水平的尺度"),
    "scale_y": lc.Text("Levels of the theme in", "特征水平的尺度"),
    "steps": lc.Text("Equal steps of the theme", "特征的等分步数"),
    "permutations": lc.Text("Shuffles of each pair", "每对的置换次数"),
    "seed": lc.Text("Seed", "随机种子"),
    "more": lc.Text("More choices", "更多选项"),
    "show": lc.Text("Ask", "分析"),
    "reset": lc.Text("Without any choice", "恢复默认"),
    "steps_note": lc.Text(
        "0 steps: the scores that occur, or ten equal steps of a percentage.",
        "步数为0时，取实际出现的得分；百分比尺度则取十等分。",
    ),
    "beforehand": lc.Text(
        "Name condition, theme and corner before looking: who searches 28 pairs and four corners finds an empty one. "
        "The false discovery rate counts the pairs, not the corners.",
        "请在查看结果之前选定条件、特征与角：在28对、四个角中搜寻，总会找到空白的一角。错误发现率只计入配对数，不计入所试的角。",
    ),
}
_NEAREST = lc.Text("nearest to a finding", "最接近发现者")


def build(question: Question, language: str) -> Row:
    """Everything that the form shows."""

    def options(known: Iterable[str], told: Mapping[str, lc.Text], chosen: str) -> list[Row]:
        return [{"value": one, "label": told[one].in_(language), "chosen": one == chosen} for one in known]

    named = {name: words.label(name) for name in (*conditions(), *content.THEMES)}
    coders = [
        {"value": c, "label": lc.label("coder", c, language), "chosen": c == question.coder}
        for c in content.coders()
    ]
    more = {
        "timing": options(TIMINGS, words.TIMINGS, question.timing),
        "coder": coders,
        "not_seen": options(NOT_SEEN, words.NOT_SEEN, question.not_seen),
        "scale_x": options(SCALES, words.SCALES, question.scale_x),
        "scale_y": options(SCALES, words.SCALES, question.scale_y),
    }
    numbers = {
        "steps": (question.steps, 0, MOST_STEPS),
        "permutations": (question.shuffles, FEWEST, most(question.method)),
        "seed": (question.seed, 0, MOST_SEED),
    }
    return {
        "labels": {key: text.in_(language) for key, text in _LABELS.items()},
        "nearest": _NEAREST.in_(language),
        "first": [
            {"name": "condition", "label": _LABELS["condition"].in_(language), "open": True,
             "options": options(conditions(), named, question.condition)},
            {"name": "theme", "label": _LABELS["theme"].in_(language), "open": True,
             "options": options(content.THEMES, named, question.theme)},
            {"name": "corner", "label": _LABELS["corner"].in_(language), "wide": True,
             "options": options(CORNERS, words.CORNERS_SHORT, question.corner)},
            {"name": "method", "label": _LABELS["method"].in_(language), "wide": True,
             "options": options(TESTED, words.METHODS, question.method)},
        ],
        "lines": [
            {"value": one, "label": words.METHODS[one].in_(language), "ticked": one in question.lines}
            for one in LINES
            if one != question.method
        ],
        "more": [{"name": n, "label": _LABELS[n].in_(language), "options": o} for n, o in more.items()],
        "numbers": [
            {"name": n, "label": _LABELS[n].in_(language), "value": v, "least": a, "most": b}
            for n, (v, a, b) in numbers.items()
        ],
        "open": any(name in question.chosen for name in (*more, *numbers)),
        "reset": Question().address(language),
    }  # fmt: skip


def others(question: Question, language: str) -> list[Row]:
    """The same pair asked otherwise; what comes out was not looked at."""
    found = []
    for coder in content.coders():
        if coder != question.coder:
            told = lc.Text(f"By the codes of pass {coder}", f"采用第{coder}遍编码")
            found.append((told, question.with_(coder=coder)))
    if question.timing == "all":
        told = lc.Text("With practices begun before the first award alone", "仅计首次获奖前开始的实践举措")
        found.append((told, question.with_(timing="before")))
    if question.not_seen == "visibility":
        told = lc.Text(
            "With cities left out of a pair where one of the two was not seen",
            "条件或特征未见公开资料的城市不纳入该配对",
        )
        found.append((told, question.with_(not_seen="leave_out")))
    if question.method == "ce_fdh":
        told = lc.Text("By a straight line through the steps' corners", "改用穿过阶梯角点的回归线")
        found.append((told, question.with_(method="cr_fdh", permutations=0)))
    return [{"label": text.in_(language), "href": one.address(language, "#pair")} for text, one in found]
