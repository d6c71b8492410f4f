"""What calibration gives: memberships with the anchors that made them, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, join_texts, plain
from learningcity.explain.qca.calibrate_anchors import anchor_name

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "fuzzy": Text("direct method", "直接法"),
    "crisp": Text("crisp set", "清晰集"),
    "indirect": Text("indirect method", "间接法"),
    "multi": Text("multi-value set", "多值集"),
}
SIDES = {
    "in": Text("in the set", "隶属"),
    "out": Text("out of the set", "不隶属"),
    "half": Text("exactly 0.5", "恰为0.5"),
    "missing": Text("missing", "缺失"),
    "left_out": Text("left out at 0.5", "因0.5而剔除"),
}


@dataclass(frozen=True, eq=False)
class Calibration(Result):
    """One condition or outcome, calibrated.

    It stands in for its memberships wherever an array is taken: ``data.assign(A=calibration)`` on the same cases
    in the same order. ``values`` is aligned by the names of the cases.

    Parameters
    ----------
    name
        What was calibrated.
    values
        Series, index case: memberships 0 to 1, or values 0, 1, 2 ...; NaN where the raw value is missing, or
        where a case at 0.5 was left out.
    raw
        Series, index case: what was calibrated.
    kind
        fuzzy, crisp, indirect or multi.
    anchors
        Name of the anchor -> raw value, in the order given.
    options
        Every other choice that made the values; for the indirect method also the curve.
    halves
        Cases at exactly 0.5 before the rule for them.
    missing
        Cases without a raw value.
    notes
        What a reader should look at: anchors outside of the data, one-sided sets, 0.5, missing values.
    """

    name: str
    values: pd.Series
    raw: pd.Series
    kind: str
    anchors: Mapping[str, float]
    options: Mapping[str, Any]
    halves: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[Text, ...]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        found = self.values.to_numpy(dtype=dtype)
        return found.copy() if copy else found

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[float]:
        return iter(self.values)

    def table(self) -> pd.DataFrame:
        """Raw value, membership and side of each case.

        Returns
        -------
        frame
            Index case; raw, membership, side (in, out, half, missing, left_out; for a multi-value set the value).
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "raw": self.raw,
                "membership": self.values,
                "side": [self._side(str(c), v) for c, v in self.values.items()],
            },
            index=self.values.index,
        ).rename_axis("case")

    def _side(self, case: str, value: float) -> str:
        if value != value:
            return "missing" if case in self.missing else "left_out"
        if self.kind == "multi":
            return str(int(value))
        return "in" if value > 0.5 else "out" if value < 0.5 else "half"

    def summary(self, language: str = "en") -> str:
        """Say by which anchors, how many cases lie where, and what to look at."""
        anchors = Text(
            ", ".join(f"{anchor_name(k).en} {v:g}" for k, v in self.anchors.items()),
            "、".join(f"{anchor_name(k).zh}{v:g}" for k, v in self.anchors.items()),
        )
        sides = list(self.table()["side"])
        told = join_texts(
            [
                Text(f"{sides.count(s)} {_words(s).en}", f"{_words(s).zh}{sides.count(s)}个")
                for s in sorted(set(sides), key=_order)
            ],
            ", ",
            "，",
        )
        first = Text(
            f"{self.name or 'Set'} ({KINDS[self.kind].en}; {anchors.en}): {told.en}.",
            f"{self.name or '集合'}（{KINDS[self.kind].zh}；{anchors.zh}）：{told.zh}。",
        )
        return join_texts([first, *self.notes], " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Anchors, options, cases, notes and summary as plain values."""
        return {
            "name": self.name,
            "kind": self.kind,
            "anchors": plain(self.anchors),
            "options": plain(self.options),
            "halves": list(self.halves),
            "missing": list(self.missing),
            "notes": plain(self.notes),
            "versions": self.versions,
            **super().to_dict(),
        }


def _words(side: str) -> Text:
    return SIDES.get(side, Text(f"with the value {side}", f"取值{side}的"))


def _order(side: str) -> tuple[int, int]:
    known = list(SIDES)
    return (1, known.index(side)) if side in known else (0, int(side))
