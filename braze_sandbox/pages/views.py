"""The pages for people: an inbox, what it was made of, and what the API was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import falcon
from minijinja import Environment

from braze_client.liquid import Aborted, LiquidError
from braze_sandbox import engagement, mail
from braze_sandbox.clock import moment
from braze_sandbox.database import Row
from braze_sandbox.sandbox import Sandbox

PAGE = 50
FAR = 2**62

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: A mail is a stranger's document: no script, no form, no way to its frame; links open a tab of their own.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; "
    "font-src http: https: data:; style-src 'unsafe-inline' http: https:; base-uri 'none'; frame-ancestors 'self'"
)
_SENDS = (
    "SELECT s.*, (SELECT subject FROM deliveries d WHERE d.schedule = s.number LIMIT 1) AS subject,"
    " (SELECT count(*) FROM deliveries d WHERE d.schedule = s.number AND d.opens > 0) AS opened,"
    " (SELECT count(*) FROM deliveries d WHERE d.schedule = s.number AND d.clicks > 0) AS clicked FROM schedules s"
)
_STATES = {"unsubscribe": "unsubscribed", "subscribe": "subscribed", "opt-in": "opted_in"}


class Pages:
    """Renders templates into answers."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._environment = Environment(loader=_load)
        self._environment.add_filter("when", _when)

    def show(self, resp: falcon.Response, template: str, status: int = 200, **values: Any) -> None:
        resp.status = status
        resp.content_type = "text/html; charset=utf-8"
        resp.text = self._environment.render_template(template, **values)
        resp.set_headers(
            {
                "Content-Security-Policy": _POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "same-origin",
                "Cache-Control": "no-store",
            }
        )

    def missing(self, resp: falcon.Response, words: str = "There is nothing at this address.") -> None:
        self.show(resp, "message.html", 404, title="Not found", words=words)

    def send(self, row: Row) -> dict[str, Any]:
        """A row of schedules with the names of its campaign and variation."""
        workspace = self.sandbox.workspaces.get(row["workspace"])
        campaign = workspace.campaigns.get(row["campaign"]) if workspace else None
        variation = campaign.variations.get(row["variation"]) if campaign else None
        names = {
            "campaign_name": campaign.name if campaign else "",
            "variation_name": variation.name if variation else "",
        }
        return {**_plain(row), **names}


def _load(name: str) -> str | None:
    path = _HERE / "templates" / name
    return path.read_text() if path.is_file() else None


