"""What an association gives: each pair with its size, its chance, and what was lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, join_texts
from learningcity.explain.association.measures import MEASURES
from learningcity.explain.association.words import CLAIMS, EFFORT, SHARED

if TYPE_CHECKING:
    import pandas as pd

#: Findings and unjudged pairs that a summary names.
MOST_NAMED = 12


@dataclass(frozen=True)
class Partial:
    """A pair with effort taken out.

    Parameters
    ----------
    measure
        "spearman" or "epsilon_squared", of what is left of the ranks.
    n
        Cases with both sides and all effort.
    estimate, low, high
        Effect size; interval of Spearman's only, and none with clusters.
    p, q
        Chance (Freedman and Lane), and adjusted for all pairs; None where whole clusters are shuffled.
    """

    measure: str
    n: int
    estimate: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None


@dataclass(frozen=True)
class Pair:
    """One background column with one characteristic.

    Parameters
    ----------
    background, characteristic
        The columns.
    n, lost_background, lost_characteristic
        Complete cases; cases without the one, without the other (a case may lack both).
    measure
        "spearman", "kendall", "rank_biserial", "epsilon_squared" or "cramers_v"; None if not judged.
    estimate, low, high
        Effect size and interval.
    tau_b
        Kendall's tau-b beside Spearman's coefficient.
    higher
        Of two groups the one with the higher mean rank.
    groups
        Name and cases of each group (of the background if both sides are groups).
    p, method, as_good, arrangements
        As in ``Chance``.
    q_bh, q_by
        p adjusted for all judged pairs (Benjamini and Hochberg; Benjamini and Yekutieli).
    found
        Whether the chosen q is at most the level.
    shared
        Share of evidence that both sides share, where told.
    effort
        Measure of effort -> Spearman's coefficient of the background and of the characteristic with it;
        None where a side is a grouping of more than two, or constant.
    partial
        With effort taken out.
    repeated
        The pair on disjoint evidence.
    near_constant
        Columns of which nearly all complete cases have one value.
    reason
        Why it was not judged.
    notes
        What to bear in mind.
    """

    background: str
    characteristic: str
    n: int
    lost_background: int
    lost_characteristic: int
    measure: str | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    tau_b: float | None = None
    higher: str | None = None
    groups: tuple[tuple[str, int], ...] = ()
    p: float | None = None
    method: str | None = None
    as_good: int = 0
    arrangements: int = 0
    q_bh: float | None = None
    q_by: float | None = None
    found: bool = False
    shared: float | None = None
    effort: tuple[tuple[str, float | None, float | None], ...] = ()
    partial: Partial | None = None
    repeated: Pair | None = None
    near_constant: tuple[str, ...] = ()
    reason: Text | None = None
    notes: tuple[Text, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether it has a figure."""
        return self.reason is None

    @property
    def name(self) -> str:
        """Both columns."""
        return f"{self.background} - {self.characteristic}"


