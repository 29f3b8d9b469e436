"""A licence that ends and a recall both stop new use, of the picture and of all that is cut from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from library.errors import LibraryError
from library.gallery import services
from library.gallery.shelves import usable_by
from library.gallery.standing import Standing, standing
from library.models import Image
from tests.conftest import home
from tests.gallery.conftest import photo

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "stands"),
    [(-1, Standing.ENDED), (0, Standing.ENDING), (30, Standing.ENDING), (31, Standing.GOOD)],
)
def test_a_licence_holds_through_its_last_day_and_warns_a_month_before(
    added, in_bluebird, leith, days, stands
):
    image = added(licensed_until=TODAY + timedelta(days=days))

    assert standing(image, TODAY) == stands
    assert usable_by(leith, TODAY).filter(pk=image.pk).exists() is not stands.blocks


@pytest.mark.parametrize("told", [{"alt": "A cup"}, {"alt": "", "decorative": True}])
def test_a_described_picture_may_be_used(added, in_bluebird, leith, told):
    assert usable_by(leith).filter(pk=added(**told).pk).exists()


def test_a_picture_nobody_described_may_not(added, in_bluebird, leith):
    assert not usable_by(leith).filter(pk=added(alt="").pk).exists()


def test_a_new_day_of_licence_holds_for_the_parts_too(added, in_bluebird, leith):
    image = added(licensed_until=TODAY - timedelta(days=1))
    part = services.fitted(image, "1:1")
    services.describe(image, licensed_until=TODAY + timedelta(days=90))

    assert usable_by(leith, TODAY).filter(pk=part.pk).exists()


def test_a_recall_stops_the_picture_and_its_parts_and_leaves_a_trace(client_of, erin, leith, added):
    image = added()
    with home(image):
        part = services.fitted(image, "1:1")
    client_of(erin).post(reverse("studio:image_recall", args=[image.pk]), {"because": "The model withdrew"})

    with home(image):
        assert not usable_by(leith).filter(pk__in=[image.pk, part.pk]).exists()
        entry = AuditEntry.objects.get(action=AuditEntry.Action.IMAGE_RECALLED)
        assert (entry.target, entry.note) == (image.slug, "The model withdrew")


def test_a_recall_asks_for_a_reason(added, in_bluebird, erin):
    with pytest.raises(LibraryError, match="Say why"):
        services.recall(added(), because="", by=erin)


def test_a_recalled_picture_is_put_back(client_of, erin, leith, added):
    image = added()
    with home(image):
        services.recall(image, because="Checked", by=erin)
    client_of(erin).post(reverse("studio:image_put_back", args=[image.pk]))

    with home(image):
        assert usable_by(leith).filter(pk=image.pk).exists()


def test_what_a_recall_stopped_is_not_offered_any_more(client_of, erin, alice, leith, added):
    image = added()
    with home(image):
        services.recall(image, because="Checked", by=erin)
    browser = client_of(alice)

    assert image.slug not in browser.get(reverse("studio:image_choose"), {"group": leith.pk}).content.decode()
    pick = reverse("studio:image_fit", args=[image.pk])
    assert browser.post(pick, {"group": leith.pk, "ratio": "1:1"}).status_code == 404


@pytest.mark.parametrize("state", ["recalled", "ended", "ending", "undescribed"])
def test_pictures_that_need_a_look_are_found_by_how_they_stand(client_of, erin, added, state):
    good = added()
    other = standing_as(added, erin, state)

    page = client_of(erin).get(reverse("studio:images"), {"state": state}).content.decode()

    assert f'href="{reverse("studio:image", args=[other.pk])}"' in page
    assert f'href="{reverse("studio:image", args=[good.pk])}"' not in page


def standing_as(added, erin, state: str) -> Image:
    today = timezone.localdate()
    told: dict[str, dict[str, Any]] = {
        "ended": {"licensed_until": today - timedelta(days=1)},
        "ending": {"licensed_until": today + timedelta(days=3)},
        "undescribed": {"alt": ""},
    }
    image: Image = added(photo(colour="red"), **told.get(state, {}))
    if state == "recalled":
        with home(image):
            services.recall(image, because="Checked", by=erin)
    return image
