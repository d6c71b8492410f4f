"""What goes with what: configurations, necessary levels, association, styles, agreement."""

from learningcity.explain.qca import (
    Conditions,
    Expression,
    Literal,
    PrimeImplicants,
    QcaSolution,
    Term,
    TruthTable,
    count_prime_implicants,
    minimise,
    read_expression,
    truth_table,
)

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
