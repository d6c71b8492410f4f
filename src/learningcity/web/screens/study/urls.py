"""Addresses of the study."""

from django.urls import path

import learningcity as lc
from learningcity.web import exports
from learningcity.web.screens.study import files, views
from learningcity.web.screens.study.offer import of_chapter, of_study

urlpatterns = [
    *[path(f"study.{name}", views.whole, {"name": name}) for name in lc.document_formats()],
    *[path(f"study-brief.{name}", views.brief, {"name": name}) for name in files.BRIEF],
    *exports.paths("study", of_study),
    *exports.paths("study/<str:name>", of_chapter),
    path("study", views.show, name="study"),
    path("study/<str:name>", views.show_chapter, name="study-chapter"),
]
