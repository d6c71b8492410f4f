"""The squares of evidence: what was seen of a condition, in words, and why a practice does not count."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content

Row = dict[str, Any]

#: Seen, and no practice of it counts: neither a score nor "not seen".
ASIDE = "aside"
#: Practices are there, and nobody has coded them: only a user's own tables hold such.
UNCODED = "uncoded"
#: Whose codes the squares of lists show.
CODER = "A"

_WORDS: dict[int | str, lc.Text] = {
    3: lc.Text("strong evidence", "证据充分"),
    2: lc.Text("named and specific", "有名称且具体"),
    1: lc.Text("mentioned only", "仅提及"),
    ASIDE: lc.Text("seen, not counted", "见到但未计分"),
    UNCODED: lc.Text("not coded yet", "尚未编码"),
    0: lc.Text("not seen", "未见公开资料"),
}
_REASONS = {
    "stance: planned": "planned only",
    "stance: critical": "the page reports a lack",
    "level: higher": "done at a higher level",
    "level: external": "done by others",
    "subject: other": "not about learning or education",
}


def step_of(score: float | None) -> int:
    """The step of a score for drawing: 0 not seen, 1 to 3 by thirds.

    Examples
    --------
    >>> [step_of(s) for s in (None, 0.33, 0.67, 1.0)]
    [0, 1, 2, 3]
    """
    return 0 if score is None else max(1, min(3, round(score * 3)))


def state_of(score: float | None, not_counted: int, uncoded: int = 0) -> int | str:
    """What a square shows: the step of the score, or that practices were seen and do not count.

    Examples
    --------
    >>> state_of(0.67, 1), state_of(None, 1), state_of(None, 0), state_of(None, 0, 1)
    (2, 'aside', 0, 'uncoded')
    """
    if score is None and not_counted:
        return ASIDE
    return UNCODED if score is None and uncoded else step_of(score)


@cache
def uncoded() -> Counter[tuple[str, str]]:
    """How many practices nobody has coded, by city and the mechanism that they were filed under."""
    coded = content.codes_by_practice()
    return Counter(
        (city_id, practice["mechanism"])
        for city_id, practices in content.practices_by_city().items()
        for practice in practices
        if practice["practice_id"] not in coded
    )


def word(state: int | str, language: str) -> str:
    """What a square says."""
    return _WORDS[state].in_(language)


def reason(row: Row, language: str) -> str:
    """Why a practice does not count, in the words of a page; empty where it counts."""
    text = row.get(f"why_not_{language}") or ""
    return _REASONS.get(text, text) if language == "en" else text


def reasons(evidence: Any, language: str) -> str:
    """All reasons why the practices behind a condition do not count, each once."""
    told = [reason(row, language) for row in content.rows(evidence.practices) if row["counted"] == "no"]
    return ("; " if language == "en" else "；").join(dict.fromkeys(t for t in told if t))


@cache
def of_city(city_id: str, language: str) -> tuple[Row, ...]:
    """The squares of a city by the codes of pass A, one a condition, with what each says."""
    counts = content.seen_not_counted().get(city_id, {})
    return tuple(
        _square(city_id, name, score, int(counts.get(name) or 0), language)
        for name, score in content.condition_scores()[city_id].items()
    )


def _square(city_id: str, name: str, score: float | None, not_counted: int, language: str) -> Row:
    state = state_of(score, not_counted, uncoded()[city_id, name])
    label = lc.label("mechanism" if name in content.MECHANISMS else "theme", name, language)
    said = word(state, language)
    if state == ASIDE:
        evidence = content.atlas().condition_evidence(city_id, name, coder=CODER)
        why = reasons(evidence, language)
        said = lc.Text(f"{said} ({why})", f"{said}（{why}）").in_(language) if why else said
    elif score is not None:
        said = lc.Text(f"{score:g}, {said}", f"{score:g}分，{said}").in_(language)
    return {
        "code": name,
        "label": label,
        "state": state,
        "said": said,
        "title": lc.Text(f"{label}: {said}", f"{label}：{said}").in_(language),
    }


def key(language: str) -> list[Row]:
    """The legend: every square with its words, the strongest first."""
    return [
        {"state": state, "word": text.in_(language)}
        for state, text in _WORDS.items()
        if state != UNCODED or uncoded()
    ]
