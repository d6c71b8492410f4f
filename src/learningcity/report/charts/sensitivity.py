"""Kind "sensitivity": which choice moves the ranks, two bars a choice with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    from learningcity.index import SensitivityResult

_COLUMNS = ("first", "first_lower", "first_upper", "total", "total_lower", "total_upper")


def sensitivity(
    result: SensitivityResult, language: str, *, names: Mapping[str, str] | None = None
) -> Sketch:
    """Draw the first-order and the total index of each choice on the mean shift in rank.

    Parameters
    ----------
    result
        Of ``lc.sensitivity``.
    language
        "en" or "zh".
    names
        What the choices are called; else as the result names them.
    """
    if not hasattr(result, "overall"):
        raise InputError(
            Text("Sensitivity is drawn of lc.sensitivity().", "敏感性图须用lc.sensitivity()的结果绘制。")
        )
    called = dict(names or {})
    table = result.table()[list(_COLUMNS)].rename_axis("choice").reset_index()
    table.insert(1, "name", [shown(called.get(str(c), str(c))) for c in table["choice"]])
    table = table.astype(dict.fromkeys(_COLUMNS, "float64")).round(3)
    rows: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    return Sketch(
        title=Text("Which choice moves the ranks", "哪种选择影响名次").in_(language),
        alt=_alt(rows, language),
        table=table,
        heads={
            "name": Text("Choice", "选择").in_(language),
            "first": Text("First-order index", "一阶指数").in_(language),
            "first_lower": Text("First-order from", "一阶下限").in_(language),
            "first_upper": Text("First-order to", "一阶上限").in_(language),
            "total": Text("Total index", "总效应指数").in_(language),
            "total_lower": Text("Total from", "总效应下限").in_(language),
            "total_upper": Text("Total to", "总效应上限").in_(language),
        },
        caption=Text(
            f"Sobol' indices of the mean shift in rank, from {result.runs:,} indices (seed {result.seed}); lines are "
            f"{result.level:.0%} bootstrap intervals. First-order: what settling the choice alone would take away; total: "
            "what would stay if all others were settled.",
            f"平均名次变动的Sobol指数，共编制{result.runs:,}次（随机种子{result.seed}），细线为{result.level:.0%}自助法区间。"
            "一阶：只确定该项选择可消除的方差比例；总效应：其余选择都确定后仍保留的方差比例。",
        ).in_(language),
        draw=lambda width: _draw(rows, width, language),
    )


def _alt(rows: list[dict[str, Any]], language: str) -> str:
    held = [r for r in rows if r["total"] == r["total"]]
    if not held:
        return Text("No rank moves under these choices.", "在这些选择下名次没有变动。").in_(language)
    listed = Text(", ", "、").in_(language).join(f"{r['name']} {r['total']:.2f}" for r in held)
    return Text(
        f"Bars for {len(rows)} choices, total index: {listed}.",
        f"{len(rows)}项选择的条形图，总效应指数：{listed}。",
    ).in_(language)


def _draw(rows: list[dict[str, Any]], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    room = 118 if width < NARROW else 240
    labels = [wrapped(r["name"], 12, room, 3) for r in rows]
    left = min(room, max((width_of(p, 12) for t in labels for p in t.split("\n")), default=60)) + 14
    held = [r[c] for r in rows for c in _COLUMNS if r[c] == r[c]]
    across = Scale(min([0.0, *held]), max([1.0, *held]), left, width - 12)
    floor = 30.0 + 46 * len(rows)
    for value in across.ticks(4 if width < NARROW else 6):
        canvas.line(across(value), 22, across(value), floor)
        canvas.text(across(value), 10, f"{value:g}".replace("-", "−"), MUTED, align="center")
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        y = 30 + 46 * number + 23
        canvas.text(left - 10, y, label, align="right")
        if row["total"] != row["total"]:
            canvas.text(left + 6, y, Text("no rank moves", "名次不变").in_(language), MUTED)
            continue
        for at, kind, tone in ((y - 8, "first", TONES[1]), (y + 8, "total", TONES[3])):
            low, high = sorted((across(0), across(row[kind])))
            canvas.box(low, at - 6, max(high, low + 1), at + 6, tone)
            canvas.line(across(row[f"{kind}_lower"]), at, across(row[f"{kind}_upper"]), at, INK, 1.2)
    entries = [
        (lambda x, at: canvas.box(x - 6, at - 6, x + 6, at + 6, TONES[1]), Text("first-order", "一阶").in_(language)),
        (lambda x, at: canvas.box(x - 6, at - 6, x + 6, at + 6, TONES[3]), Text("total", "总效应").in_(language)),
        (lambda x, at: canvas.line(x - 8, at, x + 8, at, INK, 1.2), Text("interval", "区间").in_(language)),
    ]  # fmt: skip
    return canvas.spec(legend(canvas, 6, floor + 16, entries))
