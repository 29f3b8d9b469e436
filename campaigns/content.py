"""From a campaign to the mail it would be, and to the fingerprint of what was approved."""

from __future__ import annotations

import hashlib
import json

from audiences.services import rule_for
from campaigns.models import Campaign
from delivery.message import Sealed
from groups.models import Group
from library import engine
from library.context import context_for
from workspace.models import Workspace


def mail(campaign: Campaign, *, marked: bool = False) -> engine.Email:
    """The mail as it stands, rendered anew from template version and values. `marked`: see engine.render."""
    spec = campaign.template_version.engine_spec()
    return engine.render(
        spec, campaign.values, context_for(campaign.group, spec, campaign.values), marked=marked
    )


def seal(campaign: Campaign, workspace: Workspace) -> Sealed:
    """Everything Braze will be given. Raises AudienceError where the group may not write to anybody."""
    email = mail(campaign)
    variation_id, variation_name = variation_of(campaign.group, workspace)
    return Sealed(
        subject=email.subject,
        preheader=email.preheader,
        from_=email.sender,
        reply_to=email.reply_to,
        html=email.html,
        text=email.text,
        headers=dict(email.headers),
        app_id=workspace.app_id,
        campaign_id=workspace.campaign_id,
        variation_id=variation_id,
        variation_name=variation_name,
        audience=rule_for(campaign.group, campaign.segment, workspace),
    )


def variation_of(group: Group, workspace: Workspace) -> tuple[str, str]:
    """The group's own message variation, else the workspace's default; both empty if there is neither."""
    if group.message_variation_id:
        return group.message_variation_id, group.variation_name or group.name
    return workspace.default_variation_id, workspace.default_variation_name


def fingerprint(campaign: Campaign) -> str:
    """SHA-256 over all a person decides: template version, values, audience, time. Any change makes it another."""
    decided = {
        "template_version": campaign.template_version_id,
        "group": campaign.group_id,
        "values": campaign.values,
        "segment": campaign.segment_id,
        "send_at": campaign.send_at.isoformat() if campaign.send_at else None,
    }
    return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()
