"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.lessons import views
from learningcity.web.screens.lessons.offer import offer

urlpatterns = [
    path("lessons.html", views.whole, name="lessons-file"),
    *exports.paths("lessons", offer),
    path("lessons", views.show, name="lessons"),
]
