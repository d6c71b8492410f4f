"""Practices, codes, condition scores and agreement: how cities did it, and how sure that is."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from ninja import Router

import learningcity as lc
from learningcity.web import content
from learningcity.web.api import asked as ask
from learningcity.web.api import tables
from learningcity.web.api.answers import Listing, Record
from learningcity.web.api.columns import LIST, column, shape
from learningcity.web.api.problems import ProblemError, of_error
from learningcity.web.api.resources import resource
from learningcity.web.api.routers.practices import (
    CODES,
    LISTED,
    PRACTICES,
    code_rows,
    codes_of,
    listed_rows,
    practice_rows,
)

router = Router(tags=["evidence"])
Row = dict[str, Any]
CODED = lc.Text(
    "Codes come from two machine-assisted passes; no human expert has coded yet.",
    "编码由机器辅助完成两遍，尚无人类专家编码。",
)
_LINE = r"(0\.[0-9]{0,5}[1-9]|1(\.0)?):[1-9][0-9]?:[1-3]"
RULE = rf"^{_LINE}(,{_LINE}){{0,9}}$"


class CodeFilters(ask.Listed):
    """The filters that speak of codes; all must fit one and the same code."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    coder: list[str] = ask.many("coders", "Coders.", "编码员。")
    mechanism: list[str] = ask.many("mechanisms", "First or second mechanism.", "第一或第二举措类别。")
    theme: list[str] = ask.many("themes", "Visible themes.", "呈现的特征。")
    area: list[str] = ask.many("areas", "Areas of the Key Features.", "主要特征的领域。")
    problem: list[str] = ask.many("problems", "Problem that it meets.", "所应对的问题。")
    group: list[str] = ask.many("groups", "Groups of people.", "人群。")
    subject: list[str] = ask.many("subjects", "Subject.", "主题。")
    level: list[str] = ask.many(
        "levels", "Whose practice: own, higher, external.", "举措层级：own、higher、external。"
    )
    stance: list[str] = ask.many("stances", "Done, planned, critical.", "状态：done、planned、critical。")
    strength: list[str] = ask.many("strengths", "Strength of the evidence, 1 to 3.", "证据强度，1至3。")

    def fits(self, code: Row) -> bool:
        """Whether a code fits every filter."""
        return (
            tables.among(code["city_id"], self.city)
            and tables.among(code["coder"], self.coder)
            and tables.touches([code["mechanism"], code["mechanism_2"]], self.mechanism)
            and tables.touches(code["themes"], self.theme)
            and tables.touches(code["areas"], self.area)
            and tables.touches(code["groups"], self.group)
            and tables.among(code["problem"], self.problem)
            and tables.among(code["subject"], self.subject)
            and tables.among(code["level"], self.level)
            and tables.among(code["stance"], self.stance)
            and tables.among(str(code["strength"]), self.strength)
        )

    @property
    def of_codes(self) -> bool:
        """Whether any filter speaks of codes and not of the city alone."""
        return any(
            getattr(self, name) for name in CodeFilters.model_fields
            if name not in ask.Listed.model_fields and name != "city"
        )  # fmt: skip


class PracticeFilters(CodeFilters):
    """The filters of practices."""

    q: str | None = ask.text("Words of title and summary, in either language; all must occur.",
                             "标题与概述中的词，中英文均可，须全部出现。", 100)  # fmt: skip
    region: list[str] = ask.many("regions", "UNESCO regions.", "教科文组织地区。")
    timing: list[str] = ask.many("timings", "Before or after the first award.", "首次获奖之前或之后。")


