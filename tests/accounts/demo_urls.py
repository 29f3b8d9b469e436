"""The addresses of the portal as they are while DEMO is set."""

from __future__ import annotations

from django.urls import path

from accounts import demo
from smartersends.urls import urlpatterns as portal

urlpatterns = [*portal, path("account/demo/<str:token>/", demo.sign_in, name="demo_sign_in")]
