"""Campaigns, their sends, and the numbers of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..answers.campaigns import CampaignDetails, CampaignPage, ListedCampaign
from ..answers.schedules import SendId
from ..answers.sends import SendSeries
from ..limits import CAMPAIGNS_PER_PAGE
from ..requests.schedules import CreateSendId
from ..retry import Repeat
from .base import Endpoints, SortDirection, known, moment, page_of, period


class Campaigns(Endpoints):
    """https://www.braze.com/docs/api/endpoints/export/campaigns"""

    def create_send_id(self, campaign_id: str, send_id: str | None = None) -> SendId:
        """Make a label under which Braze counts a mailing: ASCII, at most 64 characters, 100 new ones a day.

        Not repeated by itself: what Braze does with a pair that exists is not published, and an unknown
        outcome may have used up one of the day's. Permission sends.id.create.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_create_send_ids
        request = CreateSendId(campaign_id=campaign_id, send_id=send_id)
        return self._post("/sends/id/create", request, SendId, Repeat.HARMFUL)

    def send_series(
        self, campaign_id: str, send_id: str, *, length: int = 14, ending_at: datetime | None = None
    ) -> SendSeries:
        """The numbers of a send for `length` days (1 to 100) back from `ending_at` (now).

        Braze keeps them for 14 days after the send. Permission sends.data_series.
        """
        # https://www.braze.com/docs/api/endpoints/export/campaigns/get_send_analytics
        params = {"campaign_id": known(campaign_id), "send_id": known(send_id), **period(length, ending_at)}
        return self._get("/sends/data_series", SendSeries, params)

    def list_campaigns(
        self,
        page: int = 0,
        *,
        sort_direction: SortDirection = "asc",
        include_archived: bool = False,
        edited_after: datetime | None = None,
    ) -> CampaignPage:
        """A page of up to 100 campaigns, by creation time, from page 0. Permission campaigns.list."""
        # https://www.braze.com/docs/api/endpoints/export/campaigns/get_campaigns
        params = page_of(page, sort_direction) | {"include_archived": str(include_archived).lower()}
        if edited_after is not None:
            params["last_edit.time[gt]"] = moment(edited_after)
        return self._get("/campaigns/list", CampaignPage, params)

    def iter_campaigns(self, *, include_archived: bool = False) -> Iterator[ListedCampaign]:
        """All campaigns, a call for each 100."""
        page = 0
        while True:
            campaigns = self.list_campaigns(page, include_archived=include_archived).campaigns
            yield from campaigns
            if len(campaigns) < CAMPAIGNS_PER_PAGE:
                return
            page += 1

    def campaign_details(self, campaign_id: str) -> CampaignDetails:
        """A campaign with its messages by variation id. Permission campaigns.details."""
        # https://www.braze.com/docs/api/endpoints/export/campaigns/get_campaign_details
        return self._get("/campaigns/details", CampaignDetails, {"campaign_id": known(campaign_id)})

    def campaign_series(
        self, campaign_id: str, *, length: int = 14, ending_at: datetime | None = None
    ) -> SendSeries:
        """The numbers of a campaign over all its sends. Permission campaigns.data_series; 50,000 a minute."""
        # https://www.braze.com/docs/api/endpoints/export/campaigns/get_campaign_analytics
        params = {"campaign_id": known(campaign_id), **period(length, ending_at)}
        return self._get("/campaigns/data_series", SendSeries, params)
