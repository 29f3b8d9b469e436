"""Contrast, by light and by dark."""

from __future__ import annotations

from collections.abc import Iterator

from library.preflight.rules import looks
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.looks import Painted
from library.preflight.rules.registry import rule
from library.preflight.rules.structure import excerpt
from library.preflight.rules.styles import Colour, colour, contrast
from library.preflight.rules.subject import Subject

CHAPTER = "dark"
#: WCAG 2.2, 1.4.3.
READABLE, READABLE_LARGE = 4.5, 3.0
#: Of a logo on its ground: less is a shadow of itself.
VISIBLE = 2.0


@rule(
    "PF40", Severity.BLOCK, _("Contrast of words"),
    _("Words need a contrast of 4.5 to 1 with their ground, large ones 3 to 1 (WCAG 2.2), in the light look and in the dark one."),
    chapter="accessibility",
)  # fmt: skip
def words_can_be_read(subject: Subject) -> Iterator[Hit]:
    painted_as, seen = subject.looks, set[tuple[str, Colour, Colour]]()
    views = {"light": painted_as.light, "dark": painted_as.apple, "Outlook": painted_as.outlook}
    for name, look in views.items():
        for painted in look.painted() if look else ():
            pair = ("light" if name == "light" else "dark", painted.ink, painted.ground)
            if _is_lost(painted) and pair not in seen:
                seen.add(pair)
                yield _too_faint(subject, painted, is_dark=name != "light")


def _is_lost(painted: Painted) -> bool:
    if not any(char.isalnum() for char in painted.element.own_text):
        return False  # a dot or a line between words is decoration
    needed = READABLE_LARGE if painted.is_large else READABLE
    return contrast(painted.ink, painted.ground) < needed - 0.005


def _too_faint(subject: Subject, painted: Painted, *, is_dark: bool) -> Hit:
    by_light = _("“%(excerpt)s” is hard to read: %(ink)s on %(ground)s has a contrast of %(ratio)s.")
    by_dark = _(
        "“%(excerpt)s” is hard to read in dark mode: %(ink)s on %(ground)s has a contrast of %(ratio)s."
    )
    fix = _("Choose a pair of the brand's colours with a contrast of at least %(needed)s.")
    place = subject.places.of(painted.element)
    params = {
        "excerpt": excerpt(painted.element),
        "ink": str(painted.ink),
        "ground": str(painted.ground),
        "ratio": f"{contrast(painted.ink, painted.ground):.1f}",
        "needed": "3" if painted.is_large else "4.5",
    }
    pair = f"{painted.ink}/{painted.ground}"
    return Hit(Words(by_dark if is_dark else by_light, fix), params, place.path, place.part, pair)


@rule(
    "PF30", Severity.WARN, _("Colours turned by mail programs"),
    _("Outlook.com turns light grounds and dark words, Gmail's apps turn everything. The pairs of colours have to survive it."),
    chapter=CHAPTER,
)  # fmt: skip
def pairs_survive_turning(subject: Subject) -> Iterator[Hit]:
    seen = set()
    for painted in subject.looks.light.painted():
        pair = (painted.ink, painted.ground)
        if pair in seen or _is_lost(painted):
            continue
        seen.add(pair)
        turned = (looks.partly_inverted(painted), looks.wholly_inverted(painted))
        worst = min(contrast(ink, ground) for ink, ground in turned)
        if worst < READABLE_LARGE:
            words = Words(
                _(
                    "“%(excerpt)s” fades to a contrast of %(ratio)s where a mail program turns colours by itself."
                ),
                _("Choose a darker ink on a lighter ground, or the other way round."),
            )
            shown = excerpt(painted.element)
            yield Hit(
                words, {"excerpt": shown, "ratio": f"{worst:.1f}"}, subject=f"{painted.ink}/{painted.ground}"
            )


@rule(
    "PF29", Severity.WARN, _("Logo in the dark"),
    _("A logo that lets the ground through vanishes where the ground turns as dark as itself."), chapter=CHAPTER,
)  # fmt: skip
def logo_holds(subject: Subject) -> Iterator[Hit]:
    theme, logo = subject.context.theme, subject.logo
    if logo is None or not logo.see_through or theme.logo_dark_url or not theme.logo_url:
        return
    drawn = colour(logo.colour)
    dark = subject.looks.apple
    for picture in subject.page.pictures:
        ground = dark.ground(picture) if dark and picture.attrs.get("src") == theme.logo_url else None
        if ground is not None and drawn is not None and contrast(drawn, ground) < VISIBLE:
            words = Words(
                _("The logo can hardly be seen in dark mode."),
                _("Give the brand kit a logo for dark grounds, or one with an outline."),
            )
            yield Hit(words)


@rule(
    "PF31", Severity.INFO, _("Dark look"),
    _("A mail that says it has a dark look is not turned by Apple Mail; Outlook.com has its own marks for it."), chapter=CHAPTER,
)  # fmt: skip
def dark_look_is_declared(subject: Subject) -> Iterator[Hit]:
    declared = any(meta.attrs.get("name") == "color-scheme" for meta in subject.page.all("meta"))
    if not declared or subject.looks.apple is None or subject.looks.outlook is None:
        words = Words(
            _("The mail has no dark look of its own; programs make one up."),
            _("Ask whoever looks after the templates for dark colours in the brand kit."),
        )
        yield Hit(words)
