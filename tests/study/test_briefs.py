"""The brief: what it takes from the study, and that nothing sure or not borne out is lost."""

from dataclasses import replace

import pytest

import learningcity as lc
from learningcity.report import Card, Figure, Finding, Paragraph, Section, Table, phrases_in, say
from learningcity.study import Methods
from learningcity.study.brief_lessons import LESSONS, chosen_cards, seen_on, statement_of
from learningcity.study.briefs import FINDINGS, FRAMING, chapters_of

LANGUAGES = ("en", "zh")
#: Enough for every part of the question, and quick.
FEW = lc.Study(
    chapters=("award", "features", "background", "lessons"), languages=("en", "zh"), target="cork",
    methods=Methods(permutations=99, draws=100),
)  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return lc.run_study(FEW)


def changed(result, **wanted):
    """The same study with findings as sure as is said, by key."""

    def inside(section):
        blocks = tuple(
            replace(b, strength=wanted.get(b.key, b.strength)) if isinstance(b, Finding) else b
            for b in section.blocks
        )
        return replace(section, blocks=blocks, sections=tuple(map(inside, section.sections)))

    return replace(
        result, document=replace(result.document, sections=tuple(map(inside, result.document.sections)))
    )


def by_kind(document, kind):
    return [b for b in document.blocks() if isinstance(b, kind)]


def said(document, language):
    return " ".join(p.in_(language) for p in document.phrases())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_and_from_the_study(run, language):
    made = lc.brief(run, language)
    assert made.layout == "brief"
    assert made.language == language
    assert len(made.findings) == FINDINGS
    assert len(by_kind(made, Card)) == LESSONS
    assert len(by_kind(made, Figure)) == len(by_kind(made, Table)) == 1
    assert [p.role for p in by_kind(made, Paragraph)].count("limit") == 1
    study = {f.key: f for f in run.document.findings}
    for one in made.findings:
        whole = study[one.key]
        assert (one.claim, one.strength, one.coverage, one.values) == (
            whole.claim,
            whole.strength,
            whole.coverage,
            whole.values,
        )
        assert one.uncertainty.in_(language).startswith(whole.uncertainty.in_(language))
    (table,), (figure,) = made.tables, made.figures
    whole = next(t for t in run.document.tables if t.key == table.key)
    assert table.rows == whole.rows[: len(table.rows)]
    assert figure in run.document.figures


def test_what_is_open_is_not_told_without_the_test_of_it(run):
    made = lc.brief(run)
    open_ = next(f for f in made.findings if f.key == "lessons.most-open")
    chance = next(f for f in run.document.findings if f.key == "lessons.chance")
    assert chance.strength == "nothing"
    assert chance.claim.in_("zh") in open_.uncertainty.in_("zh")


def test_what_is_not_borne_out_has_its_place(run):
    strengths = {f.strength for f in lc.brief(run).findings}
    assert "nothing" in strengths


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_findings_are_counted_by_how_sure_they_are(run, language):
    text = said(lc.brief(run, language), language)
    n = len(run.document.findings)
    count = {
        k: sum(f.strength == k for f in run.document.findings)
        for k in ("strong", "weak", "nothing", "described")
    }
    tally = (
        f"Of all {n} findings of the study {count['strong']} held in every check, {count['weak']} are weak, "
        f"{count['nothing']} were not borne out, {count['described']} describe"
        if language == "en"
        else f"研究共有{n}项发现：通过全部检验{count['strong']}项，证据较弱{count['weak']}项，未获支持{count['nothing']}项，描述{count['described']}项"
    )
    assert tally in text


def test_a_finding_that_held_comes_before_all_others_and_none_is_lost(run):
    one = changed(run, **{"award.members": "strong"})
    keys = [f.key for f in lc.brief(one).findings]
    assert "award.members" in keys
    all_strong = changed(run, **{f.key: "strong" for f in run.document.findings})
    made = lc.brief(all_strong)
    assert {f.strength for f in made.findings} == {"strong"}
    more = len(run.document.findings) - FINDINGS
    assert f"{more} more that held have no room" in said(made, "en")
    assert f"另有{more}项通过全部检验" in said(made, "zh")