@dataclass(frozen=True)
class AssociationResult(Result):
    """All pairs of background and characteristics.

    Parameters
    ----------
    pairs
        One each, background by background.
    cases
        Cases in the tables.
    effort, groups
        Names of the measures of effort; columns that were read as groups by wish.
    correlation, interval, adjust, level, confidence, fewest, permutations, draws, seed
        As asked.
    clusters
        Number of clusters, None without.
    claims
        What may not be claimed.
    """

    pairs: tuple[Pair, ...]
    cases: int
    effort: tuple[str, ...]
    groups: tuple[str, ...]
    correlation: str
    interval: str
    adjust: str
    level: float
    confidence: float
    fewest: int
    permutations: int
    draws: int
    seed: int
    clusters: int | None = None
    claims: tuple[Text, ...] = CLAIMS

    @property
    def judged(self) -> tuple[Pair, ...]:
        """Pairs with a figure."""
        return tuple(pair for pair in self.pairs if pair.judged)

    @property
    def not_judged(self) -> tuple[Pair, ...]:
        """Pairs without one; each names its reason."""
        return tuple(pair for pair in self.pairs if not pair.judged)

    @property
    def found(self) -> tuple[Pair, ...]:
        """Pairs whose q is at most the level, least p first."""
        return tuple(sorted((pair for pair in self.pairs if pair.found), key=lambda pair: pair.p or 0.0))

    def pair(self, background: str, characteristic: str) -> Pair:
        """Give one pair.

        Raises
        ------
        UnknownNameError
            A column that is not there.
        """
        from learningcity.core import UnknownNameError

        for pair in self.pairs:
            if (pair.background, pair.characteristic) == (background, characteristic):
                return pair
        sides = {p.background for p in self.pairs}, {p.characteristic for p in self.pairs}
        wrong = 0 if background not in sides[0] else 1
        raise UnknownNameError("column", (background, characteristic)[wrong], sorted(sides[wrong]))

    def table(self, language: str = "en") -> pd.DataFrame:
        """One row a pair, also those that could not be judged.

        Parameters
        ----------
        language
            Of the column ``note``.

        Returns
        -------
        frame
            background, characteristic, measure, n, lost, lost_background, lost_characteristic, estimate, low,
            high, tau_b, higher, groups ("name (cases)" joined), p, method, q_bh, q_by, found, partial,
            partial_low, partial_high, partial_n, partial_p, partial_q, for each measure of effort
            ``background~effort`` and ``characteristic~effort``, shared, repeated, repeated_p, note. Empty where a
            figure does not apply.
        """
        import pandas as pd

        frame = pd.DataFrame([self._row(pair, language) for pair in self.pairs])
        words = {"background", "characteristic", "measure", "higher", "groups", "method", "found", "note"}
        counts = {"n", "lost", "lost_background", "lost_characteristic"}
        return frame.astype({c: float for c in frame.columns if c not in words | counts})

    def _row(self, pair: Pair, language: str) -> dict[str, Any]:
        left, again = pair.partial, pair.repeated
        texts = [*([pair.reason] if pair.reason else []), *pair.notes]
        return {
            "background": pair.background, "characteristic": pair.characteristic, "measure": pair.measure,
            "n": pair.n, "lost": self.cases - pair.n, "lost_background": pair.lost_background,
            "lost_characteristic": pair.lost_characteristic, "estimate": pair.estimate, "low": pair.low,
            "high": pair.high, "tau_b": pair.tau_b, "higher": pair.higher,
            "groups": "; ".join(f"{name} ({count})" for name, count in pair.groups) or None,
            "p": pair.p, "method": pair.method, "q_bh": pair.q_bh, "q_by": pair.q_by, "found": pair.found,
            "partial": left and left.estimate, "partial_low": left and left.low, "partial_high": left and left.high,
            "partial_n": left and left.n, "partial_p": left and left.p, "partial_q": left and left.q,
            **{f"{side}~{name}": value for name, *both in (pair.effort or [(n, None, None) for n in self.effort])
               for side, value in zip(("background", "characteristic"), both, strict=True)},
            "shared": pair.shared, "repeated": again and again.estimate, "repeated_p": again and again.p,
            "note": join_texts(texts).in_(language) if texts else None,
        }  # fmt: skip

    def summary(self, language: str = "en") -> str:
        """Say what goes with what, what could not be judged, and what may not be claimed."""
        lost = [self.cases - pair.n for pair in self.judged]
        how = self.adjust.upper()
        parts = [
            Text(
                f"{self.cases} cases, {len(self.pairs)} pairs: {len(self.judged)} judged, "
                f"{len(self.not_judged)} could not be judged; cases lost a pair {min(lost)} to {max(lost)}.",
                f"共{self.cases}个案例、{len(self.pairs)}对变量：判断了{len(self.judged)}对，"
                f"{len(self.not_judged)}对无法判断；每对因缺失值剔除案例{min(lost)}至{max(lost)}个。",
            ),
            Text(
                f"Found with a false discovery rate of at most {self.level:g} ({how}, all judged pairs): "
                f"{len(self.found)}.",
                f"在错误发现率不超过{self.level:g}的条件下（{how}法，针对所有已判断的变量对），"
                f"共发现{len(self.found)}对。",
            ),
            *(self._sentence(pair) for pair in self.found[:MOST_NAMED]),
        ]
        if len(self.found) > MOST_NAMED:
            more = len(self.found) - MOST_NAMED
            parts.append(Text(f"... and {more} more in the table.", f"……另有{more}对见表。"))
        parts += self._gaps()
        parts += [*([] if self.claims is not CLAIMS else self._evidence()), *self.claims]
        return join_texts(parts, " ", "").in_(language)

    def _gaps(self) -> list[Text]:
        """Columns of which nothing could be judged, and near-constant ones."""
        names = dict.fromkeys([*(p.background for p in self.pairs), *(p.characteristic for p in self.pairs)])
        seen = {name for p in self.judged for name in (p.background, p.characteristic)}
        near = dict.fromkeys(name for p in self.judged for name in p.near_constant)
        parts = []
        if nothing := [name for name in names if name not in seen]:
            shown = ", ".join(nothing[:MOST_NAMED]) + (" ..." if len(nothing) > MOST_NAMED else "")
            parts.append(
                Text(
                    f"Of these columns no pair could be judged (constant, or too few cases): {shown}.",
                    f"以下各列没有任何一对可以判断（取值恒定或案例过少）：{shown}。",
                )
            )
        if near:
            shown = ", ".join([*near][:MOST_NAMED]) + (" ..." if len(near) > MOST_NAMED else "")
            parts.append(
                Text(
                    f"Near-constant in some pairs, so that little can be learnt from them: {shown}.",
                    f"在部分变量对中近乎恒定、信息量很小的列：{shown}。",
                )
            )
        return parts

    def _sentence(self, pair: Pair) -> Text:
        measure = MEASURES[pair.measure or ""]
        span = ""
        if pair.low is not None and pair.high is not None:
            span = f" [{pair.low:.2f}, {pair.high:.2f}]"
        figures = f"{pair.estimate:.2f}{span}, p = {pair.p:.2g}, q = {self._q(pair):.2g}, n = {pair.n}"
        en, zh = f"{pair.name}: {measure.en} {figures}", f"{pair.name}：{measure.zh} {figures}"
        if pair.higher is not None:
            en, zh = f"{en} (higher: {pair.higher})", f"{zh}（较高：{pair.higher}）"
        left = pair.partial
        if left is not None:
            p = "" if left.p is None else f", p = {left.p:.2g}"
            en += f"; with effort taken out {left.estimate:.2f}{p}"
            zh += f"；剔除工作量后 {left.estimate:.2f}{p}"
        if pair.shared:
            en += f"; {pair.shared:.0%} of the evidence is shared"
            zh += f"；两侧共用证据{pair.shared:.0%}"
        return Text(f"{en}.", f"{zh}。")

    def _q(self, pair: Pair) -> float:
        return float((pair.q_bh if self.adjust == "bh" else pair.q_by) or 0.0)

    def _evidence(self) -> list[Text]:
        """Effort and shared evidence."""
        found = [EFFORT[bool(self.effort)].format(names=", ".join(self.effort))]
        told = [pair.shared for pair in self.pairs if pair.shared is not None]
        if any(told):
            found.append(SHARED["told"].format(most=max(told), count=sum(one > 0 for one in told)))
        else:
            found.append(SHARED["none" if told else "untold"])
        again = [pair for pair in self.found if pair.repeated is not None and pair.repeated.judged]
        if again:
            same = [p for p in again if p.repeated and (p.estimate or 0) * (p.repeated.estimate or 0) > 0]
            held = [p for p in same if p.repeated and (p.repeated.p or 1.0) <= self.level]
            found.append(
                SHARED["repeated"].format(count=len(again), same=len(same), held=len(held), level=self.level)
            )
        return found

    def to_dict(self) -> dict[str, Any]:
        """The table, both summaries and the choices as plain values."""
        kept = {k: v for k, v in asdict(self).items() if k != "pairs"}
        return {
            **super().to_dict(),
            **{k: list(v) if isinstance(v, tuple) else v for k, v in kept.items()},
        }
