"""The words that every document on paper adds to those of a page, whatever its format."""

from __future__ import annotations

from learningcity.core import Text

HOW = Text("How computed", "计算方式")
COMPUTATION = Text("Computation", "计算")
COMPUTATIONS = Text("Annex: how each number was computed", "附录：各项数字的计算方式")
LONG_TABLES = Text("Annex: long tables in full", "附录：长表全文")
REPOSTED = Text("original not seen, after a repost", "原文未见，据转载")
