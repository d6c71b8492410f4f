"""In a real browser: a person brings a table, asks of it what the index can tell, loses it, brings it again, removes it."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from openpyxl import Workbook
from tests.web import browsing
from tests.web.browsing import CHINESE, ENGLISH, assert_clean, expect, follow, opened

import learningcity as lc
from learningcity.web import uploads

pytestmark = pytest.mark.browser


@pytest.fixture
def store(monkeypatch):
    """The tables of this test alone."""
    made = uploads.Store()
    monkeypatch.setattr(uploads, "STORE", made)
    return made


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


def journey(browser, address, store, language, files, said):
    page = opened(browser, 390, 844)
    page.goto(f"{address}/{language}/index")
    follow(page, page.get_by_text(said["own"]).first)
    assert page.url == f"{address}/{language}/index/own"
    assert_clean(page)

    # A file with a fault: told by its cell, and the form is there still.
    page.set_input_files("#f-data", files["wrong"])
    page.click("form.upload button")
    expect(page.locator("#problem")).to_contain_text(said["fault"])
    assert_clean(page)

    # By the keyboard.
    page.set_input_files("#f-data", files[said["file"]])
    page.press("form.upload button", "Enter")
    page.wait_for_url("**/index?reading=own&own=*")
    assert said["understood"] in page.locator("#reading").inner_text()
    assert page.locator(".index-table tbody tr").count() == said["rows"]
    # On a phone a row is short, and the rest is there when asked for.
    table, extra = page.locator(".index-table"), page.locator(".index-table .extra").first
    short = table.bounding_box()["height"]
    assert short < 60 * said["rows"]
    assert not extra.is_visible()
    page.click(".phone-more summary")
    expect(extra).to_be_visible()
    assert table.bounding_box()["height"] > 1.5 * short

    # What if: the table is drawn anew with each choice; the form leads to a page of its own, and its address keeps all.
    page.click(".weights summary")
    page.fill(f"[id='f-w.{said['code']}']", "3")
    page.select_option("#f-city", said["unit"])
    page.press(".what-if button[type=submit]", "Enter")
    page.wait_for_url("**#units")
    assert f"w.{quote(said['code'])}=3" in page.url
    assert f"city={quote(said['unit'])}" in page.url
    assert page.locator("#one").is_visible()
    assert_clean(page)
    asked = page.url.removesuffix("#units")

    # Another browser is told that the table is not there, and the other language has it.
    other = browser.new_context()
    assert other.request.get(asked).status == 404
    other.close()
    assert page.goto(asked.replace(f"/{language}/", "/zh/" if language == "en" else "/en/")).status == 200

    # The server forgot it: said plainly; the same file, and the question is as it was.
    store.sessions.clear()
    assert page.goto(asked).status == 404
    assert said["gone"] in page.locator("#problem").inner_text()
    page.set_input_files("#f-data", files[said["file"]])
    page.click("form.upload button")
    expect(page.locator("#one")).to_be_visible()
    assert page.url.startswith(f"{address}/{language}/index?")
    assert page.input_value(f"[id='f-w.{said['code']}']") == "3"

    # Looked at, and removed.
    follow(page, page.get_by_text(said["see"]).first)
    assert said["first"] in page.locator("#seen").inner_text()
    assert_clean(page)
    page.click("#mine button")
    expect(page.locator(".notice", has_text=said["removed"])).to_be_visible()
    assert page.goto(asked).status == 404
    assert not store.sessions
    refused = [c for c in browsing.complaints(page) if "status of 404" not in c and "status of 400" not in c]
    assert refused == []
    page.context.close()


@ENGLISH
def test_an_own_table_on_a_phone(browser, address, store, files):
    said = {
        "own": "Your own table", "fault": "wrong.csv, row 8, cell H8 (column parks)", "file": "both", "rows": 8,
        "understood": "8 units, 7 indicators, 1 empty cell; a structure of 3 parts", "code": "skills", "unit": "oldport",
        "gone": "Upload it again", "see": "See my table", "first": "Riverside", "removed": "The table was removed",
    }  # fmt: skip
    journey(browser, address, store, "en", files, said)


@CHINESE
def test_an_own_table_in_chinese(browser, address, store, files):
    said = {
        "own": "自有数据表", "fault": "wrong.csv，第8行，单元格H8（parks列）", "file": "older", "rows": 4,
        "understood": "未提供指标结构", "code": "公园", "unit": "旧港",
        "gone": "请重新上传", "see": "查看我的数据表", "first": "河滨", "removed": "数据表已移除",
    }  # fmt: skip
    journey(browser, address, store, "zh", files, said)
