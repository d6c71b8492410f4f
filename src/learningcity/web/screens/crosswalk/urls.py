"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.crosswalk import views
from learningcity.web.screens.crosswalk.offer import TABLES, offer

urlpatterns = [*exports.paths("crosswalk", offer, TABLES), path("crosswalk", views.show, name="crosswalk")]
