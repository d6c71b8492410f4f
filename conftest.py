"""For all tests and doctests: a home of their own, so that nothing of the user's is read or written."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="learningcity-tests-")
os.environ["LEARNINGCITY_HOME"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "learningcity.web.settings"
for _name in ("LEARNINGCITY_OVERLAY", "LEARNINGCITY_DEBUG", "LEARNINGCITY_HOSTS", "LEARNINGCITY_SECRET_KEY"):
    os.environ.pop(_name, None)

from hypothesis import settings  # noqa: E402  (the home stands before anything of ours is imported)

# No test is timed: a loaded machine must not turn a right answer into a failure.
settings.register_profile(
    "house", deadline=None, derandomize="CI" in os.environ or "REQUIRE_ALL" in os.environ
)
settings.load_profile("house")
