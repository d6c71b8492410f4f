"""The words that a printed document adds to those of a page."""

from __future__ import annotations

from learningcity.core import Text

COMPUTATIONS_NOTE = Text(
    "Findings, tables and figures name the computation they rest on. What is written here gives the same numbers.",
    "正文各项发现、表与图均注明所依据的计算；按此处所列步骤可得到相同数字。",
)
USED_BY = Text("Used by", "用于")
NOT_DRAWN = Text("Signs that could not be drawn", "未能显示的字符")
NOT_DRAWN_NOTE = Text(
    "The fonts of the machine that made this file have no picture of these signs. In the text they are written as "
    "their code points in brackets. With a font for their script installed (on Debian and Ubuntu: apt-get install "
    "fonts-noto-core), or its folder named in LEARNINGCITY_FONTS, they are drawn.",
    "生成本文件的计算机没有可显示下列字符的字体，正文中以方括号内的码位代替。安装含相应文字的字体"
    "（Debian、Ubuntu：apt-get install fonts-noto-core），或用LEARNINGCITY_FONTS指定字体文件夹后即可显示。",
)
SIGN, SIGN_NAME = Text("Code point", "码位"), Text("Name", "名称")


def shown_of(shown: int, whole: int) -> Text:
    """Say that a table is shown in part."""
    return Text(
        f"The first {shown:,} of {whole:,} rows; all of them:", f"此处列前{shown:,}行，共{whole:,}行；全表见"
    )


def tell() -> dict[str, Text]:
    """Words of which the template makes sentences; a number stands between the two halves."""
    return {
        "page": Text("p. ", "第"),
        "page_end": Text("", "页"),
        "cited": Text("cited on p. ", "见正文第"),
        "cited_end": Text("", "页"),
        "comma": Text(", ", "、"),
        "gap": Text(" ", ""),
        "stop": Text(".", ""),
        "colon": Text(": ", "："),
        "open": Text(" (", "（"),
        "close": Text(")", "）"),
    }
