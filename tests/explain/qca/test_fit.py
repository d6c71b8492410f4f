"""Fit of any expression: parity with R QCA 3.25.1 (pof), recomputation by hand, De Morgan, bad input."""

import json
from inspect import signature
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity import InputError, UnknownNameError
from learningcity.explain.qca import Conditions
from learningcity.explain.qca.fit import kind_of
from learningcity.explain.qca.fit_result import KINDS

CASES = json.loads((Path(__file__).parent / "reference" / "qca.json").read_text(encoding="utf-8"))["cases"]
BY_HAND = pd.DataFrame(
    {"A": [0.9, 0.6, 0.2, 0.8, 0.5], "B": [0.7, 0.1, 0.9, 0.3, 0.4], "Y": [0.8, 0.7, 0.6, 0.2, 0.1]},
    index=list("vwxyz"),
)
MEASURES = ["inclusion", "pri", "coverage", "unique_coverage"]


def models():
    found = []
    for case in CASES:
        for solution in ("conservative", "parsimonious"):
            given_ = case.get(solution)
            if not given_ or not given_.get("terms"):
                continue
            terms = given_["terms"] if isinstance(given_["terms"], list) else [given_["terms"]]
            overall = given_["overall"] if len(given_["models"]) == 1 else None
            for number, one in enumerate(terms):
                found.append(pytest.param(case, one, overall, id=f"{case['name']}, {solution}, {number}"))
    return found


@pytest.mark.parametrize(("case", "terms", "overall"), models())
def test_models_of_r(case, terms, overall):
    names = terms["term"] if isinstance(terms["term"], list) else [terms["term"]]
    found = lc.fit(" + ".join(names), pd.DataFrame(case["data"]), case["outcome"])
    if len(names) > 1:
        wanted = np.array([terms[k] for k in ("inclS", "PRI", "covS", "covU")], dtype=float).T
        np.testing.assert_allclose(found.parts.loc[names, MEASURES].astype(float), wanted, rtol=0, atol=1e-8)
    if overall is not None:
        assert found.inclusion == pytest.approx(overall["inclS"], abs=1e-8)
        assert found.pri == pytest.approx(overall["PRI"], abs=1e-8)
        assert found.coverage == pytest.approx(overall["covS"], abs=1e-8)


def test_there_are_models_to_compare():
    assert len(models()) >= 10
    assert sum(one.values[2] is not None for one in models()) >= 4


def test_sufficiency_by_hand():
    found = lc.fit("A*B + ~A", BY_HAND, "Y")
    x = np.array([0.7, 0.4, 0.8, 0.3, 0.5])
    y = BY_HAND["Y"].to_numpy()
    both = np.minimum(x, y).sum()
    assert found.inclusion == pytest.approx(both / x.sum())
    assert found.coverage == pytest.approx(both / y.sum())
    neither = np.minimum(np.minimum(x, y), 1 - y).sum()
    assert found.pri == pytest.approx((both - neither) / (x.sum() - neither))
    assert found.inclusion_absence == pytest.approx(np.minimum(x, 1 - y).sum() / x.sum())
    assert np.isnan(found.relevance)
    assert list(found.parts.index) == ["A*B", "~A", "whole"]


def test_necessity_by_hand():
    found = lc.fit("A + B", BY_HAND, "Y", "necessity")
    x = np.array([0.9, 0.6, 0.9, 0.8, 0.5])
    y = BY_HAND["Y"].to_numpy()
    both = np.minimum(x, y)
    assert found.inclusion == pytest.approx(both.sum() / y.sum())
    assert found.relevance == pytest.approx((1 - x).sum() / (1 - both).sum())
    assert found.coverage == pytest.approx(both.sum() / x.sum())
    assert np.isnan(found.pri)


def test_cases_by_kind():
    found = lc.fit("A", BY_HAND, "Y")
    assert found.cases["kind"].to_dict() == {
        "v": "typical", "w": "typical", "x": "deviant_coverage", "y": "deviant_consistency", "z": "undecided",
    }  # fmt: skip
    assert found.cases["consistent"].to_dict() == {"v": False, "w": True, "x": True, "y": False, "z": False}
    needed = lc.fit("A", BY_HAND, "Y", "necessity")
    assert needed.of_kind("deviant_consistency") == ("x",)
    assert needed.of_kind("deviant_coverage") == ("y",)
    with pytest.raises(UnknownNameError):
        needed.of_kind("odd")
    assert lc.fit("A + B", BY_HAND, "Y").cases["parts"].to_dict() == {
        "v": "A; B", "w": "A", "x": "B", "y": "A", "z": "",
    }  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["sufficiency", "necessity"]))
