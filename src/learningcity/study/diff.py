"""What changed between two runs of a study: data, choices, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text
from learningcity.report import STRENGTHS, Finding
from learningcity.study.run import StudyResult

if TYPE_CHECKING:
    import pandas as pd

CHANGES: dict[str, Text] = {
    "data": Text("data", "数据"),
    "choice": Text("choice", "选择"),
    "version": Text("version", "版本"),
    "new": Text("new finding", "新增发现"),
    "gone": Text("finding gone", "发现消失"),
    "strength": Text("strength", "证据强度"),
    "value": Text("value", "数值"),
    "words": Text("words", "文字"),
}
#: Numbers that differ by less are the same.
SAME = 1e-9
_COLUMNS = ("kind", "what", "before", "after", "before_zh", "after_zh")


@dataclass(frozen=True)
class StudyDifference(Result):
    """What changed, one row each: kind, what, before, after, and the same two in Chinese."""

    rows: tuple[tuple[str, str, str, str, str, str], ...]

    def table(self) -> pd.DataFrame:
        """Give the rows as a frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(_COLUMNS))

    def summary(self, language: str = "en") -> str:
        """Count what changed."""
        if not self.rows:
            return Text("Nothing changed.", "没有变化。").in_(language)
        counts = {kind: sum(row[0] == kind for row in self.rows) for kind in CHANGES}
        said = [(CHANGES[k], n) for k, n in counts.items() if n]
        return Text(
            "Changed: " + ", ".join(f"{k.en} {n}" for k, n in said) + ".",
            "变化：" + "，".join(f"{k.zh}{n}处" for k, n in said) + "。",
        ).in_(language)


def compare_studies(before: StudyResult, after: StudyResult) -> StudyDifference:
    """Compare two runs: which tables, choices and versions differ, and which findings followed.

    Examples
    --------
    >>> import learningcity as lc
    >>> run = lc.run_study(lc.Study(chapters=("award",), languages=("en",)))
    >>> lc.compare_studies(run, run).summary()
    'Nothing changed.'
    """
    one, two = before.manifest, after.manifest
    rows = [
        *_tables(one.get("tables", {}), two.get("tables", {})),
        *_values("choice", one.get("choices", {}), two.get("choices", {})),
        *_values("version", one.get("versions", {}), two.get("versions", {})),
        *_findings(before.document.findings, after.document.findings),
    ]
    return StudyDifference(tuple(rows))


Rows = list[tuple[str, str, str, str, str, str]]


def _row(kind: str, what: str, before: Any, after: Any) -> tuple[str, str, str, str, str, str]:
    told = [one if isinstance(one, Text) else Text(_text(one), _text(one)) for one in (before, after)]
    return (kind, what, told[0].en, told[1].en, told[0].zh, told[1].zh)


def _text(value: Any) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _tables(before: Mapping[str, Any], after: Mapping[str, Any]) -> Rows:
    rows = []
    for name in sorted({*before, *after}):
        one, two = before.get(name), after.get(name)
        if one == two:
            continue
        told = [
            None
            if t is None
            else Text(f"{t['rows']} rows, {t['sha256'][:8]}", f"{t['rows']}行，{t['sha256'][:8]}")
            for t in (one, two)
        ]
        rows.append(_row("data", name, *told))
    return rows


def _values(kind: str, before: Any, after: Any, name: str = "") -> Rows:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return [
            row
            for key in sorted({*before, *after})
            for row in _values(kind, before.get(key), after.get(key), f"{name}.{key}".lstrip("."))
        ]
    return [] if before == after else [_row(kind, name, before, after)]


def _findings(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Rows:
    one, two = ({f.key: f for f in found} for found in (before, after))
    rows: Rows = []
    for key in dict.fromkeys([*one, *two]):
        if key not in two:
            rows.append(_row("gone", key, _claim(one[key]), None))
        elif key not in one:
            rows.append(_row("new", key, None, _claim(two[key])))
        else:
            rows += _finding(one[key], two[key])
    return rows


def _finding(one: Finding, two: Finding) -> Rows:
    rows: Rows = []
    if one.strength != two.strength:
        rows.append(_row("strength", one.key, STRENGTHS[one.strength], STRENGTHS[two.strength]))
    named = dict.fromkeys([*one.values, *two.values])
    moved = [name for name in named if not _same(one.values.get(name), two.values.get(name))]
    rows += [_row("value", f"{one.key}: {n}", one.values.get(n), two.values.get(n)) for n in moved]
    if not moved and _claim(one) != _claim(two):
        rows.append(_row("words", one.key, _claim(one), _claim(two)))
    return rows


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, int | float) and isinstance(two, int | float):
        return abs(one - two) <= SAME * max(1.0, abs(one), abs(two))
    return bool(one == two)


def _claim(finding: Finding) -> Text:
    return Text(finding.claim.in_("en"), finding.claim.in_("zh"))
