"""Condition scores, the codes behind them, and the effort beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import learningcity as lc
from learningcity.web.content import base, places
from learningcity.web.content.base import Row


@cache
def timing() -> dict[str, str]:
    """Before, after or undated against the first award, by practice."""
    return {str(k): str(v) for k, v in base.atlas().timing().items()}


@cache
def effort() -> dict[str, Row]:
    """Practices, sources and facts read, by city."""
    return {str(r["city_id"]): r for r in base.rows(base.atlas().effort().reset_index())}


@cache
def coverage() -> dict[str, Row]:
    """How much was seen of each city."""
    return {str(r["city_id"]): r for r in base.rows(base.atlas().coverage().reset_index())}


@cache
def coders() -> tuple[str, ...]:
    """All coders, in order."""
    return tuple(sorted({str(c) for c in base.atlas().codes["coder"]}))


@cache
def condition_scores() -> dict[str, dict[str, float | None]]:
    """Condition scores of pass A with the default policy, by city; None = not seen."""
    scores = base.atlas().conditions()
    plain = scores.astype(object).where(scores.notna(), None)
    return {str(k): v for k, v in plain.to_dict("index").items()}


@cache
def seen_not_counted() -> dict[str, dict[str, int]]:
    """How many practices of pass A speak of a condition and do not count, by city."""
    counts = base.atlas().seen_not_counted(coder="A")
    return {str(k): {str(c): int(n) for c, n in v.items()} for k, v in counts.to_dict("index").items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One condition of a city by one coder: its score and the practices behind it."""

    score: float | None = None
    practices: tuple[Row, ...] = ()

    @property
    def seen_not_counted(self) -> int:
        """How many practices speak of the condition and do not count."""
        return sum(row["counted"] == "no" for row in self.practices)


@cache
def evidence_by(coder: str) -> dict[tuple[str, str], Evidence]:
    """What ``condition_evidence`` says of every city and condition, from one walk over the codes."""
    policy = lc.CodingPolicy()
    practices = {p["practice_id"]: p for of_city in places.practices_by_city().values() for p in of_city}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for code in base.rows(base.atlas().codes):
        practice = practices.get(code["practice_id"])
        if code["coder"] != coder or practice is None:
            continue
        when = timing().get(code["practice_id"], "undated")
        why = lc.why_not_counted(policy, code["stance"], code["level"], code["subject"], when)
        row = {
            **{name: practice[name] for name in ("practice_id", "title_en", "title_zh")},
            "strength": int(code["strength"]),
            "counted": "yes" if why is None else "no",
            "why_not_en": why and why.en,
            "why_not_zh": why and why.zh,
        }
        second = policy.second_mechanism
        for name in lc.conditions_of(code["mechanism"], code["mechanism_2"], code["themes"], second):
            found[practice["city_id"], name].append(row)
    told = {}
    for key, lines in found.items():
        score = policy.score([line["strength"] for line in lines if line["counted"] == "yes"])
        told[key] = Evidence(None if score != score else float(score), tuple(lines))
    return told


def evidence(city_id: str, condition: str, coder: str) -> Evidence:
    """The evidence of a condition by the codes of one coder, with the default policy."""
    return evidence_by(coder).get((city_id, condition), Evidence())
