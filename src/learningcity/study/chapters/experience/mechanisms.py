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
from learningcity.study.chapters.experience.told import apart, meaning
from learningcity.study.desk import Desk
from learningcity.study.parts import between_coders, limit, number, share

if TYPE_CHECKING:
    import pandas as pd

#: The counts of this chapter again.
READ_CODE = """held = coded_practices(atlas, "CODER")
read = held["stance"].isin(policy.stances) & held["subject"].isin(policy.subjects) & held["city_id"].isin(awarded)
held = held[read]
"""
SPREAD_CODE = (
    READ_CODE
    + """numbers = {}
for name in MECHANISMS:
    rows = held[(held["mechanism"] == name) | (held["mechanism_2"] == name)]
    numbers |= {f"{name} practices": len(rows), f"{name} cities": rows["city_id"].nunique()}
    numbers |= {f"{name} {level}": (rows["level"] == level).sum() for level in ("own", "higher")}
    numbers |= {f"{name} before": (rows["timing"] == "before").sum()}
numbers"""
)
TOGETHER_CODE = (
    READ_CODE
    + """{"both": held[["mechanism", "mechanism_2"]].notna().all(axis=1).sum(), "practices": len(held)}"""
)
#: Examples of each mechanism.
EXAMPLES = 4
_TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")


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
        "experience.mechanisms", say("Practices by mechanism: whose they are, when they began, how well evidenced", "各类举措的数量、来源层级、起始时间与证据状况"), heads, tuple(rows),
        say(
            "A practice may be carried by two mechanisms. Strong evidence: of scale, permanence or results.", "一项举措可同时归入两个类别。证据充分：有规模、持续性或成效方面的证据。"
        ),
        desk.how("Practices that were done, on learning or education, of the awarded cities.", "获奖城市已实施的、关于学习或教育的举措。", READ_CODE.replace("CODER", desk.study.coder) + "held"),
    )  # fmt: skip


def spread(desk: Desk, held: pd.DataFrame) -> Finding:
    """One finding on all mechanisms: which carries most and least, which comes from above, which came early."""
    n = len(desk.awarded)
    mine = {name: _of(held, name) for name in MECHANISMS}
    cities = {name: int(rows["city_id"].nunique()) for name, rows in mine.items()}
    numbers: dict[str, int] = {}
    for name, rows in mine.items():
        numbers |= {f"{name} practices": len(rows), f"{name} cities": cities[name]}
        numbers |= {f"{name} {level}": int((rows["level"] == level).sum()) for level in ("own", "higher")}
        numbers |= {f"{name} before": int((rows["timing"] == "before").sum())}
    most = max(MECHANISMS, key=lambda m: len(mine[m]))
    least = min(MECHANISMS, key=lambda m: len(mine[m]))
    read = [m for m in MECHANISMS if len(mine[m])]
    above = max(read, key=lambda m: numbers[f"{m} higher"] / len(mine[m]))
    h, all_h = numbers[f"{above} higher"], len(mine[above])
    return Finding(
        "experience.spread",
        join(
            say(
                "Awarded cities work most by {most} ({p} {p:practice|practices} in {c} of {n} cities) and least by {least} ({q} {q:practice|practices} in {d}).",
                "获奖城市用得最多的是{most}（{n}个城市中的{c}个，共{p}项举措），最少的是{least}（{d}个城市，{q}项）。",
                most=desk.condition(most), p=len(mine[most]), c=cities[most], n=n, least=desk.condition(least), q=len(mine[least]), d=cities[least],
            ),
            say(
                "What comes from a higher level most often is {above}: {h} of {all}.", "来自上级比例最高的是{above}：{all}项中有{h}项。",
                above=desk.condition(above), h=h, all=all_h,
            ) if h else say("None of it comes from a higher level.", "没有一项来自上级。"),
        ),
        "described", Coverage(int(held["city_id"].nunique()), n, Text("awarded cities with practices that were read", "有所读举措的获奖城市")),
        _coders_said(desk, cities),
        desk.how(
            "Practices that were done, on learning or education, by the mechanism they are coded with as first or second.", "已实施的、关于学习或教育的举措，按第一或第二类别统计。",
            SPREAD_CODE.replace("CODER", desk.study.coder).replace("MECHANISMS", repr(list(MECHANISMS))),
        ),
        numbers,
    )  # fmt: skip


def _coders_said(desk: Desk, mine: dict[str, int]) -> Phrase:
    """How far the number of cities moves from coder to coder, at most."""
    frames = [desk.counted(coder, any_level=True) for coder in desk.other_coders]
    if not frames:
        return between_coders([], 0)
    counts = {m: [*(int(_of(held, m)["city_id"].nunique()) for held in frames), mine[m]] for m in MECHANISMS}
    widest = max(MECHANISMS, key=lambda m: max(counts[m]) - min(counts[m]))
    low, high = min(counts[widest]), max(counts[widest])
    if low == high:
        return say("Every coder gives the same numbers of cities.", "各编码员得出的城市数相同。")
    return say(
        "Coders differ by {d} {d:city|cities} at most, for {m} (between {a} and {b}).", "编码员之间至多相差{d}个城市，见于{m}（{a}至{b}个）。",
        d=high - low, m=desk.condition(widest), a=low, b=high,
    )  # fmt: skip


