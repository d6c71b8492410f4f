"""The agreement of the coders, asked of the library once for each choice."""

from __future__ import annotations

from typing import cast

import learningcity as lc
from learningcity.web import content, waiting
from learningcity.web.screens.coders.query import CodersQuery

MEASURING = lc.Text(
    "Agreement on each variable, with whole cities drawn {n:,} times", "各变量的一致性，按城市整体抽取{n:,}次"
)


def asked(query: CodersQuery, ask: waiting.Ask) -> lc.AtlasAgreement | None:
    """Give all variables, whichever of them is open; None where they are not there yet.

    Raises
    ------
    InputError
        Fewer than two coders.
    """
    return cast("lc.AtlasAgreement | None", ask(work(query.with_(variable=""))))


def answer(query: CodersQuery) -> lc.AtlasAgreement:
    """Give all variables to whoever cannot wait in a page; see :func:`asked`."""
    return cast(lc.AtlasAgreement, asked(query, waiting.now))


def work(query: CodersQuery) -> waiting.Long:
    """All variables as work that a page may wait for."""
    atlas = content.atlas()

    def make(progress: lc.Progress) -> lc.AtlasAgreement:
        policy = lc.CodingPolicy(timing=query.timing)  # type: ignore[arg-type]
        return lc.atlas_agreement(
            atlas, policy, draws=int(query.draws), seed=int(query.seed), progress=progress
        )

    return waiting.Long("agreement", query, make, MEASURING.format(n=int(query.draws)))


def opened(query: CodersQuery, found: lc.AtlasAgreement) -> str:
    """The variable that the address opens; "" = none.

    Raises
    ------
    UnknownNameError
        No such variable.
    """
    if query.variable and query.variable not in found.frame.index:
        raise lc.UnknownNameError("column", query.variable, found.frame.index)
    return query.variable
