"""The tags of MJML that a module may use, with their attributes: for completion, and to name what is none.

Source: MJML 4 documentation, "Components"; a test compiles each tag.
"""

from __future__ import annotations

_PADDING = "padding padding-top padding-bottom padding-left padding-right"
_BORDER = "border border-top border-bottom border-left border-right border-radius"
_GROUND = "background-color background-url background-repeat background-size background-position background-position-x background-position-y"
_BOX = f"css-class container-background-color {_PADDING}"
_TYPE = "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform"
_LINK = "href rel target title"

_ATTRIBUTES = {
    "mj-section": f"css-class {_PADDING} {_BORDER} {_GROUND} direction full-width text-align",
    "mj-wrapper": f"css-class {_PADDING} {_BORDER} {_GROUND} full-width text-align gap",
    "mj-group": "css-class background-color direction vertical-align width",
    "mj-column": (
        f"css-class {_PADDING} {_BORDER} background-color direction vertical-align width "
        "inner-background-color inner-border inner-border-radius"
    ),
    "mj-text": f"{_BOX} {_TYPE} align height",
    "mj-button": (
        f"{_BOX} {_BORDER} {_TYPE} {_LINK} name align background-color height inner-padding text-align vertical-align "
        "width"
    ),
    "mj-image": (
        f"{_BOX} {_BORDER} {_LINK} name align alt fluid-on-mobile height max-height sizes src srcset usemap width "
        "font-size"
    ),
    "mj-divider": f"{_BOX} align border-color border-style border-width width",
    "mj-spacer": f"{_BOX} height",
    "mj-table": f"{_BOX} {_TYPE} align border cellpadding cellspacing role table-layout width",
    "mj-raw": "position",
    "mj-hero": f"{_BOX} {_GROUND} background-height background-width border-radius height inner-background-color mode vertical-align width",
    "mj-navbar": "css-class align base-url hamburger ico-align ico-close ico-color ico-font-family ico-font-size "
    "ico-line-height ico-open ico-padding ico-text-decoration ico-text-transform",
    "mj-navbar-link": f"css-class {_PADDING} {_TYPE} {_LINK} name",
    "mj-social": f"{_BOX} {_TYPE} align border-radius icon-height icon-padding icon-size inner-padding mode "
    "table-layout text-padding",
    "mj-social-element": f"css-class {_PADDING} {_TYPE} {_LINK} name align alt background-color border-radius "
    "icon-height icon-padding icon-position icon-size src srcset sizes text-padding vertical-align",
    "mj-accordion": f"{_BOX} border font-family icon-align icon-height icon-position icon-unwrapped-alt "
    "icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url",
    "mj-accordion-element": "css-class background-color border font-family icon-align icon-height icon-position "
    "icon-unwrapped-alt icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url",
    "mj-accordion-title": f"css-class {_PADDING} background-color color font-family font-size",
    "mj-accordion-text": f"css-class {_PADDING} background-color color font-family font-size font-weight "
    "letter-spacing line-height",
    "mj-carousel": f"{_BOX} align border-radius icon-width left-icon right-icon thumbnails tb-border "
    "tb-border-radius tb-hover-border-color tb-selected-border-color tb-width",
    "mj-carousel-image": f"css-class {_LINK} alt border-radius src tb-border tb-border-radius thumbnails-src",
}

#: Attributes by tag. Each may carry a class name of the brand's own too.
ELEMENTS: dict[str, frozenset[str]] = {
    tag: frozenset(attributes.split()) | {"mj-class"} for tag, attributes in _ATTRIBUTES.items()
}

_CONTENT = (
    "mj-text", "mj-image", "mj-button", "mj-divider", "mj-spacer", "mj-table", "mj-raw", "mj-social", "mj-navbar",
    "mj-accordion", "mj-carousel",
)  # fmt: skip
#: What may stand in a tag, for completion; a tag that is not here holds text or HTML.
CHILDREN: dict[str, tuple[str, ...]] = {
    "mj-wrapper": ("mj-section", "mj-hero", "mj-raw"),
    "mj-section": ("mj-column", "mj-group", "mj-raw"),
    "mj-group": ("mj-column",),
    "mj-column": _CONTENT,
    "mj-hero": _CONTENT,
    "mj-navbar": ("mj-navbar-link",),
    "mj-social": ("mj-social-element",),
    "mj-accordion": ("mj-accordion-element",),
    "mj-accordion-element": ("mj-accordion-title", "mj-accordion-text"),
    "mj-carousel": ("mj-carousel-image",),
}
#: What a module may begin with.
TOP = ("mj-section", "mj-wrapper", "mj-hero")
