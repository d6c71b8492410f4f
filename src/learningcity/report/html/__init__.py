"""A document as html: one self-contained file, or fragments for the pages of a site."""

from learningcity.report.html.inline import Addresses
from learningcity.report.html.pages import HtmlParts
from learningcity.report.html.whole import document_assets, write

__all__ = ["Addresses", "HtmlParts", "document_assets", "write"]
