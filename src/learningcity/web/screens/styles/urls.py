"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.styles import views
from learningcity.web.screens.styles.offer import offer, tables

urlpatterns = [
    path("styles.toml", views.recipe),
    *exports.paths("styles", offer, tables),
    path("styles", views.show, name="styles"),
]
