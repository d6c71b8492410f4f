"""Kind "style_numbers": how well each number of styles does, against the limits that structure must meet."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale, legend
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import HAIR, INK, MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.style_parts import Styles, read_styles

Row = dict[str, Any]
_TALL = 150


def style_numbers(result: Any, language: str) -> Sketch:
    """Draw for each number of styles tried its mean silhouette, and how its least stable style comes back.

    Parameters
    ----------
    result
        Of ``lc.typology`` or ``lc.atlas_styles``.
    language
        "en" or "zh".

    Raises
    ------
    InputError
        The result is no typology.
    """
    styles = read_styles(result, language)
    one = styles.typology
    rows = one.choices.to_dict("records")
    heads = {
        "k": Text("Styles", "类型数"),
        "silhouette": Text("Mean silhouette", "平均轮廓系数"),
        "p": Text("p", "p值"),
        "stability": Text("Stability of the least stable style", "最不稳定类型的稳定性"),
        "smallest": Text("Cases of the smallest style", "最小类型的案例数"),
    }
    return Sketch(
        title=Text("How each number of styles does", "各类型数的表现").in_(language),
        alt=_alt(styles, rows).in_(language),
        table=one.choices[[*heads, "chosen"]],
        heads={name: head.in_(language) for name, head in heads.items()},
        caption=_caption(styles).in_(language),
        draw=lambda width: _draw(styles, rows, width, language),
    )


def _limits(styles: Styles) -> tuple[float, float, float]:
    one = styles.typology
    return one.spec["least_silhouette"], one.spec["least_stability"], one.chance


def _alt(styles: Styles, rows: list[Row]) -> Text:
    silhouette, stability, chance = _limits(styles)
    best = next(r for r in rows if r["chosen"])
    above = sum(r["silhouette"] > silhouette for r in rows)
    stable = sum(r["stability"] >= stability for r in rows)
    shuffled = chance == chance
    beyond = sum(r["silhouette"] > chance for r in rows)
    return Text(
        f"{len(rows)} numbers of styles ({rows[0]['k']} to {rows[-1]['k']}): {above} with a mean silhouette above "
        f"{silhouette:g}, "
        + (f"{beyond} above what shuffled columns reach, " if shuffled else "")
        + (f"{stable} with every style stable, " if best["stability"] == best["stability"] else "")
        + f"best {best['k']} with {best['silhouette']:.2f}.",
        f"共试{len(rows)}种类型数（{rows[0]['k']}至{rows[-1]['k']}）：平均轮廓系数超过{silhouette:g}的有{above}种，"
        + (f"超过打乱各列所及范围的有{beyond}种，" if shuffled else "")
        + (f"各类型均稳定的有{stable}种，" if best["stability"] == best["stability"] else "")
        + f"最佳为{best['k']}类，轮廓系数{best['silhouette']:.2f}。",
    )


def _caption(styles: Styles) -> Text:
    one = styles.typology
    silhouette, stability, chance = _limits(styles)
    n = len(one.shuffled)
    return Text(
        f"Structure needs all at once: a mean silhouette above {silhouette:g}"
        + (
            f" and above what {n} tables with shuffled columns reach (broken line)"
            if chance == chance
            else ""
        )
        + f", and every style coming back when cases are drawn anew (stability {stability:g} or more).",
        f"有结构须同时满足：平均轮廓系数高于{silhouette:g}"
        + (f"，并高于{n}个打乱各列的表所及范围（虚线）" if chance == chance else "")
        + f"；重新抽取案例时每一类型均能重现（稳定性不低于{stability:g}）。",
    )


def _draw(styles: Styles, rows: list[Row], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    silhouette, stability, chance = _limits(styles)
    # The key is drawn last, so that lines lie under all dots; how tall it is, is tried on another sheet.
    trial = Canvas(width, language)
    top = legend(trial, 0, 12, _key(trial, language)) + 14
    lines: list[Any] = [
        (silhouette, Text(f"{silhouette:g}: least for structure", f"{silhouette:g}：有结构的最低要求"), ())
    ]
    level = styles.typology.spec["level"]
    if chance == chance:
        lines.append(
            (
                chance,
                Text(
                    f"{chance:.2f}: shuffled columns, {level:.0%} of the tables",
                    f"{chance:.2f}：打乱各列后{level:.0%}的表所及",
                ),
                (4, 3),
            )
        )
    top = _panel(
        canvas, rows, "silhouette", Text("Mean silhouette", "平均轮廓系数"), lines,
        lambda v: v > silhouette and not v <= chance, top, language,
    )  # fmt: skip
    if any(r["stability"] == r["stability"] for r in rows):
        one = (
            stability,
            Text(f"{stability:g}: least for a stable style", f"{stability:g}：稳定类型的最低要求"),
            (),
        )
        top = _panel(
            canvas, rows, "stability", Text("Stability of the least stable style", "最不稳定类型的稳定性"), [one],
            lambda v: v >= stability, top + 10, language,
        )  # fmt: skip
    legend(canvas, 0, 12, _key(canvas, language))
    canvas.text(width, top, Text("Number of styles", "类型数").in_(language), MUTED, align="right")
    return canvas.spec(top + 12)


def _key(canvas: Canvas, language: str) -> list[Any]:
    met, short, best = (
        Text("limit met", "达到界限"), Text("not met", "未达到"), Text("best of those tried", "所试中最佳"),
    )  # fmt: skip
    return [
        (lambda x, y: canvas.dot(x, y, 5, TONES[3], INK), met.in_(language)),
        (lambda x, y: canvas.dot(x, y, 5, PAPER, INK), short.in_(language)),
        (lambda x, y: canvas.dot(x, y, 7, None, MARK, "square", 1.6), best.in_(language)),
    ]


def _panel(
    canvas: Canvas, rows: list[Row], name: str, title: Text, lines: list[Any], good: Any, top: float, language: str
) -> float:  # fmt: skip
    """Draw one panel; give the y below it."""
    wide = canvas.width
    narrow = wide < NARROW
    values = [r[name] for r in rows if r[name] == r[name]]
    limits = [at for at, _, _ in lines]
    high, low = max(*values, *limits, 0.0), min(*values, 0.0)
    floor = top + 20 + _TALL
    rise = Scale(low, high, floor, top + 20 + 15 * len(lines))
    ks = [r["k"] for r in rows]
    across = Scale(min(ks), max(ks), 56, wide - 24)
    canvas.text(0, top, title.in_(language), INK)
    for value in rise.ticks(4):
        canvas.line(34, rise(value), wide, rise(value), HAIR)
        canvas.text(28, rise(value), f"{value:g}", MUTED, align="right")
    above = rise(max(limits)) - 9
    for number, (at, words, dash) in enumerate(sorted(lines, key=lambda one: one[0])):
        # All words stand above the highest line, since dots lie below; the line that is meant ends each.
        y = above - 15 * number
        canvas.line(34, rise(at), wide, rise(at), MARK, 1.4, dash)
        said = words.in_(language)
        canvas.line(wide - 22, y, wide, y, MARK, 1.4, dash)
        canvas.text(wide - 28, y, said, MUTED, 10.5, "right")
    known = [r for r in rows if r[name] == r[name]]
    for left, right in pairwise(known):
        canvas.line(across(left["k"]), rise(left[name]), across(right["k"]), rise(right[name]), TONES[2], 1.2)
    for row in known:
        x, y = across(row["k"]), rise(row[name])
        if row["chosen"]:
            canvas.dot(x, y, 8, None, MARK, "square", 1.6)
        canvas.dot(x, y, 5, TONES[3] if good(row[name]) else PAPER, INK)
        if not narrow or len(known) <= 6 or row["chosen"]:
            canvas.text(x, y + 15, f"{row[name]:.2f}", INK if row["chosen"] else MUTED, 10.5, "center")
    for row in rows:
        canvas.text(across(row["k"]), floor + 12, row["k"], MUTED, align="center")
    return floor + 30
