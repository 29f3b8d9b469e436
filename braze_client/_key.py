"""The REST API key, and the one way to get it out of texts that come back."""

from __future__ import annotations

import re
from html import escape
from typing import NoReturn
from urllib.parse import quote

from pydantic import SecretStr

from .errors import InvalidRequest

# Real keys are UUIDs. A very short one would be found, and blacked out, in innocent answers.
_USABLE = re.compile(r"""[^\s"'\\\x00-\x20\x7f-\U0010ffff]{8,200}""")
_BLACKED_OUT = "[key]"


class Key:
    """Holds the key; neither `repr` nor `str` shows it."""

    def __init__(self, value: str | SecretStr) -> None:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not _USABLE.fullmatch(text):
            raise InvalidRequest(
                "The REST API key must be 8 to 200 visible ASCII characters, without spaces or quotes. "
                "Copy it again from Braze: Settings > APIs and Identifiers."
            )
        self._value = SecretStr(text)
        # Secret each: a debugger or an error collector shows what an object holds.
        spellings = {text, text.replace("/", "\\/"), escape(text), quote(text, safe="")}
        self._spellings = [SecretStr(each) for each in spellings]

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is not written anywhere: make a new client with it instead.")

    def bearer(self) -> str:
        """The value of the Authorization header."""
        return f"Bearer {self._value.get_secret_value()}"

    def blacked_out(self, text: str) -> str:
        """The text without the key, in whatever spelling it came."""
        for each in self._spellings:
            text = text.replace(each.get_secret_value(), _BLACKED_OUT)
        return text

    def blacked_out_of(self, body: bytes) -> bytes:
        """The same for an answer as it came."""
        for each in self._spellings:
            body = body.replace(each.get_secret_value().encode(), _BLACKED_OUT.encode())
        return body
