"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.sources import views
from learningcity.web.screens.sources.offer import TABLES, offer

urlpatterns = [
    *exports.paths("sources/<str:source_id>", offer, TABLES),
    path("sources/<str:source_id>", views.show, name="source"),
]
