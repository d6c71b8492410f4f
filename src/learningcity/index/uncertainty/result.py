"""What an uncertainty analysis gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, plain
from learningcity.index.spec import IndexSpec
from learningcity.index.uncertainty.factors import Factors

if TYPE_CHECKING:
    import pandas as pd

#: Aggregations whose scores are not on the scale of what they aggregate.
_OWN_SCALE = ("copeland", "benefit_of_the_doubt")
MOMENTS = ("nominal", "mean", "sd", "median", "lower", "upper")


@dataclass(frozen=True)
class UncertaintyResult(Result):
    """Scores and ranks of one code over all draws.

    Parameters
    ----------
    spec, factors, code, draws, seed, level
        What was asked: the recipe, what varied, the code whose scores these are, how many draws, the
        seed, and the share of the draws that the intervals hold.
    scores, ranks
        Frames, index unit, columns nominal (without uncertainty), mean, sd, median, lower, upper, and
        drawn = in how many draws the unit had a score; rank 1 = highest.
    failures
        Draws that gave no index, by reason; they count in none of the other figures.
    score_error
        The most by which the quantiles of scores may be off; 0 = exact.
    rank_error
        The most by which mean and quantiles of ranks may be off; 0 = exact, as for up to 1,000 units.
    slow
        Draws that went through the plain build one by one, since something in them is not compiled.
    kept
        With ``keep=True``: frames "choices" (draws x factors), "scores" and "ranks" (draws x units) and
        "multipliers" of the weights (draws x codes) of the draws that did not fail, by number of the draw.
    """

    spec: IndexSpec
    factors: Factors
    code: str
    draws: int
    seed: int
    level: float
    scores: pd.DataFrame
    ranks: pd.DataFrame
    failures: dict[Text, int]
    score_error: float = 0.0
    rank_error: float = 0.0
    slow: int = 0
    kept: dict[str, Any] = field(default_factory=dict)
    _shares: Any = field(default=None, repr=False)
    _wins: Any = field(default=None, repr=False)

    @property
    def failed(self) -> int:
        """How many draws failed."""
        return sum(self.failures.values())

    @property
    def _mixes_scales(self) -> bool:
        """Whether the alternatives may put scores on different scales."""
        return any(
            len(f.values) > 1
            and (f.field == "normalise" or any(label.startswith(_OWN_SCALE) for label in f.labels))
            for f in self.factors.factors
        )

    def acceptability(self) -> pd.DataFrame:
        """Share of the draws in which each unit had each rank; each row sums to one.

        Units that tie for ranks share them evenly. A unit that never had a score has an empty row.
        Beyond 1,000 units a column stands for several ranks, from the one that it is named after.

        References
        ----------
        Lahdelma & Salminen (2001), SMAA-2, doi 10.1287/opre.49.3.444.11220.
        """
        import numpy as np
        import pandas as pd

        total = self._shares.sum(axis=1, keepdims=True)
        found = self._shares / np.where(total > 0, total, np.nan)
        ranks = range(1, len(self.scores) + 1, int(2 * self.rank_error) + 1)
        return pd.DataFrame(found, index=self.scores.index, columns=pd.Index(ranks, name="rank"))

    def wins(self) -> pd.DataFrame:
        """Share of the draws in which the unit of the row stood strictly before that of the column.

        Only draws count in which both had a score; NaN on the diagonal and where there was none.

        Raises
        ------
        InputError
            Pairs were not counted.
        """
        import numpy as np
        import pandas as pd

        if self._wins is None:
            raise InputError(
                Text(
                    "Pairs were not counted for so many units; ask with pairs=True (up to 1,000 units).",
                    "单位较多，未统计两两比较；请用pairs=True（至多1000个单位）。",
                )
            )
        won, met = self._wins
        found = won / np.where(met > 0, met, np.nan)
        np.fill_diagonal(found, np.nan)
        return pd.DataFrame(found, index=self.scores.index, columns=self.scores.index)

    def order(self, probability: float = 0.95) -> pd.DataFrame:
        """Pairs of units whose order is safe: better, worse, share of the draws; the safest first.

        Parameters
        ----------
        probability
            Least share of the draws in which the better unit stood strictly before the other; above
            0.5, so that no pair is there both ways.
        """
        import numpy as np
        import pandas as pd

        if not 0.5 < probability <= 1:
            raise InputError(
                Text(
                    f"probability is {probability!r}; give more than 0.5, at most 1.",
                    f"probability为{probability!r}，须大于0.5且不超过1。",
                )
            )
        wins = self.wins().to_numpy()
        rows, columns = np.nonzero(np.nan_to_num(wins) >= probability)
        units = self.scores.index.to_numpy()
        frame = pd.DataFrame(
            {"better": units[rows], "worse": units[columns], "probability": wins[rows, columns]}
        )
        return frame.sort_values("probability", ascending=False, kind="stable", ignore_index=True)

    def table(self) -> pd.DataFrame:
        """One row a unit, in the order of the nominal rank: ranks and scores with their intervals."""
        frame = self.ranks.add_prefix("rank_").join(self.scores[[*MOMENTS]].add_prefix("score_"))
        frame = frame.rename(columns={"rank_drawn": "drawn"}).rename_axis("unit")
        return frame.sort_values(["rank_nominal", "rank_median"], kind="stable")

    def to_dict(self) -> dict[str, Any]:
        """The tables, what was drawn, and the failures as plain values."""
        return {
            "spec": self.spec.to_dict(),
            "choices": [
                {"name": f.name, "alternatives": [*f.labels], "probabilities": [*f.probabilities]}
                for f in self.factors.factors
            ],
            "noise": plain(self.factors.noise),
            "concentration": self.factors.concentration,
            "cells": [plain(c) for c in self.factors.cells],
            "code": self.code,
            "draws": self.draws,
            "seed": self.seed,
            "level": self.level,
            "score_error": self.score_error,
            "rank_error": self.rank_error,
            "slow": self.slow,
            "failures": [{"reason": r.to_dict(), "draws": n} for r, n in self.failures.items()],
            "versions": self.versions,
            **super().to_dict(),
        }

    def summary(self, language: str = "en") -> str:
        """Say what varied, how far ranks moved, how many pairs are safe, and what failed."""
        width = (self.ranks["upper"] - self.ranks["lower"]).dropna()
        first = self.acceptability()[1].idxmax()
        share = self.acceptability()[1].max()
        good = self.draws - self.failed
        names = self.factors.names
        name = self.spec.structure.by_code[self.code].name
        text = Text(
            f"{name.en}: {good:,} of {self.draws:,} draws over {', '.join(names) or 'nothing'}. "
            f"{self.level:.0%} of the ranks of a unit span {width.median():g} places at the median, "
            f"{width.max():g} at most. {first} is most often first ({share:.0%} of the draws).",
            f"{name.zh}：{self.draws:,}次抽样中{good:,}次有效，变动因素：{'、'.join(names) or '无'}。"
            f"各单位{self.level:.0%}排名区间的宽度中位数为{width.median():g}位，最大{width.max():g}位。"
            f"{first}居首的次数最多（占{share:.0%}）。",
        ).in_(language)
        if self._wins is not None:
            pairs = len(self.scores) * (len(self.scores) - 1) // 2
            safe = len(self.order())
            text += Text(
                f" The order of {safe:,} of {pairs:,} pairs holds in at least 95% of the draws.",
                f"{pairs:,}对单位中有{safe:,}对的先后在至少95%的抽样中成立。",
            ).in_(language)
        if self.rank_error > 0:
            wide = int(2 * self.rank_error) + 1
            text += Text(
                f" With so many units {wide} neighbouring ranks share a count: medians, intervals and the share of "
                f"first ranks hold to {wide} places; means and standard deviations are exact.",
                f"单位较多，相邻{wide}个名次合并计数：中位数、区间与居首比例精确到{wide}位，均值与标准差为精确值。",
            ).in_(language)
        if self._mixes_scales:
            text += Text(
                " The alternatives may put scores on different scales: ranks can be compared across the draws, "
                "means and intervals of scores only where the scale is one.",
                "各备选方法的得分尺度可能不同：排名可直接比较，得分的均值与区间只在尺度一致时才有意义。",
            ).in_(language)
        if self.slow:
            text += Text(
                f" {self.slow:,} draws went through the plain build, since their methods are not compiled.",
                f"{self.slow:,}次抽样所用方法未经编译，逐次按常规方式计算。",
            ).in_(language)
        for reason, count in self.failures.items():
            text += Text(f" {count:,} draws failed: {reason.en}", f"{count:,}次抽样失败：{reason.zh}").in_(
                language
            )
        return text
