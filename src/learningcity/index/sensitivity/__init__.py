"""Which choice is to blame for how much of the uncertainty: Sobol' indices of named choices."""

from learningcity.index.sensitivity.analysis import sensitivity
from learningcity.index.sensitivity.result import SensitivityResult

__all__ = ["SensitivityResult", "sensitivity"]
