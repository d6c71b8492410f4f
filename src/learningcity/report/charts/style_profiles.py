"""Kind "style_profiles": what sets each style apart, one small picture a style, the same scale in all."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import HAIR, INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.style_parts import Styles, read_styles
from learningcity.report.charts.texts import width_of, wrapped

Row = dict[str, Any]
#: Difference from which on a column enters the name of a style; larger ones than the most are drawn at the edge.
NOTABLE, MOST = 0.5, 3.0
_LINE = 18


def style_profiles(result: Any, language: str, *, names: Any = None, labels: Any = None) -> Sketch:
    """Draw for each style how far it lies above or below all other cases, column by column.

    Parameters
    ----------
    result
        Of ``lc.typology`` or ``lc.atlas_styles``, divided into at least two styles.
    language
        "en" or "zh".
    names, labels
        Mappings of cases and of columns to what is printed; cities have their own.

    Raises
    ------
    InputError
        The result is no typology, or its cases are not divided.
    """
    styles = read_styles(result, language, names, labels)
    one = styles.typology
    if one.k == 1:
        raise InputError(
            Text(
                "The cases are not divided, so that there is no profile; ask for a number of styles.",
                "案例未作划分，因而没有类型特点；请指定类型数。",
            )
        )
    profile = one.profile
    table = profile.assign(
        label=[" ".join(filter(None, (styles.label(r.column), str(r.level)))) for r in profile.itertuples()]
    )
    heads = {
        "style": Text("Style", "类型"),
        "label": Text("Characteristic", "特征"),
        "n": Text("Cases in the style", "类内案例数"),
        "inside": Text("Mean in the style", "类内均值"),
        "outside": Text("Mean of all others", "其余案例均值"),
        "difference": Text("Difference in standard deviations", "标准化差异"),
    }
    return Sketch(
        title=Text("What sets each style apart", "各类型的特点").in_(language),
        alt=_alt(styles, table).in_(language),
        table=table,
        heads={name: head.in_(language) for name, head in heads.items()},
        caption=styles.caption(
            Text(
                "A bar says how many standard deviations the mean of the style lies above or below that of all other "
                f"cases; dark from {NOTABLE:g} on. The columns made the styles, so that they differ by them in any "
                "case: nothing here is a test.",
                f"横条表示该类型均值高于或低于其余案例多少个标准差，达{NOTABLE:g}者为深色。类型正是由这些列划分的，"
                "因此必然在这些列上不同：此处并非检验。",
            )
        ),
        draw=lambda width: _draw(styles, table, width, language),
    )


def _alt(styles: Styles, table: Any) -> Text:
    en, zh = [], []
    for style in styles.typology.styles:
        rows = table[(table["style"] == style.number) & (table["difference"].abs() >= NOTABLE)].head(3)
        told = [
            f"{r.label} {'+' if r.difference > 0 else '−'}{abs(r.difference):.1f}" for r in rows.itertuples()
        ]
        en.append(f"style {style.number}: {', '.join(told) or 'near the average'}")
        zh.append(f"类型{style.number}：{'、'.join(told) or '接近总体平均'}")
    return Text(
        f"{len(en)} styles, the largest differences of each: {'; '.join(en)}.",
        f"{len(zh)}种类型，各自差异最大的特征：{'；'.join(zh)}。",
    )


def _draw(styles: Styles, table: Any, width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    key = [
        (lambda x, y: canvas.box(x - 6, y - 5, x + 6, y + 5, TONES[3]), Text(f"{NOTABLE:g} or more", f"达到{NOTABLE:g}").in_(language)),
        (lambda x, y: canvas.box(x - 6, y - 5, x + 6, y + 5, TONES[0]), Text("less", "不足").in_(language)),
    ]  # fmt: skip
    top = legend(canvas, 0, 12, key) + 16
    labels = list(dict.fromkeys(_in_order(styles, table)))
    left = min(max(width_of(one, 11.5) for one in labels) + 8, 110 if narrow else 190)
    fit = max(1, int((width - left) // (112 if narrow else 138)))
    count = styles.typology.k
    lines = -(-count // fit)
    fit = -(-count // lines)
    room = (width - left) / fit
    most = min(max(float(table["difference"].abs().max()), 1.0), MOST)
    for start in range(0, count, fit):
        shown = styles.typology.styles[start : start + fit]
        body = top + 40
        for number, label in enumerate(labels):
            y = body + _LINE * number
            canvas.line(left, y + _LINE / 2, left + room * len(shown), y + _LINE / 2, HAIR, 0.6)
            canvas.text(left - 8, y, wrapped(label, 11.5, left - 8, 1), INK, 11.5, "right")
        for place, style in enumerate(shown):
            x = left + room * place
            _panel(canvas, styles, style, table, labels, x, room, top, most, language)
        top = body + _LINE * len(labels) + 30
    return canvas.spec(top - 8)


def _in_order(styles: Styles, table: Any) -> list[str]:
    """Labels in the order of the columns, not of any one style."""
    order = {c: i for i, c in enumerate(styles.typology.columns)}
    rows = table[table["style"] == 1]
    return [str(r.label) for r in sorted(rows.itertuples(), key=lambda r: (order[r.column], r.level))]


def _panel(
    canvas: Canvas, styles: Styles, style: Any, table: Any, labels: list[str], x: float, room: float, top: float,
    most: float, language: str,
) -> None:  # fmt: skip
    scale = Scale(-most, most, x + 13, x + room - 13)
    head = Text(f"Style {style.number} ({style.size})", f"类型{style.number}（{style.size}）").in_(language)
    canvas.text(scale(0), top, head, INK, 12, "center", "bold")
    canvas.text(
        scale(0), top + 16, wrapped(styles.name(style.medoid), 10.5, room - 6, 1), MUTED, 10.5, "center"
    )
    body = top + 40
    rows = {str(r.label): r.difference for r in table[table["style"] == style.number].itertuples()}
    for number, label in enumerate(labels):
        value = rows.get(label)
        y = body + _LINE * number
        if value is None or value != value:
            canvas.text(scale(0), y, "·", MUTED, align="center")
            continue
        end = scale(max(-most, min(most, value)))
        low, high = sorted((scale(0), end))
        if high - low >= 0.5:
            fill = TONES[3] if abs(value) >= NOTABLE else TONES[0]
            canvas.box(low, y - 5, high, y + 5, fill, None if abs(value) >= NOTABLE else TONES[2])
        if abs(value) > most:
            canvas.text(end, y, "›" if value > 0 else "‹", PAPER, 12, "right" if value > 0 else "left")
    bottom = body + _LINE * len(labels)
    canvas.line(scale(0), body - 9, scale(0), bottom - 6, MUTED, 1)
    for value in (-int(most), 0, int(most)):
        said = f"{value:+d}".replace("-", "−") if value else "0"
        canvas.text(scale(value), bottom + 4, said, MUTED, 10, "center")
