"""Qualitative comparative analysis: calibration, truth tables, exact solutions, fit, robustness."""

from learningcity.explain.qca.expressions import Expression, parse, read_expression
from learningcity.explain.qca.minimise import count_prime_implicants, minimise
from learningcity.explain.qca.primes import PrimeImplicants
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.terms import Conditions, Literal, Term
from learningcity.explain.qca.truth import TruthTable, truth_table

__all__ = [
    "Conditions",
    "Expression",
    "Literal",
    "PrimeImplicants",
    "QcaSolution",
    "Term",
    "TruthTable",
    "count_prime_implicants",
    "minimise",
    "read_expression",
    "truth_table",
]
