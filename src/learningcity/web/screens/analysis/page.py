"""What the page of analyses shows: each with what it answers, and what none of them can tell."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web.content import analyses

Row = dict[str, Any]

_WORDS = {
    "title": lc.Text("Analysis", "分析"),
    "lede": lc.Text(
        "Questions to all cities at once. Each answer leads back to the practices, facts and sources behind it, "
        "and can be computed again on the command line.",
        "同时向所有城市提出的问题。每个结果均可追溯至实践举措、数据与来源，并可在命令行中重新计算。",
    ),
    "ask": lc.Text("What can be asked", "可以提出的问题"),
    "limits": lc.Text("What none of them can tell", "任何分析都不能说明的"),
}


def build(language: str) -> Row:
    """The questions that have a screen, in order."""
    return {
        "words": {key: word.in_(language) for key, word in _WORDS.items()},
        "analyses": [
            {
                "href": f"/{language}/{one.name}",
                "title": one.title.in_(language),
                "answers": one.answers.in_(language),
            }
            for one in analyses.ANALYSES
        ],
        "limits": [one.in_(language) for one in analyses.EVERYWHERE],
    }
