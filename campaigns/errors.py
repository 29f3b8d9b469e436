from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from campaigns.findings import Finding
    from campaigns.models import Campaign


class CampaignError(Exception):
    """Words fit to show: what is wrong and what to do about it."""


class IllegalMove(CampaignError):
    """Somebody else moved first, or the move does not exist."""

    def __init__(self, campaign: Campaign, status: str) -> None:
        self.campaign, self.status = campaign, status
        super().__init__(
            _("This campaign is “%(now)s” by now. Load the page again to see what happened.")
            % {"now": campaign.get_status_display()}
        )


class NotReady(CampaignError):
    """Findings that keep the campaign from going out, each with its place."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(_("Some things need your attention before this campaign can go out."))
