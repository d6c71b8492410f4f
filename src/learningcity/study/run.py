"""Run a study: data in, document out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from os import PathLike
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, data_version, load_atlas
from learningcity.core import LANGUAGES, InputError, Result, Text, UnknownNameError, package_version
from learningcity.report import Document, Section, Word, check_fonts, pack, phrases_in, say
from learningcity.study.desk import Desk
from learningcity.study.keeping import kept_chapter
from learningcity.study.spec import Study, read_study
from learningcity.study.versions import choices_of, code_version, environment, fingerprint, tables_of

if TYPE_CHECKING:
    import pandas as pd

#: Chapters that sum up the others: what they say rests on which chapters the study holds.
SUMMING = ("introduction", "methods")


@dataclass(frozen=True)
class StudyResult(Result):
    """A study that was run.

    Parameters
    ----------
    study
        The choices.
    document
        The document, in the language that was asked for.
    manifest
        Versions, hashes, seeds and choices, as the document has them, and ``chapters``: for each its
        fingerprint, the seconds it took, and whether it was kept from before.
    notes
        What must be told to whoever ran it.
    """

    study: Study
    document: Document
    manifest: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()

    def table(self) -> pd.DataFrame:
        """Give the findings, one row each: key, strength, n, of, claim_en, claim_zh, uncertainty_en, uncertainty_zh."""
        import pandas as pd

        rows = [
            {
                "key": one.key, "strength": one.strength, "n": one.coverage.n, "of": one.coverage.of,
                **{f"claim_{lang}": one.claim.in_(lang) for lang in LANGUAGES},
                **{f"uncertainty_{lang}": one.uncertainty.in_(lang) for lang in LANGUAGES},
            }
            for one in self.document.findings
        ]  # fmt: skip
        columns = ["key", "strength", "n", "of", "claim_en", "claim_zh", "uncertainty_en", "uncertainty_zh"]
        return pd.DataFrame(rows, columns=columns)

    def summary(self, language: str = "en") -> str:
        """Title and size of the document, and how sure its findings are."""
        counts = {
            strength: sum(one.strength == strength for one in self.document.findings)
            for strength in ("described", "strong", "weak", "nothing")
        }
        said = say(
            "{described} {described:finding describes|findings describe} what was counted, {strong} held in every "
            "check, {weak} {weak:is|are} weak, {nothing} {nothing:was|were} not borne out.",
            "其中描述性发现{described}项，通过全部检验的{strong}项，证据较弱的{weak}项，未获支持的{nothing}项。",
            **counts,
        )
        gap = " " if language == "en" else ""
        return self.document.in_language(language).summary() + gap + said.in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give manifest and document as plain values; see :func:`learningcity.read_study_result`."""
        return {"manifest": dict(self.manifest), "document": pack(self.document)}


def run_study(
    study: str | PathLike[str] | Study,
    language: str | None = None,
    *,
    atlas: Atlas | None = None,
    keep: bool | Path = True,
    progress: Callable[[int, int, str], None] | None = None,
) -> StudyResult:
    """Run a study and give its results and its document.

    Parameters
    ----------
    study
        A TOML file (:func:`learningcity.read_study`) or a :class:`~learningcity.Study`.
    language
        "en" or "zh": what the document is read in at first; it holds every language of the study.
        None = the first one of the study.
    atlas
        The data; None = those the study names.
    keep
        Whether chapters of which nothing has changed are read from the user's own folder, and new
        ones kept there; or another folder for that.
    progress
        Called before each chapter with its number, how many there are, and its name.

    Raises
    ------
    InputError
        The study cannot be read, or names what is not in the data.
    UnknownNameError
        The language is not one of the study.

    Examples
    --------
    >>> import learningcity as lc
    >>> run = lc.run_study(lc.Study(chapters=("award",), languages=("en",)))
    >>> run.document.sections[0].key
    'award'
    """
    asked = study if isinstance(study, Study) else read_study(study)
    language = asked.languages[0] if language is None else language
    if language not in asked.languages:
        raise UnknownNameError("language", language, asked.languages)
    whole = atlas if atlas is not None else load_atlas(asked.data, base=asked.base)
    desk = Desk(asked, of_cases(whole, asked.cases), asked.languages)
    manifest = manifest_of(asked, whole)
    sections, chapters = [], {}
    # A chapter without pictures is not what this machine gives once it has the fonts.
    fonts = [text.en for text in check_fonts()]
    for number, name in enumerate(asked.chapters):
        if progress is not None:
            progress(number, len(asked.chapters), name)
        start = perf_counter()
        rest = {"chapters": asked.chapters} if name in SUMMING else {}
        key = fingerprint({"chapter": name, "languages": asked.languages, "fonts": fonts, **rest, **manifest})
        section, was_kept = _chapter(desk, name, key, keep)
        sections.append(section)
        seconds = round(perf_counter() - start, 3)
        chapters[name] = {"fingerprint": key, "seconds": seconds, "kept": was_kept}
    document = document_of(asked, desk, tuple(sections), language, manifest)
    notes = (*_notes(asked, manifest), *check_fonts())
    return StudyResult(asked, document, {**manifest, "chapters": chapters}, notes)


