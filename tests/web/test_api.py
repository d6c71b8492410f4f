"""The interface for programs: answers equal the tables, pages hold everything once, and faults are told."""

import csv
import io
import json
import re
from collections import Counter
from urllib.parse import quote, urlsplit

import jsonschema_rs
import pytest

import learningcity as lc
from learningcity.core import unguard_text
from learningcity.web import content
from learningcity.web.api.columns import INTEGERS, LIST
from learningcity.web.api.description import openapi
from learningcity.web.api.resources import RESOURCES

ROOT = "/api/v1"
LISTS = [r for r in RESOURCES.values() if r.columns is not None]
EXAMPLES = [(r, r.address(e)) for r in RESOURCES.values() for e in r.examples]


@pytest.fixture
def ask(client):
    def answer(address, status=200, **headers):
        found = client.get(f"{ROOT}{address}", headers=headers or None)
        assert found.status_code == status, (address, found.content[:300])
        return found

    return answer


@pytest.fixture
def rows(ask):
    """All rows of a list."""

    def walk(address):
        joint = "&" if "?" in address else "?"
        found, start = [], 0
        while True:
            page = ask(f"{address}{joint}limit=1000&offset={start}").json()
            found += page["data"]
            start += 1000
            if page["next"] is None:
                assert len(found) == page["total"]
                return found

    return walk


def schema_of(resource):
    whole = {"components": openapi()["components"], **resource.schema}
    return jsonschema_rs.validator_for(whole)


def addresses_of(r):
    """The address under which all rows of a list stand, where it needs no more than itself."""
    return r.path if not r.asks.model_json_schema().get("required") and "{" not in r.path else None


@pytest.mark.parametrize(("resource", "address"), EXAMPLES, ids=[a for _, a in EXAMPLES])
def test_every_example_answers_as_described(ask, resource, address):
    found = ask(address.removeprefix(ROOT))
    if "format=csv" in address:
        assert found.headers["Content-Type"].startswith("text/csv")
        head = next(csv.reader(io.StringIO(found.content.decode())))
        assert head == [c.name for c in resource.columns]
    else:
        body = found.json()
        schema_of(resource).validate(body)
        assert body["meta"]["versions"]["data"] == lc.data_version(content.atlas())
        assert body["meta"]["versions"]["package"] == lc.__version__
        assert resource.columns is None or body["data"], "an example should find something"


def test_there_are_examples_for_everything():
    assert len(RESOURCES) >= 35
    assert all(r.examples for r in RESOURCES.values())
    assert {r.tag for r in RESOURCES.values()} == {t["name"] for t in openapi()["tags"]}


def _cell(text, column):
    """Read a cell of CSV back by the type of its column."""
    if column.type in (LIST, INTEGERS):
        parts = [p for p in unguard_text(text).split(";") if p]
        return [int(p) for p in parts] if column.type == INTEGERS else parts
    if text == "":
        return None
    if column.type == "boolean":
        return {"true": True, "false": False}[text]
    if column.type == "integer":
        return int(text)
    return float(text) if column.type == "number" else unguard_text(text)


@pytest.mark.parametrize("resource", LISTS, ids=[r.name for r in LISTS])
def test_csv_holds_all_rows_and_reads_back_equal(ask, rows, resource):
    address = addresses_of(resource) or resource.address(resource.examples[0]).removeprefix(ROOT)
    address = address.replace("&format=csv", "").replace("?format=csv", "")
    wanted = rows(address)
    found = ask(address, accept="text/csv").content.decode()
    assert not found.startswith("\ufeff")
    assert "nan" not in found.lower().split(",")
    head, *lines = csv.reader(io.StringIO(found))
    assert head == [c.name for c in resource.columns]
    back = [{c.name: _cell(t, c) for c, t in zip(resource.columns, line, strict=True)} for line in lines]
    # An empty text and an absent one look the same in CSV.
    told = [{k: None if v == "" else v for k, v in row.items()} for row in wanted]
    assert back == told
    assert len(back) > 0


