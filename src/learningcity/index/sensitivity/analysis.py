"""The sensitivity analysis: which choice is to blame for how much of the uncertainty."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from learningcity.core import InputError, Progress, Steps, Text, UnknownNameError, share, whole_number
from learningcity.index.build import build_index
from learningcity.index.sensitivity.estimators import bootstrap, sobol_indices
from learningcity.index.sensitivity.result import INDICES, SensitivityResult
from learningcity.index.spec import IndexSpec
from learningcity.index.uncertainty.analysis import units_of
from learningcity.index.uncertainty.engine import Engine
from learningcity.index.uncertainty.factors import Factors, read_choices
from learningcity.index.uncertainty.sample import BLOCK, Sample, draw_block


def sensitivity(
    values: Any,
    spec: IndexSpec,
    choices: Any,
    *,
    draws: int = 1024,
    seed: int = 0,
    code: str | None = None,
    output: Literal["rank", "score"] = "rank",
    level: float = 0.95,
    resamples: int = 500,
    threads: int | None = None,
    progress: Progress | None = None,
) -> SensitivityResult:
    """Split the variance of scores or ranks among the choices, by Sobol' indices.

    The first-order index is the share of the variance that goes when the choice is settled; the total
    index is the share that stays when everything else is settled. All weights are one choice, and all
    cells in which sources disagree are one.

    Parameters
    ----------
    values, spec, choices
        As :func:`learningcity.index.uncertainty` takes them.
    draws
        Size of the base sample; indices are computed for ``draws`` times (choices + 2) runs.
    seed
        Whole number; the same seed gives the same bits whatever the number of threads.
    code
        Whose scores and ranks; None = the top.
    output
        Whether the indices of the units are those of their ranks or of their scores.
    level, resamples
        Share of the bootstrap resamples that the intervals hold, and how many there are.
    threads
        How many threads; None = all that there are.
    progress
        Called with the runs and resamples done and their number; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    SensitivityResult

    Raises
    ------
    InputError
        As ``uncertainty``; also where nothing varies by name, or fewer than two base draws are left.
    UnknownNameError
        A name, method, level or code that is not there.
    Stopped
        If ``progress`` raises it.

    Notes
    -----
    A base draw of which one run fails is dropped as a whole and counted. A choice that changes nothing
    has indices of exactly zero. Estimates are not cut at 0 or 1: a small negative first-order index is
    sampling error, as its interval shows. A unit that some runs leave without a score is not applicable.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005), doi 10.1111/j.1467-985X.2005.00350.x.
    Saltelli et al. (2010), doi 10.1016/j.cpc.2009.09.018. Jansen (1999), doi 10.1016/S0010-4655(98)00154-4.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> frame = pd.DataFrame({"skills": [1.0, 3.0, 2.0], "parks": [5.0, 4.0, 1.0]}, index=["a", "b", "c"])
    >>> choices = {"weights": {"noise": 0.5}, "normalise": ["minmax", ("minmax", {"upper": 1.0})]}
    >>> found = sensitivity(frame, IndexSpec(tree), choices, draws=64, seed=1)
    >>> float(found.overall.loc["normalise", "total"])
    0.0
    """
    import numpy as np

    from learningcity.index.compiled_draws import all_threads

    draws = whole_number(draws, "draws", 2)
    seed = whole_number(seed, "seed", 0)
    resamples = whole_number(resamples, "resamples", 1)
    threads = all_threads() if threads is None else whole_number(threads, "threads", 1)
    if output not in ("rank", "score"):
        raise UnknownNameError("option", output, ("rank", "score"))
    level = share(level, "level")
    nominal = build_index(values, spec)
    code = spec.structure.node(spec.structure.top if code is None else code).code
    factors = read_choices(choices, spec, values)
    if not factors.names:
        raise InputError(Text("Nothing varies; name at least one choice.", "没有变动因素，请至少给出一项。"))
    runs = draws * (len(factors.names) + 2)
    steps = Steps(progress, runs + 2 * resamples)
    units = units_of(nominal, values, factors, spec)
    engine = Engine(values, spec, factors, units, code, threads)
    scores, ranks, failures = _run(engine, factors, draws, seed, threads, steps)
    if scores.shape[1] < 2:
        raise InputError(
            Text(
                "Fewer than two base draws are left: " + " ".join(r.en for r in failures),
                "有效的基础抽样不足两次：" + "".join(r.zh for r in failures),
            )
        )
    start = nominal.ranks[code].reindex(units).to_numpy()
    always = ~np.isnan(scores).any(axis=(0, 1)) & ~np.isnan(start)
    shift = np.abs(ranks[:, :, always] - start[always]).mean(axis=2, keepdims=True)
    every = np.where(always, ranks if output == "rank" else scores, 0.0)
    steps.to(runs)
    overall = _indices(shift, level, resamples, seed, steps)
    steps(resamples)
    by_unit = _indices(every, level, resamples, seed, steps)
    steps(resamples)
    return SensitivityResult(
        spec=spec,
        factors=factors,
        code=code,
        output=output,
        draws=draws,
        seed=seed,
        level=float(level),
        runs=runs,
        overall=_frame(overall, factors, [""]).droplevel("unit"),
        units=_frame(by_unit, factors, units),
        failures=failures,
    )


def _run(
    engine: Engine, factors: Factors, draws: int, seed: int, threads: int, steps: Steps
) -> tuple[Any, Any, dict[Text, int]]:
    """Scores and ranks, kinds of runs x base draws x units, without the draws that were dropped."""
    import numpy as np

    from learningcity.index.compiled_draws import rank_draws, spread

    kept_scores, kept_ranks = [], []
    failed: dict[Text, int] = {}
    for block in range(-(-draws // BLOCK)):
        left = draws - block * BLOCK
        a = draw_block(factors, engine.tree, seed, block, stream=1).part(left)
        b = draw_block(factors, engine.tree, seed, block, stream=2).part(left)
        done = [engine.run(s, steps) for s in (a, b, *(mix(factors, a, b, name) for name in factors.names))]
        wrong = np.stack([w for _, w in done])
        bad = (wrong >= 0).any(axis=0)
        for d in np.flatnonzero(bad):
            reason = engine.reasons[int(wrong[:, d][wrong[:, d] >= 0][0])]
            failed[reason] = failed.get(reason, 0) + 1
        # In the order of rows, as everywhere: for another one numba would compile the ranking anew.
        scores = np.ascontiguousarray(np.stack([s for s, _ in done])[:, ~bad])
        ranks = np.zeros(scores.shape, dtype=np.int32)
        ties = np.zeros(scores.shape[1:], dtype=np.int32)
        for kind in range(len(scores)):
            spread(
                rank_draws,
                scores.shape[1],
                threads,
                scores[kind],
                ranks[kind],
                ties,
                each=8 * scores.shape[2],
            )
        kept_scores.append(scores)
        kept_ranks.append(ranks)
    return np.concatenate(kept_scores, axis=1), np.concatenate(kept_ranks, axis=1).astype(float), failed


def mix(factors: Factors, a: Sample, b: Sample, name: str) -> Sample:
    """The first sample with one choice taken from the second."""
    place = next((k for k, f in enumerate(factors.factors) if f.name == name), None)
    found = a
    if place is not None:
        picked = a.picked.copy()
        picked[:, place] = b.picked[:, place]
        found = replace(found, picked=picked)
    if name == "sources":
        found = replace(found, cells=b.cells)
    # Noise is a choice of its own where whole sets of weights are drawn beside it.
    elif name == "noise of weights" or (name == "weights" and place is None):
        found = replace(found, multipliers=b.multipliers)
    return found


def _indices(runs: Any, level: float, resamples: int, seed: int, steps: Steps) -> Any:
    """Kinds of indices x choices x outputs."""
    import numpy as np

    a, b, mixed = runs[0], runs[1], runs[2:]
    first, total = sobol_indices(a, b, mixed)
    limits = bootstrap(a, b, mixed, resamples=resamples, level=level, seed=seed, steps=steps)
    return np.stack([first, limits[0], limits[1], total, limits[2], limits[3]])


def _frame(found: Any, factors: Factors, units: list[str]) -> Any:
    import pandas as pd

    index = pd.MultiIndex.from_product([units, factors.names], names=["unit", "choice"])
    columns = {name: found[k].T.reshape(-1) for k, name in enumerate(INDICES)}
    frame = pd.DataFrame(columns, index=index)
    return frame.assign(applicable=frame["total"].notna())
