"""The dictionary and the list of untranslated columns are in step with the schemas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from learningcity.atlas.build.docs import data_pages, dictionary, pages_out_of_step, untranslated_columns
from learningcity.atlas.build.edited import Edited, checkout


def test_the_committed_pages_are_in_step(tmp_path: Path) -> None:
    pages = data_pages()
    assert len(pages) == 3
    assert pages_out_of_step(checkout() / "docs" / "data", pages) == []
    (tmp_path / "dictionary.md").write_text("old", encoding="utf-8")
    assert pages_out_of_step(tmp_path, pages) == list(pages)


def test_the_dictionary_tells_every_column_in_both_languages(edited: Edited) -> None:
    for language in ("en", "zh"):
        text, count = dictionary(edited, language), 0
        for schema in edited.schemas.values():
            assert schema.description.in_(language) in text
            for one in schema.fields:
                assert one.description.in_(language).replace("|", "\\|") in text
                count += 1
        assert count > 200


def test_untranslated_columns_are_those_marked_en_without_a_partner(edited: Edited) -> None:
    listed = {(s.name, f.name): n for s, f, n in untranslated_columns(edited)}
    assert listed[("members", "name_en")] == 326
    assert ("practices", "title_en") not in listed
    schema = edited.schemas["practices"]
    alone = tuple(replace(f, pair=None) if f.name == "title_en" else f for f in schema.fields)
    copy = replace(edited, schemas={**edited.schemas, "practices": replace(schema, fields=alone)})
    assert {(s.name, f.name) for s, f, _ in untranslated_columns(copy)} - set(listed) == {
        ("practices", "title_en")
    }
