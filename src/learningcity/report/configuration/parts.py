"""What all formats of a configuration table share: the cases behind the paths, put in words."""

from __future__ import annotations

from dataclasses import dataclass

from learningcity.core import Text
from learningcity.explain import CASE_KINDS, ConfigurationTable

HEAD = Text("Cases behind the paths", "各路径的案例")
NO_PATH = Text("no path", "无路径覆盖")
ONLY = Text("in bold: in no other path of the model", "加粗：不属于该模型的其他路径")


@dataclass(frozen=True)
class Cases:
    """Cases of one kind behind one path.

    Parameters
    ----------
    path, kind
        Number and term of the path, and the kind of case.
    names
        Name, address (empty where there is none) and whether it is in this path alone of several, one a case.
    """

    path: str
    kind: str
    names: tuple[tuple[str, str, bool], ...]


def cases_of(table: ConfigurationTable, language: str) -> tuple[Cases, ...]:
    """The cases of a table by panel, path and kind, in the order of the table."""
    words = CASE_KINDS
    terms = {str(one.term): table.wording.term(one.term).in_(language) for one in table.configurations}
    found = []
    frame = table.cases()
    for (panel, name, term, kind), rows in frame.groupby(
        ["panel", "configuration", "term", "kind"], sort=False
    ):
        path = f"{name}{colon(language)}{terms[term]}" if name else NO_PATH.in_(language)
        if len(table.panels) > 1:
            between = ", " if language == "en" else "，"
            path = f"{table.wording.outcome(table.panels[panel - 1].outcome).in_(language)}{between}{path}"
        # Where there is one path, no case is in another.
        several = len(table.panels[panel - 1].configurations) > 1
        cells = rows[[f"name_{language}", "address", "only_here"]].itertuples(index=False, name=None)
        found.append(
            Cases(
                path,
                words[kind].in_(language),
                tuple(
                    (str(n), str(a).replace("{language}", language), bool(o) and several) for n, a, o in cells
                ),
            )
        )
    return tuple(found)


def colon(language: str) -> str:
    """What stands between a word and what it says."""
    return ": " if language == "en" else "："


def only_note(cases: tuple[Cases, ...], language: str) -> str:
    """What bold names say; empty where none is bold."""
    return ONLY.in_(language) if any(only for one in cases for _, _, only in one.names) else ""
