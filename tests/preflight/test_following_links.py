"""Links are followed to where they end, and never into a network of ours."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from branding.scope import brand_scope
from library import tasks
from library.models import LinkCheck
from library.preflight import following, visit
from library.preflight.loading import followed
from library.preflight.rules.subject import Followed


class Site(BaseHTTPRequestHandler):
    """Answers by its path: /ok, /gone, /no-head, /to/<where>, /round."""

    asked: list[str] = []

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        _slash, kind, *rest = self.path.split("/", 2)
        status = {"ok": 200, "gone": 404, "no-head": 405 if self.command == "HEAD" else 200}.get(kind, 302)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", rest[0] if rest else "/round")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 1000)

    do_HEAD = do_GET = _answer  # noqa: N815 - names that http.server asks for

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    settings.LINKS_ALLOW_LOOPBACK = True
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def leads_to(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`leads_to("10.0.0.1")`: every name does; what is a number already stays one."""

    def leads_to(*addresses: str) -> None:
        answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
        really = socket.getaddrinfo

        def look_up(host: str, *args: Any, **kwargs: Any) -> Any:
            return really(host, *args, **kwargs) if host == "127.0.0.1" else answer

        monkeypatch.setattr("workspace.endpoints.socket.getaddrinfo", look_up)

    return leads_to


def test_it_goes_to_where_the_link_ends(site):
    outcome = visit.visit(f"{site}/to/{site}/ok")

    assert (outcome.status, outcome.final_url, outcome.content_type, outcome.trouble) == (
        200, f"{site}/ok", "text/html", "",
    )  # fmt: skip


def test_a_page_that_is_gone_is_told(site):
    assert visit.visit(f"{site}/gone").status == 404


def test_a_server_without_head_is_asked_again_with_get(site):
    assert visit.visit(f"{site}/no-head").status == 200
    assert Site.asked == ["HEAD /no-head", "GET /no-head"]


def test_a_link_that_goes_round_is_left(site):
    assert visit.visit(f"{site}/round").trouble == "redirects"
    assert len(Site.asked) == visit.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_no_private_address_is_ever_called(leads_to, address):
    leads_to(address)
    assert visit.visit("https://evil.shop.com/").trouble == "private"


def test_one_private_address_among_public_ones_is_enough(leads_to):
    leads_to("151.101.1.1", "10.0.0.1")
    assert visit.visit("https://evil.shop.com/").trouble == "private"


def test_every_hop_is_looked_at(site, leads_to, settings):
    """A public page that leads on into the network."""
    leads_to("10.0.0.1")
    assert visit.visit(f"{site}/to/https://inside.shop.com/").trouble == "private"


def test_it_connects_to_the_address_it_has_looked_at(monkeypatch):
    """A second look-up that would answer otherwise is never made."""
    called: list[tuple[str, int]] = []
    answers = iter(["151.101.1.1", "10.0.0.1", "10.0.0.1"])
    monkeypatch.setattr(
        "workspace.endpoints.socket.getaddrinfo",
        lambda *args, **kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 443))],
    )

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("httpcore2._backends.sync.socket.create_connection", connect)

    assert visit.visit("https://rebinding.shop.com/").trouble == "unreachable"
    assert called == [("151.101.1.1", 443)]


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://www.shop.com/", "insecure"), ("https://www.shop.example/", "sample"), ("ftp://shop.com/", "form"),
        ("https://localhost/", "private"), ("https://127.0.0.1/", "private"), ("https://2130706433/", "private"),
        ("https://[::ffff:127.0.0.1]/", "private"), ("https://shop.com:99999/", "form"),
    ],
)  # fmt: skip
def test_what_is_not_called_at_all(settings, url, trouble):
    settings.LINKS_ALLOW_LOOPBACK = False
    assert visit.visit(url).trouble == trouble


@pytest.mark.django_db
def test_what_was_asked_for_is_followed_once_and_read(site, bluebird, after_commit):
    with brand_scope(bluebird.pk), after_commit():
        following.ask([f"{site}/ok", f"{site}/gone"])
    with brand_scope(bluebird.pk), after_commit():
        assert following.ask([f"{site}/ok", f"{site}/gone"]) == 0

    assert sorted(Site.asked) == ["GET /gone", "HEAD /gone", "HEAD /ok"]
    with brand_scope(bluebird.pk):
        known = followed([f"{site}/ok", f"{site}/gone", f"{site}/never"])
    assert known[f"{site}/ok"] == Followed(200, f"{site}/ok", "text/html", "")
    assert known[f"{site}/gone"].status == 404
    assert f"{site}/never" not in known


@pytest.mark.django_db
def test_after_a_day_it_is_followed_anew(site, bluebird, after_commit):
    with brand_scope(bluebird.pk), after_commit():
        following.ask([f"{site}/ok"])
    with brand_scope(bluebird.pk):
        LinkCheck.objects.update(checked_at=timezone.now() - timedelta(hours=25))
    with brand_scope(bluebird.pk), after_commit():
        assert following.ask([f"{site}/ok"]) == 1

    assert Site.asked == ["HEAD /ok", "HEAD /ok"]


@pytest.mark.django_db
def test_the_sweep_finds_what_nobody_follows(site, bluebird, celery_here):
    with brand_scope(bluebird.pk):
        following.ask([f"{site}/ok"])
    tasks.sweep_links()

    with brand_scope(bluebird.pk):
        assert LinkCheck.objects.get().status == 200


@pytest.mark.django_db
def test_one_brand_does_not_read_what_another_has_asked_for(site, bluebird, brightwater, after_commit):
    with brand_scope(bluebird.pk), after_commit():
        following.ask([f"{site}/ok"])

    with brand_scope(brightwater.pk):
        assert followed([f"{site}/ok"]) == {}


@pytest.mark.parametrize(("found", "trouble"), [({"example.com"}, "dns"), (set(), "offline")])
def test_a_machine_without_a_way_out_does_not_blame_the_link(monkeypatch, found, trouble):
    def look_up(host, port, **_more):
        if host not in found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert visit.visit("https://www.no-such-shop.com/").trouble == trouble
