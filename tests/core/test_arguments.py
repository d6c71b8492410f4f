"""Whatever is passed gives a result or an error that says in both languages what was wanted."""

import numpy as np
import pytest

import learningcity as lc

ODD = [None, 5, -1, 1.5, "x", "2020", [], {}, b"x", float("nan"), object()]


@pytest.mark.parametrize("odd", ODD, ids=[f"{n}-{type(o).__name__}" for n, o in enumerate(ODD)])
def test_odd_arguments_never_give_another_error(odd):
    atlas = lc.load_atlas()
    calls = [
        lambda: lc.FactPolicy(year=odd), lambda: lc.FactPolicy(max_age=odd), lambda: lc.FactPolicy(scopes=odd),
        lambda: lc.FactPolicy(tiers=odd), lambda: lc.FactPolicy(prefer=odd), lambda: lc.CodingPolicy(rule=odd),
        lambda: lc.CodingPolicy(stances=odd), lambda: lc.CodingPolicy(timing=odd), lambda: atlas.table(odd),
        lambda: atlas.table("population", odd), lambda: atlas.conditions(policy=odd), lambda: atlas.conditions(coder=odd),
        lambda: atlas.agreement(draws=odd if odd != 5 else 3), lambda: atlas.agreement(draws=2, seed=odd),
        lambda: atlas.search(odd), lambda: lc.load_atlas(odd), lambda: atlas.require_city(odd),
        lambda: atlas.condition_evidence(odd, odd), lambda: atlas.trace(odd), lambda: lc.check_eligibility(odd, odd),
    ]  # fmt: skip
    told = []
    for call in calls:
        try:
            call()
        except lc.LearningCityError as error:
            told.append(error.in_("zh"))
    assert told
    assert all(told)


def test_numbers_of_numpy_are_numbers():
    assert lc.FactPolicy(year=np.int64(2020)).year == 2020
    with pytest.raises(lc.InputError, match="whole number"):
        lc.FactPolicy(year=2020.5)
    with pytest.raises(lc.InputError, match="whole number"):
        lc.FactPolicy(year=True)


def test_paths_that_no_file_system_takes_are_told():
    for path in ("a\0b", "x" * 5000):
        with pytest.raises(lc.InputError):
            lc.load_atlas(path)
