from __future__ import annotations

from django.urls import path

from studio.versions.views import comparing, deciding, merging

urlpatterns = [
    path("<int:pk>/versions/", deciding.versions, name="versions"),
    path("<int:pk>/versions/compare/", comparing.compare, name="version_compare"),
    path("<int:pk>/impact/", merging.impact, name="impact"),
    path("<int:pk>/merge/", merging.merge, name="merge"),
    path("versions/<int:pk>/preview/", comparing.preview, name="version_preview"),
    path("versions/<int:pk>/publish/", deciding.publish, name="version_publish"),
    path("versions/<int:pk>/back/", deciding.roll_back, name="version_roll_back"),
    path("versions/<int:pk>/retire/", deciding.retire, name="version_retire"),
    path("merges/<int:pk>/", merging.merge_run, name="merge_run"),
]
