"""What goes with what: configurations, necessary levels, association, styles, agreement."""

from learningcity.explain.qca import (
    CASE_KINDS,
    Conditions,
    ConfigurationTable,
    Expression,
    Grid,
    Literal,
    Mark,
    PrimeImplicants,
    QcaSolution,
    Term,
    TruthTable,
    configuration_table,
    count_prime_implicants,
    minimise,
    read_expression,
    truth_table,
)

__all__ = [
    "CASE_KINDS",
    "Conditions",
    "ConfigurationTable",
    "Expression",
    "Grid",
    "Literal",
    "Mark",
    "PrimeImplicants",
    "QcaSolution",
    "Term",
    "TruthTable",
    "configuration_table",
    "count_prime_implicants",
    "minimise",
    "read_expression",
    "truth_table",
]
