"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.search import views
from learningcity.web.screens.search.offer import offer

urlpatterns = [*exports.paths("search", offer), path("search", views.show, name="search")]
