"""The data screen held against the frames: counts, sides of disagreements, tiers, agreement, dictionary."""

import html
import re

import pandas as pd
import pytest
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.data import coverage, overview, query, sources
from learningcity.web.screens.search.page import address


def row_of(text, ident):
    return text.split(f'id="{ident}"')[1].split("</tr>")[0]


def words(fragment):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", fragment))).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_overview_leads_to_every_part_and_explains_each_emptiness(get, language):
    text = get(f"/{language}/data")
    links = Page(text).links
    assert {f"/{language}/data/{part}" for part in query.PARTS} <= set(links)
    for kind in lc.Emptiness:
        row = words(row_of(text, f"empty-{kind.value.replace(' ', '-')}"))
        assert kind.label.in_(language) in row
        assert kind.meaning.in_(language) in row
    assert len(lc.Emptiness) == 6


def test_emptiness_is_counted_and_never_a_zero(get):
    atlas = content.atlas()
    codes = atlas.codes[atlas.codes["coder"] == "A"].merge(atlas.practices[["practice_id", "city_id"]])
    spoken = set()
    for row in codes.itertuples():
        named = {row.mechanism, row.mechanism_2, *str(row.themes).split(";")}
        spoken |= {(row.city_id, name) for name in named if isinstance(name, str)}
    conditions = (*content.MECHANISMS, *content.THEMES)
    unseen = sum((city, name) not in spoken for city in content.cities() for name in conditions)
    assert overview.counted(lc.Emptiness.NOT_SEEN) == unseen > 50
    standard = lc.load_standard()
    unconfirmed = [x for x in (*standard.features, *standard.measurements) if not x.confirmed]
    assert overview.counted(lc.Emptiness.NOT_CONFIRMED) >= len(unconfirmed) == 100
    for kind in lc.Emptiness:
        cell = row_of(get("/en/data"), f"empty-{kind.value.replace(' ', '-')}").rsplit("<td", 1)[1]
        assert words("<td" + cell) != "0"


def test_matrix_counts_what_the_frames_hold():
    atlas = content.atlas()
    group = atlas.indicators.set_index("indicator_id")["group"]
    facts = atlas.facts[(atlas.facts["scope"] != "country") & atlas.facts["value"].notna()]
    wanted = facts.groupby([facts["city_id"], facts["indicator_id"].map(group)]).size()
    city = atlas.practices.set_index("practice_id")["city_id"]
    leading = atlas.codes[atlas.codes["coder"] == "A"].set_index("practice_id")
    both = pd.concat([leading["mechanism"], leading["mechanism_2"].dropna()]).reset_index()
    both.columns = ["practice_id", "mechanism"]
    both = both.drop_duplicates()
    practices = both.groupby([both["practice_id"].map(city), "mechanism"]).size()
    checked = 0
    for city_id, counted in coverage.counts().items():
        for name in coverage.fact_groups():
            assert counted["facts", name] == wanted.get((city_id, name), 0), (city_id, name)
            checked += 1
        for name in content.MECHANISMS:
            assert counted["practices", name] == practices.get((city_id, name), 0), (city_id, name)
            checked += 1
    assert checked == 64 * 12
    assert sum(sum(c.values()) for c in coverage.counts().values()) == len(facts) + len(both)
    assert len(both) > len(atlas.practices)


def test_a_cell_says_not_seen_only_where_no_practice_speaks_of_it():
    """What has a score, or practices that do not count, was seen: its cell must not be empty."""
    aside = content.seen_not_counted()
    empty = 0
    for city_id, scores in content.condition_scores().items():
        for name in content.MECHANISMS:
            seen = scores[name] is not None or bool(aside.get(city_id, {}).get(name))
            assert bool(coverage.counts()[city_id]["practices", name]) == seen, (city_id, name)
            empty += not seen
    assert empty > 20


