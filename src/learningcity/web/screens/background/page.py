"""What the screen shows: what was found, the open pair, all pairs, the columns behind them, members as context."""

from __future__ import annotations

from typing import Any

import learningcity as lc
from learningcity.web import asking, content, pictures, waiting
from learningcity.web.content import analyses
from learningcity.web.screens.background import form, pairs, spec, words
from learningcity.web.screens.background.answer import asked, nearest, opened
from learningcity.web.screens.background.query import BackgroundQuery

Row = dict[str, Any]

#: Pairs that stand in the short table; the picture's own table and the files hold all.
MOST_PAIRS = 10

_WORDS = {
    "again": lc.Text("What each test says", "各项检验的结果"),
    "all": lc.Text("All pairs", "全部变量对"),
    "all_note": lc.Text(
        "Each mark opens its pair. Shaded columns are near-constant: nearly all cities share them, or nearly none.",
        "点击标记可查看该对变量。阴影列近乎恒定：几乎所有城市都有，或几乎都没有。",
    ),
    "background": lc.Text("Background", "背景"),
    "care": lc.Text("comparable with care", "须谨慎比较"),
    "characteristic": lc.Text("Characteristic", "特征"),
    "close": lc.Text("Close the pair", "收起"),
    "coder": lc.Text("other pass", "另一遍编码"),
    "colon": lc.Text(": ", "："),
    "column": lc.Text("Column", "变量"),
    "columns": lc.Text("What is known of the background", "背景数据概况"),
    "columns_note": lc.Text(
        "Figures marked country context belong to the country: cities of one country share them, and p shuffles whole countries.",
        "标为“国家背景”的数据属于国家：同一国家的城市取值相同，p值按国家整体置换得出。",
    ),
    "comma": lc.Text(", ", "、"),
    "context_only": lc.Text("Context only", "仅供了解背景"),
    "country_notice": lc.Text(
        "The background of this pair is a figure of the country, as context: it is none of the city's own.",
        "该对变量的背景为国家数据，仅供了解背景，并非城市自身数据。",
    ),
    "effort": lc.Text("Effort beside it", "工作量"),
    "effort_note": lc.Text(
        "Rank correlation of each side with how much was read. Where both go with it, the pair may only show how much was read.",
        "两侧与阅读量的等级相关。若两侧均与之相关，该对变量可能只反映阅读量的多少。",
    ),
    "estimate": lc.Text("Effect size", "效应量"),
    "figure": lc.Text("Figure", "数据"),
    "finding": lc.Text("What was found", "发现"),
    "groups": lc.Text("Groups", "组别"),
    "interval": lc.Text("95 % interval", "95%区间"),
    "kind": lc.Text("Kind", "类别"),
    "judge_all": lc.Text("Judge all pairs", "检验全部变量对"),
    "members": lc.Text("Awarded cities among the members", "成员中的获奖城市"),
    "missing": lc.Text("Cities without a figure, and so not in this pair", "缺少数据、因而未纳入该对的城市"),
    "n": lc.Text("Cities", "城市数"),
    "near": lc.Text("near-constant", "近乎恒定"),
    "nearest": lc.Text("Nearest to a finding", "最接近发现的变量对"),
    "nearest_note": lc.Text(
        "Ordered by p. That the smallest of many p is small says little: q is p adjusted for the number of pairs.",
        "按p值排序。众多p值中最小者较小，并不说明问题：q值是按变量对数校正后的p值。",
    ),
    "none_yet": lc.Text("Nothing stands out", "没有突出的结果"),
    "notes": lc.Text("To bear in mind", "注意"),
    "of_members": lc.Text("members with a figure", "有数据的成员"),
    "open_pair": lc.Text("Open one pair", "查看一对变量"),
    "others": lc.Text("Other members", "其他成员"),
    "awarded": lc.Text("Awarded cities", "获奖城市"),
    "p": lc.Text("p", "p值"),
    "page": lc.Text("On this page", "本页内容"),
    "pair": lc.Text("Pair", "变量对"),
    "partial": lc.Text("Effort taken out", "剔除工作量后"),
    "practices": lc.Text("The practices behind the scores", "得分所依据的实践举措"),
    "q": lc.Text("q", "q值"),
    "question": lc.Text("The question", "提问"),
    "repeated": lc.Text("Without common sources", "剔除共同来源后"),
    "says": lc.Text("It says", "结论"),
    "shared": lc.Text("of the practices behind the score were read in a source that also gave the figure", "的得分依据与背景数据出自同一来源"),
    "space": lc.Text(" ", ""),
    "stop": lc.Text(".", "。"),
    "test": lc.Text("Test", "检验"),
    "unused": lc.Text("Figures that are not used here, with the reason", "此处未使用的数据及原因"),
    "near_note": lc.Text("Near-constant, so that they hardly tell cities apart", "近乎恒定、难以区分城市"),
    "years": lc.Text("Years", "年份"),
}  # fmt: skip

