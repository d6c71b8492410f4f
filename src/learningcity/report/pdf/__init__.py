"""A document as PDF, typeset by typst: contents, page numbers, tags, embedded fonts, text that can be searched."""

from learningcity.report.pdf.whole import write

__all__ = ["write"]
