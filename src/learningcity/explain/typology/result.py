"""What a typology gives: styles or none, how sure, and what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError, plain
from learningcity.explain.tables import first_names
from learningcity.explain.typology.medoids import adjusted_rand
from learningcity.explain.typology.styles import Style

if TYPE_CHECKING:
    import pandas as pd

#: Kaufman and Rousseeuw's reading of a mean silhouette: upper end and words.
_READINGS = (
    (0.25, Text("no substantial structure", "无实质结构")),
    (0.50, Text("weak structure that may be artificial", "结构较弱，可能并非真实存在")),
    (0.70, Text("reasonable structure", "结构较合理")),
    (1.01, Text("strong structure", "结构明显")),
)
_CAVEAT = Text(
    "Styles describe these cases by these columns; they are no ranking and explain nothing, and what sets a style "
    "apart is not tested, since the same columns made it. If the table holds awarded cities alone, styles do not say "
    "what sets them apart from others.",
    "类型只是依据所选各列对这些案例的描述，既不是排名，也不构成解释；各类型的特征未作检验，因为类型正是由这些列划分的。"
    "若表中只有获奖城市，则类型不能说明获奖城市与其他城市有何不同。",
)
_CONTINUUM = Text(
    "A small p says that the columns go together, which a single gradient does, too; the silhouette says how far "
    "the styles are apart.",
    "p值小说明各列相互关联，而单一的连续梯度也会如此；类型之间是否分明，须看轮廓系数。",
)


@dataclass(frozen=True, eq=False)
class TypologyResult(Result):
    """Styles of cases, or the finding that there are none.

    Parameters
    ----------
    found
        Whether there is structure: every limit of ``spec`` is met.
    reasons
        Which limits are not met; empty if found.
    k
        Number of styles; 1 where none was asked for and none is there.
    styles
        One a style, by falling size.
    cases
        Frame, index case: style (1 to k), silhouette, neighbour (the style next to its own), between (silhouette
        within the limit of 0), distance (to the medoid), medoid, cells (its cells that are not empty). Empty cells
        where there is one style.
    profile
        What sets each style apart: see :func:`profiles`.
    choices
        Frame, one row a number of styles tried: k, silhouette, p (against shuffled columns), stability (mean
        Jaccard similarity of the least stable style), stability_mean, rand (adjusted Rand index), cost (sum of
        distances), smallest, chosen.
    beside
        Association with what did not make the styles: see :func:`beside_table`.
    distances
        Frame, cases x cases.
    columns
        Column -> kind.
    left_out
        Columns that were not used, and why.
    left_out_cases
        Cases that were not used, and why.
    near_constant
        Columns in which nearly all cases have the same value.
    missing, cells
        Empty cells, and all cells, of what was used.
    least_common
        Smallest share of the weight on which two cases were compared.
    spec, seed
        All choices.
    shuffled
        Largest mean silhouette at any of the numbers tried, in each table with shuffled columns; rising.
    """

    found: bool
    reasons: tuple[Text, ...]
    k: int
    styles: tuple[Style, ...]
    cases: pd.DataFrame
    profile: pd.DataFrame
    choices: pd.DataFrame
    beside: pd.DataFrame
    distances: pd.DataFrame
    columns: Mapping[str, str]
    left_out: Mapping[str, Text]
    left_out_cases: Mapping[str, Text]
    near_constant: tuple[str, ...]
    missing: int
    cells: int
    least_common: float
    spec: Mapping[str, Any]
    seed: int
    shuffled: tuple[float, ...] = ()

    def table(self) -> pd.DataFrame:
        """One row a case: see ``cases``."""
        return self.cases

    @property
    def medoids(self) -> tuple[str, ...]:
        """The real cases in the middle of the styles."""
        return tuple(s.medoid for s in self.styles)

    @property
    def between(self) -> tuple[str, ...]:
        """Cases between two styles."""
        return tuple(c for s in self.styles for c in s.between)

    @property
    def follows(self) -> tuple[str, ...]:
        """Columns that did not make the styles and that the styles follow."""
        return tuple(self.beside.loc[self.beside["follows"], "column"])

    @property
    def silhouette(self) -> float:
        """Mean silhouette of the number of styles looked at most closely."""
        return float(self._looked_at["silhouette"])

    @property
    def p_value(self) -> float:
        """Share of tables with shuffled columns that did as well; NaN where none was made."""
        return float(self._looked_at["p"])

    @property
    def chance(self) -> float:
        """Mean silhouette above which shuffled columns do as well rarely enough; NaN where too few were made."""
        allowed = int(self.spec["level"] * (1 + len(self.shuffled)) + 1e-9) - 1
        return self.shuffled[-1 - allowed] if 0 <= allowed < len(self.shuffled) else float("nan")

    @property
    def _looked_at(self) -> Any:
        return self.choices.loc[self.choices["chosen"]].iloc[0]

    def style_of(self, case: str) -> Style:
        """The style of a case.

        Raises
        ------
        UnknownNameError
            No such case.
        """
        if case not in self.cases.index:
            raise UnknownNameError("name", case, self.cases.index)
        return self.styles[int(self.cases.at[case, "style"]) - 1]

    def rand(self, other: TypologyResult) -> float:
        """Adjusted Rand index with another typology, over the cases of both.

        Raises
        ------
        InputError
            No typology, or no case in common.
        """
        if not isinstance(other, TypologyResult):
            raise InputError(
                Text(
                    f"other is {type(other).__name__}; give what typology gives.",
                    f"other为{type(other).__name__}，须为typology的结果。",
                )
            )
        both = [c for c in self.cases.index if c in other.cases.index]
        return adjusted_rand(self.cases.loc[both, "style"], other.cases.loc[both, "style"])

    def summary(self, language: str = "en") -> str:
        """Say whether there are styles, which, how sure, and what they do not say."""
        said = [self._said_of_table(), self._said_of_structure()]
        if self.k > 1:
            said += [self._said_of_style(s) for s in self.styles]
            said += self._said_of_between() + self._said_of_beside()
        said += [_CONTINUUM] if self.found and self.p_value == self.p_value else []
        said.append(_CAVEAT)
        return (" " if language == "en" else "").join(t.in_(language) for t in said)

    def _said_of_table(self) -> Text:
        en = [
            f"{len(self.cases)} cases over {len(self.columns)} columns; {self.missing:,} of {self.cells:,} cells "
            f"are empty, and two cases are compared on at least {self.least_common:.0%} of the weight."
        ]
        zh = [
            f"共{len(self.cases)}个案例、{len(self.columns)}列；{self.cells:,}个单元格中{self.missing:,}个为空，"
            f"任意两个案例可比的权重至少占{self.least_common:.0%}。"
        ]
        for gone, word in ((self.left_out_cases, "cases"), (self.left_out, "columns")):
            if gone:
                en.append(f"Left out: {len(gone)} {word} ({first_names(gone, 8).en}).")
                zh.append(
                    f"未使用的{'案例' if word == 'cases' else '列'}{len(gone)}个（{first_names(gone, 8).zh}）。"
                )
        if self.near_constant:
            en.append(
                f"Nearly constant, so they hardly tell cases apart: {first_names(self.near_constant, 8).en}."
            )
            zh.append(f"以下各列几乎没有变化，难以区分案例：{first_names(self.near_constant, 8).zh}。")
        return Text(" ".join(en), "".join(zh))

    def _said_of_structure(self) -> Text:
        row = self._looked_at
        reading = next(words for end, words in _READINGS if row["silhouette"] <= end)
        chance_en = f", p = {row['p']:.3g} against {self.spec['shuffles']} tables with shuffled columns"
        chance_zh = f"，与随机打乱各列所得的{self.spec['shuffles']}个数据表相比，p = {row['p']:.3g}"
        if row["p"] != row["p"]:
            chance_en = chance_zh = ""
        figures = Text(
            f"mean silhouette {row['silhouette']:.2f} ({reading.en}){chance_en}",
            f"平均轮廓系数{row['silhouette']:.2f}（{reading.zh}）{chance_zh}",
        )
        if self.found:
            return Text(f"{self.k} styles: {figures.en}.", f"划分为{self.k}种类型：{figures.zh}。")
        why_en, why_zh = "; ".join(r.en for r in self.reasons), "；".join(r.zh for r in self.reasons)
        if self.k == 1:
            return Text(
                f"No structure found, the cases are not divided. The best division, into {int(row['k'])}: "
                f"{figures.en}; {why_en}.",
                f"未发现结构，不划分类型。最好的划分为{int(row['k'])}类：{figures.zh}；{why_zh}。",
            )
        return Text(
            f"{self.k} styles as asked, but no structure found: {figures.en}; {why_en}.",
            f"按要求划分为{self.k}种类型，但未发现结构：{figures.zh}；{why_zh}。",
        )

    @staticmethod
    def _said_of_style(s: Style) -> Text:
        stable = s.stability == s.stability
        return Text(
            f"Style {s.number} ({s.size} cases, medoid {s.medoid}"
            + (f", stability {s.stability:.2f}" if stable else "")
            + f"): {s.name.en}.",
            f"类型{s.number}（{s.size}个案例，代表案例{s.medoid}"
            + (f"，稳定性{s.stability:.2f}" if stable else "")
            + f"）：{s.name.zh}。",
        )

    def _said_of_between(self) -> list[Text]:
        if not self.between:
            return []
        return [
            Text(
                f"Between two styles (silhouette within {self.spec['between']:g} of 0): {len(self.between)} cases "
                f"({first_names(self.between, 8).en}).",
                f"介于两种类型之间（轮廓系数在±{self.spec['between']:g}以内）：{len(self.between)}个案例"
                f"（{first_names(self.between, 8).zh}）。",
            )
        ]

    def _said_of_beside(self) -> list[Text]:
        if not len(self.beside):
            return [
                Text(
                    "Whether the styles follow effort or region was not tested (give them as beside).",
                    "未检验类型是否随资料收集力度或地区而变（可通过beside给出）。",
                )
            ]
        said = []
        rows = self.beside[self.beside["follows"]]
        for row in rows.itertuples(index=False):
            said.append(
                Text(
                    f"Note: the styles follow {row.column} (effect {row.effect:.2f}, q = {row.q:.3g}); they may say "
                    "more about it than about the columns.",
                    f"注意：类型随{row.column}而变（效应量{row.effect:.2f}，q = {row.q:.3g}），可能更多反映该因素。",
                )
            )
        none = [c for c in self.beside["column"] if c not in set(rows["column"])]
        if none:
            said.append(
                Text(
                    f"Not seen to follow {first_names(none, 8).en}; with few cases that proves little.",
                    f"未见类型随{first_names(none, 8).zh}而变；案例较少时不足以排除。",
                )
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Everything but the distances as plain values."""
        return {
            "found": self.found,
            "reasons": plain(self.reasons),
            "k": self.k,
            "styles": plain(self.styles),
            "profile": plain(self.profile),
            "choices": plain(self.choices),
            "beside": plain(self.beside),
            "columns": dict(self.columns),
            "left_out": plain(dict(self.left_out)),
            "left_out_cases": plain(dict(self.left_out_cases)),
            "near_constant": list(self.near_constant),
            "missing": self.missing,
            "cells": self.cells,
            "least_common": self.least_common,
            "spec": plain(dict(self.spec)),
            "seed": self.seed,
            "shuffled": list(self.shuffled),
            "chance": plain(self.chance),
            **super().to_dict(),
        }
