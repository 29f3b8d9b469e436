"""What a module leaves empty leaves no spacing either, even where its author did not ask whether it is there."""

from __future__ import annotations

import re

#: Stands where an element went while its section is judged; no value can hold the character.
_GONE = "\x00"
_MARKUP_ALONE = r"(?:\s|</?(?:h[1-6]|p|span|div|strong|em|b|i|br|a)\b[^>]*>)*"
_EMPTY = re.compile(
    rf"<mj-text\b[^>]*>{_MARKUP_ALONE}</mj-text\s*>"
    rf"|<mj-button\b[^>]*>{_MARKUP_ALONE}</mj-button\s*>"
    r"|<mj-image\b(?=[^>]*\ssrc=\"\s*\")[^>]*(?:/>|>\s*</mj-image\s*>)"
)
#: Columns with nothing but what went: the section goes with them. Empty from the start, they are the author's spacing.
_COLUMN = rf"<mj-column\b[^>/]*>[\s{_GONE}]*{_GONE}[\s{_GONE}]*</mj-column\s*>"
_ONLY_GONE = re.compile(
    rf"<mj-section\b[^>]*>\s*(?:{_COLUMN}\s*|<mj-group\b[^>]*>\s*(?:{_COLUMN}\s*)+</mj-group\s*>\s*)+</mj-section\s*>"
)
_WRAPPER = re.compile(rf"<mj-wrapper\b[^>]*>[\s{_GONE}]*{_GONE}[\s{_GONE}]*</mj-wrapper\s*>")


def without(mjml: str) -> str:
    """The fragment without texts, buttons and pictures that hold nothing, and without sections that held only these."""
    left, count = _EMPTY.subn(_GONE, mjml)
    if not count:
        return mjml
    return _WRAPPER.sub("", _ONLY_GONE.sub(_GONE, left)).replace(_GONE, "")
