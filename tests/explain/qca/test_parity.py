"""Every key of the reference is compared, and where: a key that nobody looks at is told here.

The reference is R QCA 3.25.1 on generated data (Dușa 2018, doi 10.1007/978-3-319-75668-4).
"""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.explain.qca.fitting import necessity_of
from learningcity.explain.qca.terms import Literal, literal_membership

HERE = Path(__file__).parent
REFERENCE = json.loads((HERE / "reference" / "qca.json").read_text())
CASES = {case["name"]: case for case in REFERENCE["cases"]}
FIT = {"inclS": "inclusion", "PRI": "pri", "covS": "coverage", "covU": "unique_coverage"}
WHOLE = "model"

#: Key -> (module, test that compares it); "given" = it is what was computed with.
COMPARED = {
    "package": ("test_parity", "test_the_reference_says_what_made_it"),
    "version": ("test_parity", "test_the_reference_says_what_made_it"),
    "calibration.raw": "given",
    "calibration.thresholds": "given",
    "calibration.direct_logistic_idm95": ("test_calibrate", "test_values_of_r"),
    "calibration.direct_linear": ("test_calibrate", "test_values_of_r"),
    "calibration.decreasing": ("test_calibrate", "test_values_of_r"),
    "calibration.crisp": ("test_calibrate", "test_values_of_r"),
    "cases.name": "given",
    "cases.data": "given",
    "cases.outcome": "given",
    "cases.conditions": "given",
    "cases.incl_cut": "given",
    "cases.n_cut": "given",
    "cases.pri_cut": "given",
    "cases.dir_exp": "given",
    "cases.truth_table": ("test_parity", "test_truth_table"),
    "cases.conservative": ("test_parity", "test_solution"),
    "cases.parsimonious": ("test_parity", "test_solution"),
    "cases.intermediate": ("test_parity", "test_intermediate"),
    "cases.necessity": ("test_parity", "test_necessity_of_conditions"),
    "cases.necessary_expressions": ("test_parity", "test_necessity_of_disjunctions"),
    "prime_implicant_counts.k": "given",
    "prime_implicant_counts.rows": "given",
    "prime_implicant_counts.prime_implicants": ("test_parity", "test_number_of_prime_implicants"),
    "prime_implicant_counts.models": ("test_parity", "test_number_of_prime_implicants"),
}


def frame_of(case):
    found = pd.DataFrame(case["data"])
    found.index = [f"case{k}" for k in range(1, len(found) + 1)]
    return found


def table_of(case):
    return lc.truth_table(
        frame_of(case), case["outcome"], case["conditions"], case["incl_cut"], case["pri_cut"], case["n_cut"]
    )


def listed(value):
    """R writes a vector of one as a single value."""
    return value if isinstance(value, list) else [value]


def models(found):
    return {frozenset(str(term) for term in model) for model in found.models}


def as_sets(given):
    return {frozenset(listed(model)) for model in listed(given)}


def keys(reference):
    """Every key of a file like the reference."""
    found = set(reference) - {"calibration", "cases", "prime_implicant_counts"}
    found |= {f"calibration.{k}" for k in reference["calibration"]}
    for part in ("cases", "prime_implicant_counts"):
        found |= {f"{part}.{k}" for one in reference[part] for k in one}
    return found


def test_the_reference_says_what_made_it():
    assert (REFERENCE["package"], REFERENCE["version"]) == ("QCA", "3.25.1")


@pytest.mark.parametrize("name", CASES)
def test_truth_table(name):
    case, table = CASES[name], table_of(CASES[name])
    given = case["truth_table"]
    rows = {
        tuple(int(v) for v in row): k
        for k, row in enumerate(zip(*(given[c] for c in case["conditions"]), strict=True))
    }
    assert set(given) == {*case["conditions"], "OUT", "n", "incl", "PRI"}
    assert len(rows) == len(table.out)
    for k, row in enumerate(table.values):
        r = rows[tuple(int(v) for v in row)]
        assert table.out[k] == given["OUT"][r]
        assert len(table.cases[k]) == given["n"][r]
        assert table.inclusion[k] == pytest.approx(float(given["incl"][r]), rel=1e-8)
        assert table.pri[k] == pytest.approx(float(given["PRI"][r]), rel=1e-8)


def same_fit(found, number, given):
    """Fit of the terms of a model, and the cases in each where the reference kept them."""
    names = listed(given["term"])
    assert set(given) - {"cases"} == {"term", *FIT}
    compared = 0
    for their, our in FIT.items():
        for term, value in zip(names, listed(given[their]), strict=True):
            if value is None:
                # R leaves the unique coverage of the only term empty; it is all that the term covers.
                assert (their, len(names)) == ("covU", 1)
                value = found.fit.loc[(number, term)]["coverage"]
            assert found.fit.loc[(number, term)][our] == pytest.approx(value, rel=1e-8, abs=1e-12)
            compared += 1
    # Names of several cases were lost on the way into the file; a single one is its number.
    for term, case in zip(names, listed(given.get("cases", [None] * len(names))), strict=True):
        if case is not None:
            rows = found.cases[(found.cases["model"] == number) & (found.cases["term"] == term)]
            assert rows["case"].tolist() == [f"case{case}"]
    assert compared == 4 * len(names)


