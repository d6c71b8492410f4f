"""How far a solution hangs on choices: the analysis again with one thing changed, and with all changed at once.

References
----------
Oana & Schneider (2021), A robustness test protocol for applied QCA, Sociological Methods & Research,
doi 10.1177/00491241211036158.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Progress, Steps, Text, of_kind, share, whole_number
from learningcity.explain.qca.frames import outcome_literal, read_names
from learningcity.explain.qca.robustness_anchors import AnchoredColumns, read_anchored
from learningcity.explain.qca.robustness_plan import Plan, Ranges, Setting
from learningcity.explain.qca.robustness_result import RobustnessResult
from learningcity.explain.qca.terms import Term
from learningcity.explain.qca.truth_halves import AtHalf

if TYPE_CHECKING:
    import pandas as pd

Range = tuple[float, float] | None
#: Draws whose solutions fit into memory; frequency cuts that may be tried of however few cases.
MOST_DRAWS, SMALL = 100_000, 3


def robustness(
    data: Any,
    outcome: str,
    conditions: Sequence[str],
    inclusion_cut: float | tuple[float, float] = 1.0,
    pri_cut: float = 0.0,
    frequency_cut: int = 1,
    *,
    solution: Literal["conservative", "parsimonious", "intermediate"] = "conservative",
    expectations: Mapping[str, Any] | None = None,
    covers: Literal["fewest", "irredundant"] = "fewest",
    exclude: Iterable[Term | str] = (),
    at_half: AtHalf = "refuse",
    model: int = 0,
    inclusion_range: Range = (0.75, 1.0),
    pri_range: Range = (0.0, 0.75),
    frequency_range: tuple[int, int] | None = (1, 3),
    raw: Any = None,
    anchors: Mapping[str, Any] | None = None,
    anchor_range: float = 0.1,
    anchor_steps: int = 5,
    cases: bool = True,
    leave_conditions: bool = True,
    frames: Mapping[str, Any] | None = None,
    draws: int = 0,
    seed: int = 0,
    models: int = 100,
    progress: Progress | None = None,
) -> RobustnessResult:
    """Redo an analysis with one thing changed at a time, and with several changed at once by chance.

    Nothing is dropped in silence: an alternative that gives no solution stays in the result with its reason and
    counts as one in which no term survives.

    Parameters
    ----------
    data, outcome, conditions, inclusion_cut, pri_cut, frequency_cut, at_half
        As for ``truth_table``: the analysis that is tested.
    solution, expectations, covers, exclude
        As for ``minimise``.
    model
        Which of its models, from 0, the core is taken of.
    inclusion_range, pri_range
        Lowest and highest cut to be tried; None = not tried. Between the values that rows have nothing changes, so
        every cut in the range is covered exactly. The range is widened to hold the cut that is tested.
    frequency_range
        Least and largest frequency cut, each whole number between is tried.
    raw
        Frame, index case: raw values of the columns in ``anchors``.
    anchors
        Column (condition or outcome) -> anchors of the direct method as for ``calibrate``, or the result of
        ``calibrate`` of any kind, which needs no ``raw``. These columns are calibrated anew, also for the analysis
        that is tested; where ``data`` holds them too they must agree.
    anchor_range, anchor_steps
        Each anchor moves by up to this share of the range of its raw values, in so many steps to each side,
        short of the next anchor.
    cases, leave_conditions
        Whether each case, and each condition, is left out once. Expectations and exclusions that name a
        condition leave with it.
    frames
        Name -> frame with the same columns: another coder, evidence that condition and outcome do not share,
        another year. Cases may differ.
    draws, seed
        So many runs in which cut-offs, frequency, anchors and frame (the data among them, where there are
        others) are all drawn from their ranges, each value as likely as any other.
    models
        Most models that are looked at of each alternative.
    progress
        Called after each alternative with the number done and their number; may raise
        :class:`~learningcity.core.Stopped`, see :class:`~learningcity.core.Progress`.

    Returns
    -------
    RobustnessResult
        ``.table()`` alternatives, ``.terms()`` and ``.models()`` how often each survives, ``.ranges()`` within
        which nothing changes, ``.core()`` the robust core with its fit, ``.cases()`` robust, shaky and possible cases.

    Raises
    ------
    InputError
        Whatever ``truth_table`` and ``minimise`` refuse in the analysis that is tested; ranges that are none;
        nothing to try; memberships that are not those of the anchors.
    UnknownNameError
        A column or choice that is not there.
    Stopped
        If ``progress`` raises it.

    Notes
    -----
    A solution that holds under every change can still be chance: see ``permutation_test``.

    References
    ----------
    Oana & Schneider (2021), doi 10.1177/00491241211036158. Skaaning (2011), doi 10.1177/0049124111404818.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame(
    ...     {"A": [1, 1, 1, 0, 0, 0], "B": [1, 1, 0, 0, 1, 1], "Y": [1, 1, 0, 0, 0, 0]}, index=list("uvwxyz")
    ... )
    >>> found = robustness(data, "Y", ["A", "B"], solution="parsimonious", frequency_range=None)
    >>> found.core().expression, sum(found.same), len(found.same)
    ('A*B', 6, 9)
    >>> found.table().loc[~found.table()["same"], ["kind", "name", "expression"]]
            kind name expression
    ...
    """
    Steps(progress, 1)  # refuses what cannot be called before anything is done
    names = read_names(conditions, outcome_literal(outcome).condition)
    draws, seed, steps, models = (
        whole_number(draws, "draws"), whole_number(seed, "seed"), whole_number(anchor_steps, "anchor_steps", 1),
        whole_number(models, "models", 1),
    )  # fmt: skip
    if draws > MOST_DRAWS:
        raise InputError(
            Text(
                f"draws is {draws}; give at most {MOST_DRAWS:,}.",
                f"draws为{draws}，最多{MOST_DRAWS:,}次。",
            )
        )
    portion = share(anchor_range, "anchor_range")
    frame, anchored = _calibrated(data, raw, anchors, (*names, outcome_literal(outcome).condition))
    tested = Setting(
        frame, outcome, names, inclusion_cut, pri_cut, frequency_cut, at_half, solution, expectations, covers,
        (exclude,) if isinstance(exclude, str | Term) else tuple(exclude), models,
    )  # fmt: skip
    base = tested.run()
    base.expression(model)
    others = _frames(frames)
    plan = Plan(tested, base, anchored, portion)
    ranges = Ranges(
        _range(inclusion_range, "inclusion_range", base.truth.inclusion_cut),
        _range(pri_range, "pri_range", base.truth.pri_cut),
        _whole_range(frequency_range, base.truth.frequency_cut, len(base.truth.data)),
    )
    todo = [
        *plan.cuts("inclusion_cut", ranges.inclusion, base.truth.inclusion),
        *plan.cuts("pri_cut", ranges.pri, base.truth.pri),
        *plan.frequencies(ranges.frequency),
        *plan.anchors(steps),
        *(plan.cases() if cases else ()),
        *(plan.conditions() if leave_conditions else ()),
        *plan.frames(others),
        *plan.draws(draws, seed, ranges, others),
    ]
    if not todo:
        raise InputError(
            Text(
                "There is nothing to try: give ranges, anchors, frames, or leave cases or conditions out.",
                "没有可供检验的变动：请给出范围、锚点、其他数据表，或启用逐一剔除案例或条件。",
            )
        )
    counted = Steps(progress, len(todo))
    found = []
    for alternative, make in todo:
        try:
            found.append(replace(alternative, solution=make().run()))
        except InputError as error:
            found.append(replace(alternative, failure=error.text))
        counted()
    return RobustnessResult(
        base=base, model=model, alternatives=tuple(found), tried=tuple(plan.tried), seed=seed
    )


def _calibrated(
    data: Any, raw: Any, anchors: Any, known: tuple[str, ...]
) -> tuple[pd.DataFrame, AnchoredColumns]:
    """The data, cases by name, with the columns that anchors are given for."""
    import pandas as pd

    frame = of_kind(data, pd.DataFrame, "data")
    if frame.index.nlevels > 1 or frame.columns.nlevels > 1 or frame.columns.duplicated().any():
        return frame, AnchoredColumns({})  # refused with its reason by truth_table
    frame = frame.rename(columns=str).rename(index=str)
    anchored = read_anchored(frame, raw, anchors, known)
    return anchored.frame(frame, {}), anchored


def _frames(given: Any) -> dict[str, Any]:
    import pandas as pd

    found = {str(k): v for k, v in of_kind({} if given is None else given, Mapping, "frames").items()}
    for name, frame in found.items():
        of_kind(frame, pd.DataFrame, f"frames: {name}")
    return found


def _range(given: Any, what: str, here: float) -> tuple[float, float] | None:
    if given is None:
        return None
    try:
        low, high = (float(v) for v in given)
        if not 0 <= low <= high <= 1:
            raise ValueError
    except (TypeError, ValueError):
        raise InputError(
            Text(
                f"{what} is {given!r}; give two numbers from 0 to 1, the lower first, or None.",
                f"{what}为{given!r}，须为0到1之间由小到大的两个数，或None。",
            )
        ) from None
    return min(low, here), max(high, here)


def _whole_range(given: Any, here: int, cases: int) -> tuple[int, int] | None:
    if given is None:
        return None
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise InputError(
            Text(
                f"frequency_range is {given!r}; give two whole numbers, the lower first, or None.",
                f"frequency_range为{given!r}，须为由小到大的两个整数，或None。",
            )
        )
    low = whole_number(given[0], "frequency_range", 1)
    high = whole_number(given[1], "frequency_range", low)
    if high > max(cases, SMALL):
        raise InputError(
            Text(
                f"frequency_range goes to {high}, but there are {cases} cases; no row can hold more.",
                f"frequency_range上限为{high}，而案例只有{cases}个，任何组合都不可能更多。",
            )
        )
    return min(low, here), max(high, here)
