"""Kind "agreement": alpha of the coding passes per code, a dot with its interval, by groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from learningcity.atlas import TENTATIVE_ALPHA, is_low_though_alike
from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW, require
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import INK, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    from learningcity.atlas import AgreementResult

KINDS = {
    "seen": Text("Condition seen in the city", "城市是否见到该条件"),
    "score": Text("Score of the condition", "条件得分"),
    "mechanism": Text("Mechanisms of a practice", "实践举措的举措类别"),
    "theme": Text("Visible themes of a practice", "实践举措呈现的特征"),
    "area": Text("Areas of the standard", "标准的领域"),
    "code": Text("Other codes of a practice", "实践举措的其他编码"),
    "group": Text("Groups of people", "人群"),
}
_ON_CITIES = Text("Agreement of the passes on the conditions of cities", "各遍编码在城市条件上的一致性")
_ON_PRACTICES = Text("Agreement of the passes on the codes of practices", "各遍编码在实践举措编码上的一致性")


def agreement(
    result: AgreementResult, language: str, *, kinds: Sequence[str] = ("mechanism", "theme", "area")
) -> Sketch:
    """Draw Krippendorff's alpha of each code with its bootstrap interval.

    Parameters
    ----------
    result
        Of ``atlas.agreement()``.
    language
        "en" or "zh".
    kinds
        Groups of codes, in this order: "seen", "score", "mechanism", "theme", "area", "code", "group".

    Raises
    ------
    UnknownNameError
        No such kind of code.
    """
    import pandas as pd

    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in kinds:
        require("option", kind, KINDS)
    if not hasattr(result, "coders"):
        raise InputError(
            Text("Agreement is drawn of atlas.agreement().", "一致性图须用atlas.agreement()的结果绘制。")
        )
    frame = result.table()
    found = [
        {
            "kind": KINDS[kind].in_(language),
            "name": _name(str(variable), row, language),
            **{c: float(row[c]) for c in ("alpha", "alpha_low", "alpha_high", "percent")},
            "n": int(row["n"]),
        }
        for kind in kinds
        for variable, row in frame[frame["kind"] == kind].iterrows()
    ]
    table = pd.DataFrame(found, columns=["kind", "name", "n", "percent", "alpha", "alpha_low", "alpha_high"])
    table = table.astype(dict.fromkeys(("percent", "alpha", "alpha_low", "alpha_high"), "float64")).round(3)
    return Sketch(
        title=(_ON_CITIES if set(kinds) <= {"seen", "score"} else _ON_PRACTICES).in_(language),
        alt=_alt(found, language),
        table=table,
        heads={
            "kind": Text("What is coded", "编码内容").in_(language),
            "name": Text("Code", "编码").in_(language),
            "n": Text("Units", "单元").in_(language),
            "percent": Text("Agreeing", "一致比例").in_(language),
            "alpha": Text("Alpha", "α系数").in_(language),
            "alpha_low": Text("Interval from", "区间下限").in_(language),
            "alpha_high": Text("Interval to", "区间上限").in_(language),
        },
        caption=Text(
            "Krippendorff's alpha, 1 = perfect; the line holds 95 of 100 values when whole cities are drawn anew. "
            "Both passes are machine-assisted readings by one protocol: agreement is not truth, and no human "
            "expert has coded yet.",
            "Krippendorff α系数，1为完全一致；线段为按城市重抽样的95%区间。各遍编码均为按同一规程进行的机器辅助阅读，"
            "一致不等于正确，尚无专家人工编码。",
        ).in_(language),
        draw=lambda width: _draw(found, width, language),
    )


def _name(variable: str, row: Any, language: str) -> str:
    kind, _, code = variable.partition(" ")
    if kind == "area" and code:
        from learningcity.standards import load_standard

        names = {a.code: a.name.in_(language) for a in load_standard().areas}
        return f"{code} {names[code]}" if code in names else code
    said = str(row[f"label_{language}"]).split("：" if language == "zh" else ": ", 1)[-1]
    return said[:1].upper() + said[1:]


def _alt(found: list[dict[str, Any]], language: str) -> str:
    defined = [r for r in found if r["alpha"] == r["alpha"]]
    if not defined:
        return Text("No alpha is defined for these codes.", "这些编码无法计算α系数。").in_(language)
    low, high = min(defined, key=lambda r: r["alpha"]), max(defined, key=lambda r: r["alpha"])
    weak = sum(r["alpha"] < TENTATIVE_ALPHA for r in defined)
    text = Text(
        f"Dots with intervals for {len(found)} codes: alpha from {low['alpha']:.2f} ({low['name']}) to "
        f"{high['alpha']:.2f} ({high['name']}); {weak} below {TENTATIVE_ALPHA}.",
        f"{len(found)}项编码的点与区间：α系数从{low['alpha']:.2f}（{low['name']}）到{high['alpha']:.2f}"
        f"（{high['name']}），{weak}项低于{TENTATIVE_ALPHA}。",
    )
    return text.in_(language)


def _dot_with_line(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x - 8, y, x + 8, y, TONES[3], 2)
    canvas.dot(x, y, 4, TONES[3], TONES[3])


def _draw(found: list[dict[str, Any]], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    room = 118 if narrow else 300
    labels = [wrapped(r["name"], 12, room, 3) for r in found]
    left = min(room, max((width_of(p, 12) for t in labels for p in t.split("\n")), default=60)) + 14
    lows = [r[c] for r in found for c in ("alpha", "alpha_low") if r[c] == r[c]]
    across = Scale(min([0.0, *lows]), 1, left, width - 40)
    y, before = 30.0, ""
    places: list[tuple[float, dict[str, Any] | None, str]] = []
    for row, label in zip(found, labels, strict=True):
        if row["kind"] != before:
            y += 10 if before else 0
            places.append((y, None, row["kind"]))
            y, before = y + 24, row["kind"]
        tall = 22 + 13 * label.count("\n")
        places.append((y + tall / 2 - 11, row, label))
        y += tall
    floor = y
    for value in across.ticks(4 if narrow else 6):
        canvas.line(across(value), 22, across(value), floor)
        canvas.text(across(value), 10, f"{value:g}".replace("-", "−"), MUTED, align="center")
    canvas.line(across(TENTATIVE_ALPHA), 22, across(TENTATIVE_ALPHA), floor, MARK, 1.2, (4, 3))
    for at, item, label in places:
        if item is None:
            canvas.text(0, at, label, INK, 12, weight="bold")
        else:
            _row(canvas, across, at, item, label, left, width)
    entries = [
        (lambda x, at: _dot_with_line(canvas, x, at), Text("alpha and its interval", "α系数及区间").in_(language)),
        (lambda x, at: canvas.line(x, at - 7, x, at + 7, MARK, 1.2, (4, 3)), Text(f"{TENTATIVE_ALPHA}: below it not even tentative", f"{TENTATIVE_ALPHA}：低于此值，连初步结论也不能下").in_(language)),
    ]  # fmt: skip
    return canvas.spec(legend(canvas, 6, floor + 16, entries))


def _row(
    canvas: Canvas, across: Scale, y: float, row: dict[str, Any], label: str, left: float, width: int
) -> None:
    canvas.text(left - 10, y, label, align="right")
    alpha, low, high = row["alpha"], row["alpha_low"], row["alpha_high"]
    if alpha != alpha:
        canvas.text(
            left + 6,
            y,
            Text("not defined: only one value occurs", "只有一种取值，无法计算").in_(canvas.language),
            MUTED,
        )
        return
    if low == low and high == high:
        canvas.line(across(low), y, across(high), y, TONES[3], 2)
    weak = alpha < TENTATIVE_ALPHA
    if is_low_though_alike(row["percent"], alpha):
        said = Text("low although {n} agree", "{n}一致而α系数偏低").format(n=f"{row['percent']:.0%}")
        at = across(max(alpha, high) if high == high else alpha) + 10
        if at + width_of(said.in_(canvas.language), 10.5) < width - 36:
            canvas.text(at, y, said.in_(canvas.language), MUTED, 10.5)
    canvas.dot(across(alpha), y, 4.2, PAPER if weak else TONES[3], MARK if weak else TONES[3], wide=1.8)
    canvas.text(width, y, f"{alpha:.2f}".replace("-", "−"), MUTED, align="right")
