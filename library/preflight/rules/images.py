"""Pictures: weight, sharpness, formats, licence, movement, and the mail without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.preflight.rules.addresses import NOT_TRIED, host_of, within
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.page import Element
from library.preflight.rules.registry import rule
from library.preflight.rules.structure import excerpt
from library.preflight.rules.subject import Picture, Subject

CHAPTER = "images"
#: Bytes. 200 KB is Email on Acid's advice; Braze refuses 5 MB, and a megabyte is a long wait on a train.
HEAVY, TOO_HEAVY, ALL_HEAVY = 200 * 1024, 1024 * 1024, 1536 * 1024
#: File pixels for one CSS pixel.
SHARP, WASTEFUL = 2.0, 3.0
#: Words of the body, footer aside, without which a mail is a picture with nothing to read.
SOME_WORDS, FEW_WORDS = 10, 30
#: WCAG 2.2, 2.3.1 and 2.2.2.
FLASHES, CALM_SECONDS = 3, 5.0
_KB = 1024


def _source(picture: Element) -> str:
    return picture.attrs.get("src", "")


def _hit(
    subject: Subject, picture: Element, words: Words, severity: Severity | None = None, **params: str | float
) -> Hit:
    place = subject.places.of_text(_source(picture))
    if not place.path:
        place = subject.places.of(picture)
    name = excerpt(picture)
    return Hit(
        words,
        {"excerpt": name, **params},
        place.path,
        "src" if place.path else "",
        _source(picture),
        severity,
    )


def _known(subject: Subject) -> Iterator[tuple[Element, Picture]]:
    for picture in subject.page.pictures:
        if found := subject.pictures.get(_source(picture)):
            yield picture, found


@rule(
    "PF16", Severity.BLOCK, _("Picture formats that are dropped"),
    _("Gmail and Outlook show neither SVG nor pictures written into the mail itself."), chapter=CHAPTER,
)  # fmt: skip
def shown_formats(subject: Subject) -> Iterator[Hit]:
    words = Words(
        _("The picture “%(excerpt)s” is of a kind that Gmail and Outlook do not show."),
        _("Use a JPEG, PNG or GIF of the gallery."),
    )
    for picture in subject.page.pictures:
        if re.match(r"data:|.*\.svgz?(?:$|[?#])", _source(picture), re.IGNORECASE):
            yield _hit(subject, picture, words)
    for drawing in subject.page.all("svg"):
        yield Hit(words, {"excerpt": excerpt(drawing)})


@rule(
    "PF17", Severity.WARN, _("Young picture formats"),
    _("Outlook for Windows shows neither WebP nor AVIF."), chapter=CHAPTER,
)  # fmt: skip
def young_formats(subject: Subject) -> Iterator[Hit]:
    for picture in subject.page.pictures:
        answered = subject.links.get(_source(picture))
        kind = answered.content_type if answered else ""
        if kind in ("image/webp", "image/avif") or re.search(
            r"\.(?:webp|avif)(?:$|[?#])", _source(picture), re.IGNORECASE
        ):
            words = Words(
                _("Outlook for Windows does not show the picture “%(excerpt)s”."),
                _("Put it into the gallery, which turns it into a JPEG or PNG."),
            )
            yield _hit(subject, picture, words)


@rule(
    "PF18", Severity.WARN, _("First frame of an animation"),
    _("Outlook shows the first frame of a moving picture and stops: it has to carry the message."), chapter=CHAPTER,
)  # fmt: skip
def animations_begin_well(subject: Subject) -> Iterator[Hit]:
    for picture, known in _known(subject):
        if known.motion:
            words = Words(
                _("Outlook shows only the first frame of the moving picture “%(excerpt)s”."),
                _("Look at its first frame: if it says what the mail needs, tick this."),
            )
            yield _hit(subject, picture, words)


@rule(
    "PF25", Severity.BLOCK, _("Weight of pictures"),
    _("A picture over 200 KB keeps people waiting, one over 1 MB is not waited for. All together should stay under 1.5 MB."),
    chapter=CHAPTER,
)  # fmt: skip
def weights(subject: Subject) -> Iterator[Hit]:
    total = {}
    for picture, known in _known(subject):
        total[known.slug] = known.weight
        if known.weight > HEAVY:
            words = Words(
                _("The picture “%(excerpt)s” weighs %(size)d KB."),
                _("Choose a smaller one: 200 KB is enough for any."),
            )
            severity = Severity.BLOCK if known.weight > TOO_HEAVY else Severity.WARN
            yield _hit(subject, picture, words, severity, size=known.weight // _KB)
    if sum(total.values()) > ALL_HEAVY:
        words = Words(
            _("All pictures together weigh %(size)d KB."), _("Take some out, or choose smaller ones.")
        )
        yield Hit(words, {"size": sum(total.values()) // _KB}, severity=Severity.WARN)


@rule(
    "PF26", Severity.INFO, _("Sharpness of pictures"),
    _("On a good screen a picture needs twice the pixels it is shown in; more than three times is wasted."), chapter=CHAPTER,
)  # fmt: skip
def sharpness(subject: Subject) -> Iterator[Hit]:
    for picture, known in _known(subject):
        shown = picture.attrs.get("width", "").removesuffix("px")
        if not shown.isdigit() or int(shown) == 0 or known.motion:
            continue
        ratio = known.width / int(shown)
        if ratio < SHARP:
            fix = _("Choose one that is at least %(wants)d pixels wide.")
            words = Words(_("The picture “%(excerpt)s” is %(has)d pixels wide and looks soft."), fix)
            yield _hit(subject, picture, words, has=known.width, wants=int(shown) * 2)
        elif ratio > WASTEFUL:
            fix = _("%(wants)d pixels are enough.")
            words = Words(_("The picture “%(excerpt)s” is %(has)d pixels wide, more than anybody sees."), fix)
            yield _hit(subject, picture, words, has=known.width, wants=int(shown) * 2)


@rule(
    "PF27", Severity.BLOCK, _("The mail without pictures"),
    _("Many see mails without pictures first, or never with them: what matters must be there in words."), chapter=CHAPTER,
)  # fmt: skip
def readable_without(subject: Subject) -> Iterator[Hit]:
    if not subject.page.pictures:
        return
    said = " ".join(each.own_text for each in subject.page.texts if id(each) not in subject.page.small_print)
    count = len(re.findall(r"\w{2,}", said))
    if count < FEW_WORDS:
        words = Words(
            _("Without its pictures the mail says %(count)d words."),
            _("Write what it is about, until when and where to click as words beside the picture."),
        )
        yield Hit(words, {"count": count}, severity=Severity.BLOCK if count < SOME_WORDS else Severity.WARN)


@rule(
    "PF28", Severity.BLOCK, _("Where pictures come from"),
    _("Pictures are served over https, from the gallery or from addresses your brand allows, and they are there."),
    chapter=CHAPTER,
)  # fmt: skip
def sources(subject: Subject) -> Iterator[Hit]:
    for picture in subject.page.pictures:
        source = _source(picture)
        if (
            source.startswith("data:")
            or not source
            or source in subject.pictures
            or _is_ours(subject, source)
        ):
            continue
        yield from _source_from_elsewhere(subject, picture, source)


def _is_ours(subject: Subject, source: str) -> bool:
    logos = (subject.context.theme.logo_url, subject.context.theme.logo_dark_url)
    return source in logos or bool(subject.gallery and source.startswith(f"{subject.gallery}/"))


def _source_from_elsewhere(subject: Subject, picture: Element, source: str) -> Iterator[Hit]:
    choose = _("Put the picture into the gallery and choose it there.")
    host, allowed = host_of(source), subject.brand.image_domains
    if not source.startswith("https://"):
        yield _hit(subject, picture, Words(_("The picture “%(excerpt)s” does not come over https."), choose))
    if allowed and not within(host, allowed):
        words = Words(
            _("The picture “%(excerpt)s” comes from %(host)s, which your brand does not allow."), choose
        )
        yield _hit(subject, picture, words, host=host)
    answered = subject.links.get(source)
    if answered is None:
        return
    if answered.trouble and answered.trouble not in NOT_TRIED:
        yield _hit(
            subject, picture, Words(_("Nothing was found where the picture “%(excerpt)s” should be."), choose)
        )
    elif answered.status is not None and answered.status >= 400:  # noqa: PLR2004 - RFC 9110: an error
        words = Words(_("The picture “%(excerpt)s” is not there (answer %(status)d)."), choose)
        yield _hit(subject, picture, words, status=answered.status)
    elif answered.content_type and not answered.content_type.startswith("image/"):
        words = Words(_("What stands where the picture “%(excerpt)s” should be is no picture."), choose)
        yield _hit(subject, picture, words)


@rule(
    "PF46", Severity.BLOCK, _("Moving pictures"),
    _("More than three flashes a second can hurt people; what moves for more than five seconds draws them away from reading (WCAG 2.2)."),
    chapter=CHAPTER,
)  # fmt: skip
def calm_motion(subject: Subject) -> Iterator[Hit]:
    for picture, known in _known(subject):
        if known.motion is None:
            continue
        if known.motion.flashes > FLASHES:
            words = Words(
                _("The picture “%(excerpt)s” flashes %(flashes)d times a second."),
                _("Choose another one: flashes can bring on seizures."),
            )
            yield _hit(subject, picture, words, flashes=known.motion.flashes)
        elif known.motion.endless or known.motion.seconds > CALM_SECONDS:
            words = Words(
                _("The picture “%(excerpt)s” moves for more than five seconds."),
                _("Choose one that comes to rest, or one that stands still."),
            )
            yield _hit(subject, picture, words, Severity.WARN)


@rule(
    "PF90", Severity.BLOCK, _("Right to use pictures"),
    _("A picture whose licence has ended when the mail arrives, or that was recalled, may not be sent."), chapter=CHAPTER,
    floor=True,
)  # fmt: skip
def licences(subject: Subject) -> Iterator[Hit]:
    other = _("Choose another picture.")
    for picture, known in _known(subject):
        if known.recalled:
            words = Words(_("The picture “%(excerpt)s” was recalled: %(reason)s"), other)
            yield _hit(subject, picture, words, reason=known.recalled)
        elif known.licensed_until and known.licensed_until < subject.sent.date():
            words = Words(
                _("The licence of the picture “%(excerpt)s” ends on %(day)s, before the mail arrives."), other
            )
            yield _hit(subject, picture, words, day=known.licensed_until.isoformat())
        elif known.licensed_until and (known.licensed_until - subject.sent.date()).days < 14:  # noqa: PLR2004 - two weeks
            words = Words(
                _("The licence of the picture “%(excerpt)s” ends on %(day)s; mails are opened later too."),
                other,
            )
            yield _hit(subject, picture, words, Severity.WARN, day=known.licensed_until.isoformat())
