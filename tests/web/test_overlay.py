"""With the user's own tables over the shipped ones: every page says so, own rows are marked, nothing is untrue."""

import os
import subprocess
import sys

import pytest

PRACTICES = (
    "practice_id,city_id,mechanism,title_en,title_zh,summary_en,summary_zh,start_year,focal_areas,source_id\n"
    "own-1,cork,law,A by-law of our own,本市自有条例,Passed by the council.,由市议会通过。,2020,4,s0001\n"
)
CODES = (
    "practice_id,coder,mechanism,mechanism_2,subject,level,stance,strength,themes,areas,problem,groups\n"
    "wuhan-01,C,policy,,learning,own,done,2,inclusive,3,none,\n"
)
CONTEXT = "country_iso3,indicator_id,year,value,unit,source_id\nIRL,co2_per_capita,2025,7,t,owid-gcb-2024\n"
AWARDS = "round,city_id,source_id\n2019,taiyuan,s0001\n"
SCRIPT = """
import django
django.setup()
from django.test import Client
import sys
for address in sys.argv[1:]:
    answer = Client(HTTP_HOST="localhost").get(address)
    print(answer.status_code, "=====", answer.content.decode(), "<<<>>>")
"""
ADDRESSES = (
    "/en/", "/zh/", "/en/cities/cork", "/zh/cities/cork", "/en/cities", "/zh/award",
    "/en/practices?city=cork", "/zh/practices?q=本市自有条例", "/en/practices?passes=not-coded", "/zh/practices/own-1",
    "/en/practices?view=matrix&city=cork", "/en/compare?cities=cork~dublin", "/zh/compare?cities=cork~dublin",
    "/en/practices/wuhan-01", "/zh/practices/wuhan-01", "/en/cities/taiyuan", "/zh/cities/taiyuan",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Some pages of a site over an overlay, in a process of its own: the atlas is loaded once a process."""
    folder = tmp_path_factory.mktemp("own")
    for name, text in {
        "practices": PRACTICES, "practice-codes": CODES, "country-context": CONTEXT, "awards": AWARDS,
    }.items():  # fmt: skip
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
        "LEARNINGCITY_OVERLAY": str(folder),
        "LEARNINGCITY_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONIOENCODING": "utf-8",
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, *ADDRESSES],
        env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    found = [one.strip() for one in run.stdout.split("<<<>>>")[: len(ADDRESSES)]]
    assert all(one.startswith("200 =====") for one in found)
    return dict(zip(ADDRESSES, found, strict=True))


def test_every_page_says_that_own_tables_are_in_it(pages, get):
    for address, text in pages.items():
        words = "含用户自有数据" if address.startswith("/zh") else "With your own tables laid over"
        assert words in text
        assert address.endswith("own-1") or words not in get(address)


def test_own_practice_is_marked_and_not_called_not_seen(pages):
    for language, own, uncoded in (("en", "added by you", "not coded yet"), ("zh", "用户自有", "尚未编码")):
        text = pages[f"/{language}/cities/cork"]
        practice = text.split('id="own-1"')[1].split("</article>")[0]
        assert own in practice
        assert uncoded in practice
        assert text.split('<section class="mechanism"')[0].count(f">{own}<") == 0
        law = text.split('id="condition-law"')[1].split("</tr>")[0]
        assert "not seen" not in law
        assert "未见公开资料" not in law


def test_sentences_stay_true(pages, get):
    assert "each coded twice" in get("/en/")
    assert "each coded twice" not in pages["/en/"]
    assert "of them coded twice" in pages["/en/"]
    assert "marked as added by you were not" in pages["/en/cities"]
    assert "标注“用户自有”的记录除外" in pages["/zh/"]


def test_an_own_practice_is_found_marked_and_counted_as_not_coded(pages):
    for address in ("/en/practices?city=cork", "/en/practices?passes=not-coded"):
        practice = pages[address].split('id="own-1"')[1].split("</article>")[0]
        assert "added by you" in practice
        assert "not coded yet" in practice
    assert "1 practice" in pages["/en/practices?passes=not-coded"]
    assert pages["/zh/practices?q=本市自有条例"].index('id="own-1"') > 0
    assert "用户自有" in pages["/zh/practices/own-1"]
    assert "1 practice stands in no cell" in pages["/en/practices?view=matrix&city=cork"]
    for language, word in (("en", "not coded yet: 1"), ("zh", "尚未编码：1")):
        part = pages[f"/{language}/compare?cities=cork~dublin"].split('id="practices"')[1]
        assert word in part.split("</section>")[0]


def test_an_own_award_is_marked_among_the_winners(monkeypatch):
    from learningcity.web import content
    from learningcity.web.screens.award import page as award

    monkeypatch.setattr(content, "is_own", lambda table, *key: (table, *key) == ("awards", 2024, "wuhan"))
    rounds = award.build.__wrapped__("en")["rounds"]
    own = [(r["year"], w["href"]) for r in rounds for w in r["winners"] if w["own"]]
    assert own == [(2024, "/en/cities/wuhan")]


def test_own_codes_country_figures_and_awards_are_marked_where_they_stand(pages):
    for language, own in (("en", "added by you"), ("zh", "用户自有")):
        codes = pages[f"/{language}/practices/wuhan-01"].split('<table class="code-table">')[1]
        heads = codes.split("</thead>")[0].split("<th scope=")[2:]
        assert [own in head for head in heads] == [False, False, True]
        figures = pages[f"/{language}/cities/cork"].split('id="country"')[1].split("</section>")[0]
        assert [own in cell for cell in figures.split("</td>")].count(True) == 1
        awards = pages[f"/{language}/cities/taiyuan"].split("<dt>")[1:]
        assert [own in line.split("</dl>")[0] for line in awards].count(True) == 1
        assert "2019" in next(line for line in awards if own in line.split("</dl>")[0])
        compared = (
            pages[f"/{language}/compare?cities=cork~dublin"].split('id="country"')[1].split("</section>")[0]
        )
        assert compared.count(own) == 2  # both cities lie in the one country
