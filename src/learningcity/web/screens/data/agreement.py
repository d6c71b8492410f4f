"""How far the coding passes agree, per condition and code; never one number for all."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content, pictures

Row = dict[str, Any]

#: What stands on the page, in this order: the kind, its heading, what one unit is.
_KINDS: tuple[tuple[str, lc.Text, lc.Text], ...] = (
    (
        "seen",
        lc.Text("Was the condition seen in the city?", "该城市是否见到该条件"),
        lc.Text("One unit is a city: does each pass give it a score or none?", "单元为城市：比较两遍编码是否均有得分。"),
    ),
    (
        "score",
        lc.Text("How strong is the evidence?", "证据有多强"),
        lc.Text("Cities to which both passes give a score; the scores are steps.", "单元为两遍编码均有得分的城市，得分为有序等级。"),
    ),
    (
        "mechanism",
        lc.Text("Mechanisms of a practice", "实践举措的举措类别"),
        lc.Text("One unit is a practice: first and second mechanism together.", "单元为实践举措：第一、第二类别合并计算。"),
    ),
    (
        "theme",
        lc.Text("Visible themes of a practice", "实践举措呈现的特征"),
        lc.Text("One unit is a practice.", "单元为实践举措。"),
    ),
    (
        "code",
        lc.Text("Other codes of a practice", "实践举措的其他编码"),
        lc.Text("One unit is a practice; strength counts as steps.", "单元为实践举措，证据强度按有序等级计算。"),
    ),
    (
        "area",
        lc.Text("Areas of the standard", "标准的领域"),
        lc.Text("One unit is a practice: does it belong to the area?", "单元为实践举措：是否属于该领域。"),
    ),
    (
        "group",
        lc.Text("Groups of people", "人群"),
        lc.Text("One unit is a practice: does it address the group?", "单元为实践举措：是否面向该人群。"),
    ),
)  # fmt: skip

_NOT_DEFINED = lc.Text("not defined", "无法计算")


@cache
def frame() -> tuple[Any, tuple[str, ...]]:
    """The agreement of all variables, computed once a process, and the coders."""
    return result().table(), result().coders


@cache
def result() -> Any:
    """The agreement of all variables, computed once a process."""
    return content.atlas().agreement()


def drawn(language: str) -> tuple[pictures.Picture, ...]:
    """The codes of practices, and the conditions of cities."""
    kinds = {"codes": ("mechanism", "theme", "area"), "conditions": ("seen", "score")}
    return tuple(
        pictures.Picture(name, result(), "agreement", language, {"kinds": held})
        for name, held in kinds.items()
    )


@cache
def build(language: str) -> Row:
    """Everything on the page of agreement."""
    table, coders = frame()
    plain = content.rows(table.reset_index())
    kinds = [
        {
            "id": kind,
            "title": title.in_(language),
            "unit": unit.in_(language),
            "rows": [_row(r, language) for r in plain if r["kind"] == kind],
        }
        for kind, title, unit in _KINDS
    ]
    flagged = [_name(r, language) for r in plain if r["variable"] in result().near_constant]
    return {
        "kinds": [k for k in kinds if k["rows"]],
        "coders": [lc.label("coder", c, language) for c in coders],
        "practices": len(content.codes_by_practice()),
        "near_constant": flagged,
        "variables": len(plain),
        "cities": len(content.cities()),
        "pictures": [picture.figure() for picture in drawn(language)],
    }


def _name(row: Row, language: str) -> str:
    return str(row[f"label_{language}"])


def _short(row: Row, language: str) -> str:
    """The name of a row without the kind that its heading says; an area with its name."""
    kind, _, code = str(row["variable"]).partition(" ")
    name = _name(row, language)
    if kind == "area" and code:
        return f"{code} {lc.load_standard().area(code).name.in_(language)}"
    return name.split("：" if language == "zh" else ": ", 1)[-1]


def _row(row: Row, language: str) -> Row:
    kind, _, code = str(row["variable"]).partition(" ")
    alpha, low, high = row["alpha"], row["alpha_low"], row["alpha_high"]
    between = lc.Text(" to ", "至").in_(language)
    near_constant = row["variable"] in result().near_constant
    seen = None
    if kind == "seen":
        seen = sum(scores[code] is not None for scores in content.condition_scores().values())
    return {
        "id": f"variable-{str(row['variable']).replace(' ', '-')}",
        "name": _short(row, language),
        "n": int(row["n"]),
        "seen": seen,
        "percent": f"{row['percent']:.1%}" if row["percent"] is not None else "",
        "kappa": _two(row["kappa"], language),
        "alpha": _two(alpha, language),
        "interval": f"{_two(low, language)}{between}{_two(high, language)}"
        if low is not None and high is not None
        else "",
        "near_constant": near_constant,
        "weak": alpha is not None and alpha < lc.TENTATIVE_ALPHA and not near_constant,
    }


def _two(value: float | None, language: str) -> str:
    """Two decimals with a true minus sign; said where the coefficient is not defined."""
    if value is None:
        return _NOT_DEFINED.in_(language)
    said = f"{value:.2f}"
    return ("0.00" if said == "-0.00" else said).replace("-", "−")
