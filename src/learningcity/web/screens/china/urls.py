"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.china import views

urlpatterns = [path("china", views.show, name="china")]
