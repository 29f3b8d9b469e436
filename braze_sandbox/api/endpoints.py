"""Every endpoint: its permission, the allowance it draws on, and what answers."""

from __future__ import annotations

from braze_sandbox.api import (
    campaigns,
    centres,
    emails,
    groups,
    identities,
    insight,
    messages,
    reports,
    templates,
    transactional,
    triggers,
    users,
)
from braze_sandbox.api.gateway import Endpoint, Handler


def _post(path: str, handle: Handler, *, permission: str = "", window: str = "pool") -> Endpoint:
    return Endpoint("POST", path, permission or _permission(path), window, handle)


def _get(path: str, handle: Handler, *, permission: str = "", window: str = "pool") -> Endpoint:
    return Endpoint("GET", path, permission or _permission(path), window, handle)


def _permission(path: str) -> str:
    """Most permissions are named like the path they open."""
    return path.strip("/").replace("/", ".")


_CENTRES = "/preference_center/v1"

#: What a key made for this product opens.
_PARTNER = (
    _post("/users/track", users.track, window="track"),
    _post("/users/export/ids", users.export, window="export"),
    _post("/messages/schedule/create", messages.create),
    _post("/messages/schedule/update", messages.update),
    _post("/messages/schedule/delete", messages.delete),
    _post("/sends/id/create", reports.create_send_id, window="send_ids"),
    _get("/sends/data_series", reports.send_series),
    _get("/segments/list", reports.list_segments),
    _get("/segments/details", reports.segment_details),
    _get("/segments/data_series", reports.segment_series),
)

_SENDING = (
    _post("/messages/send", messages.send, window="broadcast"),
    _post("/campaigns/trigger/send", triggers.send, window="broadcast"),
    _post("/campaigns/trigger/schedule/create", triggers.create, window="broadcast"),
    _post("/campaigns/trigger/schedule/update", triggers.update),
    _post("/campaigns/trigger/schedule/delete", triggers.delete),
    _post(
        "/transactional/v1/campaigns/{campaign_id}/send", transactional.send, permission="transactional.send"
    ),
    _get(
        "/messages/scheduled_broadcasts",
        campaigns.scheduled_broadcasts,
        permission="messages.schedule_broadcasts",
    ),
)

_EXPORTS = (
    _get("/campaigns/list", campaigns.list_campaigns),
    _get("/campaigns/details", campaigns.details),
    _get("/campaigns/data_series", campaigns.series, window="campaign_series"),
    _get(
        "/custom_attributes",
        insight.custom_attributes,
        permission="custom_attributes.get",
        window="custom_attributes",
    ),
    _get("/kpi/dau/data_series", insight.active_users),
    _get("/kpi/mau/data_series", insight.monthly_active_users),
    _get("/kpi/new_users/data_series", insight.new_users),
    _get("/kpi/uninstalls/data_series", insight.uninstalls),
)

_SUBSCRIPTIONS = (
    _get("/email/hard_bounces", emails.hard_bounces),
    _get("/email/unsubscribes", emails.unsubscribes, permission="email.unsubscribe"),
    _post("/email/status", emails.set_status),
    _post("/email/bounce/remove", emails.remove_bounce),
    _post("/email/spam/remove", emails.remove_spam),
    _post("/email/blocklist", emails.block, permission="email.blacklist"),
    _post("/email/blacklist", emails.block),
    _post("/subscription/status/set", groups.set_status, window="subscription"),
    _post(
        "/v2/subscription/status/set",
        groups.set_statuses,
        permission="subscription.status.set",
        window="subscription",
    ),
    _get("/subscription/status/get", groups.get_status),
    _get("/subscription/user/status", groups.user_status, permission="subscription.groups.get"),
)

_CONTENT = (
    _post("/templates/email/create", templates.create_template),
    _post("/templates/email/update", templates.update_template),
    _get("/templates/email/list", templates.list_templates),
    _get("/templates/email/info", templates.template_info),
    _post("/content_blocks/create", templates.create_block),
    _post("/content_blocks/update", templates.update_block),
    _get("/content_blocks/list", templates.list_blocks),
    _get("/content_blocks/info", templates.block_info),
    _get(f"{_CENTRES}/list", centres.list_centres, permission="preference_center.list", window="centre_read"),
    _get(f"{_CENTRES}/{{centre}}", centres.details, permission="preference_center.get", window="centre_read"),
    _get(
        f"{_CENTRES}/{{centre}}/url/{{external_id}}",
        centres.user_url,
        permission="preference_center.user.get",
        window="centre_read",
    ),
    _post(_CENTRES, centres.create, permission="preference_center.update", window="centre_write"),
    Endpoint("PUT", f"{_CENTRES}/{{centre}}", "preference_center.update", "centre_write", centres.update),
)

_USERS = (
    _post("/users/delete", identities.delete, window="users"),
    _post("/users/identify", identities.identify, window="users"),
    _post("/users/merge", identities.merge, window="users"),
    _post("/users/alias/new", identities.new_alias, window="users"),
    _post("/users/alias/update", identities.update_alias, window="users"),
    _post("/users/external_ids/rename", identities.rename, window="rename"),
    _post("/users/external_ids/remove", identities.remove, window="remove"),
)

ENDPOINTS = (*_PARTNER, *_SENDING, *_EXPORTS, *_SUBSCRIPTIONS, *_CONTENT, *_USERS)
