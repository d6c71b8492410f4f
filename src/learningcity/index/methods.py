"""One table of all methods: each module under a step registers one function, and that is all.

A method is a formula with a name. Adding one means adding a module with one decorated function; menus,
documentation, checks of parameters and the command line read this table.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from numbers import Real
from pkgutil import iter_modules
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError

#: Steps whose methods are looked up by name, and the package that holds them.
STEPS = ("impute", "treat", "normalise", "weights", "aggregate")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of one step.

    Parameters
    ----------
    step, name
        Where it belongs and what it is called in a spec.
    label
        What people read.
    formula
        The function itself; its keyword arguments with defaults are the parameters.
    parameters
        Names of the parameters with their defaults.
    properties
        Which properties hold, in the words of ``PROPERTIES``; each is tested.
    reference
        The paper, with its DOI.
    needs
        Columns of the structure that the method reads for each indicator ("target", "lower", ...); each
        is a parameter, too, and what the recipe gives goes before what the structure says.
    """

    step: str
    name: str
    label: Text
    formula: Callable[..., Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    properties: frozenset[str] = frozenset()
    reference: str = ""
    needs: tuple[str, ...] = ()


#: Properties that a method may claim; ``tests/index/test_properties_of_methods.py`` holds each claim, and asks
#: for a counter-example to each that is not claimed.
PROPERTIES = {
    "scale free": Text("unchanged when an indicator is measured in another unit", "与计量单位无关"),
    "shift free": Text("unchanged when a constant is added to an indicator", "加减常数不变"),
    "monotone": Text("never falls when one value rises", "单调不减"),
    "order": Text("keeps the order of the units", "保持单位次序"),
    "bounded": Text("stays within stated limits", "取值有界"),
    "compensatory": Text("a low value can be made up by a high one", "可互相补偿"),
    "not compensatory": Text("a low value cannot be made up in full", "不可完全补偿"),
    "weights": Text("only proportions of weights count", "只取决于权重比例"),
    "independent": Text("a unit's value does not depend on the other units", "与其他单位无关"),
}

_TABLE: dict[str, dict[str, Method]] = {}
_LOADED: set[str] = set()


def method(
    step: str,
    name: str,
    label: Text,
    *,
    properties: tuple[str, ...] = (),
    reference: str = "",
    needs: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a formula as a method of a step; its keyword-only arguments are its parameters."""

    def register(formula: Callable[..., Any]) -> Callable[..., Any]:
        parameters = {
            p.name: p.default
            for p in inspect.signature(formula).parameters.values()
            if p.kind is p.KEYWORD_ONLY
        }
        unknown = set(properties) - set(PROPERTIES)
        if unknown:
            raise ValueError(f"{step} {name} claims properties that nobody tests: {sorted(unknown)}")
        found = Method(step, name, label, formula, parameters, frozenset(properties), reference, needs)
        _TABLE.setdefault(step, {})[name] = found
        return formula

    return register


def methods(step: str) -> Mapping[str, Method]:
    """All methods of a step by name, in the order of their names."""
    if step not in STEPS:
        raise UnknownNameError("step", step, STEPS)
    if step not in _LOADED:
        package = import_module(f"learningcity.index.{step}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
        _LOADED.add(step)
    return dict(sorted(_TABLE.get(step, {}).items()))


def find(step: str, name: str) -> Method:
    """Give one method.

    Raises
    ------
    UnknownNameError
        No such method; the nearest are named.
    """
    known = _TABLE[step] if step in _LOADED else methods(step)
    if name not in known:
        raise UnknownNameError("method", name, sorted(known))
    return known[name]


@dataclass(frozen=True)
class Choice:
    """A method by name with its parameters, all defaults filled in, so that equal choices are equal.

    Examples
    --------
    >>> Choice.read("normalise", ("minmax", {"upper": 1.0})).parameters["upper"]
    1.0
    """

    step: str
    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, step: str, given: Any) -> Choice:
        """Take a name, a pair of name and parameters, or a choice.

        Raises
        ------
        UnknownNameError
            No such method or parameter.
        InputError
            Neither a name nor a pair.
        """
        if isinstance(given, Choice):
            return given
        name, parameters = given, {}
        if isinstance(given, list | tuple) and len(given) == 2 and isinstance(given[1], Mapping):
            name, parameters = given[0], {k: _comparable(v) for k, v in given[1].items()}
        if not isinstance(name, str):
            raise InputError(
                Text(
                    f"{step} takes a method by name, or (name, parameters), not {given!r}.",
                    f"{step}须为方法名称，或（名称，参数），而不是{given!r}。",
                )
            )
        found = find(step, name)
        for one in parameters:
            if one not in found.parameters:
                raise UnknownNameError("parameter", one, found.parameters)
        missing = [
            p
            for p, default in found.parameters.items()
            if default is inspect.Parameter.empty and p not in parameters
        ]
        if missing:
            raise InputError(
                Text(
                    f"{step} {name} needs {', '.join(missing)}.",
                    f"{step}方法{name}须给出{'、'.join(missing)}。",
                )
            )
        for one, most in _LIMITS.items():
            if one in parameters and one in found.parameters:
                _in_range(step, name, one, parameters[one], most, none=found.parameters[one] != 0)
        return cls(step, name, {**found.parameters, **parameters})

    @property
    def method(self) -> Method:
        """The method behind the name."""
        return find(self.step, self.name)

    def __hash__(self) -> int:
        return hash((self.step, self.name, repr(sorted(self.parameters.items(), key=str))))

    def __str__(self) -> str:
        known = self.method.parameters
        given = {k: v for k, v in self.parameters.items() if k not in known or v is not known[k]}
        shown = ", ".join(f"{k}={v!r}" for k, v in given.items() if v != known.get(k))
        return f"{self.name}({shown})" if shown else self.name

    def to_plain(self) -> Any:
        """As a spec writes it: the name alone, or the name with the parameters that differ."""
        known = self.method.parameters
        given = {k: v for k, v in self.parameters.items() if repr(v) != repr(known.get(k))}
        return [self.name, given] if given else self.name


#: Parameters that are compared with computed numbers, so that anything else would pass or fail in silence.
_LIMITS = {"minimum_available": 1.0, "limit": float("inf")}


def _in_range(step: str, name: str, parameter: str, given: Any, most: float, none: bool) -> None:
    """Refuse what is no number between 0 and the most; None passes where it says "any"."""
    if given is None and none:
        return
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= float(given) <= most:
        en = "a number from 0 to 1" if most == 1 else "a number of 0 or more, or nothing"
        zh = "0至1之间的数字" if most == 1 else "非负数，或不设"
        raise InputError(
            Text(
                f"{step} {name}: {parameter} is {given!r}; give {en}.",
                f"{step}方法{name}：{parameter}为{given!r}，须为{zh}。",
            )
        )


def _comparable(value: Any) -> Any:
    """A series by unit becomes a mapping, so that equal choices are equal."""
    if hasattr(value, "to_dict") and getattr(getattr(value, "index", None), "is_unique", False):
        return {str(k): v for k, v in value.to_dict().items()}
    return value
