"""Configuration tables as files: text, html, LaTeX and Word."""

from learningcity.report.configuration.formats import FORMATS, SIGNS, render_configurations

__all__ = ["FORMATS", "SIGNS", "render_configurations"]
