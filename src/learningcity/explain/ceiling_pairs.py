"""One condition and one outcome with few levels: the ceiling, what could have been found at all, many pairs judged.

Knows no atlas; :mod:`learningcity.explain.from_atlas.ceilings` hands it what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Progress, Text, UnknownNameError
from learningcity.explain.evidence import VARIANTS
from learningcity.explain.nca import ceiling
from learningcity.explain.nca.geometry import signs

if TYPE_CHECKING:
    import pandas as pd

#: Measures of effort that are taken as a condition, for comparison.
EFFORT = {
    "practices": Text("practices read", "阅读的实践举措数"),
    "sources": Text("sources read", "阅读的来源数"),
}
#: How a pair is repeated without evidence that both sides share.
REPEATS: Mapping[str, Text] = VARIANTS


def one_pair(
    data: pd.DataFrame,
    x: str,
    y: str,
    labels: Mapping[str, Text],
    *,
    method: Any,
    permutations: int,
    seed: int,
    level: float,
    corner: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Draw the ceiling of one pair, or say why nothing can be told of it.

    Parameters
    ----------
    data
        Frame, index case; empty cells are left out of the pair.
    x, y
        Columns.
    labels
        What they are called.
    method, permutations, seed
        As ``ceiling``; without permutations there is no p_value.
    level
        A pair of which the smallest p that any arrangement could have (``ce_fdh``) is above this is degenerate.
    corner
        Which corner is looked at, as ``ceiling``.
    progress
        Told of the shuffles, as that of ``ceiling``.

    Returns
    -------
    dict
        n, effect_size, p_value, p_accuracy, needed, peers, least_p, reason_en, reason_zh.

    Examples
    --------
    >>> import pandas as pd
    >>> flat = pd.DataFrame({"law": [1.0, 1.0, 1.0], "green": [0.0, 1.0, 1.0]})
    >>> words = {"law": Text("law", "法规"), "green": Text("green", "绿色")}
    >>> one_pair(flat, "law", "green", words, method="ce_fdh", permutations=9, seed=0, level=0.05)["reason_en"]
    'all 3 cities with both have the same score of law (1)'
    """
    nan = float("nan")
    found: dict[str, Any] = {
        "n": 0, "effect_size": nan, "p_value": nan, "p_accuracy": nan, "needed": nan, "peers": "", "least_p": nan,
        "reason_en": "", "reason_zh": "",
    }  # fmt: skip
    pair = data[[x, y]].dropna()
    found["n"] = n = len(pair)
    why = None
    if n < 2:
        why = Text(f"{n} city has both" if n else "no city has both", f"两者均有得分的城市仅{n}个")
    for name in (x, y):
        if why is None and pair[name].nunique() < 2:
            value = f"{pair[name].iloc[0]:g}"
            why = Text(
                f"all {n} cities with both have the same score of {labels[name].en} ({value})",
                f"两者均有得分的{n}个城市在{labels[name].zh}上得分相同（{value}）",
            )
    if why is None:
        try:
            why = _drawn(found, pair, x, y, labels, method, permutations, seed, level, corner, progress)
        except UnknownNameError:
            raise
        except InputError as error:
            why = error.text
    if why is not None:
        found["reason_en"], found["reason_zh"] = why.en, why.zh
    return found


def _drawn(
    found: dict[str, Any],
    pair: pd.DataFrame,
    x: str,
    y: str,
    labels: Mapping[str, Text],
    method: Any,
    permutations: int,
    seed: int,
    level: float,
    corner: int,
    progress: Progress | None,
) -> Text | None:
    """Fill in the ceiling; give the reason why it can tell nothing."""
    one = ceiling(pair, x, y, method, corner)
    if one.effect_size > 0 and permutations:
        one = ceiling(pair, x, y, method, corner, permutations=permutations, seed=seed, progress=progress)
    elif one.effect_size == 0 and permutations:
        # Every shuffle does as well as nothing.
        found["p_value"], found["p_accuracy"] = 1.0, 0.0
    # What is asked most of: the highest outcome, or in the lower corners the lowest.
    needed = one.needed(one.y_high if corner in (1, 2) else one.y_low)
    found.update(
        effect_size=one.effect_size, needed=float("nan") if needed is None else needed, peers=";".join(one.peers)
    )  # fmt: skip
    if one.p_value is not None:
        found["p_value"], found["p_accuracy"] = one.p_value, one.p_accuracy
    if one.effect_size != one.effect_size:
        return Text("there is no ceiling of this kind over these scores", "这些得分上不存在此类上限线")
    if method != "ce_fdh":
        return None
    sign_x, sign_y = signs(corner)
    end_x, end_y = (one.x_low if sign_x > 0 else one.x_high), (one.y_high if sign_y > 0 else one.y_low)
    low, high = int((pair[x] == end_x).sum()), int((pair[y] != end_y).sum())
    if low > high:
        found["least_p"] = 1.0
        least_x, most_y = _ENDS[sign_x], _ENDS[-sign_y]
        return Text(
            f"no arrangement leaves the corner empty: {low} of the {len(pair)} cities have the {least_x.en} score of "
            f"{labels[x].en}, and only {high} {'are below' if sign_y > 0 else 'are above'} the {most_y.en} of {labels[y].en}",
            f"任何排列都不会出现空白角：{len(pair)}个城市中有{low}个的{labels[x].zh}得分{least_x.zh}，而{labels[y].zh}"
            f"{'未达' if sign_y > 0 else '高于'}{most_y.zh}分的仅{high}个",
        )
    found["least_p"] = least = least_p((sign_x * pair[x]).tolist(), (sign_y * pair[y]).tolist())
    if least > level:
        return Text(
            f"too few cities differ: even the clearest arrangement of these scores comes about by chance with p = {least:.2g}",
            f"有差异的城市过少：这些得分的任何排列中，最明显者偶然出现的概率也达p = {least:.2g}",
        )
    return None


