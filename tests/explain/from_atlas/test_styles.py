"""Styles of the cities: planted ones are found with their city in the middle, and what they follow is said."""

import json

import numpy as np
import pytest
from tests.explain.from_atlas.made import awarded, has_han, of_some, recoded

import learningcity as lc

FEW = {"draws": 20, "shuffles": 19, "permutations": 199}


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def every(atlas):
    return lc.atlas_styles(atlas, **FEW)


#: Mechanisms and themes of the practices of two ways to be a learning city.
WAYS = (
    (("law", ""), ("funding", ""), ("monitoring", "green"), ("monitoring", "sustainable")),
    (("participation", ""), ("resources", ""), ("organization", "inclusive"), ("organization", "prosperous")),
)


def two_ways(atlas, of):
    """Cities of two ways; one practice in four speaks of anything."""
    rng = np.random.default_rng(2)
    both = [*WAYS[0], *WAYS[1]]

    def say(city, place):
        return both[rng.integers(8)] if rng.random() < 0.25 else WAYS[of(city)][place % 4]

    return recoded(atlas, say)


@pytest.fixture(scope="module")
def planted(atlas):
    names = awarded(atlas)
    rng = np.random.default_rng(7)
    of = dict(zip(names, rng.permutation(len(names)) % 2, strict=True))
    return of, lc.atlas_styles(two_ways(atlas, lambda city: of.get(city, 0)), **FEW)


def test_planted_styles_are_found_around_a_city_of_their_own(planted):
    of, found = planted
    assert found.found
    assert found.typology.k == 2
    for style in found.typology.styles:
        ways = [of[c] for c in style.cases]
        assert max(ways.count(0), ways.count(1)) >= 0.9 * len(ways)
        assert style.medoid in style.cases
    assert found.follows == ()
    assert found.division is found.typology
    rows = found.repeats.set_index("name")
    assert rows.at["coder_B", "rand"] == 1
    assert (rows["rand"] > 0.6).all()
    assert "2 styles" in found.summary()
    names = found.coded.names
    assert all(
        names[m].en in found.summary() and names[m].zh in found.summary("zh") for m in found.typology.medoids
    )


def test_styles_that_follow_the_region_say_so(atlas):
    regions = atlas.cities.set_index("city_id")["unesco_region"]
    made = two_ways(atlas, lambda city: int(regions[city] in ("APA", "AFR")))
    found = lc.atlas_styles(made, **FEW)
    assert found.found
    assert "region" in found.follows
    note = next(part for part in found.summary().split(". ") if part.startswith("Note: the styles follow"))
    assert "region of UNESCO" in note
    assert "教科文组织地区" in found.summary("zh")


def test_cities_of_the_atlas_are_never_divided_without_structure(atlas, every):
    if every.found:
        assert every.typology.k > 1
    else:
        assert every.typology.k == 1
        assert every.typology.reasons
        assert "no styles found" in every.summary()
        assert every.division.k > 1
        assert f"The best division into {every.division.k}" in every.summary()
    assert set(every.division.beside["column"]) == {
        "practices", "sources", "region", "first_award", "population", "country_gdp_per_capita_ppp",
    }  # fmt: skip


def test_the_table_of_the_typology_is_the_scores(atlas, every):
    table = every.table().set_index("city_id")
    scores = atlas.conditions().loc[awarded(atlas)].fillna(0.0)
    assert set(table.index) == set(scores.index)
    for column in scores:
        assert (table.loc[scores.index, column] == scores[column]).all()
    assert (table["practices"] == atlas.effort().loc[table.index, "practices"]).all()


def test_each_side_is_looked_at_alone_and_without_common_practices(every):
    rows = every.repeats.set_index("name")
    assert set(rows.index) == {"mechanisms", "themes", "themes_keep", "coder_B"}
    assert rows["rand"].between(-1, 1).all()
    assert (rows["reason_en"] == "").all()
    assert "themes alone" in every.summary()


def test_a_number_of_styles_is_followed_and_said_to_be_no_structure(atlas):
    found = lc.atlas_styles(atlas, k=3, **FEW)
    assert found.typology.k == 3
    if not found.found:
        assert "3 styles as asked, but no structure found" in found.summary()
    assert found.summary("zh").count("代表城市") == 3


