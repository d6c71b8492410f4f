"""Words of the association: why a pair was not judged, what to bear in mind, and what may not be claimed."""

from __future__ import annotations

from learningcity.core import Text

#: Reasons for which a pair gets no figure.
REASONS = {
    "too_few": Text(
        "not judged: {n} complete cases, at least {fewest} are wanted", "未判断：完整案例{n}个，至少须{fewest}个"
    ),
    "constant_background": Text(
        "not judged: the background column has one value only over the {n} complete cases",
        "未判断：在{n}个完整案例中，背景变量只有一个取值",
    ),
    "constant_characteristic": Text(
        "not judged: the characteristic has one value only over the {n} complete cases",
        "未判断：在{n}个完整案例中，特征变量只有一个取值",
    ),
    "single_groups": Text(
        "not judged: every group holds a single case", "未判断：每组仅有一个案例"
    ),
    "too_few_clusters": Text(
        "not judged: the values are those of {clusters} clusters, at least {fewest} are wanted",
        "未判断：取值仅来自{clusters}个群组，至少须{fewest}个",
    ),
}  # fmt: skip

#: What a reader has to bear in mind with a pair that was judged.
NOTES = {
    "near_constant": Text(
        "near-constant: {top} of {n} cases share one value of {column}",
        "近乎恒定：{n}个案例中有{top}个的{column}取值相同",
    ),
    "small_group": Text("the smallest group holds {count} case(s)", "最小的组仅有{count}个案例"),
    "clusters_crossed": Text(
        "p takes the cases of a cluster as independent: neither side has one value a cluster",
        "p值将同一群组的案例视为相互独立：两侧变量在群组内均非单一取值",
    ),
    "by_cluster": Text(
        "values of whole clusters: p shuffles {clusters} clusters", "取值属于整个群组：p值以{clusters}个群组置换得出"
    ),
    "floor": Text(
        "p is the least that {arrangements} shuffles can give; more permutations would tell it apart",
        "p值已是{arrangements}次置换所能给出的最小值，增加置换次数方可进一步区分",
    ),
    "least_exact": Text(
        "with {arrangements} arrangements p cannot fall below {least}",
        "可能的排列仅{arrangements}种，p值不可能低于{least}",
    ),
    "effort_absorbs": Text(
        "effort accounts for one side entirely: nothing is left to be partialled",
        "其中一侧完全由工作量决定，剔除后无剩余变异",
    ),
    "effort_too_few": Text(
        "too few cases with effort ({n}) for taking it out", "有工作量数据的案例过少（{n}个），无法剔除其影响"
    ),
    "effort_groups": Text(
        "two groupings: effort is not taken out", "两侧均为分组变量，未剔除工作量的影响"
    ),
    "effort_clusters": Text(
        "values of whole clusters: no p with effort taken out", "取值属于整个群组，不给出剔除工作量后的p值"
    ),
    "no_interval": Text(
        "no interval: too few cases, or too many draws were constant", "无区间估计：案例过少，或过多重抽样结果为恒定值"
    ),
    "no_spread": Text(
        "no interval: there is no exception to the order, so that nothing shows how far the true figure lies below",
        "无区间估计：排序没有任何例外，无法判断真实值会低多少",
    ),
    "tau_large": Text(
        "no interval of tau-b with ties over more than {most} cases", "案例超过{most}个且有并列值时不给出tau-b的区间估计"
    ),
    "interval_weak": Text(
        "the drawn interval is too narrow with such a column", "对此类变量，重抽样所得区间偏窄"
    ),
}  # fmt: skip

CLAIMS = (
    Text(
        "Association only, nothing causal: a small p speaks against chance alone.",
        "以上仅为相关关系，不表明因果关系：p值小只说明不太可能纯属偶然。",
    ),
    Text(
        "It holds among these cases only. Cities that were awarded are a selection: among them nothing can be "
        "said on what leads to an award, nor on cities that were not awarded.",
        "结论仅适用于这些案例。获奖城市是经过选择的：仅凭获奖城市，既不能说明获奖的原因，也不能推及未获奖城市。",
    ),
)  # fmt: skip

MEMBER_CLAIMS = (
    CLAIMS[0],
    Text(
        "Awarded cities against other members, on size and country context alone: practices of other members were "
        "hardly coded. It tells who was awarded so far, not why; figures of a country are not those of its cities.",
        "仅就规模和国家背景将获奖城市与其他成员作比较：其他成员的实践举措几乎未经编码。结果只说明迄今哪些城市获奖，"
        "不说明原因；国家数据不等于城市自身的数据。",
    ),
)

EFFORT = {
    True: Text(
        "Effort ({names}) stands beside each pair and was taken out of it: what vanishes then may only reflect how "
        "much was read.",
        "每对变量旁均列出工作量（{names}），并给出剔除其影响后的偏相关：剔除后消失的关联，可能只反映所读资料的多少。",
    ),
    False: Text(
        "Effort (practices and sources read) was not given: an association may only reflect how much was read.",
        "未提供工作量（所读的实践举措数与来源数）：关联可能只反映所读资料的多少。",
    ),
}  # fmt: skip

SHARED = {
    "told": Text(
        "Evidence that both sides share: up to {most:.0%} in {count} pair(s); such pairs are no independent finding.",
        "两侧共用的证据：有{count}对变量共用证据，最高占{most:.0%}；此类关联不是独立的发现。",
    ),
    "none": Text(
        "As told, no pair shares evidence between its sides.", "据所提供的信息，各对变量的两侧均不共用证据。"
    ),
    "untold": Text(
        "How much evidence both sides share was not told: where both are read off the same practices, an "
        "association comes partly from that.",
        "未说明两侧共用证据的程度：若两侧均出自同一批实践举措，其关联部分即由此而来。",
    ),
    "repeated": Text(
        "Repeated on disjoint evidence: {same} of {count} findings keep their direction, {held} a p of at most "
        "{level:g}.",
        "以互不重叠的证据重新检验：{count}项发现中有{same}项方向不变，{held}项的p值不超过{level:g}。",
    ),
}  # fmt: skip
