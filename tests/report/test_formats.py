"""One contract for all formats of a document."""

from importlib import import_module

import pytest
from tests.report.html.sample import document

import learningcity as lc
from learningcity.report.formats import FORMATS


def test_every_format_is_offered_in_words_of_both_languages():
    offered = lc.document_formats()
    assert set(offered) == set(FORMATS)
    assert next(iter(offered)) == "html"
    assert list(offered)[-1] == "zip"
    assert len({said.en for said in offered.values()}) == len({said.zh for said in offered.values()}) == len(offered)  # fmt: skip


def test_every_format_has_something_that_writes_it():
    for ending, kind, where in FORMATS.values():
        module, name = where.split(":")
        assert callable(getattr(import_module(module), name))
        assert ending.isalnum()
        assert "/" in kind


@pytest.mark.parametrize("name", ["html", "xlsx", "zip"])
def test_every_format_takes_progress_and_no_option_that_is_none(name):
    told = []
    made = lc.render(document(), name, progress=lambda done, of: told.append((done, of)))
    assert made == lc.render(document(), name)
    assert bool(told) == (name == "zip")
    with pytest.raises(lc.UnknownNameError, match="colour"):
        lc.render(document(), name, colour="red")


def test_unknown_formats_are_told_with_those_there_are():
    with pytest.raises(lc.UnknownNameError, match="xlsx"):
        lc.render(document(), "xlxs")
