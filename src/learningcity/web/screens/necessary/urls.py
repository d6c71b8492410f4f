"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.necessary import views
from learningcity.web.screens.necessary.offer import offer, tables

urlpatterns = [
    *exports.paths("necessary", offer, tables),
    path("necessary", views.show, name="necessary"),
]
