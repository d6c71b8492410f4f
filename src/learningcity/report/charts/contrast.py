"""Kind "contrast": awarded cities against other members of the network, on size and country context alone."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.charts.associations import two
from learningcity.report.charts.canvas import Canvas, legend
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.spans import span
from learningcity.report.charts.texts import wrapped

_GROUPS = {True: Text("awarded", "获奖城市"), False: Text("other members", "其他成员")}
_HEADS = {
    "figure": Text("Figure", "数据"),
    "group": Text("Group", "组别"),
    "n": Text("Members with a figure", "有数据的成员"),
    "lower": Text("Lower quarter up to", "下四分位数"),
    "median": Text("Median", "中位数"),
    "upper": Text("Upper quarter from", "上四分位数"),
    "estimate": Text("Rank-biserial correlation", "秩二列相关"),
    "p": Text("p", "p值"),
    "q": Text("q", "q值"),
}


def contrast(result: Any, language: str) -> Sketch:
    """Draw members of the network: one line a figure and group, a tick each, a box for the middle half.

    Parameters
    ----------
    result
        Of ``lc.atlas_background(...)``.
    language
        "en" or "zh".

    Raises
    ------
    InputError
        It is none, or nothing can be told of the members.
    """
    import pandas as pd

    if not hasattr(result, "member_values") or result.members is None:
        raise InputError(
            Text(
                "This picture is drawn of lc.atlas_background(...) with members to compare.",
                "此图须用含成员比较的lc.atlas_background(...)结果绘制。",
            )
        )
    values, labels, one = result.member_values, result.labels, result.members
    rows: list[dict[str, Any]] = []
    for pair in one.pairs:
        said = labels[pair.background].in_(language) if pair.background in labels else pair.background
        for group, word in _GROUPS.items():
            held = values.loc[values["awarded"] == group, pair.background].dropna().astype(float)
            lower, median, upper = held.quantile([0.25, 0.5, 0.75]) if len(held) else (float("nan"),) * 3
            rows.append(
                {
                    "figure": shown(said), "group": word.in_(language), "awarded": group, "n": len(held),
                    "lower": lower, "median": median, "upper": upper, "estimate": pair.estimate, "p": pair.p,
                    "q": pair.q_bh if one.adjust == "bh" else pair.q_by, "held": held.tolist(),
                }
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(_HEADS))
    numbers = ["lower", "median", "upper", "estimate", "p", "q"]
    table = table.astype(dict.fromkeys(numbers, "float64")).round({"estimate": 2, "p": 3, "q": 3, "lower": 1, "median": 1, "upper": 1})  # fmt: skip
    return Sketch(
        title=Text(
            "Context only: awarded cities and other members", "仅供了解背景：获奖城市与其他成员"
        ).in_(language),
        alt=_alt(rows, len(one.found), language),
        table=table,
        heads={c: t.in_(language) for c, t in _HEADS.items()},
        caption=Text(
            "Each tick is a member with a figure, the box holds the middle half, the bar in it is the median. (country): members of "
            "one country share the value. Practices of other members were hardly coded and are not compared.",
            "每条细线为一个有数据的成员，方框为中间一半，框内竖线为中位数。“（国家）”：同一国家的成员取值相同。"
            "其他成员的实践举措几乎未编码，不作比较。",
        ).in_(language),
        draw=lambda width: _draw(rows, width, language),
    )  # fmt: skip


def _alt(rows: list[dict[str, Any]], found: int, language: str) -> str:
    each = []
    for first in rows[::2]:
        effect = (
            Text("not judged", "未作判断").in_(language)
            if first["estimate"] is None
            else two(first["estimate"])
        )
        each.append(f"{first['figure']} {effect}")
    n = len(each)
    return Text(
        f"{n} figures, each with awarded cities and other members on one scale; rank-biserial correlation, above 0 where awarded "
        f"cities are higher: {'; '.join(each)}. {found} of {n} differ beyond chance.",
        f"{n}项数据，获奖城市与其他成员置于同一刻度；秩二列相关大于0表示获奖城市较高：{'；'.join(each)}。"
        f"{n}项中有{found}项差异超出偶然。",
    ).in_(language)


def _draw(rows: list[dict[str, Any]], width: int, language: str) -> Late:
    from learningcity.standards import format_number

    canvas = Canvas(width, language)
    narrow = width < NARROW
    left, right = (96.0 if narrow else 150.0), width - 14.0
    y = 12.0
    boxes: list[tuple[dict[str, Any], float, float, float, float]] = []
    for k in range(0, len(rows), 2):
        both = rows[k : k + 2]
        canvas.text(0, y, wrapped(both[0]["figure"], 12, width - 8, 1), INK, 12, weight="bold")
        y += 24
        place = span([v for r in both for v in r["held"]], left, right)
        for value in place.ticks(3 if narrow else 5):
            canvas.line(place(value), y - 12, place(value), y + 48)
            canvas.text(place(value), y + 58, format_number(value, language, "words"), MUTED, 10.5, "center")
        for row in both:
            canvas.text(left - 10, y, f"{row['group']}\n{row['n']}", INK if row["awarded"] else MUTED, 11, "right")  # fmt: skip
            for value in row["held"]:
                canvas.line(place(value), y - 9, place(value), y + 9, MUTED, 0.5)
            if row["held"]:
                boxes.append((row, place(row["lower"]), place(row["median"]), place(row["upper"]), y))
            y += 32
        y += 26
    # Medians last: marks of one look lie in one layer, above those that were put before.
    for row, low, _, high, at in boxes:
        canvas.box(low, at - 6, max(high, low + 1), at + 6, TONES[1] if row["awarded"] else PAPER, INK)
    for _, _, middle, _, at in boxes:
        canvas.line(middle, at - 6, middle, at + 6, INK, 2.4)
    entries = [
        (lambda x, at: canvas.box(x - 7, at - 5, x + 7, at + 5, TONES[1], INK), _GROUPS[True].in_(language)),
        (lambda x, at: canvas.box(x - 7, at - 5, x + 7, at + 5, PAPER, INK), _GROUPS[False].in_(language)),
    ]
    return canvas.spec(legend(canvas, 0, y, entries))
