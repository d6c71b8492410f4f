"""A study as a file: which table, which sets by which anchors, which cuts; so that nothing is chosen on the way."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, UnknownNameError, names_of, os_reason, path_of
from learningcity.explain.case_files import read_case_table
from learningcity.explain.qca.calibrate import calibrate
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.frames import outcome_literal, refuse

if TYPE_CHECKING:
    import pandas as pd

#: Choices of a truth table, and of its solution, by the names that the functions take.
TABLE_CHOICES = ("inclusion_cut", "pri_cut", "frequency_cut", "at_half", "levels")
SOLUTION_CHOICES = ("solution", "expectations", "covers", "exclude")
SET_CHOICES = (
    "column", "anchors", "kind", "shape", "full", "below", "above", "scores", "degree", "powers", "at_half",
)  # fmt: skip
ATLAS_CHOICES = ("coder", "not_seen", "timing")
KEYS = (
    "name", "data", "case", "missing", "outcome", "conditions", *TABLE_CHOICES, *SOLUTION_CHOICES, "sets", "labels",
    "atlas",
)  # fmt: skip
MISSING = ("refuse", "leave_out")


@dataclass(frozen=True)
class PreparedCases:
    """Cases ready for analysis.

    Parameters
    ----------
    data
        Frame, index case: the columns of the table, and the sets made from them.
    calibrations
        One a set, in the order of the study.
    left_out
        Cases left out for a missing value.
    """

    data: pd.DataFrame
    calibrations: tuple[Calibration, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class QcaStudy:
    """The choices of a study.

    Parameters
    ----------
    name
        What it is called.
    data
        The table of cases; None = given to ``prepare``.
    case
        Its column with the names of the cases; None = found as ``read_case_table`` does.
    missing
        "refuse" (cases with a missing value are named in an error) or "leave_out".
    outcome, conditions
        As for ``truth_table``; None and () = not chosen.
    table_choices, solution_choices
        Further arguments of ``truth_table`` and of ``minimise``.
    sets
        Name of a set -> column, anchors and further arguments of ``calibrate``.
    labels
        Condition or outcome -> what people call it.
    atlas
        Coder, not_seen and timing where the cases are those of the atlas; None = they are not.
    """

    name: str = ""
    data: Path | None = None
    case: str | None = None
    missing: str = "refuse"
    outcome: str | None = None
    conditions: tuple[str, ...] = ()
    table_choices: Mapping[str, Any] = field(default_factory=dict)
    solution_choices: Mapping[str, Any] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    atlas: Mapping[str, Any] | None = None

    def replace(self, **changes: Any) -> QcaStudy:
        """Give the study with other fields."""
        return replace(self, **changes)

    @property
    def columns(self) -> tuple[str, ...]:
        """Outcome and conditions as columns, without signs."""
        outcome = () if self.outcome is None else (outcome_literal(self.outcome).condition,)
        return tuple(dict.fromkeys((*self.conditions, *outcome)))

    def prepare(
        self, data: str | PathLike[str] | pd.DataFrame | None = None, *, notes: list[Text] | None = None
    ) -> PreparedCases:
        """Read the cases and calibrate the sets.

        Parameters
        ----------
        data
            A file or a frame (index case) in place of the one that the study names.
        notes
            As for ``read_case_table``.

        Raises
        ------
        InputError
            No table; a set that is called like a column other than its own; whatever ``read_case_table`` and
            ``calibrate`` refuse; cases with a missing value in outcome or conditions under "refuse".
        UnknownNameError
            A column that is not there.
        """
        import pandas as pd

        raw_of = {name: str(one.get("column", name)) for name, one in self.sets.items()}
        if isinstance(data, pd.DataFrame):
            frame = data
        else:
            where = self.data if data is None else data
            if where is None:
                raise InputError(
                    Text(
                        "There is no table of cases: name it as data in the study, or give it.",
                        "没有案例数据表：请在研究文件中以data指明，或直接给出。",
                    )
                )
            plain_columns = [c for c in self.columns if c not in self.sets]
            frame = read_case_table(
                where, [*plain_columns, *raw_of.values()] or None, case=self.case, notes=notes
            )
        made = []
        for name, one in self.sets.items():
            column = raw_of[name]
            if column not in frame.columns:
                raise UnknownNameError("column", column, map(str, frame.columns))
            if name in frame.columns and name != column:
                raise InputError(
                    Text(
                        f"The set {name} would replace the column {name}; call it otherwise.",
                        f"集合{name}与已有列重名，请改名。",
                    )
                )
            options = {k: v for k, v in one.items() if k not in ("column", "anchors")}
            made.append(calibrate(frame[column], one.get("anchors"), name=name, **options))
        found = frame.assign(**{one.name: one.values for one in made})
        for column in self.columns:
            if column not in found.columns:
                raise UnknownNameError("column", column, map(str, found.columns))
        empty = found.index[found[list(self.columns)].isna().any(axis=1)]
        if self.missing == "refuse":
            refuse(
                [f"{case} ({', '.join(c for c in self.columns if pd.isna(found.at[case, c]))})" for case in empty],
                "Cases with missing values (missing = 'leave_out' leaves them out, and the result says so)",
                "含缺失值的案例（missing = 'leave_out'可将其剔除，结果中会注明）",
            )  # fmt: skip
        return PreparedCases(found.drop(index=empty), tuple(made), tuple(str(c) for c in empty))


def read_qca_study(path: str | PathLike[str]) -> QcaStudy:
    """Read a study file.

    Parameters
    ----------
    path
        TOML or JSON. Keys: name, data (seen from the file), case, missing, outcome, conditions; inclusion_cut, pri_cut,
        frequency_cut, at_half, levels; solution, expectations, covers, exclude; sets (name -> column, anchors and
        arguments of ``calibrate``); labels (name -> en, zh); atlas (coder, not_seen, timing).

    Returns
    -------
    QcaStudy
        ``prepare()`` reads the cases and calibrates them.

    Raises
    ------
    InputError
        No such file, not TOML or JSON, a value of the wrong kind: file and key are named.
    UnknownNameError
        A key that is not there, with near names.

    Examples
    --------
    >>> import tempfile
    >>> from learningcity.explain.template import write_explain_template
    >>> study = read_qca_study(write_explain_template(tempfile.mkdtemp())[1])
    >>> study.outcome, study.conditions
    ('ACTIVE', ('FUNDED', 'NEAR', 'LAW', 'PARTNERS'))
    """
    file = path_of(path)
    given = _document(file)
    _known(given, KEYS, file.name)
    sets = _tables(given, "sets", file.name)
    for name, one in sets.items():
        _known(one, SET_CHOICES, f"{file.name}, sets.{name}")
        if "anchors" not in one:
            raise _wrong(file.name, f"sets.{name}", "anchors are missing", "缺少anchors（锚点）")
    labels = {}
    for name, one in _tables(given, "labels", file.name).items():
        _known(one, ("en", "zh"), f"{file.name}, labels.{name}")
        words = [str(one[k]) for k in ("en", "zh") if k in one] or [name]
        labels[name] = Text(str(one.get("en", words[0])), str(one.get("zh", words[0])))
    atlas = _table(given, "atlas", file.name)
    _known(atlas, ATLAS_CHOICES, f"{file.name}, atlas")
    texts: dict[str, Any] = {}
    for key in ("name", "data", "case", "outcome"):
        texts[key] = given.get(key)
        if key in given and not (isinstance(texts[key], str) and texts[key].strip()):
            raise _wrong(file.name, key, "give a text", "须为文本")
    missing = given.get("missing", "refuse")
    if missing not in MISSING:
        raise UnknownNameError("option", str(missing), MISSING)
    choices = {k: tuple(v) if k == "inclusion_cut" and isinstance(v, list) else v for k, v in given.items()}
    return QcaStudy(
        name=texts["name"] or "", data=file.parent / texts["data"] if texts["data"] else None, case=texts["case"],
        missing=missing, outcome=texts["outcome"], conditions=names_of(given["conditions"], "conditions") if "conditions" in given else (),
        table_choices={k: choices[k] for k in TABLE_CHOICES if k in choices},
        solution_choices={k: choices[k] for k in SOLUTION_CHOICES if k in choices},
        sets=sets, labels=labels, atlas=atlas if "atlas" in given else None,
    )  # fmt: skip


def _document(file: Path) -> dict[str, Any]:
    ending = file.suffix.lower()
    if ending not in (".toml", ".json"):
        raise InputError(
            Text(f"{file.name}: a study ends in .toml or .json.", f"{file.name}：研究文件须为.toml或.json。")
        )
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = os_reason(error)
        raise InputError(Text(f"{file} cannot be read: {why.en}.", f"无法读取{file}：{why.zh}。")) from error
    except UnicodeDecodeError as error:
        raise InputError(
            Text(f"{file.name} is not UTF-8; save it as such.", f"{file.name}不是UTF-8编码，请另存。")
        ) from error
    try:
        found = tomllib.loads(text) if ending == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        kind = ending[1:].upper()
        raise InputError(
            Text(f"{file.name} is no {kind}: {error}.", f"{file.name}不是有效的{kind}：{error}。")
        ) from error
    if not isinstance(found, dict):
        raise _wrong(file.name, "the whole", "give keys and values", "须为键值对")
    return found


def _table(given: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
    found = given.get(key, {})
    if not isinstance(found, dict):
        raise _wrong(name, key, "give a table of keys and values", "须为键值表")
    return found


def _tables(given: Mapping[str, Any], key: str, name: str) -> dict[str, dict[str, Any]]:
    found = _table(given, key, name)
    return {str(k): _table(found, k, f"{name}, {key}") for k in found}


def _known(given: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in given:
        if key not in keys:
            error = UnknownNameError("option", str(key), keys)
            raise InputError(Text(f"{where}: {error.text.en}", f"{where}：{error.text.zh}"))


def _wrong(name: str, key: str, en: str, zh: str) -> InputError:
    return InputError(Text(f"{name}, {key}: {en}.", f"{name}，{key}：{zh}。"))
