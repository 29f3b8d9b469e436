"""Pages that change something: who may, and what they sent."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import falcon

from braze_sandbox.pages.views import Pages
from braze_sandbox.sandbox import Sandbox

MAX_FORM = 64_000

#: Does what a form asks for, or raises ValueError in words.
Deed = Callable[[Sandbox, dict[str, list[str]]], None]


def is_local(req: falcon.Request) -> bool:
    """Whether the page is seen on the machine the sandbox runs on: only there it changes things."""
    try:
        return ipaddress.ip_address(req.remote_addr).is_loopback
    except ValueError:
        return False


def _own_page(req: falcon.Request) -> bool:
    """Whether the form stood on a page of ours (a browser says where a post comes from)."""
    site, origin = req.get_header("Sec-Fetch-Site"), req.get_header("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == req.netloc


class FormPage:
    """A page with forms. ``deeds`` by the name of the button pressed; afterwards the page is shown anew."""

    def __init__(self, pages: Pages, show: Callable[..., dict[str, Any]], deeds: Mapping[str, Deed]) -> None:
        self._pages, self._values, self._deeds = pages, show, deeds

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        self._show(req, resp, 200)

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        if not is_local(req) or not _own_page(req):
            raise falcon.HTTPForbidden(description="Only a page seen on this machine can change the sandbox.")
        form = _form(req)
        try:
            self._deeds[_one(form, "do")](self._pages.sandbox, form)
        except (ValueError, KeyError) as error:
            self._show(req, resp, 400, error=str(error), form=form)
        else:
            raise falcon.HTTPSeeOther(f"{req.path}?done=yes")

    def _show(
        self,
        req: falcon.Request,
        resp: falcon.Response,
        status: int,
        error: str = "",
        form: dict[str, list[str]] | None = None,
    ) -> None:
        told = {name: values[0] for name, values in (form or {}).items()}
        values = self._values(self._pages.sandbox)
        done = req.method == "GET" and req.get_param("done") == "yes"
        self._pages.show(
            resp, status=status, local=is_local(req), error=error, done=done, form=told, **values
        )


def _form(req: falcon.Request) -> dict[str, list[str]]:
    if (req.content_length or 0) > MAX_FORM:
        raise falcon.HTTPContentTooLarge
    if (req.content_type or "").partition(";")[0] != falcon.MEDIA_URLENCODED:
        raise falcon.HTTPUnsupportedMediaType(description="Send a form.")
    media: dict[str, str | list[str]] = req.get_media()
    return {name: value if isinstance(value, list) else [value] for name, value in media.items()}


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]


def text(form: dict[str, list[str]], name: str, words: str) -> str:
    """What was typed into a field. Raises ValueError with ``words`` if it is empty."""
    if value := _one(form, name).strip():
        return value
    raise ValueError(words)


def number(form: dict[str, list[str]], name: str, words: str, default: float | None = None) -> float:
    """A number from a field, or ``default`` if it is empty. Raises ValueError with ``words``."""
    typed = _one(form, name).strip()
    if not typed and default is not None:
        return default
    try:
        return float(typed)
    except ValueError:
        raise ValueError(words) from None
