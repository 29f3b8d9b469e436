from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class SmartersendsConfig(AppConfig):
    name = "smartersends"

    def ready(self) -> None:
        from smartersends import checks, celery  # noqa: F401, I001 - registering is their effect


class AdminConfig(DjangoAdminConfig):
    default_site = "smartersends.admin.OpsSite"
