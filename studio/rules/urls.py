from __future__ import annotations

from django.urls import path

from studio.rules import views

urlpatterns = [
    path("", views.rules, name="rules"),
    path("try/", views.try_out, name="rules_try"),
    path("words/new/", views.new, name="restriction_new"),
    path("words/ready-made/", views.ready_made, name="restrictions_starter"),
    path("words/<int:pk>/", views.restriction, name="restriction"),
    path("words/<int:pk>/remove/", views.remove, name="restriction_remove"),
]
