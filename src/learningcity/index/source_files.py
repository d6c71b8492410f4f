"""What several sources say of the same cell: a long table of a user, as the draws take it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, path_of
from learningcity.index.structure import Structure
from learningcity.index.value_files import numbers, read_table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("uCode", "iCode", "value", "source")


@dataclass(frozen=True)
class SourcedCell:
    """Where the value of one cell comes from.

    Parameters
    ----------
    sources
        Names of the sources that speak of the cell; empty = the table of sources does not name it.
    alternatives
        Every value with its source; more than one different value means that sources disagree.
    """

    sources: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    kind: str = "own"
    year: int | None = None
    facts: tuple[str, ...] = ()

    @property
    def disagree(self) -> bool:
        """Whether sources give different values."""
        return len({v for _, v in self.alternatives}) > 1

    def to_dict(self) -> dict[str, Any]:
        """The sources with their values as plain values."""
        return {"sources": [*self.sources], "values": [v for _, v in self.alternatives]}


@dataclass(frozen=True)
class SourcedValues:
    """Values of an index and, in a frame of the same shape, what each source says.

    Parameters
    ----------
    values
        Units x indicators: the values of the nominal index.
    origin
        Units x indicators, cells :class:`SourcedCell`.
    """

    values: pd.DataFrame
    origin: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Sources:
    """What sources say, one row a source and cell.

    Parameters
    ----------
    rows
        Frame with the columns uCode, iCode, value (float), source, in the order of the file.
    name
        What messages call it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"uCode": ["x", "x"], "iCode": "a", "value": [1.0, 2.0], "source": ["S", "T"]})
    >>> Sources(rows).over(pd.DataFrame({"a": [2.0]}, index=["x"])).origin.at["x", "a"].disagree
    True
    """

    rows: pd.DataFrame
    name: str = "sources"

    def over(self, values: Any) -> SourcedValues:
        """Lay the sources over the values of the nominal index.

        Parameters
        ----------
        values
            Frame units x indicators, index uCode.

        Returns
        -------
        SourcedValues
            Values as given; ``uncertainty`` and ``sensitivity`` draw among the sources of a cell with
            ``{"sources": True}``.

        Raises
        ------
        InputError
            A cell without a value in the table of values, or one whose only sources all say another
            value than the table: which of the two the nominal index should take is not ours to guess.
        UnknownNameError
            A unit or indicator that the table of values does not have.

        Examples
        --------
        >>> import pandas as pd
        >>> rows = pd.DataFrame({"uCode": ["x", "x"], "iCode": "a", "value": [1.0, 2.0], "source": ["S", "T"]})
        >>> found = Sources(rows).over(pd.DataFrame({"a": [1.0, 5.0]}, index=["x", "y"]))
        >>> found.origin.at["x", "a"].alternatives
        (('S', 1.0), ('T', 2.0))
        """
        import pandas as pd

        nothing = SourcedCell()
        origin = pd.DataFrame(
            [[nothing] * len(values.columns) for _ in values.index],
            index=values.index,
            columns=values.columns,
            dtype=object,
        )
        for (unit, code), part in self.rows.groupby(["uCode", "iCode"], sort=False):
            if unit not in values.index:
                raise UnknownNameError("unit", unit, values.index)
            if code not in values.columns:
                raise UnknownNameError("indicator", code, values.columns)
            pairs = tuple(zip(part["source"], map(float, part["value"]), strict=True))
            cell = SourcedCell(tuple(part["source"]), pairs)
            self._check(cell, str(unit), str(code), values.at[unit, code])
            origin.at[unit, code] = cell
        return SourcedValues(values, origin)

    def _check(self, cell: SourcedCell, unit: str, code: str, value: Any) -> None:
        if value is None or value != value:
            raise InputError(
                Text(
                    f"{self.name}: {unit}, {code} has sources, but no value in the table of values. "
                    "Write there the value that the index itself shall take.",
                    f"{self.name}：{unit}的{code}有来源，但数据表中没有数值。请在数据表中填写指数本身所用的数值。",
                )
            )
        if not cell.disagree and cell.alternatives[0][1] != value:
            only = cell.alternatives[0][1]
            raise InputError(
                Text(
                    f"{self.name}: {unit}, {code} is {only:g} in every source, but {value:g} in the table of "
                    "values. Correct one of them, or add the source of the other value.",
                    f"{self.name}：{unit}的{code}在各来源中均为{only:g}，而数据表中为{value:g}。"
                    "请更正其一，或补充另一数值的来源。",
                )
            )


def read_index_sources(
    path: str | Path, structure: Structure | None = None, *, notes: list[Text] | None = None
) -> Sources:
    r"""Read what several sources say of the same cells.

    Parameters
    ----------
    path
        CSV or XLSX (of several sheets the one called sources), one row a source and cell: uCode, iCode,
        value, source; other columns are left aside. Cells on which all agree may be left out.
    structure
        If given, an indicator must be one of it.
    notes
        As for :func:`~learningcity.index.value_files.read_index_values`.

    Returns
    -------
    Sources
        ``sources.over(values)`` is what ``uncertainty`` and ``sensitivity`` take.

    Raises
    ------
    InputError
        No such file or column, an empty cell, a value that is no number, a source that speaks twice of
        one cell: file and row are named.
    UnknownNameError
        An indicator that the structure does not have.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "sources.csv"
    >>> _ = file.write_text("uCode,iCode,value,source\nx,a,1,Census\nx,a,2,Yearbook\n")
    >>> read_index_sources(file).rows["value"].tolist()
    [1.0, 2.0]
    """
    import math

    file = path_of(path)
    table = read_table(file, "sources", COLUMNS, notes)
    table = table[list(COLUMNS)].astype(object)
    table["value"] = numbers(table["value"], "value", file.name)
    for row, (unit, code, value, _) in zip(table.index, table.itertuples(index=False), strict=True):
        if structure is not None and code not in structure.indicators:
            raise UnknownNameError("indicator", code, structure.indicators)
        if not math.isfinite(value):
            raise InputError(
                Text(
                    f"{file.name}, row {row}: {unit}, {code} has no finite value; a row says what a source says.",
                    f"{file.name}，第{row}行：{unit}的{code}没有有限数值；每行须给出一个来源的数值。",
                )
            )
    twice = table.index[table.duplicated(["uCode", "iCode", "source"])]
    if len(twice):
        unit, code, source = table.loc[twice[0], ["uCode", "iCode", "source"]]
        raise InputError(
            Text(
                f"{file.name}, row {twice[0]}: {source} speaks twice of {unit}, {code}.",
                f"{file.name}，第{twice[0]}行：{source}对{unit}的{code}重复给出数值。",
            )
        )
    return Sources(table.astype({"value": float}).reset_index(drop=True), file.name)
