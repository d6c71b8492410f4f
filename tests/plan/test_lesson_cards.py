"""Lessons: bottlenecks joined by brute force, cards that say only what the data say."""

import json
import re

import pytest

import learningcity as lc
from learningcity.plan import PARTS
from learningcity.plan.bodies import body_named
from learningcity.plan.bottlenecks import bottlenecks_of


@pytest.fixture(scope="module")
def atlas():
    return lc.load_atlas()


@pytest.fixture(scope="module")
def china(atlas):
    return lc.lessons(atlas, "CHN", draws=0)


def changed(atlas, **frames):
    return type(atlas)({**atlas.frames, **{k.replace("_", "-"): v for k, v in frames.items()}}, atlas.own)


def listed(cell):
    return cell.split(";") if isinstance(cell, str) and cell else []


def test_practices_answer_a_bottleneck_by_one_code_of_every_list(atlas, china):
    codes = atlas.codes[atlas.codes["coder"] == "A"].merge(
        atlas.practices, on="practice_id", suffixes=("", "_filed")
    )
    done = codes[
        (codes["stance"] == "done")
        & (codes["level"] == "own")
        & codes["subject"].isin(["learning", "education"])
    ]
    done = done[done["city_id"].isin(atlas.first_award)]
    assert len(china.bottlenecks) == len(atlas.frame("bottlenecks")) > 10
    for row in atlas.frame("bottlenecks").to_dict("records"):
        expected = set()
        for p in done.to_dict("records"):
            text = " ".join(str(p[c]) for c in ("title_en", "title_zh", "summary_en", "summary_zh")).lower()
            fits = [
                not listed(row["mechanisms"])
                or {p["mechanism"], p["mechanism_2"]} & set(listed(row["mechanisms"])),
                not listed(row["problems"]) or p["problem"] in listed(row["problems"]),
                not listed(row["areas"]) or set(listed(p["areas"])) & set(listed(row["areas"])),
                not listed(row["groups"]) or set(listed(p["groups"])) & set(listed(row["groups"])),
                not listed(row["words"]) or any(w.lower() in text for w in listed(row["words"])),
            ]
            if all(fits):
                expected.add(p["practice_id"])
        mine = china.answers[china.answers["bottleneck_id"] == row["bottleneck_id"]]
        assert set(mine["practice_id"]) == expected, row["bottleneck_id"]
        assert expected, f"nothing answers {row['bottleneck_id']}"
        told = china.bottlenecks.set_index("bottleneck_id").loc[row["bottleneck_id"]]
        assert told["practices"] == len(expected)
        assert told["cities"] == len({p.rsplit("-", 1)[0] for p in expected})


def test_every_card_has_every_part_in_both_languages_with_the_same_slots(china):
    assert len(china.cards) >= 8
    assert {card.kind for card in china.cards} == {"bottleneck", "gap"}
    number = re.compile(r"\d+")
    for card in china.cards:
        assert list(card.parts) == list(PARTS)
        assert card.practices
        for sentences in card.parts.values():
            for one in sentences:
                assert one.in_("en")
                assert one.in_("zh")
                slots = [set(re.findall(r"\{(\w+)\}", one.template.in_(lang))) for lang in ("en", "zh")]
                assert slots[0] == slots[1] <= set(one.slots)
                assert not number.search(re.sub(r"\{[^}]*\}", "", one.template.en).replace("of 3", ""))


def test_no_body_or_instrument_is_invented(atlas, china):
    rows = atlas.frame("bottlenecks").set_index("bottleneck_id")
    summaries = atlas.practices.set_index("practice_id")
    quoted = 0
    for card in china.cards:
        for one in card.parts["body"]:
            text = one.in_("en")
            if text.startswith("Named by the framework"):
                body = rows.at[card.key.removeprefix("bottleneck-"), "body_en"]
                assert text == f"Named by the framework: {body}."
            elif text != "Not seen in the texts read.":
                quote = re.search("“(.*)”", text)[1]
                assert any(quote in summaries.at[p, "summary_en"] for p in card.practices)
                quoted += 1
        for one in card.parts["instrument"]:
            for piece in one.pieces("zh"):
                if piece.kind == "practice":
                    assert piece.text == summaries.at[piece.to, "title_zh"]
    assert quoted


