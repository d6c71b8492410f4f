"""What a robustness test gives: alternatives, survival of terms and models, ranges, robust core, cases.

References
----------
Oana & Schneider (2021), doi 10.1177/00491241211036158: sensitivity ranges; test set (the alternatives), robust core
(what the solution and all alternatives share), robustness fit, robust, shaky and possible cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, UnknownNameError, join_texts, names_of, plain
from learningcity.explain.qca.fitting import sufficiency
from learningcity.explain.qca.robustness_alternatives import CHOICES, KINDS, Alternative, Tried, unchanged
from learningcity.explain.qca.robustness_core import CoreResult, conjunction, normal, overlap
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.terms import Conditions, Term

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class RobustnessResult(Result):
    """A solution and its alternatives.

    Parameters
    ----------
    base
        The solution that is tested.
    model
        Which of its models the core is taken of.
    alternatives
        All of them, failed ones too, in the order in which they were tried.
    tried
        Cut-offs and anchors that were moved, one each.
    seed
        Of the draws.
    """

    base: QcaSolution
    model: int
    alternatives: tuple[Alternative, ...]
    tried: tuple[Tried, ...]
    seed: int

    @property
    def conditions(self) -> Conditions:
        """The conditions of the solution that is tested."""
        return self.base.truth.conditions

    @cached_property
    def solved(self) -> tuple[tuple[tuple[Term, ...], ...], ...]:
        """Models of each alternative in the words of the solution that is tested; none where it failed."""
        return tuple(
            tuple(normal(m, self.conditions) for m in one.solution.models) if one.solution is not None else ()
            for one in self.alternatives
        )

    @cached_property
    def same(self) -> tuple[bool, ...]:
        """Whether an alternative gave the same models, whatever their order."""
        here = {frozenset(m) for m in self.base.models}
        return tuple({frozenset(m) for m in models} == here for models in self.solved)

    @property
    def share_same(self) -> float:
        """Share of alternatives with the same models."""
        return sum(self.same) / len(self.same)

    @property
    def failures(self) -> tuple[Alternative, ...]:
        """Alternatives without a solution."""
        return tuple(one for one in self.alternatives if one.failure is not None)

    def table(self) -> pd.DataFrame:
        """All alternatives.

        Returns
        -------
        frame
            kind, name, value, base, low and high (values that it stands for), same, models (how many), expression
            (first model), inclusion, pri, coverage (of it, in its own data), failure, failure_zh.
        """
        import pandas as pd

        rows = []
        for one, models, same in zip(self.alternatives, self.solved, self.same, strict=True):
            whole = (None, None, None) if one.solution is None else one.solution.whole()
            low, high = one.stretch or (None, None)
            rows.append(
                {
                    "kind": one.kind, "name": one.name, "value": one.value, "base": one.base, "low": low,
                    "high": high, "same": same, "models": len(models),
                    "expression": " + ".join(map(str, models[0])) if models else "",
                    "inclusion": whole[0], "pri": whole[1], "coverage": whole[2],
                    "failure": one.failure.en if one.failure else "",
                    "failure_zh": one.failure.zh if one.failure else "",
                }
            )  # fmt: skip
        numbers = ("value", "base", "low", "high", "inclusion", "pri", "coverage")
        return pd.DataFrame(rows).astype(dict.fromkeys(numbers, float))

    def terms(self, kinds: str | Iterable[str] | None = None) -> pd.DataFrame:
        """How often each term survives.

        Parameters
        ----------
        kinds
            Only alternatives of these kinds; None = all.

        Returns
        -------
        frame
            One row a term of the solution or of an alternative, those of the solution first: in_solution; shares of
            the alternatives with it in any_model, in every_model, and with a related term (one that implies it, or
            that it implies). A failed alternative has no term.
        """
        import pandas as pd

        chosen = self._chosen(kinds)
        here = dict.fromkeys(t for m in self.base.models for t in m)
        everything = dict.fromkeys([*here, *(t for models in chosen for m in models for t in m)])
        rows = []
        for term in everything:
            some = sum(any(term in m for m in models) for models in chosen)
            every = sum(bool(models) and all(term in m for m in models) for models in chosen)
            akin = sum(
                any(t.implies(term) or term.implies(t) for m in models for t in m) for models in chosen
            )
            rows.append((str(term), term in here, *(_part(n, len(chosen)) for n in (some, every, akin))))
        frame = pd.DataFrame(rows, columns=["term", "in_solution", "any_model", "every_model", "related"])
        order = frame.sort_values(["in_solution", "any_model"], ascending=False, kind="stable")
        return order.reset_index(drop=True)

    def models(self, kinds: str | Iterable[str] | None = None) -> pd.DataFrame:
        """How often each model survives.

        Returns
        -------
        frame
            One row a model of the solution or of an alternative: model, in_solution, share of the alternatives
            that have it among their models.
        """
        import pandas as pd

        chosen = [{frozenset(m) for m in models} for models in self._chosen(kinds)]
        here = {frozenset(m): m for m in self.base.models}
        everything = dict(here)
        for models in self._chosen(kinds):
            for m in models:
                everything.setdefault(frozenset(m), m)
        rows = [
            (" + ".join(map(str, m)), key in here, _part(sum(key in one for one in chosen), len(chosen)))
            for key, m in everything.items()
        ]
        frame = pd.DataFrame(rows, columns=["model", "in_solution", "share"])
        order = frame.sort_values(["in_solution", "share"], ascending=False, kind="stable")
        return order.reset_index(drop=True)

    def ranges(self) -> pd.DataFrame:
        """Within which values the solution stays the same while everything else stays as it is.

        Returns
        -------
        frame
            One row a cut-off or anchor: kind, name, base, low, high (nothing changes from low to high), low_open (low
            itself changes it: the rows at that value become positive), tried_low, tried_high. Cut-offs are exact;
            an anchor is good to one step.
        """
        import pandas as pd

        rows = []
        for one in self.tried:
            found = [
                (other, same)
                for other, same in zip(self.alternatives, self.same, strict=True)
                if (other.kind, other.name) == (one.kind, one.name)
            ]
            rows.append((one.kind, one.name, one.base, *unchanged(one, found), *one.within))
        return pd.DataFrame(
            rows, columns=["kind", "name", "base", "low", "high", "low_open", "tried_low", "tried_high"]
        )

    def core(self, kinds: str | Iterable[str] | None = CHOICES) -> CoreResult:
        """The robust core: what the solution shares with every alternative.

        Parameters
        ----------
        kinds
            Alternatives that make up the test set; as it stands all choices of the analyst. None = all, also
            those with a case or a condition left out.

        Returns
        -------
        CoreResult
            Expression, fit, robustness fit. Where an alternative has several models, each of them counts; failed
            alternatives share nothing and are told apart as ``failed``.
        """
        lowest, highest, used, failed = self._memberships(kinds)
        initial = self.base.membership(self.model)
        y = self.base.truth.membership
        shared = overlap(initial, lowest)
        sums = dict.fromkeys(
            frozenset(m)
            for models, take in zip(self.solved, self._take(kinds), strict=True)
            if take
            for m in models
        )
        written = conjunction([frozenset(self.base.models[self.model]), *sums], self.conditions.names)
        i_fit, c_fit = sufficiency(initial, y), sufficiency(shared[0], y)
        return CoreResult(
            terms=written, membership=shared[0], inclusion=c_fit[0], pri=c_fit[1], coverage=c_fit[2],
            fit_inclusion=i_fit[0] / c_fit[0] if c_fit[0] > 0 else float("nan"),
            fit_coverage=c_fit[2] / i_fit[2] if i_fit[2] > 0 else float("nan"),
            coincidence_least=shared[1], coincidence_most=overlap(initial, highest)[1], used=used, failed=failed,
        )  # fmt: skip

    def cases(self, kinds: str | Iterable[str] | None = CHOICES) -> pd.DataFrame:
        """Where each case stands between the solution and the test set.

        Parameters
        ----------
        kinds
            As in ``core``.

        Returns
        -------
        frame
            One row a case: case, kind (robust: in the solution and in every alternative; shaky: in the solution, not
            in every alternative; possible: in some alternative, not in the solution; outside: in none), outcome_in
            (typical if True; of robust, shaky and possible cases the others are deviant), membership in the solution,
            lowest and highest over the alternatives, outcome.
        """
        import numpy as np
        import pandas as pd

        lowest, highest, _, _ = self._memberships(kinds)
        x, y = self.base.membership(self.model), self.base.truth.membership
        inside = x > 0.5
        kind = np.where(
            inside, np.where(lowest > 0.5, "robust", "shaky"), np.where(highest > 0.5, "possible", "outside")
        )
        return pd.DataFrame(
            {
                "case": [str(c) for c in self.base.truth.data.index], "kind": kind, "outcome_in": y > 0.5,
                "membership": x, "lowest": lowest, "highest": highest, "outcome": y,
            }
        )  # fmt: skip

    def summary(self, language: str = "en") -> str:
        """Say how often the solution stayed, what it hangs on, and what is left in every alternative."""
        parts = [
            Text(
                f"{self.base.expression(self.model)}: {sum(self.same):,} of {len(self.same):,} alternatives give the same "
                f"models, {len(self.failures):,} give none.",
                f"{self.base.expression(self.model)}：{len(self.same):,}种变动中有{sum(self.same):,}种得到相同模型，"
                f"{len(self.failures):,}种没有解。",
            )
        ]
        for kind, words in KINDS.items():
            mine = [s for one, s in zip(self.alternatives, self.same, strict=True) if one.kind == kind]
            if mine:
                parts.append(
                    Text(
                        f"{words.en[0].upper()}{words.en[1:]}: {sum(mine)} of {len(mine)}.",
                        f"{words.zh}：{sum(mine)}/{len(mine)}。",
                    )
                )
        for row in self.ranges().itertuples():
            if row.kind in ("inclusion_cut", "pri_cut", "frequency_cut"):
                words = KINDS[row.kind]
                over = Text("above ", "大于") if row.low_open else Text("", "")
                parts.append(
                    Text(
                        f"Unchanged at any {words.en} from {over.en}{row.low:.4g} to {row.high:.4g}.",
                        f"{words.zh}在{over.zh}{row.low:.4g}至{row.high:.4g}之间时解不变。",
                    )
                    if row.low < row.high
                    else Text(
                        f"Unchanged only at the {words.en} {row.base:.4g}.",
                        f"{words.zh}仅为{row.base:.4g}时解不变。",
                    )
                )
        core = self.core()
        if core.used:
            parts.append(core.text)
        parts.append(
            Text(
                "A solution that holds under every change can still be chance.",
                "在各种变动下均成立的解仍可能出于偶然。",
            )
        )
        return join_texts(parts, " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """All tables, the core, the draws and the solution as plain values."""
        return {
            **super().to_dict(),
            "terms": plain(self.terms()),
            "models": plain(self.models()),
            "ranges": plain(self.ranges()),
            "core": self.core().to_dict(),
            "cases": plain(self.cases()),
            "draws": [plain(one.changed) for one in self.alternatives if one.kind == "draw"],
            "seed": self.seed,
            "solution": self.base.to_dict(),
        }

    def _take(self, kinds: str | Iterable[str] | None) -> tuple[bool, ...]:
        wanted = tuple(KINDS) if kinds is None else names_of(kinds, "kinds")
        for one in wanted:
            if one not in KINDS:
                raise UnknownNameError("option", one, tuple(KINDS))
        return tuple(one.kind in wanted for one in self.alternatives)

    def _chosen(self, kinds: str | Iterable[str] | None) -> list[tuple[tuple[Term, ...], ...]]:
        return [m for m, take in zip(self.solved, self._take(kinds), strict=True) if take]

    def _memberships(self, kinds: str | Iterable[str] | None) -> tuple[Any, Any, int, int]:
        """Lowest and highest membership of each case over the models of the test set; how many count, and fail."""
        import numpy as np

        take = self._take(kinds)
        pairs = [pair for pair, used in zip(self._extremes, take, strict=True) if used]
        good = [pair for pair in pairs if pair is not None]
        if not good:
            here = self.base.membership(self.model)
            return here, here, 0, len(pairs)
        return (
            np.min([low for low, _ in good], axis=0),
            np.max([high for _, high in good], axis=0),
            len(good),
            len(pairs) - len(good),
        )

    @cached_property
    def _extremes(self) -> tuple[tuple[Any, Any] | None, ...]:
        """For each alternative the lowest and highest membership of each case over its models."""
        import numpy as np

        data = self.base.truth.data
        found: list[tuple[Any, Any] | None] = []
        for one, models in zip(self.alternatives, self.solved, strict=True):
            if one.solution is None:
                found.append(None)
                continue
            own = one.solution.truth.data
            place = own.index.get_indexer(data.index)
            each = []
            for k, model in enumerate(models):
                # A case that the alternative does not know is judged by its memberships in the tested data.
                here = np.max([term.membership(data) for term in model], axis=0)
                there = one.solution.membership(k)
                each.append(np.where(place >= 0, there[np.maximum(place, 0)], here))
            found.append((np.min(each, axis=0), np.max(each, axis=0)))
        return tuple(found)


def _part(count: int, number: int) -> float:
    return count / number if number else float("nan")
