"""What goes with what among the cities of the atlas, as a result: findings, repetitions, limits, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from learningcity.atlas import CONDITIONS, AtlasResult, condition_label
from learningcity.core import Text, join_texts, plain
from learningcity.explain.association import AssociationResult
from learningcity.explain.association.result import Pair
from learningcity.explain.from_atlas.background_columns import (
    MEMBER_YEAR,
    SIZE,
)
from learningcity.explain.from_atlas.coded import Coded, too_few_shuffles

if TYPE_CHECKING:
    import pandas as pd


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
    member_values
        Frame, index member: the columns of that comparison, NaN where there is no figure, and awarded.
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
    member_values: pd.DataFrame = field(repr=False)

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

    @cached_property
    def labels(self) -> dict[str, Text]:
        """Column -> what it is called, the size of the members included where it is no column of the cities."""
        rows = self.coverage.to_dict("index")
        size = {}
        if self.asked is not None:
            named = self.asked.indicators.set_index("indicator_id").loc[SIZE]
            size = {SIZE: Text(str(named["name_en"]), str(named["name_zh"]))}
        return {
            **size,
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

    def about_members(self, language: str = "en") -> tuple[str, ...]:
        """Say how awarded cities stand among the members, on what figures, and who is not compared."""
        return tuple(t.in_(language) for t in self._said_of_members())

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
        many = (
            Text(f"{found} of {len(listed)} differ beyond chance.", f"其中{found}项差异超出偶然。")
            if found
            else Text("None differs beyond chance.", "没有一项差异超出偶然。")
        )
        said = [
            Text(
                f"Awarded cities against other members (rank-biserial correlation, above 0 = higher among awarded): {each.en}. "
                f"{many.en}",
                f"获奖城市与其他成员相比（秩二列相关，大于0表示获奖城市较高）：{each.zh}。{many.zh}",
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


def _again(pair: Pair, other: Pair | None, level: float) -> bool:
    """Whether a repetition finds a pair again, in the same direction."""
    if other is None or other.p is None or other.p > level:
        return False
    signed = pair.measure in ("spearman", "kendall", "rank_biserial")
    return not signed or (pair.estimate or 0.0) * (other.estimate or 0.0) > 0
