"""k-medoids against every set of medoids; silhouettes and the adjusted Rand index against scikit-learn."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from learningcity.core import InputError
from learningcity.explain.typology.compiled_medoids import silhouettes
from learningcity.explain.typology.medoids import adjusted_rand, most_medoids, partition, random_starts


def distances(seed, n, columns=2):
    cells = np.random.default_rng(seed).random((n, columns))
    return np.abs(cells[:, None] - cells[None]).mean(axis=2)


def lowest_cost(distance, k):
    return min(distance[:, list(c)].min(axis=1).sum() for c in combinations(range(len(distance)), k))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 11), st.integers(2, 4))
def test_no_exchange_of_one_medoid_lowers_the_cost(seed, n, k):
    distance = distances(seed, n)
    found = partition(distance, k, most_medoids(distance, k))
    assert found.cost == pytest.approx(distance[:, found.medoids].min(axis=1).sum())
    assert found.cost >= lowest_cost(distance, k) - 1e-9
    for out in range(k):
        for into in set(range(n)) - set(found.medoids.tolist()):
            other = [*np.delete(found.medoids, out), into]
            assert distance[:, other].min(axis=1).sum() >= found.cost - 1e-9


def test_with_starts_nearly_every_small_table_reaches_the_optimum():
    reached = total = 0
    for seed in range(60):
        for k in (2, 3, 4):
            distance = distances(seed, 8 + seed % 5, 3)
            starts = random_starts(len(distance), k, 20, np.random.default_rng(seed))
            found = partition(distance, k, most_medoids(distance, k), starts)
            reached += found.cost <= lowest_cost(distance, k) + 1e-9
            total += 1
    assert total == 180
    assert reached >= 178


def test_build_takes_the_centre_first_and_stops_where_nothing_is_left():
    line = np.abs(np.subtract.outer([0.0, 1, 2, 3, 4], [0.0, 1, 2, 3, 4]))
    assert most_medoids(line, 5)[0] == 2
    assert sorted(most_medoids(line, 5)) == [0, 1, 2, 3, 4]
    twins = np.abs(np.subtract.outer([0.0, 0, 1, 1, 1], [0.0, 0, 1, 1, 1]))
    assert len(most_medoids(twins, 5)) == 2
    found = partition(twins, 2, most_medoids(twins, 2))
    assert found.cost == 0
    assert found.labels.tolist() == [1, 1, 0, 0, 0]


@given(st.integers(0, 10_000), st.integers(4, 20), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_silhouettes_equal_those_of_scikit_learn(seed, n, k):
    distance = distances(seed, n)
    labels = np.random.default_rng(seed + 1).integers(0, k, n)
    labels[:k] = np.arange(k)
    if n > k:
        width, neighbour = silhouettes(distance, labels, k)
        assert width == pytest.approx(silhouette_samples(distance, labels, metric="precomputed"))
        assert (neighbour != labels).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_adjusted_rand_equals_that_of_scikit_learn(pairs):
    first, second = zip(*pairs, strict=True)
    assert adjusted_rand(first, second) == pytest.approx(adjusted_rand_score(first, second))


def test_adjusted_rand_wants_the_same_cases():
    with pytest.raises(InputError, match="2 and 1"):
        adjusted_rand([1, 2], [1])
    with pytest.raises(InputError, match="0 and 0"):
        adjusted_rand([], [])
