"""Whether the cities fall into styles."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.explain import AtlasStyles
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    P,
    Section,
    Table,
    Value,
    Word,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, text, words
from learningcity.study.trials import (
    asked_as,
    level,
    strong_styles,
    styles,
)


def _code(desk: Desk) -> str:
    return (
        f"{asked_as(desk, 'styles')}\none = found.typology\n"
        '{"k": one.k, "silhouette": one.silhouette, "p": one.p_value}'
    )


def typology(desk: Desk) -> Section:
    """Ask whether the cities fall into styles."""
    title = Text("Styles", "类型")
    found = styles(desk)
    if found is None:
        return Section(
            "styles.typology",
            title,
            (
                limit(
                    "These data hold too few coded cities to look for styles.",
                    "所用数据中有编码的城市过少，无法考察类型。",
                ),
            ),
        )
    one = found.typology
    n, strong = len(one.cases), strong_styles(found)
    held: dict[str, Any] = {"n": n, "s": Number(float(one.silhouette), 2)}
    if not one.found:
        strength = "nothing"
        claim = say(
            "That the {n} cities fall into styles is not borne out: the best division has a mean silhouette of {s}.",
            "{n}个城市可分为若干类型的看法未获支持：最优划分的平均轮廓系数为{s}。", **held,
        )  # fmt: skip
    elif strong:
        strength = "strong"
        claim = say(
            "The {n} cities fall into {k} styles (mean silhouette {s}).",
            "{n}个城市可分为{k}种类型（平均轮廓系数{s}）。",
            k=one.k,
            **held,
        )
    else:
        strength = "weak"
        claim = say(
            "Weak: the {n} cities fall into {k} styles (mean silhouette {s}), but not on every coder's codes and on evidence kept "
            "apart.",
            "证据较弱：{n}个城市可分为{k}种类型（平均轮廓系数{s}），但并非在各编码员的编码和分开的证据上都成立。", k=one.k, **held,
        )  # fmt: skip
    tried = len(one.choices)
    p_said = say(
        "{tried} numbers of styles were tried; against tables with shuffled columns p {p}.", "共尝试{tried}种类型数；与各列随机重排的表相比，p值{p}。",
        tried=tried, p=P(float(one.p_value)),
    ) if one.p_value == one.p_value else say("{tried} {tried:number|numbers} of styles {tried:was|were} tried.", "共尝试{tried}种类型数。", tried=tried)  # fmt: skip
    how = desk.how(
        "Gower's distance over the scores of mechanisms and themes, k-medoids, the number of styles by silhouette and stability; "
        "repeated on each coder's codes and with practices of a theme counted for themes alone.",
        "以各类举措与特征得分计算Gower距离，作k-medoids聚类，类型数依轮廓系数与稳定性选定；并在各编码员的编码上、以及将涉及特征的举措仅计入特征时重复。",
        _code(desk), "learningcity explain typology --atlas", seed=True, level=level(desk),
    )  # fmt: skip
    blocks: list[Block] = [
        text(
            "Cities were divided into groups by how alike their scores are. The mean silhouette tells how clear the groups are: near 0 a city "
            "lies as near to the next group as to its own, near 1 the groups stand well apart.",
            "依据得分的相似程度将城市分组。平均轮廓系数表示分组是否清晰：接近0时，城市与邻组和与本组同样接近；接近1时，各组界限分明。",
        ),
        Finding(
            "styles.types", claim, strength, Coverage(n, len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市")), p_said, how,
            {"k": one.k, "silhouette": float(one.silhouette), "p": None if one.p_value != one.p_value else float(one.p_value)},
        ),
        desk.figure(
            "styles.map", say(
                "The cities by how alike their evidence is: groups stand apart" if one.found else "The cities by how alike their evidence is: one cloud, no groups that stand apart",
                "各城市证据的相似程度：可见相互分开的类型" if one.found else "各城市证据的相似程度：连成一片，未见相互分开的类型",
            ), found, "style_map", how,
            say("Near means alike in what was seen, not alike as cities.", "相近指所见证据相近，并非城市本身相近。"),
        ),
        desk.figure("styles.numbers", say("How clearly and how stably each number of styles divides the cities", "不同类型数下的分组清晰度与稳定性"), found, "style_numbers", how),
    ]  # fmt: skip
    follows = found.follows
    if follows:
        labels: tuple[Value, ...] = tuple(Word(found.beside_labels[c]) for c in follows)
        blocks.append(
            limit(
                "The best division follows {what}, which did not make it: it may say more of that than of the cities' ways.",
                "最好的划分随{what}而变，而这些因素并未用于划分：它反映的可能更多是这些因素，而非城市的做法。",
                what=Listing(labels),
            )
        )
    if one.found:
        blocks.append(_style_table(desk, found))
    else:
        blocks.append(
            text(
                "So the many ways of the cities are better told one by one than by kind, as the portraits of the chapter before do.",
                "因此，各城市的多样做法宜逐一讲述，而不宜归类；上一章的城市案例正是如此。",
            )
        )
    return Section("styles.typology", title, tuple(blocks))


def _style_table(desk: Desk, found: AtlasStyles) -> Table:
    heads = (
        Head(Text("Style", "类型")),
        Head(Text("What sets it apart", "特点")),
        Head(Text("Medoid", "代表城市")),
        Head(Text("Cities", "城市")),
    )
    rows = []
    for style in found.typology.styles:
        cities: tuple[Value, ...] = tuple(desk.city(c) for c in style.cases)
        rows.append((
            number(style.number), words(found.name_of(style.number).en, found.name_of(style.number).zh),
            say("{c}", "{c}", c=desk.city(style.medoid)), say("{c}", "{c}", c=Listing(cities, en=",", zh="、")),
        ))  # fmt: skip
    return Table(
        "styles.table",
        say("Styles, what sets them apart, and their cities", "各类型的特点与城市"),
        heads,
        tuple(rows),
    )
