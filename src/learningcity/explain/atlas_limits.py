"""What may not be claimed from the coded cities, as sentences made from the table at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from learningcity.core import NEAR_CONSTANT, Text, join_texts
from learningcity.explain.qca.configuration_words import NOT_CAUSAL

if TYPE_CHECKING:
    from learningcity.explain.from_atlas import AtlasQca
    from learningcity.explain.from_atlas.coded import Coded

    CodedCases: TypeAlias = AtlasQca | Coded


def limits_of(cases: AtlasQca) -> tuple[Text, ...]:
    """The sentences that belong beside every finding of QCA on these cases."""
    from learningcity.explain.atlas_cases import NOT_SEEN

    found = [who(cases), NOT_SEEN[cases.not_seen], *not_counted(cases), _shared(cases)]
    for variant in cases.disjoint:
        if variant.reason is not None:
            found.append(
                Text(
                    f"On disjoint evidence ({variant.title.en}) nothing can be repeated: {variant.reason.en}.",
                    f"证据互不重叠时（{variant.title.zh}）无法重复分析：{variant.reason.zh}。",
                )
            )
    return (*found, *near_constant(cases), *_effort(cases), coder(cases), timing(cases), NOT_CAUSAL)


def who(cases: CodedCases) -> Text:
    """Which cities the cases are, and that nothing sets awarded and other cities against each other."""
    n, without = len(cases.data), len(cases.unawarded)
    if not without:
        return Text(
            f"The {n} cases are awarded cities only: nothing is said of cities without an award, and nothing sets the "
            "two against each other.",
            f"{n}个案例均为获奖城市：不涉及未获奖城市，也不对两者作任何对比。",
        )
    return Text(
        f"{without} of the {n} cases have no award; nearly all coded cities were awarded, so nothing sets awarded and "
        "other cities against each other.",
        f"{n}个案例中有{without}个未获奖；已编码城市几乎均为获奖城市，因此不对获奖与未获奖城市作任何对比。",
    )


def not_counted(cases: CodedCases) -> list[Text]:
    """Empty cells of which some practice speaks that does not count."""
    n = cases.seen_not_counted
    if not n:
        return []
    return [
        Text(
            f"{n} empty cells are not 'not seen': practices speak of them that do not count under the policy."
            if n > 1
            else "1 empty cell is not 'not seen': practices speak of it that do not count under the policy.",
            f"有{n}个空缺单元格并非“未见”：有实践举措涉及，但按规则不计入。",
        )
    ]


def near_constant(cases: CodedCases) -> list[Text]:
    """Which conditions hardly tell the cases apart."""
    if not cases.near_constant:
        return []
    names = join_texts([cases.labels[c] for c in cases.near_constant], ", ", "、")
    return [
        Text(
            f"Near-constant: at least {100 * NEAR_CONSTANT:.0f} % of the cases lie on one side in {names.en}; "
            "these hardly tell cases apart.",
            f"近乎恒定：{100 * NEAR_CONSTANT:.0f}%以上的案例在{names.zh}上处于同一侧，难以据此区分案例。",
        )
    ]


def coder(cases: CodedCases) -> Text:
    """Whose codes they are."""
    return Text(
        f"The codes are those of coder {cases.coder}, a machine-assisted reading by one protocol; no human expert has "
        "coded yet. The other passes stand apart, and a finding should hold on each.",
        f"编码来自编码员{cases.coder}，系按同一规程进行的机器辅助阅读，尚无专家人工编码。"
        "其他各次编码分别列出，结论应在每次编码下均成立。",
    )


def read(cases: CodedCases) -> Text:
    """How much was read of a city."""
    number = cases.effort["practices"]
    return Text(
        f"Between {int(number.min())} and {int(number.max())} practices were read a city; what was not read cannot be "
        "seen.",
        f"每个城市阅读了{int(number.min())}至{int(number.max())}项实践举措；未阅读的内容无从见到。",
    )


def _shared(cases: AtlasQca) -> Text:
    both = cases.shared_overall
    name = cases.labels[cases.outcome_column]
    part = f" ({100 * both.of_outcome:.0f} %)" if both.outcome else ""
    zh_part = f"（{100 * both.of_outcome:.0f}%）" if both.outcome else ""
    return Text(
        f"Conditions and outcome are read off the same practices: {both.both} of the {both.outcome} practices behind "
        f"{name.en} speak of a condition, too{part}.",
        f"条件与结果由同一批实践举措读出：{name.zh}所依据的{both.outcome}项实践举措中有{both.both}项同时涉及某个条件{zh_part}。",
    )


def _effort(cases: AtlasQca) -> list[Text]:
    """How far what was seen goes with how much was read."""
    said = [read(cases)]
    ranks = cases.effort["practices"].rank(), cases.data[cases.outcome_column].rank()
    if min(r.nunique() for r in ranks) > 1:
        rho = f"{float(ranks[0].corr(ranks[1])):.2f}".replace("-", "−").replace("−0.00", "0.00")
        said.append(
            Text(
                f"Spearman's correlation of the outcome with the number of practices read is {rho}.",
                f"结果与阅读的实践举措数的斯皮尔曼相关系数为{rho}。",
            )
        )
    return said


def timing(cases: CodedCases) -> Text:
    """What of the time of the award may be said."""
    if cases.policy.timing == "before":
        out = int((cases.left_out["reason_en"] == "no practice counts under this policy").sum())
        return Text(
            f"Only practices that started before the first award count; undated ones drop out, and with them {out} cities.",
            f"仅计入首次获奖之前开始的实践举措；未注明年份者不计，因此有{out}个城市未纳入。",
        )
    return Text(
        "Practices from after the award and undated ones count, too: nothing is said of how cities came to the award.",
        "获奖之后开始的及未注明年份的实践举措同样计入，因此不说明城市何以获奖。",
    )
