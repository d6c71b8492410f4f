"""Of chapter 2: the awarded cities among the members of the network."""

from __future__ import annotations

from typing import Any

from learningcity.atlas import MEMBERS_TOTAL
from learningcity.core import Text, or_none
from learningcity.explain import AssociationResult, AtlasBackground
from learningcity.report import (
    Between,
    Block,
    Coverage,
    Finding,
    Listing,
    Number,
    P,
    Phrase,
    Section,
    Word,
    join,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text
from learningcity.study.trials import asked_as, background

#: A rank-biserial correlation below this is a narrow gap (0.1 small, 0.3 medium, 0.5 large after Cohen 1988).
NARROW = 0.2


def network(desk: Desk) -> Section:
    """Size and country context of the awarded against the other members that were seen."""
    members = desk.atlas.members
    title = Text("The awarded among the members of the network", "获奖城市与网络其他成员")
    found = background(desk)
    if not len(members) or found is None or found.members is None:
        return Section(
            "award.network", title,
            (limit("These data hold too few members to set awarded cities beside them.", "所用数据中的网络成员过少，无法与获奖城市比较。"),),
        )  # fmt: skip
    blocks: list[Block] = [
        text(
            "{n} members of the network are in the data, of {total} that UNESCO counts. Codes of practices exist for hardly any "
            "city without the award, so nothing is said of what awarded cities do differently. On size and on the context of "
            "their countries they can be set side by side.",
            "数据收录{n}个网络成员，教科文组织公布的总数为{total}个。未获奖城市几乎没有举措编码，因此不讨论获奖城市的做法与其他城市有何不同；"
            "仅就城市规模与所在国家的情况作比较。",
            n=len(members),
            total=MEMBERS_TOTAL,
        ),
        text(
            "How far two groups lie apart is told by the rank-biserial correlation: 0 where a city of the one group is as often above as below "
            "a city of the other, 1 or −1 where it always is. Where several comparisons are made at once, each is held against the false "
            "discovery rate: the share of errors to be expected if it, and all that are clearer, were called findings.",
            "两组之间的差距以秩二列相关表示：为0时，从两组各任取一城，孰高孰低机会均等；为1或−1时，一组总高于或总低于另一组。"
            "同时进行多项比较时，以错误发现率控制误判：若把该项及更明显的各项都当作发现，其中预计有多大比例是错的。",
        ),
    ]
    if found.members.judged:
        blocks.append(_contrasts(desk, found, found.members))
    borne = len(found.members.found)
    blocks.append(
        desk.figure(
            "award.contrast",
            say(
                "Awarded cities and other members: {n} of {k} figures {n:differs|differ} beyond chance", "获奖城市与其他成员：{k}项数据中有{n}项的差异超出偶然",
                n=borne, k=len(found.members.judged),
            ) if borne else say(
                "Awarded cities and other members lie over much the same ranges of size and country context", "获奖城市与其他成员：规模与所在国家情况的分布大体重叠"
            ),
            found, "contrast",
            desk.how(
                "Rank-biserial correlation between being awarded and each figure, permuted by country.",
                "计算是否获奖与各项数据的秩二列相关，并按国家置换检验。", f'{asked_as(desk, "background")}\nlc.chart(found, "contrast")',
                "learningcity explain associate --atlas", seed=True,
            ),
            say("Country figures are context and say nothing of the city.", "国家数据仅为背景，不代表城市自身。"),
        )
    )  # fmt: skip
    blocks.append(
        text(
            "How large the awarded cities are, and what else is known of where they stand, is the next question.",
            "获奖城市规模如何、处于怎样的经济与人口环境，是下一章的问题。",
        )
    )
    return Section("award.network", title, tuple(blocks))


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _contrasts(desk: Desk, found: AtlasBackground, members: AssociationResult) -> Finding:
    """One finding on all figures: in which the awarded differ from other members, and the largest difference."""
    judged = list(members.judged)
    borne = {one.background for one in members.found}
    adjust = members.adjust

    def named(pair: Any) -> Text:
        name = found.labels.get(pair.background, Text(pair.background, pair.background))
        return Text(f"“{_inside(name.en)}”", f"“{name.zh}”")

    def listed(pairs: list[Any]) -> Listing:
        return Listing(tuple(Word(named(one)) for one in pairs), zh="、")

    def gap(pair: Any) -> float:
        return 0.0 if pair.estimate is None else float(pair.estimate)

    widest = max(judged, key=lambda one: abs(gap(one)))
    held: dict[str, Any] = {
        "widest": Word(named(widest)),
        "r": Number(gap(widest), 2),
        "n": int(widest.n),
    }
    yes, no = ([p for p in judged if (p.background in borne) is told] for told in (True, False))
    if not yes:
        claim = say(
            "That awarded cities differ from other members is not borne out, be it in {all}: even the widest gap, in {widest}, is "
            "narrow (rank-biserial correlation {r}, {n} cities)."
            if abs(gap(widest)) < NARROW else
            "That awarded cities differ from other members is not borne out, be it in {all}; the widest gap is that in {widest} "
            "(rank-biserial correlation {r}, {n} cities).",
            "获奖城市与其他成员在{all}上的差异均未获支持；差距最大的{widest}也很小（秩二列相关{r}，{n}个城市）。"
            if abs(gap(widest)) < NARROW else "获奖城市与其他成员在{all}上的差异均未获支持；其中差距最大的是{widest}（秩二列相关{r}，{n}个城市）。",
            all=Listing(tuple(Word(named(one)) for one in judged), en="or", zh="、"), **held,
        )  # fmt: skip
    else:
        claim = join(
            say("Weak: awarded cities differ from other members in {list}.", "证据较弱：获奖城市与其他成员在{list}上有差异。", list=listed(yes)),
            say("In {list} no difference is borne out.", "在{list}上的差异未获支持。", list=listed(no)) if no else None,
            say("The widest gap is that in {widest} (rank-biserial correlation {r}, {n} cities).", "其中差距最大的是{widest}（秩二列相关{r}，{n}个城市）。", **held),
        )  # fmt: skip

    def rate(pair: Any) -> float:
        q = pair.q_bh if adjust == "bh" else pair.q_by
        return 1.0 if q is None else float(q)

    values: dict[str, Any] = {}
    for one in judged:
        key = str(one.background)
        values |= {f"estimate {key}": gap(one), f"q {key}": rate(one), f"n {key}": int(one.n)}
    scarce = min(int(one.n) for one in judged)
    return Finding(
        "award.members", claim, "weak" if yes else "nothing",
        Coverage(scarce, len(desk.atlas.members), Text("members with the scarcest of the figures", "数据最少的一项所覆盖的成员")),
        join(
            _interval(widest, named(widest)),
            say("Least false discovery rate {q} over {k} {k:comparison|comparisons}.", "{k}项比较中错误发现率最小为{q}。", q=P(min(map(rate, judged))), k=len(judged)),
        ),
        desk.how(
            "Rank-biserial correlation between being awarded and each figure over the member list; p by permutation of countries, "
            "false discovery rate by Benjamini and Hochberg.",
            "在成员名单上计算是否获奖与各项数据的秩二列相关；p值由按国家置换得到，错误发现率按Benjamini与Hochberg方法控制。",
            _contrast_code(desk, adjust), "learningcity explain associate --atlas", seed=True,
        ),
        values,
    )  # fmt: skip


def _interval(pair: Any, name: Text) -> Phrase | None:
    """The interval of the widest gap, where it has one."""
    low, high = or_none(getattr(pair, "low", None)), or_none(getattr(pair, "high", None))
    if low is None or high is None:
        return None
    return say(
        "95% interval of the gap in {what}: {i}.", "{what}差距的95%区间为{i}。", what=Word(name), i=Between(float(low), float(high))
    )  # fmt: skip


def _contrast_code(desk: Desk, adjust: str) -> str:
    return (
        f"{asked_as(desk, 'background')}\n"
        "held = {}\n"
        "for one in found.members.judged:\n"
        f'    held |= {{f"estimate {{one.background}}": one.estimate, f"q {{one.background}}": one.q_{adjust}, f"n {{one.background}}": one.n}}\n'
        "held"
    )
