"""What keeps a campaign from going out or wants a second look, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from audiences.errors import AudienceError
from audiences.services import rule_for
from campaigns.content import variation_of
from campaigns.models import Campaign
from campaigns.open_points import open_points
from library import engine, preflight
from library.context import gallery
from library.models import Template
from library.preflight import Severity, wording
from library.preflight.loading import subject_for
from workspace.errors import NotConnected
from workspace.models import Workspace
from workspace.services import connected

AUDIENCE, WHEN, TEMPLATE, CONNECTION = "audience", "when", "template", "connection"


@dataclass(frozen=True)
class Finding:
    """`place` is a field's path, or one of the places above; `step` is the composer's step that shows it.

    `rule` and `subject_hash` are those of pre-flight (library.preflight), empty for what concerns the campaign alone.
    """

    place: str
    step: str
    message: str
    fix: str = ""
    severity: Severity = Severity.BLOCK
    rule: str = ""
    subject_hash: str = ""
    may_be_let_pass: bool = False


@dataclass(frozen=True)
class Examined:
    """All that was found, apart by what it means for going out."""

    blocking: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    #: Web addresses in the mail, for library.preflight.following.
    addresses: tuple[str, ...] = ()


def findings(campaign: Campaign) -> tuple[Finding, ...]:
    """What blocks: empty when the campaign may be scheduled or submitted."""
    return examined(campaign).blocking


def examined(campaign: Campaign, email: engine.Email | None = None) -> Examined:
    """Every check there is. `email` is the campaign's mail with its marks, where somebody has rendered it already."""
    own = (*_template(campaign), *_fields(campaign), *_connection(campaign), *_time(campaign))
    subject = subject_for(
        campaign.template_version.engine_spec(), campaign.values, campaign.group,
        send_at=campaign.send_at, email=email,
    )  # fmt: skip
    found = (*own, *_left_open(campaign), *_preflight(campaign, own, subject))
    by_severity = {each: tuple(one for one in found if one.severity is each) for each in Severity}
    return Examined(
        by_severity[Severity.BLOCK], by_severity[Severity.WARN], by_severity[Severity.INFO], tuple(subject.addresses)
    )  # fmt: skip


def _preflight(campaign: Campaign, own: Iterable[Finding], subject: preflight.Subject) -> Iterator[Finding]:
    """Less what a brand admin has let pass, and what the field itself says better."""
    passed = set(campaign.bypasses.values_list("rule", "subject_hash"))
    said = {each.place for each in own}
    for found in preflight.examine(subject):
        if (found.rule, found.subject_hash) not in passed and not (found.path and found.path in said):
            yield Finding(
                found.path, found.path.split(".")[0] or "check", wording.message(found), wording.fix(found),
                found.severity, found.rule, found.subject_hash, preflight.can_bypass(found),
            )  # fmt: skip


def _left_open(campaign: Campaign) -> list[Finding]:
    """What a newer version of the template left for a person to decide."""
    points = open_points(campaign)
    return [Finding(point.path, point.place, f"{point.label}: {point.words}") for point in points]


def _fields(campaign: Campaign) -> list[Finding]:
    spec, today = campaign.template_version.engine_spec(), timezone.localdate(timezone=campaign.group.zone)
    images = gallery(engine.image_slugs(spec, campaign.values), campaign.group)
    problems = engine.check(spec, campaign.values, images=images, today=today)
    return [Finding(problem.path, problem.path.split(".")[0], words(problem)) for problem in problems]


def words(problem: engine.Problem) -> str:
    """The engine's message in the reader's language."""
    return _(problem.template) % problem.params


def _template(campaign: Campaign) -> list[Finding]:
    """What was handed in stays on its version; nothing new goes out with one that is no longer published."""
    template, status = campaign.template_version.template, campaign.status
    if status == Campaign.Status.SCHEDULED:
        return []
    name = {"template": template.name}
    return [Finding(TEMPLATE, "check", message % name) for message in _of_template(campaign, template)]


def _of_template(campaign: Campaign, template: Template) -> Iterator[str]:
    if template.current is None:
        yield _("“%(template)s” was retired by your brand. Start again from another template.")
    elif not campaign.template_version.is_published and campaign.status != Campaign.Status.APPROVED:
        yield _("Your brand has published a newer version of “%(template)s”. Take it over first.")
    if not template.holds_at(campaign.send_at or timezone.now()):
        yield _("“%(template)s” is not offered on the day of the send. Choose another time or template.")
    if not Template.objects.filter(pk=template.pk).shown_to(campaign.group).exists():
        yield _("“%(template)s” is not offered to your group any more. Start again from another template.")


def _connection(campaign: Campaign) -> list[Finding]:
    try:
        workspace = connected()
    except NotConnected as error:
        return [Finding(CONNECTION, "check", str(error))]
    return [*_audience(campaign, workspace), *_variation(campaign, workspace)]


def _audience(campaign: Campaign, workspace: Workspace) -> list[Finding]:
    try:
        rule_for(campaign.group, campaign.segment, workspace)
    except AudienceError as error:
        return [Finding(AUDIENCE, AUDIENCE, str(error))]
    return []


def _variation(campaign: Campaign, workspace: Workspace) -> list[Finding]:
    if variation_of(campaign.group, workspace)[0]:
        return []
    message = _(
        "%(group)s has no Braze message variation, and the brand has no default. An administrator sets one."
    )
    return [Finding(CONNECTION, "check", message % {"group": campaign.group.name})]


def _time(campaign: Campaign) -> list[Finding]:
    if campaign.send_at is None or campaign.send_at > timezone.now():
        return []
    return [Finding(WHEN, WHEN, _("The chosen time has passed. Choose a new one."))]
