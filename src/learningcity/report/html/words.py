"""The words that a page adds to a document."""

from __future__ import annotations

from collections import Counter

from learningcity.core import Text
from learningcity.report.document import STRENGTHS, Document

CONTENTS = Text("Contents", "目录")
GLANCE = Text("Findings at a glance", "主要发现")
GLANCE_NOTE = Text(
    "Of each chapter what it found first, what held in every check, and what did not. Each leads to its evidence.",
    "各章的首项发现、通过全部检验的发现，以及未获支持的结果；点击可查看依据。",
)
LISTS = Text("Tables and figures", "图表目录")
TABLE = Text("Table", "表")
FIGURE = Text("Figure", "图")
FINDING = Text("Finding", "发现")
QUESTION = Text("Question", "问题")
LIMITS = Text("Limits", "局限")
COVERAGE = Text("Rests on", "覆盖")
UNCERTAINTY = Text("How sure", "可靠程度")
HOW = Text("How was this computed?", "计算方式")
METHOD = Text("Method", "方法")
CHOICES = Text("Choices", "选项")
SEED = Text("Seed", "随机种子")
VERSIONS = Text("Versions", "版本")
PACKAGE = Text("package", "软件包")
DATA = Text("data", "数据")
CODE = Text("The same numbers in Python", "用Python得到相同结果")
COMMAND = Text("The same numbers on the command line", "用命令行得到相同结果")
PICTURE_TABLE = Text("The figure as a table", "图中数据")
EMPTY = Text(
    "· not seen or does not apply; never zero.",
    "·　表示未见到或不适用，不表示零。",
)
NOT_SEEN = Text("not seen", "未见")
SOURCES = Text("Sources", "来源")
SOURCE = Text("Source", "来源")
BACK = Text("Back to the text", "返回正文")
DOUBTFUL = Text("doubtful, not linked", "存疑，不设链接")
MANIFEST = Text("How this document was made", "本文如何生成")
MANIFEST_NOTE = Text(
    "The same data, choices and seed give the same document.",
    "数据、选项与随机种子相同，所得文档即相同。",
)
OTHER = Text("中文", "English")
SKIP = Text("Skip to the text", "跳至正文")
TOP = Text("Contents", "目录")

PART = Text("Table", "数据表")

#: What the manifest's entries are called; others keep their own names, which are those of the study file.
ENTRIES = {
    "package": Text("Package", "软件包"),
    "data": Text("Data", "数据"),
    "seed": Text("Seed", "随机种子"),
    "choices": Text("Choices", "选项"),
    "versions": Text("Versions", "版本"),
    "tables": Text("Tables of data", "数据表"),
    "chapters": Text("Chapters", "章节"),
    "rows": Text("Rows", "行数"),
    "sha256": Text("SHA-256", "SHA-256"),
    "times": Text("Times", "用时"),
    "level": Text("Level", "显著水平"),
    "coder": Text("Coder", "编码者"),
    "weights": Text("Weights", "权重"),
    "seconds": Text("Seconds", "秒"),
}


def all_rows(number: int, language: str) -> str:
    """Say on a screen that a table has more rows."""
    return f"Show all {number:,} rows" if language == "en" else f"显示全部{number:,}行"


def first_rows(first: int, number: int, language: str) -> str:
    """Say on paper that a table has more rows, and how they come onto paper."""
    if language == "zh":
        return f"此处为前{first:,}行，共{number:,}行；打印前在屏幕上展开，即可打印全部。"
    return f"The first {first:,} of {number:,} rows; opened on the screen before, all of them are printed."


def tag(language: str) -> str:
    """The language as html names it."""
    return "zh-Hans" if language == "zh" else "en"


def size(document: Document, language: str) -> str:
    """Say how many findings there are, how sure they are, and on how much they rest."""
    sure = Counter(one.strength for one in document.findings)
    number = {name: sure[name] for name in STRENGTHS}
    rest = (len(document.tables), len(document.figures), len(document.cited()))
    if language == "zh":
        return (
            f"共{len(document.findings)}项发现：描述性{number['described']}项，通过全部检验{number['strong']}项，"
            f"证据较弱{number['weak']}项，未获支持{number['nothing']}项。另有{rest[0]}张表、{rest[1]}幅图、{rest[2]}个来源。"
        )
    return (
        f"Findings: {len(document.findings)}. Described: {number['described']}; held in every check: "
        f"{number['strong']}; weak: {number['weak']}; not borne out: {number['nothing']}. Tables: {rest[0]}; "
        f"figures: {rest[1]}; sources: {rest[2]}."
    )
