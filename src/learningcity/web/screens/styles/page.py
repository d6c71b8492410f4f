"""What the screen shows: whether there are styles, the map, the styles if any, and what may not be read from it."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import asking, content, waiting
from learningcity.web.content import analyses
from learningcity.web.pictures import Picture
from learningcity.web.screens.styles import form, rows, spec
from learningcity.web.screens.styles.answer import (
    DRAWS,
    PERMUTATIONS,
    SHUFFLES,
    Answer,
    asked,
    repeats_work,
)
from learningcity.web.screens.styles.query import Question, names
from learningcity.web.screens.styles.words import STATE, WORDS, small

Row = dict[str, Any]


def question_alone(question: Question, language: str) -> Row:
    """The question alone, in words and as a form."""
    return {
        "w": {key: text.in_(language) for key, text in WORDS.items()},
        "question": question,
        "form": form.build(question, language),
        "others": form.others(question, language),
    }


def said(question: Question, reason: lc.Text, language: str) -> str:
    """Why it cannot be asked, with columns by their names."""
    return analyses.named(reason.in_(language), {code: form.label(code) for code in names()}, language)


def pictures(found: Answer, language: str) -> dict[str, Picture]:
    """The pictures of the page by the names of their files."""
    made = {
        "map": Picture("map", found.styles, "style_map", language),
        "numbers": Picture("numbers", found.tried, "style_numbers", language),
    }
    if found.divided:
        made["profiles"] = Picture("profiles", found.styles, "style_profiles", language)
    return made


def build(found: Answer, language: str, visit: waiting.Visit | None = None) -> Row:
    """The answer; a visit waits for what takes long, nobody else does."""
    question, ask = found.question, waiting.now if visit is None else visit.found
    again = ask(repeats_work(found)) if question.repeats else None
    drawn = pictures(found, language)
    cities = {
        case: (f"/{language}/cities/{case}", content.cities()[case].name(language))
        for case in map(str, found.styles.typology.cases.index)
    }
    told = {
        **question_alone(question, language),
        "frame": _frame(found, language),
        "heading": _heading(found).in_(language),
        "sentence": _sentence(found).in_(language),
        "tried": _tried(found).in_(language) if question.k else "",
        "reasons": [one.in_(language) for one in found.styles.typology.reasons],
        "shade": found.styles.typology.silhouette <= found.styles.typology.spec["least_silhouette"],
        "borne_out": found.borne_out,
        "divided": found.divided,
        "found": found.styles.found,
        "mark": _mark(found, language),
        "divisions": rows.divisions(found, language),
        "open_href": question.with_(k=0, repeats=False).address(language),
        "numbers": drawn["numbers"].figure(),
        "map": drawn["map"].figure(cities),
        "follows": rows.follows(found, language),
        "follows_said": _follows(found, language),
        "repeats": None if again is None else rows.repeats(found, again, language),
        "waiting": None if visit is None else visit.shown(language),
        "repeats_href": question.with_(repeats=True).address(language, "#repeats"),
        "left_out": rows.left_out(found, language),
        "seen": _seen(found).in_(language),
        "visibility": question.not_seen == "visibility",
        "seen_href": question.other(not_seen="leave_out").address(language, "#left-out"),
    }
    if found.divided:
        told |= {
            "profiles": drawn["profiles"].figure(),
            "styles": rows.styles(found, language),
            "between": rows.between(found, language),
        }
    return told


def _heading(found: Answer) -> lc.Text:
    state = "none" if not found.divided else "found" if found.borne_out else "asked"
    return STATE[state].format(k=found.styles.typology.k)


def _mark(found: Answer, language: str) -> str:
    """What stands over everything that shows styles that are not borne out."""
    if not found.divided or found.borne_out:
        return ""
    if found.styles.found:
        return WORDS["only_asked"].in_(language)
    why = found.styles.typology.reasons
    return lc.Text(
        f"Not borne out: {'; '.join(t.en for t in why)}.", f"未获数据支持：{'；'.join(t.zh for t in why)}。"
    ).in_(language)


def _sentence(found: Answer) -> lc.Text:
    """The finding in one sentence."""
    one = found.styles.typology
    n, ks = len(one.cases), one.choices["k"].tolist()
    best = int(one.choices.loc[one.choices["chosen"], "k"].iloc[0])
    p, silhouette = small(one.p_value), f"{one.silhouette:.2f}"
    if not found.divided:
        p_en = f"shuffled columns do as well in {100 * one.p_value:.0f} of 100 tables (p = {p})"
        p_zh = f"而打乱各列后，每100个数据表中有{100 * one.p_value:.0f}个不逊于此（p = {p}）"
        if len(ks) == 1:
            return lc.Text(
                f"The {n} cities do not fall into styles: only a division into {best} could be tried; its mean silhouette is "
                f"{silhouette}, and {p_en}.",
                f"这{n}个城市未呈现类型：仅能试划分为{best}类，其平均轮廓系数为{silhouette}，{p_zh}。",
            )
        return lc.Text(
            f"The {n} cities do not fall into styles: of the {len(ks)} divisions tried (into {ks[0]} to {ks[-1]}) the best, "
            f"into {best}, has a mean silhouette of {silhouette}, and {p_en}.",
            f"这{n}个城市未呈现类型：共试{len(ks)}种划分（{ks[0]}至{ks[-1]}类），其中最好的{best}类划分平均轮廓系数为"
            f"{silhouette}，{p_zh}。",
        )
    if found.borne_out:
        return lc.Text(
            f"The {n} cities fall into {one.k} styles: mean silhouette {silhouette}, p = {p} against shuffled columns, and "
            "every style comes back when cities are drawn anew.",
            f"这{n}个城市可分为{one.k}种类型：平均轮廓系数{silhouette}，与打乱各列的数据表相比p = {p}，重新抽取城市时各类型均能重现。",
        )
    return lc.Text(
        f"Divided into {one.k} as asked, the {n} cities have a mean silhouette of {silhouette}: shown to look at, not as a "
        "finding.",
        f"按要求将{n}个城市划分为{one.k}类，平均轮廓系数为{silhouette}：仅供查看，不是发现。",
    )


def _tried(found: Answer) -> lc.Text:
    """What is found where the number is left open, beside a number that was given."""
    one = found.tried.typology
    ks = one.choices["k"].tolist()
    if one.k > 1:
        return lc.Text(
            f"Where the number is left open, {one.k} styles are found ({len(ks)} numbers tried, p = {small(one.p_value)}). "
            "The p of a number that was given holds only if it was chosen before looking.",
            f"不指定类型数时，得到{one.k}种类型（共试{len(ks)}种类型数，p = {small(one.p_value)}）。指定类型数时的p值仅在事先选定时有效。",
        )
    return lc.Text(
        f"Where the number is left open, no styles are found ({len(ks)} numbers tried, best silhouette "
        f"{one.silhouette:.2f}, p = {small(one.p_value)}).",
        f"不指定类型数时，未发现类型（共试{len(ks)}种类型数，最佳轮廓系数{one.silhouette:.2f}，p = {small(one.p_value)}）。",
    )


def _follows(found: Answer, language: str) -> str:
    k = found.styles.division.k
    names = [found.styles.beside_labels[c] for c in found.styles.follows]
    if not names:
        return lc.Text(
            f"The division into {k} is not seen to go with any of these.",
            f"{k}类划分未见随以下任一因素而变。",
        ).in_(language)
    return lc.Text(
        f"The division into {k} goes with {', '.join(t.en for t in names)}.",
        f"{k}类划分随{'、'.join(t.zh for t in names)}而变。",
    ).in_(language)


def _seen(found: Answer) -> lc.Text:
    """How many were clustered, on what."""
    one = found.styles.typology
    gone = len(one.left_out_cases)
    n, columns = len(one.cases), len(one.columns)
    left = lc.Text(
        f"; {gone} more were left out for too little seen" if gone else "",
        f"，另有{gone}个因所见过少而未纳入" if gone else "",
    )
    shared = lc.Text(
        f"; {one.missing} of {one.cells} cells are empty, and two cities share at least {100 * one.least_common:.0f}% of "
        "the columns" if one.missing else "; no cell is empty",
        f"；{one.cells}个单元格中{one.missing}个为空，任意两个城市至少有{100 * one.least_common:.0f}%的列可比"
        if one.missing else "；没有空单元格",
    )  # fmt: skip
    return lc.Text(
        f"{n} cities were compared on {columns} columns{left.en}{shared.en}.",
        f"共比较{n}个城市、{columns}列{left.zh}{shared.zh}。",
    )


def _frame(found: Answer, language: str) -> Row:
    question = found.question
    one = found.styles.typology
    labels = [found.styles.coded.labels[c] for c in found.styles.coded.columns]
    computed = [
        (
            lc.Text("Method", "方法"),
            lc.Text(
                "Gower's distance of the scores, k-medoids (BUILD and swaps, several starts), mean silhouette; map by "
                "classical scaling of the same distances",
                "以得分计算Gower距离，k-medoids聚类（BUILD与交换，多个起点），平均轮廓系数；图为同一距离的经典多维标度",
            ),
        ),
        (
            lc.Text("Columns", "所用各列"),
            lc.Text(", ".join(t.en for t in labels), "、".join(t.zh for t in labels)),
        ),
        (
            lc.Text("Codes", "编码"),
            lc.Text(lc.label("coder", question.coder, "en"), lc.label("coder", question.coder, "zh")),
        ),
        (
            lc.Text("Limits of structure", "有结构的界限"),
            lc.Text(
                f"silhouette above {one.spec['least_silhouette']:g}, stability {one.spec['least_stability']:g} or more, "
                f"p up to {one.spec['level']:g}",
                f"轮廓系数高于{one.spec['least_silhouette']:g}，稳定性不低于{one.spec['least_stability']:g}，p值不超过{one.spec['level']:g}",
            ),
        ),
        (
            lc.Text("Repetitions; seed", "重复次数；随机种子"),
            lc.Text(
                f"{DRAWS} draws of cities, {SHUFFLES} tables with shuffled columns, {PERMUTATIONS} permutations; {question.seed}",
                f"抽取城市{DRAWS}次，打乱各列的数据表{SHUFFLES}个，置换{PERMUTATIONS}次；{question.seed}",
            ),
        ),
    ]
    return analyses.frame(
        "styles",
        language,
        limits=found.styles.limits(language),
        computed=[(what, how.in_(language)) for what, how in computed],
        **given(question, language),
        everywhere=False,
    )


def given(question: Question, language: str) -> Row:
    """What gives the same on the command line."""
    return asking.given(question, language, spec.lines(question), spec.FILE)


def warm(language: str) -> None:
    """Answer what is asked at first, and draw it."""
    found = asked(Question(), waiting.made)
    if found is not None:
        build(found, language)
