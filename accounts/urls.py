"""Of allauth's addresses those the product has a page for. Addresses are given by whoever invites, not by their owners."""

from __future__ import annotations

from allauth.account.urls import urlpatterns as of_allauth
from django.conf import settings
from django.urls import URLPattern, URLResolver, path

#: account_signup says that nobody signs up here: allauth links to it.
PAGES = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
}  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [page for page in of_allauth if page.name in PAGES]
if settings.DEMO:
    from accounts import demo

    urlpatterns += [path("demo/<str:token>/", demo.sign_in, name="demo_sign_in")]