@resource(
    router, "/practices",
    title=lc.Text("Practices", "实践举措"),
    note=lc.Text("What cities did. Filters that speak of codes hold where one code of one coder fits all of them; "
                 "a practice that nobody coded fits none.",
                 "各城市的做法。涉及编码的筛选须由同一编码员的同一条编码全部满足；尚未编码的举措不满足任何此类筛选。"),
    asks=PracticeFilters, columns=LISTED,
    examples=("?mechanism=law&coder=A", "?area=4,5&theme=inclusive&region=APA", "?q=library&format=csv"),
)  # fmt: skip
def practices(asked: PracticeFilters, language: str) -> Listing:
    """Practices that fit every filter."""
    codes, region = codes_of(language), {i: c.region for i, c in content.cities().items()}
    of_codes = asked.of_codes
    columns = ("title_en", "title_zh", "summary_en", "summary_zh")
    rows = [
        r for i, r in listed_rows(language).items()
        if tables.among(r["city_id"], asked.city)
        and tables.among(r["timing"], asked.timing)
        and tables.among(region.get(r["city_id"]), asked.region)
        and tables.speaks_of(r, columns, asked.q)
        and (not of_codes or any(asked.fits(c) for c in codes.get(i, [])))
    ]  # fmt: skip
    return Listing(rows, (CODED,))


@resource(
    router, "/practices/{practice_id}",
    title=lc.Text("One practice", "单项实践举措"),
    note=lc.Text("A practice with its source and the codes of every coder.", "一项实践举措及其来源和各编码员的编码。"),
    asks=ask.Asked, record=lambda: shape(PRACTICES), examples=("/practices/wuhan-01",),
)  # fmt: skip
def practice(asked: ask.Asked, language: str, practice_id: str) -> Record:
    """One practice by its id."""
    rows = practice_rows(language)
    if practice_id not in rows:
        raise of_error(lc.UnknownNameError("practice", practice_id[:100], rows), "unknown-name")
    return Record(rows[practice_id], (CODED,))


class CodesFilters(CodeFilters):
    """The filters of codes."""

    practice: list[str] = ask.many("practices", "Practices.", "实践举措。")


@resource(
    router, "/codes",
    title=lc.Text("Codes", "编码"),
    note=lc.Text("One row a practice and coder.", "每项实践举措、每位编码员一行。"),
    asks=CodesFilters, columns=CODES, examples=("?practice=wuhan-01", "?coder=B&mechanism=funding&format=csv"),
)  # fmt: skip
def codes(asked: CodesFilters, language: str) -> Listing:
    """Codes that fit every filter."""
    rows = [
        r for r in code_rows(language) if asked.fits(r) and tables.among(r["practice_id"], asked.practice)
    ]
    return Listing(rows, (CODED,))


