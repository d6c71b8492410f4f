"""What is written of each mechanism before its examples: what it is for, and what sets its practices apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learningcity.core import Text
from learningcity.report import Phrase, Share, Value, join, say
from learningcity.standards import standard_tables
from learningcity.study.desk import Desk

if TYPE_CHECKING:
    import pandas as pd

#: What a mechanism is for, in our words, with the works and concepts that say so.
MEANING: dict[str, tuple[Text, tuple[str, ...]]] = {
    "policy": (
        Text(
            "A plan or a decision puts learning on the agenda of the city and lets others hold it to its word. A study of "
            "three Asian countries gives political will, national policies and strategies a chapter of their own{marks}.",
            "规划与决定把学习列入城市议程，也使社会可以据此监督。有关亚洲三国的研究设专章讨论政治意愿、国家政策与战略{marks}。",
        ),
        ("yang-yorozu-2015",),
    ),
    "law": (
        Text(
            "A statute binds beyond the term of those who pass it, and gives residents something to call upon. Being lasting by "
            "its nature, it counts as well evidenced here. Where cities may not legislate, the law is that of a province or a state{marks}.",
            "法规的约束力不因换届而终止，居民也可据以主张权利；因其本身具有持续性，在此计为证据充分。没有立法权的城市，所依据的是上级的法律法规{marks}。",
        ),
        ("local-regulations", "special-acts"),
    ),
    "organization": (
        Text(
            "Somebody has to answer for what belongs to no single department. Offices, committees and partnerships bring together what "
            "schools, firms, associations and the administration do each for itself{marks}.",
            "学习型城市不专属于任何一个部门，须有机构负责。办公室、委员会与伙伴关系，把学校、企业、社会组织和政府部门各自的工作统合起来{marks}。",
        ),
        ("collaborative-governance",),
    ),
    "funding": (
        Text(
            "Money is what the literature writes of least. Where it does, it takes community education for a quasi-public good for which "
            "the state should pay most, and finds that it pays too little{marks}.",
            "经费是文献讨论最少的一环。已有研究多把社区教育视为准公共产品，主张以财政投入为主，同时指出投入不足{marks}。",
        ),
        ("shao-luo-2023", "quasi-public-good"),
    ),
    "resources": (
        Text(
            "Places within reach, people who teach, courses and platforms are what residents meet of a learning city. Neighbourhoods "
            "matter here, as the means of learning are of little use at a distance{marks}.",
            "就近的场所、师资、课程与平台，是居民接触学习型城市的直接途径。学习资源离得远便难以利用，街区因而尤为重要{marks}。",
        ),
        ("learning-neighbourhood",),
    ),
    "participation": (
        Text(
            "From festivals to neighbourhoods, participation makes residents those who learn and not those who are taught. Some see in "
            "it the whole of the matter: a process, and no product{marks}.",
            "从学习节到学习型街区，参与使居民由受教育者成为学习的主人。有研究认为这正是学习型城市的实质：它是过程，而不是产品{marks}。",
        ),
        ("process-not-product", "learning-festival"),
    ),
    "monitoring": (
        Text(
            "Counting, asking and reporting let a city learn about itself. The literature holds that learning cities are seldom evaluated with "
            "rigour{marks}; the examples show what can be done with simple means.",
            "统计、调查与报告使城市得以认识自身。文献指出，对学习型城市的严格评价尚不多见{marks}；以下各例显示，较为简便的办法也能有所作为。",
        ),
        ("face-inclusive-learning-cities",),
    ),
}
#: A share must lie so far from that of all practices to be spoken of.
APART = 0.08
#: At least so many practices carry such a sentence.
LEAST = 10


def meaning(desk: Desk, name: str) -> Phrase:
    """What the mechanism is for."""
    if name not in MEANING:
        return say("{m}.", "{m}。", m=desk.condition(name))
    text, ids = MEANING[name]
    tables = standard_tables()
    found = []
    for table, column in (("concepts", "concept_id"), ("literature", "work_id")):
        rows = tables[table]
        found += list(rows.loc[rows[column].isin(ids), "source_ids"])
    return say(text.en, text.zh, marks=desk.sources(found))


@dataclass(frozen=True)
class Trait:
    """A share among the practices of a mechanism, beside that among all."""

    name: str
    k: int
    n: int
    of_all: float

    @property
    def apart(self) -> float:
        """How far the share lies from that of all."""
        return self.k / self.n - self.of_all


def traits(held: pd.DataFrame, mine: pd.DataFrame) -> list[Trait]:
    """What sets the practices of a mechanism apart, the furthest first; empty where too few were read."""
    found = []
    for name, told in (
        ("strong", lambda rows: rows["strength"] == 3),
        ("higher", lambda rows: rows["level"] == "higher"),
        ("before", lambda rows: rows.loc[rows["timing"].isin(["before", "after"]), "timing"] == "before"),
        ("dated", lambda rows: rows["timing"].isin(["before", "after"])),
    ):
        here, everywhere = told(mine), told(held)
        if len(here) >= LEAST and len(everywhere):
            found.append(Trait(name, int(here.sum()), len(here), float(everywhere.mean())))
    return sorted((one for one in found if abs(one.apart) >= APART), key=lambda one: -abs(one.apart))


#: Sentences for a share above and below that of all practices.
_SAID = {
    ("strong", True): Text(
        "The evidence is better than elsewhere: {k} of its {n} practices ({share}) tell of scale, permanence or results, against {all} of all practices.",
        "证据较为充分：{n}项举措中{k}项（{share}）有规模、持续性或成效方面的证据，全部举措中为{all}。",
    ),
    ("strong", False): Text(
        "The evidence is thinner than elsewhere: {k} of its {n} practices ({share}) tell of scale, permanence or results, against {all} of all practices.",
        "证据较为单薄：{n}项举措中{k}项（{share}）有规模、持续性或成效方面的证据，全部举措中为{all}。",
    ),
    ("higher", True): Text(
        "It comes from a higher level more often than the rest: in {k} of {n} practices ({share}), against {all} of all.",
        "来自上级者多于其他类别：{n}项中有{k}项（{share}），全部举措中为{all}。",
    ),
    ("higher", False): Text(
        "It is the city's own affair more than the rest: {k} of {n} practices ({share}) come from a higher level, against {all} of all.",
        "更多出自城市自身：{n}项中来自上级的有{k}项（{share}），全部举措中为{all}。",
    ),
    ("before", True): Text(
        "It tends to come early: of {n} dated practices {k} ({share}) began before the award, against {all} of all.",
        "多起步较早：注有年份的{n}项中，{k}项（{share}）始于获奖之前，全部举措中为{all}。",
    ),
    ("before", False): Text(
        "It tends to come late: of {n} dated practices {k} ({share}) began before the award, against {all} of all.",
        "多起步较晚：注有年份的{n}项中，{k}项（{share}）始于获奖之前，全部举措中为{all}。",
    ),
    ("dated", False): Text(
        "It is dated less often than the rest: {k} of {n} practices ({share}) carry a year that tells before from after, against {all} of all.",
        "注明年份者较少：{n}项中有{k}项（{share}）可判断在获奖之前还是之后，全部举措中为{all}。",
    ),
    ("dated", True): Text(
        "It is dated more often than the rest: {k} of {n} practices ({share}) carry a year that tells before from after, against {all} of all.",
        "注明年份者较多：{n}项中有{k}项（{share}）可判断在获奖之前还是之后，全部举措中为{all}。",
    ),
}  # fmt: skip


def apart(held: pd.DataFrame, mine: pd.DataFrame) -> Phrase | None:
    """Say the two shares that lie furthest from those of all practices; None where none does."""
    said = []
    for one in traits(held, mine)[:2]:
        text = _SAID[one.name, one.apart > 0]
        slots: dict[str, Value | int] = {
            "k": one.k,
            "n": one.n,
            "share": Share(one.k / one.n),
            "all": Share(one.of_all),
        }
        said.append(say(text.en, text.zh, **slots))
    return join(*said) if said else None
