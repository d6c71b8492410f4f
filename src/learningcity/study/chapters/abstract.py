"""The abstract with its key words, from what the chapters found."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.report import Block, Listing, Paragraph, Phrase, Section, Value, Word, Year, join, say
from learningcity.study.chapters.lessons.found import least_seen
from learningcity.study.chapters.results import Results, answered, counting, counts, results
from learningcity.study.desk import Desk
from learningcity.study.parts import text

KEY_WORDS = (
    Text("learning city", "学习型城市"),
    Text("UNESCO Learning City Award", "联合国教科文组织学习型城市奖"),
    Text("lifelong learning for all", "全民终身学习"),
    Text("learning society", "学习型社会"),
    Text("comparative study", "比较研究"),
    Text("qualitative comparative analysis", "定性比较分析"),
)


def abstract(desk: Desk) -> Section | None:
    """Aim, method, results, conclusion; None where the study does not hold all chapters."""
    found = results(desk)
    if found is None:
        return None
    words = Word(Text("; ".join(one.en for one in KEY_WORDS), "；".join(one.zh for one in KEY_WORDS)))
    blocks: tuple[Block, ...] = (
        Paragraph(_aim(desk, found)),
        Paragraph(join(_counted(desk, found), _tested(found), _for_target(found))),
        Paragraph(so(found)),
        text("Key words: {words}.", "关键词：{words}", words=words),
    )
    return Section("introduction.abstract", Text("Abstract", "摘要"), blocks)


def _aim(desk: Desk, found: Results) -> Phrase:
    held: dict[str, Value] = {}
    en, zh = "", ""
    if found.lessons is not None:
        held, en, zh = (
            {"whom": Word(found.lessons.name)},
            ", and what {whom} can take from it",
            "，以及{whom}可从中借鉴什么",
        )
    return join(
        say(
            "UNESCO awards cities for the progress they make as learning cities, yet studies of them take a few and choose which. "
            f"This one reads {{n}} awarded {{n:city|cities}} side by side and asks what they show about building a learning city{en}.",
            f"联合国教科文组织向取得进展的学习型城市颁奖，而以往研究多只选取其中少数。本研究对{{n}}个获奖城市作整体比较，考察它们在学习型城市建设上呈现了什么{zh}。",
            n=found.cities, **held,
        ),
        say(
            "From public pages {practices} practices and {facts} figures of {cases} {cases:city|cities} were taken down, each with its source.",
            "研究依据公开网页摘录{cases}个城市的{practices}项实践举措与{facts}项数据，逐项注明来源。",
            practices=len(desk.atlas.practices), facts=len(desk.atlas.facts), cases=len(desk.cases),
        ),
        say(
            "The practices were coded in {n} machine-assisted {n:pass|passes} of one protocol." if desk.shipped else "The practices were coded by {n} {n:coder|coders}.",
            "举措由机器辅助、按同一规程分{n}遍编码。" if desk.shipped else "举措由{n}位编码员编码。", n=len(desk.coders),
        ),
        say(
            "Whatever seems to go together is tried against chance and on evidence that both sides do not share.",
            "凡看似相伴的因素，均与偶然情形相对照，并在互不共有的证据上复核。",
        ),
    )  # fmt: skip


def _counted(desk: Desk, found: Results) -> Phrase:
    (first, a, b), (last, c, d) = found.criteria
    rest = [one for one in found.mechanisms if one not in found.constant]
    shared: tuple[Value, ...] = tuple(desk.condition(one) for one in found.constant)
    return join(
        say(
            "The award itself has moved: criteria that ask how a city goes about it were {a} of {b} in {first} and {c} of {d} in {last}."
            if c * b > a * d else
            "Criteria of the award that ask how a city goes about it were {a} of {b} in {first} and {c} of {d} in {last}.",
            "奖项的着眼点已有变化：考察城市“怎样推进”的评审标准，{first}年{b}项中有{a}项，{last}年{d}项中有{c}项。"
            if c * b > a * d else "考察城市“怎样推进”的评审标准，{first}年{b}项中有{a}项，{last}年{d}项中有{c}项。",
            a=a, b=b, c=c, d=d, first=Year(first), last=Year(last),
        ),
        say(
            "Of the four themes the record shows {list} of {n} {n:city|cities}.", "{n}个城市中，呈现各项特征的城市数为：{list}。",
            n=found.cities, list=counts(desk, found.themes, found.themes),
        ),
        say(
            "Nearly every city shows {list}.", "{list}几乎见于每个城市。", list=Listing(shared)
        ) if shared else say("No mechanism is seen in nearly every city.", "没有一类举措见于几乎每个城市。"),
        say(
            "Seen less often, {by}: {list}.", "{by}，较少见到的是{list}。",
            by=counting(desk), list=counts(desk, rest, found.mechanisms),
        ) if rest and shared else None,
    )  # fmt: skip


def _tested(found: Results) -> Phrase | None:
    """What of the statements that were tried is left."""
    if not found.tried:
        return None
    return say(
        "Of {tried} statements on background, styles, combinations and necessary levels {strong} passed all checks, of {n} that went beyond chance.",
        "就背景、类型、条件组合与必要条件水平提出的{tried}项论断中，{n}项超出偶然，{strong}项通过全部检验。",
        tried=found.tried, n=found.found, strong=found.strong,
    ) if found.found else say(
        "Of {tried} statements on background, styles, combinations and necessary levels none went beyond chance.",
        "就背景、类型、条件组合与必要条件水平提出的{tried}项论断，无一超出偶然。", tried=found.tried,
    )  # fmt: skip


def _for_target(found: Results) -> Phrase | None:
    lessons = found.lessons
    if lessons is None:
        return None
    listed = least_seen(lessons)
    cards = say(
        "For {name} {k} lesson {k:card is|cards are} drawn up.", "为{name}列出{k}张经验借鉴卡片。", name=Word(lessons.name), k=len(lessons.cards)
    )  # fmt: skip
    return join(
        answered(lessons) or cards,
        say(
            "Of what comparable cities show, {what} {n:is|are} seen least in {name}, on public evidence.", "就公开资料而言，可比城市已见而{name}最少见到的是{what}。",
            name=Word(lessons.name), what=listed, n=len(listed.values),
        ) if listed.values and lessons.kind != "own" else None,
    )  # fmt: skip


def so(found: Results) -> Phrase:
    """The conclusion, as strong as the trials let it be."""
    first = say(
        "The record of awarded cities thus offers single practices, with their sources and conditions, and no recipe.",
        "由此可见，获奖城市的记录所能提供的，是一项项有来源、有条件的实践举措，而不是某种固定模式。",
    ) if not found.strong else say(
        "What passed is a pattern in the evidence and no recipe; beside it the record offers practices with their sources and conditions.",
        "通过检验的是证据中的规律性现象，并非固定模式；除此之外，记录所能提供的是有来源、有条件的实践举措。",
    )  # fmt: skip
    return join(
        first,
        say(
            "It describes the awarded, sets them apart from nobody, and draws no causal conclusion.",
            "本研究只描述获奖城市，不据以区分获奖与未获奖城市，也不作因果推断。",
        ),
    )
