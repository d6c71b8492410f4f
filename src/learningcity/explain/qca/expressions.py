"""Expressions such as ``A*~B + C{2}``: read, print, negate, multiply out, and say how far each case has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from learningcity.core import InputError, Text
from learningcity.explain.qca.terms import ALWAYS, NAME, Conditions, Literal, Term, literal_membership

#: What the signs of a Chinese keyboard stand for.
WIDE = str.maketrans("～＊＋（）｛｝［］", "~*+(){}[]")
SIGNS = re.compile(r"[~*+(){}\[\]]|[^~*+(){}\[\]]+")
#: Terms that multiplying out may give at most.
MOST_TERMS = 100_000
#: Brackets and negations inside of each other at most.
DEEPEST = 100
#: Figures of the value of a multi-value literal at most.
LONGEST = 4


@dataclass(frozen=True)
class Expression:
    """A logical expression as a tree.

    Parameters
    ----------
    sign
        ``+`` (or), ``*`` (and), or ``""`` for a literal; ``+`` of nothing never holds, ``*`` of nothing always.
    parts
        The parts of an ``+`` or ``*``.
    literal
        The literal.
    """

    sign: str
    parts: tuple[Expression, ...] = ()
    literal: Literal | None = None

    def __str__(self) -> str:
        if self.literal is not None:
            return str(self.literal)
        if not self.parts:
            return ALWAYS if self.sign == "*" else "0"
        if self.sign == "+":
            return " + ".join(str(p) for p in self.parts)
        return "*".join(f"({p})" if p.sign == "+" and p.parts else str(p) for p in self.parts)

    @property
    def names(self) -> tuple[str, ...]:
        """Conditions in it, each once, in the order of their first use."""
        if self.literal is not None:
            return (self.literal.condition,)
        return tuple(dict.fromkeys(n for p in self.parts for n in p.names))

    def membership(self, data: Any) -> Any:
        """How far each case has it: the least over an ``and``, the most over an ``or``.

        Parameters
        ----------
        data
            Frame, index case; memberships, or values of multi-value conditions.

        Returns
        -------
        array
            One number between 0 and 1 a case.
        """
        import numpy as np

        if self.literal is not None:
            return literal_membership(self.literal, data[self.literal.condition].to_numpy(dtype=float))
        if not self.parts:
            return np.full(len(data), 1.0 if self.sign == "*" else 0.0)
        each = [p.membership(data) for p in self.parts]
        return np.max(each, axis=0) if self.sign == "+" else np.min(each, axis=0)

    def negated(self, conditions: Conditions | None = None) -> Expression:
        """The expression that holds exactly where this one does not (De Morgan).

        Parameters
        ----------
        conditions
            Needed for multi-value literals: the negation of ``C{1}`` is every other value of C.
        """
        if self.literal is not None:
            return _other_values(self.literal, conditions)
        return Expression("*" if self.sign == "+" else "+", tuple(p.negated(conditions) for p in self.parts))

    def terms(self) -> tuple[Term, ...]:
        """Multiplied out: a sum of terms none of which implies another, without contradictions such as ``A*~A``.

        Raises
        ------
        InputError
            More than ``MOST_TERMS`` terms.
        """
        return tuple(
            Term(tuple(Literal(c, v, multi) for c, (v, multi) in term.items())) for term in self._products()
        )

    def _products(self) -> list[dict[str, tuple[int, bool]]]:
        if self.literal is not None:
            return [{self.literal.condition: (self.literal.value, self.literal.multi)}]
        if self.sign == "+":
            return _shortest(t for p in self.parts for t in p._products())
        found: list[dict[str, tuple[int, bool]]] = [{}]
        for part in self.parts:
            others = part._products()
            if len(found) * len(others) > MOST_TERMS:
                raise InputError(
                    Text(
                        f"Multiplied out, the expression has more than {MOST_TERMS:,} terms.",
                        f"该表达式展开后超过{MOST_TERMS:,}项。",
                    )
                )
            found = _shortest(
                {**a, **b} for a in found for b in others if all(a.get(c, v)[0] == v[0] for c, v in b.items())
            )
        return found


def _shortest(terms: Iterable[dict[str, tuple[int, bool]]]) -> list[dict[str, tuple[int, bool]]]:
    """Each term once, without those that imply another, shorter ones first.

    A term is looked for under its first literal alone: one that holds it holds that literal too. Terms of one
    length can only be equal, so that a sum of many such terms stays fast.
    """
    ordered = sorted({frozenset(t.items()): t for t in terms}.items(), key=lambda one: len(one[0]))
    kept: list[dict[str, tuple[int, bool]]] = []
    under: dict[object, list[frozenset[object]]] = {}
    waiting: list[frozenset[object]] = []
    for literals, term in ordered:
        if not literals:
            return [term]
        if waiting and len(literals) > len(waiting[0]):
            for one in waiting:
                under.setdefault(min(one, key=str), []).append(one)
            waiting = []
        if not any(k <= literals for literal in literals for k in under.get(literal, ())):
            kept.append(term)
            waiting.append(literals)
    return kept


def _other_values(literal: Literal, conditions: Conditions | None) -> Expression:
    if not literal.multi:
        return Expression("", literal=Literal(literal.condition, 1 - literal.value))
    if conditions is None:
        raise InputError(
            Text(
                f"To negate {literal}, the values that {literal.condition} takes must be known.",
                f"对{literal}取反须知道{literal.condition}的全部取值。",
            )
        )
    k = conditions.position(literal.condition)
    others = [v for v in range(conditions.levels[k]) if v != literal.value]
    return Expression("+", tuple(Expression("", literal=conditions.literal(k, v)) for v in others))


def read_expression(text: str, conditions: Conditions | None = None) -> Expression:
    """Read an expression: ``*`` and, ``+`` or, ``~`` not, brackets; ``C{2}`` or ``C[2]`` a value of a condition.

    Parameters
    ----------
    text
        The expression.
    conditions
        Where given, names and values must be among them, and ``~`` before a multi-value literal or a bracket
        with one is read as every other value.

    Raises
    ------
    InputError
        What cannot be read, with the place.
    UnknownNameError
        A condition that is not there.

    Examples
    --------
    >>> str(read_expression("~(A*B) + C{2}")), [str(t) for t in read_expression("(A + B)*~C").terms()]
    ('~A + ~B + C{2}', ['A*~C', 'B*~C'])
    """
    if not isinstance(text, str):
        raise InputError(
            Text(
                f"expression is {type(text).__name__}; give a text such as 'A*~B + C'.",
                f"expression为{type(text).__name__}，须为文本，例如'A*~B + C'。",
            )
        )
    signs = [s.strip() for s in SIGNS.findall(text.translate(WIDE))]
    reader = _Reader([s for s in signs if s], text, conditions)
    found = reader.sum()
    if reader.at < len(reader.signs):
        reader.refuse()
    return found


def names_in(text: str) -> tuple[str, ...]:
    """Names of the conditions in a text that may not be readable yet without knowing their values.

    Examples
    --------
    >>> names_in("~C{2}*(A + ~B)")
    ('C', 'A', 'B')
    """
    signs = [s.strip() for s in SIGNS.findall(text.translate(WIDE))]
    return tuple(dict.fromkeys(s for s in signs if NAME.fullmatch(s)))


def negate(expression: str | Expression, conditions: Conditions | None = None) -> Expression:
    """The expression that holds where this one does not (De Morgan), multiplied out.

    Products such as ``A*~A`` are left out: in crisp sets nothing is in them. In fuzzy sets a case can have up to
    0.5 of one; ``fit("~(...)", ...)`` and ``Expression.negated`` keep them.

    The negation of a solution follows by logic alone; it is not the solution for the absence of the outcome, which
    has to be looked for among the cases (``truth_table(data, "~Y", ...)``).

    Parameters
    ----------
    expression
        Such as ``A*~B + C``.
    conditions
        Needed for multi-value literals, such as ``Conditions(("C",), (3,))``: the negation of ``C{1}`` is every
        other value of C.

    Raises
    ------
    InputError
        What cannot be read, multi-value literals whose values are not known, more than ``MOST_TERMS`` terms.

    References
    ----------
    Schneider & Wagemann (2012), section 2.4, doi 10.1017/CBO9781139004244.

    Examples
    --------
    >>> str(negate("A*~B + C"))
    '~A*~C + B*~C'
    """
    tree = expression if isinstance(expression, Expression) else read_expression(expression, conditions)
    return sum_of(tree.negated(conditions).terms())


def sum_of(terms: Iterable[Term]) -> Expression:
    """Terms joined by or.

    Examples
    --------
    >>> str(sum_of(read_expression("A*B + C").terms())), str(sum_of(()))
    ('C + A*B', '0')
    """
    products = []
    for term in terms:
        literals = tuple(Expression("", literal=one) for one in term)
        products.append(literals[0] if len(literals) == 1 else Expression("*", literals))
    return products[0] if len(products) == 1 else Expression("+", tuple(products))


def parse(text: str, conditions: Conditions | None = None) -> tuple[Term, ...]:
    """Read an expression and multiply it out; see :func:`read_expression`."""
    return read_expression(text, conditions).terms()


class _Reader:
    """Recursive descent, one method a level of binding."""

    def __init__(self, signs: list[str], text: str, conditions: Conditions | None) -> None:
        self.signs, self.text, self.conditions, self.at, self.depth = signs, text, conditions, 0, 0

    def refuse(self) -> None:
        here = self.signs[self.at] if self.at < len(self.signs) else ""
        read = "".join(self.signs[: self.at])
        raise InputError(
            Text(
                f"The expression {self.text!r} cannot be read "
                + (f"at {here!r} after {read!r}" if here else f"to its end, after {read!r}")
                + "; write it like A*~B + C{2}, with the same number of brackets opened and closed.",
                f"无法读取表达式“{self.text}”"
                + (f"（在“{read}”之后的“{here}”处）" if here else f"（在“{read}”之后中断）")
                + "；写法如A*~B + C{2}，括号须成对。",
            )
        )

    def next(self) -> str:
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def sum(self) -> Expression:
        parts = [self.product()]
        while self.next() == "+":
            self.at += 1
            parts.append(self.product())
        return parts[0] if len(parts) == 1 else Expression("+", tuple(parts))

    def product(self) -> Expression:
        parts = [self.factor()]
        while self.next() == "*":
            self.at += 1
            parts.append(self.factor())
        return parts[0] if len(parts) == 1 else Expression("*", tuple(parts))

    def factor(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise InputError(
                Text(
                    f"The expression has more than {DEEPEST} brackets and negations inside of each other.",
                    f"表达式的括号与取反嵌套超过{DEEPEST}层。",
                )
            )
        found = self.innermost()
        self.depth -= 1
        return found

    def innermost(self) -> Expression:
        sign = self.next()
        if sign == "~":
            self.at += 1
            return self.factor().negated(self.conditions)
        if sign == "(":
            self.at += 1
            found = self.sum()
            if self.next() != ")":
                self.refuse()
            self.at += 1
            return found
        if not sign or sign in "~*+(){}[]":
            self.refuse()
        if sign not in ("0", ALWAYS) and not NAME.fullmatch(sign):
            self.refuse()
        self.at += 1
        if sign in ("0", ALWAYS):
            return Expression("*" if sign == ALWAYS else "+")
        return Expression("", literal=self.literal(sign))

    def literal(self, name: str) -> Literal:
        levels = None
        if self.conditions is not None:
            levels = self.conditions.levels[self.conditions.position(name)]
        if self.next() not in ("{", "["):
            if levels is not None and levels > 2:
                raise InputError(
                    Text(
                        f"{name} takes {levels} values; name one, such as {name}{{1}}.",
                        f"{name}有{levels}个取值，请指明其一，例如{name}{{1}}。",
                    )
                )
            return Literal(name, 1)
        closing = {"{": "}", "[": "]"}[self.next()]
        self.at += 1
        value = self.next()
        if not (value.isascii() and value.isdigit() and len(value) <= LONGEST):
            self.refuse()
        self.at += 1
        if self.next() != closing:
            self.refuse()
        self.at += 1
        if levels is not None and int(value) >= levels:
            raise InputError(
                Text(
                    f"{name} takes the values 0 to {levels - 1}, not {value}.",
                    f"{name}的取值为0至{levels - 1}，不含{value}。",
                )
            )
        return Literal(name, int(value), levels is None or levels > 2)
