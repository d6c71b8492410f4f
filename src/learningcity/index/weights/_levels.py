"""What several weightings share: siblings by parent, from the bottom up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.index.columns import NotDefinedError

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.spec import IndexSpec
    from learningcity.index.structure import Structure


def by_siblings(
    normalised: pd.DataFrame,
    structure: Structure,
    spec: IndexSpec | None,
    rule: Callable[[Any], Any],
    levels: Iterable[int] | None,
) -> dict[str, float]:
    """Weigh the children of each parent by a rule on their columns, the lowest level first.

    Parameters
    ----------
    normalised
        Units x indicators.
    structure
        The tree.
    spec
        Says how aggregates are computed, of which the weights above depend; None = arithmetic means.
    rule
        Array units x siblings, rows complete -> weights; raises NotDefinedError where it has none.
    levels
        Levels whose codes are weighted (1 = indicators); None = all. The others keep their weights.

    Raises
    ------
    InputError
        The rule has no answer, or fewer than three units have all values; the parent is named.
    """
    import numpy as np

    from learningcity.index.build import aggregate_level
    from learningcity.index.spec import IndexSpec

    spec = IndexSpec(structure) if spec is None else spec
    known = set(range(1, structure.height))
    given = levels if isinstance(levels, list | tuple | set | frozenset | range) else [levels]
    unknown = [] if levels is None else [k for k in given if isinstance(k, bool) or k not in known]
    wanted = known if levels is None else set(given)
    if unknown:
        raise InputError(
            Text(
                f"levels: {unknown} are no levels with weights; there are 1 to {structure.height - 1}.",
                f"levels：{unknown}不是有权重的层级，可用1至{structure.height - 1}。",
            )
        )
    weights = dict(structure.weights)
    found = {code: normalised[code].to_numpy() for code in structure.indicators}
    for level in range(2, structure.height + 1):
        for parent in structure.at(level):
            children = structure.children(parent)
            if level - 1 not in wanted or len(children) == 1:
                continue
            x = np.column_stack([found[c] for c in children])
            x = x[~np.isnan(x).any(axis=1)]
            try:
                if len(x) < 3:
                    raise NotDefinedError(
                        Text(
                            f"only {len(x)} units have all values; three are needed.",
                            f"仅{len(x)}个单位取值齐全，至少需要3个。",
                        )
                    )
                weights.update(zip(children, map(float, rule(x)), strict=True))
            except NotDefinedError as error:
                named = ", ".join(children)
                raise InputError(
                    Text(
                        f"Weights under {parent} ({named}): {error.reason.en}",
                        f"{parent}之下的权重（{named}）：{error.reason.zh}",
                    )
                ) from None
        if level < structure.height:
            aggregate_level(found, level, structure, weights, spec)
    return weights


def siblings_of(codes: Iterable[str], structure: Structure, what: Text) -> dict[str, tuple[str, ...]]:
    """Give the parents whose children are named, and hold that none of a family is left out.

    Raises
    ------
    UnknownNameError
        A code that is not in the tree.
    InputError
        Some children of a parent are named and others are not.
    """
    named = set(codes)
    parents = {structure.node(c).parent for c in sorted(named)}
    found = {}
    for parent in structure.aggregates:
        if parent not in parents:
            continue
        children = structure.children(parent)
        missing = [c for c in children if c not in named]
        if missing:
            raise InputError(
                Text(
                    f"{what.en}: {', '.join(missing)} under {parent} are not given; give all or none.",
                    f"{what.zh}：{parent}之下未给出{'、'.join(missing)}，须全部给出或全部不给。",
                )
            )
        found[parent] = children
    return found


def mapping(given: Any, what: Text, form: Text) -> Mapping[Any, Any]:
    """Give a parameter back that must be a mapping with something in it.

    Raises
    ------
    InputError
        It is not.
    """
    if not isinstance(given, Mapping) or not given:
        raise InputError(
            Text(f"{what.en} needs {form.en}, not {given!r}.", f"{what.zh}须给出{form.zh}，而不是{given!r}。")
        )
    return given
