"""Which fonts a PDF is set in, and which signs none of them can draw: typst itself is asked."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from learningcity.core import SetupError, Text
from learningcity.report.charts.fonts import FOLDER

#: The setting that names the font of Chinese text in documents.
FONT = "LEARNINGCITY_DOCUMENT_FONT"

#: Fonts with Chinese characters by how they are drawn, the best first.
SERIF = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "Songti SC", "SimSun", "NSimSun",
    "STSong", "FangSong", "AR PL UMing CN",
)  # fmt: skip
SANS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Heiti SC", "Droid Sans Fallback",
)  # fmt: skip
#: Latin letters: typst brings the first and the last of these with it.
LATIN_SERIF, LATIN_SANS, MONO = "Libertinus Serif", ("Source Sans 3", "Source Sans Pro"), "DejaVu Sans Mono"

_TOLD = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_PROBE = b"""
#let d = json(bytes(sys.inputs.signs))
#set document(title: "signs", date: none)
#set text(font: d.fonts)
#for one in d.signs { box(one); " " }
"""


@dataclass(frozen=True)
class Chosen:
    """The families of a document, first the one that is tried first.

    Parameters
    ----------
    serif, sans, mono
        Families of texts, of headings and tables, and of code.
    chinese
        The family of Chinese characters; None where none is installed.
    """

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]
    chinese: str | None


@cache
def _found(folder: str) -> Any:
    import typst

    if folder and not Path(folder).is_dir():
        raise SetupError(
            Text(
                f"{FOLDER} names {folder!r}, which is no folder. Name a folder of font files, or unset it.",
                f"{FOLDER}指定的“{folder}”不是文件夹。请指定字体文件夹，或取消该设置。",
            )
        )
    return typst.Fonts(font_paths=[folder] if folder else [])


def installed() -> Any:
    """Give the fonts of this machine, those of the folder that is set, and those that typst brings.

    Raises
    ------
    SetupError
        The setting names no folder.
    """
    return _found(os.environ.get(FOLDER, "").strip())


def chosen(families: Iterable[str]) -> Chosen:
    """Choose among the families that are there.

    Raises
    ------
    SetupError
        ``LEARNINGCITY_DOCUMENT_FONT`` names a font that is not there.

    Examples
    --------
    >>> chosen(["Libertinus Serif", "Noto Sans CJK SC"]).serif
    ('Libertinus Serif', 'Noto Sans CJK SC')
    """
    held = {one.casefold(): one for one in families}

    def first(names: Iterable[str]) -> str | None:
        return next((held[one.casefold()] for one in names if one.casefold() in held), None)

    asked = os.environ.get(FONT, "").strip()
    own = first([asked]) if asked else None
    if asked and own is None:
        raise SetupError(
            Text(
                f"{FONT} names {asked!r}, which is not installed. Name an installed font, or unset it.",
                f"{FONT}指定的字体“{asked}”未安装。请指定已安装的字体，或取消该设置。",
            )
        )
    serif = own or first(SERIF) or first(SANS)
    sans = own or first(SANS) or first(SERIF)
    chain = tuple(one for one in (sans,) if one is not None)
    return Chosen(
        tuple(one for one in (first([LATIN_SERIF]), serif) if one is not None),
        tuple(one for one in (first(LATIN_SANS), *chain, first([LATIN_SERIF])) if one is not None),
        tuple(one for one in (first([MONO]), *chain) if one is not None),
        sans,
    )


def not_drawn(signs: Iterable[str], families: tuple[str, ...], fonts: Any = None) -> tuple[str, ...]:
    r"""Give the signs that neither these families nor any other installed font draws, in their order.

    Parameters
    ----------
    signs
        Single characters.
    families
        Families that are tried first.
    fonts
        From :func:`installed`; None = those.

    Examples
    --------
    >>> not_drawn("ab\U000f0000", ("Libertinus Serif",)) == ("\U000f0000",)
    True
    """
    import typst

    asked = sorted({one for one in signs if not one.isspace()})
    lost = {one for one in asked if unicodedata.category(one) in ("Co", "Cn")}
    given = [one for one in asked if one not in lost and unicodedata.category(one) != "Cf"]
    inputs = {"signs": json.dumps({"fonts": list(families), "signs": given}, ensure_ascii=False)}
    compiler = typst.Compiler(_PROBE, font_paths=installed() if fonts is None else fonts, sys_inputs=inputs)
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        more = told(error.diagnostic)
        if not more:
            raise
        lost |= set(more)
    return tuple(sorted(lost))


def told(diagnostic: str) -> tuple[str, ...]:
    r"""Give the signs that typst says it could not draw.

    Examples
    --------
    >>> told('the text `"\\u{e38}"` could not be displayed with font `"A"`')
    ('\u0e38',)
    """
    found = "".join(_TOLD.findall(diagnostic))
    return tuple(sorted(set(re.sub(r"\\(.)", r"\1", _CODE.sub(lambda m: chr(int(m[1], 16)), found)))))


def is_chinese(sign: str) -> bool:
    """Whether a sign is a Chinese character.

    Examples
    --------
    >>> is_chinese("学"), is_chinese("a"), is_chinese("ሀ")
    (True, False, False)
    """
    return unicodedata.name(sign, "").startswith("CJK UNIFIED")


def missing(signs: Iterable[str]) -> Text:
    """What is said where signs cannot be drawn."""
    held = list(signs)
    listed = " ".join(held[:30]) + (" ..." if len(held) > 30 else "")
    return Text(
        f"No installed font draws {len(held)} signs of this document, so that no PDF can be made of it: {listed}\n"
        "Install one (for Chinese on Debian and Ubuntu: apt-get install fonts-noto-cjk; for other scripts: "
        f"fonts-noto-core), or name a folder of font files in {FOLDER} or an installed font in {FONT}, and start again.",
        f"已安装的字体无法显示本文档中的{len(held)}个字符，不能生成PDF：{listed}\n"
        "请安装字体（Debian、Ubuntu：汉字apt-get install fonts-noto-cjk，其他文字fonts-noto-core），"
        f"或用{FOLDER}指定字体文件夹、用{FONT}指定已安装的字体，然后重新启动。",
    )
