"""The index on screen: what the library says, no league table, one address a choice, and a recipe that gives the digits."""

import io
import json
import re
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from django.http import QueryDict
from tests.web.conftest import HAN, LANGUAGES, Page

import learningcity as lc
from learningcity.cli import root
from learningcity.web import content
from learningcity.web.screens.index import files, one, page, work
from learningcity.web.screens.index.query import IndexQuery, read, reading


def query(asked=""):
    return read(QueryDict(asked))[0]


def rows_of(text):
    """Ids of the units in the order of the page."""
    body = text[text.index('id="units"') :]
    body = body[: body.index("</table>")]
    return re.findall(r'<tr id="([\w-]+)"', body)


# --- what the library says ------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["", "reading=figures", "reading=context&aggregate=geometric&normalise=minmax-1&seed=4"])  # fmt: skip
def test_every_unit_has_the_interval_that_the_draws_give(asked):
    q = query(asked)
    own = reading(q.reading)
    found = lc.uncertainty(own, work.spec(q), work.choices(q), draws=1000, seed=int(q.seed))
    order = found.order(0.95)
    rows = {r["id"]: r for r in page.units(q, "en")}
    assert set(rows) == set(found.ranks.index)
    for unit, ranks in found.ranks.iterrows():
        row = rows[unit]
        for name in ("nominal", "lower", "median", "upper"):
            assert row[name] == (None if np.isnan(ranks[name]) else ranks[name]), (unit, name)
        assert row["before"] == int((order["better"] == unit).sum())
        assert row["after"] == int((order["worse"] == unit).sum())
        assert sum(row["third_shares"]) == pytest.approx(1)


def test_thirds_are_counted_from_kept_draws():
    q = query("reading=context&draws=200")
    found = lc.uncertainty(reading("context"), work.spec(q), work.choices(q), draws=200, seed=0, keep=True)
    ranks = found.kept["ranks"]
    number = len(found.ranks)
    for row in page.units(q, "en")[::9]:
        drawn = ranks[row["id"]]
        # Ties share the places they cover, so that a third may hold a part of a draw.
        assert row["third_shares"][0] == pytest.approx((drawn <= round(number / 3)).mean(), abs=0.03)


def test_changes_of_the_address_are_changes_of_the_recipe():
    q = query("reading=context&w.gini=3&w.green=0&treat=winsorise&normalise=zscore&aggregate=minimum")
    spec = work.spec(q)
    assert spec.weights == {"gini": 3.0, "green": 0.0}
    assert (spec.treat, spec.normalise, spec.aggregate) == ("winsorise", "zscore", "minimum")
    plain = lc.build_index(reading("context").values, spec)
    pd.testing.assert_frame_equal(work.built(q).scores, plain.scores)
    assert work.spec(query("reading=context")) == reading("context").spec


def test_contributions_of_a_unit_sum_to_its_distance_from_the_mean():
    q = query("city=cork")
    found = work.contributed(q)
    own = found.values.loc["cork"].sum() + found.baseline_scores["cork"]
    assert own == pytest.approx(work.built(q).scores.at["cork", "visible"])
    assert len(one.build(q, "en")["contributions"]) == found.values.loc["cork"].notna().sum()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_score_leads_to_its_practices(get, language):
    text = get(f"/{language}/index?city=wuhan")
    traced = text[text.index('id="trace"') :]
    expected = work.built(query()).trace("wuhan").practice_ids
    assert len(expected) > 5
    for practice in expected:
        assert f'href="/{language}/practices/{practice}"' in traced, practice


def test_a_figure_leads_to_its_fact(get):
    city = reading("figures").values.index[0]
    facts = work.built(query("reading=figures")).trace(city).fact_ids
    text = get(f"/en/index?reading=figures&city={city}")
    assert facts
    for fact in facts:
        assert f'href="/en/cities/{city}#{fact}"' in text


# --- no league table ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_in_the_order_of_names_unless_ranks_are_asked_for(get, language):
    names = {u: n.in_(language) for u, n in reading("visible").names.items()}
    shown = rows_of(get(f"/{language}/index"))
    assert shown == sorted(shown, key=lambda u: content.sort_key(names[u], language))
    ranked = rows_of(get(f"/{language}/index?sort=rank"))
    assert sorted(ranked) == sorted(shown)
    ranks = work.drawn(query()).ranks["nominal"].reindex(ranked).dropna()
    assert ranks.is_monotonic_increasing
    assert ranked != shown


def test_the_default_says_why_and_names_nobody_first(get):
    english, chinese = get("/en/index"), get("/zh/index")
    assert "This is no league table." in english
    assert "这不是排行榜" in chinese
    assert "most often first" not in english
    assert "居首" not in chinese
    assert "most often first" not in get("/en/index?sort=rank"), "not even where ranks are asked for"


def test_by_region_every_region_has_its_head(get):
    text = get("/en/index?sort=region")
    regions = [content.cities()[u].region for u in rows_of(text)]
    assert text.count('class="region-head"') == len(set(regions))
    assert regions == sorted(regions, key=list(content.REGIONS).index)


