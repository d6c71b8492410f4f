"""What the first visitor of an analysis needs is compiled at set-up, not while the visitor waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys

#: Takes the steps of ``learningcity warm-up``, then answers the analyses, and says what was compiled in between.
SCRIPT = """
import json, os, sys
import django
django.setup()
from learningcity.cli import warm_up
from learningcity.web import warming
from django.test import Client

def compiled():
    found = {}
    for name, module in list(sys.modules.items()):
        if name.startswith("learningcity."):
            for one in vars(module).values():
                if hasattr(one, "py_func") and hasattr(one, "signatures"):
                    found[f"{one.py_func.__module__}.{one.py_func.__qualname__}"] = len(one.signatures)
    return found

for step in (warm_up._compute, warm_up._minimise, warm_up._shuffle, warm_up._group):
    step()
before = compiled()
warming.analyses()
addresses = ("/en/index?vary=aggregate", "/en/index?reading=context&vary=both&city=CHN", "/zh/index?treat=boxcox")
answers = [Client(headers={"host": "localhost"}).get(a).status_code for a in addresses]
after = compiled()
late = sorted(n for n, count in after.items() if count > before.get(n, 0))
print(json.dumps({"late": late, "before": sum(before.values()), "answers": answers}))
"""


def test_the_warm_up_compiles_what_the_analyses_need(tmp_path):
    environment = {
        **os.environ,
        "LEARNINGCITY_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["answers"] == [200, 200, 200]
    assert told["before"] > 10
    assert not told["late"]
