"""Whether styles follow what did not make them: p by all arrangements, q by hand."""

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from learningcity.explain.typology.beside import beside_table
from learningcity.explain.typology.columns import Column


def column(name, values, kind="numeric", levels=()):
    return Column(name, kind, np.array(values, dtype=float), levels)


def test_p_comes_near_that_of_all_arrangements():
    values, styles = np.array([1.0, 2, 2, 4, 5, 7]), np.array([0, 0, 0, 1, 1, 1])
    seen = stats.kruskal(values[:3], values[3:]).statistic
    every = [
        stats.kruskal(values[list(o)][:3], values[list(o)][3:]).statistic for o in permutations(range(6))
    ]
    row = beside_table([column("size", values)], styles, 4999, 3).iloc[0]
    assert row["p"] == pytest.approx(np.mean(np.array(every) >= seen - 1e-9), abs=0.02)
    assert row["effect"] == pytest.approx(seen / 5)


def test_q_is_that_of_benjamini_and_hochberg_over_the_columns_that_were_tested():
    rng = np.random.default_rng(2)
    styles = np.repeat([0, 1], 10)
    columns = [
        column("same", styles),
        column("flat", np.ones(20)),
        *(column(f"c{k}", rng.random(20)) for k in range(3)),
    ]
    found = beside_table(columns, styles, 199, 0).set_index("column")
    tested = found.drop("flat").sort_values("p")
    steps = tested["p"].to_numpy() * 4 / np.arange(1, 5)
    assert tested["q"].tolist() == pytest.approx(
        np.minimum.accumulate(steps[::-1])[::-1].clip(max=1).tolist()
    )
    assert (found.at["flat", "why"], bool(np.isnan(found.at["flat", "q"]))) == ("constant", True)
    assert found["follows"].to_dict()["same"]


def test_without_anything_to_test_there_is_a_table_without_figures():
    assert beside_table([], np.array([0, 1]), 9, 0).empty
    assert beside_table([column("flat", [1, 1])], np.array([0, 1]), 9, 0)["why"].tolist() == ["constant"]
