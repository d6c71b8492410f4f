"""The inner loops over draws, compiled by numba; imported late.

Each draw is computed by one thread in a fixed order of operations and writes its own row, so the number
of threads changes no bit. Threads are plain Python threads over functions that let the interpreter go
(nogil): unlike OpenMP they survive a fork of the process and calls from several threads of a server.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np

from learningcity.core import compiled
from learningcity.index.compiled import COPELAND, _available, copeland_into, rank_into
from learningcity.index.compiled_normalise import normalise_into

#: To start a thread takes about as long as so many elementary steps.
ALONE = 500_000


@compiled(error_model="numpy", nogil=True)
def _mean_by_child(values: Any, children: Any, w: Any, least: float, out: Any, there: Any) -> None:
    """Arithmetic means of all units at once, child by child: several units an instruction.

    For each unit the operations and their order are those of ``_available`` and the formula itself, so
    the bits are the same; a test holds that.
    """
    units = out.shape[0]
    for u in range(units):
        out[u] = 0.0
        there[u] = 0.0
    for c in range(children.shape[0]):
        weight = w[c]
        if weight > 0.0:
            for u in range(units):
                x = values[children[c], u]
                missing = np.isnan(x)
                out[u] += 0.0 if missing else weight * x
                there[u] += 0.0 if missing else weight
    for u in range(units):
        if there[u] == 0.0 or there[u] < least:
            out[u] = np.nan
        else:
            out[u] /= there[u]


@compiled(error_model="numpy", nogil=True)
def aggregate_draws(
    start: int,
    stop: int,
    pool: Any,
    index: Any,
    weights: Any,
    methods: Any,
    powers: Any,
    minima: Any,
    again: Any,
    scales: Any,
    directions: Any,
    levels: Any,
    first: Any,
    children: Any,
    top: int,
    scores: Any,
    undefined: Any,
) -> None:
    """Aggregate the tree for the draws ``start`` to ``stop``.

    ``pool`` columns x units; ``index`` draws x indicators (row of the pool); ``weights`` draws x codes, 0
    = left out; ``methods``, ``powers``, ``minima`` draws x levels; ``again`` draws x levels says
    how the codes below are normalised again, with the two parameters ``scales`` and the ``directions`` of
    the codes; ``first`` and ``children`` say for
    each aggregate which codes lie below; ``scores`` draws x units is written, and in ``undefined`` which
    aggregate had no value although enough of its children had one, or could not be normalised again; -1 =
    none of that.
    """
    units = pool.shape[1]
    indicators = index.shape[1]
    aggregates = first.shape[0] - 1
    widest = 0
    for a in range(aggregates):
        widest = max(widest, first[a + 1] - first[a])
    values = np.empty((indicators + aggregates, units))
    x, w = np.empty(widest), np.empty(widest)
    xs, ws = np.empty(widest), np.empty(widest)
    there_, room = np.empty(units), np.empty(units)
    # What is read from below: a second table where anything is normalised again.
    second = np.empty_like(values) if again.any() else values
    for d in range(start, stop):
        undefined[d] = -1
        for i in range(indicators):
            row = index[d, i]
            for u in range(units):
                values[i, u] = pool[row, u]
        for a in range(aggregates):
            n = first[a + 1] - first[a]
            total = 0.0
            for c in range(n):
                w[c] = weights[d, children[first[a] + c]]
                total += w[c]
            level = levels[a]
            below = values
            if again[d, level] > 0:
                below = second
                for c in range(n):
                    child = children[first[a] + c]
                    plain = normalise_into(
                        again[d, level],
                        scales[d, level, 0],
                        scales[d, level, 1],
                        directions[child],
                        values[child],
                        second[child],
                        room,
                    )
                    # A code that is left out has neither weight nor values.
                    if not plain and (w[c] > 0.0 or not np.isnan(values[child]).all()):
                        undefined[d] = indicators + a
            if methods[d, level] == 0:
                out = values[indicators + a]
                _mean_by_child(
                    below, children[first[a] : first[a + 1]], w, minima[d, level] * total, out, there_
                )
                continue
            if methods[d, level] == COPELAND:
                copeland_into(
                    below, children[first[a] : first[a + 1]], w, minima[d, level], values[indicators + a]
                )
                continue
            for u in range(units):
                for c in range(n):
                    x[c] = below[children[first[a] + c], u]
                found = _available(
                    methods[d, level], powers[d, level], minima[d, level], x[:n], w[:n], xs, ws
                )
                values[indicators + a, u] = found
                if np.isnan(found) and weights[d, indicators + a] > 0.0 and undefined[d] < 0:
                    there = 0.0
                    for c in range(n):
                        if not np.isnan(x[c]) and w[c] > 0.0:
                            there += w[c]
                    if there > 0.0 and there >= minima[d, level] * total:
                        undefined[d] = indicators + a
        for u in range(units):
            scores[d, u] = values[top, u]


@compiled(error_model="numpy", nogil=True)
def rank_draws(start: int, stop: int, scores: Any, ranks: Any, ties: Any) -> None:
    """Rank the units of each draw: rank (0 = no score) and how many units share it."""
    units = scores.shape[1]
    order = np.empty(units, dtype=np.int64)
    found = np.empty(units)
    sharing = np.empty(units + 1, dtype=np.int64)
    for d in range(start, stop):
        rank_into(scores[d], order, found)
        sharing[:] = 0
        for u in range(units):
            ranks[d, u] = 0 if np.isnan(found[u]) else int(found[u])
            sharing[ranks[d, u]] += 1
        for u in range(units):
            ties[d, u] = sharing[ranks[d, u]]


@compiled(error_model="numpy", nogil=True)
def count_ranks(start: int, stop: int, ranks: Any, ties: Any, width: int, counts: Any, shares: Any) -> None:
    """Count ranks of the units ``start`` to ``stop``: as they are, and with ties split evenly.

    ``width`` ranks share one column of the counts.
    """
    for d in range(ranks.shape[0]):
        for u in range(start, stop):
            rank = ranks[d, u]
            if rank > 0:
                counts[u, (rank - 1) // width] += 1
                part = 1.0 / ties[d, u]
                for k in range(ties[d, u]):
                    shares[u, (rank - 1 + k) // width] += part


@compiled(error_model="numpy", nogil=True)
def count_wins(start: int, stop: int, ranks: Any, wins: Any, met: Any) -> None:
    """Count for the units ``start`` to ``stop`` how often each stood before each other one."""
    units = ranks.shape[1]
    for d in range(ranks.shape[0]):
        for u in range(start, stop):
            own = ranks[d, u]
            if own > 0:
                for v in range(units):
                    other = ranks[d, v]
                    if other > 0:
                        met[u, v] += 1
                        if own < other:
                            wins[u, v] += 1


def spread(
    work: Callable[..., None],
    size: int,
    threads: int,
    *given: Any,
    most: int | None = None,
    step: Callable[[int], None] | None = None,
    each: int | None = None,
) -> None:
    """Call ``work(start, stop, *given)`` over equal parts of ``size``, one here, the others in threads.

    With ``most`` at most so many are done at a time, and ``step`` is told of them; since each writes what is
    its own alone, no bit depends on where the cut is. ``each`` says about how many elementary steps one takes:
    where all together are few, no thread is started.
    """
    slices = max(1, -(-size // max(1, most or size)))
    bounds = [size * k // slices for k in range(slices + 1)]
    parts = max(1, min(threads, size))
    if parts == 1 or (each is not None and size * each <= ALONE):
        for begin, end in pairwise(bounds):
            work(begin, end, *given)
            if step is not None:
                step(end - begin)
        return
    with ThreadPoolExecutor(parts - 1) as workers:
        for begin, end in pairwise(bounds):
            edges = [begin + (end - begin) * k // parts for k in range(parts + 1)]
            own, *others = [(a, b) for a, b in pairwise(edges) if a < b]
            waiting = [workers.submit(work, a, b, *given) for a, b in others]
            work(*own, *given)
            for done in waiting:
                done.result()
            if step is not None:
                step(end - begin)


def all_threads() -> int:
    """How many threads this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
