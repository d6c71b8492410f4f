"""Practices laid out by two kinds of codes, such as mechanisms by areas: counts, cities, and which they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from learningcity.atlas.conditions import (
    LEVELS,
    MECHANISMS,
    STANCES,
    SUBJECTS,
    THEMES,
    CodingPolicy,
    why_not_counted,
)
from learningcity.atlas.versions import AtlasResult
from learningcity.core import Text, UnknownNameError, of_kind, or_none, plain
from learningcity.standards import label, standard_table

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

#: What stands for "only what all passes say alike" where a coder is asked for.
BOTH = "both"
Codes = Mapping[str, Any]


def _parts(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for p in str(value).split(";") if p)) if or_none(value) is not None else ()


def _mechanisms(code: Codes) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_parts(code["mechanism"]), *_parts(code["mechanism_2"]))))


def _of(column: str) -> Callable[[Codes], tuple[str, ...]]:
    return lambda code: _parts(code[column])


#: What can be laid out: how the values of one row of codes are read.
DIMENSIONS: dict[str, Callable[[Codes], tuple[str, ...]]] = {
    "mechanism": _mechanisms,
    "first_mechanism": _of("mechanism"),
    "second_mechanism": _of("mechanism_2"),
    "area": _of("areas"),
    "theme": _of("themes"),
    "problem": _of("problem"),
    "group": _of("groups"),
    "subject": _of("subject"),
    "level": _of("level"),
    "stance": _of("stance"),
    "strength": _of("strength"),
    "timing": _of("timing"),
    "region": _of("unesco_region"),
}
_FIXED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mechanism", "first_mechanism", "second_mechanism"), MECHANISMS),
    "theme": THEMES,
    "subject": SUBJECTS,
    "level": LEVELS,
    "stance": STANCES,
    "strength": ("3", "2", "1"),
}
#: How one value of each dimension is called.
NAMES: dict[str, Text] = {
    "mechanism": Text("mechanism", "举措类别"),
    "first_mechanism": Text("first mechanism", "第一类别"),
    "second_mechanism": Text("second mechanism", "第二类别"),
    "area": Text("area", "领域"),
    "theme": Text("theme", "特征"),
    "problem": Text("problem", "问题"),
    "group": Text("group", "人群"),
    "subject": Text("subject", "主题"),
    "level": Text("level", "层级"),
    "stance": Text("stance", "状态"),
    "strength": Text("strength", "强度"),
    "timing": Text("timing", "时间"),
    "region": Text("region", "地区"),
}
_VOCABULARY = {"first_mechanism": "mechanism", "second_mechanism": "mechanism", "region": "unesco_region"}


def dimension_label(dimension: str, value: str) -> Text:
    """The words for one value of a dimension; an area bears its name.

    Examples
    --------
    >>> dimension_label("mechanism", "law").zh, dimension_label("area", "9").zh
    ('法规', '9 培育终身学习文化')
    """
    if dimension == "area":
        name = _area_names().get(value)
        return Text(f"{value} {name.en}", f"{value} {name.zh}") if name else Text(value, value)
    vocabulary = _VOCABULARY.get(dimension, dimension)
    return Text(label(vocabulary, value, "en"), label(vocabulary, value, "zh"))


def short_label(dimension: str, value: str) -> Text:
    """The words for a value where there is little room: an area by its number.

    Examples
    --------
    >>> short_label("area", "12").zh
    '领域12'
    """
    if dimension == "area":
        return Text(f"area {value}", f"领域{value}")
    return dimension_label(dimension, value)


def _area_names() -> dict[str, Text]:
    table = standard_table("key-features")
    areas = table[table["level"] == "area"]
    return {
        str(c): Text(str(en), str(zh))
        for c, en, zh in areas[["code", "name_en", "name_zh"]].itertuples(index=False, name=None)
    }


def _values(dimension: str, found: Iterable[str]) -> list[str]:
    """All values of a dimension in order, those of nobody's vocabulary last."""
    if dimension == "area":
        known = list(_area_names())
    elif dimension in _FIXED:
        known = list(_FIXED[dimension])
    else:
        table = standard_table("labels")
        known = list(table.loc[table["vocabulary"] == _VOCABULARY.get(dimension, dimension), "code"])
    return known + sorted(set(found) - set(known))


