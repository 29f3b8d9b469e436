"""What ops do by hand about single dispatches: with a reason, in the brand's scope, and audited there."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from branding.scope import brand_scope
from delivery import services
from delivery.errors import DeliveryError
from delivery.models import Dispatch


@transaction.atomic
def try_again(dispatch: Dispatch, *, because: str, by: User) -> None:
    """Hand over what was refused, or what waits for a later try. Raises DeliveryError."""
    reason = _reason(because)
    with brand_scope(dispatch.brand.pk):
        services.try_again(dispatch)
        audit.record(audit.Action.DISPATCH_RETRIED, by=by, target=dispatch.label, note=reason)


@transaction.atomic
def settle(dispatch: Dispatch, *, was_sent: bool, because: str, by: User) -> None:
    """End an unknown outcome: somebody has looked it up at Braze. Raises DeliveryError."""
    reason = _reason(because)
    ended = _("It was sent.") if was_sent else _("It was not sent.")
    words = _("Looked up by the people who run this portal: %(ended)s %(why)s") % {
        "ended": ended,
        "why": reason,
    }
    with brand_scope(dispatch.brand.pk):
        if not services.settle_unknown(dispatch, was_sent=was_sent, because=words):
            raise DeliveryError(
                _("Its outcome is not unknown: it is “%(state)s”.") % {"state": dispatch.get_state_display()}
            )
        note = f"{ended} {reason}"
        audit.record(audit.Action.DISPATCH_RESOLVED, by=by, target=dispatch.label, note=note)


def _reason(because: str) -> str:
    if not because.strip():
        raise DeliveryError(_("Say why: it is written into the brand's audit trail."))
    return because.strip()[:300]
