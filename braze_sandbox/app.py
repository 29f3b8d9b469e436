"""The sandbox as a WSGI application."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter

import falcon

from braze_sandbox.api.endpoints import ENDPOINTS
from braze_sandbox.api.gateway import Doors
from braze_sandbox.clock import http_date
from braze_sandbox.control import ROUTES, OnlyFromHere
from braze_sandbox.pages.controls import add_controls
from braze_sandbox.pages.views import Pages, add_pages
from braze_sandbox.sandbox import Sandbox

_KNOWN = re.compile("|".join(re.sub(r"\{\w+\}", "[^/]+", endpoint.path) for endpoint in ENDPOINTS))
_path = attrgetter("path")


def create_app(sandbox: Sandbox) -> falcon.App[falcon.Request, falcon.Response]:
    """Braze's endpoints, the control API and the pages, on one sandbox. It sends nothing by itself: see Courier."""
    app = falcon.App(middleware=OnlyFromHere())
    app.add_middleware(_Dated(sandbox))
    app.add_middleware(_NoSlashBehind(sandbox))
    for path, methods in groupby(sorted(ENDPOINTS, key=_path), key=_path):
        app.add_route(path, Doors(sandbox, *methods))
    for path, resource in ROUTES.items():
        app.add_route(path, resource(sandbox))
    pages = add_pages(app, sandbox)
    add_controls(app, pages)
    app.add_error_handler(falcon.HTTPMethodNotAllowed, _no_such_method)
    app.add_sink(_Unknown(pages))
    return app


def _no_such_method(
    _req: falcon.Request, resp: falcon.Response, _error: falcon.HTTPMethodNotAllowed, _params: object
) -> None:
    resp.status = 404
    resp.media = {"message": "Not Found"}


class _Dated:
    """Puts the sandbox's time on every answer that has none."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def process_response(
        self, _req: falcon.Request, resp: falcon.Response, _resource: object, _succeeded: bool
    ) -> None:
        if resp.get_header("Date") is None:
            resp.set_header("Date", http_date(self._sandbox.clock()))


class _NoSlashBehind:
    """Answers an endpoint's address with a slash behind it, before the slash passes for an empty part of a path."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def process_request(self, req: falcon.Request, resp: falcon.Response) -> None:
        if req.path.endswith("/") and _KNOWN.fullmatch(req.path.rstrip("/")):
            resp.status = self._sandbox.choices.trailing_slash
            forbidden = resp.status_code == HTTPStatus.FORBIDDEN
            resp.media = {"message": "Access Denied" if forbidden else "Not Found"}
            resp.complete = True


class _Unknown:
    """Addresses that do not exist, in the way each kind of caller expects."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __call__(self, req: falcon.Request, resp: falcon.Response, **_params: object) -> None:
        if "text/html" in (req.accept or ""):
            self._pages.missing(resp)
        else:
            resp.status = 404
            resp.media = {"message": "Not Found"}
