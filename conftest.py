"""For all tests and doctests: a home of their own, so that nothing of the user's is read or written."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="learningcity-tests-")
os.environ["LEARNINGCITY_HOME"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "learningcity.web.settings"
for _name in ("LEARNINGCITY_OVERLAY", "LEARNINGCITY_DEBUG", "LEARNINGCITY_HOSTS", "LEARNINGCITY_SECRET_KEY"):
    os.environ.pop(_name, None)

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402  (the home stands before anything of ours is imported)

# No test is timed: a loaded machine must not turn a right answer into a failure.
settings.register_profile(
    "house", deadline=None, derandomize="CI" in os.environ or "REQUIRE_ALL" in os.environ
)
settings.load_profile("house")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """With REQUIRE_ALL=1 nothing may be left out: a skipped test is a failed one."""
    report = (yield).get_result()
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but REQUIRE_ALL=1: {report.longrepr}"
