"""Configuration tables: what is core, how paths are numbered, whose cases they are, what must be said."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learningcity as lc
from learningcity.explain import Mark
from learningcity.explain.qca.configuration import _letters

# Lipset's study as crisp sets (Rihoux & De Meur 2009, in Configurational comparative methods, chapter 3). R's QCA gives
# DEV*~URB*LIT*STB + DEV*LIT*IND*STB with raw coverage 0.5 and 0.75, unique coverage 0.25 and 0.5.
LIPSET = pd.DataFrame(
    [
        [1, 0, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], [0, 0, 1, 0, 1, 0], [1, 0, 1, 0, 1, 1],
        [1, 0, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [1, 0, 1, 0, 1, 1],
        [0, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 1], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0],
        [0, 0, 0, 0, 0, 0], [1, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1],
    ],
    index=["AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES", "SE", "UK"],
    columns=["DEV", "URB", "LIT", "IND", "STB", "SURV"],
)  # fmt: skip
CONDITIONS = list(LIPSET.columns[:-1])
PRESENT = dict.fromkeys(CONDITIONS, 1)


def solved(kind, outcome="SURV", **choices):
    return lc.minimise(lc.truth_table(LIPSET, outcome, CONDITIONS), kind, **choices)


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def test_the_published_solution_of_lipset_with_core_and_contributing_conditions():
    table = lc.configuration_table(solved("conservative"), parsimonious=solved("parsimonious"))
    rows = table.table().set_index("term")
    assert set(rows.index) == {"DEV*LIT*IND*STB", "DEV*~URB*LIT*STB"}
    for row in rows.to_dict("records"):
        assert (row["DEV"], row["STB"], row["LIT"]) == (
            "core present",
            "core present",
            "contributing present",
        )
    assert rows.at["DEV*~URB*LIT*STB", "URB"] == "contributing absent"
    assert rows.at["DEV*LIT*IND*STB", "URB"] == ""
    # The same core: one number, two letters; the path with more coverage first (6 of 8 against 4 of 8).
    assert rows["configuration"].to_dict() == {"DEV*LIT*IND*STB": "1a", "DEV*~URB*LIT*STB": "1b"}
    assert rows["coverage"].to_dict() == {"DEV*LIT*IND*STB": 0.75, "DEV*~URB*LIT*STB": 0.5}
    assert rows["unique_coverage"].to_dict() == {"DEV*LIT*IND*STB": 0.5, "DEV*~URB*LIT*STB": 0.25}
    assert rows["members"].to_dict() == {"DEV*LIT*IND*STB": 6, "DEV*~URB*LIT*STB": 4}


def test_an_intermediate_solution_knows_its_own_core():
    one = lc.configuration_table(solved("intermediate", expectations=PRESENT)).configurations
    assert len(one) == 1
    assert one[0].name == "1"
    assert one[0].marks == {"DEV": Mark(1, True), "LIT": Mark(1, False), "STB": Mark(1, True)}


def test_without_a_parsimonious_solution_nothing_is_core():
    for kind in ("conservative", "parsimonious"):
        table = lc.configuration_table(solved(kind))
        assert not table.cored
        assert [c.name for c in table.configurations] == [
            str(k + 1) for k in range(len(table.configurations))
        ]
        assert {m.core for c in table.configurations for m in c.marks.values()} == {None}


def test_outcome_and_its_absence_stand_side_by_side():
    table = lc.configuration_table([solved("parsimonious"), solved("parsimonious", "~SURV")])
    assert [p.outcome for p in table.panels] == ["SURV", "~SURV"]
    assert [c.name for c in table.configurations] == ["1", "2", "3"]
    grid = table.grid("en")
    assert grid.outcomes == (("SURV", 1), ("~SURV", 2))
    assert len(grid.names) == 3
    assert all(len(cells) == 3 for _, cells in (*grid.marks, *grid.figures))
    assert all(len(cells) == 2 for _, cells in grid.wholes)
    # R's QCA: ~DEV + ~STB, raw coverage 0.8 and 0.7, unique coverage 0.3 and 0.2.
    rows = table.table().set_index("term")[["coverage", "unique_coverage"]]
    assert rows.loc["~DEV"].tolist() == pytest.approx([0.8, 0.3])
    assert rows.loc["~STB"].tolist() == pytest.approx([0.7, 0.2])
    # What is true of both is said once, without a name before it.
    assert sum("Parsimonious solution" in t.en for t in table.notes()) == 1


def test_cases_stand_behind_their_path_by_kind_with_names_and_links():
    table = lc.configuration_table(
        solved("conservative"), case_names={"FI": lc.Text("Finland", "芬兰")}, links={"FI": "/fi"}
    )
    cases = table.cases()
    assert set(cases["kind"]) == {"typical"}
    finland = cases[cases["case"] == "FI"]
    assert finland[["name_en", "name_zh", "address", "only_here"]].to_numpy().tolist() == [
        ["Finland", "芬兰", "/fi", True]
    ]
    # France and Sweden are in both paths.
    assert sorted(cases.loc[~cases["only_here"], "case"].unique()) == ["FR", "SE"]
    assert (cases.groupby("configuration")["case"].count().to_dict()) == {"1": 6, "2": 4}


def test_cases_that_do_not_fit_are_named_by_kind():
    data = pd.DataFrame(
        {"A": [1, 1, 1, 1, 1, 0, 0], "B": [1, 0, 1, 0, 1, 0, 0], "Y": [1, 1, 1, 1, 0, 0, 1]},
        index=list("abcdefg"),
    )
    table = lc.configuration_table(lc.minimise(lc.truth_table(data, "Y", ["A", "B"], 0.6), "parsimonious"))
    kinds = table.cases().groupby("kind")["case"].agg(list).to_dict()
    assert kinds == {"typical": ["a", "b", "c", "d"], "deviant_consistency": ["e"], "deviant_coverage": ["g"]}
    assert table.cases().set_index("case").at["g", "configuration"] == ""


def test_multi_value_conditions_are_marked_by_their_value():
    data = pd.DataFrame(
        {"C": [0, 1, 2, 2, 1], "B": [0, 1, 1, 0, 0], "Y": [0, 0, 1, 1, 0]}, index=list("vwxyz")
    )
    solution = lc.minimise(lc.truth_table(data, "Y", ["C", "B"]), "intermediate")
    table = lc.configuration_table(solution)
    marks = table.configurations[0].marks
    assert marks["C"] == Mark(2, True, True)
    assert str(marks["C"]) == "core 2"
    assert any("multi-value" in words for _, words in table.grid("en").legend)


def test_notes_tell_cuts_expectations_ambiguity_and_that_nothing_is_causal():
    table = lc.configuration_table(
        solved("intermediate", expectations={"DEV": 1, "URB": 0}),
        labels={"DEV": lc.Text("Wealth", "富裕程度"), "URB": lc.Text("Cities", "城镇化")},
        remarks=[lc.Text("A remark.", "附注。")],
    )
    english = " ".join(t.en for t in table.notes())
    for told in ("18 cases", "consistency cut-off 1", "PRI cut-off 0", "frequency cut-off 1", "Wealth present", "Cities absent", "A remark.", "Nothing here is causal"):  # fmt: skip
        assert told in english
    for text in table.notes():
        assert has_han(text.zh)
        assert not has_han(text.en)
    assert "富裕程度存在" in "".join(t.zh for t in table.notes())


def test_models_that_the_data_do_not_decide_between_are_said():
    data = pd.DataFrame(
        {"A": [1, 1, 0, 0, 1, 0], "B": [1, 0, 1, 0, 1, 0], "C": [0, 1, 1, 0, 1, 1], "Y": [1, 1, 1, 0, 0, 1]},
        index=list("uvwxyz"),
    )
    solution = lc.minimise(lc.truth_table(data, "Y", ["A", "B", "C"]), "parsimonious")
    assert len(solution.models) > 1
    last = len(solution.models) - 1
    table = lc.configuration_table(solution, last)
    assert {str(c.term) for c in table.configurations} == {str(t) for t in solution.models[last]}
    assert any(f"Model {last + 1} of {last + 1}" in t.en for t in table.notes())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 5), st.integers(8, 40))
def test_core_is_what_the_parsimonious_paths_hold_that_a_path_implies(seed, k, n):
    random = np.random.default_rng(seed)
    names = list("ABCDE")[:k]
    data = pd.DataFrame(random.integers(0, 2, (n, k)), columns=names, index=[f"c{i}" for i in range(n)])
    data["Y"] = (data["A"] & (data["B"] | (1 - data["C"]))) ^ (random.random(n) < 0.1)
    try:
        truth = lc.truth_table(data, "Y", names, 0.7)
        solution = lc.minimise(truth, "intermediate", dict.fromkeys(names, 1))
    except lc.InputError:
        return
    table = lc.configuration_table(solution)
    shorter = solution.origins[0][0].parsimonious
    assert len(table.configurations) == len(solution.models[0])
    cores = {}
    for one in table.configurations:
        literals = {(x.condition, x.value) for x in one.term}
        assert {(c, m.value) for c, m in one.marks.items()} == literals
        core = set()
        for term in shorter:
            held = {(x.condition, x.value) for x in term}
            if held <= literals:
                core |= held
        assert {(c, m.value) for c, m in one.marks.items() if m.core} == core
        cores.setdefault(one.name.rstrip("abcdefghijklmnopqrstuvwxyz"), set()).add(frozenset(core))
        inside = np.ones(n, dtype=bool)
        for condition, value in literals:
            inside &= (data[condition] == value).to_numpy()
        assert one.members == inside.sum()
    # One number is one core; and two numbers are two, unless there is none.
    assert all(len(found) == 1 for found in cores.values())
    several = [c for found in cores.values() for c in found if c]
    assert len(several) == len(set(several))


def test_letters_go_on_after_z():
    assert [_letters(k) for k in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_what_cannot_be_laid_out_is_refused_with_the_reason():
    one, other = solved("conservative"), solved("parsimonious")
    with pytest.raises(lc.InputError, match="no solution"):
        lc.configuration_table([])
    with pytest.raises(lc.InputError):
        lc.configuration_table([one, "x"])
    with pytest.raises(lc.InputError, match="2 solutions and 1"):
        lc.configuration_table([one, other], [0])
    with pytest.raises(lc.InputError, match="no model 7"):
        lc.configuration_table(one, 7)
    with pytest.raises(lc.InputError, match="pair is 3"):
        lc.configuration_table(one, parsimonious=other, pair=3)
    with pytest.raises(lc.InputError, match="same truth table"):
        lc.configuration_table(one, parsimonious=solved("parsimonious", "~SURV"))
    with pytest.raises(lc.InputError, match="same truth table"):
        lc.configuration_table(other, parsimonious=other)
    with pytest.raises(lc.UnknownNameError, match="DEF"):
        lc.configuration_table(one, labels={"DEF": "x"})
    with pytest.raises(lc.InputError, match="labels takes a mapping"):
        lc.configuration_table(one, labels=["x"])
    fewer = lc.minimise(lc.truth_table(LIPSET, "SURV", ["DEV", "STB"]), "parsimonious")
    with pytest.raises(lc.InputError, match="IND, LIT, URB"):
        lc.configuration_table([one, fewer])
    with pytest.raises(lc.UnknownNameError):
        lc.configuration_table(one).grid("de")


def test_it_is_a_result_like_any_other():
    table = lc.configuration_table(solved("intermediate", expectations=PRESENT))
    assert "1: DEV*LIT*STB (consistency 1.000, raw coverage 1.000, unique coverage 1.000)" in table.summary(
        "en"
    )
    assert has_han(table.summary("zh"))
    assert json.loads(json.dumps(table.to_dict(), allow_nan=False))["table"][0]["term"] == "DEV*LIT*STB"


# --- decisions ------------------------------------------------------------------------------------


def test_every_decision_of_a_solution_is_in_its_log():
    solution = solved("intermediate", expectations={"DEV": 1}, exclude=["URB*~IND"])
    log = lc.qca_decisions(
        solution, data=[lc.Text("From a book.", "取自专著。")], labels={"DEV": lc.Text("Wealth", "富裕")}
    )
    told = log.table().set_index("decision")
    assert told.at["inclusion_cut", "value"] == "1"
    assert told.at["expectations", "value"] == "DEV = 1"
    assert told.at["exclude", "value"] == "URB*~IND"
    assert told.at["conditions", "text_en"] == "5 conditions: Wealth, URB, LIT, IND, STB."
    simple = len(solution.simplifying(0))
    assert told.at["simplifying", "value"] == str(simple)
    assert list(dict.fromkeys(told["step"])) == ["data", "truth_table", "minimisation"]
    assert all(has_han(text) for text in told["text_zh"])
    assert "From a book." in log.summary()
    json.dumps(log.to_dict(), allow_nan=False)


def test_the_log_names_anchors_halves_and_contradictions():
    data = pd.DataFrame({"A": [0.9, 0.8, 0.5, 0.1, 0.7], "Y": [0.9, 0.9, 0.6, 0.2, 0.3]}, index=list("vwxyz"))
    anchors = lc.calibrate(pd.Series([1, 9, 5], index=list("abc")), [2, 4, 8], name="A")
    truth = lc.truth_table(data, "Y", ["A"], 0.7, at_half="leave_out")
    told = lc.qca_decisions(lc.minimise(truth, "parsimonious"), calibrations=[anchors]).table()
    told = told.set_index("decision")
    assert told.at["anchors", "value"].startswith("A: ")
    assert "x (A)" in told.at["at_half", "text_en"]
    assert "A (z)" in told.at["contradictions", "text_en"]
    with pytest.raises(lc.InputError):
        lc.qca_decisions(lc.minimise(truth, "parsimonious"), calibrations=[1])
    with pytest.raises(lc.InputError):
        lc.qca_decisions("no solution")
