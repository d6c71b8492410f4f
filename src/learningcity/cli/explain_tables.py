"""What ceilings, association, styles and agreement are asked of: any table, the table of a study, or the atlas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import current_language, option, say
from learningcity.cli.explain_options import case_column, data_file, joined, pairs_from
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.words import NO, YES

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import QcaStudy

#: Options that mean something with --atlas alone.
OF_ATLAS = ("coder", "not_seen", "timing", "overlay")

study_table = option(
    "--study",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "Study of explain minimise, .toml or .json: its table with its sets, outcome and conditions.",
        "explain minimise所用的研究文件（.toml或.json）：取其数据表、集合、结果与条件。",
    ),
)
coder_of_atlas = option(
    "--coder", metavar="NAME", text=Text("With --atlas: whose codes (A).", "与--atlas合用：编码员（A）。")
)
timing_of_atlas = option(
    "--timing",
    type=click.Choice(("all", "before")),
    text=Text(
        "With --atlas: all practices (default), or those begun before the first award.",
        "与--atlas合用：全部实践举措（默认），或仅首次获奖前开始者。",
    ),
)
not_seen_in_atlas = option(
    "--not-seen",
    type=click.Choice(("visibility", "leave_out")),
    text=Text(
        "With --atlas: what is not seen counts as not visible (visibility, default), or is left out.",
        "与--atlas合用：未见公开资料者视为未呈现（visibility，默认），或不纳入（leave_out）。",
    ),
)


def atlas_flag(text: Text) -> Callable[[Any], Any]:
    """The option ``--atlas`` with what it means for a command."""
    return option("--atlas", is_flag=True, text=text)


def with_table_or_atlas(text: Text) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options that tell which cases: a table, a study, or the cities of the atlas."""
    return joined(
        data_file, study_table, case_column, atlas_flag(text), coder_of_atlas, not_seen_in_atlas,
        timing_of_atlas, with_overlay,
    )  # fmt: skip


@dataclass(frozen=True)
class Several:
    """Results of one command that belong together.

    Parameters
    ----------
    results
        What was computed, by name.
    said
        Further sentences.
    """

    results: Mapping[str, Any]
    said: tuple[Text, ...] = ()

    def summary(self, language: str = "en") -> str:
        """The sentences of each, one below the other."""
        lines = [one.summary(language) for one in self.results.values()]
        return "\n".join([*lines, *(t.in_(language) for t in self.said)])

    def to_dict(self) -> dict[str, Any]:
        """Each by its name."""
        return {name: one.to_dict() for name, one in self.results.items()}


@dataclass(frozen=True)
class Cases:
    """A table of cases, with what a study says of it."""

    data: pd.DataFrame
    study: QcaStudy | None = None

    def outcome(self, asked: str | None) -> str:
        """The outcome that was asked for, else that of the study.

        Raises
        ------
        InputError
            None, or one that is no column.
        """
        found = asked or (self.study.outcome if self.study is not None else None)
        if found is None:
            raise InputError(Text("Which outcome? Give --outcome COLUMN.", "请以--outcome指明结果所在的列。"))
        if found not in self.data.columns and (found.startswith("~") or "{" in found):
            raise InputError(
                Text(
                    f"{found} is no column. Give --outcome COLUMN; what a low outcome needs is asked with --corner 3 or 4.",
                    f"{found}不是列名。请以--outcome指明列；低结果所需的条件以--corner 3或4查询。",
                )
            )
        return found

    def conditions(self, asked: Sequence[str], outcome: str) -> tuple[str, ...]:
        """The conditions that were asked for, else those of the study.

        Raises
        ------
        InputError
            None, or the outcome among them.
        """
        found = tuple(asked) or (self.study.conditions if self.study is not None else ())
        if not found:
            raise InputError(
                Text("Which conditions? Give --conditions A,B,C.", "请以--conditions A,B,C指明条件。")
            )
        if outcome in found:
            raise InputError(
                Text(
                    f"{outcome} is the outcome and a condition; a column says nothing of itself.",
                    f"{outcome}既是结果又是条件；变量不能说明其自身。",
                )
            )
        return tuple(dict.fromkeys(found))


