r"""Tables for LaTeX: booktabs and longtable, lying pages for wide ones."""

from __future__ import annotations

from collections.abc import Sequence

from learningcity.report.tables.laid import Laid, panels
from learningcity.report.tables.tex import tex

#: Half-width characters side by side on an upright page; beyond, the table lies.
_UPRIGHT = 90
#: On a lying page; a table that is wider is cut into parts.
_LYING = 150
#: Widest cell that is set in one line; longer texts get a column that breaks.
_ONE_LINE = 26


def write(
    title: str, tables: Sequence[Laid], language: str, parts: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    r"""Write a part of a document, to be read in by ``\input``."""
    more = "; XeLaTeX or LuaLaTeX with ctexart" if language == "zh" else ""
    lines = [
        rf"% \usepackage{{booktabs,longtable,array,pdflscape}}{more}",
        rf"\section*{{{tex(title)}}}",
    ]
    for one in tables:
        for part, panel in enumerate(panels(one, _LYING)):
            lines += ["", *_table(panel, language, again=part > 0)]
    for head, said in parts:
        if said:
            lines += ["", rf"\subsection*{{{tex(head)}}}", r"\begin{itemize}"]
            lines += [rf"\item {tex(line)}" for line in said]
            lines.append(r"\end{itemize}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _table(one: Laid, language: str, again: bool) -> list[str]:
    notes = [rf"\noindent{{\footnotesize {tex(note)}\par}}" for note in one.notes]
    if not one.rows:
        return [rf"\subsection*{{{tex(one.title)}}}", *notes]
    lies = sum(w + 3 for w in one.widths) > _UPRIGHT
    end = r" \\"
    head = " & ".join(tex(h) for h in one.heads) + end
    go_on = {"en": "continued", "zh": "续表"}[language]
    columns = len(one.heads)
    lines = [
        rf"\begin{{longtable}}{{{_columns(one)}}}",
        # A further part of a wide table has no number of its own.
        rf"\caption{'[]' if again else ''}{{{tex(one.title)}{f' ({go_on})' if again else ''}}}"
        + (r"\addtocounter{table}{-1}" if again else "")
        + end,
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        rf"\multicolumn{{{columns}}}{{r}}{{\footnotesize {go_on}}}" + end,
        r"\toprule", head, r"\midrule", r"\endhead",
        r"\bottomrule", r"\endfoot",
        *(" & ".join(tex(cell) for cell in row) + end for row in one.rows),
        r"\end{longtable}",
        *notes,
    ]  # fmt: skip
    return [r"\begin{landscape}", *lines, r"\end{landscape}"] if lies else lines


def _columns(one: Laid) -> str:
    return "".join(
        "r"
        if number
        else "l"
        if wide <= _ONE_LINE
        else rf">{{\raggedright\arraybackslash}}p{{{wide * 0.17:.1f}cm}}"
        for number, wide in zip(one.numeric, one.widths, strict=True)
    )
