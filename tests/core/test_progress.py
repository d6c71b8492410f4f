"""Long work tells how far it is, stops when it is asked to, and gives the same whether anybody looks on or not."""

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.core import Steps
from learningcity.explain.nca import permutation as nca_permutation
from learningcity.index.uncertainty import counting, engine


def test_steps_count_up_and_end_at_the_whole():
    told = []
    steps = Steps(lambda done, total: told.append((done, total)), 3)
    steps()
    steps.pause()
    steps(5)
    steps.finish()
    assert told == [(1, 3), (1, 3), (3, 3)]


def test_a_part_counts_as_its_share_even_if_nothing_was_told_in_it():
    told = []
    steps = Steps(lambda done, total: told.append((done, total)), 10)
    with steps.part(4):
        pass
    with steps.part(6) as progress:
        progress(1, 2)
        progress(2, 2)
    assert told == [(4, 10), (7, 10), (10, 10)]


def test_a_part_that_cannot_be_done_is_behind_us():
    told = []
    steps = Steps(lambda done, total: told.append(done), 10)
    with pytest.raises(lc.InputError), steps.part(4):
        raise lc.InputError("no")
    with steps.part(6) as progress:
        progress(1, 6)
    assert told == [5, 10]


def test_nobody_looks_on():
    steps = Steps(None, 10)
    with steps.part(4) as progress:
        assert progress is None
    assert steps.done == 4


def test_stopped_is_told_in_both_languages_and_is_no_input_error():
    assert not isinstance(lc.Stopped(), lc.InputError)
    assert "已中止" in lc.Stopped().in_("zh")
    assert lc.Stopped("for lunch").in_("zh") == "for lunch"


# --- the long functions ---------------------------------------------------------------------------


def index_case():
    rng = np.random.default_rng(7)
    tree = lc.Structure.of({"INDEX": {"A": ["a", "b", "c"], "B": ["d", "e"]}})
    frame = pd.DataFrame(rng.random((5, 5)), columns=list("abcde"), index=[f"u{k}" for k in range(5)])
    choices = {
        "weights": {"noise": 0.5},
        "normalise": ["minmax", ("minmax", {"lower": 1.0}), "rank"],
        "aggregate": ["arithmetic", "copeland", ("benefit_of_the_doubt", {"lower": 0.1, "upper": 0.9})],
        "drop": [None, "a"],
    }
    return frame, lc.IndexSpec(tree), choices


def qca_case():
    rng = np.random.default_rng(3)
    data = pd.DataFrame(rng.integers(0, 2, (30, 4)), columns=list("ABCD"))
    data["Y"] = data["A"] * data["B"]
    return data


def pair_case():
    rng = np.random.default_rng(5)
    return pd.DataFrame(rng.random((30, 3)), columns=["x", "y", "z"]).assign(group=list("ab") * 15)


def run_uncertainty(**more):
    return lc.uncertainty(*index_case(), draws=60, seed=1, keep=True, **more)


def run_sensitivity(**more):
    return lc.sensitivity(*index_case(), draws=8, seed=1, resamples=20, **more)


def run_permutation(**more):
    return lc.permutation_test(qca_case(), "Y", list("ABCD"), 0.75, permutations=230, seed=1, **more)


def run_permutation_of_many(**more):
    # Ten conditions: too many terms to lay out, so that each shuffle is minimised by itself.
    rng = np.random.default_rng(3)
    data = pd.DataFrame(rng.integers(0, 2, (40, 10)), columns=list("ABCDEFGHIJ"))
    data["Y"] = data["A"] * data["B"]
    return lc.permutation_test(data, "Y", list("ABCDEFGHIJ"), 0.75, permutations=4, seed=1, **more)


def run_robustness(**more):
    return lc.robustness(qca_case(), "Y", list("ABCD"), 0.75, **more)


def run_associate(**more):
    case = pair_case()
    return lc.associate(
        case[["x", "group"]], case[["y", "z"]], disjoint=(case[["x"]], case[["y"]]), permutations=199, draws=50,
        interval="bootstrap", **more,
    )  # fmt: skip


def run_typology(**more):
    return lc.typology(pair_case()[["x", "y", "z"]], 2, draws=9, shuffles=9, permutations=99, **more)


def run_ceiling(**more):
    return lc.ceiling(pair_case(), "x", "y", "cr_fdh", permutations=4100, seed=1, **more)


def run_ceiling_of_lines(**more):
    return lc.ceiling(pair_case(), "x", "y", "c_lp", permutations=20, seed=1, **more)


