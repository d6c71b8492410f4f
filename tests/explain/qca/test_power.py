"""What chance gives and what is planted: rates over many generated tables, with fixed seeds."""

import numpy as np
import pandas as pd
import pytest

from learningcity.core import InputError
from learningcity.explain.qca.permutation import permutation_test

PLANTED = {"A*B", "C*~D"}


def generated(seed, conditions=4, cases=60, turned=0.05, shuffled=False):
    """Crisp tables with ``Y = A*B + C*~D``, some outcomes turned round; or the same with the outcomes shuffled."""
    random = np.random.default_rng(seed)
    names = list("ABCDE")[:conditions]
    data = pd.DataFrame(random.integers(0, 2, (cases, conditions)), columns=names)
    y = ((data["A"] & data["B"]) | (data["C"] & (1 - data["D"]))).to_numpy()
    y = np.where(random.random(cases) < turned, 1 - y, y)
    return data.assign(Y=random.permutation(y) if shuffled else y), names


@pytest.mark.parametrize("solution", ["parsimonious", "conservative"])
def test_at_most_5_of_100_shuffled_tables_give_a_strong_finding(solution):
    strong = small = done = 0
    for seed in range(100):
        data, names = generated(seed, shuffled=True)
        try:
            found = permutation_test(data, "Y", names, 0.75, solution=solution, permutations=199, seed=seed)
        except InputError:
            continue  # no row reaches the cut: nothing is found, strongly or not
        done += 1
        strong += found.strong
        small += found.p <= 0.05
    assert done > 75
    assert strong <= 5
    # p alone keeps its level too, within what 100 tables can tell (99.9 % of the binomial law of 0.05).
    assert small <= 13


def test_planted_paths_are_found_with_the_power_that_the_documentation_states():
    strong = one = both = 0
    for seed in range(100):
        data, names = generated(seed)
        found = permutation_test(data, "Y", names, 0.75, solution="parsimonious", permutations=199, seed=seed)
        seen = {str(term) for term in found.strong_terms}
        strong += found.strong
        one += bool(PLANTED & seen)
        both += seen >= PLANTED
    assert (strong, one, both) == (99, 93, 62)
    said = permutation_test.__doc__
    assert "Of 100 such tables 99 gave a strong" in said
    assert "finding, 93 with at least one of the two paths exactly, 62 with both" in said


def test_planted_paths_are_always_found_without_noise():
    for seed in range(10):
        data, names = generated(seed, turned=0)
        found = permutation_test(data, "Y", names, 0.8, solution="parsimonious", permutations=199, seed=seed)
        assert {str(term) for term in found.strong_terms} >= PLANTED
