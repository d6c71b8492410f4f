"""Move the anchors of calibrated columns, one at a time or all at once, without letting them pass each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, of_kind
from learningcity.explain.qca.calibrate import calibrate
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.frames import refuse

if TYPE_CHECKING:
    import pandas as pd

#: Options of a calibration that are taken over when an anchor moves; a fitted curve is fitted anew.
OPTIONS = {
    "fuzzy": ("shape", "full", "below", "above", "at_half"),
    "crisp": (),
    "multi": (),
    "indirect": ("scores", "degree", "at_half"),
}
#: Memberships in the data may differ from those of the anchors by rounding, no more.
ROUNDED = 0.01


@dataclass(frozen=True)
class Moved:
    """One anchor at another place: the column, the anchor, where it stands and where it is put."""

    column: str
    anchor: str
    base: float
    value: float


class AnchoredColumns:
    """Columns with known anchors.

    Parameters
    ----------
    calibrations
        Column -> its calibration; raw values of all cases are there.
    """

    def __init__(self, calibrations: Mapping[str, Calibration]) -> None:
        self.calibrations = calibrations

    def values(self, column: str, anchors: Mapping[str, float] | None = None) -> pd.Series:
        """Memberships of a column, by its anchors or by others."""
        one = self.calibrations[column]
        if anchors is None:
            return one.values
        given: Any = dict(anchors) if one.kind == "fuzzy" else tuple(anchors.values())
        options = {k: v for k, v in one.options.items() if k in OPTIONS[one.kind]}
        return calibrate(one.raw, given, one.kind, name=column, **options).values  # type: ignore[arg-type]

    def frame(self, data: pd.DataFrame, anchors: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
        """The data with all calibrated columns, those in ``anchors`` by other anchors."""
        found = {c: self.values(c, anchors.get(c)).loc[list(data.index)] for c in self.calibrations}
        return data.assign(**found)

    def room(self, column: str, anchor: str, portion: float) -> tuple[float, float]:
        """How far an anchor may move: a portion of the range of the raw values, short of its neighbours."""
        one = self.calibrations[column]
        here = one.anchors[anchor]
        width = portion * float(one.raw.max() - one.raw.min())
        below = [v for v in one.anchors.values() if v < here]
        above = [v for v in one.anchors.values() if v > here]
        return max([here - width, *below]), min([here + width, *above])

    def moves(self, portion: float, steps: int) -> list[Moved]:
        """Every anchor alone, in equal steps to both sides; places of other anchors are left out."""
        found = []
        for column, one in self.calibrations.items():
            width = portion * float(one.raw.max() - one.raw.min())
            for anchor, here in one.anchors.items():
                low, high = self.room(column, anchor, portion)
                others = {v for k, v in one.anchors.items() if k != anchor}
                for k in [*range(-steps, 0), *range(1, steps + 1)]:
                    place = here + width * k / steps
                    if low <= place <= high and place not in others and place != here:
                        found.append(Moved(column, anchor, here, place))
        return found

    def drawn(self, portion: float, random: Any) -> dict[str, dict[str, float]]:
        """All anchors at once, each anywhere within its room; they keep their order."""
        found = {}
        for column, one in self.calibrations.items():
            ranked = sorted(one.anchors, key=one.anchors.__getitem__)
            ends = {a: self.room(column, a, portion) for a in ranked}
            places = dict(one.anchors)
            for _ in range(100):
                drawn = {a: float(random.uniform(*ends[a])) for a in ranked}
                inner = [drawn[a] for a in ranked]
                if all(a < b for a, b in pairwise(inner)):
                    places = {a: drawn[a] for a in one.anchors}
                    break
            found[column] = places
        return found


def read_anchored(data: pd.DataFrame, raw: Any, anchors: Any, known: tuple[str, ...]) -> AnchoredColumns:
    """Calibrate the columns that anchors are given for, and hold them against the data.

    Parameters
    ----------
    data
        Frame, index case (names as text); a column with anchors may be there or not.
    raw
        Frame, index case: raw values, or None where every anchor comes as a ``Calibration``.
    anchors
        Column -> anchors as for ``calibrate`` (direct method), or a ``Calibration``.
    known
        Conditions and outcome.

    Raises
    ------
    InputError
        No mapping, cases or columns without raw values, memberships that are not those of the anchors.
    UnknownNameError
        A column that is neither condition nor outcome, or not in ``raw``.
    """
    import pandas as pd

    if anchors is None:
        anchors = {}
    of_kind(anchors, Mapping, "anchors")
    if raw is not None:
        raw = of_kind(raw, pd.DataFrame, "raw").rename(columns=str).rename(index=str)
        refuse(raw.index[raw.index.duplicated()], "Cases that occur twice in raw", "raw中重复的案例")
    found: dict[str, Calibration] = {}
    for column, given in anchors.items():
        if column not in known:
            raise UnknownNameError("column", str(column), known)
        if isinstance(given, Calibration):
            source, kind, options = given.raw.rename(index=str), given.kind, given.options
            places: Any = dict(given.anchors) if kind == "fuzzy" else tuple(given.anchors.values())
            options = {k: v for k, v in options.items() if k in OPTIONS[kind]}
        else:
            if raw is None:
                raise InputError(
                    Text(
                        f"anchors of {column} need raw values: give raw, or a result of calibrate in their place.",
                        f"{column}的锚点须有原始值：请给出raw，或改用calibrate的结果。",
                    )
                )
            if column not in raw.columns:
                raise UnknownNameError("column", str(column), tuple(raw.columns))
            source, kind, places, options = raw[column], "fuzzy", given, {}
        refuse(
            [c for c in data.index if c not in source.index or source[c] != source[c]],
            f"Cases without a raw value of {column}",
            f"缺少{column}原始值的案例",
        )
        one = calibrate(source.loc[list(data.index)], places, kind, name=str(column), **options)  # type: ignore[arg-type]
        if column in data.columns:
            refuse(
                data.index[(data[column].astype(float) - one.values).abs() > ROUNDED],
                f"Cases whose {column} in data is not what its anchors give (more than {ROUNDED:g} apart)",
                f"数据中的{column}与锚点计算结果不符（相差超过{ROUNDED:g}）的案例",
            )
        found[str(column)] = one
    return AnchoredColumns(found)