def _plain(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row has no items()


def _when(seconds: float | None) -> str:
    return moment(seconds).strftime("%-d %b %Y, %H:%M:%S UTC") if seconds else ""


def add_pages(app: falcon.App[falcon.Request, falcon.Response], sandbox: Sandbox) -> Pages:
    """Put the pages on ``app``."""
    pages = Pages(sandbox)
    views: dict[str, Callable[..., None]] = {
        "/": inbox,
        "/inbox/{number:int}": opened,
        "/inbox/{number:int}/html": html_body,
        "/inbox/{number:int}/text": text_body,
        "/click/{token}/{link:int}": clicked,
        "/activity": activity,
        "/calls": calls,
        "/calls/{number:int}": call,
        "/schedules": schedules,
        "/sandbox.css": stylesheet,
    }
    for path, view in views.items():
        app.add_route(path, _Page(pages, view))
    for word in _STATES:
        app.add_route(f"/{word}/{{token}}", _Subscription(pages, word))
    return pages


class _Page:
    """A falcon resource around a view function."""

    def __init__(self, pages: Pages, view: Callable[..., None]) -> None:
        self.on_get = partial(view, pages)


# --- Inbox ---------------------------------------------------------------------------------------------------


def inbox(pages: Pages, req: falcon.Request, resp: falcon.Response) -> None:
    """The newest sends; with ?to= or ?send= the mails themselves."""
    to, send = (req.get_param("to") or "").strip(), req.get_param_as_int("send", default=0)
    before = req.get_param_as_int("before", default=FAR)
    if to or send:
        _show_mails(pages, resp, to, send, before)
        return
    rows = pages.sandbox.database.rows(
        f"{_SENDS} WHERE s.state = 'sent' AND s.number < ? ORDER BY s.number DESC LIMIT ?", before, PAGE
    )
    sends = [pages.send(row) for row in rows]
    workspaces = dict.fromkeys(one["workspace"] for one in sends)
    grouped = [(name, [one for one in sends if one["workspace"] == name]) for name in workspaces]
    older = sends[-1]["number"] if len(sends) == PAGE else None
    pages.show(resp, "inbox.html", groups=grouped, to="", older=older, here="inbox")


def _show_mails(pages: Pages, resp: falcon.Response, to: str, send: int, before: int) -> None:
    database = pages.sandbox.database
    rows = database.rows(
        "SELECT number, schedule, workspace, email, subject, at, bounced, opens, clicks FROM deliveries"
        " WHERE (? = '' OR email = ?) AND (? = 0 OR schedule = ?) AND number < ? ORDER BY number DESC LIMIT ?",
        *(to, to.lower(), send, send, before, PAGE),
    )
    about = database.row(f"{_SENDS} WHERE s.number = ?", send) if send else None
    older = rows[-1]["number"] if len(rows) == PAGE else None
    mails = [_plain(row) for row in rows]
    about_send = pages.send(about) if about else None
    pages.show(resp, "mails.html", mails=mails, to=to, send=about_send, older=older, here="inbox")


def _delivery(pages: Pages, number: int) -> Row | None:
    return pages.sandbox.database.row("SELECT * FROM deliveries WHERE number = ?", number)


def opened(pages: Pages, req: falcon.Request, resp: falcon.Response, number: int) -> None:
    """One mail as its recipient sees it. Looking at it counts as opening it."""
    delivery = _delivery(pages, number)
    if delivery is None:
        pages.missing(resp, "No such mail was delivered.")
        return
    try:
        written, person = mail.reopen(pages.sandbox, delivery)
    except (LiquidError, Aborted, LookupError) as error:
        pages.show(resp, "message.html", 409, title="This mail cannot be shown again", words=str(error))
        return
    engagement.happen(pages.sandbox, [(pages.sandbox.clock(), number, engagement.OPEN)])
    row = pages.sandbox.database.row(f"{_SENDS} WHERE s.number = ?", delivery["schedule"])
    values: dict[str, Any] = {
        "mail": written,
        "delivery": _plain(delivery),
        "send": pages.send(row) if row else None,
        "attributes": _readable(person.attributes),
        "custom": _readable(person.custom),
        "states": _readable(person.subscriptions),
        "as_text": req.get_param("view") == "text",
        "text": written.text or mail.as_text(written.html),
        "kept": delivery["person"] is not None,
    }
    pages.show(resp, "mail.html", here="inbox", **values)


def _readable(values: Any) -> list[tuple[str, str]]:
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
        for name, value in sorted(values.items())
        if value is not None
    ]


def html_body(pages: Pages, _req: falcon.Request, resp: falcon.Response, number: int) -> None:
    body = _body(pages, resp, number, as_html=True)
    if body is not None:
        base = '<base target="_blank">'
        resp.text = body.replace("<head>", f"<head>{base}", 1) if "<head>" in body else base + body
        resp.content_type = "text/html; charset=utf-8"
        resp.set_headers({"Content-Security-Policy": _MAIL_POLICY, "X-Content-Type-Options": "nosniff"})


def text_body(pages: Pages, _req: falcon.Request, resp: falcon.Response, number: int) -> None:
    body = _body(pages, resp, number, as_html=False)
    if body is not None:
        resp.text, resp.content_type = body, "text/plain; charset=utf-8"
        resp.set_header("X-Content-Type-Options", "nosniff")


def _body(pages: Pages, resp: falcon.Response, number: int, *, as_html: bool) -> str | None:
    delivery = _delivery(pages, number)
    if delivery is None:
        pages.missing(resp, "No such mail was delivered.")
        return None
    try:
        written, _ = mail.reopen(pages.sandbox, delivery)
    except (LiquidError, Aborted, LookupError) as error:
        pages.show(resp, "message.html", 409, title="This mail cannot be shown again", words=str(error))
        return None
    return (
        mail.tracked(pages.sandbox, written.html, number)
        if as_html
        else written.text or mail.as_text(written.html)
    )


def clicked(pages: Pages, _req: falcon.Request, resp: falcon.Response, token: str, link: int) -> None:
    """Count a click and go where that very mail points; nowhere else can be reached from here."""
    number = mail.delivery_of(pages.sandbox, token)
    delivery = _delivery(pages, number) if number is not None else None
    if delivery is None:
        pages.missing(resp, "No mail holds this link.")
        return
    links = mail.web_links(pages.sandbox, mail.reopen(pages.sandbox, delivery)[0].html)
    if link >= len(links):
        pages.missing(resp, "No mail holds this link.")
        return
    engagement.happen(pages.sandbox, [(pages.sandbox.clock(), delivery["number"], engagement.CLICK)])
    raise falcon.HTTPFound(links[link])


