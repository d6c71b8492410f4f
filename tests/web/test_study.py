"""The study on the site: contents, chapters, files, and what is said while it is computed."""

import io
import json
import threading
import zipfile

import pytest
from django.conf import settings
from tests.web.conftest import LANGUAGES, Page, short_study

import learningcity as lc
from learningcity.web import kept, warming
from learningcity.web.content import studies
from learningcity.web.screens.home import page as home
from learningcity.web.screens.study import files


@pytest.fixture
def waiting(monkeypatch):
    """A run that stands at the third chapter until the test lets it go."""
    go, begun = threading.Event(), threading.Event()
    calls = []

    def run(study, language=None, *, atlas, progress):
        calls.append(study)
        progress(2, 9, "award")
        begun.set()
        go.wait(120)
        return short_study()

    monkeypatch.setattr(lc, "run_study", run, raising=False)
    kept.forget()
    yield go, begun, calls
    go.set()
    kept.forget()


def work_is_done(work):
    for _ in range(12_000):
        if work.result is not None or work.problem is not None:
            return True
        threading.Event().wait(0.005)
    return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_findings_and_chapters(get, language):
    page = Page(get(f"/{language}/study"))
    document = short_study().document
    for chapter in document.sections:
        assert f"/{language}/study/{chapter.key}" in page.links
        assert chapter.title.in_(language) in [text for text, _ in page.texts]
    # Of each chapter the first, what held in every check, and the first that did not.
    keys = ["law.seen", "law.kind", "law.none", "award.count"]
    assert [h for h in page.links if "#" in h and h.startswith(f"/{language}/study/")] == [
        f"/{language}/study/{key.partition('.')[0]}#{key}" for key in keys
    ]
    assert {f"/{language}/study.html", f"/{language}/study.csv", f"/{language}/study.xlsx"} <= set(page.links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_leads_on_and_back_and_keeps_its_place_in_the_other_language(get, language):
    page = Page(get(f"/{language}/study/law"))
    other = "zh" if language == "en" else "en"
    assert f"/{other}/study/law" in page.links
    assert f"/{language}/study/award" in page.links
    assert len(page.ids) == len(set(page.ids))
    document = short_study().document
    own = [block.key for part in (document.sections[0], *document.sections[0].sections) for block in part.blocks if hasattr(block, "key")]  # fmt: skip
    assert len(own) > 3
    assert {"law", "law.kinds", *own} <= set(page.ids)
    inside = [href[1:] for href in page.links if href.startswith("#")]
    assert set(inside) <= set(page.ids)
    heads = [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3")]
    assert heads.count("h1") == 1
    assert [a.get("rel") for a in page.of("a") if a.get("rel") in ("prev", "next")] == ["next"]


def test_cities_lead_to_their_pages_and_sources_to_their_records(get):
    page = Page(get("/en/study/award"))
    assert "/en/cities/cork" in page.links
    assert "https://paper.example/4" in page.links
    # No such source in the atlas: no record to lead to.
    assert not any(href.startswith("/en/sources/s4") for href in page.links)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["html", "xlsx", "zip"])
def test_a_file_is_the_whole_study(client, language, name):
    response = client.get(f"/{language}/study.{name}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="sample-{language}.{name}"'
    assert response.content == lc.render(short_study().document.in_language(language), name)[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_that_there_is_is_offered_in_its_words(get, language):
    for address in (f"/{language}/study", f"/{language}/study/law"):
        page = Page(get(address))
        for name, said in lc.document_formats().items():
            assert f"/{language}/study.{name}" in page.links
            assert said.in_(language) in [text for text, _ in page.texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_is_offered_on_paper_and_is_that_of_the_library(get, client, language):
    offered = [href for href in Page(get(f"/{language}/study")).links if "study-brief" in href]
    assert offered == [f"/{language}/study-brief.{name}" for name in ("docx", "pdf")]
    made = lc.brief(short_study(), language)
    for name, address in zip(("docx", "pdf"), offered, strict=True):
        response = client.get(address)
        assert response.status_code == 200
        assert (
            response.headers["Content-Disposition"]
            == f'attachment; filename="sample-brief-{language}.{name}"'
        )
        assert response.content == lc.render(made, name)[2]


# --- a study of one's own --------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch, tmp_path):
    """Writes a study file and has the site show it."""

    def show(text, name="own.toml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(settings, "STUDY", str(file))
        studies.asked.cache_clear()
        return file

    yield show
    monkeypatch.undo()
    studies.asked.cache_clear()


def test_without_a_file_the_site_shows_the_study_of_the_award_cities():
    assert settings.STUDY is None
    assert studies.asked() == lc.Study()


def test_an_office_shows_a_study_of_its_own_in_both_languages(shown, monkeypatch):
    shown(
        'name = "ours"\ntitle = {en = "Our study", zh = "本市研究"}\nlanguages = ["zh"]\nchapters = ["award"]\ntarget = "IRL"\n'
    )
    asked = []

    def run(study, language=None, *, atlas, progress):
        asked.append(study)
        return short_study()

    monkeypatch.setattr(lc, "run_study", run, raising=False)
    kept.forget()
    work = studies.standing()
    assert work_is_done(work)
    assert work.total == 1
    assert (asked[0].name, asked[0].target, asked[0].languages) == ("ours", "IRL", ("en", "zh"))
    # The first page keeps what it was made of for as long as the site runs.
    assert [home.study(language)["title"] for language in LANGUAGES] == ["Our study", "本市研究"]
    monkeypatch.undo()
    kept.forget()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('targt = "IRL"', "target"),
        ("name = ", "TOML"),
        ('cases = ["corc"]', "cork"),
        ('coder = "Z"', "A, B"),
        ('target = "corc"', "cork"),
        ('target = "GRL"', "Greenland"),
        ('data = "tables"', "--overlay"),
        ('data = "tables"\nbase = false', "--overlay"),
    ],
)
def test_a_wrong_study_file_is_told_before_the_site_answers(shown, text, said):
    file = shown(text)
    with pytest.raises(lc.SetupError, match="LEARNINGCITY_STUDY") as told:
        warming.warm_up()
    for language in LANGUAGES:
        assert str(file) in told.value.in_(language)
    assert said in told.value.in_("en")


def test_a_study_file_that_is_not_there_is_told(monkeypatch, shown, tmp_path):
    shown("").unlink()
    with pytest.raises(lc.SetupError, match=r"own\.toml"):
        studies.asked()


def test_a_file_is_made_once_for_a_content_and_whoever_comes_early_is_told_when(client, monkeypatch):
    kept.forget()
    studies.put(short_study())
    go, calls, render = threading.Event(), [], lc.render

    def slow(document, name, **options):
        calls.append((name, document.language))
        go.wait(120)
        return render(document, name, **options)

    monkeypatch.setattr(lc, "render", slow, raising=False)
    monkeypatch.setattr(files, "WAIT", 0.05)
    early = client.get("/zh/study.xlsx")
    assert (early.status_code, early.headers["Retry-After"]) == (503, "10")
    assert "请稍后再取" in early.content.decode()
    assert early.headers["Cache-Control"] == "no-store"
    go.set()
    monkeypatch.setattr(files, "WAIT", 120.0)
    for _ in range(2):
        assert (
            client.get("/zh/study.xlsx").content
            == render(short_study().document.in_language("zh"), "xlsx")[2]
        )
    # The same study, put anew: the same content, the same file.
    studies.put(short_study())
    client.get("/zh/study.xlsx?again=1")
    assert calls == [("xlsx", "zh")]
    kept.forget()


def test_a_format_that_this_machine_cannot_write_is_told_with_its_remedy(client, monkeypatch):
    kept.forget()
    studies.put(short_study())

    def without(document, name, **options):
        raise lc.SetupError(lc.Text("Install fonts-noto-cjk.", "请安装fonts-noto-cjk。"))

    monkeypatch.setattr(lc, "render", without, raising=False)
    answer = client.get("/zh/study.zip")
    assert (answer.status_code, answer.content.decode()) == (503, "请安装fonts-noto-cjk。\n")
    assert client.get("/zh/study").status_code == 200
    kept.forget()


def test_tables_and_pictures_are_files(client):
    told = json.loads(client.get("/en/study/law.json").content)
    assert [one["name"] for one in told["tables"]] == ["findings", "law-cities"]
    rows = told["tables"][1]["rows"]
    assert rows[0] == {"city": "City 1", "practices": 1000, "latest": "a law of 2,001"}
    assert rows[2]["practices"] is None
    csv = client.get("/zh/study/law.csv?table=law-cities").content.decode("utf-8-sig")
    assert csv.splitlines()[0] == "城市,举措数,最近一项"
    assert client.get("/en/study/award.svg?chart=award-rounds").content.startswith(b"<svg")
    book = client.get("/en/study/award.xlsx").content
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()
    findings = json.loads(client.get("/en/study.json").content)["tables"][0]["rows"]
    assert [one["key"] for one in findings] == [one.key for one in short_study().document.findings]


def test_every_file_that_a_chapter_links_is_there(client):
    page = Page(client.get("/en/study/award").content.decode())
    files = [h for h in page.links if "/study" in h and any(f".{e}" in h for e in ("csv", "xlsx", "json", "svg", "png", "html"))]  # fmt: skip
    assert len(files) > 5
    for href in files:
        assert client.get(href).status_code == 200, href


def test_an_unknown_chapter_is_told_with_near_ones(get):
    page = Page(get("/en/study/awrd", 404))
    assert "/en/study/award" in page.links
    get("/en/study/awrd.csv", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_is_computed_a_page_says_so_and_looks_again(client, waiting, language):
    go, begun, calls = waiting
    for address in ("study", "study/award", "study.html"):
        response = client.get(f"/{language}/{address}")
        assert response.status_code == 202
        assert response.headers["Cache-Control"] == "no-store"
        assert '<meta http-equiv="refresh"' in response.content.decode()
    assert begun.wait(60)
    said = client.get(f"/{language}/study").content.decode()
    assert ("2 of 9 chapters" if language == "en" else "已完成2章，共9章") in said
    assert client.get(f"/{language}/study/awrd").status_code == 404
    assert client.get(f"/{language}/study.csv").status_code == 503
    go.set()
    assert work_is_done(studies.standing())
    assert client.get(f"/{language}/study").status_code == 200
    # However many asked, it was computed once.
    assert len(calls) == 1


def test_new_data_are_a_new_study(waiting):
    go, _, calls = waiting
    go.set()
    assert work_is_done(studies.standing())
    studies.compute()
    assert len(calls) == 1
    kept.forget()
    studies.compute()
    assert len(calls) == 2


@pytest.mark.parametrize(("error", "said"), [(lc.InputError(lc.Text("No city.", "没有城市。")), "No city."), (ZeroDivisionError(), "in the log")])  # fmt: skip
def test_a_study_that_fails_is_said_and_nothing_else_fails(client, monkeypatch, error, said):
    def run(*_, **__):
        raise error

    monkeypatch.setattr(lc, "run_study", run, raising=False)
    kept.forget()
    studies.compute()
    response = client.get("/en/study")
    assert response.status_code == 503
    assert said in response.content.decode()
    assert "http-equiv" not in response.content.decode()
    assert client.get("/en/").status_code == 200
    kept.forget()


def test_the_first_page_of_the_site_leads_to_it(get):
    for language in LANGUAGES:
        assert f"/{language}/study" in Page(get(f"/{language}/")).links
