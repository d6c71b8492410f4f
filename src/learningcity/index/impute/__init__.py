"""Filling missing cells: one module a method, a formula on a vector or on the whole table."""
