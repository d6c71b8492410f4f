"""How sure scores and ranks are: everything that could have been chosen otherwise is drawn."""

from learningcity.index.uncertainty.analysis import uncertainty
from learningcity.index.uncertainty.result import UncertaintyResult

__all__ = ["UncertaintyResult", "uncertainty"]
