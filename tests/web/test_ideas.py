"""The time line and the literature against a brute force on the frames."""

import itertools
import re
from urllib.parse import urlencode

import pandas as pd
import pytest
from tests.web.conftest import LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.ideas.page import concepts, when
from learningcity.web.screens.ideas.people import BODIES, NOTES, authors
from learningcity.web.screens.ideas.query import BANDS, UNDATED, band_of


@pytest.fixture(scope="module")
def frames():
    tables = lc.standard_tables()
    return tables["concepts"].set_index("concept_id"), tables["literature"].set_index("work_id")


def shown(get, query, kind, language="en"):
    """The concepts, or the works on all pages of the list, in order."""
    asked = f"{query}{'&' if query else '?'}page=all"
    return re.findall(rf'id="{kind}-([\w-]+)"', get(f"/{language}/ideas{asked}"))


def section(text, name):
    return text.split(f'id="{name}" aria-labelledby')[1].split('<section class="plate')[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_once_in_its_own_words(get, frames, language):
    text = get(f"/{language}/ideas?page=all")
    for kind, frame, columns in (
        ("concept", frames[0], ("name", "definition")),
        ("work", frames[1], ("finding",)),
    ):
        found = re.findall(rf'id="{kind}-([\w-]+)"', text)
        assert sorted(found) == sorted(frame.index)
        visible = " ".join(t for t, _ in Page(text).texts)
        for column in columns:
            for said in frame[f"{column}_{language}"]:
                assert said in visible
    assert (len(frames[0]), len(frames[1])) == (87, 136)


def test_years_stand_in_order_under_their_decades_and_undated_ones_apart(get, frames):
    table, _ = frames
    text = get("/en/ideas")
    line = section(text, "line")
    order = re.findall(r'id="concept-([\w-]+)"', line)
    dated = table.loc[table["year"].notna(), "year"]
    assert set(order) == set(dated.index)
    starts = [int(dated[c][:4]) for c in order]
    assert starts == sorted(starts)
    checked = 0
    for part in line.split('id="decade-')[1:]:
        decade = int(part[:4])
        assert f">{decade}s <" in part
        for concept in re.findall(r'id="concept-([\w-]+)"', part):
            assert int(dated[concept][:4]) // 10 * 10 == decade
            checked += 1
    assert checked == len(dated) == 58
    apart = re.findall(r'id="concept-([\w-]+)"', section(text, "undated"))
    assert set(apart) == set(table.index[table["year"].isna()])


def test_the_column_of_years_says_what_the_table_says(get, frames):
    table, _ = frames
    checked = 0
    for part in section(get("/en/ideas"), "line").split('<p class="year">')[1:]:
        year = part.split("</p>")[0]
        for concept in re.findall(r'id="concept-([\w-]+)"', part):
            assert when(table.loc[concept, "year"], "en") == year
            checked += 1
    assert checked == 58


def test_a_decade_as_a_whole_stands_before_its_years():
    ids = [c["id"] for c in concepts("en")]
    assert ids.index("recurrent-education") < ids.index("introduction-lifelong-education")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_concept_leads_to_its_areas_and_sources(get, frames, language):
    table, _ = frames
    text = get(f"/{language}/ideas?page=all")
    assert ("our mapping, not UNESCO's" if language == "en" else "非教科文组织所定") in text.replace(
        "&#x27;", "'"
    )
    checked = 0
    for part in text.split('id="concept-')[1:]:
        concept, body = part.split('"', 1)
        body = body.split("</article>")[0]
        areas = re.findall(rf'href="/{language}/standard#area-(\d+)"', body)
        assert areas == table.loc[concept, "areas"].split(";")
        sources = re.findall(rf'href="/{language}/sources/([\w-]+)"', body)
        assert set(sources) == set(content.ids(table.loc[concept, "source_ids"]))
        checked += len(areas)
    assert checked == sum(len(a.split(";")) for a in table["areas"])


def test_anchors_of_areas_are_on_the_standard(get, frames):
    there = set(Page(get("/en/standard")).ids)
    areas = {a for cell in frames[0]["areas"] for a in cell.split(";")}
    assert {f"area-{a}" for a in areas} <= there
    assert len(areas) == 12


def test_theory_and_area(get, frames):
    table, _ = frames
    for theory in table["theory"].unique():
        wanted = set(table.index[table["theory"] == theory])
        assert set(shown(get, f"?theory={theory.replace(' ', '+')}", "concept")) == wanted != set()
    counts = {}
    for area in map(str, range(1, 13)):
        wanted = {c for c, cell in table["areas"].items() if area in cell.split(";")}
        assert set(shown(get, f"?area={area}", "concept")) == wanted
        counts[area] = len(wanted)
    said = re.findall(
        r'href="/en/ideas\?area=(\d+)#line">(\d+) concepts? (?:and|or) works?<', get("/en/ideas")
    )
    assert dict(said) == {area: str(n) for area, n in counts.items()}
    both = set(shown(get, "?theory=learning+society&area=10", "concept"))
    assert (
        both
        == {
            c
            for c, row in table.iterrows()
            if row["theory"] == "learning society" and "10" in row["areas"].split(";")
        }
        != set()
    )


def test_theme_language_and_years(get, frames):
    _, table = frames
    for theme in table["theme"].unique():
        query = "?" + urlencode({"theme": theme})
        assert set(shown(get, query, "work")) == set(table.index[table["theme"] == theme]) != set()
    for language in ("en", "zh"):
        wanted = set(table.index[table["language"] == language])
        assert set(shown(get, f"?language={language}", "work")) == wanted != set()
    seen = []
    for band in (*BANDS, UNDATED):
        found = shown(get, f"?years={band}", "work")
        if band == UNDATED:
            wanted = set(table.index[table["year"].isna()])
        else:
            first, last = BANDS[band]
            wanted = set(table.index[table["year"].notna() & table["year"].between(first, last)])
        assert set(found) == wanted != set()
        seen += found
    assert sorted(seen) == sorted(table.index), "the bands are complete and apart"


@pytest.mark.parametrize("words", ["glasgow", "学分银行", "Facer infrastructure", "PASCAL", "educacao"])
def test_words(get, frames, words):
    _, table = frames
    wanted = set()
    for work, row in table.iterrows():
        cells = [row[c] for c in ("title", "authors", "outlet", "finding_en", "finding_zh")]
        held = content.sort_key(" ".join(c for c in cells if isinstance(c, str)), "en")
        if all(content.sort_key(w, "en") in held for w in words.split()):
            wanted.add(work)
    assert set(shown(get, "?" + urlencode({"q": words}), "work")) == wanted != set()


def test_works_stand_newest_first_and_undated_last(get, frames):
    years = [frames[1].loc[w, "year"] for w in shown(get, "", "work")]
    plain = [0 if pd.isna(y) else int(y) for y in years]
    assert plain == sorted(plain, reverse=True)


def test_the_two_lists_keep_each_others_choices(get, frames):
    query = "?area=4&theory=learning+society&language=zh&q=学习"
    text = get(f"/en/ideas{query}")
    page = Page(text)
    hidden = [(f["name"], f["value"]) for f in page.of("input") if f.get("type") == "hidden"]
    assert hidden == [
        ("language", "zh"),
        ("q", "学习"),
        ("theory", "learning society"),
        ("area", "4"),
    ]
    assert set(shown(get, query, "concept")) == set(shown(get, "?area=4&theory=learning+society", "concept"))
    assert set(shown(get, query, "work")) == set(shown(get, "?language=zh&q=学习", "work"))
    (switch,) = {a["href"] for a in page.of("a") if a.get("hreflang") == "zh-Hans"}
    assert switch.startswith("/zh/ideas?area=4&theory=learning+society&language=zh&q=")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_says_so_and_offers_less(get, language):
    text = get(f"/{language}/ideas?theme=law&language=en&years=to-2009")
    assert 'id="work-' not in text
    assert f'href="/{language}/ideas?theme=law&amp;language=en#literature"' in text
    none = get(f"/{language}/ideas?theory=sustainable+development&area=9&page=all")
    assert 'id="concept-' not in none
    assert f'href="/{language}/ideas?area=9#line"' in none
    assert none.count('id="work-') == 136


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("theory=learning+cities", "learning city"),
        ("theme=laws", "law"),
        ("language=fr", "zh"),
        ("years=2015-2018", "2015-2019"),
        ("area=13", "12"),
    ],
)
def test_a_broken_query_is_answered_with_near_names(get, query, near):
    for language in LANGUAGES:
        text = get(f"/{language}/ideas?{query}", status=400)
        assert near in text
        assert f'href="/{language}/ideas"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_stay_as_printed_and_say_their_language(get, frames, language):
    _, table = frames
    page = Page(get(f"/{language}/ideas?page=all"))
    checked = marked = 0
    texts = {}
    for text, around in page.texts:
        texts.setdefault(text, around)
    for _work, row in table.iterrows():
        title = row["title"].removesuffix(" (title as shown in translation)")
        if title.startswith(("[title not shown", "[题名未见")):
            assert title not in texts
            continue
        assert title in texts
        foreign = content.language_of(title) != ("zh-Hans" if language == "zh" else "")
        langs = [
            a.get("lang") for tag, a in texts[title] if tag == "span" and "original" in a.get("class", "")
        ]
        assert bool(langs) == foreign, title
        marked += foreign
        checked += 1
    assert checked > 80
    assert marked > 20
    unseen = sum(t.startswith(("[title not shown", "[题名未见")) for t in table["title"])
    said = "title not seen" if language == "en" else "题名未见"
    assert sum(t.startswith(said) for t, _ in page.texts) >= unseen > 30


