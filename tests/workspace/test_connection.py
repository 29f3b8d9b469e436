"""The Braze connection: where a key may be sent, how it is kept, and who is handed a client."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from branding.scope import brand_scope
from tests.factories import API_KEY
from workspace import secrets, services
from workspace.endpoints import check_endpoint, check_resolved
from workspace.errors import NotConnected
from workspace.models import Workspace


class TestEndpoints:
    @pytest.mark.parametrize("url", ["https://rest.iad-01.braze.com", "https://rest.fra-02.braze.eu/"])
    def test_instances_of_braze_are_taken(self, url):
        check_endpoint(url)

    @pytest.mark.parametrize(
        "url",
        [
            "http://rest.iad-01.braze.com", "https://", "rest.iad-01.braze.com", "https://user@rest.iad-01.braze.com",
            "https://rest.iad-01.braze.com/path", "https://rest.iad-01.braze.com?x=1", "https://127.0.0.1",
            "https://10.0.0.8", "https://[::1]", "https://169.254.169.254", "https://localhost", "https://2130706433",
            "https://0x7f000001", "https://0177.0.0.1", "https://printer.local", "https://db.internal",
            "https://x.localhost", "http://127.0.0.1:8080", "ftp://rest.braze.com",
        ],
    )  # fmt: skip
    def test_nothing_else_is(self, settings, url):
        settings.BRAZE_ALLOW_LOOPBACK = False
        with pytest.raises(ValidationError):
            check_endpoint(url)

    def test_the_sandbox_only_where_it_is_allowed(self, settings):
        settings.BRAZE_ALLOW_LOOPBACK = True
        check_endpoint("http://127.0.0.1:8001")
        with pytest.raises(ValidationError):
            check_endpoint("http://10.0.0.8:8001")

    @pytest.mark.parametrize(
        "address", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "fd00::1", "::1", "0.0.0.0"]
    )
    def test_a_name_that_leads_into_our_network_gets_no_key(self, monkeypatch, address):
        answer = [(2, 1, 6, "", (address, 443))]
        monkeypatch.setattr("workspace.endpoints.socket.getaddrinfo", lambda *args, **kwargs: answer)

        with pytest.raises(ValidationError, match="private"):
            check_resolved("https://rest.evil.example")

    def test_one_bad_address_among_good_ones_is_enough(self, monkeypatch):
        answer = [(2, 1, 6, "", (address, 443)) for address in ("151.101.1.1", "10.0.0.1")]
        monkeypatch.setattr("workspace.endpoints.socket.getaddrinfo", lambda *args, **kwargs: answer)

        with pytest.raises(ValidationError):
            check_resolved("https://rest.evil.example")


class TestSecrets:
    def test_what_is_kept_is_not_the_key(self):
        kept = secrets.encrypt(API_KEY, bound_to="workspace:1")
        assert API_KEY.encode() not in kept
        assert secrets.decrypt(kept, bound_to="workspace:1") == API_KEY

    def test_it_opens_for_its_owner_only(self):
        kept = secrets.encrypt(API_KEY, bound_to="workspace:1")
        with pytest.raises(secrets.SecretUnreadable):
            secrets.decrypt(kept, bound_to="workspace:2")

    def test_an_old_key_of_the_installation_opens_it_still(self, settings):
        settings.ENCRYPTION_KEYS = ["old"]
        kept = secrets.encrypt(API_KEY, bound_to="workspace:1")
        settings.ENCRYPTION_KEYS = ["new", "old"]
        assert secrets.decrypt(kept, bound_to="workspace:1") == API_KEY
        settings.ENCRYPTION_KEYS = ["new"]
        with pytest.raises(secrets.SecretUnreadable):
            secrets.decrypt(kept, bound_to="workspace:1")


@pytest.mark.django_db
class TestClients:
    def test_a_client_is_shared_until_the_key_changes(self, braze, bluebird):
        with brand_scope(bluebird.pk):
            workspace = services.connected()
            first = services.braze_for(workspace)
            assert services.braze_for(Workspace.objects.get()) is first
            workspace.set_api_key("another-key-0000")
            assert services.braze_for(workspace) is not first

    def test_brands_do_not_share_one(self, braze, bluebird, brightwater):
        clients = []
        for brand in (bluebird, brightwater):
            with brand_scope(brand.pk):
                clients.append(services.braze_for(services.connected()))

        assert clients[0] is not clients[1]

    def test_a_key_that_cannot_be_read_is_no_connection(self, braze, bluebird, settings):
        settings.ENCRYPTION_KEYS = ["somebody else's"]
        with brand_scope(bluebird.pk), pytest.raises(NotConnected, match="set it again"):
            services.braze_for(services.connected())

    def test_nor_is_an_endpoint_that_is_not_allowed(self, braze, bluebird, settings):
        settings.BRAZE_ALLOW_LOOPBACK = False
        with brand_scope(bluebird.pk), pytest.raises(NotConnected):
            services.braze_for(services.connected())
