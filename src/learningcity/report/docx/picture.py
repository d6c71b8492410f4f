"""Figures as PNG with the words that stand for them."""

from __future__ import annotations

import re
from typing import Any

from learningcity.report.charts.alone import png
from learningcity.report.charts.fonts import font_for
from learningcity.report.document import Picture
from learningcity.report.html.figures import drawing
from learningcity.report.html.inline import text

#: Pixels for each of the picture: 300 to the inch at the width of the text.
SCALE = 2.5
#: English metric units in a centimetre; the most a picture is wide and high.
_CM, _WIDE, _HIGH = 360_000, 16.0, 20.0
#: Centimetres of a pixel of a picture that is narrower than the page.
_PIXEL = 16.0 / 760
_SIZE = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


def drawn(picture: Picture) -> bytes:
    """Give the picture as PNG on white ground, which dark screens need; kept by content.

    Raises
    ------
    InputError
        It holds more than shapes and texts.
    SetupError
        The machine has no font for the language.
    """
    font_for(picture.language)
    svg = drawing(picture)
    left, top, wide, high = _SIZE.search(svg).groups()  # type: ignore[union-attr]
    at = svg.index(">") + 1
    ground = f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="#ffffff"/>'
    return png(svg[:at] + ground + svg[at:], SCALE)


def inline(document: Any, picture: Picture, number: int) -> str:
    """Put a picture into the file and write the run that shows it."""
    from io import BytesIO

    relation, _ = document.part.get_or_add_image(BytesIO(drawn(picture)))
    wide, high = (float(one) for one in _SIZE.search(picture.svg).groups()[2:])  # type: ignore[union-attr]
    scale = min(_PIXEL, _WIDE / wide, _HIGH / high)
    size = f'cx="{round(wide * scale * _CM)}" cy="{round(high * scale * _CM)}"'
    told = text(" ".join(picture.alt.split()) or picture.title)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{told}" title="{text(picture.title)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="figure-{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
