"""``learningcity study brief``: two pages of a study as Word and PDF."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.output import working

#: The formats of paper, in which a brief is set on two pages.
PAPER = ("docx", "pdf")


@command(
    text=Text(
        "The brief of a study on two pages: the question, three findings by a stated rule with how sure they are, three "
        "lessons with their sources, a chart, a table, and what may not be read from it. In English a memo, in Chinese "
        "an official document (GB/T 9704-2012) without the head of any authority.",
        "研究的两页专报：研究问题、按既定规则选取的三项发现及其把握、三条借鉴及来源、一幅图、一张表，以及局限。"
        "英文为备忘录版式，中文采用公文版式（GB/T 9704—2012），不含任何机关的版头。",
    ),
    examples=(
        "learningcity study brief cities-run --out cities-brief",
        "learningcity study brief cities-run --language zh --format docx --out cities-brief",
    ),
)
@argument(
    "file",
    type=click.Path(path_type=Path),
    text=Text(
        "A study file (TOML), which is then run, or the folder of a run.",
        "研究文件（TOML，将先行运行），或运行结果文件夹。",
    ),
)
@option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    text=Text("Folder for the brief.", "存放专报的文件夹。"),
)  # fmt: skip
@option(
    "--format", "formats", multiple=True, metavar="NAME",
    text=Text("Only this format: docx, pdf, html ... May be repeated.", "仅以此格式写出：docx、pdf、html等。可重复。"),
)  # fmt: skip
@option(
    "--date", "day", metavar="YYYY-MM-DD",
    text=Text("The date to state; without it none is.", "注明的日期；不填则不注明。"),
)  # fmt: skip
def brief(file: Path, out: Path, formats: tuple[str, ...], day: str | None) -> None:
    """Two pages."""
    language = current_language()
    wanted = tuple(dict.fromkeys(formats)) or PAPER
    for one in wanted:
        if one not in lc.document_formats():
            raise lc.UnknownNameError("format", one, lc.document_formats())
    when = _day(day)
    made = lc.brief(_run(file, language), language)
    with working(Text("Writing the brief ...", "正在写出专报……")):
        dated = {"date": when} if when is not None else {}
        bodies = [lc.render(made, one, **(dated if one in PAPER else {})) for one in wanted]
        notes = lc.brief_notes(made) if set(wanted) & set(PAPER) else ()
    out.mkdir(parents=True, exist_ok=True)
    for name, _, body in bodies:
        lc.write_whole(out / name, body)
        say(Text(f"Written: {out / name}", f"已写入：{out / name}"))
    for note in notes:
        say(note)


def _run(file: Path, language: str) -> lc.StudyResult:
    """Give the run of a folder, or run what a file asks."""
    from dataclasses import replace

    if file.suffix.lower() != ".toml":
        return lc.read_study_result(file)
    study = lc.read_study(file)
    if language not in study.languages:
        study = replace(study, languages=(*study.languages, language))
    with working(Text("Running the study ...", "正在运行研究……")):
        return lc.run_study(study, language)


def _day(given: str | None) -> datetime.date | None:
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise InputError(
            Text(f"{given!r} is no date: write it as 2026-11-22.", f"“{given}”不是日期，请写作2026-11-22。")
        ) from None
