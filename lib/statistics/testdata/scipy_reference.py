"""Computes scipy_reference.json: python3 scipy_reference.py > scipy_reference.json (needs SciPy and mpmath)."""

import itertools
import json
import warnings

import mpmath as mp
import numpy as np
import scipy
from scipy import stats

warnings.filterwarnings("ignore")  # Friedman's and Wilcoxon's remarks on small samples
mp.mp.dps = 30


def range_tail(q, k):
    """P(range >= q) of k standard normal variables, with 30 digits."""
    q, upper = mp.mpf(q), lambda z: mp.erfc(z / mp.sqrt(2)) / 2

    def density(z):
        below = upper(-z)
        return mp.npdf(z) * below ** (k - 1) * -mp.expm1((k - 1) * mp.log1p(-upper(q - z) / below))

    return float(k * mp.quad(density, [q / 2 + mp.mpf(i) / 2 for i in range(-28, 29)]))


def friedman(scores):
    result = stats.friedmanchisquare(*np.array(scores).T)
    ranks = stats.rankdata(scores, axis=1)
    return {"scores": scores, "meanRanksLow": ranks.mean(axis=0).tolist(), "chiSquared": float(result.statistic),
            "pValue": float(result.pvalue)}


OPTIONS = ({}, {"alternative": "greater"}, {"alternative": "less"}, {"zero_method": "pratt"}, {"zero_method": "zsplit"},
           {"method": "asymptotic"})


def wilcoxon(a, b):
    # Rounded, as differences of decimal numbers are no decimal numbers in float64, and ties would be lost.
    differences = (np.array(a) - np.array(b)).round(10)
    results = [(options, stats.wilcoxon(differences, **options)) for options in OPTIONS]
    return {"a": a, "b": b, "results": [{**options, "statistic": float(result.statistic), "pValue": float(result.pvalue)}
                                        for options, result in results]}


def exact_friedman(ranks):
    """The share of all orders of each case's ranks that give rank sums at least as different, by counting them all."""
    orders = [sorted(set(itertools.permutations(row))) for row in ranks]
    middle = len(ranks) * (len(ranks[0]) + 1) / 2

    def spread(rows):
        return sum((sum(column) - middle) ** 2 for column in zip(*rows))

    counts = [spread(rows) >= spread(ranks) for rows in itertools.product(*orders)]
    return {"ranks": ranks, "p": sum(counts) / len(counts)}


def every_f(cases, functions, step):
    """Iman and Davenport's F and its tail for the sums of squares that ranks of so many cases may have."""
    within = cases * functions * (functions**2 - 1) / 12
    between = np.arange(step, cases * within, step)
    f = (cases - 1) * between / (cases * within - between)
    degrees = (functions - 1, (functions - 1) * (cases - 1))
    return {"cases": cases, "functions": functions, "between": between.tolist(), "p": stats.f.sf(f, *degrees).tolist()}


def pairs(n, seed, digits):
    rng = np.random.default_rng(seed)
    return [rng.normal(loc, 1, n).round(digits).tolist() for loc in (0.3, 0)]


tails = {
    "norm.sf": (stats.norm.sf, [[z] for z in (-3, -0.5, 0, 0.1, 1, 1.96, 5, 8.5, 20, 37)]),
    "norm.isf": (stats.norm.isf, [[p] for p in (0.975, 0.5, 0.3, 0.05, 0.025, 1e-4, 1e-10, 1e-50, 1e-200)]),
    "chi2.sf": (stats.chi2.sf, [[0.01, 1], [0.5, 1], [3.84, 1], [100, 1], [0.5, 2], [9.278, 3], [200, 7], [1200, 7],
                                [5, 9], [30, 9], [0.001, 5], [20, 49], [49, 49], [60, 49], [1000, 49]]),
    "f.sf": (stats.f.sf, [[0.1, 2, 4], [1, 2, 4], [3.6863, 3, 39], [50, 3, 39], [1e4, 3, 39], [0.2, 9, 243],
                          [1.05, 9, 243], [0.9, 49, 489951], [1, 49, 489951], [2.5, 49, 489951], [13, 49, 489951],
                          [4, 1, 1], [1e6, 1, 1], [7, 2, 2]]),
    "coin.sf": (lambda c, n: stats.binom.sf(c - 1, n, 0.5), [[0, 5], [1, 5], [5, 5], [10, 12], [11, 14], [600, 1000],
                                                             [5000, 10000], [5300, 10000], [6500, 10000]]),
    "range.sf": (range_tail, [[0.01, 2], [0.5, 2], [1, 3], [2.8, 2], [3.633, 4], [5, 4], [10, 4], [20, 4], [45, 4],
                              [0.5, 10], [4.47, 10], [8, 10], [15, 10], [5, 20], [9, 20], [1, 50], [5.6, 50],
                              [12, 50], [30, 50], [2, 100], [6, 100], [10, 100], [40, 100]]),
    "studentized_range.isf": (lambda p, k: stats.studentized_range.isf(p, k, np.inf),
                              [[p, k] for k in (2, 3, 5, 10, 20, 50, 100) for p in (0.1, 0.05, 0.001)]),
}

rng = np.random.default_rng(1)
tied = rng.integers(0, 4, (9, 5)).tolist()
smooth = (rng.normal(0, 1, (12, 6)) + np.arange(6) / 4).round(4).tolist()
far = [[i + 1e-3 * r for i in range(4)] for r in range(60)]
small = [
    [[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 2, 3]],
    [[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 3, 2], [1, 2, 3], [3, 1, 2]],
    [[1.5, 1.5, 3], [1, 2, 3], [2, 2, 2], [1, 2.5, 2.5], [1, 3, 2]],
    [[1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3]],
    [[1, 2, 3.5, 3.5], [1.5, 1.5, 3, 4], [4, 1, 2.5, 2.5], [1, 3, 3, 3]],
    [[1, 2, 3, 4, 5], [2, 1, 3, 5, 4]],
]
short, exact, ties, zeros, long = pairs(8, 2, 4), pairs(28, 3, 4), pairs(28, 4, 1), pairs(40, 5, 0), pairs(80, 6, 3)
few = [[5.0, 3.0, 2.0, 2.0, 4.0, 1.0, 7.0, 2.0, 3.0, 6.0], [4.0, 1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 1.0, 2.0, 7.0]]
strong = [[float(i + 1) for i in range(120)], [0.0] * 120]
print(json.dumps({
    "source": f"SciPy {scipy.__version__}, NumPy {np.__version__}; range.sf: the integral by mpmath {mp.__version__}",
    "tails": {name: [[*args, float(f(*args))] for args in rows] for name, (f, rows) in tails.items()},
    "exactFriedman": [exact_friedman(ranks) for ranks in small],
    "everyF": [every_f(*shape) for shape in ((4, 5, 2), (3, 3, 1), (6, 4, 8), (5, 8, 96), (28, 12, 9000))],
    "friedman": [friedman(scores) for scores in (tied, smooth, far)],
    "wilcoxon": [wilcoxon(a, b) for a, b in (short, exact, ties, zeros, few, long, strong)],
}))
