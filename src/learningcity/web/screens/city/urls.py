"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.city import views
from learningcity.web.screens.city.offer import TABLES, offer

urlpatterns = [
    *exports.paths("cities/<str:name>", offer, TABLES),
    path("cities/<str:name>", views.show, name="city"),
]
