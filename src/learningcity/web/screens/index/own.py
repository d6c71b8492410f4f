"""A visitor's own table as a reading: what the index asks of it, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity.web import uploads

if TYPE_CHECKING:
    import pandas as pd

OWN = "own"
#: Beyond this many units 5,000 draws would take longer than a page may.
FEW_UNITS = 300
MANY_DRAWS = "5000"
GONE = lc.Text(
    "The table is no longer here: the server was started anew, nobody asked for it for an hour, or it was removed. "
    "Upload it again; your choices are kept.",
    "该数据表已不在服务器上：可能因服务器重启、超过一小时未使用或已被移除。请重新上传，所作选择仍然保留。",
)
MAY_NOT = (
    lc.Text(
        "It is not compared with the cities of the atlas: scales run from the lowest to the highest unit of your table.",
        "结果不能与图谱中的城市比较：标度以本表各单位的最低值与最高值为两端。",
    ),
    lc.Text(
        "Whether the indicators measure what you mean, and whether they are comparable, nobody has checked.",
        "指标是否反映所要衡量的内容、各单位口径是否可比，均未经核查。",
    ),
    lc.Text(
        "An empty cell is missing, not zero; a part rests on the indicators that have a value.",
        "空白单元格表示缺失，而非零；各部分仅依据有数值的指标计算。",
    ),
    lc.Text("Nothing here is causal.", "此处任何结果都不表示因果关系。"),
)


class GoneError(lc.InputError):
    """The table that an address names is not, or no longer, among those of the visitor."""


@dataclass(frozen=True)
class Rule:
    """How much of a table enters the index, in words."""

    text: lc.Text


@dataclass(frozen=True)
class OwnReading:
    """A table under the names that readings of the atlas have."""

    held: uploads.Held
    kind: str = OWN
    origin: None = None

    @property
    def table(self) -> lc.IndexTable:
        """The table as it was read."""
        return self.held.table

    @property
    def values(self) -> pd.DataFrame:
        """Units x indicators."""
        return self.table.values

    @property
    def spec(self) -> lc.IndexSpec:
        """The recipe."""
        return self.table.spec

    @property
    def names(self) -> dict[str, lc.Text]:
        """What the units are called."""
        return self.table.names

    @property
    def title(self) -> lc.Text:
        """The name of the file."""
        return lc.Text(self.table.name, self.table.name)

    @property
    def can(self) -> tuple[lc.Text, ...]:
        """What the table may tell."""
        return (
            lc.Text(
                "Which of your units stand before which whatever weights and methods one chooses, and why.",
                "无论采用何种权重与方法，表中哪些单位的先后稳健成立，以及缘由。",
            ),
        )

    @property
    def may_not(self) -> tuple[lc.Text, ...]:
        """What may not be read from it."""
        return MAY_NOT

    @property
    def rule(self) -> Rule:
        """What was understood, in a sentence."""
        return Rule(understood(self.table))

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """Columns that were left aside."""
        import pandas as pd

        reasons = [
            note for note in self.table.notes if any(f" {code} " in note.en for code in self.table.aside)
        ]
        rows = [
            {"name_en": code, "name_zh": code, "reason_en": why.en, "reason_zh": why.zh}
            for code in self.table.aside
            for why in reasons
            if f" {code} " in why.en
        ]
        return pd.DataFrame(rows, columns=["name_en", "name_zh", "reason_en", "reason_zh"])


def own_reading(name: str) -> OwnReading:
    """The table of this name of the visitor who asks now; the latest without a name.

    Raises
    ------
    GoneError
        It is not among his.
    """
    held = uploads.table(name)
    if held is None:
        raise GoneError(GONE)
    return OwnReading(held)


def understood(table: lc.IndexTable) -> lc.Text:
    """What was read, in a sentence: units, indicators, groups, denominators, empty cells, structure."""
    structure = table.spec.structure
    units, indicators = table.values.shape
    empty = int(table.values.isna().sum().sum())
    parts = len(structure.aggregates) - 1
    en = [f"{units} units, {indicators} indicators, {empty} empty cell{'' if empty == 1 else 's'}"]
    zh = [f"{units}个单位，{indicators}项指标，{empty}个空白单元格"]
    if table.groups:
        en.append(f"groups: {', '.join(table.groups)}")
        zh.append(f"分组：{'、'.join(table.groups)}")
    if table.denominators:
        en.append(f"denominators: {', '.join(table.denominators)}")
        zh.append(f"分母：{'、'.join(table.denominators)}")
    if table.flat:
        en.append(
            "no structure was given: one flat dimension, equal weights, more is better of every indicator"
        )
        zh.append("未提供指标结构：全部指标归为一个维度，权重相等，均视为越高越好")
    else:
        en.append(f"a structure of {parts} parts below the index" if parts else "a structure of one part")
        zh.append(f"指标结构：指数下设{parts}个部分" if parts else "指标结构：一个部分")
    return lc.Text(f"{'; '.join(en)}.", f"{'；'.join(zh)}。")


def group_of(table: lc.IndexTable, unit: str) -> tuple[str, str, list[str]]:
    """The first group of a unit: its column, its name, and the units in it; all of them without groups."""
    everyone = [str(u) for u in table.values.index]
    if not table.groups:
        return "", "", everyone
    column = table.units[table.groups[0]]
    mine = column[unit]
    return table.groups[0], str(mine), [u for u in everyone if column[u] == mine]


def seen(name: str, language: str) -> dict[str, Any] | None:
    """A table as the visitor may look at it: what was understood of it, its indicators, its first rows."""
    held = uploads.table(name)
    if held is None:
        return None
    table, structure = held.table, held.table.spec.structure
    return {
        "id": held.name,
        "name": table.name,
        "understood": understood(table).in_(language),
        "notes": [note.in_(language) for note in table.notes],
        "indicators": [
            {
                "code": code,
                "name": structure.by_code[code].name.in_(language),
                "parent": structure.by_code[structure.by_code[code].parent or ""].name.in_(language),
                "direction": "+" if structure.by_code[code].direction > 0 else "−",
                "weight": f"{structure.by_code[code].weight:g}",
                "unit": structure.by_code[code].unit,
                "denominator": structure.by_code[code].denominator or "",
            }
            for code in structure.indicators
        ],
        "heads": ["", *(str(c) for c in table.first.columns)],
        "rows": [[str(row), *(str(c) for c in cells)] for row, cells in zip(table.first.index, table.first.itertuples(index=False), strict=True)],
        "more": len(table.values) - len(table.first),
    }  # fmt: skip
