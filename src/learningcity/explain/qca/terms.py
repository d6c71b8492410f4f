"""Conditions, literals and terms: the algebra that all of QCA speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError

#: What a condition may be called, so that expressions can be read back; letters of any script.
NAME = re.compile(r"[^\W\d][\w.\- ]*(?<! )")
#: The term without literals: every case has it.
ALWAYS = "1"


@dataclass(frozen=True)
class Conditions:
    """The conditions of an analysis and how many values each can take.

    Parameters
    ----------
    names
        In the order of the table.
    levels
        Number of values of each: 2 for crisp and fuzzy conditions, more for multi-value ones.
    """

    names: tuple[str, ...]
    levels: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.names)

    def position(self, name: str) -> int:
        """Place of a condition.

        Raises
        ------
        UnknownNameError
            A condition that is not there.
        """
        try:
            return self.names.index(name)
        except ValueError:
            raise UnknownNameError("condition", name, self.names) from None

    def literal(self, position: int, value: int) -> Literal:
        """The literal of a value of the condition at a place."""
        return Literal(self.names[position], int(value), self.levels[position] > 2)

    def term(self, values: Iterable[int | None]) -> Term:
        """The term of a row; None where the condition is not in the term."""
        return Term(tuple(self.literal(k, v) for k, v in enumerate(values) if v is not None))

    def values(self, term: Term) -> tuple[int | None, ...]:
        """A term as one value a condition; None where the condition is not in the term.

        Raises
        ------
        UnknownNameError
            A condition that is not there.
        InputError
            A value that the condition does not take, or two values of one condition.
        """
        found: list[int | None] = [None] * len(self.names)
        for literal in term.literals:
            k = self.position(literal.condition)
            if not 0 <= literal.value < self.levels[k]:
                raise InputError(
                    Text(
                        f"{literal.condition} takes the values 0 to {self.levels[k] - 1}, not {literal.value}.",
                        f"{literal.condition}的取值为0至{self.levels[k] - 1}，不含{literal.value}。",
                    )
                )
            if found[k] not in (None, literal.value):
                raise InputError(
                    Text(
                        f"{term} gives {literal.condition} two values, so that it never holds.",
                        f"{term}中{literal.condition}有两个取值，该项恒不成立。",
                    )
                )
            found[k] = literal.value
        return tuple(found)


@dataclass(frozen=True, order=True)
class Literal:
    """One value of one condition: ``A``, ``~A``, or ``C{2}`` of a multi-value condition."""

    condition: str
    value: int
    multi: bool = False

    def __str__(self) -> str:
        if self.multi or self.value > 1:
            return f"{self.condition}{{{self.value}}}"
        return self.condition if self.value else f"~{self.condition}"


@dataclass(frozen=True)
class Term:
    """A conjunction of literals, each condition at most once; without literals it always holds.

    Examples
    --------
    >>> str(Term((Literal("A", 1), Literal("B", 0)))), str(Term(()))
    ('A*~B', '1')
    """

    literals: tuple[Literal, ...]

    def __str__(self) -> str:
        return "*".join(str(one) for one in self.literals) or ALWAYS

    def __len__(self) -> int:
        return len(self.literals)

    def __iter__(self) -> Iterator[Literal]:
        return iter(self.literals)

    @property
    def as_mapping(self) -> Mapping[str, int]:
        """Condition -> value."""
        return {one.condition: one.value for one in self.literals}

    def implies(self, other: Term) -> bool:
        """Whether every case with this term has the other: it holds all literals of the other.

        Examples
        --------
        >>> a, b = Literal("A", 1), Literal("B", 0)
        >>> Term((a, b)).implies(Term((a,))), Term((a,)).implies(Term((a, b)))
        (True, False)
        """
        return other.as_mapping.items() <= self.as_mapping.items()

    def meets(self, other: Term) -> bool:
        """Whether some combination has both terms: no condition with two values."""
        mine = self.as_mapping
        return all(mine.get(c, v) == v for c, v in other.as_mapping.items())

    def membership(self, data: Any) -> Any:
        """How far each case has the term: the least of the memberships in its literals.

        Parameters
        ----------
        data
            Frame, index case; a crisp or fuzzy condition holds memberships, a multi-value one values.

        Returns
        -------
        array
            One number between 0 and 1 a case.
        """
        import numpy as np

        found = np.ones(len(data))
        for one in self.literals:
            found = np.minimum(found, literal_membership(one, data[one.condition].to_numpy(dtype=float)))
        return found


def literal_membership(literal: Literal, column: Any) -> Any:
    """How far each case has a literal."""
    if literal.multi:
        return (column == literal.value).astype(float)
    return column if literal.value else 1.0 - column
