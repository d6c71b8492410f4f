"""The answer to what was asked of necessary levels among the cities: pairs, their cities, levels, and what may be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import AtlasResult
from learningcity.core import Text, join_texts
from learningcity.explain.ceiling_pairs import EFFORT, REPEATS
from learningcity.explain.from_atlas.coded import Coded, chosen, too_few_shuffles
from learningcity.explain.nca import (
    BottleneckResult,
    CeilingInterval,
    CeilingResult,
    bottleneck,
    ceiling,
    ceiling_interval,
)
from learningcity.explain.nca.result import CORNERS

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["ce_fdh", "cr_fdh", "ce_vrs", "cr_vrs", "c_lp", "cols", "qr", "ols"]


@dataclass(frozen=True)
class AtlasCeilings(AtlasResult):
    """Every condition with every theme: the empty corner, its chance, and whether it stands on disjoint evidence.

    Parameters
    ----------
    coded
        The cases and what must be said of them.
    frame
        One row a pair, see :func:`atlas_ceilings`.
    conditions, themes, method, corner, level, least_effect, permutations, seed
        The choices.
    """

    coded: Coded
    frame: pd.DataFrame = field(repr=False)
    conditions: tuple[str, ...]
    themes: tuple[str, ...]
    method: Method
    level: float
    least_effect: float
    permutations: int
    seed: int
    corner: int = 1

    @property
    def data(self) -> pd.DataFrame:
        """Scores of conditions and themes, and the effort, one row a city; empty where there is no score."""
        return self.coded.data.join(self.coded.effort[list(EFFORT)])

    @property
    def labels(self) -> dict[str, Text]:
        """What conditions, themes and measures of effort are called."""
        return {**self.coded.labels, **EFFORT}

    @property
    def found(self) -> pd.DataFrame:
        """Pairs whose corner is emptier than chance: q at most ``level`` and an effect of at least ``least_effect``."""
        return self.frame[self.frame["found"]].reset_index(drop=True)

    @property
    def held(self) -> pd.DataFrame:
        """Pairs that were found, and found again on disjoint evidence and by every other coder."""
        return self.frame[self.frame["found"] & self.frame["held"]].reset_index(drop=True)

    @property
    def degenerate(self) -> pd.DataFrame:
        """Pairs in which no arrangement of the cases could have been told from chance, with the reason."""
        return self.frame[self.frame["reason_en"] != ""].reset_index(drop=True)

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Conditions and themes that hardly tell the cases apart."""
        return self.coded.near_constant

    def table(self) -> pd.DataFrame:
        """One row a pair: see :func:`atlas_ceilings`."""
        return self.frame

    def pair(self, condition: str, theme: str, method: Method | None = None) -> CeilingResult:
        """The ceiling of one pair, with all its measures.

        Parameters
        ----------
        condition
            A condition, or "practices" or "sources" read.
        theme
            The outcome.
        method
            Another ceiling over the same cities, which is not tested; None = that of the result.

        Raises
        ------
        InputError
            One of the two does not vary, or too few cases have both.
        UnknownNameError
            A name that is not among those of the result.
        """
        x, y = self._names(condition, theme)
        if method is None or method == self.method:
            test = {"permutations": self.permutations, "seed": self.seed}
            return ceiling(self.data, x, y, self.method, self.corner, **test)  # type: ignore[arg-type]
        return ceiling(self.data, x, y, method, self.corner)

    def interval(self, condition: str, theme: str) -> CeilingInterval:
        """How far the effect of one pair hangs on single cities; see ``lc.ceiling_interval``.

        Raises
        ------
        InputError, UnknownNameError
            As :meth:`pair`.
        """
        x, y = self._names(condition, theme)
        return ceiling_interval(self.data, x, y, self.method, self.corner)

    def intervals(self) -> pd.DataFrame:
        """How far the effect of each pair hangs on single cities.

        Returns
        -------
        frame
            One row a pair that has a ceiling: condition, theme, effect_size, low, high (without one city), lower,
            upper (interval of the true effect; NaN where there is none), why_en, why_zh (why there is none, else
            empty).
        """
        return self._intervals.copy(deep=False)

    @cached_property
    def _intervals(self) -> pd.DataFrame:
        import pandas as pd

        numbers = ("effect_size", "low", "high", "lower", "upper")
        rows = []
        for row in self.frame[self.frame["effect_size"].notna()].to_dict("records"):
            one = self.interval(row["condition"], row["theme"])
            values = (one.result.effect_size, one.low, one.high, one.lower, one.upper)
            why = one.reason or Text("", "")
            rows.append(
                {
                    "condition": row["condition"],
                    "theme": row["theme"],
                    **dict(zip(numbers, values, strict=True)),
                    "why_en": why.en,
                    "why_zh": why.zh,
                }
            )
        frame = pd.DataFrame(rows, columns=["condition", "theme", *numbers, "why_en", "why_zh"])
        return frame.astype(dict.fromkeys(numbers, float))

    def points(self, condition: str, theme: str) -> pd.DataFrame:
        """The cities at each point of one pair: many have the same two scores.

        Returns
        -------
        frame
            One row a point, the highest level of the theme first: x, y (scores of condition and theme), n, cities
            (tuple of ids).

        Raises
        ------
        UnknownNameError
            A name that is not among those of the result.
        """
        import pandas as pd

        x, y = self._names(condition, theme)
        both = self.data[[x, y]].dropna()
        held: dict[tuple[float, float], list[str]] = {}
        for city, a, b in zip(map(str, both.index), both[x], both[y], strict=True):
            held.setdefault((float(a), float(b)), []).append(city)
        rows = [
            {"x": a, "y": b, "n": len(ids), "cities": tuple(sorted(ids))}
            for (a, b), ids in sorted(held.items(), key=lambda one: (-one[0][1], one[0][0]))
        ]
        return pd.DataFrame(rows, columns=["x", "y", "n", "cities"])

    def cells(self, condition: str, theme: str) -> pd.DataFrame:
        """Count the cases by the levels of both: with four levels the table says more than any line.

        Returns
        -------
        frame
            Rows levels of the theme, the highest first; columns levels of the condition; counts of cities that
            have both.
        """
        import pandas as pd

        x, y = self._names(condition, theme)
        data = self.data
        return pd.crosstab(data[y], data[x]).sort_index(ascending=False)

    def bottleneck(
        self, theme: str, conditions: Sequence[str] | None = None, **choices: Any
    ) -> BottleneckResult:
        """Tell which level of each condition each level of a theme needed; see ``lc.bottleneck``.

        Levels are scores, unless ``scale_x``, ``scale_y`` or ``steps`` ask for other ones.
        """
        (y,) = chosen(theme, "theme", self.themes)
        xs = chosen(conditions, "conditions", self.conditions)
        given = {
            "method": self.method,
            "corner": self.corner,
            "scale_x": "actual",
            "scale_y": "actual",
            **choices,
        }
        if given["scale_y"] == "actual":
            given = {"steps": sorted(set(self.data[y].dropna())), **given}
        return bottleneck(self.data, xs, y, **given)

    def _names(self, condition: str, theme: str) -> tuple[str, str]:
        (x,) = chosen(condition, "condition", (*self.conditions, *EFFORT))
        (y,) = chosen(theme, "theme", self.themes)
        return x, y

    def limits(self, language: str = "en") -> tuple[str, ...]:
        """Say in sentences what these figures cannot tell; they belong beside every finding."""
        levels = sorted({v for c in self.coded.data for v in self.coded.data[c].dropna()})
        listed = ", ".join(f"{v:g}" for v in levels)
        rows = self.frame[self.frame["kind"] == "condition"]
        shared = rows[["of_theme"]].max().iloc[0]
        said = [
            Text(
                f"Scores take {len(levels)} values ({listed}), so that many cities tie and an empty corner is a few empty "
                "cells of a small table; shuffles that do as well count against the finding.",
                f"得分只有{len(levels)}个取值（{listed.replace(', ', '、')}），许多城市并列，空白角不过是小表中的几个空单元格；"
                "效果相同的置换计为不利于该结论。",
            ),
            Text(
                "Practices read in a source were chosen to tell of a learning city: that a theme is not seen without a "
                "condition may be a habit of writing.",
                "资料本为介绍学习型城市而写：某一特征总与某一条件一同见到，可能只是写作习惯。",
            ),
        ]
        if shared == shared:
            said.append(
                Text(
                    f"Conditions and themes are read off the same practices: up to {100 * shared:.0f} % of the practices "
                    "behind a theme speak of the condition, too; the figures beside each pair repeat it without these.",
                    f"条件与特征由同一批实践举措读出：某一特征所依据的实践举措中，最多有{100 * shared:.0f}%同时涉及该条件；"
                    "每对结果旁均列出剔除这些举措后的结果。",
                )
            )
        said += too_few_shuffles(self.permutations, int(self.frame["q"].notna().sum()), self.level)
        texts = (*said, *self.coded.limits())
        return tuple(t.in_(language) for t in texts)

    def summary(self, language: str = "en") -> str:
        """Say how many pairs were looked at, what was found, what of it holds, and the limits."""
        rows = self.frame[self.frame["kind"] == "condition"]
        asked, out = len(rows), int((rows["reason_en"] != "").sum())
        corner = Text(
            *(CORNERS[self.corner].in_(one).split(mark)[0] for one, mark in (("en", ":"), ("zh", "：")))
        )
        said = [
            Text(
                f"{len(self.coded.data)} cities, {asked} pairs of a condition and a theme ({self.method}, empty {corner.en} "
                f"corner); {out} of them could not have been told from chance. Found (q <= {self.level:g}, effect >= "
                f"{self.least_effect:g}): {len(self.found)}; found again on disjoint evidence and by every coder: "
                f"{len(self.held)}.",
                f"{len(self.coded.data)}个城市，{asked}对条件与特征（{self.method}，{corner.zh}角为空）；其中{out}对在任何情况下"
                f"都无法与偶然区分。发现（q不大于{self.level:g}且效应量不小于{self.least_effect:g}）{len(self.found)}对；"
                f"在互不重叠的证据上及各编码员的编码中均再次发现的有{len(self.held)}对。",
            )
        ]
        if not self.permutations:
            said.append(
                Text(
                    "No shuffles were asked for: nothing is tested, so nothing is found.",
                    "未作置换检验：没有任何一对经过检验，因而没有发现可言。",
                )
            )
        said += [self._said_of(row) for row in self.found.to_dict("records")] or self._said_of_strongest()
        return (" " if language == "en" else "").join(
            (*(t.in_(language) for t in said), *self.limits(language))
        )

    def _said_of_strongest(self) -> list[Text]:
        rows = self.frame[self.frame["q"].notna() & (self.frame["effect_size"] > 0)]
        if not len(rows):
            return []
        row = rows.sort_values("p_value", kind="stable").iloc[0]
        x, y = self.coded.labels[row["condition"]], self.coded.labels[row["theme"]]
        return [
            Text(
                f"Nearest to it comes {x.en} for {y.en} (effect {row['effect_size']:.2f}, p = {row['p_value']:.2g}, q = "
                f"{row['q']:.2g}): among so many pairs that cannot be told from chance.",
                f"最接近的是{x.zh}对{y.zh}（效应量{row['effect_size']:.2f}，p = {row['p_value']:.2g}，q = {row['q']:.2g}）："
                "在这么多对之中，无法与偶然区分。",
            )
        ]

    def _said_of(self, row: Mapping[str, Any]) -> Text:
        labels = self.coded.labels
        x, y = labels[row["condition"]], labels[row["theme"]]
        again = {
            **REPEATS,
            **{f"coder_{c}": Text(f"coder {c}", f"编码员{c}") for c in self.coded.other_coders},
        }
        told = []
        for held, words in (
            (False, Text("not found again", "未再次发现")),
            (None, Text("could not be repeated", "无法重复")),
        ):
            which = [title for name, title in again.items() if row[f"{name}_held"] is held]
            if which:
                listed = join_texts(which, ", ", "、")
                told.append(Text(f"; {words.en}: {listed.en}", f"；{words.zh}：{listed.zh}"))
        rest = (
            join_texts(told, "", "") if told else Text("; found again throughout", "；各种情形下均再次发现")
        )
        return Text(
            f"{x.en} for {y.en}: effect {row['effect_size']:.2f}, p = {row['p_value']:.3g}, q = {row['q']:.3g}{rest.en}.",
            f"{x.zh}对{y.zh}：效应量{row['effect_size']:.2f}，p = {row['p_value']:.3g}，q = {row['q']:.3g}{rest.zh}。",
        )

    def to_dict(self) -> dict[str, Any]:
        """Give pairs, choices, cases and limits as plain values."""
        return {
            **super().to_dict(),
            "choices": {
                **self.coded.choices(), "conditions": list(self.conditions), "themes": list(self.themes),
                "method": self.method, "corner": self.corner, "level": self.level, "least_effect": self.least_effect,
                "permutations": self.permutations, "seed": self.seed,
            },
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }  # fmt: skip
