"""Inner loops of the typology, compiled by numba and kept on disk; imported late.

Gower's distance of all pairs, the BUILD and SWAP phases of PAM with the shared gain of FastPAM1, silhouettes.
Every loop runs in a fixed order: the same input gives the same output on every machine and in every thread.

References
----------
Gower (1971), doi 10.2307/2528823. Kaufman & Rousseeuw (1990), doi 10.1002/9780470316801. Schubert & Rousseeuw
(2021), doi 10.1016/j.is.2021.101804. Rousseeuw (1987), doi 10.1016/0377-0427(87)90125-7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from learningcity.core import compiled

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

#: Gains smaller than this share of the largest distance are rounding, no improvement.
EPSILON = 1e-12
SCALE, NOMINAL, ASYMMETRIC = 0, 1, 2


@compiled(nogil=True)
def gower_pairs(upper: Floats, lower: Floats, kinds: Places, weights: Floats) -> tuple[Floats, Floats]:
    """Distances, and for each pair the weight of the columns that both cases could be compared on.

    ``upper`` and ``lower`` (cases x columns, NaN = missing): on a scale two cases differ by the upper end of
    the higher less the lower end of the lower one; else they are equal or not.
    """
    n, columns = upper.shape
    distance = np.zeros((n, n))
    common = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            total, weight = 0.0, 0.0
            for c in range(columns):
                a, b = upper[i, c], upper[j, c]
                if np.isnan(a) or np.isnan(b):
                    continue
                if kinds[c] == ASYMMETRIC and a == 0.0 and b == 0.0:
                    continue
                weight += weights[c]
                if a == b:
                    continue
                if kinds[c] != SCALE:
                    total += weights[c]
                elif a > b:
                    total += weights[c] * (a - lower[j, c])
                else:
                    total += weights[c] * (b - lower[i, c])
            common[i, j] = common[j, i] = weight
            if weight > 0.0:
                distance[i, j] = distance[j, i] = total / weight
            else:
                distance[i, j] = distance[j, i] = np.nan
    return distance, common


@compiled(nogil=True)
def build(distance: Floats, most: int) -> Places:
    """BUILD: the most central case, then again and again the case that lowers the sum of distances most.

    Fewer than ``most`` medoids are given where no further one lowers the sum: then each case lies on a medoid.
    """
    n = len(distance)
    medoids = np.empty(most, np.int64)
    nearest = np.full(n, np.inf)
    found = 0
    largest = distance.max()
    while found < most:
        best, choice = -np.inf, -1
        for x in range(n):
            gain = 0.0
            for o in range(n):
                if found == 0:
                    gain -= distance[x, o]
                elif distance[x, o] < nearest[o]:
                    gain += nearest[o] - distance[x, o]
            if gain > best + EPSILON * largest:
                best, choice = gain, x
        if found > 0 and best <= EPSILON * largest:
            break
        medoids[found] = choice
        found += 1
        for o in range(n):
            nearest[o] = min(nearest[o], distance[choice, o])
    return medoids[:found].copy()


@compiled(nogil=True)
def nearest_two(distance: Floats, medoids: Places) -> tuple[Places, Floats, Floats]:
    """Place of the nearest medoid of each case, the distance to it, and that to the second nearest.

    A medoid belongs to itself, also where another medoid lies on it.
    """
    n, k = len(distance), len(medoids)
    which = np.zeros(n, np.int64)
    first = np.full(n, np.inf)
    second = np.full(n, np.inf)
    for m in range(k):
        row = distance[medoids[m]]
        for o in range(n):
            d = row[o]
            if d < first[o]:
                second[o] = first[o]
                first[o] = d
                which[o] = m
            elif d < second[o]:
                second[o] = d
    for m in range(k):
        o = medoids[m]
        if which[o] != m:
            second[o] = first[o]
            first[o] = 0.0
            which[o] = m
    return which, first, second


@compiled(nogil=True)
def losses(which: Places, first: Floats, second: Floats, loss: Floats) -> None:
    """What the sum would gain without each medoid: its cases go to their second nearest."""
    loss[:] = 0.0
    if len(loss) > 1:
        for o in range(len(which)):
            loss[which[o]] += second[o] - first[o]


@compiled(nogil=True)
def swap(distance: Floats, medoids: Places) -> tuple[Places, float, int]:
    """SWAP to a local optimum: no exchange of one medoid with one other case lowers the sum any more.

    One pass over the cases gives the change of the sum for all k medoids at once (the shared gain of FastPAM1); an
    exchange is made as soon as it is found (FasterPAM), and the search goes round until all cases were tried in vain.
    """
    n, k = len(distance), len(medoids)
    medoids = medoids.copy()
    is_medoid = np.zeros(n, np.bool_)
    for m in medoids:
        is_medoid[m] = True
    least = EPSILON * distance.max() * n
    which, first, second = nearest_two(distance, medoids)
    loss = np.empty(k)
    losses(which, first, second, loss)
    change = np.empty(k)
    swaps, tried, x = 0, 0, -1
    while tried < n:
        tried += 1
        x = x + 1 if x + 1 < n else 0
        if is_medoid[x]:
            continue
        row = distance[x]
        shared = 0.0
        change[:] = loss
        for o in range(n):
            d = row[o]
            if k == 1:
                shared += d - first[o]
            elif d < first[o]:
                shared += d - first[o]
                change[which[o]] += first[o] - second[o]
            elif d < second[o]:
                change[which[o]] += d - second[o]
        out = 0
        for m in range(1, k):
            if change[m] < change[out]:
                out = m
        if change[out] + shared >= -least:
            continue
        is_medoid[medoids[out]] = False
        is_medoid[x] = True
        medoids[out] = x
        which, first, second = nearest_two(distance, medoids)
        losses(which, first, second, loss)
        swaps += 1
        tried = 0
    return medoids, first.sum(), swaps


@compiled(nogil=True)
def silhouettes(distance: Floats, which: Places, k: int) -> tuple[Floats, Places]:
    """Silhouette of each case and its nearest other cluster; 0 for a cluster of one case."""
    n = len(distance)
    sizes = np.zeros(k, np.int64)
    for o in range(n):
        sizes[which[o]] += 1
    width = np.zeros(n)
    neighbour = np.zeros(n, np.int64)
    sums = np.empty(k)
    for i in range(n):
        sums[:] = 0.0
        for j in range(n):
            sums[which[j]] += distance[i, j]
        other, near = np.inf, -1
        for m in range(k):
            if m != which[i] and sizes[m] > 0 and sums[m] / sizes[m] < other:
                other, near = sums[m] / sizes[m], m
        neighbour[i] = near
        if near < 0 or sizes[which[i]] < 2:
            continue
        own = sums[which[i]] / (sizes[which[i]] - 1)
        larger = max(own, other)
        if larger > 0.0:
            width[i] = (other - own) / larger
    return width, neighbour
