"""What an analysis of agreement gives: one row a variable, confusion tables, and where coders differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import NEAR_CONSTANT, InputError, Result, Text, UnknownNameError, plain
from learningcity.explain.agreement_codes import Codes
from learningcity.explain.tables import first_names

if TYPE_CHECKING:
    import pandas as pd

#: Krippendorff names it as the lowest alpha from which tentative conclusions may be drawn.
TENTATIVE = 0.667
_CAVEAT = Text(
    "Agreement says that coders read alike, not that they are right: passes of one protocol agree on the protocol. "
    "Each variable stands for itself; nothing is pooled.",
    "一致性只说明各编码员的编码结果相近，并不说明编码正确：按同一规程多次编码，一致可能只来自规程本身。各变量分别报告，不作合并。",
)


@dataclass(frozen=True, eq=False)
class CodingAgreement(Result):
    """Agreement of coders, variable by variable.

    Parameters
    ----------
    frame
        Index variable: level, coders (who coded it at all), n (units coded by at least two), lost (units coded by
        one alone), clusters, values (different ones), percent (agreeing pairs of coders over all pairs), kappa (two
        coders; for more see ``pairs``), alpha, alpha_low, alpha_high (95 % bootstrap over clusters), draws (in which
        alpha was defined; no interval where all gave the same), largest (share of the most frequent value), why (why a figure is empty).
    pairs
        One row a variable and pair of coders: variable, first, second, n, percent, kappa (Cohen).
    disagreements
        One row a variable and unit on which coders differ: variable, unit, cluster, then the code of each coder.
    codes
        The ratings.
    draws, seed
        As asked.
    """

    frame: pd.DataFrame
    pairs: pd.DataFrame
    disagreements: pd.DataFrame
    codes: Codes
    draws: int
    seed: int

    def table(self) -> pd.DataFrame:
        """One row a variable: see ``frame``."""
        return self.frame

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders."""
        return self.codes.coders

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Variables of which nearly all ratings are the same: one difference pulls kappa and alpha far down."""
        return tuple(self.frame.index[self.frame["largest"] >= NEAR_CONSTANT])

    def confusion(self, variable: str, first: str | None = None, second: str | None = None) -> pd.DataFrame:
        """Codes of one coder against those of another.

        Parameters
        ----------
        variable
            Which.
        first, second
            Coders of rows and columns; may be left out where there are two.

        Returns
        -------
        frame
            Counts of the units that both coded; rows and columns are the values that occur.

        Raises
        ------
        UnknownNameError
            No such variable or coder.
        InputError
            More than two coders and none named, or one named twice.
        """
        import numpy as np
        import pandas as pd

        one = self.codes.variable(variable)
        if len(self.coders) > 2 and (first is None or second is None):
            raise InputError(
                Text(
                    f"There are {len(self.coders)} coders: name two of them.",
                    f"共有{len(self.coders)}名编码员，请指明其中两名。",
                )
            )
        names = [first, second]
        for name in names:
            if name is not None and name not in self.coders:
                raise UnknownNameError("coder", name, self.coders)
        a = first if first is not None else next(c for c in self.coders if c != second)
        b = second if second is not None else next(c for c in self.coders if c != a)
        if a == b:
            raise InputError(Text(f"{a} is named twice.", f"{a}重复出现。"))
        left, right = (one.ratings[self.coders.index(c)] for c in (a, b))
        both = ~np.isnan(left) & ~np.isnan(right)
        values = np.unique(np.concatenate([left[both], right[both]]))
        counts = np.zeros((len(values), len(values)), dtype=int)
        np.add.at(counts, (np.searchsorted(values, left[both]), np.searchsorted(values, right[both])), 1)
        words = [one.words[float(v)] for v in values]
        return pd.DataFrame(counts, index=pd.Index(words, name=a), columns=pd.Index(words, name=b))

    def summary(self, language: str = "en") -> str:
        """Say the weakest and strongest variables, what was lost, and what agreement does not say."""
        said = [self._said_of_alpha(), *self._said_of_losses()]
        if self.near_constant:
            said.append(
                Text(
                    f"Nearly all ratings are the same in {first_names(self.near_constant, 8).en}: there kappa and alpha "
                    "hang on few units.",
                    f"{first_names(self.near_constant, 8).zh}几乎所有编码取值相同，其κ系数与α系数取决于少数单元。",
                )
            )
        said.append(
            Text(
                f"{len(self.disagreements):,} disagreements are listed with their units.",
                f"共列出{len(self.disagreements):,}处分歧及其所在单元。",
            )
        )
        said.append(_CAVEAT)
        return (" " if language == "en" else "").join(t.in_(language) for t in said)

    def _said_of_alpha(self) -> Text:
        alpha = self.frame["alpha"].dropna()
        who = first_names(self.coders, 8)
        if alpha.empty:
            return Text(
                f"Coders {who.en}: no alpha is defined, since no variable has two different values coded by two.",
                f"编码员{who.zh}：没有变量由两人编码且有两个不同取值，无法计算α系数。",
            )
        low, high = alpha.idxmin(), alpha.idxmax()
        weak = [str(v) for v in alpha.index[alpha < TENTATIVE]]
        if len(alpha) == 1:
            row = self.frame.loc[low]
            span = row["alpha_low"] == row["alpha_low"]
            en = f"alpha {alpha[low]:.2f}" + (
                f" (95 % interval {row['alpha_low']:.2f} to {row['alpha_high']:.2f})" if span else ""
            )
            zh = f"α系数{alpha[low]:.2f}" + (
                f"（95%区间{row['alpha_low']:.2f}至{row['alpha_high']:.2f}）" if span else ""
            )
            spread = Text(f"{low}: Krippendorff's {en}", f"{low}的Krippendorff {zh}")
        else:
            spread = Text(
                f"Krippendorff's alpha from {alpha[low]:.2f} ({low}) to {alpha[high]:.2f} ({high}) over "
                f"{len(alpha)} variables",
                f"{len(alpha)}个变量的Krippendorff α系数从{alpha[low]:.2f}（{low}）到{alpha[high]:.2f}（{high}）",
            )
        return Text(
            f"Coders {who.en}: {spread.en}"
            + (f"; below {TENTATIVE}, too low to build on: {first_names(weak, 8).en}." if weak else "."),
            f"编码员{who.zh}：{spread.zh}"
            + (f"；低于{TENTATIVE}、可靠性不足的变量：{first_names(weak, 8).zh}。" if weak else "。"),
        )

    def _said_of_losses(self) -> list[Text]:
        lost = self.frame["lost"]
        undefined = self.frame.index[self.frame["alpha"].isna()]
        said = []
        if lost.max():
            said.append(
                Text(
                    f"Units coded by one coder alone do not count: up to {int(lost.max()):,} ({lost.idxmax()}).",
                    f"仅由一名编码员编码的单元不计入，最多{int(lost.max()):,}个（{lost.idxmax()}）。",
                )
            )
        if len(undefined) and len(undefined) < len(self.frame):
            said.append(
                Text(
                    f"No alpha (one value only, or no unit coded by two): {first_names(undefined, 8).en}.",
                    f"无法计算α系数（只有一个取值，或没有单元由两人编码）：{first_names(undefined, 8).zh}。",
                )
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Every table as plain values, with draws and seed."""
        return {
            "coders": list(self.coders),
            "near_constant": list(self.near_constant),
            "pairs": plain(self.pairs),
            "disagreements": plain(self.disagreements),
            "draws": self.draws,
            "seed": self.seed,
            **super().to_dict(),
        }
