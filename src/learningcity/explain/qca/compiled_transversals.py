"""Minimal transversals of a hypergraph, compiled: the loop under prime implicants and under covers.

A search that can be stopped and resumed: its whole state lies in arrays, so an answer of any length comes
in parts and never fills the memory. Imported late, since numba takes half a second.

References
----------
Murakami & Uno (2014), Efficient algorithms for dualizing large-scale hypergraphs, Discrete Applied
Mathematics 170, doi 10.1016/j.dam.2014.01.012 (algorithm MMCS, written from the paper).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from learningcity.core import compiled
from learningcity.explain.qca.compiled_bits import ones

Words = NDArray[np.uint64]


@compiled
def without_supersets(edges: Words) -> Any:
    """Which edges hold no other edge.

    Parameters
    ----------
    edges
        Edges x words, each once, smaller ones first.
    """
    kept = np.zeros(len(edges), dtype=np.bool_)
    place = np.empty(len(edges), dtype=np.int64)
    count = 0
    for k in range(len(edges)):
        good = True
        for j in range(count):
            inside = True
            for w in range(edges.shape[1]):
                if edges[place[j], w] & ~edges[k, w] != np.uint64(0):
                    inside = False
                    break
            if inside:
                good = False
                break
        if good:
            kept[k] = True
            place[count] = k
            count += 1
    return kept


@compiled
def _narrowest(edges: Words, uncovered: Words, candidates: Words) -> int:
    """The uncovered edge with the fewest candidates left."""
    best, fewest = -1, np.int64(0)
    for w in range(len(uncovered)):
        word = uncovered[w]
        base = w << 6
        bit = 0
        while word != np.uint64(0):
            if word & np.uint64(1):
                edge = base + bit
                count = np.int64(0)
                for v in range(len(candidates)):
                    count += np.int64(ones(edges[edge, v] & candidates[v]))
                if best < 0 or count < fewest:
                    best, fewest = edge, count
                    if count <= 1:
                        return best
            word >>= np.uint64(1)
            bit += 1
    return best


@compiled
def search(
    edges: Words, hits: Words, depth: int, chosen: Any, uncovered: Words, candidates: Words,
    branch: Words, critical: Words, out: Words,
) -> Any:  # fmt: skip
    """Go on with the search until ``out`` is full, the state has no more room, or nothing is left.

    Parameters
    ----------
    edges
        Edges x words of vertices: which vertices an edge holds.
    hits
        Vertices x words of edges: which edges a vertex hits.
    depth
        Where the search stands; 0 with fresh arrays begins it, -1 = done.
    chosen, uncovered, candidates, branch, critical
        The state: per depth the vertex taken last (-1 = none yet), edges not hit, vertices that may still
        be taken, vertices still to be tried here, and for each vertex taken the edges that only it hits.
    out
        Room x words of vertices, filled with the sets found.

    Returns
    -------
    depth, count
        Where to go on (-1 = done; the last place of ``chosen`` = the state needs more room), and how many
        rows of ``out`` are filled.
    """
    n_edges, n_vertices = hits.shape[1], edges.shape[1]
    count = 0
    while depth >= 0:
        # Each visit of a depth first undoes the vertex that was tried last, then takes the next one.
        last = chosen[depth]
        if last >= 0:
            candidates[depth, last >> 6] |= np.uint64(1) << np.uint64(last & 63)
        vertex = -1
        for w in range(n_vertices):
            if branch[depth, w] != np.uint64(0):
                bit = 0
                word = branch[depth, w]
                while word & np.uint64(1) == np.uint64(0):
                    word >>= np.uint64(1)
                    bit += 1
                vertex = (w << 6) + bit
                branch[depth, w] &= branch[depth, w] - np.uint64(1)
                break
        if vertex < 0:
            chosen[depth] = -1
            depth -= 1
            continue
        chosen[depth] = vertex
        # A vertex is of use only while each vertex in the set keeps an edge of its own.
        good = True
        for d in range(depth):
            any_left = False
            for w in range(n_edges):
                left = critical[depth, d, w] & ~hits[vertex, w]
                critical[depth + 1, d, w] = left
                if left != np.uint64(0):
                    any_left = True
            if not any_left:
                good = False
                break
        if not good:
            continue
        own = False
        all_hit = True
        for w in range(n_edges):
            mine = uncovered[depth, w] & hits[vertex, w]
            critical[depth + 1, depth, w] = mine
            if mine != np.uint64(0):
                own = True
            uncovered[depth + 1, w] = uncovered[depth, w] & ~hits[vertex, w]
            if uncovered[depth + 1, w] != np.uint64(0):
                all_hit = False
        if not own:
            continue
        if all_hit:
            for w in range(n_vertices):
                out[count, w] = np.uint64(0)
            for d in range(depth + 1):
                out[count, chosen[d] >> 6] |= np.uint64(1) << np.uint64(chosen[d] & 63)
            count += 1
            if count == out.shape[0]:
                return depth, count
            continue
        edge = _narrowest(edges, uncovered[depth + 1], candidates[depth])
        for w in range(n_vertices):
            branch[depth + 1, w] = edges[edge, w] & candidates[depth, w]
            candidates[depth + 1, w] = candidates[depth, w] & ~edges[edge, w]
        chosen[depth + 1] = -1
        depth += 1
        if depth + 1 == len(chosen):
            return depth, count
    return -1, count
