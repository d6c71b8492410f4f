"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.crosswalk import views

urlpatterns = [path("crosswalk", views.show, name="crosswalk")]
