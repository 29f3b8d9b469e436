"""Valkey is away: whoever promises, cancels or stops does not notice, for the rows are the promise."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as ValkeyAway

from branding.scope import brand_scope
from delivery.models import Dispatch
from delivery.services import promise
from tests.conftest import fresh, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def valkey_away(monkeypatch):
    def refuse(*_args: object, **_values: object) -> None:
        raise ValkeyAway("Connection refused")

    for verb in ("add", "incr", "delete"):
        monkeypatch.setattr(cache, verb, refuse)


def test_a_promise_is_made_all_the_same(dispatch, house, valkey_away, django_capture_on_commit_callbacks):
    from delivery.message import Sealed

    with django_capture_on_commit_callbacks(execute=True), brand_scope(house.brand.pk):
        sealed = Sealed.model_validate(fresh(dispatch, "message").message.content)
        made = promise(sealed, group=house.places["Leith"], label="Once more", planned_at=dispatch.planned_at)

    assert fresh(made).state == Dispatch.State.PENDING


def test_what_braze_answers_is_written_down_all_the_same(braze, dispatch, valkey_away):
    assert kept(dispatch).state == Dispatch.State.SCHEDULED