def test_authors_are_split_and_bodies_named_in_both_languages(frames):
    concepts_table, table = frames
    everybody = [a for a in [*concepts_table["author"], *table["authors"]] if isinstance(a, str)]
    for text in everybody:
        for name in authors(text, "zh"):
            assert not re.search(r"\band\b|\bet al|[;()]", name["name"]), (text, name["name"])
            assert name["note"] == "" or content.language_of(name["note"]) == "zh-Hans", text
            assert not re.search(r"Congress|Committee|Institute|commission|United", name["name"]), text
    assert [a["name"] for a in authors("Faure et al.", "zh")] == ["Faure"]
    assert authors("Faure et al.", "zh")[0]["others"]
    assert authors(None, "en") == []
    assert all(t.zh != t.en for t in (*BODIES.values(), *NOTES.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_and_sources_lead_here(get, frames, language):
    links = Page(get(f"/{language}/search?q=Learning+to+Be")).links
    assert f"/{language}/ideas#concept-learning-to-be" in links
    works = [x for x in Page(get(f"/{language}/search?q=微证书")).links if "#work-" in x]
    assert works
    ideas = [x for x in links if "/ideas" in x and "#" in x]
    for link in (*works, *ideas[:2], *ideas[2::4]):
        assert link.split("#")[1] in set(Page(get(link.split("#")[0])).ids)
    assert f"/{language}/ideas#concept-learning-to-be-report" in Page(get(f"/{language}/sources/s0985")).links


def test_bands_have_no_gap():
    edges = list(BANDS.values())
    assert all(after[0] == before[1] + 1 for before, after in itertools.pairwise(edges))
    assert band_of(2009) == "to-2009"
    assert band_of(2010) == "2010-2014"
    assert band_of(None) == UNDATED
