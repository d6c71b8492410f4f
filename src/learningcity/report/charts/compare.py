"""Kind "compare": 2 to 6 cities on some indicators, one dot a city on a line of its own for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.report.charts.canvas import Canvas, legend
from learningcity.report.charts.common import NARROW, listed
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import wrapped

if TYPE_CHECKING:
    from learningcity.atlas import FactTable

FEWEST, MOST = 2, 6
#: Shape, fill and stroke of each city: told apart by shape and lightness, without colour too.
LOOKS = (
    ("circle", TONES[4], TONES[4]), ("square", TONES[2], INK), ("triangle-up", MARK, MARK),
    ("diamond", PAPER, INK), ("triangle-down", TONES[1], INK), ("circle", PAPER, MARK),
)  # fmt: skip
#: From this ratio of highest to lowest on, a line is drawn by powers.
WIDE_RATIO = 50


def compare(result: FactTable, language: str, *, cities: Sequence[str], names: Any = None) -> Sketch:
    """Draw cities beside each other, one line an indicator, each line with a scale of its own.

    The line runs from the lowest to the highest value of all cities of the table, so that the
    chosen ones are seen among the others (small ticks).

    Parameters
    ----------
    result
        Of ``atlas.table([...])``: rows cities, columns indicators. A frame of that shape serves too.
    language
        "en" or "zh".
    cities
        Two to six ids of cities in the table.
    names
        Mapping of ids to names to print; without it those of the shipped atlas.

    Raises
    ------
    UnknownNameError
        A city that the table does not have.
    InputError
        Fewer than two cities or more than six.
    """
    import pandas as pd

    values = getattr(result, "values", result)
    values = values if isinstance(values, pd.DataFrame) else result
    if not isinstance(values, pd.DataFrame):
        raise InputError(
            Text("A comparison is drawn of atlas.table([...]).", "比较图须用atlas.table([...])的结果绘制。")
        )
    chosen = list(dict.fromkeys([cities] if isinstance(cities, str) else cities))
    for city in chosen:
        if city not in values.index:
            raise UnknownNameError("city", city, values.index)
    if not FEWEST <= len(chosen) <= MOST:
        raise InputError(
            Text(
                f"Name {FEWEST} to {MOST} cities, not {len(chosen)}.",
                f"请给出{FEWEST}至{MOST}个城市，现为{len(chosen)}个。",
            )
        )
    called = _names(chosen, names, language)
    about = _about(list(map(str, values.columns)), language)
    rows = [
        {"indicator": about[c][0], "unit": about[c][1],
         **{city: _number(values.at[city, c]) for city in chosen},
         "others": sorted(v for v in (_number(x) for x in values[c]) if v is not None)}
        for c in values.columns
    ]  # fmt: skip
    return Sketch(
        title=Text(f"{listed(called, 'en')} side by side", f"{listed(called, 'zh')}比较").in_(language),
        alt=_alt(rows, chosen, called, language),
        table=pd.DataFrame(
            [{k: v for k, v in r.items() if k != "others"} for r in rows],
            columns=["indicator", "unit", *chosen],
        ),
        heads={
            "indicator": Text("Indicator", "指标").in_(language),
            "unit": Text("Unit", "单位").in_(language),
            **dict(zip(chosen, called, strict=True)),
        },
        caption=Text(
            "Each line has its own scale, from the lowest to the highest of all cities with a figure (ticks); places "
            "on different lines are not to be compared. Years differ. No dot: no figure of the city itself was seen.",
            "每行刻度各自独立，从所有有数据城市的最低值到最高值（细线），不同行的位置不可相比。各数据年份不尽相同。无标记表示未见本市数据。",
        ).in_(language),
        draw=lambda width: _draw(rows, chosen, called, width, language),
    )


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _names(chosen: list[str], names: Any, language: str) -> list[str]:
    if names is None:
        from learningcity.atlas import load_atlas

        names = load_atlas().cities.set_index("city_id")[f"name_{language}"].to_dict()
    return [shown(names.get(city) or city) for city in chosen]


def _about(columns: list[str], language: str) -> dict[str, tuple[str, str]]:
    from learningcity.atlas import load_atlas
    from learningcity.standards import label

    table = load_atlas().indicators.set_index("indicator_id")
    return {
        c: (shown(table.at[c, f"name_{language}"]), label("unit", table.at[c, "unit"], language))
        if c in table.index
        else (shown(c), "")
        for c in columns
    }


def _alt(rows: list[dict[str, Any]], chosen: list[str], called: list[str], language: str) -> str:
    held = [sum(r[c] is not None for r in rows) for c in chosen]
    by = [f"{name} {n}" for name, n in zip(called, held, strict=True)]
    text = Text(
        f"{len(chosen)} cities on {len(rows)} indicators, one line each. Figures were seen for: {listed(by, 'en')}.",
        f"{len(chosen)}个城市的{len(rows)}项指标，每项一行。见到数据的指标数：{listed(by, 'zh')}。",
    )
    return text.in_(language)


def _draw(
    rows: list[dict[str, Any]], chosen: list[str], called: list[str], width: int, language: str
) -> Late:
    from learningcity.standards import format_number

    canvas = Canvas(width, language)
    narrow = width < NARROW
    entries = [
        (lambda x, y, look=look: canvas.dot(x, y, 5.5, look[1], look[2], look[0], 1.6), name)
        for look, name in zip(LOOKS, called, strict=False)
    ]
    y = legend(canvas, 0, 12, entries) + 14
    left = 8.0 if narrow else 230.0
    for row in rows:
        unit = Text(f" ({row['unit']})", f"（{row['unit']}）").in_(language) if row["unit"] else ""
        said = f"{row['indicator']}{unit}"
        at = y + (24 if narrow else 6)
        canvas.text(
            0,
            y + (0 if narrow else 6),
            wrapped(said, 12, width - 4 if narrow else left - 24, 1 if narrow else 2),
        )
        values = row["others"]
        missing = [name for city, name in zip(chosen, called, strict=True) if row[city] is None]
        if values:
            place = _scale(values, left, width - 16)
            canvas.line(left, at, width - 16, at, MUTED)
            for value in values:
                canvas.line(place(value), at - 4, place(value), at + 4, MUTED, 0.6)
            _dots(canvas, row, chosen, place, at)
            canvas.text(left, at + 17, format_number(values[0], language, "words"), MUTED, 10.5)
            if values[-1] != values[0]:
                canvas.text(
                    width - 16, at + 17, format_number(values[-1], language, "words"), MUTED, 10.5, "right"
                )
        if missing:
            note = Text(
                f"no city figure: {listed(missing, 'en')}", f"未见本市数据：{listed(missing, 'zh')}"
            ).in_(language)
            room = width - 16 - left - 150
            middle = (left + width - 16) / 2
            canvas.text(middle, at + 17, wrapped(note, 10.5, max(room, 90), 1), MUTED, 10.5, "center")
        y = at + 40
    return canvas.spec(y - 8)


def _dots(canvas: Canvas, row: dict[str, Any], chosen: list[str], place: Any, y: float) -> None:
    # Those that would hide each other are put above one another.
    taken: list[tuple[float, float]] = []
    for look, city in zip(LOOKS, chosen, strict=False):
        if row[city] is None:
            continue
        x, at = place(row[city]), y
        while any(abs(x - a) < 10 and abs(at - b) < 10 for a, b in taken):
            at -= 11
        taken.append((x, at))
        canvas.dot(x, at, 5.5, look[1], look[2], look[0], 1.6)


def _scale(values: list[float], start: float, end: float) -> Any:
    low, high = values[0], values[-1]
    powers = low > 0 and high / low > WIDE_RATIO

    def place(value: float) -> float:
        if high == low:
            return (start + end) / 2
        share = math.log(value / low) / math.log(high / low) if powers else (value - low) / (high - low)
        return start + 6 + share * (end - start - 12)

    return place
