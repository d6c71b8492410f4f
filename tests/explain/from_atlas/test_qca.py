"""Cases of the atlas for QCA: nothing but the codes, what was not seen by a named rule, and the limits in words."""

import json

import pandas as pd
import pytest

import learningcity as lc
from learningcity.explain.atlas_cases import NOT_SEEN
from learningcity.explain.evidence import VARIANTS, Practice, apart, scores_of, shared_evidence

MECHANISMS = ["policy", "law", "organization", "funding", "resources", "participation", "monitoring"]


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def green(atlas):
    return lc.atlas_qca(atlas, "green", ["law", "funding", "monitoring"])


@pytest.fixture(scope="module")
def sustainable(atlas):
    return lc.atlas_qca(atlas, "sustainable", ["law", "funding", "monitoring", "organization"])


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


# --- the data -------------------------------------------------------------------------------------


@pytest.mark.parametrize("coder", ["A", "B"])
@pytest.mark.parametrize("timing", ["all", "before"])
def test_memberships_are_the_condition_scores(atlas, coder, timing):
    policy = lc.CodingPolicy(timing=timing)
    cases = lc.atlas_qca(atlas, "green", MECHANISMS, coder, policy)
    scores = atlas.conditions(policy, coder).loc[cases.data.index, [*MECHANISMS, "green"]]
    pd.testing.assert_frame_equal(cases.data, scores.fillna(0.0), check_names=False)
    assert scores.isna().to_numpy().any()


def test_cases_are_the_awarded_cities_and_every_other_is_named_with_its_reason(atlas, green):
    awarded = set(atlas.awards["city_id"])
    assert set(green.data.index) == awarded
    assert set(green.left_out["city_id"]) == set(atlas.city_ids()) - awarded
    assert set(green.left_out["reason_en"]) == {"no award"}
    before = lc.atlas_qca(atlas, "green", ["law"], policy=lc.CodingPolicy(timing="before"))
    out = before.left_out.set_index("city_id")["reason_en"]
    assert "no practice counts under this policy" in set(out)
    assert set(out.index) | set(before.data.index) == set(atlas.city_ids())


def test_other_cities_are_taken_when_asked_for_and_said(atlas):
    cities = ["cork", "wuhan", "beijing", "shenzhen", "bristol", "espoo", "melton", "doha"]
    cases = lc.atlas_qca(atlas, "sustainable", ["funding", "monitoring"], cities=cities)
    assert sorted(cases.data.index) == sorted(cities)
    assert cases.unawarded == ("shenzhen",)
    assert "1 of the 8 cases have no award" in cases.limits()[0]
    with pytest.raises(lc.UnknownNameError, match="corc"):
        lc.atlas_qca(atlas, "green", ["law"], cities=["corc"])


def test_leaving_out_keeps_only_what_was_seen(atlas):
    scores = atlas.conditions()
    cases = lc.atlas_qca(atlas, "inclusive", ["funding", "monitoring"], not_seen="leave_out", policy=LOOSE)
    whole = atlas.conditions(LOOSE)[["funding", "monitoring", "inclusive"]].dropna()
    awarded = [c for c in whole.index if c in set(atlas.awards["city_id"])]
    pd.testing.assert_frame_equal(cases.data, whole.loc[awarded], check_names=False)
    assert not (cases.data == 0).to_numpy().any()
    gone = cases.left_out.set_index("city_id")["reason_en"]
    some = next(c for c in gone.index if gone[c].startswith("no score"))
    assert ("funding" in gone[some]) == bool(atlas.conditions(LOOSE).isna().at[some, "funding"])
    assert len(scores) == len(gone) + len(cases.data)


#: A rule that tells strong from weak, so that something varies where nothing is zero.
LOOSE = lc.CodingPolicy(rule=((1.0, 2, 2), (0.33, 1, 1)))


def test_a_degenerate_table_is_an_error_that_says_why(atlas):
    with pytest.raises(lc.InputError, match="all of the 2 cases are in the outcome green") as told:
        lc.atlas_qca(atlas, "green", ["law", "funding", "monitoring"], not_seen="leave_out")
    assert "退化的数据表" in told.value.text.zh
    assert "visibility" in str(told.value)
    scores = atlas.conditions()
    unseen = list(scores.index[scores["law"].isna()])
    with pytest.raises(lc.InputError, match="cases are alike in law"):
        lc.atlas_qca(atlas, "sustainable", ["law", "funding"], cities=unseen)


def test_odd_requests_are_refused(atlas):
    for arguments, told in (
        ({"outcome": "gren"}, "gren"), ({"conditions": ["lav"]}, "lav"), ({"coder": "mean"}, "mean"),
        ({"not_seen": "zero"}, "zero"), ({"conditions": ["green", "law"]}, "outcome green is among"),
        ({"policy": "all"}, "policy"), ({"conditions": []}, "conditions"), ({"outcome": 3}, "outcome"),
        ({"cities": []}, "cities"),
    ):  # fmt: skip
        with pytest.raises(lc.InputError, match=told):
            lc.atlas_qca(atlas, **{"outcome": "green", **arguments})
    with pytest.raises(lc.InputError):
        lc.atlas_qca("atlas")


