"""Introduction: why learning cities now, what the study is for, research at home and abroad, method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learningcity.core import Text, or_none
from learningcity.report import (
    Block,
    Bullets,
    Coverage,
    Finding,
    Head,
    Listing,
    Section,
    Share,
    Table,
    Value,
    Word,
    say,
)
from learningcity.standards import standard_tables
from learningcity.study.chapters.abstract import abstract
from learningcity.study.chapters.review import review
from learningcity.study.desk import Desk
from learningcity.study.parts import lede, limit, number, question, text, words

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("Introduction", "绪论")
#: What the themes of the list of literature are called.
THEMES = {
    "concept and theory": Text("concept and theory", "概念与理论"),
    "governance and policy": Text("governance and policy", "治理与政策"),
    "case studies": Text("case studies", "案例研究"),
    "participation and inclusion": Text("participation and inclusion", "参与与包容"),
    "digital and smart": Text("digital and smart", "数字与智慧"),
    "law": Text("law", "法律"),
    "award and UNESCO network": Text("award and UNESCO network", "奖项与教科文组织网络"),
    "indicators and evaluation": Text("indicators and evaluation", "指标与评价"),
    "critique": Text("critique", "批判研究"),
    "regional": Text("comparisons of regions", "区域比较"),
    "China's learning cities": Text("China's learning cities", "中国的学习型城市"),
    "funding": Text("funding", "经费"),
}

#: The count of works again.
LITERATURE_CODE = """works = lc.standard_tables()["literature"]
chinese = works["language"] == "zh"
{"works": len(works), "zh": chinese.sum(), "other": (~chinese).sum()}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    opening: tuple[Block, ...] = (
        question(
            "What do the cities that UNESCO has awarded show about building a learning city, and what can others take from it?",
            "获教科文组织奖项的城市，在学习型城市建设上展现了什么？其他城市能从中借鉴什么？",
        ),
        lede(
            "They show practices that others can look at one by one, with their sources and conditions. Much has been written on what a "
            "learning city ought to be, and on single cities that are held up as examples; here all awarded cities are read side by side, "
            "practice by practice, and every finding says how sure it is. What was not borne out stands beside what was, since a city that plans needs "
            "to know both.",
            "获奖城市呈现的，是一项项可追溯来源、可连同条件加以考察的实践举措。学习型城市应当如何、个别城市有何经验，已有许多论述；"
            "本研究对全部获奖城市逐项举措加以比较，并说明每项发现的可靠程度。获得支持与未获支持的结果一并列出，城市制定规划时两者都有参考价值。",
        ),
    )
    parts = (abstract(desk), _why(desk), _aim(desk), _research(desk), _method(desk))
    return Section("introduction", TITLE, opening, tuple(one for one in parts if one is not None))


