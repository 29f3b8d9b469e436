"""The filters that Braze adds to Shopify's, and those of Shopify's that it supports."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote


def _digest(name: str) -> Callable[[Any], str]:
    return lambda value: hashlib.new(name, str(value).encode()).hexdigest()


def _keyed(name: str) -> Callable[[Any, Any], str]:
    return lambda value, key: hmac.new(str(key).encode(), str(value).encode(), name).hexdigest()


def _keyed_base64(name: str) -> Callable[[Any, Any], str]:
    return lambda value, key: base64.b64encode(
        hmac.digest(str(key).encode(), str(value).encode(), name)
    ).decode()


def _grouped(value: Any) -> str:
    number = float(value)
    return f"{int(number):,}" if number.is_integer() else f"{number:,}"


def _property(value: Any, name: Any) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


#: Filters Braze adds to Shopify's.
ADDED: Mapping[str, Callable[..., Any]] = {
    "md5": _digest("md5"),
    "sha1": _digest("sha1"),
    "sha2": _digest("sha256"),
    "sha256": _digest("sha256"),
    "hmac_sha1": _keyed("sha1"),
    "hmac_sha256": _keyed("sha256"),
    "hmac_sha1_base64": _keyed_base64("sha1"),
    "hmac_sha256_base64": _keyed_base64("sha256"),
    "url_escape": lambda value: quote(str(value), safe=":/?#[]@!$&'()*+,;=-._~"),
    "url_param_escape": lambda value: quote(str(value), safe="-._~"),
    "json_escape": lambda value: json.dumps(str(value), ensure_ascii=False)[1:-1],
    "json_parse": lambda value: json.loads(str(value)),
    "as_json_string": lambda value: json.dumps(value, ensure_ascii=False, default=str),
    "number_with_delimiter": _grouped,
    "money": lambda value: f"{float(value):,.2f}",
    "property_accessor": _property,
}

#: Shopify's filters that Braze supports; it answers any other with an error.
_KEPT_NAMES = (
    "join first last compact concat map reverse size slice sort sort_natural uniq where abs at_least at_most ceil "
    "divided_by floor minus plus round times modulo append capitalize downcase escape newline_to_br prepend remove "
    "remove_first replace replace_first split strip strip_html strip_newlines truncate truncatewords upcase "
    "base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode date default url_encode"
)
KEPT = frozenset(_KEPT_NAMES.split())
