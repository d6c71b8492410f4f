"""Who may apply: every city of the network and of the atlas judged by the rules of one round."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas.eligibility import gather
from learningcity.atlas.load import load_atlas
from learningcity.atlas.versions import AtlasResult
from learningcity.core import LANGUAGES, Text
from learningcity.standards import EligibilityResult, judge

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas


@dataclass(frozen=True)
class RoundEligibility(AtlasResult):
    """The answers for all cities in one round; ``results`` holds each city's own by its id.

    Use :func:`learningcity.who_may_apply` to get one.
    """

    round: int
    rules_of: int
    members_seen: int
    members_total: int
    results: dict[str, EligibilityResult]

    @property
    def counts(self) -> dict[str, int]:
        """How many cities have the answer yes, no, cannot tell."""
        counted = Counter(result.answer for result in self.results.values())
        return {answer: counted[answer] for answer in ("yes", "no", "cannot tell")}

    def __getitem__(self, city_id: str) -> EligibilityResult:
        return self.results[city_id]

    def table(self) -> pd.DataFrame:
        """Give one row a city: city_id, names, country_iso3, unesco_region, answer, awarded, decided_by.

        ``decided_by`` names the rules that gave "no", or that could not be told; empty for "yes".
        """
        import pandas as pd

        rows = [
            {
                "city_id": city_id,
                "name_en": result.candidate.name.en,
                "name_zh": result.candidate.name.zh,
                "country_iso3": result.candidate.country_iso3,
                "unesco_region": result.candidate.unesco_region,
                "round": self.round,
                "rules_of": self.rules_of,
                "answer": result.answer,
                "awarded": "yes" if result.award else "no",
                "decided_by": ";".join(c.rule_id for c in deciding(result)) or None,
            }
            for city_id, result in self.results.items()
        ]
        columns = [
            "city_id", "name_en", "name_zh", "country_iso3", "unesco_region",
            "round", "rules_of", "answer", "awarded", "decided_by",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def summary(self, language: str = "en") -> str:
        """Count the answers and say how many members are missing."""
        counts, missing = self.counts, self.members_total - self.members_seen
        assumed = Text("", "")
        if self.rules_of != self.round:
            assumed = Text(
                f", assuming that it follows the rules of {self.rules_of}",
                f"（假定沿用{self.rules_of}年规则）",
            )
        return Text(
            f"Round of {self.round}{assumed.en}: of {len(self.results)} cities seen, {counts['yes']} may apply "
            f"by the rules seen, {counts['no']} may not, and for {counts['cannot tell']} it cannot be told. "
            f"{missing} of {self.members_total} members of the network were not seen and are not counted.",
            f"{self.round}年评选{assumed.zh}：已见的{len(self.results)}个城市中，按已见规则符合申请条件的{counts['yes']}个，"
            f"不符合的{counts['no']}个，无法判断的{counts['cannot tell']}个。"
            f"网络{self.members_total}个成员中有{missing}个未见，未计入。",
        ).in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give the counts, one plain row a city and the versions."""
        table = self.table()
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        return {
            "round": self.round,
            "rules_of": self.rules_of,
            "counts": self.counts,
            "members_seen": self.members_seen,
            "members_total": self.members_total,
            "cities": [{str(k): v for k, v in row.items()} for row in rows],
            "summary": {language: self.summary(language) for language in LANGUAGES},
            "versions": self.versions,
        }


def deciding(result: EligibilityResult) -> tuple[Any, ...]:
    """Give the checks on the city behind its answer: those that say no, else those left open."""
    if result.answer == "no":
        return tuple(c for c in result.checks if c.scope == "city" and c.answer == "no")
    return result.open if result.answer == "cannot tell" else ()


def who_may_apply(
    round: int | str, *, rules_of: int | str | None = None, atlas: Atlas | None = None
) -> RoundEligibility:
    """Judge every member that was seen, and every city of the atlas, by the rules of a round.

    Parameters
    ----------
    round
        Year of the round.
    rules_of
        Judge by the rules of this round instead (a coming round by those of 2024, say).
    atlas
        The atlas to look in; None for the shipped one.

    Returns
    -------
    RoundEligibility
        ``.counts`` of the answers, ``.results`` by city (each as ``check_eligibility`` gives it),
        ``.table()`` one row a city. A member that was not seen is not among them.

    Raises
    ------
    UnknownNameError
        No rules were seen for the round; the known rounds are given.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.who_may_apply(2024)
    >>> sum(found.counts.values()) == len(found.results)
    True
    >>> found["wuhan"].answer
    'yes'
    """
    asked = atlas if atlas is not None else load_atlas()
    known = gather(asked)
    results = {city_id: judge(known.candidate(city_id), round, rules_of) for city_id in sorted(known.places)}
    one = next(iter(results.values()))
    return RoundEligibility(
        round=one.round,
        rules_of=one.rules_of,
        members_seen=known.totals["members_seen"],
        members_total=known.totals["members_total"],
        results=results,
        asked=asked,
    )
