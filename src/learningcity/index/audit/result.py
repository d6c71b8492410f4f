"""The audit as one result: what a builder should look at before an index is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Result, Text, UnknownNameError, join_texts, plain

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.result import IndexResult

#: Limits beyond which something is flagged; ``limits=`` of an audit changes any of them. Those of indicators
#: are the defaults of COINr's ``get_stats``, those of pairs the ones of its ``plot_corr`` and
#: ``get_corr_flags`` (doi 10.21105/joss.04567). That of alpha is our own choice: 0.7 is a habit, no law.
LIMITS: dict[str, float] = {
    "available": 0.65, "non_zero": 0.5, "unique": 0.5, "skew": 2.0, "kurtosis": 3.5,
    "negative": -0.4, "weak": 0.3, "collinear": 0.9, "alpha": 0.7,
}  # fmt: skip
_STATISTICS = ("available", "non_zero", "unique", "skew", "kurtosis")
_PAIRS = ("negative", "weak", "collinear")


@dataclass(frozen=True)
class AuditResult(Result):
    """What an audit found.

    Parameters
    ----------
    index
        The index that was audited.
    method
        How correlations were computed.
    limits
        Limits of the flags.
    statistics
        Each indicator in its unit of measurement, after screening and denomination, before gaps are
        filled: see :func:`indicator_statistics`.
    pairs
        Each pair of normalised indicators: see :func:`correlation_pairs`.
    alpha
        One row an aggregate, its indicators (all those below it) taken together: items, units, alpha,
        flag ("low" under the limit), note (why there is none).
    components, loadings
        Principal components of all normalised indicators: see :func:`principal_components`;
        ``pca_note`` says why both are empty where they are.
    importance
        Weights on paper beside the tie to the index: see :func:`importance`.
    without
        The index without each indicator: see :func:`without_each`.
    """

    index: IndexResult
    method: str
    limits: dict[str, float]
    statistics: pd.DataFrame
    pairs: pd.DataFrame
    alpha: pd.DataFrame
    components: pd.DataFrame
    loadings: pd.DataFrame
    pca_note: str
    importance: pd.DataFrame
    without: pd.DataFrame

    def correlations(self, method: str | None = None, level: int = 1) -> pd.DataFrame:
        """Correlations of all codes of a level, as a matrix.

        Parameters
        ----------
        method
            "pearson", "spearman" or "kendall"; None = that of the audit.
        level
            1 = normalised indicators; above, scores of the aggregates.

        Raises
        ------
        UnknownNameError
            No such method or level.
        """
        from learningcity.index.audit.correlations import correlation_matrix

        tree = self.index.structure
        codes = tree.at(level)
        if not codes:
            raise UnknownNameError("level", level, range(1, tree.height + 1))
        return correlation_matrix(self.index.scores[list(codes)], method or self.method)

    def table(self) -> pd.DataFrame:
        """One row an indicator: flags, pairs flagged, weight, importance, and the ranks without it."""
        frame = self.statistics[["available", "skew", "kurtosis", "flags"]].copy()
        flagged = self.pairs[self.pairs["flag"] != ""]
        for flag in ("negative", "collinear", "weak"):
            chosen = flagged[flagged["flag"] == flag]
            count = chosen["first"].value_counts().add(chosen["second"].value_counts(), fill_value=0)
            frame[flag] = [int(count.get(code, 0)) for code in frame.index]
        columns = ["effective_weight", "correlation_index", "importance"]
        frame[columns] = self.importance.loc[frame.index, columns]
        columns = ["max_shift", "mean_shift", "kendall"]
        frame[columns] = self.without.loc[frame.index, columns]
        return frame

    def to_dict(self) -> dict[str, Any]:
        """All tables as plain values, with the recipe of the index."""
        return {
            "spec": self.index.spec.to_dict(),
            "method": self.method,
            "limits": plain(self.limits),
            "statistics": plain(self.statistics),
            "correlations": plain(self.pairs),
            "alpha": plain(self.alpha),
            "components": plain(self.components),
            "loadings": plain(self.loadings.rename_axis("code")),
            "importance": plain(self.importance),
            "without": plain(self.without),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }

    def summary(self, language: str = "en") -> str:
        """Say in a few sentences what deserves a look; no flag is a verdict."""
        return join_texts([t for t in self._sentences() if t.en], " ", "").in_(language)

    def _sentences(self) -> list[Text]:
        from learningcity.index.audit.correlations import FLAGS as PAIR_FLAGS
        from learningcity.index.audit.statistics import FLAGS

        tree = self.index.structure
        count = len(tree.indicators)
        found = [
            Text(
                f"Audit of {tree.by_code[tree.top].name.en or tree.top}: {count} indicators, "
                f"{len(self.index.scores)} units.",
                f"对{tree.by_code[tree.top].name.zh or tree.top}的检验：{count}项指标，{len(self.index.scores)}个单位。",
            )
        ]
        for flag, meaning in FLAGS.items():
            codes = [c for c, f in self.statistics["flags"].items() if flag in f.split()]
            if codes:
                found.append(_named(meaning, codes))
        for flag, meaning in PAIR_FLAGS.items():
            chosen = self.pairs[self.pairs["flag"] == flag]
            pairs = [f"{a} – {b}" for a, b in zip(chosen["first"], chosen["second"], strict=True)]
            if pairs:
                found.append(_named(meaning, pairs))
        found.append(self._alpha_sentence())
        if len(self.components):
            share = self.components["explained"].iloc[0]
            found.append(
                Text(
                    f"The first principal component explains {share:.0%} of the variance.",
                    f"第一主成分解释{share:.0%}的方差。",
                )
            )
        found.append(self._most_sentence())
        return found

    def _alpha_sentence(self) -> Text:
        tree = self.index.structure
        value = self.alpha["alpha"].get(tree.top, float("nan"))
        if value != value:
            return Text("", "")
        low = [c for c, f in self.alpha["flag"].items() if f]
        return Text(
            f"Cronbach's alpha of all indicators is {value:.2f}"
            + (f"; below {self.limits['alpha']:g}: {_first(low, ', ')}." if low else "."),
            f"全部指标的克龙巴赫α系数为{value:.2f}"
            + (f"；低于{self.limits['alpha']:g}的有：{_first(low, '、')}。" if low else "。"),
        )

    def _most_sentence(self) -> Text:
        shifts = self.without["max_shift"].dropna()
        if not len(shifts) or not shifts.max() > 0:
            return Text("", "")
        code = shifts.astype(float).idxmax()
        row = self.without.loc[code]
        places = f"{int(row['max_shift'])} place{'' if row['max_shift'] == 1 else 's'}"
        return Text(
            f"Without {code}, {row['mover']} moves by {places}, the most of all; "
            f"Kendall's tau with the whole index is {row['kendall']:.2f}.",
            f"剔除{code}时{row['mover']}的名次变动最大（{int(row['max_shift'])}位），"
            f"与原排名的肯德尔τ系数为{row['kendall']:.2f}。",
        )


_MORE = {", ": " ...", "、": "等"}


def _first(codes: list[str], joint: str) -> str:
    return joint.join(str(c) for c in codes[:6]) + (_MORE[joint] if len(codes) > 6 else "")


def _named(meaning: Text, codes: list[str]) -> Text:
    return Text(
        f"{meaning.en[0].upper()}{meaning.en[1:]} ({len(codes)}): {_first(codes, ', ')}.",
        f"{meaning.zh}（{len(codes)}）：{_first(codes, '、')}。",
    )


def audit(
    result: IndexResult, *, method: str = "pearson", limits: Mapping[str, float] | None = None
) -> AuditResult:
    """Audit an index: statistics, correlations, reliability, weights, and the ranks without each indicator.

    Parameters
    ----------
    result
        A built index.
    method
        Correlations of indicators: "pearson", "spearman" or "kendall".
    limits
        Limits of the flags that shall differ from ``LIMITS``: available, non_zero, unique, skew,
        kurtosis (indicators), negative, weak, collinear (pairs), alpha (groups).

    Returns
    -------
    AuditResult
        Statistics are those of the values as measured; correlations, Cronbach's alpha and principal
        components those of the normalised indicators, so that directions are accounted for. Missing
        values: each pair uses the units that have both, alpha and components the units without a gap.

    Raises
    ------
    UnknownNameError
        No such method or limit.
    InputError
        A limit that is no number, or something that is no result of an index.

    References
    ----------
    OECD & JRC (2008), doi 10.1787/9789264043466-en. Saisana & Saltelli (2011), Rickety numbers,
    doi 10.1016/j.respol.2010.09.003. Cronbach (1951), doi 10.1007/BF02310555.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, build_index
    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [9.0, 5.0, 1.0]}, index=["x", "y", "z"])
    >>> found = audit(build_index(frame, IndexSpec(Structure.of({"INDEX": ["a", "b"]}))))
    >>> found.table()["negative"].tolist()
    [1, 1]
    """
    import numpy as np
    import pandas as pd

    from learningcity.index.audit.correlations import METHODS, correlation_pairs
    from learningcity.index.audit.importance import importance, without_each
    from learningcity.index.audit.reliability import cronbach_alpha, principal_components
    from learningcity.index.audit.statistics import indicator_statistics
    from learningcity.index.result import IndexResult

    if not isinstance(result, IndexResult):
        raise InputError(
            Text(
                f"result is {type(result).__name__}; give what build_index gives.",
                f"result为{type(result).__name__}，须为build_index的结果。",
            )
        )
    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS)
    used = _limits(limits)
    tree, normalised = result.structure, result.normalised
    rows = {}
    for code in (tree.top, *(c for c in reversed(tree.aggregates) if c != tree.top)):
        below = normalised[list(tree.leaves(code))]
        value, units, note = cronbach_alpha(below)
        flag = "low" if not np.isnan(value) and value < used["alpha"] else ""
        rows[code] = {"items": below.shape[1], "units": units, "alpha": value, "flag": flag, "note": note}
    components, loadings, _, note = principal_components(normalised)
    return AuditResult(
        index=result,
        method=method,
        limits=used,
        statistics=indicator_statistics(result.prepared.values, **{k: used[k] for k in _STATISTICS}),
        pairs=correlation_pairs(normalised, tree, method, **{k: used[k] for k in _PAIRS}),
        alpha=pd.DataFrame.from_dict(rows, orient="index").rename_axis("code"),
        components=components,
        loadings=loadings,
        pca_note=note,
        importance=importance(result),
        without=without_each(result),
    )


def _limits(given: Mapping[str, float] | None) -> dict[str, float]:
    used = dict(LIMITS)
    for name, value in (given or {}).items():
        if name not in LIMITS:
            raise UnknownNameError("option", name, LIMITS)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise InputError(
                Text(f"limits: {name} is {value!r}; give a number.", f"limits：{name}为{value!r}，须为数字。")
            )
        used[name] = float(value)
    return used
