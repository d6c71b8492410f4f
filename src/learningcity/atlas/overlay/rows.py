"""What is wrong with the rows of one file, and the tiers that follow the hosts of its addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from learningcity.atlas.load import atlas_schemas, fill_pairs
from learningcity.atlas.overlay.reading import OwnTable, relabelled, spoiled_by_dates
from learningcity.atlas.reference import shipped_yardsticks
from learningcity.core import Finding, Schema, Text, check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names and titles stand in lists, menus and headings of every page; summaries may be longer.
LONGEST_NAME, LONGEST_TITLE = 120, 500
_ONE_IS_ENOUGH = Text(" One of the two languages is enough.", "中英文填一种即可。")


def has_wrong_columns(table: OwnTable) -> bool:
    """Tell whether the head of a table is so broken that its rows cannot be looked at."""
    schema = atlas_schemas()[table.name]
    frame = fill_pairs(table.frame, schema) if not table.frame.columns.has_duplicates else table.frame
    needed = {f.name for f in schema.fields if f.required}
    present = list(frame.columns)
    return len(set(present)) < len(present) or not needed <= set(present) <= set(schema.columns)


def row_findings(table: OwnTable) -> list[Finding]:
    """Check the cells of one table against its schema; of a text in two languages one is enough."""
    schema, frame = atlas_schemas()[table.name], table.frame
    whole = frame if frame.columns.has_duplicates else fill_pairs(frame, schema)
    findings = spoiled_by_dates(table)
    known = {(f.row, f.column) for f in findings}
    for one in relabelled(check_rows(whole, schema), table.label):
        if (one.row, one.column) not in known and not _said_by_partner(one, frame, schema):
            findings.append(_pair_named(one, schema))
    if not has_wrong_columns(table):
        findings += _zeros_without_a_page(table)
        findings += _too_long_for_a_heading(table)
    return findings


def _too_long_for_a_heading(table: OwnTable) -> Iterator[Finding]:
    """A name of thousands of characters would bury every list that it stands in."""
    for column in table.frame.columns:
        most = {"name": LONGEST_NAME, "title": LONGEST_TITLE}.get(str(column).partition("_")[0])
        if most is None:
            continue
        for row, value in table.frame[column].items():
            if len(value) > most:
                yield Finding(
                    table.label,
                    int(row),
                    str(column),
                    value[:60],
                    Text(
                        f"{len(value):,} characters are no {'name' if most == LONGEST_NAME else 'title'}; "
                        f"up to {most} are taken.",
                        f"共{len(value)}个字符，过长；{'名称' if most == LONGEST_NAME else '标题'}最多{most}个字符。",
                    ),
                    Text(
                        "Shorten it; the rest belongs into a summary or note.",
                        "请缩短，其余内容可写入摘要或说明。",
                    ),
                )


def _said_by_partner(finding: Finding, frame: object, schema: Schema) -> bool:
    """Tell whether a finding only repeats, in a filled cell, what its partner's cell says already."""
    one = schema.by_name.get(finding.column or "")
    if one is None or one.pair is None or one.lang != "zh":
        return False
    columns = set(getattr(frame, "columns", ()))
    if finding.value == "":
        return True  # both are empty (or both columns missing): said once, at the English one
    return one.name not in columns


def _pair_named(finding: Finding, schema: Schema) -> Finding:
    one = schema.by_name.get(finding.column or "")
    if one is None or one.pair is None or finding.value:
        return finding
    problem = Text(
        f"Both {one.name} and {one.pair} are empty or missing.", f"{one.name}与{one.pair}均为空或缺失。"
    )
    remedy = Text(f"{finding.remedy.en}{_ONE_IS_ENOUGH.en}", f"{finding.remedy.zh}{_ONE_IS_ENOUGH.zh}")
    return replace(finding, problem=problem, remedy=remedy)


def _zeros_without_a_page(table: OwnTable) -> Iterator[Finding]:
    if table.name != "facts":
        return
    for number, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        try:
            is_zero = float(row.get("value") or "nan") == 0
        except ValueError:
            continue
        if is_zero and not row.get("as_published"):
            yield Finding(
                table.label,
                int(number),
                "value",
                str(row["value"]),
                Text(
                    "0 is a figure, and as_published is empty.",
                    "0是一个数值，而as_published（原文写法）为空。",
                ),
                Text(
                    "Leave the row out where nothing was seen; where the page says 0, write so in as_published.",
                    "未见资料时请勿填0，该行不必填写；页面确载为0的，请在as_published中注明。",
                ),
                level="warning",
            )


def with_tiers(table: OwnTable, notes: list[Text]) -> OwnTable:
    """Set the tier of sources by the host of their address, and say what was set instead of what."""
    frame, schema = table.frame, atlas_schemas()[table.name]
    if table.name != "sources" or frame.columns.has_duplicates or "url" not in frame.columns:
        return table
    given = frame["tier"] if "tier" in frame.columns else frame["url"].map(lambda _: "")
    ids = frame["source_id"] if "source_id" in frame.columns else frame["url"]
    tier_of = shipped_yardsticks().tier
    tiers, empty = [], 0
    for row, tier, url, source_id in zip(frame.index, given, frame["url"], ids, strict=True):
        wanted = tier_of(url, source_id)
        # A word that is no tier stays, so that it is named as an error with near words.
        known = tier == "" or tier in schema["tier"].enum
        tiers.append(wanted if known else tier)
        empty += tier == ""
        if tier and known and tier != wanted:
            notes.append(_tier_replaced(f"{table.label}", int(row), tier, wanted))
    if empty:
        notes.append(
            Text(
                f"{table.label}: the tier of {empty} sources was set by the host of their address.",
                f"{table.label}：已按网址主机名为{empty}个来源设定来源等级。",
            )
        )
    return replace(table, frame=frame.assign(tier=tiers).astype("str"))


def _tier_replaced(label: str, row: int, tier: str, wanted: str) -> Text:
    from learningcity.standards import label as word

    old, new = (word("tier", t, "zh") for t in (tier, wanted))
    return Text(
        f"{label}, row {row}, column tier: the tier follows the host of the address by a rule; "
        f"set to {wanted} instead of {tier}.",
        f"{label}，第{row}行，tier列：来源等级由网址主机名按规则确定；已设为{wanted}（{new}），而非{tier}（{old}）。",
    )
