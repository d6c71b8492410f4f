"""The worked example to start from."""

from __future__ import annotations

from pathlib import Path

from learningcity.core import InputError, Text, path_of, write_whole

FILES = ("data.csv", "meta.csv", "index.toml", "choices.toml", "years.csv")


def write_index_template(folder: str | Path) -> tuple[Path, ...]:
    """Write a small worked example to start from: values, table of meanings, recipe, choices, years.

    Parameters
    ----------
    folder
        Made where it is not there; files of these names are never replaced.

    Returns
    -------
    tuple
        ``data.csv``, ``meta.csv``, ``index.toml``, ``choices.toml``, ``years.csv``; the districts in it are made up.

    Raises
    ------
    InputError
        One of the files is there already; nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> [file.name for file in write_index_template(tempfile.mkdtemp())]
    ['data.csv', 'meta.csv', 'index.toml', 'choices.toml', 'years.csv']
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
    shipped = resources.files("learningcity.index").joinpath("example")
    for file in files:
        write_whole(file, shipped.joinpath(file.name).read_bytes())
    return files
