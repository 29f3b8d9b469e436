"""What an import says about what it found: removed, changed, to be looked at; each at its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

Kind = Literal["removed", "changed", "look", "error"]

#: Texts by code: what was found, and what to do about it. Translated where they are shown.
TEXTS: dict[str, tuple[str, str]] = {
    "empty": (_("There is nothing to import."), _("Paste the newsletter's MJML or HTML, or choose its file.")),
    "too_long": (_("It has {count} characters."), _("Bring it under {limit}: leave out embedded pictures and old parts.")),
    "no_body": (_("There is no <mj-body> in it."), _("Paste the whole file, from <mjml> to </mjml>.")),
    "not_closed": (_("<{tag}> is opened and never closed."), _("Close it with </{tag}>.")),
    "not_opened": (_("</{tag}> closes what was never opened."), _("Remove it, or open <{tag}> before it.")),
    "not_rendered": ("{what}", _("Correct it at its source and import it again.")),
    "nothing_left": (_("Nothing that can be shown is left."), _("See what was removed.")),
    "include": (_("<mj-include> names another file."), _("Paste that file's content in its place: nothing is fetched.")),
    "script": (_("<{tag}> was removed: mail programs run no scripts."), ""),
    "form": (_("<{tag}> was removed: forms do not work in mails."), _("Link to a form on your website.")),
    "embedded": (_("<{tag}> was removed: mails show no embedded documents."), _("Link to it with a picture.")),
    "handler": (_("{name} was removed from <{tag}>: mail programs run no scripts."), ""),
    "address": (_("The address “{url}” was removed: it is neither https, mailto nor tel."), ""),
    "nowhere": (_("A link leads to “{url}”."), _("Give it an address in the builder.")),
    "insecure": (_("“{url}” now starts with https."), _("Check that it answers there.")),
    "data_picture": (_("A picture inside the file was taken out."), _("Upload it to the gallery and choose it in the builder.")),
    "relative_picture": (_("The picture “{url}” has no full address."), _("Upload it to the gallery and choose it in the builder.")),
    "no_alt": (_("A picture has no description."), _("Describe it in the builder, or mark it as decoration.")),
    "pixel": (_("A picture of one pixel that reports who opens the mail was removed."), _("Braze counts opens.")),
    "font": (_("The web font “{name}” is not fetched."), _("Mails show the next font of its list.")),
    "import_css": (_("A style sheet that would be fetched was removed."), _("Paste its rules into the newsletter.")),
    "unsafe_css": (_("A style that could fetch or run something was removed."), ""),
    "width": (_("It was {width} px wide, and is 600 now."), _("Look at pictures and columns.")),
    "placeholder": (_("“{name}” is another system's placeholder."), _("Write what belongs there, or a personalisation of your brand.")),
    "liquid": (_("The Liquid “{name}” goes to Braze as it is written."), _("It stays locked in the part's source.")),
    "bad_liquid": (_("“{name}” is no Liquid that can be read, so it is plain text now."), _("Correct it in the part's source.")),
    "outlook": (_("Markup for Outlook alone was left out."), _("Outlook shows the ordinary part instead.")),
    "unknown_tag": (_("<{tag}> is not known here and was removed; its content stays."), ""),
    "unknown_mj": (_("<{tag}> is no tag of MJML and was left out."), _("Correct its name and import it again.")),
    "breakpoint": (_("The phone layout starts at 480 px here, not at {width}."), ""),
}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """One thing to say; `line` counts from 1, 0 is the whole."""

    kind: Kind
    code: str
    line: int = 0
    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        return gettext(TEXTS[self.code][0]).format(**self.words)

    @property
    def fix(self) -> str:
        return gettext(TEXTS[self.code][1]).format(**self.words) if TEXTS[self.code][1] else ""


class Notes(list[Note]):
    """Collected on the way."""

    def removed(self, code: str, line: int = 0, **words: str) -> None:
        self.append(Note("removed", code, line, words))

    def changed(self, code: str, line: int = 0, **words: str) -> None:
        self.append(Note("changed", code, line, words))

    def look(self, code: str, line: int = 0, **words: str) -> None:
        self.append(Note("look", code, line, words))

    def error(self, code: str, line: int = 0, **words: str) -> None:
        self.append(Note("error", code, line, words))
