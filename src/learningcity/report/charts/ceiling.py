"""Kind "ceiling": the cases of a necessary condition analysis, the ceiling over them, the empty zone shaded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW, listed
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Place, Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.explain import CeilingResult

Row = dict[str, Any]

#: Names in a cell of the table; the files of a page hold all.
CORNERS = {
    1: Text("upper left", "左上"), 2: Text("upper right", "右上"), 3: Text("lower left", "左下"), 4: Text("lower right", "右下"),
}  # fmt: skip
METHODS = {
    "ce_fdh": Text("steps over the cases (ce_fdh)", "沿案例的阶梯线（ce_fdh）"),
    "cr_fdh": Text("regression through the steps' corners (cr_fdh)", "穿过阶梯角点的回归线（cr_fdh）"),
    "ce_vrs": Text("smallest concave line (ce_vrs)", "最小凹包络线（ce_vrs）"),
    "cr_vrs": Text("regression through its ends (cr_vrs)", "穿过凹包络端点的回归线（cr_vrs）"),
    "c_lp": Text("lowest straight line above all (c_lp)", "全部案例之上的最低直线（c_lp）"),
    "cols": Text("regression raised above all (cols)", "上移至全部案例之上的回归线（cols）"),
    "qr": Text("regression of the 95th percentile (qr)", "第95百分位数回归线（qr）"),
    "ols": Text("plain regression, no ceiling (ols)", "普通回归线，并非上限线（ols）"),
}
#: How further lines are dashed, so that they are told apart without colour.
_DASHES = ((7, 3), (2, 3), (9, 3, 2, 3), (4, 4), (12, 4), (1, 2), (6, 2, 1, 2))
#: Up to as many different values an axis has a tick for each.
_LEVELS = 8


def ceiling(
    result: CeilingResult,
    language: str,
    *,
    data: Any,
    others: Sequence[CeilingResult] = (),
    names: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Sketch:
    """Draw cases, ceiling and empty zone; cases that are alike are one dot with their number.

    Parameters
    ----------
    result
        Of ``lc.ceiling``; its zone is shaded.
    language
        "en" or "zh".
    data
        The frame that it was drawn over, index case.
    others
        Further ceilings of the same condition, outcome and corner, drawn as dashed lines.
    names
        What the cases are called; else by their index.
    labels
        What condition and outcome are called; else by their columns.

    Raises
    ------
    UnknownNameError
        The frame has not the columns of the result.
    InputError
        Another frame than that of the result, or a further ceiling of something else.
    """
    import pandas as pd

    if not hasattr(result, "turned_scope"):
        raise InputError(Text("A ceiling is drawn of lc.ceiling().", "上限线图须用lc.ceiling()的结果绘制。"))
    _same(result, others)
    points = _points(result, data)
    called, told = dict(names or {}), dict(labels or {})
    x, y = (shown(told.get(one, one)) for one in (result.x, result.y))
    yes, no = Text("yes", "是").in_(language), Text("no", "否").in_(language)
    table = pd.DataFrame(
        [
            {"key": p["key"], "x": p["x"], "y": p["y"], "n": p["n"], "corner": yes if p["peer"] else no,
             "cases": listed(sorted(shown(called.get(c, c)) for c in p["cases"]), language)}
            for p in points
        ],
        columns=["key", "x", "y", "n", "corner", "cases"],
    )  # fmt: skip
    corner = CORNERS[result.corner]
    title = Text(f"{_capital(x)} and {y}: cases, ceiling, empty zone", f"{x}与{y}：案例、上限线与空白区").in_(
        language
    )
    return Sketch(
        title=title,
        alt=_alt(result, points, x, y, language),
        table=table,
        heads={
            "x": _capital(x),
            "y": _capital(y),
            "n": Text("Cases", "案例数").in_(language),
            "corner": Text("At a corner of the ceiling", "位于上限线角点").in_(language),
            "cases": Text("Which", "案例").in_(language),
        },
        caption=Text(
            f"Shaded: the empty zone {corner.en} of the ceiling. Each dot is one point, its number says how many cases "
            "lie there; squares lie at the corners of the ceiling.",
            f"阴影为上限线{corner.zh}侧的空白区。每个标记为一个点，其中数字为落在该点的案例数；方形位于上限线的角点。",
        ).in_(language),
        draw=lambda width: _draw(result, list(others), points, (x, y), width, language),
        places=lambda width: _places(result, points, width, language),
    )


def _same(result: CeilingResult, others: Sequence[CeilingResult]) -> None:
    for one in others:
        if (one.x, one.y, one.corner, one.n) != (result.x, result.y, result.corner, result.n):
            raise InputError(
                Text(
                    f"A further ceiling is one of {one.x} for {one.y}, corner {one.corner}, {one.n} cases; draw those of "
                    f"{result.x} for {result.y}, corner {result.corner}, {result.n} cases.",
                    f"另有上限线属于{one.x}对{one.y}（角{one.corner}，{one.n}个案例）；此处只能绘制{result.x}对{result.y}"
                    f"（角{result.corner}，{result.n}个案例）的上限线。",
                )
            )


def _points(result: CeilingResult, data: Any) -> list[Row]:
    """The points with their cases, the highest first."""
    for name in (result.x, result.y):
        if name not in getattr(data, "columns", ()):
            raise UnknownNameError("column", name, [str(c) for c in getattr(data, "columns", ())])
    both: pd.DataFrame = data[[result.x, result.y]].dropna()
    held: dict[tuple[float, float], list[str]] = {}
    for case, a, b in zip(map(str, both.index), both[result.x], both[result.y], strict=True):
        held.setdefault((float(a), float(b)), []).append(case)
    inside = all(result.x_low <= a <= result.x_high and result.y_low <= b <= result.y_high for a, b in held)
    if len(both) != result.n or not inside or not set(result.peers) <= set(map(str, both.index)):
        raise InputError(
            Text(
                "data is not the frame that the ceiling was drawn over.", "data并非绘制该上限线所用的数据表。"
            )
        )
    peers = set(result.peers)
    places = sorted(held, key=lambda p: (-p[1], p[0]))
    return [
        {"key": f"p{k}", "x": a, "y": b, "n": len(held[a, b]), "cases": held[a, b], "peer": bool(peers & {*held[a, b]})}
        for k, (a, b) in enumerate(places, 1)
    ]  # fmt: skip


def _alt(result: CeilingResult, points: list[Row], x: str, y: str, language: str) -> str:
    corner, effect = CORNERS[result.corner], result.effect_size
    most = max(points, key=lambda p: p["n"])
    if effect != effect:
        zone = Text("There is no empty zone.", "没有空白区。")
    elif effect == 0:
        zone = Text(f"The corner {corner.en} is not empty.", f"{corner.zh}角并无空白。")
    else:
        zone = Text(
            f"{100 * effect:.0f} % of the range is empty {corner.en}.",
            f"{corner.zh}角有{100 * effect:.0f}%的范围为空白。",
        )
    return Text(
        f"{result.n} cases on {len(points)} points, {x} across and {y} upwards. {zone.en} Most cases on one point: "
        f"{most['n']}, at {most['x']:g} and {most['y']:g}.",
        f"{result.n}个案例落在{len(points)}个点上，横轴为{x}，纵轴为{y}。{zone.zh}同一点上案例最多为{most['n']}个，"
        f"位于{most['x']:g}与{most['y']:g}。",
    ).in_(language)


# --- drawing --------------------------------------------------------------------------------------


def _axes(result: CeilingResult, points: list[Row], width: int) -> tuple[Scale, Scale]:
    narrow = width < NARROW
    left, right = (46.0 if narrow else 64.0), width - (14.0 if narrow else 30.0)
    tall = float(round(min(0.92 * (right - left), 420.0)))
    most = _radius(max(p["n"] for p in points)) + 6
    top = 34.0
    across = Scale(result.x_low, result.x_high, left + most, right - most)
    up = Scale(result.y_low, result.y_high, top + tall - most, top + most)
    return across, up


def _radius(n: int) -> float:
    return 4.5 if n == 1 else min(6.5 + 1.9 * math.sqrt(n), 19.0)


def _places(result: CeilingResult, points: list[Row], width: int, language: str) -> list[Place]:
    across, up = _axes(result, points, width)
    found = []
    for p in points:
        half = max(_radius(p["n"]), 12.0)
        found.append(Place(p["key"], across(p["x"]) - half, up(p["y"]) - half, 2 * half, 2 * half))
    return found


def _draw(
    result: CeilingResult,
    others: list[CeilingResult],
    points: list[Row],
    labels: tuple[str, str],
    width: int,
    language: str,
) -> Late:
    canvas = Canvas(width, language)
    across, up = _axes(result, points, width)
    x, y = labels
    edge = _radius(max(p["n"] for p in points)) + 6
    left, right, floor, top = across.start - edge, across.end + edge, up.start + edge, up.end - edge
    for a, b, top_a, top_b, end in _zone(result):
        canvas.area([(across(a), up(top_a), up(end)), (across(b), up(top_b), up(end))], TONES[0])
    for value in _ticks([p["x"] for p in points], across, 4 if width < NARROW else 8):
        canvas.line(across(value), top, across(value), floor)
        canvas.text(across(value), floor + 12, f"{value:g}", MUTED, align="center")
    for value in _ticks([p["y"] for p in points], up, 6):
        canvas.line(left, up(value), right, up(value))
        canvas.text(left - 8, up(value), f"{value:g}", MUTED, align="right")
    canvas.line(left, floor, right, floor, MUTED)
    canvas.line(left, top, left, floor, MUTED)
    canvas.text(4, 12, wrapped(_capital(y), 12, width - 8, 1), INK)
    canvas.text((left + right) / 2, floor + 32, _capital(x), INK, align="center")
    for number, one in enumerate(others):
        _line(canvas, one, across, up, MUTED, 1.6, _DASHES[number % len(_DASHES)])
    _line(canvas, result, across, up, INK, 2.4, ())
    _say_zone(canvas, result, across, up, language)
    for p in points:
        mark = (MARK, "square") if p["peer"] else (TONES[3], "circle")
        canvas.dot(across(p["x"]), up(p["y"]), _radius(p["n"]), mark[0], PAPER, mark[1])
    for p in points:
        # Looks become layers in the order of their first use: all numbers lie above all dots.
        if p["n"] > 1:
            canvas.text(across(p["x"]), up(p["y"]), p["n"], PAPER, 11, align="center", weight="bold")
    entries = [(_stroke(canvas, INK, 2.4, ()), METHODS[result.method].in_(language))]
    entries += [
        (_stroke(canvas, MUTED, 1.6, _DASHES[k % len(_DASHES)]), METHODS[one.method].in_(language))
        for k, one in enumerate(others)
    ]
    entries.append(
        (lambda a, b: canvas.dot(a, b, 6, TONES[3], TONES[3]), Text("a point", "点").in_(language))
    )
    entries.append(
        (lambda a, b: canvas.dot(a, b, 6, MARK, MARK, "square"), Text("at a corner of the ceiling", "上限线角点").in_(language))
    )  # fmt: skip
    return canvas.spec(legend(canvas, 6, floor + 58, entries))


def _ticks(values: list[float], scale: Scale, about: int) -> list[float]:
    levels = sorted(set(values))
    return levels if len(levels) <= _LEVELS else scale.ticks(about)


def _stroke(canvas: Canvas, colour: str, wide: float, dash: tuple[int, ...]) -> Any:
    return lambda x, y: canvas.line(x - 8, y, x + 8, y, colour, wide, dash)


def _line(
    canvas: Canvas,
    one: CeilingResult,
    across: Scale,
    up: Scale,
    colour: str,
    wide: float,
    dash: tuple[int, ...],
) -> None:
    drawn = one.points()
    for (xa, ya), (xb, yb) in pairwise(drawn):
        for a, b, c, d in _within(xa, ya, xb, yb, one.y_low, one.y_high):
            if (a, b) != (c, d):
                canvas.line(across(a), up(b), across(c), up(d), colour, wide, dash)


def _within(
    xa: float, ya: float, xb: float, yb: float, low: float, high: float
) -> list[tuple[float, float, float, float]]:
    """The part of a piece of a line between two heights."""
    if ya == yb or xa == xb:
        inside = low <= min(ya, yb) or low <= max(ya, yb)
        return (
            [(xa, min(max(ya, low), high), xb, min(max(yb, low), high))]
            if inside and (ya != yb or ya <= high)
            else []
        )
    shares = sorted({0.0, 1.0, *(min(max((h - ya) / (yb - ya), 0.0), 1.0) for h in (low, high))})
    found = []
    for s, t in pairwise(shares):
        middle = ya + (s + t) / 2 * (yb - ya)
        if low <= middle <= high:
            found.append((xa + s * (xb - xa), ya + s * (yb - ya), xa + t * (xb - xa), ya + t * (yb - ya)))
    return found


def _zone(result: CeilingResult) -> list[tuple[float, float, float, float, float]]:
    """The empty zone in upright pieces: from x to x, the line's height at both, and the side of the scope."""
    if result.effect_size != result.effect_size or result.effect_size == 0:
        return []
    end = result.y_high if result.corner in (1, 2) else result.y_low
    low, high = result.y_low, result.y_high
    found = []
    drawn = result.points()
    for (xa, ya), (xb, yb) in pairwise(drawn):
        if xa == xb:
            continue
        shares = {0.0, 1.0}
        if ya != yb:
            shares |= {min(max((h - ya) / (yb - ya), 0.0), 1.0) for h in (low, high)}
        cut = sorted(shares)
        for s, t in pairwise(cut):
            heights = [min(max(ya + one * (yb - ya), low), high) for one in (s, t)]
            if heights != [end, end]:
                found.append((xa + s * (xb - xa), xa + t * (xb - xa), heights[0], heights[1], end))
    return found


def _say_zone(canvas: Canvas, result: CeilingResult, across: Scale, up: Scale, language: str) -> None:
    """Name the zone where there is room in its widest piece."""
    pieces = _zone(result)
    if not pieces:
        return
    size = {
        k: abs(across(b) - across(a)) * abs(up(end) - up((ya + yb) / 2))
        for k, (a, b, ya, yb, end) in enumerate(pieces)
    }
    a, b, ya, yb, end = pieces[max(size, key=lambda k: size[k])]
    text = Text("empty zone", "空白区").in_(language)
    side = up(end) + (14 if result.corner in (1, 2) else -14)
    if abs(up(end) - up((ya + yb) / 2)) > 24 and abs(across(b) - across(a)) > width_of(text, 12) + 20:
        canvas.text((across(a) + across(b)) / 2, side, text, INK, 12, align="center")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
