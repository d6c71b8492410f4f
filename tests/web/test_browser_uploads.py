"""In a real browser: a person brings a table, asks of it what the index can tell, loses it, brings it again, removes it."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from openpyxl import Workbook
from tests.web import test_browser
from tests.web.test_browser import AXE, CHINESE, ENGLISH, TOO_WIDE, UNREACHED

import learningcity as lc
from learningcity.web import uploads

# The site, the browser and the rules of axe, as the other journeys have them.
address, browser, axe = test_browser.address, test_browser.browser, test_browser.axe


@pytest.fixture
def files(tmp_path):
    """The example of the command line: as two files, as one workbook, with a fault, and in GB 18030 without structure."""
    data, meta = (file.read_bytes() for file in lc.write_index_template(tmp_path / "template")[:2])
    book = Workbook()
    book.remove(book.active)
    for title, content in (("iData", data), ("iMeta", meta)):
        sheet = book.create_sheet(title)
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            sheet.append([float(c) if re.fullmatch(r"-?\d+(\.\d+)?", c) else c or None for c in row])
    both, wrong = tmp_path / "districts.xlsx", tmp_path / "wrong.csv"
    book.save(both)
    wrong.write_bytes(data.replace(b"25.3", b'"25,3"'))
    older = tmp_path / "城区.csv"
    chinese = "城区,图书馆,公园,噪声\n河滨,4,14.2,50\n山景,9,22.8,40\n旧港,3,9.6,70\n新田,6,11.0,30\n"
    older.write_bytes(chinese.encode("gb18030"))
    return {"both": both, "wrong": wrong, "older": older}


def clean(page, axe):
    """Nothing is too wide, nothing cannot be reached, and axe finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(UNREACHED) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(axe)
    assert page.evaluate(AXE)["violations"] == []


def journey(browser, address, axe, language, files, said):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/{language}/index")
    page.click(f"text={said['own']}")
    page.wait_for_url(f"**/{language}/index/own")
    clean(page, axe)

    # A file with a fault: told by its cell, and the form is there still.
    page.set_input_files("#f-data", files["wrong"])
    page.click("form.upload button")
    assert said["fault"] in page.locator("#problem").inner_text()
    clean(page, axe)

    # By the keyboard.
    page.set_input_files("#f-data", files[said["file"]])
    page.focus("form.upload button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index?reading=own&own=*")
    assert said["understood"] in page.locator("#reading").inner_text()
    rows = page.locator(".index-table tbody tr")
    assert rows.count() == said["rows"]
    # On a phone a row is short, and the rest is there when asked for.
    short = page.locator(".index-table").bounding_box()["height"]
    assert short < 60 * said["rows"]
    assert not page.locator(".index-table .extra").first.is_visible()
    page.click(".phone-more summary")
    assert page.locator(".index-table .extra").first.is_visible()
    assert page.locator(".index-table").bounding_box()["height"] > 1.5 * short

    # What if, without a script beside ours: the address keeps it.
    page.click(".weights summary")
    page.fill(f"[id='f-w.{said['code']}']", "3")
    page.select_option("#f-city", said["unit"])
    page.locator(".what-if button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"w\.{quote(said['code'])}=3"))
    page.wait_for_url(re.compile(r"city="))
    page.goto(page.url)
    assert page.locator("#one").is_visible()
    clean(page, axe)
    asked = page.url

    # Another browser is told that the table is not there, and the other language has it.
    other = browser.new_context()
    assert other.new_page().goto(asked).status == 404
    other.close()
    assert page.goto(asked.replace(f"/{language}/", "/zh/" if language == "en" else "/en/")).status == 200

    # The server forgot it: said plainly; the same file, and the question is as it was.
    uploads.STORE.sessions.clear()
    assert page.goto(asked).status == 404
    assert said["gone"] in page.locator("#problem").inner_text()
    page.set_input_files("#f-data", files[said["file"]])
    page.click("form.upload button")
    page.wait_for_url(re.compile(r"own=.*"))
    assert page.locator("#one").is_visible()
    assert page.input_value(f"[id='f-w.{said['code']}']") == "3"

    # Looked at, and removed.
    page.click(f"text={said['see']}")
    assert said["first"] in page.locator("#seen").inner_text()
    clean(page, axe)
    page.click("#mine button")
    assert said["removed"] in page.locator(".notice").inner_text()
    assert page.goto(asked).status == 404
    assert not uploads.STORE.sessions
    context.close()


@ENGLISH
def test_an_own_table_on_a_phone(browser, address, axe, files):
    said = {
        "own": "Your own table", "fault": "wrong.csv, row 8, cell H8 (column parks)", "file": "both", "rows": 8,
        "understood": "8 units, 7 indicators, 1 empty cell; a structure of 3 parts", "code": "skills", "unit": "oldport",
        "gone": "Upload it again", "see": "See my table", "first": "Riverside", "removed": "The table was removed",
    }  # fmt: skip
    journey(browser, address, axe, "en", files, said)


@CHINESE
def test_an_own_table_in_chinese(browser, address, axe, files):
    said = {
        "own": "自有数据表", "fault": "wrong.csv，第8行，单元格H8（parks列）", "file": "older", "rows": 4,
        "understood": "未提供指标结构", "code": "公园", "unit": "旧港",
        "gone": "请重新上传", "see": "查看我的数据表", "first": "河滨", "removed": "数据表已移除",
    }  # fmt: skip
    journey(browser, address, axe, "zh", files, said)
