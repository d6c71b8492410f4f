"""Necessary levels among the cities of the atlas: every condition with every theme, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import MECHANISMS, THEMES, Atlas, AtlasResult, CodingPolicy
from learningcity.core import InputError, Text, join_texts, share, whole_number
from learningcity.explain.ceiling_pairs import EFFORT, REPEATS, judge, one_pair
from learningcity.explain.evidence import VARIANTS, apart, shared_evidence
from learningcity.explain.from_atlas.coded import Coded, chosen, read_coded, too_few_shuffles
from learningcity.explain.nca import BottleneckResult, CeilingResult, bottleneck, ceiling

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
    conditions, themes, method, level, least_effect, permutations, seed
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

    def pair(self, condition: str, theme: str) -> CeilingResult:
        """The ceiling of one pair, with all its measures.

        Parameters
        ----------
        condition
            A condition, or "practices" or "sources" read.
        theme
            The outcome.

        Raises
        ------
        InputError
            One of the two does not vary, or too few cases have both.
        UnknownNameError
            A name that is not among those of the result.
        """
        (x,) = chosen(condition, "condition", (*self.conditions, *EFFORT))
        (y,) = chosen(theme, "theme", self.themes)
        return ceiling(self._data, x, y, self.method, permutations=self.permutations, seed=self.seed)

    def cells(self, condition: str, theme: str) -> pd.DataFrame:
        """Count the cases by the levels of both: with four levels the table says more than any line.

        Returns
        -------
        frame
            Rows levels of the theme, the highest first; columns levels of the condition; counts of cities that
            have both.
        """
        import pandas as pd

        (x,) = chosen(condition, "condition", (*self.conditions, *EFFORT))
        (y,) = chosen(theme, "theme", self.themes)
        return pd.crosstab(self._data[y], self._data[x]).sort_index(ascending=False)

    def bottleneck(
        self, theme: str, conditions: Sequence[str] | None = None, **choices: Any
    ) -> BottleneckResult:
        """Tell which level of each condition each level of a theme needed; see ``lc.bottleneck``.

        Levels are scores, unless ``scale_x``, ``scale_y`` or ``steps`` ask for other ones.
        """
        (y,) = chosen(theme, "theme", self.themes)
        xs = chosen(conditions, "conditions", self.conditions)
        steps = sorted(set(self._data[y].dropna()))
        given = {"method": self.method, "scale_x": "actual", "scale_y": "actual", "steps": steps, **choices}
        return bottleneck(self._data, xs, y, **given)

    @property
    def _data(self) -> pd.DataFrame:
        return self.coded.data.join(self.coded.effort[list(EFFORT)])

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
        said = [
            Text(
                f"{len(self.coded.data)} cities, {asked} pairs of a condition and a theme ({self.method}, empty upper left "
                f"corner); {out} of them could not have been told from chance. Found (q <= {self.level:g}, effect >= "
                f"{self.least_effect:g}): {len(self.found)}; found again on disjoint evidence and by every coder: "
                f"{len(self.held)}.",
                f"{len(self.coded.data)}个城市，{asked}对条件与特征（{self.method}，左上角为空）；其中{out}对在任何情况下"
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
                "method": self.method, "level": self.level, "least_effect": self.least_effect,
                "permutations": self.permutations, "seed": self.seed,
            },
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }  # fmt: skip


def atlas_ceilings(
    atlas: Atlas,
    conditions: Sequence[str] | None = None,
    themes: Sequence[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
    method: Method = "ce_fdh",
    level: float = 0.05,
    least_effect: float = 0.1,
    permutations: int = 1999,
    seed: int = 0,
) -> AtlasCeilings:
    """Ask of every condition and theme whether the theme is hardly seen without the condition.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    conditions, themes
        Mechanisms or themes, and themes or mechanisms; None = all mechanisms, all themes.
    coder
        Whose codes; the pairs are repeated on those of the others.
    policy
        Which practices count and how they add up; None = the default of ``lc.CodingPolicy``.
    not_seen
        What an empty score becomes: "visibility" = 0, which says nothing on the city itself; "leave_out" = cities
        without one of the two scores are left out of the pair.
    cities
        Other cases than all awarded cities.
    method
        The ceiling, as ``lc.ceiling`` takes it. The steps of "ce_fdh" suit scores of few levels.
    level, least_effect
        Largest q (Benjamini and Hochberg, over all pairs of a condition and a theme that could be told from chance)
        and smallest effect of a finding.
    permutations, seed
        Of the tests; 0 permutations: no p, no q, nothing found, as tables of necessary levels need none.

    Returns
    -------
    AtlasCeilings
        Its table has one row a pair; kind "condition", or "effort" (practices and sources read, taken as a condition
        for comparison): condition, theme, n (cities with both), effect_size, p_value, p_accuracy, q, found, needed
        (level of the condition that the highest score of the theme needed; NaN = none), peers (cities at the
        corner), least_p (smallest p that any arrangement of these scores could have; known for
        "ce_fdh" alone, else NaN), reason_en, reason_zh (why a
        pair is degenerate, else empty), effort_effect (largest effect of a measure of effort on the theme with p at
        most ``level``; NaN = none has), practices of the condition, of the theme, of both (condition_practices,
        theme_practices, both), of_theme and of_condition (shares that are of both); for each of outcome_keeps,
        conditions_keep, neither_keeps and coder_<name>: <it>_effect, <it>_p, <it>_held (None where the repetition is
        degenerate); held (found again in all of them).

    Raises
    ------
    InputError
        No city is left, no pair varies.
    UnknownNameError
        A condition, theme, coder, city, method or rule that is not there.

    References
    ----------
    Dul (2016), doi 10.1177/1094428115584005. Dul, van der Laan & Kuik (2020), doi 10.1177/1094428118795272.
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_ceilings(lc.load_atlas(), ["law", "participation"], ["green"], permutations=199)
    >>> found.frame[["condition", "kind", "found"]].values.tolist()
    [['law', 'condition', False], ['participation', 'condition', False], ['practices', 'effort', False], ['sources', 'effort', False]]
    """
    import pandas as pd

    xs = chosen(conditions, "conditions", (*MECHANISMS, *THEMES)) if conditions is not None else MECHANISMS
    ys = chosen(themes, "themes", (*MECHANISMS, *THEMES)) if themes is not None else THEMES
    both = [c for c in xs if c in ys]
    if both:
        raise InputError(
            Text(
                f"On both sides: {', '.join(both)}; a condition says nothing of itself.",
                f"同时列为条件与特征：{'、'.join(both)}；条件不能说明其自身。",
            )
        )
    level, least_effect = float(share(level, "level")), float(share(least_effect, "least_effect"))
    permutations = whole_number(permutations, "permutations")
    seed = whole_number(seed, "seed")
    if permutations and 1 / (1 + permutations) > level:
        raise InputError(
            Text(
                f"With {permutations} permutations no p can reach {level:g}; ask for at least {ceil(1 / level) - 1}."
                if level
                else "level is 0; no p is ever that small.",
                f"仅{permutations}次置换时p值不可能达到{level:g}；至少须{ceil(1 / level) - 1}次。"
                if level
                else "level为0；p值不可能如此之小。",
            )
        )
    coded = read_coded(atlas, (*xs, *ys), coder, policy, not_seen, cities)
    test: dict[str, Any] = {"method": method, "permutations": permutations, "seed": seed, "level": level}
    others = {c: frame for c, frame in coded.by_coder().items() if c != coder}
    rows = []
    for y in ys:
        for x in xs:
            row = {
                "condition": x,
                "theme": y,
                "kind": "condition",
                **one_pair(coded.data, x, y, coded.labels, **test),
            }
            row |= _evidence(coded, x, y)
            again = {name: _variant(coded, x, y, name) for name in VARIANTS}
            again |= {f"coder_{c}": frame for c, frame in others.items()}
            row["again"] = {
                name: one_pair(frame, x, y, coded.labels, **test) for name, frame in again.items()
            }
            rows.append(row)
    data = coded.data.join(coded.effort[list(EFFORT)])
    labels = {**coded.labels, **EFFORT}
    for y in ys:
        for x in EFFORT:
            rows.append(
                {"condition": x, "theme": y, "kind": "effort", **one_pair(data, x, y, labels, **test)}
            )
    frame = judge(pd.DataFrame(rows), level, least_effect)
    return AtlasCeilings(
        coded=coded, frame=frame, conditions=tuple(xs), themes=tuple(ys), method=method, level=level,
        least_effect=least_effect, permutations=permutations, seed=seed, asked=atlas,
    )  # fmt: skip


def _evidence(coded: Coded, x: str, y: str) -> dict[str, Any]:
    one = shared_evidence(coded.practices, y, [x], list(coded.data.index))
    return {
        "condition_practices": one.conditions, "theme_practices": one.outcome, "both": one.both,
        "of_theme": one.of_outcome, "of_condition": one.of_conditions,
    }  # fmt: skip


def _variant(coded: Coded, x: str, y: str, name: str) -> pd.DataFrame:
    return coded.scored(apart(coded.practices, y, [x], name), [x, y])
