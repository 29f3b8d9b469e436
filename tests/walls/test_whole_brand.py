"""A role given at a node holds for its subtree, so it never opens what concerns the whole brand."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("braze")]

PAGES = ["/braze/", "/braze/variations/", "/braze/attributes/", "/braze/audit/", "/braze/sending/stop/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_brand_admin_of_one_place_is_none_of_the_brand(client_of, hire, leith, page):
    local = hire("Lena", "brand_admin", leith)

    assert client_of(local).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_one_at_the_top_is(client_of, erin, page):
    assert client_of(erin).get(page).status_code == 200
