"""Awarded cities against other members: size and country context only, countries counted once."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from learningcity.core import InputError
from learningcity.explain.association import contrast_members


def members(seed=0, cases=120):
    random = np.random.default_rng(seed)
    names = [f"m{k}" for k in range(cases)]
    country = pd.Series(random.integers(0, 25, cases), index=names, name="country")
    context = pd.DataFrame(
        {"population": random.lognormal(12, 1, cases), "gdp_per_capita_ppp": random.normal(size=25)[country]},
        index=names,
    )
    awarded = pd.Series(random.random(cases) < 0.3, index=names)
    return context, awarded, country


def test_a_city_figure_is_judged_as_mann_and_whitney_do():
    context, awarded, country = members()
    pair = contrast_members(context, awarded, countries=country, draws=99).pair("population", "awarded")
    test = stats.mannwhitneyu(context["population"][awarded], context["population"][~awarded])
    assert pair.estimate == pytest.approx(2 * test.statistic / (awarded.sum() * (~awarded).sum()) - 1)
    assert pair.p == pytest.approx(test.pvalue, abs=0.02)


def test_figures_of_countries_are_shuffled_by_country():
    context, awarded, country = members()
    pair = contrast_members(context, awarded, countries=country, draws=99).pair(
        "gdp_per_capita_ppp", "awarded"
    )
    assert any("shuffles 25 clusters" in note.en for note in pair.notes)


def test_without_countries_figures_of_countries_seem_surer_than_they_are():
    # All cities of a country are awarded or none: unrelated to its figure.
    blind = seen = 0
    for seed in range(40):
        context, _, country = members(seed)
        awarded = pd.Series((np.random.default_rng(seed + 99).random(25) < 0.4)[country], index=context.index)
        frame = context[["gdp_per_capita_ppp"]]
        blind += contrast_members(frame, awarded, draws=0, permutations=199).pairs[0].p <= 0.05
        seen += (
            contrast_members(frame, awarded, countries=country, draws=0, permutations=199).pairs[0].p <= 0.05
        )
    assert blind >= 12
    assert seen <= 6


def test_codes_are_not_compared():
    context, awarded, _ = members()
    with pytest.raises(
        InputError, match=r"hardly any city that was not awarded was coded: law, green\."
    ) as told:
        contrast_members(context.assign(law=1.0, green=0.33), awarded)
    assert "未获奖城市几乎未经编码" in told.value.text.zh


@pytest.mark.parametrize("given", [lambda a: a.astype(int), lambda a: a | True, lambda a: a.astype(object).mask(a), lambda a: pd.DataFrame({"a": a, "b": a})])  # fmt: skip
def test_awarded_must_be_true_for_some_and_false_for_others(given):
    context, awarded, _ = members()
    with pytest.raises(InputError, match="awarded takes one True or False a member"):
        contrast_members(context, given(awarded))


def test_other_choices_are_refused():
    context, awarded, _ = members()
    with pytest.raises(InputError, match="Choices that a contrast does not take: effort"):
        contrast_members(context, awarded, effort=context["population"])


def test_the_words_say_who_and_not_why():
    context, awarded, country = members()
    result = contrast_members(context, awarded, countries=country, draws=0)
    assert "who was awarded so far, not why" in result.summary()
    assert "nothing causal" in result.summary()
    assert "只说明迄今哪些城市获奖" in result.summary("zh")
    assert "Effort" not in result.summary()
    assert result.to_dict()["claims"][1]["zh"] in result.summary("zh")
