"""Looks at a key through Braze's answers to harmless probes, and says what it may do.

Braze lists "insufficient permissions" under 401 and under 403, and says 401 to a key it does not know: only another
endpoint that lets the key in tells the two apart. https://www.braze.com/docs/api/errors
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final

from braze_client import AccessDenied, Answer, Braze, BrazeError, KeyRejected, NotReached, Refused
from braze_client.probes import PROBES, probe
from workspace.errors import HeldBack
from workspace.models import PermissionVerdict

Verdict = PermissionVerdict.Verdict

#: The status is no proof where a proxy in front of Braze speaks; these words in a 400 mean the same as a 401.
_OF_A_KEY: Final = ("api key", "permission", "unauthorized", "whitelist", "allowlist")
LONGEST_WORDS: Final = 300


class Unreachable(Exception):
    """Braze could not be asked at all. The text is advice."""


@dataclass(frozen=True)
class Finding:
    """What one probe found. `status` is Braze's, None where no answer came."""

    permission: str
    verdict: str
    words: str = ""
    status: int | None = None


@dataclass(frozen=True)
class Report:
    """What all probes found. With `key_refused` the findings say nothing about single permissions."""

    findings: tuple[Finding, ...]
    key_refused: bool
    campaign: dict[str, Any] = field(default_factory=dict)

    def without(self, keys: Collection[str]) -> Report:
        """The client takes the key it calls with out of Braze's words; here it is the other one's turn as well."""
        text = json.dumps([[each.words for each in self.findings], self.campaign])
        for key in keys:
            text = text.replace(json.dumps(key)[1:-1], "[key]")
        words, campaign = json.loads(text)
        findings = (replace(each, words=said) for each, said in zip(self.findings, words, strict=True))
        return Report(tuple(findings), self.key_refused, campaign)


def check(
    braze: Braze,
    *,
    campaign_id: str = "",
    skip: Collection[str] = (),
    missing_is_403: bool = False,
    on_step: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Probe all permissions but those in `skip`. Raises Unreachable when Braze does not answer the first.

    `missing_is_403` is what was learned of this Braze: then a 401 can only mean the key itself, and one is enough.
    """
    findings: list[Finding] = []
    campaign: dict[str, Any] = {}
    for permission in PROBES:
        if permission in skip:
            continue
        finding, answer = look(braze, permission, campaign_id)
        findings.append(finding)
        on_step(len(findings))
        if permission == "campaigns.details" and answer is not None:
            campaign = seen_campaign(answer)
        if missing_is_403 and finding.status == HTTPStatus.UNAUTHORIZED:
            return Report(tuple(findings), key_refused=True)
    return Report(tuple(findings), is_refused(findings), campaign)


def look(braze: Braze, permission: str, campaign_id: str = "") -> tuple[Finding, Answer | None]:
    """One probe. Raises Unreachable for the first permission, which stands for them all."""
    try:
        answer = probe(braze, permission, campaign_id=campaign_id)
    except HeldBack as error:
        return Finding(permission, Verdict.UNKNOWN, str(error)), None
    except NotReached as error:
        if permission == next(iter(PROBES)):
            raise Unreachable(error.advice) from error
        return Finding(permission, Verdict.UNKNOWN, error.advice), None
    except BrazeError as error:
        return _found(permission, error), None
    return Finding(permission, Verdict.HELD, status=answer.call.status), answer


def _found(permission: str, error: BrazeError) -> Finding:
    words = error.words if isinstance(error, Refused) else error.advice
    return Finding(permission, _verdict(error), words[:LONGEST_WORDS], error.call.status)


def _verdict(error: BrazeError) -> str:
    if isinstance(error, (KeyRejected, AccessDenied)):
        return Verdict.MISSING
    if isinstance(error, Refused) and error.status == HTTPStatus.BAD_REQUEST:
        speaks_of_key = any(word in error.words.casefold() for word in _OF_A_KEY)
        return Verdict.MISSING if speaks_of_key else Verdict.HELD
    return Verdict.UNKNOWN


def is_refused(findings: Collection[Finding]) -> bool:
    """Whether Braze does not know the key: it was let in nowhere, and told 401 wherever it was told anything."""
    told = [each for each in findings if each.verdict != Verdict.UNKNOWN]
    return bool(told) and all(
        each.verdict == Verdict.MISSING and each.status != HTTPStatus.FORBIDDEN for each in told
    )


def seen_campaign(answer: Answer) -> dict[str, Any]:
    """What the set-up page shows of /campaigns/details: name, kind, and the ids of its e-mail variations.

    `messages` is an object keyed by variation id. https://www.braze.com/docs/api/endpoints/export/campaigns/get_campaign_details
    """
    told = answer.model_extra or {}
    messages = told.get("messages")
    variations = [
        str(pk)
        for pk, message in (messages.items() if isinstance(messages, dict) else ())
        if isinstance(message, dict) and message.get("channel") == "email"
    ]
    return {
        "name": str(told.get("name") or "")[:200],
        "schedule_type": str(told.get("schedule_type") or "")[:60],
        "is_archived": bool(told.get("archived")),
        "variations": variations[:20_000],
    }