@dataclass(frozen=True)
class PracticeMatrix(AtlasResult):
    """Practices counted by the codes of one pass (or of all passes alike), rows by columns.

    Attributes
    ----------
    counts
        Index the codes of ``rows``, one column a code of ``columns``: how many practices were coded
        with both. A practice with two mechanisms and two areas stands in four cells.
    cities
        The same shape: in how many cities.
    row_totals, column_totals
        Columns ``practices`` and ``cities``: different ones, so that the totals are smaller than the
        sums of the cells.
    practices, places
        Different practices and cities in the whole matrix.
    left_out
        Practices looked at that stand in no cell, since one of the two codes is empty.
    where
        The ids of the practices in each cell that has any, by ``(row, column)``.
    """

    counts: pd.DataFrame
    cities: pd.DataFrame
    row_totals: pd.DataFrame
    column_totals: pd.DataFrame
    practices: int
    places: int
    left_out: int
    rows: str
    columns: str
    coder: str
    policy: CodingPolicy | None
    where: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False)

    @property
    def entries(self) -> int:
        """The sum of all cells: practices, each as often as it stands in the matrix."""
        return sum(len(ids) for ids in self.where.values())

    def table(self) -> pd.DataFrame:
        """Give one row a cell: row, column, their words, practices, cities, practice_ids."""
        import pandas as pd

        columns = ["row", "column", "row_en", "row_zh", "column_en", "column_zh"]
        lines = []
        for row in self.counts.index:
            for column in self.counts.columns:
                one, other = dimension_label(self.rows, row), dimension_label(self.columns, column)
                ids = self.where.get((row, column), ())
                told = (row, column, one.en, one.zh, other.en, other.zh)
                lines.append((*told, len(ids), int(self.cities.at[row, column]), ";".join(ids)))
        return pd.DataFrame(lines, columns=[*columns, "practices", "cities", "practice_ids"])

    def summary(self, language: str = "en") -> str:
        """Say how much stands in the matrix, where most of it lies, and whose codes it shows."""
        who = coder_label(self.coder)
        text = Text(
            f"{self.practices} practices of {self.places} cities in {self.entries} entries ({who.en}).",
            f"{self.places}个城市的{self.practices}项实践举措，共{self.entries}次计入（{who.zh}）。",
        ).in_(language)
        if self.where:
            cell = max(self.where, key=lambda c: len(self.where[c]))
            one, other = short_label(self.rows, cell[0]), short_label(self.columns, cell[1])
            number = len(self.where[cell])
            most = Text(
                f"Most stand at {one.en} and {other.en}: {number}.",
                f"最多的一格是“{one.zh}”与“{other.zh}”，{number}项。",
            )
            text += (" " if language == "en" else "") + most.in_(language)
        return text + (" " if language == "en" else "") + NOT_SEEN.in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give counts, cities, totals, the practices behind and the versions as plain values."""
        return {
            "rows": self.rows,
            "columns": self.columns,
            "coder": self.coder,
            "policy": asdict(self.policy) if self.policy else None,
            "practices": self.practices,
            "cities": self.places,
            "entries": self.entries,
            "left_out": self.left_out,
            "cells": plain(self.table()),
            "row_totals": plain(self.row_totals),
            "column_totals": plain(self.column_totals),
            "versions": self.versions,
            "summary": {k: self.summary(k) for k in ("en", "zh")},
        }


NOT_SEEN = Text(
    "An empty cell says that no practice read was coded so, never that there is none.",
    "空格表示所读实践举措中没有如此编码的，不表示不存在。",
)


def coder_label(coder: str) -> Text:
    """Whose codes a matrix shows, in words."""
    if coder == BOTH:
        return Text("only what both passes code alike", "仅计两遍编码一致的")
    return Text(label("coder", coder, "en"), label("coder", coder, "zh"))


def coded(atlas: Atlas) -> dict[str, dict[str, dict[str, Any]]]:
    """The codes by practice and coder, each with the practice's city, region and timing."""
    return atlas.derived("codes by practice and coder", lambda: _coded(atlas))


def _coded(atlas: Atlas) -> dict[str, dict[str, dict[str, Any]]]:
    timing = atlas.timing()
    region = dict(atlas.cities[["city_id", "unesco_region"]].itertuples(index=False, name=None))
    city = dict(atlas.practices[["practice_id", "city_id"]].itertuples(index=False, name=None))
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in atlas.codes.to_dict("records"):
        practice = row["practice_id"]
        if practice in city:
            row |= {
                "city_id": city[practice],
                "timing": timing[practice],
                "unesco_region": region.get(city[practice]),
            }
            found.setdefault(practice, {})[row["coder"]] = row
    return found


def coders_of(atlas: Atlas, coder: str) -> tuple[str, ...]:
    """The coders whose codes are read for a choice of coder.

    Raises
    ------
    UnknownNameError
        The coder coded nothing.
    """
    every = tuple(sorted({str(c) for c in atlas.codes["coder"]}))
    if coder == BOTH:
        return every
    if every and coder not in every:
        raise UnknownNameError("coder", coder, (*every, BOTH))
    return (coder,)


