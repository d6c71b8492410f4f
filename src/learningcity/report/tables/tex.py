"""Texts for LaTeX: what it reads otherwise is made harmless."""

from __future__ import annotations

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "–": "--", "\u2212": "$-$",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
}  # fmt: skip


def tex(text: str) -> str:
    r"""A text with the signs that LaTeX reads otherwise made harmless.

    Examples
    --------
    >>> print(tex("50 % of A_1 & {B} <0.01"))
    50 \% of A\_1 \& \{B\} \textless{}0.01
    """
    # A line break would end a paragraph inside a cell.
    return "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))
