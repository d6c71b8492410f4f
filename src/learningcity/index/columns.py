"""The steps that look at one indicator alone: treatment and normalisation of a column.

The plain build and the uncertainty analysis both go through these two functions, so a column that is
computed for a draw equals the column of the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.index.methods import Choice
from learningcity.index.structure import Node

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class FlatError(Exception):
    """Raised by a formula: all values are equal, so there is no scale to be made of them."""


class NotDefinedError(Exception):
    """Raised by a formula: it is not defined for such values; the message is bilingual.

    Parameters
    ----------
    reason
        Why, and what to do instead; names no code, since a formula knows none.
    """

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done to one column.

    Parameters
    ----------
    method
        Name of the method that was used in the end; "" = none was needed.
    low, high
        How many values were moved at the lower and at the upper end.
    note
        More in words, such as the lambda of a Box-Cox transformation.
    """

    method: str = ""
    low: int = 0
    high: int = 0
    note: str = ""


def treat_column(
    x: NDArray[np.float64], node: Node, choice: Choice | None
) -> tuple[NDArray[np.float64], Treatment]:
    """Treat the outliers of one indicator.

    Raises
    ------
    InputError
        The method is not defined for these values; the code is named.
    """
    if choice is None:
        return x, Treatment()
    found: tuple[NDArray[np.float64], Treatment] = _told(node, choice, x, **choice.parameters)
    return found


def normalise_column(x: NDArray[np.float64], node: Node, choice: Choice | None) -> NDArray[np.float64]:
    """Normalise one indicator, its direction included; None = direction alone.

    Raises
    ------
    InputError
        The indicator is flat, or the method is not defined for its values; the code is named.
    """
    if choice is None:
        return x * node.direction
    given = dict(choice.parameters)
    for name in choice.method.needs:
        if given.get(name) is None:
            given[name] = getattr(node, name)
        if given[name] is None:
            raise InputError(
                Text(
                    f"{node.code}: {choice.name} needs {name} in the structure or in the recipe.",
                    f"{node.code}：方法{choice.name}须在结构或方案中给出{name}。",
                )
            )
    found: NDArray[np.float64] = _told(node, choice, x, node.direction, **given)
    return found


def _told(node: Node, choice: Choice, x: Any, *given: Any, **named: Any) -> Any:
    """Call a formula; what it cannot do becomes an error that names the code."""
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            found = choice.method.formula(x, *given, **named)
    except FlatError:
        raise InputError(
            Text(
                f"{node.code}: all values are equal, so {choice.name} has no scale. Leave the indicator "
                "out, or say what a flat one is worth (parameter flat).",
                f"{node.code}：各单位取值相同，{choice.name}无法确定尺度。请剔除该指标，"
                "或用参数flat指定其取值。",
            )
        ) from None
    except NotDefinedError as error:
        raise InputError(Text(f"{node.code}: {error.reason.en}", f"{node.code}：{error.reason.zh}")) from None
    values = found[0] if isinstance(found, tuple) else found
    # A missing value stays missing; a value that turned into none is too large or too small to compute with.
    if not np.array_equal(np.isfinite(values), np.isfinite(x)):
        raise InputError(
            Text(
                f"{node.code}: {choice.name} leaves the range of numbers. Give the indicator in a larger "
                "or smaller unit.",
                f"{node.code}：{choice.name}的结果超出数值范围，请改用更大或更小的计量单位。",
            )
        )
    return found


def refuse_another_unit(node: Node, treatment: Treatment, normalise: Choice | None) -> None:
    """A logarithm cannot be compared with a goalpost, target or reference in the old unit."""
    needs = normalise.method.needs if normalise is not None else ()
    if needs and treatment.method in ("log", "boxcox"):
        name = normalise.name if normalise is not None else ""
        raise InputError(
            Text(
                f"{node.code}: {treatment.method} changed its unit, so {name} no longer fits "
                f'({", ".join(needs)} are in the old unit). Treat it by winsorise with otherwise="moved", '
                "or normalise it by another method.",
                f"{node.code}：{treatment.method}改变了计量单位，{name}所用的{'、'.join(needs)}不再适用。"
                '请改用winsorise（otherwise="moved"）处理，或改用其他标准化方法。',
            )
        )
