"""A brand's Braze workspace, which in the demo is one of the sandbox's."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from groups.models import Group
from smartersends.seed import segments, stable
from smartersends.seed.brands import DemoBrand
from smartersends.seed.sandbox import Sandbox
from workspace.models import Workspace


def install(demo: DemoBrand) -> Workspace:
    """Made once; later runs only follow the sandbox to another port and renew a key that no longer fits."""
    workspace = Workspace.objects.first() or Workspace(
        app_id=stable.identifier(demo.slug, "app"),
        campaign_id=stable.identifier(demo.slug, "campaign"),
        default_variation_id=stable.identifier(demo.slug, "variation"),
        default_variation_name=f"All {demo.column}",
        fence_attribute=demo.fence_attribute,
        sending_domain=demo.sending_domain,
    )
    if workspace.endpoint != settings.BRAZE_SANDBOX_URL or not workspace.has_key:
        workspace.endpoint = settings.BRAZE_SANDBOX_URL
        workspace.set_api_key(stable.api_key(demo.slug))
        workspace.save()
    return workspace


def describe(
    demo: DemoBrand, workspace: Workspace, sandbox: Sandbox, *, sends: list[dict[str, Any]] | None = None
) -> None:
    """Tell the sandbox of the workspace as it is now in the portal, past sends included where given."""
    variations = [
        {"id": workspace.default_variation_id, "name": workspace.default_variation_name, "channel": "email"}
    ]
    known = Group.objects.exclude(message_variation_id="").order_by("code")
    variations += [
        {"id": pk, "name": name, "channel": "email"}
        for pk, name in known.values_list("message_variation_id", "variation_name")
    ]
    sandbox.define(
        {
            "name": demo.name,
            "keys": [{"key": stable.api_key(demo.slug), "name": "Portal", "permissions": "all"}],
            "app_ids": [workspace.app_id],
            "campaigns": [{"id": workspace.campaign_id, "name": "Local campaigns", "variations": variations}],
            "segments": segments.definitions(demo),
            **({"sends": sends} if sends else {}),
        }
    )
