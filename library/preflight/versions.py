"""Pre-flight over a template version: every extreme of its fields, for groups that tell much, little and nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language_info

from groups.models import Group
from library import engine
from library.context import context_for
from library.models import Image, TemplateVersion
from library.preflight import following
from library.preflight.loading import Surroundings
from library.preflight.rules.examine import examine
from library.preflight.rules.finding import Finding, Severity

#: Under this name the template's own copy is looked at.
DEFAULTS = "defaults"
#: The mail's language under an extreme that is written in another one.
_LANGUAGES = {"german": "de", "arabic": "ar"}
#: Pixels of a picture that fills a mail.
_WIDE = 600


@dataclass(frozen=True)
class Seen:
    """One rendering: which extreme of the fields, for which kind of group."""

    extreme: str
    profile: str

    def __str__(self) -> str:
        return f"{self.extreme}/{self.profile}"


@dataclass(frozen=True)
class Report:
    """Each finding once, with the renderings (“longest/full”) it appears in; `faults` could not be rendered at all."""

    findings: tuple[Finding, ...]
    seen: tuple[Seen, ...]
    faults: tuple[str, ...] = ()

    @cached_property
    def blockers(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.BLOCK)

    @property
    def passes(self) -> bool:
        """Whether nothing stands against publishing."""
        return not self.blockers and not self.faults


def report(version: TemplateVersion) -> Report:
    """Examine the version as its extremes would be sent by a typical group, and ones with the fullest and no profile."""
    return report_on(version.engine_spec())


def report_on(spec: engine.TemplateSpec) -> Report:
    """The same for a spec that is no row yet."""
    group = _typical()
    if group is None:
        return Report((), ())
    surroundings = Surroundings(group)
    found: list[Finding] = []
    seen: list[Seen] = []
    faults: dict[str, None] = {}
    addresses: set[str] = set()
    for sight, values, context in _sights(spec, group):
        try:
            email = engine.render(spec, values, context, marked=True)
        except engine.RenderError as error:
            faults[str(error)] = None
            continue
        seen.append(sight)
        subject = surroundings.subject(spec, values, context, email, about="template")
        found += [replace(each, seen_in=(str(sight),)) for each in examine(subject)]
        addresses |= set(subject.addresses)
    following.ask(addresses)
    return Report(_merged(found), tuple(seen), tuple(faults))


def _typical() -> Group | None:
    """A group that sends; the top of the tree where none does yet."""
    found: Group | None = (
        Group.objects.locations().order_by("pk").first() or Group.objects.order_by("pk").first()
    )
    return found


def _sights(
    spec: engine.TemplateSpec, group: Group
) -> Iterator[tuple[Seen, dict[str, Any], engine.RenderContext]]:
    for extreme, values in {
        DEFAULTS: engine.defaults(spec),
        **engine.extremes(spec, picture=_picture()),
    }.items():
        context = context_for(group, spec, values)
        own = context.profile
        for name, profile in {"typical": own, "full": _full(own), "bare": _bare(own)}.items():
            spoken = _in_language(profile, _LANGUAGES.get(extreme, profile.language))
            yield Seen(extreme, name), dict(values), context.model_copy(update={"profile": spoken})


def _picture() -> str:
    """A slug of the brand's gallery for pictures that people choose; empty where there is none."""
    large = Image.objects.filter(group=None, recalled_at=None, animated=False, width__gte=_WIDE)
    return str(large.values_list("slug", flat=True).first() or "")


def _in_language(profile: engine.Profile, language: str) -> engine.Profile:
    direction = "rtl" if get_language_info(language.split("-", maxsplit=1)[0])["bidi"] else "ltr"
    return profile.model_copy(update={"language": language, "direction": direction})


def _full(profile: engine.Profile) -> engine.Profile:
    """Everything told, and at length."""
    return profile.model_copy(
        update={
            "name": "Llanfairpwllgwyngyll and the Menai Bridge",
            "street": "Unit 17, The Old Corn Exchange, 128–132 Northumberland Street",
            "city": "Newcastle upon Tyne",
            "phone": profile.phone or "+44 1632 960123",
            "phone_href": profile.phone_href or "tel:+441632960123",
            "website": profile.website or "https://www.example.org/places/llanfairpwllgwyngyll",
            "map_url": profile.map_url or "https://maps.example.org/places/llanfairpwllgwyngyll",
            "opening_hours": ("Monday to Thursday 7.00–18.00", "Friday 7.00–20.30", "Saturday and Sunday 8.00–17.00"),
            "manager": "Wilhelmina Featherstonehaugh-Cholmondeley",
        }
    )  # fmt: skip


def _bare(profile: engine.Profile) -> engine.Profile:
    """Only what nobody sends without."""
    told = {
        "name",
        "code",
        "sender_name",
        "sender_address",
        "reply_to",
        "country",
        "country_name",
        "language",
    }
    told |= {"direction", "street", "city", "postcode", "region"}
    return engine.Profile(**profile.model_dump(include=told))


def _merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    once: dict[tuple[str, str, str, str], Finding] = {}
    for each in found:
        key = (each.rule, each.path, each.part, each.message)
        known = once.get(key)
        once[key] = replace(known, seen_in=known.seen_in + each.seen_in) if known else each
    return tuple(sorted(once.values(), key=lambda each: -each.severity.weight))
