"""One recipient's mail: what Liquid makes of a message, and the links that belong to this recipient alone."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from braze_client.liquid import Campaign, Links, Person, render, strip_comments
from braze_sandbox import handsets
from braze_sandbox.database import Row, pack, unpack
from braze_sandbox.sandbox import Sandbox

_NO_REPLY = "NO_REPLY_TO"

#: SQLite's numbers have at most 19.
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Mail:
    sender: str
    subject: str
    reply_to: str
    preheader: str
    html: str
    text: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What Liquid finds around a message, the same for all its recipients but for the links."""

    campaign: Campaign
    links: Links
    blocks: Mapping[str, str] = field(default_factory=dict)
    raw: bool = True


def surroundings_of(sandbox: Sandbox, schedule: Row, delivery: int = 0) -> Surroundings:
    links = links_for(sandbox, delivery, schedule["workspace"])
    raw = sandbox.choices.raw_tag == "honoured"
    return Surroundings(campaign_of(sandbox, schedule), links, blocks_of(sandbox, schedule["workspace"]), raw)


def blocks_of(sandbox: Sandbox, workspace: str) -> dict[str, str]:
    """The active content blocks by name."""
    blocks = sandbox.objects.all(workspace, "content_block")
    return {one["name"]: one["content"] for one in blocks if one["state"] == "active"}


def compose(
    channel: str, message: dict[str, Any], person: Person, around: Surroundings, *, seed: str
) -> Mail:
    """What ``person`` gets. Raises LiquidError or Aborted: then they get nothing."""

    def written(text: str) -> str:
        return render(
            text, person, campaign=around.campaign, links=around.links, blocks=around.blocks,
            seed=seed, raw=around.raw,
        )  # fmt: skip

    if channel == "email":
        return _mail(message, written)
    title, text = handsets.write(channel, message, written)
    return Mail(channel, title or text, "", "", handsets.as_html(title, text), text, {})


def _mail(email: dict[str, Any], written: handsets.Writer) -> Mail:
    reply_to = written(email.get("reply_to") or "")
    body = written(strip_comments(email["body"]))
    headers = {name: written(value) for name, value in (email.get("headers") or {}).items()}
    return Mail(
        sender=written(email.get("from") or ""),
        subject=written(email.get("subject") or ""),
        reply_to="" if reply_to == _NO_REPLY else reply_to,
        preheader=written(email.get("preheader") or ""),
        html=body,
        text=written(email.get("plaintext_body") or ""),
        headers=headers,
    )


# --- Opening what was delivered ------------------------------------------------------------------------------


def reopen(sandbox: Sandbox, delivery: Row) -> tuple[Mail, Person]:
    """A delivered mail as its recipient sees it, and who that is. Raises LiquidError or Aborted."""
    schedule = sandbox.database.row("SELECT * FROM schedules WHERE number = ?", delivery["schedule"])
    if schedule is None:
        raise LookupError(delivery["schedule"])
    content, channel = sandbox.schedules.content(schedule), delivery["channel"]
    person = _person(sandbox, delivery, content)
    around = surroundings_of(sandbox, schedule, delivery["number"])
    seed = seed_of(schedule, delivery["profile"])
    messages = sandbox.schedules.messages_of(schedule, content)(delivery["profile"])
    return compose(channel, messages[channel], person, around, seed=seed), person


def _person(sandbox: Sandbox, delivery: Row, content: dict[str, Any]) -> Person:
    if delivery["person"]:
        return Person(*json.loads(unpack(delivery["person"])))
    # Of a large send no snapshot is kept: the recipient is shown as they are today.
    profile = sandbox.profiles.book(delivery["workspace"]).by_number.get(delivery["profile"])
    person = profile.person() if profile else Person()
    return replace(person, trigger=content.get("trigger_properties") or {})


def snapshot(person: Person) -> bytes:
    kept = [person.attributes, person.custom, person.subscriptions, person.device, person.trigger]
    return pack(json.dumps(kept, default=str).encode())


