"""The worked example to start from."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from learningcity.core import write_examples

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
    return write_examples("learningcity.explain", FILES, folder)
