"""Cases of the atlas as sets: the rule for what was not seen, degenerate tables, evidence beside each path.

Knows no atlas; :mod:`learningcity.explain.from_atlas` hands it what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import NEAR_CONSTANT, InputError, Text, join_texts, of_kind
from learningcity.explain.evidence import VARIANTS, Practice, apart, scores_of, shared_evidence
from learningcity.explain.qca.configuration_words import Wording, number
from learningcity.explain.qca.fitting import sufficiency
from learningcity.explain.qca.frames import outcome_literal
from learningcity.explain.qca.solution import QcaSolution

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.explain.from_atlas import AtlasQca

#: What an empty score becomes. Neither says that a city has nothing.
NOT_SEEN = {
    "visibility": Text(
        "The sets are 'seen in the evidence read': a city of which nothing was seen is outside of the set (0), "
        "and nothing is said of the city itself; ~X reads 'X not seen', never 'no X'.",
        "集合定义为“见于所读资料”：未见资料的城市隶属度为0，仅表示不在该集合内，并不说明城市本身的情况；"
        "~X读作“未见X”，不能读作“没有X”。",
    ),
    "leave_out": Text(
        "Cities with an empty score in any condition or in the outcome are left out.",
        "任一条件或结果没有得分的城市均不纳入分析。",
    ),
}


@dataclass(frozen=True)
class DisjointEvidence:
    """The same cases, scored so that no practice counts on both sides.

    Parameters
    ----------
    name, title
        Which variant, and what it does.
    data
        Frame as ``AtlasQca.data``; None where it is degenerate.
    reason
        Why there is no frame.
    """

    name: str
    title: Text
    data: pd.DataFrame | None
    reason: Text | None = None


def filled(scores: pd.DataFrame, not_seen: str) -> pd.DataFrame:
    """Scores with the rule for empty ones."""
    found = scores.fillna(0.0) if not_seen == "visibility" else scores.dropna()
    return found.rename_axis("city_id")


def degenerate(
    data: pd.DataFrame, outcome: str, conditions: Sequence[str], labels: Mapping[str, Text]
) -> Text | None:
    """Say why nothing can be analysed; None where something can."""
    if not len(data):
        return Text("no case is left", "没有剩余案例")
    inside = int((data[outcome] > 0.5).sum())
    name = labels[outcome]
    if inside in (0, len(data)):
        return Text(
            f"{'all' if inside else 'none'} of the {len(data)} cases are in the outcome {name.en}, so that no "
            "combination can make a difference",
            f"{len(data)}个案例{'全部' if inside else '均不'}属于结果“{name.zh}”，任何组合都不会带来差别",
        )
    flat = [labels[c] for c in conditions if data[c].nunique() < 2]
    if flat:
        names = join_texts(flat, ", ", "、")
        return Text(
            f"all {len(data)} cases are alike in {names.en}", f"全部{len(data)}个案例在{names.zh}上取值相同"
        )
    return None


def refuse_degenerate(
    data: pd.DataFrame, outcome: str, conditions: Sequence[str], labels: Mapping[str, Text], not_seen: str
) -> None:
    """Raise with the sentence where nothing can be analysed."""
    why = degenerate(data, outcome, conditions, labels)
    if why is None:
        return
    hint = Text(
        " not_seen='leave_out' keeps only cities in which everything was seen; 'visibility' keeps all."
        if not_seen == "leave_out"
        else " Take another outcome, conditions or policy, or report that the evidence does not vary.",
        "not_seen='leave_out'只保留各项均见到的城市；'visibility'保留全部城市。"
        if not_seen == "leave_out"
        else "请更换结果、条件或规则，或如实报告证据没有差异。",
    )
    raise InputError(Text(f"Degenerate table: {why.en}.{hint.en}", f"退化的数据表：{why.zh}。{hint.zh}"))


def spread_of(data: pd.DataFrame, scores: pd.DataFrame, labels: Mapping[str, Text]) -> pd.DataFrame:
    """How the cases lie on each set; see ``AtlasQca.spread``."""
    import pandas as pd

    rows = {}
    for code in data.columns:
        inside = int((data[code] > 0.5).sum())
        share = max(inside, len(data) - inside) / len(data)
        name = labels[code]
        rows[code] = {
            "label_en": name.en, "label_zh": name.zh, "seen": int(scores[code].notna().sum()),
            "inside": inside, "share": share, "near_constant": share >= NEAR_CONSTANT,
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")


def shared_table(
    practices: Sequence[Practice], outcome: str, conditions: Sequence[str], cases: Sequence[str]
) -> pd.DataFrame:
    """What each condition shares with the outcome; see ``AtlasQca.shared``."""
    import pandas as pd

    rows = {}
    for code in conditions:
        one = shared_evidence(practices, outcome, [code], cases)
        rows[code] = {
            "condition_practices": one.conditions, "outcome_practices": one.outcome, "both": one.both,
            "of_outcome": one.of_outcome, "of_condition": one.of_conditions,
            "condition_sources": one.sources_conditions, "outcome_sources": one.sources_outcome,
            "both_sources": one.sources_both,
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")


def variant_of(
    name: str,
    practices: Sequence[Practice],
    outcome: str,
    conditions: Sequence[str],
    data: pd.DataFrame,
    score: Callable[[list[int]], float],
    not_seen: str,
    labels: Mapping[str, Text],
) -> DisjointEvidence:
    """Score the cases anew without what a variant takes away."""
    left = apart(practices, outcome, conditions, name)
    frame = filled(scores_of(left, list(data.index), list(data.columns), score), not_seen)
    why = degenerate(frame, outcome, conditions, labels)
    return DisjointEvidence(name, VARIANTS[name], frame if why is None else None, why)


def paths_of(cases: AtlasQca, solution: QcaSolution, model: int) -> pd.DataFrame:
    """Set beside each path what its conditions and the outcome share; see ``AtlasQca.paths``."""
    import pandas as pd

    of_kind(solution, QcaSolution, "solution")
    truth = solution.truth
    literal = outcome_literal(truth.outcome)
    if set(truth.data.index) - set(cases.data.index) or literal.condition != cases.outcome_column:
        raise InputError(
            Text(
                "The solution is of other cases or of another outcome than this table of the atlas.",
                "该解的案例或结果变量与此图谱数据表不符。",
            )
        )
    rows = []
    for term in solution.model(model):
        x, y = term.membership(truth.data), truth.membership
        held = {one.condition for one in term if one.value}
        typical = [str(c) for c, a, b in zip(truth.data.index, x, y, strict=True) if a > 0.5 and b > 0.5]
        # Nothing speaks of what was not seen.
        both = shared_evidence(cases.practices, cases.outcome_column if literal.value else "", held, typical)
        row: dict[str, Any] = {"term": str(term), "members": int((x > 0.5).sum())}
        row.update(zip(("inclusion", "pri", "coverage"), sufficiency(x, y), strict=True))
        row.update(
            conditions=both.conditions, outcome=both.outcome, both=both.both,
            of_outcome=both.of_outcome, of_conditions=both.of_conditions,
        )  # fmt: skip
        for variant in cases.disjoint:
            row.update(_again(term, literal, variant))
        rows.append(row)
    return pd.DataFrame(rows)


def _again(term: Any, literal: Any, variant: DisjointEvidence) -> dict[str, float]:
    """How a path fares on disjoint evidence."""
    nothing = float("nan")
    found = {"members": nothing, "inclusion": nothing, "pri": nothing, "coverage": nothing}
    if variant.data is not None:
        x = term.membership(variant.data)
        y = variant.data[literal.condition].to_numpy()
        found["members"] = int((x > 0.5).sum())
        fit = sufficiency(x, y if literal.value else 1.0 - y)
        found.update(zip(("inclusion", "pri", "coverage"), fit, strict=True))
    return {f"{variant.name}_{k}": v for k, v in found.items()}


def pairs_of(solutions: Any, models: Any) -> list[tuple[QcaSolution, int]]:
    """Solutions with the model that is asked of each."""
    given = [solutions] if isinstance(solutions, QcaSolution) else list(solutions)
    chosen = [models] * len(given) if isinstance(models, int) else list(models)
    return list(zip(given, chosen, strict=False))


def share_notes(cases: AtlasQca, solution: QcaSolution, model: int) -> list[Text]:
    """The share of evidence beside each path, and its consistency on disjoint evidence, as sentences."""
    said = []
    wording = Wording.of(cases.printed_labels, None, None, None, None, ())
    terms = solution.model(model)
    for term, row in zip(terms, paths_of(cases, solution, model).to_dict("records"), strict=True):
        name = wording.term(term)
        if row["outcome"]:
            share = row["of_outcome"]
            told = Text(
                f"{row['both']} of {row['outcome']} practices behind the outcome speak of its conditions, too "
                f"({100 * share:.0f} %).",
                f"结果所依据的{row['outcome']}项实践举措中有{row['both']}项同时涉及其条件（{100 * share:.0f}%）。",
            )
        else:
            told = Text(
                "no practice stands behind what was not seen, so that no share can be given.",
                "结果为“未见”，没有实践举措作为依据，无法计算共有证据的比例。",
            )
        again = []
        for variant in cases.disjoint:
            found = number(row[f"{variant.name}_inclusion"])
            again.append(Text(f"{found} ({variant.title.en})", f"{found}（{variant.title.zh}）"))
        listed = join_texts(again, "; ", "；")
        said.append(
            Text(
                f"{name.en}: {told.en} Consistency {number(row['inclusion'])}; on disjoint evidence {listed.en}.",
                f"{name.zh}：{told.zh}一致性为{number(row['inclusion'])}；证据互不重叠时为{listed.zh}。",
            )
        )
    return said
