"""A recipe: the options of a command from a file, those of the command line before them, odd files named."""

import pytest

STYLES = ("explain", "typology", "my-study/towns.csv")
RECIPE = 'columns = ["participation", "budget", "centres"]\nk = 3\ndraws = 10\nshuffles = 19\nseed = 4\n'


@pytest.fixture(autouse=True)
def example(run):
    """The worked example in ``my-study``."""
    run("explain", "template", "--out", "my-study")


@pytest.fixture
def recipe(tmp_path):
    def write(text):
        path = tmp_path / "styles.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return str(path)

    return write


def test_a_recipe_stands_for_its_options(run_json, recipe):
    asked = (
        "--columns",
        "participation,budget,centres",
        "--k",
        "3",
        "--draws",
        "10",
        "--shuffles",
        "19",
        "--seed",
        "4",
    )
    assert run_json(*STYLES, "--recipe", recipe(RECIPE)) == run_json(*STYLES, *asked)


def test_an_option_of_the_command_line_goes_first(run_json, recipe):
    path = recipe("﻿" + RECIPE)
    found = run_json(*STYLES, "--k", "2", "--recipe", path, "--columns", "budget,LAW")
    assert found["k"] == 2
    assert set(found["columns"]) == {"budget", "LAW"}
    assert found["seed"] == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kk = 3", "kk"),
        ("columns = [1]", "list of texts"),
        ("k = true", "a text or a number"),
        ("k = [2]", "a text or a number"),
        ("atlas = 1", "true or false"),
        ("k = ", "TOML"),
        (b"k = \xff", "TOML"),
        ('k = "two"', "number or auto"),
        ('draws = "many"', "draws"),
        ("[columns]\na = 1", "list of texts"),
        ('recipe = "other.toml"', "recipe"),
        ('out = "x.csv"', "out"),
    ],
)
def test_odd_recipes_are_named(run, recipe, text, told):
    for language in ("en", "zh"):
        done = run(*STYLES, "--recipe", recipe(text), "--language", language, code=1)
        if language == "en":
            assert told in done.stderr
        assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there(run):
    assert "none.toml" in run(*STYLES, "--recipe", "none.toml", code=1).stderr
