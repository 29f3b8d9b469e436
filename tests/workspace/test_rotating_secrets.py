"""The installation's key is changed: old and new open until all secrets are moved, whatever is killed in between."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from branding.scope import brand_scope
from tests.factories import API_KEY
from tests.keyed import NEXT_KEY, connection
from tests.sandboxed import Killed
from workspace import rotating, secrets
from workspace.models import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def brands(settings, bluebird, brightwater):
    """Three secrets under the old key."""
    settings.ENCRYPTION_KEYS = ["old"]
    for brand in (bluebird, brightwater):
        with brand_scope(brand.pk):
            row = Workspace.objects.get()
            row.set_api_key(API_KEY)
            if brand == bluebird:
                row.set_next_api_key(NEXT_KEY)
            row.save()
    settings.ENCRYPTION_KEYS = ["new", "old"]
    return (bluebird, brightwater)


def rotate() -> str:
    out = io.StringIO()
    call_command("rotate_secrets", stdout=out)
    return out.getvalue()


def test_all_secrets_move_and_the_old_key_can_go(settings, brands):
    assert "3 secrets re-encrypted, 0 were" in rotate()

    settings.ENCRYPTION_KEYS = ["new"]
    assert [connection(brand).api_key() for brand in brands] == [API_KEY, API_KEY]
    assert connection(brands[0]).next_api_key() == NEXT_KEY


def test_killed_half_way_everything_still_opens_and_a_second_run_does_the_rest(settings, brands, monkeypatch):
    real, done = rotating.rotate, list[int]()

    def dies_at_the_second(brand_id, workspace_pk):
        if done:
            raise Killed
        done.append(brand_id)
        return real(brand_id, workspace_pk)

    monkeypatch.setattr(rotating, "rotate", dies_at_the_second)
    with pytest.raises(Killed):
        rotate()
    assert [connection(brand).api_key() for brand in brands] == [API_KEY, API_KEY]
    monkeypatch.setattr(rotating, "rotate", real)

    said = rotate()

    moved = 3 - (2 if done == [brands[0].pk] else 1)
    assert f"{moved} secrets re-encrypted, {3 - moved} were" in said
    settings.ENCRYPTION_KEYS = ["new"]
    assert [connection(brand).api_key() for brand in brands] == [API_KEY, API_KEY]


def test_killed_within_a_row_the_row_is_whole(settings, brands, monkeypatch):
    real, made = secrets.encrypt, list[str]()

    def dies_at_the_second(text, *, bound_to):
        if made:
            raise Killed
        made.append(text)
        return real(text, bound_to=bound_to)

    monkeypatch.setattr("workspace.rotating.secrets.encrypt", dies_at_the_second)
    with pytest.raises(Killed):
        rotating.rotate(brands[0].pk, connection(brands[0]).pk)

    settings.ENCRYPTION_KEYS = ["old"]
    assert (connection(brands[0]).api_key(), connection(brands[0]).next_api_key()) == (API_KEY, NEXT_KEY)


def test_a_second_run_changes_nothing(brands):
    rotate()
    before = bytes(connection(brands[0]).api_key_encrypted)

    assert "0 secrets re-encrypted, 3 were" in rotate()
    assert bytes(connection(brands[0]).api_key_encrypted) == before


@pytest.mark.parametrize("spoilt", ["moved from another brand", "a flipped bit", "made under a lost key"])
def test_a_secret_that_cannot_be_opened_is_named_and_left_alone(settings, brands, spoilt):
    bluebird, brightwater = brands
    token = {
        "moved from another brand": bytes(connection(brightwater).api_key_encrypted),
        "a flipped bit": flipped(bytes(connection(bluebird).api_key_encrypted)),
        "made under a lost key": under_a_lost_key(settings, connection(bluebird)),
    }[spoilt]
    with brand_scope(bluebird.pk):
        Workspace.objects.update(api_key_encrypted=token)

    with pytest.raises(CommandError, match="1 secrets of the brands"):
        rotate()

    assert bytes(connection(bluebird).api_key_encrypted) == token
    assert secrets.is_under_newest_key(bytes(connection(brightwater).api_key_encrypted))


def flipped(token: bytes) -> bytes:
    middle = len(token) // 2
    return token[:middle] + (b"A" if token[middle : middle + 1] != b"A" else b"B") + token[middle + 1 :]


def under_a_lost_key(settings, row):
    ring, settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS, ["lost"]
    token = secrets.encrypt(API_KEY, bound_to=row.owner)
    settings.ENCRYPTION_KEYS = ring
    return token
