"""What is said of the shipped data is not said of other data, and ties and empty results are said as such."""

from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.report import Phrase
from learningcity.report.document.document import phrases_in
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter, of_cases
from learningcity.study.spec import Methods

METHODS = Methods(permutations=99, draws=100)


def walk(section):
    yield from section.blocks
    for one in section.sections:
        yield from walk(one)


def built(name, atlas=None, **choices):
    """A chapter of other data or other choices, alone."""
    study = lc.Study(chapters=(name,), methods=METHODS, **choices)
    return list(walk(build_chapter(Desk(study, atlas or lc.load_atlas(), ()), name)))


@pytest.fixture
def ours(chapter_of):
    """Gives all blocks of a chapter of the study of the shipped data."""
    return lambda name: list(walk(chapter_of(name)))


def said(blocks, language):
    return " ".join(p.in_(language) for b in blocks for p in phrases_in(b) if isinstance(p, Phrase))


def finding(blocks, key):
    return next(b for b in blocks if getattr(b, "key", "") == key)


@pytest.fixture(scope="module")
def others():
    """The shipped rows as if they were somebody's own."""
    atlas = lc.load_atlas()
    keys = frozenset((str(p),) for p in atlas.practices["practice_id"])
    return type(atlas)(dict(atlas.frames), {"practices": keys})


@pytest.mark.parametrize("name", ["background", "features", "experience", "methods"])
def test_how_pages_were_read_is_said_of_shipped_data_alone(name, others, desk, ours):
    assert desk.shipped
    for language, words in (
        ("en", ("machine-assisted", "by their openings")),
        ("zh", ("机器辅助", "开头部分")),
    ):
        theirs = said(built(name, others), language)
        assert not [one for one in words if one in theirs]
    if name == "methods":
        assert "machine-assisted" in said(ours(name), "en")


def test_regions_that_are_even_are_all_named(ours):
    atlas = lc.load_atlas()
    region = atlas.cities.set_index("city_id")["unesco_region"]
    counts = region.reindex(list(atlas.first_award)).value_counts()
    one = finding(ours("award"), "award.regions").claim.in_("en")
    most = counts.index[counts == counts.max()]
    from learningcity.standards import label

    for code, n in counts.items():
        assert (label("unesco_region", code, "en") in one) == (code in most), n
    assert ("each" in one.split(".")[0]) == (len(most) > 1)


def test_law_in_two_chapters_is_explained(ours):
    scored = finding(ours("styles"), "styles.near-constant").values["law"]
    read = finding(ours("experience"), "experience.spread").values["law cities"]
    assert scored < read
    assert f"law is seen in {read} cities, as the chapter on experience has it" in said(ours("styles"), "en")


def test_cities_that_are_alike_have_no_order():
    cities = ("cork", "wuhan", "beijing", "espoo", "suwon")
    blocks = built("features", of_cases(lc.load_atlas(), cities), cases=cities)
    one = finding(blocks, "features.safe-orders")
    assert one.values["safe"] == 0
    assert "none keeps its order" in one.claim.in_("en")
    assert "过于相近" in one.claim.in_("zh")


def test_a_sentence_on_scores_follows_the_rule(ours):
    rule = ((1.0, 1, 2), (0.5, 1, 1))
    codes = replace(lc.CodingPolicy(), rule=rule)
    assert "A score of 1 stands for" not in said(built("features", codes=codes), "en")
    assert "A score of 1 stands for" in said(ours("features"), "en")


@pytest.mark.parametrize(
    ("target", "there"), [("CHN", True), ("wuhan", True), ("IRL", False), ("cork", False)]
)
def test_the_task_of_china_is_told_to_china(target, there):
    blocks = built("introduction", target=target)
    assert ("In China the task has a date" in said(blocks, "en")) is there
    assert ("在中国，这一任务" in said(blocks, "zh")) is there


def test_combinations_that_reach_no_cut_fill_no_rows(ours):
    table = finding(ours("styles"), "styles.path-table")
    assert table.rows
    assert all(row[2] is not None for row in table.rows)


def test_cities_that_were_awarded_are_on_a_map(ours):
    picture = finding(ours("award"), "award.map").picture("zh")
    assert len(picture.rows) == len(lc.load_atlas().first_award)
    assert "示意图" in picture.caption


def test_that_no_portrait_was_reviewed_is_said_once(ours):
    from learningcity.atlas import NOT_REVIEWED

    told = [b for b in ours("experience") if NOT_REVIEWED.en in said([b], "en")]
    assert len(told) == 1
