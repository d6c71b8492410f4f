"""Bringing indicators to one scale: one module a method, a formula on a vector."""
