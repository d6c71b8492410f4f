"""The whole atlas as a data package: every table as CSV for programs, described, with its terms."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.atlas import data_version, package_version
from learningcity.core import LANGUAGES, Text, UnknownNameError, to_csv_text
from learningcity.report.package import descriptor, notices
from learningcity.report.package.dictionary import CODE_HEADS, DICTIONARY_HEADS, code_list, data_dictionary
from learningcity.report.package.licences import CC_BY, FILE, data_licences
from learningcity.report.package.sheet import table_schemas
from learningcity.standards import standard_tables

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas import Atlas

TITLE = Text("Learning City Atlas: all tables", "学习型城市图谱：全部数据表")
ABOUT = Text(
    "The cities of the UNESCO Learning City Award, their background, practices and codes, the network, the standard "
    "and its rules, concepts and literature, with a source for every figure.",
    "联合国教科文组织学习型城市奖获奖城市及其背景、实践举措与编码，学习型城市网络，标准与评选规则，概念与文献；每项数据均注明来源。",
)
KEYWORDS = ["learning city", "lifelong learning", "UNESCO Learning City Award", "comparative adult education"]
DICTIONARY = Text("Data dictionary: one row a column", "数据字典：每列一行")
CODES = Text("Words of every code in both languages", "全部代码的中英文")
OWN = Text("Rows that the user added or replaced, by table and key", "用户新增或替换的行，按数据表与主键列出")
_OWN_HEADS = {"table": Text("table", "数据表"), "key": Text("key", "主键")}


def data_package(atlas: Atlas, language: str = "en") -> bytes:
    """Give all tables as a data package: a ZIP with ``datapackage.json`` and one CSV a table.

    The CSV files are for programs: UTF-8 without BOM, codes, and texts that begin like a formula
    are not escaped. Beside them: a data dictionary and a read-me in the language, the words of
    every code, how to cite, and the terms by kind of source. The same tables give the same bytes.

    Parameters
    ----------
    atlas
        The tables; with own tables laid over them, the rows that are the user's are listed, too.
    language
        "en" or "zh": the language of titles, descriptions and the read-me.

    Returns
    -------
    bytes
        A ZIP archive.

    Raises
    ------
    UnknownNameError
        No such language.

    Examples
    --------
    >>> import io, zipfile
    >>> import learningcity as lc
    >>> packed = zipfile.ZipFile(io.BytesIO(lc.data_package(lc.load_atlas())))
    >>> packed.namelist()[:3]
    ['datapackage.json', 'README.md', 'LICENSE-DATA.md']

    References
    ----------
    Data Package standard, version 2.0, https://datapackage.org/standard/data-package/
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    return atlas.derived(f"data_package {language}", lambda: build_package(atlas, language))


def build_package(atlas: Atlas, language: str) -> bytes:
    """Build the package anew, without keeping it."""
    frames = {**atlas.frames, **standard_tables()}
    schemas = {name: schema for name, schema in table_schemas().items() if name in frames}
    files = {name: to_csv_text(frames[name]).encode("utf-8") for name in schemas}
    resources = [
        descriptor.resource(name, files[name], schema, frames, language, atlas)
        for name, schema in schemas.items()
    ]
    rows_of = {name: len(frame) for name, frame in frames.items()}
    for name, title, frame, heads in _beside(atlas, schemas, language):
        files[name], rows_of[name] = to_csv_text(frame).encode("utf-8"), len(frame)
        told = descriptor.described(name, files[name], title.in_(language), title.in_(language))
        columns = [(code, head.in_(language)) for code, head in heads.items()]
        resources.append({**told, "schema": descriptor.plain_schema(columns), "licenses": [CC_BY]})
    described = _package(atlas, resources, language)
    texts = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2) + "\n",
        "README.md": read_me(atlas, described, rows_of, language),
        FILE: data_licences(atlas, sources_at="sources.csv"),
        "CITATION.cff": citation_file(),
    }
    packed = {name: text.encode("utf-8") for name, text in texts.items()}
    return zipped({**packed, **{f"{name}.csv": content for name, content in files.items()}})


def _beside(
    atlas: Atlas, schemas: Mapping[str, Any], language: str
) -> list[tuple[str, Text, pd.DataFrame, dict[str, Text]]]:
    """The tables about the tables: dictionary, codes, and the user's own rows where there are any."""
    found = [
        ("dictionary", DICTIONARY, data_dictionary(language, schemas), DICTIONARY_HEADS),
        ("codes", CODES, code_list(language, schemas, atlas), CODE_HEADS),
    ]
    own = own_rows(atlas)
    return [*found, ("own-rows", OWN, own, _OWN_HEADS)] if len(own) else found


