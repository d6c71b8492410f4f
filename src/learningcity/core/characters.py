"""Characters that nobody sees: they break files, hide in ids, turn text around and steer terminals."""

from __future__ import annotations

import re
import unicodedata

from learningcity.core.text import Text

#: More than this is no cell of a table; a spreadsheet holds 32,767 characters.
LONGEST_CELL = 30_000

_HIDDEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_UNSEEN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_HIDDEN}]")
_NOTHING = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{_HIDDEN}]*\Z")
_NAMES = {
    "\t": Text("a tab", "制表符"),
    "\r": Text("a carriage return", "回车符"),
    "\x00": Text("a null character", "空字符"),
    "\x1b": Text("an escape character", "转义控制符"),
    "\u200b": Text("a zero-width space", "零宽空格"),
    "\ufeff": Text("a byte order mark", "字节顺序标记"),
}


def without_blanks(text: str) -> str:
    """Take blanks off both ends; a text of nothing but unseen characters is empty.

    Examples
    --------
    >>> without_blanks(" 武汉\u3000"), without_blanks("\u200b\ufeff ")
    ('武汉', '')
    """
    return "" if _NOTHING.match(text) else text.strip()


def character_problem(value: str) -> tuple[Text, Text] | None:
    """Name the first character of a cell that nobody sees, or that the cell is too long."""
    found = _UNSEEN.search(value)
    if found:
        char = found.group()
        what = _NAMES.get(char) or _named(char)
        code, place = f"U+{ord(char):04X}", found.start() + 1
        return (
            Text(
                f"{escaped(value[:60])!r} holds {what.en} ({code}) as character {place}, which nobody sees.",
                f"“{escaped(value[:60])}”的第{place}个字符为不可见字符：{what.zh}（{code}）。",
            ),
            Text(
                "Delete it, or type the cell again; a line break inside a cell may stay.",
                "请删除该字符或重新输入该单元格；单元格内换行可以保留。",
            ),
        )
    if len(value) > LONGEST_CELL:
        return (
            Text(
                f"The cell holds {len(value):,} characters; up to {LONGEST_CELL:,} are taken.",
                f"单元格含{len(value)}个字符，上限为{LONGEST_CELL}个。",
            ),
            Text(
                "Shorten the text or split it over several rows; an open quotation mark may have swallowed rows.",
                "请缩短文字或分为多行；也可能是缺少一个引号，把后面的行并入了该单元格。",
            ),
        )
    return None


def _named(char: str) -> Text:
    if unicodedata.category(char) == "Cc":
        return Text("a control character", "控制字符")
    name = unicodedata.name(char, "a format character").lower()
    return Text(name, "零宽或文字方向控制字符")


def escaped(text: str) -> str:
    r"""Write control and direction characters as their codes, so that no terminal obeys them.

    Line breaks stay.

    Examples
    --------
    >>> print(escaped("a\x1b[31mb\u202ec"))
    a\x1b[31mb\u202ec
    """
    return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)
