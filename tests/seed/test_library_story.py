"""The demo's library has been worked in: tags, shelves, rules, a second legal person and a draft, each made once."""

from __future__ import annotations

import pytest

from branding.models import LegalIdentity
from branding.scope import brand_scope
from groups.models import Group, Tag
from library.installing import install_starter
from library.models import Folder, Image, Restriction, TemplateVersion
from smartersends.seed import library, network, people
from smartersends.seed.brands import BRANDS, ensure

pytestmark = pytest.mark.django_db


@pytest.fixture(params=BRANDS, ids=lambda demo: demo.slug)
def demo(request, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    brand = ensure(request.param)
    with brand_scope(brand.pk):
        install_starter(request.param.slug)
        network.install(request.param, network.made_up(request.param))
        people.install(request.param)
        assert library.install(request.param)
        yield request.param


def test_each_piece_is_there_and_made_once(demo):
    assert all(tag.groups.exists() for tag in Tag.objects.all())
    assert all(folder.images.exists() for folder in Folder.objects.all())
    assert Image.objects.exclude(licensed_until=None).count() == 1
    assert Restriction.objects.filter(is_regex=True).exists()
    [draft] = TemplateVersion.objects.filter(state="draft")
    assert draft.based_on.is_published
    draft.engine_spec()

    before = (Tag.objects.count(), TemplateVersion.objects.count())
    assert not library.install(demo)
    assert (Tag.objects.count(), TemplateVersion.objects.count()) == before

    germans = LegalIdentity.objects.filter(countries__contains=["DE"])
    assert germans.exists() == (demo.slug == "bluebird" and Group.objects.filter(country="DE").exists())
