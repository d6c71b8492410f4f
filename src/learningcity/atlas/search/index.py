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

from learningcity.core import (
    LANGUAGES,
    InputError,
    Result,
    Text,
    UnknownNameError,
    bigrams,
    fold,
    is_han,
    runs,
)

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
KIND_WORTH = {"city": 1.5, "concept": 1.4, "area": 1.3, "practice": 1.2, "work": 0.8, "term": 0.6}
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, with its score and the piece of text that matched."""

    kind: str
    id: str
    city_id: str | None
    title: Text
    snippet: Text
    score: float


@dataclass(frozen=True)
class SearchResult(Result):
    """Hits, best first; sized and iterable.

    ``relaxed`` is true where no document holds all parts of the query, so that documents with some
    of them are shown instead.
    """

    query: str
    language: str | None
    hits: tuple[Hit, ...]
    relaxed: bool = False

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
        told = ", ".join(f"{k} {n}" for k, n in kinds.most_common())
        text = Text(
            f"{len(self.hits)} results for {self.query!r}" + (f" ({told})" if told else "")
            + (": no entry holds all parts of the query, so some of them are shown." if self.relaxed else "."),
            f"“{self.query}”：找到{len(self.hits)}条结果" + (f"（{told}）" if told else "")
            + ("；没有条目包含全部检索词，以下为部分匹配的结果。" if self.relaxed else "。"),
        )  # fmt: skip
        return text.in_(language)


def tokens(text: str) -> list[str]:
    """Cut a text into the tokens that are indexed: folded words, numbers, pairs of Han characters.

    Examples
    --------
    >>> tokens("Medellín 终身学习")
    ['medellin', '终身', '身学', '学习']
    """
    found: list[str] = []
    for run in runs(fold(text)):
        if is_han(run):
            found += bigrams(run)
        else:
            found.append(run.replace(",", ""))
    return found


@dataclass
class SearchIndex:
    """An inverted index over documents, one part a language."""

    documents: tuple[Document, ...]
    postings: dict[str, dict[str, list[tuple[int, float]]]] = field(default_factory=dict)
    lengths: dict[str, list[float]] = field(default_factory=dict)
    vocabulary: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def build(cls, documents: Iterable[Document]) -> SearchIndex:
        """Index the documents; the order of documents decides between equal scores."""
        index = cls(tuple(documents))
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
        wanted = list(dict.fromkeys(tokens(query)))
        if not wanted:
            return SearchResult(query, language, ())
        languages = LANGUAGES if language is None else (language,)
        scores: dict[int, float] = {}
        matched: Counter[int] = Counter()
        for token in wanted:
            best: dict[int, float] = {}
            for one in languages:
                for number, value in self._weights(token, one).items():
                    best[number] = max(best.get(number, 0.0), value)
            matched.update(best.keys())
            for number, value in best.items():
                scores[number] = scores.get(number, 0.0) + value
        full = [n for n, count in matched.items() if count == len(wanted)]
        relaxed = not full and len(wanted) > 1
        chosen = [n for n, c in matched.items() if 2 * c >= len(wanted)] if relaxed else full
        phrase = "".join(fold(query).split())
        worth = {
            n: scores[n] * self._phrase(n, phrase, languages) * KIND_WORTH.get(self.documents[n].kind, 1.0)
            for n in chosen
        }
        hits = tuple(self._hit(n, wanted, worth[n]) for n in sorted(chosen, key=lambda n: (-worth[n], n)))
        return SearchResult(query, language, hits, relaxed and bool(hits))

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
        for one in languages:
            if phrase == "".join(fold(document.title.in_(one)).split()):
                return 3.0
        for one in languages:
            if phrase in "".join(fold(document.title.in_(one)).split()):
                return 1.6
        text = "".join("".join(fold(f"{document.body.in_(o)} {document.extra}").split()) for o in languages)
        return 1.3 if phrase in text else 1.0

    def _hit(self, number: int, wanted: list[str], score: float) -> Hit:
        document = self.documents[number]
        snippet = Text(_snippet(document.body.en, wanted), _snippet(document.body.zh, wanted))
        return Hit(document.kind, document.id, document.city_id, document.title, snippet, round(score, 6))


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

    return SearchIndex.build(documents(atlas))


def search(atlas: Atlas, text: str, language: str | None = None) -> SearchResult:
    """Search the atlas and the standard.

    Parameters
    ----------
    atlas
        What is searched; the index is built at first use and kept.
    text
        Words in Chinese or English, in any mixture; accents and case do not matter. All parts must
        be there; where no entry holds them all, entries with at least half are given and
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
