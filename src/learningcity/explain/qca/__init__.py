"""Qualitative comparative analysis: calibration, truth tables, exact solutions, fit, robustness."""

from learningcity.explain.qca.calibrate import calibrate
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.configuration import configuration_table
from learningcity.explain.qca.configuration_grid import Grid, Mark
from learningcity.explain.qca.configuration_result import CASE_KINDS, ConfigurationTable
from learningcity.explain.qca.decisions import DecisionLog, qca_decisions
from learningcity.explain.qca.enhanced import (
    UntenableAssumptions,
    against_necessity,
    contradictory_assumptions,
    simultaneous_subsets,
    untenable_assumptions,
)
from learningcity.explain.qca.expressions import Expression, negate, parse, read_expression
from learningcity.explain.qca.fit import fit
from learningcity.explain.qca.fit_result import FitResult
from learningcity.explain.qca.journal import JournalEntry, QcaJournal
from learningcity.explain.qca.minimise import count_prime_implicants, minimise, stream_prime_implicants
from learningcity.explain.qca.necessity import NecessityResult, necessity
from learningcity.explain.qca.permutation import permutation_test
from learningcity.explain.qca.permutation_result import PermutationResult
from learningcity.explain.qca.primes import PrimeImplicants
from learningcity.explain.qca.robustness import robustness
from learningcity.explain.qca.robustness_result import RobustnessResult
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.terms import Conditions, Literal, Term
from learningcity.explain.qca.truth import TruthTable, truth_table

__all__ = [
    "CASE_KINDS",
    "Calibration",
    "Conditions",
    "ConfigurationTable",
    "DecisionLog",
    "Expression",
    "FitResult",
    "Grid",
    "JournalEntry",
    "Literal",
    "Mark",
    "NecessityResult",
    "PermutationResult",
    "PrimeImplicants",
    "QcaJournal",
    "QcaSolution",
    "RobustnessResult",
    "Term",
    "TruthTable",
    "UntenableAssumptions",
    "against_necessity",
    "calibrate",
    "configuration_table",
    "contradictory_assumptions",
    "count_prime_implicants",
    "fit",
    "minimise",
    "necessity",
    "negate",
    "permutation_test",
    "qca_decisions",
    "read_expression",
    "robustness",
    "simultaneous_subsets",
    "stream_prime_implicants",
    "truth_table",
    "untenable_assumptions",
]
