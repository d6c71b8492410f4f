"""The recipe of an index as a value: two equal specs give equal results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError
from learningcity.index.methods import Choice
from learningcity.index.structure import Structure

#: Level (or, before aggregation, code of an indicator) -> choice; ``None`` is for all the rest.
Choices = Mapping[Any, Choice]


@dataclass(frozen=True)
class IndexSpec:
    """Everything that makes an index out of a table of values.

    The steps are taken in this order: screen, denominate, impute, treat, normalise, weight, aggregate.

    Parameters
    ----------
    structure
        The tree, with directions and weights.
    screen
        Units and indicators that are left out for want of data: see :func:`learningcity.index.screen`.
    denominate
        A frame of denominators (index unit), by which the indicators are divided that name one in the
        structure; or a mapping from indicator to the code of a denominator, with the frame under
        ``"by"``. None = nothing is divided.
    impute, treat
        A method by name, or ``(name, parameters)``, or a mapping from indicator to either. None = none.
    normalise
        A method by name, or ``(name, parameters)``; or a mapping from level (1 = indicators) or from
        the code of an indicator to either; ``None`` as a key stands for all the others.
    weights
        None = those of the structure; a method by name ("equal", "pca", ...), ``(name, parameters)``,
        or a mapping from code to weight as written (codes left out keep theirs).
    aggregate
        A method by name, or ``(name, parameters)``; or a mapping from the level that is built (2 = out
        of indicators) to either; ``None`` as a key stands for all the others.

    Raises
    ------
    InputError
        A step that cannot be read; methods, parameters, levels and codes are checked at once.

    Examples
    --------
    >>> tree = Structure.of({"INDEX": ["a", "b"]})
    >>> IndexSpec(tree, normalise=("minmax", {"upper": 1.0})).normalise_at("a").name
    'minmax'
    """

    structure: Structure
    screen: Any = None
    denominate: Any = None
    impute: Any = None
    treat: Any = None
    normalise: Any = "minmax"
    weights: Any = None
    aggregate: Any = "arithmetic"
    _read: dict[str, Choices] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.structure, Structure):
            raise InputError(
                Text(
                    f"structure is {type(self.structure).__name__}; give a Structure, "
                    "such as that of read_coin_tables.",
                    f"structure为{type(self.structure).__name__}，须为Structure，例如read_coin_tables所得。",
                )
            )
        levels = range(1, self.structure.height + 1)
        indicators = self.structure.indicators
        for step, keys in (
            ("impute", (*indicators,)),
            ("treat", (*indicators,)),
            ("normalise", (*indicators, *levels[:-1])),
            ("aggregate", (*levels[1:],)),
        ):
            self._read[step] = _choices(step, getattr(self, step), keys)
        self._check_weights()

    def _check_weights(self) -> None:
        given = self.weights
        if given is None or isinstance(given, str | list | tuple | Choice):
            if given is not None:
                Choice.read("weights", given)
            return
        if not isinstance(given, Mapping):
            raise InputError(
                Text(
                    f"weights is {given!r}; give None, a method, or weights by code.",
                    f"weights为{given!r}，须为None、方法名称或按代码给出的权重。",
                )
            )
        self.structure.reweighted({str(k): v for k, v in given.items()})

    def impute_at(self, code: str) -> Choice | None:
        """How missing cells of an indicator are filled; None = they stay empty."""
        return self._at("impute", code)

    def treat_at(self, code: str) -> Choice | None:
        """How outliers of an indicator are treated; None = not at all."""
        return self._at("treat", code)

    def normalise_at(self, place: str | int) -> Choice | None:
        """How an indicator, or all codes of a level above, are normalised; None = as they are."""
        found = self._read["normalise"]
        if isinstance(place, str):
            return found.get(place) or found.get(1) or found.get(None)
        # Without a word on it, aggregates are not normalised again.
        return found.get(place)

    def aggregate_at(self, level: int) -> Choice:
        """How the codes of a level are made out of those below."""
        found = self._read["aggregate"]
        return found.get(level) or found.get(None) or Choice.read("aggregate", "arithmetic")

    def _at(self, step: str, code: str) -> Choice | None:
        found = self._read[step]
        return found.get(code) or found.get(None)

    def replace(self, **changes: Any) -> IndexSpec:
        """The same recipe with some fields changed."""
        known = ("structure", "screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate")
        for name in changes:
            if name not in known:
                raise UnknownNameError("option", name, known)
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """The recipe as plain values, the structure as rows: what a result keeps and a file holds."""
        from learningcity.core import plain

        return {
            "structure": plain(self.structure.to_frame()),
            "screen": plain(self.screen),
            "denominate": plain(self.denominate),
            **{s: _plain_choices(self._read[s]) for s in ("impute", "treat", "normalise", "aggregate")},
            "weights": plain(dict(self.weights) if isinstance(self.weights, Mapping) else self.weights),
        }


def _choices(step: str, given: Any, keys: tuple[Any, ...]) -> Choices:
    """Read one field: one choice for all, or a mapping by level or code."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        return {None: Choice.read(step, given)}
    found = {}
    for key, one in given.items():
        place = _key(key, keys)
        if place is not None and place not in keys:
            kind = "level" if isinstance(place, int) else "code"
            raise UnknownNameError(kind, key, [str(k) for k in keys])
        if one is not None:
            found[place] = Choice.read(step, one)
    return found


def _key(key: Any, keys: tuple[Any, ...]) -> Any:
    """Files write levels as texts: "2" is the level 2 where no code is called so."""
    if isinstance(key, str) and key not in keys and key.isdigit():
        return int(key)
    return None if key in (None, "", "*") else key


def _plain_choices(found: Choices) -> Any:
    if set(found) <= {None}:
        return next((c.to_plain() for c in found.values()), None)
    return {"*" if k is None else str(k): c.to_plain() for k, c in found.items()}
