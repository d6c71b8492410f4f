"""Making one score out of several: one module a method, a formula on the values of one unit.

Formulas called ``value`` are compiled (:mod:`learningcity.index.compiled`), so that the plain build and
each draw of the uncertainty analysis run the very same instructions.
"""
