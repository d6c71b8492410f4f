"""``learningcity serve``: the web site on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import command, option, say
from learningcity.cli.opening import NONE, own_overlay


@command(
    text=Text(
        "Open the atlas as a web site on this machine, until you stop it with Ctrl+C. Nothing leaves the machine.",
        "在本机以网站形式打开图谱，按Ctrl+C停止。数据不会离开本机。",
    ),
    examples=("learningcity serve", "learningcity serve --port 8080 --overlay none"),
)
@option("--host", default="127.0.0.1", show_default=True, text=Text("Address to listen on.", "监听地址。"))
@option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, text=Text("Port.", "端口。")
)
@option(
    "--overlay",
    metavar="DIR|none",
    text=Text(
        "Folder of your own tables; none for the shipped ones alone.",
        "自有数据文件夹；none表示仅用随附数据。",
    ),
)
@option(
    "--study",
    metavar="FILE|none",
    text=Text(
        "Study file (TOML) that the site shows; none for the study of the award cities.",
        "网站所显示的研究文件（TOML）；none表示获奖城市研究。",
    ),
)
def serve(host: str, port: int, overlay: str | None, study: str | None) -> None:
    """Serve until stopped."""
    from learningcity.web.server import serve as serve_site

    chosen = overlay_to_serve(overlay)
    if study is not None and study.lower() != NONE:
        _read(study)
    say(Text("Loading the atlas ...", "正在加载图谱……"))
    serve_site(host, port, overlay=chosen, study=study, ready=_say_address)


def _read(study: str) -> None:
    """Tell what is wrong with a study file before anything is loaded."""
    try:
        lc.read_study(study)
    except lc.LearningCityError as error:
        raise InputError(
            Text(f"--study {study}: {error.in_('en')}", f"--study {study}：{error.in_('zh')}")
        ) from error


def overlay_to_serve(asked: str | None) -> str | None:
    """Give the overlay for the site: the one asked for, none, or what the user has added.

    None leaves the choice to the environment; an empty text is the shipped tables alone.
    """
    if asked == NONE:
        return ""
    if asked is None and not os.environ.get("LEARNINGCITY_OVERLAY"):
        folder = own_overlay()
        return None if folder is None else str(folder)
    if asked is not None and not Path(asked).exists():
        raise InputError(
            Text(
                f"There is no file or folder {asked}. Check the name.",
                f"文件或文件夹{asked}不存在，请检查名称。",
            )
        )
    return asked


def _say_address(address: str) -> None:
    say(Text(f"The site is on {address} (stop with Ctrl+C)", f"网站地址：{address}（按Ctrl+C停止）"))
