"""How far chance explains what was not seen: one test a city and code, adjusted over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, CodingPolicy
from learningcity.plan.seen import chance_of_none, codes_frame, read_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def surprises(atlas: Atlas, cities: Iterable[str], policy: CodingPolicy | None = None) -> pd.DataFrame:
    """Ask of every code and city how probable it is that so few practices show it in none.

    Parameters
    ----------
    atlas
        The atlas.
    cities
        Cities that are asked about; their practices stay out of the pool.
    policy
        Which practices count.

    Returns
    -------
    frame
        One row a city and code that some awarded city elsewhere shows: city_id, kind, code, label_en, label_zh, and
        for each coder ``p_<coder>`` (1 where it was seen) and ``q_<coder>`` (adjusted over all rows, Benjamini and
        Hochberg). Practices of one city are no independent draws, so that p is a rough guide.

    References
    ----------
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = surprises(lc.load_atlas(), ["ningbo"])
    >>> bool((found["q_A"] >= found["p_A"]).all())
    True
    """
    import pandas as pd

    wanted = list(cities)
    read = read_codes(atlas, policy or CodingPolicy())
    frame = pd.MultiIndex.from_product([wanted, range(len(codes_frame()))]).to_frame(
        False, ["city_id", "_at"]
    )
    frame = frame.join(codes_frame(), on="_at").drop(columns="_at")
    pairs = list(frame[["city_id", "kind", "code"]].itertuples(index=False, name=None))
    carried: set[tuple[str, str]] = set()
    for coder, rows in read.items():
        pool = [r for r in rows if r.counted and r.city in atlas.first_award and r.city not in wanted]
        carrying: dict[tuple[str, str], int] = {}
        for r in pool:
            for code in r.codes:
                carrying[code] = carrying.get(code, 0) + 1
        carried |= set(carrying)
        counted = {c: [r for r in rows if r.counted and r.city == c] for c in wanted}
        seen = {c: frozenset(code for r in mine for code in r.codes) for c, mine in counted.items()}
        frame[f"p_{coder}"] = [
            1.0
            if (k, c) in seen[city]
            else chance_of_none(len(pool), carrying.get((k, c), 0), len(counted[city]))
            for city, k, c in pairs
        ]
    frame = frame[[(k, c) in carried for _, k, c in pairs]].reset_index(drop=True)
    return frame.assign(**{f"q_{coder}": adjusted(frame[f"p_{coder}"]) for coder in read})


def adjusted(p: Any) -> Any:
    """Adjust p-values so that of all found at a level at most that share is false (Benjamini and Hochberg).

    Examples
    --------
    >>> adjusted([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    import numpy as np

    values = np.asarray(p, dtype=float)
    order = np.argsort(-values, kind="stable")
    n = len(values)
    scaled = values[order] * n / np.arange(n, 0, -1)
    found = np.empty(n)
    found[order] = np.minimum.accumulate(np.minimum(scaled, 1.0)) if n else scaled
    return found
