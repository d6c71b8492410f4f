"""The words that a Word file adds to those of a page."""

from __future__ import annotations

from learningcity.core import Text

COMPUTATIONS_NOTE = Text(
    "Findings, tables and figures name the computation they rest on; the lines given here lead to the same numbers.",
    "正文各项发现、表与图均注明所依据的计算；按此处所列步骤可得到相同结果。",
)
SOURCES_NOTE = Text(
    "All sources with their kind. Marks in brackets, as in tables, name the numbers of this list, and each footnote ends with "
    "the number of its source; footnotes have numbers of their own.",
    "本表列出全部来源及其类别。方括号内为本表编号：表格以此标注来源，各条脚注末尾也注明；脚注另行编号。",
)
USED_BY = Text("for", "用于")
IN_FULL = Text("in full", "全表")
TABLES, FIGURES = Text("Tables", "表目录"), Text("Figures", "图目录")
#: Stands among the entries of the contents, and goes when Word makes them anew with their pages.
UPDATE = Text(
    "Page numbers appear when this list is updated: click in it and press F9 (Word, WPS).",
    "更新目录后显示页码：在目录中单击，按F9键（Word、WPS）。",
)
PAGE = Text("Page {page} of {pages}", "第{page}页　共{pages}页")
ENTRY, VALUE = Text("Entry", "项目"), Text("Value", "取值")
COLON = Text(": ", "：")
DOT = Text(". ", "\u3000")
COMMA = Text(", ", "、")
BRACKETS = Text(" ({})", "（{}）")


def shown_of(shown: int, whole: int, language: str) -> str:
    """Say that a table is shown in part; the name of the whole follows."""
    if language == "zh":
        return f"此处列前{shown:,}行，共{whole:,}行；全表见"
    return f"The first {shown:,} of {whole:,} rows; all of them: "
