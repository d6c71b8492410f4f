"""The uncertainty analysis: many draws of everything that could have been chosen otherwise."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Progress, Steps, Text, share, whole_number
from learningcity.index.build import build_index
from learningcity.index.spec import IndexSpec
from learningcity.index.uncertainty.counting import PAIRS, PAIRS_ASKED, Counts
from learningcity.index.uncertainty.engine import Engine
from learningcity.index.uncertainty.factors import Factors, read_choices
from learningcity.index.uncertainty.result import UncertaintyResult
from learningcity.index.uncertainty.sample import BLOCK, Sample, draw_block


def uncertainty(
    values: Any,
    spec: IndexSpec,
    choices: Any,
    *,
    draws: int = 1000,
    seed: int = 0,
    code: str | None = None,
    level: float = 0.9,
    pairs: bool | None = None,
    keep: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> UncertaintyResult:
    """Build an index many times, each time with other choices, and say what that does to the ranks.

    Parameters
    ----------
    values, spec
        As :func:`learningcity.index.build_index` takes them; the recipe gives the nominal index.
    choices
        What is drawn: ``{name: alternatives}``. A name is a field of the recipe (screen, denominate,
        impute, treat, normalise, weights, aggregate), or

        - "drop": what is left out of the aggregation; an alternative is a code, several codes, or None
          (nothing). The code of an indicator leaves out that indicator, the code of an aggregate all that
          is under it; the weights of their siblings then count alone, and an aggregate of which nothing
          is left goes, too. Steps before (screening, imputation, normalisation) still see them;
        - "coders": ``{coder: values}``, one table drawn for the whole index;
        - "sources": True; the cells of a FactTable in which sources disagree take the value of one of
          their facts, each fact equally likely, each cell on its own.

        Alternatives are a list (equally likely) or ``{alternative: probability}``; for impute, treat,
        normalise and aggregate also ``{level or code: alternatives}``, then each place is drawn on its
        own. The imputation "multiple" stands for its data sets, with the seeds ``seed``, ``seed + 1``
        and so on, one of which is drawn. ``weights={"noise": 0.25}`` multiplies each weight by a uniform number from 0.75 to 1.25
        (or ``{level: width}``; ``"of": alternatives`` beside it); ``weights={"dirichlet": c}`` draws the
        shares within each parent from a Dirichlet distribution with parameters ``c`` times the shares:
        the larger ``c``, the nearer to the weights as written. Of weights only proportions within a
        parent count.
    draws
        How many draws.
    seed
        Whole number; the same seed gives the same bits whatever the number of threads, and the first
        draws of a longer analysis are those of a shorter one.
    code
        Whose scores and ranks; None = the top.
    level
        Share of the draws that the intervals hold, the same share left out at either end.
    pairs
        Count pairwise wins; None = for up to 200 units. Possible for up to 1,000.
    keep
        Keep all draws; else memory does not grow with their number beyond 64 MB.
    threads
        How many threads; None = all that there are.
    progress
        Called with the draws done and their number; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    UncertaintyResult

    Raises
    ------
    InputError
        Choices that cannot be read; values or recipe that do not give a nominal index; no draw that
        gave one.
    UnknownNameError
        A name, method, level or code that is not there.
    Stopped
        If ``progress`` raises it.

    Notes
    -----
    A draw in which an alternative cannot be computed is counted with its reason in ``failures``. Units
    that a draw screens out have no rank in it; ``drawn`` says how often each unit had one.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005), doi 10.1111/j.1467-985X.2005.00350.x.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure
    >>> tree = Structure.of({"INDEX": ["skills", "parks"]})
    >>> frame = pd.DataFrame({"skills": [1.0, 3.0, 2.0], "parks": [5.0, 9.0, 1.0]}, index=["a", "b", "c"])
    >>> found = uncertainty(frame, IndexSpec(tree), {"weights": {"noise": 0.5}}, draws=500, seed=1)
    >>> found.ranks.loc["b", ["lower", "upper"]].tolist()
    [1.0, 1.0]
    """
    import numpy as np

    from learningcity.index.compiled_draws import all_threads

    draws = whole_number(draws, "draws", 1)
    seed = whole_number(seed, "seed", 0)
    steps = Steps(progress, draws)
    threads = all_threads() if threads is None else whole_number(threads, "threads", 1)
    level = share(level, "level")
    nominal = build_index(values, spec)
    code = spec.structure.node(spec.structure.top if code is None else code).code
    factors = read_choices(choices, spec, values)
    units = units_of(nominal, values, factors, spec)
    engine = Engine(values, spec, factors, units, code, threads)
    if pairs and len(units) > PAIRS_ASKED:
        raise InputError(
            Text(
                f"Pairs are counted for up to {PAIRS_ASKED:,} units; there are {len(units):,}.",
                f"两两比较至多{PAIRS_ASKED:,}个单位，现有{len(units):,}个。",
            )
        )
    counts = Counts(len(units), len(units) <= PAIRS if pairs is None else pairs, threads)
    failed: dict[int, int] = {}
    kept: list[Any] = []
    for block in range(-(-draws // BLOCK)):
        sample = draw_block(factors, spec.structure, seed, block).part(draws - block * BLOCK)
        scores, wrong = engine.run(sample, steps)
        for reason, count in zip(*np.unique(wrong[wrong >= 0], return_counts=True), strict=True):
            failed[int(reason)] = failed.get(int(reason), 0) + int(count)
        good = np.flatnonzero(wrong < 0)
        if len(good):
            ranks = counts.add(scores if len(good) == len(scores) else scores[good], steps)
            if keep:
                kept.append((good + block * BLOCK, sample, good, scores[good], ranks))
    failures = {engine.reasons[k]: n for k, n in sorted(failed.items())}
    if not counts.done:
        listed = list(failures)
        raise InputError(
            Text(
                "No draw gave an index: " + " ".join(r.en for r in listed),
                "没有任何一次抽样得出指数：" + "".join(r.zh for r in listed),
            )
        )
    return UncertaintyResult(
        spec=spec,
        factors=factors,
        code=code,
        draws=draws,
        seed=seed,
        level=float(level),
        scores=_frame(
            nominal.scores[code], units, counts.score_moments(), counts.score_quantiles, level, counts
        ),
        ranks=_frame(nominal.ranks[code], units, counts.rank_moments(), counts.rank_quantiles, level, counts),
        failures=failures,
        score_error=counts.error,
        rank_error=counts.rank_error,
        slow=engine.slow,
        kept=_kept(kept, factors, units, spec) if keep else {},
        _shares=counts.shares,
        _wins=None if counts.wins is None else (counts.wins, counts.met),
    )


def units_of(nominal: Any, values: Any, factors: Factors, spec: IndexSpec) -> list[str]:
    """All units that may have a score: those of the nominal index, then those of the other tables."""
    from learningcity.index.pipeline import clean

    found = list(nominal.scores.index)
    tables = [values, *(v for f in factors.factors if f.field == "coders" for v in f.values)]
    for table in tables:
        found += clean(table, spec.structure).index.tolist()
    return list(dict.fromkeys(found))


def _frame(
    nominal: Any, units: list[str], moments: tuple[Any, Any], quantiles: Any, level: float, counts: Counts
) -> Any:
    import pandas as pd

    lower, median, upper = quantiles(((1 - level) / 2, 0.5, (1 + level) / 2))
    columns = {
        "nominal": nominal.reindex(units).to_numpy(),
        "mean": moments[0],
        "sd": moments[1],
        "median": median,
        "lower": lower,
        "upper": upper,
        "drawn": counts.seen,
    }
    return pd.DataFrame(columns, index=pd.Index(units, name="unit"))


def _kept(
    kept: list[tuple[Any, Sample, Any, Any, Any]], factors: Factors, units: list[str], spec: IndexSpec
) -> dict[str, Any]:
    import numpy as np
    import pandas as pd

    index = pd.Index(np.concatenate([k[0] for k in kept]), name="draw")
    picked = np.concatenate([sample.picked[good] for _, sample, good, _, _ in kept])
    cells = np.concatenate([sample.cells[good] for _, sample, good, _, _ in kept])
    choices = {f.name: np.array(f.labels)[picked[:, k]] for k, f in enumerate(factors.factors)}
    for k, cell in enumerate(factors.cells):
        choices[f"{cell.unit} {cell.code}"] = np.array(cell.values)[cells[:, k]]
    found = {
        "choices": pd.DataFrame(choices, index=index),
        "scores": pd.DataFrame(np.concatenate([k[3] for k in kept]), index=index, columns=units),
        "ranks": pd.DataFrame(np.concatenate([k[4] for k in kept]), index=index, columns=units),
    }
    found["ranks"] = found["ranks"].where(found["ranks"] > 0)
    if kept[0][1].multipliers is not None:
        codes = list(spec.structure.codes)
        drawn = np.concatenate([sample.multipliers[good] for _, sample, good, _, _ in kept])
        found["multipliers"] = pd.DataFrame(drawn, index=index, columns=codes)
    return found
