"""What is built before the first visitor comes."""

import logging
from contextlib import suppress

import learningcity as lc
from learningcity.web import content, freshness, kept, maps, memory, squares
from learningcity.web.content import studies

_LOG = logging.getLogger("learningcity.web")


def pages_with_pictures() -> None:
    """Draw what pages show before somebody waits for it; the first drawing loads half a browser's worth."""
    from learningcity.web.screens.award import page as award
    from learningcity.web.screens.data import conflicts, coverage, overview
    from learningcity.web.screens.data.query import CoverageQuery
    from learningcity.web.screens.ideas import page as ideas
    from learningcity.web.screens.ideas.query import IdeasQuery
    from learningcity.web.screens.network import page as network
    from learningcity.web.screens.network.query import NetworkQuery

    for language in ("en", "zh"):
        for build in (award.build, overview.build, conflicts.build):
            build(language)
        coverage.build(CoverageQuery(), language)
        ideas.build(IdeasQuery(), language)
        network.build(NetworkQuery(), language)


def draw() -> None:
    """Draw the pictures of the pages, and say in the log what this machine cannot draw, and why."""
    for text in lc.check_fonts():
        _LOG.warning("%s\n%s", text.en, text.zh)
    # Whatever cannot be drawn now is told by the page that shows it.
    with suppress(lc.LearningCityError):
        pages_with_pictures()


def analyses() -> None:
    """Answer what the analyses ask at first: whoever comes next finds the compiled code loaded."""
    from django.http import QueryDict

    from learningcity.web.screens.background import page as background
    from learningcity.web.screens.coders import page as coders
    from learningcity.web.screens.index import page as index
    from learningcity.web.screens.index.query import IndexQuery
    from learningcity.web.screens.necessary import page as necessary
    from learningcity.web.screens.paths import page as paths
    from learningcity.web.screens.paths.answer import answer
    from learningcity.web.screens.paths.query import read
    from learningcity.web.screens.styles import page as styles

    # Tables of one's own may leave nothing to analyse; the page says so.
    with suppress(lc.InputError):
        for language in ("en", "zh"):
            index.build(IndexQuery(), language)
            paths.build(answer(read(QueryDict())[0]), language)
            styles.warm(language)
            necessary.warm(language)
            background.warm(language)
            coders.warm(language)


def pack() -> None:
    """Build the data package and the workbook, whose sizes the page of the data tells."""
    for language in ("en", "zh"):
        lc.data_package(content.atlas(), language)
        lc.atlas_workbook(content.atlas(), language)


def meanwhile() -> None:
    """Make what only some pages show, while the first pages are read already."""
    before = kept.state()
    # First what takes longest to answer: an analysis loads compiled code, a picture is kept from the last start.
    analyses()
    draw()
    if kept.state() != before:
        # The tables changed meanwhile: what was made of the old ones must not stay.
        freshness.forget()
    pack()
    studies.compute()
    lessons()
    memory.settle()


def lessons() -> None:
    """Draw the lessons for whom the study draws them, which is what is asked for first."""
    from learningcity.web.screens.lessons import page
    from learningcity.web.screens.lessons.query import Asked

    target = studies.asked().target
    # Tables of one's own may hold no city of the target, and a city that is described has no address.
    with suppress(lc.InputError):
        for language in ("en", "zh"):
            if isinstance(target, str):
                page.build(Asked(target), language)


def warm_up() -> None:
    """Load the atlas and build what the first visitor would otherwise wait for."""
    maps.base_map()
    studies.asked()
    for build in (
        content.sources,
        content.cities,
        content.indicators,
        content.facts_by_city,
        content.practices_by_city,
        content.codes_by_practice,
    ):
        build()
    for late in (
        content.context_by_country,
        content.conflicts_by_city,
        content.timing,
        content.effort,
        content.coverage,
        content.condition_scores,
        content.seen_not_counted,
        content.population,
    ):
        late()
    for coder in content.coders():
        content.evidence_by(coder)
    for city_id in content.cities():
        for language in ("en", "zh"):
            squares.of_city(city_id, language)
    with suppress(lc.UnknownNameError):
        # One odd row must not stop the server; the search page will name it.
        content.atlas().search("learning")
        content.atlas().search_practices("learning")
    from learningcity.web.screens.compare import background
    from learningcity.web.screens.practices import records

    background.table()
    records.values(squares.CODER, "either")
