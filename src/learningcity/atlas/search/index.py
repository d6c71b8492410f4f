"""Search over the atlas and the standard, in Chinese and English.

Han text has no blanks between words, so it is cut into overlapping pairs of characters; Latin
words are folded (case, accents, width) and match by their beginning. Ranking follows BM25
(Robertson & Zaragoza 2009, doi 10.1561/1500000019) with titles counted more than bodies.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas.search.query import readings, suggestions, tokens
from learningcity.atlas.versions import AtlasResult
from learningcity.core import LANGUAGES, InputError, Text, UnknownNameError, fold, is_han, runs
from learningcity.standards import label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

#: A title hit counts as so many hits in the body.
TITLE_WEIGHT = 4.0
K1, B = 1.2, 0.6
#: A Latin word of at least this length also finds longer words that begin with it.
PREFIX_LENGTH = 3
MAXIMUM_QUERY = 200
#: What kind of entry a reader rather looks for, other things equal.
KIND_WORTH = {"city": 1.5, "concept": 1.4, "area": 1.3, "practice": 1.2, "work": 0.6, "term": 0.5}
SNIPPET = 110


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: a title and a body in both languages, and where it leads."""

    kind: str
    id: str
    title: Text
    body: Text
    city_id: str | None = None
    extra: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, with its score and the piece of text that matched.

    ``confirmed`` is false where the wording was not checked against the published document; every
    place that shows the hit says so.
    """

    kind: str
    id: str
    city_id: str | None
    title: Text
    snippet: Text
    score: float
    confirmed: bool = True


@dataclass(frozen=True)
class SearchResult(AtlasResult):
    """Hits, best first; sized and iterable.

    ``relaxed`` is true where no document holds all parts of the query, so that documents with some
    of them are shown instead. ``suggestions`` are near queries where parts of this one occur nowhere.
    """

    query: str
    language: str | None
    hits: tuple[Hit, ...]
    relaxed: bool = False
    suggestions: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]

    def __bool__(self) -> bool:
        return bool(self.hits)

    def table(self) -> pd.DataFrame:
        """Give one row a hit: rank, kind, id, city_id, titles, snippets, score."""
        import pandas as pd

        columns = [
            "rank",
            "kind",
            "id",
            "city_id",
            "title_en",
            "title_zh",
            "snippet_en",
            "snippet_zh",
            "score",
        ]
        rows = [
            (n, h.kind, h.id, h.city_id, h.title.en, h.title.zh, h.snippet.en, h.snippet.zh, h.score)
            for n, h in enumerate(self.hits, 1)
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self, language: str = "en") -> str:
        """Say how much was found."""
        kinds = Counter(h.kind for h in self.hits)
        told = Text(
            ", ".join(f"{label('search_kind', k, 'en')} {n}" for k, n in kinds.most_common()),
            "，".join(f"{label('search_kind', k, 'zh')}{n}条" for k, n in kinds.most_common()),
        )
        text = Text(
            f"{len(self.hits)} results for {self.query!r}" + (f" ({told.en})" if told.en else "")
            + (": no entry holds all parts of the query, so some of them are shown." if self.relaxed else "."),
            f"“{self.query}”：找到{len(self.hits)}条结果" + (f"（{told.zh}）" if told.zh else "")
            + ("；没有条目包含全部检索词，以下为部分匹配的结果。" if self.relaxed else "。"),
        )  # fmt: skip
        if not self.suggestions:
            return text.in_(language)
        near = Text(
            f" Did you mean: {', '.join(self.suggestions)}?", f"是否要找：{'、'.join(self.suggestions)}？"
        )
        return text.in_(language) + near.in_(language)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one reading of a query found: scores by document, whether all parts were held, parts held nowhere."""

    scores: dict[int, float]
    complete: bool
    lost: tuple[str, ...]


