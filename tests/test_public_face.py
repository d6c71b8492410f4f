"""The names that are called from outside stay as they are."""

import inspect

import pytest

import learningcity as lc

#: Name -> parameters that callers use; more may be added, none may go.
FACE = {
    "load_atlas": ("path", "base"),
    "load_standard": ("name",),
    "award_rules": ("round",),
    "check_eligibility": ("city", "round"),
    "crosswalk": (),
    "calibrate": ("x", "anchors", "kind"),
    "truth_table": ("data", "outcome", "conditions", "inclusion_cut", "pri_cut", "frequency_cut"),
    "minimise": ("table", "solution", "expectations", "covers"),
    "necessity": ("data", "outcome", "conditions"),
    "fit": ("expression", "data", "outcome", "relation"),
    "robustness": ("data", "outcome", "conditions"),
    "permutation_test": ("data", "outcome", "conditions"),
    "ceiling": ("data", "x", "y", "method", "corner", "scope", "permutations", "seed"),
    "bottleneck": ("data", "xs", "y", "method", "scale_x", "scale_y", "steps"),
    "associate": ("background", "characteristics"),
    "typology": ("table", "k"),
    "agreement": ("codes", "level"),
    "atlas_ceilings": ("atlas", "conditions", "themes", "coder", "policy"),
    "atlas_background": ("atlas", "indicators", "context", "characteristics", "coder", "policy"),
    "atlas_styles": ("atlas", "columns", "k", "coder", "policy"),
    "atlas_agreement": ("atlas", "policy"),
}
ATLAS_FRAMES = (
    "cities", "awards", "facts", "practices", "codes", "members", "memberships", "context", "sources", "indicators",
)  # fmt: skip
ATLAS_QUESTIONS = {
    "table": ("indicators", "policy"),
    "conflicts": (),
    "coverage": (),
    "trace": (),
    "agreement": (),
    "conditions": ("policy", "coder"),
    "search": ("text", "language"),
    "search_practices": ("text", "language"),
    "practice_matrix": ("rows", "columns", "policy", "coder", "practices"),
    "coding_influence": ("rows", "columns", "policy", "coder", "practices"),
}


def test_the_names_are_declared_once_and_sorted():
    assert lc.__all__ == sorted(set(lc.__all__))
    for name in lc.__all__:
        assert getattr(lc, name) is not None
    assert set(FACE) <= set(lc.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        lc.no_such_name  # noqa: B018


@pytest.mark.parametrize(("name", "parameters"), FACE.items())
def test_functions_take_the_arguments_shown(name, parameters):
    assert tuple(inspect.signature(getattr(lc, name)).parameters)[: len(parameters)] == parameters


def test_the_atlas_has_its_frames_and_questions():
    atlas = lc.load_atlas()
    for name in ATLAS_FRAMES:
        assert len(getattr(atlas, name)) > 0
    for name, parameters in ATLAS_QUESTIONS.items():
        given = tuple(inspect.signature(getattr(atlas, name)).parameters)
        assert given[: len(parameters)] == parameters


def test_results_offer_table_summary_and_dictionary():
    atlas = lc.load_atlas()
    results = [
        atlas.table(["population"]), atlas.trace("f0001"), atlas.agreement(draws=5), atlas.search("Cork"),
        atlas.condition_evidence("cork", "law"), lc.load_standard(), lc.award_rules(2024),
        lc.check_eligibility("taiyuan", 2024), lc.crosswalk(),
        atlas.practice_matrix(), atlas.coding_influence(),
    ]  # fmt: skip
    for result in results:
        assert len(result.table()) > 0
        assert result.summary("en")
        assert result.summary("zh")
        assert result.summary("zh") != result.summary("en")
        assert isinstance(result.to_dict(), dict)


def test_public_functions_say_what_they_take_and_give():
    checked = 0
    for name in lc.__all__:
        thing = getattr(lc, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert thing.__doc__, name
            assert len(thing.__doc__.strip()) > 20, name
            checked += 1
    assert checked > 15
