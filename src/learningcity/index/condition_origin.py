"""Where condition scores come from: a table of origins whose cells are opened when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.core import Emptiness

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ConditionCell:
    """Where one condition score comes from.

    Parameters
    ----------
    practices, sources
        Practices that count towards the score, and their sources.
    disagree
        Whether the scores of several coders differ.
    emptiness
        Why there is no score, where no practice speaks of the condition.
    evidence
        What ``atlas.condition_evidence`` gives, one result a coder.
    """

    practices: tuple[str, ...]
    sources: tuple[str, ...]
    disagree: bool
    emptiness: Emptiness | None
    evidence: tuple[Any, ...]
    kind: str = "condition"
    year: int | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConditionOrigin:
    """A table of origins, cities x conditions, whose cells are opened when somebody asks: ``at[city, code]``.

    Parameters
    ----------
    atlas, policy, coder
        Whose scores these are.
    index, columns
        Cities and conditions.
    """

    atlas: Any = field(repr=False)
    policy: Any
    coder: str
    index: pd.Index
    columns: pd.Index

    @property
    def at(self) -> ConditionOrigin:
        """The table itself, so that a cell is asked for as in a frame."""
        return self

    def __getitem__(self, place: tuple[str, str]) -> ConditionCell:
        city, code = place
        coders = sorted(set(self.atlas.codes["coder"])) if self.coder == "mean" else [self.coder]
        found = tuple(self.atlas.condition_evidence(city, code, self.policy, c) for c in coders)
        counted = [e.practices[e.practices["counted"] == "yes"] for e in found]
        scores = [e.score for e in found]
        silent = all(not len(e.practices) for e in found) and any(e.practices_coded for e in found)
        return ConditionCell(
            practices=tuple(dict.fromkeys(p for rows in counted for p in rows["practice_id"])),
            sources=tuple(dict.fromkeys(s for rows in counted for s in rows["source_id"])),
            disagree=any(s != scores[0] and not (s != s and scores[0] != scores[0]) for s in scores),
            emptiness=Emptiness.NOT_SEEN if silent else None,
            evidence=found,
        )
