"""Gaps held against counts from the tables."""

import json
from itertools import combinations

import pytest

import learningcity as lc
from learningcity.plan.learn import EVIDENCE, FIT
from learningcity.plan.seen import chance_of_none


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


def changed(atlas, **frames):
    return type(atlas)({**atlas.frames, **{k.replace("_", "-"): v for k, v in frames.items()}}, atlas.own)


def test_mechanisms_and_themes_are_counted_as_the_condition_scores_see_them(atlas):
    found = lc.gaps(atlas, "taiyuan", draws=0)
    rows = found.profile.set_index("code")
    for coder in ("A", "B"):
        scores = atlas.conditions(coder=coder)
        awarded = [c for c in scores.index if c in atlas.first_award]
        for code in scores.columns:
            assert rows.at[code, f"awarded_{coder}"] == scores.loc[awarded, code].notna().sum()
            assert rows.at[code, f"peers_{coder}"] == scores.loc[list(found.peers.peers), code].notna().sum()
            assert (rows.at[code, f"here_{coder}"] > 0) == bool(scores.loc["taiyuan"].notna()[code])
    assert set(rows["awarded_of"]) == {57}
    assert set(rows["peers_of"]) == {5}


def test_areas_problems_and_groups_are_counted_by_brute_force(atlas):
    found = lc.gaps(atlas, "cork", draws=0)
    rows = found.profile.set_index(["kind", "code"])
    codes = atlas.codes[atlas.codes["coder"] == "A"].merge(
        atlas.practices[["practice_id", "city_id"]], on="practice_id"
    )
    codes = codes[
        (codes["stance"] == "done")
        & (codes["level"] == "own")
        & codes["subject"].isin(["learning", "education"])
    ]
    for kind, column in (("area", "areas"), ("problem", "problem"), ("group", "groups")):
        for code in rows.loc[kind].index:
            there = {
                r.city_id for r in codes.itertuples()
                if isinstance(getattr(r, column), str) and code in getattr(r, column).split(";")
            }  # fmt: skip
            awarded = {c for c in there if c in atlas.first_award and c != "cork"}
            assert rows.at[(kind, code), "awarded_A"] == len(awarded)
            assert rows.at[(kind, code), "peers_A"] == len(there & set(found.peers.peers))


@pytest.mark.parametrize(
    ("practices", "carrying", "read"), [(6, 2, 3), (5, 0, 2), (5, 5, 1), (4, 1, 0), (3, 1, 9)]
)
def test_the_chance_of_seeing_none_is_that_of_all_draws(practices, carrying, read):
    draws = list(combinations(range(practices), min(read, practices)))
    none = sum(all(one >= carrying for one in draw) for draw in draws)
    assert chance_of_none(practices, carrying, read) == pytest.approx(none / len(draws))


def test_a_gap_is_open_here_and_seen_in_a_peer(atlas):
    found = lc.gaps(atlas, "taiyuan", draws=0)
    rows = found.profile
    expected = rows["status"].isin(["not seen", "not counted", "not told"]) & (rows["peers_A"] > 0)
    assert (rows["gap"] == expected).all()
    assert expected.any()
    assert "funding" in set(found.gaps["code"])
    near = found.gaps["near_constant"].tolist()
    assert near == sorted(near)


def test_a_new_practice_closes_a_gap_and_taking_a_code_away_opens_one(atlas):
    codes = atlas.codes.copy()
    mine = codes["practice_id"].isin(
        atlas.practices.loc[atlas.practices["city_id"] == "taiyuan", "practice_id"]
    )
    first = codes.loc[mine, "practice_id"].iloc[0]
    codes.loc[codes["practice_id"] == first, ["mechanism", "stance", "level", "subject"]] = [
        "funding",
        "done",
        "own",
        "learning",
    ]
    closed = lc.gaps(changed(atlas, practice_codes=codes), "taiyuan", draws=0)
    assert closed.profile.set_index("code").at["funding", "status"] == "seen"
    codes.loc[codes["practice_id"] == first, "stance"] = "planned"
    planned = lc.gaps(changed(atlas, practice_codes=codes), "taiyuan", draws=0)
    assert planned.profile.set_index("code").at["funding", "status"] == "not counted"
    codes.loc[(codes["practice_id"] == first) & (codes["coder"] == "A"), "stance"] = "done"
    one = lc.gaps(changed(atlas, practice_codes=codes), "taiyuan", draws=0)
    assert one.profile.set_index("code").at["funding", "status"] == "one coder"


