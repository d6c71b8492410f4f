"""What every command on an index shares: data, recipe, names of the units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, option, say

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import IndexSpec, Structure

UNIT_NAME = Text("name", "名称")

data_file = argument(
    "data",
    type=click.Path(path_type=Path),
    text=Text(
        "CSV or XLSX with the column uCode and one column an indicator.",
        "含uCode列及各指标列的CSV或XLSX。",
    ),
)
meta_file = option(
    "--meta",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "Table of meanings (Level, iCode, Parent, Type ...): min-max and arithmetic means.",
        "指标说明表（Level、iCode、Parent、Type等）：采用极差标准化与算术平均。",
    ),
)
spec_file = option(
    "--spec",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "Recipe, .toml, .json or .yaml, with every step.", "编制方案（.toml、.json或.yaml），含各步骤。"
    ),
)


def recipe(meta: Path | None, spec: Path | None) -> IndexSpec:
    """Take the recipe from the one of the two files that was given."""
    if (meta is None) == (spec is None):
        raise InputError(
            Text(
                "Give either --meta (a table of meanings) or --spec (a recipe); "
                "learningcity index template writes an example of both.",
                "请给出--meta（指标说明表）或--spec（编制方案）之一；learningcity index template可生成两者的示例。",
            )
        )
    notes: list[Text] = []
    if spec is not None:
        found = lc.read_index_spec(spec, notes=notes)
    else:
        found = lc.index_spec_from_table(str(meta), notes=notes)
    say_notes(notes)
    return found


def read_values(data: Path, structure: Structure | None) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read values and names of the units; say what was read with an assumption."""
    notes: list[Text] = []
    values = lc.read_index_values(data, structure, notes=notes)
    say_notes(notes)
    return values, lc.read_unit_names(data, notes=[])


def say_notes(notes: list[Text]) -> None:
    """Say each assumption once."""
    for note in dict.fromkeys(notes):
        say(note)


def with_names(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Put the names of the units behind their codes, where the data carry them."""
    if not names or "unit" not in frame.columns:
        return frame
    place = list(frame.columns).index("unit") + 1
    found = frame.copy()
    found.insert(place, "name", [names.get(str(unit), "") for unit in frame["unit"]])
    return found


def whole(result: Any, names: dict[str, str], as_json: bool, out: Path | None) -> Any:
    """Give all of a result for JSON, with the names of the units; None where a table is wanted."""
    if not as_json and (out is None or out.suffix.lower() != ".json"):
        return None
    return {**result.to_dict(), "names": names} if names else result.to_dict()
