"""Levels of a mechanism without which a theme is not seen."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.explain import AtlasCeilings
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Listing,
    P,
    Section,
    Value,
    Word,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text
from learningcity.study.trials import (
    asked_as,
    ceilings,
    level,
)


def _code(desk: Desk) -> str:
    return (
        f"{asked_as(desk, 'ceilings')}\n"
        'table = found.table()[lambda rows: rows["kind"] == "condition"]\n'
        '{"pairs": len(table), "found": len(found.found), "held": len(found.held), "q": table["q"].fillna(1.0).min()}'
    )


def levels(desk: Desk) -> Section:
    """Ask every mechanism with every theme for a necessary level."""
    title = Text("Levels without which a theme is not seen", "必要条件水平")
    found = ceilings(desk)
    intro = text(
        "Necessary condition analysis asks whether a theme is seen at a high level only where some mechanism is seen at a high level, "
        "too: an empty corner in the scatter.",
        "必要条件分析考察：某项特征的高水平，是否只在某类举措也处于高水平时才见到；若是，散点图上会留出一个空角。",
    )
    if found is None:
        return Section(
            "styles.levels",
            title,
            (intro, limit("These data carry no such question.", "所用数据无从提出这一问题。")),
        )
    table = found.table()[found.table()["kind"] == "condition"]
    pairs, hits, held = len(table), len(found.found), len(found.held)
    how = desk.how(
        "Ceiling ce_fdh for every mechanism with every theme; p by permutation, false discovery rate over all pairs, repeated on "
        "evidence not shared and on every other coder's codes.",
        "对每类举措与每项特征求ce_fdh上限线；p值由置换得到，错误发现率按全部配对控制，并在互不共有的证据上及其他各编码员的编码上重复。",
        _code(desk), "learningcity explain ceiling --atlas", seed=True, level=level(desk),
    )  # fmt: skip
    blind = int((found.degenerate["kind"] == "condition").sum())
    if held:
        strength, claim = "strong", _named_levels(desk, found)
    elif hits:
        strength = "weak"
        claim = say(
            "Weak: of {pairs} pairs of a mechanism and a theme {hits} {hits:shows|show} a necessary level, and none of them on evidence not "
            "shared and with every coder.",
            "证据较弱：{pairs}对举措类别与特征中有{hits}对显示必要条件水平，但无一在互不共有的证据上和各编码员的编码上成立。",
            pairs=pairs,
            hits=hits,
        )
    else:
        strength = "nothing"
        claim = say(
            "A necessary level is not borne out in any of {pairs} pairs of a mechanism and a theme.", "{pairs}对举措类别与特征中，没有一对的必要条件水平获得支持。", pairs=pairs,
        )  # fmt: skip
    least = float(table["q"].min()) if len(table) and table["q"].notna().any() else 1.0
    blocks: list[Block] = [
        intro,
        Finding(
            "styles.levels-found", claim, strength, Coverage(len(found.coded.data), len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市")),
            say(
                "Least false discovery rate {q} over {pairs} pairs; {blind} of them could not have been told from chance at all, since "
                "nearly all cities are alike.",
                "{pairs}对中错误发现率最小为{q}；其中{blind}对因各城市几乎相同，本就无法与偶然区分。",
                q=P(least), pairs=pairs, blind=blind,
            ) if blind else say("Least false discovery rate {q} over {pairs} pairs.", "{pairs}对中错误发现率最小为{q}。", q=P(least), pairs=pairs),
            how, {"pairs": pairs, "found": hits, "held": held, "q": least},
        ),
        desk.figure("styles.ceilings", say(
                "Every mechanism with every theme: how empty the corner of low mechanism and high theme is", "各类举措与各项特征：“举措水平低而特征水平高”一角的空缺程度"
            ), found, "ceilings", how),
    ]  # fmt: skip
    return Section("styles.levels", title, tuple(blocks))


def _named_levels(desk: Desk, found: AtlasCeilings) -> Any:
    named: tuple[Value, ...] = tuple(
        Word(Text(
            f"{desk.condition(r['condition']).text.en} for {desk.condition(r['theme']).text.en}",
            f"{desk.condition(r['condition']).text.zh}之于{desk.condition(r['theme']).text.zh}",
        ))
        for r in found.held.to_dict("records")
    )  # fmt: skip
    return say(
        "Some level of a mechanism goes with every high level of a theme: {list}.",
        "有的举措类别须达到一定水平，特征才见于高水平：{list}。",
        list=Listing(named),
    )
