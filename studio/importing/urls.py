from __future__ import annotations

from django.urls import URLPattern, path

from studio.importing import views

urlpatterns: list[URLPattern] = [
    path("", views.newsletter, name="import_newsletter"),
    path("<int:pk>/", views.found, name="import_found"),
    path("<int:pk>/part/<int:number>/", views.part, name="import_part"),
]