@dataclass
class SearchIndex:
    """An inverted index over documents, one part a language."""

    documents: tuple[Document, ...]
    postings: dict[str, dict[str, list[tuple[int, float]]]] = field(default_factory=dict)
    lengths: dict[str, list[float]] = field(default_factory=dict)
    vocabulary: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    atlas: Atlas | None = field(default=None, repr=False)

    @classmethod
    def build(cls, documents: Iterable[Document], atlas: Atlas | None = None) -> SearchIndex:
        """Index the documents of an atlas; their order decides between equal scores."""
        index = cls(tuple(documents), atlas=atlas)
        for language in LANGUAGES:
            postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
            lengths = []
            for number, document in enumerate(index.documents):
                weights: dict[str, float] = defaultdict(float)
                for token in tokens(document.title.in_(language)):
                    weights[token] += TITLE_WEIGHT
                for token in tokens(f"{document.body.in_(language)} {document.extra}"):
                    weights[token] += 1.0
                for token, weight in weights.items():
                    postings[token].append((number, weight))
                lengths.append(sum(weights.values()))
            index.postings[language] = dict(postings)
            index.lengths[language] = lengths
            index.vocabulary[language] = sorted(postings)
        index.words = sorted(
            {
                run
                for d in index.documents
                for text in (d.title.en, d.body.en)
                for run in runs(fold(text))
                if not is_han(run)
            }
        )
        index.names = [t for d in index.documents if d.kind == "city" for t in (d.title.en, d.title.zh)]
        return index

    def search(self, text: str, language: str | None = None) -> SearchResult:
        """Find documents that hold all parts of ``text``, best first; see :func:`search`."""
        if language is not None and language not in LANGUAGES:
            raise UnknownNameError("language", language, LANGUAGES)
        if not isinstance(text, str):
            raise InputError(Text("The query must be a text.", "检索词须为文本。"))
        query = text.strip()
        if len(query) > MAXIMUM_QUERY:
            raise InputError(
                Text(
                    f"The query has {len(query)} characters; up to {MAXIMUM_QUERY} are searched. Shorten it.",
                    f"检索词有{len(query)}个字符，上限为{MAXIMUM_QUERY}个，请缩短。",
                )
            )
        languages = LANGUAGES if language is None else (language,)
        parts = readings(query)
        found = [self._find(wanted, languages) for wanted in parts]
        full = [f for f in found if f.complete]
        relaxed = not full
        worth: dict[int, float] = {}
        phrase = _spaced(query)
        for one in full or found[:1]:
            for number, score in one.scores.items():
                kind = KIND_WORTH.get(self.documents[number].kind, 1.0)
                value = score * self._phrase(number, phrase, languages) * kind
                worth[number] = max(worth.get(number, 0.0), value)
        wanted = [t for p in parts for t in p]
        hits = tuple(self._hit(n, wanted, worth[n]) for n in sorted(worth, key=lambda n: (-worth[n], n)))
        near = suggestions(query, found[0].lost, self.words, self.names) if found and relaxed else ()
        return SearchResult(query, language, hits, relaxed and bool(hits), near, asked=self.atlas)

    def _find(self, wanted: list[str], languages: tuple[str, ...]) -> _Found:
        """Documents that hold all tokens, or else at least a third of them, with their scores."""
        scores: dict[int, float] = {}
        matched: Counter[int] = Counter()
        lost = []
        for token in wanted:
            best: dict[int, float] = {}
            for one in languages:
                for number, value in self._weights(token, one).items():
                    best[number] = max(best.get(number, 0.0), value)
            if not best:
                lost.append(token)
            matched.update(best.keys())
            for number, value in best.items():
                scores[number] = scores.get(number, 0.0) + value
        complete = {n: scores[n] for n, count in matched.items() if count == len(wanted)}
        if complete:
            return _Found(complete, True, ())
        some = {n: scores[n] for n, count in matched.items() if 3 * count >= len(wanted)}
        return _Found(some, False, tuple(lost))

    def _weights(self, token: str, language: str) -> dict[int, float]:
        """BM25 weight of one query token in every document that holds it."""
        lengths = self.lengths[language]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        best: dict[int, float] = {}
        for form, worth in self._forms(token, language):
            postings = self.postings[language][form]
            rarity = math.log(1 + (len(lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, weight in postings:
                scale = K1 * (1 - B + B * lengths[number] / (mean or 1.0))
                value = worth * rarity * weight * (K1 + 1) / (weight + scale)
                best[number] = max(best.get(number, 0.0), value)
        return best

    def _forms(self, token: str, language: str) -> list[tuple[str, float]]:
        """Indexed tokens that a query token stands for, each with its worth."""
        postings, words = self.postings[language], self.vocabulary[language]
        exact = [(token, 1.0)] if token in postings else []
        single = is_han(token) and len(token) == 1
        if single:
            return exact + [(w, 0.8) for w in words if len(w) == 2 and token in w]
        if is_han(token) or len(token) < PREFIX_LENGTH or token[0].isdigit():
            return exact
        start = bisect_left(words, token)
        longer = []
        while start < len(words) and words[start].startswith(token):
            if words[start] != token:
                longer.append((words[start], 0.7))
            start += 1
        return exact + longer[:200]

    def _phrase(self, number: int, phrase: str, languages: Iterable[str]) -> float:
        """Raise documents that hold the query as one piece, most of all in the title."""
        document = self.documents[number]
        titles = [_spaced(document.title.in_(one)) for one in languages]
        if phrase in titles:
            return 3.0
        if any(_holds(title, phrase) for title in titles):
            return 1.6
        bodies = (_spaced(f"{document.body.in_(one)} {document.extra}") for one in languages)
        return 1.3 if any(_holds(body, phrase) for body in bodies) else 1.0

    def _hit(self, number: int, wanted: list[str], score: float) -> Hit:
        document = self.documents[number]
        snippet = Text(_snippet(document.body.en, wanted), _snippet(document.body.zh, wanted))
        return Hit(
            document.kind,
            document.id,
            document.city_id,
            document.title,
            snippet,
            round(score, 6),
            document.confirmed,
        )


def _spaced(text: str) -> str:
    """Words, numbers and Han runs of a text, with one blank between them."""
    return " ".join(runs(fold(text)))


def _holds(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, Latin words as whole words."""
    if is_han(phrase):
        return phrase in text
    return f" {phrase} " in f" {text} "


def _snippet(text: str, wanted: list[str]) -> str:
    """The piece of a text around the first match, about SNIPPET characters long."""
    width = SNIPPET * 2 if text.isascii() or not any(is_han(c) for c in text[:40]) else SNIPPET
    if len(text) <= width:
        return text
    folded = fold(text)
    places = [p for p in (folded.find(w) for w in wanted) if p >= 0] if len(folded) == len(text) else []
    start = max(0, min(places, default=0) - width // 3)
    if start:
        blank = text.find(" ", start, start + 20)
        start = blank + 1 if blank >= 0 else start
    end = start + width
    if end < len(text):
        blank = text.rfind(" ", end - 20, end)
        end = blank if blank >= 0 else end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def build_search_index(atlas: Atlas) -> SearchIndex:
    """Index cities, practices, facts, indicators, members, concepts, standard, rules and literature."""
    from learningcity.atlas.search.documents import documents

    return SearchIndex.build(documents(atlas), atlas)


def build_practice_index(atlas: Atlas) -> SearchIndex:
    """Index the practices alone."""
    from learningcity.atlas.search.documents import practice_documents

    return SearchIndex.build(practice_documents(atlas), atlas)


def search(atlas: Atlas, text: str, language: str | None = None) -> SearchResult:
    """Search the atlas and the standard.

    Parameters
    ----------
    atlas
        What is searched; the index is built at first use and kept.
    text
        Words in Chinese or English, in any mixture; accents and case do not matter. All parts must
        be there; where no entry holds them all, entries with at least a third are given and
        ``relaxed`` says so.
    language
        "en" or "zh" searches that language alone; None both.

    Returns
    -------
    SearchResult
        Best first; empty when nothing is found.

    Raises
    ------
    InputError
        The query is not a text or longer than 200 characters.

    Examples
    --------
    >>> import learningcity as lc
    >>> atlas = lc.load_atlas()
    >>> atlas.search("Medellin")[0].id
    'medellin'
    >>> len(atlas.search("终身学习")) > 0
    True
    """
    return atlas.search_index.search(text, language)


def as_text(*parts: Any) -> str:
    """Join what is there of some values with blanks."""
    return " ".join(str(p) for p in parts if isinstance(p, str) and p)
