"""What click says about bad use, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from learningcity import Text

if TYPE_CHECKING:
    import click

ERROR = Text("Error: ", "错误：")
INTERRUPTED = Text("Stopped.", "已中止。")
SEE_HELP = Text("See: {command} --help", "参见：{command} --help")
FILE_TROUBLE = Text(
    "{path}: {reason}. Check the path, the space left and your rights.",
    "{path}：{reason}。请检查路径、剩余空间和访问权限。",
)

#: click words these itself; a wording that is not here comes through in English.
_PATTERNS = tuple(
    (re.compile(english, re.DOTALL), chinese)
    for english, chinese in (
        (r"No such option:? '?(?P<a>[^'\s]+?)'?\.?(?: \(?Did you mean (?:one of: )?(?P<b>.+?)\?\)?)?", "没有选项{a}。"),
        (r"No such command '(?P<a>.+?)'\.(?: \(?Did you mean (?:one of: )?(?P<b>.+?)\?\)?)?", "没有命令“{a}”。"),
        (r"Option '(?P<a>.+?)' requires an argument\.", "选项{a}须带取值。"),
        (r"Option '(?P<a>.+?)' does not take a value\.", "选项{a}不带取值。"),
        (r"Missing option '(?P<a>.+?)'\..*", "缺少选项{a}。"),
        (r"Missing argument '(?P<a>.+?)'\..*", "缺少参数{a}。"),
        (r"Missing command\.", "缺少命令。"),
        (r"Got unexpected extra arguments? \((?P<a>.+)\)\.?", "多余的参数：{a}。"),
        (r"Invalid value for '(?P<a>.+?)': '(?P<b>.*)' is not a valid integer(?: range)?\.", "{a}的取值“{b}”不是整数。"),
        (r"Invalid value for '(?P<a>.+?)': '(?P<b>.*)' is not one of (?P<c>.+)\.", "{a}的取值“{b}”无效，请选用：{c}。"),
        (r"Invalid value for '(?P<a>.+?)': (?P<b>.+?) is not in the range (?P<c>.+)\.", "{a}的取值{b}超出范围（{c}）。"),
        (r"Invalid value for '(?P<a>.+?)': (?P<b>.+)", "{a}的取值无效：{b}"),
    )
)  # fmt: skip


def usage_text(error: click.ClickException) -> Text:
    """Give the message of a click error in both languages.

    Examples
    --------
    >>> import click
    >>> usage_text(click.UsageError("Missing command.")).zh
    '缺少命令。'
    """
    english = error.format_message()
    for pattern, chinese in _PATTERNS:
        found = pattern.fullmatch(english)
        if found:
            slots = {k: v or "" for k, v in found.groupdict().items()}
            near = slots.get("b", "") if english.startswith("No such") else ""
            hint = f"是否指：{near}？" if near else ""
            return Text(english, chinese.format(**slots) + hint)
    return Text(english, english)
