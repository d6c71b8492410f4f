"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.cities import views

urlpatterns = [path("cities", views.show, name="cities")]