@pytest.mark.parametrize("resource", LISTS, ids=[r.name for r in LISTS])
def test_paging_walks_through_everything_exactly_once(ask, rows, resource):
    address = addresses_of(resource) or resource.address(resource.examples[0]).removeprefix(ROOT)
    every = rows(address.replace("&format=csv", "").replace("?format=csv", ""))
    size = max(len(every) // 4, 1)
    first = f"{address}{'&' if '?' in address else '?'}limit={size}"
    walked, following, before = [], f"{ROOT}{first}", None
    for _ in range(20):
        page = ask(following.removeprefix(ROOT)).json()
        assert page["previous"] == before or before is None
        walked += page["data"]
        links = ask(following.removeprefix(ROOT)).headers["Link"]
        assert ('rel="next"' in links) == (page["next"] is not None)
        if page["next"] is None:
            assert f'<{following}>; rel="last"' in links or page["offset"] == 0
            break
        following = page["next"]
    assert walked == every


def test_facts_equal_the_frame(rows):
    frame = content.atlas().facts
    for column, name, value in (("city_id", "city", "wuhan"), ("indicator_id", "indicator", "population"),
                                ("scope", "scope", "metro"), ("year", "year", 2020)):  # fmt: skip
        wanted = frame[frame[column] == value]
        found = rows(f"/facts?{name}={value}")
        assert [r["fact_id"] for r in found] == wanted["fact_id"].tolist()
        assert [r["value"] for r in found] == [None if v != v else v for v in wanted["value"]]
        assert len(found) > 3
    both = frame[frame["city_id"].isin(["cork", "wuhan"]) & (frame["indicator_id"] == "population")]
    assert len(rows("/facts?city=cork,wuhan&indicator=population")) == len(both)
    assert len(rows("/facts")) == len(frame)


def test_codes_and_practices_equal_the_frames(rows):
    codes, practices = content.atlas().codes, content.atlas().practices
    law = codes[(codes["coder"] == "B") & ((codes["mechanism"] == "law") | (codes["mechanism_2"] == "law"))]
    assert [r["practice_id"] for r in rows("/codes?coder=B&mechanism=law")] == law["practice_id"].tolist()
    found = rows("/practices?coder=B&mechanism=law")
    assert {r["practice_id"] for r in found} == set(law["practice_id"])
    held = codes["themes"].fillna("").str.split(";").map(lambda t: "green" in t)
    areas = codes["areas"].fillna("").str.split(";").map(lambda t: "9" in t)
    wanted = set(codes[held & areas]["practice_id"])
    assert {r["practice_id"] for r in rows("/practices?theme=green&area=9")} == wanted
    assert wanted
    timing = content.atlas().timing()
    assert len(rows("/practices?timing=before")) == int((timing == "before").sum())
    assert len(rows("/practices")) == len(practices)


@pytest.mark.parametrize(
    ("query", "policy", "coder"),
    [
        ("", lc.CodingPolicy(), "A"),
        ("?coder=B", lc.CodingPolicy(), "B"),
        ("?coder=mean", lc.CodingPolicy(), "mean"),
        ("?timing=before", lc.CodingPolicy(timing="before"), "A"),
        ("?levels=own,higher&stances=done,planned&second_mechanism=false",
         lc.CodingPolicy(levels=("own", "higher"), stances=("done", "planned"), second_mechanism=False), "A"),
        ("?rule=1:2:3,0.5:1:1", lc.CodingPolicy(rule=((1.0, 2, 3), (0.5, 1, 1))), "A"),
    ],
)  # fmt: skip
def test_conditions_equal_the_library(rows, query, policy, coder):
    scores = content.atlas().conditions(policy, coder)
    found = {(r["city_id"], r["condition"]): r for r in rows(f"/conditions{query}")}
    assert len(found) == scores.size
    for (city, condition), row in found.items():
        score = scores.at[city, condition]
        assert row["score"] == (None if score != score else pytest.approx(score))
        assert row["score"] != 0
        assert row["emptiness"] in ((None,) if row["score"] else (None, "not seen"))
    if coder == "mean":
        return
    for city in ("wuhan", "limerick", "taiyuan", "cork"):
        for condition in ("law", "funding", "green"):
            evidence = content.atlas().condition_evidence(city, condition, policy, coder)
            told = evidence.practices
            row = found[city, condition]
            assert row["counted"] == told[told["counted"] == "yes"]["practice_id"].tolist()
            assert row["not_counted"] == told[told["counted"] == "no"]["practice_id"].tolist()
            assert row["emptiness"] == evidence.to_dict()["emptiness"]
            assert row["practices_read"] == evidence.practices_read
            assert row["sources_read"] == evidence.sources_read


@pytest.mark.parametrize(
    ("query", "policy"),
    [
        ("", lc.FactPolicy()),
        ("&scopes=metro,city&prefer=tier", lc.FactPolicy(scopes=("metro", "city"), prefer="tier")),
        ("&year=2018&max_age=5&derive=false", lc.FactPolicy(year=2018, max_age=5, derive=False)),
        ("&context=true&tiers=official,unesco", lc.FactPolicy(context=True, tiers=("official", "unesco"))),
    ],
)
def test_table_equals_the_library(rows, query, policy):
    names = ["population", "gdp_per_capita", "population_density", "median_age"]
    table = content.atlas().table(names, policy)
    found = {
        (r["city_id"], r["indicator_id"]): r for r in rows(f"/table?indicators={','.join(names)}{query}")
    }
    assert len(found) == table.values.size
    kinds = set()
    for (city, indicator), row in found.items():
        value, origin = table.values.at[city, indicator], table.origin.at[city, indicator]
        assert row["value"] == (None if value != value else value)
        assert row["kind"] == origin.kind
        assert row["emptiness"] == (origin.emptiness and origin.emptiness.value)
        assert (row["value"] is None) == (row["emptiness"] is not None)
        assert row["fact_ids"] == list(origin.facts)
        assert row["source_ids"] == list(origin.sources)
        kinds.add(origin.kind)
    assert len(kinds) > 1


def test_the_other_tables_equal_their_frames(rows):
    atlas, standards = content.atlas(), lc.standard_tables()
    for path, frame in {
        "/cities": atlas.cities, "/awards": atlas.awards, "/indicators": atlas.indicators,
        "/members": atlas.members, "/memberships": atlas.memberships, "/context": atlas.context,
        "/exchange-rates": atlas.exchange_rates, "/populations": atlas.population,
        "/national-framework": atlas.national_framework, "/standard": standards["key-features"],
        "/measurements": standards["measurements"], "/rules": standards["award-rules"],
        "/criteria": standards["award-criteria"], "/concepts": standards["concepts"],
        "/literature": standards["literature"], "/frameworks": standards["other-frameworks"],
    }.items():  # fmt: skip
        plain = content.rows(frame)
        found = rows(path)
        lists = {n for n, v in found[0].items() if isinstance(v, list)}
        told = [{n: content.ids(v) if n in lists else v for n, v in row.items()} for row in plain]
        kept = [{n: row[n] for n in told[0]} for row in found]
        assert sorted(map(repr, kept)) == sorted(map(repr, told)), path
    assert [r["difference"] for r in rows("/conflicts")] == atlas.conflicts()["difference"].tolist()
    coverage = atlas.coverage()
    for row in rows("/coverage"):
        assert all(row[n] == int(coverage.at[row["city_id"], n]) for n in coverage.columns)
    agreement = atlas.agreement().table()
    for row in rows("/agreement"):
        for name in ("percent", "kappa", "alpha", "alpha_low", "alpha_high"):
            value = agreement.at[row["variable"], name]
            assert row[name] == (None if value != value else pytest.approx(value))
    walk = lc.crosswalk(area="4").table()
    assert [r["name_en"] for r in rows("/crosswalk?area=4")] == walk["name_en"].tolist()


def test_one_city_holds_all_that_is_known_of_it(ask):
    city = ask("/cities/wuhan").json()["data"]
    atlas = content.atlas()
    for part, frame, key in (("facts_read", atlas.facts, "fact_id"), ("practices_read", atlas.practices, "practice_id"),
                             ("awards", atlas.awards, "source_id")):  # fmt: skip
        assert [r[key] for r in city[part]] == frame[frame["city_id"] == "wuhan"][key].tolist()
    assert all(len(p["codes"]) == 2 for p in city["practices_read"])
    assert len(city["conditions"]) == 11 * len(content.coders())
    assert city["effort"]["practices"] == int(atlas.effort().at["wuhan", "practices"])


def test_search_trace_and_eligibility_equal_the_library(ask, rows):
    found = content.atlas().search("终身学习")
    assert [r["id"] for r in rows(f"/search?q={quote('终身学习')}")] == [h.id for h in found]
    assert [r["id"] for r in rows("/trace/wuhan-01")] == content.atlas().trace("wuhan-01").table()[
        "id"
    ].tolist()
    for city in ("taiyuan", "dublin", "wuhan", "ibadan"):
        told = ask(f"/eligibility?city={city}&round=2024").json()["data"]
        result = lc.check_eligibility(city, 2024)
        assert told["answer"] == result.answer
        assert [c["answer"] for c in told["checks"]] == [c.answer for c in result.checks]
    later = ask("/eligibility?city=taiyuan&round=2027&rules_of=2024").json()["data"]
    assert later["assumed"]
    assert later["rules_of"] == 2024


def test_doubtful_sources_are_never_links(rows):
    told = {r["source_id"]: r for r in rows("/sources")}
    doubtful = {i for i, s in content.sources().items() if s.doubtful}
    assert doubtful
    assert {i for i, r in told.items() if r["doubtful"]} == doubtful
    assert all(told[i]["link"] is None and told[i]["address"] for i in doubtful)
    checked = 0
    for path in ("/facts", "/practices", "/members", "/awards", "/context"):
        for row in rows(path):
            if row["source_id"] in doubtful:
                checked += 1
                assert row["source_link"] is None
    assert checked > 3


def test_addresses_lead_to_a_page(client, rows):
    """Of each list all addresses of its first rows, and of the rest every tenth page that is new.

    The addresses of a list are written in one place from ids: a wrong one is wrong in every row.
    """
    pages, anchors = {}, 0
    paths = ("/facts?city=wuhan,cork", "/practices?city=wuhan", "/codes?city=cork", "/indicators", "/members?country=CHN", "/rules",
             "/criteria", "/standard", "/measurements", "/concepts", "/literature", "/national-framework", "/conflicts",
             "/conditions?city=wuhan", "/table?indicators=population&city=wuhan,taiyuan", "/awards", "/rounds",
             "/crosswalk?area=1", "/frameworks?framework=sdg4", "/coverage", "/agreement", "/search?q=law&language=zh")  # fmt: skip
    for path in paths:
        told = [a for row in rows(path) for a in (row.get("href"), *row.get("source_hrefs", [])[:1]) if a]
        asked = Counter()
        for number, address in enumerate(dict.fromkeys(told)):
            parts = urlsplit(address)
            page = f"{parts.path}{'?' + parts.query if parts.query else ''}"
            if page not in pages:
                kind = parts.path.rpartition("/")[0]
                asked[kind] += 1
                if number >= 6 and asked[kind] > 3 and asked[kind] % 10:
                    continue
                answer = client.get(page)
                assert answer.status_code == 200, address
                pages[page] = set(re.findall(r'\bid="([^"]*)"', answer.content.decode()))
            if parts.fragment:
                anchors += 1
                assert parts.fragment in pages[page], address
        assert told
    assert anchors > 300
    assert len(pages) > 100


def test_json_holds_no_nan_and_says_what_null_means(ask):
    for r in LISTS:
        address = addresses_of(r)
        if address:
            text = ask(f"{address}?limit=1000").content.decode()
            assert json.loads(text, parse_constant=lambda c: pytest.fail(c))
    notes = ask("/facts?limit=1").json()["meta"]["notes"]
    assert any("never zero" in n for n in notes)
    assert any("不等于零" in n for n in ask("/facts?limit=1&language=zh").json()["meta"]["notes"])
