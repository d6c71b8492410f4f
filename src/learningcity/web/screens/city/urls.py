"""Addresses of the screen."""

from django.urls import path

from learningcity.web.screens.city import views

urlpatterns = [path("cities/<str:name>", views.show, name="city")]
