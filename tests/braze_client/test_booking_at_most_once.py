"""A booking is sent once, and the error says whether it may have been made."""

from __future__ import annotations

import httpx2
import pytest
import respx

from braze_client import (
    Braze,
    CreateSchedule,
    NotReached,
    OutcomeUnknown,
    Refused,
)

CREATE = "/messages/schedule/create"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 301, 303])
def test_an_answer_that_is_no_definite_word_leaves_it_unknown(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, status: int
) -> None:
    route = api.post(CREATE).respond(status, headers={"Location": "https://elsewhere.test/"})

    with pytest.raises(OutcomeUnknown):
        braze.create_schedule(booking)

    assert route.call_count == 1


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ReadTimeout,
        httpx2.WriteTimeout,
        httpx2.ReadError,
        httpx2.WriteError,
        httpx2.RemoteProtocolError,
    ],
)
def test_a_connection_that_breaks_leaves_it_unknown(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, error: type[httpx2.TransportError]
) -> None:
    route = api.post(CREATE).mock(side_effect=error("broken"))

    with pytest.raises(OutcomeUnknown) as unknown:
        braze.create_schedule(booking)

    assert (unknown.value.call.status, unknown.value.call.trouble) == (None, error.__name__)
    assert route.call_count == 1


@pytest.mark.parametrize(
    "error", [httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError]
)
def test_without_a_connection_nothing_was_sent(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, error: type[httpx2.TransportError]
) -> None:
    route = api.post(CREATE).mock(side_effect=error("no way"))

    with pytest.raises(NotReached, match="nothing was sent"):
        braze.create_schedule(booking)

    assert route.call_count == 1


@pytest.mark.parametrize(
    "body",
    [b"<html>ok</html>", b"", b'{"message":"success"}', b'{"schedule_id":', b'{"schedule_id":""}', b"[]"],
)
def test_a_success_without_a_schedule_id_leaves_it_unknown(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, body: bytes
) -> None:
    api.post(CREATE).respond(201, content=body)

    with pytest.raises(OutcomeUnknown, match="do not repeat it"):
        braze.create_schedule(booking)


@pytest.mark.parametrize("status", [400, 403, 404, 413, 415])
def test_a_refusal_is_definite(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, status: int
) -> None:
    route = api.post(CREATE).respond(status, json={"message": "No"})

    with pytest.raises(Refused) as refused:
        braze.create_schedule(booking)

    assert (refused.value.status, refused.value.words) == (status, "No")
    assert route.call_count == 1


def test_a_send_id_is_not_asked_for_twice_either(api: respx.MockRouter, braze: Braze) -> None:
    route = api.post("/sends/id/create").respond(503)

    with pytest.raises(OutcomeUnknown):
        braze.create_send_id("campaign-1", "portal-8841")

    assert route.call_count == 1


def test_a_metric_that_fails_does_not_hide_the_booking(
    api: respx.MockRouter, booking: CreateSchedule, key: str
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("metrics are down")

    api.post(CREATE).respond(201, json={"schedule_id": "s-1"})

    with Braze("https://rest.test", key, on_call=broken) as braze:
        assert braze.create_schedule(booking).schedule_id == "s-1"
