"""What is seen in comparable cities and not in the target, and practices worth learning from."""

from __future__ import annotations

from typing import Any

from learningcity.core import Text, or_none
from learningcity.plan import KIND_WORDS, STATUSES, LessonsResult, code_label, surprises
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Head,
    Link,
    Listing,
    Number,
    P,
    Phrase,
    Section,
    Share,
    Table,
    Word,
    Year,
    say,
)
from learningcity.standards import label
from learningcity.study.chapters.lessons.peers import code_of, command_of
from learningcity.study.chapters.lessons.words import cell
from learningcity.study.desk import Desk
from learningcity.study.parts import text


def gap_section(desk: Desk, found: LessonsResult) -> Section:
    """The gap profile, its picture, and whether chance explains it."""
    title = Text("What comparable cities show and is not seen here", "可比城市已见而本地未见的举措")
    rows = found.profile
    if not (rows["of"] > 0).any():
        return Section(
            "lessons.gaps", title,
            (
                text(
                    "The city did not say what it has, so that no gap can be told; what its peers show stands in the table.",
                    "该城市未说明已具备哪些举措，因而无法判断差距；可比城市所见列于表中。",
                ),
                _profile_table(desk, found),
            ),
        )  # fmt: skip
    blocks: list[Block] = [
        text(
            "For each mechanism, theme, area, problem and group we count how many of the comparable and of all awarded cities "
            "show it in a practice that counts, and how the target stands. A gap is a statement on the evidence read: "
            "seen there, not seen here.",
            "对每一类举措、特征、领域、问题和人群，分别统计可比城市和全部获奖城市中有多少见到计入的举措，并与对象城市对照。"
            "所谓差距，只是就所读资料而言：可比城市已见，本地未见。",
        ),
        _most(desk, found),
    ]
    if found.cities:
        blocks.append(_chance(desk, found))
    blocks.append(
        desk.figure(
            "lessons.gap-figure", say("{name} beside its peers and all awarded cities: share of cities in which each is seen", "{name}与可比城市、全部获奖城市对照：各项可见的城市比例", name=Word(found.name)),
            found, "gaps", _how(desk, found, "Shares of cities with at least one practice that counts.", "至少有一项计入举措的城市所占比例。", PROFILE_CODE),
        )
    )  # fmt: skip
    near = rows[rows["near_constant"] & rows["kind"].isin(("mechanism", "theme"))]
    if len(near):
        blocks.append(
            text(
                "{what} {n:is|are} seen in nearly every awarded city and {n:tells|tell} cities hardly apart; not to see {n:it|them} says more "
                "of the reading than of the city.",
                "{what}在获奖城市中几乎都能见到，难以区分城市；未见到，更多反映阅读范围而非城市本身。",
                what=Listing(tuple(Word(_capital(r) if i == 0 else Text(r["label_en"], r["label_zh"])) for i, r in enumerate(near.to_dict("records")))),
                n=len(near),
            )
        )  # fmt: skip
    blocks.append(_profile_table(desk, found))
    return Section("lessons.gaps", title, tuple(blocks))


def _capital(row: Any) -> Text:
    return Text(row["label_en"][:1].upper() + row["label_en"][1:], row["label_zh"])


#: From lessons to the numbers of a finding.
MOST_CODE = """rows = found.profile
rows = rows[rows["kind"].isin(["mechanism", "theme"]) & (rows["gap_in"] > 0) & ~rows["near_constant"]]
rows = rows.assign(share=-rows["peers"] / rows["peers_of"])
row = rows.sort_values(["open", "share"], ascending=[False, True], kind="stable").iloc[0]
{name: row[name] for name in ("code", "open", "of", "awarded")}"""
NONE_CODE = """rows = found.profile
rows = rows[rows["kind"].isin(["mechanism", "theme"]) & (rows["gap_in"] > 0) & ~rows["near_constant"]]
{"open": len(rows)}"""
BEST_CODE = """rows = found.practices
rows = rows[rows.groupby("city_id").cumcount() < 2].head(12)
before = (rows["timing"] == "before").sum()
{"practice": rows.iloc[0]["practice_id"], "score": rows.iloc[0]["score"], "abroad": (~rows["home"]).sum(), "before": before}"""
PROFILE_CODE = "found.profile"
LEARN_CODE = "found.practices"


