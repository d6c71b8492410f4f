"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.search import views

urlpatterns = [path("search", views.show, name="search")]
