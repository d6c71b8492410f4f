r"""A configuration table for LaTeX: booktabs and the mathematical signs that every engine has."""

from __future__ import annotations

from learningcity.explain import ConfigurationTable, Mark
from learningcity.report.configuration.parts import HEAD, cases_of, colon
from learningcity.report.tables.tex import tex

#: Signs in the middle of the line, whatever their size.
MACROS = r"""% \usepackage{booktabs}
\providecommand{\qcasign}[2]{\ensuremath{\vcenter{\hbox{#1$#2$}}}}
\providecommand{\qcacorepresent}{\qcasign{\LARGE}{\bullet}}
\providecommand{\qcapresent}{\qcasign{\scriptsize}{\bullet}}
\providecommand{\qcacoreabsent}{\qcasign{\LARGE}{\circ}}
\providecommand{\qcaabsent}{\qcasign{\scriptsize}{\circ}}
\providecommand{\qcacorecrossed}{\qcasign{\normalsize}{\otimes}}
\providecommand{\qcacrossed}{\qcasign{\tiny}{\otimes}}
"""


def sign(mark: Mark | None, crossed: bool) -> str:
    """The macro of a mark; a value of a multi-value condition is its number, bold where core."""
    if mark is None:
        return ""
    if mark.multi:
        return rf"\textbf{{{mark.value}}}" if mark.core else str(mark.value)
    size = "" if mark.core is False else "core"
    return rf"\qca{size}{'present' if mark.value else 'crossed' if crossed else 'absent'}{{}}"


def write(table: ConfigurationTable, language: str, crossed: bool, cases: bool, caption: str | None) -> bytes:
    """Write a table environment with its macros."""
    grid = table.grid(language)
    end = r" \\"
    lines = [
        MACROS.rstrip() + ("\n% XeLaTeX or LuaLaTeX with ctexart" if language == "zh" else ""),
        r"\begin{table}[htbp]", r"\centering", rf"\caption{{{tex(caption or grid.caption)}}}",
        rf"\begin{{tabular}}{{l{'c' * grid.columns}}}", r"\toprule",
    ]  # fmt: skip
    over = [rf"\multicolumn{{{n}}}{{c}}{{{tex(name)}}}" for name, n in grid.outcomes]
    lines.append(" & ".join(["", *over]) + end)
    first, rules = 2, []
    for _, n in grid.outcomes:
        rules.append(rf"\cmidrule(lr){{{first}-{first + n - 1}}}")
        first += n
    lines.append("".join(rules))
    lines.append(" & ".join([tex(grid.corner), *(tex(n) for n in grid.names)]) + end)
    lines.append(r"\midrule")
    lines += [
        " & ".join([tex(label), *(sign(m, crossed) for m in row)]) + end for label, row in grid.marks
    ]  # fmt: skip
    lines.append(r"\midrule")
    lines += [" & ".join([tex(label), *(tex(c) for c in row)]) + end for label, row in grid.figures]
    lines.append(r"\midrule")
    for label, row in grid.wholes:
        cells = [
            rf"\multicolumn{{{n}}}{{c}}{{{tex(cell)}}}"
            for cell, (_, n) in zip(row, grid.outcomes, strict=True)
        ]
        lines.append(" & ".join([tex(label), *cells]) + end)
    lines += [
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\smallskip",
        r"\begin{minipage}{\linewidth}\footnotesize",
    ]
    gap, stop = ("; ", ".") if language == "en" else ("；", "。")
    legend = gap.join(f"{sign(m, crossed)} {tex(t)}" if m else tex(t) for m, t in grid.legend)
    lines.append(f"{tex(grid.note)}{legend}{stop}")
    lines += [tex(one) for one in grid.notes]
    lines += [r"\end{minipage}", r"\end{table}"]
    if cases:
        lines += ["", rf"\paragraph{{{HEAD.in_(language)}}}", r"\begin{itemize}"]
        for one in cases_of(table, language):
            between = ", " if language == "en" else "、"
            names = between.join(tex(name) for name, _, _ in one.names)
            lines.append(rf"\item {tex(one.path)} ({tex(one.kind)}){colon(language)}{names}")
        lines.append(r"\end{itemize}")
    return ("\n".join(lines) + "\n").encode("utf-8")
