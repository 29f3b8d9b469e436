"""Pre-flight of a module: over the extremes of its fields, and only what the module itself is to blame for."""

from __future__ import annotations

from datetime import date

from library import engine
from library.models import Image
from library.modules.fault import Fault
from library.modules.naming import EXAMPLE_PICTURE
from library.modules.samples import PLACE, alone, samples
from library.preflight import Finding, wording
from library.preflight.versions import report_on

_PLAIN = engine.ModuleSpec(
    slug="plain",
    name="Plain",
    mjml="<mj-section><mj-column><mj-text>A line of plain words, and nothing besides.</mj-text></mj-column></mj-section>",
    text="A line of plain words, and nothing besides.",
)


def against(module: engine.ModuleSpec, *, today: date) -> tuple[Fault, ...]:
    """What blocks it. What stands against a mail of plain words too is the brand's to mend, not the module's."""
    seen = report_on(alone(module, samples(module, picture=sample_picture(), today=today)))
    own = [each for each in seen.blockers if not each.path.startswith("envelope")]
    if any(not each.path for each in own):
        anyhow = {each.rule for each in report_on(alone(_PLAIN)).blockers if not each.path}
        own = [each for each in own if each.path or each.rule not in anyhow]
    return (*(Fault("mjml", None, fault) for fault in seen.faults), *(_fault(each, module) for each in own))


def sample_picture() -> str:
    """A picture of the brand's gallery that fills a mail, by its slug; an address where it has none."""
    large = Image.objects.filter(group=None, recalled_at=None, width__gte=600)
    return large.values_list("slug", flat=True).first() or EXAMPLE_PICTURE


def _fault(finding: Finding, module: engine.ModuleSpec) -> Fault:
    """At its field, where it has one."""
    what, fix = f"{finding.rule}: {wording.message(finding)}", wording.fix(finding)
    keys = [field.key for field in module.fields]
    place, _dot, key = finding.path.partition(".")
    if place == PLACE and key in keys:
        return Fault("fields", None, what, fix, f"fields.{keys.index(key)}")
    return Fault("mjml", None, what, fix)
