"""The answer to a choice, asked of the library once and kept in bounded number."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.once import once
from learningcity.web.screens.background.query import BackgroundQuery


def answer(query: BackgroundQuery) -> lc.AtlasBackground:
    """Give all pairs; which of them is open does not change the answer.

    Raises
    ------
    InputError
        No city is left, or no pair can be judged.
    """
    return _answer(query.with_(x="", y=""))


@once(16)
def _answer(query: BackgroundQuery) -> lc.AtlasBackground:
    return lc.atlas_background(
        content.atlas(),
        characteristics=None if query.kind == "all" else query.characteristics,
        coder=query.coder,
        policy=lc.CodingPolicy(timing=query.timing),  # type: ignore[arg-type]
        not_seen=query.not_seen,
        adjust=query.adjust,  # type: ignore[arg-type]
        permutations=int(query.permutations),
        seed=int(query.seed),
    )


def opened(query: BackgroundQuery, found: lc.AtlasBackground) -> Any:
    """The pair that the address opens.

    Raises
    ------
    InputError
        A column of the background that is not used here; the message says why.
    UnknownNameError
        A column that is not there; the nearest are named.
    """
    if not query.x:
        return None
    if query.x in found.coverage.index and not found.coverage.at[query.x, "used"]:
        row = found.coverage.loc[query.x]
        raise lc.InputError(
            lc.Text(
                f"{query.x} is not used here: {row['note_en']}.", f"此处未使用{query.x}：{row['note_zh']}。"
            )
        )
    return found.association.pair(query.x, query.y)


def nearest(found: lc.AtlasBackground) -> tuple[Any, ...]:
    """Judged pairs, least p first."""
    return tuple(sorted(found.association.judged, key=lambda pair: (pair.p or 0.0, pair.name)))
