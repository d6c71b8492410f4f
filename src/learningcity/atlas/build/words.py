"""Every code that a table uses has its word in both languages, and words agree with the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learningcity.core import Finding, Text, near_names

if TYPE_CHECKING:
    from learningcity.atlas.build.edited import Edited
    from learningcity.core import Field


def codes_in_use(edited: Edited, name: str, one: Field) -> list[tuple[int, str]]:
    """Give the codes of one column as (row, code); a list gives one a part, an empty cell none.

    Values of award rules that are numbers or dates speak for themselves and are left out.
    """
    frame = edited.tables[name]
    if one.name not in frame.columns:
        return []
    cells = frame[one.name]
    if one.vocabulary == "rule_value" and "kind" in frame.columns:
        cells = cells[~frame["kind"].isin(["number", "date"])]
    return [
        (int(row), code)
        for row, value in cells.items()
        for code in (value.split(";") if one.type == "list" else [value])
        if code
    ]


def known_labels(edited: Edited) -> dict[str, set[str]]:
    """Give the codes that have a label, by vocabulary."""
    found: dict[str, set[str]] = {}
    if "labels" in edited.tables:
        for row in edited.tables["labels"].to_dict("records"):
            found.setdefault(row["vocabulary"], set()).add(row["code"])
    return found


def check_labels(edited: Edited, name: str) -> list[Finding]:
    """Find codes of one table that have no label in both languages."""
    labels, found = known_labels(edited), []
    for one in edited.schemas[name].fields:
        if not one.vocabulary:
            continue
        known = labels.get(one.vocabulary, set())
        used = codes_in_use(edited, name, one)
        allowed = [(1, code) for code in one.enum]
        for row, code in dict.fromkeys(used + allowed):
            if code not in known and not (name == "practice-codes" and one.name == "coder"):
                near = near_names(code, known)
                en = f"Did you mean {near[0]!r}? Otherwise add" if near else "Add"
                zh = f"是否指“{near[0]}”？否则请" if near else "请"
                found.append(
                    Finding(
                        name,
                        row,
                        one.name,
                        code,
                        Text(
                            f"The code {code!r} has no label in {one.vocabulary}.",
                            f"代码“{code}”在{one.vocabulary}中没有标签。",
                        ),
                        Text(
                            f"{en} it to labels.csv in both languages.",
                            f"{zh}在labels.csv中补充两种语言的标签。",
                        ),
                    )
                )
    return found


def check_terms(edited: Edited) -> list[Finding]:
    """Find labels that say in Chinese something else than the vocabulary says for the same word."""
    if "labels" not in edited.tables or "terms" not in edited.tables:
        return []
    terms = {r["term_en"].casefold(): r["term_zh"] for r in edited.tables["terms"].to_dict("records")}
    frame, found = edited.tables["labels"], []
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        term = terms.get(cells.get("label_en", "").casefold())
        if term and term != cells.get("label_zh"):
            found.append(
                Finding(
                    "labels",
                    int(row),
                    "label_zh",
                    cells.get("label_zh", ""),
                    Text(f"The vocabulary says {term}.", f"术语表作“{term}”。"),
                    Text(
                        "Use its word, or change it there for all.",
                        "请采用术语表用语，或在术语表中统一修改。",
                    ),
                )
            )
    return found
