"""Kind "matrix": how many practices speak of each area by each mechanism, the number written in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.report.charts.common import LINES, NARROW, RAISED, finished, words
from learningcity.report.charts.drawing import shown
from learningcity.report.charts.palette import COLOURS, HAIR, INK, STEPS
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    import pandas as pd

_TITLE = Text("Practices by mechanism and area", "按举措类别与领域统计的实践举措")
_CAPTION = Text(
    "Codes of two machine-assisted passes; no human expert has coded yet. An empty cell: none seen.",
    "编码由两遍机器辅助阅读得出，尚无专家人工编码。空格表示未见公开资料。",
)


def matrix(frame: Any, language: str, *, title: str = "", caption: str | None = None) -> Sketch:
    """Draw a table of counts as a heat map.

    Parameters
    ----------
    frame
        Index: codes of mechanisms; columns: codes of areas; cells: whole numbers. An empty cell and
        a zero are both drawn empty, since no practice was seen.
    language
        "en" or "zh".
    title, caption
        Instead of the usual ones; an empty caption leaves it out.

    Raises
    ------
    InputError
        The frame holds anything but counts.
    """
    counts = _counts(frame)
    rows, columns = [str(c) for c in counts.columns], [str(i) for i in counts.index]
    areas = {code: _area(code, language) for code in rows}
    mechanisms = {code: words("mechanism", code, language) for code in columns}
    heads = {"area": Text("Area", "领域").in_(language), **mechanisms}
    table = counts.T.copy()
    table.columns = columns
    table.index = [areas[code] for code in rows]
    table = table.rename_axis("area").reset_index()
    cells = [
        {"row": areas[a], "column": mechanisms[m], "n": int(counts.at[m, a])}
        for a in rows
        for m in columns
        if counts.at[m, a] > 0
    ]
    return Sketch(
        title=title or _TITLE.in_(language),
        alt=_alt(cells, len(rows), len(columns), language),
        table=table,
        heads=heads,
        caption=_CAPTION.in_(language) if caption is None else caption,
        draw=lambda width: _draw(cells, list(areas.values()), list(mechanisms.values()), width, language),
    )


def _counts(frame: Any) -> pd.DataFrame:
    import pandas as pd

    wrong = Text(
        "A matrix is drawn of a frame of counts: whole numbers from 0, empty where none was seen; each code once.",
        "矩阵图须用计数表绘制：单元格为从0起的整数，未见则留空；每个编码只出现一次。",
    )
    if not isinstance(frame, pd.DataFrame) or frame.index.has_duplicates or frame.columns.has_duplicates:
        raise InputError(wrong)
    try:
        numbers = frame.astype("Float64")
    except (TypeError, ValueError) as error:
        raise InputError(wrong) from error
    counts = numbers.fillna(0)
    if (counts % 1 != 0).any(axis=None):
        raise InputError(wrong)
    if (counts < 0).any(axis=None):
        raise InputError(wrong)
    return counts.astype("int64").rename(index=str, columns=str)


def _area(code: str, language: str) -> str:
    from learningcity.standards import load_standard

    found = {a.code: a.name.in_(language) for a in load_standard().areas}
    return shown(f"{code} {found[code]}" if code in found else code)


def _alt(cells: list[dict[str, Any]], rows: int, columns: int, language: str) -> str:
    if not cells:
        return Text("An empty table: no practice was seen.", "空表：未见实践举措。").in_(language)
    most = sorted(cells, key=lambda c: -c["n"])[:3]
    text = Text(
        "A table of {rows} areas by {columns} mechanisms with a number in each of the {seen} cells where practices "
        "were seen; {empty} cells are empty. Most: {most}.",
        "{rows}个领域、{columns}类举措的表格，{seen}格见有实践举措并标出数目，{empty}格为空。最多的是：{most}。",
    )
    said = [f"{c['row']} – {c['column']} {c['n']}" for c in most]
    return text.format(
        rows=rows,
        columns=columns,
        seen=len(cells),
        empty=rows * columns - len(cells),
        most=Text("; ".join(said), "；".join(said)),
    ).in_(language)


def steps(most: int) -> list[int]:
    """The lowest count of each step of the heat map, for counts up to ``most``.

    Examples
    --------
    >>> steps(100), steps(3)
    ([1, 11, 31, 61], [1, 2])
    """
    lows = [1, *(int(most * share) + 1 for share in (0.1, 0.3, 0.6))]
    return [low for low in dict.fromkeys(lows) if low <= max(most, 1)]


def _draw(
    cells: list[dict[str, Any]], rows: list[str], columns: list[str], width: int, language: str
) -> dict[str, Any]:
    import altair as alt
    import pandas as pd

    narrow = width < NARROW
    broken = {r: wrapped(r, 12, 132 if narrow else 250, 3 if narrow else 2) for r in rows}
    room = (width - (140 if narrow else 262)) / max(len(columns), 1)
    upright = any(width_of(c, 12) > room for c in columns)
    lows = steps(max((c["n"] for c in cells), default=1))
    # Fewer steps than tones: the lightest and the darkest stay, so that few counts differ clearly too.
    chosen = STEPS[: len(lows)] if len(lows) > 1 else STEPS[1:2]
    step = [sum(c["n"] >= low for low in lows) - 1 for c in cells]
    data = pd.DataFrame(cells, columns=["row", "column", "n"]).assign(
        row=[broken[c["row"]] for c in cells],
        fill=[COLOURS[chosen[s][0]] for s in step],
        ink=[COLOURS[chosen[s][1]] for s in step],
    )
    every = pd.DataFrame([{"row": r, "column": c} for r in broken.values() for c in columns])
    x = alt.X(
        "column:N",
        sort=None,
        scale=alt.Scale(domain=columns, paddingInner=0.04, paddingOuter=0),
        axis=alt.Axis(
            orient="top", title=None, domain=False, ticks=False, labelAngle=-90 if upright else 0,
            labelAlign="left" if upright else "center", labelLimit=120, labelOverlap=False,
        ),
    )  # fmt: skip
    y = alt.Y(
        "row:N",
        sort=None,
        scale=alt.Scale(domain=list(broken.values()), paddingInner=0.06, paddingOuter=0),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelLimit=300,
            labelExpr=LINES,
            labelOffset=RAISED,
            labelLineHeight=14,
        ),
    )
    layers = alt.layer(
        alt.Chart(every).mark_rect(fill=None, stroke=HAIR, strokeWidth=1).encode(x=x, y=y),
        alt.Chart(data).mark_rect().encode(x=x, y=y, color=alt.Color("fill:N", scale=None)),
        alt.Chart(data)
        .mark_text(fontSize=12, baseline="middle", fill=INK)
        .encode(x=x, y=y, text="n:Q", fill=alt.Fill("ink:N", scale=None)),
    )
    return finished(layers, language, width, (45 if narrow else 30) * len(rows) + (86 if upright else 28))
