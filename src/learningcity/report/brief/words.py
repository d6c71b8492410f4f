"""The words that the page of a brief adds."""

from __future__ import annotations

from learningcity.core import Text

HEAD = Text("Brief", "专报")
SOURCES = Text("Sources", "资料来源")
TABLE, FIGURE = Text("Table", "表"), Text("Figure", "图")
_DIGITS = "零一二三四五六七八九十"


def numeral(n: int) -> str:
    """A number in Chinese, up to 99.

    Examples
    --------
    >>> numeral(3), numeral(10), numeral(12), numeral(21)
    ('三', '十', '十二', '二十一')
    """
    tens, ones = divmod(n, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def heading(n: int, title: str, language: str) -> str:
    """The head of a section: "一、主要发现"."""
    return f"{numeral(n)}、{title}" if language == "zh" else title


def item(n: int, language: str) -> str:
    """The mark of an item within a section: "（一）"."""
    return f"（{numeral(n)}）" if language == "zh" else f"{n}. "


def source(one: dict[str, object], language: str) -> str:
    """A source in the list: its title, and its id where that is another."""
    if one["title"] == one["id"]:
        return str(one["title"])
    return f"{one['title']}（{one['id']}）" if language == "zh" else f"{one['title']} ({one['id']})"
