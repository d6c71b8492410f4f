"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.background import views
from learningcity.web.screens.background.offer import offer, tables

urlpatterns = [
    path("background.toml", views.recipe),
    *exports.paths("background", offer, tables),
    path("background", views.show, name="background"),
]
