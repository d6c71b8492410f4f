"""Readings of the atlas: nothing but the tables, nothing ranked, everything left out with a reason."""

import json

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.core import InputError, UnknownNameError
from learningcity.index import Structure, build_index
from learningcity.index.coverage import CoverageRule, cover
from learningcity.index.from_atlas import READINGS, atlas_reading


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def readings(atlas):
    return {name: atlas_reading(name, atlas) for name in READINGS}


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


# --- the rule of coverage -------------------------------------------------------------------------

NAN = float("nan")
TREE = Structure.of({"I": {"p": ["a", "b", "c"], "q": ["d", "e"]}})
SMALL = pd.DataFrame(
    {
        "a": [1.0, 2.0, 3.0, NAN],
        "b": [1.0, 2.0, NAN, NAN],
        "c": [NAN, NAN, 3.0, NAN],
        "d": [1.0, 5.0, 1.0, 2.0],
        "e": [NAN, NAN, NAN, 2.0],
    },
    index=["u1", "u2", "u3", "u4"],
)


def test_the_rule_is_checked_by_eye():
    found = cover(SMALL, TREE, CoverageRule(0.5, 2, 2))
    # c covers one unit, e covers one: both go; q has one indicator left: goes; u3 has a alone, u4 nothing.
    assert [(kind, code) for kind, code, _ in found.left_out] == [
        ("indicator", "c"), ("indicator", "e"), ("part", "q"), ("unit", "u3"), ("unit", "u4"),
    ]  # fmt: skip
    assert found.values.to_dict("list") == {"a": [1.0, 2.0], "b": [1.0, 2.0]}
    assert found.left_out[3][2].en == "p: 1 of 2 values, 2 needed"
    assert found.structure.codes == ("a", "b", "p", "I")


def test_units_that_go_may_take_an_indicator_with_them():
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [1.0, 2.0, 3.0, NAN], "c": [NAN, NAN, 4.0, 5.0]})
    tree = Structure.of({"I": {"p": ["a", "b", "c"]}})
    # Three of three would be needed, and only the third unit has them; without c three units have two of two.
    found = cover(frame, tree, CoverageRule(1.0, 2, 2))
    assert [(kind, code) for kind, code, _ in found.left_out] == [("indicator", "c"), ("unit", "3")]
    assert found.values.to_dict("list") == {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}
    with pytest.raises(InputError, match="Not enough values"):
        cover(frame, tree, CoverageRule(1.0, 2, 4))


def test_flat_indicators_go_where_there_is_a_scale_to_make():
    frame = pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 2.0], "c": [3.0, 4.0]})
    tree = Structure.of({"I": {"p": ["a", "b", "c"]}})
    assert list(cover(frame, tree, CoverageRule(0.5, 2, 2)).values) == ["b", "c"]
    assert list(cover(frame, tree, CoverageRule(0.5, 2, 2), keep_flat=True).values) == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_left_holds_the_rule(seed):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(random.normal(size=(20, 5)), columns=list("abcde"))
    frame = frame.mask(random.random(frame.shape) < random.uniform(0.2, 0.8))
    rule = CoverageRule(0.5, 2, 4)
    try:
        found = cover(frame, TREE, rule)
    except InputError:
        return
    for part in found.structure.children("I"):
        codes = list(found.structure.leaves(part))
        counts = found.values[codes].notna().sum(axis=1)
        assert len(codes) >= rule.least
        assert set(counts[counts > 0] >= rule.needed(len(codes))) == {True}
        assert (found.values[codes].notna().sum() >= rule.units).all()
        left = frame.loc[frame.index.difference(found.values.index), codes].notna().sum(axis=1)
        assert (left < rule.needed(len(codes))).all()


# --- the readings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READINGS)
def test_no_reading_is_a_league_table(readings, name):
    table = readings[name].table()
    assert len(table) == len(readings[name].values) > 5
    assert list(table.iloc[:, 0]) == sorted(table.iloc[:, 0])
    assert not {"rank", name} & set(table.columns)