def _how(desk: Desk, found: LessonsResult, en: str, zh: str, body: str) -> Any:
    return desk.how(
        en, zh, code_of(desk, found, body), command_of(found, "lessons"), seed=True, coder=found.coder
    )


def _most(desk: Desk, found: LessonsResult) -> Finding:
    """The mechanism or theme that is open in most cities of the target though peers show it."""
    rows = found.profile[found.profile["kind"].isin(("mechanism", "theme"))]
    open_ = rows[(rows["gap_in"] > 0) & ~rows["near_constant"]].assign(
        _wide=lambda f: -(f["peers"] / f["peers_of"].where(f["peers_of"] > 0))
    )
    of = int(rows["of"].max())
    what = Text("cities of the target that were compared", "参与比较的对象城市")
    how = _how(
        desk,
        found,
        "A count over the gap profiles of its cities.",
        "对各城市差距概览计数。",
        NONE_CODE if open_.empty else MOST_CODE,
    )
    if open_.empty:
        return Finding(
            "lessons.most-open",
            say(
                "Every mechanism and theme that tells cities apart and is seen in a peer is seen here, too.",
                "凡能区分城市且见于可比城市的举措类别与特征，本地均已见到。",
            ),
            "described", Coverage(of, of, what),
            say("This rests on coder {c}.", "依据编码员{c}。", c=Word(Text(found.coder, found.coder))), how, {"open": 0},
        )  # fmt: skip
    row = open_.sort_values(["open", "_wide"], ascending=[False, True], kind="stable").iloc[0]
    others = [c for c in desk.coders if c != found.coder]
    seen = {
        c: sum(
            int(or_none(p.set_index(["kind", "code"]).at[(row["kind"], row["code"]), f"here_{c}"]) == 0)
            for p in (one.profile for one in found.gaps.values())
        )
        for c in others
    }
    word = Word(_capital(row))
    if found.kind == "country":
        claim = say(
            "{what} is what most cities of {name} leave open: not seen in {open} of {of}, while it was seen in {share} of "
            "their peers and in {awarded} of {awarded_of} awarded cities elsewhere.",
            "“{what}”是{name}城市中最常未见的一项：{of}个城市中{open}个未见，而其可比城市中{share}已见，其他获奖城市{awarded_of}个中{awarded}个已见。",
            what=word, name=Word(found.name), open=int(row["open"]), of=int(row["of"]), share=Share(float(row["peers"] / row["peers_of"])),
            awarded=int(row["awarded"]), awarded_of=int(row["awarded_of"]),
        )  # fmt: skip
    elif found.kind == "own":
        claim = say(
            "{what} was seen in {peers} of {peers_of} comparable cities and in {awarded} of {awarded_of} awarded cities, and is not named by {name}.",
            "{peers_of}个可比城市中{peers}个、{awarded_of}个获奖城市中{awarded}个见到“{what}”，{name}未提及。",
            what=word, name=Word(found.name), peers=int(row["peers"]), peers_of=int(row["peers_of"]),
            awarded=int(row["awarded"]), awarded_of=int(row["awarded_of"]),
        )  # fmt: skip
    else:
        claim = say(
            "{what} was seen in {peers} of {peers_of} comparable cities and in {awarded} of {awarded_of} awarded cities, and not in {name}.",
            "{peers_of}个可比城市中{peers}个、{awarded_of}个获奖城市中{awarded}个见到“{what}”，{name}则未见。",
            what=word, name=Word(found.name), peers=int(row["peers"]), peers_of=int(row["peers_of"]),
            awarded=int(row["awarded"]), awarded_of=int(row["awarded_of"]),
        )  # fmt: skip
    who = Listing(tuple(Word(Text(f"coder {c}", f"编码员{c}")) for c in others))
    if not others or not found.cities:
        uncertain = say(
            "One coder's reading, or the city's own word.", "依据一名编码员的判读，或该城市的自述。"
        )
    elif found.kind == "country":
        uncertain = say(
            "By the codes of {who} it is not seen in {n}.", "依据{who}的编码，未见的为{n}个。",
            who=who, n=Listing(tuple(Number(v) for v in seen.values())),
        )  # fmt: skip
    elif all(seen.values()):
        uncertain = say(
            "By the codes of {who} it is not seen, either.", "依据{who}的编码，同样未见。", who=who
        )
    else:
        uncertain = say(
            "The coders do not agree: {who} reads otherwise.",
            "编码员判读不一：{who}的判读与此不同。",
            who=who,
        )
    return Finding(
        "lessons.most-open", claim, "described", Coverage(int(row["of"]), of, what), uncertain, how,
        {"code": str(row["code"]), "open": int(row["open"]), "of": int(row["of"]), "awarded": int(row["awarded"])},
    )  # fmt: skip


