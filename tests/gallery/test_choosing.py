"""The chooser offers what a group may use, and says which picture was chosen, cut where the field wants it cut."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from library.models import Image
from tests.conftest import home
from tests.gallery.conftest import photo

pytestmark = pytest.mark.django_db


def choose(client, group=None, **asked):
    return client.get(
        reverse("studio:image_choose"), {"group": group.pk if group else "", **asked}
    ).content.decode()


def chosen(answer):
    """The slug that the answer tells the page of."""
    found = re.search(r'data-at-once data-slug="([^"]+)"', answer.content.decode())
    return found and found[1]


def test_a_picture_that_fits_is_chosen_without_another_question(client_of, alice, leith, added):
    image = added(photo(900, 600))

    assert f'data-chosen data-slug="{image.slug}"' in choose(client_of(alice), leith, ratio="3:2")


def test_a_group_is_offered_the_brands_pictures_and_its_own(client_of, alice, leith, portobello, added):
    shared, own = added(photo(colour="red")), added(photo(colour="blue"), group=leith)
    theirs = added(photo(colour="green"), group=portobello)

    offered = choose(client_of(alice), leith)

    assert shared.slug in offered
    assert own.slug in offered
    assert theirs.slug not in offered


def test_nobody_chooses_for_a_group_they_do_not_belong_to(client_of, alice, portobello):
    assert client_of(alice).get(reverse("studio:image_choose"), {"group": portobello.pk}).status_code == 404


def test_a_picture_of_another_shape_is_cut_round_its_focus(client_of, ben, leith, added):
    image = added(photo(900, 600))

    answer = client_of(ben).post(
        reverse("studio:image_fit", args=[image.pk]), {"group": leith.pk, "ratio": "1:1", "width": "300"}
    )

    with home(image):
        crop = Image.objects.get(cut_from=image)
        assert chosen(answer) == crop.slug
        assert (crop.width, crop.height) == (600, 600)
        assert crop.alt == "A latte"


def test_a_drawn_part_goes_to_the_groups_own_shelf(client_of, alice, leith, added):
    image = added(photo(900, 600))

    answer = client_of(alice).post(
        reverse("studio:image_cut_here", args=[image.pk]),
        {"group": leith.pk, "ratio": "1:1", "width": "200", "x": "0", "y": "0", "width_share": "40"},
    )

    with home(image):
        crop = Image.objects.get(cut_from=image)
        assert chosen(answer) == crop.slug
        assert crop.group_id == leith.pk
        assert crop.box == {"x": 0.0, "y": 0.0, "width": 0.4, "height": 0.6}


def test_numbers_that_make_no_part_are_answered_in_words(client_of, alice, leith, added):
    image = added(photo(900, 600))

    answer = client_of(alice).post(
        reverse("studio:image_cut_here", args=[image.pk]),
        {"group": leith.pk, "ratio": "1:1", "x": "0", "y": "0", "width_share": "wide"},
    )

    assert answer.status_code == 422
    assert "in percent" in answer.content.decode()


def test_a_picture_without_words_is_described_before_it_is_chosen(client_of, alice, leith, added):
    image = added(photo(), group=leith, alt="")
    browser, address = client_of(alice), reverse("studio:image_pick", args=[image.pk])

    asked = browser.get(address, {"group": leith.pk})
    refused = browser.post(address, {"group": leith.pk, "alt": " "})
    done = browser.post(address, {"group": leith.pk, "alt": "Two cups on a counter"})

    assert "What does it show?" in asked.content.decode()
    assert refused.status_code == 422
    assert chosen(done) == image.slug
    with home(image):
        assert Image.objects.get(pk=image.pk).alt == "Two cups on a counter"


def test_who_may_not_describe_is_told_whom_to_ask(client_of, ben, leith, added):
    image = added(photo(), alt="")

    answer = client_of(ben).get(reverse("studio:image_pick", args=[image.pk]), {"group": leith.pk})

    assert "Ask whoever keeps the gallery" in answer.content.decode()


def test_it_asks_the_database_no_more_for_many_pictures(
    client_of, alice, leith, added, django_assert_num_queries, django_assert_max_num_queries
):
    browser = client_of(alice)
    added(photo(300, 200))
    with django_assert_max_num_queries(30) as few:
        choose(browser, leith)
    for side in range(20, 30):
        added(photo(300, side))

    with django_assert_num_queries(len(few)):
        choose(browser, leith)
