"""Whether a picture may be put into a mail today, and what will soon stop that."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models import Image

#: How long before a licence ends people are told.
WARNED = timedelta(days=30)


class Standing(models.TextChoices):
    RECALLED = "recalled", _("Recalled")
    ENDED = "ended", _("Licence ended")
    UNDESCRIBED = "undescribed", _("Needs words")
    ENDING = "ending", _("Licence ends soon")
    GOOD = "good", _("Ready")

    @property
    def blocks(self) -> bool:
        return self in {Standing.RECALLED, Standing.ENDED, Standing.UNDESCRIBED}


def standing(image: Image, today: date | None = None) -> Standing:
    """The gravest thing to say. A licence holds through its last day."""
    today = today or timezone.localdate()
    if image.recalled_at:
        return Standing.RECALLED
    if image.licensed_until and image.licensed_until < today:
        return Standing.ENDED
    if not (image.alt or image.decorative):
        return Standing.UNDESCRIBED
    if image.licensed_until and image.licensed_until <= today + WARNED:
        return Standing.ENDING
    return Standing.GOOD


def standing_as(wanted: Standing, today: date | None = None) -> models.Q:
    """The same question asked of rows; a picture may stand in several ways at once."""
    today = today or timezone.localdate()
    rows = {
        Standing.RECALLED: models.Q(recalled_at__isnull=False),
        Standing.ENDED: models.Q(licensed_until__lt=today),
        Standing.UNDESCRIBED: models.Q(alt="", decorative=False),
        Standing.ENDING: models.Q(licensed_until__range=(today, today + WARNED)),
    }
    return rows[wanted] if wanted in rows else usable(today)


def usable(today: date | None = None) -> models.Q:
    """Pictures that may be put into a mail."""
    rows = models.Q()
    for each in Standing:
        if each.blocks:
            rows &= ~standing_as(each, today)
    return rows
