"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.network import views

urlpatterns = [path("network", views.show, name="network")]