def test_every_case_has_a_kind_and_necessity_is_sufficiency_turned_round(x, y, relation):
    other = {"sufficiency": "necessity", "necessity": "sufficiency"}[relation]
    assert kind_of(x, y, relation) in KINDS
    assert kind_of(x, y, relation) == kind_of(y, x, other)


def test_a_set_sufficient_for_both_sides_is_called_so():
    data = pd.DataFrame({"A": [0.3, 0.2, 0.4], "Y": [0.6, 0.4, 0.5]})
    found = lc.fit("A", data, "Y")
    assert found.both_sides
    assert "for the outcome and for its absence at once" in found.summary()
    assert "同时呈充分关系" in found.summary("zh")
    assert "PRI is not defined" in found.summary()
    clear = lc.fit("A", pd.DataFrame({"A": [1, 0], "Y": [1, 0]}), "Y")
    assert not clear.both_sides
    assert not clear.notes


def test_a_set_necessary_for_both_sides_is_called_so():
    data = pd.DataFrame({"A": [1, 1, 0.9], "Y": [1, 0, 0]})
    found = lc.fit("A", data, "Y", "necessity")
    assert found.both_sides
    assert "necessity is trivial" in found.summary()


def test_the_cut_decides_what_holds():
    found = lc.fit("A", BY_HAND, "Y", inclusion_cut=0.5)
    assert found.holds
    assert not lc.fit("A", BY_HAND, "Y", inclusion_cut=0.99).holds
    assert lc.fit("A", BY_HAND, "Y").inclusion_cut == 0.8
    assert lc.fit("A", BY_HAND, "Y", "necessity").inclusion_cut == 0.9


EXPRESSIONS = st.recursive(
    st.sampled_from(["A", "~A", "B", "~B", "D", "~D"]),
    lambda inner: st.builds(lambda a, sign, b, no: f"{no}({a}{sign}{b})", inner, st.sampled_from("+*"), inner, st.sampled_from(["", "~"])),
    max_leaves=8,
)  # fmt: skip