def test_practices_are_ranked_by_the_stated_means(atlas):
    found = lc.gaps(atlas, "taiyuan", draws=0)
    rows = found.practices
    assert len(rows)
    doubtful = rows["tier"] == "doubtful"
    assert doubtful.is_monotonic_increasing
    assert rows.loc[~doubtful, "score"].is_monotonic_decreasing
    for row in rows.head(25).to_dict("records"):
        means = []
        for weights in (FIT, EVIDENCE):
            parts = {k: row[f"part_{k}"] for k in weights if row[f"part_{k}"] == row[f"part_{k}"]}
            means.append(sum(weights[k] * v for k, v in parts.items()) / sum(weights[k] for k in parts))
        assert (row["fit"], row["evidence"]) == pytest.approx(means)
        assert row["score"] == pytest.approx((means[0] * means[1]) ** 0.5)
    codes = atlas.codes[atlas.codes["coder"] == "A"].set_index("practice_id")
    assert (codes.loc[rows["practice_id"], "stance"] == "done").all()
    assert not (rows["city_id"] == "taiyuan").any()


def test_what_a_practice_fills_was_not_seen_here(atlas):
    found = lc.gaps(atlas, "taiyuan", draws=0)
    status = found.profile.set_index(["kind", "code"])["status"]
    told = [tuple(one.split(":")) for cell in found.practices["fills"] for one in cell.split(";") if one]
    assert told
    assert all(status[pair] in ("not seen", "not counted") for pair in told)
    assert found.learn(8, per_city=1)["city_id"].is_unique


def test_an_own_city_says_what_it_has(atlas):
    mine = lc.own_city("Riverton", "CHN", population=480_000, has=("policy", "law"), problems=("ageing",))
    found = lc.gaps(atlas, mine, draws=20)
    status = found.profile.set_index("code")["status"]
    assert (status["law"], status["funding"], status["ageing"]) == ("told", "not told", "not asked")
    assert found.problems == ("ageing",)
    assert "not named by Riverton" in found.summary()
    assert "未提及" in found.summary("zh")
    answering = found.practices[found.practices["problem"] == "ageing"]
    assert len(answering)
    assert (answering["part_problem"] == 1).all()
    silent = lc.gaps(atlas, lc.own_city("Riverton", "CHN", population=480_000), draws=0)
    assert not silent.profile["gap"].any()
    assert len(silent.practices)
    json.dumps(found.to_dict(), allow_nan=False)


def test_nothing_coded_is_told(atlas):
    with pytest.raises(lc.InputError, match="no codes"):
        lc.gaps(changed(atlas, practice_codes=atlas.codes.iloc[:0]), "cork")
    with pytest.raises(lc.UnknownNameError):
        lc.gaps(atlas, "cork", coder="C")
    with pytest.raises(lc.UnknownNameError):
        lc.gaps(atlas, "cork", problems=["noise"])


def test_words_never_say_that_something_is_missing(atlas):
    for city in ("taiyuan", "cork", "al-wakra"):
        found = lc.gaps(atlas, city, draws=0)
        for language, forbidden in (("en", ("missing", "lacks ", "certified", "because of")), ("zh", ("缺失", "没有开展", "不存在的", "导致"))):  # fmt: skip
            text = found.summary(language) + " ".join(found.learn(30)[f"why_{language}"])
            assert not [word for word in forbidden if word in text]
