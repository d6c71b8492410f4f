"""The texts of a document's data package: read-me, terms, how to cite."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from learningcity.core import Text, package_version
from learningcity.report.bundle import told, words
from learningcity.report.bundle.grids import Grid
from learningcity.report.document import Document
from learningcity.report.package import notices
from learningcity.report.package.licences import FILE, data_licences

_WHAT = Text(
    "Everything that this document holds, for programs and for checking: its tables, the numbers and pictures of its "
    "figures, its sources, and the document itself as data.",
    "本数据包收录文档的全部内容，供程序读取与核验：各表、各图的数据与图片、来源，以及以数据形式保存的文档本身。",
)
_CSV = (
    Text(
        "UTF-8 with BOM, comma, CRLF: Excel and WPS open them rightly. The heads are names for programs, the same in both "
        "languages; `datapackage.json` (Data Package 2.0) gives their titles in both.",
        "采用带BOM的UTF-8编码，逗号分隔，换行符为CRLF，可直接用Excel或WPS打开。表头为列代码，两种语言相同，中英文名称见`datapackage.json`"
        "（Data Package 2.0）。",
    ),
    Text(
        "Numbers are unrounded; a percentage is a share of one. Where rows differ in their unit, the next column names it. "
        "`source_ids` holds ids of `data/sources.csv`, joined with `;`.",
        "数值未取整，百分比以比例（0至1）表示。各行单位不同时，单位列于下一列。`source_ids`为`data/sources.csv`中的编号，多个以`;`连接。",
    ),
    Text(
        "A text that a spreadsheet would run as a formula (it begins with =, +, - or @) has an apostrophe before it. In "
        "`document.json` texts stand as they are.",
        "以=、+、-、@开头、可能被电子表格当作公式执行的文字，前面加有撇号；`document.json`中的文字保持原样。",
    ),
)
_FILES: tuple[tuple[str, Text], ...] = (
    ("datapackage.json", Text("what each file holds, for programs", "各文件说明，供程序读取")),
    (
        "document.json",
        Text("the whole document as data, both languages", "以数据形式保存的完整文档，含两种语言"),
    ),
    ("manifest.json", Text("versions, choices, seeds, hashes", "版本、选项、随机种子与哈希值")),
    ("CITATION.cff", Text("how to cite, for programs", "引用信息，供程序读取")),
    (FILE, Text("terms by kind of source", "按来源类别列出的使用条款")),
    ("SHA256SUMS", Text("checksums of all other files", "其余全部文件的校验值")),
)
_HEADS = Text("| file | what it shows | rows |", "| 文件 | 内容 | 行数 |")
_CHECK = Text("`sha256sum -c SHA256SUMS` in this folder.", "在本文件夹中运行`sha256sum -c SHA256SUMS`。")


def read_me(document: Document, held: Sequence[Grid], package: Mapping[str, Any]) -> str:
    """Say what is inside, what may not be read from it, how it is read, under what terms, how it is cited."""
    language = document.language
    rows_of = {one.name: len(one.rows) for one in held}
    rows = [
        f"| `{one['path']}` | {_cell(one['title'])} | {rows_of.get(one['name'], '')} |"
        for one in package["resources"]
    ]
    part = {name: word.in_(language) for name, word in words.PARTS.items()}
    colon = ": " if language == "en" else "："
    parts = [
        f"# {_line(document.title.in_(language))}",
        _line(document.subtitle.in_(language)),
        _WHAT.in_(language),
        f"## {part['limits']}",
        _bullets(package["notes"]),
        f"## {part['files']}",
        _bullets(f"`{name}`{colon}{said.in_(language)}" for name, said in _FILES),
        "\n".join([_HEADS.in_(language), "| --- | --- | ---: |", *rows]),
        f"## {part['csv']}",
        _bullets(one.in_(language) for one in (*_CSV, notices.EMPTY)),
        f"## {part['versions']}",
        told.version_line(document),
        f"## {part['check']}",
        _CHECK.in_(language),
        f"## {part['licence']}",
        f"{notices.LICENCE.in_(language)} `{FILE}`",
        f"## {part['cite']}",
        "\n\n".join((_line(told.cite_line(document)), *notices.citations(language))),
    ]
    return "\n\n".join(parts) + "\n"


def terms() -> bytes:
    """The terms of texts, facts and statistical sources."""
    from learningcity.atlas import load_atlas

    return data_licences(load_atlas(), sources_at="data/sources.csv").encode("utf-8")


def citation_file(document: Document) -> str:
    """Give the file by which programs learn how to cite (Citation File Format 1.2.0).

    What is cited is the package with its atlas, which computed the document; the message names the document.
    """
    version, data = told.versions(document)
    message = (
        f"If you use this document ({document.title.en}; data {data}), please cite the package and the atlas that "
        "computed it, and the source of each figure that you use."
    )
    return f"""\
cff-version: 1.2.0
message: {json.dumps(message, ensure_ascii=False)}
title: "learningcity: the sourced atlas of the UNESCO Learning City Award"
type: dataset
version: {json.dumps(version or package_version())}
license: CC-BY-4.0
authors:
  - name: The learningcity maintainers
"""


def _bullets(lines: Any) -> str:
    return "\n".join(f"- {_line(one)}" for one in lines)


def _line(said: str) -> str:
    return " ".join(said.split())


def _cell(said: str) -> str:
    return _line(said).replace("|", "\\|")
