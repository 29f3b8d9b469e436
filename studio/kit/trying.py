"""A new look beside the one in use: renderings of templates, and what the new one would break."""

from __future__ import annotations

from dataclasses import dataclass

from branding.models import Theme
from campaigns.models import Campaign
from groups.models import Group
from library import engine
from library.context import context_for, theme_of
from library.models import Template
from library.preflight import Finding, examine
from library.preflight.loading import subject_for
from library.preflight.wording import fix, message
from studio.kit import look


@dataclass(frozen=True)
class Trouble:
    """A finding of pre-flight in the reader's words."""

    severity: str
    message: str
    fix: str


def group_for_pictures() -> Group | None:
    """Whose mails are shown: the first group that sends."""
    found: Group | None = Group.objects.locations().first() or Group.objects.first()
    return found


def mail_in(theme: Theme, template: Template, group: Group) -> engine.Email:
    """The published version with its own words, in this look. RenderError as engine.render."""
    spec = _spec(template)
    values = engine.defaults(spec)
    return engine.render(spec, values, _context(theme, spec, values, group))


def new_troubles(theme: Theme, template: Template, group: Group) -> list[Trouble]:
    """What pre-flight finds in the draft's look and not in the one in use."""
    before, after = (_findings(each, template, group) for each in (theme, look.tried(theme)))
    known = {_mark(finding) for finding in before}
    return [
        Trouble(finding.severity.value, message(finding), fix(finding))
        for finding in after
        if _mark(finding) not in known
    ]


def scheduled_count() -> int:
    """Campaigns that are on their way, in the look they were sealed with."""
    count: int = Campaign.objects.filter(status=Campaign.Status.SCHEDULED).count()
    return count


def _spec(template: Template) -> engine.TemplateSpec:
    assert template.current is not None  # noqa: S101 - callers ask for templates with a published version
    return template.current.engine_spec()


def _context(
    theme: Theme, spec: engine.TemplateSpec, values: engine.Values, group: Group
) -> engine.RenderContext:
    return context_for(group, spec, values).model_copy(update={"theme": theme_of(theme)})


def _findings(theme: Theme, template: Template, group: Group) -> tuple[Finding, ...]:
    spec = _spec(template)
    values = engine.defaults(spec)
    context = _context(theme, spec, values, group)
    return examine(subject_for(spec, values, group, context=context, about="template"))


def _mark(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.path, finding.part, finding.words.message