def chance_tests(desk: Desk, found: LessonsResult) -> tuple[Any, Any]:
    """All tests of what was not seen against chance, and those that pass on the codes of every coder."""

    def make() -> tuple[Any, Any]:
        tests = surprises(desk.atlas, found.cities, desk.study.codes)
        columns = [f"q_{c}" for c in desk.coders]
        return tests, tests[(tests[columns] < desk.study.methods.level).all(axis=1)]

    return desk.once("lessons by chance", make)


def _chance_code(desk: Desk, found: LessonsResult) -> str:
    p, q = ([f"{letter}_{c}" for c in desk.coders] for letter in "pq")
    return (
        "from learningcity.plan import surprises\n"
        f"tests = surprises(atlas, {list(found.cities)!r}, policy)\n"
        f"passed = (tests[{q!r}] < {desk.study.methods.level!r}).all(axis=1)\n"
        f'{{"tests": len(tests), "passed": int(passed.sum()), "least_p": tests[{p!r}].max(axis=1).min()}}'
    )


def _chance(desk: Desk, found: LessonsResult) -> Finding:
    """Whether so few practices would leave the codes open by chance alone."""
    tests, passed = chance_tests(desk, found)
    level = desk.study.methods.level
    columns = [f"q_{c}" for c in desk.coders]
    least = float(tests[[c.replace("q_", "p_") for c in columns]].max(axis=1).min()) if len(tests) else 1.0
    n, m = len(tests), len(passed)
    if m:
        named = tuple(
            Word(Text(f"{r['label_en']} ({_said(desk, r['city_id']).en})", f"{r['label_zh']}（{_said(desk, r['city_id']).zh}）"))
            for r in passed.head(6).to_dict("records")
        )  # fmt: skip
        claim = say(
            "{m} of {n} {m:code|codes} not seen {m:is|are} hard to put down to chance, a weak sign: {named}.",
            "{n}项检验中，{m}项未见难以归于偶然，但证据较弱：{named}。",
            m=m, n=n, named=Listing(named),
        )  # fmt: skip
    else:
        claim = say(
            "That anything was not seen here can be put down to chance: with so few practices read, none of {n} tests says otherwise.",
            "本地未见的各项均可归于偶然：所读举措有限，{n}项检验无一表明并非如此。",
            n=n,
        )
    return Finding(
        "lessons.chance",
        claim,
        "weak" if m else "nothing",
        Coverage(m, n, Text("tests that pass on every coder's codes", "在各编码员编码下均通过的检验")),
        say(
            "Smallest p {p} before adjustment for {n} tests (false discovery rate {level}); practices of one city are no independent draws, so that p is a rough guide.",
            "对{n}项检验校正前，最小p值为{p}（错误发现率{level}）；同一城市的举措并非独立抽样，p值仅供参考。",
            p=P(least), n=n, level=Share(level),
        ),
        desk.how(
            "The chance that as many practices as were read of a city, drawn from those of awarded cities elsewhere, show a code in none.",
            "从其他获奖城市的举措中抽取与该市所读数量相同的举措，其中均不含某编码的概率。",
            _chance_code(desk, found), level=level,
        ),
        {"tests": n, "passed": m, "least_p": least},
    )  # fmt: skip