def test_by_default_the_near_constant_mechanisms_stay_away(atlas):
    cases = lc.atlas_qca(atlas, "green")
    assert cases.conditions == ("law", "funding", "monitoring")
    assert cases.near_constant == ()
    every = lc.atlas_qca(atlas, "green", MECHANISMS)
    assert every.near_constant == ("policy", "organization", "resources", "participation")
    inside = (every.data > 0.5).mean()
    assert all(inside[c] >= 0.85 for c in every.near_constant)
    assert "Near-constant" in every.summary()
    assert "政策、组织、资源、参与" in every.summary("zh")


# --- evidence -------------------------------------------------------------------------------------


def test_shared_practices_are_those_of_the_evidence_tables(atlas, sustainable):
    policy = lc.CodingPolicy()
    expected = {"law": [set(), set()], "organization": [set(), set()]}
    for city in sustainable.data.index:
        opened = {c: atlas.condition_evidence(city, c, policy).practices for c in (*expected, "sustainable")}
        ids = {c: set(rows.loc[rows["counted"] == "yes", "practice_id"]) for c, rows in opened.items()}
        for code, (of, both) in expected.items():
            of |= ids[code]
            both |= ids[code] & ids["sustainable"]
    for code, (of, both) in expected.items():
        row = sustainable.shared.loc[code]
        assert (row["condition_practices"], row["both"]) == (len(of), len(both))
        assert row["of_outcome"] == len(both) / row["outcome_practices"]
    assert sustainable.shared.at["organization", "both"] > 0


def test_on_disjoint_evidence_no_practice_counts_twice(sustainable):
    conditions = set(sustainable.conditions)
    for name in VARIANTS:
        left = apart(sustainable.practices, "sustainable", sustainable.conditions, name)
        assert not [p for p in left if "sustainable" in p.codes and p.codes & conditions]
        assert len(left) == len(sustainable.practices)
    frames = {v.name: v.data for v in sustainable.disjoint}
    assert set(frames) == set(VARIANTS)
    held = list(sustainable.conditions)
    pd.testing.assert_series_equal(frames["outcome_keeps"]["sustainable"], sustainable.data["sustainable"])
    pd.testing.assert_frame_equal(frames["conditions_keep"][held], sustainable.data[held])
    pd.testing.assert_frame_equal(frames["neither_keeps"][held], frames["outcome_keeps"][held])
    assert (frames["neither_keeps"] <= sustainable.data).all(axis=None)
    assert (frames["neither_keeps"] < sustainable.data).any(axis=None)


def test_each_path_has_its_share_and_its_fit_on_disjoint_evidence(sustainable):
    solution = lc.minimise(sustainable.truth_table(0.6), "parsimonious")
    paths = sustainable.paths(solution)
    assert paths["term"].tolist() == [str(t) for t in solution.models[0]]
    fit = solution.fit.loc[0]
    for term, row in zip(solution.models[0], paths.to_dict("records"), strict=True):
        assert row["inclusion"] == pytest.approx(fit.at[str(term), "inclusion"])
        inside = term.membership(sustainable.data) > 0.5
        typical = sustainable.data.index[inside & (sustainable.data["sustainable"] > 0.5)]
        held = [x.condition for x in term if x.value]
        expected = shared_evidence(sustainable.practices, "sustainable", held, typical)
        assert (row["both"], row["outcome"]) == (expected.both, expected.outcome)
        for variant in sustainable.disjoint:
            x = term.membership(variant.data)
            both = pd.DataFrame({"x": x, "y": variant.data["sustainable"]}).min(axis=1).sum()
            assert row[f"{variant.name}_inclusion"] == pytest.approx(both / x.sum())
    frame = pd.DataFrame({"A": [0, 1], "sustainable": [0, 1]}, index=["x", "y"])
    other = lc.minimise(lc.truth_table(frame, "sustainable", ["A"]))
    with pytest.raises(lc.InputError, match="other cases"):
        sustainable.paths(other)
    with pytest.raises(lc.InputError, match="no model 9"):
        sustainable.paths(solution, 9)


def test_no_practice_speaks_of_what_was_not_seen(atlas):
    cases = lc.atlas_qca(atlas, "~green", ["law", "funding", "monitoring"])
    solution = lc.minimise(cases.truth_table(0.75, frequency_cut=2), "parsimonious")
    assert (cases.paths(solution)["outcome"] == 0).all()
    notes = " ".join(t.en for t in cases.configuration_table(solution).notes())
    assert "no practice stands behind what was not seen" in notes


