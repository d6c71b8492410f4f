"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.award import views

urlpatterns = [path("award", views.show, name="award")]
