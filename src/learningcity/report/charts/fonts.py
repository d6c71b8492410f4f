"""Which fonts this machine can draw with: an unknown one would make all text of a picture vanish."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from learningcity.core import SetupError, Text

#: The setting that names a font for pictures, and the one that names a folder of font files.
FONT, FOLDER = "LEARNINGCITY_CHART_FONT", "LEARNINGCITY_FONTS"

_CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback",
    "Noto Serif CJK SC", "SimHei", "SimSun", "Heiti SC", "Songti SC",
)  # fmt: skip
_LATIN = (
    "Source Sans 3", "Source Sans Pro", "Noto Sans CJK SC", "Noto Sans", "Segoe UI", "Helvetica Neue",
    "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans",
)  # fmt: skip
CANDIDATES = {"en": _LATIN + _CHINESE, "zh": _CHINESE}
#: Two signs that look different in every font that holds them, and alike as boxes for "missing".
_PROBES = {"en": ("M", "l"), "zh": ("学", "市")}


def font_for(language: str) -> str:
    """Give the font that pictures in a language are drawn with.

    Raises
    ------
    SetupError
        No font with the signs of the language is installed; the message names package and setting.

    Examples
    --------
    >>> font_for("en") in CANDIDATES["en"] or bool(os.environ.get(FONT))
    True
    """
    chosen = os.environ.get(FONT, "").strip()
    found = _first(language, (chosen, *CANDIDATES[language]) if chosen else CANDIDATES[language])
    if found is None:
        raise SetupError(missing(language))
    return found


def missing(language: str) -> Text:
    """What is said where no font serves."""
    if language == "zh":
        return Text(
            "No font with Chinese characters was found, so that no chart can be drawn in Chinese. Install one "
            f"(on Debian and Ubuntu: apt-get install fonts-noto-cjk), or name a font in {FONT} or a folder "
            f"of font files in {FOLDER}, and start again.",
            "未找到含汉字的字体，无法绘制中文图表。请安装字体（Debian、Ubuntu：apt-get install fonts-noto-cjk），"
            f"或用{FONT}指定字体名称、用{FOLDER}指定字体文件夹，然后重新启动。",
        )
    return Text(
        "No font was found, so that no chart can be drawn. Install one (on Debian and Ubuntu: apt-get install "
        f"fonts-noto-cjk), or name a font in {FONT} or a folder of font files in {FOLDER}, and start again.",
        "未找到可用字体，无法绘制图表。请安装字体（Debian、Ubuntu：apt-get install fonts-noto-cjk），"
        f"或用{FONT}指定字体名称、用{FOLDER}指定字体文件夹，然后重新启动。",
    )


def check_fonts() -> tuple[Text, ...]:
    """Say what pictures cannot be drawn for want of a font, and what to do; nothing where all is well."""
    chosen = os.environ.get(FONT, "").strip()
    said = [missing(language) for language in CANDIDATES if _first(language, CANDIDATES[language]) is None]
    if chosen and not said and not draws(chosen, _PROBES["zh"]):
        used = font_for("zh")
        said.append(
            Text(
                f"{FONT} names {chosen!r}, which cannot be found or holds no Chinese characters; charts in "
                f"Chinese use {used}.",
                f"{FONT}指定的“{chosen}”未找到或不含汉字，中文图表改用{used}。",
            )
        )
    return tuple(said)


@cache
def _first(language: str, names: tuple[str, ...]) -> str | None:
    _register()
    return next((name for name in names if draws(name, _PROBES[language])), None)


@cache
def _register() -> None:
    import vl_convert

    folder = os.environ.get(FOLDER, "").strip()
    if not folder:
        return
    if not Path(folder).is_dir():
        raise SetupError(
            Text(
                f"{FOLDER} names {folder!r}, which is no folder. Name a folder of font files, or unset it.",
                f"{FOLDER}指定的“{folder}”不是文件夹。请指定字体文件夹，或取消该设置。",
            )
        )
    vl_convert.register_font_directory(folder)


@cache
def draws(font: str, signs: tuple[str, ...]) -> bool:
    """Say whether a font draws signs: each leaves a mark, and no two leave the same.

    A font that is not there leaves nothing; a sign that is not in it becomes the same box as any other.
    """
    pictures = {_drawn(font, sign) for sign in signs}
    return len(pictures) == len(signs) and _drawn(font, " ") not in pictures


def _drawn(font: str, sign: str) -> bytes:
    from xml.sax.saxutils import quoteattr

    import vl_convert

    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
        f'<text x="4" y="24" font-size="22" font-family={quoteattr(_quoted(font))}>{sign}</text></svg>'
    )
    return bytes(vl_convert.svg_to_png(svg, scale=1))


def _quoted(font: str) -> str:
    """A font's name as it stands in a list of families; quotation marks in it would end the name."""
    return "'" + "".join(c for c in font if c.isprintable() and c not in "'\"\\<>&") + "'"
