"""The logo's dark variant, which stands beside it in the mail until a dark look swaps the two."""

from __future__ import annotations

import re

from library.engine.context import Theme
from library.engine.dark import DARK_LOGO, LIGHT_LOGO
from library.engine.inert import html_text

_DISPLAY = re.compile(r"(?<=[\";])\s*display:[\w-]+;?")


def with_both(page: str, theme: Theme) -> str:
    """The compiled mail with a second picture behind each logo, if the theme has one for the dark."""
    if not (theme.logo_url and theme.logo_dark_url):
        return page
    light, dark = str(html_text(theme.logo_url)), str(html_text(theme.logo_dark_url))
    logo = re.compile(rf'<img\b[^>]*\ssrc="{re.escape(light)}"[^>]*>')
    return logo.sub(lambda found: _pair(found[0], found[0].replace(f'src="{light}"', f'src="{dark}"')), page)


def _pair(light: str, dark: str) -> str:
    """Hidden inline, since where style sheets are dropped two logos would stand; Outlook for Windows sees one only."""
    hidden = _hidden(_of_class(dark, DARK_LOGO))
    return f"{_of_class(light, LIGHT_LOGO)}<!--[if !mso]><!-->{hidden}<!--<![endif]-->"


def _of_class(image: str, name: str) -> str:
    if ' class="' in image:
        return image.replace(' class="', f' class="{name} ', 1)
    return image.replace("<img", f'<img class="{name}"', 1)


def _hidden(image: str) -> str:
    if ' style="' not in image:
        return image.replace("<img", '<img style="display:none"', 1)
    return _DISPLAY.sub("", image).replace(' style="', ' style="display:none;', 1)
