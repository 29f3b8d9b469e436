"""Every endpoint: where it is called, and whether a lost answer makes the client call again."""

from __future__ import annotations

import inspect

import httpx
import httpx2
import pytest
import respx

from braze_client import Braze, BrazeError, OutcomeUnknown, Repeat, Unavailable
from tests.braze_client.endpoints import CASES, Case

each = pytest.mark.parametrize("case", CASES, ids=str)


@each
def test_it_is_called_as_documented(api: respx.MockRouter, key: str, case: Case) -> None:
    heard: list[tuple[str, str]] = []
    route = api.route().respond(201, json=case.answer | {"message": "success"})

    with Braze("https://rest.test", key, before_call=lambda *call: heard.append(call)) as braze:
        answer = case.call(braze)

    request = route.calls.last.request
    assert (request.method, request.url.raw_path.decode().split("?")[0]) == (
        case.method,
        case.address or case.path,
    )
    assert request.headers["Authorization"] == f"Bearer {key}"
    assert request.headers.get("Content-Type") == (None if case.method == "GET" else "application/json")
    assert heard == [(case.method, case.path)] == [(answer.call.method, answer.call.path)]
    assert answer.outcome == "ok"


@each
def test_a_lost_answer_is_asked_for_again_only_where_that_does_no_harm(
    api: respx.MockRouter, braze: Braze, case: Case
) -> None:
    route = api.route().mock(side_effect=[httpx2.ReadTimeout("slow"), httpx.Response(201, json=case.answer)])

    if case.repeat is Repeat.HARMFUL:
        with pytest.raises(OutcomeUnknown):
            case.call(braze)
        assert route.call_count == 1
    else:
        assert case.call(braze).call.attempt == 2


@each
def test_a_refusal_after_a_lost_answer_is_a_refusal_only_where_the_first_try_cannot_have_worked(
    api: respx.MockRouter, braze: Braze, case: Case
) -> None:
    api.route().mock(side_effect=[httpx.Response(504), httpx.Response(400, json={"message": "no"})])

    with pytest.raises(BrazeError) as error:
        case.call(braze)

    expected = {Repeat.HARMLESS: "refused", Repeat.REFUSED: "unknown", Repeat.HARMFUL: "unknown"}
    assert error.value.outcome == expected[case.repeat]


@each
def test_an_outage_is_said_to_be_one(api: respx.MockRouter, braze: Braze, case: Case) -> None:
    api.route().respond(503, html="<h1>Sorry</h1>")

    with pytest.raises(OutcomeUnknown if case.repeat is Repeat.HARMFUL else Unavailable):
        case.call(braze)


def test_the_list_is_complete() -> None:
    methods = {name for name, _ in inspect.getmembers(Braze, inspect.isfunction) if name[0] != "_"}
    helpers = {"close", "iter_segments", "iter_campaigns", "iter_custom_attributes"}

    assert methods - helpers == {case.name for case in CASES}


def test_each_says_where_it_is_documented_and_what_permission_it_needs() -> None:
    for name in {case.name for case in CASES}:
        method = getattr(Braze, name)
        assert "# https://www.braze.com/docs/api/endpoints/" in inspect.getsource(method), name
        assert "Permission " in (method.__doc__ or ""), name


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_an_id_cannot_lead_out_of_its_place_in_the_path(braze: Braze, id_: str) -> None:
    with pytest.raises(ValueError, match="id"):
        braze.preference_center(id_)
