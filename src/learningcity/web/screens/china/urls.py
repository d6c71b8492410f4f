"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.china import views
from learningcity.web.screens.china.offer import TABLES, offer

urlpatterns = [*exports.paths("china", offer, TABLES), path("china", views.show, name="china")]
