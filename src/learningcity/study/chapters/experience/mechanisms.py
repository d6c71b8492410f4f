"""What carries the practices: how often, in which form, whose, when, with examples that lead to their sources."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from learningcity.atlas import MECHANISMS
from learningcity.core import Text, or_none
from learningcity.report import (
    Block,
    Bullets,
    Cell,
    Coverage,
    Finding,
    Head,
    Listing,
    Paragraph,
    Phrase,
    Section,
    Share,
    Table,
    Value,
    Word,
    Year,
    join,
    say,
)
from learningcity.standards import load_standard
from learningcity.study.desk import Desk
from learningcity.study.parts import between_coders, limit, number, share, text

if TYPE_CHECKING:
    import pandas as pd

#: The counts of this chapter again.
READ_CODE = """held = coded_practices(atlas, "CODER")
read = held["stance"].isin(policy.stances) & held["subject"].isin(policy.subjects) & held["city_id"].isin(awarded)
held = held[read]
"""
MECHANISM_CODE = (
    READ_CODE
    + """held = held[(held["mechanism"] == "NAME") | (held["mechanism_2"] == "NAME")]
{
    "practices": len(held), "cities": held["city_id"].nunique(),
    "own": (held["level"] == "own").sum(), "higher": (held["level"] == "higher").sum(),
    "before": (held["timing"] == "before").sum(),
}"""
)
TOGETHER_CODE = (
    READ_CODE
    + """{"both": held[["mechanism", "mechanism_2"]].notna().all(axis=1).sum(), "practices": len(held)}"""
)
#: Examples of each mechanism.
EXAMPLES = 4
_TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")
#: What a mechanism means here, in a sentence.
MEANING = {
    "policy": Text(
        "Plans, strategies and decisions that put learning on the city's agenda.",
        "把学习列入城市议程的规划、战略与决定。",
    ),
    "law": Text("Statutes and ordinances that bind.", "具有约束力的法规与条例。"),
    "organization": Text(
        "Offices, committees and partnerships that somebody answers for.",
        "有人负责的机构、委员会与伙伴关系。",
    ),
    "funding": Text("Money and how it is raised, shared and spent.", "经费及其筹措、分担与使用。"),
    "resources": Text("Places, staff, courses and platforms.", "场所、队伍、课程与平台。"),
    "participation": Text(
        "Ways in which people take part, from festivals to neighbourhoods.",
        "从学习节到街区，人们参与的各种方式。",
    ),
    "monitoring": Text("Counting, surveying, evaluating and reporting.", "统计、调查、评估与报告。"),
}


def read_codes(desk: Desk) -> pd.DataFrame:
    """The coded practices of awarded cities by the coder of the study, done and on learning or education, of any level."""
    return desk.counted(any_level=True)


def _of(held: pd.DataFrame, name: str) -> pd.DataFrame:
    return held[(held["mechanism"] == name) | (held["mechanism_2"] == name)]


def summary_table(desk: Desk, held: pd.DataFrame) -> Table:
    """All mechanisms side by side."""
    heads = (
        Head(Text("Mechanism", "举措类别")), Head(Text("Practices", "举措数"), numeric=True), Head(Text("Cities", "城市数"), numeric=True),
        Head(Text("The city's own", "城市自身"), numeric=True), Head(Text("Higher level", "上级"), numeric=True), Head(Text("From outside", "外部"), numeric=True),
        Head(Text("Before the award", "获奖前"), numeric=True), Head(Text("After", "获奖后"), numeric=True), Head(Text("Undated", "未注年份"), numeric=True),
        Head(Text("With strong evidence", "证据充分"), numeric=True),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name in MECHANISMS:
        mine = _of(held, name)
        rows.append((
            say("{m}", "{m}", m=desk.condition(name)), number(len(mine)), number(mine["city_id"].nunique()),
            *(number(int((mine["level"] == level).sum())) for level in ("own", "higher", "external")),
            *(number(int((mine["timing"] == when).sum())) for when in ("before", "after", "undated")),
            share((mine["strength"] == 3).mean()) if len(mine) else None,
        ))  # fmt: skip
    return Table(
        "experience.mechanisms", say("Practices by mechanism", "举措数量（按举措类别）"), heads, tuple(rows),
        say(
            "A practice may be carried by two mechanisms. Strong evidence: of scale, permanence or results.", "一项举措可同时归入两个类别。证据充分：有规模、持续性或成效方面的证据。"
        ),
        desk.how("Practices that were done, on learning or education, of the awarded cities.", "获奖城市已实施的、关于学习或教育的举措。", READ_CODE.replace("CODER", desk.study.coder) + "held"),
    )  # fmt: skip


def mechanism(desk: Desk, held: pd.DataFrame, name: str, taken: set[str]) -> Section:
    """One mechanism: how often, whose, when, and examples that are not ``taken`` yet."""
    mine = _of(held, name)
    n, cities = len(desk.awarded), int(mine["city_id"].nunique())
    own = mine[mine["level"] == "own"]
    higher, before = int((mine["level"] == "higher").sum()), int((mine["timing"] == "before").sum())
    meaning = MEANING.get(name, desk.condition(name).text)
    blocks: list[Block] = [
        text("{m}", "{m}", m=meaning),
        Finding(
            f"experience.{name}",
            say(
                "{what} is seen in {c} of {n} awarded cities, in {p} {p:practice|practices}; {own} {own:is|are} the city's own, {higher} "
                "{higher:comes|come} from a higher level; by the years given {before} {before:was|were} begun before the award.",
                "{what}类举措见于{n}个获奖城市中的{c}个，共{p}项；其中{own}项为城市自身所为，{higher}项来自上级；就注明的年份看，{before}项始于获奖之前。",
                what=Word(_title(desk, name)), p=len(mine), c=cities, n=n, own=len(own), higher=higher, before=before,
            ),
            "described", Coverage(cities, n, Text("awarded cities where it was seen", "见到此类举措的获奖城市")), _others(desk, name, cities),
            desk.how("Practices coded with this mechanism as the first or second.", "以该类别为第一或第二类别编码的举措。", MECHANISM_CODE.replace("CODER", desk.study.coder).replace("NAME", name)),
            {"practices": len(mine), "cities": cities, "own": len(own), "higher": higher, "before": before},
        ),
    ]  # fmt: skip
    forms = _forms(mine, desk)
    if forms is not None:
        blocks.append(Paragraph(forms))
    examples = _examples(desk, own if len(own) else mine, name, taken)
    if examples:
        blocks.append(text("Examples, the best evidenced first:", "举例如下，证据充分者在前："))
        blocks.append(Bullets(examples))
    goes = _goes_with(desk, mine, name)
    if goes is not None:
        blocks.append(Paragraph(goes))
    return Section(f"experience.{name}-section", _title(desk, name), tuple(blocks))


def _title(desk: Desk, name: str) -> Text:
    found = desk.condition(name).text
    return Text(found.en[:1].upper() + found.en[1:], found.zh)


def _others(desk: Desk, name: str, mine: int) -> Phrase:
    frames = (desk.counted(coder, any_level=True) for coder in desk.other_coders)
    return between_coders((int(_of(held, name)["city_id"].nunique()) for held in frames), mine)


def _examples(desk: Desk, mine: pd.DataFrame, name: str, taken: set[str]) -> tuple[Phrase, ...]:
    """The practices with the strongest evidence, one a city: first mechanism, strength, tier of the source, before the award."""
    tier = desk.once(
        "tiers",
        lambda: {
            s: str(t)
            for s, t in zip(desk.atlas.sources["source_id"], desk.atlas.sources["tier"], strict=True)
        },
    )
    rows = desk.once("practice rows", lambda: desk.atlas.practices.set_index("practice_id"))

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        of_tier = tier.get(str(row["source_id"]), "doubtful")
        strength = or_none(row["strength"])
        return (
            row["mechanism"] != name,
            -(int(strength) if strength is not None else 0), _TIERS.index(of_tier) if of_tier in _TIERS else len(_TIERS),
            row["timing"] != "before", str(row["practice_id"]),
        )  # fmt: skip

    chosen: list[dict[str, Any]] = []
    for row in sorted(mine.to_dict("records"), key=place):
        if (
            str(row["practice_id"]) in taken
            or tier.get(str(row["source_id"])) == "doubtful"
            or row["city_id"] in {c["city_id"] for c in chosen}
        ):
            continue
        chosen.append(row)
        if len(chosen) == EXAMPLES:
            break
    taken.update(str(row["practice_id"]) for row in chosen)
    return tuple(_example(desk, row, rows.loc[str(row["practice_id"])]) for row in chosen)


def _example(desk: Desk, row: dict[str, Any], practice: Any) -> Phrase:
    summary = Word(
        Text(
            _sentence(practice["summary_en"], practice["summary_zh"], "."),
            _sentence(practice["summary_zh"], practice["summary_en"], "。"),
        )
    )
    held: dict[str, Any] = {
        "city": desk.city(str(row["city_id"])), "what": desk.practice(str(row["practice_id"])), "told": summary,
        "marks": desk.sources([row["source_id"]]),
    }  # fmt: skip
    year = or_none(row["start_year"])
    if year is None:
        return say("{city}: {what}. {told}{marks}", "{city}：{what}。{told}{marks}", **held)
    return say(
        "{city}, {year}: {what}. {told}{marks}",
        "{city}（{year}年）：{what}。{told}{marks}",
        year=Year(int(year)),
        **held,
    )


def _sentence(first: Any, second: Any, stop: str) -> str:
    found = str(or_none(first) or or_none(second) or "").strip()
    return found if not found or found[-1] in ".。!?！？…" else found + stop


def _forms(mine: pd.DataFrame, desk: Desk) -> Phrase | None:
    """In which form: the areas of the standard that its practices serve most, and the groups that they name most."""

    def most(column: str, but: tuple[str, ...] = ()) -> tuple[list[str], int]:
        held = mine[column].dropna().astype(str).str.split(";").explode().str.strip()
        counts = held[~held.isin(but) & (held != "")].value_counts()
        top = int(counts.max()) if len(counts) else 0
        return sorted(str(one) for one in counts.index[counts == top]) if top > 1 else [], top

    names = desk.once("names of areas", lambda: {str(one.code): one.name for one in load_standard().areas})
    areas, served = most("areas")
    groups, named = most("groups", ("all",))
    if not areas or len(areas) > 2 or not set(areas) <= names.keys():
        return None
    held = say(
        "These practices serve {areas} most of all ({k} of {n}).", "这些举措涉及最多的领域是{areas}（{n}项中的{k}项）。",
        areas=Listing(tuple(Word(Text(f"“{names[a].en}”", f"“{names[a].zh}”")) for a in areas)), k=served, n=len(mine),
    )  # fmt: skip
    if not groups or len(groups) > 2:
        return held
    return join(
        held,
        say(
            "Apart from everybody, they are most often for {groups} ({k} {k:practice|practices} each)." if len(groups) > 1 else "Apart from everybody, they are most often for {groups} ({k} {k:practice|practices}).", "除面向全体市民者外，写明最多的人群是{groups}（各{k}项）。" if len(groups) > 1 else "除面向全体市民者外，写明最多的人群是{groups}（{k}项）。",
            groups=Listing(tuple(desk.label("group", g) for g in groups)), k=named,
        ),
    )  # fmt: skip


def _goes_with(desk: Desk, mine: pd.DataFrame, name: str) -> Phrase | None:
    """Which mechanism is coded beside it most often."""
    pairs = [
        str(other) for one, other in zip(mine["mechanism"], mine["mechanism_2"], strict=True)
        for one, other in (((one, other),) if one == name else ((other, one),)) if or_none(other) is not None
    ]  # fmt: skip
    if not pairs:
        return None
    counts = {other: pairs.count(other) for other in set(pairs)}
    most = max(counts.values())
    named: tuple[Value, ...] = tuple(desk.condition(o) for o in sorted(counts) if counts[o] == most)
    return say(
        "Where a second mechanism carries the same practice, it is most often {other} ({k} of {n}).", "同一举措另归入第二类别时，最常见的是{other}（{n}项中的{k}项）。",
        other=Listing(named), k=most, n=len(pairs),
    )  # fmt: skip


def _reading(desk: Desk) -> Text:
    """How the codes of the matrix came about, as far as that is known."""
    if desk.shipped:
        return Text(
            "Codes of machine-assisted passes by one protocol; no human expert has coded yet. An empty cell: none seen.",
            "编码由机器辅助按同一规程读出，尚无专家人工编码。空格表示未见公开资料。",
        )
    return Text("An empty cell: none seen.", "空格表示未见公开资料。")


def together(desk: Desk, held: pd.DataFrame) -> Section:
    """Which mechanisms carry practices together, and what they speak of."""
    counted = {
        (a, b): int((((held["mechanism"] == a) & (held["mechanism_2"] == b)) | ((held["mechanism"] == b) & (held["mechanism_2"] == a))).sum())
        for a, b in combinations(MECHANISMS, 2)
    }  # fmt: skip
    total = sum(counted.values())
    top = sorted((p for p in counted if counted[p]), key=lambda p: (-counted[p], p))
    blocks: list[Block] = []
    if top:
        a, b = top[0]
        blocks.append(
            Finding(
                "experience.together",
                say(
                    "{share} of the practices are carried by two mechanisms; most often by {a} and {b} ({k} {k:practice|practices}).", "{share}的举措归入两个类别，最常见的是{a}与{b}（{k}项）。",
                    share=Share(total / len(held)), a=desk.condition(a), b=desk.condition(b), k=counted[a, b],
                ),
                "described", Coverage(len(held), len(held), Text("practices of awarded cities", "获奖城市的举措")),
                say("A coder names at most two mechanisms, so that a third one is not seen here.", "编码者至多标注两个类别，第三个在此看不到。"),
                desk.how("Pairs of first and second mechanism.", "第一与第二类别的配对。", TOGETHER_CODE.replace("CODER", desk.study.coder)),
                {"both": total, "practices": len(held)},
            )
        )  # fmt: skip
        heads = (Head(Text("Mechanisms", "举措类别")), Head(Text("Practices", "举措数"), numeric=True))
        rows = tuple(
            (
                say("{a} with {b}", "{a}与{b}", a=desk.condition(one), b=desk.condition(two)),
                number(counted[one, two]),
            )
            for one, two in top
        )
        blocks.append(
            Table(
                "experience.pairs",
                say("Mechanisms that carry a practice together", "同时归入的两个类别"),
                heads,
                rows,
                short=8,
            )
        )
    matrix = desk.atlas.practice_matrix(policy=desk.study.codes, coder=desk.study.coder)
    title = Text("Practices by mechanism and area of the standard", "举措分布：举措类别与标准领域")
    blocks.append(
        desk.figure_each(
            "experience.matrix", say("{t}", "{t}", t=title), matrix.counts, "matrix", {"title": title, "caption": _reading(desk)},
            desk.how("A count of practices by mechanism and area, all coded cities.", "按举措类别与领域统计全部有编码城市的举措。", f'atlas.practice_matrix(policy=policy, coder="{desk.study.coder}").counts'),
        )
    )  # fmt: skip
    blocks.append(
        limit(
            "Mechanisms and areas are read off the same practices by one protocol; part of what the matrix shows is the protocol itself.", "举措类别与领域由同一规程从同一批举措读出，矩阵所示部分源于规程本身。",
        )
    )  # fmt: skip
    return Section(
        "experience.together-section", Text("What carries what", "各类举措如何配合"), tuple(blocks)
    )
