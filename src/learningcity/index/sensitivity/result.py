"""What a sensitivity analysis gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import Result, Text, plain
from learningcity.index.spec import IndexSpec
from learningcity.index.uncertainty.factors import Factors

if TYPE_CHECKING:
    import pandas as pd

INDICES = ("first", "first_lower", "first_upper", "total", "total_lower", "total_upper")


@dataclass(frozen=True)
class SensitivityResult(Result):
    """How much of the variance of each output comes from each choice.

    Parameters
    ----------
    spec, factors, code, output, draws, seed, level
        What was asked: the recipe, what varied, the code whose scores or ranks these are, which of
        both, the size of the base sample, the seed, the share of resamples that the intervals hold.
    runs
        How many indices were computed: base sample times the number of choices plus two.
    overall
        Frame, one row a choice: indices of the mean absolute shift in rank against the nominal index.
    units
        Frame, one row a unit and choice: indices of its score or rank. Columns first and total with
        the ends of their intervals; NaN and ``applicable`` False where the output does not vary.
    failures
        Base draws that were dropped as a whole since one of their runs failed, by its reason.
    """

    spec: IndexSpec
    factors: Factors
    code: str
    output: Literal["rank", "score"]
    draws: int
    seed: int
    level: float
    runs: int
    overall: pd.DataFrame
    units: pd.DataFrame
    failures: dict[Text, int]

    def table(self) -> pd.DataFrame:
        """One row a choice, the largest total index first: overall, and the median over the units."""
        import pandas as pd

        middle = self.units[["first", "total"]].groupby(level="choice").median()
        frame = self.overall.join(middle.add_prefix("units_"))
        return pd.DataFrame(frame.sort_values("total", ascending=False, kind="stable"))

    def to_dict(self) -> dict[str, Any]:
        """Both frames, what was asked, and the failures as plain values."""
        return {
            "spec": self.spec.to_dict(),
            "choices": [
                {"name": f.name, "alternatives": [*f.labels], "probabilities": [*f.probabilities]}
                for f in self.factors.factors
            ],
            "code": self.code,
            "output": self.output,
            "draws": self.draws,
            "seed": self.seed,
            "level": self.level,
            "runs": self.runs,
            "overall": plain(self.overall),
            "units": plain(self.units),
            "failures": [{"reason": r.to_dict(), "draws": n} for r, n in self.failures.items()],
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }

    def summary(self, language: str = "en") -> str:
        """Say which choice moves the ranks most, what does not matter, and what is not applicable."""
        name = self.spec.structure.by_code[self.code].name
        if not self.overall["applicable"].all():
            text = Text(
                f"{name.en}: no rank moves under these choices; shares of variance are not applicable.",
                f"{name.zh}：在这些选择下排名没有任何变动，方差贡献不适用。",
            )
        else:
            most = self.overall["total"].idxmax()
            row = self.overall.loc[most]
            inert = [str(c) for c in self.overall.index[self.overall["total"] == 0]]
            text = Text(
                f"{name.en}: built {self.runs:,} times. The mean shift in rank depends most on {most} "
                f"(total index {row['total']:.2f}, {row['total_lower']:.2f} to {row['total_upper']:.2f})."
                + (f" Without any effect: {', '.join(inert)}." if inert else ""),
                f"{name.zh}：共编制{self.runs:,}次。平均排名变动受{most}影响最大"
                f"（总效应指数{row['total']:.2f}，区间{row['total_lower']:.2f}至{row['total_upper']:.2f}）。"
                + (f"没有任何影响：{'、'.join(inert)}。" if inert else ""),
            )
        found = text.in_(language)
        fixed = (~self.units["applicable"].groupby(level="unit").all()).sum()
        if fixed:
            what = Text(self.output, "排名" if self.output == "rank" else "得分")
            found += Text(
                f" Not applicable to {fixed} units, whose {what.en} does not vary or is not always there.",
                f"{fixed}个单位的{what.zh}不变或并非每次都有，故不适用。",
            ).in_(language)
        for reason, count in self.failures.items():
            found += Text(
                f" {count:,} draws were dropped: {reason.en}", f"剔除{count:,}次抽样：{reason.zh}"
            ).in_(language)
        return found
