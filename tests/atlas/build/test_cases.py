"""References of the portraits lead to rows of the same city, and are the same in both languages."""

from __future__ import annotations

import pytest

from learningcity.atlas.build.cases import check_cases, reference_count
from learningcity.atlas.build.edited import Edited

HEAD = "---\ncity_id: {city}\ntitle_en: Cork\ntitle_zh: 科克\nreviewed: no\n---\n\n"
BODY = "## en\n\n### Start\n\n{en}\n\n## zh\n\n### 起点\n\n{zh}\n"


def problems(edited: Edited, en: str, zh: str, city: str = "cork") -> list[tuple[int | None, str]]:
    text = HEAD.format(city=city) + BODY.format(en=en, zh=zh)
    return [(f.row, f.value) for f in check_cases(edited.with_case("cork", text))]


def test_the_committed_portraits_hold(edited: Edited) -> None:
    assert len(edited.cases) == 12
    assert reference_count(edited) == 828
    assert check_cases(edited) == []


def test_a_good_portrait_passes(edited: Edited) -> None:
    told = "[[fact:f0403]], since [[year:cork-01]] [[practice:cork-01]]."
    assert problems(edited, told, "[[fact:f0403]]，自[[year:cork-01]]年起[[practice:cork-01]]。") == []


@pytest.mark.parametrize(
    "reference",
    [
        "[[fact:f9999]]",  # not there
        "[[practice:cork-99]]",
        "[[practice:wuhan-01]]",  # another city's
        "[[fact:f0001]]",
        "[[figure:f0403]]",  # no such kind
        "[[fact:f0403",  # not closed
    ],
)
def test_a_wrong_reference_is_named_with_its_line(edited: Edited, reference: str) -> None:
    found = problems(edited, f"So {reference}.", f"故{reference}。")
    assert {row for row, _ in found} == {12, 18}
    assert all(value and value in reference for _, value in found)


def test_a_year_needs_a_start_year(edited: Edited) -> None:
    practices = edited.tables["practices"]
    undated = practices[(practices["city_id"] == "cork") & (practices["start_year"] == "")]
    assert len(undated) > 0
    wrong = f"[[year:{undated['practice_id'].iloc[0]}]]"
    assert problems(edited, f"In {wrong}.", f"{wrong}年。") == [(12, wrong), (18, wrong)]


def test_both_languages_rest_on_the_same_rows(edited: Edited) -> None:
    found = problems(edited, "[[fact:f0403]] and [[fact:f0405]].", "[[fact:f0403]]。")
    assert found == [(None, "[[fact:f0405]]")]


def test_a_chinese_year_is_not_left_bare(edited: Edited) -> None:
    assert problems(edited, "[[year:cork-01]].", "[[year:cork-01]]起。") == [(18, "[[year:cork-01]]")]


def test_a_portrait_is_of_the_city_that_names_its_file(edited: Edited) -> None:
    assert problems(edited, "Words.", "文字。", city="wuhan") == [(2, "wuhan")]


def test_a_portrait_without_chinese_is_found(edited: Edited) -> None:
    text = HEAD.format(city="cork") + "## en\n\n### Start\n\nWords.\n"
    [finding] = check_cases(edited.with_case("cork", text))
    assert "## zh" in finding.problem.en


def test_a_word_to_avoid_is_found(edited: Edited) -> None:
    assert problems(edited, "Words.", "利益相关者。") == [(18, "利益相关者")]
