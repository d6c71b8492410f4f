"""Chapter 8: data, coding, how findings are judged, limits, how to do it again, how to cite; annexes."""

from __future__ import annotations

from typing import Any

from learningcity.atlas import data_version
from learningcity.core import LearningCityError, Text, or_none
from learningcity.explain import AtlasAgreement, atlas_agreement
from learningcity.report import (
    Block,
    Bullets,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    Paragraph,
    Section,
    Share,
    Table,
    Value,
    Word,
    join,
    provenance,
    say,
)
from learningcity.study.chapters.abstract import so
from learningcity.study.chapters.conclusion import conclusion
from learningcity.study.chapters.results import results
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, question, share, text, words
from learningcity.study.trials import FAMILIES, level, shuffles

TITLE = Text("Methods, data and limits", "方法、数据与局限")
#: The same with the conclusion before it, where the study holds all chapters.
CONCLUDING = Text("Conclusion, methods and limits", "结论、方法与局限")
TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")
#: Draws behind the intervals of agreement.
DRAWS = 500

#: The agreement again.
AGREEMENT_CODE = """found = lc.atlas_agreement(atlas, draws=DRAWS, seed=SEED)
alpha = found.table()["alpha"]
{"least": alpha.min(), "most": alpha.max(), "weak": len(found.weak)}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    found, ended = results(desk), conclusion(desk)
    opening: tuple[Block, ...] = (
        question(
            "What follows from all this, on what does it rest, and how can anybody check it?"
            if ended is not None
            else "On what do the numbers rest, and how can anybody check them?",
            "由此得出什么结论，依据何在，如何核查？" if ended is not None else "这些数字依据什么，如何核查？",
        ),
        Paragraph(
            join(
                None if found is None else so(found),
                say(
                    "All of it rests on public pages, by way of {practices} {practices:practice|practices} and {facts} {facts:figure|figures} each with its source, "
                    "and anybody can compute it again from the file of the study.",
                    "以上均依据公开网页，由{practices}项举措和{facts}项数据计算得出，每项均注明来源，任何人都可用研究文件重新计算。"
                    if found is not None else
                    "全部数字均依据公开网页，由{practices}项举措和{facts}项数据计算得出，每项均注明来源，任何人都可用研究文件重新计算。",
                    practices=len(desk.atlas.practices), facts=len(desk.atlas.facts),
                ),
            ),
            "lede",
        ),
    )  # fmt: skip
    sections = (ended, _data(desk), _coding(desk), _judging(desk), _limits(desk), _again(desk), _annex(desk))
    title = TITLE if ended is None else CONCLUDING
    return Section("methods", title, opening, tuple(one for one in sections if one is not None))


# --- data -----------------------------------------------------------------------------------------------


def _data(desk: Desk) -> Section:
    atlas = desk.atlas
    tiers = atlas.sources["tier"].value_counts()
    n = int(tiers.sum())
    rows = tuple(
        (say("{t}", "{t}", t=desk.label("tier", t)), number(int(tiers[t])), share(tiers[t] / n)) for t in TIERS if t in tiers.index
    )  # fmt: skip
    doubtful = int(tiers.get("doubtful", 0))
    conflicts = len(atlas.conflicts())
    blocks: list[Block] = [
        text(
            "The data hold {cities} {cities:city|cities}, {awards} {awards:award|awards}, {practices} {practices:practice|practices}, {facts} "
            "{facts:figure|figures} and {sources} {sources:source|sources}. Each row leads to its page; where pages disagree both figures are "
            "kept ({conflicts} {conflicts:disagreement|disagreements}).",
            "数据包括{cities}个城市、{awards}次获奖、{practices}项举措、{facts}项数据和{sources}个来源。每条记录均附来源网页；"
            "网页说法不一时，两种数据均予保留（{conflicts}处）。",
            cities=len(desk.cases), awards=len(atlas.awards), practices=len(atlas.practices), facts=len(atlas.facts), sources=n, conflicts=conflicts,
        )
    ]  # fmt: skip
    if rows:
        heads = (
            Head(Text("Kind of source", "来源类别")),
            Head(Text("Sources", "来源数"), numeric=True),
            Head(Text("Share", "比例"), numeric=True),
        )
        blocks.append(Table("methods.tiers", say("Sources by kind", "来源（按类别）"), heads, rows))
    if doubtful:
        blocks.append(
            text(
                "{n} of them {n:lies|lie} on hosts that look hijacked: such addresses are printed and never linked.", "其中{n}个所在网站疑遭劫持，只列地址，不作链接。", n=doubtful
            )
        )  # fmt: skip
    return Section("methods.data", Text("Data", "数据"), tuple(blocks))


# --- coding -----------------------------------------------------------------------------------------------


def _agreement(desk: Desk) -> AtlasAgreement | None:
    def make() -> AtlasAgreement | None:
        try:
            return atlas_agreement(
                desk.atlas, draws=min(desk.study.methods.draws, DRAWS), seed=desk.study.seed
            )
        except LearningCityError:
            return None

    return desk.once("agreement", make)


def _coding(desk: Desk) -> Section:
    title = Text("Coding and agreement", "编码与一致性")
    found = _agreement(desk)
    if found is None:
        return Section(
            "methods.coding",
            title,
            (
                limit(
                    "One coder alone, or none: agreement cannot be computed.",
                    "编码员少于两位，无法计算一致性。",
                ),
            ),
        )
    table = found.table()
    labels = {str(v): Text(str(table.at[v, "label_en"]), str(table.at[v, "label_zh"])) for v in table.index}
    alpha = table["alpha"].dropna()
    weak: tuple[Value, ...] = tuple(Word(_quoted(labels[v])) for v in found.weak)
    low, high = str(alpha.idxmin()), str(alpha.idxmax())
    claim = say(
        "Krippendorff's alpha of the {k} codes and scores lies between {a} ({low}) and {b} ({high}); it is too low even for tentative "
        "conclusions for {weak}.",
        "{k}项编码与得分的克里彭多夫α系数介于{a}（{low}）与{b}（{high}）之间；低至不足以作初步结论的有{weak}。",
        k=len(alpha), a=Number(float(alpha.min()), 2), low=Word(_quoted(labels[low])), b=Number(float(alpha.max()), 2), high=Word(_quoted(labels[high])), weak=Listing(weak),
    ) if weak else say(
        "Krippendorff's alpha of the {k} codes and scores lies between {a} ({low}) and {b} ({high}).", "{k}项编码与得分的克里彭多夫α系数介于{a}（{low}）与{b}（{high}）之间。",
        k=len(alpha), a=Number(float(alpha.min()), 2), low=Word(_quoted(labels[low])), b=Number(float(alpha.max()), 2), high=Word(_quoted(labels[high])),
    )  # fmt: skip
    heads = (
        Head(Text("Code or score", "编码或得分")), Head(Text("Agreement", "一致率"), numeric=True), Head(Text("Alpha", "α系数"), numeric=True),
        Head(Text("95% interval", "95%区间"), numeric=True),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for v in table.index:
        row = table.loc[v]
        one, two = or_none(row["alpha_low"]), or_none(row["alpha_high"])
        between = (
            None
            if one is None or two is None
            else say("{a} to {b}", "{a}至{b}", a=Number(float(one), 2), b=Number(float(two), 2))
        )
        rows.append(
            (
                words(labels[str(v)].en, labels[str(v)].zh),
                _percent(row["percent"]),
                number(row["alpha"], 2),
                between,
            )
        )
    return Section(
        "methods.coding", title,
        (
            text(
                "Every practice was read in {n} passes of one protocol, machine-assisted and blind to each other. That passes agree shows that the "
                "protocol is clear; it does not show that it is right, and no human expert has coded yet.",
                "每项举措按同一规程分{n}遍阅读编码，由机器辅助，各遍互不知晓。各遍一致说明规程清楚，并不说明规程正确；目前尚无领域专家编码。",
                n=len(desk.coders),
            ) if desk.shipped else text(
                "The practices come with codes of {n} coders. That coders agree shows that their protocol is clear; it does not show that it is right.",
                "各项举措附有{n}位编码员的编码。编码一致说明规程清楚，并不说明规程正确。",
                n=len(desk.coders),
            ),
            text(
                "Krippendorff's alpha tells how far coders agree beyond chance: 1 is full agreement, 0 what chance would give. It is harsh on codes that "
                "are given nearly always or hardly ever, where few disagreements pull it down although nearly all agree.",
                "克里彭多夫α系数表示编码员之间超出偶然的一致程度：1为完全一致，0为与偶然相当。对几乎总是出现或极少出现的编码，该系数偏严：即使绝大多数一致，少数分歧也会使其明显降低。",
            ),
            Finding(
                "methods.agreement", claim, "described", Coverage(int(table["n"].max()), len(desk.atlas.practices), Text("practices with two codes", "有两遍编码的举措")),
                say("Intervals by drawing cities with replacement, {n} times.", "区间由对城市有放回抽样{n}次得到。", n=min(desk.study.methods.draws, DRAWS)),
                desk.how("Krippendorff's alpha, nominal or ordinal.", "克里彭多夫α系数（名义或有序）。", AGREEMENT_CODE.replace("DRAWS", str(min(desk.study.methods.draws, DRAWS))).replace("SEED", str(desk.study.seed)), "learningcity explain agreement --atlas", seed=True),
                {"least": float(alpha.min()), "most": float(alpha.max()), "weak": len(found.weak)},
            ),
            Table("methods.agreement-table", say("Agreement by code and score", "各项编码与得分的一致性"), heads, tuple(rows), short=10),
            text("A score of a condition is the first line that holds; where none holds it was not seen:", "条件得分取第一条成立的规则；均不成立即为未见："),
            _rule(desk),
        ),
    )  # fmt: skip


def _quoted(label: Text) -> Text:
    return Text(f"“{label.en}”", f"“{label.zh}”")


def _percent(value: Any) -> Cell:
    return None if or_none(value) is None else say("{p}", "{p}", p=Share(float(value), 1))


def _rule(desk: Desk) -> Block:
    rule = desk.study.codes.rule
    lines = tuple(
        say(
            "{score}: {n} {n:practice|practices} of strength {s} or more", "{score}：{n}项强度不低于{s}的举措",
            score=Number(float(score), 2), n=int(count), s=int(strength),
        )
        for score, count, strength in rule
    )  # fmt: skip
    return Bullets(lines)


# --- judging ----------------------------------------------------------------------------------------------


def _judging(desk: Desk) -> Section:
    chosen = desk.study.methods
    return Section(
        "methods.judging", Text("How findings are judged", "如何评判发现"),
        (
            text(
                "What is a count is called described. Everything else belongs to one of {k} kinds (background with characteristics, styles, "
                "combinations, necessary levels), which share a level of {level}: each is judged at {each}.",
                "凡属计数的称为“描述”。其余属于{k}类之一（背景与特征、类型、条件组合、必要条件水平），共用{level}的显著水平，每类按{each}评判。",
                k=len(FAMILIES), level=Number(chosen.level, 2), each=Number(level(desk), 4),
            ),
            Bullets(
                (
                    say(
                        "Beyond chance: {n} shuffles ({more} for the background, where most is tried, and {fewer} whole tables for styles), "
                        "and the false discovery rate over everything that was tried in its kind.",
                        "超出偶然：置换{n}次（尝试最多的背景一类为{more}次，类型一类为{fewer}张打乱的数据表），并就该类全部尝试控制错误发现率。",
                        n=chosen.permutations, more=shuffles(desk, "background"), fewer=shuffles(desk, "styles"),
                    ),
                    say("On evidence not shared: practices that speak of both sides are left to one of them.", "证据互不共有：同时涉及双方的举措只计入其中一方。"),
                    say("With every coder: the codes of the others alone must give it, too.", "各编码员一致：仅用其他编码员的编码也应得到同样结果。"),
                    say("With effort taken out: where more was read, more is seen of everything.", "扣除阅读量：阅读资料越多，各方面所见自然越多，须扣除这一影响。"),
                )
            ),
            text(
                "Only what passes all of these is said to hold. The rules are the same whatever the data, and were tried on shuffled data.",
                "只有全部通过者，才称为成立。规则不因数据而异，并在随机打乱的数据上试验过。",
            ),
        ),
    )  # fmt: skip


# --- limits -----------------------------------------------------------------------------------------------


def _limits(desk: Desk) -> Section:
    unawarded = len(desk.cases) - len(desk.awarded)
    said = [
        say("Pages were seen by their openings: sections on governance, money and monitoring of long texts are under-represented.", "网页只读了开头部分：长文中关于治理、经费与监测的章节偏少。")
        if desk.shipped else say("How the pages were read is for those to say who made these tables; what was not read was not seen.", "网页如何阅读，须由数据编制者说明；未读到的即为未见。"),
        say("{share} of the practices carry no start year, so that before and after the award can be told for a part only.", "{share}的举措未注起始年份，获奖前后只能就其中一部分判断。", share=Share(_undated(desk)))
        if _undated(desk) else say("Every practice carries a start year; whether it was begun then is as the page has it.", "各项举措均注有起始年份，以所见页面为准。"),
        say("Of {all} cities {n} {n:has|have} no award; nothing on practices sets the awarded apart from others.", "{all}个城市中{n}个未获奖；举措方面的任何结果都不能区分获奖城市与其他城市。", all=len(desk.cases), n=unawarded)
        if unawarded else say("All cities were awarded; nothing sets them apart from others.", "全部城市均为获奖城市，不能说明其与其他城市有何不同。"),
        say("Mechanisms and themes are read off the same practices.", "举措类别与特征依同一批举措判定。"),
        say("Figures of a country stand for the country, and figures of different years and boundaries stand side by side.", "国家数据只代表国家；不同年份与口径的数据并列。"),
        say("An award is a fact about a round; it certifies nothing, and its absence says nothing.", "获奖是某一届评选的事实，不构成认证；未获奖也不说明任何问题。"),
        say("Nothing is causal.", "不作因果推断。"),
    ]  # fmt: skip
    return Section(
        "methods.limits", Text("What may not be read from it", "不能由此得出的结论"), (Bullets(tuple(said)),)
    )


def _undated(desk: Desk) -> float:
    timing = desk.atlas.timing()
    return float((timing == "undated").mean()) if len(timing) else 0.0


# --- again ------------------------------------------------------------------------------------------------


def _again(desk: Desk) -> Section:
    told = {language: provenance(desk.atlas, language) for language in ("en", "zh")}
    notes: dict[str, Any] = {k: Word(Text(told["en"][k], told["zh"][k])) for k in ("citation", "licence")}
    found = data_version(desk.atlas)
    name = Word(Text(f"{desk.study.name}.toml", f"{desk.study.name}.toml"))
    return Section(
        "methods.again", Text("Do it again, and cite it", "复现与引用"),
        (
            text(
                "The study is a file. “learningcity study new {file}” writes it with every choice; “learningcity study run {file}” computes it again "
                "on the data in front of you; “learningcity study diff” tells what changed between two runs. With the same data, choices and "
                "versions every digit is the same; the seed is {seed}.",
                "本研究是一个文件：“learningcity study new {file}”写出全部选项，“learningcity study run {file}”依据当前数据重新计算，"
                "“learningcity study diff”列出两次运行之间的变化。数据、选项与版本相同时，每个数字都相同；随机种子为{seed}。",
                file=name, seed=Word(Text(str(desk.study.seed), str(desk.study.seed))),
            ),
            text(
                "Cite the study as: {title} (data {version}). In: {citation}", "引用本研究：《{title}》（数据版本{version}），载：{citation}",
                title=Word(desk.study.title), version=Word(Text(found, found)), citation=notes["citation"],
            ),
            text("{licence}", "{licence}", licence=notes["licence"]),
        ),
    )  # fmt: skip


# --- annex ------------------------------------------------------------------------------------------------


def _annex(desk: Desk) -> Section:
    atlas = desk.atlas
    effort, first = atlas.effort(), atlas.first_award
    heads = (
        Head(Text("City", "城市")), Head(Text("Country", "国家")), Head(Text("First award", "首次获奖")), Head(Text("Practices", "举措数"), numeric=True),
        Head(Text("Figures", "数据数"), numeric=True), Head(Text("Sources", "来源数"), numeric=True),
    )  # fmt: skip
    country = atlas.cities.set_index("city_id")["country_iso3"]
    rows: list[tuple[Cell, ...]] = []
    for city in sorted(desk.cases, key=lambda c: desk.city(c).text.en):
        read = effort.loc[city] if city in effort.index else {}
        rows.append((
            say("{c}", "{c}", c=desk.city(city)), say("{c}", "{c}", c=desk.country(str(country[city]))),
            words(str(first[city]), f"{first[city]}年") if city in first else None,
            *(number(read.get(k)) for k in ("practices", "facts", "sources")),
        ))  # fmt: skip
    catalogue = [
        (words(r["name_en"], r["name_zh"]), words(r["definition_en"], r["definition_zh"]), say("{c}", "{c}", c=desk.label("comparable", str(r["comparable"]))))
        for r in atlas.indicators.to_dict("records")
    ]  # fmt: skip
    return Section(
        "methods.annex", Text("Annexes", "附录"),
        (
            Table("methods.cities", say("Cities studied, and how much was read of each", "研究的城市及各自的阅读量"), heads, tuple(rows), say("No award: an empty cell.", "未获奖者留空。"), short=10),
            Table(
                "methods.indicators", say("Figures and whether they may be compared", "各项数据及其可比性"),
                (Head(Text("Figure", "数据")), Head(Text("Definition", "定义")), Head(Text("Compare", "可比性"))), tuple(catalogue), short=8,
            ),
        ),
    )  # fmt: skip
