"""The brief of a study: two pages for somebody who decides, chosen from its findings by a stated rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from learningcity.core import Text, UnknownNameError, of_kind
from learningcity.report import (
    Block,
    Document,
    Figure,
    Finding,
    Paragraph,
    Phrase,
    Section,
    Table,
    Value,
    Word,
    join,
    say,
)
from learningcity.study.brief_lessons import lesson_blocks
from learningcity.study.run import StudyResult

#: How many findings a brief has.
FINDINGS = 3
#: Chapters that frame a study or say how it was made; what they count is no answer.
FRAMING = ("introduction", "concepts", "methods")
#: Rows of a table that two pages have room for.
ROWS = 7
#: What bears on the question as one picture and one table, the first that is there.
FIGURES = ("lessons.gap-figure", "styles.ceilings", "award.timeline", "award.contrast")
TABLES = ("features.themes-table", "styles.survived", "award.criteria-by-round", "background.context-table")
#: A finding that is not told without what a test of it gave.
QUALIFIED = {"lessons.most-open": "lessons.chance"}


@dataclass(frozen=True)
class Part:
    """A part of the question and where it is answered.

    Parameters
    ----------
    chapters
        Where to look, the nearest first.
    usual
        The strength that answers it where nothing was held or seen in a test.
    first
        Findings that sum the part up, before others as sure.
    """

    chapters: tuple[str, ...]
    usual: str
    first: tuple[str, ...]


#: What the cities share; whether anything held when it was tested; what is open for the target.
PARTS = (
    Part(("styles", "features", "experience", "background", "award"), "described", ("styles.near-constant",)),
    Part(("styles", "background", "award", "features"), "nothing", ("styles.survivors", "background.pairs")),
    Part(("lessons",), "described", ("lessons.most-open",)),
)


def brief(result: StudyResult, language: str | None = None) -> Document:
    """Give the brief of a study: question, three findings, three lessons, a chart, a table, limits, sources.

    Parameters
    ----------
    result
        A study that was run, from :func:`learningcity.run_study` or :func:`learningcity.read_study_result`.
    language
        The language it is read in; None = that of the study's document. It holds the languages of the study.

    Returns
    -------
    Document
        With ``layout`` "brief": Word and PDF set it on two pages of A4, in English as a memo and in
        Chinese as an official document (GB/T 9704-2012). Findings are taken as they stand, one for each part of the
        question (what the cities share, what held when it was tested, what is open for the target), the
        surest first: held in every check, weak, then what was counted, or, for tests, what was not borne
        out. How all findings of the study came out is told in a sentence, and so is every one that held
        and has no room. Lessons are those of the study in its order, one a statement that they answer,
        and at least one on what was seen elsewhere. Chapters that were not run are named.

    Raises
    ------
    UnknownNameError
        The study was not run in the language.

    Examples
    --------
    >>> import learningcity as lc
    >>> run = lc.run_study(lc.Study(chapters=("award",), languages=("en",)))
    >>> made = lc.brief(run)
    >>> made.layout, len(made.findings)
    ('brief', 3)
    """
    of_kind(result, StudyResult, "result")
    whole = result.document
    chosen = whole.language if language is None else language
    if chosen not in whole.languages:
        raise UnknownNameError("language", str(chosen), whole.languages)
    found = chosen_findings(whole)
    target = target_of(whole)
    sections = (
        Section("brief.question", Text("Question", "研究问题"), (Paragraph(_question(whole, target), "question"),)),
        Section("brief.findings", Text("What was found", "主要发现"), _findings(whole, found)),
        Section("brief.lessons", Text("What can be learned", "可资借鉴"), lesson_blocks(whole)),
        Section("brief.limits", Text("What may not be read from it", "局限"), _limits()),
    )  # fmt: skip
    title = (
        Text("Learning cities: what they share", "学习型城市的共同做法")
        if target is None
        else Text(
            f"Learning cities: what they share, and lessons for {target.in_('en')}",
            f"学习型城市的共同做法与对{target.in_('zh')}的借鉴",
        )
    )
    return Document(
        f"{whole.key}-brief", title, _subtitle(whole), sections, whole.sources, chosen, whole.languages, whole.manifest, "brief"
    )  # fmt: skip


def chosen_findings(whole: Document) -> tuple[Finding, ...]:
    """Three findings of a document, by the rule of :func:`brief`; fewer where there are fewer."""
    held = [(chapter, one) for chapter, one in chapters_of(whole) if chapter not in FRAMING]
    order = {one.key: n for n, (_, one) in enumerate(held)}
    taken: list[Finding] = []
    for part in PARTS:
        sure = ["strong", "weak", part.usual]

        def rank(pair: tuple[str, Finding], part: Part = part, sure: list[str] = sure) -> tuple[int, ...]:
            chapter, one = pair
            first = part.first.index(one.key) if one.key in part.first else len(part.first)
            return (sure.index(one.strength), first, part.chapters.index(chapter), order[one.key])

        mine = [p for p in held if p[0] in part.chapters and p[1].strength in sure and p[1] not in taken]
        taken += [min(mine, key=rank)[1]] if mine else []
    sure = ["strong", "weak", "nothing", "described"]
    rest = sorted(
        (one for _, one in held if one not in taken), key=lambda f: (sure.index(f.strength), order[f.key])
    )
    taken += rest[: FINDINGS - len(taken)]
    return tuple(sorted(taken, key=lambda one: _part_of(one, held)))


def _part_of(one: Finding, held: list[tuple[str, Finding]]) -> int:
    """The place of a finding: what is open for the target comes last."""
    chapter = next(name for name, found in held if found.key == one.key)
    return 2 if chapter == "lessons" else 1 if one.strength == "nothing" else 0


def chapters_of(whole: Document) -> Iterator[tuple[str, Finding]]:
    """Every finding with its chapter."""

    def inside(section: Section, chapter: str) -> Iterator[tuple[str, Finding]]:
        for block in section.blocks:
            if isinstance(block, Finding):
                yield chapter, block
        for one in section.sections:
            yield from inside(one, chapter)

    for one in whole.sections:
        yield from inside(one, one.key)


def target_of(whole: Document) -> Value | None:
    """For whom the lessons are, as their chapter names it; None where it was not run or drew none."""
    for section in whole.sections:
        if section.key == "lessons":
            for block in section.blocks:
                if isinstance(block, Paragraph) and block.role == "question" and "name" in block.phrase.slots:
                    found = block.phrase.slots["name"]
                    return found if isinstance(found, Word) else None
    return None


def _question(whole: Document, target: Value | None) -> Phrase:
    n = whole.subtitle.slots.get("n")
    if n is None:
        return say(
            "What do the cities of the study share, and what of it holds when it is tested?",
            "所研究的城市有何共同之处，其中哪些经得起检验？",
        )
    if target is None:
        return say(
            "What do the {n} {n:city|cities} of the study share, and what of it holds when it is tested?",
            "所研究的{n}个城市有何共同之处，其中哪些经得起检验？",
            n=n,
        )
    return say(
        "What do the {n} {n:city|cities} of the study share, what of it holds when it is tested, and what can {name} learn "
        "from awarded cities?",
        "所研究的{n}个城市有何共同之处，其中哪些经得起检验，{name}可从获奖城市借鉴什么？",
        n=n, name=target,
    )  # fmt: skip


def _subtitle(whole: Document) -> Phrase:
    title = Word(whole.title)
    version = whole.manifest.get("data")
    if not isinstance(version, str):
        return say("From the study “{title}”.", "据研究《{title}》。", title=title)
    return say(
        "From the study “{title}”, computed from data {version}.",
        "据研究《{title}》，各项数字由数据版本{version}计算得出。",
        title=title,
        version=Text(version, version),
    )


def _findings(whole: Document, found: tuple[Finding, ...]) -> tuple[Block, ...]:
    if not found:
        return (Paragraph(say("The study has no findings.", "本研究没有得出发现。")),)
    by_key = {one.key: one for one in whole.findings}
    shown: list[Block] = []
    for one in found:
        test = by_key.get(QUALIFIED.get(one.key, ""))
        told = (
            one
            if test is None or test in found
            else replace(one, uncertainty=join(one.uncertainty, test.claim))
        )
        shown.append(told)
    seen = [one for one in (_table(whole), _figure(whole)) if one is not None]
    return (*shown, Paragraph(_tally(whole, found), "note"), *seen)


def _tally(whole: Document, found: tuple[Finding, ...]) -> Phrase:
    """How all findings came out, so that what has no room is not lost."""
    counts = {
        k: sum(f.strength == k for f in whole.findings) for k in ("described", "strong", "weak", "nothing")
    }
    more = [f for f in whole.findings if f.strength == "strong" and f not in found]
    n = len(whole.findings)
    said = say(
        "One finding for each part of the question, the surest first. Of all {n} {n:finding|findings} of the study {strong} held in every check, {weak} "
        "{weak:is|are} weak, {nothing} {nothing:was|were} not borne out, {described} {described:describes|describe} what was counted.",
        "按问题各部分选取把握最大的发现。研究共有{n}项发现：通过全部检验{strong}项，证据较弱{weak}项，未获支持{nothing}项，描述{described}项。",
        n=n, **counts,
    )  # fmt: skip
    if not more:
        return said
    return join(
        said,
        say(
            "{k} more that held {k:has|have} no room here and {k:stands|stand} in the study.",
            "另有{k}项通过全部检验，限于篇幅未列，见研究全文。",
            k=len(more),
        ),
    )


def _table(whole: Document) -> Table | None:
    held = {one.key: one for one in whole.tables}
    one = next((held[key] for key in TABLES if key in held and held[key].rows), None)
    if one is None:
        fits = [t for t in whole.tables if 0 < len(t.rows) <= ROWS and len(t.heads) <= 6 and t.key.split(".")[0] not in FRAMING]  # fmt: skip
        one = fits[0] if fits else None
    if one is None or len(one.rows) <= ROWS:
        return None if one is None else replace(one, short=0)
    cut = say(
        "The first {k} of {n} rows; the study has all.", "此处列前{k}行，共{n}行，全表见研究全文。",
        k=ROWS, n=len(one.rows),
    )  # fmt: skip
    return replace(one, rows=one.rows[:ROWS], short=0, note=join(cut, one.note))


def _figure(whole: Document) -> Figure | None:
    held = {one.key: one for one in whole.figures}
    found = next((held[key] for key in FIGURES if key in held), None)
    return found or next((f for f in whole.figures if f.key.split(".")[0] not in FRAMING), None)


def _limits() -> tuple[Block, ...]:
    return (
        Paragraph(
            say(
                "Not seen means that no public evidence was read, never that a thing is not there; of some cities more was "
                "read than of others. Nothing here is a cause: what is seen in an awarded city need not be a reason for the award, and what came "
                "of it was not measured. Peers are alike in background alone; conditions are to be looked at before a "
                "practice is taken over. Awarded and unawarded cities are not compared on their practices.",
                "“未见”仅指未读到公开资料，不等于不存在，且各城市所读多寡不一。以上均非因果结论：做法见于获奖城市，未必是获奖的原因，成效也未经测量。"
                "可比仅就背景而言，借鉴之前须考察其条件。研究未就举措比较获奖与未获奖城市。",
            ),
            "limit",
        ),
    )
