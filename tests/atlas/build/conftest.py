"""The edited data as committed, read once, and a small copy of it on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from learningcity.atlas.build.edited import Edited, checkout, read_edited

#: The year in which these tests were written; the clock must not decide whether they pass.
YEAR = 2026


@pytest.fixture(scope="session")
def edited() -> Edited:
    return read_edited(checkout() / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of data/ that a test may break."""
    return Path(shutil.copytree(checkout() / "data", tmp_path / "data"))
