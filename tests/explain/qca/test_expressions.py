"""Expressions: reading, printing, multiplying out, and limits that hold."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity import InputError, UnknownNameError
from learningcity.explain.qca import Conditions
from learningcity.explain.qca.expressions import DEEPEST, names_in, parse, sum_of

GRID = pd.DataFrame(list(product((0, 1), repeat=4)), columns=list("ABCD"))

TREES = st.recursive(
    st.sampled_from([s + c for s in ("", "~") for c in "ABCD"]),
    lambda inner: st.builds(
        lambda no, parts, sign: f"{no}({sign.join(parts)})",
        st.sampled_from(["", "~"]),
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(["+", "*"]),
    ),
    max_leaves=12,
)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_terms_hold_where_the_expression_holds_and_none_implies_another(text):
    tree = lc.read_expression(text)
    wanted = tree.membership(GRID).tolist()
    terms = tree.terms()
    assert sum_of(terms).membership(GRID).tolist() == wanted
    assert lc.read_expression(str(tree)).membership(GRID).tolist() == wanted
    assert not any(a.implies(b) for a in terms for b in terms if a != b)
    by_python = [eval(to_python(text), {}, dict(row)) for row in GRID.to_dict("records")]  # noqa: S307
    assert [bool(v) for v in wanted] == [bool(v) for v in by_python]


def to_python(text):
    return text.replace("~", " not ").replace("*", " and ").replace("+", " or ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A*~B + C{2}", "A*~B + C{2}"),
        ("Ａ＊～Ｂ＋Ｃ［２］", None),
        ("A＊～B＋C［2］", "A*~B + C{2}"),
        ("~(A + B)*(C + D)", "~A*~B*(C + D)"),
        ("~~A", "A"),
        (" GDP per head * ~law ", "GDP per head*~law"),
        ("财政*~立法", "财政*~立法"),
        ("1", "1"),
        ("A + 0", "A + 0"),
    ],
)
def test_printing(text, printed):
    if printed is None:
        with pytest.raises(InputError):
            lc.read_expression(text)
    else:
        assert str(lc.read_expression(text)) == printed


@pytest.mark.parametrize(
    ("text", "negation"),
    [("A*B", "~A + ~B"), ("A*~B + C", "~A*~C + B*~C"), ("A + ~A", "0"), ("1", "0"), ("0", "1")],
)
def test_negation_multiplied_out(text, negation):
    assert str(lc.negate(text)) == negation


def test_negation_of_values_needs_the_values():
    with pytest.raises(InputError, match="values that C takes must be known"):
        lc.negate("C{1}")
    assert str(lc.negate("C{1}", Conditions(("C",), (3,)))) == "C{0} + C{2}"


def test_names_before_reading():
    assert names_in("~(C{2}*A) + 财政*1 + A") == ("C", "A", "财政")


@pytest.mark.parametrize(
    "text",
    ["", "A +", "* A", "(A", "A)", "A B)", "A{", "A{x}", "A{1", "A{-1}", "A[1}", "A{1}{2}", "A~B*", "3A", "A;B",
     "A{٣}", "A{99999}", "()", "A**B", "~"],
)  # fmt: skip
def test_what_cannot_be_read_is_shown_with_its_place(text):
    with pytest.raises(InputError, match="cannot be read") as raised:
        lc.read_expression(text)
    assert "无法读取" in raised.value.in_("zh")


@pytest.mark.parametrize("text", ["(" * 5000 + "A" + ")" * 5000, "~" * 5000 + "A"])
def test_depth_is_limited_in_words(text):
    with pytest.raises(InputError, match=f"more than {DEEPEST} brackets"):
        lc.read_expression(text)


def test_depth_up_to_the_limit():
    inside = DEEPEST - 1
    assert str(lc.read_expression("(" * inside + "A" + ")" * inside)) == "A"


def test_many_terms_of_one_length_and_too_many():
    wide = "*".join(f"(A{k} + B{k})" for k in range(13))
    assert len(parse(wide)) == 2**13
    with pytest.raises(InputError, match="more than 100,000 terms"):
        parse("*".join(f"({' + '.join(f'{c}{k}' for k in range(400))})" for c in "AB"))


def test_a_condition_that_is_not_there():
    with pytest.raises(UnknownNameError, match="LAW"):
        lc.read_expression("LAW", Conditions(("law",), (2,)))


@given(st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        tree = lc.read_expression(text)
    except InputError:
        return
    assert str(lc.read_expression(str(tree))) == str(tree)
