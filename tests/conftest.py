"""How tests are shared among workers: the tests of one file stay together, and those of the study, which share one desk."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Folders of which all files share dear results, and those that share them out among workers by themselves.
TOGETHER = ("study",)
BY_THEMSELVES = ("web",)


def pytest_itemcollected(item):
    """What a file shares is computed by one worker, not by each."""
    folder, *rest = item.path.relative_to(HERE).with_suffix("").parts
    if folder not in BY_THEMSELVES and not item.get_closest_marker("xdist_group"):
        name = folder if folder in TOGETHER else "-".join((folder, *rest))
        item.add_marker(pytest.mark.xdist_group(name))
