from __future__ import annotations

from django.urls import include, path

app_name = "studio"
urlpatterns = [
    path("modules/", include("studio.modules.urls")),
    path("templates/", include("studio.builder.urls")),
    path("templates/", include("studio.versions.urls")),
    path("gallery/", include("studio.gallery.urls")),
    path("brand/", include("studio.kit.urls")),
    path("rules/", include("studio.rules.urls")),
    path("import/", include("studio.importing.urls")),
]