_NARROWED = lc.Text(
    "Only part of the pairs was judged: q counts these {n}. Who chose after looking at all pairs has found nothing.",
    "此处仅检验部分变量对，q值只按这{n}对校正。若先看过全部结果再作选择，不能算作发现。",
)


def _narrowed(query: BackgroundQuery, found: lc.AtlasBackground, language: str) -> Row | None:
    """That fewer pairs were judged than there are, which makes each q smaller, and where all are."""
    if not query.indicators and query.kind == "all":
        return None
    return {
        "said": _NARROWED.in_(language).format(n=len(found.association.judged)),
        "href": query.without("indicators", "kind", "x", "y").address(language),
    }


def question_alone(query: BackgroundQuery, language: str) -> Row:
    """The question alone."""
    return {
        "w": {key: text.in_(language) for key, text in _WORDS.items()},
        "query": query,
        "form": form.build(query, language),
    }


def said(query: BackgroundQuery, reason: lc.Text, language: str) -> str:
    """Why it cannot be asked, with figures by their names."""
    known = content.indicators()
    labels = {name: lc.Text(known[name]["name_en"], known[name]["name_zh"]) for name in query.indicators}
    return analyses.named(reason.in_(language), labels, language)


def drawn(query: BackgroundQuery, found: lc.AtlasBackground, language: str) -> tuple[pictures.Picture, ...]:
    """The pictures of an answer by name: all pairs, the open pair, members."""
    held = [pictures.Picture("matrix", found, "associations", language)]
    one = opened(query, found)
    if one is not None and one.n:
        held.append(pictures.Picture("pair", found, "pair", language, {"x": one.background, "y": one.characteristic}))  # fmt: skip
    if found.members is not None:
        held.append(pictures.Picture("contrast", found, "contrast", language))
    return tuple(held)


def build(query: BackgroundQuery, found: lc.AtlasBackground, language: str) -> Row:
    """Everything on the page.

    Raises
    ------
    InputError
        There is no such pair.
    """
    one = opened(query, found)
    held = {p.name: p for p in drawn(query, found, language)}
    first, columns = nearest(found), _columns(found, language)
    return {
        **question_alone(query, language),
        "frame": _frame(query, found, language),
        "said": _said(found).in_(language),
        "narrowed": _narrowed(query, found, language),
        "findings": [_row(query, found, p, language) for p in found.found],
        "nearest": [_row(query, found, p, language) for p in first[:MOST_PAIRS]],
        "coders": [lc.label("coder", c, language) for c in found.coders],
        "opening": form.opening(query, found, first[0], language),
        "matrix": held["matrix"].figure(_links(query, found, language)),
        "near_constant": [found.labels[c].in_(language) for c in found.near_constant],
        "pair": None if one is None else pairs.build(found, one, language),
        "pair_figure": held["pair"].figure(pairs.links(found, one, language)) if "pair" in held else None,
        "closed": query.with_(x="", y="").address(language, "#pairs"),
        "columns": [c for c in columns if not c["note"]],
        "unused": [c for c in columns if c["note"]],
        "members": _members(found, language) if found.members is not None else None,
        "members_figure": held["contrast"].figure() if "contrast" in held else None,
    }


def _links(query: BackgroundQuery, found: lc.AtlasBackground, language: str) -> dict[str, tuple[str, str]]:
    """Each pair with the address that opens it."""
    return {
        f"{p.background}~{p.characteristic}": (
            query.with_(x=p.background, y=p.characteristic).address(language, "#pair"),
            f"{words.pair(found, p).in_(language)}{_WORDS['colon'].in_(language)}"
            f"{words.effect(p.estimate, p.measure)}",
        )
        for p in found.association.pairs
    }


def _said(found: lc.AtlasBackground) -> lc.Text:
    one, n = found.association, len(found.association.judged)
    if not found.found:
        best = nearest(found)[0]
        name, q = words.pair(found, best), words.equal(words.q(found, best))
        return lc.Text(
            f"Nothing of the background stands out: of {n} pairs in {one.cases} cities none can be told from chance once all "
            f"are counted. Nearest comes {name.en} (q {q}).",
            f"背景中没有突出的结果：{one.cases}个城市的{n}对变量，计入检验总数后，没有一对能与偶然区分。"
            f"最接近的是{name.zh}（q {q}）。",
        )
    held = len(found.held)
    return lc.Text(
        f"{len(found.found)} of {n} pairs in {one.cases} cities stand out against chance once all are counted; {held} of them "
        "again by every coder, without common sources and with effort taken out.",
        f"{one.cases}个城市的{n}对变量，计入检验总数后有{len(found.found)}对超出偶然；其中{held}对在各编码员的编码中、"
        "剔除共同来源及工作量影响后均再次出现。",
    )


