"""Addresses of the screen: the overview, and one address a part."""

from django.urls import path

from learningcity.web.screens.data import views

urlpatterns = [
    path("data", views.overview, name="data"),
    path("data/coverage", views.coverage, name="data-coverage"),
    path("data/conflicts", views.conflicts, name="data-conflicts"),
    path("data/sources", views.sources, name="data-sources"),
    path("data/statistics", views.statistics, name="data-statistics"),
    path("data/agreement", views.agreement, name="data-agreement"),
    path("data/dictionary", views.dictionary, name="data-dictionary"),
    path("data/<str:part>", views.unknown, name="data-unknown"),
]
