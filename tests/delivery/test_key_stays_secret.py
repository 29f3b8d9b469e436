"""Invariant 7: the Braze key is in no row, log, error, attempt or answer, whatever goes wrong."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from branding.scope import across_brands
from delivery import lane
from delivery.models import Dispatch
from tests.conftest import home, kept
from tests.factories import API_KEY
from tests.sandboxed import CREATE, DELETE, SEND_ID, answers, cut_after_accepting, unreachable
from tests.walls.test_row_security import tables
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

#: A Braze, or something that pretends to be one, which repeats the key wherever it can.
ECHO = {"message": f"Invalid API key: {API_KEY}", "errors": [API_KEY]}


@pytest.mark.parametrize("path", [SEND_ID, CREATE])
@pytest.mark.parametrize(
    "mishap",
    [
        answers(401, ECHO),
        answers(400, ECHO),
        answers(403, ECHO),
        answers(500, f"<html>{API_KEY}</html>", **{"X-Request-Id": API_KEY}),
        answers(429, ECHO, **{"X-RateLimit-Reset": API_KEY}),
        answers(201, f"<html>{API_KEY}</html>"),
        unreachable,
        cut_after_accepting,
    ],
    ids=["401", "400", "403", "500", "429", "page", "unreachable", "cut"],
)
def test_no_row_and_no_log_line_holds_it(braze, dispatch, caplog, path, mishap):
    caplog.set_level(logging.DEBUG)
    braze.will(path, mishap)

    kept(dispatch)

    assert API_KEY not in caplog.text
    assert rows_with(API_KEY) == []


def rows_with(needle: str) -> list[str]:
    """Tables in which any column of any row shows it."""
    with across_brands("test"), connection.cursor() as cursor:
        found = []
        for table in sorted(tables()):
            cursor.execute(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE %s", [f"%{needle}%"])  # noqa: S608 - tables of ours
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def test_the_search_for_it_would_find_it(house):
    assert rows_with("Leith") == ["groups_group"]


def test_an_error_shown_to_people_does_not_hold_it(braze, dispatch, campaign, alice, client_of):
    braze.will(CREATE, answers(400, ECHO))
    kept(dispatch)

    page = client_of(alice).get(f"/campaigns/{campaign.pk}/").content.decode()

    assert API_KEY not in page


def test_no_words_for_people_hold_it(house):
    with across_brands("test"):
        workspace = Workspace.objects.get()

    for words in (str(workspace), repr(workspace), repr(workspace.__dict__)):
        assert API_KEY not in words


def test_a_client_does_not_say_it(braze, dispatch):
    from workspace.services import braze_for, connected

    with home(dispatch):
        client = braze_for(connected())

    assert API_KEY not in repr(client)
    assert API_KEY not in repr(vars(client))


def test_a_delete_that_goes_wrong_does_not_tell_it_either(braze, dispatch, caplog):
    from delivery import services

    caplog.set_level(logging.DEBUG)
    kept(dispatch)
    with home(dispatch):
        services.cancel(Dispatch.objects.get(pk=dispatch.pk))
    braze.will(DELETE, answers(401, ECHO))

    lane.work(dispatch.brand_id)

    assert API_KEY not in caplog.text
    assert rows_with(API_KEY) == []
