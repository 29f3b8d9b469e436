"""Puts the whole mail together: head, modules, footer; compiles it, and mends what mrml leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import mrml

from library.engine import dark, footer, logos
from library.engine.context import RenderContext, Theme
from library.engine.errors import RenderError
from library.engine.inert import in_ascii_where_needed

WIDTH = 600
#: A mail of this size is none; Gmail clips at a twentieth of it.
MAX_HTML = 2_000_000

#: Keeps the first words of the body out of the inbox's preview line.
_PADDING = "&#8199;&#65279;&#847; " * 30
_PLAIN_TABLE = re.compile(r"<table(?![^>]*\brole=)(?=[^>]*>(?P<rest>(?:(?!</table).)*))", re.DOTALL)


_IMAGE = re.compile(r"<img\b[^>]*>")


class Fragment(NamedTuple):
    """What one module made, as MJML."""

    module: str
    mjml: str


def compile_mail(
    fragments: Sequence[Fragment], context: RenderContext, *, subject: str, preheader: str
) -> str:
    """HTML of the whole mail, its marks as references; subject and preheader come escaped.

    RenderError names the module at fault.
    """
    body, styles = _parted("".join(fragment.mjml for fragment in fragments))
    source = _open(context, subject, preheader, styles) + body + footer.mjml(context) + _CLOSE
    try:
        html = _mrml(source)
    except OSError as error:
        raise _fault(fragments, error) from error
    if "<mj-" in html or len(html) > MAX_HTML:
        raise _unknown(html, fragments)
    html = html if _all_have_roles(html) else _PLAIN_TABLE.sub(_with_role, html)
    return logos.with_both(_IMAGE.sub(_with_alt, html), context.theme)


_CLOSE = "</mj-body></mjml>"
_STYLE = re.compile(r"<mj-style\b[^>]*>.*?</mj-style\s*>", re.DOTALL)


def _parted(body: str) -> tuple[str, str]:
    """The body without the style sheets that modules bring, and these: mail programs read them in the head alone."""
    if "<mj-style" not in body:
        return body, ""
    return _STYLE.sub("", body), "".join(dict.fromkeys(_STYLE.findall(body)))


def _mrml(source: str) -> str:
    # No fonts are fetched from anywhere, and no comment of a module's author travels.
    options = mrml.RenderOptions(disable_comments=True, fonts={})
    return str(mrml.to_html(in_ascii_where_needed(source), None, options).content)


def _open(context: RenderContext, subject: str, preheader: str, styles: str) -> str:
    profile = context.profile
    preview = f"<mj-preview>{preheader}{_PADDING}</mj-preview>" if preheader else ""
    return (
        f'<mjml lang="{profile.language}" dir="{profile.direction}"><mj-head><mj-title>{subject}</mj-title>{preview}'
        f'{_looks(context.theme, profile.direction)}{styles}</mj-head><mj-body width="{WIDTH}px" '
        f'background-color="{context.theme.background}">'
    )


@lru_cache(maxsize=256)
def _looks(theme: Theme, direction: str) -> str:
    """What modules need not say: fonts, colours, type sizes of the theme, and the dark look."""
    side = "right" if direction == "rtl" else "left"
    return (
        f'<mj-attributes><mj-all font-family="{theme.body_font}" />'
        f'<mj-section background-color="{theme.surface}" padding="0" direction="{direction}" />'
        f'<mj-wrapper background-color="{theme.surface}" padding="0" direction="{direction}" />'
        f'<mj-column direction="{direction}" />'
        f'<mj-text font-size="16px" line-height="1.5" color="{theme.text}" padding="0 24px" align="{side}" />'
        f'<mj-table font-size="16px" line-height="1.5" color="{theme.text}" padding="0 24px" align="{side}" />'
        f'<mj-image padding="0" />'
        f'<mj-divider border-width="1px" border-color="{theme.line}" padding="0 24px" />'
        f'<mj-button font-size="16px" font-weight="bold" background-color="{theme.primary}" '
        f'color="{theme.on_primary}" border-radius="{theme.radius}px" inner-padding="14px 28px" '
        f'padding="0 24px" align="{side}" /></mj-attributes>'
        '<mj-raw><meta name="color-scheme" content="light dark" />'
        '<meta name="supported-color-schemes" content="light dark" /></mj-raw>'
        + "".join(f"<mj-style>{block}</mj-style>" for block in dark.styles(theme))
    )


def _all_have_roles(html: str) -> bool:
    """The one way in which mrml writes layout tables, counted, which is ten times faster than looking at each."""
    return html.count("<table") == html.count('<table border="0" cellpadding="0" cellspacing="0" role=')


def _with_role(table: re.Match[str]) -> str:
    """Layout tables say so to screen readers; one with header cells is data."""
    return table[0] if "<th" in table["rest"] else '<table role="presentation"'


def _with_alt(image: re.Match[str]) -> str:
    """Without an alt at all, screen readers read out the file's name."""
    return image[0] if " alt=" in image[0] else image[0].replace("<img", '<img alt=""', 1)


def _fault(fragments: Sequence[Fragment], error: OSError) -> RenderError:
    """Find the module by compiling each alone."""
    opening = "<mjml><mj-body>"
    for fragment in fragments:
        try:
            _mrml(opening + fragment.mjml + _CLOSE)
        except OSError as alone:
            return RenderError(
                f"this is not MJML: {_place(str(alone), fragment.mjml, len(opening))}.",
                module=fragment.module,
                fix="Close every tag, quote every attribute, and write &lt; and &amp; for < and &.",
            )
    return RenderError(
        f"the modules do not fit together: {error}.", fix="Make each one or more whole sections."
    )


def _place(said: str, mjml: str, offset: int) -> str:
    found = re.search(r" in root template(?: at position (\d+):\d+)?", said)
    if not found or not found[1]:
        return said.replace(" in root template", "")
    near = mjml[max(int(found[1]) - offset, 0) :][:40].strip() or "the end"
    return f"{said[: found.start()]} near “{near}”"


def _unknown(html: str, fragments: Sequence[Fragment]) -> RenderError:
    tag = re.search(r"<(mj-[\w-]+)", html)
    if tag is None:
        return RenderError(f"the mail has {len(html):,} characters.", fix=f"Keep it under {MAX_HTML:,}.")
    module = next((each.module for each in fragments if f"<{tag[1]}" in each.mjml), "")
    return RenderError(f"<{tag[1]}> is not a tag of MJML here.", module=module, fix="Correct or remove it.")
