"""Read what people type: questions, synonyms, traditional characters, slips of the keyboard."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from learningcity.core import bigrams, fold, is_han, or_none, runs
from learningcity.standards import standard_table

#: More readings of one query than this are not tried.
MAXIMUM_READINGS = 6
MAXIMUM_SUGGESTIONS = 3
#: Two words are near when at least this share of their letters agrees.
NEAR = 0.74


def tokens(text: str) -> list[str]:
    """Cut a text into the tokens that are indexed: folded words, numbers, pairs of Han characters.

    Examples
    --------
    >>> tokens("Medellín 终身学习, universities")
    ['medellin', '终身', '身学', '学习', 'university']
    """
    found: list[str] = []
    for run in runs(fold(text)):
        if is_han(run):
            found += bigrams(run)
        else:
            found.append(singular(run.replace(",", "")))
    return found


def singular(word: str) -> str:
    """Fold the English plural, so that "university" finds "universities"; short words stay.

    Examples
    --------
    >>> singular("cities"), singular("laws"), singular("class"), singular("tunis")
    ('city', 'law', 'class', 'tunis')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True)
class SearchWords:
    """Words passed over, words that stand for others, and simplified characters for traditional ones."""

    stop: frozenset[str]
    stop_han: tuple[str, ...]
    same: dict[str, tuple[str, ...]]
    simplified: dict[int, str]


@cache
def search_words() -> SearchWords:
    """Read the table ``search-words`` of the standards."""
    stop, han, simplified = set(), [], {}
    same: dict[str, tuple[str, ...]] = {}
    for word, instead, kind, language in standard_table("search-words").itertuples(index=False, name=None):
        if kind == "traditional":
            simplified[ord(word)] = str(instead)
        elif kind == "same":
            same[word] = (*same.get(word, ()), str(instead))
        elif language == "zh":
            han.append(word)
        elif or_none(word) is not None:
            stop.add(word)
    return SearchWords(frozenset(stop), tuple(sorted(han, key=len, reverse=True)), same, simplified)


def readings(query: str) -> list[list[str]]:
    """Give the token lists that a query may stand for, the plainest first.

    Words that only make a question are passed over as long as something else is left; each synonym
    gives one more reading.

    Examples
    --------
    >>> readings("武汉有多少所大学？")[0]
    ['武汉', '大学']
    >>> readings("How many elderly learners are there?")
    [['elderly', 'learner'], ['older', 'learner']]
    """
    words = search_words()
    plain = fold(query.translate(words.simplified))
    pieces: list[str] = []
    for run in runs(plain):
        if is_han(run):
            pieces += [p for p in _without(run, words.stop_han) if p]
        elif run not in words.stop:
            pieces.append(run)
    if not pieces:
        pieces = runs(plain)
    texts = [pieces]
    for number, piece in enumerate(pieces):
        for word, instead in words.same.items():
            if word == piece or (is_han(word) and word in piece):
                for other in instead:
                    texts.append([*pieces[:number], piece.replace(word, other), *pieces[number + 1 :]])
    found = [list(dict.fromkeys(t for piece in text for t in tokens(piece))) for text in texts]
    unique = [list(t) for t in dict.fromkeys(tuple(f) for f in found if f)]
    return unique[:MAXIMUM_READINGS]


def _without(run: str, stop: Sequence[str]) -> list[str]:
    if not stop:
        return [run]
    return re.split("|".join(map(re.escape, stop)), run)


def suggestions(
    query: str, unknown: Iterable[str], known: Sequence[str], names: Iterable[str]
) -> tuple[str, ...]:
    """Offer queries in which words that nothing holds are replaced by near ones.

    Parameters
    ----------
    query
        What was typed.
    unknown
        Its tokens that no document holds.
    known
        All indexed words, sorted.
    names
        Names of cities in all languages; they are offered first.
    """
    folded = fold(query).strip()
    lower = {fold(n): n for n in names}
    offered: list[str] = []
    together = "".join(r for r in runs(folded) if not is_han(r))
    if " " in folded and together in lower:
        offered.append(lower[together])
    near = {u: _near(u, folded, known, lower) for u in dict.fromkeys(unknown) if len(u) > 1}
    near = {u: words for u, words in near.items() if words}
    if len(near) == 1:
        ((token, words),) = near.items()
        offered += [folded.replace(token, lower.get(w, w)) for w in words]
    elif near:
        whole = folded
        for token, words in near.items():
            whole = whole.replace(token, lower.get(words[0], words[0]))
        offered.append(whole)
    return tuple(o for o in dict.fromkeys(offered) if fold(o) != folded)[:MAXIMUM_SUGGESTIONS]


def _near(token: str, query: str, known: Sequence[str], names: Iterable[str]) -> list[str]:
    """Known words near a token, the nearest first, names of cities before other words."""
    if is_han(token):
        # Only a name alone can be mended: pairs of characters from a sentence are no words.
        pool = [n for n in names if is_han(n) and len(n) == len(query)] if query == token else []
        return sorted((n for n in pool if _likeness(token, n) >= 0.5), key=lambda n: -_likeness(token, n))
    found = {n: _likeness(token, n) + 0.1 for n in names if not is_han(n)}
    found |= {w: _likeness(token, w) for w in _same_start(token, known) if w not in found}
    return sorted((w for w, share in found.items() if share >= NEAR), key=lambda w: (-found[w], w))


def _same_start(token: str, known: Sequence[str]) -> Sequence[str]:
    """Indexed words with the same first letter: slips seldom hit the first one."""
    start = bisect_left(known, token[0])
    end = bisect_left(known, chr(ord(token[0]) + 1))
    return [w for w in known[start:end] if abs(len(w) - len(token)) <= 2 and len(w) > 3]


def _likeness(token: str, word: str) -> float:
    matcher = SequenceMatcher(None, token, word)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 else 0.0
