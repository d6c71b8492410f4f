"""Fonts of an official document, and what stands for those that a machine does not have."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from learningcity.core import Text
from learningcity.report.pdf import fonts

#: Role -> what GB/T 9704 asks for, as Word and WPS call it.
ASKED = {"title": "方正小标宋简体", "body": "仿宋", "head": "黑体", "second": "楷体", "folio": "宋体"}
#: The same in English, for messages.
ENGLISH = {
    "title": "Xiaobiaosong",
    "body": "FangSong",
    "head": "SimHei",
    "second": "KaiTi",
    "folio": "SimSun",
}
#: Families by role, as files of them are called; the first is what was asked for.
_OWN = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0", "方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB18030"),
    "body": ("FangSong", "FangSong_GB2312", "仿宋", "仿宋_GB2312", "STFangsong", "FZFangSong-Z02", "FZFangSong-Z02S", "FandolFang R"),
    "head": ("SimHei", "黑体", "STHeiti", "Heiti SC", "FandolHei"),
    "second": ("KaiTi", "KaiTi_GB2312", "楷体", "楷体_GB2312", "STKaiti", "Kaiti SC", "AR PL UKai CN", "FandolKai"),
    "folio": ("SimSun", "NSimSun", "宋体", "STSong", "Songti SC"),
}  # fmt: skip


@dataclass(frozen=True)
class Faces:
    """Families of a brief by role, each with those that are tried after it.

    Parameters
    ----------
    families
        Role -> families.
    instead
        Role -> the family that stands for the one that was asked for; roles that have theirs are not in it.
    """

    families: dict[str, tuple[str, ...]]
    instead: dict[str, str]


def chinese_faces(held: Iterable[str]) -> Faces:
    """Choose among the families that are there.

    Raises
    ------
    SetupError
        ``LEARNINGCITY_DOCUMENT_FONT`` names a font that is not there.

    Examples
    --------
    >>> found = chinese_faces(["Noto Serif CJK SC", "Noto Sans CJK SC", "SimHei"])
    >>> found.families["body"], found.families["head"], found.instead["body"]
    (('Noto Serif CJK SC', 'Noto Sans CJK SC'), ('SimHei', 'Noto Sans CJK SC'), 'Noto Serif CJK SC')
    """
    known = {one.casefold(): one for one in held}
    general = fonts.chosen(known.values())
    serif, sans = general.serif[-1:], [one for one in (general.chinese,) if one is not None]
    asked = os.environ.get(fonts.FONT, "").strip()
    families, instead = {}, {}
    for role, names in _OWN.items():
        own = None if asked else next((known[n.casefold()] for n in names if n.casefold() in known), None)
        then = [*sans] if role == "head" else [*serif, *sans]
        families[role] = tuple(dict.fromkeys([one for one in (own, *then) if one is not None]))
        if own is None and families[role]:
            instead[role] = families[role][0]
    return Faces(families, instead)


def told(found: Faces) -> Text | None:
    """Say which fonts stand for others; None where none does."""
    if not found.instead:
        return None
    en = "; ".join(f"{one} for {ENGLISH[role]} ({ASKED[role]})" for role, one in found.instead.items())
    zh = "，".join(f"{ASKED[role]}以{one}代替" for role, one in found.instead.items())
    return Text(
        f"Fonts of GB/T 9704 that are not installed here, and what stands for them in the PDF: {en}. The Word file names "
        "the fonts that are asked for.",
        f"本机未安装GB/T 9704所要求的部分字体，PDF中{zh}；Word文件仍指定所要求的字体。",
    )
