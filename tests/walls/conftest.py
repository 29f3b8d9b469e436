from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_limits_of_others(settings: Any) -> None:
    """Sign-in attempts are counted in the cache, and the server of the cache is shared by all tests."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
