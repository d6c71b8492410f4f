"""The worked example to start from."""

from __future__ import annotations

from pathlib import Path

from learningcity.core import write_examples

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
    return write_examples("learningcity.index", FILES, folder)
