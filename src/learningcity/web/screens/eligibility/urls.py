"""Addresses of the screen."""

from django.urls import path

from learningcity.web import exports
from learningcity.web.screens.eligibility import offer, views

urlpatterns = [
    *exports.paths("eligibility/who", offer.who),
    *exports.paths("eligibility", offer.offer, offer.titles),
    path("eligibility", views.show, name="eligibility"),
    path("eligibility/who", views.who, name="eligibility-who"),
]
