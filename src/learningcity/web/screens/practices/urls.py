"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.practices import views
from learningcity.web.screens.practices.offer import TABLES, offer

urlpatterns = [
    *exports.paths("practices", offer, TABLES),
    path("practices", views.show, name="practices"),
    path("practices/<str:name>", views.show_one, name="practice"),
]
