"""Read the folder that people edit: one CSV and one schema a table, one Markdown file a portrait."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from learningcity.core import Finding, InputError, Schema, SetupError, Text, read_schema, read_sheets

if TYPE_CHECKING:
    import pandas as pd

#: Folders of tables under ``data/`` and where the package ships each.
GROUPS = {"atlas": "atlas", "standards": "standards", "build": "atlas/build"}


@dataclass(frozen=True)
class Edited:
    """All tables, schemas and portraits of ``data/`` as they were read.

    ``unread`` holds what could not be read at all, as findings.
    """

    tables: dict[str, pd.DataFrame]
    schemas: dict[str, Schema]
    groups: dict[str, str]
    schema_texts: dict[str, str]
    cases: dict[str, str]
    unread: tuple[Finding, ...] = field(default=())

    def with_table(self, name: str, frame: pd.DataFrame) -> Edited:
        """Give a copy in which one table is another one."""
        return replace(self, tables={**self.tables, name: frame})

    def with_case(self, name: str, text: str) -> Edited:
        """Give a copy in which one portrait is another one."""
        return replace(self, cases={**self.cases, name: text})


def checkout() -> Path:
    """Give the root of the source checkout that this package runs from.

    Raises
    ------
    SetupError
        The package is installed without its checkout, so that there is no ``data/`` to build from.
    """
    root = Path(__file__).resolve().parents[4]
    if not (root / "data" / "schemas").is_dir():
        raise SetupError(
            Text(
                "There is no folder data/ beside this installation. Clone the repository and run the command there.",
                "当前安装不含data/文件夹。请克隆代码仓库，并在其中运行本命令。",
            )
        )
    return root


def read_edited(data: Path) -> Edited:
    """Read ``data/`` whole.

    Parameters
    ----------
    data
        The folder with ``schemas/``, ``atlas/``, ``standards/``, ``build/`` and ``cases/``.

    Raises
    ------
    InputError
        ``data`` is not such a folder.
    """
    if not (data / "schemas").is_dir():
        raise InputError(
            Text(
                f"{data} has no folder schemas/. Give the folder data/ of the repository.",
                f"{data}中没有schemas/文件夹。请给出代码仓库的data/文件夹。",
            )
        )
    tables, schemas, groups, texts = {}, {}, {}, {}
    unread: list[Finding] = []
    for group in GROUPS:
        for file in sorted((data / "schemas" / group).glob("*.json")):
            try:
                schema = read_schema(file)
            except (ValueError, KeyError, TypeError) as error:
                unread.append(_broken_schema(file, error))
                continue
            schemas[schema.name], groups[schema.name] = schema, group
            texts[schema.name] = file.read_text(encoding="utf-8")
            table = data / group / f"{schema.name}.csv"
            try:
                tables[schema.name] = read_sheets(table)[schema.name]
            except InputError as error:
                unread.append(Finding(schema.name, None, None, "", error.text, Text("", "")))
        unread += [_no_schema(t) for t in sorted((data / group).glob("*.csv")) if t.stem not in schemas]
    cases = {f.stem: f.read_text(encoding="utf-8") for f in sorted((data / "cases").glob("*.md"))}
    return Edited(tables, schemas, groups, texts, cases, tuple(unread))


def _broken_schema(file: Path, error: Exception) -> Finding:
    return Finding(
        file.stem,
        None,
        None,
        "",
        Text(
            f"The schema {file.name} cannot be read ({type(error).__name__}: {error}).",
            f"无法读取表结构{file.name}（{type(error).__name__}：{error}）。",
        ),
        Text("Mend the JSON; another schema shows the form.", "请修正JSON，格式可参照其他表结构。"),
    )


def _no_schema(table: Path) -> Finding:
    return Finding(
        table.stem,
        None,
        None,
        "",
        Text(f"The table {table.name} has no schema.", f"数据表{table.name}没有表结构。"),
        Text(
            f"Add schemas/{table.parent.name}/{table.stem}.json, or remove the table.",
            f"请添加schemas/{table.parent.name}/{table.stem}.json，或删除该表。",
        ),
    )
