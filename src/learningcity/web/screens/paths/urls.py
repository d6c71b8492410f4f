"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.paths import views
from learningcity.web.screens.paths.offer import offer, tables

urlpatterns = [
    *(path(f"paths.{one}", views.printed, {"ending": one}) for one in views.PRINTED),
    path("paths.toml", views.study),
    *exports.paths("paths", offer, tables),
    path("paths", views.show, name="paths"),
]
