"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.home import views

urlpatterns = [path("", views.show, name="home"), path("map.svg", views.picture, name="map")]
