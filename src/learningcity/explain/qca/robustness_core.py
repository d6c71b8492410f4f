"""The robust core: what several solutions share, written out and measured.

References
----------
Oana & Schneider (2021), doi 10.1177/00491241211036158.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from learningcity.core import Text
from learningcity.explain.qca.terms import Conditions, Literal, Term

#: Terms of a written core at most.
MOST_TERMS = 2000


@dataclass(frozen=True)
class CoreResult:
    """What a solution shares with the alternatives of a test set.

    Parameters
    ----------
    terms
        The core as a sum of terms none of which implies another; no term = nothing is shared; None = longer than
        ``MOST_TERMS``. Contradictions such as A*~A are not written; fuzzy cases have them up to 0.5.
    membership
        How far each case has the core: the least of its memberships in the solution and in every alternative.
    inclusion, pri, coverage
        Its fit.
    fit_inclusion, fit_coverage
        Inclusion of the solution divided by that of the core; coverage of the core divided by that of the
        solution. 1 = the alternatives take nothing away.
    coincidence_least, coincidence_most
        Set coincidence of the solution with what all alternatives share, and with what any of them holds.
    used, failed
        Alternatives in the test set, and those left out of it because they gave no solution.
    """

    terms: tuple[Term, ...] | None
    membership: Any
    inclusion: float
    pri: float
    coverage: float
    fit_inclusion: float
    fit_coverage: float
    coincidence_least: float
    coincidence_most: float
    used: int
    failed: int

    @property
    def expression(self) -> str | None:
        """The core as one line; ``0`` where nothing is shared, None where it is too long to write."""
        return None if self.terms is None else " + ".join(map(str, self.terms)) or "0"

    @property
    def text(self) -> Text:
        """The core in a sentence."""
        failed = Text(
            f" ({self.failed:,} without a solution left aside)" if self.failed else "",
            f"（另有{self.failed:,}种没有解，未计入）" if self.failed else "",
        )
        if not self.membership.any():
            return Text(
                f"Nothing is shared by the solution and all {self.used:,} alternatives{failed.en}.",
                f"该解与全部{self.used:,}种变动没有共同部分{failed.zh}。",
            )
        said = self.expression
        if self.terms == ():
            # Fuzzy memberships overlap even where the expressions exclude each other.
            said = None
            long = Text(
                "no combination in common, overlapping memberships alone",
                "没有共同的组合，仅有隶属度上的重叠",
            )
        else:
            long = Text("too long to write out", "过长，未列出")
        return Text(
            f"Robust core over {self.used:,} alternatives{failed.en}: {said or long.en}; inclusion "
            f"{self.inclusion:.3f}, coverage {self.coverage:.3f} ({self.fit_coverage:.0%} of that of the solution).",
            f"{self.used:,}种变动下的稳健核心{failed.zh}：{said or long.zh}；一致性{self.inclusion:.3f}，"
            f"覆盖度{self.coverage:.3f}（为原解的{self.fit_coverage:.0%}）。",
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        from learningcity.core import plain

        return {
            "expression": self.expression,
            **{
                k: plain(getattr(self, k))
                for k in (
                    "inclusion", "pri", "coverage", "fit_inclusion", "fit_coverage", "coincidence_least",
                    "coincidence_most", "used", "failed",
                )
            },
        }  # fmt: skip


def normal(model: Iterable[Term], conditions: Conditions) -> tuple[Term, ...]:
    """A model in the words of other conditions: a value of a multi-value condition keeps its braces."""
    return tuple(Term(tuple(_literal(one, conditions) for one in term)) for term in model)


def _literal(one: Literal, conditions: Conditions) -> Literal:
    levels = conditions.levels[conditions.position(one.condition)]
    return Literal(one.condition, one.value, levels > 2 or one.value > 1)


def overlap(x: Any, other: Any) -> tuple[Any, float]:
    """What two sets share, and their coincidence: shared membership divided by joint membership."""
    import numpy as np

    shared = np.minimum(x, other)
    joint = float(np.maximum(x, other).sum())
    return shared, float(shared.sum()) / joint if joint > 0 else float("nan")


def conjunction(sums: Iterable[Iterable[Term]], order: Sequence[str] = ()) -> tuple[Term, ...] | None:
    """Multiply sums of terms out: a sum of terms none of which implies another.

    Parameters
    ----------
    sums
        Terms of each sum.
    order
        Conditions in the order in which terms name them; others follow by name.

    Returns
    -------
    tuple of Term, or None
        None where more than ``MOST_TERMS`` would be needed on the way.

    Examples
    --------
    >>> a, b, c = (Term((Literal(n, 1),)) for n in "ABC")
    >>> [str(term) for term in conjunction([(a, b), (a, c)])]
    ['A', 'B*C']
    >>> [str(term) for term in conjunction([(b,), (c,)], order=["C", "B"])]
    ['C*B']
    """
    found: list[dict[str, Literal]] = [{}]
    for terms in sums:
        parts = [{one.condition: one for one in term} for term in terms]
        if len(found) * len(parts) > MOST_TERMS * 50:
            return None
        merged = [
            {**a, **b}
            for a in found
            for b in parts
            if all(a.get(c, one).value == one.value for c, one in b.items())
        ]
        found = []
        for term in sorted(merged, key=len):
            if not any(k.items() <= term.items() for k in found):
                found.append(term)
        if len(found) > MOST_TERMS:
            return None
    place = {name: k for k, name in enumerate(order)}
    ordered = (
        tuple(one[c] for c in sorted(one, key=lambda c: (place.get(c, len(place)), c))) for one in found
    )
    return tuple(Term(literals) for literals in sorted(ordered, key=lambda t: (len(t), [str(x) for x in t])))
