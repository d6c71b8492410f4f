"""Charts, maps and documents."""

from learningcity.report.chart import Chart, chart

__all__ = ["Chart", "chart"]
