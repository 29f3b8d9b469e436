"""Segments as Braze has them, and which groups may choose which."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Role
from accounts.permissions import Permission
from audiences.models import Reading, Segment, SegmentGrant
from branding.scope import brand_scope
from groups.models import Group
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("connection:segments")


@pytest.fixture
def loyal(house) -> Segment:
    with brand_scope(house.brand.pk):
        made: Segment = Segment.objects.create(
            segment_id="segment-loyal", name="Loyal", size=90, size_at=timezone.now(), is_counted=True,
            series=[["2026-11-21", 80], ["2026-11-22", 90]],
        )  # fmt: skip
    return made


@pytest.fixture
def grants(loyal, in_scope_of, erin):
    """Codes of the nodes it is attached to."""
    return lambda: in_scope_of(
        erin, lambda: list(loyal.grants.order_by("group__path").values_list("group__code", flat=True))
    )


def attach(browser, segment, group):
    return browser.post(reverse("connection:segment_attach", args=[segment.pk]), {"group": group.pk})


def test_the_list_shows_size_trend_and_when_braze_estimated_it(client_of, mona, loyal):
    page = client_of(mona).get(LIST).content.decode()

    assert "Loyal" in page
    assert "estimated by Braze on" in page
    assert 'aria-label="From 80 to 90 in 2 days"' in page


def test_a_segment_that_braze_does_not_count_has_no_size_of_zero(client_of, mona, loyal, in_scope_of):
    in_scope_of(mona, lambda: Segment.objects.update(size=None, size_at=None, series=[], is_counted=False))

    page = client_of(mona).get(LIST).content.decode()

    assert "Braze does not count this segment" in page


def test_a_region_is_attached_with_all_below_it(client_of, mona, loyal, house, leith, grants, in_scope_of):
    browser = client_of(mona)
    attach(browser, loyal, house.region)
    attach(browser, loyal, house.region)

    assert grants() == [house.region.code]
    assert in_scope_of(mona, lambda: list(Segment.objects.offered_to(leith))) == [loyal]
    page = browser.get(reverse("connection:segment", args=[loyal.pk])).content.decode()
    assert "with all 2 groups below it" in page
    [entry] = in_scope_of(mona, lambda: list(AuditEntry.objects.all()))
    assert (entry.target, entry.note) == ("Loyal", "Offered to Scotland (scotland)")


def test_detaching_takes_it_away_again(client_of, mona, loyal, leith, grants, in_scope_of):
    browser = client_of(mona)
    attach(browser, loyal, leith)
    [grant] = in_scope_of(mona, lambda: list(SegmentGrant.objects.all()))

    browser.post(reverse("connection:segment_detach", args=[loyal.pk]), {"grant": grant.pk})

    assert grants() == []


def test_what_an_attached_region_covers_is_not_offered_again(client_of, mona, loyal, house):
    browser, address = client_of(mona), reverse("connection:segment_choices", args=[loyal.pk])
    before = [node.name for node in browser.get(address).context["nodes"]]
    attach(browser, loyal, house.region)

    after = [node.name for node in browser.get(address).context["nodes"]]

    assert before == ["Bluebird Coffee", "Scotland", "Leith", "Portobello"]
    assert after == ["Bluebird Coffee"]


def test_who_sets_audiences_in_one_region_attaches_there_only(hire, client_of, house, loyal, leith, grants):
    with brand_scope(house.brand.pk):
        role = Role.objects.create(key="local", name="Local", permissions=[Permission.AUDIENCE_SETTINGS])
        house.roles["local"] = role
        elsewhere = factories.location("Oban", house.root)
    browser = client_of(hire("Lena", "local", house.region))

    assert attach(browser, loyal, elsewhere).status_code == 404
    assert attach(browser, loyal, house.root).status_code == 404
    attach(browser, loyal, leith)
    assert grants() == ["leith"]


def test_a_segment_that_is_gone_can_be_attached_to_nobody(client_of, mona, loyal, leith, grants, in_scope_of):
    in_scope_of(mona, lambda: Segment.objects.update(gone_at=timezone.now(), is_active=False))

    browser = client_of(mona)
    page = browser.get(attach(browser, loyal, leith)["Location"]).content.decode()

    assert grants() == []
    assert "“Loyal” no longer exists in Braze." in page


def test_many_segments_and_groups_take_no_more_queries(
    client_of, mona, house, loyal, django_assert_max_num_queries
):
    browser = client_of(mona)
    with django_assert_max_num_queries(40) as few:
        browser.get(LIST)
    with brand_scope(house.brand.pk):
        made = Segment.objects.bulk_create(
            Segment(segment_id=f"s{n}", name=f"Segment {n:03}") for n in range(120)
        )
        SegmentGrant.objects.bulk_create(
            SegmentGrant(segment=each, group=group) for each in made for group in Group.objects.all()
        )

    with django_assert_max_num_queries(len(few) + 1):  # the names of groups, where there are any
        page = browser.get(LIST)

    assert len(page.context["page"]) == 50


def test_reading_is_asked_for_once_and_followed(client_of, mona, braze, after_commit, in_scope_of):
    browser = client_of(mona)
    with after_commit():
        browser.post(reverse("connection:read", args=["segments"]))

    assert in_scope_of(mona, lambda: Reading.objects.get().state) == Reading.State.DONE
    assert "Loyal" in browser.get(LIST).content.decode()


def test_while_it_runs_the_page_looks_again_by_itself(client_of, mona, in_scope_of):
    now = timezone.now()
    in_scope_of(
        mona,
        lambda: Reading.objects.create(
            what="segments", state="running", asked_at=now, alive_at=now, done=3, total=9
        ),
    )
    address = reverse("connection:read", args=["segments"])
    browser = client_of(mona)

    during = browser.get(address, headers={"HX-Request": "true"})
    in_scope_of(mona, lambda: Reading.objects.update(state="done", ended_at=now))
    after = browser.get(address, headers={"HX-Request": "true"})

    assert "3 of 9" in during.content.decode()
    assert f'hx-get="{address}"' in during.content.decode()
    assert not during.has_header("HX-Refresh")
    assert after["HX-Refresh"] == "true"
