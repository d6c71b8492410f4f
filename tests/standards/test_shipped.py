"""The standards tables: complete, typed, in both languages, and safe from callers who write into them."""

import re

import pytest

from learningcity.core import UnknownNameError
from learningcity.standards import (
    __all__ as exported,
)
from learningcity.standards import (
    award_rounds,
    award_rules,
    concepts,
    crosswalk,
    frameworks,
    literature,
    load_standard,
    rounds,
    standard_schemas,
    standard_table,
    standard_tables,
    terms,
)

ROWS = {
    "key-features": 57,
    "measurements": 58,
    "award-criteria": 25,
    "award-rules": 62,
    "rounds": 6,
    "concepts": 87,
    "literature": 136,
    "other-frameworks": 106,
    "terms": 90,
}


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_every_table_has_all_its_rows_and_the_columns_of_its_schema(name, rows):
    frame = standard_table(name)
    assert len(frame) == rows
    assert list(frame.columns) == list(standard_schemas()[name].columns)


def test_standard_tables_gives_every_table_that_has_a_schema():
    tables = standard_tables()
    assert set(tables) == set(standard_schemas()) >= set(ROWS)


def test_named_frames_are_the_tables():
    frames = {"concepts": concepts(), "literature": literature(), "other-frameworks": frameworks()}
    frames |= {"terms": terms(), "rounds": rounds()}
    assert {name: len(frame) for name, frame in frames.items()} == {name: ROWS[name] for name in frames}


def test_writing_into_a_table_does_not_reach_the_next_caller():
    frame = standard_table("terms")
    frame.loc[0, "term_zh"] = "changed"
    frame["extra"] = 1
    assert standard_table("terms").loc[0, "term_zh"] == "学习型城市"
    assert "extra" not in standard_table("terms").columns


def test_unknown_table_names_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        standard_table("award-rule")
    assert caught.value.near[0] == "award-rules"


def test_every_row_is_reachable_through_the_records():
    standard = load_standard()
    codes = [*standard_table("key-features")["code"], *standard_table("measurements")["code"]]
    assert len(codes) == 57 + 58
    assert [standard[code].code for code in codes] == codes
    by_round = [award_rules(year) for year in award_rounds()]
    reached = [rule for rules in by_round for rule_id in rules.rule_ids for rule in rules[rule_id]]
    assert len(reached) == 62
    assert sum(len(rules.criteria) for rules in by_round) == 25
    walk = crosswalk().table()
    items = walk[walk["kind"] == "framework"].drop_duplicates(["framework_id", "year", "name_en"])
    assert len(items) == 106


def both_languages(tables, schemas):
    """Count the pairs of cells looked at and name those where one language is empty."""
    looked, empty = 0, []
    for name, frame in tables.items():
        for field in schemas[name].fields:
            if field.pair is None or field.lang != "en":
                continue
            for en, zh in zip(frame[field.name], frame[field.pair], strict=True):
                if isinstance(en, str) or isinstance(zh, str):
                    looked += 1
                    if not (isinstance(en, str) and isinstance(zh, str) and re.search("[\u4e00-\u9fff]", zh)):
                        empty.append((name, field.name, en, zh))
    return looked, empty


def test_every_text_stands_in_both_languages():
    looked, empty = both_languages(standard_tables(), standard_schemas())
    assert looked > 1000
    # Codes such as % and the names of sub-lists may be alike in both languages.
    assert [e for e in empty if e[0] not in ("labels", "literature")] == []


def test_chinese_summaries_are_chinese(latin_left):
    texts = [load_standard().summary("zh"), crosswalk().summary("zh")]
    texts += [award_rules(year).summary("zh") for year in award_rounds()]
    assert [latin_left(text) for text in texts] == [[]] * 7
    assert latin_left(load_standard().summary("en"))


def test_the_guard_sees_a_missing_translation():
    broken = standard_table("terms")
    broken.loc[3, "term_zh"] = None
    _, empty = both_languages({"terms": broken}, standard_schemas())
    assert len(empty) == 1


def test_the_package_exports_what_it_promises():
    import learningcity.standards as package

    assert list(exported) == sorted(package._HOME) == dir(package)
    for name in exported:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError):
        package.no_such_name  # noqa: B018
