"""The same quantities, one pair at a time, from scipy and by counting."""

from itertools import permutations

import numpy as np
from scipy import stats


def rank_biserial(values, groups):
    """2 U / (n1 n2) - 1 of the later group."""
    first, later = (values[groups == g] for g in np.unique(groups))
    return 2 * stats.mannwhitneyu(later, first).statistic / (len(first) * len(later)) - 1


def epsilon_squared(values, groups):
    h = stats.kruskal(*(values[groups == g] for g in np.unique(groups))).statistic
    return h / (len(values) - 1)


def cramers_v(first, second):
    table = stats.contingency.crosstab(first, second).count
    chi = stats.chi2_contingency(table, correction=False).statistic
    return np.sqrt(chi / table.sum() / (min(table.shape) - 1))


def spearman(first, second):
    return stats.spearmanr(first, second).statistic


def kendall(first, second):
    return stats.kendalltau(first, second).statistic


def counted_p(statistic, first, second):
    """Share of all orders of the cases that are at least as far from nothing."""
    seen = abs(statistic(first, second))
    found = [abs(statistic(first[list(order)], second)) for order in permutations(range(len(first)))]
    return np.mean(np.array(found) >= seen - 1e-9)


def partial_correlation(x, y, z):
    """Of ranks, one variable taken out, by the closed form."""
    xy, xz, yz = spearman(x, y), spearman(x, z), spearman(y, z)
    return (xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2))


def adjusted(ps, dependence=False):
    """Benjamini and Hochberg (1995), or Benjamini and Yekutieli (2001), by their definition."""
    m = len(ps)
    order = np.argsort(ps)
    factor = sum(1 / k for k in range(1, m + 1)) if dependence else 1.0
    q = np.empty(m)
    for place, k in enumerate(order):
        q[k] = min(1.0, min(ps[order[j]] * m * factor / (j + 1) for j in range(place, m)))
    return q
