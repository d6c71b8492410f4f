"""A configuration table as data: paths with their marks, panels with their fit, cases behind them, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, plain
from learningcity.explain.qca.configuration_grid import Grid, Mark, grid_of
from learningcity.explain.qca.configuration_words import Wording, notes_of, tell
from learningcity.explain.qca.solution import KINDS, QcaSolution
from learningcity.explain.qca.terms import Term

if TYPE_CHECKING:
    import pandas as pd

#: Kinds of cases and their words.
CASE_KINDS = KINDS


@dataclass(frozen=True)
class Configuration:
    """One path of a model: a column of the table.

    Parameters
    ----------
    name
        "1", or "1a" where others have the same core.
    term
        The path.
    marks
        Condition -> mark; conditions that the path leaves open are not there.
    inclusion, pri, coverage, unique_coverage
        Consistency, PRI, raw and unique coverage; NaN where they are not defined.
    members
        How many cases are more in the path than out of it.
    """

    name: str
    term: Term
    marks: Mapping[str, Mark]
    inclusion: float
    pri: float
    coverage: float
    unique_coverage: float
    members: int


@dataclass(frozen=True)
class Panel:
    """One model of one solution: its configurations and the fit of the whole.

    Parameters
    ----------
    solution, model
        The solution, and which of its models, from 0.
    configurations
        Its paths: those with the same core together, then by raw coverage.
    inclusion, pri, coverage
        Of the whole model.
    unsettled
        Conditions with their path that are core by some parsimonious model and not by another.
    """

    solution: QcaSolution
    model: int
    configurations: tuple[Configuration, ...]
    inclusion: float
    pri: float
    coverage: float
    unsettled: tuple[tuple[str, Term], ...] = ()

    @property
    def outcome(self) -> str:
        """The outcome as asked: ``Y``, ``~Y`` or ``Y{2}``."""
        return self.solution.truth.outcome


@dataclass(frozen=True)
class ConfigurationTable(Result):
    """The paths of one or more solutions over the same conditions.

    Parameters
    ----------
    panels
        One a solution, such as the outcome and its absence.
    conditions
        In the order of the rows.
    wording
        What conditions, cases, presence and absence are called.
    """

    panels: tuple[Panel, ...]
    conditions: tuple[str, ...]
    wording: Wording = field(repr=False)

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """All columns, in order."""
        return tuple(one for panel in self.panels for one in panel.configurations)

    @property
    def cored(self) -> bool:
        """Whether core and contributing conditions are told apart."""
        return any(m.core is not None for one in self.configurations for m in one.marks.values())

    def table(self) -> pd.DataFrame:
        """One row a configuration.

        Returns
        -------
        frame
            outcome, solution, model (from 1), configuration, term, a column a condition ("core present",
            "contributing absent", a value ...; empty = the path leaves it open), members (cases),
            inclusion, pri, coverage, unique_coverage, and the fit of the whole model: solution_inclusion,
            solution_pri, solution_coverage.
        """
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "outcome": panel.outcome, "solution": panel.solution.solution,
                    "model": panel.model + 1, "configuration": one.name, "term": str(one.term),
                    **{c: str(one.marks.get(c, "")) for c in self.conditions},
                    "members": one.members, "inclusion": one.inclusion, "pri": one.pri,
                    "coverage": one.coverage, "unique_coverage": one.unique_coverage,
                    "solution_inclusion": panel.inclusion, "solution_pri": panel.pri,
                    "solution_coverage": panel.coverage,
                }
                for panel in self.panels
                for one in panel.configurations
            ]
        )  # fmt: skip

    @cached_property
    def _cases(self) -> pd.DataFrame:
        import pandas as pd

        rows = []
        for number, panel in enumerate(self.panels):
            cases = panel.solution.cases
            cases = cases[cases["model"] == panel.model]
            held = cases[cases["term"] != ""].groupby("case")["term"].nunique()
            names = {str(one.term): one.name for one in panel.configurations}
            order = {name: k for k, name in enumerate([*names.values(), ""])}
            for row in cases.to_dict("records"):
                name = names.get(row["term"], "")
                label = self.wording.case(row["case"])
                rows.append(
                    {
                        "panel": number + 1, "outcome": panel.outcome, "configuration": name,
                        "term": row["term"], "kind": row["kind"], "case": row["case"],
                        "name_en": label.en, "name_zh": label.zh,
                        "address": self.wording.links.get(row["case"], ""),
                        "only_here": bool(name) and held[row["case"]] == 1,
                        "membership": row["membership"], "outcome_membership": row["outcome"],
                        "_": (number, order[name], list(KINDS).index(row["kind"]), -row["membership"]),
                    }
                )  # fmt: skip
        rows.sort(key=lambda row: row["_"])
        columns = [
            "panel", "outcome", "configuration", "term", "kind", "case", "name_en", "name_zh", "address",
            "only_here", "membership", "outcome_membership",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def cases(self) -> pd.DataFrame:
        """The cases behind each configuration, by kind.

        Returns
        -------
        frame
            One row a case and configuration: panel (from 1), outcome, configuration, term (both empty for
            cases that no path covers), kind (typical, deviant_consistency, deviant_coverage), case,
            name_en, name_zh, address (empty where none was given), only_here (no other path of the
            model has the case), membership, outcome_membership. Best members first.
        """
        return self._cases.copy()

    def notes(self) -> tuple[Text, ...]:
        """What must stand below the table: cut-offs, what did not fit, how not to read it."""
        return notes_of(self)

    def grid(self, language: str = "en") -> Grid:
        """Give the table as it is printed, in one language, for whatever writes it.

        Raises
        ------
        UnknownNameError
            No such language.
        """
        return grid_of(self, language)

    def summary(self, language: str = "en") -> str:
        """Say each path with its fit, and the notes."""
        return tell(self, language)

    def to_dict(self) -> dict[str, Any]:
        """Give table, cases and notes as plain values."""
        return {**super().to_dict(), "cases": plain(self._cases), "notes": plain(self.notes())}