@pytest.mark.parametrize("name", ["visible", "figures", "context"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_not_be_read_is_on_the_page(get, name, language):
    said = {text for text, _ in Page(get(IndexQuery(reading=name).address(language))).texts}
    for text in reading(name).may_not:
        assert text.in_(language) in said


# --- the address ----------------------------------------------------------------------------------


def test_a_form_that_sends_everything_comes_to_the_short_address(client):
    sent = "/en/index?reading=visible&aggregate=&treat=&noise=0.25&vary=none&draws=1000&sort=name&group=region&seed=0&city="
    answer = client.get(sent + "&w.policy=&w.law=1&w.themes=2.50")
    assert (answer.status_code, answer["Location"]) == (302, "/en/index?w.themes=2.5")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("reading=visibel", "visible"),
        ("aggregate=geometrik", "geometric"),
        ("normalise=minmaxx", "minmax"),
        ("w.policies=2", "policy"),
        ("w.law=-1", "law"),
        ("w.law=many", "law"),
        ("w.law=nan", "law"),
        ("w.law=1e9", "law"),
        ("seed=-1", "seed"),
        ("seed=99999999999", "seed"),
        ("draws=1000000", "1000"),
        ("city=atlantis", "atlantis"),
        ("reading=context&city=CHM", "CHN"),
    ],
)
def test_what_cannot_be_read_is_told(get, asked, near):
    assert near in get(f"/en/index?{asked}", 400)
    assert HAN.search(get(f"/zh/index?{asked}", 400))
    get(f"/en/index.csv?{asked}", 400)
    get(f"/zh/index.zip?{asked}", 400)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recipe_that_cannot_be_computed_keeps_the_form_and_offers_a_way_on(get, language):
    text = get(f"/{language}/index?reading=context&aggregate=geometric", 400)
    shown = Page(text)
    chosen = [e for e in shown.of("option") if "selected" in e and e["value"] == "geometric"]
    assert len(chosen) == 1
    mended = [a for a in shown.links if "normalise=minmax-1" in a]
    assert mended
    assert rows_of(get(mended[0]))


def test_no_weight_left_in_a_part_is_told(get):
    weights = "&".join(f"w.{code}=0" for code in ("mechanisms", "themes"))
    assert 'id="problem"' in get(f"/en/index?{weights}", 400)


# --- files ----------------------------------------------------------------------------------------


def run(folder, *line):
    done = subprocess.run(
        [sys.executable, "-m", "learningcity", *line, "--json", "--language", "en"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ran(*line):
    done = CliRunner().invoke(root.main, [*line, "--json", "--language", "en"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("asked", ["aggregate=geometric&w.policy=2&draws=200", "reading=context&w.gini=2.5&vary=both&aggregate=geometric&normalise=minmax-1&draws=200&seed=7"])  # fmt: skip
def test_the_command_line_gives_the_same_numbers_to_the_digit(client, tmp_path, monkeypatch, asked):
    zipfile.ZipFile(io.BytesIO(client.get(f"/en/index.zip?{asked}").content)).extractall(tmp_path)
    lines = (tmp_path / "commands.txt").read_text().splitlines()
    assert len(lines) == 3
    q = query(asked)
    monkeypatch.chdir(tmp_path)
    told = [ran(*line.split()[1:]) for line in lines]
    if "seed" not in asked:
        # As a process of its own, where the files lie.
        assert run(tmp_path, *lines[0].split()[1:]) == told[0]
    scores = {row["unit"]: row for row in told[0]["scores"]}
    for unit, row in work.built(q).scores.iterrows():
        for code, value in row.items():
            given = scores[unit][code]
            assert (given is None and np.isnan(value)) or given == value, (unit, code)
    ranks = {row["unit"]: row for row in told[1]["table"]}
    for row in page.units(q, "en"):
        for ours, theirs in (("lower", "rank_lower"), ("upper", "rank_upper"), ("nominal", "rank_nominal")):
            assert ranks[row["id"]][theirs] == row[ours], (row["id"], ours)
    overall = {row["choice"]: row for row in told[2]["overall"]}
    for choice, row in work.blamed(q).overall.iterrows():
        for column in ("first", "total", "total_lower", "total_upper"):
            assert overall[choice][column] == row[column], (choice, column)


def test_the_recipe_alone_is_the_one_of_the_page(client, tmp_path):
    answer = client.get("/zh/index.toml?reading=context&w.gini=2.5&treat=boxcox")
    assert answer["Content-Type"].startswith("application/toml")
    (tmp_path / "index.toml").write_bytes(answer.content)
    spec = lc.read_index_spec(tmp_path / "index.toml")
    found = lc.build_index(reading("context").values, spec)
    expected = work.built(query("reading=context&w.gini=2.5&treat=boxcox"))
    pd.testing.assert_frame_equal(found.scores, expected.scores)


def test_a_package_is_the_same_every_time():
    q = query()
    first = files.packed(q)
    files._written.cache_clear()
    assert files.packed(q) == first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["intervals", "sensitivity"])
def test_pictures_are_given_as_files(client, language, name):
    for suffix, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        answer = client.get(f"/{language}/index.{suffix}?reading=figures&chart={name}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)


def test_one_thing_alone_that_varies_has_nothing_to_share_out(get):
    q = query("reading=figures&vary=none")
    assert work.blamed(q) is None
    assert len(files.commands(q)) == 2
    assert "Weights alone vary" in get("/en/index?reading=figures&vary=none")


def test_an_address_is_read_as_it_is_written():
    q = IndexQuery(reading="context", seed="3", weights=(("gini", "2"),))
    again, plain = read(QueryDict(q.address("en").partition("?")[2]))
    assert (again, plain) == (q, True)
