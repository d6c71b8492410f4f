"""Write the data dictionary and the list of untranslated columns from the schemas.

``python -m learningcity.atlas.build.docs`` writes the pages under ``docs/data``; with ``--check``
it writes nothing and fails when a page differs from what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.atlas.build.edited import checkout, read_edited
from learningcity.core import Text, write_whole

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited
    from learningcity.core import Field, Schema

GROUP_TITLES = {
    "atlas": Text("The atlas", "资料库"),
    "standards": Text("The standard and the vocabulary", "标准与术语"),
    "build": Text("What the build checks against", "构建时的核对依据"),
}
TYPES = {
    "string": Text("text", "文本"),
    "integer": Text("whole number", "整数"),
    "number": Text("number", "数字"),
    "year": Text("year", "年份"),
    "date": Text("date", "日期"),
    "list": Text("list, joined with ;", "列表，以“;”连接"),
}
HEADS = {
    "en": ("column", "meaning", "type", "required", "allowed", "example"),
    "zh": ("列", "含义", "类型", "必填", "取值", "示例"),
}
INTRO = Text(
    "# Data dictionary\n\n"
    "This page is generated from `data/schemas/` by `make docs`; edit the schemas, not this page.\n"
    "The same schemas check every row and feed the forms. A cell that is empty says that nothing was "
    "seen or given; it is never zero and never says that something does not exist.\n",
    "# 数据字典\n\n"
    "本页由`make docs`根据`data/schemas/`生成；请修改表结构文件，不要直接修改本页。\n"
    "同一套表结构用于校验每一行数据并生成表单。空单元格表示未见或未填，既不等于零，也不表示不存在。\n",
)


def data_pages(data: Path | None = None) -> dict[str, str]:
    """Give the generated pages of ``docs/data`` by file name.

    Parameters
    ----------
    data
        The folder that people edit; None is that of the source checkout.

    Examples
    --------
    >>> sorted(data_pages())
    ['dictionary.md', 'dictionary.zh.md', 'untranslated.md']
    """
    edited = read_edited(checkout() / "data" if data is None else data)
    return {
        "dictionary.md": dictionary(edited, "en"),
        "dictionary.zh.md": dictionary(edited, "zh"),
        "untranslated.md": untranslated(edited),
    }


def dictionary(edited: Edited, language: str) -> str:
    """Give the data dictionary in one language as Markdown."""
    lines = [INTRO.in_(language)]
    for group, title in GROUP_TITLES.items():
        lines.append(f"## {title.in_(language)}\n")
        for name in (n for n, g in edited.groups.items() if g == group):
            lines.append(_table_section(edited, edited.schemas[name], language))
    return "\n".join(lines)


def _table_section(edited: Edited, schema: Schema, language: str) -> str:
    say = Text.in_
    count = len(edited.tables[schema.name])
    own = (
        Text("Users may bring rows of their own.", "用户可添加自有数据行。")
        if schema.overlay
        else Text("Not for rows of users.", "不接受用户自有数据行。")
    )
    key = Text(f"Key: {' + '.join(schema.key)}.", f"主键：{'＋'.join(schema.key)}。")
    rows = Text(f"{count:,} rows.", f"共{count:,}行。")
    gap = " " if language == "en" else ""
    lines = [
        f"### `{schema.name}`{' – ' if language == 'en' else '：'}{say(schema.title, language)}\n",
        f"{say(schema.description, language)}{gap}{say(rows, language)}{gap}{say(key, language)}"
        f"{gap}{say(own, language)}\n",
        f"| {' | '.join(HEADS[language])} |",
        f"|{' --- |' * len(HEADS[language])}",
    ]
    lines += [_column_line(schema, one, edited, language) for one in schema.fields]
    return "\n".join(lines) + "\n"


def _column_line(schema: Schema, one: Field, edited: Edited, language: str) -> str:
    required = Text("yes", "是") if one.required else Text("no", "否")
    cells = [
        f"`{one.name}`",
        f"**{one.title.in_(language)}**{'. ' if language == 'en' else '。'}{one.description.in_(language)}",
        TYPES[one.type].in_(language),
        required.in_(language),
        _allowed(schema, one, edited, language),
        f"`{one.example}`" if one.example else "",
    ]
    return f"| {' | '.join(c.replace('|', chr(92) + '|') for c in cells)} |"


def _allowed(schema: Schema, one: Field, edited: Edited, language: str) -> str:
    parts = []
    if one.enum:
        words = _words(edited, one.vocabulary, language)
        parts.append(
            (", " if language == "en" else "、").join(
                f"`{code}`" + (f" ({words[code]})" if language == "en" else f"（{words[code]}）")
                if code in words and words[code] != code
                else f"`{code}`"
                for code in one.enum
            )
        )
    for ref in schema.references:
        if ref.field == one.name:
            tables = (" / " if language == "en" else "或").join(f"`{t}`" for t in ref.tables)
            parts.append(
                Text(f"an id of {tables}", f"{tables}中的编号").in_(language) if not one.enum else tables
            )
    if one.minimum is not None or one.maximum is not None:
        low = "" if one.minimum is None else f"{one.minimum:g}"
        high = "" if one.maximum is None else f"{one.maximum:g}"
        if low and high:
            parts.append(Text(f"{low} to {high}", f"{low}至{high}").in_(language))
        else:
            parts.append(Text(f"from {low}", f"不小于{low}").in_(language) if low else f"≤ {high}")
    if one.vocabulary and not one.enum:
        parts.append(
            Text(f"codes `{one.vocabulary}` of `labels`", f"`labels`中的`{one.vocabulary}`代码").in_(language)
        )
    if one.lang == "original":
        parts.append(Text("as its source printed it, not translated", "照录原文，不作翻译").in_(language))
    return "; ".join(parts) if language == "en" else "；".join(parts)


def _words(edited: Edited, vocabulary: str | None, language: str) -> dict[str, str]:
    frame = edited.tables["labels"]
    rows = frame[frame["vocabulary"] == vocabulary]
    return dict(zip(rows["code"], rows[f"label_{language}"], strict=True))


def untranslated_columns(edited: Edited) -> list[tuple[Schema, Field, int]]:
    """Give the columns whose Chinese is not there yet, each with its number of filled cells."""
    found = []
    for schema in edited.schemas.values():
        for one in schema.fields:
            if one.lang == "en" and one.pair is None:
                frame = edited.tables[schema.name]
                filled = int((frame[one.name] != "").sum()) if one.name in frame.columns else 0
                found.append((schema, one, filled))
    return found


def untranslated(edited: Edited) -> str:
    """Give the page that lists what still stands in English alone, in both languages."""
    columns = untranslated_columns(edited)
    lines = [
        "# What is not translated yet · 尚未翻译的内容\n",
        "This page is generated from `data/schemas/` by `make docs`. Columns marked `lang: en` without a "
        "partner stand in English alone; a new one has to be marked, and an empty Chinese cell beside an "
        "English one stops the build. What stands as its source printed it (`lang: original`) is never "
        "translated.\n",
        "本页由`make docs`根据`data/schemas/`生成。标注`lang: en`而无对应列者目前仅有英文；新增此类列须同样标注，"
        "英文已填而中文为空的单元格会使构建停止。照录原文者（`lang: original`）不作翻译。\n",
        "| table · 数据表 | column · 列 | cells · 单元格数 | what · 内容 |",
        "| --- | --- | ---: | --- |",
    ]
    lines += [
        f"| `{schema.name}` | `{one.name}` | {filled:,} | {one.title.en} · {one.title.zh} |"
        for schema, one, filled in columns
    ]
    return "\n".join(lines) + "\n"


def pages_out_of_step(folder: Path, pages: dict[str, str]) -> list[str]:
    """Give the names of pages under ``folder`` that are missing or differ."""
    return [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` tell which differ; give the exit code."""
    folder, pages = checkout() / "docs" / "data", data_pages()
    stale = pages_out_of_step(folder, pages)
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"docs/data/{name} is out of step with data/schemas: run make docs.\n")
        return 1 if stale else 0
    for name in stale:
        write_whole(folder / name, pages[name].encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
