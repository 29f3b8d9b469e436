from __future__ import annotations

from django.urls import path

from campaigns.views import actions, changes, compose, detail, lists, previews, trace

app_name = "campaigns"
urlpatterns = [
    path("", lists.campaigns, name="list"),
    path("campaigns/new/", lists.templates, name="templates"),
    path("campaigns/start/", actions.start, name="start"),
    path("campaigns/<int:pk>/", detail.campaign, name="detail"),
    path("campaigns/<int:pk>/progress/", detail.progress, name="progress"),
    path("campaigns/<int:pk>/preview/", previews.campaign, name="preview"),
    path("campaigns/<int:pk>/text/", previews.text, name="text"),
    path("campaigns/<int:pk>/compose/", compose.resume, name="resume"),
    path("campaigns/<int:pk>/compose/audience/", compose.audience, name="audience"),
    path("campaigns/<int:pk>/compose/when/", compose.when, name="when"),
    path("campaigns/<int:pk>/compose/check/", compose.check, name="check"),
    path("campaigns/<int:pk>/compose/<slug:step>/", compose.contents, name="compose"),
    path("campaigns/<int:pk>/compose/<slug:step>/items/", compose.items, name="items"),
    path("campaigns/<int:pk>/rename/", actions.rename, name="rename"),
    path("campaigns/<int:pk>/schedule/", actions.schedule, name="schedule"),
    path("campaigns/<int:pk>/submit/", actions.submit, name="submit"),
    path("campaigns/<int:pk>/newer/", compose.take_newer, name="take_newer"),
    path("campaigns/<int:pk>/decide/", compose.decide, name="decide"),
    path("campaigns/<int:pk>/let-pass/", actions.let_pass, name="let_pass"),
    path("campaigns/<int:pk>/approve/", actions.approve, name="approve"),
    path("campaigns/<int:pk>/changes/", actions.ask_for_changes, name="changes"),
    path("campaigns/<int:pk>/cancel/", actions.cancel, name="cancel"),
    path("campaigns/<int:pk>/revise/", actions.revise, name="revise"),
    path("campaigns/<int:pk>/time/", changes.time, name="change_time"),
    path("campaigns/<int:pk>/for/", changes.audience, name="change_audience"),
    path("campaigns/<int:pk>/refresh/", changes.refresh, name="refresh"),
    path("campaigns/<int:pk>/trace/", trace.trace, name="trace"),
    path("campaigns/<int:pk>/settle/", actions.settle, name="settle"),
    path("campaigns/<int:pk>/duplicate/", actions.duplicate, name="duplicate"),
    path("campaigns/<int:pk>/discard/", actions.discard, name="discard"),
    path("templates/<int:pk>/preview/", previews.template, name="template_preview"),
]
