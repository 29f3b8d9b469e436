from __future__ import annotations

from django.urls import URLPattern, path

from studio.kit import views

urlpatterns: list[URLPattern] = [
    path("", views.kit, name="kit"),
    path("check/", views.check, name="kit_check"),
    path("trying/", views.before_and_after, name="kit_trying"),
    path("trying/use/", views.put_to_use, name="kit_use"),
    path("trying/discard/", views.discard, name="kit_discard"),
    path("trying/<int:pk>/", views.template, name="kit_template"),
    path("trying/<int:pk>/findings/", views.findings, name="kit_findings"),
    path("identities/", views.identity_list, name="kit_identities"),
    path("identities/new/", views.identity_new, name="kit_identity_new"),
    path("identities/<int:pk>/", views.identity, name="kit_identity"),
    path("identities/<int:pk>/remove/", views.identity_remove, name="kit_identity_remove"),
    path("identities/<int:pk>/footer/", views.footer, name="kit_footer"),
]
