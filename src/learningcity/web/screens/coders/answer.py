"""The agreement of the coders, asked of the library once for each choice."""

from __future__ import annotations

import learningcity as lc
from learningcity.web import content
from learningcity.web.once import once
from learningcity.web.screens.coders.query import CodersQuery


def answer(query: CodersQuery) -> lc.AtlasAgreement:
    """Give all variables; which of them is open does not change the answer.

    Raises
    ------
    InputError
        Fewer than two coders.
    UnknownNameError
        No such variable.
    """
    found = _answer(query.with_(variable=""))
    if query.variable and query.variable not in found.frame.index:
        raise lc.UnknownNameError("column", query.variable, found.frame.index)
    return found


@once(8)
def _answer(query: CodersQuery) -> lc.AtlasAgreement:
    return lc.atlas_agreement(
        content.atlas(),
        lc.CodingPolicy(timing=query.timing),  # type: ignore[arg-type]
        draws=int(query.draws),
        seed=int(query.seed),
    )
