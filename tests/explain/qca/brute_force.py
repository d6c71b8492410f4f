"""QCA by looking at every combination: slow, short, and written from the definitions alone.

Nothing here comes from the package. A row is a tuple of values; a cube is a tuple of values with None where a
condition is left open; a set of rows is a whole number, one bit a row of the full table.
"""

from functools import cache
from itertools import combinations, product


@cache
def rows_of(levels):
    """Every combination of values."""
    return tuple(product(*(range(n) for n in levels)))


@cache
def cubes_of(levels):
    """Every conjunction of single-value literals, with the rows in it."""
    rows = rows_of(levels)
    found = {}
    for cube in product(*((None, *range(n)) for n in levels)):
        inside = [all(c is None or c == v for c, v in zip(cube, row, strict=True)) for row in rows]
        found[cube] = sum(1 << k for k, yes in enumerate(inside) if yes)
    return found


def bits(levels, rows):
    """Rows as bits."""
    place = {row: k for k, row in enumerate(rows_of(levels))}
    return sum(1 << place[tuple(row)] for row in set(map(tuple, rows)))


def shorter(cube):
    """The cube with one literal left out, in every way."""
    return [(*cube[:k], None, *cube[k + 1 :]) for k, v in enumerate(cube) if v is not None]


@cache
def primes(levels, positive, allowed):
    """Cubes within ``allowed`` that hold a positive row and of which no literal can be left out."""
    cubes = cubes_of(levels)
    return frozenset(
        cube
        for cube, inside in cubes.items()
        if inside & positive and not inside & ~allowed and all(cubes[one] & ~allowed for one in shorter(cube))
    )


def covers_by_definition(levels, implicants, positive, kind):
    """All covers of the positive rows, by looking at every subset: the fewest, or those with none to spare."""
    cubes = cubes_of(levels)
    masks = [(one, cubes[one] & positive) for one in implicants]
    found = set()
    for size in range(1, len(masks) + 1):
        for some in combinations(masks, size):
            union = 0
            for _, mask in some:
                union |= mask
            if union != positive:
                continue
            spare = any(not mask & ~sum_of(o for n, o in some if n != name) for name, mask in some)
            if kind == "fewest" or not spare:
                found.add(frozenset(one for one, _ in some))
        if kind == "fewest" and found:
            break
    return found


def sum_of(masks):
    union = 0
    for mask in masks:
        union |= mask
    return union


@cache
def covers(levels, implicants, positive, kind):
    """The same by multiplying out, row by row: quick enough for five conditions.

    An irredundant cover is a smallest set that meets, for every row, the implicants that hold it (Petrick);
    the covers of the fewest implicants are the smallest of them.
    """
    cubes = cubes_of(levels)
    found = [frozenset()]
    for bit in _bits(positive):
        holders = [one for one in implicants if cubes[one] & bit]
        longer = {one if one & set(holders) else one | {h} for one in found for h in holders}
        found = []
        for one in sorted(longer, key=len):
            if not any(kept <= one for kept in found):
                found.append(one)
        if len(found) > MOST:
            raise TooManyError
    if kind == "fewest":
        least = min(map(len, found))
        return {one for one in found if len(one) == least}
    return set(found)


#: Covers at which looking at all of them takes too long.
MOST = 3000


class TooManyError(Exception):
    """More covers than can be looked at."""


def _bits(mask):
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def allowed_rows(levels, positive, negative, solution):
    """Rows that an implicant may hold."""
    everything = (1 << len(rows_of(levels))) - 1
    return positive if solution == "conservative" else everything & ~negative


def solve(levels, positive, negative, solution, kind="fewest"):
    """Prime implicants and models of the conservative or parsimonious solution."""
    implicants = primes(levels, positive, allowed_rows(levels, positive, negative, solution))
    return implicants, covers(levels, implicants, positive, kind)


def counterfactuals(levels, conservative, parsimonious, expected):
    """Rows of the terms between the two models that theory does not hold against."""
    cubes = cubes_of(levels)
    easy = 0
    for long in conservative:
        for short in parsimonious:
            if any(s is not None and s != v for s, v in zip(short, long, strict=True)):
                continue
            kept = tuple(
                v if v is None or s is not None or v in expected.get(k, {v}) else None
                for k, (v, s) in enumerate(zip(long, short, strict=True))
            )
            easy |= cubes[kept]
    return easy


def intermediate(levels, positive, negative, expected, kind="fewest"):
    """Models of the intermediate solution: a union over the pairs of models.

    ``expected``: number of a condition -> values that are held to bring the outcome about.
    """
    _, longest = solve(levels, positive, negative, "conservative", kind)
    _, shortest = solve(levels, positive, negative, "parsimonious", kind)
    found = set()
    for long in longest:
        for short in shortest:
            easy = counterfactuals(levels, long, short, expected)
            found |= covers(levels, primes(levels, positive, positive | easy), positive, kind)
    return found
