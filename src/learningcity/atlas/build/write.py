"""Write the built files so that they are there whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.build.edited import GROUPS
from learningcity.core import SetupError, Text, to_csv_text, write_whole

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited

#: The land dots lie with the maps that draw them.
LAND_DOTS = "report/data/land-dots.csv"


def built_files(edited: Edited, land: str | None = None) -> dict[str, bytes]:
    """Give the content of every built file by its path under the package.

    Parameters
    ----------
    edited
        Checked tables, schemas and portraits.
    land
        The land dots as CSV text; None leaves those that are there.
    """
    files = {}
    for name, schema in edited.schemas.items():
        home = GROUPS[edited.groups[name]]
        frame = edited.tables[name].reindex(columns=list(schema.columns), fill_value="")
        files[f"{home}/tables/{name}.csv"] = to_csv_text(frame).encode()
        text = json.dumps(json.loads(edited.schema_texts[name]), ensure_ascii=False, indent=1)
        files[f"{home}/schemas/{name}.json"] = f"{text}\n".encode()
    for name, text in edited.cases.items():
        files[f"atlas/cases/{name}.md"] = text.encode()
    if land is not None:
        files[LAND_DOTS] = land.encode()
    return dict(sorted(files.items()))


def built_folders(files: Mapping[str, bytes]) -> list[str]:
    """Give the folders that the build owns whole: what else lies there is left over."""
    return sorted({str(Path(f).parent) for f in files if f != LAND_DOTS})


def changed_files(files: Mapping[str, bytes], out: Path) -> list[str]:
    """Give the paths that differ from what lies under ``out``: changed, missing or left over."""
    found = [path for path, content in files.items() if _content(out / path) != content]
    for folder in built_folders(files):
        if (out / folder).is_dir():
            there = {
                f"{folder}/{p.name}" for p in (out / folder).iterdir() if p.suffix in (".csv", ".json", ".md")
            }
            found += sorted(there - set(files))
    return sorted(found)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def write_built(files: Mapping[str, bytes], out: Path) -> None:
    """Write all files under ``out``: first beside the old folders, then all are swapped at once.

    A failure on the way puts back what was there.

    Raises
    ------
    SetupError
        The disk is full or a folder cannot be written; everything is as it was.
    """
    swapped: list[tuple[Path, Path]] = []
    out.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    try:
        for path, content in files.items():
            write_whole(stage / "new" / path, content)
        for folder in built_folders(files):
            _swap(stage, out, folder, swapped)
        if LAND_DOTS in files:
            write_whole(out / LAND_DOTS, files[LAND_DOTS])
    except BaseException as error:
        _put_back(swapped)
        if isinstance(error, OSError):
            raise SetupError(
                Text(
                    f"The tables could not be written ({error}); everything is as it was. "
                    "Free the disk or the folder and run it again.",
                    f"无法写入数据表（{error}），原有内容未变。请检查磁盘空间与文件夹权限后重试。",
                )
            ) from error
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(stage: Path, out: Path, folder: str, swapped: list[tuple[Path, Path]]) -> None:
    target, old = out / folder, stage / "old" / folder
    old.parent.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    swapped.append((target, old))
    (stage / "new" / folder).rename(target)


def _put_back(swapped: list[tuple[Path, Path]]) -> None:
    for target, old in reversed(swapped):
        shutil.rmtree(target, ignore_errors=True)
        if old.exists():
            old.rename(target)
