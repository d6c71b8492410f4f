"""Charts, maps and documents."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from learningcity.report.base_map import BaseMap
from learningcity.report.chart import Chart, chart
from learningcity.report.charts.fonts import check_fonts
from learningcity.report.charts.keeping import keep_charts, private_charts
from learningcity.report.document import (
    ROLES,
    STRENGTHS,
    Between,
    Block,
    Bullets,
    Card,
    Cell,
    Coverage,
    Document,
    Figure,
    Finding,
    Head,
    How,
    Link,
    Listing,
    Number,
    P,
    Paragraph,
    Phrase,
    Picture,
    Run,
    Section,
    Share,
    Source,
    Sources,
    Table,
    Value,
    Word,
    Year,
    join,
    pack,
    phrases_in,
    say,
    unpack,
    words,
)
from learningcity.report.formats import document_formats, file_of, render
from learningcity.report.made_with import made_with

if TYPE_CHECKING:
    from learningcity.report.package import provenance

__all__ = [
    "ROLES",
    "STRENGTHS",
    "BaseMap",
    "Between",
    "Block",
    "Bullets",
    "Card",
    "Cell",
    "Chart",
    "Coverage",
    "Document",
    "Figure",
    "Finding",
    "Head",
    "How",
    "Link",
    "Listing",
    "Number",
    "P",
    "Paragraph",
    "Phrase",
    "Picture",
    "Run",
    "Section",
    "Share",
    "Source",
    "Sources",
    "Table",
    "Value",
    "Word",
    "Year",
    "chart",
    "check_fonts",
    "document_formats",
    "file_of",
    "join",
    "keep_charts",
    "made_with",
    "pack",
    "phrases_in",
    "private_charts",
    "provenance",
    "render",
    "say",
    "unpack",
    "words",
]


def __getattr__(name: str) -> Any:
    if name == "provenance":
        # The package of data loads schemas; whoever draws a chart need not wait for them.
        return import_module("learningcity.report.package").provenance
    raise AttributeError(f"module 'learningcity.report' has no attribute {name!r}")