def _said(desk: Desk, city: str) -> Text:
    return desk.city(city).text


def _here(found: LessonsResult, row: dict[str, Any]) -> Phrase | None:
    """How a code stands in the target: in how many of its cities it was seen, or the word for one city."""
    if len(found.gaps) > 1:
        return (
            say("{a} of {b}", "{b}个中{a}个", a=int(row["of"] - row["open"]), b=int(row["of"]))
            if row["of"]
            else None
        )
    ((_, one),) = found.gaps.items()
    status = one.profile.set_index(["kind", "code"]).at[(row["kind"], row["code"]), "status"]
    return cell(Word(STATUSES[str(status)]))


def _profile_table(desk: Desk, found: LessonsResult) -> Table:
    rows = found.profile.assign(_at=lambda f: f["near_constant"])
    rows = rows[(rows["gap_in"] > 0) | rows["kind"].isin(("mechanism", "theme"))]
    cells = []
    for r in rows.to_dict("records"):
        here = _here(found, r)
        cells.append(
            (
                cell(Word(KIND_WORDS[r["kind"]])),
                cell(Word(Text(r["label_en"], r["label_zh"]))),
                here,
                cell(Share(r["peers"] / r["peers_of"])) if r["peers_of"] else None,
                say("{a} of {b}", "{b}个中{a}个", a=int(r["awarded"]), b=int(r["awarded_of"])),
                cell(Word(Text("yes", "是") if r["near_constant"] else Text("no", "否"))),
            )
        )
    return Table(
        "lessons.gap-table",
        say("Gap profile of {name}: how many cities show what", "{name}的差距概览：各项在多少城市可见", name=Word(found.name)),
        (
            Head(Text("Kind", "类别")),
            Head(Text("What", "项目")),
            Head(Text("Here", "本地"), len(found.gaps) > 1),
            Head(Text("Share of peers", "可比城市中的比例"), True),
            Head(Text("Awarded cities elsewhere", "其他获奖城市"), True),
            Head(Text("Near-constant", "近乎恒定")),
        ),
        tuple(cells),
        say(
            "Mechanisms and themes stand whole; areas, problems and groups where there is a gap. Codes of coder {c}.",
            "举措类别与特征全部列出；领域、问题与人群仅列有差距者。依据编码员{c}的编码。",
            c=Word(Text(found.coder, found.coder)),
        ),
        _how(desk, found, "Counts of cities by code.", "按编码统计城市数。", PROFILE_CODE),
        short=11,
    )  # fmt: skip


