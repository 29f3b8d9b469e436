from __future__ import annotations

from django.urls import URLPattern

app_name = "connection"
urlpatterns: list[URLPattern] = []
