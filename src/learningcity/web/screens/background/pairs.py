"""One pair opened: what each test says, why it was lost, which cities are missing, what was noted."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import analyses
from learningcity.web.screens.background import words

Row = dict[str, Any]

_SAYS = {
    (True, True): lc.Text("same direction, p at most {level}", "方向相同，p值不超过{level}"),
    (True, False): lc.Text("same direction, p above {level}", "方向相同，p值大于{level}"),
    (True, None): lc.Text("same direction; no p", "方向相同；无p值"),
    (False, True): lc.Text("the other direction", "方向相反"),
    (None, True): lc.Text("p at most {level}", "p值不超过{level}"),
    (None, False): lc.Text("p above {level}", "p值大于{level}"),
    (None, None): lc.Text("no p", "无p值"),
}
_NO_FIGURE = lc.Text("too few cities, or nothing varies", "城市过少或无变异")


def build(found: lc.AtlasBackground, one: Any, language: str) -> Row:
    """Everything about a pair but its picture."""
    x, y = found.labels[one.background], found.labels[one.characteristic]
    held = found.background[one.background].notna() & found.coded.data[one.characteristic].notna()
    notes = [*([one.reason] if one.reason else []), *one.notes]
    kind = "theme" if one.characteristic in content.THEMES else "mechanism"
    return {
        "name": words.pair(found, one).in_(language),
        "said": said(found, one).in_(language),
        "country": found.coverage.at[one.background, "kind"] == "country",
        "n": one.n,
        "tests": _tests(found, one, language) if one.judged else [],
        "groups": [
            {"name": lc.label("unesco_region", name, language) if one.background == "region" else name, "n": n}
            for name, n in one.groups
        ],
        "effort": [
            {"what": _EFFORT[name].in_(language), "x": words.effect(a, "spearman"), "y": words.effect(b, "spearman")}
            for name, a, b in one.effort
            if a is not None or b is not None
        ],
        "heads": {"x": x.in_(language), "y": y.in_(language)},
        "shared": "" if one.shared is None else f"{one.shared:.0%}",
        "notes": [analyses.named(note.in_(language), found.labels, language) for note in notes],
        "missing": cities([c for c in held.index if not held[c]], language),
        "practices": f"/{language}/practices?{kind}={one.characteristic}",
        "practices_of": y.in_(language),
    }  # fmt: skip


_EFFORT = {
    "practices": lc.Text("practices read", "所读实践举措数"),
    "sources": lc.Text("sources read", "所读来源数"),
}


def links(found: lc.AtlasBackground, one: Any, language: str) -> dict[str, tuple[str, str]]:
    """Each city with the place on its page where the score of this characteristic opens to its practices."""
    anchor = f"#condition-{one.characteristic}"
    return {
        c: (f"/{language}/cities/{c}{anchor}", found.coded.names[c].in_(language))
        for c in map(str, found.background.index)
    }


def cities(ids: Any, language: str) -> list[Row]:
    """Cities with their pages, in the order of the language."""
    rows = [
        {"name": content.cities()[c].name(language), "href": f"/{language}/cities/{c}"}
        for c in map(str, ids)
        if c in content.cities()
    ]
    return sorted(rows, key=lambda row: content.sort_key(row["name"], language))


def said(found: lc.AtlasBackground, one: Any) -> lc.Text:
    """What came of a pair, in a sentence or two."""
    name, n = words.pair(found, one), len(found.association.judged)
    level = found.association.level
    if not one.judged:
        reason = (
            analyses.named(one.reason.en, found.labels, "en"),
            analyses.named(one.reason.zh, found.labels, "zh"),
        )
        return lc.Text(f"{name.en}: {reason[0]}.", f"{name.zh}：{reason[1]}。")
    figures = lc.Text(
        f"{words.effect(one.estimate, one.measure)}, p {words.equal(one.p)}, q {words.equal(words.q(found, one))}, {one.n} cities",
        f"{words.effect(one.estimate, one.measure)}，p {words.equal(one.p)}，q {words.equal(words.q(found, one))}，{one.n}个城市",
    )  # fmt: skip
    if not one.found:
        if (one.p or 0) <= level:
            return lc.Text(
                f"{name.en} ({figures.en}): taken alone it would look like a finding; among {n} pairs such a p comes by chance "
                "alone, and q says so.",
                f"{name.zh}（{figures.zh}）：单看似有发现；但在{n}对之中，偶然也会出现这样的p值，q值表明了这一点。",
            )
        return lc.Text(
            f"{name.en} ({figures.en}): cannot be told from chance.",
            f"{name.zh}（{figures.zh}）：无法与偶然区分。",
        )
    lost = found.lost(one)
    if not lost:
        return lc.Text(
            f"{name.en} ({figures.en}): found, and found again by every coder, without common sources and with effort taken out.",
            f"{name.zh}（{figures.zh}）：有发现，且在各编码员的编码中、剔除共同来源及工作量影响后均再次发现。",
        )
    return lc.Text(
        f"{name.en} ({figures.en}): found, but lost again in these repetitions: {', '.join(t.en for t in lost)}. Do not build on it.",
        f"{name.zh}（{figures.zh}）：有发现，但在以下重复检验中未再出现：{'、'.join(t.zh for t in lost)}。不宜据此下结论。",
    )


def _tests(found: lc.AtlasBackground, one: Any, language: str) -> list[Row]:
    """As asked, tau-b, without effort, without common sources, by each other coder."""
    level, signed = found.association.level, one.measure in ("spearman", "rank_biserial")

    def verdict(estimate: Any, p: Any) -> str:
        if estimate is None:
            return _NO_FIGURE.in_(language)
        same = estimate * (one.estimate or 0) > 0 if signed else None
        key = (False, True) if same is False else (same, None if p is None else p <= level)
        return _SAYS[key].in_(language).format(level=f"{level:g}")

    def row(what: lc.Text, given: Any, says: str | None = None) -> Row:
        estimate, p = (None, None) if given is None else (given.estimate, given.p)
        return {
            "what": what.in_(language),
            "n": "" if given is None else given.n,
            "estimate": words.effect(estimate, given.measure if given is not None else None),
            "interval": words.NONE
            if given is None
            else words.interval(given.low, given.high, given.measure, language),
            "p": words.chance(p),
            "says": verdict(estimate, p) if says is None else says,
        }

    by = words.METHODS[one.method]
    asked = lc.Text(
        f"{words.MEASURES[one.measure].en}; p by {by.en}",
        f"{words.MEASURES[one.measure].zh}；p值由{by.zh}得出",
    )
    q = words.equal(words.q(found, one))
    result = lc.Text(
        f"found (q {q})" if one.found else f"not found (q {q})", f"发现（q {q}）" if one.found else f"未发现（q {q}）"
    )  # fmt: skip
    rows = [row(asked, one, result.in_(language))]
    rows.append(row(lc.Text("with effort taken out", "剔除工作量的影响"), one.partial))
    rows.append(
        row(
            lc.Text("without sources that gave the figure, too", "剔除同时提供该背景数据的来源"), one.repeated
        )
    )
    for coder, other in found.coders.items():
        again = other.pair(one.background, one.characteristic)
        name = lc.Text(lc.label("coder", coder, "en"), lc.label("coder", coder, "zh"))
        rows.append(row(lc.Text(f"by the codes of {name.en}", f"采用{name.zh}的编码"), again))
    if one.tau_b is not None:
        tau = words.effect(one.tau_b, "spearman")
        rows.append({"what": lc.Text("Kendall's tau-b beside it", "并列的肯德尔tau-b").in_(language), "n": one.n, "estimate": tau, "interval": words.NONE, "p": words.NONE, "says": ""})  # fmt: skip
    return rows
