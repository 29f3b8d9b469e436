"""Where the key may be sent."""

from __future__ import annotations

import pytest

from braze_client import ENDPOINTS, Braze, InvalidRequest


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://rest.fra-01.braze.eu", "https://rest.fra-01.braze.eu"),
        ("https://rest.fra-01.braze.eu/", "https://rest.fra-01.braze.eu"),
        ("rest.fra-01.braze.eu", "https://rest.fra-01.braze.eu"),
        ("https://rest.fra-01.braze.eu:8443", "https://rest.fra-01.braze.eu:8443"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://localhost:8765/", "http://localhost:8765"),
        ("http://[::1]:8765", "http://[::1]:8765"),
    ],
)
def test_an_endpoint_is_used_without_a_trailing_slash(given: str, used: str, key: str) -> None:
    with Braze(given, key) as braze:
        assert braze.endpoint == used


@pytest.mark.parametrize(
    "given",
    [
        "",
        "https://",
        "http://rest.fra-01.braze.eu",
        "http://127.0.0.1.example.org",
        "ftp://rest.fra-01.braze.eu",
        "https://user:pass@rest.fra-01.braze.eu",
        "https://rest.fra-01.braze.eu/users/track",
        "https://rest.fra-01.braze.eu?x=1",
        "https://rest.fra-01.braze.eu#x",
        "https://rest.fra-01.braze.eu:port",
    ],
)
def test_anything_else_is_refused(given: str, key: str) -> None:
    with pytest.raises(InvalidRequest, match="must look like"):
        Braze(given, key)


def test_every_documented_instance_can_be_used(key: str) -> None:
    for host in ENDPOINTS.values():
        with Braze(host, key) as braze:
            assert braze.endpoint == f"https://{host}"
    assert "US-09" not in ENDPOINTS
