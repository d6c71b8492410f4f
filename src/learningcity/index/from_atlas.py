"""Readings of the atlas: what its tables allow one to compare, and what they do not.

The only module of the index that knows the atlas. A reading is a file in ``readings/``: a recipe as
:func:`learningcity.index.files.read_index_spec` reads it, and a part that says which tables it takes, the
rule of coverage, and in both languages what it can and cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.atlas import (
    TENTATIVE_ALPHA,
    Atlas,
    AtlasResult,
    CodingPolicy,
    FactPolicy,
    Origin,
)
from learningcity.core import (
    NEAR_CONSTANT,
    Emptiness,
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    of_kind,
    plain,
)
from learningcity.index.condition_origin import ConditionOrigin
from learningcity.index.coverage import CoverageRule, cover, mask_thin
from learningcity.index.files import read_document, spec_of
from learningcity.standards import country_name

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.index.result import IndexResult
    from learningcity.index.spec import IndexSpec

#: The readings that come with the package.
READINGS = ("visible", "figures", "context")


@dataclass(frozen=True)
class AtlasReading(AtlasResult):
    """Values of the atlas with a recipe, and plainly what they can and cannot tell.

    Parameters
    ----------
    name, title
        What the reading is called.
    kind
        "conditions" (condition scores of cities), "facts" (figures of cities), "context" (of countries).
    values
        What enters the index: index city_id or country_iso3, one column an indicator, NaN = empty or not
        covered. Only units with a score in at least one part.
    figures
        The same before the rule of coverage: all units, all indicators of the file.
    spec
        The recipe, its structure without the indicators and parts that the rule leaves out.
    rule
        The rule of coverage.
    effort
        How much was read: practices, sources and facts of a city; figures and their years of a country.
    left_out
        One row a unit, part or indicator without a score: kind, code, name_en, name_zh, reason_en,
        reason_zh.
    can, may_not
        What the reading can tell, and what it may not be used for.
    origin
        Where each value came from, in the shape of ``values``; for condition scores a
        :class:`ConditionOrigin`, which opens ``atlas.condition_evidence`` cell by cell.
    near_constant
        Conditions that nearly all cities show (``NEAR_CONSTANT``), so that they hardly tell them apart; empty
        for figures and countries.
    coder
        Whose codes "visible" takes; None for figures and countries.
    """

    name: str
    title: Text
    kind: str
    values: pd.DataFrame
    figures: pd.DataFrame
    spec: IndexSpec
    rule: CoverageRule
    effort: pd.DataFrame
    left_out: pd.DataFrame
    can: tuple[Text, ...]
    may_not: tuple[Text, ...]
    names: dict[str, Text] = field(default_factory=dict, repr=False)
    origin: pd.DataFrame | ConditionOrigin | None = None
    near_constant: tuple[str, ...] = ()
    coder: str | None = None

    @cached_property
    def _built(self) -> IndexResult:
        from learningcity.index.build import build_index

        return build_index(self, self.spec)

    def build(self) -> IndexResult:
        """Compute the index; it has ranks, since every index has, and ``may_not`` says what of them."""
        return self._built

    def table(self) -> pd.DataFrame:
        """Give a profile a unit, in the order of the ids and without ranks.

        Returns
        -------
        frame
            Columns ``city_id`` or ``country_iso3``, name_en, name_zh; for each part its score (NaN where
            not covered) and ``<part>_seen``, how many of its indicators hold a value; the effort.
        """
        import pandas as pd

        structure, index = self.spec.structure, self.values.index
        columns: dict[str, Any] = {
            "name_en": [self.names[u].en for u in index],
            "name_zh": [self.names[u].zh for u in index],
        }
        for part in structure.children(structure.top):
            columns[part] = self._built.scores[part].to_numpy()
            seen = self.figures.loc[index, list(structure.leaves(part))].notna().sum(axis=1)
            columns[f"{part}_seen"] = seen.to_numpy()
        frame = pd.DataFrame(columns, index=index).join(self.effort)
        return frame.sort_index().reset_index()

    def by_coder(self) -> dict[str, pd.DataFrame]:
        """Give the values as each coder alone saw them, to be drawn in an uncertainty analysis.

        Returns
        -------
        dict
            Coder -> frame as ``values``: the same indicators, and the rule of coverage applied to what
            this coder saw, so that a city may have a score by one coder and none by the other.

        Raises
        ------
        InputError
            A reading that does not rest on codes.

        Examples
        --------
        >>> import learningcity as lc
        >>> reading = lc.atlas_reading("visible", lc.load_atlas())
        >>> drawn = lc.uncertainty(reading, reading.spec, {"coders": reading.by_coder()}, draws=20)
        >>> list(reading.by_coder()), drawn.failed
        (['A', 'B'], 0)
        """
        if not isinstance(self.origin, ConditionOrigin):
            raise InputError(
                Text(
                    f"The reading {self.name} does not rest on codes; coders belong to the reading visible.",
                    f"{self.name}读法不依据编码；只有visible读法才有编码员。",
                )
            )
        atlas, policy = self.origin.atlas, self.origin.policy
        return {
            coder: mask_thin(atlas.conditions(policy, coder), self.spec.structure, self.rule)
            for coder in sorted(set(atlas.codes["coder"]))
        }

    @property
    def effort_correlation(self) -> float:
        """Spearman's correlation of how many conditions were seen with how many practices were read.

        Over all cities of the atlas; NaN for figures and countries, or where one of the two is constant.
        """
        if self.kind != "conditions":
            return float("nan")
        ranks = self.effort["practices"].rank(), self.figures.notna().sum(axis=1).rank()
        if min(r.nunique() for r in ranks) < 2:
            return float("nan")
        return float(ranks[0].corr(ranks[1].reindex(ranks[0].index)))

    def summary(self, language: str = "en") -> str:
        """Say how many units and indicators the rule leaves, and what the reading can and cannot tell."""
        structure = self.spec.structure
        what = ("countries", "国家") if self.kind == "context" else ("cities", "城市")
        parts = [structure.by_code[c].name for c in structure.children(structure.top)]
        said = [
            Text(
                f"{self.title.en}: {len(self.values)} of {len(self.figures)} {what[0]} are covered, from "
                f"{len(structure.indicators)} of {self.figures.shape[1]} indicators, in "
                f"{join_texts(parts, ', ').en}.",
                f"{self.title.zh}：{len(self.figures)}个{what[1]}中{len(self.values)}个达到覆盖要求，"
                f"使用{self.figures.shape[1]}项指标中的{len(structure.indicators)}项，"
                f"涉及{join_texts(parts, zh='、').zh}。",
            ),
            self.rule.text,
        ]
        found = self.effort_correlation
        if found == found:
            said.append(
                Text(
                    "Spearman's correlation between how many conditions were seen and how many practices were "
                    f"read is {found:.2f}.",
                    f"见到的条件数与阅读的实践举措数的斯皮尔曼相关系数为{found:.2f}。",
                )
            )
        return join_texts([*said, *self.can, *self.may_not], " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give profile, values, recipe, effort, what is left out and the words as plain values."""
        return {
            "name": self.name,
            "title": self.title.to_dict(),
            "kind": self.kind,
            "coder": self.coder,
            "near_constant": list(self.near_constant),
            "table": plain(self.table()),
            "values": plain(self.values),
            "spec": self.spec.to_dict(),
            "rule": {**plain(self.rule), "text": self.rule.text.to_dict()},
            "left_out": plain(self.left_out),
            "can": plain(self.can),
            "may_not": plain(self.may_not),
            "summary": {k: self.summary(k) for k in ("en", "zh")},
            "versions": self.versions,
        }


