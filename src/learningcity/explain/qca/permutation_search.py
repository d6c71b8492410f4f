"""Minimise one set of rows many times: only what is positive changes from one time to the next.

With few conditions every term that could be written is laid out once, with the rows in it; the prime
implicants of hundreds of assignments are then comparisons of whole tables. With more conditions each
assignment goes through the search of ``minimise``. Both give the same models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from learningcity.core import InputError
from learningcity.explain.qca.covers import find_covers
from learningcity.explain.qca.intermediate import cubes_of, intermediate_terms, read_expectations
from learningcity.explain.qca.minimise import PAIRED, minimise, read_exclusions
from learningcity.explain.qca.primes import OPEN, covering
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth import TruthTable

#: Terms that are laid out at most; three to the power of the number of crisp or fuzzy conditions.
LAID_OUT = 20_000
#: Combinations that are laid out at most for the intermediate solution.
COMBINATIONS = 4096
#: Assignments that are compared at a time.
BLOCK = 256
#: Steps of the plain search for covers before the compiled one takes over.
NODES = 1000

Models = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Choices:
    """How a truth table is minimised; see ``minimise``."""

    solution: str = "conservative"
    expectations: Mapping[str, Any] | None = None
    covers: str = "fewest"
    exclude: tuple[Term, ...] = ()
    models: int = 100


class Repeated:
    """The models of a truth table under other assignments of its rows.

    Parameters
    ----------
    table
        The truth table; rows below its frequency cut stay remainders.
    choices
        As for ``minimise``; at most ``choices.models`` models are listed.
    pause
        Called before each assignment that has to be minimised by itself, which may take long.
    """

    def __init__(
        self, table: TruthTable, choices: Choices, pause: Callable[[], object] = lambda: None
    ) -> None:
        import numpy as np

        self.table, self.choices, self.pause = table, choices, pause
        self.expected = read_expectations(choices.expectations, table.conditions)
        self.judged = np.array([code != "?" for code in table.out])
        self.rows = table.values[self.judged]
        conditions = table.conditions
        shut_out = cubes_of(conditions, read_exclusions(choices.exclude, conditions))
        self.barred = covering(shut_out, self.rows).any(axis=0)
        self._known: dict[bytes, Models] = {}
        size = int(np.prod([n + 1 for n in conditions.levels], dtype=np.float64).clip(max=2**62))
        room = choices.solution != "intermediate" or table.possible <= COMBINATIONS
        self.layout = _Layout(self, shut_out) if size <= LAID_OUT and room else None

    def solved(self, positive: Any) -> Iterator[Models]:
        """Give the models of each assignment, in order; none where ``minimise`` would refuse.

        Parameters
        ----------
        positive
            Assignments x rows of the table, True where the row counts as positive.
        """
        kept = positive[:, self.judged] & ~self.barred
        for begin in range(0, len(kept), BLOCK):
            part = kept[begin : begin + BLOCK]
            keys = [row.tobytes() for row in part]
            new = {key: k for k, key in enumerate(keys) if key not in self._known and part[k].any()}
            if new:
                asked = part[list(new.values())]
                found = self.layout.solved(asked) if self.layout else map(self._one, asked)
                self._known.update(zip(new, found, strict=True))
            yield from (self._known.get(key, ()) for key in keys)

    def _one(self, positive: Any) -> Models:
        self.pause()
        out = iter(positive)
        codes = tuple(("1" if next(out) else "0") if judged else "?" for judged in self.judged)
        c = self.choices
        try:
            return minimise(
                replace(self.table, out=codes),
                c.solution,  # type: ignore[arg-type]
                c.expectations,
                c.covers,  # type: ignore[arg-type]
                exclude=c.exclude,
                models=c.models,
            ).models
        except InputError:
            return ()


class _Layout:
    """Every term that could be written, the rows in it, and the terms with one literal less."""

    def __init__(self, given: Repeated, shut_out: Any) -> None:
        import numpy as np

        self.given, self.rows = given, given.rows
        self.conditions = given.table.conditions
        levels = self.conditions.levels
        # Fewer literals first, as terms are listed elsewhere.
        cubes = np.array(list(product(*((*range(n), OPEN) for n in levels))), dtype=np.int64)
        base = np.cumprod([1, *(n + 1 for n in reversed(levels))])[-2::-1].astype(np.int64)
        digits = np.where(cubes == OPEN, np.array(levels), cubes)
        self.order = np.argsort((cubes != OPEN).sum(axis=1), kind="stable")
        place = np.empty(len(cubes), dtype=np.int64)
        place[self.order] = np.arange(len(cubes))
        above = digits[:, None, :] + np.zeros((1, len(levels), 1), dtype=np.int64)
        above[:, np.arange(len(levels)), np.arange(len(levels))] = np.array(levels)
        parents = place[(above * base).sum(axis=2)]
        self.cubes, self.parents = cubes[self.order], parents[self.order]
        self.has = self.cubes != OPEN
        self.inside = covering(self.cubes, self.rows)
        self.size = np.where(self.has, 1, np.array(levels)).prod(axis=1)
        meets = np.zeros(len(cubes), dtype=bool)
        for cube in shut_out:
            meets |= ((self.cubes == cube) | ~self.has | (cube == OPEN)).all(axis=1)
        self.free = ~meets
        self._terms: dict[int, Term] = {}
        self._kept: dict[Any, Models] = {}
        if given.choices.solution == "intermediate":
            everything = np.array(list(product(*(range(n) for n in levels))), dtype=np.int64)
            self.combinations = covering(self.cubes, everything)
            self.at = np.array([(everything == row).all(axis=1).argmax() for row in self.rows])
            self.where = {self.term(k): k for k in range(len(self.cubes))}

    def term(self, k: int) -> Term:
        if k not in self._terms:
            self._terms[k] = self.conditions.term(None if v == OPEN else int(v) for v in self.cubes[k])
        return self._terms[k]

    def solved(self, positive: Any) -> list[Models]:
        """Models of each assignment; every assignment has a positive row."""
        kind = self.given.choices.solution
        # Where nothing is negative, minimise refuses.
        said = [not (row.all() and self.free.all()) for row in positive]
        if kind == "intermediate":
            longest = self._primes(positive, "conservative")
            shortest = self._primes(positive, "parsimonious")
            return [
                self._between(p, c, s) if ok else ()
                for p, c, s, ok in zip(positive, longest, shortest, said, strict=True)
            ]
        return [
            self._models(primes, p) if ok else ()
            for primes, p, ok in zip(self._primes(positive, kind), positive, said, strict=True)
        ]

    def _primes(self, positive: Any, kind: str) -> list[Any]:
        """Prime implicants of each assignment, as numbers of terms."""
        import numpy as np

        inside = self.inside.astype(np.float32)
        held = inside @ positive.T.astype(np.float32)
        if kind == "conservative":
            fits = held == self.size[:, None]
        else:
            fits = (held == inside.sum(axis=1)[:, None]) & self.free[:, None]
        return self._shortest(fits, held > 0)

    def _shortest(self, fits: Any, wanted: Any) -> list[Any]:
        """Among terms x assignments those from which no literal can be left out."""
        import numpy as np

        prime = fits & wanted
        for k in range(self.parents.shape[1]):
            prime &= ~(fits[self.parents[:, k]] & self.has[:, k, None])
        return [np.flatnonzero(column) for column in np.ascontiguousarray(prime.T)]

    def _models(self, primes: Any, positive: Any) -> Models:
        c = self.given.choices
        chart = self.inside[primes][:, positive]
        found = small_covers(chart, c.models) if c.covers == "fewest" else None
        if found is None:
            found = find_covers(chart, c.covers, c.models).models
        return tuple(tuple(self.term(int(primes[k])) for k in model) for model in found)

    def _between(self, positive: Any, longest: Any, shortest: Any) -> Models:
        """The intermediate models, from those of the two other solutions."""
        found: dict[tuple[Term, ...], None] = {}
        first, second = self._models(longest, positive), self._models(shortest, positive)
        for one in first[:PAIRED]:
            for other in second[:PAIRED]:
                terms = frozenset(intermediate_terms(one, other, self.given.expected))
                key = positive.tobytes(), terms
                if key not in self._kept:
                    easy = self.combinations[[self.where[t] for t in terms]].any(axis=0)
                    easy[self.at[positive]] = True
                    fits = (self.combinations <= easy).all(axis=1)
                    wanted = self.inside[:, positive].any(axis=1)
                    (primes,) = self._shortest(fits[:, None], wanted[:, None])
                    self._kept[key] = self._models(primes, positive)
                found.update(dict.fromkeys(self._kept[key]))
        self._kept.clear()
        listed = sorted(found, key=lambda m: (len(m), [str(t) for t in m]))
        return tuple(listed[: self.given.choices.models])


def small_covers(chart: Any, limit: int) -> tuple[tuple[int, ...], ...] | None:
    """All covers of the fewest columns of a small chart, in order; None where the search grows long.

    Parameters
    ----------
    chart
        Implicants x rows, True where covered; every row is covered by some implicant.
    limit
        Most covers that are listed.

    Returns
    -------
    tuple of tuple of int, or None
        As ``find_covers(chart, "fewest", limit).models``, also where there are more than ``limit`` in so far as
        that the covers have the same size.

    Examples
    --------
    >>> import numpy as np
    >>> small_covers(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=bool), 10)
    ((0, 1), (0, 2))
    """
    classes: dict[int, list[int]] = {}
    for k, row in enumerate(chart):
        classes.setdefault(int("".join("1" if v else "0" for v in row), 2), []).append(k)
    everything = (1 << chart.shape[1]) - 1
    columns = {1 << r: [m for m in classes if m >> r & 1] for r in range(chart.shape[1])}
    budget = [NODES]

    def search(left: int, slots: int, banned: frozenset[int]) -> Iterator[tuple[int, ...]]:
        budget[0] -= 1
        if budget[0] < 0:
            return
        # The row with the fewest columns that may still be taken.
        options: Sequence[int] | None = None
        rest = left
        while rest:
            bit = rest & -rest
            rest ^= bit
            here = [m for m in columns[bit] if m not in banned]
            if options is None or len(here) < len(options):
                options = here
        shut = banned
        for mask in options or ():
            after = left & ~mask
            if not after:
                if slots == 1:
                    yield (mask,)
            elif slots > 1:
                for tail in search(after, slots - 1, shut):
                    yield (mask, *tail)
            shut = shut | {mask}

    for size in range(1, chart.shape[1] + 1):
        found: list[tuple[int, ...]] = []
        for cover in search(everything, size, frozenset()):
            found.extend(tuple(sorted(one)) for one in product(*(classes[m] for m in cover)))
            if len(found) >= limit:
                break
        if budget[0] < 0:
            return None
        if found:
            return tuple(sorted(found[:limit]))
    return ()
