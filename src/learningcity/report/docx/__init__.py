"""A document as a Word file, which Word, WPS and LibreOffice open and people go on writing in."""

from learningcity.report.docx.whole import write

__all__ = ["write"]