def campaign_of(sandbox: Sandbox, schedule: Row) -> Campaign:
    """What Liquid may say of the sending."""
    workspace = sandbox.workspaces.get(schedule["workspace"])
    known = workspace.campaigns.get(schedule["campaign"]) if workspace else None
    variation = known.variations.get(schedule["variation"]) if known else None
    return Campaign(
        schedule["campaign"] or "",
        schedule["dispatch_id"],
        known.name if known else "",
        variation.name if variation else "",
        variation.id if variation else "",
    )


def seed_of(schedule: Row, profile: int) -> str:
    return f"{schedule['number']}:{profile}"


# --- Links ---------------------------------------------------------------------------------------------------


def links_for(sandbox: Sandbox, delivery: int, workspace: str) -> Links:
    """The addresses in one delivered mail; each carries a signature, so none can be guessed."""
    base, token = sandbox.address, token_of(sandbox, delivery)
    unsubscribe = f"{base}/unsubscribe/{token}"
    centres = sandbox.objects.all(workspace, "preference_center")
    return Links(
        unsubscribe=unsubscribe,
        one_click_unsubscribe=unsubscribe,
        subscribe=subscription_url(sandbox, delivery),
        opt_in=f"{base}/opt-in/{token}",
        preference_center=subscription_url(sandbox, delivery),
        footer=f'<p>No longer interested? <a href="{html.escape(unsubscribe)}">Unsubscribe</a>.</p>',
        preference_centers={
            one["name"]: subscription_url(sandbox, delivery) for one in centres if one["state"] == "active"
        },
    )


def subscription_url(sandbox: Sandbox, delivery: int) -> str:
    """The page where the recipient of a mail chooses to get more."""
    return f"{sandbox.address}/subscribe/{token_of(sandbox, delivery)}"


def token_of(sandbox: Sandbox, delivery: int) -> str:
    return f"{delivery}-{hmac.new(sandbox.secret, str(delivery).encode(), hashlib.sha256).hexdigest()[:32]}"


def delivery_of(sandbox: Sandbox, token: str) -> int | None:
    """The delivery whose link carries ``token``, or None if nobody was ever given it."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdigit()) or len(number) > MAX_DIGITS:
        return None
    known = token_of(sandbox, int(number))
    return int(number) if hmac.compare_digest(known.encode(), token.encode()) else None


_HREF = re.compile(r"(<a\b[^>]*?\bhref\s*=\s*)(\"([^\"]*)\"|'([^']*)')", re.IGNORECASE | re.DOTALL)


def web_links(sandbox: Sandbox, body: str) -> list[str]:
    """The http(s) addresses a mail points to, in order, once each; its own unsubscribe links are no clicks."""
    found = (html.unescape(match[3] or match[4] or "").strip() for match in _HREF.finditer(body))
    outward = (link for link in found if not link.startswith(f"{sandbox.address}/"))
    return list(dict.fromkeys(link for link in outward if _scheme(link) in ("http", "https")))


def _scheme(link: str) -> str:
    """The scheme of an address, "" for what is none."""
    try:
        return urlsplit(link).scheme.lower()
    except ValueError:
        return ""


def tracked(sandbox: Sandbox, body: str, delivery: int) -> str:
    """``body`` with its web links led through the click counter."""
    numbers = {link: number for number, link in enumerate(web_links(sandbox, body))}

    def lead(match: re.Match[str]) -> str:
        number = numbers.get(html.unescape(match[3] or match[4] or "").strip())
        if number is None:
            return match[0]
        return f'{match[1]}"{sandbox.address}/click/{token_of(sandbox, delivery)}/{number}"'

    return _HREF.sub(lead, body)


# --- Plain text ----------------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    _BREAKS = frozenset({"p", "br", "div", "tr", "table", "h1", "h2", "h3", "h4", "li", "ul", "ol"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script", "title")
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "title")
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.parts.append(re.sub(r"\s+", " ", data))


def as_text(body: str) -> str:
    """The plain text Braze would make of an HTML body, roughly."""
    reader = _Reader()
    reader.feed(body)
    lines = (line.strip() for line in "".join(reader.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
