"""Minimal transversals: the smallest sets that meet every edge of a hypergraph, in parts of bounded size.

References
----------
Murakami & Uno (2014), Efficient algorithms for dualizing large-scale hypergraphs, Discrete Applied
Mathematics 170, doi 10.1016/j.dam.2014.01.012.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from learningcity.core import InputError, Text

#: Sets that are held at a time.
PART = 1 << 14
#: Members of a set that the state of a search has room for at first; doubled where it meets a larger one.
ROOM = 32
#: Most memory of the state.
MOST_BYTES = 1 << 30


def packed(sets: Iterable[Iterable[int]], size: int) -> Any:
    """Sets of whole numbers below ``size`` as rows of bits.

    Returns
    -------
    array
        Sets x words, 64 bits a word.
    """
    import numpy as np

    rows = [list(s) for s in sets]
    out = np.zeros((len(rows), max(1, -(-size // 64))), dtype=np.uint64)
    for row, members in zip(out, rows, strict=True):
        for k in members:
            row[k >> 6] |= np.uint64(1) << np.uint64(k & 63)
    return out


def packed_rows(table: Any) -> Any:
    """A table of True and False as rows of bits, 64 a word."""
    import numpy as np

    rows, size = table.shape
    words = max(1, -(-size // 64))
    padded = np.zeros((rows, words * 64), dtype=np.uint8)
    padded[:, :size] = table
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def unpacked(words: Any, size: int) -> Any:
    """Rows of bits as a table of True and False, sets x ``size``."""
    import numpy as np

    words = np.ascontiguousarray(words)
    bits = np.unpackbits(
        words.view(np.uint8).reshape(len(words), words.shape[1] * 8), axis=1, bitorder="little"
    )
    return bits[:, :size].astype(bool)


def distinct(words: Any) -> tuple[Any, Any]:
    """Where each different row of bits comes first, rows in order, and which of them each row is."""
    import numpy as np

    # Rows of one word, the most by far, are numbers: to compare them as rows costs ten times as much.
    rows, axis = (words[:, 0], None) if words.shape[1] == 1 else (words, 0)
    _, first, inverse = np.unique(rows, axis=axis, return_index=True, return_inverse=True)
    return first, inverse.ravel()


def smallest_edges(edges: Any) -> Any:
    """The edges that hold no other edge, each once: they have the same transversals.

    Parameters
    ----------
    edges
        Edges x words.
    """
    import numpy as np

    from learningcity.explain.qca.compiled_transversals import without_supersets

    edges = edges[distinct(edges)[0]]
    size = np.bitwise_count(edges).sum(axis=1)
    edges = edges[np.argsort(size, kind="stable")]
    return edges[without_supersets(edges)]


def minimal_transversals(edges: Any, size: int, part: int = PART) -> Iterator[Any]:
    """Give all minimal sets of vertices that meet every edge, a part at a time.

    Parameters
    ----------
    edges
        Edges x words of vertices (see :func:`packed`). No edge gives the empty set; an empty edge gives
        nothing, since no set meets it.
    size
        Number of vertices.
    part
        Sets in a part.

    Yields
    ------
    array
        Sets x words of vertices, each set once, at most ``part`` of them.

    Examples
    --------
    >>> triangle = packed([(0, 1), (1, 2), (0, 2)], 3)
    >>> (found,) = minimal_transversals(triangle, 3)
    >>> unpacked(found, 3).astype(int).tolist()
    [[1, 0, 1], [1, 1, 0], [0, 1, 1]]
    """
    import numpy as np

    from learningcity.explain.qca.compiled_transversals import search

    words = edges.shape[1]
    if not len(edges):
        yield np.zeros((1, words), dtype=np.uint64)
        return
    edges = smallest_edges(edges)
    if (edges == 0).all(axis=1).any():
        return
    member = unpacked(edges, size)
    hits = packed_rows(member.T)
    state = [
        np.full(ROOM, -1, dtype=np.int64),
        np.zeros((ROOM, hits.shape[1]), dtype=np.uint64),
        np.zeros((ROOM, words), dtype=np.uint64),
        np.zeros((ROOM, words), dtype=np.uint64),
        np.zeros((ROOM, ROOM, hits.shape[1]), dtype=np.uint64),
    ]
    _, uncovered, candidates, branch, _ = state
    uncovered[0] = packed([range(len(edges))], len(edges))[0]
    first = int(member.sum(axis=1).argmin())
    branch[0] = edges[first]
    candidates[0] = packed([range(size)], size)[0] & ~edges[first]
    depth, out = 0, np.zeros((part, words), dtype=np.uint64)
    while depth >= 0:
        chosen, uncovered, candidates, branch, critical = state
        depth, count = search(edges, hits, depth, chosen, uncovered, candidates, branch, critical, out)
        if count:
            yield out[:count].copy()
        if depth + 1 == len(chosen):
            state = _roomier(state)


def _roomier(state: list[Any]) -> list[Any]:
    """The state of a search with room for sets of twice the size."""
    import numpy as np

    chosen, *_, critical = state
    if 4 * critical.nbytes > MOST_BYTES:
        raise InputError(
            Text(
                f"The search met sets of more than {len(chosen):,} members and would need more than "
                f"{MOST_BYTES >> 20:,} MB. Use fewer conditions or rows.",
                f"搜索遇到超过{len(chosen):,}个元素的集合，所需内存将超过{MOST_BYTES >> 20:,} MB。请减少条件或组合。",
            )
        )
    found = [np.concatenate([one, np.zeros_like(one)]) for one in state[:-1]]
    found[0][len(chosen) :] = -1
    room = len(chosen)
    deeper = np.zeros((2 * room, 2 * room, critical.shape[2]), dtype=np.uint64)
    deeper[:room, :room] = critical
    return [*found, deeper]
