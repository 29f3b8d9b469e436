"""Pictures as people bring them, made where they are needed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pixels

from accounts.models import User
from branding.models import Brand
from branding.scope import brand_scope
from groups.models import Group
from library.gallery import services
from library.models import Image


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    from django.core.cache import cache

    yield
    cache.clear()


def photo(
    width: int = 900, height: int = 600, colour: str = "teal", kind: str = "JPEG", **told: Any
) -> bytes:
    """A plain ground with a white mark in its upper left corner."""
    picture = Pixels.new("RGB", (width, height), colour)
    picture.paste("white", (0, 0, width // 4, height // 4))
    kept = io.BytesIO()
    picture.save(kept, kind, **told)
    return kept.getvalue()


def noise(width: int, height: int, kind: str = "JPEG", **told: Any) -> bytes:
    """What is hardest to make light."""
    kept = io.BytesIO()
    Pixels.effect_noise((width, height), 90).convert("RGB").save(kept, kind, **told)
    return kept.getvalue()


def film(frames: int = 3, width: int = 60, height: int = 40) -> bytes:
    """A GIF whose frames turn from black to white."""
    every = [Pixels.new("L", (width, height), 255 * n // max(1, frames - 1)) for n in range(frames)]
    kept = io.BytesIO()
    every[0].save(kept, "GIF", save_all=True, append_images=every[1:], duration=80, loop=0)
    return kept.getvalue()


def file(content: bytes, name: str = "latte.jpg") -> ContentFile[bytes]:
    return ContentFile(content, name)


@pytest.fixture
def added(bluebird: Brand, erin: User) -> Callable[..., Image]:
    """`added(content, group=…, alt=…)`: a picture in Bluebird's gallery, described unless said otherwise."""

    def added(
        content: bytes = b"", group: Group | None = None, name: str = "latte.jpg", **told: Any
    ) -> Image:
        told.setdefault("alt", "A latte")
        with brand_scope(bluebird.pk):
            return services.add(file(content or photo(), name), by=erin, group=group, **told)

    return added
