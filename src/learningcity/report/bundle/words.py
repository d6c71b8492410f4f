"""The words that a workbook and a data package add to a document."""

from __future__ import annotations

from learningcity.core import Text

READ_ME = Text("Read me", "说明")
CONTENTS = Text("Contents", "目录")
FINDINGS = Text("Findings", "发现")
VALUES = Text("Numbers of findings", "发现所含数值")
CARDS = Text("Cards", "要点卡片")
SOURCES = Text("Sources", "来源")
DICTIONARY = Text("Dictionary", "数据字典")
MADE = Text("How it was made", "生成信息")
TABLE = Text("Table", "表")
FIGURE = Text("Figure", "图")
BACK = Text("Back to the contents", "返回目录")

#: Heads of columns, by the name that programs see.
HEADS: dict[str, Text] = {
    "number": Text("number", "序号"),
    "key": Text("key", "标识"),
    "section": Text("section", "章节"),
    "claim": Text("finding", "发现"),
    "strength": Text("how sure", "可靠程度"),
    "n": Text("rests on", "依据数"),
    "of": Text("of", "总数"),
    "what": Text("of what", "对象"),
    "uncertainty": Text("how far it could move", "不确定性"),
    "method": Text("method", "方法"),
    "code": Text("the same numbers in Python", "用Python得到相同结果"),
    "command": Text("the same numbers on the command line", "用命令行得到相同结果"),
    "choices": Text("choices", "选项"),
    "seed": Text("random seed", "随机种子"),
    "finding": Text("key of the finding", "发现标识"),
    "name": Text("name of the value", "数值名称"),
    "value": Text("value, unrounded", "数值（未取整）"),
    "card": Text("key of the card", "卡片标识"),
    "title": Text("title", "标题"),
    "part": Text("part", "项目"),
    "text": Text("text", "内容"),
    "source_id": Text("id in the atlas", "图谱中的编号"),
    "address": Text("address", "网址"),
    "tier": Text("kind of source", "来源类别"),
    "linked": Text("may be linked", "可设链接"),
    "sheet": Text("sheet", "工作表"),
    "file": Text("file", "文件"),
    "column": Text("column", "列"),
    "column_code": Text("name for programs", "列代码"),
    "type": Text("holds", "内容类型"),
    "unit": Text("unit", "单位"),
    "caption": Text("what it shows", "内容"),
    "rows": Text("rows", "行数"),
    "entry": Text("entry", "条目"),
    "held": Text("value", "值"),
    "source_ids": Text("sources", "来源"),
}
TYPES: dict[str, Text] = {
    "integer": Text("whole number", "整数"),
    "number": Text("number", "数值"),
    "year": Text("year", "年份"),
    "string": Text("text", "文字"),
    "any": Text("number or text", "数值或文字"),
}
SHARE_UNIT = Text("share of one, 0.25 = 25%", "比例，0.25即25%")
BY_ROW = Text("in each row of its own", "逐行不同")
UNIT_OF = Text("{title}: unit", "{title}：单位")
YES, NO = Text("yes", "是"), Text("no", "否")
DOUBTFUL = Text("doubtful, not linked", "存疑，不设链接")

WHAT = Text(
    "The findings, tables, numbers behind the figures and sources of this document; the text and the pictures are in its "
    "other formats.",
    "本文件收录文档中的各项发现、全部表格、各图数据与来源；正文与图见文档的其他格式。",
)
NUMBERS = Text(
    "Numbers are unrounded; the format of a cell rounds them as the document does. An empty cell was not seen or does not "
    "apply, never zero.",
    "数值均未取整，单元格格式按文档所示位数显示。空白表示未见到或不适用，不表示零。",
)
TOGETHER = Text(
    "A finding says what was seen in the data, or what goes together in them; none of them names a cause.",
    "各项发现只说明数据中见到什么、哪些现象相伴出现，均不表示因果关系。",
)
NO_ORDER = Text(
    "No table is a ranking of cities: how much was seen of a city depends on how much could be read about it.",
    "任何表格都不是城市排名：见到多少举措，取决于能查阅到多少资料。",
)
UNSEEN = Text(
    "What was not seen in the pages that were read may exist all the same.",
    "查阅资料中未见到的，实际上仍可能存在。",
)
PARTS: dict[str, Text] = {
    "what": Text("What it is", "内容"),
    "limits": Text("What may not be read from it", "不能由此得出的结论"),
    "versions": Text("Versions", "版本"),
    "cite": Text("How to cite", "引用格式"),
    "licence": Text("Terms of use", "使用条款"),
    "files": Text("Files", "文件"),
    "csv": Text("How the tables are written", "数据表的写法"),
    "check": Text("How to check it", "核验方法"),
}
CITE = Text(
    "“{title}”, computed with learningcity {version} from data {data}. Cite with it the package and the atlas, and the "
    "source of each figure that you use:",
    "《{title}》，由learningcity {version}依据数据版本{data}计算生成。引用时请一并注明软件与图谱，以及所用每项数据的来源：",
)
VERSION = Text("learningcity {version}, data {data}", "learningcity {version}，数据版本{data}")


def label(word: Text, number: int, language: str) -> str:
    """Name a table or figure by its number.

    Examples
    --------
    >>> label(TABLE, 3, "en"), label(FIGURE, 2, "zh")
    ('Table 3', '图2')
    """
    return f"{word.in_(language)}{' ' if language == 'en' else ''}{number}"
