"""Chapter 1: what a learning city is: three ideas on a time line, the connotation, the construction standard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from learningcity.core import Text, or_none
from learningcity.report import Block, Coverage, Finding, Head, Section, Table, Value, Word, Year, say
from learningcity.standards import standard_tables
from learningcity.study.desk import Desk
from learningcity.study.parts import lede, limit, number, question, text, words

if TYPE_CHECKING:
    import pandas as pd

TITLE = Text("What a learning city is", "何谓学习型城市")

#: The ideas in the order in which they came up, with the words of the table.
IDEAS = {
    "lifelong learning": Text("lifelong learning", "终身学习"),
    "learning society": Text("the learning society", "学习型社会"),
    "learning city": Text("the learning city", "学习型城市"),
    "sustainable development": Text("sustainable development", "可持续发展"),
}
#: The works that the text speaks of, where they are in the table.
_KEY = (
    "lifelong-education-origins", "introduction-lifelong-education", "hutchins-learning-society",
    "learning-to-be-report", "faure-learning-society", "educating-city-oecd", "city-strategies-1992",
    "learning-throughout-life", "learning-community", "inclusive-prosperous-sustainable", "unesco-learning-city",
    "gnlc-six-actions", "system-serving-all", "learning-society-nation", "everyone-everywhere-anytime",
    "process-not-product",
)  # fmt: skip

#: The counts of concepts again.
ORDER_CODE = """held = lc.standard_tables()["concepts"]
first = held["year"].astype("string").str.extract(r"(\\d{4})")[0].astype(float).groupby(held["theory"]).min()
{
    "n": len(held), "begun": first["lifelong learning"], "came": first["learning city"],
    **{f"n {theory}": n for theory, n in held["theory"].value_counts().items()},
}"""
GROUNDING_CODE = """areas = lc.standard_tables()["concepts"]["areas"].dropna().str.split(";").explode()
{f"area {area}": n for area, n in areas.value_counts().items()}"""


def build(desk: Desk) -> Section:
    """Build the chapter."""
    opening: tuple[Block, ...] = (
        question(
            "What is a learning city, and by what would one know it?", "什么是学习型城市，依据什么辨识？"
        ),
        lede(
            "A learning city is not a city with many schools. It is a city that brings the resources of all its sectors "
            "to bear on learning from childhood to old age, in families, schools, communities and at work. Three ideas "
            "meet in it: learning that lasts a lifetime, a society organised for learning, and the city as the place "
            "where both become somebody's task. One knows it by what UNESCO's Key Features ask for: what a city gains from "
            "learning, what it builds for it, and on what it rests.",
            "学习型城市并非学校众多的城市，而是调动各部门资源，支持人们从童年到老年、在家庭、学校、社区和工作场所学习的城市。"
            "三种思想在此交汇：贯穿一生的学习，为学习而组织的社会，以及使二者有人承担、得以落实的城市。"
            "辨识的依据是教科文组织《学习型城市的主要特征》：城市从学习中得到什么、为学习建设什么、依靠什么。",
        ),
    )
    return Section("concepts", TITLE, opening, (_ideas(desk), _connotation(desk), _standard(desk)))


def _concepts() -> pd.DataFrame:
    return standard_tables()["concepts"]


def _year(value: object) -> int | None:
    """The first year of "1919-1920", "1970s"; None where none is given."""
    found = re.search(r"\d{4}", str(value))
    return int(found[0]) if found else None


def _ideas(desk: Desk) -> Section:
    held = _concepts()
    by_id = held.set_index("concept_id")
    years = {
        idea: min((y for y in map(_year, held.loc[held["theory"] == idea, "year"]) if y), default=None)
        for idea in IDEAS
    }

    def at(name: str) -> Value:
        return desk.sources([by_id.at[name, "source_ids"]])

    first, last = ("lifelong learning", "learning city")
    begun, came = years[first], years[last]
    blocks: list[Block] = [
        text(
            "Lifelong learning came first. The modern idea of education across life took shape in Britain after the First "
            "World War{origins}; UNESCO made it a programme around 1970 and with the Faure report, which set lifelong "
            "education and the learning society side by side{faure}. The Delors report of 1996 moved the weight from "
            "education, which others provide, to learning, which people do{delors}.",
            "最先出现的是终身学习。现代意义上的终身教育思想形成于第一次世界大战后的英国{origins}；1970年前后，教科文组织将其确立为行动纲领，"
            "《富尔报告》把终身教育与学习型社会并列提出{faure}。1996年的《德洛尔报告》则把重心由他人提供的“教育”移向人们自身进行的“学习”{delors}。",
            origins=at("lifelong-education-origins"),
            faure=at("learning-to-be-report"),
            delors=at("learning-throughout-life"),
        ),
        text(
            "The learning society asked what this demands of all the rest. For Hutchins it is a society that turns its values "
            "and institutions towards learning{hutchins}; for Faure a reform of schools alone is then not enough{faure}. Later "
            "readings part ways, from self-fulfilment through the market to democratic community{six}.",
            "学习型社会进一步追问：终身学习对整个社会提出了什么要求。在赫钦斯看来，它是价值与制度都转向学习的社会{hutchins}；在富尔看来，仅改革学校已经不够{faure}。"
            "此后的解读各有侧重，从自我实现、学习市场到民主社区{six}。",
            hutchins=at("hutchins-learning-society"),
            faure=at("faure-learning-society"),
            six=at("six-approaches"),
        ),
        text(
            "The learning city gave the idea an address. The OECD put education at the centre of city development in the "
            "1970s and again in 1992{oecd}; European projects and UNESCO's network followed. A city is small enough for "
            "somebody to answer for it, and large enough to hold every kind of learning.",
            "学习型城市使这一理念有了落脚之处。经合组织在20世纪70年代和1992年先后把教育置于城市发展的中心{oecd}，其后有欧洲的一系列项目和教科文组织的网络。"
            "城市的规模既便于明确责任，又足以容纳各种形式的学习。",
            oecd=at("educating-city-oecd"),
        ),
    ]
    if begun and came:
        counts = {idea: int((held["theory"] == idea).sum()) for idea in IDEAS}
        blocks.append(
            Finding(
                "concepts.order",
                say(
                    "Of {n} concepts and key works in the list, the earliest of lifelong learning dates from {begun} and the "
                    "earliest of the learning city from {came}; {city} of them are about the learning city.",
                    "列入的{n}个概念与重要著作中，终身学习一支最早见于{begun}年，学习型城市一支最早见于{came}年；其中{city}个属于学习型城市。",
                    n=len(held), begun=Year(begun), came=Year(came), city=counts[last],
                ),
                "described",
                Coverage(int(held["year"].map(_year).notna().sum()), len(held), Text("concepts with a year", "注有年份的概念")),
                say(
                    "The list is our choice from what was read; another choice would give other first years.",
                    "该表为本研究在所读文献中的选取，不同的选取会得出不同的最早年份。",
                ),
                desk.how("A count of concepts by idea and first year.", "按思想与最早年份计数。", ORDER_CODE),
                {"n": len(held), "begun": begun, "came": came, **{f"n {k}": v for k, v in counts.items()}},
            )
        )  # fmt: skip
    blocks.append(
        desk.figure(
            "concepts.timeline",
            say(
                "The three ideas one after the other: concepts and key works by year",
                "三种思想先后出现：概念与重要著作的年代分布",
            ),
            held,
            "ideas",
            desk.how(
                "Every concept with a year, by idea.",
                "注有年份的概念，按思想排列。",
                'lc.chart(lc.standard_tables()["concepts"], "ideas")',
            ),
        )
    )
    blocks.append(_key_works(desk, by_id))
    return Section("concepts.ideas", Text("Three ideas and how they meet", "三种思想及其交汇"), tuple(blocks))


def _key_works(desk: Desk, by_id: pd.DataFrame) -> Table:
    heads = (
        Head(Text("Idea", "思想")),
        Head(Text("Concept or work", "概念或著作")),
        Head(Text("Year", "年份")),
        Head(Text("What it says", "要义")),
    )
    rows = []
    for name in (one for one in _KEY if one in by_id.index):
        row = by_id.loc[name]
        idea = IDEAS.get(str(row["theory"]), Text(str(row["theory"]), str(row["theory"])))
        said = say(
            "{what}{at}", "{what}{at}",
            what=Word(Text(str(row["definition_en"]), str(row["definition_zh"]))), at=desk.sources([row["source_ids"]]),
        )  # fmt: skip
        rows.append(
            (words(idea.en, idea.zh), words(row["name_en"], row["name_zh"]), words(row["year"]), said)
        )
    return Table(
        "concepts.works", say("The works and concepts behind the three ideas, in the order of the text", "三种思想的主要著作与概念（按正文次序）"), heads, tuple(rows), short=8,
        note=say("An empty year: none was seen on the page read.", "年份为空：所读页面未注明年份。"),
    )  # fmt: skip


def _connotation(desk: Desk) -> Section:
    by_id = _concepts().set_index("concept_id")

    def at(name: str) -> Value:
        return desk.sources([by_id.at[name, "source_ids"]])

    return Section(
        "concepts.connotation",
        Text("Connotation", "内涵"),
        (
            text(
                "Definitions agree on four things. The city mobilises the resources of every sector, beyond the duty that the "
                "law puts on it{longworth}{unesco}. Learning reaches everybody, at any time and everywhere{everyone}. Its aims "
                "are those of the city itself: inclusion, prosperity and sustainability{aims}. And it needs will, governance "
                "and resources as its base{parthenon}.",
                "各种定义在四点上一致：一是调动各部门资源，而不限于履行法定职责{longworth}{unesco}；二是人人、时时、处处可学{everyone}；"
                "三是以城市自身的目标为目标，即包容、繁荣与可持续{aims}；四是以意愿、治理与资源为基座{parthenon}。",
                longworth=at("longworth-definition"), unesco=at("unesco-learning-city"),
                everyone=at("everyone-everywhere-anytime"), aims=at("inclusive-prosperous-sustainable"),
                parthenon=at("parthenon"),
            ),
            text(
                "They differ on what kind of thing it is. Some see an ideal for better management of cities without agreed "
                "measures{construct}, some a process of taking part that cannot be finished like a product{process}, some a "
                "soft way of steering cities by indicators and fame{governance}. This study takes the difference seriously: it "
                "describes what cities show, and gives no city a grade.",
                "分歧在于它究竟是什么：有人视之为改进城市治理的理想，尚无公认的衡量标准{construct}；有人视之为参与的过程，不会像产品那样完工{process}；"
                "也有人视之为以指标和声誉引导城市的软性方式{governance}。本研究正视这一分歧：只描述各城市所呈现的情况，不为任何城市评定等级。",
                construct=at("social-construct"), process=at("process-not-product"),
                governance=at("governance-by-indicators"),
            ),
            text(
                "In China the idea stands within a larger one: an education system that serves lifelong learning for all, "
                "formal, non-formal and informal learning as one whole{system}, and a learning society and learning nation of "
                "lifelong learning for all, tied to digital education{nation}. The learning city is where that system is built "
                "on the ground.",
                "在中国，学习型城市置于更大的框架之中：构建服务全民终身学习的教育体系，把正规教育、非正规教育与非正式学习合为整体{system}；"
                "建设全民终身学习的学习型社会、学习型大国，并与推进教育数字化相结合{nation}。学习型城市正是这一体系落地之处。",
                system=at("system-serving-all"), nation=at("learning-society-nation"),
            ),
        ),
    )  # fmt: skip


def _standard(desk: Desk) -> Section:
    tables = standard_tables()
    features, measures = tables["key-features"], tables["measurements"]
    areas = features[features["level"] == "area"]
    single = features[features["level"] == "feature"]
    unconfirmed = int((single["confirmed"] != "yes").sum())
    grounded = _grounded(tables["concepts"], areas)
    blocks: list[Block] = [
        text(
            "The construction standard is UNESCO's Key Features of Learning Cities, agreed in Beijing in 2013: {pillars} pillars, "
            "{areas} areas, {features} features{at}. One pillar asks what the city gains, one what it builds, one on what it "
            "rests. It is drawn as a temple{parthenon}: benefits as the roof, the building blocks as columns, the conditions as steps.",
            "建设标准为2013年在北京通过的教科文组织《学习型城市的主要特征》，由{pillars}个板块、{areas}个领域、{features}项特征构成{at}。"
            "各板块分别回答：城市得到什么、建设什么、依靠什么。该标准常以神庙为喻{parthenon}：收益为顶，建设内容为柱，基础条件为阶。",
            pillars=int((features["level"] == "pillar").sum()), areas=len(areas), features=len(single),
            at=desk.sources(features.loc[features["level"] == "pillar", "source_ids"]),
            parthenon=desk.sources(tables["concepts"].loc[tables["concepts"]["concept_id"] == "parthenon", "source_ids"]),
        ),
        Finding(
            "concepts.grounding",
            say(
                "Every area of the standard can be led back to ideas: the {n} concepts in the list found all {all} areas, "
                "most of them {most} ({times} concepts), fewest {least} ({few}).",
                "标准的各领域均可追溯到思想来源：列入的{n}个概念对应全部{all}个领域，对应最多的是{most}（{times}个概念），最少的是{least}（{few}个）。",
                n=len(tables["concepts"]), all=len(areas),
                most=_area(areas, max(grounded, key=lambda a: grounded[a])), times=max(grounded.values()),
                least=_area(areas, min(grounded, key=lambda a: grounded[a])), few=min(grounded.values()),
            ) if sum(v > 0 for v in grounded.values()) == len(areas) else say(
                "The {n} concepts in the list found {covered} of the {all} areas of the standard.",
                "列入的{n}个概念对应标准{all}个领域中的{covered}个。",
                n=len(tables["concepts"]), covered=sum(v > 0 for v in grounded.values()), all=len(areas),
            ),
            "described",
            Coverage(int(tables["concepts"]["areas"].notna().sum()), len(tables["concepts"]), Text("concepts mapped to areas", "对应到领域的概念")),
            say("The mapping of concepts to areas is ours, not UNESCO's.", "概念与领域的对应由本研究作出，并非教科文组织所定。"),
            desk.how("A count of the areas that each concept is mapped to.", "统计各概念所对应的领域。", GROUNDING_CODE),
            {f"area {k}": v for k, v in grounded.items()},
        ),
        _areas(desk, features, measures, areas, grounded),
    ]  # fmt: skip
    if unconfirmed:
        blocks.append(
            limit(
                "Pillars and areas were seen on UNESCO's pages. The wording, numbering and count of the features ({n} of "
                "{features}) and of the measurements are a working set in our own words that nobody has yet held against the published "
                "document.",
                "板块与领域见于教科文组织网页；特征（{features}项中的{n}项）及各项测量指标的措辞、编号和数目为本系统概述，尚未与正式文件核对。",
                n=unconfirmed,
                features=len(single),
            )
        )
    blocks.append(
        text(
            "This is what a learning city ought to be. Which cities UNESCO has awarded, and by which criteria, is the next question.",
            "以上是学习型城市应有的样貌。哪些城市获得教科文组织的奖项、依据怎样的评审标准，是下一章的问题。",
        )
    )
    return Section("concepts.standard", Text("The construction standard", "建设标准"), tuple(blocks))


def _grounded(concepts: pd.DataFrame, areas: pd.DataFrame) -> dict[str, int]:
    named = [
        str(one) for cell in concepts["areas"] if or_none(cell) is not None for one in str(cell).split(";")
    ]
    return {str(code): named.count(str(code)) for code in areas["code"]}


def _area(areas: pd.DataFrame, code: str) -> Word:
    row = areas[areas["code"].astype(str) == code].iloc[0]
    return Word(Text(f"“{row['name_en']}”", f"“{row['name_zh']}”"))


def _areas(
    desk: Desk, features: pd.DataFrame, measures: pd.DataFrame, areas: pd.DataFrame, grounded: dict[str, int]
) -> Table:
    parent = dict(zip(features["code"].astype(str), features["parent"].astype(str), strict=True))
    name = features.set_index(features["code"].astype(str))
    single = features[features["level"] == "feature"]
    of_area = {
        str(a): {str(f) for f in single.loc[single["parent"].astype(str) == str(a), "code"]}
        for a in areas["code"]
    }
    heads = (
        Head(Text("Pillar", "板块")), Head(Text("Area", "领域")), Head(Text("Features", "特征"), numeric=True),
        Head(Text("Measurements", "测量指标"), numeric=True), Head(Text("Concepts behind it", "相关概念"), numeric=True),
    )  # fmt: skip
    rows = []
    for code in map(str, areas["code"]):
        pillar = parent[code]
        measured = int(measures["feature_code"].astype(str).isin(of_area[code]).sum())
        rows.append(
            (
                words(name.at[pillar, "name_en"], name.at[pillar, "name_zh"]),
                words(f"{code} {name.at[code, 'name_en']}", f"{code} {name.at[code, 'name_zh']}"),
                number(len(of_area[code])),
                number(measured),
                number(grounded[code]),
            )
        )
    return Table(
        "concepts.areas", say("The standard: pillars with their areas, and how many concepts stand behind each", "标准的板块与领域，以及各领域的相关概念数"), heads, tuple(rows),
        how=desk.how("Counts of the tables of the standard.", "对标准各表计数。", "lc.load_standard()"),
    )  # fmt: skip
