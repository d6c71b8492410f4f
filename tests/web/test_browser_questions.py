"""In a real browser: questions that a visitor asks of the analyses, by the keyboard, with a script and without."""

import re

import pytest
from tests.web import browsing
from tests.web.browsing import CHINESE, ENGLISH, assert_clean, choose, expect, follow, opened

import learningcity as lc

pytestmark = pytest.mark.browser


@ENGLISH
def test_what_if_by_the_keyboard_and_on_to_the_practices(browser, address):
    page = opened(browser)
    page.goto(f"{address}/en/index")
    choose(page.get_by_label("Choose one to see why"), "wuhan")
    page.locator(".weights > summary").press("Enter")
    page.get_by_role("spinbutton", name="policy", exact=True).fill("2.5")
    page.keyboard.press("Enter")
    # What was chosen is drawn already; the form leads to the place of the answer.
    page.wait_for_url(f"{address}/en/index?city=wuhan&w.policy=2.5#units")
    expect(page.locator("tr.chosen th")).to_have_text(re.compile("^Wuhan"))
    assert page.get_by_role("spinbutton", name="policy", exact=True).input_value() == "2.5"
    names = page.locator(".index-table tbody th a").all_inner_texts()
    assert len(names) > 50
    assert names[0] < names[-1], "by name, not by rank"
    follow(page, page.locator(".traced a[href*='/practices/']").first)
    assert "/en/practices/wuhan-" in page.url
    page.go_back()
    page.wait_for_url("**/en/index?city=wuhan&w.policy=2.5#units")
    assert browsing.complaints(page) == []
    page.context.close()


@CHINESE
def test_another_reading_and_its_recipe(browser, address):
    page = opened(browser)
    page.goto(f"{address}/zh/analysis")
    follow(page, page.locator("main a[href='/zh/index']"))
    follow(page, page.get_by_role("link", name="所在国家"))
    # In this order: a geometric mean of a scale that begins at 0 would be refused meanwhile, and the console says so.
    page.get_by_label("标准化", exact=True).select_option("minmax-1")
    page.get_by_label("合成", exact=True).select_option("geometric")
    page.get_by_role("button", name="计算").click()
    page.wait_for_url("**/zh/index?*aggregate=geometric*#units")
    assert page.locator(".index-table tbody tr").count() > 60
    with page.expect_download() as waiting:
        page.locator("a", has_text="index.zip").click()
    assert waiting.value.suggested_filename == "learningcity-index-zh.zip"
    follow(page, page.locator(".index-table tbody th a").first)
    assert page.locator("#one h3").count() >= 4
    assert browsing.complaints(page) == []
    page.context.close()


def asks_for_paths(browser, address, language, nothing, goes, by_chance):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/{language}/paths")
    assert nothing in page.locator("#h-result").inner_text()
    page.select_option("#f-outcome", "inclusive")
    # By the keyboard: another condition is ticked, and the form is sent.
    page.press("#f-organization", "Space")
    page.press("#f-inclusion", "Enter")
    page.wait_for_url("**outcome=inclusive&conditions=law~organization~funding~monitoring")
    assert goes in page.locator("#result").inner_text()
    assert page.locator("table.configurations svg.circle").count() > 3
    assert page.locator("#f-organization").is_checked()
    follow(page, page.locator("#chance .matter a").first, "Enter")
    assert page.url.endswith("permutations=9999#chance")
    assert by_chance in page.locator("#chance").inner_text()
    follow(page, page.locator("#rows .names-cell a").first)
    assert f"/{language}/cities/" in page.url
    page.context.close()


@ENGLISH
def test_a_question_for_paths_by_keyboard_and_without_a_script(browser, address):
    asks_for_paths(
        browser, address, "en", "Nothing was found", "together with “inclusive”", "shuffled outcomes"
    )


@CHINESE
def test_a_question_for_paths_in_chinese(browser, address):
    asks_for_paths(browser, address, "zh", "未发现结果", "与“包容”相伴出现", "次随机置换")


