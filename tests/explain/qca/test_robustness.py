"""Robustness: each alternative against the analysis done by hand, ranges against a dense grid, the core by its definition."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError, UnknownNameError
from learningcity.explain.qca.calibrate import calibrate
from learningcity.explain.qca.fitting import sufficiency
from learningcity.explain.qca.minimise import minimise
from learningcity.explain.qca.robustness import robustness
from learningcity.explain.qca.robustness_alternatives import CHOICES, KINDS
from learningcity.explain.qca.robustness_core import conjunction
from learningcity.explain.qca.terms import Literal, Term
from learningcity.explain.qca.truth import truth_table

NOTHING = {
    "inclusion_range": None, "pri_range": None, "frequency_range": None, "cases": False, "leave_conditions": False,
}  # fmt: skip


def fuzzy(seed, cases=40):
    """Memberships with ``Y = A*B + C`` and noise; no cell at 0.5."""
    random = np.random.default_rng(seed)
    data = pd.DataFrame(random.random((cases, 3)), columns=list("ABC"))
    y = np.maximum(np.minimum(data["A"], data["B"]), data["C"]) + random.normal(0, 0.12, cases)
    return data.assign(Y=y.clip(0, 1)).rename(index=lambda k: f"c{k}")


def crisp(seed, cases=40, turned=0.1, names="ABCD"):
    random = np.random.default_rng(seed)
    data = pd.DataFrame(random.integers(0, 2, (cases, len(names))), columns=list(names))
    y = ((data["A"] & data["B"]) | data["C"]).to_numpy()
    data["Y"] = np.where(random.random(cases) < turned, 1 - y, y)
    return data.rename(index=lambda k: f"c{k}")


def models(data, *args, names=("A", "B", "C"), solution="parsimonious", **kwargs):
    """The models as sets of texts; None where the analysis is refused."""
    try:
        found = minimise(truth_table(data, "Y", list(names), *args, **kwargs), solution).models
    except InputError:
        return None
    return {frozenset(map(str, m)) for m in found}


def given(result, kind):
    """Name and models of the alternatives of a kind, as the result has them."""
    return {
        one.name: {frozenset(map(str, m)) for m in found} or None
        for one, found in zip(result.alternatives, result.solved, strict=True)
        if one.kind == kind
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["inclusion_cut", "pri_cut"])
def test_ranges_of_cuts_are_those_of_a_dense_grid(seed, kind):
    data = fuzzy(seed)
    base = {"inclusion_cut": 0.8, "pri_cut": 0.3}
    within = {"inclusion_range": (0.6, 1.0), "pri_range": (0.0, 0.9)}
    found = robustness(data, "Y", list("ABC"), **base, solution="parsimonious", **{**NOTHING, **within})
    row = found.ranges().set_index("kind").loc[kind]
    here = models(data, base["inclusion_cut"], base["pri_cut"])
    grid = np.linspace(*within["inclusion_range" if kind == "inclusion_cut" else "pri_range"], 121)
    same = {}
    for cut in grid:
        asked = {**base, kind: float(cut)}
        same[cut] = models(data, asked["inclusion_cut"], asked["pri_cut"]) == here
    assert row["low"] <= base[kind] <= row["high"]
    inner = [cut for cut in grid if row["low"] < cut <= row["high"]]
    assert inner
    assert all(same[cut] for cut in inner)
    if row["low_open"]:
        assert not same[max(cut for cut in grid if cut <= row["low"])]
    else:
        assert row["low"] == row["tried_low"]
    after = [cut for cut in grid if cut > row["high"]]
    assert not after or not same[after[0]]
    # Each point of the range lies in the stretch of one alternative or of the base, with the same verdict.
    verdict = {
        one.stretch: flag
        for one, flag in zip(found.alternatives, found.same, strict=True)
        if one.kind == kind
    }
    compared = 0
    for cut in grid[1:-1]:
        for (low, high), flag in verdict.items():
            if low < cut <= high:
                assert flag == same[cut]
                compared += 1
    assert compared > 30


def test_a_cut_exactly_at_the_value_of_a_row_is_told_apart():
    """Row A*~B has an inclusion of 0.75: at a cut of 0.75 it is positive, above it is not."""
    data = pd.DataFrame(
        {"A": [1] * 8 + [0] * 4, "B": [1] * 4 + [0] * 4 + [1, 1, 0, 0], "Y": [1] * 7 + [0] + [0] * 4}
    )
    found = robustness(
        data, "Y", ["A", "B"], 0.8, solution="parsimonious", **{**NOTHING, "inclusion_range": (0.75, 1)}
    )
    (row,) = found.ranges().itertuples()
    assert (row.low, row.high, row.low_open) == (0.75, 1.0, True)
    (one,) = found.alternatives
    assert (one.value, one.stretch) == (0.75, (0.75, 0.75))
    assert [str(t) for t in found.solved[0][0]] == ["A"]
    assert "above 0.75 to 1" in found.summary()
    assert "大于0.75至1" in found.summary("zh")


def test_a_tested_cut_within_rounding_of_a_row_counts_that_row_as_the_truth_table_does():
    data = pd.DataFrame(
        {"A": [1] * 8 + [0] * 4, "B": [1] * 4 + [0] * 4 + [1, 1, 0, 0], "Y": [1] * 7 + [0] + [0] * 4}
    )
    cut = 0.75 + 5e-10
    found = robustness(
        data, "Y", ["A", "B"], cut, solution="parsimonious", **{**NOTHING, "inclusion_range": (0.6, 1)}
    )
    assert found.base.expression() == "A"
    assert [o.stretch for o in found.alternatives] == [(0.75, 1.0)]
    (row,) = found.ranges().itertuples()
    assert (row.low, row.high, row.low_open) == (0.6, cut, False)


def test_what_is_left_out_is_left_out_as_by_hand():
    data = crisp(1)
    found = robustness(data, "Y", list("ABCD"), 0.75, solution="parsimonious")
    by_case, by_condition = given(found, "case"), given(found, "condition")
    assert list(by_case) == list(data.index)
    assert list(by_condition) == list("ABCD")
    for case, seen in by_case.items():
        assert seen == models(data.drop(index=case), 0.75, names="ABCD")
    for name, seen in by_condition.items():
        assert seen == models(data, 0.75, names=[n for n in "ABCD" if n != name])
    by_number = {
        one.value: {frozenset(map(str, m)) for m in found_}
        for one, found_ in zip(found.alternatives, found.solved, strict=True)
        if one.kind == "frequency_cut"
    }
    assert set(by_number) == {2, 3}
    for number, seen in by_number.items():
        assert seen == models(data, 0.75, 0, number, names="ABCD")


def test_expectations_and_exclusions_leave_with_their_condition():
    data = crisp(2)
    found = robustness(
        data, "Y", list("ABCD"), 0.75, solution="intermediate", expectations={"A": 1, "D": 0}, exclude=["~A*~B"],
        **{**NOTHING, "leave_conditions": True},
    )  # fmt: skip
    assert len(found.alternatives) == 4
    for one in found.alternatives:
        names = [n for n in "ABCD" if n != one.name]
        truth = minimise(
            truth_table(data, "Y", names, 0.75), "intermediate",
            {k: v for k, v in {"A": 1, "D": 0}.items() if k != one.name},
            exclude=["~A*~B"] if one.name in "CD" else [],
        )  # fmt: skip
        assert {frozenset(m) for m in one.solution.models} == {frozenset(m) for m in truth.models}


def test_survival_counts_failures_as_absence():
    data = pd.DataFrame(
        {"A": [1, 1, 1, 0, 0, 0], "B": [1, 1, 0, 0, 1, 1], "Y": [1, 1, 0, 0, 0, 0]}, index=list("uvwxyz")
    )
    found = robustness(data, "Y", ["A", "B"], solution="parsimonious", frequency_range=None)
    # PRI 0.75; six cases; two conditions, of which neither alone goes with Y. Without w, A stands for A*B.
    assert len(found.alternatives) == 9
    assert [one.name for one in found.failures] == ["A", "B"]
    terms = found.terms().set_index("term")
    assert terms.loc["A*B"].tolist() == [True, 6 / 9, 6 / 9, 7 / 9]
    assert terms.loc["A"].tolist() == [False, 1 / 9, 1 / 9, 7 / 9]
    assert found.terms("case").set_index("term").loc["A*B", "any_model"] == 5 / 6
    assert found.models().set_index("model")["share"].to_dict() == {"A*B": 6 / 9, "A": 1 / 9}
    assert found.share_same == 6 / 9
    table = found.table()
    assert (table["failure"] != "").sum() == 2
    assert table.loc[table["failure"] != "", "failure_zh"].str.startswith("没有").all()
    assert "6 of 9 alternatives give the same models, 2 give none" in found.summary()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [crisp, fuzzy])
def test_core_and_cases_follow_their_definition(seed, make):
    data = make(seed)
    found = robustness(
        data, "Y", list("ABC"), 0.8, solution="parsimonious", pri_range=None, draws=5, seed=seed
    )
    for kinds in (CHOICES, None, "case"):
        wanted = tuple(KINDS) if kinds is None else (kinds,) if isinstance(kinds, str) else kinds
        used = [one for one in found.alternatives if one.kind in wanted and one.solution is not None]
        each = [
            np.max([t.membership(data) for t in model], axis=0)
            for one in used
            for model in one.solution.models
        ]
        x, y = found.base.membership(), data["Y"].to_numpy(dtype=float)
        least, most = np.min(each, axis=0), np.max(each, axis=0)
        core = found.core(kinds)
        shared = np.minimum(x, least)
        assert core.membership == pytest.approx(shared)
        assert core.used == len(used)
        inclusion, _, coverage = sufficiency(shared, y)
        assert core.fit_inclusion == pytest.approx(found.base.whole()[0] / inclusion, nan_ok=True)
        assert core.fit_coverage == pytest.approx(coverage / found.base.whole()[2])
        assert core.coincidence_least == pytest.approx(shared.sum() / np.maximum(x, least).sum())
        assert core.coincidence_most == pytest.approx(np.minimum(x, most).sum() / np.maximum(x, most).sum())
        written = np.max([t.membership(data) for t in core.terms] or [np.zeros(len(y))], axis=0)
        # A term such as A*~A is not written: it is empty in a crisp set and at most 0.5 in a fuzzy one.
        assert (written <= shared + 1e-12).all()
        assert ((written > 0.5) == (shared > 0.5)).all()
        cases = found.cases(kinds).set_index("case")
        for k, case in enumerate(data.index):
            kind = (
                ("robust" if least[k] > 0.5 else "shaky")
                if x[k] > 0.5
                else "possible"
                if most[k] > 0.5
                else "outside"
            )
            assert cases.loc[case, "kind"] == kind
            assert cases.loc[case, "outcome_in"] == (y[k] > 0.5)


def test_products_of_sums_are_multiplied_out():
    a, b, c, not_a = (Term((Literal(n, v),)) for n, v in (("A", 1), ("B", 1), ("C", 1), ("A", 0)))
    texts = {str(t) for t in conjunction([(a, b), (not_a, c)])}
    assert texts == {"A*C", "B*C", "~A*B"}
    assert conjunction([(a,), (not_a,)]) == ()
    wide = [[Term((Literal(f"X{i}", 1),)), Term((Literal(f"Z{i}", 1),))] for i in range(20)]
    assert conjunction(wide) is None


def raw_table(seed=0):
    random = np.random.default_rng(seed)
    raw = pd.DataFrame(
        random.uniform(0, 100, (40, 3)), columns=list("ABC"), index=[f"c{k}" for k in range(40)]
    )
    data = pd.DataFrame({n: calibrate(raw[n], (20, 51, 80)).values for n in "ABC"})
    y = np.maximum(np.minimum(data["A"], data["B"]), data["C"]) + random.normal(0, 0.1, 40)
    return raw, data.assign(Y=y.clip(0, 1))


def test_anchors_move_one_at_a_time_as_by_hand():
    raw, data = raw_table()
    found = robustness(
        data, "Y", list("ABC"), 0.8, solution="parsimonious", raw=raw, anchors={"A": (20, 51, 80)},
        anchor_range=0.4, anchor_steps=4, **NOTHING,
    )  # fmt: skip
    width = 0.4 * (raw["A"].max() - raw["A"].min())
    seen = {"out": [], "crossover": [], "in": []}
    for one, solved in zip(found.alternatives, found.solved, strict=True):
        anchor = one.name.removeprefix("A: ")
        places = {"out": 20, "crossover": 51, "in": 80, anchor: one.value}
        seen[anchor].append(one.value)
        truth = models(data.assign(A=calibrate(raw["A"], tuple(places.values())).values), 0.8)
        assert ({frozenset(map(str, m)) for m in solved} or None) == truth
    assert len(seen["out"]) == 7  # four down, three up: the fourth would pass the crossover
    assert len(seen["in"]) == 7
    assert all(20 < v < 80 for v in seen["crossover"])
    assert np.diff(seen["in"])[-1] == pytest.approx(width / 4)
    ranges = found.ranges().set_index("name")
    assert list(ranges.index) == ["A: out", "A: crossover", "A: in"]
    for name, values in seen.items():
        row = ranges.loc[f"A: {name}"]
        same = {
            o.value: s for o, s in zip(found.alternatives, found.same, strict=True) if o.name == f"A: {name}"
        }
        assert (row["tried_low"], row["tried_high"]) == (min(values), max(values))
        assert all(same[v] for v in values if row["low"] <= v <= row["high"])
        beyond = [v for v in values if v > row["high"]]
        assert not beyond or not same[min(beyond)]
        before = [v for v in values if v < row["low"]]
        assert not before or not same[max(before)]


def test_calibrations_of_any_kind_bring_their_raw_values_and_options():
    raw, data = raw_table(1)
    anchors = {
        "A": calibrate(raw["A"], (20, 51, 80), shape="linear"),
        "B": calibrate(raw["B"], 50, "crisp"),
        "C": calibrate(raw["C"], (80, 51, 20), full=0.9),
    }
    table = data.assign(**{n: c.values for n, c in anchors.items()})
    found = robustness(
        data[["Y"]],
        "Y",
        list("ABC"),
        0.7,
        solution="parsimonious",
        anchors=anchors,
        draws=3,
        at_half="up",
        **NOTHING,
    )
    assert {frozenset(map(str, m)) for m in found.base.models} == models(table, 0.7, at_half="up")
    checked = 0
    for one in found.alternatives:
        if one.kind == "anchor" and one.name == "C: in" and one.solution is not None:
            moved = calibrate(raw["C"], (80, 51, one.value), full=0.9).values
            assert one.solution.truth.data["C"].tolist() == moved.tolist()
            checked += 1
        if one.kind == "draw":
            places = one.changed["anchors"]
            assert places["C"]["out"] > places["C"]["crossover"] > places["C"]["in"]
            assert places["B"]["cut"] != 50
    assert checked >= 5


def test_other_frames_are_analysed_and_their_cases_matched_by_name():
    data = crisp(3, names="ABC")
    other = data.copy()
    other.loc["c0":"c9", "A"] = 1 - other.loc["c0":"c9", "A"]
    later = crisp(4, names="ABC").loc["c20":].rename(index={"c39": "new"})
    found = robustness(
        data,
        "Y",
        list("ABC"),
        0.75,
        solution="parsimonious",
        frames={"coder B": other, "disjoint": later},
        **NOTHING,
    )
    assert given(found, "frame") == {"coder B": models(other, 0.75), "disjoint": models(later, 0.75)}
    cases = found.cases("frame").set_index("case")
    # c0 is judged by its own codes in the frame of coder B, and by the tested data in the frame without it.
    each = []
    for one, frame in zip(found.alternatives, (other, later), strict=True):
        for model in one.solution.models:
            own = frame.loc[["c0"]] if "c0" in frame.index else data.loc[["c0"]]
            each.append(max(t.membership(own)[0] for t in model))
    assert cases.loc["c0", "lowest"] == min(each)
    assert cases.loc["c0", "highest"] == max(each)


def test_draws_stay_in_their_ranges_and_repeat_with_the_seed():
    raw, data = raw_table(2)
    asked = {
        **NOTHING, "inclusion_range": (0.7, 0.9), "pri_range": (0.1, 0.5), "frequency_range": (1, 2),
        "raw": raw, "anchors": {"A": (20, 51, 80), "Y": (0.01, 0.45, 0.99)}, "draws": 12, "anchor_steps": 1,
        "frames": {"other": data}, "solution": "parsimonious",
    }  # fmt: skip
    raw["Y"] = data["Y"]
    data = data.drop(columns="Y")
    first = robustness(data, "Y", list("ABC"), 0.8, 0.2, seed=5, **asked)
    again = robustness(data, "Y", list("ABC"), 0.8, 0.2, seed=5, **asked)
    assert first.to_dict() == again.to_dict()
    assert first.to_dict() != robustness(data, "Y", list("ABC"), 0.8, 0.2, seed=6, **asked).to_dict()
    draws = [(o, s) for o, s in zip(first.alternatives, first.solved, strict=True) if o.kind == "draw"]
    assert len(draws) == 12
    frames = set()
    for one, solved in draws:
        c = one.changed
        assert 0.7 <= c["inclusion_cut"] <= 0.9
        assert 0.1 <= c["pri_cut"] <= 0.5
        assert c["frequency_cut"] in (1, 2)
        frames.add(c["frame"])
        table = asked["frames"]["other"]
        if c["frame"] is None:
            table = data.assign(
                A=calibrate(raw["A"], tuple(c["anchors"]["A"].values())).values,
                Y=calibrate(raw["Y"], tuple(c["anchors"]["Y"].values())).values,
            )
        truth = models(table, c["inclusion_cut"], c["pri_cut"], c["frequency_cut"])
        assert ({frozenset(map(str, m)) for m in solved} or None) == truth
    assert frames == {None, "other"}


def test_a_value_that_a_left_out_case_took_along_keeps_its_words():
    """Without the only case of M = 2 the condition looks crisp; its terms are still those of a multi-value one."""
    data = pd.DataFrame(
        {"M": [0, 0, 1, 1, 2, 0], "B": [0, 1, 0, 1, 1, 0], "Y": [0, 0, 1, 1, 0, 0]}, index=list("uvwxyz")
    )
    found = robustness(data, "Y", ["M", "B"], solution="parsimonious", **{**NOTHING, "cases": True})
    seen = {one.name: found.solved[k] for k, one in enumerate(found.alternatives)}
    assert {str(t) for m in seen["y"] for t in m} == {"M{1}"}
    assert found.same[4]
    assert found.cases("case").set_index("case").loc["y", "highest"] == 0


def test_contradictory_rows_keep_their_lower_cut():
    data = fuzzy(2)
    found = robustness(
        data,
        "Y",
        list("ABC"),
        (0.85, 0.8),
        solution="parsimonious",
        draws=3,
        **{**NOTHING, "inclusion_range": (0.5, 1)},
    )
    assert [o.value for o in found.failures if o.kind == "inclusion_cut"] == [1.0]
    assert all(o.value > 0.8 for o in found.alternatives if o.value is not None)
    assert all(o.changed["inclusion_cut"] > 0.8 for o in found.alternatives if o.kind == "draw")
    solved = [o.solution for o in found.alternatives if o.solution is not None]
    assert len(solved) >= 3
    assert all(one.truth.contradiction_cut == 0.8 for one in solved)
    assert found.ranges()["tried_low"].tolist() == [0.8]


def test_result_speaks_both_languages_and_json():
    found = robustness(
        fuzzy(0), "Y", list("ABC"), 0.8, solution="parsimonious", draws=2, frames={"B": fuzzy(1)}
    )
    plain = json.loads(json.dumps(found.to_dict()))
    assert len(plain["table"]) == len(found.alternatives)
    assert set(plain) >= {"terms", "models", "ranges", "core", "cases", "draws", "solution", "summary"}
    for kind, words in KINDS.items():
        if kind != "anchor":
            assert words.zh in found.summary("zh")
    seen = []
    robustness(
        fuzzy(0),
        "Y",
        list("ABC"),
        0.8,
        progress=lambda a, b: seen.append((a, b)),
        **{**NOTHING, "cases": True},
    )
    assert seen == [(k, 40) for k in range(1, 41)]


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"inclusion_range": (0.9, 0.8)}, InputError, "inclusion_range"),
        ({"pri_range": 0.5}, InputError, "pri_range"),
        ({"pri_range": ("a", "b")}, InputError, "pri_range"),
        ({"frequency_range": (0, 2)}, InputError, "frequency_range"),
        ({"frequency_range": (3, 2)}, InputError, "frequency_range"),
        ({"frequency_range": 3}, InputError, "frequency_range"),
        (NOTHING, InputError, "nothing to try"),
        ({"frequency_range": (1, 41)}, InputError, "there are 40 cases"),
        ({"draws": -1}, InputError, "draws"),
        ({"draws": 10**20}, InputError, "at most 100,000"),
        ({"models": 0}, InputError, "models"),
        ({"anchor_range": 2}, InputError, "anchor_range"),
        ({"anchors": {"A": (1, 2, 3)}}, InputError, "raw"),
        ({"anchors": {"Q": (1, 2, 3)}}, UnknownNameError, "Q"),
        ({"anchors": (1, 2, 3)}, InputError, "anchors"),
        ({"anchors": {"A": (1, 2, 3)}, "raw": pd.DataFrame({"B": [1]})}, UnknownNameError, "A"),
        ({"anchors": {"A": (1, 2, 3)}, "raw": pd.DataFrame({"A": [1.0]}, index=["c0"])}, InputError, "c1"),
        (
            {"anchors": {"A": (1, 2, 3)}, "raw": pd.DataFrame({"A": np.arange(40.0)}, index=[f"c{k}" for k in range(40)])},
            InputError,
            "not what its anchors give",
        ),
        ({"frames": {"B": 3}}, InputError, "frames: B"),
        ({"frames": [1]}, InputError, "frames"),
        ({"model": 5}, InputError, "models"),
        ({"data": [1, 2]}, InputError, "data"),
        ({"conditions": ["A", "Z"]}, UnknownNameError, "Z"),
        ({"outcome": "X"}, UnknownNameError, "X"),
        ({"inclusion_cut": 3}, InputError, "inclusion_cut"),
        ({"solution": "best"}, UnknownNameError, "best"),
    ],
)  # fmt: skip
def test_bad_input_is_named(asked, error, said):
    call = {"data": fuzzy(0), "outcome": "Y", "conditions": list("ABC"), "inclusion_cut": 0.8, **asked}
    with pytest.raises(error, match=said):
        robustness(**call)


def test_unknown_kinds_are_named():
    found = robustness(fuzzy(0), "Y", list("ABC"), 0.8, cases=False)
    with pytest.raises(UnknownNameError, match="cuts"):
        found.core("cuts")
    alone = robustness(crisp(0)[["A", "Y"]], "Y", ["A"], 0.76)
    assert not [o for o in alone.alternatives if o.kind == "condition"]


def test_a_frame_that_cannot_be_used_stays_with_its_reason():
    data = fuzzy(0)
    found = robustness(
        data, "Y", list("ABC"), 0.8, frames={"no Y": data.drop(columns="Y"), "same": data}, **NOTHING
    )
    assert [(o.name, o.failure is None) for o in found.alternatives] == [("no Y", False), ("same", True)]
    assert "Y" in found.table().loc[0, "failure"]
    assert found.core().failed == 1
    assert found.core().coincidence_least == 1


def test_a_core_without_a_combination_is_not_called_0():
    core = robustness(fuzzy(0), "Y", list("ABC"), 0.8, cases=False).core()
    bare = replace(core, terms=(), membership=np.full(40, 0.1)).text
    assert ": no combination in common, overlapping memberships alone; inclusion" in bare.en
    assert "：没有共同的组合，仅有隶属度上的重叠；一致性" in bare.zh