def _why(desk: Desk) -> Section:
    concepts = standard_tables()["concepts"].set_index("concept_id")
    works = standard_tables()["literature"].set_index("work_id")

    def at(name: str) -> Value:
        table = concepts if name in concepts.index else works
        return desk.sources([table.at[name, "source_ids"]] if name in table.index else [])

    blocks: list[Block] = [
        text(
            "Three changes put the question on the table. Work and knowledge change faster than what was once learnt at school "
            "lasts, so that learning on is becoming a demand of the labour market{work}, the more so as machines take over tasks that "
            "needed long study. A generation that is healthier and better schooled is growing old, and expects to learn{age}. And it "
            "is in cities that crises of health, climate and work press hardest{crises}; the means of learning lie close together "
            "there, and out of reach of many.",
            "学习型城市建设何以在今天更为紧迫，可从三方面的变化来看。其一，知识与工作的更新加快，一次性的学校教育已难以支撑一生，持续学习日益成为劳动力市场的要求{work}，"
            "人工智能承担起许多原需长期学习才能胜任的工作之后，更是如此；其二，更健康、受教育程度更高的一代人正步入老年，对学习有更高的期待{age}；"
            "其三，健康、气候与就业方面的危机在城市最为集中{crises}，而城市学习资源虽然密集，仍有许多人难以获得。",
            work=at("freedom-to-necessity"), age=at("wu-li-older-learning"), crises=at("springer-2021-ch12"),
        ),
        text(
            "Digital means widen the chance to learn, but not by themselves: they need a learning culture, a capable "
            "administration, real uses and equipment{digital}, and reviews of smart cities find little link between their "
            "technology and learning{smart}.",
            "数字技术能够扩大学习机会，但这不会自动实现，而有赖于学习文化、治理能力、应用场景与基础设施{digital}；已有综述也发现，智慧城市的技术与学习之间联系甚少{smart}。",
            digital=at("digital-learning-city"), smart=at("hammad-ludlow"),
        ),
    ]  # fmt: skip
    framework = desk.atlas.frames.get("national-framework")
    if framework is not None and "CHN" in set(framework["country_iso3"]) and _for_china(desk):
        sources = framework.set_index("item_id")["source_id"]
        marks = {
            k: desk.sources([sources[i]] if i in sources.index else [])
            for k, i in (("plenum", "chn-14"), ("outline", "chn-15"), ("tasks", "chn-11"))
        }
        blocks.append(
            text(
                "In China the task has a date. The third plenum of 2024 asks that digital education empower the learning society "
                "and that lifelong education be better secured{plenum}; the outline for a leading education country wants the "
                "learning society fully formed by 2035{outline}; the ministry's key tasks make cities the nodes{tasks}. To build "
                "an education system that serves lifelong learning for all{system} is thus a matter of cities, too.",
                "在中国，这一任务已有时间表。2024年党的二十届三中全会要求推进教育数字化、赋能学习型社会建设、加强终身教育保障{plenum}；"
                "《教育强国建设规划纲要》提出到2035年学习型社会全面形成{outline}；教育部的重点任务以城市为节点{tasks}。"
                "构建服务全民终身学习的教育体系{system}，因而也是城市的课题。",
                **marks, system=at("system-serving-all"),
            )
        )  # fmt: skip
    return Section("introduction.why", Text("Why learning cities now", "问题的提出"), tuple(blocks))


def _for_china(desk: Desk) -> bool:
    """Whether the lessons are for China or one of its cities."""
    target = desk.study.target
    if not isinstance(target, str):
        return target.country == "CHN"
    cities = desk.atlas.cities
    return target == "CHN" or bool(((cities["city_id"] == target) & (cities["country_iso3"] == "CHN")).any())


def _for_whom(desk: Desk) -> Value:
    target = desk.study.target
    if not isinstance(target, str):
        return Word(Text(target.name, target.name))
    if target in desk.cases:
        return desk.city(target)
    if len(target) == 3 and target.isupper():
        return desk.country(target)
    return Word(Text("the target city", "目标城市"))


def _aim(desk: Desk) -> Section:
    for_whom = _for_whom(desk)
    return Section(
        "introduction.aim",
        Text("Aim and value", "研究目的与意义"),
        (
            text("The study asks six questions, one a chapter:", "本研究依次回答六个问题，每章一问："),
            Bullets(
                (
                    say("What is a learning city?", "什么是学习型城市？"),
                    say("Who was awarded, and by what standard?", "谁获了奖，依据什么标准？"),
                    say("Against what background do the awarded cities stand?", "获奖城市处于怎样的背景之中？"),
                    say("What do they have in common?", "它们有哪些共同特征？"),
                    say("How did they do it, mechanism by mechanism?", "它们如何做到，各类举措分别怎样？"),
                    say("Are there styles, and rules that hold for many?", "是否存在类型，是否有适用于多数城市的规律？"),
                ),
                numbered=True,
            ),
            text(
                "From the answers lessons are drawn for {whom}; the last chapter gathers them and says on what they rest. In theory the value lies in holding common statements about learning "
                "cities against the evidence of all awarded ones; in practice in giving a city examples that it can follow to "
                "their sources, with what must be in place for them to carry over.",
                "在此基础上提出对{whom}的借鉴与启示；最后一章归纳各问的答案，并说明其依据。理论意义在于，以全部获奖城市的证据检验有关学习型城市的常见论断；"
                "实践意义在于，为城市提供可追溯来源的做法，并说明借鉴所需的条件。",
                whom=for_whom,
            ),
        ),
    )  # fmt: skip


# --- research -----------------------------------------------------------------------------------------