def asks_for_styles(browser, address, language, nothing, marked, repeated):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/{language}/styles")
    assert nothing in page.locator("#h-result").inner_text()
    # By the keyboard: a number of styles over two more columns than none, and the form is sent.
    page.select_option("#f-k", "3")
    for name in ("law", "funding", "green"):
        page.press(f"#f-{name}", "Space")
    page.press("#question button", "Enter")
    page.wait_for_url("**k=3&columns=law~funding~green")
    assert page.locator("#f-funding").is_checked()
    assert marked in page.locator("#result .notice").inner_text()
    assert marked in page.locator("#styles .notice").inner_text()
    assert page.locator("#styles .style-cities").count() == 3
    follow(page, page.locator("#repeats .matter a").first, "Enter")
    assert page.url.endswith("repeats=yes#repeats")
    assert repeated in page.locator("#repeats").inner_text()
    # A dot of the map leads to its city.
    follow(page, page.locator("#map .chart-wide .chart-links a").first)
    assert f"/{language}/cities/" in page.url
    page.context.close()


@ENGLISH
def test_a_question_for_styles_by_keyboard_and_without_a_script(browser, address):
    asks_for_styles(browser, address, "en", "No styles were found", "Not borne out", "Coder B")


@CHINESE
def test_a_question_for_styles_in_chinese(browser, address):
    asks_for_styles(browser, address, "zh", "未发现类型", "未获数据支持", "编码员B")


def asks_what_is_necessary(browser, address, language, nothing, corner, lowest):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/{language}/necessary")
    assert nothing in page.locator(".title-block").inner_text()
    # A cell of the picture leads to its pair.
    follow(page, page.locator("#pairs .chart-wide .chart-links a").nth(2))
    assert page.url.endswith(f"/{language}/necessary?condition=organization&theme=inclusive#pair")
    # By the keyboard: another condition, theme and line, and the form is sent.
    page.select_option("#f-condition", "policy")
    page.select_option("#f-theme", "sustainable")
    page.press("#lines-summary", "Enter")
    page.press("#f-line-cr_fdh", "Space")
    page.press("#f-line-cr_fdh", "Enter")
    page.wait_for_url("**?condition=policy&theme=sustainable&lines=cr_fdh")
    assert corner in page.locator("#pair").inner_text()
    assert page.locator("#pair tbody tr", has_text="cr_fdh").count() == 1
    # A dot leads to its cities, and these to what was seen of the condition.
    follow(page, page.locator("#pair .chart-wide .chart-links a").first)
    assert page.url.endswith("#at-p1")
    assert lowest in page.locator("#at-p1").inner_text()
    follow(page, page.locator("#at-p1 a").first, "Enter")
    assert page.url.startswith(f"{address}/{language}/cities/")
    assert page.url.endswith("#condition-policy")
    page.context.close()


@ENGLISH
def test_what_is_necessary_by_keyboard_and_without_a_script(browser, address):
    asks_what_is_necessary(
        browser,
        address,
        "en",
        "No necessary level was found",
        "empty in the upper left corner",
        "at a corner",
    )


@CHINESE
def test_what_is_necessary_in_chinese(browser, address):
    asks_what_is_necessary(browser, address, "zh", "未发现必要条件水平", "左上角有", "上限线角点")


def opens_pairs(browser, address, language, nothing, context_only):
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{address}/{language}/background")
    assert nothing in page.locator("#result").inner_text()
    assert context_only in page.locator("#h-members").inner_text()
    # A mark of the picture opens its pair, and a dot of the pair leads to the evidence of its city.
    follow(page, page.locator("#chart-matrix .chart-wide .chart-links a").nth(1))
    assert page.url.endswith("/background?x=first_award&y=law#pair")
    follow(page, page.locator("#chart-pair .chart-wide .chart-links a").first)
    assert page.url.startswith(f"{address}/{language}/cities/")
    assert page.url.endswith("#condition-law")
    page.go_back()
    # The same by the keyboard: the table of the picture, and the form.
    page.press("#chart-matrix summary", "Enter")
    follow(page, page.locator("#chart-matrix tbody a").first, "Enter")
    assert page.url.endswith("/background?x=first_award&y=policy#pair")
    page.select_option("#f-x", "population")
    page.select_option("#f-y", "green")
    page.press("#pairs form button", "Enter")
    page.wait_for_url("**/background?x=population&y=green#pair")
    assert page.locator("#pair tbody tr").count() > 50
    page.context.close()


@ENGLISH
def test_a_mark_opens_its_pair_and_a_dot_its_city_without_a_script(browser, address):
    opens_pairs(browser, address, "en", "Nothing of the background stands out", "Context only")


@CHINESE
def test_a_mark_opens_its_pair_in_chinese(browser, address):
    opens_pairs(browser, address, "zh", "背景中没有突出的结果", "仅供了解背景")


