from __future__ import annotations

from django.urls import path

from studio.modules import completing, editing, history, listing, previewing

urlpatterns = [
    path("", listing.modules, name="modules"),
    path("new/", listing.new, name="module_new"),
    path("vocabulary/", completing.vocabulary, name="module_vocabulary"),
    path("groups/", completing.groups, name="module_groups"),
    path("<int:pk>/", listing.module, name="module"),
    path("<int:pk>/edit/", editing.edit, name="module_edit"),
    path("<int:pk>/publish/", editing.publish, name="module_publish"),
    path("<int:pk>/discard/", editing.discard, name="module_discard"),
    path("<int:pk>/preview/", previewing.preview, name="module_preview"),
    path("<int:pk>/changes/", history.changes, name="module_changes"),
    path("<int:pk>/versions/<int:of>/", history.version, name="module_version"),
    path("<int:pk>/versions/<int:of>/restore/", history.restore, name="module_restore"),
    path("<int:pk>/archive/", listing.archive, name="module_archive"),
    path("<int:pk>/bring-back/", listing.bring_back, name="module_bring_back"),
]
