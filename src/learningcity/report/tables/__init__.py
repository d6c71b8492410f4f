"""Tables for print, and what all Word and LaTeX files of ours share."""

from learningcity.report.tables.formats import TABLE_FORMATS, render_tables

__all__ = ["TABLE_FORMATS", "render_tables"]
