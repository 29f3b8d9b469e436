"""What mail programs drop or break: Outlook for Windows and Gmail above all. Facts from caniemail.com (MIT), in our words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.page import Element
from library.preflight.rules.registry import rule
from library.preflight.rules.styles import SheetRule, declarations, pixels
from library.preflight.rules.subject import Subject

CHAPTER = "structure"
#: Gmail ignores a style block that is longer.
STYLE_BYTES = 16 * 1024
_ASK = _("Ask whoever looks after the templates to change the part.")
_EXCERPT = 60


def excerpt(element: Element) -> str:
    """A few words by which people find the place."""
    words = element.words or element.attrs.get("alt", "") or element.attrs.get("src", "").rsplit("/", 1)[-1]
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0] + "…"


def hit_at(subject: Subject, element: Element, words: Words, **params: str | float) -> Hit:
    """A finding about an element, led back to the field that filled it; `excerpt` is among the params."""
    place, shown = subject.places.of(element), excerpt(element)
    return Hit(words, {"excerpt": shown, **params}, place.path, place.part, shown)


def lasting(subject: Subject) -> tuple[SheetRule, ...]:
    """Rules of the style sheet that hold outside every media query and outside the compiler's own repairs."""
    own = (".mj-", ".moz-", "#outlook", ".ExternalClass", "[data-ogs", ":root")
    return tuple(each for each in subject.page.sheet if not each.media and not each.selector.startswith(own))


