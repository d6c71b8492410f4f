"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.lessons import page, views
from learningcity.web.screens.lessons.offer import offer

urlpatterns = [
    *[path(f"lessons.{name}", views.whole, {"name": name}) for name in page.DOCUMENTS],
    *exports.paths("lessons", offer),
    path("lessons", views.show, name="lessons"),
]
