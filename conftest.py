"""For all tests and doctests: a home of their own, so that nothing of the user's is read or written."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="learningcity-tests-")
os.environ["LEARNINGCITY_HOME"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "learningcity.web.settings"
for _name in ("LEARNINGCITY_OVERLAY", "LEARNINGCITY_DEBUG", "LEARNINGCITY_HOSTS", "LEARNINGCITY_SECRET_KEY"):
    os.environ.pop(_name, None)
