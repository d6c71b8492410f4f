"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.standard import views

urlpatterns = [path("standard", views.show, name="standard")]
