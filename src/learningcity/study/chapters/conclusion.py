"""The conclusion: the six questions answered, what is new against the literature, what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report import (
    Block,
    Bullets,
    Listing,
    Paragraph,
    Phrase,
    Section,
    Share,
    Value,
    Word,
    Year,
    join,
    say,
)
from learningcity.standards import standard_tables
from learningcity.study.chapters.lessons.found import least_seen
from learningcity.study.chapters.lessons.gaps import chance_tests
from learningcity.study.chapters.results import Results, answered, counting, counts, quoted, results
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text

if TYPE_CHECKING:
    from learningcity.plan import LessonsResult


def conclusion(desk: Desk) -> Section | None:
    """Give the section; None where the study does not hold all chapters."""
    found = results(desk)
    if found is None:
        return None
    answers = (
        _city(),
        _award(found),
        _background(desk, found),
        _themes(desk, found),
        _ways(desk, found),
        _rules(desk, found),
    )
    blocks: tuple[Block, ...] = (
        text("The study set out with six questions. In short, the answers are these.", "本研究提出六个问题，答案归纳如下。"),
        Bullets(answers, numbered=True),
        Paragraph(_together(desk, found)),
        *([Paragraph(_lessons(desk, found.lessons))] if found.lessons is not None else []),
        Paragraph(_new(desk, found)),
        Paragraph(_adds()),
        limit(
            "What would carry this further: cities that applied and were not awarded, read by the same protocol; experts who code beside the "
            "passes made here; figures that cities publish by common definitions; and a second reading of the same cities some years on. "
            "Until then the study describes the awarded and says nothing of what made them so.",
            "有待推进之处：依同一规程阅读申报而未获奖的城市；由领域专家参与编码；各城市按统一口径公布数据；若干年后对同一批城市再作考察。"
            "在此之前，本研究只描述获奖城市，不说明其何以获奖。",
        ),
    )  # fmt: skip
    return Section("methods.conclusion", Text("Conclusion", "结论"), blocks)


def _city() -> Phrase:
    features = standard_tables()["key-features"]
    return say(
        "A learning city is one that brings the resources of all its sectors to bear on learning throughout life; it is known by the "
        "{areas} areas of UNESCO's Key Features, and it is a process rather than a state that a city reaches.",
        "学习型城市调动各部门资源支持人的终身学习；其辨识依据是教科文组织《学习型城市的主要特征》的{areas}个领域；它是持续的过程，而非一旦达到便告完成的状态。",
        areas=int((features["level"] == "area").sum()),
    )  # fmt: skip


def _award(found: Results) -> Phrase:
    (first, a, b), (last, c, d) = found.criteria
    return join(
        say(
            "{awards} {awards:award|awards} went to {n} {n:city|cities} in {rounds} {rounds:round|rounds}.",
            "{rounds}届评选中，{n}个城市获奖{awards}次。",
            awards=found.awards, n=found.cities, rounds=found.rounds,
        ),
        say(
            "From {first} to {last} the weight moved to how a city goes about it ({a} of {b} criteria, then {c} of {d})." if c * b > a * d else
            "Criteria on how a city goes about it were {a} of {b} in {first} and {c} of {d} in {last}.",
            "从{first}年到{last}年，评审标准的重心移向城市“怎样推进”（由{b}项中的{a}项变为{d}项中的{c}项）。" if c * b > a * d else
            "考察城市“怎样推进”的评审标准，{first}年{b}项中有{a}项，{last}年{d}项中有{c}项。",
            first=Year(first), last=Year(last), a=a, b=b, c=c, d=d,
        ),
    )  # fmt: skip


def _background(desk: Desk, found: Results) -> Phrase:
    cities = desk.atlas.cities
    n = int(cities.loc[cities["city_id"].isin(desk.awarded), "country_iso3"].nunique())
    stand = say("They stand in {n} {n:country|countries}.", "它们分布于{n}个国家。", n=n)
    tried, held = found.background
    if not tried:
        return join(
            stand,
            say(
                "Too little is published to ask what their background goes with.",
                "所公布的数据过少，无从考察其背景与何者相伴。",
            ),
        )
    if not held:
        return join(stand, say(
            "That their background goes with what they show is not borne out in any of {k} comparisons.",
            "就背景与所呈现的特征是否相伴所作的{k}项比较，均未获支持。", k=tried,
        ))  # fmt: skip
    return join(stand, say(
        "Of {k} comparisons of their background with what they show {held} {held:passes|pass} every check.",
        "就背景与所呈现的特征所作的{k}项比较中，{held}项通过全部检验。", k=tried, held=held,
    ))  # fmt: skip


def _themes(desk: Desk, found: Results) -> Phrase:
    order = sorted(found.themes, key=lambda one: -found.themes[one])
    first, last = order[0], order[-1]
    held: dict[str, Any] = {
        "most": quoted(desk, first), "m": found.themes[first], "n": found.cities, "before": found.before[first],
    }  # fmt: skip
    if found.themes[first] == found.themes[last]:
        return say(
            "Every theme is visible in {m} of {n} {n:city|cities}; {most} in {before} by practices known to have begun before the award.",
            "各项特征均在{n}个城市中的{m}个可见；若只计已知始于获奖之前的举措，{most}在{before}个可见。", **held,
        )  # fmt: skip
    return say(
        "{most} comes nearest to being shared, visible in {m} of {n} cities, and {least} is rarest, in {l}. By practices known to have begun before "
        "the award alone these are {before} and {early}.",
        "最接近共同特征的是{most}，在{n}个城市中的{m}个可见；最少见的是{least}，在{l}个可见。若只计已知始于获奖之前的举措，则分别为{before}个和{early}个。",
        least=quoted(desk, last), l=found.themes[last], early=found.before[last], **held,
    )  # fmt: skip


def _ways(desk: Desk, found: Results) -> Phrase:
    shared: tuple[Value, ...] = tuple(desk.condition(one) for one in found.constant)
    rest = [one for one in found.mechanisms if one not in found.constant]
    own = Share(found.own / found.practices)
    return join(
        say(
            "Nearly all work by {shared}.", "几乎所有城市都见到{shared}。", shared=Listing(shared)
        ) if shared else say("No mechanism is seen in nearly all of them.", "没有一类举措几乎见于所有城市。"),
        say(
            "The other mechanisms are seen less, {by}: {list}.", "{by}，其余类别较少见到：{list}。",
            by=counting(desk), list=counts(desk, rest, found.mechanisms),
        ) if rest and shared else None,
        say("Of all practices read {own} are the city's own.", "所读举措中，{own}为城市自身所为。", own=own),
    )  # fmt: skip


def _rules(desk: Desk, found: Results) -> Phrase:
    if not found.tried:
        return say("Styles and rules could not be asked of these data.", "所用数据无从考察类型与规律。")
    return say(
        "No style, combination or necessary level stands out of the record: of {k} statements tried in the whole study none went beyond chance.",
        "记录中未见可以成立的类型、条件组合或必要条件水平：全部{k}项尝试，无一超出偶然。", k=found.tried,
    ) if not found.found else say(
        "Of {k} statements that were tried in the whole study, on background, styles, combinations and necessary levels, {found} went beyond chance and {strong} passed every check.",
        "就背景、类型、条件组合与必要条件水平所作的{k}项尝试中，{found}项超出偶然，{strong}项通过全部检验。",
        k=found.tried, found=found.found, strong=found.strong,
    )  # fmt: skip


def _lessons(desk: Desk, held: LessonsResult) -> Phrase:
    listed = least_seen(held)
    chance = held.cities and not len(chance_tests(desk, held)[1])
    return join(
        say("For {name} this comes to {k} lesson {k:card|cards}, each with its conditions.", "对{name}而言，由此得出{k}张经验借鉴卡片，并各附条件。", name=Word(held.name), k=len(held.cards)),
        answered(held),
        say(
            "Of what comparable cities show, {what} {n:is|are} seen least there, which says where to look first and not what is lacking.",
            "可比城市已见而当地最少见到的是{what}；这只提示应先查看何处，并不表明当地缺少什么。", what=listed, n=len(listed.values),
        ) if listed.values and held.kind != "own" else None,
        say(
            "With so few practices read, chance alone could leave it open.", "由于所读举措有限，这些未见可能出于偶然。"
        ) if listed.values and chance else None,
    )  # fmt: skip


def _together(desk: Desk, found: Results) -> Phrase:
    """What the answers say when they are read together."""
    shared: tuple[Value, ...] = tuple(desk.condition(one) for one in found.constant)
    measured = say(
        "The record tells what was done; what came of it was not measured here.", "公开记录说明的是做了什么；成效如何，本研究未作测量。"
    )  # fmt: skip
    if not shared or min(found.themes.values()) == found.cities:
        return measured
    return join(
        say(
            "Read together, the answers speak of cities that share how they go about it ({list}) and differ in what they show by it.",
            "综合来看，获奖城市的共同之处主要在推进方式（{list}），差异主要在由此呈现的特征。", list=Listing(shared),
        ),
        measured,
    )  # fmt: skip


def _new(desk: Desk, found: Results) -> Phrase:
    """What is new against the works that were read."""
    works = standard_tables()["literature"].set_index("work_id")

    def at(*names: str) -> Value:
        return desk.sources([works.at[name, "source_ids"] for name in names if name in works.index])

    return join(
        say(
            "Against the literature three things are new.", "与已有文献相比，新意有三。",
        ),
        say(
            "Where case studies tell one city or two{cases}, all awarded cities stand here side by side, so that the common can be told from the striking.",
            "其一，已有案例研究多叙述一两个城市{cases}，本研究把全部获奖城市并列比较，因而能够区分普遍做法与突出个案。",
            cases=at("nemeth-pecs-cork", "osullivan-et-al-2016", "wang-sun-cheng-2019"),
        ),
        say(
            "Where writers sort cities by what moves them or by model{models}, this study asked of the record whether such kinds, combinations and levels can be "
            "seen in it; {strong} of {k} statements passed every check, and all of them are told."
            if found.strong else
            "Where writers sort cities by what moves them or by model{models}, this study asked of the record whether such kinds, combinations and levels can be "
            "seen in it; none of {k} statements passed every check, and all of them are told.",
            "其二，已有研究按动力或模式区分城市{models}，本研究考察记录中能否见到这样的类型、组合与水平；{k}项论断中{strong}项通过全部检验，无论结果如何均予公布。"
            if found.strong else
            "其二，已有研究按动力或模式区分城市{models}，本研究考察记录中能否见到这样的类型、组合与水平；{k}项论断无一通过全部检验，结果均予公布。",
            models=at("italy-2017", "han-makino-2013", "china-course-2013"), k=found.tried, **({"strong": found.strong} if found.strong else {}),
        ),
        say(
            "And where learning cities are found to be little evaluated{little}, the count says how far: {by}, monitoring was seen in {m} of {n} awarded cities.",
            "其三，已有研究指出学习型城市很少得到严格评价{little}，本研究给出了具体数目：{by}，{n}个获奖城市中见到监测类举措的有{m}个。",
            by=counting(desk), little=at("face-inclusive-learning-cities"), m=found.mechanisms["monitoring"], n=found.cities,
        ),
    )  # fmt: skip


def _adds() -> Phrase:
    return say(
        "What the study adds is, to theory, a record against which statements on learning cities can be held; to method, findings that keep their data, "
        "their tests and their failures together, and that anybody can compute again; to practice, examples that lead to their sources, with what "
        "would have to be alike for them to carry over.",
        "本研究的贡献在于：理论上，提供了可用以检验有关学习型城市各种论断的记录；方法上，把数据、检验与未获支持的结果一并保存，任何人均可重新计算；"
        "实践上，提供了可追溯来源的做法，并说明借鉴所需的条件。",
    )
