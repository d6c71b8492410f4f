"""Kind "style_map": cases by how alike they are, the two axes that show most of their distances."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, legend, ticks
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import HAIR, INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Place, Sketch
from learningcity.report.charts.style_parts import Styles, read_styles
from learningcity.report.charts.texts import width_of

if TYPE_CHECKING:
    from learningcity.explain import ScalingResult

#: The picture is no taller than that; both axes have one scale, so that a distance is one in any direction.
TALLEST = 600
_ROOM = 26
Row = dict[str, Any]
Spot = tuple[float, float]


def style_map(result: Any, language: str, *, names: Any = None) -> Sketch:
    """Draw cases as dots, near each other where they are alike, each joined to the medoid of its style.

    Parameters
    ----------
    result
        Of ``lc.typology`` or ``lc.atlas_styles``.
    language
        "en" or "zh".
    names
        Mapping of cases to names to print; cities have their own.

    Raises
    ------
    InputError
        The result is no typology.
    """
    from learningcity.explain import classical_scaling

    styles = read_styles(result, language, names)
    placed = classical_scaling(styles.typology)
    rows = _rows(styles, placed)
    divided = styles.typology.k > 1
    heads = {
        "name": Text("City", "城市") if styles.cities else Text("Case", "案例"),
        **({"style": Text("Style", "类型"), "silhouette": Text("Silhouette", "轮廓系数")} if divided else {}),
        "axis_1": Text("Axis 1", "第一轴"),
        "axis_2": Text("Axis 2", "第二轴"),
        "shown": Text("Share of its distance shown", "其距离的可显示比例"),
    }

    def laid(width: int) -> tuple[Late, list[Place]]:
        return _draw(rows, placed, styles, width, language)

    return Sketch(
        title=Text("How alike the cities are", "城市之间的相似程度").in_(language)
        if styles.cities
        else Text("How alike the cases are", "案例之间的相似程度").in_(language),
        alt=_alt(styles, placed, rows, language),
        table=_table(rows, divided),
        heads={name: head.in_(language) for name, head in heads.items()},
        caption=styles.caption(_caption(placed)),
        draw=lambda width: laid(width)[0],
        places=lambda width: laid(width)[1],
    )


def _rows(styles: Styles, placed: ScalingResult) -> list[Row]:
    cases = styles.typology.cases
    rows = []
    for case, point in placed.coordinates.iterrows():
        row = cases.loc[case]
        rows.append(
            {
                "key": str(case),
                "name": styles.name(str(case)),
                "style": int(row["style"]),
                "silhouette": float(row["silhouette"]),
                "medoid": bool(row["medoid"]),
                "between": bool(row["between"]),
                "axis_1": float(point["axis_1"]),
                "axis_2": float(point.get("axis_2", 0.0)),
                "shown": float(placed.shown[case]),
            }
        )
    return rows


def _table(rows: list[Row], divided: bool) -> Any:
    import pandas as pd

    frame = pd.DataFrame(rows)
    return frame if divided else frame.drop(columns=["style", "silhouette", "medoid", "between"])


def _caption(placed: ScalingResult) -> Text:
    first, second = (f"{v:.0%}" for v in placed.shares)
    lost = Text(
        f"; {placed.negative:.0%} cannot be shown by straight axes at all" if placed.negative else "",
        f"；另有{placed.negative:.0%}无法以直线坐标轴显示" if placed.negative else "",
    )
    return Text(
        f"Classical scaling of Gower's distances: the two axes show {placed.share:.0%} of the squared distances "
        f"({first} and {second}){lost.en}. What lies together here may still differ in the rest. Up, down, left and "
        "right mean nothing by themselves; dots that would hide each other are moved a little apart.",
        f"对Gower距离所作的经典多维标度（主坐标分析）：两轴共显示距离平方的{placed.share:.0%}（分别为{first}与{second}）"
        f"{lost.zh}。图上相近者在未显示的部分仍可能不同。上下左右本身没有含义；相互遮盖的点略作移开。",
    )


def _alt(styles: Styles, placed: ScalingResult, rows: list[Row], language: str) -> str:
    far = [min(rows, key=lambda r: r["axis_1"])["name"], max(rows, key=lambda r: r["axis_1"])["name"]]
    one = styles.typology
    said = Text(
        f"{styles.cases.en} as dots; near each other means alike, as far as two axes show it "
        f"({placed.share:.0%} of the squared distances). At the two ends of the first axis: {far[0]} and {far[1]}.",
        f"{styles.cases.zh}各为一点，相近表示相似，以两轴所能显示者为限（距离平方的{placed.share:.0%}）。"
        f"第一轴两端为{far[0]}与{far[1]}。",
    ).in_(language)
    if one.k == 1:
        return said
    around = [(s.number, styles.name(s.medoid), s.size) for s in one.styles]
    gap = " " if language == "en" else ""
    return said + gap + Text(
        "Styles by number, medoid and size: " + ", ".join(f"{n} {name} ({size})" for n, name, size in around) + ".",
        "各类型的编号、中心与规模：" + "、".join(f"{n} {name}（{size}）" for n, name, size in around) + "。",
    ).in_(language)  # fmt: skip


def _draw(
    rows: list[Row], placed: ScalingResult, styles: Styles, width: int, language: str
) -> tuple[Late, list[Place]]:
    divided, cities = styles.typology.k > 1, styles.cities
    canvas = Canvas(width, language)
    narrow = width < NARROW
    # The key is drawn last, so that lines lie under all dots; how tall it is, is tried on another sheet.
    trial = Canvas(width, language)
    top = legend(trial, 0, 12, _key(trial, cities, language)) + 12 if divided else 16.0
    xs, ys = [r["axis_1"] for r in rows], [r["axis_2"] for r in rows]
    across, down = max(xs) - min(xs) or 1e-9, max(ys) - min(ys)
    scale = min((width - 2 * _ROOM) / across, (TALLEST - 2 * _ROOM) / max(down, 1e-9))
    floor = top + 2 * _ROOM + down * scale
    start = (width - across * scale) / 2

    def at(row: Row) -> Spot:
        return start + (row["axis_1"] - min(xs)) * scale, top + _ROOM + (max(ys) - row["axis_2"]) * scale

    radius = (5.2 if narrow else 7.0) if divided else (3.6 if narrow else 4.6)
    spots = _apart([at(r) for r in rows], radius * 1.5)
    zero = at({"axis_1": 0.0, "axis_2": 0.0})
    canvas.line(zero[0], top, zero[0], floor, HAIR)
    canvas.line(0, zero[1], width, zero[1], HAIR)
    middles = {r["style"]: spot for r, spot in zip(rows, spots, strict=True) if r["medoid"]}
    if divided:
        for row, spot in zip(rows, spots, strict=True):
            middle = middles[row["style"]]
            canvas.line(spot[0], spot[1], middle[0], middle[1], MUTED, 0.6)
    order = sorted(range(len(rows)), key=lambda i: (divided and rows[i]["medoid"], not rows[i]["between"]))
    for i in order:
        _dot(canvas, rows[i], spots[i], radius, divided)
    if divided:
        # Numbers after all dots, so that none is hidden.
        for i in order:
            x, y = spots[i]
            canvas.text(x, y, rows[i]["style"], _look(rows[i])[1], radius * 1.35, "center")
    _names(canvas, rows, spots, radius, divided, narrow, floor)
    _measure(canvas, across, scale, floor + 16, language)
    if divided:
        legend(canvas, 0, 12, _key(canvas, cities, language))
    axes = Text(
        f"Axis 1 across: {placed.shares[0]:.0%}; axis 2 upright: {placed.shares[1]:.0%}",
        f"第一轴（横向）{placed.shares[0]:.0%}；第二轴（纵向）{placed.shares[1]:.0%}",
    ).in_(language)
    canvas.text(width, floor + 16 if not narrow else floor + 36, axes, MUTED, 10.5, "right")
    places = [
        Place(row["key"], x - radius - 1, y - radius - 1, 2 * radius + 2, 2 * radius + 2)
        for row, (x, y) in zip(rows, spots, strict=True)
    ]
    return canvas.spec(math.ceil(floor + (26 if not narrow else 46))), places


def _dot(canvas: Canvas, row: Row, spot: Spot, radius: float, divided: bool) -> None:
    x, y = spot
    if not divided:
        canvas.dot(x, y, radius, TONES[2], INK, wide=0.8)
        return
    canvas.dot(x, y, radius + (2 if row["medoid"] else 0), _look(row)[0], INK, wide=0.9)


def _look(row: Row) -> tuple[str, str]:
    """Fill of a dot, and the ink of its number."""
    return (TONES[4], PAPER) if row["medoid"] else (PAPER, INK) if row["between"] else (TONES[0], INK)


def _key(canvas: Canvas, cities: bool, language: str) -> list[Any]:
    looks = (
        (
            TONES[4],
            Text("medoid: the city in the middle of a style", "代表城市：位于类型的中心")
            if cities
            else Text("medoid: the case in the middle of a style", "代表案例：位于类型的中心"),
        ),
        (TONES[0], Text("in the style of its number", "属于该编号的类型")),
        (PAPER, Text("between two styles", "介于两种类型之间")),
    )
    return [
        (lambda x, y, fill=fill: canvas.dot(x, y, 6, fill, INK, wide=0.9), words.in_(language))
        for fill, words in looks
    ]


def _measure(canvas: Canvas, across: float, scale: float, y: float, language: str) -> None:
    """How long a distance of some round number is."""
    steps = [t for t in ticks(0, across / 3, 2) if t > 0]
    if not steps:
        return
    length = steps[0] * scale
    canvas.line(4, y, 4 + length, y, INK, 1.2)
    for x in (4, 4 + length):
        canvas.line(x, y - 3, x, y + 3, INK, 1.2)
    canvas.text(
        12 + length, y, Text(f"distance {steps[0]:g}", f"距离{steps[0]:g}").in_(language), MUTED, 10.5
    )


def _apart(spots: list[Spot], least: float) -> list[Spot]:
    """Move dots that would hide each other a little apart, always in the same way."""
    moved = list(spots)
    for _ in range(40):
        still = True
        for i in range(len(moved)):
            for j in range(i):
                dx, dy = moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]
                far = math.hypot(dx, dy)
                if far >= least - 1e-6:
                    continue
                still = False
                if far < 1e-6:
                    # The golden angle spreads any number of dots from one spot.
                    dx, dy, far = math.cos(2.4 * i), math.sin(2.4 * i), 1.0
                push = (least - (far if far < least else 0.0)) / 2 / far
                moved[i] = moved[i][0] + dx * push, moved[i][1] + dy * push
                moved[j] = moved[j][0] - dx * push, moved[j][1] - dy * push
        if still:
            break
    return moved


def _names(
    canvas: Canvas, rows: list[Row], spots: list[Spot], radius: float, divided: bool, narrow: bool, floor: float
) -> None:  # fmt: skip
    """Write names beside their dots where they meet nothing, medoids first; the others are in the table."""
    size = 10.5
    taken = [(x - radius - 1, x + radius + 1, y - radius - 1, y + radius + 1) for x, y in spots]
    middle = sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)
    outer = [math.dist(spot, middle) for spot in spots]
    for i in sorted(range(len(rows)), key=lambda i: (not (divided and rows[i]["medoid"]), -outer[i])):
        medoid = divided and rows[i]["medoid"]
        if narrow and divided and not medoid:
            continue
        x, y = spots[i]
        reach = radius + (2 if medoid else 0) + 3
        wide = width_of(rows[i]["name"], size)
        for low, at in (
            (x + reach, y), (x - reach - wide, y), (x - wide / 2, y - reach - 5), (x - wide / 2, y + reach + 5),
            (x + reach - 2, y - reach - 2), (x + reach - 2, y + reach + 2),
            (x - reach - wide + 2, y - reach - 2), (x - reach - wide + 2, y + reach + 2),
        ):  # fmt: skip
            box = (low - 4, low + wide + 4, at - 6.5, at + 6.5)
            if low < 0 or low + wide > canvas.width or at > floor:
                continue
            if any(box[0] < b and box[1] > a and box[2] < d and box[3] > c for a, b, c, d in taken):
                continue
            canvas.text(low, at, rows[i]["name"], INK, size, weight="bold" if medoid else "normal")
            taken.append(box)
            break
