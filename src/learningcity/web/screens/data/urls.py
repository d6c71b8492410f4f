"""Addresses of the screen: the overview, and one address a part."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.data import moved, offer, packages, views

urlpatterns = [
    *exports.paths("data", offer.overview, offer.OVERVIEW),
    *exports.paths("data/coverage", offer.coverage, offer.COVERAGE),
    *exports.paths("data/conflicts", offer.conflicts, offer.CONFLICT),
    *exports.paths("data/sources", offer.sources),
    *exports.paths("data/statistics", offer.statistics, offer.STATISTICS),
    *exports.paths("data/dictionary", offer.dictionary, offer.DICTIONARY),
    path("data/package.zip", packages.package, name="data-package"),
    path("data/atlas.xlsx", packages.workbook, name="data-atlas"),
    path("data", views.overview, name="data"),
    path("data/coverage", views.coverage, name="data-coverage"),
    path("data/conflicts", views.conflicts, name="data-conflicts"),
    path("data/sources", views.sources, name="data-sources"),
    path("data/statistics", views.statistics, name="data-statistics"),
    path("data/agreement", moved.agreement, name="data-agreement"),
    path("data/agreement.<str:suffix>", moved.agreement),
    path("data/dictionary", views.dictionary, name="data-dictionary"),
    path("data/<str:part>", views.unknown, name="data-unknown"),
]
