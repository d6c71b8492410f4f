"""Background of the cities of the atlas with their mechanisms and themes; awarded cities against other members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import CONDITIONS, Atlas, AtlasResult, CodingPolicy, condition_label
from learningcity.core import InputError, Text, UnknownNameError, join_texts, plain
from learningcity.explain.association import AssociationResult, associate, contrast_members
from learningcity.explain.association.result import Pair
from learningcity.explain.from_atlas.background_columns import (
    CONTEXT,
    MEMBER_YEAR,
    SIZE,
    Background,
    MemberTable,
    member_table,
    read_background,
)
from learningcity.explain.from_atlas.coded import Coded, chosen, read_coded, too_few_shuffles

if TYPE_CHECKING:
    import pandas as pd

#: Measures of effort that stand beside each pair and are taken out of it.
EFFORT = ("practices", "sources")


@dataclass(frozen=True)
class AtlasBackground(AtlasResult):
    """What of the background goes with which mechanism and theme; who was awarded among the members.

    Parameters
    ----------
    coded
        The cases and what must be said of them.
    background
        Frame, index city_id: the columns of the background, NaN where there is no figure.
    coverage
        One row a column of the background, those that were not used included: label_en, label_zh, kind ("own",
        "country", "city"), unit, comparable, cities, share, first_year, last_year, used, note_en, note_zh.
    association
        All pairs, q over all of them.
    coders
        Coder -> the same pairs on the codes of each other coder.
    silent_coders
        Coders of whose codes no pair can be judged (too few cities coded).
    members
        Awarded cities against other members, on size and country context alone; None where nothing can be told.
    member_coverage
        One row a column of that comparison: column, awarded, others (members with a value), of_awarded, of_others
        (members on the list).
    not_members
        Awarded cities that are not on the list of members.
    """

    coded: Coded
    background: pd.DataFrame = field(repr=False)
    coverage: pd.DataFrame = field(repr=False)
    association: AssociationResult = field(repr=False)
    coders: Mapping[str, AssociationResult] = field(repr=False)
    silent_coders: tuple[str, ...]
    members: AssociationResult | None = field(repr=False)
    member_coverage: pd.DataFrame = field(repr=False)
    not_members: tuple[str, ...]

    @property
    def found(self) -> tuple[Pair, ...]:
        """Pairs whose q is at most the level."""
        return self.association.found

    @property
    def held(self) -> tuple[Pair, ...]:
        """Found pairs that are found with the same sign by every other coder, without common sources and without effort.

        Where effort could not be taken out with a p (values of whole countries), the sign has to stay.
        """
        return tuple(pair for pair in self.found if not self.lost(pair))

    def lost(self, pair: Pair) -> tuple[Text, ...]:
        """In which repetitions a found pair is not found again (p above the level, or the other direction)."""
        level = self.association.level
        gone = []
        if not _again(pair, pair.repeated, level):
            gone.append(Text("without common sources", "剔除共同来源"))
        left = pair.partial
        signed = pair.measure == "spearman"
        if left is not None and (
            (left.p is not None and left.p > level) or (signed and (pair.estimate or 0) * left.estimate <= 0)
        ):
            gone.append(Text("effort taken out", "剔除工作量的影响"))
        for coder, other in self.coders.items():
            if not _again(pair, other.pair(pair.background, pair.characteristic), level):
                gone.append(Text(f"coder {coder}", f"编码员{coder}"))
        return tuple(gone)

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Mechanisms and themes that hardly tell the cases apart."""
        return self.coded.near_constant

    @property
    def labels(self) -> dict[str, Text]:
        """Column -> what it is called."""
        rows = self.coverage.to_dict("index")
        return {
            **{str(c): Text(r["label_en"], r["label_zh"]) for c, r in rows.items()},
            **{c: condition_label(c) for c in CONDITIONS},
        }

    def table(self, language: str = "en") -> pd.DataFrame:
        """One row a pair, see ``lc.associate``; then <coder>_estimate, <coder>_p of each other coder, and held."""
        frame = self.association.table(language)
        pairs = self.association.pairs
        for coder, other in self.coders.items():
            ones = [other.pair(p.background, p.characteristic) for p in pairs]
            nan = float("nan")
            frame[f"{coder}_estimate"] = [nan if o.estimate is None else o.estimate for o in ones]
            frame[f"{coder}_p"] = [nan if o.p is None else o.p for o in ones]
        frame["held"] = [p.found and not self.lost(p) for p in pairs]
        return frame

    def limits(self, language: str = "en") -> tuple[str, ...]:
        """Say in sentences what these figures cannot tell; they belong beside every finding."""
        own = self.coverage[(self.coverage["kind"] == "own") & self.coverage["used"]]
        said = []
        if len(own):
            thin = own.sort_values("cities").iloc[0]
            low, high = own["first_year"].min(), own["last_year"].max()
            span = "" if low != low else f" ({low:.0f} to {high:.0f})"
            span_zh = "" if low != low else f"（{low:.0f}至{high:.0f}年）"
            said.append(
                Text(
                    f"Figures of the cities are of different years{span}, boundaries and sources, and "
                    f"many are missing: {thin['label_en']} is there for {int(thin['cities'])} of {len(self.background)} "
                    "cities. Which city publishes a figure is no accident.",
                    f"城市数据的年份{span_zh}、范围与来源不一，且多有缺失："
                    f"{len(self.background)}个城市中仅{int(thin['cities'])}个有{thin['label_zh']}数据。哪些城市公布数据并非偶然。",
                )
            )
        care = [
            Text(r["label_en"], r["label_zh"])
            for r in own.to_dict("records")
            if r["comparable"] == "with care"
        ]
        if care:
            names = join_texts(care, ", ", "、")
            said.append(Text(f"Comparable with care only: {names.en}.", f"须谨慎比较的指标：{names.zh}。"))
        if (self.coverage["kind"] == "country").any():
            said.append(
                Text(
                    "Figures marked (country) are context and none of the city's own; cities of one country share "
                    "them, so that p shuffles countries.",
                    "标有“（国家）”的数据只是背景，并非城市自身的数据；同一国家的城市取值相同，因此p值按国家置换得出。",
                )
            )
        said += too_few_shuffles(
            self.association.permutations, len(self.association.judged), self.association.level
        )
        said.append(
            Text(
                "Of members that were not awarded no practices are compared: hardly any was coded. They stand against "
                "awarded cities on size and country context alone.",
                "未获奖成员的实践举措不作比较，因为几乎均未编码；与获奖城市只就规模和国家背景作比较。",
            )
        )
        return tuple(t.in_(language) for t in (*said, *self.coded.limits()))

    def summary(self, language: str = "en") -> str:
        """Say what goes with what, what of it holds, how awarded cities stand among members, and the limits."""
        one = self.association
        said = [
            Text(
                f"{one.cases} cities, {len(one.pairs)} pairs of background and characteristic, {len(one.judged)} judged. "
                f"Found (false discovery rate at most {one.level:g}): {len(self.found)}; found again by every coder, without "
                f"common sources and without effort: {len(self.held)}.",
                f"{one.cases}个城市，背景与特征共{len(one.pairs)}对，判断了{len(one.judged)}对。发现（错误发现率不超过"
                f"{one.level:g}）{len(self.found)}对；在各编码员的编码中、剔除共同来源和工作量的影响后均再次发现的有"
                f"{len(self.held)}对。",
            )
        ]
        said += [self._said_of(pair) for pair in self.found] or self._said_of_strongest()
        said += self._said_of_members()
        return (" " if language == "en" else "").join(
            (*(t.in_(language) for t in said), *self.limits(language))
        )

    def _said_of_strongest(self) -> list[Text]:
        pair = min(self.association.judged, key=lambda p: p.p or 0.0)
        x, y = self.labels[pair.background], self.labels[pair.characteristic]
        q = pair.q_bh if self.association.adjust == "bh" else pair.q_by
        return [
            Text(
                f"Nearest to it comes {x.en} with {y.en} ({pair.estimate:.2f}, p = {pair.p:.2g}, q = {q:.2g}, n = {pair.n}): "
                "among so many pairs that cannot be told from chance.",
                f"最接近的是{x.zh}与{y.zh}（{pair.estimate:.2f}，p = {pair.p:.2g}，q = {q:.2g}，n = {pair.n}）："
                "在这么多对之中，无法与偶然区分。",
            )
        ]

    def _said_of(self, pair: Pair) -> Text:
        x, y = self.labels[pair.background], self.labels[pair.characteristic]
        gone = join_texts(self.lost(pair), ", ", "、")
        q = pair.q_bh if self.association.adjust == "bh" else pair.q_by
        figures = f"{pair.estimate:.2f}, p = {pair.p:.2g}, q = {q:.2g}, n = {pair.n}"
        return Text(
            f"{x.en} with {y.en}: {figures}"
            + (f"; not found again: {gone.en}." if gone.en else "; found again throughout."),
            f"{x.zh}与{y.zh}：{figures}"
            + (f"；以下情形未再次发现：{gone.zh}。" if gone.zh else "；各种情形下均再次发现。"),
        )

    def _said_of_members(self) -> list[Text]:
        if self.members is None:
            return []
        listed = []
        for pair in self.members.judged:
            name = self.labels.get(pair.background, Text(pair.background, pair.background))
            q = pair.q_bh if self.members.adjust == "bh" else pair.q_by
            listed.append(
                Text(
                    f"{name.en} {pair.estimate:+.2f} (q = {q:.2g}, n = {pair.n})",
                    f"{name.zh}{pair.estimate:+.2f}（q = {q:.2g}，n = {pair.n}）",
                )
            )
        each = join_texts(listed, "; ", "；")
        found = len(self.members.found)
        said = [
            Text(
                f"Awarded cities against other members (rank-biserial correlation, above 0 = higher among awarded): {each.en}. "
                f"{found} of {len(listed)} differ beyond chance.",
                f"获奖城市与其他成员相比（秩二列相关，大于0表示获奖城市较高）：{each.zh}。其中{found}项差异超出偶然。",
            )
        ]
        size = self.member_coverage[self.member_coverage["column"] == SIZE]
        for row in size.to_dict("records"):
            said.append(
                Text(
                    f"Size is the population of the urban agglomeration in {MEMBER_YEAR} by one publication, which lists the "
                    f"larger ones alone: {row['awarded']} of {row['of_awarded']} awarded and {row['others']} of "
                    f"{row['of_others']} other members.",
                    f"规模为{MEMBER_YEAR}年城市群人口，出自同一出版物，且仅收录较大城市：获奖城市{row['of_awarded']}个中有"
                    f"{row['awarded']}个，其他成员{row['of_others']}个中有{row['others']}个。",
                )
            )
        if self.not_members:
            names = join_texts([self.coded.names[c] for c in self.not_members], ", ", "、")
            said.append(
                Text(
                    f"Awarded, but not on the list of members and so not compared: {names.en}.",
                    f"获奖但不在成员名单中、因而未纳入比较：{names.zh}。",
                )
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Give pairs, background, coverage, members, choices and limits as plain values."""
        return {
            **super().to_dict(),
            "choices": {**self.coded.choices(), "association": self.association.to_dict() | {"table": None}},
            "background": plain(self.background),
            "coverage": plain(self.coverage.rename_axis("column")),
            "members": None if self.members is None else self.members.to_dict(),
            "member_coverage": plain(self.member_coverage),
            "not_members": list(self.not_members),
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }


def atlas_background(
    atlas: Atlas,
    indicators: Sequence[str] | None = None,
    context: Sequence[str] = CONTEXT,
    characteristics: Sequence[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
    fewest: int = 10,
    adjust: Literal["bh", "by"] = "bh",
    level: float = 0.05,
    permutations: int = 9999,
    draws: int = 499,
    seed: int = 0,
) -> AtlasBackground:
    """Ask what of the background of the cities goes with which mechanism and theme.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    indicators
        Figures of the cities; None = all economic, demographic and participation indicators that may be compared and
        that at least ``fewest`` of the cases have. Such as may not be compared are refused.
    context
        Figures of the country, as context: the latest year of each country.
    characteristics
        Mechanisms and themes; None = all.
    coder, policy, not_seen, cities
        As :func:`atlas_ceilings` takes them.
    fewest
        Least number of cities with both sides of a pair.
    adjust, level, permutations, draws, seed
        As ``lc.associate`` takes them.

    Returns
    -------
    AtlasBackground
        Region, year of the first award, figures of the city, figures of the country, each with every mechanism and
        theme; practices and sources read beside each pair and taken out of it; each pair repeated without practices
        read in a source that also gave a figure of the background, and on the codes of every other coder.

    Raises
    ------
    InputError
        An indicator that may not be compared; no city is left; no pair can be judged.
    UnknownNameError
        An indicator, characteristic, coder, city or rule that is not there.

    References
    ----------
    Benjamini & Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x. Freedman & Lane (1983),
    doi 10.1080/07350015.1983.10509354.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_background(lc.load_atlas(), ["population"], characteristics=["law", "green"], permutations=99, draws=0)
    >>> found.coverage.at["country_gdp_per_capita_ppp", "kind"], found.association.pair("population", "law").measure
    ('country', 'spearman')
    """
    columns = chosen(characteristics, "characteristics", CONDITIONS)
    coded = read_coded(atlas, columns, coder, policy, not_seen, cities)
    read = read_background(atlas, list(coded.data.index), indicators, context, fewest)
    choices: dict[str, Any] = {
        "fewest": fewest, "adjust": adjust, "level": level, "permutations": permutations, "draws": draws, "seed": seed,
    }  # fmt: skip
    main = _associated(coded, read, coded.data, choices, repeat=True)
    others: dict[str, AssociationResult] = {}
    silent = []
    for one, frame in coded.by_coder().items():
        if one != coder:
            try:
                others[one] = _associated(coded, read, frame, {**choices, "draws": 0}, repeat=False)
            except InputError:
                silent.append(one)
    table = member_table(atlas, context)
    return AtlasBackground(
        coded=coded, background=read.frame, coverage=read.coverage, association=main, coders=others,
        silent_coders=tuple(silent), members=_contrast(table, choices), member_coverage=table.coverage, not_members=table.not_members, asked=atlas,
    )  # fmt: skip


def _associated(
    coded: Coded, read: Background, data: pd.DataFrame, choices: Mapping[str, Any], *, repeat: bool
) -> AssociationResult:
    """Judge columns of the city, then those of the country with countries shuffled whole; adjust over all pairs."""
    effort = coded.effort[list(EFFORT)]
    again = None
    if repeat:
        apart = [p for p in coded.practices if p.source not in read.sources.get(p.case, frozenset())]
        again = coded.scored(apart)
    found: list[AssociationResult] = []
    refused = None
    for names, clusters in ((read.of_city, None), (read.of_country, read.countries)):
        if not names:
            continue
        frame = read.frame[list(names)]
        shared = read.shared(coded, names) if repeat else None
        try:
            one = associate(frame, data, effort=effort, clusters=clusters, shared=shared, **choices)
        except UnknownNameError:
            raise
        except InputError as error:
            # Either no pair of these columns can be judged, or a choice is wrong: then the others are refused, too.
            refused = error
            continue
        if again is not None:
            # Countries are shuffled whole here, too.
            other = _or_none(frame, again, clusters=clusters, **{**choices, "draws": 0})
            one = replace(one, pairs=tuple(replace(p, repeated=_same(other, p)) for p in one.pairs))
        found.append(one)
    if refused is not None and not found:
        raise refused
    pairs = tuple(p for one in found for p in one.pairs)
    return adjusted(replace(found[0], pairs=pairs, clusters=found[-1].clusters))


def _or_none(*given: Any, **choices: Any) -> AssociationResult | None:
    """The association with choices that are known to be right, or None where no pair can be judged."""
    try:
        return associate(*given, **choices)
    except InputError:
        return None


def _same(other: AssociationResult | None, pair: Pair) -> Pair | None:
    return None if other is None else other.pair(pair.background, pair.characteristic)


def adjusted(result: AssociationResult) -> AssociationResult:
    """Adjust over all pairs that a result holds, after pairs of several runs were put together.

    Returns
    -------
    AssociationResult
        The same pairs with q_bh, q_by, found and the q of the partial figures over all of them.
    """
    from scipy import stats

    pairs = list(result.pairs)
    judged = [k for k, pair in enumerate(pairs) if pair.p is not None]
    both = (stats.false_discovery_control([pairs[k].p for k in judged], method=how) for how in ("bh", "by"))
    for k, bh, by in zip(judged, *both, strict=True):
        q = float(bh if result.adjust == "bh" else by)
        pairs[k] = replace(pairs[k], q_bh=float(bh), q_by=float(by), found=q <= result.level)
    left = [(k, one) for k, pair in enumerate(pairs) if (one := pair.partial) and one.p is not None]
    if left:
        qs = stats.false_discovery_control([one.p for _, one in left], method=result.adjust)
        for (k, one), q in zip(left, qs, strict=True):
            pairs[k] = replace(pairs[k], partial=replace(one, q=float(q)))
    return replace(result, pairs=tuple(pairs))


def _again(pair: Pair, other: Pair | None, level: float) -> bool:
    """Whether a repetition finds a pair again, in the same direction."""
    if other is None or other.p is None or other.p > level:
        return False
    signed = pair.measure in ("spearman", "kendall", "rank_biserial")
    return not signed or (pair.estimate or 0.0) * (other.estimate or 0.0) > 0


def _contrast(table: MemberTable, choices: Mapping[str, Any]) -> AssociationResult | None:
    if table.awarded.nunique() < 2 or not len(table.frame.columns):
        return None
    try:
        return contrast_members(table.frame, table.awarded, countries=table.countries, **choices)
    except InputError:
        return None