@pytest.mark.parametrize("kind", ["conservative", "parsimonious"])
@pytest.mark.parametrize("name", CASES)
def test_solution(name, kind):
    given, found = CASES[name][kind], lc.minimise(table_of(CASES[name]), kind)
    assert set(given) == {"models", "prime_implicants", "essential", "overall", "terms"}
    assert models(found) == as_sets(given["models"])
    assert {str(t) for t in found.prime_implicants} == set(listed(given["prime_implicants"]))
    assert len(found.prime_implicants) == len(listed(given["prime_implicants"]))
    assert {str(t) for t in found.essential} == set(listed(given["essential"]))
    place = {frozenset(str(t) for t in model): k for k, model in enumerate(found.models)}
    parts = listed(given["terms"])
    assert {frozenset(listed(part["term"])) for part in parts} == set(place)
    for part in parts:
        same_fit(found, place[frozenset(listed(part["term"]))], part)


@pytest.mark.parametrize("kind", ["conservative", "parsimonious"])
@pytest.mark.parametrize("name", CASES)
def test_overall_fit(name, kind):
    given = CASES[name][kind]
    found = lc.minimise(table_of(CASES[name]), kind)
    assert set(given["overall"]) == {"inclS", "PRI", "covS"}
    # With several models R gives the fit of the first that it lists.
    first = frozenset(listed(listed(given["models"])[0]))
    number = next(k for k, model in enumerate(found.models) if {str(t) for t in model} == first)
    for their, value in given["overall"].items():
        assert found.fit.loc[(number, WHOLE)][FIT[their]] == pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize("name", CASES)
def test_intermediate(name):
    case = CASES[name]
    expected = dict(zip(case["conditions"], case["dir_exp"], strict=True))
    found = lc.minimise(table_of(case), "intermediate", expected)
    given = case["intermediate"]
    assert set(given) == {"models", "terms"}
    union, pairs = set(), 0
    for pair, listed_models in given["models"].items():
        c, p = (int(v) - 1 for v in re.fullmatch(r"C(\d+)P(\d+)", pair).groups())
        ours = {
            frozenset(str(t) for t in model)
            for model, origins in zip(found.models, found.origins, strict=True)
            if any((o.conservative_number, o.parsimonious_number) == (c, p) for o in origins)
        }
        if all(len(models(lc.minimise(table_of(case), k))) == 1 for k in ("conservative", "parsimonious")):
            assert ours == as_sets(listed_models)
        union |= as_sets(listed_models)
        pairs += 1
        part = given["terms"][pair]
        number = next(
            k for k, m in enumerate(found.models) if {str(t) for t in m} == set(listed(part["term"]))
        )
        same_fit(found, number, part)
    assert models(found) == union
    assert pairs == sum(
        len({(o.conservative_number, o.parsimonious_number) for o in one}) for one in found.origins
    )


@pytest.mark.parametrize("name", CASES)
def test_necessity_of_conditions(name):
    case = CASES[name]
    frame = frame_of(case)
    y = frame[case["outcome"]].to_numpy(dtype=float)
    assert [one["condition"] for one in case["necessity"]] == case["conditions"]
    for one in case["necessity"]:
        for value, figures in ((1, one), (0, one["negated"])):
            x = Literal(one["condition"], value)
            found = necessity_of(literal_membership(x, frame[x.condition].to_numpy(dtype=float)), y)
            expected = [figures[k] for k in ("inclN", "RoN", "covN")]
            assert found == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("name", CASES)
def test_necessity_of_disjunctions(name):
    case = CASES[name]
    frame, given = frame_of(case), case["necessary_expressions"]
    y = frame[case["outcome"]].to_numpy(dtype=float)
    assert set(given) == {"expression", "inclN", "RoN", "covN"}
    assert len(given["expression"]) > 1
    for k, text in enumerate(given["expression"]):
        found = necessity_of(lc.read_expression(text).membership(frame), y)
        assert found == pytest.approx([given[m][k] for m in ("inclN", "RoN", "covN")], rel=1e-8)


@pytest.mark.parametrize("case", REFERENCE["prime_implicant_counts"], ids=lambda case: f"k{case['k']}")
def test_number_of_prime_implicants(case):
    names = [f"C{k}" for k in range(1, case["k"] + 1)]
    rows = [[int(v) for v in row] for row in case["rows"]]
    frame = pd.DataFrame(rows, columns=[*names, "Y"], index=[f"c{k}" for k in range(len(rows))])
    table = lc.truth_table(frame, "Y", names)
    found = lc.minimise(table, "parsimonious")
    assert lc.count_prime_implicants(table) == len(found.prime_implicants) == case["prime_implicants"]
    assert models(found) == as_sets(case["models"])


@pytest.mark.parametrize(("size", "count"), [(16, 4402), (20, 13_182), (30, 124_827)])
def test_number_of_prime_implicants_of_the_design(size, count):
    """Sixty crisp cases, ``Y = X1*X2 + X3*~X4``; counted with another program, minimal hitting sets in Python."""
    x = np.random.default_rng(size).integers(0, 2, (60, size))
    names = [f"X{k}" for k in range(1, size + 1)]
    frame = pd.DataFrame(x, columns=names, index=[f"c{k}" for k in range(60)])
    frame["Y"] = (x[:, 0] & x[:, 1]) | (x[:, 2] & ~x[:, 3] & 1)
    found = lc.minimise(lc.truth_table(frame, "Y", names), "parsimonious")
    assert len(found.prime_implicants) == count
    assert models(found) == {frozenset({"X1*X2", "X3*~X4"})}


def test_every_key_is_compared():
    assert keys(REFERENCE) == set(COMPARED)
    assert len(COMPARED) == 26
    for key, place in COMPARED.items():
        if place != "given":
            module, test = place
            assert re.search(rf"^def {test}\b", (HERE / f"{module}.py").read_text(), re.MULTILINE), key
    planted = {**REFERENCE, "cases": [*REFERENCE["cases"], {"robustness": 1}]}
    assert keys(planted) - set(COMPARED) == {"cases.robustness"}
