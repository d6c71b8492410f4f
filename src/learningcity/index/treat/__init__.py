"""Treating outliers: one module a method, a formula on a vector."""