def test_codes_dealt_at_random_hardly_ever_give_styles(atlas):
    findings = 0
    mechanisms = ["law", "funding", "monitoring", "participation"]
    for seed in range(8):
        rng = np.random.default_rng(seed)

        def say(city, place, rng=rng):
            themes = [t for t in ("green", "inclusive", "prosperous") if rng.random() < 0.08]
            return (str(rng.choice(mechanisms)), ";".join(themes)) if rng.random() < 0.3 else None

        made = recoded(atlas, say, coders=("A",))
        columns = [*mechanisms, "green", "inclusive", "prosperous"]
        findings += lc.atlas_styles(made, columns, seed=seed, **FEW).found
    assert findings <= 2


def test_cities_without_common_cells_are_left_out_by_name(atlas):
    found = lc.atlas_styles(atlas, k=2, not_seen="leave_out", **FEW)
    gone = found.typology.left_out_cases
    assert set(gone) | set(found.table()["city_id"]) == set(awarded(atlas))
    if gone:
        assert any(found.coded.names[c].en in t for c in gone for t in found.limits())
    assert any("left empty" in t for t in found.limits())


def test_a_coder_of_few_cities_is_a_repetition_over_these(atlas):
    some = awarded(atlas)[:20]
    found = lc.atlas_styles(of_some(atlas, "C", some), **FEW)
    assert found.repeats.set_index("name").at["coder_C", "cases"] == len(some)
    few = lc.atlas_styles(of_some(atlas, "C", some[:2]), **FEW)
    row = few.repeats.set_index("name").loc["coder_C"]
    assert row["reason_en"]
    assert has_han(row["reason_zh"])
    assert "not possible" in few.summary()


def test_limits_come_in_both_languages(every):
    english, chinese = every.limits(), every.limits("zh")
    assert len(english) == len(chinese)
    assert all(has_han(t) for t in chinese)
    for words in (
        "no better for its style",
        "same practices",
        "awarded cities only",
        "Near-constant",
        "causal",
    ):
        assert any(words in t for t in english), words


def test_odd_requests_are_refused(atlas):
    for arguments, told in (
        ({"columns": ["lav"]}, "lav"), ({"columns": ["law"]}, "law"), ({"k": 99}, "99"), ({"coder": "C"}, "C"),
        ({"not_seen": "zero"}, "zero"), ({"cities": ["corc"]}, "corc"), ({"cities": ["cork", "wuhan"]}, "cases"),
        ({"policy": 0}, "policy"), ({"seed": -1}, "seed"), ({"draws": "a"}, "draws"),
    ):  # fmt: skip
        with pytest.raises(lc.InputError, match=told):
            lc.atlas_styles(atlas, **{**FEW, **arguments})
    with pytest.raises(lc.InputError):
        lc.atlas_styles([])


def test_it_is_a_result_with_versions(atlas, every):
    told = json.loads(json.dumps(every.to_dict(), allow_nan=False))
    assert told["versions"]["data"] == lc.data_version(atlas)
    assert len(told["table"]) == len(awarded(atlas))
    assert told["typology"]["seed"] == 0


def test_repetitions_can_come_later(atlas, every):
    alone = lc.atlas_styles(atlas, repeat=False, **FEW)
    assert len(alone.repeats) == 0
    assert "Repeated" not in alone.summary()
    assert "重复分析" not in alone.summary("zh")
    later = alone.repeated()
    assert later.repeats.equals(every.repeats)
    assert later.repeated() is later
    assert later.summary() == every.summary()


def test_a_side_alone_is_not_repeated_as_itself(atlas):
    found = lc.atlas_styles(atlas, ["law", "funding", "monitoring"], k=2, **FEW)
    assert list(found.repeats["name"]) == ["coder_B"]


def test_styles_are_named_in_both_languages(atlas):
    found = lc.atlas_styles(atlas, k=3, repeat=False, **FEW)
    for style in found.typology.styles:
        name = found.name_of(style.number)
        assert name.en in found.summary()
        assert name.zh in found.summary("zh")
        assert has_han(name.zh)
        assert not any(code in name.zh for code in found.coded.columns)
    for number in (0, 4):
        with pytest.raises(lc.InputError, match="style"):
            found.name_of(number)