#: The end of a range that a sign turns to the left or to the floor.
_ENDS = {1: Text("lowest", "最低"), -1: Text("highest", "最高")}


def least_p(x: Sequence[float], y: Sequence[float]) -> float:
    """Chance of the largest empty upper left corner that any arrangement of these values leaves below the steps.

    It is that of the arrangement in which both sides rise together: there the highest outcome among the cases up to
    each level of the condition is as low as it can be. A shuffle is as clear if the cases up to each level have no
    outcome beyond that, whose number is a product of falling factorials.

    Parameters
    ----------
    x, y
        Condition and outcome of each case, in any order; only how often each value occurs matters.

    Returns
    -------
    float
        Smallest p-value that a test of all arrangements could give by ``ce_fdh``.

    Examples
    --------
    >>> least_p([0, 0, 1, 1], [0, 0, 1, 1]), least_p([0, 1, 1, 1], [0, 1, 1, 1]), least_p([0, 0, 0, 1], [0, 1, 1, 1])
    (0.16666666666666666, 0.25, 1.0)
    """
    from math import perm

    places, outcomes = sorted(x), sorted(y)
    chance, below = 1.0, 0
    for value in sorted(set(places))[:-1]:
        upto = places.count(value) + below
        allowed = sum(one <= outcomes[upto - 1] for one in outcomes)
        number = upto - below
        chance *= perm(allowed - below, number) / perm(len(places) - below, number)
        below = upto
    return chance


def judge(frame: pd.DataFrame, level: float, least_effect: float) -> pd.DataFrame:
    """Adjust for the number of pairs, and say what was found and found again.

    Parameters
    ----------
    frame
        One row a pair: condition, theme, kind ("condition" or "effort"), what ``one_pair`` gives, and again = mapping
        of the name of a repetition to what ``one_pair`` gave there.
    level, least_effect
        Of a finding.

    Returns
    -------
    frame
        With q, found, held, effort_effect and the repetitions as columns.
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    asked = (frame["kind"] == "condition") & (frame["reason_en"] == "") & frame["p_value"].notna()
    q = pd.Series(np.nan, index=frame.index)
    if asked.any():
        q[asked] = stats.false_discovery_control(
            frame.loc[asked, "p_value"].to_numpy(dtype=float), method="bh"
        )
    frame = frame.assign(q=q, found=(q <= level) & (frame["effect_size"] >= least_effect))
    names = list(next((a for a in frame["again"] if isinstance(a, dict)), {})) if "again" in frame else []
    held = pd.Series(bool(names), index=frame.index)
    for name in names:
        ones = [a[name] if isinstance(a, dict) else {} for a in frame["again"]]
        frame[f"{name}_effect"] = [o.get("effect_size", float("nan")) for o in ones]
        frame[f"{name}_p"] = [o.get("p_value", float("nan")) for o in ones]
        told = [_held(o, level, least_effect) for o in ones]
        frame[f"{name}_held"] = pd.Series(told, index=frame.index, dtype=object)
        held &= pd.Series([t is True for t in told], index=frame.index)
    effort = (
        frame[(frame["kind"] == "effort") & (frame["p_value"] <= level)].groupby("theme")["effect_size"].max()
    )
    condition = frame["kind"] == "condition"
    frame["effort_effect"] = frame["theme"].map(effort).where(condition).astype(float)
    first = [
        "condition", "theme", "kind", "n", "effect_size", "p_value", "p_accuracy", "q", "found", "needed", "peers",
        "least_p", "reason_en", "reason_zh", "effort_effect",
    ]  # fmt: skip
    frame["held"] = held
    rest = [c for c in frame.columns if c not in (*first, "again", "held")]
    return frame[[*first, *rest, "held"]]


def _held(one: Mapping[str, Any], level: float, least_effect: float) -> bool | None:
    """Whether a repetition finds the pair again; None where it cannot tell."""
    if not one or one["reason_en"] or one["p_value"] != one["p_value"]:
        return None
    return bool(one["p_value"] <= level and one["effect_size"] >= least_effect)
