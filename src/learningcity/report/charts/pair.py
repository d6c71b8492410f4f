"""Kind "pair": a background column and a characteristic, one dot a city; scatter, or groups side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.charts.associations import two
from learningcity.report.charts.canvas import Canvas
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import HAIR, INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Place, Sketch
from learningcity.report.charts.spans import Span, span
from learningcity.report.charts.texts import width_of, wrapped

RADIUS = 4.6


def pair(result: Any, language: str, *, x: str, y: str) -> Sketch:
    """Draw the cities of one pair.

    Parameters
    ----------
    result
        Of ``lc.atlas_background(...)``.
    language
        "en" or "zh".
    x, y
        A column of the background and a characteristic.

    Raises
    ------
    InputError
        The result is none of a background.
    UnknownNameError
        A column that is not there.
    """
    import pandas as pd

    if not hasattr(result, "member_values"):
        raise InputError(
            Text(
                "This picture is drawn of lc.atlas_background(...).",
                "此图须用lc.atlas_background(...)的结果绘制。",
            )
        )
    one = result.association.pair(x, y)
    names = (_name(result, x, language), _name(result, y, language))
    unit = _unit(result, x, language)
    data = pd.DataFrame({"x": result.background[x], "y": result.coded.data[y]}).dropna()
    numeric = data["x"].dtype.kind in "iuf"
    data = data.sort_values(["x", "y"], kind="stable")
    cities = [
        {"key": str(c), "name": shown(result.coded.names[str(c)].in_(language)),
         "x": float(v) if numeric else _group(str(v), language), "y": float(w)}
        for c, v, w in data.itertuples()
    ]  # fmt: skip
    table = pd.DataFrame(cities, columns=["key", "name", "x", "y"]).round({"y": 2})

    def laid(width: int) -> tuple[Late, list[Place]]:
        return _laid(cities, (f"{names[0]}{unit}", names[1]), numeric, width, language)

    effect = "" if one.estimate is None else two(one.estimate, signed=one.measure != "epsilon_squared")
    figure = (
        Text(f" Effect size {effect}, p = {one.p:.2g}.", f"效应量{effect}，p = {one.p:.2g}。")
        if effect
        else Text(" Not judged.", "未作判断。")
    )
    return Sketch(
        title=Text(f"{names[0]} and {names[1]}, city by city", f"{names[0]}与{names[1]}：各城市").in_(language),
        alt=Text(
            f"{len(cities)} cities, each a dot: across {names[0]}, upwards {names[1]} (score 0 to 1).{figure.en}",
            f"{len(cities)}个城市各为一点：横轴为{names[0]}，纵轴为{names[1]}（得分0至1）。{figure.zh}",
        ).in_(language),
        table=table,
        heads={"name": Text("City", "城市").in_(language), "x": f"{names[0]}{unit}", "y": names[1]},
        caption=Text(
            "Scores come in steps; cities of one step are spread beside and above each other so that none hides another. A score "
            "of 0: not seen in the evidence read.",
            "得分为分级取值；同一级的城市错开排列，以免相互遮挡。得分0表示所读资料中未见。",
        ).in_(language),
        draw=lambda width: laid(width)[0],
        places=lambda width: laid(width)[1],
    )  # fmt: skip


def _name(result: Any, column: str, language: str) -> str:
    said = result.labels[column].in_(language)
    return shown(said[:1].upper() + said[1:])


def _unit(result: Any, column: str, language: str) -> str:
    """The unit of a figure in brackets; nothing where it has none."""
    from learningcity.standards import label

    unit = str(result.coverage.at[column, "unit"])
    if not unit:
        return ""
    said = shown(label("unit", unit, language))
    return Text(f" ({said})", f"（{said}）").in_(language)


def _group(code: str, language: str) -> str:
    from learningcity.report.charts.common import words

    return words("unesco_region", code, language)


def _laid(
    cities: Sequence[dict[str, Any]], names: tuple[str, str], numeric: bool, width: int, language: str
) -> tuple[Late, list[Place]]:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    steps = sorted({c["y"] for c in cities}, reverse=True)
    left, right = 40.0, width - 6.0
    canvas.text(
        0, 10, wrapped(Text(f"{names[1]}, score", f"{names[1]}得分").in_(language), 12, width - 8, 1), MUTED
    )
    groups = list(dict.fromkeys(sorted(c["x"] for c in cities))) if not numeric else []
    across = span([c["x"] for c in cities], left + 28, right - 26) if numeric else None
    room = (right - left) / max(len(groups), 1)
    # Dots of each step first, with their places above its line, so that the steps take the room they need.
    y, taken, places = 26.0, [], []
    for step in steps:
        here = [c for c in cities if c["y"] == step]
        if across is not None:
            offsets = _swarm([across(c["x"]) for c in here])
        else:
            offsets = _packed([groups.index(c["x"]) for c in here], left, room)
        high = max((-o for _, o in offsets), default=0) + 2 * RADIUS + 10
        floor = y + max(high, 30.0 if narrow else 44.0)
        taken.append((step, floor))
        for city, (at, up) in zip(here, offsets, strict=True):
            places.append((city["key"], at, floor - 8 + up))
        y = floor
    _axes(canvas, taken, across, groups, left, right, y, names[0], narrow)
    for _, at, down in places:
        canvas.dot(at, down, RADIUS, TONES[3], PAPER, wide=1)
    half = RADIUS + 1
    spots = [Place(key, at - half, down - half, 2 * half, 2 * half) for key, at, down in places]
    return canvas.spec(y + (86 if groups and narrow else 58 if groups else 46)), spots


def _axes(
    canvas: Canvas, taken: Sequence[tuple[float, float]], across: Span | None, groups: Sequence[str],
    left: float, right: float, floor: float, name: str, narrow: bool,
) -> None:  # fmt: skip
    from learningcity.standards import format_number

    for step, at in taken:
        canvas.line(left, at, right, at)
        canvas.text(left - 8, at - 8, f"{step:.2g}", INK, 12, "right")
    if across is not None:
        for value in across.ticks(3 if narrow else 6):
            canvas.line(across(value), 26, across(value), floor, HAIR)
            plain = 1900 <= value <= 2100 and float(value).is_integer()
            said = f"{value:.0f}" if plain else format_number(value, canvas.language, "words")
            canvas.text(across(value), floor + 13, said, MUTED, 11, "center")
    else:
        room = (right - left) / max(len(groups), 1)
        for k, group in enumerate(groups):
            if k:
                canvas.line(left + room * k, 26, left + room * k, floor, HAIR)
            lines = wrapped(group, 10.5, room - 6, 4)
            canvas.text(
                left + room * (k + 0.5),
                floor + 8 + 6.5 * (lines.count("\n") + 1),
                lines,
                MUTED,
                10.5,
                "center",
            )
    said = wrapped(name, 12, right, 1)
    canvas.text(right - width_of(said, 12), floor + ((74 if narrow else 46) if groups else 34), said, MUTED)


def _swarm(xs: Sequence[float]) -> list[tuple[float, float]]:
    """Places above a line for dots that may not hide one another, each as near to its own x as it can be.

    Examples
    --------
    >>> _swarm([10, 10, 100])[0], len(set(_swarm([10, 10, 100])))
    ((10.0, 0.0), 3)
    """
    gap, found = 2 * RADIUS + 0.6, list[tuple[float, float]]()
    steps = [(dx * gap, -dy * gap) for dy in range(14) for dx in (0, -1, 1, -2, 2)]
    steps.sort(key=lambda o: (abs(o[0]) * 2 + abs(o[1]), o))
    for x in xs:
        place = next(
            ((x + dx, dy) for dx, dy in steps if all((x + dx - a) ** 2 + (dy - b) ** 2 >= gap**2 * 0.98 for a, b in found)),
            (x, 0.0),
        )  # fmt: skip
        found.append(place)
    return found


def _packed(groups: Sequence[int], left: float, room: float) -> list[tuple[float, float]]:
    """Places of dots in rows above a line, each in the part of its group."""
    gap = 2 * RADIUS + 2.5
    per = max(1, min(8, int((room - 14) // gap)))
    seen: dict[int, int] = {}
    found = []
    for group in groups:
        k = seen.get(group, 0)
        seen[group] = k + 1
        number = min(groups.count(group), per)
        start = left + room * (group + 0.5) - gap * (number - 1) / 2
        found.append((start + gap * (k % per), -gap * (k // per)))
    return found