@rule(
    "PF03", Severity.WARN, _("Style blocks"),
    _("Gmail reads style blocks in the head only, and none that is longer than 16 KB."), chapter=CHAPTER,
)  # fmt: skip
def style_blocks(subject: Subject) -> Iterator[Hit]:
    for style in subject.page.all("style"):
        if any(above.tag == "body" for above in style.ancestors()):
            yield Hit(Words(_("A style block stands in the body, where Gmail ignores it."), _ASK))
        size = sum(len(piece.encode()) for piece in style.pieces if isinstance(piece, str))
        if size > STYLE_BYTES:
            words = Words(_("A style block has %(size)d KB; Gmail ignores those over 16 KB."), _ASK)
            yield Hit(words, {"size": size // 1024})


@rule(
    "PF04", Severity.WARN, _("Looks without the style sheet"),
    _("Gmail drops style sheets for some accounts. Colours, sizes and widths must stand on the elements themselves."),
    chapter=CHAPTER,
)  # fmt: skip
def looks_are_inline(subject: Subject) -> Iterator[Hit]:
    essential = ("color", "background", "background-color", "font-size", "width")
    for each in lasting(subject):
        if not re.search(r"[.#][\w-]", each.selector):
            continue
        wanted = [name for name in essential if name in each.declarations]
        bare = [
            element for element in subject.page.matching(each.selector) if not all(name in element.style for name in wanted)
        ]  # fmt: skip
        if wanted and bare:
            words = Words(
                _("“%(selector)s” in the style sheet sets %(what)s, which some Gmail users never see."), _ASK
            )
            yield Hit(words, {"selector": each.selector, "what": ", ".join(wanted)}, subject=each.selector)


@rule(
    "PF05", Severity.WARN, _("Nothing for phones alone"),
    _("Outlook for Windows knows no media queries, Gmail only some: what appears by one alone is missed by many."),
    chapter=CHAPTER,
)  # fmt: skip
def media_queries_only_refine(subject: Subject) -> Iterator[Hit]:
    for each in subject.page.sheet:
        if "width" not in each.media or each.declarations.get("display", "none").startswith("none"):
            continue
        for element in subject.page.matching(each.selector):
            if element.is_hidden and "".join(_silent_words(element)).strip():
                words = Words(_("“%(selector)s” shows words on some screens only."), _ASK)
                yield Hit(words, {"selector": each.selector}, subject=each.selector)
                break


def _silent_words(element: Element) -> Iterator[str]:
    yield element.own_text
    for below in element.descendants():
        yield below.own_text


@rule(
    "PF06", Severity.BLOCK, _("Layout by tables"),
    _("Outlook for Windows knows neither flexbox nor grid nor positions: such a layout falls apart there."),
    chapter=CHAPTER,
)  # fmt: skip
def tables_lay_out(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.body:
        display, position = element.style.get("display", ""), element.style.get("position", "static")
        if re.match(r"(inline-)?(flex|grid)", display) or position not in ("static", "relative"):
            found = display if "flex" in display or "grid" in display else f"position: {position}"
            words = Words(_("“%(excerpt)s” is laid out by “%(found)s”, which Outlook does not know."), _ASK)
            yield hit_at(subject, element, words, found=found)


@lru_cache(maxsize=4096)
def _any_length(style: str, name: str, fits: str) -> bool:
    """Whether a property of a style attribute, or one of its sides, has a fitting value."""
    said = [
        value for each, value in declarations(style).items() if each == name or each.startswith(f"{name}-")
    ]
    return any(re.search(fits, value) for value in said)


_PADDED = frozenset({"td", "th", "table", "a", "ul", "ol", "li", "body", "html"})


@rule(
    "PF07", Severity.WARN, _("Padding on table cells"),
    _("Outlook for Windows ignores padding on everything but table cells."), chapter=CHAPTER,
)  # fmt: skip
def cells_are_padded(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.body:
        if element.tag in _PADDED or not _any_length(element.attrs.get("style", ""), "padding", r"[1-9]"):
            continue
        cell = next((above for above in element.ancestors() if above.tag == "td"), None)
        if cell is None or "mso-padding-alt" not in cell.style:
            words = Words(_("Outlook drops the padding round “%(excerpt)s”."), _ASK)
            yield hit_at(subject, element, words)


@rule(
    "PF08", Severity.WARN, _("Margins"),
    _("Negative margins are dropped by Outlook and Gmail; “auto” works in boxes of limited width only."), chapter=CHAPTER,
)  # fmt: skip
def margins_are_plain(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.body:
        auto = not {"max-width", "width"} & set(element.style) and _any_length(
            element.attrs.get("style", ""), "margin", r"\bauto\b"
        )
        if (auto and element.attrs.get("align") is None) or _any_length(
            element.attrs.get("style", ""), "margin", r"-[\d.]*[1-9]"
        ):
            yield hit_at(
                subject, element, Words(_("The margin round “%(excerpt)s” does not work everywhere."), _ASK)
            )


@rule(
    "PF09", Severity.BLOCK, _("Widths of pictures"),
    _("Outlook ignores widths in styles: without a width attribute it shows a picture in its full size."),
    chapter=CHAPTER,
)  # fmt: skip
def pictures_have_widths(subject: Subject) -> Iterator[Hit]:
    for picture in subject.page.pictures:
        if not picture.attrs.get("width", "").removesuffix("px").isdigit():
            yield hit_at(
                subject, picture, Words(_("The picture “%(excerpt)s” has no width attribute."), _ASK)
            )


@rule(
    "PF10", Severity.WARN, _("Pictures behind words"),
    _("Where a background picture is not shown, the words need a colour behind them; Outlook needs VML besides."),
    chapter=CHAPTER,
)  # fmt: skip
def backgrounds_fall_back(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.body:
        pictured = "background" in element.attrs or _any_length(
            element.attrs.get("style", ""), "background", r"url\("
        )
        coloured = "bgcolor" in element.attrs or "background-color" in element.style
        if pictured and not coloured:
            words = Words(
                _("Behind “%(excerpt)s” is a picture and no colour for when it is not shown."), _ASK
            )
            yield hit_at(subject, element, words)
        elif pictured and "<v:" not in subject.page.source:
            yield hit_at(
                subject, element, Words(_("Outlook does not show the picture behind “%(excerpt)s”."), _ASK)
            )


@rule(
    "PF11", Severity.WARN, _("Buttons"),
    _("A button's colour must lie on a table cell: Outlook gives a link neither padding nor round corners."),
    chapter=CHAPTER,
)  # fmt: skip
def buttons_are_cells(subject: Subject) -> Iterator[Hit]:
    for link in subject.page.links:
        painted = "background" in link.style or "background-color" in link.style
        above = list(link.ancestors())[:3]
        celled = any(
            each.tag == "td" and ("bgcolor" in each.attrs or "background" in str(each.style))
            for each in above
        )
        if painted and "padding" in link.style and not celled:
            words = Words(_("The button “%(excerpt)s” is a bare link in Outlook."), _ASK)
            yield hit_at(subject, link, words)


@rule(
    "PF12", Severity.INFO, _("Gradients, shadows, transparency"),
    _("Outlook shows none of them: nothing may depend on them."), chapter=CHAPTER,
)  # fmt: skip
def effects(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.body:
        said = " ".join(element.style.values())
        opacity = pixels(element.style.get("opacity", "1"))
        if "gradient(" in said or "box-shadow" in element.style or (opacity is not None and opacity < 1):
            words = Words(
                _("Outlook shows “%(excerpt)s” without its gradient, shadow or transparency."),
                _("Look at the mail without it: if it still says the same, nothing is to do."),
            )
            yield hit_at(subject, element, words)


@rule(
    "PF13", Severity.BLOCK, _("CSS that nobody reads"),
    _("Variables, @import and light-dark() work neither in Gmail nor in Outlook."), chapter=CHAPTER,
)  # fmt: skip
def no_modern_css(subject: Subject) -> Iterator[Hit]:
    sources = [
        piece for style in subject.page.all("style") for piece in style.pieces if isinstance(piece, str)
    ]
    sources += [element.attrs["style"] for element in subject.page.elements if element.style]
    found = {
        match[0] for source in sources for match in re.finditer(r"var\(\s*--|@import\b|light-dark\(", source)
    }
    for each in sorted(found):
        yield Hit(
            Words(_("The styles use “%(found)s”, which mail programs do not know."), _ASK),
            {"found": each.rstrip("(-")},
        )


_GENERIC = re.compile(r"\b(?:serif|sans-serif|monospace|cursive|fantasy|system-ui)\s*(?:!important)?$")


@rule(
    "PF14", Severity.WARN, _("Fonts"),
    _("A font that is not there must give way to a named kind; else Outlook writes in Times New Roman."),
    chapter=CHAPTER,
)  # fmt: skip
def fonts_fall_back(subject: Subject) -> Iterator[Hit]:
    stacks = Counter(
        element.style["font-family"] for element in subject.page.body if "font-family" in element.style
    )
    for stack in stacks:
        if not _GENERIC.search(stack.strip()) and stack.strip() != "inherit":
            words = Words(
                _("The fonts “%(stack)s” name no kind to fall back on."),
                _("End the list with serif, sans-serif or monospace in the brand kit or in the part."),
            )
            yield Hit(words, {"stack": stack}, subject=stack)
    if "@font-face" in subject.page.source and "mso-font-alt" not in subject.page.source:
        yield Hit(Words(_("A web font has no substitute for Outlook (mso-font-alt)."), _ASK))


_ACTIVE = (
    "script",
    "form",
    "input",
    "button",
    "select",
    "textarea",
    "iframe",
    "video",
    "audio",
    "object",
    "embed",
    "applet",
)


@rule(
    "PF15", Severity.BLOCK, _("Nothing that acts"),
    _("Scripts, forms, films and frames are cut out by every mail program, and refused by Braze."), chapter=CHAPTER,
    floor=True,
)  # fmt: skip
def nothing_acts(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.all(*_ACTIVE):
        words = Words(_("The mail holds <%(found)s>, which mail programs cut out."), _ASK)
        yield Hit(words, {"found": element.tag}, subject=element.tag)
    for element in subject.page.elements:
        for name in element.attrs:
            if name.startswith("on"):
                words = Words(_("<%(tag)s> acts by itself (“%(found)s”), which mail programs cut out."), _ASK)
                yield Hit(words, {"tag": element.tag, "found": name}, subject=name)


@rule(
    "PF19", Severity.WARN, _("Choice of pictures"),
    _("Gmail removes <picture> and Outlook ignores srcset: an ordinary src has to be there."), chapter=CHAPTER,
)  # fmt: skip
def pictures_have_a_source(subject: Subject) -> Iterator[Hit]:
    for picture in subject.page.pictures:
        if not picture.attrs.get("src"):
            yield hit_at(subject, picture, Words(_("A picture has no address of its own (src)."), _ASK))


@rule(
    "PF20", Severity.BLOCK, _("Closed tags"),
    _("A table or an Outlook comment that is not closed can blank the rest of the mail."), chapter=CHAPTER, floor=True,
)  # fmt: skip
def tags_are_closed(subject: Subject) -> Iterator[Hit]:
    source = subject.page.source
    opened = len(re.findall(r"<!--\[if\b", source))
    closed = len(re.findall(r"<!\[endif\]-->", source))
    if opened != closed:
        yield Hit(Words(_("A comment for Outlook is opened and never closed, or the other way round."), _ASK))
    # Outlook's own tables, inside its comments, are balanced over the whole mail just as the visible ones are.
    counts = Counter((tag, bool(end)) for end, tag in re.findall(r"<(/?)(table|tr|td|div)\b", source))
    for tag in ("table", "tr", "td", "div"):
        if counts[tag, False] != counts[tag, True]:
            words = Words(_("<%(tag)s> is opened %(opened)d times and closed %(closed)d times."), _ASK)
            yield Hit(words, {"tag": tag, "opened": counts[tag, False], "closed": counts[tag, True]})
