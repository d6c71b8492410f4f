"""``learningcity study new|run|diff``: a study file, its run, and what changed between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.output import Working, answer, as_json, out_path, show_json, working

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = argument(
    "file",
    type=click.Path(path_type=Path),
    text=Text("The study file (TOML).", "研究文件（TOML）。"),
)
_HEADS = {
    "key": Text("finding", "发现"),
    "strength": Text("how sure", "证据强度"),
    "n": Text("cases", "案例数"),
    "of": Text("of", "总数"),
    "claim": Text("what was found", "发现内容"),
    "uncertainty": Text("how far it could move", "不确定性"),
}
_CHANGES = {
    "kind": Text("kind", "类别"),
    "what": Text("what", "对象"),
    "before": Text("before", "之前"),
    "after": Text("after", "之后"),
}


@command(
    text=Text(
        "Write a study file to start from, with every choice and a word to each.",
        "写出一个可直接使用的研究文件，列出全部选项并逐一说明。",
    ),
    examples=(
        "learningcity study new cities.toml",
        "learningcity study new ireland.toml --target IRL",
    ),
)
@argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), text=Text("The file to write.", "要写出的文件。")
)
@option(
    "--target",
    default="CHN",
    show_default=True,
    text=Text(
        "For whom the lessons are: a country (ISO 3166-1 alpha-3) or a city.",
        "启示面向的国家（ISO 3166-1三字母代码）或城市。",
    ),
)
@option("--force", is_flag=True, text=Text("Write over a file that is there.", "覆盖已有文件。"))
def new(file: Path, target: str, force: bool) -> None:
    """A study file."""
    if file.exists() and not force:
        raise InputError(
            Text(
                f"{file} is there already; --force writes over it.", f"{file}已存在；如要覆盖，请加--force。"
            )
        )
    study = lc.Study(name=file.stem, target=target, data_version=lc.data_version(lc.load_atlas()))
    lc.write_whole(file, lc.study_toml(study).encode("utf-8"))
    say(Text(f"Written: {file}", f"已写入：{file}"))


@command(
    text=Text(
        "Run a study: its findings on the screen; with --out the documents in every format and language, the run for "
        "programs (study.json), and a table of findings. What nothing has changed of is neither computed nor written again.",
        "运行研究：在屏幕上列出各项发现；用--out按全部格式与语言写出文档，以及供程序读取的结果（study.json）和发现表。"
        "内容未变的章节与文档不再重新计算或生成。",
    ),
    examples=(
        "learningcity study run cities.toml --chapter award",
        "learningcity study run cities.toml --chapter award --language zh --out cities-run",
        "learningcity study run cities.toml --chapter award --format xlsx --format zip --out cities-run",
    ),
)
@_FILE
@option(
    "--chapter",
    "chapters",
    multiple=True,
    metavar="NAME",
    text=Text("Only this chapter. May be repeated.", "仅运行此章。可重复。"),
)
@option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    text=Text("Folder for documents and results.", "存放文档与结果的文件夹。"),
)
@option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    text=Text(
        "Write the documents in this format alone: html, xlsx, zip ... May be repeated.",
        "仅以此格式写出文档：html、xlsx、zip等。可重复。",
    ),
)
@option("--fresh", is_flag=True, text=Text("Compute and write everything anew.", "全部重新计算并生成。"))
@as_json
def run(
    file: Path,
    chapters: tuple[str, ...],
    out: Path | None,
    formats: tuple[str, ...],
    fresh: bool,
    as_json: bool,
) -> None:
    """Findings and documents."""
    from dataclasses import replace

    language = current_language()
    wanted = _wanted(formats, out)
    study = lc.read_study(file)
    if chapters:
        study = replace(study, chapters=chapters)
    if language not in study.languages:
        study = replace(study, languages=(*study.languages, language))
    with working(Text("Running the study ...", "正在运行研究……")) as told:
        result = lc.run_study(study, language, keep=not fresh, progress=_progress(told))
    for note in result.notes:
        say(note)
    failed = _write(result, out, wanted, keep=not fresh) if out is not None else []
    _show(result, language, as_json)
    if failed:
        raise InputError(_not_written(failed))


def _show(result: lc.StudyResult, language: str, as_json: bool) -> None:
    """Give the findings on the screen."""
    if as_json:
        show_json({"manifest": result.manifest, "findings": result.table()})
        return
    frame = result.table()
    words = [{"strength": lc.STRENGTHS[s].in_(language)} for s in frame["strength"]]
    frame = frame.assign(strength=[w["strength"] for w in words], claim=frame[f"claim_{language}"])
    columns = ["key", "strength", "n", "of", "claim"]
    answer(frame[columns], "findings", titles=_HEADS, heading=_heading(result, language))


def _heading(result: lc.StudyResult, language: str) -> Text:
    said = result.summary(language)
    return Text(said, said)


def _progress(bar: Working) -> Callable[[int, int, str], None]:
    def say_how_far(done: int, whole: int, name: str) -> None:
        bar.say(Text(f"chapter {done + 1} of {whole}: {name}", f"第{done + 1}章，共{whole}章：{name}"))
        bar(done, whole)

    return say_how_far


def _wanted(formats: tuple[str, ...], out: Path | None) -> tuple[str, ...]:
    """The formats to write: those asked for, or all that there are."""
    known = tuple(lc.document_formats())
    for one in formats:
        if one not in known:
            raise lc.UnknownNameError("format", one, known)
    if formats and out is None:
        raise InputError(
            Text("A format is written into a folder: name it with --out.", "写出文档须用--out指明文件夹。")
        )
    return tuple(dict.fromkeys(formats)) or known


#: Format, language, and why it could not be written.
Failed = list[tuple[str, str, lc.LearningCityError]]


def _write(result: lc.StudyResult, out: Path, formats: tuple[str, ...], keep: bool) -> Failed:
    """Write what a run gives into a folder; give what this machine cannot write: it stops nothing else."""
    from dataclasses import replace

    files, failed = _files(result, formats, keep)
    told = replace(
        result, manifest={**result.manifest, "documents": {one.name: one.entry() for one in files}}
    )
    # Whoever stops it finds nothing half written: files come when all of them are there.
    out.mkdir(parents=True, exist_ok=True)
    written = [lc.write_study_result(told, out)]
    bodies = [(one.name, one.body) for one in files]
    for file, body in (*bodies, ("findings.csv", lc.people_csv(result.table()))):
        lc.write_whole(out / file, body)
        written.append(out / file)
    for path in written:
        say(Text(f"Written: {path}", f"已写入：{path}"))
    return failed


def _files(result: lc.StudyResult, formats: tuple[str, ...], keep: bool) -> tuple[list[Any], Failed]:
    """The documents as files, and those that could not be written."""
    files: list[Any] = []
    failed: Failed = []
    asked = [(name, language) for name in formats for language in result.study.languages]
    writer = lc.DocumentFiles(result.document, keep)
    with working(Text("Writing the documents ...", "正在写出文档……")) as told:
        for done, (name, language) in enumerate(asked):
            told.say(Text(f"writing {name} ({language})", f"正在写出{name}（{language}）"))
            told(done, len(asked))
            try:
                files.append(writer.write(name, language, told.part(done, len(asked))))
            except lc.Stopped:
                raise
            except lc.LearningCityError as error:
                failed.append((name, language, error))
    return files, failed


def _not_written(failed: Failed) -> Text:
    """Say which documents could not be written, and why."""
    en = "; ".join(f"{name} ({language}): {error.in_('en')}" for name, language, error in failed)
    zh = "；".join(f"{name}（{language}）：{error.in_('zh')}" for name, language, error in failed)
    return Text(f"Not written: {en}", f"未能写出：{zh}")


@command(
    text=Text(
        "Compare two runs, or two study files that are then run: which data, choices and versions differ, and which "
        "findings followed.",
        "比较两次运行的结果（或先运行两个研究文件再作比较）：哪些数据、选择与版本不同，哪些发现随之变化。",
    ),
    examples=(
        "learningcity study diff cities-run cities-run",
        "learningcity study diff cities-run cities-run --json",
    ),
)
@argument(
    "before",
    type=click.Path(path_type=Path),
    text=Text("Folder of a run, or a study file.", "运行结果文件夹，或研究文件。"),
)
@argument(
    "after",
    type=click.Path(path_type=Path),
    text=Text("Folder of another run, or a study file.", "另一次运行的结果文件夹，或研究文件。"),
)
@as_json
@out_path
def diff(before: Path, after: Path, as_json: bool, out: Path | None) -> None:
    """What changed."""
    language = current_language()
    found = lc.compare_studies(_run_of(before), _run_of(after))
    frame = found.table()
    if language == "zh":
        frame = frame.assign(before=frame["before_zh"], after=frame["after_zh"])
    if not len(frame):
        say(found.summary(language))
    if not as_json and out is None:
        kinds = lc.CHANGES
        frame = frame.assign(kind=[kinds[k].in_(language) for k in frame["kind"]])
    frame = frame[["kind", "what", "before", "after"]]
    said = found.summary(language)
    answer(frame, "diff", titles=_CHANGES, heading=Text(said, said), out=out, as_json=as_json)


def _run_of(path: Path) -> lc.StudyResult:
    if path.suffix.lower() == ".toml":
        with working(Text("Running the study ...", "正在运行研究……")):
            return lc.run_study(path)
    return lc.read_study_result(path)
