"""Encryption at rest: Fernet (AES-128-CBC with HMAC-SHA256) under a ring of keys, newest first."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SecretUnreadable(Exception):
    """None of the installation's keys opens it, or it was moved here from another row."""


def _ring() -> list[Fernet]:
    digests = (
        hashlib.sha256(b"smartersends.secrets:" + key.encode()).digest() for key in settings.ENCRYPTION_KEYS
    )
    return [Fernet(base64.urlsafe_b64encode(digest)) for digest in digests]


def encrypt(text: str, *, bound_to: str) -> bytes:
    """`bound_to` names the owner, so that the bytes are worthless in another owner's row."""
    return _ring()[0].encrypt(f"{bound_to}\0{text}".encode())


def decrypt(token: bytes, *, bound_to: str) -> str:
    try:
        owner, _, text = MultiFernet(_ring()).decrypt(token).decode().partition("\0")
    except InvalidToken:
        raise SecretUnreadable("No key of ENCRYPTION_KEYS opens this secret; set it again.") from None
    if owner != bound_to:
        raise SecretUnreadable("This secret belongs to another owner; set it again.")
    return text


def is_under_newest_key(token: bytes) -> bool:
    try:
        _ring()[0].decrypt(token)
    except InvalidToken:
        return False
    return True
