from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from branding import views as branding
from smartersends import views

urlpatterns = [
    path("", include("campaigns.urls")),
    path("groups/", include("groups.urls")),
    path("library/", include("studio.urls")),
    path("braze/", include("connection.urls")),
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("theme.css", branding.theme_css, name="theme_css"),
    path("media/<path:path>", branding.media, name="media"),
    path("healthz", views.healthz, name="healthz"),
    path(".well-known/smartersends/domain", branding.domain_known, name="domain_known"),
]
