"""From one score down to the values, facts and sources that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, UnknownNameError, or_none

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.result import IndexResult


@dataclass(frozen=True)
class ScoreTrace(Result):
    """All that one score of one unit rests on.

    Parameters
    ----------
    unit, code
        Whose score, and which.
    rows
        One row a code, the traced one first, each followed by what is under it: code, parent, level,
        name_en, name_zh; share (weight among the siblings, those without a value left out) and weight
        (of the code in the traced one, so far as shares are weights: see ``unit_weights``); score, rank;
        for indicators value, imputed, treated, normalised, origin ("own", "imputed", "missing" or what
        the table of facts says), year, fact_ids, practice_ids, source_ids, disagree, emptiness (the
        kind of it, where the atlas knows it).
    unit_weights
        False where an aggregation on the way has weights of its own for each unit (benefit of the
        doubt), so that shares are only those of the recipe.
    evidence
        For condition scores: by indicator what ``atlas.condition_evidence`` gives, one result a coder,
        with practices, codes and sources; there for empty cells, too, which it explains.
    """

    unit: str
    code: str
    rows: pd.DataFrame
    unit_weights: bool = True
    evidence: dict[str, tuple[Any, ...]] = field(default_factory=dict, repr=False)

    def table(self) -> pd.DataFrame:
        """One row a code, from the traced one down."""
        return self.rows.copy()

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Every fact that is used, once, in the order of the rows."""
        return tuple(dict.fromkeys(f for ids in self.rows["fact_ids"] for f in ids))

    @property
    def practice_ids(self) -> tuple[str, ...]:
        """Every practice that counts towards a condition score, once, in the order of the rows."""
        return tuple(dict.fromkeys(p for ids in self.rows["practice_ids"] for p in ids))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that is used, once, in the order of the rows."""
        return tuple(dict.fromkeys(s for ids in self.rows["source_ids"] for s in ids))

    def summary(self, language: str = "en") -> str:
        """Say how many values, facts and sources the score rests on, and how many are filled in."""
        first = self.rows.iloc[0]
        leaves = self.rows[self.rows["level"] == 1]
        imputed, missing = ((leaves["origin"] == k).sum() for k in ("imputed", "missing"))
        score = first["score"]
        shown = ("no score", "无得分") if score != score else (f"{score:.4g}", f"{score:.4g}")
        rests = Text(f"{len(self.fact_ids)} facts", f"事实{len(self.fact_ids)}条")
        if self.evidence:
            rests = Text(f"{len(self.practice_ids)} practices", f"实践举措{len(self.practice_ids)}项")
        found = Text(
            f"{self.unit}, {first['name_en']}: {shown[0]}, from {len(leaves)} indicators, of which {imputed} are "
            f"imputed and {missing} missing; {rests.en} from {len(self.source_ids)} sources.",
            f"{self.unit}，{first['name_zh']}：{shown[1]}，依据{len(leaves)}项指标，其中插补{imputed}项、"
            f"缺失{missing}项；{rests.zh}，来源{len(self.source_ids)}个。",
        )
        return found.in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give the rows, and the evidence behind condition scores, as plain values."""
        return {
            **super().to_dict(),
            "evidence": {code: [e.to_dict() for e in given] for code, given in self.evidence.items()},
        }