def _research(desk: Desk) -> Section:
    held = standard_tables()["literature"]
    chinese, other = held[held["language"] == "zh"], held[held["language"] != "zh"]
    lead_zh, lead_en = _leading(chinese), _leading(other)
    years = held["year"].dropna()
    blocks: list[Block] = [
        *review(desk),
        Finding(
            "introduction.literature",
            say(
                "Of {n} works that were read, {zh} are in Chinese and {en} in other languages; Chinese works turn most to {a}, the "
                "others to {b}. Money is the least studied of the mechanisms ({funding} {funding:work|works}).",
                "所读{n}项研究中，中文{zh}项，外文{en}项；中文研究最多的是{a}，外文研究最多的是{b}。各类举措中研究最少的是经费（{funding}项）。",
                n=len(held), zh=len(chinese), en=len(other), a=lead_zh, b=lead_en,
                funding=int((held["theme"] == "funding").sum()),
            ) if _funding_least(held) else say(
                "Of {n} works that were read, {zh} are in Chinese and {en} in other languages; Chinese works turn most to {a}, the "
                "others to {b}.",
                "所读{n}项研究中，中文{zh}项，外文{en}项；中文研究最多的是{a}，外文研究最多的是{b}。",
                n=len(held), zh=len(chinese), en=len(other), a=lead_zh, b=lead_en,
            ),
            "described",
            Coverage(len(years), len(held), Text("works with a year", "注有年份的研究")),
            say(
                "What could be read openly was read, often by its abstract; {share} of the works carry no year on the page seen. It "
                "is a reading list and no census of the field.",
                "仅限可公开获取的文献，且常为摘要；{share}的研究在所见页面上未注年份。这是一份阅读书目，并非对该领域的全面检索。",
                share=Share(1 - len(years) / max(len(held), 1)),
            ),
            desk.how("A count of the list of literature by theme and language.", "按主题与语言统计文献表。", LITERATURE_CODE),
            {"works": len(held), "zh": len(chinese), "other": len(other)},
        ),
        _by_theme(desk, held),
        _works(desk, held),
        text(
            "Three gaps remain. Studies of awarded cities take a few and choose them; the unsuccessful and the unremarkable are "
            "seldom read. Claims that one thing brings another rest on cases picked because they show it. And findings are "
            "seldom kept with their data, so that nobody can ask what would change them. The chapters that follow try to do "
            "better on the last two; on the first they can only say what they cannot see.",
            "尚有三处不足。其一，对获奖城市的研究多只选取少数城市，成效平平者与未获成功者很少进入视野；其二，关于因果的论断，往往依据恰好能印证它的案例；"
            "其三，研究发现很少与数据一并公开，因而无从追问何种情况下结论会改变。以下各章力求在后两点上有所改进；对于第一点，只能如实说明限度所在。",
        ),
    ]  # fmt: skip
    return Section(
        "introduction.research", Text("Research at home and abroad", "国内外研究现状"), tuple(blocks)
    )


def _leading(held: pd.DataFrame) -> Listing:
    counts = held["theme"].value_counts()
    most = sorted(str(t) for t in counts.index[counts == counts.max()]) if len(counts) else []
    return Listing(tuple(Word(_theme(one)) for one in most))


def _theme(name: str) -> Text:
    return THEMES.get(name, Text(name, name))


def _funding_least(held: pd.DataFrame) -> bool:
    """Whether funding has fewer works than every other mechanism that is a theme of the list."""
    n = {
        t: int((held["theme"] == t).sum())
        for t in (
            "funding",
            "law",
            "governance and policy",
            "participation and inclusion",
            "indicators and evaluation",
        )
    }
    return n["funding"] < min(v for t, v in n.items() if t != "funding")


def _by_theme(desk: Desk, held: pd.DataFrame) -> Table:
    heads = (
        Head(Text("Theme", "主题")), Head(Text("In Chinese", "中文"), numeric=True),
        Head(Text("In other languages", "外文"), numeric=True), Head(Text("All", "合计"), numeric=True),
    )  # fmt: skip
    counts = held.groupby(["theme", held["language"] == "zh"]).size()
    themes = sorted(held["theme"].dropna().unique(), key=lambda t: -int((held["theme"] == t).sum()))
    rows = tuple(
        (
            words(_theme(str(t)).en, _theme(str(t)).zh),
            *(number(n) for n in (int(counts.get((t, True), 0)), int(counts.get((t, False), 0)), int((held["theme"] == t).sum()))),
        )
        for t in themes
    )  # fmt: skip
    return Table(
        "introduction.by-theme", say("Works read, by theme and language", "所读研究（按主题与语言）"), heads, rows,
        say("What was read, not what there is.", "为所读，并非已有研究的全部。"),
    )  # fmt: skip


