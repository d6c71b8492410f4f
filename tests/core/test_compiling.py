"""Machine code that is kept on disk is that of the code as it is now; where none can be kept, none is."""

import os
import subprocess
import sys

import pytest

FORMULA = "def value(x):\n    return x + {}\n"
MIDDLE = """
from importlib import import_module
from learningcity.core.compiling import compiled
value = compiled(import_module({!r}).value)
@compiled
def twice(x):
    return 2.0 * value(x)
"""
TOP = """
from learningcity.core.compiling import compiled
from kept.middle import twice
@compiled
def thrice(x):
    return 1.5 * twice(x)
"""
INTERACTIVE = "from learningcity.core.compiling import compiled\n"
ASK = "from kept.top import thrice; print(thrice(1.0), sum(thrice.stats.cache_hits.values()))"


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "formula.py").write_text(FORMULA.format(1.0))
    (folder / "middle.py").write_text(MIDDLE.format("kept.formula"))
    (folder / "top.py").write_text(TOP)
    return folder


def ask(package, code=ASK, **environment):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=package.parent, env={**os.environ, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tuple(float(n) for n in done.stdout.split())


def test_kept_code_is_used_while_nothing_changes_and_dropped_when_what_it_calls_does(package):
    assert ask(package) == (6.0, 0)
    assert ask(package) == (6.0, 1)
    (package / "formula.py").write_text(FORMULA.format(2.0))
    assert ask(package) == (9.0, 0)
    assert ask(package) == (9.0, 1)


def test_kept_code_that_calls_a_module_that_is_gone_is_dropped(package):
    ask(package)
    (package / "formula.py").rename(package / "renamed.py")
    (package / "middle.py").write_text(MIDDLE.format("kept.renamed"))
    assert ask(package) == (6.0, 0)


def test_numba_itself_goes_on_with_the_old_code(package):
    """What is mended here is there: without the remembered texts the old formula comes out."""
    for file in ("middle.py", "top.py"):
        text = (
            (package / file)
            .read_text()
            .replace("learningcity.core.compiling import compiled", "plain import *")
        )
        (package / file).write_text(text)
    (package.parent / "plain.py").write_text("import numba\ncompiled = numba.njit(cache=True)\n")
    assert ask(package) == (6.0, 0)
    (package / "formula.py").write_text(FORMULA.format(2.0))
    assert ask(package) == (6.0, 1)


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(package):
    nowhere = "from numba.core import caching; caching.CacheImpl._locator_classes = []; "
    code = nowhere + "from kept.top import thrice; print(thrice(1.0), int(thrice.stats.cache_path is None))"
    assert ask(package, code) == (6.0, 1)
    assert not list(package.rglob("*.nbi"))


def test_with_numba_switched_off_it_is_the_function_itself(package):
    code = "from kept.top import thrice; print(thrice(1.0), 0)"
    assert ask(package, code, NUMBA_DISABLE_JIT="1") == (6.0, 0)


def test_a_function_of_an_interactive_session_is_compiled():
    source = "def half(x):\n    return x / 2.0\n"
    done = subprocess.run(
        [sys.executable, "-"], input=f"{INTERACTIVE}{source}print(compiled(half)(3.0))",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["1.5"], done.stderr
