"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.index import own_views, views
from learningcity.web.screens.index.offer import TABLES, offer

urlpatterns = [
    path("index.toml", views.recipe, name="index-recipe"),
    path("index.zip", views.package, name="index-package"),
    *exports.paths("index", offer, TABLES),
    path("index/own", own_views.own, name="index-own"),
    path("index", views.show, name="index"),
]
