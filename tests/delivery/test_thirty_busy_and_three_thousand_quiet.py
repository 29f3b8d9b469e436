"""A day of a whole network: thirty busy groups and three thousand quiet ones, and separate numbers for each campaign."""

from __future__ import annotations

import random

import pytest
from django.utils import timezone

from branding.scope import brand_scope
from delivery import send_ids
from delivery.models import Dispatch, SealedMessage, SendId
from groups.models import Group

pytestmark = pytest.mark.django_db

BUSY, QUIET = 30, 3_000
#: Campaigns of the busiest group in this day; each of the other busy ones has one less than the one before.
MOST = 100
A_CLAIM = 500


def test_all_have_numbers_of_their_own_from_a_hundred_send_ids(house):
    with brand_scope(house.brand.pk):
        promised = promised_in_any_order(network(house.region))
        for start in range(0, len(promised), A_CLAIM):
            send_ids.allot(promised[start : start + A_CLAIM], campaign_id="campaign-bluebird")

        pairs = set(
            Dispatch.objects.filter(send_id__isnull=False).values_list("send_id", "variation_id").order_by()
        )
        made = SendId.objects.count()

    assert len(promised) == sum(MOST - each for each in range(BUSY)) + QUIET
    assert len(pairs) == len(promised)
    assert made == MOST


def network(parent: Group) -> list[Group]:
    """The busy groups first."""
    groups = [
        Group(parent=parent, code=f"N{n}", name=f"Place {n}", message_variation_id=f"variation-{n}")
        for n in range(BUSY + QUIET)
    ]
    made: list[Group] = Group.objects.bulk_create(groups, batch_size=A_CLAIM)
    return made


def promised_in_any_order(groups: list[Group]) -> list[Dispatch]:
    """The many of a busy group are spread over the whole day."""
    senders = [group for place, group in enumerate(groups[:BUSY]) for _campaign in range(MOST - place)]
    senders += groups[BUSY:]
    random.Random(7).shuffle(senders)
    messages = SealedMessage.objects.bulk_create(
        [SealedMessage(content={}) for _sender in senders], batch_size=A_CLAIM
    )
    dispatches = [
        Dispatch(
            group=group, label=group.name, message=message, variation_id=group.message_variation_id,
            planned_at=timezone.now(),
        )
        for group, message in zip(senders, messages, strict=True)
    ]  # fmt: skip
    return Dispatch.objects.bulk_create(dispatches, batch_size=A_CLAIM)
