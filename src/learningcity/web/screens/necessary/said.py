"""The findings of the screen in plain sentences; that nothing was found is one."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web.screens.necessary import words
from learningcity.web.screens.necessary.answer import Answer

Row = dict[str, Any]


def overall(found: Answer, language: str) -> Row:
    """What all pairs together say: the finding, and what became of the others."""
    pairs = found.pairs
    frame = pairs.table()
    frame = frame[frame["kind"] == "condition"]
    n, cases = len(frame), len(pairs.coded.data)
    hits, held = pairs.found, pairs.held
    rule = lc.Text(
        f"q at most {pairs.level:g} and effect at least {pairs.least_effect:g}",
        f"q值不大于{pairs.level:g}且效应量不小于{pairs.least_effect:g}",
    )
    if len(held):
        said = lc.Text(
            f"{len(held)} of {n} pairs {'is' if len(held) == 1 else 'are'} found, and found again on disjoint evidence and by the "
            f"other codes: {_listed(held, 'en')}.",
            f"{n}对中有{len(held)}对被发现，且在互不重叠的证据及其他编码上均再次发现：{_listed(held, 'zh')}。",
        )
    elif len(hits):
        said = lc.Text(
            f"No necessary level stands: {len(hits)} of {n} pairs {'is' if len(hits) == 1 else 'are'} found at first "
            f"({_listed(hits, 'en')}), and none again on disjoint evidence and by the other codes.",
            f"没有站得住的必要条件水平：{n}对中有{len(hits)}对初次被发现（{_listed(hits, 'zh')}），但在互不重叠的证据及其他编码上均未再次发现。",
        )
    else:
        said = lc.Text(
            f"No necessary level was found among {cases} cities: none of the {n} pairs of a condition and a theme leaves a corner "
            "emptier than chance does, once the number of pairs is counted.",
            f"在{cases}个城市中未发现必要条件水平：计入配对数后，{n}对条件与特征中没有一对的空白角超出偶然。",
        )
    degenerate = int((frame["reason_en"] != "").sum())
    judged = frame[frame["reason_en"] == ""]
    full = int((judged["effect_size"] == 0).sum())
    rest = len(judged) - full - len(hits)
    more = lc.Text(
        f"Of all pairs, {full} have no empty zone, {rest} have one that is not told from chance, and {degenerate} could not "
        f"have been told from chance whatever the cities had shown. A finding would be {rule.en}.",
        f"全部配对中，{full}对没有空白区，{rest}对的空白区无法与偶然区分，{degenerate}对在任何情况下都无法与偶然区分。"
        f"发现的标准为{rule.zh}。",
    )
    return {
        "sentence": said.in_(language),
        "more": more.in_(language),
        "nearest": _nearest(found, language),
        "nothing": not len(held),
    }


def _listed(frame: Any, language: str) -> str:
    gap = lc.Text("; ", "；").in_(language)
    return gap.join(
        words.pair(row["condition"], row["theme"]).in_(language) for row in frame.to_dict("records")
    )


def _nearest(found: Answer, language: str) -> Row | None:
    """The pair that comes nearest to a finding, where none was found."""
    frame = found.pairs.table()
    frame = frame[frame["q"].notna() & (frame["effect_size"] > 0)]
    if len(found.pairs.found) or not len(frame):
        return None
    row = frame.sort_values("p_value", kind="stable").iloc[0]
    x, y = row["condition"], row["theme"]
    name = words.pair(x, y)
    return {
        "text": lc.Text(
            f"Nearest to one comes {name.en[0].lower()}{name.en[1:]} (effect {row['effect_size']:.2f}, p = {row['p_value']:.3f}, q = "
            f"{row['q']:.2f}).",
            f"最接近者为{name.zh}（效应量{row['effect_size']:.2f}，p = {row['p_value']:.3f}，q = {row['q']:.2f}）。",
        ).in_(language),
        "href": found.question.with_(condition=x, theme=y).address(language, "#pair"),
    }


def of_pair(found: Answer, language: str) -> list[str]:
    """What one pair says."""
    row = found.row
    if row["reason_en"]:
        return [lc.Text(f"Nothing can be told of this pair: {row['reason_en']}.", f"此配对无法判断：{row['reason_zh']}。").in_(language)]  # fmt: skip
    effect, corner = row["effect_size"], words.CORNER_NAMES[found.question.corner]
    if effect == 0:
        reason = found.pair.ceiling.reason if found.pair else None
        if reason is not None:
            return [lc.Text(f"No empty zone: {reason.en}.", f"没有空白区：{reason.zh}。").in_(language)]
        return [
            lc.Text(
                f"The {corner.en} corner is not empty, so that no level of the condition is necessary.",
                f"{corner.zh}角并无空白，因此没有必要条件水平可言。",
            ).in_(language)
        ]
    told = [
        lc.Text(
            f"{100 * effect:.0f} % of the range is empty in the {corner.en} corner (effect size {effect:.3f}).",
            f"{corner.zh}角有{100 * effect:.0f}%的取值范围为空白（效应量{effect:.3f}）。",
        ),
        _level(found),
        _judged(found),
    ]
    return [text.in_(language) for text in told if text is not None]


def _level(found: Answer) -> lc.Text | None:
    """What the cities at the end of the theme had of the condition."""
    pair = found.pair
    if pair is None:
        return None
    one, corner = pair.ceiling, found.question.corner
    end = one.y_high if corner in "12" else one.y_low
    needed = one.needed(end)
    if needed is None or needed != needed or one.accuracy < 100:
        return None
    x, y = words.label(found.question.condition), words.label(found.question.theme)
    less = corner in "13"
    return lc.Text(
        f"No city with {y.en} at {words.number(end)} has {x.en} {'below' if less else 'above'} {words.number(needed)}.",
        f"{y.zh}为{words.number(end)}的城市，{x.zh}均不{'低于' if less else '高于'}{words.number(needed)}。",
    )


def _judged(found: Answer) -> lc.Text | None:
    """Whether chance does as well."""
    row, pairs = found.row, found.pairs
    p, q = row["p_value"], row["q"]
    if p != p:
        return None
    if row["kind"] == "effort":
        return lc.Text(
            f"How much was read is no condition and is not judged (p = {p:.3f}): it is here to see whether it does as well.",
            f"阅读量并非条件，不作判断（p = {p:.3f}）；列出仅为对照，看其是否也能留出空白。",
        )
    held = "" if not row["found"] else "held" if row["held"] else "found"
    counted = int(pairs.table()["q"].notna().sum())
    numbers = lc.Text(
        f"p = {p:.3f}, q = {q:.2f} over {counted} pairs", f"p = {p:.3f}，{counted}对校正后q = {q:.2f}"
    )
    end = {
        "": lc.Text("among so many pairs this cannot be told from chance", "在这么多配对之中，无法与偶然区分"),
        "found": lc.Text("found, but not again in every repetition below", "初次发现，但并非在下列各种情形下均再次发现"),
        "held": lc.Text("found, and again in every repetition below", "发现，且在下列各种情形下均再次发现"),
    }[held]  # fmt: skip
    return lc.Text(f"{numbers.en}: {end.en}.", f"{numbers.zh}：{end.zh}。")
