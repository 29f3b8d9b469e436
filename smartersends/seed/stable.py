"""Values that look random and are the same at every run."""

from __future__ import annotations

import hashlib
import hmac
import tomllib
import unicodedata
import uuid
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

DATA = Path(__file__).with_name("data")
_ROOT = uuid.UUID("5a6d1f0e-8c55-4c0b-9a40-3c0f6f1d2b77")


def identifier(*parts: object) -> str:
    """An id in Braze's form, a UUID."""
    return str(uuid.uuid5(_ROOT, "/".join(str(part) for part in parts)))


def dice(*parts: object) -> Random:
    """A random generator of its own for each subject, so that one more throw here changes nothing there."""
    return Random("/".join(str(part) for part in parts))  # noqa: S311 - made-up data, not a secret


def api_key(brand: str) -> str:
    """The sandbox's key of a brand: the same at every run on this installation, another on any other."""
    return str(
        uuid.UUID(
            hmac.digest(settings.SECRET_KEY.encode(), f"sandbox key {brand}".encode(), hashlib.md5).hex()
        )
    )


def slug(words: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens."""
    plain = (
        unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("ı", "i"))
        .encode("ascii", "ignore")
        .decode()
    )
    return "-".join("".join(char if char.isalnum() else " " for char in plain.lower()).split())


@cache
def data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