def practice_matrix(
    atlas: Atlas,
    rows: str = "mechanism",
    columns: str = "area",
    policy: CodingPolicy | None = None,
    coder: str = "A",
    practices: Iterable[str] | None = None,
) -> PracticeMatrix:
    """Count the practices by two kinds of codes.

    Parameters
    ----------
    atlas
        The atlas whose practices and codes are used.
    rows, columns
        ``mechanism`` (first or second), ``first_mechanism``, ``second_mechanism``, ``area``,
        ``theme``, ``problem``, ``group``, ``subject``, ``level``, ``stance``, ``strength``,
        ``timing``, ``region``.
    policy
        Count only the practices that this policy counts, and second mechanisms only where it does.
        None counts every coded practice, plans and deeds of others included.
    coder
        One pass, or "both": a practice then stands in a cell only where all passes put it there.
    practices
        Look at these practices alone; ids that are not coded say nothing.

    Raises
    ------
    UnknownNameError
        A dimension or coder that is not there.

    Examples
    --------
    >>> import learningcity as lc
    >>> matrix = lc.load_atlas().practice_matrix()
    >>> matrix.counts.shape, int(matrix.counts.at["policy", "10"]) > 50
    ((7, 12), True)
    """
    for name in (rows, columns):
        if name not in DIMENSIONS:
            raise UnknownNameError("option", name, DIMENSIONS)
    if policy is not None:
        of_kind(policy, CodingPolicy, "policy")
    if policy is not None and not policy.second_mechanism:
        rows, columns = (n if n != "mechanism" else "first_mechanism" for n in (rows, columns))
    who = coders_of(atlas, coder)
    chosen = None if practices is None else set(practices)
    where: dict[tuple[str, str], list[str]] = {}
    city: dict[str, str] = {}
    left_out = 0
    for practice, codes in coded(atlas).items():
        if (chosen is not None and practice not in chosen) or not who or not all(c in codes for c in who):
            continue
        mine = [codes[c] for c in who]
        if policy is not None and any(_left_out(policy, code) for code in mine):
            continue
        cells = _cells(mine, DIMENSIONS[rows], DIMENSIONS[columns])
        left_out += not cells
        city[practice] = mine[0]["city_id"]
        for cell in cells:
            where.setdefault(cell, []).append(practice)
    found = _matrix({k: tuple(v) for k, v in where.items()}, city, rows, columns, coder, policy, left_out)
    return replace(found, asked=atlas)


def _left_out(policy: CodingPolicy, code: Codes) -> bool:
    return why_not_counted(policy, code["stance"], code["level"], code["subject"], code["timing"]) is not None


def _cells(codes: Sequence[Codes], rows: Callable[..., Any], columns: Callable[..., Any]) -> list[Any]:
    """The cells in which all given codes put a practice."""
    found = [(r, c) for r in rows(codes[0]) for c in columns(codes[0])]
    for other in codes[1:]:
        theirs = {(r, c) for r in rows(other) for c in columns(other)}
        found = [cell for cell in found if cell in theirs]
    return found


def _matrix(
    where: dict[tuple[str, str], tuple[str, ...]],
    city: dict[str, str],
    rows: str,
    columns: str,
    coder: str,
    policy: CodingPolicy | None,
    left_out: int,
) -> PracticeMatrix:
    import pandas as pd

    down, across = _values(rows, (r for r, _ in where)), _values(columns, (c for _, c in where))
    ids = {(r, c): where.get((r, c), ()) for r in down for c in across}

    def frame(number: Callable[[tuple[str, ...]], int]) -> pd.DataFrame:
        lines = [[number(ids[r, c]) for c in across] for r in down]
        index, names = pd.Index(down, name=rows, dtype="str"), pd.Index(across, name=columns, dtype="str")
        return pd.DataFrame(lines, index=index, columns=names, dtype="int64")

    def totals(of: dict[str, list[tuple[str, ...]]], name: str) -> pd.DataFrame:
        every = {k: {p for ids in lists for p in ids} for k, lists in of.items()}
        lines = [(len(found), len({city[p] for p in found})) for found in every.values()]
        index = pd.Index(list(every), name=name, dtype="str")
        return pd.DataFrame(lines, index=index, columns=["practices", "cities"], dtype="int64")

    every = {p for found in where.values() for p in found}
    return PracticeMatrix(
        counts=frame(len),
        cities=frame(lambda found: len({city[p] for p in found})),
        row_totals=totals({r: [ids[r, c] for c in across] for r in down}, rows),
        column_totals=totals({c: [ids[r, c] for r in down] for c in across}, columns),
        practices=len(every),
        places=len({city[p] for p in every}),
        left_out=left_out,
        rows=rows,
        columns=columns,
        coder=coder,
        policy=policy,
        where=where,
    )
