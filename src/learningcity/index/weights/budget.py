"""Budget allocation: experts hand out points, and the mean of their shares weighs."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.index.methods import method

_NAME = Text("budget allocation", "预算分配法")


@method(
    "weights",
    "budget",
    _NAME,
    properties=("scale free", "shift free"),
    reference="OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en",
)
def budget(normalised: Any, structure: Any, spec: Any = None, *, points: Any) -> dict[str, float]:
    """Weigh by the points of experts.

    Each expert's points count as shares among the children of one parent, so experts weigh alike
    whatever the size of their budget; the weight is the mean of the shares.

    Parameters
    ----------
    normalised
        Units x indicators; not looked at.
    structure
        The tree.
    spec
        The recipe; not looked at.
    points
        Expert -> code -> points, none negative. An expert gives points to all children of a parent or to
        none of them; parents that nobody speaks of keep the weights of the structure. Codes that
        screening left out are passed over.

    Returns
    -------
    dict
        Weights of the codes that got points.

    Raises
    ------
    InputError
        Points that are no numbers or negative, children left out, a budget of nothing: expert and codes
        are named.
    UnknownNameError
        A code that is not in the tree.

    References
    ----------
    OECD & JRC (2008), Handbook on constructing composite indicators, doi 10.1787/9789264043466-en.

    Examples
    --------
    >>> from learningcity.index.structure import Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> budget(None, tree, points={"A": {"skills": 75, "parks": 25}, "B": {"skills": 1, "parks": 1}})
    {'skills': 0.625, 'parks': 0.375}
    """
    from learningcity.index.weights._levels import mapping, siblings_of

    form = Text("points by expert and code", "按专家和代码给出的分数")
    whole = structure if spec is None else spec.structure
    shares: dict[str, list[float]] = {}
    for expert, given in mapping(points, _NAME, form).items():
        who = Text(f"Points of {expert}", f"{expert}的分数")
        own = {str(c): _points(p, str(c), who) for c, p in mapping(given, who, form).items()}
        for code in own:
            whole.node(code)
        own = {c: p for c, p in own.items() if c in structure.by_code}
        for parent, children in siblings_of(own, structure, who).items():
            total = sum(own[c] for c in children)
            if total <= 0:
                raise InputError(
                    Text(
                        f"{who.en}: all children of {parent} got nothing.",
                        f"{who.zh}：{parent}之下全部为零。",
                    )
                )
            for c in children:
                shares.setdefault(c, []).append(own[c] / total)
    return {c: sum(s) / len(s) for c, s in shares.items()}


def _points(given: Any, code: str, who: Text) -> float:
    try:
        number = float("nan") if isinstance(given, bool) else float(given)
    except (TypeError, ValueError):
        number = float("nan")
    if not 0 <= number < float("inf"):
        raise InputError(
            Text(
                f"{who.en}: {code} has {given!r}; give a number, zero or more.",
                f"{who.zh}：{code}为{given!r}，须为不小于零的数字。",
            )
        )
    return number
