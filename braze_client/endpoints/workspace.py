"""What a workspace has: custom attributes, people by the day, preference centres."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from ..answers.workspace import (
    AttributePage,
    CustomAttribute,
    KpiSeries,
    PreferenceCenter,
    PreferenceCenterList,
    PreferenceCenterSaved,
    PreferenceCenterUrl,
)
from ..requests.preference_centers import CreatePreferenceCenter, UpdatePreferenceCenter
from ..retry import Repeat
from .base import Endpoints, in_path, period

Kpi = Literal["dau", "mau", "new_users", "uninstalls"]


class WorkspaceFacts(Endpoints):
    """https://www.braze.com/docs/api/endpoints/export and …/preference_center"""

    def list_custom_attributes(self, cursor: str | None = None) -> AttributePage:
        """Up to 50 custom attributes by name; `next_cursor` of the answer leads on.

        Permission custom_attributes.get; 1,000 an hour.
        """
        # https://www.braze.com/docs/api/endpoints/export/custom_attributes/get_custom_attributes
        return self._get("/custom_attributes", AttributePage, {"cursor": cursor} if cursor else {})

    def iter_custom_attributes(self) -> Iterator[CustomAttribute]:
        """All custom attributes, a call for each 50."""
        page = self.list_custom_attributes()
        yield from page.attributes
        while page.next_cursor:
            page = self.list_custom_attributes(page.next_cursor)
            yield from page.attributes

    def kpi_series(
        self, kpi: Kpi, *, length: int = 14, ending_at: datetime | None = None, app_id: str | None = None
    ) -> KpiSeries:
        """Users by the day: active on it, active in its month, new, or gone. Permission kpi.<kpi>.data_series."""
        # https://www.braze.com/docs/api/endpoints/export/kpi
        params = period(length, ending_at) | ({"app_id": app_id} if app_id else {})
        return self._get(f"/kpi/{kpi}/data_series", KpiSeries, params)

    def list_preference_centers(self) -> PreferenceCenterList:
        """The preference centres made by API. Permission preference_center.list; 1,000 a minute."""
        # https://www.braze.com/docs/api/endpoints/preference_center/get_list_preference_center
        return self._get("/preference_center/v1/list", PreferenceCenterList)

    def preference_center(self, preference_center_id: str) -> PreferenceCenter:
        """A preference centre with its pages. Permission preference_center.get; 1,000 a minute."""
        # https://www.braze.com/docs/api/endpoints/preference_center/get_view_details_preference_center
        return self._get(
            "/preference_center/v1/{preference_center_id}",
            PreferenceCenter,
            places={"preference_center_id": in_path(preference_center_id)},
        )

    def create_preference_center(self, request: CreatePreferenceCenter) -> PreferenceCenterSaved:
        """Make a preference centre; its name is fixed. Permission preference_center.update; 10 a minute."""
        # https://www.braze.com/docs/api/endpoints/preference_center/post_create_preference_center
        return self._post("/preference_center/v1", request, PreferenceCenterSaved, Repeat.HARMFUL)

    def update_preference_center(
        self, preference_center_id: str, request: UpdatePreferenceCenter
    ) -> PreferenceCenterSaved:
        """Change a preference centre. Permission preference_center.update; 10 a minute."""
        # https://www.braze.com/docs/api/endpoints/preference_center/put_update_preference_center
        return self._post(
            "/preference_center/v1/{preference_center_id}",
            request,
            PreferenceCenterSaved,
            Repeat.HARMFUL,
            method="PUT",
            places={"preference_center_id": in_path(preference_center_id)},
        )

    def preference_center_url(self, preference_center_id: str, external_id: str) -> PreferenceCenterUrl:
        """One person's own address of a preference centre. Permission preference_center.user.get."""
        # https://www.braze.com/docs/api/endpoints/preference_center/get_create_url_preference_center
        return self._get(
            "/preference_center/v1/{preference_center_id}/url/{external_id}",
            PreferenceCenterUrl,
            places={
                "preference_center_id": in_path(preference_center_id),
                "external_id": in_path(external_id),
            },
        )
