"""The practices of a city: by mechanism, with the codes of all passes, and the scores that rest on them."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content, squares

Row = dict[str, Any]

_CODED = (
    "mechanism",
    "mechanism_2",
    "subject",
    "level",
    "stance",
    "strength",
    "themes",
    "areas",
    "problem",
    "groups",
)
_VOCABULARY = {
    "mechanism_2": "mechanism",
    "themes": "theme",
    "groups": "group",
}
_HEADS = {
    "mechanism": lc.Text("mechanism", "类别"),
    "mechanism_2": lc.Text("second", "第二类别"),
    "subject": lc.Text("subject", "主题"),
    "level": lc.Text("level", "层级"),
    "stance": lc.Text("stance", "状态"),
    "strength": lc.Text("strength", "强度"),
    "themes": lc.Text("themes", "特征"),
    "areas": lc.Text("areas", "领域"),
    "problem": lc.Text("problem", "问题"),
    "groups": lc.Text("groups", "人群"),
}


def by_mechanism(city_id: str, language: str) -> list[Row]:
    """Practices under the mechanism that pass A gave them; one without a code stands where it was filed."""
    filed: dict[str, list[Row]] = {mechanism: [] for mechanism in content.MECHANISMS}
    also: dict[str, list[Row]] = {mechanism: [] for mechanism in content.MECHANISMS}
    for practice in content.practices_by_city().get(city_id, []):
        codes = {str(c["coder"]): c for c in content.codes_by_practice().get(practice["practice_id"], [])}
        leading = codes.get(squares.CODER)
        mechanism = leading["mechanism"] if leading else practice["mechanism"]
        filed[mechanism].append(_practice(practice, codes, mechanism, language))
        second = leading["mechanism_2"] if leading else None
        if second and second != mechanism:
            also[second].append({"id": practice["practice_id"], "title": practice[f"title_{language}"]})
    return [
        {
            "id": mechanism,
            "label": lc.label("mechanism", mechanism, language),
            "practices": practices,
            "also": also[mechanism],
        }
        for mechanism, practices in filed.items()
    ]


def _practice(practice: Row, codes: dict[str, Row], mechanism: str, language: str) -> Row:
    practice_id = practice["practice_id"]
    when = content.timing().get(practice_id, "undated")
    return {
        "id": practice_id,
        "title": practice[f"title_{language}"],
        "summary": practice[f"summary_{language}"],
        "year": int(practice["start_year"]) if practice["start_year"] is not None else None,
        "timing": when,
        "timing_label": _timing_label(when, language),
        "elsewhere": _elsewhere(practice, codes, mechanism, language),
        "refs": content.references(practice["source_id"], language),
        "codes": compare(list(codes.values()), language),
        "own": content.is_own("practices", practice_id),
    }


def _timing_label(when: str, language: str) -> str:
    if when == "undated":
        return lc.Text("no start year seen", "未见起始年份").in_(language)
    return lc.label("timing", when, language) if when != "not applicable" else ""


def _elsewhere(practice: Row, codes: dict[str, Row], mechanism: str, language: str) -> list[Row]:
    """Where another pass, or the collector, filed a practice under another mechanism."""
    others = [(lc.label("coder", c, language), code["mechanism"]) for c, code in sorted(codes.items())]
    others.append((lc.Text("collector", "资料收集者").in_(language), practice["mechanism"]))
    return [
        {"who": who, "label": lc.label("mechanism", other, language)}
        for who, other in others
        if other and other != mechanism
    ]


def compare(codes: list[Row], language: str) -> Row:
    """The codes of all passes side by side; fields on which they differ are marked."""
    codes = sorted(codes, key=lambda c: c["coder"])
    lines = []
    for field in _CODED:
        values = [_word(field, code.get(field), language) for code in codes]
        raw = [_as_set(code.get(field)) for code in codes]
        if any(values):
            # The areas are links to the standard, as on the award's page.
            areas = [content.ids(code.get(field)) for code in codes] if field == "areas" else None
            lines.append(
                {
                    "head": _HEADS[field].in_(language),
                    "values": values,
                    "areas": areas,
                    "differ": len(set(raw)) > 1,
                }
            )
    return {
        "coders": [code["coder"] for code in codes],
        "own": [c["coder"] for c in codes if content.is_own("practice-codes", c["practice_id"], c["coder"])],
        "lines": lines,
        "differ": [line["head"] for line in lines if line["differ"]],
    }


def _as_set(value: Any) -> frozenset[str]:
    return frozenset(str(value).split(";")) if value not in (None, "") else frozenset()


def _word(field: str, value: Any, language: str) -> str:
    if value in (None, ""):
        return ""
    parts = str(value).split(";")
    if field == "areas":
        return (", " if language == "en" else "、").join(parts)
    vocabulary = _VOCABULARY.get(field, field)
    words = [lc.label(vocabulary, part, language) for part in parts]
    joined = (", " if language == "en" else "、").join(words)
    return f"{parts[0]} · {joined}" if field == "strength" else joined


def conditions(city_id: str, language: str) -> list[Row]:
    """Score of each condition by both passes, opened to the practices behind it."""
    found = []
    for number, name in enumerate((*content.MECHANISMS, *content.THEMES)):
        vocabulary = "mechanism" if name in content.MECHANISMS else "theme"
        passes = [(coder, content.evidence(city_id, name, coder)) for coder in content.coders()]
        scores = [e.score for _, e in passes]
        found.append(
            {
                "id": name,
                "label": lc.label(vocabulary, name, language),
                "theme": vocabulary == "theme",
                "first_theme": number == len(content.MECHANISMS),
                "scores": [
                    _score(coder, evidence, score, squares.uncoded()[city_id, name], language)
                    for (coder, evidence), score in zip(passes, scores, strict=True)
                ],
                "differ": len(set(scores)) > 1,
                "practices": _evidence(passes, language),
            }
        )
    return found


def _reasons(evidence: content.Evidence, language: str) -> str:
    told = [squares.reason(row, language) for row in evidence.practices if row["counted"] == "no"]
    return ("; " if language == "en" else "；").join(dict.fromkeys(t for t in told if t))


def _score(coder: str, evidence: content.Evidence, score: float | None, uncoded: int, language: str) -> Row:
    state = squares.state_of(score, evidence.seen_not_counted, uncoded)
    return {
        "coder": coder,
        "score": score,
        "state": state,
        "word": squares.word(state, language),
        "why": _reasons(evidence, language) if state == squares.ASIDE else "",
    }


def _evidence(passes: list[tuple[str, content.Evidence]], language: str) -> list[Row]:
    """One line a practice that any pass gave the condition: strength by pass, counted or why not."""
    found: dict[str, Row] = {}
    for coder, evidence in passes:
        for row in evidence.practices:
            line = found.setdefault(
                row["practice_id"],
                {"id": row["practice_id"], "title": row[f"title_{language}"], "passes": []},
            )
            counted = row["counted"] == "yes"
            line["passes"].append(
                {
                    "coder": coder,
                    "strength": int(row["strength"]),
                    "why_not": "" if counted else squares.reason(row, language),
                }
            )
    return list(found.values())
