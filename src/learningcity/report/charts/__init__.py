"""Charts as SVG without scripts; one module a family of kinds.

A kind is a function of a result and a language that gives a :class:`Sketch`; :func:`learningcity.chart`
draws it. Most kinds put their marks where they want them (``canvas.py``) and are written at once
(``marks.py``); a kind whose labels have to be laid out is drawn by Altair and vl-convert, which are loaded
with the first of these, not before.
"""

from learningcity.report.charts.fonts import check_fonts, font_for
from learningcity.report.charts.keeping import keep_charts, private_charts
from learningcity.report.charts.sketch import Sketch

__all__ = ["Sketch", "check_fonts", "font_for", "keep_charts", "private_charts"]
