"""Connections are kept and shared: reused while they are open, closed when they broke, never more than allowed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from braze_client import Braze, NotReached, Retry, Timeouts, Unavailable

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"segments": []}'
NOT_HTTP = b"SMTP ready\r\n\r\n"


class Listener:
    """Answers each request on each connection, and counts connections."""

    def __init__(self, listener: socket.socket) -> None:
        self.endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.connections: list[socket.socket] = []
        self.reply = ANSWER
        self.heard = b""
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = threading.Semaphore(0)
        self._listener = listener
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while heard := connection.recv(65_536):
                self.heard += heard
                self.asked.release()
                self.may_answer.wait(10)
                connection.sendall(self.reply)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        listener = Listener(bound)
        yield listener
        bound.shutdown(socket.SHUT_RDWR)
        for connection in listener.connections:
            connection.close()


@pytest.fixture
def reach(key: str, listener: Listener) -> Iterator[Callable[..., Braze]]:
    with contextlib.ExitStack() as stack:
        yield lambda **options: stack.enter_context(
            Braze(listener.endpoint, key, retry=Retry(attempts=1), **options)
        )


def test_one_call_after_another_shares_a_connection(listener: Listener, reach: Callable[..., Braze]) -> None:
    braze = reach()
    for _ in range(5):
        braze.list_segments()

    assert len(listener.connections) == 1


def test_a_connection_that_braze_closed_is_not_taken_up_again(
    listener: Listener, reach: Callable[..., Braze]
) -> None:
    braze = reach()
    braze.list_segments()
    listener.connections[0].shutdown(socket.SHUT_RDWR)

    braze.list_segments()

    assert len(listener.connections) == 2


def test_a_connection_that_broke_is_not_taken_up_again(
    listener: Listener, reach: Callable[..., Braze]
) -> None:
    braze = reach(max_connections=1)
    listener.reply = NOT_HTTP
    with pytest.raises(Unavailable):
        braze.list_segments()
    listener.reply = ANSWER

    braze.list_segments()

    assert len(listener.connections) == 2


def test_a_call_for_which_no_connection_gets_free_was_not_sent(
    listener: Listener, reach: Callable[..., Braze]
) -> None:
    braze = reach(max_connections=1, timeouts=Timeouts(pool=0.05))
    listener.may_answer.clear()
    first = threading.Thread(target=braze.list_segments)
    first.start()
    listener.asked.acquire(timeout=10)

    with pytest.raises(NotReached) as not_reached:
        braze.list_segments()
    listener.may_answer.set()
    first.join(10)

    assert not_reached.value.call.trouble == "PoolTimeout"
    assert braze.list_segments().call.status == 200


def test_a_host_that_does_not_exist_was_not_reached(key: str) -> None:
    with Braze("https://nowhere.invalid", key, retry=Retry(attempts=1)) as braze, pytest.raises(NotReached):
        braze.list_segments()


def test_what_does_not_speak_tls_never_sees_the_key(listener: Listener, key: str) -> None:
    endpoint = listener.endpoint.replace("http:", "https:")
    with Braze(endpoint, key, retry=Retry(attempts=1)) as braze, pytest.raises(NotReached) as not_reached:
        braze.list_segments()

    assert not_reached.value.call.trouble == "ConnectError"
    assert listener.heard
    assert key.encode() not in listener.heard


def test_the_proxy_of_the_machine_is_asked_for_a_tunnel_and_never_sees_the_key(
    listener: Listener, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener.reply = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
    for name in ("no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", listener.endpoint.replace("http://", "http://user:word@"))
    with (
        Braze("https://rest.test", key, retry=Retry(attempts=1)) as braze,
        pytest.raises(NotReached) as not_reached,
    ):
        braze.list_segments()

    assert not_reached.value.call.trouble == "ProxyError"
    assert listener.heard.startswith(b"CONNECT rest.test:443 HTTP/1.1")
    assert b"Proxy-Authorization: Basic " in listener.heard
    assert key.encode() not in listener.heard


@pytest.mark.parametrize("bypass", ["rest.test", "*", ".test"])
def test_a_host_that_is_to_go_without_proxy_does(
    listener: Listener, key: str, monkeypatch: pytest.MonkeyPatch, bypass: str
) -> None:
    monkeypatch.setenv("https_proxy", listener.endpoint)
    monkeypatch.setenv("no_proxy", bypass)
    with Braze("https://rest.test", key, retry=Retry(attempts=1)) as braze, pytest.raises(NotReached):
        braze.list_segments()

    assert listener.connections == []
