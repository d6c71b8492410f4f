"""The answer to a choice, asked of the library once and kept in bounded number."""

from __future__ import annotations

from typing import Any, cast

import learningcity as lc
from learningcity.web import content, waiting
from learningcity.web.screens.background.query import BackgroundQuery

JUDGING = lc.Text(
    "Every pair of background and characteristic, each shuffled up to {n:,} times",
    "背景与特征的全部变量对，每对至多随机置换{n:,}次",
)


def asked(query: BackgroundQuery, ask: waiting.Ask) -> lc.AtlasBackground | None:
    """Give all pairs, whichever of them is open; None where they are not there yet.

    Raises
    ------
    InputError
        No city is left, or no pair can be judged.
    """
    return cast("lc.AtlasBackground | None", ask(work(query.with_(x="", y=""))))


def answer(query: BackgroundQuery) -> lc.AtlasBackground:
    """Give all pairs to whoever cannot wait in a page; see :func:`asked`."""
    return cast(lc.AtlasBackground, asked(query, waiting.now))


def work(query: BackgroundQuery) -> waiting.Long:
    """All pairs as work that a page may wait for."""
    atlas = content.atlas()

    def make(progress: lc.Progress) -> lc.AtlasBackground:
        return lc.atlas_background(
            atlas,
            query.indicators or None,
            characteristics=None if query.kind == "all" else query.characteristics,
            coder=query.coder,
            policy=lc.CodingPolicy(timing=query.timing),  # type: ignore[arg-type]
            not_seen=query.not_seen,
            adjust=query.adjust,  # type: ignore[arg-type]
            permutations=int(query.permutations),
            seed=int(query.seed),
            progress=progress,
        )

    return waiting.Long("background", query, make, JUDGING.format(n=int(query.permutations)))


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
