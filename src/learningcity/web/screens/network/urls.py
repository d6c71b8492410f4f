"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.network import views
from learningcity.web.screens.network.offer import TABLES, offer

urlpatterns = [*exports.paths("network", offer, TABLES), path("network", views.show, name="network")]
