"""What keeps a campaign from going out, each with its place and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from audiences.errors import AudienceError
from audiences.services import rule_for
from campaigns.content import variation_of
from campaigns.models import Campaign
from library import engine
from library.context import gallery
from workspace.errors import NotConnected
from workspace.models import Workspace
from workspace.services import connected

AUDIENCE, WHEN, TEMPLATE, CONNECTION = "audience", "when", "template", "connection"


@dataclass(frozen=True)
class Finding:
    """`place` is a field's path, or one of the places above; `step` is the composer's step that shows it."""

    place: str
    step: str
    message: str


def findings(campaign: Campaign) -> tuple[Finding, ...]:
    """Empty when the campaign may be scheduled or submitted."""
    return (*_template(campaign), *_fields(campaign), *_connection(campaign), *_time(campaign))


def _fields(campaign: Campaign) -> list[Finding]:
    problems = engine.check(campaign.template_version.engine_spec(), campaign.values, images=gallery())
    return [Finding(problem.path, problem.path.split(".")[0], words(problem)) for problem in problems]


def words(problem: engine.Problem) -> str:
    """The engine's message in the reader's language."""
    return _(problem.template) % problem.params


def _template(campaign: Campaign) -> list[Finding]:
    if campaign.template_version.is_published:
        return []
    name = campaign.template_version.template.name
    message = _("“%(template)s” was retired by your brand. Start again from another template.") % {
        "template": name
    }
    return [Finding(TEMPLATE, "check", message)]


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
