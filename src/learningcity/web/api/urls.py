"""Addresses of the interface; whatever else begins with /api is told as a problem, not as a page."""

from django.urls import path, re_path

from learningcity.web.api import views
from learningcity.web.api.service import api

urlpatterns = [
    path("api/v1/openapi.json", views.description, name="api-description"),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/v1)?/?$", views.to_door),
    re_path(r"^api/", views.nowhere),
]
