"""Run a study: data in, document out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, data_version, load_atlas
from learningcity.core import LANGUAGES, Result, Text, UnknownNameError, package_version
from learningcity.report import Document, Phrase, Section, Word, pack, phrases_in, say
from learningcity.study.desk import Desk
from learningcity.study.spec import Study, read_study

if TYPE_CHECKING:
    import pandas as pd


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
        Versions, hashes, seeds and times.
    """

    study: Study
    document: Document
    manifest: dict[str, Any] = field(default_factory=dict)

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
        """Title and size of the document in a sentence."""
        return self.document.in_language(language).summary()

    def to_dict(self) -> dict[str, Any]:
        """Give document and manifest as plain values."""
        return {"manifest": dict(self.manifest), "document": pack(self.document)}


def run_study(
    study: str | PathLike[str] | Study,
    language: str = "en",
    *,
    atlas: Atlas | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> StudyResult:
    """Run a study and give its results and its document.

    Parameters
    ----------
    study
        A TOML file (:func:`learningcity.read_study`) or a :class:`~learningcity.Study`.
    language
        "en" or "zh": what the document is read in at first; it holds every language of the study.
    atlas
        The data; None = those the study names.
    progress
        Called before each chapter with its number, how many there are, and its name.

    Raises
    ------
    InputError
        The study cannot be read, or names what is not in the data.
    UnknownNameError
        The language is not one of the study.
    """
    asked = study if isinstance(study, Study) else read_study(study)
    if language not in asked.languages:
        raise UnknownNameError("language", language, asked.languages)
    data = atlas if atlas is not None else load_atlas(asked.data, base=asked.base)
    desk = Desk(asked, of_cases(data, asked.cases), asked.languages)
    sections = []
    for number, name in enumerate(asked.chapters):
        if progress is not None:
            progress(number, len(asked.chapters), name)
        sections.append(build_chapter(desk, name))
    manifest: dict[str, Any] = {"package": package_version(), "data": data_version(data), "seed": asked.seed}
    cited = dict.fromkeys(s for part in sections for phrase in _phrases(part) for s in phrase.sources)
    document = Document(
        asked.name,
        asked.title,
        say(
            "Computed from data {version}.",
            "依据数据版本{version}计算。",
            version=Word(Text(manifest["data"], manifest["data"])),
        ),
        tuple(sections),
        {one: desk.source(one) for one in cited},
        language,
        asked.languages,
        manifest,
    )
    return StudyResult(asked, document, manifest)


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
    frames["practice-codes"] = codes[codes["practice_id"].isin(practices["practice_id"])].reset_index(
        drop=True
    )
    return Atlas(frames, atlas.own)


def build_chapter(desk: Desk, name: str) -> Section:
    """Build one chapter."""
    module = import_module(f"learningcity.study.chapters.{name}")
    found: Section = module.build(desk)
    return found


def _phrases(section: Section) -> Iterator[Phrase]:
    for block in section.blocks:
        yield from phrases_in(block)
    for one in section.sections:
        yield from _phrases(one)
