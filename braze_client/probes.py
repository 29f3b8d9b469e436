"""Which permissions a key holds, asked without sending, creating or changing anything.

No endpoint of Braze describes a key. Each probe is well-formed and lacks what its endpoint needs, so that a key that
may call it gets a 400 for that, and one that may not a 401 or 403. Nothing here could be complete by accident: no
probe names a broadcast, a segment or a recipient who exists.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ._caller import Ask
from .answers.base import Answer
from .client import Braze
from .retry import Repeat

_NOTHING: Final = b"{}"


@dataclass(frozen=True)
class Probe:
    """`body` is what a POST carries; a GET goes without parameters but for `campaign_id` where Braze takes one."""

    method: str
    path: str
    body: bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)


# https://www.braze.com/docs/api/basics/#rest-api-key-permissions
PROBES: Final[Mapping[str, Probe]] = MappingProxyType(
    {
        # First: an endpoint that answers 200 by itself tells a bad key from a missing permission.
        "segments.list": Probe("GET", "/segments/list", params={"page": "0"}),
        "segments.details": Probe("GET", "/segments/details"),
        "segments.data_series": Probe("GET", "/segments/data_series"),
        "sends.data_series": Probe("GET", "/sends/data_series"),
        "sends.id.create": Probe("POST", "/sends/id/create", _NOTHING),
        "users.export.ids": Probe("POST", "/users/export/ids"),
        "users.track": Probe("POST", "/users/track", _NOTHING),
        "messages.schedule.create": Probe("POST", "/messages/schedule/create", _NOTHING),
        "messages.schedule.update": Probe("POST", "/messages/schedule/update", _NOTHING),
        "messages.schedule.delete": Probe("POST", "/messages/schedule/delete", _NOTHING),
        "messages.send": Probe("POST", "/messages/send", _NOTHING),
        "campaigns.details": Probe("GET", "/campaigns/details"),
        "custom_attributes.get": Probe("GET", "/custom_attributes"),
    }
)
"""Permission to the probe of it, in the order to ask in."""


def probe(braze: Braze, permission: str, *, campaign_id: str = "") -> Answer:
    """Ask for one permission. A 2xx is an answer, whatever else Braze says a BrazeError.

    Refused with status 400 means held, KeyRejected and AccessDenied mean missing. Whether a refused
    /sends/id/create counts among the day's hundred is not published: ask for that one rarely.
    """
    asked = PROBES[permission]
    params, body = dict(asked.params), asked.body
    if permission == "campaigns.details" and campaign_id:
        params["campaign_id"] = campaign_id
    if permission == "users.export.ids":
        # The one probe whose endpoint answers 2xx: somebody who does not exist, as nobody.
        body = json.dumps({"external_ids": [str(uuid.uuid4())], "fields_to_export": ["external_id"]}).encode()
    ask = Ask(asked.method, asked.path, Repeat.HARMLESS, params, body)
    return braze._caller.answer(ask, Answer)