def learn_section(desk: Desk, found: LessonsResult) -> Section | None:
    """Practices ranked by fit and evidence."""
    if found.practices.empty:
        return None
    rows = found.practices[found.practices.groupby("city_id").cumcount() < 2].head(12)
    n, of = len(rows), len(found.practices)
    top = rows.iloc[0]
    abroad, before = int((~rows["home"].astype(bool)).sum()), int((rows["timing"] == "before").sum())
    blocks: list[Block] = [
        text(
            "Of {of} practices of comparable awarded cities those that fit and are well told come first: fit means a city "
            "alike in background, a code that was not seen here, a problem that is answered here, too; evidence means "
            "strength, the source, a date before the award and coders who agree. Neither makes up for the lack of the other. "
            "At most two of one city are shown.",
            "对{of}项来自可比获奖城市的实践举措，按契合度与证据排序：契合度看城市背景是否相近、是否含本地未见的内容、是否回应本地的问题；"
            "证据看强度、来源、是否始于获奖之前以及编码员是否一致。两者不可相互替代。每个城市至多列两项。",
            of=of,
        ),
        Finding(
            "lessons.best-fit",
            say(
                "Best placed by fit and evidence is “{practice}” of {city}; of the {n} shown {abroad} {abroad:comes|come} from another country, and "
                "{before} {before:is|are} known to have begun before the award.",
                "综合契合度与证据，居首的是{city}的{practice}；所列{n}项中，{abroad}项来自他国，{before}项已知始于获奖之前。",
                practice=desk.practice(top["practice_id"]), city=desk.city(top["city_id"]), n=n, abroad=abroad, before=before,
            ),
            "described",
            Coverage(n, of, Text("practices shown, of those ranked", "列出的举措（占参与排序者）")),
            say(
                "When the weights vary by half it stays among the first ten in {stays} of the draws.",
                "各项权重上下浮动一半时，其在{stays}的抽样中仍居前十。",
                stays=Share(float(top["stays"])) if or_none(top["stays"]) is not None else Share(1.0),
            ),
            _how(desk, found, "Geometric mean of two weighted means: fit and evidence.", "契合度与证据两项加权平均的几何平均。", BEST_CODE),
            {"practice": str(top["practice_id"]), "score": float(top["score"]), "abroad": abroad, "before": before},
        ),
        _learn_table(desk, found, rows),
    ]  # fmt: skip
    return Section(
        "lessons.learn", Text("Practices worth learning from", "值得借鉴的实践举措"), tuple(blocks)
    )


def _learn_table(desk: Desk, found: LessonsResult, rows: Any) -> Table:
    return Table(
        "lessons.learn-table",
        say(
            "Practices that fit and are well evidenced, the best placed first",
            "契合度高且证据充分的实践举措（由高到低）",
        ),
        (
            Head(Text("Practice", "实践举措")),
            Head(Text("City", "城市")),
            Head(Text("Since", "起始年份"), True),
            Head(Text("Shows what was not seen", "本地未见的内容")),
            Head(Text("Source", "来源等级")),
            Head(Text("Fit", "契合度"), True),
            Head(Text("Evidence", "证据"), True),
            Head(Text("Stays", "保留率"), True),
        ),
        tuple(_learn_row(desk, r) for r in rows.to_dict("records")),
        say("Fit and evidence run from 0 to 1.", "契合度与证据取值0至1。"),
        _how(desk, found, "See the finding above.", "见上述发现。", LEARN_CODE),
    )


def _learn_row(desk: Desk, r: dict[str, Any]) -> tuple[Phrase | None, ...]:
    pairs = [one.split(":", 1) for one in str(r["fills"]).split(";") if one]
    first = [p for p in pairs if p[0] in ("mechanism", "theme")] or pairs[:2]
    fills = Listing(tuple(Word(code_label(*p)) for p in first)) if first else None
    year, tier = or_none(r["start_year"]), or_none(r["tier"])
    return (
        say(
            "{p}{s}", "{p}{s}", p=Word(desk.practice(r["practice_id"]).text, Link("practice", r["practice_id"])),
            s=desk.sources([r["source_id"]]),
        ),
        cell(desk.city(r["city_id"])),
        cell(None if year is None else Year(int(year))),
        cell(fills),
        cell(None if not tier else Word(Text(label("tier", tier, "en"), label("tier", tier, "zh")))),
        cell(Number(float(r["fit"]), 2)),
        cell(Number(float(r["evidence"]), 2)),
        cell(None if or_none(r["stays"]) is None else Share(float(r["stays"]))),
    )  # fmt: skip
