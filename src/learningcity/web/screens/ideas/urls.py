"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.ideas import views

urlpatterns = [path("ideas", views.show, name="ideas")]