@given(EXPRESSIONS, st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_de_morgan_holds_in_fuzzy_sets(text, cells):
    data = pd.DataFrame(cells, columns=list("ABD"))
    tree = lc.read_expression(text)
    np.testing.assert_allclose(tree.negated().membership(data), 1 - tree.membership(data), atol=1e-12)
    crisp = data.round()
    assert lc.negate(text).membership(crisp).tolist() == (1 - tree.membership(crisp)).tolist()
    again = lc.read_expression(str(tree))
    np.testing.assert_allclose(again.membership(data), tree.membership(data), atol=1e-12)


def test_contradictions_are_kept_where_an_expression_is_fitted():
    data = pd.DataFrame({"A": [0.5, 0.4], "Y": [0.5, 0.1]})
    assert lc.fit("A*~A", data, "Y").parts.loc["whole", "inclusion"] == pytest.approx(0.6 / 0.9)
    assert lc.read_expression("A*~A").terms() == ()


def test_the_absence_of_the_outcome():
    turned = lc.fit("A*~B", BY_HAND.assign(Y=1 - BY_HAND["Y"]), "Y")
    found = lc.fit("A*~B", BY_HAND, "~Y")
    pd.testing.assert_frame_equal(found.parts, turned.parts)
    assert found.parts.loc["whole", "inclusion"] == pytest.approx(
        lc.fit("A*~B", BY_HAND, "Y").inclusion_absence
    )


def test_solutions_terms_and_texts_alike():
    data = (BY_HAND > 0.45).astype(int).assign(Y=[1, 0, 1, 0, 0])
    solution = lc.minimise(lc.truth_table(data, "Y", ["A", "B"]))
    by_model = lc.fit(solution.models[0], data, "Y")
    by_text = lc.fit(solution.expression(), data, "Y")
    pd.testing.assert_frame_equal(by_model.parts, by_text.parts)
    whole = solution.fit.loc[(0, "model")]
    assert by_model.inclusion == whole["inclusion"]
    assert by_model.coverage == whole["coverage"]
    term = solution.models[0][0]
    assert lc.fit(term, data, "Y").expression == str(term)
    assert lc.fit(lc.read_expression(str(term)), data, "Y").inclusion == lc.fit(term, data, "Y").inclusion


def test_multi_value_conditions_and_their_negation():
    data = pd.DataFrame({"C": [0, 1, 2, 2], "Y": [1, 0, 1, 1]})
    assert lc.fit("~C{1}", data, "Y").inclusion == 1
    assert lc.fit("C[2]", data, "Y").coverage == pytest.approx(2 / 3)
    assert str(lc.negate("C{1}*A", Conditions(("C", "A"), (3, 2)))) == "C{0} + C{2} + ~A"
    with pytest.raises(InputError, match="name one, such as C"):
        lc.fit("C", data, "Y")
    with pytest.raises(InputError, match="values 0 to 2, not 7"):
        lc.fit("C{7}", data, "Y")


def test_the_result_as_plain_values():
    told = lc.fit("A + B", BY_HAND, "Y").to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["table"][-1]["part"] == "whole"
    assert told["table"][-1]["unique_coverage"] is None


@pytest.mark.parametrize(
    ("expression", "change", "outcome", "said"),
    [
        ("A*", {}, "Y", "cannot be read"),
        ("", {}, "Y", "cannot be read"),
        (7, {}, "Y", "expression is int"),
        ((), {}, "Y", "expression is tuple"),
        ("A + Y", {}, "Y", "outcome is in the expression: Y"),
        ("A", {"A": [1, 1, 0, 0, 1.5]}, "Y", "outside of 0 to 1 .*A: z"),
        ("A", {"A": [1, 1, 0, 0, None]}, "Y", "Missing values .*A: z"),
        ("A", {"A": 0}, "Y", "No case has any membership in A"),
        ("A*~A", {"A": 1}, "Y", "No case has any membership"),
        ("A", {"Y": [5e-324, 0, 0, 1e-310, 0]}, "Y", "All cases are alike in the outcome Y"),
        ("A", {"A": 1e-310}, "Y", "No case has any membership in A"),
        ("A", {"Y": 0.3}, "Y", "All cases are alike in the outcome Y"),
        ("A", {}, "", "give the name of a column"),
    ],
)
def test_bad_input_is_refused_in_words(expression, change, outcome, said):
    with pytest.raises(InputError, match=said):
        lc.fit(expression, BY_HAND.assign(**change), outcome)


def test_columns_of_every_kind_are_fitted_or_refused():
    columns = {
        "bool": pd.Series([True, False, True, True, False], index=BY_HAND.index),
        "Int64": pd.Series([1, 0, 1, 0, 1], dtype="Int64", index=BY_HAND.index),
        "objects": pd.Series([1, 0, True, 0.3, np.float32(1)], dtype=object, index=BY_HAND.index),
        "text": pd.Series(list("10101"), index=BY_HAND.index),
        "dates": pd.Series(pd.date_range("2020", periods=5), index=BY_HAND.index),
        "lists": pd.Series([1, 0, [1], {}, None], dtype=object, index=BY_HAND.index),
        "categories": pd.Series(list("ababa"), dtype="category", index=BY_HAND.index),
    }
    for name, column in columns.items():
        data = BY_HAND.assign(A=column)
        if name in ("bool", "Int64", "objects"):
            assert 0 <= lc.fit("A + B", data, "Y").inclusion <= 1
            assert len(lc.necessity(data, "Y", ["A"]).singles) == 2
            continue
        with pytest.raises(InputError, match="no numbers"):
            lc.fit("A + B", data, "Y")
        with pytest.raises(InputError, match="no numbers"):
            lc.necessity(data, "Y", ["A"])


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (lc.calibrate, ("x", "anchors", "kind")),
        (lc.necessity, ("data", "outcome", "conditions")),
        (lc.fit, ("expression", "data", "outcome", "relation")),
    ],
)
def test_arguments_of_the_public_face(function, names):
    assert tuple(signature(function).parameters)[: len(names)] == names


def test_unknown_words():
    with pytest.raises(UnknownNameError, match="NO"):
        lc.fit("A*NO", BY_HAND, "Y")
    with pytest.raises(UnknownNameError):
        lc.fit("A", BY_HAND, "Y", "both")


def test_an_empty_part_is_said_and_not_counted():
    found = lc.fit("A + B", BY_HAND.assign(B=0), "Y")
    assert np.isnan(found.parts.loc["B", "inclusion"])
    assert "No case has any membership in B" in found.summary()
    assert found.to_dict()["table"][1]["inclusion"] is None
