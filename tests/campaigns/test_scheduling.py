"""Booking a send: by whom, when, in which state, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from branding.scope import brand_scope
from campaigns import services
from campaigns.errors import CampaignError, NotReady
from campaigns.models import Campaign
from delivery.models import Dispatch
from groups.models import Group
from tests.conftest import fresh
from workspace.models import Workspace

pytestmark = [pytest.mark.django_db]


def places(error: NotReady) -> list[str]:
    return [finding.place for finding in error.findings]


@pytest.mark.usefixtures("in_bluebird")
class TestWhatKeepsItBack:
    def refused(self, draft: Campaign, by: object) -> NotReady:
        with pytest.raises(NotReady) as raised:
            services.schedule(draft, by=by)  # type: ignore[arg-type]
        assert Dispatch.objects.count() == 0
        assert fresh(draft).status == Campaign.Status.DRAFT
        return raised.value

    def test_a_group_without_a_fence(self, draft, alice, leith):
        Group.objects.filter(pk=leith.pk).update(fence_value=" ")
        assert places(self.refused(draft, alice)) == ["audience"]

    def test_no_variation_anywhere(self, draft, alice, leith):
        Group.objects.filter(pk=leith.pk).update(message_variation_id="")
        Workspace.objects.update(default_variation_id="")
        assert places(self.refused(draft, alice)) == ["connection"]

    def test_no_key(self, draft, alice):
        Workspace.objects.update(api_key_encrypted=b"")
        error = self.refused(draft, alice)
        assert places(error) == ["connection"]
        assert "not connected" in error.findings[0].message

    def test_no_workspace_at_all(self, draft, alice):
        Workspace.objects.all().delete()
        assert places(self.refused(draft, alice)) == ["connection"]

    def test_a_retired_template(self, draft, alice, house):
        house.version.retire()
        assert places(self.refused(draft, alice)) == ["template"]

    def test_a_time_that_has_passed(self, draft, alice):
        Campaign.objects.filter(pk=draft.pk).update(send_at=timezone.now() - timedelta(minutes=1))
        assert places(self.refused(draft, alice)) == ["when"]

    def test_a_field_that_is_wrong(self, draft, alice):
        services.save(draft, [services.Change("hero.headline", "", 0)], by=alice)
        assert places(self.refused(draft, alice)) == ["hero.headline"]

    def test_all_of_it_is_said_at_once(self, draft, alice, leith):
        services.save(draft, [services.Change("hero.headline", "", 0)], by=alice)
        Group.objects.filter(pk=leith.pk).update(fence_value="")
        assert set(places(self.refused(draft, alice))) == {"hero.headline", "audience"}


@pytest.mark.usefixtures("in_bluebird")
class TestBooking:
    def test_now_is_a_minute_ahead(self, draft, alice, settings):
        settings.SEND_NOW_SECONDS = 60

        booked = services.schedule(draft, by=alice)

        assert timedelta(seconds=50) < booked.dispatch.planned_at - timezone.now() <= timedelta(seconds=60)

    def test_a_chosen_time_is_kept(self, draft, alice):
        tomorrow = timezone.now() + timedelta(days=1)
        services.choose_time(draft, tomorrow, by=alice)

        assert services.schedule(draft, by=alice).dispatch.planned_at == tomorrow

    def test_a_group_without_a_variation_of_its_own_uses_the_brands(self, draft, alice, leith):
        Group.objects.filter(pk=leith.pk).update(message_variation_id="")

        assert services.schedule(draft, by=alice).dispatch.variation_id == "default-bluebird"

    def test_a_composer_cannot(self, draft, ben):
        with pytest.raises(CampaignError, match="approval"):
            services.schedule(draft, by=ben)
        assert Dispatch.objects.count() == 0

    def test_a_second_click_makes_no_second_promise(self, draft, alice):
        services.schedule(draft, by=alice)

        with pytest.raises(CampaignError):
            services.schedule(draft, by=alice)
        assert Dispatch.objects.count() == 1

    def test_move_trace_and_promise_stand_or_fall_together(self, draft, alice, monkeypatch):
        monkeypatch.setattr(Campaign, "book", lambda *args, **kwargs: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            services.schedule(draft, by=alice)

        assert Dispatch.objects.count() == 0
        assert fresh(draft).status == Campaign.Status.DRAFT


class TestByPage:
    def test_a_double_click_leads_to_the_same_page_twice(self, client_of, alice, draft, house):
        browser = client_of(alice)

        answers = [browser.post(f"/campaigns/{draft.pk}/schedule/") for _click in range(2)]

        assert {(each.status_code, each["Location"]) for each in answers} == {
            (302, f"/campaigns/{draft.pk}/")
        }
        with brand_scope(house.brand.pk):
            assert Dispatch.objects.count() == 1

    def test_a_composers_click_promises_nothing(self, client_of, ben, draft, house):
        client_of(ben).post(f"/campaigns/{draft.pk}/schedule/")

        with brand_scope(house.brand.pk):
            assert Dispatch.objects.count() == 0
        assert fresh(draft).status == Campaign.Status.DRAFT

    def test_what_is_missing_is_said_on_the_page_where_one_is(self, client_of, alice, draft, leith):
        with brand_scope(leith.brand_id):
            Group.objects.filter(pk=leith.pk).update(fence_value="")

        answer = client_of(alice).post(f"/campaigns/{draft.pk}/schedule/")

        assert answer.status_code == 422
        assert "no fence yet" in answer.content.decode()

    def test_another_tab_finds_it_scheduled(self, client_of, alice, draft):
        browser = client_of(alice)
        browser.post(f"/campaigns/{draft.pk}/schedule/")

        for step in ("compose/hero", "compose/audience", "compose/when", "compose/check"):
            answer = browser.get(f"/campaigns/{draft.pk}/{step}/")
            assert (answer.status_code, answer["Location"]) == (302, f"/campaigns/{draft.pk}/")
