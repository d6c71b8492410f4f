"""What stands around a configuration table: names, notes, and the table told in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text, join_texts
from learningcity.explain.qca.frames import outcome_literal
from learningcity.explain.qca.solution import NAMES
from learningcity.explain.qca.truth_halves import AT_HALF_WORDS

if TYPE_CHECKING:
    from learningcity.explain.qca.configuration_result import ConfigurationTable, Panel
    from learningcity.explain.qca.terms import Term

PRESENT, ABSENT = Text("present", "存在"), Text("absent", "不存在")
#: Rows of fit below the conditions, and of the whole solution.
FIT_ROWS = {
    "inclusion": Text("Consistency", "一致性"),
    "pri": Text("PRI", "PRI"),
    "coverage": Text("Raw coverage", "原始覆盖度"),
    "unique_coverage": Text("Unique coverage", "唯一覆盖度"),
    "members": Text("Cases in the path", "路径中的案例数"),
}
WHOLE_ROWS = {
    "inclusion": Text("Solution consistency", "总体解的一致性"),
    "pri": Text("Solution PRI", "总体解的PRI"),
    "coverage": Text("Solution coverage", "总体解的覆盖度"),
}
NOT_CAUSAL = Text(
    "Nothing here is causal: a path goes together with the outcome in these cases; that does not make it a cause.",
    "以上均不构成因果关系：路径只表示其在这些案例中与结果相伴出现，并不意味着前者导致后者。",
)


@dataclass(frozen=True)
class Wording:
    """What conditions, cases, presence and absence are called."""

    labels: Mapping[str, Text]
    case_names: Mapping[str, Text]
    links: Mapping[str, str]
    present: Text
    absent: Text
    remarks: tuple[Text, ...]

    @classmethod
    def of(
        cls, labels: Any, case_names: Any, links: Any, present: Any, absent: Any, remarks: Sequence[Text]
    ) -> Wording:
        """Read what a caller gave."""
        for given, what in ((labels, "labels"), (case_names, "case_names"), (links, "links")):
            if given is not None and not isinstance(given, Mapping):
                raise InputError(
                    Text(
                        f"{what} takes a mapping from a name to a text, not {type(given).__name__}.",
                        f"{what}须为从名称到文本的映射，不能为{type(given).__name__}。",
                    )
                )
        return cls(
            {str(k): as_text(v) for k, v in (labels or {}).items()},
            {str(k): as_text(v) for k, v in (case_names or {}).items()},
            {str(k): str(v) for k, v in (links or {}).items()},
            as_text(present or PRESENT),
            as_text(absent or ABSENT),
            tuple(as_text(one) for one in remarks),
        )

    def condition(self, name: str) -> Text:
        """What a condition is called."""
        return self.labels.get(name, Text(name, name))

    def case(self, name: str) -> Text:
        """What a case is called."""
        return self.case_names.get(name, Text(name, name))

    def outcome(self, asked: str) -> Text:
        """What an outcome, its absence or one of its values is called."""
        literal = outcome_literal(asked)
        name = self.condition(literal.condition)
        if literal.multi:
            return Text(f"{name.en} {{{literal.value}}}", f"{name.zh}{{{literal.value}}}")
        if literal.value:
            return name
        return Text(f"~{name.en}", f"~{name.zh}")

    def term(self, term: Term) -> Text:
        """A path with the names of its conditions."""
        each = []
        for one in term:
            name = self.condition(one.condition)
            sign = "" if one.multi or one.value else "~"
            value = f"{{{one.value}}}" if one.multi else ""
            each.append(Text(f"{sign}{name.en}{value}", f"{sign}{name.zh}{value}"))
        return join_texts(each, "*", "*") if each else Text(str(term), str(term))


def as_text(given: Any) -> Text:
    """A text as it is, anything else the same in both languages."""
    return given if isinstance(given, Text) else Text(str(given), str(given))


def number(value: float) -> str:
    """Three decimals; a dash where it is not defined."""
    return "–" if value != value else f"{value:.3f}"


def caption_of(table: ConfigurationTable) -> Text:
    """What the table is called."""
    names = join_texts([table.wording.outcome(p.outcome) for p in table.panels], ", ", "、")
    return Text(f"Configurations for {names.en}", f"{names.zh}的组态分析结果")


def notes_of(table: ConfigurationTable) -> tuple[Text, ...]:
    """Notes that do not speak of signs, which each way of printing has its own of."""
    said = [_panel_notes(panel, table.wording) for panel in table.panels]
    found: dict[Text, None] = {}
    for panel, notes in zip(table.panels, said, strict=True):
        name = table.wording.outcome(panel.outcome)
        for text in notes:
            # What is true of all panels is said once.
            of_all = all(text in other for other in said)
            found[text if of_all else Text(f"{name.en}: {text.en}", f"{name.zh}：{text.zh}")] = None
    return tuple(dict.fromkeys((*found, *table.wording.remarks, NOT_CAUSAL)))


def _panel_notes(panel: Panel, wording: Wording) -> list[Text]:
    solution, truth = panel.solution, panel.solution.truth
    used = sum(len(c) for c in truth.cases)
    kind = NAMES[solution.solution]
    cuts = truth.contradiction_cut
    said = [
        Text(
            f"{kind.en.capitalize()} solution; {used} cases; consistency cut-off {truth.inclusion_cut:g}"
            + (f" (contradictory from {cuts:g})" if cuts is not None else "")
            + f", PRI cut-off {truth.pri_cut:g}, frequency cut-off {truth.frequency_cut}.",
            f"{kind.zh}；案例数{used}；一致性阈值{truth.inclusion_cut:g}"
            + (f"（{cuts:g}以上为矛盾组态）" if cuts is not None else "")
            + f"，PRI阈值{truth.pri_cut:g}，案例频数阈值{truth.frequency_cut}。",
        )
    ]
    if solution.expectations:
        multi = {c for c, n in zip(truth.conditions.names, truth.conditions.levels, strict=True) if n > 2}
        each = []
        for condition, values in solution.expectations.items():
            name, value = wording.condition(condition), _values(values)
            told = Text(value, value)
            if condition not in multi and len(values) == 1:
                told = wording.present if 1 in values else wording.absent
            each.append(Text(f"{name.en} {told.en}", f"{name.zh}{told.zh}"))
        listed = join_texts(each, ", ", "、")
        said.append(Text(f"Directional expectations: {listed.en}.", f"方向性预期：{listed.zh}。"))
    elif solution.solution == "intermediate":
        said.append(
            Text(
                "No directional expectations were given, so that no unobserved combination counts as easy.",
                "未设定方向性预期，因此没有任何未观察到的组合作为简单反事实纳入。",
            )
        )
    if solution.excluded:
        terms = join_texts([wording.term(t) for t in solution.excluded], ", ", "、")
        said.append(Text(f"Excluded combinations: {terms.en}.", f"已排除的组合：{terms.zh}。"))
    if truth.halves:
        rule = AT_HALF_WORDS[truth.at_half]
        said.append(
            Text(
                f"{len(truth.halves)} memberships of exactly 0.5 in conditions: {rule.en}.",
                f"条件中有{len(truth.halves)}个恰为0.5的隶属度：{rule.zh}。",
            )
        )
    if solution.ambiguous:
        many = f"{len(solution.models):,}"
        said.append(
            Text(
                f"Model {panel.model + 1} of {'' if solution.complete else 'at least '}{many}: the data do not "
                "decide between them.",
                f"共有{'' if solution.complete else '至少'}{many}个模型，此处为第{panel.model + 1}个；"
                "数据无法在其间取舍。",
            )
        )
    if panel.unsettled:
        named = join_texts(
            [
                Text("{c} ({t})", "{c}（{t}）").format(c=wording.condition(c), t=wording.term(t))
                for c, t in panel.unsettled
            ],
            ", ",
            "、",
        )
        said.append(
            Text(
                f"Core by some parsimonious models only: {named.en}.",
                f"仅在部分简约解模型中为核心条件：{named.zh}。",
            )
        )
    if not len(solution.negative):
        said.append(
            Text(
                "No combination is negative: the solution says nothing.",
                "没有结果为0的组合：该解不含任何信息。",
            )
        )
    return said


def _values(values: frozenset[int]) -> str:
    return "/".join(str(v) for v in sorted(values))


def tell(table: ConfigurationTable, language: str) -> str:
    """Each path with its fit, and the notes."""
    said = []
    for panel in table.panels:
        name = table.wording.outcome(panel.outcome)
        paths = []
        for one in panel.configurations:
            term = table.wording.term(one.term)
            fit = [number(v) for v in (one.inclusion, one.coverage, one.unique_coverage)]
            paths.append(
                Text(
                    f"{one.name}: {term.en} (consistency {fit[0]}, raw coverage {fit[1]}, unique coverage {fit[2]})",
                    f"{one.name}：{term.zh}（一致性{fit[0]}，原始覆盖度{fit[1]}，唯一覆盖度{fit[2]}）",
                )
            )
        told = join_texts(paths)
        said.append(
            Text(
                f"{name.en}: {len(paths)} path{'' if len(paths) == 1 else 's'}. {told.en}. Solution consistency {number(panel.inclusion)}, "
                f"coverage {number(panel.coverage)}.",
                f"{name.zh}：{len(paths)}条路径。{told.zh}。总体一致性{number(panel.inclusion)}，"
                f"总体覆盖度{number(panel.coverage)}。",
            )
        )
    return join_texts([*said, *table.notes()], " ", "").in_(language)
