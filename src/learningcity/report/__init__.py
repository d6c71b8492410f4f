"""Charts, maps and documents."""

from learningcity.report.base_map import BaseMap
from learningcity.report.chart import Chart, chart
from learningcity.report.charts.fonts import check_fonts
from learningcity.report.charts.keeping import keep_charts

__all__ = ["BaseMap", "Chart", "chart", "check_fonts", "keep_charts"]
