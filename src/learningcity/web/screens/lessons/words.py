"""The words of the screen."""

from __future__ import annotations

import learningcity as lc

WORDS = {
    "title": lc.Text("What can my city learn?", "我的城市可以借鉴什么？"),
    "kicker": lc.Text("Lessons", "借鉴"),
    "lede": lc.Text(
        "Choose a city or country of the atlas, or describe your own city by a few numbers. You get awarded cities that can "
        "be compared with it and why, what is seen in them and not here, practices worth learning from, and lesson cards.",
        "选择图谱中的城市或国家，或用几个数字描述您的城市，即可得到：可比的获奖城市及理由、那里已见而此处未见的内容、值得借鉴的实践举措以及借鉴卡片。",
    ),
    "choose": lc.Text("A city or country of the atlas", "图谱中的城市或国家"),
    "countries": lc.Text("Countries", "国家"),
    "cities": lc.Text("Cities", "城市"),
    "pick": lc.Text("choose", "请选择"),
    "show": lc.Text("Show lessons", "查看借鉴"),
    "own": lc.Text("Another city, by its numbers", "其他城市：填写数据"),
    "own_note": lc.Text(
        "Every field may stay empty; the more are filled, the surer the comparison. Nothing is kept: the numbers stand in the "
        "address of the page, so that you can send it.",
        "各项均可留空，填写越多，比较越可靠。系统不保存数据：所填数字仅体现在网页地址中，便于转发。",
    ),
    "name": lc.Text("Name", "名称"),
    "country": lc.Text("Country or territory (context)", "国家或地区（背景）"),
    "currency": lc.Text("Currency of GDP", "产值币种"),
    "year": lc.Text("Year of GDP (for the rate)", "产值年份（用于汇率）"),
    "has": lc.Text("What the city has already", "已具备的举措与特征"),
    "has_note": lc.Text("Without a tick the city is not asked, and no gap is told.", "若不勾选，则不判断差距。"),
    "nothing": lc.Text("none of these", "以上均无"),
    "problems": lc.Text("Problems it wants to answer", "希望回应的问题"),
    "fault": lc.Text("This could not be read", "填写有误"),
    "examples": lc.Text("For instance", "例如"),
    "files": lc.Text("Files", "文件"),
    "whole": lc.Text("These lessons as a document", "借鉴全文"),
    "workbook": lc.Text("Excel workbook", "Excel工作簿"),
    "tables": lc.Text("Tables", "数据表"),
    "command": lc.Text("The same on the command line:", "在命令行中得到相同结果："),
    "again": lc.Text("Ask for another city", "查询其他城市"),
    "colon": lc.Text(": ", "："),
}  # fmt: skip


def words(language: str) -> dict[str, str]:
    """All words in one language."""
    return {key: word.in_(language) for key, word in WORDS.items()}
