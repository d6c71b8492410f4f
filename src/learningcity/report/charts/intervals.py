"""Kind "intervals": how far the rank of each unit moves when other choices are made, a line a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW, require
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    from learningcity.index import UncertaintyResult

_COLUMNS = ("nominal", "lower", "median", "upper")


def intervals(
    result: UncertaintyResult,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    units: Sequence[str] | None = None,
) -> Sketch:
    """Draw the interval of each unit's rank over all draws, and its rank by the recipe itself.

    Parameters
    ----------
    result
        Of ``lc.uncertainty``.
    language
        "en" or "zh".
    names
        What the units are called; else by their codes.
    units
        Which units, in this order; else all, in the order of their names and never of their ranks.

    Raises
    ------
    UnknownNameError
        A unit that the result does not have.
    """
    import pandas as pd

    if not hasattr(result, "acceptability"):
        raise InputError(
            Text("Intervals are drawn of lc.uncertainty().", "区间图须用lc.uncertainty()的结果绘制。")
        )
    called = dict(names or {})
    there = [str(u) for u in result.ranks.index]
    chosen = sorted(there, key=lambda u: called.get(u, u)) if units is None else [*units]
    for unit in chosen:
        require("unit", unit, there)
    table = pd.DataFrame(
        [
            {"unit": u, "name": shown(called.get(u, u)), **{c: float(result.ranks.at[u, c]) for c in _COLUMNS}}
            for u in chosen
        ],
        columns=["unit", "name", *_COLUMNS],
    ).astype(dict.fromkeys(_COLUMNS, "float64")).round(1)  # fmt: skip
    rows: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    last = len(there)
    return Sketch(
        title=Text("How far ranks move", "名次的变动范围").in_(language),
        alt=_alt(rows, language, result.level),
        table=table,
        heads={
            "name": Text("Unit", "单位").in_(language),
            "nominal": Text("Rank by the recipe", "按方案的名次").in_(language),
            "lower": Text("Interval from", "区间下限").in_(language),
            "median": Text("Median", "中位数").in_(language),
            "upper": Text("Interval to", "区间上限").in_(language),
        },
        caption=Text(
            f"The line holds {result.level:.0%} of the ranks of a unit over {result.draws - result.failed:,} draws (seed "
            f"{result.seed}), the dot is its rank by the recipe. Where lines overlap, the order of two units is not safe.",
            f"线段包含各单位在{result.draws - result.failed:,}次抽样（随机种子{result.seed}）中{result.level:.0%}的名次，"
            "圆点为按方案计算的名次。线段重叠的单位，先后次序并不可靠。",
        ).in_(language),
        draw=lambda width: _draw(rows, last, width, language),
    )


def _alt(rows: list[dict[str, Any]], language: str, level: float) -> str:
    held = [r for r in rows if r["upper"] == r["upper"]]
    if not held:
        return Text("No unit has a rank.", "没有单位有名次。").in_(language)
    width = {r["name"]: r["upper"] - r["lower"] for r in held}
    most, least = max(width, key=lambda n: width[n]), min(width, key=lambda n: width[n])
    return Text(
        f"{len(rows)} units, each with a line that holds {level:.0%} of its ranks: {width[least]:g} places wide for {least}, "
        f"{width[most]:g} for {most}.",
        f"{len(rows)}个单位各有一条线段，包含其{level:.0%}的名次：最窄{width[least]:g}位（{least}），"
        f"最宽{width[most]:g}位（{most}）。",
    ).in_(language)


def _draw(rows: list[dict[str, Any]], last: int, width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    room = 118 if width < NARROW else 240
    labels = [wrapped(r["name"], 12, room, 2) for r in rows]
    left = min(room, max((width_of(p, 12) for t in labels for p in t.split("\n")), default=60)) + 14
    across = Scale(1, max(last, 2), left, width - 12)
    tall = [18 + 13 * label.count("\n") for label in labels]
    floor = 30.0 + sum(tall)
    ticks = [1, *(t for t in across.ticks(4 if width < NARROW else 8) if t > 1 and float(t).is_integer())]
    for value in ticks:
        canvas.line(across(value), 22, across(value), floor)
        canvas.text(across(value), 10, f"{value:g}", MUTED, align="center")
    y = 30.0
    for row, label, high in zip(rows, labels, tall, strict=True):
        _row(canvas, across, y + high / 2, row, label, left)
        y += high
    entries = [
        (lambda x, at: canvas.line(x - 8, at, x + 8, at, TONES[3], 3), Text("interval of the rank", "名次区间").in_(language)),
        (lambda x, at: canvas.dot(x, at, 4, PAPER, INK), Text("rank by the recipe", "按方案的名次").in_(language)),
    ]  # fmt: skip
    return canvas.spec(legend(canvas, 6, floor + 16, entries))


def _row(canvas: Canvas, across: Scale, y: float, row: dict[str, Any], label: str, left: float) -> None:
    canvas.text(left - 10, y, label, align="right")
    if row["upper"] == row["upper"]:
        canvas.line(across(row["lower"]) - 2, y, across(row["upper"]) + 2, y, TONES[3], 3)
    if row["nominal"] == row["nominal"]:
        canvas.dot(across(row["nominal"]), y, 4, PAPER, INK)
    elif row["upper"] != row["upper"]:
        canvas.text(left + 6, y, Text("no score", "无得分").in_(canvas.language), MUTED)