def asks_atlas(
    asked: Mapping[str, Any], *, of_tables: Iterable[str] = (), of_atlas: Iterable[str] = ()
) -> bool:
    """Tell whether the cities of the atlas are the cases, and refuse what does not go with that.

    Parameters
    ----------
    asked
        What click read.
    of_tables, of_atlas
        Options that go with tables alone, and with the atlas alone, beside those that all commands share.

    Raises
    ------
    InputError
        An option that does not go with these cases.
    """
    atlas = bool(asked["atlas"])
    refused = ("data", "study", "case", *of_tables) if atlas else (*OF_ATLAS, *of_atlas)
    for name in refused:
        if asked.get(name) not in (None, (), False):
            word = "DATA" if name == "data" else "--" + name.replace("_", "-")
            raise InputError(
                Text(f"{word} does not go with --atlas.", f"{word}不能与--atlas合用。")
                if atlas
                else Text(f"{word} goes with --atlas.", f"{word}须与--atlas合用。")
            )
    return atlas


def atlas_choices(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Atlas, coder and policy as the functions of the atlas take them."""
    found = {name: asked[name] for name in ("coder", "not_seen") if asked.get(name) is not None}
    return {
        "atlas": open_atlas(asked["overlay"]),
        "policy": lc.CodingPolicy(timing=asked["timing"] or "all"),
        **found,
    }


def given(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Choices that were made; the library has its own for the others."""
    return {name: asked[name] for name in names if asked[name] not in (None, ())}


def read_cases(asked: Mapping[str, Any]) -> Cases:
    """Read the table, or the table of a study with its sets.

    Raises
    ------
    InputError
        No table; a study of the atlas; what ``read_case_table`` refuses.
    """
    notes: list[Text] = []
    if asked["study"] is None:
        if asked["data"] is None:
            raise InputError(
                Text(
                    "Which cases? Give a table (CSV or XLSX), --study FILE, or --atlas; learningcity explain template "
                    "writes an example.",
                    "请给出案例数据表（CSV或XLSX）、--study 文件或--atlas；learningcity explain template可生成示例。",
                )
            )
        found = Cases(lc.read_case_table(asked["data"], case=asked["case"], notes=notes))
    else:
        study = lc.read_qca_study(asked["study"])
        if study.atlas is not None and asked["data"] is None:
            raise InputError(
                Text(
                    "This study is about the atlas: give --atlas instead of it.",
                    "该研究文件以图谱为案例：请改用--atlas。",
                )
            )
        if asked["case"] is not None:
            study = study.replace(case=asked["case"])
        prepared = study.replace(outcome=None, conditions=()).prepare(asked["data"], notes=notes)
        found = Cases(prepared.data, study)
    for note in dict.fromkeys(notes):
        say(note)
    return found


def columns_of(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Columns by name.

    Raises
    ------
    UnknownNameError
        One that is not there.
    """
    for name in names:
        if name not in frame.columns:
            raise lc.UnknownNameError("column", name, [str(c) for c in frame.columns])
    return frame[list(dict.fromkeys(names))]


def numbers_by_name(pairs: tuple[str, ...], what: str) -> dict[str, float]:
    """Read ``NAME=NUMBER`` pairs."""
    found = {}
    for name, value in pairs_from(pairs, what).items():
        try:
            found[name] = float(value)
        except ValueError:
            raise InputError(
                Text(
                    f"{what} {name}={value}: {value} is no number.",
                    f"{what} {name}={value}：{value}不是数字。",
                )
            ) from None
    return found


def one_language(frame: pd.DataFrame) -> pd.DataFrame:
    """Of columns in two languages keep that of the answer, without the ending."""
    language = current_language()
    pairs = [
        c.removesuffix("_en")
        for c in map(str, frame.columns)
        if c.endswith("_en") and f"{c[:-3]}_zh" in frame
    ]
    other = "_zh" if language == "en" else "_en"
    kept = frame.drop(columns=[name + other for name in pairs])
    return kept.rename(columns={f"{name}_{language}": name for name in pairs})


def truths(frame: pd.DataFrame) -> dict[str, dict[Any, Text]]:
    """Words for columns of yes, no and not known."""
    held = [str(c) for c in frame.columns if str(c).endswith("_held")]
    return {name: {True: YES, False: NO} for name in held}


def say_limits(limits: Iterable[str], as_json: bool) -> None:
    """Say each limit on a line of its own; JSON holds them."""
    if not as_json:
        for one in limits:
            say(one)
