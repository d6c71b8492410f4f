"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.analysis import views

urlpatterns = [path("analysis", views.show, name="analysis")]