def test_scores_of_practices_by_eye():
    rows = [
        Practice("p", "x", "s1", 3, frozenset({"law", "green"})),
        Practice("q", "x", "s1", 2, frozenset({"green"})),
        Practice("r", "y", "s2", 2, frozenset({"law"})),
    ]
    rule = lc.CodingPolicy().score
    found = scores_of(rows, ["x", "y"], ["law", "green"], rule)
    assert found.fillna(-1).to_dict("list") == {"law": [1.0, 0.67], "green": [1.0, -1]}
    found = scores_of(apart(rows, "green", ["law"], "outcome_keeps"), ["x", "y"], ["law", "green"], rule)
    assert found.fillna(-1).to_dict("list") == {"law": [-1, 0.67], "green": [1.0, -1]}
    found = scores_of(apart(rows, "green", ["law"], "conditions_keep"), ["x", "y"], ["law", "green"], rule)
    assert found.fillna(-1).to_dict("list") == {"law": [1.0, 0.67], "green": [0.67, -1]}
    both = shared_evidence(rows, "green", ["law"], ["x", "y"])
    assert (both.conditions, both.outcome, both.both, both.sources_both) == (2, 2, 1, 1)
    nothing = shared_evidence(rows, "green", ["law"], [])
    assert nothing.of_outcome != nothing.of_outcome


def test_coders_stay_apart(atlas, green):
    frames = green.by_coder()
    assert list(frames) == ["A", "B"]
    pd.testing.assert_frame_equal(frames["A"], green.data, check_names=False)
    other = lc.atlas_qca(atlas, "green", green.conditions, "B")
    pd.testing.assert_frame_equal(frames["B"], other.data.loc[green.data.index], check_names=False)
    assert (frames["A"] != frames["B"]).any(axis=None)


# --- words ----------------------------------------------------------------------------------------


def test_the_limits_are_said_in_both_languages(green):
    english, chinese = green.limits("en"), green.limits("zh")
    assert len(english) == len(chinese) >= 8
    for text in english:
        assert not has_han(text)
    for text in chinese:
        assert has_han(text)
    told = " ".join(english)
    for words in ("awarded cities only", "nothing sets the two against each other", "never 'no X'", "Nothing here is causal", "same practices", "coder A", "how cities came to the award"):  # fmt: skip
        assert words in told
    assert NOT_SEEN["visibility"].en in english
    with pytest.raises(lc.UnknownNameError):
        green.limits("de")


def test_effort_stands_beside_every_case(atlas, green):
    table = green.table().set_index("city_id")
    assert table.at["wuhan", "practices"] == atlas.effort().at["wuhan", "practices"]
    assert table.at["wuhan", "name_zh"] == "武汉"
    assert list(table.index) == [c for c in atlas.city_ids() if c in set(table.index)]


def test_the_table_of_paths_carries_names_links_shares_and_limits(sustainable):
    solution = lc.minimise(sustainable.truth_table(0.6), "intermediate", {"law": 1})
    table = sustainable.configuration_table(solution, site="https://example.org/")
    cases = table.cases().set_index("case")
    assert set(cases["address"]) == {f"https://example.org/{{language}}/cities/{c}" for c in cases.index}
    page = lc.render_configurations(table, "html", "zh", cases=True)[2].decode()
    assert 'href="https://example.org/zh/cities/cork"' in page
    assert "未见资料" in page
    notes = [t.en for t in table.notes()]
    assert set(sustainable.limits()) <= set(notes)
    assert sum("on disjoint evidence" in n for n in notes) == len(table.configurations)
    assert table.grid("en").outcomes[0][0] == "Sustainable (visible theme)"
    # The site's own pages, and the absence of the outcome.
    own = sustainable.configuration_table(solution).cases()
    assert own["address"].str.startswith("/{language}/cities/").all()


def test_every_decision_from_the_codes_on_is_logged(sustainable):
    solution = lc.minimise(sustainable.truth_table(0.6), "parsimonious")
    log = sustainable.decisions(solution)
    english = log.summary()
    for words in (
        "coder A",
        "stance done",
        "Changzhou (no award)",
        "Consistency cut-off 0.6",
        "Nothing here is causal",
    ):
        assert words in english
    assert all(has_han(t) for t in log.table()["text_zh"])
    assert len(log.table()["text_en"]) == len(set(log.table()["text_en"]))


def test_it_is_a_result_with_versions(atlas, green):
    told = json.loads(json.dumps(green.to_dict(), allow_nan=False))
    assert told["versions"]["data"] == lc.data_version(atlas)
    assert told["choices"]["not_seen"] == "visibility"
    assert len(told["table"]) == len(green.data)
    assert set(told["disjoint"]) == set(VARIANTS)


def test_a_variant_that_leaves_nothing_says_so(atlas):
    # With every mechanism a condition, each practice behind a theme speaks of one, too.
    cases = lc.atlas_qca(atlas, "prosperous", MECHANISMS)
    gone = {v.name: v for v in cases.disjoint if v.data is None}
    assert "conditions_keep" in gone
    assert "none of the 57 cases are in the outcome" in gone["conditions_keep"].reason.en
    assert any("On disjoint evidence" in text for text in cases.limits())
    solution = lc.minimise(cases.truth_table(0.8, frequency_cut=2), "parsimonious")
    assert cases.paths(solution)["conditions_keep_inclusion"].isna().all()
