"""What building an index gives."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, plain
from learningcity.index.pipeline import Prepared
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Structure

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.audit import AuditResult
    from learningcity.index.contributions import Contributions
    from learningcity.index.trace import ScoreTrace


@dataclass(frozen=True)
class IndexResult(Result):
    """An index with everything that led to it.

    Parameters
    ----------
    spec
        The recipe.
    prepared
        The table after each step before aggregation.
    weights
        Weights as used, by code.
    scores, ranks
        Frames, index unit, columns all codes of the structure; rank 1 = highest, ties share the best
        rank, NaN where there is no score.
    origin
        Where each value came from, if the values were a FactTable.
    """

    spec: IndexSpec
    prepared: Prepared
    weights: dict[str, float]
    scores: pd.DataFrame
    ranks: pd.DataFrame
    origin: Any = None

    @property
    def structure(self) -> Structure:
        """The tree that was computed: that of the spec without what screening left out."""
        return self.prepared.structure

    @property
    def normalised(self) -> pd.DataFrame:
        """Units x indicators on the common scale."""
        return self.prepared.normalised

    def contributions(self, baseline: str = "mean", *, orders: int = 500, seed: int = 0) -> Contributions:
        """What each indicator adds to each unit's index: see ``learningcity.index.contributions``."""
        from learningcity.index.contributions import contributions

        return contributions(self, baseline, orders=orders, seed=seed)

    def trace(self, city: str, code: str | None = None) -> ScoreTrace:
        """What one score rests on, down to facts and sources: see ``learningcity.index.trace``."""
        from learningcity.index.trace import trace

        return trace(self, city, code)

    def table(self) -> pd.DataFrame:
        """One row a unit, best first: rank and score of the index, then the scores below, top down."""
        top = self.structure.top
        codes = [c for c in reversed(self.structure.aggregates) if c != top]
        frame = self.scores[[top, *codes]].copy()
        frame.insert(0, "rank", self.ranks[top])
        frame.index.name = "unit"
        return frame.sort_values(["rank"], kind="stable")

    def to_dict(self) -> dict[str, Any]:
        """Scores, ranks, weights and the recipe as plain values."""
        named = {"scores": self.scores, "ranks": self.ranks}
        return {
            "spec": self.spec.to_dict(),
            "weights": plain(self.weights),
            **{k: plain(f.rename_axis("unit")) for k, f in named.items()},
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }

    def audit(self, **options: Any) -> AuditResult:
        """Audit the index: see :func:`learningcity.index.audit.audit`."""
        return import_module("learningcity.index.audit").audit(self, **options)

    def summary(self, language: str = "en") -> str:
        """Say what was built, out of how much, and which units come first; no word on how sure that is."""
        top = self.structure.top
        ranked = self.ranks[top].dropna().sort_values(kind="stable")
        empty = int(self.prepared.values.isna().sum().sum())
        cells = self.prepared.values.size
        text = Text(
            f"{self.structure.by_code[top].name.en}: {len(ranked)} of {len(self.scores)} units have a score, "
            f"from {len(self.structure.indicators)} indicators; {empty} of {cells} cells were empty. "
            f"First: {', '.join(ranked.index[:3])}. How sure the ranks are is what lc.uncertainty tells.",
            f"{self.structure.by_code[top].name.zh}：{len(self.scores)}个单位中{len(ranked)}个有得分，"
            f"共{len(self.structure.indicators)}项指标；{cells}格中{empty}格为空。"
            f"居前：{'、'.join(ranked.index[:3])}。排名的可靠程度见lc.uncertainty。",
        )
        return text.in_(language)
