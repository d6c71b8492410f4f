"""Prime implicants as minimal transversals of differences: cost follows the answer, not the number of rows.

A term made of literals of a positive row is an implicant if it shuts out every negative row, that is, if it
keeps at least one of the literals in which the positive row differs from it. The prime implicants of the row
are the minimal sets of literals that do so: the minimal transversals of its differences. Rows that may be
either never enter. What may not be covered is given as rows or as cubes (rows in which some conditions are
left open), so that an exclusion or "everything but these rows" never becomes 2^k rows.

References
----------
Quine (1952), The problem of simplifying truth functions, doi 10.1080/00029890.1952.11988183.
Murakami & Uno (2014), doi 10.1016/j.dam.2014.01.012. Dușa (2018), QCA with R, doi 10.1007/978-3-319-75668-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.qca.terms import Conditions, Term
from learningcity.explain.qca.transversals import minimal_transversals, packed_rows, unpacked

#: Prime implicants that are held at most, unless a caller asks for more.
LIMIT = 1_000_000
#: Implicants that are compared with rows at a time.
AT_A_TIME = 1 << 14
#: Stands in a cube for a condition that is left open.
OPEN = -1


class PrimeImplicants(Sequence[Term]):
    """Prime implicants in order: fewer literals first, then in the order of the conditions.

    Parameters
    ----------
    conditions
        The conditions.
    values
        Implicants x conditions; -1 where the condition is not in the term.
    """

    def __init__(self, conditions: Conditions, values: Any) -> None:
        self.conditions = conditions
        self.values = values

    @classmethod
    def of(cls, conditions: Conditions, terms: Iterable[Term]) -> PrimeImplicants:
        """Put terms in order."""
        import numpy as np

        rows = [[OPEN if v is None else v for v in conditions.values(term)] for term in terms]
        values = np.array(rows, dtype=np.int64).reshape(-1, len(conditions))
        return cls(conditions, values[order_of(conditions, values)])

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, k: Any) -> Any:
        if isinstance(k, slice):
            return tuple(self._term(row) for row in self.values[k])
        return self._term(self.values[k])

    def __iter__(self) -> Iterator[Term]:
        return (self._term(row) for row in self.values)

    def __contains__(self, term: object) -> bool:
        if isinstance(term, str):
            return any(str(one) == term for one in self)
        if not isinstance(term, Term):
            return False
        try:
            row = [OPEN if v is None else v for v in self.conditions.values(term)]
        except InputError:
            return False
        return bool((self.values == row).all(axis=1).any())

    def __repr__(self) -> str:
        shown = ", ".join(str(one) for one in self[:5])
        return f"<{len(self):,} prime implicants: {shown}{', ...' if len(self) > 5 else ''}>"

    def _term(self, row: Any) -> Term:
        return self.conditions.term(None if v == OPEN else int(v) for v in row)

    def covers(self, rows: Any) -> Any:
        """Which implicant covers which row.

        Parameters
        ----------
        rows
            Rows x conditions.

        Returns
        -------
        array
            Implicants x rows, True where covered.
        """
        return covering(self.values, rows)


def covering(cubes: Any, rows: Any) -> Any:
    """Cubes x rows: whether the row lies in the cube."""
    import numpy as np

    found = np.empty((len(cubes), len(rows)), dtype=bool)
    for start in range(0, len(cubes), AT_A_TIME):
        some = cubes[start : start + AT_A_TIME]
        inside = found[start : start + AT_A_TIME]
        inside[:] = True
        for k in range(cubes.shape[1]):
            column = some[:, k, None]
            inside &= (column == OPEN) | (column == rows[None, :, k])
    return found


def implicant_parts(
    conditions: Conditions, positive: Any, negative: Any, part: int | None = None
) -> Iterator[Any]:
    """Give all prime implicants, a part at a time; memory does not grow with their number.

    Parameters
    ----------
    conditions
        The conditions.
    positive
        Rows x conditions that are to be covered, each once.
    negative
        Cubes x conditions that no implicant may meet; -1 = open.
    part
        Implicants computed at a time.

    Yields
    ------
    array
        Implicants x conditions, -1 where open; over all parts each implicant once.
    """
    import numpy as np

    size = len(conditions)
    options = {} if part is None else {"part": part}
    apart = [packed_rows(positive[:k] != row) for k, row in enumerate(positive)]
    for k, row in enumerate(positive):
        differs = (negative != row) & (negative != OPEN)
        edges = packed_rows(differs)
        for masks in minimal_transversals(edges, size, **options):
            # A term that covers an earlier row was found there.
            new = np.ones(len(masks), dtype=bool)
            for earlier in apart[k]:
                new &= ((masks & earlier) != 0).any(axis=1)
            kept = unpacked(masks[new], size)
            if len(kept):
                yield np.where(kept, row, OPEN)


def prime_implicants(
    conditions: Conditions, positive: Any, negative: Any, limit: int = LIMIT
) -> PrimeImplicants:
    """All prime implicants of the positive rows, in order.

    Parameters
    ----------
    conditions, positive, negative
        As in :func:`implicant_parts`.
    limit
        Most implicants that are held.

    Raises
    ------
    InputError
        There are more than ``limit``.
    """
    import numpy as np

    parts, count = [], 0
    for found in implicant_parts(conditions, positive, negative):
        count += len(found)
        if count > limit:
            raise InputError(
                Text(
                    f"There are more than {limit:,} prime implicants. Use fewer conditions, raise limit, or "
                    "count them with count_prime_implicants.",
                    f"质蕴涵项超过{limit:,}个。请减少条件、提高limit，或用count_prime_implicants只计数。",
                )
            )
        parts.append(found.astype(np.int8))
    values = np.concatenate(parts) if parts else np.empty((0, len(conditions)), dtype=np.int8)
    return PrimeImplicants(conditions, values[order_of(conditions, values)])


def order_of(conditions: Conditions, values: Any) -> Any:
    """The order in which terms are listed: fewer literals first, then condition by condition."""
    import numpy as np

    keys: list[Any] = []
    room = np.zeros(len(values), dtype=np.uint64)
    used = 0
    for k, levels in enumerate(conditions.levels):
        bits = int(levels).bit_length()
        if used + bits > 64:
            keys.append(room)
            room, used = np.zeros(len(values), dtype=np.uint64), 0
        code = np.where(values[:, k] == OPEN, levels, values[:, k]).astype(np.uint64)
        room = (room << np.uint64(bits)) | code
        used += bits
    keys.append(room)
    literals = (values != OPEN).sum(axis=1)
    return np.lexsort((*reversed(keys), literals))


def count_implicants(conditions: Conditions, positive: Any, negative: Any, limit: int | None = None) -> int:
    """Count the prime implicants without holding them; stops once ``limit`` is passed."""
    count = 0
    for found in implicant_parts(conditions, positive, negative):
        count += len(found)
        if limit is not None and count > limit:
            break
    return count


def all_but(conditions: Conditions, cubes: Any, limit: int = LIMIT, within: Any = None) -> Any:
    """Cubes for everything outside of the given ones, none meeting another.

    Parameters
    ----------
    conditions
        The conditions.
    cubes
        Cubes x conditions, -1 = open.
    limit
        Most cubes that are held.
    within
        A cube that everything lies in; None = all combinations.

    Returns
    -------
    array
        Cubes x conditions; together with the given ones they hold every combination (of ``within``).

    Raises
    ------
    InputError
        More than ``limit`` cubes are needed.
    """
    import numpy as np

    size = len(conditions)
    found: list[Any] = []
    around = np.full(size, OPEN, dtype=np.int64) if within is None else within
    waiting: list[tuple[Any, Any]] = [(around, np.where(around == OPEN, cubes, OPEN))]
    while waiting:
        where, inside = waiting.pop()
        if not len(inside):
            found.append(where)
            if len(found) > limit:
                raise InputError(
                    Text(
                        f"What lies outside of {len(cubes)} terms needs more than {limit:,} terms to say. "
                        "Use fewer conditions, or ask for the parsimonious solution.",
                        f"{len(cubes)}个项之外的组合需要{limit:,}个以上的项来表示。请减少条件，或求简约解。",
                    )
                )
            continue
        fixed = inside != OPEN
        if not fixed.any(axis=1).all():
            continue
        k = int(fixed.sum(axis=0).argmax())
        for value in range(conditions.levels[k]):
            here = inside[(inside[:, k] == OPEN) | (inside[:, k] == value)].copy()
            here[:, k] = OPEN
            there = where.copy()
            there[k] = value
            waiting.append((there, here))
    return np.array(found, dtype=np.int64).reshape(-1, size)
