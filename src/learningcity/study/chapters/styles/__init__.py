"""Chapter 6: are there styles, are there rules? Typology first, then paths and necessary levels as a trial of method."""

from __future__ import annotations

from learningcity.core import Text
from learningcity.report import Block, Paragraph, Section, join, say
from learningcity.study.chapters.styles.common import common, near_constant
from learningcity.study.chapters.styles.levels import levels
from learningcity.study.chapters.styles.paths import combinations
from learningcity.study.chapters.styles.survives import survived, survivors
from learningcity.study.chapters.styles.typology import typology
from learningcity.study.desk import Desk
from learningcity.study.parts import question, text
from learningcity.study.trials import styles

TITLE = Text("Styles and rules", "类型与规律")


def build(desk: Desk) -> Section:
    """Build the chapter."""
    rows = survived(desk)
    strong = sum(row["strong"] for row in rows)
    n = len(near_constant(desk)) if len(desk.atlas.codes) else 0
    shared = say(
        "Nearly all cities show {n} of the mechanisms, and what all show cannot tell why they differ.",
        "有{n}类举措几乎见于所有城市，而共有之处无法说明城市之间的差异。",
        n=n,
    ) if n else say("No mechanism is seen in nearly all cities.", "没有一类举措几乎见于所有城市。")  # fmt: skip
    kind = styles(desk)
    fall = None if kind is None else say(
        "That they fall into styles is not borne out.", "各城市可归为若干类型的看法未获支持。"
    ) if not kind.typology.found else say("A division into {k} styles is seen.", "可见{k}种类型的划分。", k=kind.typology.k)  # fmt: skip
    rest = say(
        "Of everything that was tried, {n} {n:statement|statements} passed all checks.",
        "各种尝试中，有{n}项结果通过了全部检验。", n=strong,
    ) if strong else say(
        "Of all combinations and levels that were tried, none passed every check.", "所考察的各种组合与水平，没有一项通过全部检验。"
    )  # fmt: skip
    answer = Paragraph(join(fall, shared, rest), "lede")
    opening: tuple[Block, ...] = (
        question(
            "Do the cities fall into styles, and are there combinations or levels of mechanisms that go with what they show?",
            "各城市能否归为若干类型？是否有某些举措类别的组合或水平与所呈现的特征相伴？",
        ),
        answer,
        text(
            "The chapter before told practices and cities one by one; this one asks whether there is more to it than single cases. It goes from the "
            "safe to the daring: first what nearly all cities share; then whether they fall "
            "into groups; then two methods made for few cases, which ask for combinations and for necessary levels. The last two "
            "are a trial of method, with rules of judging that do not follow the result.",
            "上一章逐项、逐城考察，本章追问个案之外有无规律，由稳妥到大胆依次展开：先看几乎所有城市共有的做法，再看能否分类，最后用两种适合少量案例的方法考察条件组合与必要条件水平。后两者属方法上的尝试，评判规则事先确定，不随结果而变。",
        ),
    )
    sections = (common(desk), typology(desk), combinations(desk), levels(desk), survivors(desk, rows))
    return Section("styles", TITLE, opening, sections)
