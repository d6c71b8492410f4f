"""The worked example to start from."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from learningcity.core import InputError, Text, path_of, write_whole

FILES = ("towns.csv", "study.toml", "codes.csv")


def write_explain_template(folder: str | PathLike[str]) -> tuple[Path, ...]:
    """Write a small worked example to start from: a table of cases, a study of them, and a table of codes.

    Parameters
    ----------
    folder
        Made where it is not there; files of these names are never replaced.

    Returns
    -------
    tuple
        ``towns.csv``, ``study.toml``, ``codes.csv``; the towns and codes in them are made up.

    Raises
    ------
    InputError
        One of the files is there already (nothing is written then), or the place cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> [file.name for file in write_explain_template(tempfile.mkdtemp())]
    ['towns.csv', 'study.toml', 'codes.csv']
    """
    from importlib import resources

    target = path_of(folder)
    files = tuple(target / name for name in FILES)
    there = [str(f) for f in files if f.exists()]
    if there:
        raise InputError(
            Text(
                f"{', '.join(there)} is there already; name another folder.",
                f"{'、'.join(there)}已存在，请指定其他文件夹。",
            )
        )
    shipped = resources.files("learningcity.explain").joinpath("example")
    for file in files:
        write_whole(file, shipped.joinpath(file.name).read_bytes())
    return files
