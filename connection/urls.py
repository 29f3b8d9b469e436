from __future__ import annotations

from django.urls import path

from connection.views import (
    attributes,
    audit,
    connection,
    readings,
    segments,
    sending,
    variation_import,
    variations,
)

app_name = "connection"
urlpatterns = [
    path("", connection.connection, name="connection"),
    path("check/", connection.check, name="check"),
    path("check/status/", connection.check_status, name="check_status"),
    path("next-key/", connection.next_key, name="next_key"),
    path("next-key/use/", connection.promote_next_key, name="next_key_use"),
    path("next-key/remove/", connection.remove_next_key, name="next_key_remove"),
    path("confirm/<slug:item>/", connection.confirm, name="confirm"),
    path("read/<slug:what>/", readings.read, name="read"),
    path("variations/", variations.variations, name="variations"),
    path("variations/<int:pk>/", variations.variation, name="variation"),
    path("variations/download/", variations.download, name="variations_download"),
    path("variations/import/", variation_import.upload, name="variations_upload"),
    path("variations/import/<int:pk>/", variation_import.file, name="variations_file"),
    path("variations/import/<int:pk>/problems/", variation_import.problems, name="variations_problems"),
    path("variations/found/", variation_import.found, name="variations_found"),
    path("attributes/", attributes.attributes, name="attributes"),
    path("attributes/new/", attributes.new, name="attribute_new"),
    path("attributes/standard/", attributes.standard, name="attributes_standard"),
    path("attributes/found/", attributes.found, name="attributes_found"),
    path("attributes/<int:pk>/", attributes.attribute, name="attribute"),
    path("attributes/<int:pk>/remove/", attributes.remove, name="attribute_remove"),
    path("segments/", segments.segments, name="segments"),
    path("segments/<int:pk>/", segments.segment, name="segment"),
    path("segments/<int:pk>/choices/", segments.choices, name="segment_choices"),
    path("segments/<int:pk>/attach/", segments.attach, name="segment_attach"),
    path("segments/<int:pk>/detach/", segments.detach, name="segment_detach"),
    path("sending/", sending.sending, name="sending"),
    path("sending/now/", sending.now, name="sending_now"),
    path("sending/groups/", sending.choices, {"scope": "group"}, name="sending_groups"),
    path("sending/templates/", sending.choices, {"scope": "template"}, name="sending_templates"),
    path("sending/stop/", sending.stop, {"scope": "brand"}, name="stop_brand"),
    path("sending/stop/template/<int:pk>/", sending.stop, {"scope": "template"}, name="stop_template"),
    path("sending/stop/group/<int:pk>/", sending.stop, {"scope": "group"}, name="stop_group"),
    path("sending/lift/<int:pk>/", sending.lift, name="lift"),
    path("audit/", audit.audit, name="audit"),
    path("audit/download/", audit.download, name="audit_download"),
]
