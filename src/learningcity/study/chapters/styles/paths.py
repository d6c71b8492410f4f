"""Combinations of mechanisms that go with a theme."""

from __future__ import annotations

from typing import Any

from learningcity.core import InputError, Text
from learningcity.report import (
    Block,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Number,
    P,
    Section,
    Share,
    Table,
    Value,
    Word,
    join,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, number, share, text, words
from learningcity.study.trials import (
    PathTrial,
    level,
    paths,
)

YES, NO = Text("yes", "是"), Text("no", "否")


def combinations(desk: Desk) -> Section:
    """Ask every theme for combinations of mechanisms."""
    tried = paths(desk)
    asked = [one for one in tried if one.cases is not None]
    named = list(dict.fromkeys(c for one in asked if one.cases is not None for c in one.cases.conditions))
    blocks: list[Block] = [
        text(
            "Qualitative comparative analysis looks for combinations of conditions in which an outcome is nearly always seen. As "
            "conditions stand the mechanisms that tell the cities apart ({conditions}), as outcomes the four themes. Consistency says how far the "
            "cities of a combination all show the outcome (1 = all of them), coverage how much of the outcome it accounts for. A combination "
            "counts from a consistency of {cut}, and from a PRI of {pri}: the proportional reduction in inconsistency, which keeps out what goes with the "
            "outcome and with its absence alike.",
            "定性比较分析考察在哪些条件组合下几乎总能见到某一结果。条件取能区分各城市的举措类别（{conditions}），结果为四项特征。一致性表示具备某组合的城市在多大程度上都见到该结果（1为全部），覆盖度表示该组合能说明结果的多大部分。"
            "一致性达到{cut}、且不一致性的比例缩减（PRI）达到{pri}的组合方予计入，后者用以排除同时与结果及其反面相伴的组合。",
            cut=Number(desk.study.methods.inclusion, 2), pri=Number(desk.study.methods.pri, 2),
            conditions=Listing(tuple(desk.condition(c) for c in named)),
        ) if named else text(
            "Qualitative comparative analysis looks for combinations of conditions in which an outcome is nearly always seen.",
            "定性比较分析考察在哪些条件组合下几乎总能见到某一结果。",
        )
    ]  # fmt: skip
    if not asked:
        blocks.append(
            limit(
                "These data carry no such question: too few cities, or nothing varies.",
                "所用数据无从提出这一问题：城市过少，或没有差异。",
            )
        )
        return Section(
            "styles.paths", Text("Combinations that go with a theme", "与特征相伴的条件组合"), tuple(blocks)
        )
    below = [one for one in asked if _highest_of(desk, one) is not None]
    blocks += [_path_finding(desk, one) for one in asked if one not in below]
    if below:
        blocks.append(_below_cut(desk, below))
    if any(one.solution is not None for one in asked):
        blocks.append(_path_table(desk, asked))
    return Section(
        "styles.paths", Text("Combinations that go with a theme", "与特征相伴的条件组合"), tuple(blocks)
    )


def _path_finding(desk: Desk, one: PathTrial) -> Finding:
    cases = one.cases
    data = cases.data if cases is not None else None
    n = 0 if data is None else len(data)
    theme = desk.condition(one.theme)
    named = Word(Text(f"“{theme.text.en}”", f"“{theme.text.zh}”"))
    conditions: tuple[Value, ...] = tuple(
        desk.condition(c) for c in (cases.conditions if cases is not None else ())
    )
    how = desk.how(
        "Conservative solution of the truth table; shuffled outcomes; each path again on evidence that conditions and outcome do "
        "not share, and on every other coder's codes.",
        "真值表的保守解；结果随机置换；并在条件与结果互不共有的证据上、以及各编码员的编码上逐条复核。",
        _code(desk, one),
        f"learningcity explain minimise --atlas --outcome {one.theme}", seed=True, level=level(desk),
    )  # fmt: skip
    coverage = Coverage(n, len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市"))
    if one.solution is None or one.chance is None or one.q is None or cases is None:
        claim = say(
            "No combination of {conditions} goes with {theme} often enough to count.", "{conditions}的任何组合与{theme}相伴都不够一致，无一计入。",
            conditions=Listing(conditions), theme=named,
        )  # fmt: skip
        return Finding(
            f"styles.path-{one.theme}",
            claim,
            "nothing",
            coverage,
            say("{why}", "{why}", why=one.reason or Text("", "")),
            how,
            {"n": n, "paths": 0},
        )
    inclusion, _, covered = one.solution.whole(0)
    at = level(desk)
    terms = tuple(Word(_expression(desk, str(term))) for term in one.solution.models[0])
    held: dict[str, Any] = {
        "theme": named, "k": len(terms), "terms": Listing(terms, en=";", zh="、"),
        "inclusion": Number(float(inclusion), 2), "covered": Share(float(covered)),
    }  # fmt: skip
    if one.strong(at):
        strength = "strong"
        claim = say(
            "{k} {k:combination goes|combinations go} with {theme}: {terms} (consistency {inclusion}, {covered} of it covered).",
            "{k}种组合与{theme}相伴出现：{terms}（一致性{inclusion}，覆盖{covered}）。", **held,
        )  # fmt: skip
    elif one.q <= at:
        strength = "weak"
        claim = say(
            "Weak: {k} {k:combination goes|combinations go} with {theme} ({terms}; consistency {inclusion}, {covered} of it covered), "
            "but not all checks are passed.",
            "证据较弱：{k}种组合与{theme}相伴出现（{terms}；一致性{inclusion}，覆盖{covered}），但未通过全部检验。", **held,
        )  # fmt: skip
    else:
        strength = "nothing"
        claim = say(
            "{k} {k:combination reaches|combinations reach} the cuts for {theme} ({terms}; consistency {inclusion}, {covered} of it "
            "covered), but shuffled outcomes do as well too often: not borne out.",
            "有{k}种组合达到{theme}的阈值（{terms}；一致性{inclusion}，覆盖{covered}），但随机置换的结果也常能达到，未获支持。", **held,
        )  # fmt: skip
    same = sum(one.robust.same) if one.robust is not None else None
    sure = join(
        say("False discovery rate {q} over the themes tried.", "就所试各项特征而言，错误发现率为{q}。", q=P(one.q)),
        say("On evidence not shared: {d}; on the codes of every other coder: {c}.", "在互不共有的证据上成立：{d}；在其他各编码员的编码上成立：{c}。", d=YES if one.disjoint else NO, c=YES if one.coders else NO),
        None if same is None or one.robust is None else say(
            "{same} of {all} changes of cuts, cases and conditions leave the models as they are.", "在{all}种阈值、案例与条件的变动中，{same}种不改变模型。",
            same=same, all=len(one.robust.alternatives),
        ),
    )  # fmt: skip
    return Finding(
        f"styles.path-{one.theme}", claim, strength, coverage, sure, how,
        {"n": n, "paths": len(terms), "inclusion": float(inclusion), "coverage": float(covered), "p": one.chance.p, "q": one.q},
    )  # fmt: skip


def _code(desk: Desk, one: PathTrial) -> str:
    chosen = desk.study.methods
    asked = (
        f'cases = lc.atlas_qca(atlas, "{one.theme}", coder="{desk.study.coder}", policy=policy)\n'
        f"truth = cases.truth_table({chosen.inclusion!r}, pri_cut={chosen.pri!r})\n"
    )
    if one.solution is None:
        return asked + '{"n": len(cases.data), "paths": len(truth.positive)}'
    return (
        f"{asked}found = lc.minimise(truth)\n"
        "chance = lc.permutation_test(\n    cases.data, cases.outcome, cases.conditions,\n"
        f"    inclusion_cut={chosen.inclusion!r}, pri_cut={chosen.pri!r}, permutations={chosen.permutations}, "
        f"level={level(desk)!r}, seed={desk.study.seed},\n)\n"
        "inclusion, _, coverage = found.whole(0)\n"
        '{"n": len(cases.data), "paths": len(found.models[0]), "inclusion": inclusion, "coverage": coverage, "p": chance.p}'
    )


def _highest_of(desk: Desk, one: PathTrial) -> float | None:
    """The highest consistency of a combination, where none reaches the cuts; None otherwise."""
    chosen = desk.study.methods
    if one.solution is not None or one.cases is None:
        return None
    try:
        truth = one.cases.truth_table(chosen.inclusion, pri_cut=chosen.pri)
    except InputError:
        return None
    return None if len(truth.positive) else float(max(truth.inclusion))


def _below_cut(desk: Desk, below: list[PathTrial]) -> Finding:
    """One finding on all themes for which no combination reaches the cuts."""
    chosen = desk.study.methods
    highest = [(desk.condition(one.theme).text, _highest_of(desk, one) or 0.0) for one in below]
    cases = below[0].cases
    named = dict.fromkeys(c for one in below if one.cases is not None for c in one.cases.conditions)
    n = 0 if cases is None else len(cases.data)
    quoted: tuple[Value, ...] = tuple(Word(Text(f"“{t.en}”", f"“{t.zh}”")) for t, _ in highest)
    near: tuple[Value, ...] = tuple(
        Word(Text(f"{v:.2f} for “{t.en}”", f"“{t.zh}”{v:.2f}"))
        for t, v in sorted(highest, key=lambda pair: -pair[1])
    )
    themes = [one.theme for one in below]
    return Finding(
        "styles.path-none",
        say(
            "No combination of {conditions} goes with {themes} often enough to count.", "{conditions}的任何组合与{themes}相伴的一致性均未达到阈值。",
            conditions=Listing(tuple(desk.condition(c) for c in named)), themes=Listing(quoted, en="or", zh="或"),
        ),
        "nothing", Coverage(n, len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市")),
        say(
            "The highest consistency of a combination is {near}; the cut is {cut}.", "各组合的一致性最高为：{near}；阈值为{cut}。",
            near=Listing(near, zh="、"), cut=Number(chosen.inclusion, 2),
        ),
        desk.how(
            "The truth table of each theme; a row counts from the cuts on.", "逐项特征构建真值表；达到阈值的行方予计入。",
            f'tables = [\n    lc.atlas_qca(atlas, theme, coder="{desk.study.coder}", policy=policy).truth_table({chosen.inclusion!r}, pri_cut={chosen.pri!r})\n'
            f'    for theme in {themes!r}\n]\n{{"themes": len(tables), "paths": sum(len(one.positive) for one in tables)}}',
            "learningcity explain minimise --atlas --outcome " + themes[0],
        ),
        {"themes": len(below), "paths": 0},
    )  # fmt: skip


def _path_table(desk: Desk, asked: list[PathTrial]) -> Table:
    heads = (
        Head(Text("Theme", "特征")), Head(Text("Combination", "条件组合")), Head(Text("Cities in it", "城市数"), numeric=True),
        Head(Text("Consistency", "一致性"), numeric=True), Head(Text("Coverage", "覆盖度"), numeric=True),
        Head(Text("Consistency on evidence not shared", "互不共有证据上的一致性"), numeric=True),
        Head(Text("Practices of the theme that the conditions share", "特征举措中与条件共有者所占比例"), numeric=True),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in asked:
        theme = desk.condition(one.theme).text
        if one.solution is None or one.cases is None:
            continue
        for path in one.cases.paths(one.solution, 0).to_dict("records"):
            apart = [v for k, v in path.items() if str(k).endswith("_inclusion") and v == v]
            term = _expression(desk, str(path["term"]))
            rows.append((
                words(theme.en, theme.zh), words(term.en, term.zh),
                number(path["members"]), number(path["inclusion"], 2), number(path["coverage"], 2),
                number(min(apart), 2) if apart else None, share(path["of_outcome"]),
            ))  # fmt: skip
    return Table(
        "styles.path-table", say("Combinations that reach the cuts, and how far they rest on evidence that both sides share", "达到阈值的条件组合，及其依赖双方共有证据的程度"), heads, tuple(rows),
        say(
            "Themes without a combination are left out. Conditions and themes are read off the same practices; the last column says how far.",
            "没有组合达到阈值的特征未列入。条件与特征依同一批举措判定，末列为其共有的程度。",
        ),
    )  # fmt: skip


def _expression(desk: Desk, term: str) -> Text:
    """A term in words: what is seen together, and what is not seen beside it."""
    literals = term.split("*")
    seen = [desk.condition(one).text for one in literals if not one.startswith("~")]
    unseen = [desk.condition(one[1:]).text for one in literals if one.startswith("~")]
    en, zh = " with ".join(t.en for t in seen), "且".join(t.zh for t in seen)
    if not unseen:
        return Text(en, zh)
    lacking = Text(" or ".join(t.en for t in unseen), "、".join(t.zh for t in unseen))
    if not seen:
        return Text(f"no {lacking.en} seen", f"未见{lacking.zh}")
    return Text(f"{en} without {lacking.en} seen", f"{zh}而未见{lacking.zh}")
