"""Audit of an index: its indicators, their ties, and what each of them does to the ranks."""

from learningcity.index.audit.correlations import correlation_matrix, correlation_pairs
from learningcity.index.audit.importance import importance, without_each
from learningcity.index.audit.reliability import cronbach_alpha, principal_components
from learningcity.index.audit.result import AuditResult, audit
from learningcity.index.audit.statistics import indicator_statistics

__all__ = [
    "AuditResult",
    "audit",
    "correlation_matrix",
    "correlation_pairs",
    "cronbach_alpha",
    "importance",
    "indicator_statistics",
    "principal_components",
    "without_each",
]
