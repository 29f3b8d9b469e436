"""A version's life: published, retired, published again. One at a time, each with who and why.

Every verb holds the template's row first, so that of two people who decide at once the second is told what the first did.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts import audit
from accounts.models import User
from library import engine
from library.engine import Problem
from library.errors import LibraryError
from library.models import Template, TemplateVersion
from library.preflight import versions as preflight
from library.preflight.versions import Report

State = TemplateVersion.State
NOTE = 300


class NotFit(LibraryError):
    """The draft has findings that block. `report` is None where it cannot even be read."""

    def __init__(self, words: str, report: Report | None = None, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(words)
        self.report, self.problems = report, problems


@transaction.atomic
def publish(version: TemplateVersion, *, seen: int, note: str, by: User) -> TemplateVersion:
    """Show a draft to local people in place of the version before. `seen` is the revision that was looked at."""
    held = _held(version)
    if held.state != State.DRAFT:
        raise LibraryError(_done_by_somebody(held))
    if held.revision != seen:
        raise LibraryError(_("The draft has changed since you opened this page. Look at the checks again."))
    require_fit(held)
    return _published(held, note, audit.Action.TEMPLATE_PUBLISHED, by)


@transaction.atomic
def roll_back(version: TemplateVersion, *, seen: int | None, note: str, by: User) -> TemplateVersion:
    """Show an earlier version again. `seen` is the version that was published when the person decided.

    Not refused for findings: it was fit once, whatever is there now may be worse, and each campaign is examined anyway.
    """
    held = _held(version)
    current = held.template.current
    if current is not None and current.pk == held.pk:
        raise LibraryError(_done_by_somebody(held))
    if held.state != State.RETIRED:
        raise LibraryError(_("Only a version that was published before can be published again."))
    if (current.pk if current else None) != seen:
        raise LibraryError(_changed_meanwhile(current))
    readable(held)
    note = note.strip() or _("Back to version %(number)d") % {"number": held.number}
    return _published(held, note, audit.Action.TEMPLATE_PUBLISHED, by)


@transaction.atomic
def retire(version: TemplateVersion, *, note: str, by: User) -> TemplateVersion:
    """Nothing new is made or sent with the template until a version is published again. What is scheduled stays."""
    held = _held(version)
    if held.state != State.PUBLISHED:
        raise LibraryError(_changed_meanwhile(held.template.current))
    held.retire()
    audit.record(audit.Action.TEMPLATE_RETIRED, by=by, target=str(held), note=note.strip()[:NOTE])
    return held


def report(version: TemplateVersion) -> Report:
    """Everything pre-flight finds in any of the version's extremes. NotFit where it cannot be looked at."""
    spec = readable(version)
    if not spec.placements:
        raise NotFit(_("This version has no parts yet. Add at least one, then publish it."))
    return preflight.report(version)


def readable(version: TemplateVersion) -> engine.TemplateSpec:
    """The version's declaration; NotFit where it is not a legal one."""
    try:
        return version.engine_spec()
    except ValidationError as error:
        first = error.errors()[0]
        place = " › ".join(str(step) for step in first["loc"])
        raise NotFit(
            _("This draft is not complete: %(what)s (%(place)s). Open it in the builder and put that right.")
            % {"what": first["msg"].removeprefix("Value error, "), "place": place or _("the template")}
        ) from error


def problems(version: TemplateVersion) -> tuple[Problem, ...]:
    """What is wrong with the copy that the version itself brings, as the engine says it."""
    spec, today = readable(version), timezone.now().date()
    return engine.check_template(spec, today=today)


def require_fit(version: TemplateVersion) -> None:
    found, wrong = report(version), problems(version)
    if wrong or not found.passes:
        raise NotFit(
            _(
                "This version cannot be published: the checks below that are marked as blocking have to pass first."
            ),
            found,
            wrong,
        )


def _held(version: TemplateVersion) -> TemplateVersion:
    """The version as it is now, with its template's row held until the transaction ends."""
    template = Template.objects.select_for_update().get(pk=version.template_id)
    held: TemplateVersion = TemplateVersion.objects.select_related("published_by").get(pk=version.pk)
    held.template = template
    return held


def _published(held: TemplateVersion, note: str, action: audit.Action, by: User) -> TemplateVersion:
    note = note.strip()[:NOTE]
    template = held.template
    held.publish()
    told = {"note": note or held.note, "published_by": by, "published_at": timezone.now()}
    TemplateVersion.objects.filter(pk=held.pk).update(**told)
    audit.record(action, by=by, target=str(held), note=note)
    held.refresh_from_db()
    held.template = template
    return held


def _done_by_somebody(held: TemplateVersion) -> str:
    who = held.published_by or _("Somebody")
    return _("%(who)s has published version %(number)d already. Nothing was changed.") % {
        "who": who, "number": held.number,
    }  # fmt: skip


def _changed_meanwhile(current: TemplateVersion | None) -> str:
    if current is None:
        return _("This template was retired in the meantime. Look at its versions again.")
    return _("%(who)s published version %(number)d in the meantime. Look at it first.") % {
        "who": current.published_by or _("Somebody"), "number": current.number,
    }  # fmt: skip
