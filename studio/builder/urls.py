from __future__ import annotations

from django.urls import path

from studio.builder.views import draft, lists, previews, shares, standing, tags

urlpatterns = [
    path("", lists.templates, name="templates"),
    path("new/", lists.new, name="template_new"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<int:pk>/", tags.tag, name="tag"),
    path("palette/<int:pk>/", previews.module, name="palette_preview"),
    path("<int:pk>/", standing.template, name="template"),
    path("<int:pk>/season/", standing.season, name="template_season"),
    path("<int:pk>/archive/", standing.archive, name="template_archive"),
    path("<int:pk>/shares/", shares.shares, name="template_shares"),
    path("<int:pk>/shares/nodes/", shares.nodes, name="template_share_nodes"),
    path("<int:pk>/edit/", draft.edit, name="template_edit"),
    path("<int:pk>/edit/change/", draft.change, name="draft_change"),
    path("<int:pk>/edit/discard/", draft.discard, name="draft_discard"),
    path("<int:pk>/edit/groups/", draft.groups, name="draft_groups"),
    path("<int:pk>/edit/preview/", previews.draft, name="draft_preview"),
]
