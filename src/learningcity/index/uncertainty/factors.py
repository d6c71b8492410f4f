"""What is uncertain: the choices of a caller, read into named factors with probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.index.imputation import JOINT
from learningcity.index.methods import Choice
from learningcity.index.spec import IndexSpec, _key
from learningcity.index.structure import Structure

#: Fields of the recipe that may vary, in the order of the steps.
FIELDS = ("screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate")
NAMES = ("coders", "sources", *FIELDS, "drop")
_STEPS = ("impute", "treat", "normalise", "aggregate")


@dataclass(frozen=True)
class Factor:
    """One choice that is drawn among named alternatives.

    Parameters
    ----------
    name
        What it is called: the field, and the level or code that it is for, such as "aggregate 3".
    field, place
        The field of the recipe, and the level or code within it; None = the whole field.
    values, labels, probabilities
        The alternatives, what they are called, how likely each is; these sum to one.
    """

    name: str
    field: str
    place: Any
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the table for which sources give several values."""

    unit: str
    code: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Factors:
    """All that varies.

    Parameters
    ----------
    factors
        Choices among alternatives.
    noise
        Half-width of the factor on each weight, by code; empty = weights carry no noise.
    concentration
        Of the Dirichlet distribution of the weights within each parent; None = not so drawn.
    cells
        Cells in which sources disagree, drawn one by one.
    """

    factors: tuple[Factor, ...]
    noise: Mapping[str, float]
    concentration: float | None
    cells: tuple[Cell, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of everything that is drawn, noise and cells included."""
        found = [f.name for f in self.factors]
        if self.noise or self.concentration is not None:
            found.append("weights" if "weights" not in found else "noise of weights")
        return (*found, *(("sources",) if self.cells else ()))


def read_choices(choices: Any, spec: IndexSpec, values: Any) -> Factors:
    """Read the choices of a caller.

    Raises
    ------
    InputError
        Choices that are no mapping, without alternatives, with probabilities that are none.
    UnknownNameError
        A key, method, level or code that is not there.
    """
    if not isinstance(choices, Mapping):
        raise InputError(
            Text(
                f"choices is {type(choices).__name__}; give a mapping such as "
                "{'normalise': ['minmax', 'zscore']}.",
                f"choices为{type(choices).__name__}，须为映射，例如{{'normalise': ['minmax', 'zscore']}}。",
            )
        )
    found: list[Factor] = []
    noise: dict[str, float] = {}
    concentration: float | None = None
    cells: tuple[Cell, ...] = ()
    for name, given in choices.items():
        if name not in NAMES:
            raise UnknownNameError("option", name, NAMES)
        if name == "sources":
            cells = disagreeing(values, spec.structure) if given else ()
        elif name == "weights" and isinstance(given, Mapping) and {"noise", "dirichlet"} & {*given}:
            noise, concentration, rest = _spread_of(given, spec)
            if rest is not None:
                found += _factors(name, rest, spec)
        else:
            found += _factors(name, given, spec)
    if cells and "coders" in choices:
        raise InputError(
            Text(
                "sources and coders cannot both be drawn: frames of coders have no sources in their cells.",
                "sources与coders不能同时抽取：编码员的数据表没有来源信息。",
            )
        )
    order = {n: i for i, n in enumerate(NAMES)}
    found.sort(key=lambda f: order[f.field])
    return Factors(tuple(found), noise, concentration, cells)


def disagreeing(values: Any, structure: Structure) -> tuple[Cell, ...]:
    """The cells of a FactTable for which sources give more than one value."""
    origin = getattr(values, "origin", None)
    if origin is None or not hasattr(origin, "items"):
        raise InputError(
            Text(
                "sources can be drawn from a FactTable (atlas.table), which knows the facts of each cell.",
                "只有FactTable（atlas.table所得）才记录各单元格的来源，方可抽取sources。",
            )
        )
    found = []
    for code in structure.indicators:
        if code not in origin.columns:
            continue
        for unit, cell in origin[code].items():
            given = tuple(float(v) for _, v in getattr(cell, "alternatives", ()))
            if getattr(cell, "disagree", False) and len(set(given)) > 1:
                found.append(Cell(str(unit), code, given))
    return tuple(found)


def _spread_of(given: Mapping[Any, Any], spec: IndexSpec) -> tuple[dict[str, float], float | None, Any]:
    for key in given:
        if key not in ("noise", "dirichlet", "of"):
            raise UnknownNameError("option", key, ("noise", "dirichlet", "of"))
    if "noise" in given and "dirichlet" in given:
        raise InputError(
            Text("weights: give noise or dirichlet, not both.", "weights：noise与dirichlet只能取其一。")
        )
    if "dirichlet" in given:
        size = _number("dirichlet", given["dirichlet"])
        by_method = not (spec.weights is None or isinstance(spec.weights, Mapping))
        if size <= 0 or given.get("of") is not None or by_method:
            raise InputError(
                Text(
                    "weights: dirichlet takes a concentration above 0 around weights as written, "
                    "without alternatives.",
                    "weights：dirichlet须为正的集中参数，以给定权重为中心，且不含其他备选。",
                )
            )
        return {}, size, None
    levels: Any = given["noise"]
    tree = spec.structure
    if not isinstance(levels, Mapping):
        levels = dict.fromkeys(range(1, tree.height), levels)
    noise = {}
    for level, width in levels.items():
        place = _key(level, tuple(range(1, tree.height)))
        if place not in range(1, tree.height):
            raise UnknownNameError("level", level, [str(k) for k in range(1, tree.height)])
        size = _number("noise", width)
        if not 0 <= size < 1:
            raise InputError(
                Text(
                    f"weights: noise is {width!r}; give 0 or more and less than 1.",
                    f"weights：noise为{width!r}，须不小于0且小于1。",
                )
            )
        noise.update(dict.fromkeys(tree.at(place), size))
    return noise, None, given.get("of")


def _number(name: str, given: Any) -> float:
    if not _is_number(given) or not abs(given) < float("inf"):
        raise InputError(
            Text(f"weights: {name} is {given!r}; give a number.", f"weights：{name}为{given!r}，须为数字。")
        )
    return float(given)


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _factors(name: str, given: Any, spec: IndexSpec) -> list[Factor]:
    """One factor; or one a level or code, where alternatives are given by place."""
    if name == "coders":
        if not isinstance(given, Mapping) or not given:
            raise InputError(
                Text(
                    "coders: give a frame for each coder, such as {'A': frame, 'B': other}.",
                    "coders：须按编码员给出数据表，例如{'A': frame, 'B': other}。",
                )
            )
        share = 1.0 / len(given)
        labels = tuple(str(k) for k in given)
        return [Factor(name, name, None, tuple(given.values()), labels, (share,) * len(given))]
    if name in _STEPS and isinstance(given, Mapping) and not all(map(_is_number, given.values())):
        return [_factor(f"{name} {place}", name, place, below, spec) for place, below in given.items()]
    return [_factor(name, name, None, given, spec)]


def _factor(name: str, field: str, place: Any, given: Any, spec: IndexSpec) -> Factor:
    if isinstance(given, Mapping):
        values, likely = tuple(given), [v if _is_number(v) else float("nan") for v in given.values()]
    elif isinstance(given, list):
        values, likely = tuple(given), [1.0] * len(given)
    else:
        raise InputError(
            Text(
                f"{name}: give a list of alternatives, or {{alternative: probability}}, not {given!r}.",
                f"{name}：须为备选方案的列表，或{{备选方案: 概率}}，而不是{given!r}。",
            )
        )
    total = sum(likely)
    if not values or not 0 < total < float("inf") or any(not v >= 0 for v in likely):
        raise InputError(
            Text(
                f"{name}: give at least one alternative, with probabilities of 0 or more that are not all 0.",
                f"{name}：至少须有一个备选方案，概率须为非负且不全为0。",
            )
        )
    if field == "impute":
        values, likely = _sets(values, likely)
    if field == "drop":
        values = tuple(_dropped(v, spec.structure) for v in values)
        labels = tuple(", ".join(v) or "none" for v in values)
    else:
        for value in values:
            with_value(spec, field, place, value)
        labels = tuple(_label(field, v) for v in values)
    return Factor(name, field, place, values, labels, tuple(v / total for v in likely))


def _sets(values: tuple[Any, ...], likely: list[float]) -> tuple[tuple[Any, ...], list[float]]:
    """Multiple imputation stands for its data sets, each as likely as the other."""
    found: list[Any] = []
    shares: list[float] = []
    for value, share in zip(values, likely, strict=True):
        choice = None if value is None or isinstance(value, Mapping) else Choice.read("impute", value)
        if choice is None or choice.name != "multiple":
            found.append(value)
            shares.append(share)
            continue
        sets = int(choice.parameters["sets"])
        for k in range(sets):
            one = {**choice.parameters, "sets": 1, "seed": choice.parameters["seed"] + k}
            found.append(("multiple", one))
            shares.append(share / sets)
    return tuple(found), shares


def with_value(spec: IndexSpec, field: str, place: Any, value: Any) -> IndexSpec:
    """The recipe with one alternative in its place; checks the alternative at the same time."""
    if place is None:
        return spec.replace(**{field: value})
    own = getattr(spec, field)
    kept = dict(own) if isinstance(own, Mapping) else {None: own}
    keys = (*spec.structure.indicators, *range(1, spec.structure.height + 1))
    place = _key(place, keys)
    return spec.replace(**{field: {**{_key(k, keys): v for k, v in kept.items()}, place: value}})


def looks_across(spec: IndexSpec, factors: Factors) -> bool:
    """Say whether a step before treatment can take the value of one indicator to fill or drop another.

    Screening counts what is missing, which no source changes, unless it counts zeros; denominators
    stand in a table of their own; some imputations take columns one by one.
    """
    screens = [spec.screen, *(v for f in factors.factors if f.field == "screen" for v in f.values)]
    if any(isinstance(rule, Mapping) and rule.get("non_zero") is not None for rule in screens):
        return True
    specs = [spec]
    for factor in factors.factors:
        if factor.field == "impute":
            specs += [with_value(spec, "impute", factor.place, value) for value in factor.values]
    choices = (one.impute_at(code) for one in specs for code in spec.structure.indicators)
    return any(choice is not None and choice.name in JOINT for choice in choices)


def _dropped(given: Any, structure: Structure) -> tuple[str, ...]:
    named = () if given is None else (given,) if isinstance(given, str) else tuple(given)
    for code in named:
        structure.node(code)
    if named:
        structure.without(named)
    return named


def _label(field: str, value: Any) -> str:
    if field in _STEPS and value is not None and not isinstance(value, Mapping):
        return str(Choice.read(field, value))
    if hasattr(value, "columns"):
        return f"frame of {', '.join(map(str, value.columns))}"
    return "none" if value is None else str(value)
