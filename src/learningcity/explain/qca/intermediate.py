"""Intermediate solutions: only remainders that theory calls easy may simplify.

References
----------
Ragin (2008), Redesigning social inquiry, chapter 9, doi 10.7208/chicago/9780226702797.001.0001.
Dușa (2018), QCA with R, doi 10.1007/978-3-319-75668-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.qca.primes import PrimeImplicants, all_but, covering, prime_implicants
from learningcity.explain.qca.terms import Conditions, Term

#: What a caller expects: condition -> the values that are held to bring the outcome about.
Expectations = Mapping[str, frozenset[int]]


def read_expectations(given: Any, conditions: Conditions) -> Expectations:
    """Read ``{condition: 1 | 0 | value | values}``; a condition that is not named has no expectation.

    Raises
    ------
    InputError
        No mapping, or a value that the condition does not take.
    UnknownNameError
        A condition that is not there.
    """
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise InputError(
            Text(
                "expectations takes a mapping such as {'A': 1, 'B': 0}: 1 = presence, 0 = absence.",
                "expectations须为映射，例如{'A': 1, 'B': 0}：1表示存在，0表示不存在。",
            )
        )
    found = {}
    for name, value in given.items():
        levels = conditions.levels[conditions.position(str(name))]
        if value is None:
            continue
        several = value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
        values = tuple(several)
        if not values or any(
            isinstance(v, bool) or not isinstance(v, Real) or v not in range(levels) for v in values
        ):
            raise InputError(
                Text(
                    f"expectations: {name} is {value!r}; give a value from 0 to {levels - 1}.",
                    f"expectations：{name}为{value!r}，须为0至{levels - 1}的取值。",
                )
            )
        found[str(name)] = frozenset(int(v) for v in values)
    return found


def intermediate_terms(
    conservative: Sequence[Term], parsimonious: Sequence[Term], expectations: Expectations
) -> tuple[Term, ...]:
    """Drop from conservative terms what theory holds against the outcome, as far as parsimony allows.

    Parameters
    ----------
    conservative, parsimonious
        The terms of one model each.
    expectations
        See :func:`read_expectations`.

    Returns
    -------
    tuple of Term
        For each conservative term and each parsimonious term that it implies: the literals that are in
        the parsimonious term or do not go against an expectation.
    """
    found: dict[Term, None] = {}
    for term in conservative:
        for shorter in parsimonious:
            if not term.implies(shorter):
                continue
            kept = shorter.as_mapping
            found[
                Term(
                    tuple(
                        one
                        for one in term
                        if one.condition in kept or one.value in expectations.get(one.condition, {one.value})
                    )
                )
            ] = None
    return tuple(found)


def easy_implicants(
    conditions: Conditions, positive: Any, terms: Sequence[Term], limit: int
) -> PrimeImplicants:
    """Prime implicants of the positive rows within these rows and what the intermediate terms cover.

    Parameters
    ----------
    conditions
        The conditions.
    positive
        Rows x conditions. A row may lie in no term: where its conservative term implies no parsimonious one.
    terms
        The intermediate terms.
    limit
        Most implicants, and most cubes of what lies outside.
    """
    import numpy as np

    cubes = cubes_of(conditions, terms)
    apart = positive[~covering(cubes, positive).any(axis=0)]
    outside = all_but(conditions, np.concatenate([cubes, apart]), limit)
    return prime_implicants(conditions, positive, outside, limit)


def cubes_of(conditions: Conditions, terms: Sequence[Term]) -> Any:
    """Terms as cubes x conditions, -1 = open."""
    return PrimeImplicants.of(conditions, terms).values
