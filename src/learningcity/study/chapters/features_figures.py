"""Of chapter 4: whether figures show the themes, and which orders of cities hold."""

from __future__ import annotations

from typing import Any

from learningcity.core import LearningCityError, Text
from learningcity.index import AtlasReading, UncertaintyResult, atlas_reading, uncertainty
from learningcity.report import (
    Coverage,
    Finding,
    Listing,
    Number,
    Paragraph,
    Section,
    Share,
    Value,
    Word,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text

#: Share of the draws in which an order must hold to be safe.
SAFE = 0.95


def figures(desk: Desk) -> Section:
    """What figures there are beside the themes, and for how many cities."""
    title = Text("Do figures show the themes, too?", "统计数据能否印证")
    try:
        reading = atlas_reading("figures", desk.atlas)
    except LearningCityError:
        reading = None
    n = len(desk.awarded)
    values = (
        None
        if reading is None
        else reading.values.reindex([c for c in reading.values.index if c in desk.awarded])
    )
    if values is None or not len(values):
        return Section(
            "features.figures", title,
            (limit("Too few cities publish figures that may be compared to read a theme from them.", "公布可比数据的城市过少，无法据以判断任何特征。"),),
        )  # fmt: skip
    named: tuple[Value, ...] = tuple(desk.city(str(c)) for c in sorted(values.index))
    return Section(
        "features.figures", title,
        (
            Finding(
                "features.by-figures",
                say(
                    "Figures that may be compared are enough to read a theme for {k} of {n} awarded cities: {list}.", "可比数据足以判断某项特征的获奖城市有{k}个（共{n}个）：{list}。",
                    k=len(values), n=n, list=Listing(named),
                ),
                "described", Coverage(len(values), n, Text("awarded cities that pass the rule of coverage", "符合覆盖规则的获奖城市")),
                say("The rule: {rule}", "规则：{rule}", rule=Word(reading.rule.text)) if reading is not None else say("", ""),
                desk.how("The figures of each dimension that may be compared, under a rule of coverage.", "各维度的可比数据，按覆盖规则筛选。", 'reading = lc.atlas_reading("figures", atlas)\n{"cities": reading.values.index.isin(awarded).sum()}', "learningcity index reading figures"),
                {"cities": len(values)},
            ),
            text(
                "So the themes rest on what was done, told by practices, and hardly on results, told by figures. A city that measures is "
                "ahead of the record of most.",
                "由此可见，这些特征主要体现在“做了什么”（举措），很少体现在“成效如何”（数据）。能够公布测量结果的城市，已走在多数城市前面。",
            ) if len(values) * 2 < n else text("Figures reach most awarded cities.", "多数获奖城市有可比数据。"),
        ),
    )  # fmt: skip


# --- safe and unsafe orders ---------------------------------------------------------------------------------


def _orders_code(desk: Desk) -> str:
    coders = ', "coders": reading.by_coder()' if len(desk.coders) > 1 else ""
    return (
        'reading = lc.atlas_reading("visible", of_cases(atlas, awarded))\n'
        f'choices = {{"weights": {{"noise": 0.25}}{coders}}}\n'
        f"found = lc.uncertainty(reading, reading.spec, choices, draws={desk.study.methods.draws}, seed={desk.study.seed})\n"
        'width, k = (found.ranks["upper"] - found.ranks["lower"]).median(), len(found.ranks)\n'
        f'{{"pairs": k * (k - 1) // 2, "safe": len(found.order({SAFE})), "width": width}}'
    )


def orders(desk: Desk) -> Section:
    """Which orders of cities hold whatever the choices of an index, and which do not."""
    title = Text("Safe and unsafe orders", "先后次序是否稳健")
    drawn = _drawn(desk)
    if drawn is None:
        return Section(
            "features.orders",
            title,
            (
                limit(
                    "These data hold too few scores to put cities into an order.",
                    "所用数据得分过少，无法比较先后。",
                ),
            ),
        )
    reading, result = drawn
    k = len(result.ranks)
    pairs, safe = k * (k - 1) // 2, len(result.order(SAFE))
    width = (result.ranks["upper"] - result.ranks["lower"]).dropna()
    return Section(
        "features.orders", title,
        (
            text(
                "Orders of cities are asked for, so it is worth saying what they would mean here, and what not. Of the scores of mechanisms and themes "
                "the {s} that reach enough of the cities were added up in {draws} ways, with weights, and where there are several coders the "
                "codes, drawn anew each time.",
                "常有人希望为城市排序，因此有必要说明，在这里排序意味着什么、不意味着什么。在各类举措与各项特征的得分中，取覆盖足够多城市的{s}项，"
                "以{draws}种方式汇总，每次重新抽取权重；有多位编码员时，也重新抽取所用编码。",
                draws=result.draws, s=len(reading.values.columns),
            ),
            Finding(
                "features.safe-orders",
                say(
                    "Of {pairs} pairs of cities {safe} ({share}) keep their order in at least {limit} of the draws; the place of a city in the "
                    "middle moves by {w} of {k} places.",
                    "{pairs}对城市中，有{safe}对（{share}）的先后在至少{limit}的抽样中保持不变；居中城市的位次变动{w}位（共{k}位）。",
                    pairs=pairs, safe=safe, share=Share(safe / max(pairs, 1)), limit=Share(SAFE), w=Number(float(width.median()), 0), k=k,
                ) if safe else say(
                    "Of {pairs} {pairs:pair|pairs} of cities none keeps its order in at least {limit} of the draws: the scores of the {k} cities are too "
                    "much alike.",
                    "{pairs}对城市中，没有一对的先后在至少{limit}的抽样中保持不变：{k}个城市的得分过于相近。", pairs=pairs, limit=Share(SAFE), k=k,
                ),
                "described", Coverage(k, len(desk.awarded), Text("awarded cities with scores", "有得分的获奖城市")),
                say(
                    "Safe means that weights and coders do not turn it; that more was read of one city than of another is not drawn.",
                    "“稳健”指先后不因权重与编码员而颠倒；各城市阅读量不同这一点未纳入抽样。",
                ),
                desk.how(
                    "Mean of the scores; weights drawn within a quarter either way, coders drawn.", "取得分均值；权重在上下四分之一内抽取，并抽取编码员。",
                    _orders_code(desk),
                    "learningcity index uncertainty --reading visible", seed=True,
                ),
                {"pairs": pairs, "safe": safe, "width": float(width.median())},
            ),
            *(Paragraph(say("{t}", "{t}", t=Word(t)), "limit") for t in reading.may_not[: 2 if desk.shipped else 1]),
            text(
                "For this reason no league table is printed. By what mechanisms the cities went about it is the next question.",
                "因此本研究不列排行榜。这些共同特征是通过哪些举措实现的，是下一章的问题。",
            ),
        ),
    )  # fmt: skip


def _drawn(desk: Desk) -> tuple[AtlasReading, UncertaintyResult] | None:
    from learningcity.study.run import of_cases

    try:
        reading = atlas_reading("visible", of_cases(desk.atlas, desk.awarded))
        choices: dict[str, Any] = {"weights": {"noise": 0.25}}
        if len(desk.coders) > 1:
            choices["coders"] = reading.by_coder()
        return reading, uncertainty(
            reading, reading.spec, choices, draws=desk.study.methods.draws, seed=desk.study.seed
        )
    except LearningCityError:
        return None