def trace(result: IndexResult, unit: str, code: str | None = None) -> ScoreTrace:
    """Follow one score down to its indicators, raw values, facts and sources.

    Parameters
    ----------
    result
        The index.
    unit
        A unit of the index.
    code
        An aggregate or an indicator; None = the top.

    Returns
    -------
    ScoreTrace
        A missing value stays in the trace, without share: it is told, never left out in silence. Facts
        and sources are there where the index was built from a table of facts.

    Raises
    ------
    UnknownNameError
        No such unit or code.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.index import IndexSpec, Structure, build_index
    >>> frame = pd.DataFrame({"skills": [1.0, 3.0], "parks": [5.0, None]}, index=["cork", "wuhan"])
    >>> built = build_index(frame, IndexSpec(Structure.of({"INDEX": ["skills", "parks"]}), normalise=None))
    >>> trace(built, "wuhan").table()[["code", "share", "value", "origin"]].values.tolist()
    [['INDEX', 1.0, nan, ''], ['skills', 1.0, 3.0, 'own'], ['parks', 0.0, nan, 'missing']]
    """
    import pandas as pd

    tree = result.structure
    if unit not in result.scores.index:
        raise UnknownNameError("unit", str(unit), [str(u) for u in result.scores.index])
    code = tree.top if code is None else tree.node(str(code)).code
    rows: list[dict[str, Any]] = []

    def walk(here: str, share: float, weight: float) -> None:
        node = tree.by_code[here]
        rows.append(
            {
                "code": here,
                "parent": node.parent,
                "level": node.level,
                "name_en": node.name.en,
                "name_zh": node.name.zh,
                "share": share,
                "weight": weight,
                "score": result.scores.at[unit, here],
                "rank": result.ranks.at[unit, here],
                **_cell(result, unit, here),
            }
        )
        children = tree.children(here)
        there = {c: 0.0 if _empty(result, unit, c) else result.weights[c] for c in children}
        total = sum(there.values())
        for child in children:
            own = there[child] / total if total > 0 else 0.0
            walk(child, own, weight * own)

    walk(code, 1.0, 1.0)
    levels = range(2, tree.by_code[code].level + 1)
    fixed = all(result.spec.aggregate_at(level).name != "benefit_of_the_doubt" for level in levels)
    evidence = _evidence(result, unit, [row["code"] for row in rows])
    return ScoreTrace(str(unit), code, pd.DataFrame(rows), fixed, evidence)


def _empty(result: IndexResult, unit: str, code: str) -> bool:
    return or_none(result.scores.at[unit, code]) is None


def _evidence(result: IndexResult, unit: str, codes: list[str]) -> dict[str, tuple[Any, ...]]:
    """What lies behind the condition scores of a unit, by indicator."""
    origin = result.origin
    if origin is None or unit not in origin.index:
        return {}
    found = {code: getattr(origin.at[unit, code], "evidence", ()) for code in codes if code in origin.columns}
    return {code: tuple(given) for code, given in found.items() if given}


def _cell(result: IndexResult, unit: str, code: str) -> dict[str, Any]:
    """What an indicator's cell held after each step, and where it came from."""
    nothing = float("nan")
    found: dict[str, Any] = dict.fromkeys(("value", "imputed", "treated", "normalised"), nothing)
    found |= {"origin": "", "year": None, "fact_ids": (), "practice_ids": (), "source_ids": ()}
    found |= {"disagree": False, "emptiness": None}
    steps = result.prepared
    if code not in steps.values.columns:
        return found
    found["value"] = steps.values.at[unit, code]
    found["imputed"] = steps.imputed.at[unit, code]
    found["treated"] = steps.treated.at[unit, code]
    found["normalised"] = steps.normalised.at[unit, code]
    if or_none(found["value"]) is None:
        found["origin"] = "missing" if or_none(found["imputed"]) is None else "imputed"
    else:
        found["origin"] = "own"
    origin = result.origin
    if origin is None or unit not in origin.index or code not in origin.columns:
        return found
    cell = origin.at[unit, code]
    if found["origin"] == "own":
        found["origin"] = cell.kind
    found["year"] = cell.year
    found["fact_ids"], found["source_ids"] = tuple(cell.facts), tuple(cell.sources)
    found["practice_ids"] = tuple(getattr(cell, "practices", ()))
    found["disagree"] = bool(cell.disagree)
    emptiness = getattr(cell, "emptiness", None)
    if emptiness is not None and found["origin"] in ("missing", "imputed"):
        found["emptiness"] = str(emptiness.value)
    return found
