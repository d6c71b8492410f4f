"""Random numbers: one block of draws after the other, each from its own seed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.index.uncertainty.factors import Factors

if TYPE_CHECKING:
    from learningcity.index.structure import Structure

#: Draws of one block; part of what a seed means, so it never depends on the machine.
BLOCK = 4096


@dataclass(frozen=True)
class Sample:
    """Some draws: which alternative of each factor, which factor on each weight, which value of each cell.

    Parameters
    ----------
    picked
        Draws x factors, the number of the alternative.
    multipliers
        Draws x codes of the structure, by which weights as written are multiplied; None = one.
    cells
        Draws x cells in which sources disagree, the number of the value.
    """

    picked: Any
    multipliers: Any
    cells: Any

    def part(self, stop: int) -> Sample:
        """The first draws."""
        return Sample(
            self.picked[:stop],
            None if self.multipliers is None else self.multipliers[:stop],
            self.cells[:stop],
        )

    def __len__(self) -> int:
        return int(self.picked.shape[0])


def draw_block(factors: Factors, structure: Structure, seed: int, block: int, stream: int = 0) -> Sample:
    """Draw one block.

    Every factor has its own stream of random numbers, told apart by its name: adding one choice leaves
    the draws of all others as they were, and more draws begin with the same ones.
    """
    import numpy as np

    def numbers(name: str) -> Any:
        key = (stream, zlib.crc32(name.encode()), block)
        return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))

    picked = np.zeros((BLOCK, len(factors.factors)), dtype=np.int64)
    for k, factor in enumerate(factors.factors):
        edges = np.cumsum(factor.probabilities)[:-1]
        picked[:, k] = np.searchsorted(edges, numbers(factor.name).random(BLOCK), side="right")
    cells = np.zeros((BLOCK, len(factors.cells)), dtype=np.int64)
    for k, cell in enumerate(factors.cells):
        rng = numbers(f"source {cell.unit} {cell.code}")
        cells[:, k] = rng.integers(0, len(cell.values), BLOCK)
    return Sample(picked, _multipliers(factors, structure, numbers), cells)


def _multipliers(factors: Factors, structure: Structure, numbers: Any) -> Any:
    import numpy as np

    codes = structure.codes
    if factors.noise:
        width = np.array([factors.noise.get(c, 0.0) for c in codes])
        return 1.0 + width * (2.0 * numbers("weights").random((BLOCK, len(codes))) - 1.0)
    if factors.concentration is None:
        return None
    shares = np.array([structure.shares().get(c, 0.0) for c in codes])
    drawn = numbers("weights").standard_gamma(factors.concentration * shares, (BLOCK, len(codes)))
    return np.where(shares > 0, drawn / np.where(shares > 0, shares, 1.0), 0.0)
