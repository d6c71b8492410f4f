"""How the levels of each draw are made, as the numbers that the compiled code takes."""

from __future__ import annotations

from typing import Any, NamedTuple

from learningcity.index.spec import IndexSpec


class Kinds(NamedTuple):
    """Arrays draws x levels above the indicators.

    Parameters
    ----------
    methods, powers, minima
        Number, parameter and least share available of the aggregation.
    again, scales
        Number of the normalisation of the codes below, 0 = none, and its two parameters.
    """

    methods: Any
    powers: Any
    minima: Any
    again: Any
    scales: Any

    @property
    def compares(self) -> bool:
        """Whether units are compared pair by pair anywhere, which costs as many times more."""
        from learningcity.index.compiled import COPELAND

        return bool((self.methods == COPELAND).any())

    @classmethod
    def empty(cls, draws: int, height: int) -> Kinds:
        """Room for so many draws: arithmetic means throughout."""
        import numpy as np

        shape = (draws, height - 1)
        return cls(
            np.zeros(shape, dtype=np.int64),
            np.zeros(shape),
            np.zeros(shape),
            np.zeros(shape, dtype=np.int64),
            np.zeros((*shape, 2)),
        )

    def read(self, draw: int, spec: IndexSpec) -> bool:
        """Write what the recipe says of one draw; False = some of it is not compiled."""
        from learningcity.index.compiled import COPELAND, kernel_of
        from learningcity.index.compiled_normalise import again_of

        for level in range(2, spec.structure.height + 1):
            choice, at = spec.aggregate_at(level), level - 2
            # What is done to the indicators themselves is in their columns already.
            again = again_of(spec.normalise_at(level - 1) if level > 2 else None)
            found = kernel_of(choice)
            if choice.name == "copeland":
                found = COPELAND, 0.0, float(choice.parameters["minimum_available"])
            if found is None or again is None:
                return False
            self.methods[draw, at], self.powers[draw, at], self.minima[draw, at] = found
            self.again[draw, at], self.scales[draw, at] = again[0], again[1:]
        return True
