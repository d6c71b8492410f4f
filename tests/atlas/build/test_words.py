"""Every code in use has a word in both languages; labels and vocabulary agree."""

from __future__ import annotations

import pandas as pd

from learningcity.atlas.build.edited import Edited
from learningcity.atlas.build.words import check_labels, check_terms, codes_in_use, known_labels

VOCABULARIES = {
    "mechanism", "theme", "subject", "level", "stance", "strength", "problem", "group", "tier", "scope",
    "comparable", "definition", "dimension", "indicator_group", "unesco_region", "unit", "direction", "timing", "coder",
    "topic", "theory", "literature_theme", "data_source_kind", "rule_kind", "rule_value", "status",
    "pillar_level", "table", "yes_no", "language", "origin", "search_kind",
}  # fmt: skip


def test_every_code_in_use_has_a_label_in_both_languages(edited: Edited) -> None:
    labels = edited.tables["labels"].set_index(["vocabulary", "code"])
    checked = set()
    for schema in edited.schemas.values():
        for one in schema.fields:
            for _, code in codes_in_use(edited, schema.name, one) if one.vocabulary else ():
                row = labels.loc[(one.vocabulary, code)]
                assert row["label_en"]
                assert row["label_zh"]
                checked.add((one.vocabulary, code))
    assert len(checked) > 150


def test_a_code_without_a_label_is_named(edited: Edited) -> None:
    frame = edited.tables["facts"].copy()
    frame.loc[5, "unit"] = "furlongs"
    [finding] = check_labels(edited.with_table("facts", frame), "facts")
    assert (finding.row, finding.column, finding.value) == (5, "unit", "furlongs")


def test_an_allowed_code_without_a_label_is_named_before_it_is_used(edited: Edited) -> None:
    labels = edited.tables["labels"]
    without = labels[~((labels["vocabulary"] == "status") & (labels["code"] == "suppressed"))]
    found = check_labels(edited.with_table("labels", without), "facts")
    assert [(f.column, f.value) for f in found] == [("status", "suppressed")]


def test_numbers_and_dates_of_rules_need_no_label(edited: Edited) -> None:
    one = edited.schemas["award-rules"]["value"]
    used = {code for _, code in codes_in_use(edited, "award-rules", one)}
    assert "GNLC member" in used
    assert not any(code.isdigit() for code in used)


def test_all_vocabularies_are_there_and_no_label_is_for_nothing(edited: Edited) -> None:
    assert set(known_labels(edited)) == VOCABULARIES
    named = {f.vocabulary for s in edited.schemas.values() for f in s.fields if f.vocabulary}
    # These are words of results and screens, not of a column.
    assert named | {"timing", "origin", "search_kind"} == VOCABULARIES


def test_every_table_has_its_name(edited: Edited) -> None:
    assert known_labels(edited)["table"] == set(edited.tables)


def test_a_label_says_what_the_vocabulary_says(edited: Edited) -> None:
    assert check_terms(edited) == []
    frame = edited.tables["labels"].copy()
    row = frame.index[(frame["vocabulary"] == "mechanism") & (frame["code"] == "law")][0]
    frame.loc[row, "label_zh"] = "法律"
    [finding] = check_terms(edited.with_table("labels", frame))
    assert (finding.row, finding.column) == (row, "label_zh")
    assert "法规" in finding.problem.zh


def test_labels_are_not_told_twice(edited: Edited) -> None:
    frame: pd.DataFrame = edited.tables["labels"]
    assert not frame.duplicated(["vocabulary", "code"]).any()