SCORES = (
    column("city_id", "string", "City.", "城市。"),
    column("condition", "string", "Mechanism or visible theme.", "举措类别或呈现的特征。"),
    column("kind", "string", "mechanism or theme.", "mechanism（举措类别）或theme（特征）。", known=("mechanism", "theme")),
    column("coder", "string", "Whose codes, or mean.", "编码员，或mean（均值）。"),
    column("score", "number", "Score above 0 up to 1; null = none.", "得分，大于0且不超过1；null为无得分。", nullable=True),
    column("emptiness", "string",
           "Why there is no score: not seen. null where practices speak of it and do not count, or nobody coded the city.",
           "无得分的原因：not seen（未见公开资料）。见到但未计分或尚未编码时为null。", known=("not seen",), nullable=True),
    column("counted", LIST, "Practices that count.", "计分的实践举措。"),
    column("not_counted", LIST, "Practices that speak of it and do not count.", "见到但未计分的实践举措。"),
    column("coded", "integer", "Practices of the city that the coder coded.", "编码员为该市编码的实践举措数。"),
    column("practices_read", "integer", "Practices read of the city.", "该市读取的实践举措数。"),
    column("sources_read", "integer", "Sources read of the city.", "该市读取的来源数。"),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


class ConditionFilters(ask.Listed):
    """Which scores, and the coding policy, named as in the library."""

    city: list[str] = ask.many("cities", "Cities.", "城市。")
    condition: list[str] = ask.many("conditions", "Mechanisms and visible themes.", "举措类别与呈现的特征。")
    coder: str = ask.one("coders-or-mean", "Whose codes; mean = mean of the coders that saw something.",
                         "编码员；mean为有得分各编码员的均值。", "A")  # fmt: skip
    stances: list[str] = ask.many("stances", "Stances that count (done).", "计分的状态（默认done）。")
    levels: list[str] = ask.many("levels", "Levels that count (own).", "计分的层级（默认own）。")
    subjects: list[str] = ask.many(
        "subjects", "Subjects that count (learning, education).", "计分的主题（默认learning、education）。"
    )
    timing: str = ask.one("timings-policy", "all, or before: only what started before the first award.",
                          "all，或before：仅计首次获奖之前开始者。", "all")  # fmt: skip
    second_mechanism: bool = ask.flag("Count the second mechanism, too.", "第二举措类别也计入。", True)
    rule: str | None = ask.text(
        "Lines score:number:strength, the first that holds gives the score; default 1:1:3,1:2:2,0.67:1:2,0.33:1:1.",
        "规则各行为“得分:数量:强度”，取首个满足者；默认1:1:3,1:2:2,0.67:1:2,0.33:1:1。", 200, pattern=RULE,
    )  # fmt: skip

    def policy(self) -> lc.CodingPolicy:
        """The coding policy asked for."""
        given: dict[str, Any] = {
            n: tuple(dict.fromkeys(getattr(self, n)))
            for n in ("stances", "levels", "subjects")
            if getattr(self, n)
        }
        if self.rule:
            lines = [line.split(":") for line in self.rule.split(",")]
            given["rule"] = tuple((float(s), int(n), int(w)) for s, n, w in lines)
        return lc.CodingPolicy(timing=self.timing, second_mechanism=self.second_mechanism, **given)  # type: ignore[arg-type]


@lru_cache(maxsize=32)
def score_rows(policy: lc.CodingPolicy, coder: str, language: str) -> tuple[Row, ...]:
    """Scores of all cities and conditions with the practices behind them."""
    scores = content.atlas().conditions(policy, coder)
    behind, coded = _behind(policy, coder)
    rows = []
    for city_id in scores.index:
        effort = content.effort()[city_id]
        for name in scores.columns:
            score = scores.at[city_id, name]
            counted, aside = behind.get((city_id, name), ((), ()))
            unseen = score != score and not counted and not aside and coded.get(city_id, 0) > 0
            rows.append({
                "city_id": city_id, "condition": name,
                "kind": "mechanism" if name in content.MECHANISMS else "theme", "coder": coder,
                "score": None if score != score else float(score),
                "emptiness": "not seen" if unseen else None,
                "counted": list(counted), "not_counted": list(aside), "coded": coded.get(city_id, 0),
                "practices_read": int(effort["practices"]), "sources_read": int(effort["sources"]),
                "href": tables.city_page(city_id, language, f"condition-{name}"),
            })  # fmt: skip
    return tuple(rows)


def _behind(
    policy: lc.CodingPolicy, coder: str
) -> tuple[dict[Any, tuple[tuple[str, ...], tuple[str, ...]]], dict[str, int]]:
    """By city and condition: practices that count and those that do not; by city: how many are coded."""
    found: dict[Any, tuple[dict[str, None], dict[str, None]]] = {}
    coded: dict[str, set[str]] = {}
    for code in code_rows("en"):
        if code["city_id"] is None or (coder not in ("mean", code["coder"])):
            continue
        coded.setdefault(code["city_id"], set()).add(code["practice_id"])
        why = lc.why_not_counted(
            policy, code["stance"], code["level"], code["subject"], content.timing()[code["practice_id"]]
        )
        themes = ";".join(code["themes"])
        for name in lc.conditions_of(code["mechanism"], code["mechanism_2"], themes, policy.second_mechanism):
            pair = found.setdefault((code["city_id"], name), ({}, {}))
            pair[0 if why is None else 1][code["practice_id"]] = None
    # With two coders a practice may count for one of them; then it counts.
    told = {k: (tuple(yes), tuple(p for p in no if p not in yes)) for k, (yes, no) in found.items()}
    return told, {city: len(ids) for city, ids in coded.items()}


@resource(
    router, "/conditions",
    title=lc.Text("Condition scores", "条件得分"),
    note=lc.Text("Scores computed from the codes by a stated policy, with the practices behind each and how much was read.",
                 "按所述规则由编码计算的得分，附各得分所依据的实践举措和读取的资料量。"),
    asks=ConditionFilters, columns=SCORES,
    examples=("?city=wuhan", "?coder=mean&condition=law,funding", "?timing=before&levels=own,higher&format=csv",
              "?rule=1:2:3,0.5:1:1&limit=11"),
)  # fmt: skip
def conditions(asked: ConditionFilters, language: str) -> Listing:
    """Scores under the policy asked for."""
    try:
        policy = asked.policy()
    except lc.InputError as error:
        raise ProblemError("unreadable-value", error.text, parameter="rule") from error
    rows = [
        r for r in score_rows(policy, asked.coder, language)
        if tables.among(r["city_id"], asked.city) and tables.among(r["condition"], asked.condition)
    ]  # fmt: skip
    return Listing(rows, (CODED,))


AGREEMENT = (
    column("variable", "string", "What was compared.", "比较的变量。"),
    column("label_en", "string", "Its name in English.", "英文名称。"),
    column("label_zh", "string", "Its name in Chinese.", "中文名称。"),
    column("kind", "string", "code, mechanism, theme, area, group, seen or score.", "code、mechanism、theme、area、group、seen或score。"),
    column("level", "string", "Level of measurement.", "测量层次。"),
    column("n", "integer", "Units coded by at least two.", "至少两人编码的单元数。"),
    column("percent", "number", "Share of agreeing pairs, 0 to 1.", "一致比例，0至1。", nullable=True),
    column("kappa", "number", "Cohen's kappa; null where it is not defined.", "Cohen kappa；无法计算时为null。", nullable=True),
    column("alpha", "number", "Krippendorff's alpha; null where it is not defined.", "Krippendorff alpha；无法计算时为null。", nullable=True),
    column("alpha_low", "number", "Lower end of its 95 % interval (bootstrap over cities).", "95%区间下限（按城市自助抽样）。", nullable=True),
    column("alpha_high", "number", "Upper end.", "95%区间上限。", nullable=True),
    column("href", "string", "Page that shows it.", "显示该项的页面。", nullable=True, format_="uri-reference"),
)  # fmt: skip


@cache
def _agreed() -> Any:
    """How far the coders agree, computed once a process."""
    return content.atlas().agreement().table()


class AgreementFilters(ask.Listed):
    """The filter of agreement."""

    kind: list[str] = ask.many("kinds-agreement", "Kinds of variables.", "变量类别。")


@resource(
    router, "/agreement",
    title=lc.Text("Agreement of the passes", "编码一致性"),
    note=lc.Text("How far the coders agree, one row a variable, never pooled. Agreement of two passes of one protocol "
                 "says that the protocol is clear, not that it is right.",
                 "各编码员的一致程度，每个变量一行，不作合并。同一规程的两遍编码一致，只说明规程清楚，不说明编码正确。"),
    asks=AgreementFilters, columns=AGREEMENT, examples=("?kind=seen,score", "?format=csv"),
)  # fmt: skip
def agreement(asked: AgreementFilters, language: str) -> Listing:
    """Agreement, computed once a process with the default draws and seed."""
    rows = [
        {**r, "n": int(r["n"]), "href": f"/{language}/coders"}
        for r in content.rows(_agreed().reset_index()) if tables.among(r["kind"], asked.kind)
    ]  # fmt: skip
    return Listing(rows, (CODED,))
