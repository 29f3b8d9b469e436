from __future__ import annotations

from django.urls import path

from groups import views

app_name = "groups"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<int:pk>/", views.group, name="profile"),
]
