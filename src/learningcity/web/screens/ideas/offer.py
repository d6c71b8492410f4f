"""What the screen of the ideas gives away: the concepts and the works of the choice."""

from __future__ import annotations

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.ideas import query as queries
from learningcity.web.screens.ideas.page import concepts, picture, works
from learningcity.web.screens.ideas.query import IdeasQuery

TITLE = lc.Text("Ideas", "理念")
TABLES = {"concepts": lc.Text("concepts", "概念"), "literature": lc.Text("literature", "文献")}
_OURS = lc.Text(
    "Definitions and findings are told in our words; which areas a concept founds is our mapping.",
    "定义与发现均由我们转述；概念与领域的对应关系由我们确定。",
)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """Concepts and works that the address asks for, in the order of the page."""
    asked = IdeasQuery.read(query)
    line = [c["row"] for c in concepts(language) if queries.concept_fits(c["row"], asked)]
    found = [w["row"] for w in works(language) if queries.work_fits(w["row"], asked)]
    sheets = (exports.of_table("concepts", line, _OURS), exports.of_table("literature", found, _OURS))
    return picture(asked, language).added(exports.Offer(TITLE.in_(language), sheets))
