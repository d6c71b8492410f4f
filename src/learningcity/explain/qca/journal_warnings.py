"""What the study log warns of: choices that changed after a result had been seen, columns changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.explain.qca.calibrate_anchors import anchor_name
from learningcity.explain.qca.journal_content import KINDS

if TYPE_CHECKING:
    from learningcity.explain.qca.journal import JournalEntry

#: Memberships are compared to this precision, and rules for 0.5 may move them by this much.
CLOSE, MOVED = 1e-9, 0.0011
SHOWN = 10
CUTS = {
    "inclusion": Text("inclusion", "一致性"),
    "contradiction": Text("lower inclusion", "一致性下限"),
    "pri": Text("PRI", "PRI"),
    "frequency": Text("frequency", "频数"),
    "at_half": Text("rule for 0.5", "0.5的处理"),
}
SOLVED = ("solution",)
TABLES = ("truth_table", "solution")


def warnings_for(entry: JournalEntry, before: Sequence[JournalEntry]) -> Iterable[Text]:
    """Warnings of a new line, given the lines before."""
    if entry.kind == "calibration":
        return _calibration(entry, before)
    found = list(_by_hand(entry, before))
    if entry.kind in TABLES:
        found += _choices(entry, before)
    return found


def _calibration(entry: JournalEntry, before: Sequence[JournalEntry]) -> list[Text]:
    name = entry.subject
    earlier = [e for e in before if e.kind == "calibration" and e.subject == name]
    seen = [e for e in before if e.kind != "calibration" and _rests_on(e, name)]
    if not earlier:
        if not seen:
            return []
        return [
            Text(
                f"{name} is calibrated only now, after {_named(seen[-1]).en} had been seen.",
                f"{name}在查看{_named(seen[-1]).zh}之后才记录校准。",
            )
        ]
    last = earlier[-1]
    found = []
    changed = [k for k in ("kind", "anchors", "options") if entry.content[k] != last.content[k]]
    if changed and seen:
        was, now = _choice(last.content, changed), _choice(entry.content, changed)
        found.append(
            Text(
                f"The calibration of {name} (no. {last.number}) was changed after {_named(seen[-1]).en} had been "
                f"seen: {was.en} became {now.en}. {_why(entry).en}",
                f"{name}的校准（第{last.number}项）在查看{_named(seen[-1]).zh}之后被更改：由{was.zh}改为{now.zh}。"
                f"{_why(entry).zh}",
            )
        )
    if entry.content["raw"] != last.content["raw"] and seen:
        found.append(
            Text(
                f"The raw values of {name} are not those of no. {last.number}, which {_named(seen[-1]).en} rests on.",
                f"{name}的原始值与第{last.number}项不同，而{_named(seen[-1]).zh}以后者为依据。",
            )
        )
    return found


def _choices(entry: JournalEntry, before: Sequence[JournalEntry]) -> list[Text]:
    """Cuts and conditions that differ from those of the last solution for the same outcome.

    A table of which no row is positive is an answer as well: that there is none.
    """
    solved = [
        e
        for e in before
        if e.subject == entry.subject and (e.kind in SOLVED or e.content.get("positive") == 0)
    ]
    if not solved:
        return []
    last = solved[-1]
    found = []
    different = [k for k in CUTS if entry.content["cuts"].get(k) != last.content["cuts"].get(k)]
    if different:
        was, now = _cuts(last.content["cuts"], different), _cuts(entry.content["cuts"], different)
        found.append(
            Text(
                f"The cut-offs for {entry.subject} were changed after {_named(last).en} had been seen: {was.en} "
                f"became {now.en}. {_why(entry).en}",
                f"{entry.subject}的门槛值在查看{_named(last).zh}之后被更改：由{was.zh}改为{now.zh}。{_why(entry).zh}",
            )
        )
    mine, theirs = set(entry.content["uses"]), set(last.content["uses"])
    if mine != theirs:
        more, less = sorted(mine - theirs), sorted(theirs - mine)
        found.append(
            Text(
                f"The conditions for {entry.subject} are not those of {_named(last).en}: "
                + "; ".join(
                    [f"added {', '.join(more)}"] * bool(more) + [f"left out {', '.join(less)}"] * bool(less)
                )
                + f". {_why(entry).en}",
                f"{entry.subject}的条件与{_named(last).zh}不同："
                + "；".join([f"增加{'、'.join(more)}"] * bool(more) + [f"去掉{'、'.join(less)}"] * bool(less))
                + f"。{_why(entry).zh}",
            )
        )
    return found


def _by_hand(entry: JournalEntry, before: Sequence[JournalEntry]) -> Iterable[Text]:
    """Columns that are not what their last calibration gave."""
    for name, column in (entry.content.get("values") or {}).items():
        last = [e for e in before if e.kind == "calibration" and e.subject == name]
        if not last:
            continue
        given = last[-1].content["values"][name]
        odd = [c for c, v in column.items() if c in given and not _same(v, given[c])]
        if odd:
            shown = odd[:SHOWN]
            dots = " ..." if len(odd) > SHOWN else ""
            yield Text(
                f"{name} is not as it was calibrated in no. {last[-1].number}: {', '.join(shown)}{dots}. "
                "Use the column of that calibration; change anchors, never single memberships.",
                f"{name}与第{last[-1].number}项的校准结果不符：{'、'.join(shown)}{dots}。请使用该次校准的结果；应更改锚点，而非个别隶属度。",
            )


def _same(used: float | None, given: float | None) -> bool:
    if used is None or given is None:
        return used is given
    return abs(used - given) <= (MOVED if given == 0.5 else CLOSE)


def _rests_on(entry: JournalEntry, name: str) -> bool:
    uses = entry.content.get("uses")
    return uses is None or name in uses


def _named(entry: JournalEntry) -> Text:
    kind = KINDS[entry.kind]
    return Text(
        f"no. {entry.number} ({kind.en}{', ' + entry.subject if entry.subject else ''})",
        f"第{entry.number}项（{kind.zh}{'，' + entry.subject if entry.subject else ''}）",
    )


def _why(entry: JournalEntry) -> Text:
    if entry.reason:
        return Text(f"Reason given: “{entry.reason}”.", f"所述理由：“{entry.reason}”。")
    return Text("Give the reason, and report both.", "请说明理由，并同时报告两者。")


def _choice(content: Mapping[str, Any], changed: Sequence[str]) -> Text:
    """The parts of a calibration that changed, in words."""
    en, zh = [], []
    if "kind" in changed:
        en.append(content["kind"])
        zh.append(content["kind"])
    if "anchors" in changed:
        en.append(", ".join(f"{anchor_name(k).en} {v:g}" for k, v in content["anchors"]))
        zh.append("、".join(f"{anchor_name(k).zh}{v:g}" for k, v in content["anchors"]))
    if "options" in changed:
        told = ", ".join(f"{k} {_value(v)}" for k, v in sorted(content["options"].items()))
        en.append(told)
        zh.append(told)
    return Text("; ".join(en), "；".join(zh))


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "(" + ", ".join(_value(v) for v in value) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cuts(cuts: Mapping[str, Any], keys: Sequence[str]) -> Text:
    return Text(
        ", ".join(f"{CUTS[k].en} {_value(cuts.get(k))}" for k in keys),
        "、".join(f"{CUTS[k].zh}{_value(cuts.get(k))}" for k in keys),
    )
