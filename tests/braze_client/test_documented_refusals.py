"""Refusals: which error, and which of Braze's words are kept."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import respx

from braze_client import AccessDenied, Braze, BrazeError, KeyRejected, Refused


def refusal(api: respx.MockRouter, braze: Braze, status: int, **answer: Any) -> Refused:
    api.get("/segments/list").respond(status, **answer)
    with pytest.raises(Refused) as refused:
        braze.list_segments()
    return refused.value


def test_a_rejected_key_is_told_from_a_missing_permission(api: respx.MockRouter, braze: Braze) -> None:
    assert type(refusal(api, braze, 401, json={"message": "Invalid API key"})) is KeyRejected
    assert type(refusal(api, braze, 403, json={"message": "Access Denied"})) is AccessDenied
    assert type(refusal(api, braze, 404, json={"message": "Not Found"})) is Refused


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "Invalid Campaign ID"}, "Invalid Campaign ID"),
        ({"message": "No", "errors": ["because", "of this"]}, "No because of this"),
        ({"error": "Error while parsing request body."}, "Error while parsing request body."),
        ({"message": "No", "errors": "a string"}, "No a string"),
        ({"message": "No", "errors": [{"odd": 1}, 3, None]}, "No"),
        ({"message": {"odd": 1}}, ""),
        ({"message": "two\nlines\x1b[31m"}, "two lines [31m"),
        ([], ""),
    ],
)
def test_braze_s_words_are_kept_in_one_readable_line(
    api: respx.MockRouter, braze: Braze, body: object, words: str
) -> None:
    assert refusal(api, braze, 400, json=body).words == words


@pytest.mark.parametrize("body", [b"", b"<html><h1>403 Forbidden</h1></html>", b"\xff\xfe", b'{"message":'])
def test_a_page_of_a_proxy_is_not_taken_for_braze_s_words(
    api: respx.MockRouter, braze: Braze, body: bytes
) -> None:
    assert refusal(api, braze, 400, content=body, headers={"Content-Type": "text/html"}).words == ""


def test_words_have_an_end(api: respx.MockRouter, braze: Braze) -> None:
    assert len(refusal(api, braze, 400, json={"message": "no " * 10_000}).words) == 500


def test_the_text_names_call_status_and_request_but_not_the_words(
    api: respx.MockRouter, braze: Braze
) -> None:
    error = refusal(api, braze, 400, json={"message": "Hello"}, headers={"X-Request-Id": "3f2b"})

    assert str(error).startswith("GET /segments/list, status 400, request 3f2b.")
    assert "Hello" not in str(error)


def test_an_error_survives_the_way_between_processes(api: respx.MockRouter, braze: Braze) -> None:
    error = refusal(api, braze, 400, json={"message": "Hello"})

    again: BrazeError = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert isinstance(again, Refused)
    assert (again.call, again.words, str(again)) == (error.call, "Hello", str(error))
