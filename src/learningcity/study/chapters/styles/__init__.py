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
    rest = say(
        "Of everything that was tried beyond that, {n} {n:statement|statements} passed all checks.",
        "除此之外的各种尝试中，有{n}项结果通过了全部检验。", n=strong,
    ) if strong else say(
        "Of everything that was tried beyond that, nothing passed all checks.", "除此之外的各种尝试，没有一项通过全部检验。"
    )  # fmt: skip
    answer = Paragraph(join(shared, rest), "lede")
    opening: tuple[Block, ...] = (
        question(
            "Do the cities fall into styles, and are there combinations or levels of mechanisms that go with what they show?",
            "各城市能否归为若干类型？是否有某些举措类别的组合或水平与所呈现的特征相伴？",
        ),
        answer,
        text(
            "The order of this chapter is from the safe to the daring. First what nearly all cities share; then whether they fall "
            "into groups; then two methods made for few cases, which ask for combinations and for necessary levels. The last two "
            "are a trial of method, with rules of judging that do not follow the result.",
            "本章由稳妥到大胆依次展开：先看几乎所有城市共有的，再看能否分组，最后用两种适合少量案例的方法考察组合与必要条件水平。后两者是方法上的尝试，评判规则不随结果而变。",
        ),
    )
    sections = (common(desk), typology(desk), combinations(desk), levels(desk), survivors(desk, rows))
    return Section("styles", TITLE, opening, sections)
