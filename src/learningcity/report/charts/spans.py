"""Scales for figures of cities: straight, or by powers where they lie far apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from learningcity.report.charts.canvas import ticks

#: From this ratio of highest to lowest on, a scale goes by powers.
WIDE_RATIO = 50


class Span:
    """From values to pixels; by powers of ten where the highest is far above the lowest."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end
        self.powers = low > 0 and high / low > WIDE_RATIO

    def __call__(self, value: float) -> float:
        """Give the pixel of a value."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        if self.powers:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int) -> list[float]:
        """Give about as many round values between the ends.

        Examples
        --------
        >>> Span(120, 250_000, 0, 1).ticks(6), Span(0, 10, 0, 1).ticks(5)
        ([1000, 10000, 100000], [0, 2, 4, 6, 8, 10])
        """
        if not self.powers:
            return ticks(self.low, self.high, about)
        first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
        return [10**n for n in range(first, last + 1)]


def span(values: Sequence[float], start: float, end: float) -> Span:
    """Give the scale of some values.

    Examples
    --------
    >>> scale = span([1, 100], 0, 10)
    >>> scale.powers, round(scale(10), 6)
    (True, 5.0)
    """
    low, high = (min(values), max(values)) if len(values) else (0.0, 1.0)
    return Span(low, high, start, end)