def test_what_the_table_of_bottlenecks_says_is_in_the_statement(atlas):
    statements = atlas.national_framework.set_index("item_id")
    for row in atlas.frame("bottlenecks").to_dict("records"):
        text = statements.at[row["item_id"], "text_zh"]
        for column in ("remedy_zh", "instrument_zh"):
            for part in re.split("[，、（）《》]", row[column] if isinstance(row[column], str) else ""):
                # Each part of a remedy or instrument is told by the statement, in its own characters.
                assert len(set(part) - set(text)) <= max(2, len(part) // 3), (row["bottleneck_id"], part)


def test_counts_on_the_cards_are_those_of_the_condition_scores(atlas, china):
    scores = atlas.conditions()
    abroad = [c for c in scores.index if c in atlas.first_award and c not in china.cities]
    checked = 0
    for card in china.cards:
        if card.kind == "gap" and not card.key.startswith("gap-problem"):
            code = card.key.split("-", 2)[2]
            assert card.values["awarded"] == scores.loc[abroad, code].notna().sum()
            assert card.values["awarded_of"] == len(abroad)
            assert str(card.values["awarded"]) in card.parts["finding"][0].in_("en")
            checked += 1
    assert checked


def test_a_country_takes_all_of_its_cities_and_a_city_itself(atlas, china):
    chinese = set(atlas.cities.loc[atlas.cities["country_iso3"] == "CHN", "city_id"])
    assert set(china.cities) == chinese
    one = lc.lessons(atlas, "ningbo", draws=0)
    assert one.cities == ("ningbo",)
    assert len(one.bottlenecks) == len(china.bottlenecks)
    irish = lc.lessons(atlas, "IRL", draws=0)
    assert irish.bottlenecks.empty
    assert {card.kind for card in irish.cards} == {"gap"}
    assert "no statements of a national framework" in irish.summary()


def test_an_own_city_gets_lessons(atlas):
    mine = lc.own_city("Riverton", "CHN", population=480_000, area=300, has=["policy"], problems=["ageing"])
    found = lc.lessons(atlas, mine, draws=0)
    assert found.kind == "own"
    assert {card.kind for card in found.cards} == {"bottleneck", "gap"}
    gap = next(card for card in found.cards if card.kind == "gap")
    assert "not named by Riverton (China)" in gap.parts["finding"][0].in_("en")
    json.dumps(found.to_dict(), allow_nan=False)
    assert len(found.table()) == len(found.cards)


def test_it_follows_the_data(atlas):
    framework = atlas.national_framework
    other = framework.assign(country_iso3=framework["country_iso3"].replace("CHN", "IRL"))
    assert bottlenecks_of(changed(atlas, national_framework=other), "CHN") == []
    assert {c.kind for c in lc.lessons(changed(atlas, national_framework=other), "cork", draws=0).cards} == {
        "bottleneck",
        "gap",
    }
    codes = atlas.codes.copy()
    codes["stance"] = codes["stance"].where(codes["mechanism"] != "law", "planned")
    without = lc.lessons(changed(atlas, practice_codes=codes), "CHN", draws=0)
    assert without.bottlenecks.set_index("bottleneck_id").at["chn-b14", "practices"] < 7
    assert "bottleneck-chn-b14" not in [c.key for c in without.cards if not c.practices]


def test_unknown_targets_are_told(atlas):
    with pytest.raises(lc.UnknownNameError):
        lc.lessons(atlas, "Atlantis")
    with pytest.raises(lc.InputError, match="no city of Norway"):
        lc.lessons(atlas, "NOR")


def test_a_body_is_quoted_only_where_it_acts():
    row = {
        "summary_en": "They sew bags from the council's old banners.",
        "summary_zh": "用市议会的旧横幅缝制。",
    }
    assert body_named(row) is None
    row = {
        "summary_en": "Begun in 2011. The education bureau leads it.",
        "summary_zh": "始于2011年。由教育局牵头。",
    }
    assert body_named(row).zh == "由教育局牵头。"
    assert body_named({"summary_en": "A bureau leads it.", "summary_zh": None}) is None


def test_no_forbidden_word_stands_on_a_card(china):
    for language, words in (
        ("en", ("certified city", "because of", "leads to", "drives", "missing", "does not exist")),
        ("zh", ("认证城市", "导致", "促使", "缺失")),
    ):
        ours = [
            re.sub("“[^”]*”", "", one.template.in_(language))
            for card in china.cards for part in card.parts.values() for one in part
        ]  # fmt: skip
        assert not [(word, text) for text in ours for word in words if word in text]
