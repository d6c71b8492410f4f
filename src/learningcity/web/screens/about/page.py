"""What the page about the atlas shows: its sentences with the numbers of the tables in them."""

from __future__ import annotations

from functools import cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.screens.about import sentences

Row = dict[str, Any]


@cache
def build(language: str) -> Row:
    """Everything on the page."""
    known = numbers(language)

    def said(texts: tuple[lc.Text, ...]) -> list[str]:
        return [text.format(**known).in_(language) for text in texts]

    return {
        "steps": [
            {"title": title.in_(language), "text": text.format(**known).in_(language)}
            for title, text in sentences.STEPS
        ],
        "counted": counted(language),
        "rule": rule(language),
        "timing": timing(language),
        "limits": said(sentences.LIMITS),
        "claims": [
            {"title": title.in_(language), "text": text.format(**known).in_(language)}
            for title, text in sentences.CLAIMS
        ],
        "licences": said(sentences.LICENCES),
        "accessible": said(sentences.ACCESSIBLE),
        "lacking": said(sentences.LACKING),
        "own": said(sentences.OWN_DATA),
        "commands": sentences.COMMANDS,
        "independent": said(sentences.INDEPENDENT),
        "citation": citation("en"),
        "citation_zh": citation("zh") if language == "zh" else "",
        "bibtex": bibtex(),
        "tables": tables(language),
    }


def numbers(language: str) -> dict[str, str]:
    """The numbers that the sentences hold, as the language writes them."""
    atlas = content.atlas()
    cities = list(content.cities().values())
    others = [c for c in cities if not c.rounds]
    coded = content.codes_by_practice()
    twice = sum(len({c["coder"] for c in codes}) > 1 for codes in coded.values())
    effort = list(content.effort().values())
    conflicts = content.rows(atlas.conflicts())
    plain = {
        "cities": len(cities),
        "awarded": len(cities) - len(others),
        "others": len(others),
        "chinese": sum(c.country == "CHN" for c in others),
        "practices": len(atlas.practices),
        "twice": twice,
        "undated": int(atlas.practices["start_year"].isna().sum()),
        "after": sum(when == "after" for when in content.timing().values()),
        "before": sum(when == "before" for when in content.timing().values()),
        "fewest": min(int(e["practices"]) for e in effort),
        "most": max(int(e["practices"]) for e in effort),
        "fewest_sources": min(int(e["sources"]) for e in effort),
        "most_sources": max(int(e["sources"]) for e in effort),
        "facts": len(atlas.facts),
        "undated_facts": int(atlas.facts["year"].isna().sum()),
        "conflicts": len(conflicts),
        "sources": len(atlas.sources),
        "doubtful": int((atlas.sources["tier"] == "doubtful").sum()),
        "secondary": int((atlas.sources["tier"] == "secondary").sum()),
        "features": sum(
            r["confirmed"] != "yes" and str(r["code"]).count(".") == 1
            for r in content.standard_rows("key-features")
        ),
        "measurements": sum(r["confirmed"] != "yes" for r in content.standard_rows("measurements")),
        "incomparable": sum(i["comparable"] == "no" for i in content.indicators().values()),
        "indicators": len(content.indicators()),
        "statistical": len(atlas.statistical_sources),
    }
    found = {name: lc.format_number(value, language) for name, value in plain.items()}
    found["coded"] = _coded(plain["twice"], plain["practices"]).format(**found).in_(language)
    found["rest"] = _rest(plain["chinese"], plain["others"]).format(**found).in_(language)
    found["share_undated"] = f"{plain['undated'] / max(plain['practices'], 1):.0%}"
    found["everywhere"] = (", " if language == "en" else "、").join(nearly_everywhere(language))
    return found


def _coded(twice: int, practices: int) -> lc.Text:
    if twice == practices:
        return lc.Text("All {practices} practices", "全部{practices}项实践举措")
    return lc.Text("{twice} of {practices} practices", "{practices}项实践举措中有{twice}项")


def _rest(chinese: int, others: int) -> lc.Text:
    if chinese == others:
        return lc.Text("the {others} others are all Chinese", "其余{others}个均为中国城市")
    return lc.Text("of the {others} others, {chinese} are Chinese", "其余{others}个中有{chinese}个为中国城市")


def nearly_everywhere(language: str) -> list[str]:
    """The conditions that nearly every city was seen to have, by pass A."""
    scores = list(content.condition_scores().values())
    found = []
    for name in (*content.MECHANISMS, *content.THEMES):
        share = sum(s[name] is not None for s in scores) / max(len(scores), 1)
        if share >= lc.NEAR_CONSTANT:
            vocabulary = "mechanism" if name in content.MECHANISMS else "theme"
            found.append(lc.label(vocabulary, name, language))
    return found


def counted(language: str) -> list[Row]:
    """What the default policy counts, in the words of the codes."""
    policy = lc.CodingPolicy()
    return [
        {
            "name": name.in_(language),
            "words": [lc.label(vocabulary, code, language) for code in codes],
        }
        for name, vocabulary, codes in (
            (lc.Text("Stance", "状态"), "stance", policy.stances),
            (lc.Text("Level", "层级"), "level", policy.levels),
            (lc.Text("Subject", "主题"), "subject", policy.subjects),
        )
    ]


def rule(language: str) -> list[Row]:
    """The lines of the default rule, the highest score first, each with the step of its square."""
    found = []
    for score, number, strength in lc.CodingPolicy().rule:
        word = lc.label("strength", str(strength), language)
        text = lc.Text(
            f"{number} practice of strength {strength} or more ({word})"
            if number == 1
            else f"{number} practices of strength {strength} or more ({word})",
            f"{number}项证据强度不低于{strength}（{word}）的实践举措",
        )
        found.append(
            {"score": f"{score:g}", "step": max(1, min(3, round(score * 3))), "text": text.in_(language)}
        )
    return found


def timing(language: str) -> list[Row]:
    """How many practices stand before, after or undated against the first award."""
    when = list(content.timing().values())
    return [
        {"code": code, "label": lc.label("timing", code, language), "count": when.count(code)}
        for code in ("before", "after", "undated", "not applicable")
    ]


def citation(language: str) -> str:
    """How to cite the atlas, in one line."""
    return str(lc.provenance(content.atlas(), language)["citation"])


def bibtex() -> str:
    """How to cite the atlas, for a reference manager."""
    return "\n".join(
        (
            "@software{learningcity,",
            "  author  = {{The learningcity maintainers}},",
            "  title   = {learningcity: the sourced atlas of the {UNESCO} {Learning City Award}},",
            f"  version = {{{lc.__version__}}},",
            f"  year    = {{{lc.CITATION_YEAR}}}",
            "}",
        )
    )


def tables(language: str) -> list[Row]:
    """The tables of the atlas with their rows, and how many of them the user laid over it."""
    own = getattr(content.atlas(), "own", {})
    return [
        {
            "name": lc.atlas_schemas()[name].title.in_(language),
            "rows": len(frame),
            "own": len(own.get(name, ())),
            "href": f"/{language}/data/dictionary#table-{name}",
        }
        for name, frame in content.atlas().frames.items()
        if name in lc.atlas_schemas()
    ]
