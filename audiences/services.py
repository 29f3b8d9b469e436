"""The audience of a campaign: fence(group) [AND segment], composed on the server and nowhere else; and who may use which."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from audiences.errors import AudienceError
from audiences.models import Segment, SegmentGrant
from audiences.rule import Rule
from groups.models import Group
from workspace.models import Workspace


def rule_for(group: Group, segment: Segment | None, workspace: Workspace) -> Rule:
    """Raises AudienceError for a group without a fence (no fence, no send) or with a segment it may not use."""
    value, attribute = group.fence_value.strip(), workspace.fence_attribute.strip()
    if not value or not attribute:
        raise AudienceError(
            _(
                "%(group)s has no fence yet, so nobody can be reached safely. An administrator of your brand sets it."
            )
            % {"group": group.name}
        )
    return Rule(fence_attribute=attribute, fence_value=value, segment_id=_offered(group, segment))


def _offered(group: Group, segment: Segment | None) -> str | None:
    if segment is None:
        return None
    if segment.gone_at is not None:
        raise AudienceError(
            _("“%(segment)s” no longer exists in Braze. Choose another audience.") % {"segment": segment.name}
        )
    if not Segment.objects.offered_to(group).filter(pk=segment.pk).exists():
        raise AudienceError(
            _("“%(segment)s” is no longer offered to %(group)s. Choose another audience.")
            % {"segment": segment.name, "group": group.name}
        )
    return segment.segment_id


@transaction.atomic
def attach(segment: Segment, group: Group, *, by: User) -> SegmentGrant:
    """Let this group, and all below it, choose the segment. A second time changes nothing."""
    if segment.gone_at is not None:
        raise AudienceError(_("“%(segment)s” no longer exists in Braze.") % {"segment": segment.name})
    grant, new = SegmentGrant.objects.get_or_create(segment=segment, group=group)
    if new:
        audit.record(
            audit.Action.SEGMENTS_CHANGED,
            by=by,
            target=segment.name,
            note=f"Offered to {group} ({group.code})",
        )
    return grant


@transaction.atomic
def detach(grant: SegmentGrant, *, by: User) -> None:
    """Take the segment from this group again. Drafts that use it say so; what is scheduled stays as it was sealed."""
    grant.delete()
    note = f"No longer offered to {grant.group} ({grant.group.code})"
    audit.record(audit.Action.SEGMENTS_CHANGED, by=by, target=grant.segment.name, note=note)
