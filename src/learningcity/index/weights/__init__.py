"""Weights: one module a method, a formula on the normalised table."""
