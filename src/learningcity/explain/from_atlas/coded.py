"""Coded cities as cases of any method: scores, the rule for what was not seen, what is near-constant, the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas import CONDITIONS, Atlas, CodingPolicy, condition_label
from learningcity.core import NEAR_CONSTANT, Text, UnknownNameError, names_of, of_kind, plain
from learningcity.explain import atlas_limits
from learningcity.explain.atlas_cases import NOT_SEEN
from learningcity.explain.evidence import Practice, scores_of
from learningcity.explain.from_atlas.reading import (
    cases_of,
    city_names,
    coded_cities,
    coders_of,
    counted_practices,
    left_out_frame,
    refuse_empty,
    seen_not_counted,
)

if TYPE_CHECKING:
    import pandas as pd

#: What an empty score becomes where each pair of columns, or of cities, is looked at by itself.
NOT_SEEN_CELLS = {
    "visibility": Text(
        "The scores say how far something is seen in the evidence read: what was not seen is 0, and nothing is said "
        "of the city itself.",
        "得分表示在所读资料中见到的程度：未见资料的记为0，并不说明城市本身的情况。",
    ),
    "leave_out": Text(
        "An empty score is left empty, and a city is left out wherever that score is needed.",
        "没有得分的单元格保持空缺，凡需用到该得分之处，该城市不纳入。",
    ),
}


@dataclass(frozen=True)
class Coded:
    """The coded cities of one coder under one policy.

    Parameters
    ----------
    atlas, policy, coder, not_seen
        The choices.
    scores, data
        Frames, index city_id, one column a condition or theme: as scored (NaN = not seen), and under the rule
        ``not_seen``.
    practices
        The practices that count, of the cases.
    effort
        How much was read of each case: practices, sources, facts.
    spread
        One row a column: label_en, label_zh, seen (cases with a score), cases (that have a value), inside (above
        0.5), share (of the cases on the commoner side), near_constant.
    left_out
        One row a city that is no case: city_id, name_en, name_zh, reason_en, reason_zh.
    seen_not_counted
        Cells without a score of which some practice speaks that does not count.
    names
        City -> name.
    unawarded
        Cities among the cases that have no award.
    """

    atlas: Atlas = field(repr=False)
    policy: CodingPolicy
    coder: str
    not_seen: str
    scores: pd.DataFrame = field(repr=False)
    data: pd.DataFrame = field(repr=False)
    practices: tuple[Practice, ...] = field(repr=False)
    effort: pd.DataFrame = field(repr=False)
    spread: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    seen_not_counted: int
    names: Mapping[str, Text] = field(repr=False)
    unawarded: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Conditions and themes."""
        return tuple(self.data.columns)

    @property
    def labels(self) -> dict[str, Text]:
        """What they are called."""
        return {c: condition_label(c) for c in self.columns}

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Those that nearly all cases share, or nearly none has."""
        return tuple(str(c) for c in self.spread.index[self.spread["near_constant"]])

    def scored(self, practices: Sequence[Practice], columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Score the same cases on other practices, under the same rules."""
        wanted = list(self.columns if columns is None else columns)
        scores = scores_of(practices, list(self.data.index), wanted, self.policy.score)
        return ruled(scores.rename_axis("city_id"), self.not_seen)

    def by_coder(self) -> dict[str, pd.DataFrame]:
        """Coder -> ``data`` of the same cases as that coder alone saw them.

        Rows of cities that a coder did not code are empty under every rule: who did not look did not see nothing.
        """
        found = {}
        for one in coders_of(self.atlas):
            frame = self.scored(counted_practices(self.atlas, self.policy, one))
            seen = coded_cities(self.atlas, one)
            found[one] = frame.loc[[c for c in frame.index if c in seen]].reindex(frame.index)
        return found

    @property
    def other_coders(self) -> tuple[str, ...]:
        """Coders but the one whose codes these are."""
        return tuple(c for c in coders_of(self.atlas) if c != self.coder)

    def limits(self) -> tuple[Text, ...]:
        """What no method can tell from these cases."""
        return (
            atlas_limits.who(self), NOT_SEEN_CELLS[self.not_seen], *atlas_limits.not_counted(self),
            *atlas_limits.near_constant(self), atlas_limits.read(self), atlas_limits.coder(self),
            atlas_limits.timing(self), NOT_CAUSAL_HERE,
        )  # fmt: skip

    def choices(self) -> dict[str, Any]:
        """The choices as plain values."""
        return {
            "columns": list(self.columns), "coder": self.coder, "not_seen": self.not_seen,
            "policy": plain(self.policy), "cases": list(self.data.index), "unawarded": list(self.unawarded),
            "left_out": plain(self.left_out), "seen_not_counted": self.seen_not_counted,
            "near_constant": list(self.near_constant), "spread": plain(self.spread.rename_axis("code")),
        }  # fmt: skip


