"""The atlas as a table for QCA: cases, conditions and themes of one coder, and what may be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas import (
    CONDITIONS,
    MECHANISMS,
    THEMES,
    Atlas,
    AtlasResult,
    CodingPolicy,
    condition_label,
)
from learningcity.core import (
    NEAR_CONSTANT,
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    names_of,
    of_kind,
    plain,
)
from learningcity.explain.atlas_cases import (
    NOT_SEEN,
    DisjointEvidence,
    filled,
    pairs_of,
    paths_of,
    refuse_degenerate,
    share_notes,
    shared_table,
    spread_of,
    variant_of,
)
from learningcity.explain.atlas_limits import limits_of
from learningcity.explain.evidence import VARIANTS, Practice, Shared, scores_of, shared_evidence
from learningcity.explain.from_atlas.reading import (
    cases_of,
    city_names,
    coded_cities,
    coders_of,
    counted_practices,
    left_out_frame,
    left_out_row,
    refuse_empty,
    seen_not_counted,
)
from learningcity.explain.qca.configuration import configuration_table
from learningcity.explain.qca.configuration_result import ConfigurationTable
from learningcity.explain.qca.decisions import DecisionLog, qca_decisions
from learningcity.explain.qca.frames import outcome_literal
from learningcity.explain.qca.solution import QcaSolution
from learningcity.explain.qca.truth import TruthTable, truth_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class AtlasQca(AtlasResult):
    """Cities as cases, with everything that must stand beside a finding on them.

    Parameters
    ----------
    data
        Frame, index city_id: one column a condition and the outcome, memberships from 0 to 1.
    outcome, conditions, coder, policy, not_seen
        The choices. ``outcome`` is a column or ``~`` and a column.
    practices
        The practices that count, of the cases.
    effort
        How much was read of each case: practices, sources, facts.
    spread
        One row a condition and the outcome: label_en, label_zh, seen (cases with a score), inside (cases
        above 0.5), share (of the cases on the commoner side), near_constant.
    shared
        One row a condition: practices of the condition, of the outcome, of both; of_outcome and
        of_conditions, the shares that are of both (NaN without practices); the same counts for sources.
    left_out
        One row a city that is no case: city_id, name_en, name_zh, reason_en, reason_zh.
    seen_not_counted
        Cells without a score of which some practice speaks that does not count under the policy.
    disjoint
        The variants on disjoint evidence.
    names
        City -> name.
    unawarded
        Cities among the cases that have no award.
    """

    data: pd.DataFrame
    outcome: str
    conditions: tuple[str, ...]
    coder: str
    policy: CodingPolicy
    not_seen: str
    practices: tuple[Practice, ...] = field(repr=False)
    effort: pd.DataFrame = field(repr=False)
    spread: pd.DataFrame = field(repr=False)
    shared: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    seen_not_counted: int
    disjoint: tuple[DisjointEvidence, ...] = field(repr=False)
    names: Mapping[str, Text] = field(repr=False)
    unawarded: tuple[str, ...] = ()
    shared_overall: Shared = field(default=Shared(0, 0, 0, 0, 0, 0), repr=False)

    @property
    def outcome_column(self) -> str:
        """The column of the outcome, without a sign."""
        return outcome_literal(self.outcome).condition

    @property
    def labels(self) -> dict[str, Text]:
        """What conditions and outcome are called."""
        return {code: condition_label(code) for code in (*self.conditions, self.outcome_column)}

    @property
    def printed_labels(self) -> dict[str, Text]:
        """What a printed table calls conditions and outcome."""
        found = {c: Text(name.en.capitalize(), name.zh) for c, name in self.labels.items()}
        if self.outcome_column in THEMES:
            name = self.labels[self.outcome_column]
            found[self.outcome_column] = Text(
                f"{name.en.capitalize()} (visible theme)", f"{name.zh}（呈现的特征）"
            )
        return found

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Conditions that nearly all cases share, or nearly none has, so that they hardly tell cases apart."""
        rows = self.spread.loc[list(self.conditions)]
        return tuple(str(c) for c in rows.index[rows["near_constant"]])

    def table(self) -> pd.DataFrame:
        """One row a case: city_id, name_en, name_zh, the memberships, and the effort beside them."""
        frame = self.data.join(self.effort)
        frame.insert(0, "name_en", [self.names[c].en for c in frame.index])
        frame.insert(1, "name_zh", [self.names[c].zh for c in frame.index])
        return frame.reset_index()

    def limits(self, language: str = "en") -> tuple[str, ...]:
        """Say in sentences what these cases cannot tell; they belong beside every finding."""
        return tuple(text.in_(language) for text in limits_of(self))

    def summary(self, language: str = "en") -> str:
        """Say what the cases, conditions and outcome are, and the limits."""
        names = join_texts([self.labels[c] for c in self.conditions], ", ", "、")
        outcome = self.labels[self.outcome_column]
        first = Text(
            f"{len(self.data)} cities, {len(self.conditions)} conditions ({names.en}), outcome {outcome.en}, "
            f"codes of coder {self.coder}.",
            f"{len(self.data)}个城市，{len(self.conditions)}个条件（{names.zh}），结果为{outcome.zh}，"
            f"采用编码员{self.coder}的编码。",
        )
        return (" " if language == "en" else "").join((first.in_(language), *self.limits(language)))

    def to_dict(self) -> dict[str, Any]:
        """Give cases, choices, effort, shares and limits as plain values."""
        return {
            **super().to_dict(),
            "choices": {
                "outcome": self.outcome, "conditions": list(self.conditions), "coder": self.coder,
                "not_seen": self.not_seen, "policy": plain(self.policy),
            },
            "spread": plain(self.spread.rename_axis("code")),
            "near_constant": list(self.near_constant),
            "shared": plain(self.shared.rename_axis("condition")),
            "left_out": plain(self.left_out),
            "disjoint": {
                one.name: plain(one.data) if one.reason is None else {"reason": one.reason.to_dict()}
                for one in self.disjoint
            },
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }  # fmt: skip

    def truth_table(self, inclusion_cut: Any = 0.8, **choices: Any) -> TruthTable:
        """Put the cities into the combinations that they have; as ``lc.truth_table``, from consistency 0.8 on."""
        return truth_table(self.data, self.outcome, self.conditions, inclusion_cut, **choices)

    def by_coder(self) -> dict[str, pd.DataFrame]:
        """Give the data as each coder alone saw them, cases and rules the same.

        Returns
        -------
        dict
            Coder -> frame as ``data``, without cities that this coder did not code: who did not look did not see
            nothing. With not_seen = "leave_out" a coder's frame holds the cases that this coder saw whole.
        """
        atlas = of_kind(self.asked, Atlas, "asked")
        columns = [*self.conditions, self.outcome_column]
        return {
            coder: filled(
                scores_of(
                    counted_practices(atlas, self.policy, coder),
                    [c for c in self.data.index if c in coded_cities(atlas, coder)],
                    columns,
                    self.policy.score,
                ),
                self.not_seen,
            )
            for coder in coders_of(atlas)
        }

    def paths(self, solution: QcaSolution, model: int = 0) -> pd.DataFrame:
        """Set beside each path what its conditions and the outcome share, and how it fares without that.

        Parameters
        ----------
        solution
            Of a truth table of these cases.
        model
            Which model, from 0.

        Returns
        -------
        frame
            One row a path: term, members (cases above 0.5), inclusion, pri, coverage; practices of the
            conditions that the path holds, of the outcome, of both, over the typical cases (in path and
            outcome): conditions, outcome, both, of_outcome, of_conditions (NaN where no practice speaks
            of a side); then for each variant on disjoint evidence <variant>_members, _inclusion, _pri, _coverage,
            NaN where the variant is degenerate or nothing is in the path.

        Raises
        ------
        InputError
            A solution of other cases, or no such model.
        """
        return paths_of(self, solution, model)

    def configuration_table(
        self, solutions: Any, models: Any = 0, *, site: str = "", **choices: Any
    ) -> ConfigurationTable:
        """Lay paths side by side with names, links to the cities, and the limits as notes.

        Parameters
        ----------
        solutions, models
            As ``lc.configuration_table``.
        site
            Address that links begin with, such as "https://example.org"; empty for the site's own pages.
        **choices
            As ``lc.configuration_table``.
        """
        shares = []
        for solution, model in pairs_of(solutions, models):
            shares += share_notes(self, solution, model)
        given: dict[str, Any] = {
            "labels": self.printed_labels,
            "case_names": self.names,
            "links": {c: f"{site.rstrip('/')}/{{language}}/cities/{c}" for c in self.data.index},
            "remarks": (*shares, *limits_of(self)),
        }
        if self.not_seen == "visibility":
            given.update(present=Text("seen", "见于资料"), absent=Text("not seen", "未见资料"))
        return configuration_table(solutions, models, **{**given, **choices})

    def decisions(self, solution: QcaSolution) -> DecisionLog:
        """Write down every decision behind a solution, from the codes on; see ``lc.qca_decisions``."""
        p = self.policy
        rule = "; ".join(f"{score:g}: {n} x >= {strength}" for score, n, strength in p.rule)
        data = [
            Text(f"Codes of coder {self.coder}.", f"采用编码员{self.coder}的编码。"),
            Text(
                f"Practices that count: stance {', '.join(p.stances)}; level {', '.join(p.levels)}; subject "
                f"{', '.join(p.subjects)}; timing {p.timing}. Membership (score: number x strength): {rule}.",
                f"计入的实践举措：状态{'、'.join(p.stances)}；层级{'、'.join(p.levels)}；主题{'、'.join(p.subjects)}；"
                f"时间{p.timing}。隶属度（得分：数量 x 证据强度）：{rule}。",
            ),
            NOT_SEEN[self.not_seen],
        ]
        if len(self.left_out):
            english = ", ".join(
                f"{n} ({why})" for n, why in self.left_out[["name_en", "reason_en"]].to_numpy()
            )
            chinese = "、".join(
                f"{n}（{why}）" for n, why in self.left_out[["name_zh", "reason_zh"]].to_numpy()
            )
            data.append(Text(f"No cases: {english}.", f"未作为案例：{chinese}。"))
        reading = [text for text in limits_of(self) if text not in data]
        return qca_decisions(solution, data=data, reading=reading, labels=self.labels)


