"""A document as data: sentences with slots, findings, tables, figures, sources; renderers read it.

Sentences about data are phrases whose slots are values, the same ones in both languages.
"""

from learningcity.report.document.blocks import (
    ROLES,
    STRENGTHS,
    Block,
    Bullets,
    Card,
    Cell,
    Coverage,
    Figure,
    Finding,
    Head,
    How,
    Paragraph,
    Picture,
    Section,
    Table,
)
from learningcity.report.document.document import LAYOUTS, Document, Source, phrases_in
from learningcity.report.document.phrase import Phrase, join, say
from learningcity.report.document.store import pack, unpack
from learningcity.report.document.values import (
    Between,
    Link,
    Listing,
    Number,
    P,
    Run,
    Share,
    Sources,
    Value,
    Word,
    Year,
    words,
)

__all__ = [
    "LAYOUTS",
    "ROLES",
    "STRENGTHS",
    "Between",
    "Block",
    "Bullets",
    "Card",
    "Cell",
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
    "join",
    "pack",
    "phrases_in",
    "say",
    "unpack",
    "words",
]
