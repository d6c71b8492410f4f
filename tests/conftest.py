"""How tests are shared among workers: the tests of one file stay together, and those of the study, which share one desk."""

import pytest

#: Folders of which all files share dear results, and those that share them out among workers by themselves.
TOGETHER = ("study",)
BY_THEMSELVES = ("web",)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """What a file shares is computed by one worker, not by each."""
    here = config.rootpath / "tests"
    for item in items:
        if not item.path.is_relative_to(here) or item.get_closest_marker("xdist_group"):
            continue
        folder, *rest = item.path.relative_to(here).with_suffix("").parts
        if folder in BY_THEMSELVES:
            continue
        name = folder if folder in TOGETHER else "-".join((folder, *rest))
        item.add_marker(pytest.mark.xdist_group(name))