def atlas_qca(
    atlas: Atlas,
    outcome: str = "green",
    conditions: Sequence[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
) -> AtlasQca:
    """Make cases of the awarded cities: conditions and outcome as one coder saw them.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    outcome
        A theme or mechanism, or ``~`` and one.
    conditions
        Themes and mechanisms; None = the mechanisms that are not near-constant among the cases.
    coder
        Whose codes; coders stay apart (``by_coder`` gives the others).
    policy
        Which practices count and how they add up; None = the default of ``lc.CodingPolicy``.
    not_seen
        What an empty score becomes. "visibility" (default): the sets are "seen in the evidence read",
        where an empty score is 0 and says nothing on the city itself. "leave_out": cities with an empty
        score are left out; scores above 0 are all that is left then, so that mostly nothing varies.
    cities
        Other cases than all awarded cities. Whether a city was awarded is never an outcome: nearly all
        coded cities were.

    Returns
    -------
    AtlasQca
        ``data`` for ``lc.truth_table``, and what must be said beside a finding.

    Raises
    ------
    InputError
        Nothing varies in outcome or a condition, no case is left, the outcome is among the conditions.
    UnknownNameError
        A condition, outcome, coder, city or rule that is not there.

    References
    ----------
    Ragin (2008), Redesigning social inquiry, doi 10.7208/chicago/9780226702797.001.0001.

    Examples
    --------
    >>> import learningcity as lc
    >>> cases = atlas_qca(lc.load_atlas(), "green", ["law", "funding", "monitoring"])
    >>> len(cases.data), cases.limits()[0]
    (57, 'The 57 cases are awarded cities only: nothing is said of cities without an award, and nothing sets the two against each other.')
    """
    of_kind(atlas, Atlas, "atlas")
    policy = CodingPolicy() if policy is None else of_kind(policy, CodingPolicy, "policy")
    literal = outcome_literal(outcome)
    for name in (literal.condition, *([] if conditions is None else names_of(conditions, "conditions"))):
        if name not in CONDITIONS:
            raise UnknownNameError("condition", name, CONDITIONS)
    if not_seen not in NOT_SEEN:
        raise UnknownNameError("option", not_seen, NOT_SEEN)
    coders = coders_of(atlas)
    if coder not in coders:
        raise UnknownNameError("coder", coder, coders)
    counted = counted_practices(atlas, policy, coder)
    names = city_names(atlas)
    cases, left_out = cases_of(atlas, counted, coder, cities, names)
    refuse_empty(cases)
    if conditions is None:
        seen = scores_of(counted, cases, list(MECHANISMS), policy.score)
        shares = (seen > 0.5).mean()
        asked = tuple(
            c for c in MECHANISMS if 1 - NEAR_CONSTANT < shares[c] < NEAR_CONSTANT and c != literal.condition
        )
    else:
        asked = names_of(conditions, "conditions")
    if literal.condition in asked or not asked:
        raise InputError(
            Text(
                f"The outcome {literal.condition} is among the conditions; a condition says nothing of itself."
                if asked
                else "No condition is left that tells the cases apart; name some.",
                f"结果{literal.condition}被列入了条件；条件不能说明其自身。"
                if asked
                else "没有能区分案例的条件，请自行指定。",
            )
        )
    columns = [*asked, literal.condition]
    scores = scores_of(counted, cases, columns, policy.score)
    data = filled(scores, not_seen)
    for city in scores.index.difference(data.index, sort=False):
        empty = [condition_label(c) for c in columns if scores.at[city, c] != scores.at[city, c]]
        words = join_texts(empty, ", ", "、")
        left_out.append(left_out_row(city, names, Text(f"no score in {words.en}", f"{words.zh}没有得分")))
    labels = {c: condition_label(c) for c in columns}
    refuse_degenerate(data, literal.condition, asked, labels, not_seen)
    kept = tuple(p for p in counted if p.case in set(data.index))
    awarded = set(atlas.awards["city_id"])
    return AtlasQca(
        data=data, outcome=outcome.strip(), conditions=asked, coder=coder, policy=policy, not_seen=not_seen,
        practices=kept, effort=atlas.effort().loc[data.index], spread=spread_of(data, scores.loc[data.index], labels),
        shared=shared_table(kept, literal.condition, asked, list(data.index)), left_out=left_out_frame(left_out),
        seen_not_counted=seen_not_counted(atlas, policy, coder, scores.loc[data.index]),
        disjoint=tuple(
            variant_of(name, kept, literal.condition, asked, data, policy.score, not_seen, labels) for name in VARIANTS
        ),
        names=names, unawarded=tuple(c for c in data.index if c not in awarded),
        shared_overall=shared_evidence(kept, literal.condition, asked, data.index), asked=atlas,
    )  # fmt: skip
