"""The marks of a canvas are what Vega draws of them, digit for digit: Vega-Lite is asked and compared with."""

import random
import re

import pytest

from learningcity.report.charts.canvas import Canvas
from learningcity.report.charts.drawing import cleaned
from learningcity.report.charts.marks import SHAPES

WIDTH, HEIGHT = 731, 1000 / 3


@pytest.fixture(scope="module")
def canvas():
    """A sheet with every mark in every look, at places round, broken, tiny and outside."""
    made, draw = Canvas(WIDTH, "en"), random.Random(26)

    def at(end):
        return draw.choice(
            [draw.uniform(0, end), draw.randint(0, int(end)), draw.uniform(-9, 0), draw.random() / 1e5]
        )

    for _ in range(3):
        for dash in ((), (4, 3)):
            made.line(at(WIDTH), at(HEIGHT), at(WIDTH), at(HEIGHT), "#d9d5c9", 1.4, dash)
            for fill, stroke in (("#f2efe7", None), (None, "#1b2023"), ("#ffffff", "#545b5f"), (None, None)):
                made.box(at(WIDTH), at(HEIGHT), at(WIDTH), at(HEIGHT), fill, stroke, dash)
        for shape in SHAPES:
            for fill, stroke in (("#1f6b7d", None), (None, "#1f6b7d"), ("#ffffff", "#1f6b7d"), (None, None)):
                made.dot(at(WIDTH), at(HEIGHT), draw.uniform(0.5, 12), fill, stroke, shape, 1.6)
        for size in (9, 10.5, 11, 11.5, 12, 13, 15):
            for align in ("left", "center", "right"):
                made.text(at(WIDTH), at(HEIGHT), "a < b & c > \"d\" 'e'", size=size, align=align)
        made.text(at(WIDTH), at(HEIGHT), " 武汉\n学习 \nx\ty", weight="bold")
        made.text(at(WIDTH), at(HEIGHT), "upright", size=11.5, upright=True)
        made.area([(at(WIDTH), at(HEIGHT), at(HEIGHT)) for _ in range(5)], "#1f6b7d")
    made.area([(1, 2, 3)], "#1f6b7d")
    return made


def test_every_mark_is_what_vega_draws_of_it(canvas):
    import vl_convert

    ours = cleaned(canvas.spec(HEIGHT).write(), "F", "l", "en")
    theirs = cleaned(vl_convert.vegalite_to_svg(vega_lite(canvas, HEIGHT)), "F", "l", "en")
    assert ours == theirs
    drawn = {name: len(re.findall(f"<{name} ", ours)) for name in ("line", "path", "text")}
    # Boxes and dots without fill and line are no marks that anybody sees.
    assert drawn == {"line": 6, "path": 3 * 2 * 3 + 3 * 3 * len(SHAPES) + 4, "text": 3 * (21 + 3 + 1)}


def test_a_mark_without_a_place_is_left_out():
    made = Canvas(300, "en")
    made.dot(float("nan"), 5, 3, "#1f6b7d")
    made.area([(1, float("nan"), 3)], "#1f6b7d")
    made.text(5, 5, "here")
    assert re.findall("<(line|path|text) ", made.spec(40).write()) == ["text"]


# --- the same in Vega-Lite ---------------------------------------------------------------------------


def vega_lite(canvas, height):
    """Give the marks of a canvas as a specification, group by group."""

    def scale(end):
        return {"domain": [0, end], "range": [0, end], "nice": False, "zero": False}

    place = {
        "x": {"field": "x", "type": "quantitative", "scale": scale(canvas.width), "axis": None},
        "y": {"field": "y", "type": "quantitative", "scale": scale(height), "axis": None},
    }
    return {
        "width": canvas.width,
        "height": height,
        "autosize": {"type": "none"},
        "padding": 0,
        "layer": [_layer(look, rows, place) for look, rows in canvas.layers.items()],
        "config": {"view": {"stroke": None, "fill": None}},
    }


def _layer(look, rows, place):
    kind, *style = look
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    if kind == "line":
        colour, wide, dash = style
        mark, more = {"type": "rule", "color": colour, "strokeWidth": wide, **_dashed(dash)}, ends
    elif kind == "box":
        fill, stroke, dash = style
        mark, more = {"type": "rect", "fill": fill, "stroke": stroke, **_dashed(dash)}, ends
    elif kind == "area":
        mark, more = {"type": "area", "color": style[0], "opacity": 1, "line": False}, {"y2": ends["y2"]}
    elif kind == "dot":
        fill, stroke, shape, wide = style
        look = {"fill": fill, "stroke": stroke, "shape": shape, "strokeWidth": wide}
        mark = {"type": "point", **look, "opacity": 1, "filled": False}
        more = {"size": {"field": "size", "type": "quantitative", "scale": None}}
    else:
        colour, size, align, weight, *turned = style
        look = {"fill": colour, "fontSize": size, "align": align, "fontWeight": weight}
        mark = {
            "type": "text",
            **look,
            "baseline": "middle",
            "limit": 0,
            **({"angle": turned[0]} if turned else {}),
        }
        more = {"text": {"field": "text", "type": "nominal"}}
    return {"data": {"values": rows}, "mark": mark, "encoding": {**place, **more}}


def _dashed(dash):
    return {"strokeDash": list(dash)} if dash else {}