def atlas_reading(
    name: str, atlas: Atlas, *, policy: CodingPolicy | FactPolicy | None = None, coder: str = "A"
) -> AtlasReading:
    """Read the atlas as an index would: values, recipe, effort, what is left out and why.

    Parameters
    ----------
    name
        "visible" (themes and mechanisms from condition scores), "figures" (of the four dimensions, of
        the cities themselves) or "context" (of countries).
    atlas
        The atlas, with the user's own tables where there are any.
    policy
        Another :class:`~learningcity.CodingPolicy` for "visible" or
        :class:`~learningcity.FactPolicy` for "figures" than that of the file.
    coder
        Whose codes "visible" takes.

    Returns
    -------
    AtlasReading
        Never a league table: ``table()`` gives profiles in the order of the ids.

    Raises
    ------
    UnknownNameError
        No such reading or coder.
    InputError
        The atlas does not hold enough for a single unit, or the policy is of another kind.

    Examples
    --------
    >>> import learningcity as lc
    >>> reading = atlas_reading("figures", lc.load_atlas())
    >>> reading.spec.structure.children("figures")
    ('prosperous',)
    >>> reading.left_out.set_index("code")["reason_en"]["green"]
    'fewer than 2 indicators are left'
    """
    of_kind(atlas, Atlas, "atlas")
    if name not in READINGS:
        raise UnknownNameError("name", name, READINGS)
    file = Path(str(resources.files("learningcity.index").joinpath("readings", f"{name}.toml")))
    document = read_document(file)
    about = document.pop("reading")
    spec = spec_of(document, file.name, file.parent)
    codes = list(spec.structure.indicators)
    figures, origin = _TAKE[about["kind"]](atlas, codes, about.get("policy", {}), policy, coder)
    rule = CoverageRule(about["share"], about["least"], about["units"])
    covered = cover(figures, spec.structure, rule, keep_flat=spec.normalise is None)
    names = _names(atlas, about["kind"], figures.index)
    visible = isinstance(origin, ConditionOrigin)
    near = _near_constant(figures[list(covered.structure.indicators)]) if visible else ()
    rows = [
        {"kind": kind, "code": code, **_named(names.get(code) or spec.structure.by_code[code].name, why)}
        for kind, code, why in covered.left_out
    ]
    rows += [
        {"kind": "not used", "code": code, **_named(_title(atlas, code), Text(**why))}
        for code, why in about.get("not_used", {}).items()
    ]
    return AtlasReading(
        name=name,
        title=Text(**about["title"]),
        kind=about["kind"],
        values=covered.values,
        figures=figures,
        spec=spec.replace(structure=covered.structure),
        rule=rule,
        effort=_effort(atlas, about["kind"], figures, origin),
        left_out=_frame(rows),
        can=tuple(Text(**t) for t in about["can"]),
        may_not=(
            *(Text(**t) for t in about["may_not"]),
            *(_limits(origin, spec, near) if isinstance(origin, ConditionOrigin) else ()),
        ),
        names=names,
        origin=_part(origin, covered.values),
        near_constant=near,
        coder=coder if visible else None,
        asked=atlas,
    )


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=["kind", "code", "name_en", "name_zh", "reason_en", "reason_zh"])


