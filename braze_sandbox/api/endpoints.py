"""The endpoints that the ten permissions open."""

from __future__ import annotations

from braze_sandbox.api.gateway import Endpoint
from braze_sandbox.api.messages import create, delete, update
from braze_sandbox.api.reports import (
    create_send_id,
    list_segments,
    segment_details,
    segment_series,
    send_series,
)
from braze_sandbox.api.users import export, track

ENDPOINTS = (
    Endpoint("POST", "/users/track", "users.track", "track", track),
    Endpoint("POST", "/users/export/ids", "users.export.ids", "export", export),
    Endpoint("POST", "/messages/schedule/create", "messages.schedule.create", "pool", create),
    Endpoint("POST", "/messages/schedule/update", "messages.schedule.update", "pool", update),
    Endpoint("POST", "/messages/schedule/delete", "messages.schedule.delete", "pool", delete),
    Endpoint("POST", "/sends/id/create", "sends.id.create", "send_ids", create_send_id),
    Endpoint("GET", "/sends/data_series", "sends.data_series", "pool", send_series),
    Endpoint("GET", "/segments/list", "segments.list", "pool", list_segments),
    Endpoint("GET", "/segments/details", "segments.details", "pool", segment_details),
    Endpoint("GET", "/segments/data_series", "segments.data_series", "pool", segment_series),
)