def follows_a_difference(browser, address, language, weak):
    page = opened(browser, 390, 844, java_script_enabled=False)
    page.goto(f"{address}/{language}/coders")
    assert weak in page.locator("#weak .verdict").inner_text()
    page.select_option("#f-variable", "area 8")
    page.press("#weak form button", "Enter")
    page.wait_for_url("**/coders?variable=area+8#detail")
    assert page.locator("table.confusion tbody tr").count() == 2
    follow(page, page.locator("#detail .names-cell a").first, "Enter")
    assert page.url.startswith(f"{address}/{language}/practices/")
    assert page.url.endswith("#h-codes")
    assert page.locator(".code-table thead th").count() == 3
    assert page.locator(".code-table tr.differ").count() > 0
    page.context.close()


@ENGLISH
def test_a_difference_leads_to_both_codings_on_a_phone(browser, address):
    follows_a_difference(browser, address, "en", "seen: resources")


@CHINESE
def test_a_difference_leads_to_both_codings_in_chinese(browser, address):
    follows_a_difference(browser, address, "zh", "是否见到：资源")


#: A city by its ten numbers, in the order of the form.
NUMBERS = dict(
    zip(
        (field.name for field in lc.OWN_CITY_FIELDS),
        ("480000", "160", "52000", "14.5", "19", "12.1", "6.2", "44", "9", "31"),
        strict=True,
    )
)


def draws_lessons(browser, address, language, country):
    page = opened(browser, 390, 844)
    page.goto(f"{address}/{language}/lessons")
    page.focus("#f-name")
    page.keyboard.type("Riverton")
    choose(page.locator("#f-country"), "IRL")
    # From one number to the next by the key Tab, in the order of the form.
    for value in NUMBERS.values():
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/lessons?*population=480000*")
    query = page.url.partition("?")[2]
    assert set(query.split("&")) == {
        "name=Riverton", "country=IRL", "currency=USD", *(f"{name}={value}" for name, value in NUMBERS.items())
    }  # fmt: skip
    assert "Riverton" in page.locator("h1").inner_text()
    assert country in page.locator("h1").inner_text()
    assert page.locator("#lessons a[href*='/practices/']").count() > 3
    with page.expect_download() as given:
        page.locator("#files a[href*='/lessons.csv?']").first.click()
    assert given.value.suggested_filename.endswith(".csv")
    assert_clean(page)
    # The other language has the same question, and the form is filled.
    follow(page, page.locator("#languages a"))
    assert page.url == f"{address}/{'zh' if language == 'en' else 'en'}/lessons?{query}"
    assert {name: page.input_value(f"#f-{name}") for name in NUMBERS} == NUMBERS
    assert browsing.complaints(page) == []
    page.context.close()


@ENGLISH
def test_lessons_from_ten_numbers_by_keyboard_on_a_phone(browser, address):
    draws_lessons(browser, address, "en", "Ireland")


@CHINESE
def test_lessons_from_ten_numbers_in_chinese(browser, address):
    draws_lessons(browser, address, "zh", "爱尔兰")


def reads_the_study(browser, address, language, titles):
    page = opened(browser, 390, 844)
    page.goto(f"{address}/{language}/study")
    follow(page, page.locator(".study-chapters a").first, "Enter")
    assert page.url == f"{address}/{language}/study/law"
    assert page.locator("h1").inner_text() == titles[language]
    # How a finding was computed is one key away.
    how = page.locator("details.how").first
    assert not how.locator("p").first.is_visible()
    how.locator("summary").press("Enter")
    expect(how.locator("p").first).to_be_visible()
    assert "learningcity atlas awards" in how.inner_text()
    # The other language opens at the same chapter, and leads back to the contents.
    other = "zh" if language == "en" else "en"
    follow(page, page.locator("#languages a"), "Enter")
    assert page.url == f"{address}/{other}/study/law"
    assert page.locator("h1").inner_text() == titles[other]
    follow(page, page.locator(".kicker a").first, "Enter")
    assert page.url == f"{address}/{other}/study"
    assert browsing.complaints(page) == []
    page.context.close()


CHAPTER = {"en": "Law and policy", "zh": "法规与政策"}


@ENGLISH
def test_a_chapter_of_the_study_by_keyboard(browser, address):
    reads_the_study(browser, address, "en", CHAPTER)


@CHINESE
def test_a_chapter_of_the_study_in_chinese(browser, address):
    reads_the_study(browser, address, "zh", CHAPTER)
