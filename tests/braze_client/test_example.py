"""The example of the package does what it says, with a whole sandbox at the other end of a real connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from braze_client.examples import mailing
from braze_sandbox.app import create_app
from braze_sandbox.sandbox import Sandbox

WORKSPACE = {
    "name": "shops",
    "keys": [{"name": "portal", "key": "key-of-the-shops", "permissions": "all"}],
    "app_ids": ["app-1"],
    "campaigns": [{"id": "campaign-1", "name": "Portal", "variations": [{"id": "leith", "name": "Leith"}]}],
}
ARGUMENTS = ["--app-id", "app-1", "--campaign-id", "campaign-1", "--variation-id", "leith", "--store", "12"]


class Quiet(WSGIRequestHandler):
    """Keeps the requests out of the output, which the test reads."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    sandbox = Sandbox(tmp_path)
    sandbox.workspaces.define(WORKSPACE)
    with make_server("127.0.0.1", 0, create_app(sandbox), handler_class=Quiet) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join(5)
    sandbox.close()


def test_it_books_and_calls_off(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRAZE_ENDPOINT", endpoint)
    monkeypatch.setenv("BRAZE_API_KEY", "key-of-the-shops")

    assert mailing.main(ARGUMENTS) == 0

    said = capsys.readouterr().out
    assert said.index("Booked as ") < said.index("Called off.")
    assert "POST /messages/schedule/create, status 201, request " in said


def test_it_says_what_to_do_when_braze_says_no(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRAZE_ENDPOINT", endpoint)
    monkeypatch.setenv("BRAZE_API_KEY", "key-of-nobody")

    assert mailing.main(ARGUMENTS) == 1

    assert "Braze does not accept the key here" in capsys.readouterr().out
