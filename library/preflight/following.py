"""Where links really lead: asked for by services, followed in the background, read by pre-flight.

Results hold for a day. An address is reached at the very IP address that was looked at, so that a name cannot lead
into our network between the look and the call; every redirect is a new look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from branding.scope import across_brands, brand_scope
from library.models import LinkCheck
from library.preflight import visit

HOLDS = timedelta(days=1)
FORGOTTEN = timedelta(days=60)
#: Followed in one task; a next one goes on.
AT_ONCE = 20
LONGEST = 2000


def digest(address: str) -> str:
    """SHA-256 of an address, by which its row is found."""
    return hashlib.sha256(address.encode()).hexdigest()


@transaction.atomic
def ask(addresses: Iterable[str]) -> int:
    """Have these web addresses followed soon, unless that was done within a day. Returns how many are to be followed."""
    from library.tasks import follow_links

    wanted = {digest(each): each for each in addresses if len(each) <= LONGEST}
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=url, digest=key) for key, url in wanted.items()], ignore_conflicts=True
    )
    rows = LinkCheck.objects.filter(digest__in=wanted)
    rows.filter(checked_at__lt=timezone.now() - HOLDS).update(checked_at=None, asked_at=timezone.now())
    [waiting, brand_id] = (
        rows.filter(checked_at=None).count(),
        rows.values_list("brand_id", flat=True).first(),
    )
    if waiting:
        follow_links.delay_on_commit(brand_id)  # type: ignore[attr-defined]  # celery.Nudge
    return waiting


def follow(brand_id: int) -> bool:
    """Follow what waits, some at a time; no transaction is open meanwhile. Returns whether more waits."""
    mine = f"links:{brand_id}"
    if not cache.add(mine, 1, timeout=AT_ONCE * visit.MOST_SECONDS):
        return False  # another worker is at it, and goes on as long as there are any
    try:
        for pk, url in _waiting(brand_id):
            outcome = visit.visit(url)
            with brand_scope(brand_id):
                _record(pk, outcome)
    finally:
        cache.delete(mine)
    return bool(_waiting(brand_id))


def _waiting(brand_id: int) -> list[tuple[int, str]]:
    with brand_scope(brand_id):
        rows = LinkCheck.objects.filter(checked_at=None).order_by("asked_at")
        return list(rows.values_list("pk", "url")[:AT_ONCE])


def _record(pk: int, outcome: visit.Outcome) -> None:
    LinkCheck.objects.filter(pk=pk).update(
        status=outcome.status,
        final_url=outcome.final_url[:LONGEST],
        content_type=outcome.content_type[:120],
        trouble=outcome.trouble,
        checked_at=timezone.now(),
    )


def due() -> list[int]:
    """Brands with links that nobody has followed yet. What nobody asked about for long is forgotten."""
    with across_brands("links to follow"):
        LinkCheck.objects.filter(asked_at__lt=timezone.now() - FORGOTTEN).delete()
        waiting = LinkCheck.objects.filter(checked_at=None)
        return list(waiting.order_by().values_list("brand_id", flat=True).distinct())
