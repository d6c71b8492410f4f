"""Necessity: parity with R QCA 3.25.1 (superSubset, pof), brute force over all disjunctions, bad input."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity import InputError, UnknownNameError

CASES = json.loads((Path(__file__).parent / "reference" / "qca.json").read_text(encoding="utf-8"))["cases"]
MEASURES = ["inclusion", "relevance", "coverage"]
BY_HAND = pd.DataFrame(
    {"A": [1, 1, 0, 0, 0], "B": [0, 1, 1, 0, 0], "E": [1, 1, 1, 1, 0], "Y": [1, 1, 1, 0, 0]},
    index=list("vwxyz"),
)


def names(case):
    return [case["name"] for case in case]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_single_conditions_as_in_r(case):
    found = lc.necessity(pd.DataFrame(case["data"]), case["outcome"], case["conditions"])
    compared = 0
    for row in case["necessity"]:
        for name, values in ((row["condition"], row), (f"~{row['condition']}", row["negated"])):
            wanted = [values["inclN"], values["RoN"], values["covN"]]
            np.testing.assert_allclose(
                found.singles.loc[name, MEASURES].astype(float), wanted, rtol=0, atol=1e-8
            )
            compared += 1
    assert compared == 2 * len(case["conditions"])


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_necessary_expressions_as_in_r(case):
    found = lc.necessity(
        pd.DataFrame(case["data"]), case["outcome"], case["conditions"],
        inclusion_cut=0.9, relevance_cut=0.4, coverage_cut=0, depth=None,
    ).table()  # fmt: skip
    found = found[found["verdict"] == "necessary"].set_index("expression")
    given_ = case["necessary_expressions"]
    assert set(found.index) == set(given_["expression"])
    wanted = np.array([given_["inclN"], given_["RoN"], given_["covN"]]).T
    np.testing.assert_allclose(
        found.loc[given_["expression"], MEASURES].astype(float), wanted, rtol=0, atol=1e-8
    )


def brute(data, y, conditions, cuts, depth):
    """Every disjunction of one value a condition at most, and among those above the cuts the minimal ones."""
    literals = [(c, v) for c in conditions for v in (1, 0)]
    kept = []
    for size in range(1, depth + 1):
        for chosen in combinations(literals, size):
            if len({c for c, _ in chosen}) < size:
                continue
            x = np.max([data[c] if v else 1 - data[c] for c, v in chosen], axis=0)
            both = np.minimum(x, y)
            apart = (1 - both).sum()
            reached = (
                both.sum() / y.sum() >= cuts[0] - 1e-9
                and apart > 0
                and (1 - x).sum() / apart >= cuts[1] - 1e-9
                and x.sum() > 0
                and both.sum() / x.sum() >= cuts[2] - 1e-9
            )
            if reached and not any(set(k) <= set(chosen) for k in kept):
                kept.append(chosen)
    return {" + ".join(c if v else f"~{c}" for c, v in one) for one in kept}


def tables(crisp):
    cell = st.sampled_from([0.0, 1.0]) if crisp else st.sampled_from([round(k / 10, 1) for k in range(11)])
    return st.lists(st.lists(cell, min_size=5, max_size=5), min_size=4, max_size=12)


@given(
    st.one_of(tables(True), tables(False)),
    st.sampled_from([0.7, 0.8, 0.9, 1.0]),
    st.sampled_from([0.0, 0.3, 0.6]),
    st.sampled_from([0.0, 0.5, 0.8]),
    st.integers(1, 4),
)
@settings(max_examples=250, deadline=None)
def test_every_minimal_disjunction_is_found_and_no_other(cells, inclusion, relevance, coverage, depth):
    data = pd.DataFrame(cells, columns=[*"ABCD", "Y"])
    y = data["Y"].to_numpy()
    if (y == y[0]).all():
        return
    cuts = (inclusion, relevance, coverage)
    found = lc.necessity(
        data, "Y", list("ABCD"),
        inclusion_cut=inclusion, relevance_cut=relevance, coverage_cut=coverage, depth=depth,
    ).table()  # fmt: skip
    above = set(found["expression"][found["verdict"] == "necessary"])
    assert above == brute(data, y, list("ABCD"), cuts, depth)


def test_the_search_meets_disjunctions_in_a_case_of_many():
    rng = np.random.default_rng(4)
    data = pd.DataFrame(rng.integers(0, 11, (30, 7)) / 10, columns=[*"ABCDEF", "Y"])
    found = lc.necessity(
        data, "Y", list("ABCDEF"), inclusion_cut=0.85, relevance_cut=0.2, coverage_cut=0, depth=4
    )
    wanted = brute(data, data["Y"].to_numpy(), list("ABCDEF"), (0.85, 0.2, 0), 4)
    assert len(wanted) > 20
    assert set(found.table().query("verdict == 'necessary'")["expression"]) == wanted


def test_trivial_conditions_are_called_trivial():
    found = lc.necessity(BY_HAND, "Y", ["A", "B", "E"], relevance_cut=0.6)
    assert found.singles.loc["E", "verdict"] == "trivial"
    assert found.singles.loc["E", "relevance"] == 0.5
    assert found.singles.loc["A", "verdict"] == "not_necessary"
    assert found.singles.loc["A", "deviant"] == "x"
    assert "Trivially so, being nearly everywhere: E" in found.summary()
    assert "仅属平凡必要（几乎所有案例都具备）：E" in found.summary("zh")
    assert list(found.disjunctions.index) == ["A + B"]
    everywhere = lc.necessity(BY_HAND.assign(E=1), "Y", ["A", "E"])
    assert everywhere.singles.loc["E", ["relevance", "verdict"]].tolist() == [0, "trivial"]
    assert "outcome and for its absence at once: E" in everywhere.summary()
    assert "No case has any membership in ~E" in everywhere.summary()


def test_low_coverage_is_trivial_too():
    data = pd.DataFrame({"A": [1] * 5 + [0] * 5, "Y": [1] + [0] * 9})
    row = lc.necessity(data, "Y", ["A"], relevance_cut=0.5, coverage_cut=0.5).singles.loc["A"]
    assert row["inclusion"] == 1
    assert row["relevance"] > 0.5
    assert row["coverage"] == 0.2
    assert row["verdict"] == "trivial"


def test_the_absence_of_the_outcome_is_analysed_by_its_sign():
    turned = lc.necessity(BY_HAND.assign(Y=1 - BY_HAND["Y"]), "Y", ["A", "B"])
    found = lc.necessity(BY_HAND, "~Y", ["A", "B"])
    pd.testing.assert_frame_equal(found.table(), turned.table())
    assert found.outcome == "~Y"
    assert found.singles.loc["~A", "verdict"] == "necessary"


def test_values_of_multi_value_conditions():
    data = pd.DataFrame(
        {"C": [0, 1, 2, 2, 0], "B": [0, 0, 1, 0, 1], "Y": [0, 1, 1, 1, 0]}, index=list("vwxyz")
    )
    found = lc.necessity(data, "Y", ["C", "B"], relevance_cut=0.6)
    assert list(found.singles.index) == ["C{0}", "C{1}", "C{2}", "B", "~B"]
    assert list(found.disjunctions.index) == ["C{1} + C{2}"]
    assert lc.necessity(data, "C{2}", ["B"]).singles.loc["B", "inclusion"] == 0.5
    assert lc.fit("C{1} + C{2}", data, "Y", "necessity").inclusion == 1


def test_depth_one_lists_no_disjunctions():
    found = lc.necessity(BY_HAND, "Y", ["A", "B"], depth=1)
    assert not len(found.disjunctions)
    assert len(found.table()) == 4


def test_the_result_as_plain_values():
    told = lc.necessity(BY_HAND, "Y", ["A", "B"]).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["cuts"] == {"inclusion": 0.9, "relevance": 0.5, "coverage": 0.5}
    assert [row["expression"] for row in told["table"]] == ["A", "~A", "B", "~B", "A + B"]


def test_too_many_disjunctions_stop_with_a_remedy():
    rng = np.random.default_rng(1)
    columns = [f"X{k}" for k in range(20)]
    data = pd.DataFrame(rng.random((20, 21)), columns=[*columns, "Y"])
    with pytest.raises(InputError, match="lower depth, raise relevance_cut"):
        lc.necessity(data, "Y", columns, inclusion_cut=1, relevance_cut=0, depth=None, steps=5000)


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({"A": [1, 1, 0, 0, 2.5]}, {}, "outside of 0 to 1 .*A: z"),
        ({"A": [1, 1, 0, 0, None]}, {}, "Missing values .*A: z"),
        ({"A": list("abcde")}, {}, "no numbers .*A"),
        ({"Y": 1}, {}, "All cases are alike in the outcome Y"),
        ({"Y": [0, 0, 0, 0, 3]}, {}, "outside of 0 to 1 .*Y: z"),
        ({}, {"inclusion_cut": 1.1}, "inclusion_cut is 1.1"),
        ({}, {"relevance_cut": "0"}, "relevance_cut is '0'"),
        ({}, {"coverage_cut": True}, "coverage_cut is True"),
        ({}, {"depth": 0}, "depth is 0"),
        ({}, {"depth": 1.5}, "depth is 1.5"),
        ({}, {"steps": 0}, "steps is 0"),
        ({}, {"conditions": ["A", "A"]}, "named twice: A"),
        ({}, {"conditions": ["A", "Y"]}, "outcome is among the conditions"),
        ({}, {"conditions": []}, "names nothing"),
    ],
)
def test_bad_input_is_refused_in_words(change, options, said):
    options = {"conditions": ["A", "B"], **options}
    with pytest.raises(InputError, match=said):
        lc.necessity(BY_HAND.assign(**change), "Y", **options)


def test_unknown_columns():
    with pytest.raises(UnknownNameError, match="NO"):
        lc.necessity(BY_HAND, "Y", ["A", "NO"])
    with pytest.raises(UnknownNameError, match="Z"):
        lc.necessity(BY_HAND, "~Z", ["A"])