# --- Unsubscribing -------------------------------------------------------------------------------------------


class _Subscription:
    """The page behind a link in a mail. Reading it changes nothing (scanners follow links); a POST does."""

    def __init__(self, pages: Pages, word: str) -> None:
        self._pages, self._word, self._state = pages, word, _STATES[word]

    def on_get(self, _req: falcon.Request, resp: falcon.Response, token: str) -> None:
        if delivery := self._found(resp, token):
            self._show(resp, delivery, done=False)

    def on_post(self, req: falcon.Request, resp: falcon.Response, token: str) -> None:
        """The button, or one click in a mail program (RFC 8058: List-Unsubscribe=One-Click)."""
        delivery = self._found(resp, token)
        if delivery is None:
            return
        if self._word == "unsubscribe":
            event = (self._pages.sandbox.clock(), delivery["number"], engagement.UNSUBSCRIBE)
            engagement.happen(self._pages.sandbox, [event])
        else:
            engagement.set_state(self._pages.sandbox, delivery, self._state)
        if b"List-Unsubscribe=One-Click" in req.bounded_stream.read(1_000):
            resp.text, resp.content_type = "Unsubscribed.\n", "text/plain; charset=utf-8"
        else:
            self._show(resp, delivery, done=True)

    def _found(self, resp: falcon.Response, token: str) -> Row | None:
        number = mail.delivery_of(self._pages.sandbox, token)
        delivery = _delivery(self._pages, number) if number is not None else None
        if delivery is None:
            self._pages.missing(resp, "This link belongs to no mail.")
        return delivery

    def _show(self, resp: falcon.Response, delivery: Row, *, done: bool) -> None:
        self._pages.show(
            resp, "subscription.html", email=delivery["email"], word=self._word, state=self._state, done=done
        )


# --- Logs ----------------------------------------------------------------------------------------------------


def activity(pages: Pages, req: falcon.Request, resp: falcon.Response) -> None:
    """Who got nothing, and why."""
    before, send = req.get_param_as_int("before", default=FAR), req.get_param_as_int("send", default=0)
    rows = pages.sandbox.database.rows(
        "SELECT * FROM activity WHERE number < ? AND (? = 0 OR schedule = ?) ORDER BY number DESC LIMIT ?",
        *(before, send, send, PAGE),
    )
    older = rows[-1]["number"] if len(rows) == PAGE else None
    pages.show(
        resp, "activity.html", rows=[_plain(row) for row in rows], older=older, send=send, here="activity"
    )


def calls(pages: Pages, req: falcon.Request, resp: falcon.Response) -> None:
    accepted = req.get_param("accepted") == "yes"
    before = req.get_param_as_int("before", default=FAR)
    rows = pages.sandbox.calls.newest(before=before, limit=PAGE, accepted=accepted)
    older = rows[-1]["number"] if len(rows) == PAGE else None
    pages.show(resp, "calls.html", rows=rows, older=older, accepted=accepted, here="calls")


def call(pages: Pages, _req: falcon.Request, resp: falcon.Response, number: int) -> None:
    found = pages.sandbox.calls.one(number)
    if found is None:
        pages.missing(resp, "No such call was made.")
        return
    written = {part: json.dumps(found[part], indent=2, ensure_ascii=False) for part in ("body", "answer")}
    pages.show(resp, "call.html", call=found, here="calls", body=written["body"], answer=written["answer"])


def schedules(pages: Pages, _req: falcon.Request, resp: falcon.Response) -> None:
    """What is still to come, soonest first."""
    rows = pages.sandbox.database.rows(
        f"{_SENDS} WHERE s.state IN ('scheduled', 'sending') ORDER BY s.due LIMIT ?", PAGE * 4
    )
    pages.show(resp, "schedules.html", rows=[pages.send(row) for row in rows], here="schedules")


def stylesheet(_pages: Pages, _req: falcon.Request, resp: falcon.Response) -> None:
    resp.text, resp.content_type = (_HERE / "sandbox.css").read_text(), "text/css; charset=utf-8"
    resp.set_headers({"Cache-Control": "max-age=300", "X-Content-Type-Options": "nosniff"})
