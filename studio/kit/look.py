"""The brand's look: tried as a draft first, put to use by one step that everybody can follow."""

from __future__ import annotations

import copy
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry, User
from branding.models import Theme
from library.errors import LibraryError
from library.gallery import rendering, storing
from library.gallery.checking import checked
from studio.kit.pairs import too_weak

FILES = ("logo", "logo_dark", "portal_logo", "favicon")
#: Twice the widest that a logo is shown.
_LOGO_PIXELS, _ICON_PIXELS = 1_200, 192
_MOST_BYTES = 12 * 1024 * 1024
FIELDS = (
    *Theme.COLOURS, *Theme.DARK_COLOURS, "heading_font", "body_font", "radius", "logo_alt", "logo_width", *FILES,
)  # fmt: skip


class LookChanged(LibraryError):
    """Somebody else saved or used a look since this page was opened."""


def current() -> Theme:
    found: Theme | None = Theme.objects.select_related("brand").first()
    return found or Theme.objects.create()


def tried(theme: Theme) -> Theme:
    """As the theme would be with its draft, not to be saved."""
    new = copy.copy(theme)
    new._state = copy.copy(theme._state)
    for name, value in changes_of(theme).items():
        setattr(new, name, value)
    return new


def changes_of(theme: Theme) -> dict[str, Any]:
    """What the draft changes, by field."""
    held = (theme.draft or {}).get("values", {})
    return {name: value for name, value in held.items() if name in FIELDS}


def stamp_of(theme: Theme) -> str:
    """Differs after every step that anybody took."""
    return f"{theme.updated_at.timestamp():.6f}-{(theme.draft or {}).get('revision', 0)}"


@transaction.atomic
def try_out(values: dict[str, Any], *, stamp: str, by: User) -> bool:
    """Keep what differs from the look in use as the draft; whether anything does. LookChanged after somebody else."""
    theme = _held(stamp)
    changes = {name: value for name, value in values.items() if value != plain(theme, name)}
    revision = (theme.draft or {}).get("revision", 0) + 1
    draft = {"values": changes, "revision": revision, "by": str(by), "at": timezone.now().isoformat()}
    Theme.objects.filter(pk=theme.pk).update(draft=draft if changes else None)
    return bool(changes)


@transaction.atomic
def put_to_use(*, stamp: str, by: User) -> None:
    """Make the draft the look of portal and mails. LibraryError while something in it cannot be read."""
    theme = _held(stamp)
    changes = changes_of(theme)
    if not changes:
        raise LibraryError(_("There is no new look to put to use."))
    new = tried(theme)
    if weak := too_weak(new):
        raise LibraryError(_said_weak(weak))
    note = "; ".join(
        f"{name}: {plain(theme, name) or '–'} → {value or '–'}" for name, value in changes.items()
    )
    for name, value in changes.items():
        setattr(theme, name, value)
    theme.draft = None
    theme.save()
    audit.record(AuditEntry.Action.THEME_CHANGED, by=by, target=str(theme.brand), note=note)


@transaction.atomic
def discard(*, stamp: str) -> None:
    theme = _held(stamp)
    Theme.objects.filter(pk=theme.pk).update(draft=None)


def kept_picture(file: File[bytes], name: str, *, brand_slug: str) -> str:
    """The stored name of an uploaded logo or icon, checked and written anew. Raises LibraryError."""
    content = file.read(_MOST_BYTES + 1)
    header = checked(content, str(file.name or ""))
    width = _ICON_PIXELS if name == "favicon" else _LOGO_PIXELS
    written = rendering.light(rendering.still(content, header), width, drawn=True)
    return storing.keep(f"{brand_slug}/brand", name.replace("_", "-"), written.content, written.extension)


def plain(theme: Theme, name: str) -> Any:
    """A value as the draft holds it: of a file its stored name."""
    value = getattr(theme, name)
    return (value.name or "") if isinstance(value, FieldFile) else value


def _held(stamp: str) -> Theme:
    theme: Theme = Theme.objects.select_for_update().get(pk=current().pk)
    if stamp_of(theme) != stamp:
        raise LookChanged(_told_changed(theme))
    return theme


def _told_changed(theme: Theme) -> str:
    who = (theme.draft or {}).get("by")
    if who:
        return _("%(who)s saved another look to try since you opened this page.") % {"who": who}
    return _("The look in use was changed, or the draft discarded, since you opened this page.")


def _said_weak(weak: list[tuple[Any, bool]]) -> str:
    named = [f"{meeting.label} ({_('dark')})" if in_dark else str(meeting.label) for meeting, in_dark in weak]
    return _("These cannot be read well enough: %(names)s. Choose the colours offered beside them.") % {
        "names": ", ".join(named)
    }
