"""The house holds: who may import whom, and that the import of the package stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import learningcity

SOURCE = Path(learningcity.__file__).parent
#: Package -> packages of ours that it may import. ``*`` is the public face (``import learningcity``).
MAY_IMPORT = {
    "core": set(),
    "standards": {"core"},
    "atlas": {"core", "standards"},
    "index": {"core", "standards", "atlas"},
    "explain": {"core", "standards", "atlas"},
    "plan": {"core", "standards", "atlas", "index", "explain"},
    "report": {"core", "standards", "atlas", "index", "explain", "plan"},
    "study": {"core", "standards", "atlas", "index", "explain", "plan", "report"},
    "cli": {"*"},
    "web": {"*"},
}
#: Heavy packages and the only package of ours that may load them.
ONLY_IN = {"django": {"web"}, "altair": {"report"}}
HEAVY = ("pandas", "numpy", "scipy", "numba", "altair", "django", "babel", "openpyxl", "rich")
FOUNDATION = {"core", "standards", "atlas", "report", "cli", "web"}


def imports(path, code=None):
    """Every import of a file as (module, names, line), those inside functions, too."""
    for node in ast.walk(ast.parse(code or path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, tuple(a.name for a in node.names), node.lineno


def breaches(package, path, code=None):
    """What a file of a package imports against the rules."""
    found = []
    for module, names, line in imports(path, code):
        parts = module.split(".")
        if parts[0] in ONLY_IN and package not in ONLY_IN[parts[0]]:
            found.append(f"{path}:{line} loads {parts[0]}")
        if parts[0] != "learningcity":
            continue
        targets = {parts[1]} if len(parts) > 1 else {n if n in MAY_IMPORT else "*" for n in names} or {"*"}
        for target in targets - {package}:
            if target not in MAY_IMPORT[package]:
                # The command line reaches the web in one place, and nowhere else.
                if (package, target, path.stem) == ("cli", "web", "serve"):
                    continue
                found.append(f"{path}:{line} imports {target}")
            elif package != "core" and len(parts) > 2 and target not in ("*",):
                found.append(f"{path}:{line} reaches into {module}; import the package")
    return found


def test_the_import_rules_hold():
    looked_at = 0
    found = []
    seen = set()
    for path in sorted(SOURCE.rglob("*.py")):
        package = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if package in ("__init__", "__main__"):
            continue
        seen.add(package)
        found += breaches(package, path)
        looked_at += 1
    assert looked_at > 40
    assert seen >= FOUNDATION
    assert not found, "\n".join(found)


#: Packages of which one place alone knows the atlas: the module or package of this name.
ONE_DOOR = {"index": "from_atlas", "explain": "from_atlas"}


def besides_the_door(package, path, code=None):
    """What a file imports from the atlas although it is not the place for that.

    ``path`` is relative to the package. Within the door one module a method: none crowds the others.
    """
    door = ONE_DOOR[package]
    if path.parts[0].removesuffix(".py") == door:
        return []
    return [
        f"{package}/{path}:{line} imports {module}; only {package}/{door} knows the atlas"
        for module, names, line in imports(SOURCE / package / path, code)
        if module.split(".")[:2] == ["learningcity", "atlas"]
        or (module == "learningcity" and "atlas" in names)
    ]


def test_one_place_alone_of_a_package_knows_the_atlas():
    for package, door in ONE_DOOR.items():
        paths = [p.relative_to(SOURCE / package) for p in sorted((SOURCE / package).rglob("*.py"))]
        assert len(paths) > 20
        inside = [p for p in paths if p.parts[0].removesuffix(".py") == door]
        assert any(
            m.startswith("learningcity.atlas") for p in inside for m, *_ in imports(SOURCE / package / p)
        )
        assert [b for p in paths for b in besides_the_door(package, p)] == []
    for code in (
        "from learningcity.atlas import Atlas",
        "from learningcity import atlas",
        "def f():\n    import learningcity.atlas.load",
    ):
        assert besides_the_door("explain", Path("nca/ceiling.py"), code), code
        assert besides_the_door("explain", Path("atlas_cases.py"), code), code
        assert besides_the_door("explain", Path("nca/from_atlas.py"), code), code
        assert not besides_the_door("explain", Path("from_atlas/ceilings.py"), code)
        assert not besides_the_door("index", Path("from_atlas.py"), code)
    assert not besides_the_door("explain", Path("x.py"), "from learningcity.core import Text")


def test_a_planted_breach_is_found():
    here = Path("x.py")
    planted = {
        ("core", "from learningcity.atlas import Atlas"): "imports atlas",
        ("standards", "def f():\n    import learningcity.atlas.load"): "imports atlas",
        ("atlas", "from learningcity.web import urls"): "imports web",
        ("web", "from learningcity.atlas import load_atlas"): "imports atlas",
        ("atlas", "from learningcity.core.errors import InputError"): "reaches into",
        ("atlas", "import django"): "loads django",
        ("report", "from django.conf import settings"): "loads django",
        ("cli", "from learningcity.web.server import serve"): "imports web",
    }
    for (package, code), told in planted.items():
        assert any(told in b for b in breaches(package, here, code)), code
    for package, code in (
        ("web", "import learningcity as lc"),
        ("cli", "from learningcity import load_atlas"),
        ("atlas", "from learningcity.core import Text"),
        ("atlas", "from learningcity.atlas.load import load_atlas"),
    ):
        assert breaches(package, here, code) == []
    assert breaches("cli", Path("cli/serve.py"), "from learningcity.web.server import serve") == []


def loaded_after(code):
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sorted(sys.modules))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {m.split(".")[0] for m in told.stdout.split()}


def test_the_import_is_light():
    assert not loaded_after("import learningcity") & set(HEAVY)
    assert not loaded_after(
        "import learningcity as lc; lc.InputError, lc.Text, lc.__version__, dir(lc)"
    ) & set(HEAVY)
    assert "pandas" in loaded_after("import learningcity as lc; lc.load_atlas()")


def test_help_is_light():
    code = "from click.testing import CliRunner\nfrom learningcity.cli import main\nassert CliRunner().invoke(main, ['--help']).exit_code == 0"
    assert not loaded_after(code) & set(HEAVY) - {"rich"}


#: Names that a library has no business to call.
FORBIDDEN_CALLS = {"print", "input", "exit", "breakpoint"}


def forbidden(code):
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assert):
            found.append("assert")
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            owner = getattr(getattr(called, "value", None), "id", "")
            if (isinstance(called, ast.Name) and name in FORBIDDEN_CALLS) or (owner, name) == ("sys", "exit"):
                found.append(name)
    return found


def test_the_library_neither_prints_nor_asserts_nor_exits():
    looked_at = 0
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[0] == "cli" or path.name == "__main__.py":
            continue
        assert forbidden(path.read_text(encoding="utf-8")) == [], path
        looked_at += 1
    assert looked_at > 40
    assert forbidden("assert 1\nprint(2)\nimport sys\nsys.exit(3)") == ["assert", "print", "exit"]


def test_no_module_is_crowded():
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCE.rglob("*.py")}
    assert {str(p): n for p, n in sizes.items() if n > 500} == {}
    assert len(sizes) > 40
