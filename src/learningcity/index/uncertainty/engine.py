"""From draws to scores: normalised columns are computed once and looked up; the tree is compiled.

Before aggregation the columns of an index know nothing of each other, so a draw is one column an
indicator out of a pool, one vector of weights, and one aggregation a level. The pool is filled by the
functions of the plain build. Whatever is not compiled goes through the plain build, draw by draw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Steps, Text, unseen
from learningcity.index.build import aggregate_tree, check_scales, weights_of
from learningcity.index.columns import normalise_column, refuse_another_unit, treat_column
from learningcity.index.pipeline import clean, fill
from learningcity.index.spec import IndexSpec
from learningcity.index.structure import Node, Structure
from learningcity.index.uncertainty.distinct import distinct
from learningcity.index.uncertainty.factors import Factors, looks_across, with_value
from learningcity.index.uncertainty.kinds import Kinds
from learningcity.index.uncertainty.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

_BEFORE = ("coders", "screen", "denominate", "impute")
#: Columns that the pool keeps from one block to the next, and their cells: 256 MB of them.
POOL, CELLS = 20_000, 2**25
#: Cells that are aggregated between two chances to stop: a tenth of a second of one core.
AT_A_TIME = 2**24


@dataclass(frozen=True)
class Stage:
    """A table after imputation.

    Parameters
    ----------
    number
        A number of its own.
    structure
        What is left of the tree.
    frame
        Units x indicators.
    columns
        The vector of each indicator.
    rows
        Where its units stand among all; None = they are all, in the same order.
    """

    number: int
    structure: Structure
    frame: pd.DataFrame
    columns: dict[str, Any]
    rows: Any


class Engine:
    """Computes the scores of draws; keeps what several draws share.

    Parameters
    ----------
    values, spec
        As :func:`learningcity.index.build_index` takes them.
    factors
        What varies.
    units
        The units in the order in which scores are written.
    code
        The code whose scores are asked for.
    threads
        How many threads work; no bit depends on it.
    """

    def __init__(
        self, values: Any, spec: IndexSpec, factors: Factors, units: list[str], code: str, threads: int
    ) -> None:
        import numpy as np

        self.spec, self.factors, self.units, self.threads = spec, factors, units, threads
        self.tree = spec.structure
        self.codes = self.tree.codes
        self.place = {c: i for i, c in enumerate(self.codes)}
        self.top = self.place[code]
        self.base = clean(values, self.tree)
        self.frames = next(
            ([clean(v, self.tree) for v in f.values] for f in factors.factors if f.field == "coders"),
            [self.base],
        )
        below = [self.tree.children(a) for a in self.tree.aggregates]
        self.first = np.cumsum([0, *map(len, below)]).astype(np.int64)
        self.children = np.array([self.place[c] for cs in below for c in cs], dtype=np.int64)
        self.directions = np.array([float(self.tree.by_code[c].direction) for c in self.codes])
        self.levels = np.array([self.tree.by_code[a].level - 2 for a in self.tree.aggregates], dtype=np.int64)
        self.at = {u: n for n, u in enumerate(units)}
        self.pool: list[Any] = [np.full(len(units), np.nan)]
        self.room = max(1, min(POOL, CELLS // max(len(units), 1)))
        self.known: dict[Any, int] = {}
        self.stages: dict[Any, Stage | int] = {}
        self.made = 0
        self.slow = 0
        self.steps_of = unseen()
        self.specs: dict[Any, IndexSpec] = {}
        self.vectors: dict[Any, Any] = {}
        self.reasons: list[Text] = []
        # Where a step looks across columns, each combination of sources is a table of its own; where the
        # steps take columns one by one, each combination within a column is.
        self.steps = any(f is not None for f in (spec.screen, spec.denominate, spec.impute))
        self.steps = self.steps or any(f.field in ("screen", "denominate", "impute") for f in factors.factors)
        self.joint = bool(factors.cells) and looks_across(spec, factors)
        self.cells = [
            (self.base.index.get_loc(c.unit), self.tree.indicators.index(c.code), np.array(c.values))
            for c in factors.cells
        ]

    def reason(self, text: Text) -> int:
        """The number of a reason for failure."""
        if text not in self.reasons:
            self.reasons.append(text)
        return self.reasons.index(text)

    def spec_of(self, picked: Any) -> IndexSpec:
        """The recipe with the alternatives of one draw (weights and dropped codes apart)."""
        key = tuple(int(k) for k in picked)
        if key not in self.specs:
            if len(self.specs) > POOL:
                self.specs.clear()
            found = self.spec
            for factor, k in zip(self.factors.factors, key, strict=True):
                if factor.field not in ("coders", "drop"):
                    found = with_value(found, factor.field, factor.place, factor.values[k])
            self.specs[key] = found
        return self.specs[key]

    def dropped(self, picked: Any) -> tuple[str, ...]:
        """Codes that a draw leaves out."""
        return tuple(
            code
            for factor, k in zip(self.factors.factors, picked, strict=True)
            if factor.field == "drop"
            for code in factor.values[int(k)]
        )

    def run(self, sample: Sample, steps: Steps | None = None) -> tuple[Any, Any]:
        """Compute the scores of some draws; each is a step.

        Returns
        -------
        scores
            Draws x units, NaN where a unit has no score.
        failed
            For each draw the number of its reason, -1 = it did not fail.
        """
        import numpy as np

        from learningcity.index import compiled_draws as kernel

        size = len(sample)
        self.steps_of = steps = unseen() if steps is None else steps
        end = steps.done + size
        if len(self.pool) > self.room:
            del self.pool[1:]
            self.known.clear()
            self.vectors.clear()
        failed = np.full(size, -1, dtype=np.int64)
        stage_of, stages = self._stages(sample, failed)
        index = self._columns(sample, stage_of, stages, failed)
        weights = self._weights(sample, stage_of, stages, index, failed)
        kinds, plain = self._aggregation(sample, failed)
        scores = np.full((size, len(self.units)), np.nan)
        undefined = np.full(size, -1, dtype=np.int64)
        quick = np.flatnonzero((failed < 0) & ~plain)
        if len(quick):
            all_quick = len(quick) == size
            given = [index, weights, *kinds]
            out = scores if all_quick else np.empty((len(quick), len(self.units)))
            holes = np.full(len(quick), -1, dtype=np.int64)
            cells = self._cells(kinds)
            kernel.spread(
                kernel.aggregate_draws, len(quick), self.threads, np.array(self.pool),
                *(given if all_quick else [g[quick] for g in given]), self.directions, self.levels, self.first,
                self.children, self.top, out, holes, most=max(1, AT_A_TIME // cells), step=steps, each=cells,
            )  # fmt: skip
            scores[quick] = out
            undefined[quick] = holes
        self._slow(sample, stage_of, stages, index, weights, kinds, plain, undefined, scores, failed)
        scores[failed >= 0] = np.nan
        steps.to(end)
        return scores, failed

    def _cells(self, kinds: Kinds) -> int:
        """How many cells are looked at to aggregate one draw."""
        units = len(self.units)
        cells = units * (len(self.codes) + len(self.children))
        return max(1, cells * (units if kinds.compares else 1))

    def _slow(
        self,
        sample: Sample,
        stage_of: Any,
        stages: dict[int, Any],
        index: Any,
        weights: Any,
        kinds: Kinds,
        plain: Any,
        undefined: Any,
        scores: Any,
        failed: Any,
    ) -> None:
        """Put draws through the plain build: those that are not compiled, and one of each kind that broke."""
        import numpy as np

        broken: dict[Any, int] = {}
        for d in np.flatnonzero((failed < 0) & (plain | (undefined >= 0))):
            kind = (int(undefined[d]), *(part[d].tobytes() for part in kinds))
            # Normalising again may fail in more than one way, so each draw is asked for its own reason.
            once = undefined[d] >= 0 and not kinds.again[d].any()
            if once and kind in broken:
                failed[d] = broken[kind]
                continue
            self.steps_of(int(plain[d]))
            try:
                scores[d] = self._plain(sample.picked[d], stages[stage_of[d]], index[d], weights[d])
                self.slow += 1
            except InputError as error:
                failed[d] = self.reason(error.text)
                if once:
                    broken[kind] = int(failed[d])

    def _stages(self, sample: Sample, failed: Any) -> tuple[Any, dict[int, Any]]:
        """The table of each draw after imputation, and the reason where it cannot be made."""
        columns = [k for k, f in enumerate(self.factors.factors) if f.field in _BEFORE]
        parts = [sample.picked[:, k] for k in columns]
        sizes = [len(self.factors.factors[k].values) for k in columns]
        if self.joint:
            parts += list(sample.cells.T)
            sizes += [len(c.values) for c in self.factors.cells]
        inverse, firsts = distinct(parts, sizes, len(sample))
        found: dict[int, Any] = {}
        for number, d in enumerate(firsts):
            self.steps_of.pause()
            key = (
                tuple(int(k) for k in sample.picked[d, columns]),
                sample.cells[d].tobytes() if self.joint else b"",
            )
            if key not in self.stages:
                if len(self.stages) > 64:
                    self.stages.clear()
                    self.known.clear()
                    self.vectors.clear()
                try:
                    self.stages[key] = self._stage(sample, d)
                except InputError as error:
                    self.stages[key] = self.reason(error.text)
            made = self.stages[key]
            found[number] = made
            if isinstance(made, int):
                failed[inverse == number] = made
        return inverse, found

    def _stage(self, sample: Sample, d: int, own: tuple[int, ...] | None = None) -> Stage:
        """The table of one draw after imputation, with the drawn values of all cells, or of some."""
        import numpy as np

        coder = next((k for k, f in enumerate(self.factors.factors) if f.field == "coders"), None)
        frame = self.frames[0 if coder is None else int(sample.picked[d, coder])]
        drawn = own if own is not None else range(len(self.cells)) if self.joint else ()
        if drawn:
            frame = frame.copy()
            for j in drawn:
                row, column, values = self.cells[j]
                frame.iloc[row, column] = values[sample.cells[d, j]]
        # Treatment and normalisation follow column by column, from the pool.
        spec = self.spec_of(sample.picked[d]).replace(treat=None, normalise=None)
        made = fill(frame, spec)
        self.made += 1
        table = made.imputed.to_numpy()
        units = made.imputed.index.tolist()
        return Stage(
            self.made,
            made.structure,
            made.imputed,
            {str(c): table[:, i] for i, c in enumerate(made.imputed.columns)},
            None if units == self.units else np.array([self.at[u] for u in units]),
        )

    def _columns(self, sample: Sample, stage_of: Any, stages: dict[int, Any], failed: Any) -> Any:
        """For each draw and indicator its row in the pool."""
        import numpy as np

        index = np.zeros((len(sample), len(self.tree.indicators)), dtype=np.int64)
        shared: dict[Any, Any] = {}
        for i, code in enumerate(self.tree.indicators):
            relevant = tuple(
                k
                for k, f in enumerate(self.factors.factors)
                if f.field in ("treat", "normalise") and str(f.place) in ("None", "*", "", "1", code)
            )
            own = () if self.joint else tuple(j for j, c in enumerate(self.factors.cells) if c.code == code)
            if (relevant, own) not in shared:
                parts = [
                    stage_of,
                    *(sample.picked[:, k] for k in relevant),
                    *(sample.cells[:, j] for j in own),
                ]
                sizes = [len(stages), *(len(self.factors.factors[k].values) for k in relevant)]
                sizes += [len(self.factors.cells[j].values) for j in own]
                shared[relevant, own] = distinct(parts, sizes, len(sample))
            inverse, firsts = shared[relevant, own]
            rows = np.zeros(len(firsts), dtype=np.int64)
            treated: dict[Any, Any] = {}
            for number, d in enumerate(firsts):
                if not number % 256:
                    self.steps_of.pause()
                stage = stages[stage_of[d]]
                if isinstance(stage, int) or code not in stage.structure.by_code:
                    continue
                rows[number] = self._column(code, stage, sample, d, relevant, own, treated)
            index[:, i] = rows[inverse]
            wrong = index[:, i] < 0
            if wrong.any():
                failed[wrong & (failed < 0)] = -1 - index[wrong & (failed < 0), i]
                index[wrong, i] = 0
        return index

    def _column(
        self,
        code: str,
        stage: Stage,
        sample: Sample,
        d: int,
        relevant: tuple[int, ...],
        own: tuple[int, ...],
        treated: dict[Any, Any],
    ) -> int:
        """The row of one column in the pool; below zero: -1 - the number of the reason it has none.

        ``treated`` keeps the column after treatment, which several normalisations share.
        """
        import numpy as np

        picks, cells = sample.picked[d, list(relevant)].tobytes(), sample.cells[d, list(own)].tobytes()
        key = (stage.number, code, picks, cells)
        if key in self.known:
            return self.known[key]
        spec = self.spec_of(sample.picked[d])
        treat, normalise = spec.treat_at(code), spec.normalise_at(code)
        before = (stage.number, treat, cells)
        try:
            if before not in treated:
                x, node = self._drawn(code, stage, sample, d, own)
                treated[before] = (*treat_column(x, node, treat), node)
            x, treatment, node = treated[before]
            refuse_another_unit(node, treatment, normalise)
            y = normalise_column(x, node, normalise)
        except InputError as error:
            self.known[key] = -1 - self.reason(error.text)
            return self.known[key]
        whole = np.full(len(self.units), np.nan)
        whole[slice(None) if stage.rows is None else stage.rows] = y
        self.pool.append(whole)
        self.known[key] = len(self.pool) - 1
        return self.known[key]

    def _drawn(
        self, code: str, stage: Stage, sample: Sample, d: int, own: tuple[int, ...]
    ) -> tuple[Any, Node]:
        """An indicator with the values that were drawn for its cells, after imputation; and its node."""
        node = stage.structure.by_code[code]
        if not own:
            return stage.columns[code], node
        if self.steps:
            made = self._stage(sample, d, own)
            return made.columns[code], made.structure.by_code[code]
        x = stage.columns[code].copy()
        for j in own:
            row, _, values = self.cells[j]
            x[row] = values[sample.cells[d, j]]
            if self.tree.by_code[code].reference == stage.frame.index[row]:
                # The unit of reference may itself be one for which sources disagree.
                node = replace(node, reference=float(x[row]))
        return x, node

    def _weights(self, sample: Sample, stage_of: Any, stages: dict[int, Any], index: Any, failed: Any) -> Any:
        """Draws x codes: weights as used, 0 for what is left out, 1 at the top."""
        import numpy as np

        relevant = [k for k, f in enumerate(self.factors.factors) if f.field in ("weights", "drop")]
        by_data = not all(
            w is None or hasattr(w, "items")
            for w in (
                self.spec.weights,
                *(v for f in self.factors.factors if f.field == "weights" for v in f.values),
            )
        )
        parts = [stage_of, *(sample.picked[:, k] for k in relevant)]
        sizes = [len(stages), *(len(self.factors.factors[k].values) for k in relevant)]
        if by_data:
            parts += list(index.T)
            sizes += [len(self.pool)] * index.shape[1]
        inverse, firsts = distinct(parts, sizes, len(sample))
        rows = np.zeros((len(firsts), len(self.codes)))
        for number, d in enumerate(firsts):
            if by_data or not number % 256:
                self.steps_of.pause()
            stage = stages[stage_of[d]]
            if isinstance(stage, int) or (by_data and failed[d] >= 0):
                continue
            try:
                rows[number] = self._vector(sample.picked[d], stage, index[d] if by_data else None)
            except InputError as error:
                here = (inverse == number) & (failed < 0)
                failed[here] = self.reason(error.text)
        found = rows[inverse]
        if sample.multipliers is not None:
            found = found * sample.multipliers
            found[:, self.place[self.tree.top]] = 1.0
            self._hold_weights(found, rows[inverse], failed)
        return found

    def _hold_weights(self, drawn: Any, given: Any, failed: Any) -> None:
        """Fail the draws in which all weights below a code came out as zero."""
        for a, code in enumerate(self.tree.aggregates):
            below = self.children[self.first[a] : self.first[a + 1]]
            gone = ~(drawn[:, below].sum(axis=1) > 0) & (given[:, below].sum(axis=1) > 0) & (failed < 0)
            if gone.any():
                failed[gone] = self.reason(
                    Text(f"{code}: all weights below came out as zero.", f"{code}：抽得的下级权重全为零。")
                )

    def _vector(self, picked: Any, stage: Stage, index: Any) -> Any:
        import numpy as np

        structure = self._left(picked, stage)
        spec = self.spec_of(picked)
        # Only weights that are made out of the values look at the table.
        table: Any = None if index is None else self._normalised(structure, stage, index)
        given = weights_of(table, structure, spec)
        found = np.zeros(len(self.codes))
        for code in structure.codes:
            found[self.place[code]] = 1.0 if code == structure.top else given[code]
        return found

    def _left(self, picked: Any, stage: Stage) -> Structure:
        gone = [c for c in self.dropped(picked) if c in stage.structure.by_code]
        return stage.structure.without(gone) if gone else stage.structure

    def _normalised(self, structure: Structure, stage: Stage, index: Any) -> pd.DataFrame:
        import pandas as pd

        rows = slice(None) if stage.rows is None else stage.rows
        at = {c: self.pool[index[i]][rows] for i, c in enumerate(self.tree.indicators)}
        return pd.DataFrame({c: at[c] for c in structure.indicators}, index=stage.frame.index)

    def _aggregation(self, sample: Sample, failed: Any) -> tuple[Kinds, Any]:
        """How each level of each draw is made, and which draws are not compiled."""
        import numpy as np

        relevant = [k for k, f in enumerate(self.factors.factors) if f.field in ("aggregate", "normalise")]
        inverse, firsts = distinct(
            [sample.picked[:, k] for k in relevant],
            [len(self.factors.factors[k].values) for k in relevant],
            len(sample),
        )
        plain = np.zeros(len(firsts), dtype=bool)
        kinds = Kinds.empty(len(firsts), self.tree.height)
        for number, d in enumerate(firsts):
            spec = self.spec_of(sample.picked[d])
            try:
                check_scales(self.tree, spec)
            except InputError as error:
                failed[(inverse == number) & (failed < 0)] = self.reason(error.text)
            plain[number] = not kinds.read(number, spec)
        return Kinds(*(part[inverse] for part in kinds)), plain[inverse]

    def _plain(self, picked: Any, stage: Stage, index: Any, weights: Any) -> Any:
        """Scores of one draw by the plain build."""
        import numpy as np

        structure = self._left(picked, stage)
        given = {c: float(weights[self.place[c]]) for c in structure.codes}
        scores = aggregate_tree(
            self._normalised(structure, stage, index), structure, given, self.spec_of(picked)
        )
        found = np.full(len(self.units), np.nan)
        code = self.codes[self.top]
        if code in scores:
            found[slice(None) if stage.rows is None else stage.rows] = scores[code].to_numpy()
        return found
