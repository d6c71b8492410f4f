"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.standard import views
from learningcity.web.screens.standard.offer import TABLES, offer

urlpatterns = [*exports.paths("standard", offer, TABLES), path("standard", views.show, name="standard")]
