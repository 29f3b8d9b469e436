"""Where a picture is used: templates and their drafts, modules and campaigns, as far as one may see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from campaigns import services as campaigns
from campaigns.models import Campaign
from library.gallery import services
from library.models import Image, Module, ModuleVersion, TemplateVersion
from tests import factories
from tests.conftest import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(added):
    return added()


def uses(client, image: Image) -> Any:
    return client.get(reverse("studio:image_uses", args=[image.pk])).content.decode()


def spec_with(slug: str) -> dict[str, Any]:
    spec = factories.letter().model_dump(mode="json")
    spec["placements"][0]["values"] = {"picture": {"src": slug, "alt": "x", "decorative": False}}
    return spec


def put_into(campaign: Campaign, slug: str) -> None:
    with home(campaign):
        Campaign.objects.filter(pk=campaign.pk).update(
            values={"hero": {"picture": {"src": slug, "alt": "Cup"}}}
        )


def test_a_campaign_that_shows_it_is_named_with_a_link(client_of, alice, draft, image):
    put_into(draft, image.slug)

    assert f'href="{reverse("campaigns:detail", args=[draft.pk])}"' in uses(client_of(alice), image)


def test_words_that_happen_to_be_its_slug_are_no_use(client_of, alice, draft, image):
    with home(draft):
        Campaign.objects.filter(pk=draft.pk).update(values={"hero": {"headline": image.slug}})

    assert "Nowhere yet." in uses(client_of(alice), image)


def test_a_campaign_of_another_group_is_counted_and_not_named(client_of, carol, draft, image):
    put_into(draft, image.slug)
    page = uses(client_of(carol), image)

    assert draft.name not in page
    assert "in 1 campaign of a group that you do not see" in page


def test_what_shows_a_part_of_it_shows_it(client_of, alice, draft, image):
    with home(draft):
        part = services.fitted(image, "1:1")
    put_into(draft, part.slug)

    assert draft.name in uses(client_of(alice), image)


def test_drafts_of_templates_count_and_are_shown_to_who_keeps_them(client_of, erin, alice, house, image):
    with home(house.template):
        TemplateVersion.objects.create(template=house.template, number=2, spec=spec_with(image.slug))

    assert reverse("studio:template", args=[house.template.pk]) in uses(client_of(erin), image)
    assert "draft" in uses(client_of(erin), image)
    assert house.template.name not in uses(client_of(alice), image)
    assert "Templates of the brand have it." in uses(client_of(alice), image)


def test_a_campaign_on_a_version_that_shows_it_counts_until_it_is_sent(client_of, alice, house, image):
    with home(house.template):
        version = TemplateVersion.objects.create(
            template=house.template, number=2, spec=spec_with(image.slug)
        )
        version.publish()
        started = campaigns.start(house.template, house.places["Leith"], by=alice)
        Campaign.objects.filter(pk=started.pk).update(values={}, template_version=version)

    assert f'href="{reverse("campaigns:detail", args=[started.pk])}"' in uses(client_of(alice), image)


def test_modules_count(client_of, erin, house, image):
    spec = factories.STORY.model_dump(mode="json")
    spec["fields"][2]["default"] = {"src": image.slug, "alt": "Cup", "decorative": False}
    with home(house.template):
        module = Module.objects.create(slug="story", name="Story")
        ModuleVersion.objects.create(module=module, number=1, spec=spec)

    assert reverse("studio:module", args=[module.pk]) in uses(client_of(erin), image)


def test_what_is_used_cannot_be_removed(client_of, erin, draft, image):
    put_into(draft, image.slug)
    answer = client_of(erin).post(reverse("studio:image_remove", args=[image.pk]), follow=True)

    assert "It is used, so it stays." in answer.content.decode()
    with home(image):
        assert Image.objects.filter(pk=image.pk).exists()


def test_what_nothing_uses_is_removed_and_its_address_goes_on(client_of, erin, image):
    client_of(erin).post(reverse("studio:image_remove", args=[image.pk]))

    with home(image):
        assert not Image.objects.filter(pk=image.pk).exists()
    assert client_of(erin).get(image.file.url).status_code == 200
