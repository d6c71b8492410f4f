"""May a city apply? The answer for one city and round, and who may apply over the whole network."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import learningcity as lc
from learningcity.web.pages import broken_query
from learningcity.web.screens.eligibility import finding, page
from learningcity.web.screens.eligibility import who as who_page
from learningcity.web.screens.eligibility.query import EligibilityQuery, WhoQuery


def show(request: HttpRequest, language: str) -> HttpResponse:
    """Show the answer for the city and round of the address, or the way to it."""
    try:
        query = EligibilityQuery.read(request.GET)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/eligibility")
    more = page.frame(query, language)
    if not query.city:
        return render(request, "eligibility/ways.html", {**more, **page.way_in(language)})
    found = finding.find(query.city)
    if _is_outside(found, query.country):
        with suppress(lc.UnknownNameError):
            told = page.outside(query.city, query.country, query.year, language)
            return render(request, "eligibility/answer.html", {**more, **told})
    if found.place is None:
        return render(request, "eligibility/choose.html", {**more, **page.choose(query, found, language)})
    own = EligibilityQuery(city=found.place.city_id, round=str(query.year))
    if query != own:
        return HttpResponseRedirect(own.address(language))
    told = page.answer(found.place.city_id, query.year, language)
    return render(request, "eligibility/answer.html", {**more, **told})


def _is_outside(found: finding.Found, country: str) -> bool:
    """Whether the country named makes it a city that was not seen: Santiago lies in more than one."""
    if not country:
        return False
    if found.place is not None:
        return found.place.country != country
    # A slip in the name of a city that was seen must not make it one without awards.
    return all(place.country != country for place in found.others)


def who(request: HttpRequest, language: str) -> HttpResponse:
    """Show who may apply in a round."""
    try:
        told = who_page.build(WhoQuery.read(request.GET), language)
    except lc.InputError as error:
        return broken_query(request, error, f"/{language}/eligibility/who")
    return render(request, "eligibility/who.html", told)