def run_ceiling_interval(**more):
    return lc.ceiling_interval(pair_case(), "x", "y", "cols", **more)


def run_atlas_ceilings(**more):
    asked = {"conditions": ["law", "participation"], "themes": ["green"], "permutations": 99}
    return lc.atlas_ceilings(lc.load_atlas(), **asked, **more)


def run_atlas_background(**more):
    asked = {"indicators": ["population"], "characteristics": ["law"], "permutations": 99, "draws": 20}
    return lc.atlas_background(lc.load_atlas(), **asked, **more)


def run_atlas_styles(**more):
    return lc.atlas_styles(lc.load_atlas(), k=2, draws=3, shuffles=3, permutations=9, **more)


def run_agreement(**more):
    rng = np.random.default_rng(2)
    codes = pd.DataFrame(rng.integers(0, 3, (60, 3)), columns=list("uvw"))
    codes = codes.assign(unit=[*range(20)] * 3, coder=["A"] * 20 + ["B"] * 20 + ["C"] * 20)
    return lc.agreement(codes, {"v": "ordinal"}, draws=30, **more)


def run_atlas_agreement(**more):
    atlas = lc.load_atlas()
    few = atlas.codes[atlas.codes["practice_id"].isin(set(atlas.practices["practice_id"][:12]))]
    frames = {**atlas.frames, "practice-codes": few}
    return lc.atlas_agreement(dataclasses.replace(atlas, frames=frames), draws=2, **more)


LONG = [
    run_uncertainty,
    run_sensitivity,
    run_permutation,
    run_permutation_of_many,
    run_robustness,
    run_associate,
    run_typology,
    run_ceiling,
    run_ceiling_of_lines,
    run_ceiling_interval,
    run_atlas_ceilings,
    run_atlas_background,
    run_atlas_styles,
    run_agreement,
    run_atlas_agreement,
]


@pytest.mark.parametrize("run", LONG, ids=lambda run: run.__name__)
def test_looking_on_changes_nothing_and_the_share_rises_to_the_whole(run):
    told = []
    alone = run()
    seen = run(progress=lambda done, total: told.append((done, total)))
    assert pickle.dumps(seen.to_dict()) == pickle.dumps(alone.to_dict())
    dones, totals = [d for d, _ in told], {t for _, t in told}
    assert len(totals) == 1
    (total,) = totals
    assert dones == sorted(dones)
    assert dones[0] >= 0
    assert dones[-1] == total
    assert len(set(dones)) > 2


@pytest.mark.parametrize("run", LONG, ids=lambda run: run.__name__)
def test_it_can_be_stopped_at_the_first_and_at_a_later_call(run):
    for call in (1, 3):
        calls = []

        def stop(done, total, calls=calls, call=call):
            calls.append(done)
            if len(calls) == call:
                raise lc.Stopped

        with pytest.raises(lc.Stopped):
            run(progress=stop)
        assert len(calls) == call


@pytest.mark.parametrize("run", LONG, ids=lambda run: run.__name__)
def test_what_cannot_be_called_is_refused(run):
    with pytest.raises(lc.InputError, match="progress takes"):
        run(progress=5)


def test_no_bit_depends_on_where_the_compiled_work_is_cut(monkeypatch):
    draws, runs, shuffled = run_uncertainty(), run_sensitivity(), run_ceiling()
    monkeypatch.setattr(engine, "AT_A_TIME", 60)
    monkeypatch.setattr(counting, "AT_A_TIME", 60)
    monkeypatch.setattr(nca_permutation, "ROOM", 30 * 7)
    calls = []
    for threads in (1, 3):
        again = run_uncertainty(threads=threads, progress=lambda d, t: calls.append(d))
        for part in ("scores", "ranks", "choices"):
            pd.testing.assert_frame_equal(again.kept[part], draws.kept[part], check_exact=True)
        assert pickle.dumps(again.to_dict()) == pickle.dumps(draws.to_dict())
        assert pickle.dumps(run_sensitivity(threads=threads).to_dict()) == pickle.dumps(runs.to_dict())
    assert len(calls) > 100
    assert run_ceiling().to_dict() == shuffled.to_dict()


def test_what_has_not_begun_is_not_waited_for():
    # Draws of the typology wait in a row for a thread; a stop leaves them there.
    drawn = []

    def stop(done, total):
        drawn.append(done)
        raise lc.Stopped

    with pytest.raises(lc.Stopped):
        lc.typology(pair_case()[["x", "y", "z"]], 2, draws=5_000, shuffles=0, progress=stop)
    assert drawn == [1]
