"""What is asked of a QCA command, read and ready: cases, sets, choices, and the log of the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import current_language, end_with_findings, say
from learningcity.cli.explain_options import names_from, numbers_from, pairs_from
from learningcity.cli.opening import open_atlas

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import AtlasQca, Calibration, QcaSolution, QcaStudy, TruthTable

#: What the field takes for fuzzy sets; for crisp ones it means at most one case in five on the other side.
INCLUSION = 0.8


@dataclass(frozen=True)
class Question:
    """Cases and choices.

    Parameters
    ----------
    study
        The choices, options of the command line included.
    data
        Frame, index case.
    calibrations
        Of the sets that were made.
    cities
        Where the cases are those of the atlas.
    """

    study: QcaStudy
    data: pd.DataFrame
    calibrations: tuple[Calibration, ...] = ()
    cities: AtlasQca | None = None

    @property
    def names(self) -> Mapping[str, Text]:
        """Names of the cases, where they have other names than their ids."""
        return {} if self.cities is None else self.cities.names

    @property
    def labels(self) -> Mapping[str, Text]:
        """What our own codes are called; the columns of a user's table stay as they are."""
        return {} if self.cities is None else self.cities.labels

    @property
    def about(self) -> tuple[Any, str, tuple[str, ...]]:
        """Data, outcome and conditions, as every analysis takes them first."""
        outcome, conditions = self.study.outcome, self.study.conditions
        if outcome is None:
            raise InputError(
                Text(
                    "Which outcome? Give --outcome NAME, or a study that names it.",
                    "请以--outcome指明结果变量，或给出指明结果变量的研究文件。",
                )
            )
        if not conditions:
            raise InputError(
                Text(
                    "Which conditions? Give --conditions A,B,C, or a study that names them.",
                    "请以--conditions A,B,C指明条件，或给出指明条件的研究文件。",
                )
            )
        return self.data, outcome, conditions

    def table(self) -> TruthTable:
        """The truth table."""
        return lc.truth_table(*self.about, **self.study.table_choices)

    def solve(self, table: TruthTable) -> QcaSolution:
        """The solution that was asked for."""
        return lc.minimise(table, **self.solution_choices)

    @property
    def solution_choices(self) -> dict[str, Any]:
        """Arguments of ``minimise``; expectations of a study rest where another solution is asked for."""
        found = dict(self.study.solution_choices)
        if found.get("solution", "conservative") != "intermediate":
            found.pop("expectations", None)
        return found

    @property
    def repeated(self) -> dict[str, Any]:
        """Arguments of an analysis that is done again and again."""
        if self.study.table_choices.get("levels"):
            raise InputError(
                Text(
                    "levels of the study cannot be used here: this analysis takes the values that the data show. "
                    "Leave levels out.",
                    "此处不能使用研究文件中的levels：本分析只采用数据中出现的取值。请删去levels。",
                )
            )
        return {
            **{k: v for k, v in self.study.table_choices.items() if k != "levels"},
            **self.solution_choices,
        }

    def with_study(self, study: QcaStudy) -> Question:
        """The same cases under other choices."""
        return replace(self, study=study)

    def need_cities(self, shown: str) -> str:
        """Refuse what only cases of the atlas can show."""
        if self.cities is None:
            raise InputError(
                Text(
                    f"--show {shown} needs --atlas: a table does not say which evidence stands behind it.",
                    f"--show {shown}须与--atlas合用：数据表不含其背后的证据。",
                )
            )
        return shown

    @property
    def limits(self) -> dict[str, Any]:
        """What JSON holds beside a result of the atlas."""
        if self.cities is None:
            return {}
        return {"limits": {k: list(self.cities.limits(k)) for k in ("en", "zh")}}

    def say_limits(self) -> None:
        """Say what cases of the atlas cannot tell."""
        if self.cities is not None:
            for text in self.cities.limits(current_language()):
                say(text)


def read_question(asked: Mapping[str, Any], conditions: tuple[str, ...] | None = None) -> Question:
    """Read study, options and cases.

    Parameters
    ----------
    asked
        What click read.
    conditions
        Conditions that follow from something else, such as an expression.
    """
    study = lc.QcaStudy() if asked["study"] is None else lc.read_qca_study(asked["study"])
    named = names_from(asked["conditions"]) if "conditions" in asked else ()
    if conditions and named:
        raise InputError(
            Text(
                "The conditions follow from --expression; leave out --conditions.",
                "条件由--expression决定，请勿另给--conditions。",
            )
        )
    study = _without_expectations(study, asked)
    changes: dict[str, Any] = {
        k: asked[k] for k in ("outcome", "case", "missing") if asked.get(k) is not None
    }
    if conditions or named:
        changes["conditions"] = conditions or named
    study = study.replace(
        **changes,
        table_choices={"inclusion_cut": INCLUSION, **study.table_choices, **_table_choices(asked)},
        solution_choices={**study.solution_choices, **_solution_choices(asked)},
    )
    _refuse_idle_expectations(study, asked)
    if asked["atlas"] or (study.atlas is not None and asked["data"] is None):
        return _cities(study, asked)
    _refuse_alone(asked)
    if asked["data"] is None and study.data is None:
        raise InputError(
            Text(
                "Which cases? Give a table (CSV or XLSX), --study FILE, or --atlas; learningcity explain template "
                "writes an example.",
                "请给出案例数据表（CSV或XLSX）、--study 文件或--atlas；learningcity explain template可生成示例。",
            )
        )
    notes: list[Text] = []
    found = study.prepare(asked["data"], notes=notes)
    for note in dict.fromkeys(notes):
        say(note)
    if found.left_out:
        listed = found.left_out[:10]
        more = " ..." if len(found.left_out) > 10 else ""
        say(
            Text(
                f"Left out for missing values: {', '.join(listed)}{more} ({len(found.left_out)}).",
                f"因缺失值剔除：{'、'.join(listed)}{more}（{len(found.left_out)}个）。",
            )
        )
    return Question(study, found.data, found.calibrations)


