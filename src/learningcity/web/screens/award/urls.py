"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.award import views
from learningcity.web.screens.award.offer import TABLES, offer

urlpatterns = [*exports.paths("award", offer, TABLES), path("award", views.show, name="award")]
