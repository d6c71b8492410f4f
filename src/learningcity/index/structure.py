"""The tree of an index: indicators, the aggregates above them, one code at the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, or_none

if TYPE_CHECKING:
    import pandas as pd

#: What a row of the table of meanings may be, in the words of COINr.
TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
IN_TREE = ("Indicator", "Aggregate")
#: Codes that would be the second column of that name in a table of values or of results.
RESERVED = ("uCode", "uName", "Time", "unit", "name", "rank")
#: Columns of the table of meanings: COINr's own, then ours.
COLUMNS = (
    "Level", "iCode", "Parent", "Direction", "Weight", "Type", "iName", "Unit", "Target", "Denominator",
    "iName_zh", "Lower", "Upper", "Reference",
)  # fmt: skip
_NUMBERS = {"Direction": 1.0, "Weight": 1.0, "Target": None, "Lower": None, "Upper": None, "Reference": None}


@dataclass(frozen=True, slots=True)
class Node:
    """One code of the structure.

    Parameters
    ----------
    code, parent
        The code, and the code above it; None at the top.
    level
        1 for indicators, one more with each storey.
    direction
        1 = more is better, -1 = less is better.
    weight
        Weight among the children of one parent, as written; only proportions count.
    kind
        One of ``TYPES``.
    name
        What it is called in both languages.
    unit
        Unit of measurement.
    target, lower, upper, reference
        What "distance_to_target", "goalposts" and "distance_to_reference" need; None = not given.
    denominator
        Code of the column by which the indicator is divided, where that is asked for.
    """

    code: str
    parent: str | None
    level: int
    direction: int = 1
    weight: float = 1.0
    kind: str = "Indicator"
    name: Text = field(default_factory=lambda: Text("", ""))
    unit: str = ""
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    reference: float | str | None = None
    denominator: str | None = None


@dataclass(frozen=True)
class Structure:
    """The tree of an index, checked as a whole.

    Parameters
    ----------
    nodes
        Indicators and aggregates; every code has its parent one level above, one code has none.
    others
        Groups, denominators and other columns that stand beside the tree.

    Raises
    ------
    InputError
        Everything that is wrong with the tree, all at once, naming the codes.

    Examples
    --------
    >>> tree = Structure.of({"INDEX": {"people": ["skills", "access"], "place": ["parks"]}})
    >>> tree.top, tree.children("people"), tree.indicators
    ('INDEX', ('skills', 'access'), ('skills', 'access', 'parks'))
    """

    nodes: tuple[Node, ...]
    others: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        problems = _problems(self.nodes, self.others)
        if problems:
            raise InputError(
                Text("\n".join(p.en for p in problems), "\n".join(p.zh for p in problems)),
            )

    @classmethod
    def of(cls, tree: Mapping[str, Any], directions: Mapping[str, int] | None = None) -> Structure:
        """Build a structure from nested names; weights are equal.

        Parameters
        ----------
        tree
            One top code; below it mappings, and lists of indicators at the bottom, all equally deep.
        directions
            -1 for indicators of which less is better.
        """
        directions = directions or {}
        nodes: list[Node] = []

        def walk(code: str, below: Any, parent: str | None) -> int:
            inner = below.items() if isinstance(below, Mapping) else [(c, None) for c in below or ()]
            place = len(nodes)
            depths = [walk(str(c), b, code) for c, b in inner]
            level = 1 + max(depths, default=0)
            kind = "Aggregate" if depths else "Indicator"
            found = Node(code, parent, level, directions.get(code, 1), kind=kind, name=Text(code, code))
            nodes.insert(place, found)
            return level

        for top, below in tree.items():
            walk(str(top), below, None)
        indicators = [n for n in nodes if n.level == 1]
        return cls((*indicators, *sorted((n for n in nodes if n.level > 1), key=lambda n: n.level)))

    @classmethod
    def from_frame(cls, meta: pd.DataFrame) -> Structure:
        """Read the table of meanings (COINr's ``iMeta``).

        Parameters
        ----------
        meta
            One row a code. Columns Level, iCode, Parent, Type; Direction, Weight, iName, Unit, Target,
            Denominator, iName_zh, Lower, Upper, Reference where there are any.

        Raises
        ------
        InputError
            A column that is missing, a cell that is no number, a tree that does not hold together.
        """
        missing = [c for c in ("Level", "iCode", "Parent", "Type") if c not in meta.columns]
        if missing:
            raise InputError(
                Text(
                    f"The table of meanings lacks the columns {', '.join(missing)}.",
                    f"指标说明表缺少列：{'、'.join(missing)}。",
                )
            )
        found = [_node(row) for row in meta.to_dict("records")]
        return cls(
            tuple(n for n in found if n.kind in IN_TREE),
            tuple(n for n in found if n.kind not in IN_TREE),
        )

    def to_frame(self) -> pd.DataFrame:
        """Write the table of meanings, one row a code, empty cells where nothing is given."""
        import pandas as pd

        rows = [
            {
                "Level": None if n.kind not in IN_TREE else n.level,
                "iCode": n.code,
                "Parent": n.parent,
                "Direction": n.direction,
                "Weight": n.weight,
                "Type": n.kind,
                "iName": n.name.en or n.code,
                "Unit": n.unit or None,
                "Target": n.target,
                "Denominator": n.denominator,
                "iName_zh": n.name.zh or n.code,
                "Lower": n.lower,
                "Upper": n.upper,
                "Reference": n.reference,
            }
            for n in (*self.nodes, *self.others)
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """Every code of the tree."""
        return {n.code: n for n in self.nodes}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes of the tree: indicators first, then level by level, the top last."""
        order = sorted(range(len(self.nodes)), key=lambda i: self.nodes[i].level)
        return tuple(self.nodes[i].code for i in order)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Codes of level 1, in the order of the table."""
        return tuple(n.code for n in self.nodes if n.level == 1)

    @cached_property
    def aggregates(self) -> tuple[str, ...]:
        """Codes above level 1, the lowest first: the order in which they are computed."""
        return tuple(c for c in self.codes if self.by_code[c].level > 1)

    @cached_property
    def top(self) -> str:
        """The code of the index itself."""
        return next(n.code for n in self.nodes if n.parent is None)

    @cached_property
    def height(self) -> int:
        """The level of the top."""
        return self.by_code[self.top].level

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {n.code: [] for n in self.nodes}
        for n in self.nodes:
            if n.parent is not None:
                found[n.parent].append(n.code)
        return {code: tuple(below) for code, below in found.items()}

    def node(self, code: str) -> Node:
        """Give one code.

        Raises
        ------
        UnknownNameError
            No such code; the nearest are named.
        """
        if code not in self.by_code:
            raise UnknownNameError("code", code, self.by_code)
        return self.by_code[code]

    def children(self, code: str) -> tuple[str, ...]:
        """The codes right below a code, in the order of the table."""
        return self._children[self.node(code).code]

    def leaves(self, code: str) -> tuple[str, ...]:
        """The indicators under a code; an indicator has itself."""
        if not self.children(code):
            return (code,)
        return tuple(leaf for child in self.children(code) for leaf in self.leaves(child))

    def at(self, level: int) -> tuple[str, ...]:
        """The codes of one level."""
        return tuple(c for c in self.codes if self.by_code[c].level == level)

    @cached_property
    def weights(self) -> dict[str, float]:
        """Weights as written, by code, the top left out."""
        return {n.code: n.weight for n in self.nodes if n.parent is not None}

    def shares(self, weights: Mapping[str, float] | None = None) -> dict[str, float]:
        """Weights within each parent, summing to one; those of the structure unless others are given."""
        given = {**self.weights, **(weights or {})}
        found = {}
        for code in self.aggregates:
            below = self.children(code)
            total = sum(given[c] for c in below)
            found.update({c: given[c] / total for c in below})
        return found

    def effective_weights(self, weights: Mapping[str, float] | None = None) -> dict[str, float]:
        """Weight of every code in the top: the product of the shares on the way up; 1 at the top."""
        shares = self.shares(weights)
        found = {self.top: 1.0}
        for code in reversed(self.aggregates):
            found.update({c: found[code] * shares[c] for c in self.children(code)})
        return {code: found[code] for code in self.codes}

    def without(self, codes: Iterable[str]) -> Structure:
        """The same tree without some codes and what is under them; aggregates left empty go, too.

        Raises
        ------
        InputError
            Nothing would be left.
        """
        gone = {leaf for code in codes for leaf in self.leaves(code)}
        kept = {c for c in self.indicators if c not in gone}
        for code in self.aggregates:
            if any(c in kept for c in self.children(code)):
                kept.add(code)
        if self.top not in kept:
            raise InputError(Text("No indicator would be left.", "去掉后不再有任何指标。"))
        return Structure(tuple(n for n in self.nodes if n.code in kept), self.others)

    def reweighted(self, weights: Mapping[str, float]) -> Structure:
        """The same tree with other weights as written."""
        for code in weights:
            self.node(code)
        nodes = tuple(
            replace(n, weight=_number(weights[n.code], "Weight", n.code)) if n.code in weights else n
            for n in self.nodes
        )
        return Structure(nodes, self.others)


def _node(row: Mapping[Any, Any]) -> Node:
    code = or_none(row.get("iCode"))
    code = "" if code is None else str(code).strip()
    found: dict[str, Any] = {}
    for column, default in _NUMBERS.items():
        value = or_none(row.get(column))
        if column == "Reference" and isinstance(value, str):
            found["reference"] = value.strip() or None
            continue
        found[column.lower()] = default if value is None else _number(value, column, code)
    level = or_none(row.get("Level"))
    kind = str(or_none(row.get("Type")) or "").strip()
    parent = or_none(row.get("Parent"))
    english, chinese = (or_none(row.get(c)) for c in ("iName", "iName_zh"))
    return Node(
        code=code,
        parent=str(parent).strip() or None if parent is not None else None,
        level=0 if level is None else _level(level, code),
        direction=int(found["direction"]) if found["direction"] in (1, -1) else 0,
        weight=float(found["weight"]),
        kind=kind,
        name=Text(str(english or chinese or code), str(chinese or english or code)),
        unit=str(or_none(row.get("Unit")) or ""),
        target=found["target"],
        lower=found["lower"],
        upper=found["upper"],
        reference=found.get("reference"),
        denominator=str(or_none(row.get("Denominator")) or "").strip() or None,
    )


def _number(value: Any, column: str, code: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):
        raise InputError(
            Text(
                f"{code}: {column} is {value!r}; give a number or leave it empty.",
                f"{code}：{column}为{value!r}，须为数字或留空。",
            )
        )
    return number


def _level(value: Any, code: str) -> int:
    number = _number(value, "Level", code)
    if not number.is_integer():
        raise InputError(
            Text(f"{code}: Level is {value!r}; give a whole number.", f"{code}：Level为{value!r}，须为整数。")
        )
    return int(number)


def _problems(nodes: tuple[Node, ...], others: tuple[Node, ...]) -> list[Text]:
    """Everything that is wrong with a tree, in the order in which one would mend it."""
    found: list[Text] = []

    def say(codes: Iterable[str], en: str, zh: str) -> None:
        named = list(dict.fromkeys(codes))
        if named:
            more = len(named) > 10
            english = ", ".join(named[:10]) + (" ..." if more else "")
            chinese = "、".join(named[:10]) + ("等" if more else "")
            found.append(Text(f"{en}: {english}.", f"{zh}：{chinese}。"))

    every = [*nodes, *others]
    nameless = [str(i) for i, n in enumerate(every, 1) if not n.code]
    say(nameless, "Rows without a code (counted without the head)", "缺少代码的行（不计表头）")
    counts = Counter(n.code for n in every)
    say([c for c, k in counts.items() if k > 1 and c], "Codes that occur more than once", "重复的代码")
    say([n.code for n in every if n.kind not in TYPES], f"Type is none of {', '.join(TYPES)}",
        f"Type须为{'、'.join(TYPES)}之一，不符者")  # fmt: skip
    say([n.code for n in nodes if n.code in RESERVED],
        "Columns of the tables themselves are called so; choose other codes",
        "与数据表自身的列名相同，请改用其他代码")  # fmt: skip
    if found:
        return found
    by_code = {n.code: n for n in nodes}
    if not nodes:
        return [Text("The structure holds no indicator.", "结构中没有任何指标。")]
    say(
        [n.code for n in nodes if n.direction not in (1, -1)],
        "Direction is neither 1 nor -1",
        "Direction须为1或-1，不符者",
    )
    say([n.code for n in nodes if not 0 <= n.weight < float("inf")], "Weight is negative", "权重为负")
    say([n.code for n in nodes if n.kind == "Indicator" and n.level != 1],
        "Indicators must be of level 1", "指标须在第1层")  # fmt: skip
    say([n.code for n in nodes if n.kind == "Aggregate" and n.level < 2],
        "Aggregates must be of level 2 or higher", "汇总项须在第2层或以上")  # fmt: skip
    say([n.code for n in nodes if n.parent and n.parent not in by_code],
        "The parent is no code of the structure", "上级代码不存在")  # fmt: skip
    say([n.code for n in nodes if n.parent in by_code and by_code[n.parent].level != n.level + 1],
        "The parent is not one level above", "上级不在高一层")  # fmt: skip
    tops = [n.code for n in nodes if n.parent is None]
    if not tops:
        found.append(
            Text(
                "Every code has a parent; empty the cell Parent of the index itself.",
                "每个代码均有上级；请将指数本身的Parent留空。",
            )
        )
    if len(tops) > 1:
        say(tops, "Exactly one code must have no parent; here are", "应恰有一个顶层代码，现有")
    parents = {n.parent for n in nodes}
    say([n.code for n in nodes if n.kind == "Aggregate" and n.code not in parents],
        "Aggregates without anything below", "汇总项下没有内容")  # fmt: skip
    if not found:
        sums: dict[str, float] = {}
        for n in nodes:
            if n.parent:
                sums[n.parent] = sums.get(n.parent, 0.0) + n.weight
        say([c for c, total in sums.items() if total <= 0], "All weights below are zero", "其下权重全为零")
        say([c for c, total in sums.items() if total == float("inf")],
            "The weights below sum to more than a number holds; write smaller ones",
            "其下权重之和超出数值范围，请改用较小的权重")  # fmt: skip
    return found