@pytest.mark.parametrize(
    "key", ["award.members", "background.pairs", "features.themes-seen", "lessons.chance"]
)
def test_a_weak_finding_comes_before_counts_and_what_was_not_borne_out(run, key):
    made = lc.brief(changed(run, **{key: "weak"}))
    assert key in [f.key for f in made.findings]


def test_framing_chapters_answer_nothing():
    result = lc.run_study(replace(FEW, chapters=("introduction", "award"), languages=("en",)))
    made = lc.brief(result)
    of = {f.key: chapter for chapter, f in chapters_of(result.document)}
    assert made.findings
    assert all(of[f.key] not in FRAMING for f in made.findings)


def test_lessons_answer_different_statements_and_one_is_of_what_was_seen_elsewhere(run):
    cards = chosen_cards(run.document)
    stated = [statement_of(c) for c in cards if c.key.startswith("lessons.card-bottleneck")]
    assert len(set(stated)) == len(stated)
    assert any(c.key.startswith("lessons.card-gap-") for c in cards)
    assert all(c in list(run.document.blocks()) for c in cards)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_name_practices_of_their_cards_with_sources(run, language):
    made = lc.brief(run, language)
    whole = {c.key: c for c in run.document.blocks() if isinstance(c, Card)}
    for card in by_kind(made, Card):
        source = whole[card.key.removeprefix("brief.")]
        seen = {s.practice.text: s for s in seen_on(source)}
        assert len(seen) > 0
        ((_, told),) = card.parts
        named = [
            v for v in told.slots.values() if getattr(getattr(v, "link", None), "kind", "") == "practice"
        ]
        assert named
        for one in named:
            assert one.text in seen
            assert seen[one.text].city.in_(language) in told.in_(language)
            assert set(seen[one.text].sources.ids) <= set(told.sources)
        assert set(told.sources) <= set(made.sources)


@pytest.mark.parametrize("chapters", [("award",), ("lessons",), ("concepts",), ("methods",)])
def test_a_study_of_one_chapter_has_a_brief_that_says_what_is_not_there(chapters):
    result = lc.run_study(replace(FEW, chapters=chapters, languages=("zh",)))
    made = lc.brief(result)
    text = said(made, "zh")
    assert "局限" in {s.title.zh for s, _ in made.walk()}
    assert len(made.findings) == min(FINDINGS, sum(c not in FRAMING for c, _ in chapters_of(result.document)))
    assert ("未运行“借鉴与启示”一章" in text) == (chapters != ("lessons",))


def test_without_findings_it_says_so():
    result = lc.run_study(replace(FEW, chapters=("award",), languages=("en",)))
    bare = replace(
        result.document, sections=(Section("award", lc.Text("A", "甲"), (Paragraph(say("x", "x")),)),)
    )
    made = lc.brief(replace(result, document=bare))
    assert "no findings" in said(made, "en")


def test_it_is_made_of_a_run_that_was_read_back(run, tmp_path):
    lc.write_study_result(run, tmp_path)
    again = lc.brief(lc.read_study_result(tmp_path), "zh")
    assert said(again, "zh") == said(lc.brief(run, "zh"), "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_claimed_as_a_cause(run, language):
    text = " ".join(
        p.in_(language) for s in lc.brief(run, language).sections for b in s.blocks for p in phrases_in(b)
    ).lower()
    for word in (
        ("because of", "leads to", "drives", "certified")
        if language == "en"
        else ("导致", "促进了", "认证城市", "没有开展")
    ):
        assert word not in text


def test_what_is_no_study_and_other_languages_are_refused(run):
    with pytest.raises(lc.InputError):
        lc.brief("cities.toml")
    with pytest.raises(lc.UnknownNameError):
        lc.brief(run, "fr")
    english = lc.run_study(replace(FEW, chapters=("award",), languages=("en",)))
    with pytest.raises(lc.UnknownNameError):
        lc.brief(english, "zh")
