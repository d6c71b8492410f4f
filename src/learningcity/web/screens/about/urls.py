"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.about import views

urlpatterns = [path("about", views.show, name="about")]
