"""The data dictionary, read off the schemas of the tables: columns, and the words of every code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from learningcity.atlas import atlas_schemas, load_atlas
from learningcity.core import Field, Schema, Text
from learningcity.standards import label, load_standard

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas import Atlas

#: Columns that hold areas of the standard; their words are its names.
_AREAS = ("areas", "focal_areas", "key_feature_areas")


#: Heads of the dictionary for people; programs read the names of the columns.
DICTIONARY_HEADS: dict[str, Text] = {
    "table": Text("table", "数据表"),
    "column": Text("column", "列"),
    "title": Text("title", "名称"),
    "description": Text("meaning", "含义"),
    "type": Text("type", "类型"),
    "required": Text("required", "必填"),
    "key": Text("part of the key", "属于主键"),
    "values": Text("allowed values", "可取值"),
    "leads_to": Text("leads to", "指向"),
    "example": Text("example", "示例"),
}


def data_dictionary(language: str, schemas: Mapping[str, Schema] | None = None) -> pd.DataFrame:
    """Give one row a column of every table: meaning, type, whether required, allowed values.

    Parameters
    ----------
    language
        "en" or "zh": the language of titles and descriptions.
    schemas
        The tables; those of the atlas when not given.

    Examples
    --------
    >>> found = data_dictionary("zh").set_index(["table", "column"])
    >>> found.loc[("cities", "city_id"), "title"]
    '城市编号'
    """
    import pandas as pd

    rows = []
    for name, schema in (atlas_schemas() if schemas is None else schemas).items():
        leads = {r.field: " / ".join(f"{t}.{r.column}" for t in r.tables) for r in schema.references}
        for one in schema.fields:
            rows.append(
                {
                    "table": name,
                    "column": one.name,
                    "title": one.title.in_(language),
                    "description": one.description.in_(language),
                    "type": one.type,
                    "required": "yes" if one.required else "no",
                    "key": "yes" if one.name in schema.key else "no",
                    "values": ";".join(one.enum),
                    "leads_to": leads.get(one.name, ""),
                    "example": one.example,
                }
            )
    return pd.DataFrame(rows)


def code_words(field: Field, atlas: Atlas | None = None) -> dict[str, Text]:
    """Give the words of each code that a column may hold; empty where its list is not closed.

    Examples
    --------
    >>> code_words(atlas_schemas()["practices"]["mechanism"])["law"].zh
    '法规'
    """
    if field.name == "indicator_id":
        names = (atlas or load_atlas()).indicators[["indicator_id", "name_en", "name_zh"]]
        return {i: Text(en, zh) for i, en, zh in names.itertuples(index=False, name=None)}
    if field.vocabulary:
        return {c: Text(*(label(field.vocabulary, c, k) for k in ("en", "zh"))) for c in field.enum}
    if field.name in _AREAS:
        standard = load_standard()
        return {c: standard.area(c).name for c in field.enum}
    return {c: Text(c, c) for c in field.enum}


#: Heads of the list of codes; programs read the names of the columns, people the words.
CODE_HEADS: dict[str, Text] = {
    "table": Text("table", "数据表"),
    "column": Text("column", "列"),
    "title": Text("meaning of the column", "列的含义"),
    "code": Text("code", "代码"),
    "zh": Text("in Chinese", "中文"),
    "en": Text("in English", "英文"),
}


def code_list(
    language: str, schemas: Mapping[str, Schema] | None = None, atlas: Atlas | None = None
) -> pd.DataFrame:
    """Give one row a code of every closed list, with its words in both languages.

    Examples
    --------
    >>> found = code_list("en").query("column == 'mechanism' and code == 'law'").iloc[0]
    >>> found["zh"], found["en"]
    ('法规', 'law')
    """
    import pandas as pd

    rows = [
        (name, one.name, one.title.in_(language), code, word.zh, word.en)
        for name, schema in (atlas_schemas() if schemas is None else schemas).items()
        for one in schema.fields
        for code, word in code_words(one, atlas).items()
    ]
    return pd.DataFrame(rows, columns=list(CODE_HEADS))
