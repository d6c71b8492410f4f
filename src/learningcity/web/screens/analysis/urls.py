"""Addresses of this screen, and of what a page asks that waits for long work."""

from django.urls import path

from learningcity.web import waiting
from learningcity.web.screens.analysis import views

urlpatterns = [
    path("analysis", views.show, name="analysis"),
    path("jobs/stop", waiting.stop),
    path("jobs/share", waiting.share),
]