def test_matrix_leaves_what_was_not_seen_empty_and_links_the_rest(get):
    text = get("/en/data/coverage").split('id="indicators"')[0]
    cells = re.findall(r'<td class="cell.*?</td>', text)
    assert len(cells) == 64 * 12
    empty = [c for c in cells if "not seen" in c]
    assert len(empty) > 100
    for cell in cells:
        assert words(cell).split()[0] != "0"
        assert ("href=" in cell) != ("not seen" in cell)


def test_matrix_is_filtered_and_sorted_by_its_address(get):
    text = get("/en/data/coverage?region=AFR&sort=facts").split('id="indicators"')[0]
    shown = re.findall(r'<th scope="row"><a href="/en/cities/([\w-]+)"', text)
    wanted = {c.city_id for c in content.cities().values() if c.region == "AFR"}
    assert set(shown) == wanted
    assert 1 < len(wanted) < 64
    facts = [int(content.coverage()[c]["facts"]) for c in shown]
    assert facts == sorted(facts, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_its_place_with_meaning_and_counts(get, language):
    text = get(f"/{language}/data/coverage")
    atlas = content.atlas()
    facts = atlas.facts[(atlas.facts["status"] == "reported") & atlas.facts["value"].notna()]
    for indicator_id, indicator in content.indicators().items():
        row = row_of(text, indicator_id)
        said = words(row)
        assert indicator[f"name_{language}"] in said
        assert lc.label("unit", indicator["unit"], language) in said
        assert lc.label("comparable", indicator["comparable"], language) in said
        for scope in coverage.SCOPES:
            cities = facts[(facts["indicator_id"] == indicator_id) & (facts["scope"] == scope)]["city_id"]
            cell = row.split(f'data-label="{lc.label("scope", scope, language)}">')[1].split("</td>")[0]
            seen = cities.nunique()
            assert words(cell).startswith(str(seen) if seen else "·"), (indicator_id, scope)
    assert len(content.indicators()) == 58


def test_a_hit_on_an_indicator_leads_to_its_place(get):
    hits = [h for h in content.atlas().search("GDP") if h.kind == "indicator"]
    assert {h.id for h in hits} >= {"gdp_total", "gdp_per_capita"}
    ids = Page(get("/en/data/coverage")).ids
    for hit in hits:
        assert address(hit, "en") == f"/en/data/coverage#{hit.id}"
        assert hit.id in ids
    assert "/zh/data/coverage#gdp_total" in Page(get("/zh/search?q=地区生产总值")).links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_disagreement_opens_to_all_its_facts_and_their_sources(get, language):
    text = get(f"/{language}/data/conflicts")
    frame = content.atlas().conflicts()
    by_id = content.atlas().facts.set_index("fact_id")
    checked = 0
    for row in frame.itertuples():
        facts = row.fact_ids.split(";")
        article = text.split(f'id="conflict-{facts[0]}"')[1].split("</article>")[0]
        for fact in facts:
            assert f'href="/{language}/cities/{row.city_id}#{fact}"' in article
            assert f'href="/{language}/sources/{by_id.at[fact, "source_id"]}"' in article
            said = lc.format_value(by_id.at[fact, "value"], by_id.at[fact, "unit"], language)
            assert said in html.unescape(article)
            checked += 1
        assert f"/{language}/data/coverage#{row.indicator_id}" in article
    assert text.count("<article") == len(frame)
    assert checked >= 2 * len(frame) > 10


def every_source(get, address):
    """Ids on all pages of a list, following its links to the next page."""
    found, pages = [], 0
    while address:
        text = get(html.unescape(address))
        found += re.findall(r'<a class="code" href="/\w+/sources/([\w-]+)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address, pages = (following[1] if following else ""), pages + 1
    return found, pages


def test_pages_of_the_list_hold_every_source_once(get):
    found, pages = every_source(get, "/en/data/sources")
    assert sorted(found) == sorted(content.atlas().sources["source_id"])
    assert pages == -(-len(found) // sources.SHOWN) > 10


@pytest.mark.parametrize("tier", content.TIERS)
def test_a_tier_holds_its_sources_and_doubtful_ones_are_text(get, tier):
    frame = content.atlas().sources
    found, _ = every_source(get, f"/en/data/sources?tier={tier}")
    assert set(found) == set(frame.loc[frame["tier"] == tier, "source_id"])
    text = get(f"/en/data/sources?tier={tier}")
    assert (text.count('rel="noopener') == 0) == (tier == "doubtful")
    assert ("original not seen, after a repost" in text) == (tier == "doubtful")


def test_sources_are_found_by_title_address_and_id(get):
    frame = content.atlas().sources
    found, _ = every_source(get, "/en/data/sources?q=wikipedia")
    said = (frame["title"].fillna("") + " " + frame["url"].fillna("")).map(
        lambda s: content.sort_key(s, "en")
    )
    assert set(found) == set(frame.loc[said.str.contains("wikipedia"), "source_id"])
    assert every_source(get, "/zh/data/sources?q=s0568")[0] == ["s0568"]
    nothing = get("/en/data/sources?tier=unesco&q=zzzzzzz")
    assert "Without one of them" in nothing
    assert f"without “zzzzzzz”, {(frame['tier'] == 'unesco').sum()} sources" in nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statistical_source_tells_its_licence(get, language):
    text = html.unescape(get(f"/{language}/data/statistics"))
    frame = content.atlas().statistical_sources
    for row in content.rows(frame):
        article = text.split(f'id="{row["source_id"]}"')[1].split("</article>")[0]
        assert row[f"name_{language}"] in article
        for column in ("publisher", "licence", "producer_terms_to_confirm"):
            assert not row[column] or str(row[column]) in article, (row["source_id"], column)
        assert row["producer_terms_to_confirm"] or ("not seen" if language == "en" else "未见") in article
    assert text.count("<article") == len(frame) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_stands_among_the_analyses_and_its_old_addresses_lead_there(client, get, language):
    for old, new in (("", ""), (".csv?table=agreement", ".csv?table=agreement"), (".json", ".json")):
        response = client.get(f"/{language}/data/agreement{old}")
        assert response.status_code == 301
        assert response["Location"] == f"/{language}/coders{new}"
    assert f"/{language}/coders" in Page(get(f"/{language}/data/coverage")).links


@pytest.mark.parametrize("language", LANGUAGES)
def test_dictionary_holds_every_column_of_every_table(get, language):
    text = get(f"/{language}/data/dictionary")
    checked = 0
    for name, schema in lc.atlas_schemas().items():
        assert schema.title.in_(language) in html.unescape(text.split(f'id="table-{name}"')[1])
        for one in schema.fields:
            row = html.unescape(re.sub(r"<[^>]+>", "", f"<{row_of(text, f'{name}-{one.name}')}"))
            assert one.title.in_(language) in row
            assert one.description.in_(language) in row, (name, one.name)
            for code in one.enum:
                assert code in row
            checked += 1
    assert checked > 90


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("data/coverage?region=AFRI", "AFR"),
        ("data/coverage?sort=fact", "facts"),
        ("data/sources?tier=offical", "official"),
        ("data/sources?page=0", ""),
        ("data/sources?page=-1", ""),
        ("data/sources?page=two", ""),
        ("data/sources?page=٣", ""),
        ("data/sources?page=999", ""),
    ],
)
def test_a_broken_query_is_told_with_near_names(get, address, near):
    for language in LANGUAGES:
        text = get(f"/{language}/{address}", 400)
        assert near in text
        assert f"/{language}/{address.split('?')[0]}" in Page(text).links
        assert language == "en" or HAN.search(words(text.split('class="lede"')[1].split("</p>")[0]))


def test_an_unknown_part_names_those_that_are_near(get):
    assert "/en/data/sources" in Page(get("/en/data/sorces", 404)).links
    assert "/zh/data/coverage" in Page(get("/zh/data/zzzzzz", 404)).links