def _named(name: Text, why: Text) -> dict[str, str]:
    return {"name_en": name.en, "name_zh": name.zh, "reason_en": why.en, "reason_zh": why.zh}


def _title(atlas: Atlas, code: str) -> Text:
    from learningcity.standards import label

    rows = atlas.indicators[atlas.indicators["indicator_id"] == code]
    if len(rows):
        return Text(str(rows["name_en"].iloc[0]), str(rows["name_zh"].iloc[0]))
    return Text(label("theme", code, "en"), label("theme", code, "zh"))


def _conditions(
    atlas: Atlas, codes: list[str], given: Mapping[str, Any], policy: Any, coder: str
) -> tuple[pd.DataFrame, ConditionOrigin]:
    used = CodingPolicy(**given) if policy is None else of_kind(policy, CodingPolicy, "policy")
    scores = atlas.conditions(used, coder)[codes]
    return scores, ConditionOrigin(atlas, used, coder, scores.index, scores.columns)


def _part(origin: Any, values: pd.DataFrame) -> Any:
    """The origins of the cells that enter the index."""
    if isinstance(origin, ConditionOrigin):
        return replace(origin, index=values.index, columns=values.columns)
    return origin.loc[values.index, values.columns]


def _near_constant(scores: pd.DataFrame) -> tuple[str, ...]:
    """Name the conditions that nearly all cities show, out of those of which any practice was coded."""
    read = scores[scores.notna().any(axis=1)]
    return tuple(str(c) for c in scores if len(read) and read[c].notna().mean() >= NEAR_CONSTANT)


def _limits(origin: ConditionOrigin, spec: IndexSpec, near: tuple[str, ...]) -> list[Text]:
    """Say which conditions hardly tell cities apart, and on which the passes of coding do not agree."""
    said = []
    if near:
        names = join_texts([spec.structure.by_code[c].name for c in near], ", ", "、")
        said.append(
            _NEAR.format(
                names=names, share=Text(f"{100 * NEAR_CONSTANT:.0f} %", f"{100 * NEAR_CONSTANT:.0f}%")
            )
        )
    # Agreement is measured under the default policy; the interval of alpha is not asked for.
    if origin.policy != CodingPolicy() or origin.atlas.codes["coder"].nunique() < 2:
        return said
    agreement = origin.atlas.agreement(draws=1)
    rows = agreement.table()
    rows = rows[rows["kind"].isin(["seen", "score"])]
    alike = rows[rows.index.isin(agreement.low_though_alike)]
    weak = rows[(rows["alpha"] < TENTATIVE_ALPHA) & ~rows.index.isin(alike.index)]
    for text, found in ((_ALIKE, alike), (_WEAK, weak)):
        if len(found):
            named = [_of_agreement(spec, *str(row).split(" ", 1)) for row in found.index]
            said.append(text.format(names=join_texts(named, ", ", "、"), alpha=TENTATIVE_ALPHA))
    return said


