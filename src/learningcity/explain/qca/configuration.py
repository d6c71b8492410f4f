"""Configuration tables: the paths of solutions side by side, as journals print them, as data.

A condition of a path is *core* where the parsimonious solution holds it, too, and *contributing* where the
intermediate (or conservative) solution alone holds it. Paths with the same core stand together: 1a, 1b.

References
----------
Ragin & Fiss (2008), in Ragin, Redesigning social inquiry, chapter 11,
doi 10.7208/chicago/9780226702797.001.0001. Fiss (2011), doi 10.5465/amj.2011.60263120.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learningcity.core import InputError, Text, UnknownNameError, of_kind, whole_number
from learningcity.explain.qca.configuration_grid import Mark
from learningcity.explain.qca.configuration_result import Configuration, ConfigurationTable, Panel
from learningcity.explain.qca.configuration_words import Wording
from learningcity.explain.qca.frames import outcome_literal, refuse
from learningcity.explain.qca.solution import MODEL, QcaSolution
from learningcity.explain.qca.terms import Term

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def configuration_table(
    solutions: QcaSolution | Sequence[QcaSolution],
    models: int | Sequence[int] = 0,
    *,
    parsimonious: QcaSolution | Sequence[QcaSolution] | None = None,
    pair: int = 0,
    labels: Mapping[str, Text | str] | None = None,
    case_names: Mapping[str, Text | str] | None = None,
    links: Mapping[str, str] | None = None,
    present: Text | None = None,
    absent: Text | None = None,
    remarks: Sequence[Text] = (),
) -> ConfigurationTable:
    """Lay the paths of one or more solutions side by side, core and contributing conditions apart.

    Parameters
    ----------
    solutions
        From ``minimise``; several, such as the outcome and its absence, need the same conditions.
    models
        Which model of each, from 0.
    parsimonious
        For conservative solutions: the parsimonious solution of the same truth table, which says what is
        core; one for each. Intermediate solutions know theirs.
    pair
        Which of the pairs of models that an intermediate model comes from says what is core; for a
        conservative solution which parsimonious model.
    labels, case_names
        Condition or outcome -> what people call it; case -> its name.
    links
        Case -> address.
    present, absent
        What presence and absence of a condition are called in the notes, where another word is truer
        ("seen in the evidence").
    remarks
        Further notes.

    Returns
    -------
    ConfigurationTable
        ``lc.render_configurations`` writes it as text, html, LaTeX and docx.

    Raises
    ------
    InputError
        No solution, other conditions, no such model or pair, a parsimonious solution of another truth table.

    References
    ----------
    Fiss (2011), doi 10.5465/amj.2011.60263120.

    Examples
    --------
    >>> import pandas as pd
    >>> import learningcity as lc
    >>> data = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 0, 0]}, index=list("wxyz"))
    >>> table = configuration_table(lc.minimise(lc.truth_table(data, "Y", ["A", "B"]), "intermediate"))
    >>> table.table()[["configuration", "A", "B", "coverage"]]
      configuration             A             B  coverage
    0             1  core present  core present       1.0
    """
    given = (solutions,) if isinstance(solutions, QcaSolution) else tuple(solutions or ())
    if not given:
        raise InputError(Text("There is no solution to print.", "没有可输出的解。"))
    for one in given:
        of_kind(one, QcaSolution, "solutions")
    chosen = (models,) * len(given) if isinstance(models, int) else tuple(models)
    _same_length(given, chosen, "models")
    cores = _cores_given(given, parsimonious)
    pair = whole_number(pair, "pair")
    conditions = given[0].truth.conditions.names
    for one in given[1:]:
        refuse(
            sorted(set(one.truth.conditions.names) ^ set(conditions)),
            "Conditions that not all solutions have; one table needs the same ones",
            "并非所有解都有的条件（同一表格须使用相同条件）",
        )
    wording = Wording.of(labels, case_names, links, present, absent, remarks)
    known = (*conditions, *(outcome_literal(one.truth.outcome).condition for one in given))
    for name in wording.labels:
        if name not in known:
            raise UnknownNameError("condition", name, known)
    panels = []
    first = 1
    for one, model, core in zip(given, chosen, cores, strict=True):
        panel = _panel(one, model, core, pair, first)
        panels.append(panel)
        first = 1 + max(int(c.name.rstrip(_LETTERS)) for c in panel.configurations)
    return ConfigurationTable(tuple(panels), conditions, wording)


def _same_length(given: Sequence[Any], others: Sequence[Any], what: str) -> None:
    if len(given) != len(others):
        raise InputError(
            Text(
                f"There are {len(given)} solutions and {len(others)} in {what}; give one for each.",
                f"共有{len(given)}个解，而{what}有{len(others)}个，须一一对应。",
            )
        )


def _cores_given(given: Sequence[QcaSolution], parsimonious: Any) -> tuple[QcaSolution | None, ...]:
    if parsimonious is None:
        return (None,) * len(given)
    cores = (parsimonious,) if isinstance(parsimonious, QcaSolution) else tuple(parsimonious)
    _same_length(given, cores, "parsimonious")
    for one, core in zip(given, cores, strict=True):
        of_kind(core, QcaSolution, "parsimonious")
        if one.solution != "conservative" or core.solution != "parsimonious" or not _same_rows(one, core):
            raise InputError(
                Text(
                    "parsimonious takes the parsimonious solution of the same truth table, for a conservative "
                    "one; an intermediate solution knows its own.",
                    "parsimonious须为同一真值表的简约解，且仅用于保守解；中间解自带对应的简约解。",
                )
            )
    return cores


def _same_rows(one: QcaSolution, other: QcaSolution) -> bool:
    a, b = one.truth, other.truth
    return (a.outcome, a.conditions, a.out, a.cases) == (b.outcome, b.conditions, b.out, b.cases)


def _parsimonious_models(
    solution: QcaSolution, model: int, core: QcaSolution | None
) -> tuple[tuple[Term, ...], ...]:
    """The parsimonious models that may say what is core; none where nothing does."""
    if core is not None:
        return core.models
    if solution.solution != "intermediate":
        return ()
    return tuple(dict.fromkeys(origin.parsimonious for origin in solution.origins[model]))


def _core_of(term: Term, model: Sequence[Term]) -> frozenset[str]:
    """Conditions of a path that the parsimonious paths hold which it implies."""
    return frozenset(one.condition for shorter in model if term.implies(shorter) for one in shorter)


def _panel(solution: QcaSolution, model: int, core: QcaSolution | None, pair: int, first: int) -> Panel:
    terms = solution.model(model)
    sources = _parsimonious_models(solution, model, core)
    if pair and pair >= len(sources):
        raise InputError(
            Text(
                f"pair is {pair}, and there are {len(sources)} parsimonious models to choose from, from 0.",
                f"pair为{pair}，而可选的简约解模型共{len(sources)}个（编号从0开始）。",
            )
        )
    cores = {t: _core_of(t, sources[pair]) if sources else None for t in terms}
    unsettled = tuple(
        (condition, term)
        for term in terms
        for condition in term.as_mapping
        if len({condition in _core_of(term, source) for source in sources}) > 1
    )
    fit = solution.fit.loc[model]
    order = sorted(terms, key=lambda t: (-float(fit.at[str(t), "coverage"]), str(t)))
    groups: dict[Any, list[Term]] = {}
    for term in order:
        # Paths without any core have nothing in common but that.
        same = frozenset((c, term.as_mapping[c]) for c in cores[term] or ()) or term
        groups.setdefault(same, []).append(term)
    cases = solution.cases[solution.cases["model"] == model]["term"].value_counts()
    columns = []
    for number, group in enumerate(groups.values(), first):
        for k, term in enumerate(group):
            name = f"{number}{_letters(k)}" if len(group) > 1 else str(number)
            held = cores[term]
            marks = {
                one.condition: Mark(one.value, None if held is None else one.condition in held, one.multi)
                for one in term
            }
            row = fit.loc[str(term)]
            columns.append(
                Configuration(
                    name=name, term=term, marks=marks, inclusion=float(row["inclusion"]),
                    pri=float(row["pri"]), coverage=float(row["coverage"]),
                    unique_coverage=float(row["unique_coverage"]), members=int(cases.get(str(term), 0)),
                )
            )  # fmt: skip
    whole = fit.loc[MODEL]
    return Panel(
        solution=solution, model=model, configurations=tuple(columns), inclusion=float(whole["inclusion"]),
        pri=float(whole["pri"]), coverage=float(whole["coverage"]), unsettled=unsettled,
    )  # fmt: skip


def _letters(number: int) -> str:
    """Letters from a to z, then aa, ab ..."""
    found = _LETTERS[number % 26]
    return found if number < 26 else _letters(number // 26 - 1) + found
