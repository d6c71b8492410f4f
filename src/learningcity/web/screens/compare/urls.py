"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.compare import views
from learningcity.web.screens.compare.offer import TABLES, offer

urlpatterns = [*exports.paths("compare", offer, TABLES), path("compare", views.show, name="compare")]