def _of_agreement(spec: IndexSpec, kind: str, condition: str) -> Text:
    name = spec.structure.by_code[condition].name
    return Text("{name} ({of})", "{name}（{of}）").format(
        name=name, of=Text("seen or not", "是否见到") if kind == "seen" else Text("score", "得分")
    )


_NEAR = Text(
    "Near-constant: at least {share} of the cities show {names}; these hardly tell cities apart.",
    "近乎恒定：{share}以上的城市均可见{names}，难以据此区分城市。",
)
_ALIKE = Text(
    "The passes give nearly all cities the same code for {names}; a single difference pulls Krippendorff's "
    "alpha down there, so that reliability cannot be judged.",
    "{names}：各遍编码对几乎所有城市结果相同，个别分歧即会使Krippendorff α系数大幅降低，无法据此判断信度。",
)
_WEAK = Text(
    "The passes do not agree well enough even for tentative conclusions on {names} (Krippendorff's alpha "
    "below {alpha}).",
    "{names}：各遍编码的一致性不足以支持哪怕是初步的结论（Krippendorff α系数低于{alpha}）。",
)


def _facts(
    atlas: Atlas, codes: list[str], given: Mapping[str, Any], policy: Any, coder: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    used = FactPolicy(**given) if policy is None else of_kind(policy, FactPolicy, "policy")
    if used.context:
        raise InputError(
            Text(
                "Figures of the country are never a city's own: leave context off, or take the reading context.",
                "国家数据不能当作城市自身的数据：请关闭context，或使用context读法。",
            )
        )
    table = atlas.table(codes, used)
    return table.values, table.origin


def _context(
    atlas: Atlas, codes: list[str], given: Mapping[str, Any], policy: Any, coder: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The latest figure of each country, no older than the file allows."""
    import pandas as pd

    if policy is not None:
        raise InputError(Text("The reading context takes no policy.", "context读法不接受policy参数。"))
    rows = atlas.context[atlas.context["indicator_id"].isin(codes)].dropna(subset=["year", "value"])
    if rows.empty:
        raise InputError(Text("The atlas holds no figures of countries.", "图谱中没有国家数据。"))
    rows = rows[rows["year"] >= rows["year"].max() - given["max_age"]].sort_values("year", kind="stable")
    last = rows.drop_duplicates(["country_iso3", "indicator_id"], keep="last")
    index = pd.Index(sorted(atlas.context["country_iso3"].unique()), name="country_iso3")
    values = last.pivot(index="country_iso3", columns="indicator_id", values="value")
    values = values.reindex(index=index, columns=codes).astype(float).rename_axis(columns=None)
    empty = Origin("empty", emptiness=Emptiness.MISSING)
    origin = pd.DataFrame({c: [empty] * len(index) for c in codes}, index=index, dtype=object)
    columns = ["country_iso3", "indicator_id", "year", "unit", "source_id"]
    for country, code, year, unit, source in last[columns].itertuples(index=False, name=None):
        origin.at[country, code] = Origin(
            "context", sources=(str(source),), scope="country", year=int(year), unit=unit
        )
    return values, origin


_TAKE = {"conditions": _conditions, "facts": _facts, "context": _context}


def _names(atlas: Atlas, kind: str, units: pd.Index) -> dict[str, Text]:
    if kind == "context":
        return {u: Text(country_name(u, "en"), country_name(u, "zh")) for u in units}
    rows = atlas.cities.set_index("city_id")
    english, chinese = rows["name_en"], rows["name_zh"].fillna(rows["name_en"])
    return {u: Text(str(english[u]), str(chinese[u])) for u in units}


def _effort(atlas: Atlas, kind: str, figures: pd.DataFrame, origin: Any) -> pd.DataFrame:
    if kind != "context":
        return atlas.effort()
    import pandas as pd

    years = {u: [o.year for o in origin.loc[u] if o.year is not None] for u in figures.index}
    return pd.DataFrame(
        {
            "figures": figures.notna().sum(axis=1),
            "oldest": [min(y) if y else None for y in years.values()],
            "latest": [max(y) if y else None for y in years.values()],
        },
        index=figures.index,
    ).astype({"oldest": "Int64", "latest": "Int64"})