def own_rows(atlas: Atlas) -> pd.DataFrame:
    """Name every row that the user added or replaced: table, and key with its parts joined by ``;``."""
    import pandas as pd

    rows = [(table, ";".join(key)) for table, keys in sorted(atlas.own.items()) for key in sorted(keys)]
    return pd.DataFrame(rows, columns=list(_OWN_HEADS))


def _package(atlas: Atlas, resources: list[dict[str, Any]], language: str) -> dict[str, Any]:
    return {
        "$schema": descriptor.PROFILE,
        "name": "learningcity-atlas",
        "title": TITLE.in_(language),
        "description": ABOUT.in_(language),
        "version": f"{package_version()}+{data_version(atlas)}",
        "created": notices.CREATED,
        "keywords": KEYWORDS,
        "contributors": [{"title": "The learningcity maintainers", "roles": ["creator"]}],
        "licenses": [
            CC_BY,
            {"title": "Facts, figures and statistics: terms by kind of source", "path": FILE},
        ],
        "sources": [{"title": "Pages read, by title and address", "path": "sources.csv"}],
        "citation": " ".join(notices.citations(language)),
        "notes": [text.in_(language) for text in (*notices.NOTES, _DOUBTFUL)],
        "resources": resources,
    }


def citation_file() -> str:
    """Give the file by which programs learn how to cite (Citation File Format 1.2.0)."""
    keywords = "\n".join(f"  - {word}" for word in KEYWORDS)
    return f"""\
cff-version: 1.2.0
message: If you use these tables, please cite them, and the source of each figure that you use.
title: "learningcity: the sourced atlas of the UNESCO Learning City Award"
type: dataset
version: {package_version()}
license: CC-BY-4.0
keywords:
{keywords}
authors:
  - name: The learningcity maintainers
"""


# --- read-me -------------------------------------------------------------------------------------

_DOUBTFUL = Text(
    "Sources of the tier `doubtful` were seen on hosts that repost others or look hijacked. Their addresses are "
    "printed so that they can be checked; do not offer them as links.",
    "等级为`doubtful`（存疑）的来源见于疑似转载他人内容或被劫持的网站，地址仅供核对，请勿设为链接。",
)
_READ_ME = (
    Text(
        "One CSV file a table: UTF-8 without BOM, comma, line feed. Columns hold codes; `codes.csv` gives their words "
        "and `dictionary.csv` what each column means. `datapackage.json` describes all of it for programs "
        "(Data Package 2.0).",
        "每张数据表一个CSV文件：UTF-8无BOM编码，以逗号分隔，换行符为LF。列中为代码，含义见`codes.csv`；各列说明见`dictionary.csv`。"
        "`datapackage.json`供程序读取（Data Package 2.0）。",
    ),
    Text(
        "These files are for programs. To read the tables in Excel or WPS, take the workbook; a text that begins with "
        "=, +, - or @ is not escaped here.",
        "这些文件供程序使用。如需在Excel或WPS中阅读，请使用工作簿；此处未对以=、+、-、@开头的文字作转义。",
    ),
    _DOUBTFUL,
)
_HEADS = Text("| file | table | rows |", "| 文件 | 数据表 | 行数 |")
_OWN_NOTE = Text(
    "This package holds rows that a user added to the atlas or replaced in it; `own-rows.csv` names them. Nobody "
    "else has checked them.",
    "本数据包含有用户新增或替换的行，见`own-rows.csv`，未经他人核对。",
)
_PARTS = (
    Text("How to read it", "使用说明"),
    Text("Tables", "数据表"),
    Text("Terms", "使用条款"),
    Text("How to cite", "引用格式"),
)


def read_me(atlas: Atlas, described: Mapping[str, Any], rows_of: Mapping[str, int], language: str) -> str:
    """Write what is inside, how it is read, under what terms, and how it is cited."""
    how, tables, terms, cite = (text.in_(language) for text in _PARTS)
    own = [_OWN_NOTE] if any(atlas.own.values()) else []
    rows = [
        f"| `{one['path']}` | {one['title']} | {rows_of[one['name']]} |" for one in described["resources"]
    ]
    lines = [text.in_(language) for text in (*own, *_READ_ME, *notices.NOTES)]
    parts = [
        f"# {described['title']}",
        f"{described['description']}",
        f"learningcity {described['version']}",
        f"## {how}",
        "\n".join(f"- {line}" for line in lines),
        f"## {tables}",
        "\n".join([_HEADS.in_(language), "| --- | --- | ---: |", *rows]),
        f"## {terms}",
        f"{notices.LICENCE.in_(language)} `{FILE}`",
        f"## {cite}",
        *notices.citations(language),
    ]
    return "\n\n".join(parts) + "\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files so that the same content gives the same bytes: fixed day, fixed modes, given order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return out.getvalue()
