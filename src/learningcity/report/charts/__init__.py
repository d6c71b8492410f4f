"""Charts drawn by Altair and vl-convert, without scripts; one module a family of kinds.

A kind is a function of a result and a language that gives a :class:`Sketch`; :func:`learningcity.chart`
draws it. Altair and vl-convert are loaded when the first chart is drawn, not before.
"""

from learningcity.report.charts.fonts import check_fonts, font_for
from learningcity.report.charts.keeping import keep_charts, private_charts
from learningcity.report.charts.sketch import Sketch

__all__ = ["Sketch", "check_fonts", "font_for", "keep_charts", "private_charts"]