NOT_CAUSAL_HERE = Text(
    "Nothing here is causal: it says what goes together in these cases, not what makes what.",
    "以上均不构成因果关系：只说明在这些案例中哪些现象相伴出现，并不说明何者导致何者。",
)


def read_coded(
    atlas: Any, columns: Sequence[str], coder: Any, policy: Any, not_seen: Any, cities: Any
) -> Coded:
    """Make cases of the awarded cities, or of those asked for.

    Raises
    ------
    InputError
        No case is left.
    UnknownNameError
        A column, coder, city or rule that is not there.
    """
    of_kind(atlas, Atlas, "atlas")
    policy = CodingPolicy() if policy is None else of_kind(policy, CodingPolicy, "policy")
    for name in columns:
        if name not in CONDITIONS:
            raise UnknownNameError("condition", name, CONDITIONS)
    if not isinstance(not_seen, str) or not_seen not in NOT_SEEN:
        raise UnknownNameError("option", not_seen, NOT_SEEN)
    if coder not in coders_of(atlas):
        raise UnknownNameError("coder", coder, coders_of(atlas))
    counted = counted_practices(atlas, policy, coder)
    names = city_names(atlas)
    cases, out = cases_of(atlas, counted, coder, cities, names)
    refuse_empty(cases)
    scores = scores_of(counted, cases, list(columns), policy.score).rename_axis("city_id")
    data = ruled(scores, not_seen)
    kept, awarded = set(cases), set(atlas.awards["city_id"])
    return Coded(
        atlas=atlas, policy=policy, coder=coder, not_seen=not_seen, scores=scores, data=data,
        practices=tuple(p for p in counted if p.case in kept), effort=atlas.effort().loc[cases],
        spread=_spread(data, scores), left_out=left_out_frame(out),
        seen_not_counted=seen_not_counted(atlas, policy, coder, scores), names=names,
        unawarded=tuple(c for c in cases if c not in awarded),
    )  # fmt: skip


def ruled(scores: pd.DataFrame, not_seen: str) -> pd.DataFrame:
    """Scores under the rule for empty ones: 0, or empty."""
    return scores.fillna(0.0) if not_seen == "visibility" else scores


def chosen(given: Any, what: str, known: Sequence[str]) -> tuple[str, ...]:
    """Names among the known, each once; None = all."""
    if given is None:
        return tuple(known)
    found = names_of(given, what)
    for name in found:
        if name not in known:
            raise UnknownNameError("condition", name, known)
    return found


def too_few_shuffles(permutations: int, pairs: int, level: float) -> list[Text]:
    """Say where the smallest p that shuffles can give is too large for a single pair among so many to be found.

    Examples
    --------
    >>> len(too_few_shuffles(199, 20, 0.05)), len(too_few_shuffles(1999, 20, 0.05))
    (1, 0)
    """
    if pairs / (1 + permutations) <= level:
        return []
    return [
        Text(
            f"With {permutations} shuffles p cannot fall below {1 / (1 + permutations):.2g}, so that one pair alone among "
            f"{pairs} cannot be found, however clear it is; ask for more permutations.",
            f"置换{permutations}次时p值不可能低于{1 / (1 + permutations):.2g}，因此在{pairs}对中，单独一对即使再明显也无法被发现；"
            "请增加置换次数。",
        )
    ]


def _spread(data: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = {}
    for code in data.columns:
        values = data[code].dropna()
        inside = int((values > 0.5).sum())
        share = max(inside, len(values) - inside) / len(values) if len(values) else float("nan")
        name = condition_label(code)
        rows[code] = {
            "label_en": name.en, "label_zh": name.zh, "seen": int(scores[code].notna().sum()),
            "cases": len(values), "inside": inside, "share": share, "near_constant": share >= NEAR_CONSTANT,
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")
