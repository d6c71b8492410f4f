"""Address of the documentation of the interface."""

from django.urls import path

from learningcity.web.screens.api import views

urlpatterns = [path("api", views.show, name="api")]
