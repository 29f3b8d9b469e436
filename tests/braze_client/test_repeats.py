"""Calls that do no harm when repeated are repeated a few times; a 429 is never slept through."""

from __future__ import annotations

import httpx
import httpx2
import pytest
import respx

from braze_client import (
    Braze,
    Call,
    ExportUsers,
    NotReached,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Repeat,
    Retry,
    Schedule,
    Unavailable,
    UpdateSchedule,
)

OK = httpx.Response(200, json={"segments": []})
LATER = UpdateSchedule(schedule_id="s-1", schedule=Schedule.model_validate({"time": "2026-12-01T09:00:00Z"}))


@pytest.mark.parametrize(
    "first",
    [httpx.Response(502), httpx2.ReadTimeout("slow"), httpx2.ConnectError("gone"), httpx.Response(200)],
)
def test_a_read_is_tried_again(
    api: respx.MockRouter, braze: Braze, calls: list[Call], first: httpx.Response | Exception
) -> None:
    api.get("/segments/list").mock(side_effect=[first, OK])

    assert braze.list_segments().call.attempt == 2
    assert [call.attempt for call in calls] == [1, 2]


def test_three_attempts_are_enough(api: respx.MockRouter, braze: Braze) -> None:
    route = api.get("/segments/list").respond(500)

    with pytest.raises(Unavailable, match="status 500"):
        braze.list_segments()

    assert route.call_count == 3


def test_not_reached_after_an_attempt_that_was_is_not_said(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/list").mock(
        side_effect=[httpx2.ReadTimeout("slow"), httpx2.ConnectError("gone"), httpx2.ConnectError("gone")]
    )

    with pytest.raises(Unavailable):
        braze.list_segments()


def test_never_reached_is_said(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/list").mock(side_effect=httpx2.ConnectError("gone"))

    with pytest.raises(NotReached):
        braze.list_segments()


@pytest.mark.parametrize(
    "path", ["/users/export/ids", "/messages/schedule/update", "/messages/schedule/delete"]
)
def test_exports_updates_and_cancellations_are_tried_again(
    api: respx.MockRouter, braze: Braze, path: str
) -> None:
    route = api.post(path).mock(side_effect=[httpx.Response(504), httpx.Response(201, json={})])

    match path.rsplit("/", 1)[-1]:
        case "ids":
            braze.export_users(ExportUsers(external_ids=["u"], fields_to_export=["email"]))
        case "update":
            braze.update_schedule(LATER)
        case _:
            braze.delete_schedule("s-1")

    assert route.call_count == 2


def test_a_cancellation_refused_at_once_is_refused(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/messages/schedule/delete").respond(400, json={"message": "gone"})

    with pytest.raises(Refused, match="status 400"):
        braze.delete_schedule("s-1")


def test_a_cancellation_refused_after_a_lost_answer_may_have_worked(
    api: respx.MockRouter, braze: Braze
) -> None:
    api.post("/messages/schedule/delete").mock(
        side_effect=[httpx2.ReadTimeout("slow"), httpx.Response(400, json={"message": "gone"})]
    )

    with pytest.raises(OutcomeUnknown):
        braze.delete_schedule("s-1")


def test_a_full_window_after_a_lost_answer_does_not_say_that_nothing_was_done(
    api: respx.MockRouter, braze: Braze
) -> None:
    api.post("/messages/schedule/delete").mock(
        side_effect=[httpx2.ReadTimeout("slow"), httpx.Response(429, headers={"X-RateLimit-Reset": "3600"})]
    )

    with pytest.raises(Unavailable):
        braze.delete_schedule("s-1")


def test_a_full_window_is_left_to_the_caller(api: respx.MockRouter, braze: Braze) -> None:
    route = api.get("/segments/list").respond(429, headers={"X-RateLimit-Reset": "3600"})

    with pytest.raises(RateLimited, match="repeat when the window resets"):
        braze.list_segments()

    assert route.call_count == 1


def test_a_redirect_of_a_read_is_refused_and_not_followed(api: respx.MockRouter, braze: Braze) -> None:
    route = api.get("/segments/list").respond(302, headers={"Location": "http://127.0.0.1/"})

    with pytest.raises(Refused) as refused:
        braze.list_segments()

    assert "redirect" in refused.value.words
    assert route.call_count == 1


def test_attempts_end_by_number_by_time_and_by_harm() -> None:
    retry = Retry(attempts=3, pause=1, within=20)

    assert retry.pause_after(1, 0, Repeat.HARMLESS) is not None
    assert retry.pause_after(2, 0, Repeat.REFUSED) is not None
    assert retry.pause_after(3, 0, Repeat.HARMLESS) is None
    assert retry.pause_after(1, 20, Repeat.HARMLESS) is None
    assert retry.pause_after(1, 0, Repeat.HARMFUL) is None
