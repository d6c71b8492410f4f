"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.ideas import views
from learningcity.web.screens.ideas.offer import TABLES, offer

urlpatterns = [*exports.paths("ideas", offer, TABLES), path("ideas", views.show, name="ideas")]
