"""Chapter 7: it follows the data, in both languages, and says what it cannot say."""

import re
from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.report import Card, Phrase
from learningcity.report.document.document import phrases_in
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter

KEYS = (
    "lessons.comparable",
    "lessons.most-open",
    "lessons.chance",
    "lessons.bottlenecks-answered",
    "lessons.best-fit",
)


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


def changed(atlas, **frames):
    return type(atlas)({**atlas.frames, **{k.replace("_", "-"): v for k, v in frames.items()}}, atlas.own)


def chapter(atlas, target="CHN"):
    study = lc.Study(chapters=("lessons",), target=target, methods=replace(lc.Study().methods, draws=100))
    return build_chapter(Desk(study, atlas, ()), "lessons")


def walk(section):
    yield section
    for one in section.sections:
        yield from walk(one)


def blocks(section):
    return [block for one in walk(section) for block in one.blocks]


def findings(section):
    return {b.key: b for b in blocks(section) if hasattr(b, "claim")}


def texts(section, language):
    said = [p.in_(language) for block in blocks(section) for p in phrases_in(block) if isinstance(p, Phrase)]
    return " ".join([*(one.title.in_(language) for one in walk(section)), *said])


@pytest.fixture(scope="module")
def china(chapter_of):
    return chapter_of("lessons")


def test_it_has_its_findings_cards_and_limits(china):
    assert tuple(findings(china)) == KEYS
    cards = [b for b in blocks(china) if isinstance(b, Card)]
    assert len(cards) >= 8
    assert all(len(card.parts) == 7 for card in cards)
    assert china.sections[-1].key == "lessons.limits"
    keys = [one.key for one in walk(china)] + [b.key for b in blocks(china) if hasattr(b, "key")]
    assert len(keys) == len(set(keys))
    assert all(key.startswith("lessons") for key in keys)


def test_numbers_are_those_of_the_tables(atlas, china):
    found = findings(china)
    chinese = atlas.cities.loc[atlas.cities["country_iso3"] == "CHN", "city_id"].tolist()
    scores = atlas.conditions()
    abroad = [c for c in scores.index if c in atlas.first_award and c not in chinese]
    most = found["lessons.most-open"].values
    assert most["open"] == scores.loc[chinese, most["code"]].isna().sum()
    assert most["awarded"] == scores.loc[abroad, most["code"]].notna().sum()
    assert f"{most['open']} of {most['of']}" in found["lessons.most-open"].claim.in_("en")
    assert found["lessons.bottlenecks-answered"].values["named"] == len(atlas.frame("bottlenecks"))
    assert found["lessons.comparable"].values["cities"] == len(chinese)
    assert found["lessons.chance"].strength == "nothing"


def test_changed_codes_move_the_findings_in_both_languages(atlas, china):
    before = findings(china)["lessons.most-open"].values
    mine = atlas.practices.loc[
        atlas.practices["city_id"].isin(["suzhou", "ningbo", "nanjing", "taiyuan", "beijing", "wuhan"]),
        "practice_id",
    ]
    codes = atlas.codes.copy()
    codes.loc[codes["practice_id"].isin(mine), ["mechanism", "stance", "level", "subject"]] = [
        "funding",
        "done",
        "own",
        "learning",
    ]
    after = findings(chapter(changed(atlas, practice_codes=codes)))["lessons.most-open"]
    assert before["code"] == "funding"
    assert after.values["code"] != "funding" or after.values["open"] < before["open"]
    for language in ("en", "zh"):
        assert str(after.values["open"]) in after.claim.in_(language)