@pytest.mark.parametrize("name", READINGS)
def test_each_says_in_both_languages_what_it_can_and_cannot(readings, name):
    reading = readings[name]
    assert len(reading.can) >= 1
    assert len(reading.may_not) >= 3
    for text in (reading.title, reading.rule.text, *reading.can, *reading.may_not):
        assert not has_han(text.en)
        assert has_han(text.zh)
        assert text.in_("en") in reading.summary("en") or text is reading.title
        assert text.zh in reading.summary("zh")
    assert has_han("".join(reading.left_out["reason_zh"]))
    assert not reading.left_out.isna().any(axis=None)
    json.dumps(reading.to_dict(), allow_nan=False)


@pytest.mark.parametrize("name", READINGS)
def test_every_unit_is_in_or_left_out_with_a_reason(readings, name):
    reading = readings[name]
    out = set(reading.left_out.loc[reading.left_out["kind"] == "unit", "code"])
    assert out | set(reading.values.index) == set(reading.figures.index)
    assert not out & set(reading.values.index)


@pytest.mark.parametrize("name", READINGS)
def test_the_files_call_indicators_as_the_catalogue_does(atlas, readings, name):
    catalogue = atlas.indicators.set_index("indicator_id")
    looked_at = 0
    for code in readings[name].spec.structure.indicators:
        node = readings[name].spec.structure.by_code[code]
        if code in catalogue.index:
            row = catalogue.loc[code]
            assert (node.name.en, node.name.zh) == (row["name_en"], row["name_zh"])
            assert (node.unit, node.direction) == (row["unit"], row["direction"])
            assert row["comparable"] != "no"
            assert node.parent == row["dimension"]
        else:
            assert name == "visible"
        looked_at += 1
    assert looked_at >= 3


def test_visible_is_the_condition_scores_as_they_are(atlas, readings):
    reading = readings["visible"]
    scores = atlas.conditions()
    pd.testing.assert_frame_equal(reading.figures, scores, check_like=True)
    filled = reading.values.notna()
    assert filled.to_numpy().sum() > 250
    same = reading.values == scores.loc[reading.values.index, reading.values.columns]
    assert (same == filled).all(axis=None)
    assert list(reading.effort.columns) == ["practices", "sources", "facts"]
    table = reading.table().set_index("city_id")
    assert table.at["wuhan", "practices"] == atlas.effort().at["wuhan", "practices"]
    mechanisms = reading.spec.structure.children("mechanisms")
    assert table.at["wuhan", "mechanisms"] == pytest.approx(scores.loc["wuhan", list(mechanisms)].mean())
    assert -1 <= reading.effort_correlation <= 1


def test_visible_takes_another_policy_and_coder(atlas):
    before = atlas_reading("visible", atlas, policy=lc.CodingPolicy(timing="before"), coder="B")
    expected = atlas.conditions(lc.CodingPolicy(timing="before"), "B")
    pd.testing.assert_frame_equal(before.figures, expected, check_like=True)


def test_figures_are_of_the_cities_themselves(readings):
    reading = readings["figures"]
    kinds = {o.kind for o in reading.origin.to_numpy().ravel()}
    assert kinds <= {"own", "derived", "empty"}
    filled = [(city, code) for code, cells in reading.values.items() for city in cells.dropna().index]
    assert len(filled) >= 10
    assert all(reading.origin.at[place].facts for place in filled)
    reasons = reading.left_out.set_index("code")
    assert reasons.loc["green", "kind"] == "part"
    assert "fewer than 2" in reasons.loc["green", "reason_en"]
    assert reasons.loc["sustainable", "kind"] == "not used"
    assert "needed" in reasons.loc["cork", "reason_en"]


def test_context_is_of_countries_with_year_and_source(atlas, readings):
    reading = readings["context"]
    assert reading.values.index.name == "country_iso3"
    assert not set(reading.values.index) & set(atlas.cities["city_id"])
    origin = reading.origin.at["FIN", "hdi" if "hdi" in reading.values else "co2_per_capita"]
    rows = atlas.context[
        (atlas.context["country_iso3"] == "FIN") & (atlas.context["indicator_id"] == "co2_per_capita")
    ]
    last = rows.sort_values("year").iloc[-1]
    assert (origin.kind, origin.year, origin.sources) == ("context", last["year"], (last["source_id"],))
    assert reading.values.at["FIN", "co2_per_capita"] == last["value"]
    assert reading.table().set_index("country_iso3").at["FIN", "latest"] <= atlas.context["year"].max()