def forms_table(desk: Desk, held: pd.DataFrame) -> Table:
    """In which form each mechanism comes: the area it serves, the group it names, the mechanism beside it."""
    heads = (
        Head(Text("Mechanism", "举措类别")), Head(Text("Area of the standard served most", "涉及最多的标准领域")),
        Head(Text("Group named most, beside everybody", "除全体市民外写明最多的人群")), Head(Text("Most often joined with", "最常配合的类别")),
    )  # fmt: skip
    names = {str(one.code): one.name for one in load_standard().areas}
    rows: list[tuple[Cell, ...]] = []
    for name in MECHANISMS:
        mine = _of(held, name)
        if not len(mine):
            continue
        areas, k = _most(mine, "areas")
        groups, j = _most(mine, "groups", ("all",))
        rows.append((
            say("{m}", "{m}", m=desk.condition(name)),
            _counted(tuple(Word(names[a]) for a in areas if a in names), k, len(mine)),
            _counted(tuple(desk.label("group", g) for g in groups), j, len(mine)), _goes_with(desk, mine, name),
        ))  # fmt: skip
    return Table(
        "experience.forms", say("In which form each mechanism comes", "各类举措的主要形式"), heads, tuple(rows),
        say("In brackets: practices, of those read of the mechanism; in the last column, of those with a second mechanism.", "括号内为举措数及该类举措总数；末列为其与有第二类别的举措数之比。"),
        desk.how("Counts of codes among the practices of each mechanism.", "统计各类举措的编码。", READ_CODE.replace("CODER", desk.study.coder) + "held"),
    )  # fmt: skip


def _most(mine: pd.DataFrame, column: str, but: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """The codes named most, where there are no more than two of them, and how often."""
    held = mine[column].dropna().astype(str).str.split(";").explode().str.strip()
    counts = held[~held.isin(but) & (held != "")].value_counts()
    top = int(counts.max()) if len(counts) else 0
    first = sorted(str(one) for one in counts.index[counts == top]) if top > 1 else []
    return (first, top) if len(first) <= 2 else ([], 0)


def _counted(named: tuple[Value, ...], k: int, n: int) -> Phrase | None:
    if not named:
        return None
    each = Word(Text(" each", "各") if len(named) > 1 else Text("", ""))
    return say(
        "{list} ({k} of {n}{each})",
        "{list}（{each}{k}/{n}）",
        list=Listing(named, zh="、"),
        k=k,
        n=n,
        each=each,
    )


def mechanism(desk: Desk, held: pd.DataFrame, name: str, taken: set[str]) -> Section:
    """One mechanism: what it is for, what sets its practices apart, and examples that are not ``taken`` yet."""
    mine = _of(held, name)
    own = mine[mine["level"] == "own"]
    blocks: list[Block] = [Paragraph(meaning(desk, name))]
    told = apart(held, mine)
    if told is not None:
        blocks.append(Paragraph(told))
    examples = _examples(desk, own if len(own) else mine, name, taken)
    if examples:
        blocks.append(Bullets(examples))
    return Section(f"experience.{name}-section", title_of(desk, name), tuple(blocks))


def title_of(desk: Desk, name: str) -> Text:
    """The name of a mechanism as a heading has it."""
    found = desk.condition(name).text
    return Text(found.en[:1].upper() + found.en[1:], found.zh)


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
    return _counted(named, most, len(pairs)) if len(named) <= 2 else None


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
                say("A coder names at most two mechanisms, so that a third one is not seen here.", "编码员至多标注两个类别，第三个在此看不到。"),
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
                say(
                    "Mechanisms that carry a practice together, the most frequent first",
                    "同一举措同时归入的两个类别（由多到少）",
                ),
                heads,
                rows,
                short=8,
            )
        )
    matrix = desk.atlas.practice_matrix(policy=desk.study.codes, coder=desk.study.coder)
    title = Text(
        "Which mechanism serves which area of the standard: number of practices",
        "各类举措服务于标准的哪些领域（举措数）",
    )
    blocks.append(
        desk.figure_each(
            "experience.matrix", say("{t}", "{t}", t=title), matrix.counts, "matrix", {"title": title, "caption": _reading(desk)},
            desk.how("A count of practices by mechanism and area, all coded cities.", "按举措类别与领域统计全部有编码城市的举措。", f'atlas.practice_matrix(policy=policy, coder="{desk.study.coder}").counts'),
        )
    )  # fmt: skip
    blocks.append(
        limit(
            "Mechanisms and areas are read off the same practices by one protocol; part of what the matrix shows is the protocol itself.", "举措类别与领域依同一规程判定于同一批举措，矩阵所示的部分规律可能源于规程本身。",
        )
    )  # fmt: skip
    return Section(
        "experience.together-section", Text("Mechanisms together", "各类举措如何配合"), tuple(blocks)
    )
