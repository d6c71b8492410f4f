"""All exceptions of the package, one tree.

LearningCityError
├── InputError (ValueError)          what a caller passed cannot be used
│   ├── UnknownNameError (LookupError)  a city, indicator, round ... that is not there
│   └── TableError                   rows of a table that break its schema
└── SetupError (RuntimeError)        the machine lacks something: a folder, a port, a font

Every error carries a bilingual ``text``; ``str(error)`` is its English side. The text says
what is wrong, which rows or codes, and what to do next.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from learningcity.core.text import Text

if TYPE_CHECKING:
    from learningcity.core.contracts import Finding

KINDS = {
    "city": Text("city", "城市"),
    "indicator": Text("indicator", "指标"),
    "round": Text("award round", "评选届次"),
    "table": Text("table", "数据表"),
    "column": Text("column", "列"),
    "command": Text("command", "命令"),
    "language": Text("language", "语言"),
    "framework": Text("framework", "框架"),
    "area": Text("area", "领域"),
    "mechanism": Text("mechanism", "举措类别"),
    "condition": Text("condition", "条件"),
    "code": Text("code", "代码"),
    "method": Text("method", "方法"),
    "parameter": Text("parameter", "参数"),
    "step": Text("step", "步骤"),
    "practice": Text("practice", "实践举措"),
    "fact": Text("fact", "事实数据"),
    "source": Text("source", "来源"),
    "coder": Text("coder", "编码员"),
    "scope": Text("scope", "统计范围"),
    "tier": Text("source tier", "来源等级"),
    "standard": Text("standard", "标准"),
    "option": Text("option", "选项"),
    "country": Text("country", "国家"),
    "unit": Text("unit", "单位"),
    "name": Text("name", "名称"),
    "vocabulary": Text("vocabulary", "词表"),
    "level": Text("level", "层级"),
    "rule": Text("rule", "评选规则"),
    "item": Text("item of the standard", "标准条目"),
    "format": Text("file format", "文件格式"),
    "chart": Text("chart", "图表"),
    "chapter": Text("chapter", "章节"),
    "baseline": Text("baseline", "基准"),
    "currency": Text("currency", "货币"),
    "field": Text("field", "字段"),
    "group": Text("group of people", "人群"),
    "key": Text("key", "键"),
    "problem": Text("problem", "问题"),
    "reading": Text("reading", "读法"),
    "role": Text("role", "角色"),
    "strength": Text("strength", "证据强度"),
    "theme": Text("theme", "特征"),
}


class LearningCityError(Exception):
    """Base of all errors raised by this package."""

    def __init__(self, text: Text | str) -> None:
        self.text = text if isinstance(text, Text) else Text(text, text)
        super().__init__(self.text.en)

    def in_(self, language: str) -> str:
        """Give the message in ``language``."""
        return self.text.in_(language)


class InputError(LearningCityError, ValueError):
    """What was passed cannot be used; the message says what, where and what to do."""


class UnknownNameError(InputError, LookupError):
    """A name that is not there, with the nearest names that are.

    Parameters
    ----------
    kind
        What was looked for: a key of ``KINDS``.
    name
        The name that was not found.
    known
        All names that exist; the nearest are offered.
    near
        The nearest names, where the caller knows better how to find them.
    """

    def __init__(
        self, kind: str, name: object, known: Iterable[object], near: Iterable[str] | None = None
    ) -> None:
        names = [str(k) for k in known]
        self.kind, self.name = kind, str(name)
        self.near = near_names(str(name), names) if near is None else tuple(near)
        what = KINDS.get(kind, Text(kind, kind))
        if self.near:
            hint = Text(f"Did you mean {', '.join(self.near)}?", f"是否指：{'、'.join(self.near)}？")
        elif 0 < len(names) <= 12:
            hint = Text(f"There are: {', '.join(names)}.", f"现有：{'、'.join(names)}。")
        else:
            count = "个" if kind in ("city", "country", "source") else "项"
            hint = Text(f"{len(names)} are known.", f"已知{what.zh}共{len(names)}{count}。")
        super().__init__(
            Text(f"Unknown {what.en} {name!r}. {hint.en}", f"未知的{what.zh}“{name}”。{hint.zh}")
        )


class TableError(InputError):
    """Rows that break their schema; ``findings`` names each cell and the remedy."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        shown = self.findings[:20]
        more = len(self.findings) - len(shown)
        en = [f"{len(self.findings)} problem(s) in the tables; nothing was written."]
        zh = [f"数据表中有{len(self.findings)}处问题，未写入任何内容。"]
        en += [f.text.en for f in shown]
        zh += [f.text.zh for f in shown]
        if more:
            en.append(f"... and {more} more.")
            zh.append(f"……另有{more}处。")
        super().__init__(Text("\n".join(en), "\n".join(zh)))


class SetupError(LearningCityError, RuntimeError):
    """The machine lacks something that the work needs; the message names the remedy."""


_OS_REASONS = {
    errno.EACCES: Text("permission denied", "权限不足"),
    errno.EPERM: Text("not permitted", "操作不被允许"),
    errno.ENOENT: Text("no such file or folder", "文件或文件夹不存在"),
    errno.EEXIST: Text("it is there already", "同名文件已存在"),
    errno.EISDIR: Text("it is a folder", "这是文件夹，不是文件"),
    errno.ENOTDIR: Text("it is not a folder", "这不是文件夹"),
    errno.ENOTEMPTY: Text("the folder is not empty", "文件夹非空"),
    errno.ENOSPC: Text("no space left on the disk", "磁盘空间不足"),
    errno.EFBIG: Text("the file is too large", "文件过大"),
    errno.EROFS: Text("the disk is read-only", "磁盘为只读"),
    errno.EIO: Text("the disk could not be read or written", "磁盘读写出错"),
    errno.EBUSY: Text("it is in use", "文件正被占用"),
    errno.EMFILE: Text("too many open files", "打开的文件过多"),
    errno.ENAMETOOLONG: Text("the name is too long", "文件名过长"),
    errno.ELOOP: Text("links that lead in a circle", "链接循环"),
}


def os_reason(error: OSError) -> Text:
    """Say in both languages why the system refused; what is not known here comes in its own words.

    Examples
    --------
    >>> os_reason(PermissionError(13, "Permission denied")).zh
    '权限不足'
    """
    known = _OS_REASONS.get(error.errno or 0)
    if known is not None:
        return known
    said = error.strerror or type(error).__name__
    return Text(said, f"系统错误：{said}")


def near_names(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Give up to ``count`` known names near ``name``: those that contain it, then similar ones.

    Examples
    --------
    >>> near_names("wuhn", ["wuhan", "cork", "suwon"])
    ('wuhan',)
    """
    folded = {k.casefold(): k for k in known}
    wanted = name.casefold().strip()
    inside = [k for f, k in folded.items() if wanted and (wanted in f or f in wanted)]
    cutoff = 0.5 if len(wanted) <= 2 else 0.6
    similar = [folded[f] for f in get_close_matches(wanted, list(folded), n=count, cutoff=cutoff)]
    return tuple(dict.fromkeys(similar + sorted(inside, key=len)))[:count]
