from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("allauth.account.urls"))]
if settings.DEMO:
    from accounts import demo

    urlpatterns += [path("demo/<str:token>/", demo.sign_in, name="demo_sign_in")]
