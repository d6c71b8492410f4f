"""What the shipped tables must say in concert: counts, codes that carry their parent, whole coding passes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from learningcity.core import Finding, Text

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited

Row = dict[str, str]
Problem = tuple[int, str, str, Text, Text]

#: How a value of each kind is written.
_KINDS = {
    "number": re.compile(r"\d+(\.\d+)?"),
    "date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "yes/no": re.compile("yes|no"),
}


def check_coherence(edited: Edited, name: str) -> list[Finding]:
    """Check one table against what the other tables say.

    Parameters
    ----------
    edited
        All tables; those that are looked into must keep their schemas.
    name
        The table whose rows are checked.
    """
    return [
        Finding(name, row, column, value, problem, remedy)
        for rule in RULES.get(name, ())
        for row, column, value, problem, remedy in rule(edited)
    ]


def _rows(edited: Edited, name: str) -> Iterator[tuple[int, Row]]:
    frame = edited.tables.get(name)
    if frame is not None:
        for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
            yield int(row), cells


def _awards_count(edited: Edited) -> Iterator[Problem]:
    given = Counter(cells["round"] for _, cells in _rows(edited, "awards"))
    for row, cells in _rows(edited, "rounds"):
        if cells["awards_count"] != str(given[cells["year"]]):
            yield (
                row, "awards_count", cells["awards_count"],
                Text(f"The table awards has {given[cells['year']]} rows of {cells['year']}.", f"获奖记录中{cells['year']}年有{given[cells['year']]}行。"),
                Text("Make the two agree.", "请使两者一致。"),
            )  # fmt: skip


def _feature_tree(edited: Edited) -> Iterator[Problem]:
    levels = {cells["code"]: cells["level"] for _, cells in _rows(edited, "key-features")}
    above = {"pillar": None, "area": "pillar", "feature": "area"}
    for row, cells in _rows(edited, "key-features"):
        parent, code = cells["parent"], cells["code"]
        carried = cells["level"] != "feature" or code.startswith(f"{parent}.")
        if levels.get(parent) != above.get(cells["level"]) or not carried:
            yield (
                row, "parent", parent,
                Text(f"{parent!r} is not the parent of the {cells['level']} {code}.", f"“{parent}”不是{code}的上级。"),
                Text("An area stands under a pillar, a feature 4.1 under its area 4.", "领域属于板块，特征4.1属于领域4。"),
            )  # fmt: skip


def _carries(name: str, column: str, joint: str) -> Callable[[Edited], Iterator[Problem]]:
    def rule(edited: Edited) -> Iterator[Problem]:
        for row, cells in _rows(edited, name):
            start = f"{cells[column]}{joint}"
            if not cells["code"].startswith(start):
                yield (
                    row, "code", cells["code"],
                    Text(f"{cells['code']!r} does not begin with {start!r}.", f"“{cells['code']}”应以“{start}”开头。"),
                    Text(f"The code carries its {column}.", f"代码须以{column}列的值开头。"),
                )  # fmt: skip

    return rule


def _rule_values(edited: Edited) -> Iterator[Problem]:
    for row, cells in _rows(edited, "award-rules"):
        form = _KINDS.get(cells["kind"])
        if form and not form.fullmatch(cells["value"]):
            yield (
                row, "value", cells["value"],
                Text(f"{cells['value']!r} is not of the kind {cells['kind']}.", f"“{cells['value']}”不属于{cells['kind']}类取值。"),
                Text("Mend the value or the kind.", "请修正取值或其类型。"),
            )  # fmt: skip


def _confirmed(name: str) -> Callable[[Edited], Iterator[Problem]]:
    def rule(edited: Edited) -> Iterator[Problem]:
        for row, cells in _rows(edited, name):
            if cells["confirmed"] == "yes" and not cells["source_ids"]:
                yield (
                    row, "source_ids", "",
                    Text("It is marked as confirmed, but no source is named.", "标为已核实，却未注明来源。"),
                    Text("Name the page, or mark it no.", "请注明页面，或改标为no。"),
                )  # fmt: skip

    return rule


def _one_region(name: str) -> Callable[[Edited], Iterator[Problem]]:
    def rule(edited: Edited) -> Iterator[Problem]:
        told: dict[str, Counter[str]] = {}
        for table in ("cities", "members"):
            for _, cells in _rows(edited, table):
                told.setdefault(cells["country_iso3"], Counter())[cells["unesco_region"]] += 1
        for row, cells in _rows(edited, name):
            regions = told[cells["country_iso3"]]
            if len(regions) > 1 and cells["unesco_region"] != regions.most_common(1)[0][0]:
                most = regions.most_common(1)[0][0]
                yield (
                    row, "unesco_region", cells["unesco_region"],
                    Text(f"Most cities of {cells['country_iso3']} are in {most}.", f"{cells['country_iso3']}的多数城市属于{most}。"),
                    Text("A country lies in one UNESCO region.", "一国只属于一个教科文组织地区。"),
                )  # fmt: skip

    return rule


def _coded(edited: Edited) -> Iterator[Problem]:
    """Every practice is coded by somebody; the two passes of one protocol come together or not at all."""
    coders: dict[str, set[str]] = {}
    for _, cells in _rows(edited, "practice-codes"):
        coders.setdefault(cells["practice_id"], set()).add(cells["coder"])
    for row, cells in _rows(edited, "practices"):
        by = coders.get(cells["practice_id"], set())
        missing = sorted({"A", "B"} - by)
        if not by:
            yield (
                row, "practice_id", cells["practice_id"],
                Text("The practice is not coded by anyone.", "该举措尚无人编码。"),
                Text("Add at least one row to practice-codes, under your own coder's name.", "请以本人的编码员名称在practice-codes中至少补充一行。"),
            )  # fmt: skip
        elif len(missing) == 1:
            yield (
                row, "practice_id", cells["practice_id"],
                Text(f"The practice is not coded in pass {missing[0]}.", f"该举措缺少{missing[0]}编码。"),
                Text("The passes A and B stand together: add its row to practice-codes.", "A、B两次编码须成对出现，请在practice-codes中补充。"),
            )  # fmt: skip


def _one_name(edited: Edited) -> Iterator[Problem]:
    names: dict[str, Row] = {}
    for row, cells in _rows(edited, "other-frameworks"):
        first = names.setdefault(cells["framework_id"], cells)
        for column in ("name", "name_zh"):
            if cells[column] != first[column]:
                yield (
                    row, column, cells[column],
                    Text(f"Another row calls this framework {first[column]!r}.", f"另一行将该框架称为“{first[column]}”。"),
                    Text("Call it the same in all its rows.", "同一框架各行名称须一致。"),
                )  # fmt: skip


RULES: dict[str, tuple[Callable[[Edited], Iterator[Problem]], ...]] = {
    "award-criteria": (_carries("award-criteria", "round", "-"),),
    "award-rules": (_rule_values,),
    "cities": (_one_region("cities"),),
    "key-features": (_feature_tree, _confirmed("key-features")),
    "measurements": (_carries("measurements", "feature_code", "."), _confirmed("measurements")),
    "members": (_one_region("members"),),
    "other-frameworks": (_one_name,),
    "practices": (_coded,),
    "rounds": (_awards_count,),
}