def test_what_is_hard_to_put_down_to_chance_is_called_weak(atlas):
    """One city whose many practices all speak of law alone: the rest cannot stay open by chance."""
    import pandas as pd

    row = atlas.practices.iloc[0].to_dict()
    code = atlas.codes[atlas.codes["coder"] == "A"].iloc[0].to_dict()
    code |= {"mechanism": "law", "mechanism_2": None, "themes": None, "areas": "10", "problem": "none", "groups": None,
             "stance": "done", "level": "own", "subject": "learning", "strength": 2}  # fmt: skip
    new = [{**row, "practice_id": f"ningbo-{n}", "city_id": "ningbo"} for n in range(100, 160)]
    coded = [{**code, "practice_id": one["practice_id"], "coder": c} for one in new for c in ("A", "B")]
    keep = atlas.practices["city_id"] != "ningbo"
    gone = atlas.practices.loc[~keep, "practice_id"]
    practices = pd.concat([atlas.practices[keep], pd.DataFrame(new)], ignore_index=True).astype(
        atlas.practices.dtypes
    )
    codes = pd.concat(
        [atlas.codes[~atlas.codes["practice_id"].isin(gone)], pd.DataFrame(coded)], ignore_index=True
    )
    data = changed(atlas, practices=practices, practice_codes=codes.astype(atlas.codes.dtypes))
    found = findings(chapter(data, "ningbo"))["lessons.chance"]
    assert found.strength == "weak"
    assert found.values["passed"] > 3
    assert "weak" in found.claim.in_("en")
    assert "证据较弱" in found.claim.in_("zh")


@pytest.mark.parametrize("target", ["IRL", "cork", "KOR"])
def test_other_targets_work(atlas, target):
    made = chapter(atlas, target)
    assert "lessons.comparable" in findings(made)
    assert "lessons.bottlenecks" not in [one.key for one in made.sections]
    assert "no statements of a national framework" in texts(made, "en")
    assert "China" not in made.title.en


def test_an_own_city_works(atlas, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(lc.own_city_template(), encoding="utf-8")
    made = chapter(atlas, str(file))
    assert made.title.en == "Lessons for Riverton (China)"
    assert "lessons.bottlenecks-answered" in findings(made)
    silent = chapter(atlas, lc.own_city("Silent", "CHN", population=480_000))
    assert "did not say what it has" in texts(silent, "en")


def test_lack_of_data_is_a_sentence(atlas):
    for data, target in (
        (changed(atlas, practice_codes=atlas.codes.iloc[:0]), "CHN"),
        (changed(atlas, awards=atlas.awards.iloc[:0]), "CHN"),
        (atlas, "NOR"),
        (changed(atlas, cities=atlas.cities[atlas.cities["city_id"].isin(["cork", "limerick"])]), "CHN"),
    ):
        made = chapter(data, target)
        assert "no lessons can be drawn" in texts(made, "en")
        assert "无法得出借鉴" in texts(made, "zh")
    bare = changed(
        atlas,
        country_context=atlas.context.iloc[:0],
        members=atlas.members.iloc[:0],
        national_framework=atlas.national_framework.iloc[:0],
    )
    assert "lessons.comparable" in findings(chapter(bare))


def test_the_lines_beside_a_finding_give_its_numbers(atlas, given):
    """Of a city; those of a country are held with the lines of all chapters."""
    for one in findings(chapter(atlas, "cork")).values():
        found = given(one.how.code)
        assert found.keys() == one.values.keys()
        for name, value in found.items():
            assert value == pytest.approx(one.values[name]), (one.key, name)


def test_forbidden_words_are_not_ours(china):
    forbidden = {
        "en": r"certified cit|because of|leads to|\bdrives\b|does not exist|\bmissing\b|\bcauses?\b",
        "zh": "认证城市|导致|促使|不存在的|缺失",
    }
    for language, words in forbidden.items():
        ours = re.sub("[“《][^”》]*[”》]", "", texts(china, language))
        assert not re.findall(words, ours)


def test_it_is_rendered_and_lists_its_sources(atlas):
    made = lc.run_study(lc.Study(chapters=("lessons",), target="cork", languages=("en",)), atlas=atlas)
    assert made.document.cited()
    assert made.table()["key"].tolist()[0] == "lessons.comparable"