def manifest_of(study: Study, atlas: Atlas) -> dict[str, Any]:
    """What a study rests on: data, choices, seed, versions."""
    return {
        "data": data_version(atlas),
        "choices": choices_of(study),
        "seed": study.seed,
        "versions": {"learningcity": package_version(), "code": code_version(), **environment()},
        "tables": tables_of(atlas),
    }


def _notes(study: Study, manifest: dict[str, Any]) -> tuple[Text, ...]:
    if study.data_version is None or study.data_version == manifest["data"]:
        return ()
    return (
        Text(
            f"The study was written for data {study.data_version}; these are {manifest['data']}. Its findings follow "
            "the data in front of you.",
            f"本研究原依据数据版本{study.data_version}，当前数据版本为{manifest['data']}；各项发现依当前数据得出。",
        ),
    )


def _chapter(desk: Desk, name: str, key: str, keep: bool | Path) -> tuple[Section, bool]:
    if keep is False:
        return build_chapter(desk, name), False
    folder = keep if isinstance(keep, Path) else None
    return kept_chapter(key, lambda: build_chapter(desk, name), folder)


def document_of(
    study: Study, desk: Desk, sections: tuple[Section, ...], language: str, manifest: dict[str, Any]
) -> Document:
    """Make a document of sections, with the sources they cite."""
    cited = dict.fromkeys(s for phrase in phrases_in(sections) for s in phrase.sources)
    version = Word(Text(manifest["data"], manifest["data"]))
    subtitle = say(
        "{n} cities; every number computed from data {version}.",
        "{n}个城市；每个数字均由数据版本{version}计算得出。",
        n=len(desk.cases),
        version=version,
    )
    sources = {one: desk.source(one) for one in cited}
    return Document(study.name, study.title, subtitle, sections, sources, language, study.languages, manifest)


def of_cases(atlas: Atlas, cases: Sequence[str]) -> Atlas:
    """Give the atlas with these cities alone; members, context and sources stay. () = all.

    Raises
    ------
    UnknownNameError
        A city that is not in the atlas; the nearest are named.
    """
    if not cases:
        return atlas
    wanted = {atlas.require_city(city) for city in cases}
    practices = atlas.practices[atlas.practices["city_id"].isin(wanted)]
    frames = dict(atlas.frames)
    for name in ("cities", "awards", "facts"):
        frames[name] = frames[name][frames[name]["city_id"].isin(wanted)].reset_index(drop=True)
    codes = atlas.codes
    frames["practices"] = practices.reset_index(drop=True)
    of_them = codes["practice_id"].isin(practices["practice_id"])
    frames["practice-codes"] = codes[of_them].reset_index(drop=True)
    return Atlas(frames, atlas.own)


def build_chapter(desk: Desk, name: str) -> Section:
    """Build one chapter; its name begins the key of everything in it."""
    module = import_module(f"learningcity.study.chapters.{name}")
    found: Section = module.build(desk)
    if found.key != name:
        raise InputError(
            Text(f"The chapter {name!r} calls itself {found.key!r}.", f"章节“{name}”自称“{found.key}”。")
        )
    return found
