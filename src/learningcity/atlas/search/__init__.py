"""Search over the atlas and the standard, in Chinese and English."""

from learningcity.atlas.search.index import (
    Document,
    Hit,
    SearchIndex,
    SearchResult,
    build_practice_index,
    build_search_index,
    search,
)
from learningcity.atlas.search.query import readings, tokens

__all__ = [
    "Document",
    "Hit",
    "SearchIndex",
    "SearchResult",
    "build_practice_index",
    "build_search_index",
    "readings",
    "search",
    "tokens",
]
