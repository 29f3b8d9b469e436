"""The audience of a campaign: fence(group) [AND segment], composed on the server and nowhere else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from audiences.errors import AudienceError
from audiences.models import Segment
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
    if not Segment.objects.offered_to(group).filter(pk=segment.pk).exists():
        raise AudienceError(
            _("“%(segment)s” is no longer offered to %(group)s. Choose another audience.")
            % {"segment": segment.name, "group": group.name}
        )
    return segment.segment_id
