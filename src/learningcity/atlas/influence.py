"""How far the coding shapes a matrix of practices: what is coded together, and what the passes see differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas.matrix import (
    BOTH,
    DIMENSIONS,
    NAMES,
    PracticeMatrix,
    coded,
    coders_of,
    practice_matrix,
    short_label,
)
from learningcity.atlas.versions import AtlasResult
from learningcity.core import Text, cohen_kappa, join_texts, plain

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.conditions import CodingPolicy
    from learningcity.atlas.model import Atlas

#: Two codes are bound when this share of the practices of one bears the other, too ...
BOUND = 0.6
#: ... so many times as often as chance would have it, and in so many practices.
TIMES, LEAST = 2.0, 5
#: Dimensions that no coder chose: what goes together with them is not made by the coding.
NOT_CODED = frozenset({"region", "timing"})
#: How many bound pairs a sentence names.
SHOWN = 6


@dataclass(frozen=True)
class CodingInfluence(AtlasResult):
    """What of a matrix is made by the coding: all shares go from 0 to 1, NaN where nothing is coded.

    Attributes
    ----------
    matrices
        The matrix of each pass, and that of "both": only what all passes say alike.
    together
        One row a cell of the asked pass that has practices: ``row``, ``column``, ``practices``,
        ``expected`` (if rows and columns had nothing to do with each other), ``ratio``,
        ``of_row`` and ``of_column`` (share of the practices of that row or column).
    agreement
        One row a code of either side: ``kind``, ``code``, one column a pass with the number of its
        practices, ``both``, ``alike`` (2 x both / sum of the passes; two passes only), ``kappa``.
    several_rows, several_columns
        Share of the practices with more than one code of that side, by pass.
    """

    matrices: Mapping[str, PracticeMatrix]
    together: pd.DataFrame
    agreement: pd.DataFrame
    several_rows: Mapping[str, float]
    several_columns: Mapping[str, float]
    practices: int
    coder: str
    coders: tuple[str, ...] = field(default=())

    @property
    def moved(self) -> int:
        """Cells in which the first two passes count differently."""
        if len(self.coders) < 2:
            return 0
        one, other = (self.matrices[c].counts for c in self.coders[:2])
        return int((one != other).to_numpy().sum())

    @property
    def widest(self) -> tuple[str, str, int]:
        """Row, column and difference of the cell in which the first two passes differ most."""
        if len(self.coders) < 2:
            return "", "", 0
        one, other = (self.matrices[c].counts for c in self.coders[:2])
        gap = (one - other).abs()
        row = str(gap.max(axis=1).idxmax())
        column = str(gap.loc[row].idxmax())
        return row, column, int(gap.at[row, column])

    def kept(self) -> float:
        """Share of the entries of the asked pass that all passes say alike."""
        mine = self.matrices[self.coder].entries
        return self.matrices[BOTH].entries / mine if mine else float("nan")

    def bound(self) -> pd.DataFrame:
        """Cells of ``together`` whose row and column nearly name each other, the closest first."""
        table = self.together
        share = table[["of_row", "of_column"]].max(axis=1)
        found = table[(share >= BOUND) & (table["ratio"] >= TIMES) & (table["practices"] >= LEAST)]
        return found.sort_values("ratio", ascending=False, kind="stable")

    def table(self) -> pd.DataFrame:
        """Give one row a cell: what is coded together more often than chance would."""
        return self.together

    def summary(self, language: str = "en") -> str:
        """Say how many codes a practice bears, what goes together, and what the passes change."""
        if not self.practices:
            return Text("No practice is coded here.", "此处没有已编码的实践举措。").in_(language)
        parts = [_several(self), *_bound(self), *_moved(self)]
        return (" " if language == "en" else "").join(t.in_(language) for t in parts)

    def to_dict(self) -> dict[str, Any]:
        """Give shares, cells, agreement and versions as plain values."""
        return {
            "practices": self.practices,
            "coder": self.coder,
            "several_rows": plain(self.several_rows),
            "several_columns": plain(self.several_columns),
            "together": plain(self.together),
            "agreement": plain(self.agreement),
            "moved": self.moved,
            "kept": plain(self.kept()),
            "versions": self.versions,
            "summary": {k: self.summary(k) for k in ("en", "zh")},
        }


def coding_influence(
    atlas: Atlas,
    rows: str = "mechanism",
    columns: str = "area",
    policy: CodingPolicy | None = None,
    coder: str = "A",
    practices: Iterable[str] | None = None,
) -> CodingInfluence:
    """Measure how far the coding shapes a matrix; the parameters are those of :func:`practice_matrix`.

    With ``coder="both"`` the shares are told for the first pass.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.load_atlas().coding_influence()
    >>> round(found.several_rows["A"], 2), 0 < found.kept() < 1
    (0.46, True)
    """
    every = coders_of(atlas, BOTH)
    asked = coders_of(atlas, coder)[0] if every else coder
    chosen = None if practices is None else list(practices)
    names = (*every, BOTH) if every else (asked, BOTH)
    matrices = {c: practice_matrix(atlas, rows, columns, policy, c, chosen) for c in names}
    mine = matrices[asked]
    looked_at = {c: _looked_at(atlas, matrices[c], chosen) for c in names if c != BOTH}
    return CodingInfluence(
        matrices=matrices,
        together=_together(mine),
        agreement=_agreement(atlas, mine, every, chosen),
        several_rows={c: _several_share(looked_at[c], matrices[c].rows) for c in looked_at},
        several_columns={c: _several_share(looked_at[c], matrices[c].columns) for c in looked_at},
        practices=mine.practices,
        coder=asked,
        coders=every,
        asked=atlas,
    )


def _looked_at(atlas: Atlas, matrix: PracticeMatrix, chosen: list[str] | None) -> list[dict[str, Any]]:
    """The codes of the practices that stand in a matrix."""
    inside = {p for ids in matrix.where.values() for p in ids}
    return [codes[matrix.coder] for p, codes in coded(atlas).items() if p in inside]


def _several_share(codes: list[dict[str, Any]], dimension: str) -> float:
    read = DIMENSIONS[dimension]
    return sum(len(read(code)) > 1 for code in codes) / len(codes) if codes else float("nan")


def _together(matrix: PracticeMatrix) -> pd.DataFrame:
    import pandas as pd

    names = ["row", "column", "practices", "expected", "ratio", "of_row", "of_column"]
    lines = []
    for row in matrix.counts.index:
        for column in matrix.counts.columns:
            n = int(matrix.counts.at[row, column])
            if n:
                down = int(matrix.row_totals.at[row, "practices"])
                across = int(matrix.column_totals.at[column, "practices"])
                expected = down * across / matrix.practices
                lines.append((row, column, n, expected, n / expected, n / down, n / across))
    return pd.DataFrame(lines, columns=names)


def _agreement(
    atlas: Atlas, matrix: PracticeMatrix, coders: tuple[str, ...], chosen: list[str] | None
) -> pd.DataFrame:
    import pandas as pd

    wanted = None if chosen is None else set(chosen)
    units = [
        codes
        for practice, codes in coded(atlas).items()
        if (wanted is None or practice in wanted) and len(coders) > 1 and all(c in codes for c in coders)
    ]
    lines = []
    for kind, values in ((matrix.rows, matrix.counts.index), (matrix.columns, matrix.counts.columns)):
        read = DIMENSIONS[kind]
        held = [[frozenset(read(codes[c])) for c in coders] for codes in units]
        for value in values:
            given = [[value in one for one in unit] for unit in held]
            by_pass = [sum(unit[n] for unit in given) for n in range(len(coders))]
            both = sum(all(unit) for unit in given)
            two = len(coders) == 2 and given
            alike = 2 * both / sum(by_pass) if two and sum(by_pass) else float("nan")
            kappa = cohen_kappa([u[0] for u in given], [u[1] for u in given]) if two else float("nan")
            lines.append((kind, value, *by_pass, both, alike, kappa))
    return pd.DataFrame(lines, columns=["kind", "code", *coders, BOTH, "alike", "kappa"])


def _several(found: CodingInfluence) -> Text:
    matrix = found.matrices[found.coder]
    rows, columns = found.several_rows[found.coder], found.several_columns[found.coder]
    down, across = NAMES[matrix.rows], NAMES[matrix.columns]
    return Text(
        f"Pass {found.coder} gave {rows:.0%} of the {matrix.practices} practices more than one {down.en} and "
        f"{columns:.0%} more than one {across.en}, so that they stand in {matrix.entries} entries.",
        f"编码{found.coder}中，{matrix.practices}项实践举措里{rows:.0%}有不止一个{down.zh}，{columns:.0%}有不止一个"
        f"{across.zh}，因此共计入{matrix.entries}次。",
    )


def _bound(found: CodingInfluence) -> tuple[Text, ...]:
    matrix = found.matrices[found.coder]
    table = found.bound()
    if table.empty or NOT_CODED & {matrix.rows, matrix.columns}:
        return ()
    told = []
    for line in table.head(SHOWN).to_dict("records"):
        row, column = short_label(matrix.rows, line["row"]), short_label(matrix.columns, line["column"])
        if line["of_row"] >= line["of_column"]:
            share, whole, part = f"{line['of_row']:.0%}", row, column
        else:
            share, whole, part = f"{line['of_column']:.0%}", column, row
        told.append(Text(f"{share} of {whole.en} is also {part.en}", f"{whole.zh}中{share}同时为{part.zh}"))
    joined = join_texts(told, ", ", "，")
    return (
        Text(
            f"Some codes nearly name each other: {joined.en}. What these codes mean overlaps, so that a full "
            "cell there is by itself no finding about cities.",
            f"有些编码几乎相互包含：{joined.zh}。这些编码的含义本有重叠，格子数量大本身不足以得出关于城市的结论。",
        ),
    )


def _moved(found: CodingInfluence) -> tuple[Text, ...]:
    if len(found.coders) != 2:
        return ()
    one, other = found.coders
    cells = found.matrices[one].counts.size
    row, column, gap = found.widest
    matrix = found.matrices[found.coder]
    at_row, at_column = short_label(matrix.rows, row), short_label(matrix.columns, column)
    where = (
        Text(f", most at {at_row.en} and {at_column.en} (by {gap})", f"，差别最大的是“{at_row.zh}”与“{at_column.zh}”（相差{gap}项）")
        if gap
        else Text("", "")
    )  # fmt: skip
    return (
        Text(
            f"Passes {one} and {other} count differently in {found.moved} of {cells} cells{where.en}; "
            f"{found.kept():.0%} of the entries of pass {found.coder} stay when only what both code alike counts.",
            f"编码{one}与编码{other}在{cells}格中有{found.moved}格计数不同{where.zh}；若只计两遍编码一致的，"
            f"编码{found.coder}的计入次数保留{found.kept():.0%}。",
        ),
    )
