"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.cities import views
from learningcity.web.screens.cities.offer import offer

urlpatterns = [*exports.paths("cities", offer), path("cities", views.show, name="cities")]
