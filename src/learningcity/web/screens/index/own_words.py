"""The words of the page where visitors bring a table."""

from __future__ import annotations

import learningcity as lc
from learningcity.web import uploads

_MB, _ROWS, _COLUMNS = uploads.MAXIMUM_BYTES // 1024**2, uploads.LIMITS.rows, uploads.LIMITS.columns
_MINUTES = int(uploads.IDLE // 60)

WORDS = {
    "title": lc.Text("An index of your own table", "用自有数据表编制指数"),
    "index": lc.Text("Index, what if", "指数假设分析"),
    "lede": lc.Text(
        "Upload a table of your districts, cities or countries, and ask of it all that the index asks of the atlas: "
        "intervals, safe order, what if, contributions, sensitivity, recipe.",
        "上传本市各区、各城市或各国的数据表，即可进行与图谱指数相同的分析：名次区间、稳健先后、假设分析、贡献、敏感性与编制方案。",
    ),
    "privacy": lc.Text(
        f"The table stays in the memory of this server, for this browser alone, until you remove it, close the browser, or "
        f"{_MINUTES} minutes pass without a visit. It is written to no disk and shown to nobody else.",
        f"数据表仅保存在服务器内存中，只有本浏览器可以查看；移除、关闭浏览器或{_MINUTES}分钟未访问后即不再可用。不写入磁盘，不向他人显示。",
    ),
    "form": lc.Text("Upload", "上传"),
    "data": lc.Text("Table of values (CSV or XLSX)", "数据表（CSV或XLSX）"),
    "data_note": lc.Text(
        "One row a unit, one column an indicator. The column uCode (or else the first one) holds a short code or name; uName, "
        "where there is one, the full name. An empty cell is missing.",
        "每行一个单位，每列一项指标。uCode列（没有时取第一列）为代码或简称，uName列（如有）为全称。空白单元格表示缺失。",
    ),
    "meta": lc.Text("Structure (optional; CSV or XLSX)", "指标结构（可选；CSV或XLSX）"),
    "meta_note": lc.Text(
        "Level, iCode, Parent, Type, and as wanted Direction, Weight, iName, iName_zh, Unit, Denominator: as learningcity index "
        "template writes it. A workbook may hold it in a sheet iMeta beside the sheet iData. Without it all indicators stand in one "
        "part, and more is better of each; you can change that afterwards.",
        "含Level、iCode、Parent、Type，可另含Direction、Weight、iName、iName_zh、Unit、Denominator，格式同命令行所生成的示例；"
        "也可放在同一工作簿的iMeta工作表中（数据表为iData）。不提供时全部指标归为一个部分，均视为越高越好，之后可以调整。",
    ),
    "limits": lc.Text(
        f"Up to {_MB} MB together, {_ROWS:,} rows and {_COLUMNS} columns; up to {uploads.TABLES_A_SESSION} tables at a time. "
        "Chinese CSV in GB 18030 is read, too.",
        f"文件合计不超过{_MB} MB，至多{_ROWS:,}行、{_COLUMNS}列；同时至多保存{uploads.TABLES_A_SESSION}张表。也可读取GB 18030编码的中文CSV。",
    ),
    "send": lc.Text("Upload and compute", "上传并计算"),
    "example": lc.Text("A table looks like this", "数据表示例"),
    "wrong": lc.Text("This needs to be mended", "需要修改之处"),
    "mine": lc.Text("My tables", "我的数据表"),
    "none": lc.Text("No table of yours is here.", "目前没有您的数据表。"),
    "open": lc.Text("Open the index", "查看指数"),
    "see": lc.Text("See the table", "查看数据表"),
    "remove": lc.Text("Remove my table", "移除我的数据表"),
    "removed": lc.Text("The table was removed.", "数据表已移除。"),
    "seen": lc.Text("What was understood", "读取结果"),
    "indicators": lc.Text("Indicators", "指标"),
    "rows": lc.Text("The first rows as read", "按读取结果显示的前几行"),
    "row": lc.Text("row", "行号"),
    "code": lc.Text("Code", "代码"),
    "name": lc.Text("Name", "名称"),
    "part": lc.Text("Part", "所属部分"),
    "better": lc.Text("Direction", "方向"),
    "weight": lc.Text("Weight", "权重"),
    "unit": lc.Text("Unit", "计量单位"),
    "denominator": lc.Text("Divided by", "分母"),
    "empty": lc.Text("empty", "空白"),
    "not_here": lc.Text(
        "No table of this name is among yours: it may be gone, or somebody else's.",
        "您的数据表中没有该表：可能已不在服务器上，或属于他人。",
    ),
    "no_file": lc.Text("No file was chosen. Choose a CSV or XLSX file.", "未选择文件，请选择CSV或XLSX文件。"),
    "broken": lc.Text(
        "The upload was cut off or is broken. Send it again.", "上传内容中断或已损坏，请重新提交。"
    ),
}


def words(language: str) -> dict[str, str]:
    """Every word of the page in a language."""
    return {key: text.in_(language) for key, text in WORDS.items()}
