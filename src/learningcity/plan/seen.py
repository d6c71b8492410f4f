"""What was seen in each city, code by code and coder by coder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any

from learningcity.atlas import (
    MECHANISMS,
    THEMES,
    Atlas,
    CodingPolicy,
    coded_practices,
    condition_label,
    conditions_of,
    why_not_counted,
)
from learningcity.core import Text
from learningcity.plan.own import PROBLEMS
from learningcity.standards import label, standard_table

if TYPE_CHECKING:
    import pandas as pd

#: "all" is no group of its own: a practice for everybody passes nobody by.
GROUPS = (
    "children", "youth", "adults", "older", "women", "families", "poor", "disabled", "workers", "teachers", "migrants",
    "minorities", "unemployed",
)  # fmt: skip
AREAS = tuple(str(n) for n in range(1, 13))
#: Kind of code -> codes, in the order of reading.
KINDS: dict[str, tuple[str, ...]] = {
    "mechanism": MECHANISMS,
    "theme": THEMES,
    "area": AREAS,
    "problem": PROBLEMS,
    "group": GROUPS,
}
KIND_WORDS = {
    "mechanism": Text("mechanism", "举措类别"),
    "theme": Text("visible theme", "呈现的特征"),
    "area": Text("area of the Key Features", "《主要特征》领域"),
    "problem": Text("problem answered", "针对的问题"),
    "group": Text("group addressed", "面向群体"),
}


def code_label(kind: str, code: str) -> Text:
    """The words for a code of a kind.

    Examples
    --------
    >>> code_label("problem", "ageing").zh, code_label("mechanism", "law").en
    ('人口老龄化', 'law')
    """
    if kind in ("mechanism", "theme"):
        return condition_label(code)
    if kind == "area":
        rows = standard_table("key-features").set_index("code")
        return Text(f"{code} {rows.at[code, 'name_en']}", f"{code} {rows.at[code, 'name_zh']}")
    return Text(label(kind, code, "en"), label(kind, code, "zh"))


@dataclass(frozen=True, slots=True)
class Read:
    """A practice as one coder read it.

    Parameters
    ----------
    practice, city
        Ids.
    codes
        (kind, code) pairs that it carries.
    counted
        Whether it counts under the policy.
    mechanism
        The first mechanism.
    strength
        1 to 3.
    timing
        before, after, undated or not applicable.
    """

    practice: str
    city: str
    codes: frozenset[tuple[str, str]]
    counted: bool
    mechanism: str
    strength: int
    timing: str


def read_codes(atlas: Atlas, policy: CodingPolicy) -> dict[str, tuple[Read, ...]]:
    """All practices by coder; kept for a policy, since the tables do not change."""
    return atlas.derived(f"plan codes {policy}", lambda: _read_codes(atlas, policy))


def _read_codes(atlas: Atlas, policy: CodingPolicy) -> dict[str, tuple[Read, ...]]:
    columns = [
        "practice_id", "city_id", "mechanism", "mechanism_2", "themes", "areas", "problem", "groups", "strength",
        "stance", "level", "subject", "timing",
    ]  # fmt: skip
    found = {}
    for coder in sorted(map(str, atlas.codes["coder"].unique())):
        rows = coded_practices(atlas, coder)[columns]
        found[coder] = tuple(
            Read(
                str(practice), str(city), _codes(policy, first, second, themes, areas, problem, groups),
                why_not_counted(policy, *rest) is None, str(first), int(strength), str(rest[-1]),
            )
            for practice, city, first, second, themes, areas, problem, groups, strength, *rest in rows.itertuples(
                index=False, name=None
            )
        )  # fmt: skip
    return found


def _codes(
    policy: CodingPolicy, first: Any, second: Any, themes: Any, areas: Any, problem: Any, groups: Any
) -> frozenset[tuple[str, str]]:
    found = [
        ("mechanism" if c in MECHANISMS else "theme", c)
        for c in conditions_of(first, second, themes, policy.second_mechanism)
    ]
    for kind, cell in (("area", areas), ("problem", problem), ("group", groups)):
        parts = cell.split(";") if isinstance(cell, str) else ()
        found += [(kind, one) for one in parts if one in KINDS[kind]]
    return frozenset(found)


def cities_with(read: Iterable[Read], cities: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """Which of these cities show each code in a practice that counts."""
    wanted = set(cities)
    found: dict[tuple[str, str], set[str]] = {}
    for one in read:
        if one.counted and one.city in wanted:
            for code in one.codes:
                found.setdefault(code, set()).add(one.city)
    return found


def chance_of_none(practices: int, carrying: int, read: int) -> float:
    """Chance that ``read`` practices drawn from a pool show a code in none of them.

    Parameters
    ----------
    practices
        Practices in the pool.
    carrying
        How many of them carry the code.
    read
        How many are drawn, each at most once; more than there are are taken as all.

    Returns
    -------
    float
        1 for a code that nothing carries or where nothing was read.

    Examples
    --------
    >>> chance_of_none(10, 2, 3) == 8 / 10 * 7 / 9 * 6 / 8
    True
    """
    if not practices:
        return 1.0
    drawn = min(read, practices)
    return comb(practices - carrying, drawn) / comb(practices, drawn)


def codes_frame(order: dict[str, tuple[str, ...]] | None = None) -> pd.DataFrame:
    """One row a code: kind, code, label_en, label_zh."""
    import pandas as pd

    rows = []
    for kind, codes in (order or KINDS).items():
        for code in codes:
            words = code_label(kind, code)
            rows.append({"kind": kind, "code": code, "label_en": words.en, "label_zh": words.zh})
    return pd.DataFrame(rows)
