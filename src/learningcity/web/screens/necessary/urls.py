"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.necessary import spec, views
from learningcity.web.screens.necessary.offer import offer, tables

urlpatterns = [
    *(path(name, views.recipe, {"name": name}) for name in (spec.PAIRS, spec.LEVELS)),
    *exports.paths("necessary", offer, tables),
    path("necessary", views.show, name="necessary"),
]
