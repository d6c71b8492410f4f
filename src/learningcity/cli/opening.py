"""Open the atlas for a command: the shipped tables, and the user's own laid over them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import learningcity as lc
from learningcity import TableError, Text
from learningcity.cli.base import option, say

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import Atlas

NONE = "none"

with_overlay = option(
    "--overlay",
    metavar="DIR|none",
    text=Text(
        "Folder or file of your own tables; none uses the shipped ones alone. Default: what you have added.",
        "自有数据的文件夹或文件；none表示仅用随附数据。默认使用已添加的自有数据。",
    ),
)


def own_overlay() -> Path | None:
    """Give the folder of what the user has added, or None where nothing was."""
    folder = lc.home() / "overlay"
    if not folder.is_dir():
        return None
    if (folder / ".history").is_dir():
        lc.recover_overlay(folder)  # what was cut off would be a mixture of two states
    return folder if any(folder.glob("*.csv")) else None


def open_atlas(overlay: str | None) -> Atlas:
    """Load the atlas with the overlay asked for, or with the user's own one where there is one."""
    if overlay is not None:
        if overlay != NONE and (Path(overlay) / ".history").is_dir():
            lc.recover_overlay(overlay)
        return lc.load_atlas() if overlay == NONE else lc.load_atlas(Path(overlay))
    folder = own_overlay()
    if folder is None:
        return lc.load_atlas()
    try:
        return lc.load_atlas(folder)
    except TableError:
        say(
            Text(
                f"Your own tables in {folder} no longer fit. --overlay none leaves them out.",
                f"{folder}中的自有数据已不符合要求。使用--overlay none可忽略。",
            )
        )
        raise


def city_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Give the name of each city in the language, by id."""
    cities = atlas.cities
    other = cities["name_en"]
    names = cities[f"name_{language}"].fillna(other)
    return dict(zip(cities["city_id"], names, strict=True))


def with_names(atlas: Atlas, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Put the name of the city before the columns of a frame whose index is city_id."""
    names = city_names(atlas, language)
    named = frame.copy()
    named.insert(0, "city", [names.get(str(c), str(c)) for c in frame.index])
    return named.reset_index()