def _without_expectations(study: QcaStudy, asked: Mapping[str, Any]) -> QcaStudy:
    """Expectations are about one outcome: those of the study rest where another is asked for."""
    held = study.solution_choices.get("expectations")
    if not held or asked["outcome"] in (None, study.outcome) or asked.get("expect"):
        return study
    if "expect" in asked:
        say(
            Text(
                f"The expectations of the study are about {study.outcome} and are not used for {asked['outcome']}; "
                "give --expect.",
                f"研究文件中的方向性预期针对{study.outcome}，不用于{asked['outcome']}；如需要请给出--expect。",
            )
        )
    return study.replace(
        solution_choices={k: v for k, v in study.solution_choices.items() if k != "expectations"}
    )


def _refuse_idle_expectations(study: QcaStudy, asked: Mapping[str, Any]) -> None:
    """Refuse expectations that were asked for and would not be used."""
    solution = study.solution_choices.get("solution", "conservative")
    if asked.get("expect") and solution != "intermediate":
        raise InputError(
            Text(
                f"--expect is for the intermediate solution, and this is the {solution} one: add --solution "
                "intermediate, or leave out --expect.",
                "--expect仅用于中间解，而此处所求并非中间解：请加上--solution intermediate，或去掉--expect。",
            )
        )


def _table_choices(asked: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "pri_cut": asked.get("pri"),
        "frequency_cut": asked.get("frequency"),
        "at_half": asked.get("at_half"),
    }
    if asked.get("inclusion") is not None:
        cuts = numbers_from(asked["inclusion"], "--inclusion")
        found["inclusion_cut"] = cuts[0] if len(cuts) == 1 else tuple(cuts)
    return {k: v for k, v in found.items() if v is not None}  # fmt: skip


def _solution_choices(asked: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {k: asked[k] for k in ("solution", "covers") if asked.get(k) is not None}
    if asked.get("expect"):
        pairs = pairs_from(asked["expect"], "--expect")
        odd = [f"{k}={v}" for k, v in pairs.items() if not v.isdecimal()]
        if odd:
            raise InputError(
                Text(
                    f"--expect {odd[0]}: write NAME=1 or NAME=0.",
                    f"--expect {odd[0]}：请写作 名称=1或名称=0。",
                )
            )
        found["expectations"] = {k: int(v) for k, v in pairs.items()}
    if asked.get("exclude"):
        found["exclude"] = asked["exclude"]
    return found


def _refuse_alone(asked: Mapping[str, Any]) -> None:
    for name in ("coder", "not_seen", "timing", "overlay"):
        if asked.get(name) is not None:
            word = "--" + name.replace("_", "-")
            raise InputError(Text(f"{word} goes with --atlas.", f"{word}须与--atlas合用。"))


def _cities(study: QcaStudy, asked: Mapping[str, Any]) -> Question:
    if asked["data"] is not None or study.data is not None or study.sets:
        raise InputError(
            Text(
                "--atlas brings its own cases: leave out the table and the sets.",
                "--atlas自带案例：请勿另给数据表或集合。",
            )
        )
    if study.outcome is None:
        raise InputError(
            Text(
                "Which outcome? Give --outcome, a theme such as green or inclusive.",
                "请以--outcome指明结果，如特征green或inclusive。",
            )
        )
    chosen = {**(study.atlas or {}), **{k: asked[k] for k in ("coder", "not_seen", "timing") if asked[k]}}
    timing = chosen.pop("timing", "all")
    cities = lc.atlas_qca(
        open_atlas(asked["overlay"]), study.outcome, study.conditions or None,
        policy=lc.CodingPolicy(timing=timing), **chosen,
    )  # fmt: skip
    return Question(
        study.replace(conditions=cities.conditions, labels=cities.labels), cities.data, cities=cities
    )


def keep_journal(
    path: Path | None, results: tuple[Any, ...], reason: str = "", study: str = ""
) -> tuple[Text, ...]:
    """Add results to the log of a study; give the warnings that are new.

    A calibration that stands in the log as it is now is not written down again.
    """
    if path is None:
        return ()
    with lc.QcaJournal.adding_to(path, study) as journal:
        before = set(journal.warnings)
        for result in results:
            if not _stands(journal, result):
                journal.record(result, reason)
    return tuple(w for w in journal.warnings if w not in before)


def _stands(journal: Any, result: Any) -> bool:
    trial = lc.QcaJournal()
    trial.record(result)
    new = trial.entries[0]
    same = [e for e in journal.entries if (e.kind, e.subject) == (new.kind, new.subject)]
    return new.kind == "calibration" and bool(same) and same[-1].digest == new.digest


def say_warnings(warnings: tuple[Text, ...]) -> None:
    """Say what the log warns of, and end with exit code 2 if it does."""
    for one in warnings:
        say(one)
    if warnings:
        end_with_findings()
