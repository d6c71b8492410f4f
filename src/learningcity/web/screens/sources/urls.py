"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.sources import views

urlpatterns = [path("sources/<str:source_id>", views.show, name="source")]
