"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.coders import views
from learningcity.web.screens.coders.offer import offer, tables

urlpatterns = [
    path("coders.toml", views.recipe),
    *exports.paths("coders", offer, tables),
    path("coders", views.show, name="coders"),
]