def _works(desk: Desk, held: pd.DataFrame) -> Table:
    heads = (Head(Text("Work", "文献")), Head(Text("Theme", "主题")), Head(Text("What it found", "主要观点")))
    rows = []
    order = held.assign(_at=held["theme"].map({t: n for n, t in enumerate(THEMES)}).fillna(99)).sort_values(
        ["_at", "work_id"], kind="stable"
    )
    for row in order.to_dict("records"):
        authors, year, title = (or_none(row[k]) for k in ("authors", "year", "title"))
        cited = " ".join(str(p) for p in (authors, f"({int(year)})" if year is not None else None) if p)
        name = f"{cited}: {title}" if cited else str(title)
        finding = Word(Text(str(row["finding_en"]), str(row["finding_zh"])))
        told = say("{f}{marks}", "{f}{marks}", f=finding, marks=desk.sources([row["source_ids"]]))
        theme = _theme(str(row["theme"]))
        rows.append((words(name), words(theme.en, theme.zh), told))
    return Table(
        "introduction.works", say("Works and what they found, in our words", "文献及主要观点（本研究概述）"), heads, tuple(rows),
        say("A title in square brackets is ours: the page read began after it.", "方括号内的标题为本研究所拟：所读页面未显示原题。"),
        short=6,
    )  # fmt: skip


# --- method -------------------------------------------------------------------------------------------


def _method(desk: Desk) -> Section:
    atlas = desk.atlas
    held = atlas.practices["practice_id"].isin(atlas.codes["practice_id"])
    coded = set(atlas.practices.loc[held, "city_id"])
    return Section(
        "introduction.method",
        Text("Method in short", "研究方法概要"),
        (
            text(
                "For {cities} {cities:city|cities} public pages were read, and {practices} {practices:practice|practices} and {facts} "
                "{facts:figure|figures} taken down, each with its source. Every practice was coded by the same protocol in {coders} "
                "{coders:pass|passes}; scores are computed from the codes by a stated rule and open to the practices behind them. "
                "Which traits go together is then asked with methods that fit few cases, and every answer is tried three times: against "
                "chance (does shuffled data give it as well?), against effort (does it only say of which city more was read?), and on evidence "
                "that the two sides do not share. The findings carry one of four marks.",
                "本研究阅读了{cities}个城市的公开网页，摘录{practices}项实践举措和{facts}项数据，均注明来源。每项举措按同一规程编码，共{coders}轮；"
                "得分依公开规则由编码算出，并可追溯到具体举措。哪些因素相伴出现，采用适合少量案例的方法考察，每个结果都经三重对照：一看是否可归于偶然（随机打乱的数据是否也能得出）；"
                "二看是否只反映阅读量（是否仅因某些城市读得更多）；三看在双方互不共有的证据上是否成立。各项发现分别标以下列四种标记之一。",
                cities=len(desk.cases), practices=len(atlas.practices), facts=len(atlas.facts), coders=len(desk.coders),
            ),
            Bullets(
                (
                    say("Described: a count or a description; no test was made.", "描述：仅为计数或描述，未作检验。"),
                    say("Held in every check: it went beyond chance and passed all the checks set beforehand.", "通过全部检验：超出偶然，并通过事先设定的全部检验。"),
                    say("Weak: it went beyond chance, but did not pass all checks.", "证据较弱：超出偶然，但未通过全部检验。"),
                    say("Not borne out: looked for, and not seen beyond chance; that is a finding, too.", "未获支持：经过考察，未超出偶然。这本身也是一项发现。"),
                )
            ),
            limit(
                "{k} of {n} cities with codes were awarded, and the others were not chosen to stand beside them: nothing here tells what "
                "sets awarded cities apart. What was not seen may well be there. And nothing here is causal.",
                "{n}个有编码的城市中{k}个为获奖城市，其余并非为对照而选，因此不能说明获奖城市何以区别于其他城市；未见到的未必没有；本研究不作因果推断。",
                n=len(coded), k=len(coded & set(desk.awarded)),
            ),
        ),
    )  # fmt: skip
