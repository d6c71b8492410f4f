"""The whole atlas as one workbook for people: read-me, one sheet a table, dictionary, codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.atlas import atlas_schemas, data_version, package_version
from learningcity.core import LANGUAGES, Field, Schema, Text, UnknownNameError, or_none
from learningcity.report.package import notices
from learningcity.report.package.dictionary import CODE_HEADS, DICTIONARY_HEADS, code_list, data_dictionary
from learningcity.report.package.package import ABOUT, OWN, own_rows
from learningcity.report.package.workbook import DICTIONARY, READ_ME, Book

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas import Atlas

TITLE = Text("Learning City Atlas: the tables of the atlas", "学习型城市图谱：图谱数据表")
#: Sheets beside the tables; reading a workbook passes over them.
CODES, OWN_ROWS = Text("codes", "代码"), Text("own rows", "自有数据")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
#: Columns whose ids lead to a page.
_SOURCES = ("source_id", "profile_source_id")
_LINES = (
    Text(
        "One sheet a table. The heads are the names of the columns; a note on each head says what the column means. "
        "Cells hold codes; their words stand in the sheet codes.",
        "每张数据表一个工作表。表头为列代码，批注说明各列含义；单元格中为代码，含义见工作表“代码”。",
    ),
    Text(
        "Ids of sources are links where the page may be linked. Doubtful addresses are printed so that they can be "
        "checked, and are no links.",
        "来源编号在允许时设有链接；存疑来源仅列出地址以供核对，不设链接。",
    ),
    Text(
        "What you change here can be added to your own atlas: learningcity atlas add FILE --dry-run.",
        "修改后的内容可添加到自己的图谱：learningcity atlas add 文件名 --dry-run。",
    ),
)
_OWN_NOTE = Text(
    "Rows that a user added or replaced are listed in the sheet own rows.",
    "用户新增或替换的行见工作表“自有数据”。",
)


def atlas_workbook(atlas: Atlas, language: str = "en") -> bytes:
    """Give all tables of the atlas as one workbook (XLSX).

    Numbers are numbers and texts are texts, never formulas; ids of sources are links where the
    source may be linked. ``learningcity atlas add`` takes the workbook back. The same tables give
    the same bytes.

    Parameters
    ----------
    atlas
        The tables; with own tables laid over them, the rows that are the user's are listed, too.
    language
        "en" or "zh": the language of read-me, notes and dictionary.

    Raises
    ------
    UnknownNameError
        No such language.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.atlas_workbook(lc.load_atlas())[:2]
    b'PK'
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    return atlas.derived(f"atlas_workbook {language}", lambda: build_workbook(atlas, language))


def build_workbook(atlas: Atlas, language: str) -> bytes:
    """Build the workbook anew, without keeping it."""
    book = Book(TITLE.in_(language))
    own = own_rows(atlas)
    book.lines(book.add(READ_ME.in_(language)), _read_me(atlas, bool(len(own)), language))
    links = notices.source_links(atlas)
    for name, frame in atlas.frames.items():
        # The name of the table stands last: by it the sheet is recognised when it comes back.
        schema = atlas_schemas()[name]
        title = name if language == "en" else f"{schema.title.zh} {name}"
        _table(book, book.add(title), frame, schema, links, language)
    schemas = {name: atlas_schemas()[name] for name in atlas.frames}
    _told(book, DICTIONARY, data_dictionary(language, schemas), DICTIONARY_HEADS, language)
    _told(book, CODES, code_list(language, schemas, atlas), CODE_HEADS, language)
    if len(own):
        _told(book, OWN_ROWS, own, {"table": CODE_HEADS["table"], "key": OWN}, language)
    return book.bytes()


def _read_me(atlas: Atlas, own: bool, language: str) -> list[str]:
    texts = [TITLE, ABOUT, *([_OWN_NOTE] if own else []), *_LINES, *notices.NOTES, notices.LICENCE]
    lines = [text.in_(language) for text in texts]
    return [
        *lines,
        f"learningcity {package_version()}+{data_version(atlas)}",
        *notices.citations(language),
    ]


def _table(
    book: Book, sheet: Any, frame: pd.DataFrame, schema: Schema, links: Mapping[str, str], language: str
) -> None:
    names = [str(name) for name in frame.columns]
    rows = [
        tuple(_again(value) if isinstance(value, str) else or_none(value) for value in row)
        for row in frame.itertuples(index=False, name=None)
    ]
    book.table(sheet, names, rows, {names.index(name): links for name in _SOURCES if name in names})
    for number, name in enumerate(names):
        sheet.write_comment(0, number, note(schema[name], language), {"x_scale": 2, "y_scale": 1.6})


def _again(text: str) -> str:
    """Keep an apostrophe before a formula through the reading that takes one away."""
    return f"'{text}" if _GUARDED.match(text) else text


def note(field: Field, language: str) -> str:
    """Say what a column means, whether it must be filled, and give an example."""
    colon = "：" if language == "zh" else ": "
    lines = [f"{field.title.in_(language)}{colon}{field.description.in_(language)}"]
    lines.append(
        (Text("Required.", "必填。") if field.required else Text("May be empty.", "可留空。")).in_(language)
    )
    if field.example:
        lines.append(Text(f"e.g. {field.example}", f"例如：{field.example}").in_(language))
    return "\n".join(lines)


def _told(book: Book, name: Text, frame: pd.DataFrame, heads: Mapping[str, Text], language: str) -> None:
    rows = [tuple(value or None for value in row) for row in frame.itertuples(index=False, name=None)]
    book.table(book.add(name.in_(language)), [heads[c].in_(language) for c in frame.columns], rows)
