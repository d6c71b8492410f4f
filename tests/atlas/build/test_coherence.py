"""The shipped tables agree with each other; a cell that does not is named."""

from __future__ import annotations

import pytest

from learningcity.atlas.build.checks import check_table
from learningcity.atlas.build.coherence import RULES, check_coherence
from learningcity.atlas.build.edited import Edited

BROKEN = [
    ("rounds", {"year": "2024"}, "awards_count", "11"),
    ("key-features", {"code": "4.1"}, "parent", "5"),
    ("key-features", {"code": "4.1"}, "parent", "P2"),
    ("key-features", {"code": "4"}, "parent", "10"),
    ("key-features", {"code": "P1"}, "parent", "P2"),
    ("key-features", {"code": "P1"}, "source_ids", ""),
    ("measurements", {"code": "1.1.1"}, "code", "1.2.9"),
    ("measurements", {"code": "1.1.1"}, "confirmed", "yes"),
    ("award-criteria", {"code": "2015-1"}, "code", "2017-9"),
    ("award-rules", {"rule_id": "exclusion-years"}, "value", "six"),
    ("cities", {"city_id": "cork"}, "unesco_region", "APA"),
    ("members", {"city_id": "abuja"}, "unesco_region", "APA"),
    ("other-frameworks", {"framework_id": "sdg4"}, "name_zh", "可持续发展目标四"),
]
NAMED = {"confirmed": "source_ids"}


def test_the_shipped_tables_agree(edited: Edited) -> None:
    assert {name: check_coherence(edited, name) for name in RULES} == {name: [] for name in RULES}
    assert set(RULES) == {table for table, *_ in BROKEN} | {"practices"}


@pytest.mark.parametrize(("table", "where", "column", "value"), BROKEN)
def test_a_cell_that_disagrees_is_named(
    edited: Edited, table: str, where: dict[str, str], column: str, value: str
) -> None:
    frame = edited.tables[table].copy()
    ((key, wanted),) = where.items()
    row = frame.index[frame[key] == wanted][-1]
    frame.loc[row, column] = value
    found = check_coherence(edited.with_table(table, frame), table)
    assert (row, NAMED.get(column, column)) in {(f.row, f.column) for f in found}


def test_a_practice_without_its_second_pass_is_named(edited: Edited) -> None:
    codes = edited.tables["practice-codes"]
    without = codes[~((codes["practice_id"] == "cork-01") & (codes["coder"] == "B"))]
    assert len(without) == len(codes) - 1
    [finding] = check_table(edited.with_table("practice-codes", without), "practices", 2026)
    assert finding.value == "cork-01"
    assert "pass B" in finding.problem.en


def test_a_practice_needs_one_coder_and_the_two_passes_stand_together(edited: Edited) -> None:
    codes = edited.tables["practice-codes"]
    of_one = codes["practice_id"] == "wuhan-01"
    by_a = of_one & (codes["coder"] == "A")
    human = codes.assign(coder=codes["coder"].where(~by_a, "zhang"))
    human = human[~(of_one & (human["coder"] == "B"))]
    for table, told in ((codes[~of_one], "not coded by anyone"), (codes[~by_a], "not coded in pass A")):
        findings = check_coherence(edited.with_table("practice-codes", table), "practices")
        assert [(f.column, f.value) for f in findings] == [("practice_id", "wuhan-01")]
        assert told in findings[0].text.en
    assert check_coherence(edited.with_table("practice-codes", human), "practices") == []