def _row(query: BackgroundQuery, found: lc.AtlasBackground, one: Any, language: str) -> Row:
    """A pair in a line."""
    partial, again = one.partial, one.repeated
    lost = found.lost(one) if one.found else ()
    return {
        "name": words.pair(found, one).in_(language),
        "href": query.with_(x=one.background, y=one.characteristic).address(language, "#pair"),
        "near": bool(one.near_constant),
        "n": one.n,
        "estimate": words.effect(one.estimate, one.measure),
        "interval": words.interval(one.low, one.high, one.measure, language),
        "p": words.chance(one.p),
        "q": words.chance(words.q(found, one)),
        "partial": words.effect(partial and partial.estimate, partial and partial.measure),
        "repeated": words.effect(again and again.estimate, again and again.measure),
        "coders": [
            words.effect(o.estimate, o.measure)
            for o in (other.pair(one.background, one.characteristic) for other in found.coders.values())
        ],
        "lost": [t.in_(language) for t in lost],
        "found": one.found,
    }


def _columns(found: lc.AtlasBackground, language: str) -> list[Row]:
    rows = []
    for code, row in found.coverage.iterrows():
        low, high = row["first_year"], row["last_year"]
        same = low == high
        rows.append(
            {
                "label": words.label(found, str(code)).in_(language),
                "kind": words.KINDS[row["kind"]].in_(language),
                "country": row["kind"] == "country",
                "care": row["comparable"] == "with care",
                "n": int(row["cities"]),
                "years": ""
                if low != low
                else f"{low:.0f}"
                if same
                else f"{low:.0f}{words._TO.in_(language)}{high:.0f}",
                "note": "" if row["used"] else row[f"note_{language}"],
            }
        )
    return rows


def _members(found: lc.AtlasBackground, language: str) -> Row:
    """Awarded against other members: what is said, the figures, who is not compared."""
    result = found.members
    if result is None:
        return {}
    counts = found.member_coverage.set_index("column").to_dict("index")
    return {
        "said": list(found.about_members(language)),
        "rows": [
            {
                "name": words.label(found, p.background).in_(language)
                if p.background in found.labels
                else p.background,
                "awarded": f"{counts[p.background]['awarded']} / {counts[p.background]['of_awarded']}",
                "others": f"{counts[p.background]['others']} / {counts[p.background]['of_others']}",
                "estimate": words.effect(p.estimate, p.measure),
                "interval": words.interval(p.low, p.high, p.measure, language),
                "p": words.chance(p.p),
                "q": words.chance(p.q_bh if result.adjust == "bh" else p.q_by),
            }
            for p in result.pairs
        ],
        "claims": [one.in_(language) for one in result.claims],
        "not_members": pairs.cities(found.not_members, language),
    }


def _frame(query: BackgroundQuery, found: lc.AtlasBackground, language: str) -> Row:
    one = found.association
    computed = (
        *_figures(query),
        (
            lc.Text("Method", "方法"),
            lc.Text(
                "Spearman's rank correlation of each background column with each score; regions by Kruskal and Wallis",
                "各背景变量与各得分的斯皮尔曼等级相关；地区用克鲁斯卡尔-沃利斯检验",
            ),
        ),
        (
            lc.Text("Chance", "偶然性检验"),
            lc.Text(
                f"all arrangements where they are few, else {one.permutations:,} random shuffles a pair, seed {one.seed}; figures of "
                f"countries with whole countries shuffled; intervals by Fisher, or {one.draws} draws of the bootstrap",
                f"排列数少时取全部排列，否则每对随机置换{one.permutations:,}次，随机种子{one.seed}；国家数据按国家整体置换；"
                f"区间用费舍尔变换，或自助抽样{one.draws}次",
            ),
        ),
        (
            lc.Text("Many pairs", "多重检验"),
            lc.Text(
                f"{form.OPTIONS['adjust'][one.adjust].en} over {len(one.judged)} judged pairs, q up to {one.level:g}",
                f"{form.OPTIONS['adjust'][one.adjust].zh}，针对{len(one.judged)}对已判断的变量，q值不超过{one.level:g}",
            ),
        ),
        (
            lc.Text("Effort", "工作量"),
            lc.Text(
                "practices and sources read, taken out of the ranks of both sides (Freedman and Lane)",
                "所读实践举措数与来源数，从两侧的秩中剔除（Freedman与Lane）",
            ),
        ),
        (
            lc.Text("Whose codes", "采用的编码"),
            lc.Text(lc.label("coder", query.coder, "en"), lc.label("coder", query.coder, "zh")),
        ),
    )
    return analyses.frame(
        "background",
        language,
        limits=found.limits(language),
        computed=[(what, how.in_(language)) for what, how in computed],
        **given(query, language),
        everywhere=False,
    )


def _figures(query: BackgroundQuery) -> tuple[tuple[lc.Text, lc.Text], ...]:
    """The figures that were chosen, where some were."""
    rows = [content.indicators()[name] for name in query.indicators]
    names = lc.Text(", ".join(r["name_en"] for r in rows), "、".join(r["name_zh"] for r in rows))
    return ((form.LABELS["indicators"], names),) if rows else ()


def given(query: BackgroundQuery, language: str) -> Row:
    """What gives the same on the command line."""
    return asking.given(query, language, spec.lines(query), spec.FILE)


def warm(language: str) -> None:
    """Answer the first question."""
    found = asked(BackgroundQuery(), waiting.made)
    if found is not None:
        build(BackgroundQuery(), found, language)