@pytest.mark.parametrize("name", READINGS)
def test_it_builds_as_any_index_does(readings, name):
    reading = readings[name]
    result = build_index(reading, reading.spec)
    pd.testing.assert_frame_equal(result.scores, reading.build().scores)
    part = reading.spec.structure.children(name)[0]
    own = reading.table().set_index(reading.values.index.name)[part]
    pd.testing.assert_series_equal(own, result.scores[part].sort_index(), check_names=False)


def test_what_cannot_be_read_is_told(atlas):
    with pytest.raises(UnknownNameError, match="Did you mean figures"):
        atlas_reading("figure", atlas)
    with pytest.raises(InputError, match="policy"):
        atlas_reading("figures", atlas, policy=lc.CodingPolicy())
    with pytest.raises(InputError, match="never a city's own"):
        atlas_reading("figures", atlas, policy=lc.FactPolicy(context=True))
    with pytest.raises(InputError, match="takes no policy"):
        atlas_reading("context", atlas, policy=lc.FactPolicy())
    with pytest.raises(InputError, match="Not enough values"):
        atlas_reading("figures", atlas, policy=lc.FactPolicy(scopes=("province",)))
    with pytest.raises(InputError, match="atlas"):
        atlas_reading("figures", None)


# --- visible: evidence, coders, and what hardly tells cities apart ---------------------------------


@pytest.mark.parametrize("coder", ["A", "B", "mean"])
def test_each_condition_score_opens_to_practices_and_sources(atlas, coder):
    reading = atlas_reading("visible", atlas, coder=coder)
    practices = atlas.practices.set_index("practice_id")
    scored = empty = 0
    built = reading.build()
    for city in reading.values.index[:6]:
        trace = built.trace(city)
        rows = trace.table().set_index("code")
        for code in reading.values:
            given = trace.evidence[code]
            assert [e.coder for e in given] == (["A", "B"] if coder == "mean" else [coder])
            found = [e.score for e in given if e.score == e.score]
            row = rows.loc[code]
            if found:
                assert np.mean(found) == pytest.approx(reading.figures.at[city, code])
                assert row["practice_ids"]
                assert set(practices.loc[list(row["practice_ids"]), "city_id"]) == {city}
                assert set(row["source_ids"]) <= set(atlas.sources["source_id"])
                assert row["source_ids"]
                scored += 1
            elif not any(len(e.practices) for e in given):
                assert (row["origin"], row["emptiness"]) == ("missing", "not seen")
                empty += 1
    assert scored > 20
    assert empty > 3


def test_the_trace_of_a_condition_score_says_its_practices(readings):
    trace = readings["visible"].build().trace("wuhan", "law")
    assert (trace.practice_ids, trace.fact_ids) == (("wuhan-01",), ())
    assert "1 practices from 1 sources" in trace.summary()
    assert "实践举措1项，来源1个" in trace.summary("zh")
    kept = json.loads(json.dumps(trace.to_dict(), allow_nan=False))
    assert kept["evidence"]["law"][0]["practices"][0]["practice_id"] == "wuhan-01"


