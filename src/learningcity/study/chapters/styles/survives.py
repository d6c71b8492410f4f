"""What was tried, and what is left of it."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Head,
    Number,
    Section,
    Table,
    Word,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, text, words
from learningcity.study.trials import (
    background,
    blind,
    ceilings,
    level,
    paths,
    shuffles,
    strong_styles,
    styles,
)


def survived(desk: Desk) -> list[dict[str, Any]]:
    """One row a family of trials: family, what, tried, found, strong."""
    rows: list[dict[str, Any]] = []
    of_background = background(desk)
    if of_background is not None:
        rows.append({
            "family": "background", "what": Text("background with characteristics", "背景与特征"), "tried": len(of_background.association.judged),
            "found": len(of_background.found), "strong": len(of_background.held),
        })  # fmt: skip
    found_styles = styles(desk)
    if found_styles is not None:
        rows.append({
            "family": "styles", "what": Text("styles", "类型"), "tried": 1, "found": int(found_styles.found), "strong": int(strong_styles(found_styles)),
        })  # fmt: skip
    asked = [one for one in paths(desk) if one.cases is not None]
    if asked:
        at = level(desk)
        rows.append({
            "family": "paths", "what": Text("combinations with themes", "条件组合与特征"), "tried": len(asked),
            "found": sum(one.q is not None and one.q <= at for one in asked), "strong": sum(one.strong(at) for one in asked),
        })  # fmt: skip
    found_levels = ceilings(desk)
    if found_levels is not None:
        rows.append({
            "family": "levels", "what": Text("necessary levels", "必要条件水平"), "tried": int((found_levels.table()["kind"] == "condition").sum()), "found": len(found_levels.found),
            "strong": len(found_levels.held),
        })  # fmt: skip
    return rows


def survivors(desk: Desk, rows: list[dict[str, Any]]) -> Section:
    """Count what was tried, what went beyond chance, and what passed all checks."""
    title = Text("What survives", "哪些结果经得起检验")
    if not rows:
        return Section(
            "styles.survives",
            title,
            (limit("Nothing could be tried on these data.", "所用数据无法作任何检验。"),),
        )
    heads = (
        Head(Text("Kind of statement", "结果类别")), Head(Text("Tried", "尝试"), numeric=True),
        Head(Text("Beyond chance", "超出偶然"), numeric=True), Head(Text("Passed all checks", "通过全部检验"), numeric=True),
    )  # fmt: skip
    table = Table(
        "styles.survived", say("What was tried, what went beyond chance, and what passed all checks", "各类尝试的数目、超出偶然者与通过全部检验者"), heads,
        tuple((words(r["what"].en, r["what"].zh), number(r["tried"]), number(r["found"]), number(r["strong"])) for r in rows),
    )  # fmt: skip
    tried, found, strong = (sum(r[k] for r in rows) for k in ("tried", "found", "strong"))
    claim = say(
        "Of {tried} statements that were tried {found} went beyond chance and {strong} passed all checks.", "尝试的{tried}项结果中，{found}项超出偶然，{strong}项通过全部检验。",
        tried=tried, found=found, strong=strong,
    ) if found else say(
        "Of {tried} statements that were tried none went beyond chance.", "尝试的{tried}项结果中，没有一项超出偶然。", tried=tried
    )  # fmt: skip
    blocks: list[Block] = [
        table,
        Finding(
            "styles.survivors", claim, "strong" if strong else "weak" if found else "nothing",
            Coverage(len(desk.awarded), len(desk.cases), Text("awarded cities among the cases", "案例中的获奖城市")),
            say(
                "The {k} kinds of statement share a level of {level}; each must hold over everything tried in its kind.",
                "{k}类结果共用{level}的显著水平，每一项须在该类全部尝试中成立。",
                k=len(rows), level=Number(desk.study.methods.level, 2),
            ),
            desk.how("The trials of this chapter and the one on background, counted.", "对本章及背景一章的各项尝试计数。", "", f"learningcity study run {desk.study.name}.toml --chapter styles", seed=True, level=desk.study.methods.level),
            {"tried": tried, "found": found, "strong": strong},
        ),
        text(
            "For a city this is less of a disappointment than it seems. It means that the record of awarded cities does not support "
            "the advice that one certain combination is the way. What it does support are single practices, with their sources, in "
            "cities that are alike in background; the next chapter draws on those.",
            "对城市而言，这并不像看上去那样令人失望：它说明获奖城市的记录并不支持“唯有某种组合才是正途”的说法；"
            "它所能支持的，是背景相近城市中一项项有据可查的举措，下一章即以此为据。",
        ) if not strong else text(
            "What passed is a pattern in the evidence of these cities. It says what goes together, and leaves open why.",
            "通过检验的是这些城市证据中的模式：它说明什么与什么相伴，而不说明为什么。",
        ),
        limit(
            "Mechanisms and themes are read off the same practices, by readers who followed one protocol. Awarded cities alone stand "
            "here, and nothing sets them apart from others. Nothing is causal.",
            "各类举措与特征由编码员依同一规程、就同一批举措判定；此处只有获奖城市，不能说明它们与其他城市有何不同；不作因果推断。",
        ),
    ]  # fmt: skip
    unseen = [r for r in rows if blind(desk, r["family"], r["tried"])]
    blocks += [
        limit(
            "With {n} {n:shuffle|shuffles} one statement alone among {m} on {what} could not be found, however clear it is; the file of "
            "the study may ask for more.",
            "置换{n}次时，“{what}”一类{m}项中的单独一项即使再明显也无法被发现；可在研究文件中增加置换次数。",
            n=shuffles(desk, r["family"]), m=r["tried"], what=Word(r["what"]),
        )
        for r in unseen
    ]  # fmt: skip
    return Section("styles.survives", title, tuple(blocks))
