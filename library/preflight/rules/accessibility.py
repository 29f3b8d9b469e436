"""WCAG 2.2 as it applies to mail: language, structure, pictures and links in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from library.engine.fields import ImageValue
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.page import Element
from library.preflight.rules.registry import rule
from library.preflight.rules.structure import hit_at
from library.preflight.rules.subject import Subject

CHAPTER = "accessibility"
LONG_ALT = 125
_ASK = _("Ask whoever looks after the templates to change the part.")
_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp)|(?:img|dsc|image|screenshot|bild)[\s_-]*\d+", re.IGNORECASE
)
_SAYS_NOTHING = frozenset(
    {"image", "picture", "photo", "graphic", "logo", "bild", "foto", "grafik", "spacer", "untitled"}
)
#: What a link says that says nothing, in the languages mails are written in here.
BARE_LINKS = frozenset(
    (
        "click here", "click", "here", "this", "this link", "link", "more", "read more", "see more", "tap here", "press here",
        "hier", "hier klicken", "klicken sie hier", "klick hier", "klicke hier", "link", "mehr", "weiter", "weiterlesen",
    )
)  # fmt: skip
_WRITING = {
    "arabic": (re.compile(r"[\u0600-\u06ff\u0750-\u077f]"), {"ar", "fa", "ur", "ps", "ckb"}),
    "hebrew": (re.compile(r"[\u0590-\u05ff]"), {"he", "iw", "yi"}),
    "cyrillic": (re.compile(r"[\u0400-\u04ff]"), {"ru", "uk", "bg", "sr", "mk", "be", "kk"}),
    "greek": (re.compile(r"[\u0370-\u03ff]"), {"el"}),
    "east asian": (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), {"zh", "ja", "ko"}),
}
_LETTERS = re.compile(r"[^\W\d_]")


@rule(
    "PF33", Severity.BLOCK, _("Language and direction"),
    _("Screen readers choose a voice by the language. It stands on the mail and on a box inside, for programs that drop the outermost."),
    chapter=CHAPTER,
)  # fmt: skip
def language_is_said(subject: Subject) -> Iterator[Hit]:
    root = next(iter(subject.page.all("html")), None)
    if root is None or not root.attrs.get("lang") or not root.attrs.get("dir"):
        yield Hit(Words(_("The mail does not say its language and direction."), _ASK))
    inner = (each for each in subject.page.body if each.tag in ("div", "table", "td", "body"))
    if not any(each.attrs.get("lang") and each.attrs.get("dir") for each in inner):
        yield Hit(Words(_("No box inside the mail says its language and direction."), _ASK))


@rule(
    "PF34", Severity.WARN, _("Words in another language"),
    _("Words in another writing than the mail's language are read aloud as nonsense."), chapter=CHAPTER,
)  # fmt: skip
def languages_agree(subject: Subject) -> Iterator[Hit]:
    language = subject.context.profile.language.split("-", maxsplit=1)[0].lower()
    for each in subject.open_fields:
        if not isinstance(each.value, str) or each.field.type not in ("text", "rich_text"):
            continue
        text = re.sub(r"<[^>]*>", "", each.value)
        letters = len(_LETTERS.findall(text))
        for writing, languages in _WRITING.values():
            if language not in languages and letters and len(writing.findall(text)) > letters / 2:
                words = Words(
                    _("This is not written in the language of the mail (%(language)s)."),
                    _(
                        "Write it in that language, or have the language of your group changed in its profile."
                    ),
                )
                yield Hit(words, {"language": language}, each.path, subject=text[:80])


@rule(
    "PF35", Severity.WARN, _("Title"),
    _("The title is what a screen reader and a browser tab call the mail."), chapter=CHAPTER,
)  # fmt: skip
def there_is_a_title(subject: Subject) -> Iterator[Hit]:
    title = next(iter(subject.page.all("title")), None)
    if title is None or not title.own_text:
        yield Hit(
            Words(_("The mail has no title."), _("Write a subject: it becomes the title.")),
            path="envelope.subject",
        )


@rule(
    "PF36", Severity.BLOCK, _("Tables for layout"),
    _("Tables that only place things must say so, or a screen reader counts rows and columns aloud."), chapter=CHAPTER,
)  # fmt: skip
def layout_tables_say_so(subject: Subject) -> Iterator[Hit]:
    for table in subject.page.all("table"):
        is_data = any(each.tag == "th" for each in table.descendants())
        if table.attrs.get("role") not in ("presentation", "none") and not is_data:
            words = Words(_("The table round “%(excerpt)s” is read aloud as data."), _ASK)
            yield hit_at(subject, table, words)


@rule(
    "PF37", Severity.BLOCK, _("Descriptions of pictures"),
    _("Who cannot see a picture hears its description. Only decoration goes without."), chapter=CHAPTER,
)  # fmt: skip
def pictures_are_described(subject: Subject) -> Iterator[Hit]:
    for picture in subject.page.pictures:
        alt = picture.attrs.get("alt")
        place = subject.places.of_text(picture.attrs.get("src", ""))
        said = (alt or "").strip()
        if alt is None or (not said and _is_told(subject, place.path)):
            words = Words(
                _("The picture “%(excerpt)s” has no description."),
                _("Write in a few words what it shows, or mark it as decoration."),
            )
        elif _FILE.fullmatch(said) or said.lower() in _SAYS_NOTHING:
            words = Words(
                _("“%(excerpt)s” does not say what the picture shows."),
                _("Describe it as you would on the telephone."),
            )
        else:
            if len(said) > LONG_ALT:
                yield _long_description(place.path, said)
            continue
        hit = hit_at(subject, picture, words)
        yield Hit(
            words,
            hit.params,
            place.path or hit.path,
            "alt" if place.path else hit.part,
            picture.attrs.get("src", ""),
        )


def _long_description(path: str, said: str) -> Hit:
    words = Words(
        _("The description of the picture has %(count)d characters."),
        _("Keep it under 125; say the rest in the text."),
    )
    return Hit(words, {"count": len(said)}, path, "alt" if path else "", said, Severity.WARN)


def _is_told(subject: Subject, path: str) -> bool:
    """Whether the picture of this field is meant to tell something: it is not marked as decoration."""
    value = next((each.value for each in subject.fields if each.path == path), None)
    if not isinstance(value, ImageValue) or value.decorative:
        return False
    known = subject.context.images.get(value.src)
    return known is None or not known.decorative


@rule(
    "PF38", Severity.BLOCK, _("Pictures that are links"),
    _("A picture that can be clicked must say where it leads; otherwise a screen reader spells its address."), chapter=CHAPTER,
)  # fmt: skip
def links_have_names(subject: Subject) -> Iterator[Hit]:
    for link in subject.page.links:
        pictures = [each for each in link.descendants() if each.tag == "img"]
        named = link.words or link.attrs.get("aria-label") or link.attrs.get("title")
        if not named and not any(each.attrs.get("alt", "").strip() for each in pictures):
            words = Words(
                _("A link to %(address)s has no words."),
                _("Describe its picture by where it leads, or give it a label."),
            )
            found = hit_at(subject, link, words, address=link.attrs["href"][:80])
            yield Hit(words, found.params, found.path, found.part, link.attrs["href"])


@rule(
    "PF39", Severity.WARN, _("Words of links"),
    _("Links are read out one after the other: “here” five times leads nowhere."), chapter=CHAPTER,
)  # fmt: skip
def links_say_where(subject: Subject) -> Iterator[Hit]:
    for link in subject.page.links:
        said = re.sub(r"[\s.!:›»→>]+$", "", link.words).lower()
        if said in BARE_LINKS:
            words = Words(
                _("The link “%(excerpt)s” does not say where it leads."),
                _("Name what is behind it, such as “See the winter menu”."),
            )
            yield hit_at(subject, link, words)
        elif re.match(r"https?://\S{20,}", said):
            words = Words(
                _("“%(excerpt)s” is an address, not words."), _("Link words that say what is behind it.")
            )
            yield hit_at(subject, link, words)


@rule(
    "PF41", Severity.WARN, _("Links in a text"),
    _("Links inside a text are told apart by an underline, not by colour alone."), chapter=CHAPTER,
)  # fmt: skip
def links_are_underlined(subject: Subject) -> Iterator[Hit]:
    for link in subject.page.links:
        around = link.parent.own_text if link.parent else ""
        plain = link.style.get("text-decoration", "underline").startswith("none")
        if plain and len(around) > len("Visit ") and link.words and "border-bottom" not in link.style:
            yield hit_at(
                subject,
                link,
                Words(_("The link “%(excerpt)s” differs from the text by its colour alone."), _ASK),
            )


@rule(
    "PF42", Severity.WARN, _("Headings"),
    _("Headings are how people who listen find their way: one main heading, and no step left out."), chapter=CHAPTER,
)  # fmt: skip
def headings_are_steps(subject: Subject) -> Iterator[Hit]:
    headings = [each for each in subject.page.body if re.fullmatch(r"h[1-6]", each.tag) and each.words]
    main = [each for each in headings if each.tag == "h1"]
    if len(main) != 1:
        yield Hit(
            Words(_("The mail has %(count)d main headings (h1) instead of one."), _ASK), {"count": len(main)}
        )
    for before, after in pairwise(headings):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            words = Words(_("The heading “%(excerpt)s” leaves a level out."), _ASK)
            yield hit_at(subject, after, words)


def is_button(link: Element) -> bool:
    """Painted like one: a ground of its own on the link, or on the cell that holds nothing else."""
    cell = next((each for each in link.ancestors() if each.tag in ("td", "th", "div")), None)
    painted = "background" in link.style or "background-color" in link.style
    return painted or (cell is not None and cell.words == link.words and "bgcolor" in cell.attrs)