def test_coders_are_drawn_and_each_draw_is_the_build_of_one_pass(atlas, readings):
    reading = readings["visible"]
    frames = reading.by_coder()
    assert list(frames) == ["A", "B"]
    pd.testing.assert_frame_equal(frames["A"], reading.values)
    assert not frames["B"].equals(frames["A"])
    found = lc.uncertainty(
        reading, reading.spec, {"coders": frames, "weights": {"noise": 0.0}}, draws=60, seed=1, keep=True
    )
    picked = found.kept["choices"]["coders"]
    differ = []
    for coder in ("A", "B"):
        # A frame of the plain scores, covered by hand, not by the code that is tested.
        scores = atlas.conditions(coder=coder)[list(reading.values.columns)]
        for part in reading.spec.structure.children("visible"):
            codes = list(reading.spec.structure.leaves(part))
            few = scores[codes].notna().sum(axis=1) < max(2, -(-len(codes) // 2))
            scores.loc[few, codes] = np.nan
        scores = scores.dropna(how="all")
        pd.testing.assert_frame_equal(frames[coder], scores)
        built = build_index(scores, reading.spec).scores["visible"]
        rows = found.kept["scores"][picked == coder]
        assert len(rows) > 15
        np.testing.assert_array_equal(rows[built.index], np.tile(built, (len(rows), 1)))
        assert rows.drop(columns=built.index).isna().all(axis=None)
        differ.append(built)
    assert (differ[0] - differ[1]).abs().max() > 0.01
    with pytest.raises(InputError, match="coders belong to the reading visible"):
        readings["figures"].by_coder()
    with pytest.raises(InputError, match="FactTable"):
        lc.uncertainty(reading, reading.spec, {"sources": True}, draws=5)


def test_near_constant_conditions_are_called_that(atlas, readings):
    reading = readings["visible"]
    seen = atlas.conditions().notna().mean()
    assert set(reading.near_constant) == set(seen.index[seen >= lc.NEAR_CONSTANT])
    assert 2 <= len(reading.near_constant) < len(seen)
    (said,) = [t for t in reading.may_not if t.en.startswith("Near-constant")]
    for code in reading.near_constant:
        name = reading.spec.structure.by_code[code].name
        assert name.en in said.en
        assert name.zh in said.zh
    agreement = atlas.agreement(draws=1)
    rows = agreement.table()
    rows = rows[rows["kind"].isin(["seen", "score"])]
    low = rows[rows["alpha"] < lc.TENTATIVE_ALPHA]
    told = " ".join(t.en for t in reading.may_not)
    for variable in low.index:
        kind, code = variable.split()
        assert f"{code} ({'seen or not' if kind == 'seen' else 'score'})" in told
    assert len(low) >= 2
    assert readings["figures"].near_constant == readings["context"].near_constant == ()
    assert reading.to_dict()["near_constant"] == list(reading.near_constant)


def test_another_policy_claims_no_agreement_that_was_not_measured(atlas):
    reading = atlas_reading("visible", atlas, policy=lc.CodingPolicy(timing="before"))
    assert not any("Krippendorff" in t.en for t in reading.may_not)


# --- what each of the three readings promises -----------------------------------------------------------


def test_effort_stands_beside_every_profile(atlas, readings):
    table = readings["visible"].table().set_index("city_id")
    effort = atlas.effort()
    for name in ("practices", "sources"):
        assert (table[name] == effort.loc[table.index, name]).all()
    for part in ("mechanisms", "themes"):
        assert (table[f"{part}_seen"] <= len(readings["visible"].spec.structure.leaves(part))).all()
        assert (table[part].notna() <= (table[f"{part}_seen"] >= 2)).all()


def test_a_city_without_a_score_can_read_why(readings):
    reading = readings["figures"]
    out = reading.left_out[reading.left_out["kind"] == "unit"].set_index("code")
    assert len(out) > len(reading.values)
    part = reading.spec.structure.children("figures")[0]
    codes = list(reading.spec.structure.leaves(part))
    for city, row in out.iterrows():
        there = int(reading.figures.loc[city, codes].notna().sum())
        needed = reading.rule.needed(len(codes))
        assert there < needed
        assert f"{there} of {len(codes)} values, {needed} needed" in row["reason_en"]
        assert f"{len(codes)}项中有{there}项数据，至少需{needed}项" in row["reason_zh"]


def test_country_figures_fill_no_gap_and_rank_no_city(atlas, readings):
    scopes = {o.scope for o in readings["figures"].origin.to_numpy().ravel() if o.kind != "empty"}
    assert scopes == {"city"}
    assert {o.kind for o in readings["context"].origin.to_numpy().ravel()} <= {"context", "empty"}
    assert list(readings["context"].table().columns[:3]) == ["country_iso3", "name_en", "name_zh"]
